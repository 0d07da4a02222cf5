"""How every exercise of the chapter is tried: arguments that tell the known mistakes apart. Then the hints.

Sizes differ wherever they may, and one case an exercise has them all alike, so that a wrong axis gives numbers and not
only a crash. The action taken is neither the best nor the worst of the next state, but in one loop from a state to
itself; random masks allow and forbid something in every row and column; views have lengths far from 1 and there are
never as many views as features.
"""

import numpy as np

from dlbasic.authoring import hints, probes
from dlbasic.probe_functions import named


@probes("ingredients", property="names_with_kinds", secret=True, partial=True)
def ingredients_cases(rng):
    yield ()


@probes("timeline", property="names_with_years", secret=True, partial=True)
def timeline_cases(rng):
    yield ()


# `q.copy()` is a copy too: a table of whole numbers, on which it would cut the new value off, is not asked for.
@probes("q_update", integers=False)
def q_update_cases(rng):
    # Row 2 is best in column 0 and the whole table elsewhere, so that each wrong maximum gives another number.
    def table(states, actions):
        q = rng.normal(scale=2.0, size=(states, actions))
        q[1, 0], q[0, 0], q[2, -1] = 6.0 + rng.random(), 5.0 + rng.random(), 8.0 + rng.random()
        return q

    yield table(4, 3), 0, 1, 1.5, 1, 0.4, 0.9, False
    yield table(4, 3), 0, 2, -1.0, 1, 0.25, 0.8, True
    yield table(5, 2), 3, 1, 0.0, 0, 0.5, 0.5, False
    yield np.array([[1.0, -2.0, 0.5], [-3.0, -1.0, -2.0]]), 0, 2, 2.0, 1, 0.1, 0.95, False
    yield table(3, 3), 1, 2, 0.5, 1, 0.3, 0.7, False
    # A loop: the entry that changes is also the best one of the next state, which is the same state.
    yield np.array([[0.5, 4.0, -1.0], [6.0, 2.0, 3.0]]), 0, 1, -0.5, 0, 0.25, 0.8, False
    yield np.array([[0.0, 4.0], [2.0, 0.0]]), 1, 1, 3.0, 0, 1.0, 0.5, True


def _voters(rng, vocabulary, mean=0.0):
    # A token votes against itself: otherwise one of them soon wins every time, whatever came before.
    return np.round(rng.normal(mean, size=(vocabulary, vocabulary)) - 2 * np.eye(vocabulary), 3).tolist()


@probes("greedy_decode")
def greedy_decode_cases(rng):
    end, start = (int(token) for token in rng.permutation(7)[:2])
    yield named("token_scores", table=_voters(rng, 7), end=end, length=5), start, end, 9
    # Every score is below 0.
    yield named("token_scores", table=_voters(rng, 6, mean=-5.0), end=5, length=30), 0, 5, 6
    # 0, 1 and 2 follow each other round and round: the start token comes by again, and more after it.
    ring = np.pad(np.roll(np.eye(3), 1, axis=1), (0, 1)).tolist()
    yield named("token_scores", table=ring, end=3, length=6), 1, 3, 20
    yield named("token_scores", table=_voters(rng, 5), end=2, length=0), 4, 2, 3
    yield named("token_scores", table=_voters(rng, 5), end=0, length=4), 3, 0, 4
    yield named("token_scores", table=_voters(rng, 5), end=1, length=3), 2, 1, 1
    # The start token outvotes the last one: who shows the last alone and who shows the last two are told apart.
    votes = [[-9.0, 1.0, 0.9, -9.0], [0.0, -9.0, 0.1, 0.2], [1.0, 0.0, -9.0, 0.5], [0.5, 1.0, 0.2, -9.0]]
    votes = [[*row, 0.0] for row in (*votes, [0.0] * 4)]
    yield named("token_scores", table=votes, end=4, length=3), 0, 4, 5


@probes("gan_losses", no_warnings=True)
def gan_losses_cases(rng):
    yield rng.normal(1.0, 1.5, size=4), rng.normal(-0.5, 1.5, size=6)
    yield rng.normal(size=5), rng.normal(0.5, 2.0, size=3)
    # Large logits of one kind at a time: which of them overflows tells which formula was used.
    yield np.array([1000.0, 2.0]), np.array([-1.0, 0.5, 1.0])
    yield np.array([-1000.0, 0.5, -3.0]), np.array([0.5, -2.0])
    yield np.array([0.5, 2.0, -1.0]), np.array([1000.0, -0.5])
    yield np.array([1.5, -0.5]), np.array([-1000.0, 0.5, 3.0])
    yield np.array([-40.0]), np.array([40.0, -40.0, 2.0])
    # A judge that is right and sure: here a clipped probability and one with a constant added to it part.
    yield np.array([16.0, 14.0]), np.array([-16.0])


@probes("residual_block")
def residual_block_cases(rng):
    yield rng.normal(scale=2.0, size=(4, 3)), rng.normal(size=(3, 5)), rng.normal(size=(5, 3))
    yield rng.normal(size=(3, 3)), rng.normal(size=(3, 3)), rng.normal(size=(3, 3))
    # One sample: half of its hidden units are cut off, the other half are not.
    half = rng.normal(size=(2, 2))
    yield rng.normal(size=(1, 2)), np.hstack([half, -half]), rng.normal(size=(4, 2))
    yield np.array([[1.0, -2.0], [-0.5, 3.0]]), rng.normal(size=(2, 3)), np.zeros((3, 2))
    yield rng.normal(size=(5, 4)), rng.normal(size=(4, 2)), rng.normal(size=(2, 4))


def _mask(rng, rows, columns):
    """Random permissions that differ from their transpose; every row and every column allows and forbids something."""
    while True:
        mask = rng.random((rows, columns)) < 0.5
        mixed = all(line.any() and not line.all() for line in (*mask, *mask.T))
        if mixed and not np.array_equal(mask, mask.T):
            return mask


@probes("attention")
def attention_cases(rng):
    # Small on purpose: what every known mistake answers to every case stands in the check table.
    yield rng.normal(size=(1, 4)), rng.normal(size=(3, 4)), rng.normal(size=(3, 2))
    # All sizes alike: a wrong axis or a wrong transpose is no crash here.
    yield rng.normal(size=(2, 2, 2)), rng.normal(size=(2, 2, 2)), rng.normal(size=(2, 2, 2)), None
    yield rng.normal(size=(3, 2)), rng.normal(size=(3, 2)), rng.normal(size=(3, 1)), _mask(rng, 3, 3)
    # Two leading axes as long as the mask's: `scores[~mask]` does not crash here, it takes the wrong axes.
    heads = rng.normal(size=(1, 3, 1, 2)), rng.normal(size=(1, 3, 3, 2)), rng.normal(size=(1, 3, 3, 1))
    yield *heads, np.array([[True, False, True]])
    # Scores of 1000 and more, which exp cannot take; the second row lies 2000 below the first, all of it.
    # The last key is forbidden to both: to forbid only what is forbidden to all is not to ignore the mask.
    large, keys = np.array([[1200.0, 0.0], [-1300.0, 30.0]]), np.array([[1.5, 0.0], [1.501, 0.5], [1.502, -2.0]])
    yield large, keys, rng.normal(size=(3, 1)), np.array([[True, True, False], [False, True, False]])


@probes("causal_mask")
def causal_mask_cases(rng):
    yield (int(rng.integers(5, 12)),)
    yield (1,)
    yield (2,)
    yield (4,)


# One pair alone has a loss of exactly 0; a learner's eps of 1e-8 beside a sum of exponentials is no mistake.
@probes("nt_xent", atol=1e-7)
def nt_xent_cases(rng):
    def views(pairs, features):
        z = rng.normal(scale=2.0, size=(pairs, features))
        z[:, 0] += 1.0
        return 1.7 * z + rng.normal(scale=1.5, size=z.shape), 0.6 * z + rng.normal(scale=0.8, size=z.shape)

    yield *views(3, 4), 0.5
    yield *views(5, 2), 0.2
    yield *views(2, 3), 1.5
    yield np.array([[1.0, 0.0], [0.0, 2.0], [-3.0, 1.0]]), np.array([[0.5, 0.5], [-1.0, 4.0], [0.0, 0.3]]), 1.0
    yield *views(1, 3), 0.7
    yield *views(4, 8), 0.1


# --- hints: where to look, which step, nearly the line ---------------------------------------------------------------

hints(
    "ingredients",
    en=(
        "Ask of each name what it does in a training run: is it learnt from, does it learn, is it what is made small, "
        "or the way to make it small?",
        "A network that turns an input into an output is a model, whatever it was trained with; a method that takes "
        "steps is an algorithm.",
        "Twelve names, four kinds, and this chapter gives three examples of each. For the doubtful ones: does it put a "
        "number on an answer, or does it change the weights?",
    ),
    ko=(
        "이름마다 학습할 때 어떤 일을 맡는지 따져 보세요. 배울 거리인가요, 배우는 쪽인가요, 줄이려는 값인가요, "
        "줄이는 방법인가요?",
        "입력을 출력으로 바꾸는 신경망은 무엇으로 학습했든 모델이에요. 걸음을 내딛는 방법은 알고리즘이에요.",
        "이름이 열두 개, 종류가 네 가지이고, 이 장에는 종류마다 예가 세 개씩 나와요. "
        "헷갈리면 이렇게 따져 보세요. 답에 점수를 매기나요, 아니면 가중치를 바꾸나요?",
    ),
)

hints(
    "timeline",
    en=(
        "First published means the first time that anybody could read it: often on arXiv, months before a conference.",
        "The first two digits of an arXiv identifier are the year: 1706.03762 appeared in 2017.",
        "Every exhibit names its paper with the identifier. Two ideas have no arXiv paper: one is a conference paper, "
        "the other a report by the laboratory itself; their years stand in the same place.",
    ),
    ko=(
        "처음 발표된 해는 누구나 처음으로 읽을 수 있게 된 해예요. 학회보다 몇 달 앞서 arXiv에 올라온 경우가 많아요.",
        "arXiv 번호의 처음 두 자리가 연도예요. 1706.03762는 2017년에 올라왔어요.",
        "전시물마다 논문과 그 번호가 적혀 있어요. arXiv 논문이 없는 것은 둘이에요. "
        "하나는 학회 논문이고 하나는 연구소가 직접 낸 보고서인데, 연도도 같은 자리에 있어요.",
    ),
)

hints(
    "q_update",
    en=(
        "Only one entry of the table changes, q[state, action]; everything else is a copy.",
        "Build the target first: the reward, plus discount times the largest value in the row of next_state. "
        "A finished episode has no future.",
        "Move the entry the share lr of the way to the target: add lr times (target minus the old value), in a copy "
        "made with np.array(q, dtype=float).",
    ),
    ko=(
        "표에서 바뀌는 값은 q[state, action] 하나뿐이에요. 나머지는 그대로 복사해요.",
        "목표값부터 구하세요. 보상에, next_state 행의 최댓값에 discount를 곱해 더해요. "
        "에피소드가 끝났으면 미래의 몫은 없어요.",
        "np.array(q, dtype=float)로 만든 복사본에서, 목표값과 옛값의 차이에 lr을 곱한 만큼 더하세요.",
    ),
)

hints(
    "greedy_decode",
    en=(
        "Decoding is a loop: ask for scores, take the best token, and ask again with the longer prefix.",
        "Two things end the loop: the best token is end (which is not kept), or max_len tokens have been emitted.",
        "for _ in range(max_len): the token is the np.argmax of step(prefix); break if it is end, else append it to "
        "prefix. At the end leave out the first element.",
    ),
    ko=(
        "디코딩은 반복이에요. 점수를 묻고, 점수가 가장 높은 토큰을 붙이고, 길어진 접두 리스트로 다시 물어요.",
        "반복은 두 경우에 끝나요. 가장 좋은 토큰이 end일 때(end는 남기지 않아요), 그리고 토큰을 max_len개 냈을 때예요.",
        "max_len번 되풀이하면서 step(prefix)에 np.argmax를 써서 토큰을 고르세요. "
        "end이면 멈추고 아니면 prefix에 붙여요. 마지막에 첫 원소를 빼고 돌려주세요.",
    ),
)

hints(
    "gan_losses",
    en=(
        "Every term is the same function, softplus(z) = log(1 + exp(z)), of a logit with one sign or the other.",
        "The discriminator wants d_real large and d_fake small; the generator wants d_fake large. Each term is a mean.",
        "np.logaddexp(0, z) is softplus without overflow. Three means of it: of -d_real, of d_fake, of -d_fake.",
    ),
    ko=(
        "모든 항이 같은 함수예요. 로짓의 부호만 바꾸어 softplus(z) = log(1 + exp(z))에 넣어요.",
        "판별자는 d_real이 크고 d_fake가 작기를, 생성자는 d_fake가 크기를 바라요. 항마다 평균을 내요.",
        "np.logaddexp(0, z)가 오버플로 없는 softplus예요. -d_real, d_fake, -d_fake에 쓰고 각각 평균을 내세요.",
    ),
)

hints(
    "residual_block",
    en=(
        "Two ways lead from x to the answer: one through the weights, one past them. They meet in a sum.",
        "The way through the weights: matrix product with w1, relu, matrix product with w2. Nothing after the sum.",
        "np.maximum of x @ w1 and 0 is the hidden layer; multiply it with w2 and add x.",
    ),
    ko=(
        "x에서 답까지 두 갈래 길이 있어요. 하나는 가중치를 지나고 하나는 그냥 지나가요. 둘은 덧셈에서 만나요.",
        "가중치를 지나는 길은 w1과의 행렬 곱, ReLU, w2와의 행렬 곱이에요. 더한 뒤에는 아무것도 하지 않아요.",
        "x @ w1과 0에 np.maximum을 쓴 것이 은닉층이에요. 여기에 w2를 곱하고 x를 더하세요.",
    ),
)

hints(
    "attention",
    en=(
        "Write down the shapes: q (…, T, d) and k (…, S, d) must give scores (…, T, S), one for each query and key.",
        "Divide the scores by the root of d, put minus infinity where the mask is False, then softmax over the keys: "
        "the last axis.",
        "np.swapaxes(k, -1, -2) turns k whatever stands in front; if mask is not None, np.where chooses between the "
        "score and -np.inf; each row's maximum and its sum take axis=-1 and keepdims=True. The output is weights @ v.",
    ),
    ko=(
        "모양을 적어 보세요. q (…, T, d)와 k (…, S, d)에서 쿼리와 키의 짝마다 점수 하나씩, (…, T, S)가 나와야 해요.",
        "점수를 d의 제곱근으로 나누고, 마스크가 False인 곳을 음의 무한대로 바꾼 다음, 키를 따라(마지막 축) "
        "소프트맥스를 쓰세요.",
        "np.swapaxes(k, -1, -2)는 앞에 어떤 축이 있든 k를 돌려요. mask가 None이 아니면 "
        "np.where로 점수와 -np.inf 가운데 하나를 고르고, 행마다 최댓값과 합은 axis=-1과 keepdims=True로 구하세요. "
        "출력은 weights @ v예요.",
    ),
)

hints(
    "causal_mask",
    en=(
        "Row i says what word i may see: itself and everything before it. Write down the case of three words.",
        "Compare two positions, the row's and the column's; the comparison itself is the answer.",
        "np.arange(length) once as a column (with [:, None]) and once as a row: where is the number in the column at "
        "least as large as that in the row?",
    ),
    ko=(
        "i번째 행은 i번째 단어가 볼 수 있는 것, 곧 자기 자신과 그 앞의 단어들이에요. "
        "단어가 세 개인 경우를 적어 보세요.",
        "행의 위치와 열의 위치를 견주세요. 비교한 결과가 곧 답이에요.",
        "np.arange(length)를 한 번은 세로로([:, None]) 한 번은 가로로 놓고 견주세요. "
        "세로로 놓은 값이 가로로 놓은 값보다 크거나 같은 곳은 어디인가요?",
    ),
)

hints(
    "nt_xent",
    en=(
        "Put the 2N views into one array and give each the length 1: then one matrix product has all the cosines.",
        "Divide by the temperature, take each view's similarity to itself out, and it is cross-entropy: the right "
        "answer of row i is its partner, N further on (or back).",
        "np.fill_diagonal puts -np.inf on the diagonal; per row log(sum(exp)) minus the entry of the partner, whose "
        "index is (i + N) % (2 * N); the mean over all 2N rows.",
    ),
    ko=(
        "뷰 2N개를 한 배열에 모으고 길이를 모두 1로 만드세요. 그러면 행렬 곱 한 번으로 코사인이 다 나와요.",
        "온도로 나누고 자기 자신과의 유사도를 제외하면 교차 엔트로피와 같아요. i번째 행의 정답은 N칸 떨어진 짝이에요.",
        "np.fill_diagonal로 대각선에 -np.inf를 넣으세요. 행마다 log(sum(exp))에서 짝의 값을 빼요. "
        "짝의 인덱스는 (i + N) % (2 * N)이에요. 마지막에 2N개 행 전체의 평균을 내요.",
    ),
)

hints(
    "slips",
    en=(
        "Every claim speaks of something in this chapter: find the place, do not trust your memory.",
        "A year or a name can be looked up where an exhibit names its paper; a claim about a formula can be tried "
        "with numbers.",
        "Return the ids of the claims that fail, as strings in a set. A true claim in the set costs points: leave out "
        "what you have not been able to refute.",
    ),
    ko=(
        "모두 이 장에 나온 내용을 두고 한 주장이에요. 기억에 기대지 말고 그 자리를 찾아보세요.",
        "연도와 이름은 전시물에 논문이 적힌 자리에서 확인하고, 식을 두고 한 주장은 숫자를 넣어 시험하세요.",
        "거짓인 주장의 번호를 문자열로 집합에 담으세요. 참인 주장이 들어가면 점수가 깎이니, 반박하지 못한 것은 빼세요.",
    ),
)

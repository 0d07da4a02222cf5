"""How every exercise of the chapter is tried: arguments that tell the known mistakes apart. Then the hints.

An optimizer's step is tried as a chain: gradients and rates change from step to step, eps is as large as 1e-2, and the
first gradient holds a zero. A case is `(w, *columns)`: one entry a step for each further argument but the state.
"""

import numpy as np

from dlbasic.authoring import hints, probes
from dlbasic.probe_functions import named


@probes("kfold_indices", property="splits_into_folds")
def kfold_indices_cases(rng):
    yield from ()


@probes("cross_validate")
def cross_validate_cases(rng):
    fit, score = named("level", share=0.3), named("miss", tilt=0.4)
    # Folds of different sizes, so that a mean over samples is not one over folds.
    order = rng.permutation(9)
    folds = [(order[4:], order[:4]), (np.append(order[:4], order[7:]), order[4:7]), (order[:7], order[7:])]
    yield fit, score, rng.normal(scale=3.0, size=9), rng.normal(1.0, 3.0, size=9), folds
    # Training parts that are not simply everything else: samples 4 and 7 are left out.
    folds = [([0, 1, 2], [3, 5]), ([3, 5, 6], [0, 1, 2]), ([0, 2, 5], [6])]
    yield fit, score, rng.normal(size=(8, 2)), rng.normal(size=8), folds
    yield (
        named("level", share=-1.0),
        named("miss", tilt=0.0),
        np.arange(5.0),
        np.arange(5.0) ** 2,
        [([0, 4], [1, 2, 3])],
    )


@probes("best_degree", property="chooses_a_degree")
def best_degree_cases(rng):
    yield from ()


@probes("bias_variance")
def bias_variance_cases(rng):
    yield rng.normal(1.0, 3.0, size=(5, 3)), rng.normal(scale=3.0, size=3)
    yield rng.normal(size=(4, 4)), rng.normal(-1.0, 1.0, size=4)
    # One model: it has no variance.
    yield np.array([[2.0, -1.0, 0.5]]), np.array([1.0, 1.0, 1.0])
    yield np.array([[1.0, 2.0], [3.0, 2.5]]), np.array([0.5, 2.0])


@probes("bootstrap", property="resamples_pairs")
def bootstrap_cases(rng):
    yield from ()


@probes("bagging_vote")
def bagging_vote_cases(rng):
    yield (rng.integers(0, 5, size=(6, 4)),)
    # Ties, of which the smaller label is voted for later; labels that are no positions; a majority against the mean.
    yield (np.array([[7, 2, 9, 0, 3], [2, 2, 3, 0, 9], [7, 9, 9, 5, 3], [2, 9, 3, 9, 0], [5, 5, 0, 7, 9]]),)
    yield (np.array([[4, 8, 0], [9, 1, 6], [9, 1, 0], [1, 8, 6]]),)
    yield (np.array([[6, 2, 2, 8]]),)
    yield (np.array([[3, 1, 4], [1, 1, 4], [3, 3, 2]]),)


def _weights(rng, n):
    weights = rng.uniform(0.2, 1.0, size=n)
    return weights / weights.sum()


@probes("adaboost_weights", integers=False)
def adaboost_weights_cases(rng):
    yield _weights(rng, 5), np.array([True, False, True, True, False])
    yield np.full(4, 0.25), np.array([True, True, False, True])
    # Worse than chance: alpha is below 0.
    yield np.array([0.1, 0.5, 0.25, 0.15]), np.array([True, False, False, True])
    yield _weights(rng, 7), np.array([False, True, True, True, True, True, True])


@probes("minibatches", property="cuts_into_batches")
def minibatches_cases(rng):
    yield from ()


@probes("sharpness")
def sharpness_cases(rng):
    bent = named("separable", shape=[3], linear=[0.5, -1.0, 2.0], square=[3.0, 0.5, 4.0], cube=[0.2, 0.1, -0.3])
    yield bent, rng.normal(size=3), rng.normal(scale=2.0, size=(4, 3)), 0.5
    wave = named("wave", shape=[2], frequency=[1.7, -0.6])
    yield wave, np.array([0.4, -0.7]), np.array([[3.0, 4.0], [-0.5, 0.2], [0.0, 6.0]]), 1.5
    # As many directions as parameters; downhill and uphill; one of length 1 among others.
    slope = named("separable", shape=[2], linear=[4.0, -3.0], square=[0.5, 0.25], cube=[0.0, 0.0])
    yield slope, np.array([1.0, 2.0]), np.array([[-2.0, 1.0], [0.6, 0.8]]), 0.25
    yield (
        named("coupled", shape=[3], weight=[1.0, -2.0, 0.5], slope=0.3),
        np.zeros(3),
        np.array([[2.0, 1.0, -1.0]]),
        2.0,
    )


def _hessian(rng, d):
    """Symmetric, with the curvatures 1 to a few dozen in no order; whole numbers of it are still far from 0."""
    turn, _ = np.linalg.qr(rng.normal(size=(d, d)))
    hessian = turn @ np.diag(rng.uniform(2.0, 30.0, size=d)) @ turn.T
    return (hessian + hessian.T) / 2.0


@probes("max_stable_lr")
def max_stable_lr_cases(rng):
    yield (_hessian(rng, 3),)
    yield (np.array([[1.0, 0.0], [0.0, 25.0]]),)
    yield (np.array([[9.0, 0.0, 0.0], [0.0, 0.5, 0.0], [0.0, 0.0, 2.0]]),)
    yield (np.array([[4.0]]),)
    yield (np.array([[3.0, -2.0], [-2.0, 3.0]]),)


# --- optimizers ------------------------------------------------------------------------------------------------------


def _path(rng, steps, *shape):
    """A gradient a step. The first holds a zero: an entry that has not moved yet is where wrong starts show."""
    gradients = rng.normal(scale=1.5, size=(steps, *shape))
    gradients[(0,) * gradients.ndim] = 0.0
    return gradients


@probes("gd_step")
def gd_step_cases(rng):
    yield rng.normal(scale=2.0, size=(2, 3)), rng.normal(scale=2.0, size=(2, 3)), 0.3
    yield np.array([1.0, -2.0, 0.5]), np.array([4.0, 0.0, -1.0]), 1.5
    yield np.array([0.25]), np.array([-3.0]), 0.01


@probes("momentum_step", adapter="chain")
def momentum_step_cases(rng):
    yield rng.normal(size=3), _path(rng, 4, 3), [0.3, 0.1, 0.4, 0.2], [0.6] * 4
    yield rng.normal(size=(2, 2)), _path(rng, 3, 2, 2), [0.1, 0.5, 0.2], [0.9, 0.5, 0.8]


@probes("nesterov_step", adapter="chain")
def nesterov_step_cases(rng):
    # Slopes that bend and couple, another one at every step: where the gradient is taken shows at once.
    slopes = [
        named("valley", linear=[2.0, 0.5, -1.0], cube=[0.05, 0.1, 0.0], pull=0.3),
        named("valley", linear=[1.0, 3.0, 0.5], cube=[0.0, 0.05, 0.1], pull=-0.2),
        named("valley", linear=[-0.5, 1.0, 2.0], cube=[0.1, 0.0, 0.05], pull=0.4),
        named("valley", linear=[1.5, -1.0, 1.0], cube=[0.0, 0.1, 0.0], pull=0.1),
    ]
    yield rng.normal(size=3), slopes, [0.3, 0.1, 0.2, 0.25], [0.6] * 4
    same = named("valley", linear=[1.0, 2.0, 0.5, 3.0], cube=[0.1, 0.0, 0.05, 0.0], pull=0.2)
    yield rng.normal(size=(2, 2)), [same] * 3, [0.1, 0.2, 0.05], [0.9, 0.5, 0.8]


@probes("adagrad_step", adapter="chain")
def adagrad_step_cases(rng):
    yield rng.normal(size=3), _path(rng, 4, 3), [0.5, 0.2, 0.8, 0.4], [0.05] * 4
    yield rng.normal(size=(2, 2)), _path(rng, 3, 2, 2), [0.1, 0.4, 0.2], [0.01] * 3


@probes("rmsprop_step", adapter="chain")
def rmsprop_step_cases(rng):
    yield rng.normal(size=3), _path(rng, 4, 3), [0.5, 0.2, 0.8, 0.4], [0.8] * 4, [0.05] * 4
    yield rng.normal(size=(2, 2)), _path(rng, 3, 2, 2), [0.1, 0.4, 0.2], [0.7, 0.9, 0.6], [0.01] * 3


@probes("adadelta_step", adapter="chain")
def adadelta_step_cases(rng):
    yield rng.normal(size=3), _path(rng, 4, 3), [0.8] * 4, [0.05] * 4
    yield rng.normal(size=(2, 2)), _path(rng, 3, 2, 2), [0.7, 0.9, 0.6], [0.01, 0.02, 0.01]


@probes("adam_step", adapter="chain")
def adam_step_cases(rng):
    yield rng.normal(size=3), _path(rng, 4, 3), [0.5, 0.2, 0.8, 0.4], [0.8] * 4, [0.95] * 4, [0.05] * 4
    yield rng.normal(size=(2, 2)), _path(rng, 3, 2, 2), [0.1, 0.4, 0.2], [0.6] * 3, [0.9] * 3, [0.01] * 3


@probes("race", property="wins_the_race", partial=True)
def race_cases(rng):
    yield from ()


# --- hints: where to look, which step, nearly the line ---------------------------------------------------------------

hints(
    "kfold_indices",
    en=(
        "One shuffled order of all indices is enough; the folds are pieces of it.",
        "np.array_split cuts an array into k pieces whose sizes differ by at most 1, whether or not k divides n.",
        "Piece i validates; np.concatenate of all the other pieces trains. Collect the pairs in that order: "
        "train, validation.",
    ),
    ko=(
        "모든 인덱스를 한 번 섞은 순서 하나면 충분해요. 폴드는 그 조각이에요.",
        "np.array_split은 k로 나누어떨어지지 않아도 크기가 1까지만 다른 k조각으로 배열을 잘라 줘요.",
        "i번째 조각으로 검증하고, 나머지 조각을 np.concatenate로 이어 학습해요. "
        "쌍은 train, validation 순서로 담으세요.",
    ),
)

hints(
    "cross_validate",
    en=(
        "Every fold has its own model, which must not have seen the samples that it is scored on.",
        "In each fold: fit on x and y at the training indices, then score that model at the validation indices.",
        "Arrays take index arrays: x[train], y[validation]. Collect the scores and return their mean as a float.",
    ),
    ko=(
        "폴드마다 모델을 따로 만들고, 그 모델이 보지 않은 샘플로 점수를 매겨야 해요.",
        "폴드마다 train 인덱스의 x와 y로 fit하고, 그 모델을 validation 인덱스에서 score하세요.",
        "x[train], y[validation]처럼 배열에 인덱스 배열을 넣을 수 있어요. 점수를 모아 평균을 float로 돌려주세요.",
    ),
)

hints(
    "best_degree",
    en=(
        "Two loops: over folds and over degrees. All degrees are judged on the same folds.",
        "np.polyfit on the training part gives coefficients, np.polyval evaluates them on the validation part.",
        "Add up each degree's mean squared validation error over the folds; np.argmin finds the place of the least, "
        "and the degree stands at that place in degrees.",
    ),
    ko=(
        "반복문이 두 개예요. 하나는 폴드, 하나는 차수에 대한 것이에요. 모든 차수를 같은 폴드로 견주세요.",
        "train으로 np.polyfit을 부르면 계수가 나오고, np.polyval로 그 계수를 validation에서 계산해요.",
        "차수마다 검증 부분의 평균 제곱 오차를 모든 폴드에서 더하세요. np.argmin은 가장 작은 자리를 알려 주고, "
        "차수는 degrees의 그 자리에 있어요.",
    ),
)

hints(
    "bias_variance",
    en=(
        "Rows are models, columns are points. What stands in the middle of both terms is the average model.",
        "predictions.mean(axis=0) is the average prediction at every point, of shape (N,).",
        "bias2: the mean of (truth minus average) squared. variance: the mean over models and points of "
        "(prediction minus average) squared.",
    ),
    ko=(
        "행은 모델, 열은 점이에요. 두 항에 모두 나오는 것은 평균 모델이에요.",
        "predictions.mean(axis=0)은 점마다 구한 평균 예측이고 모양은 (N,)이에요.",
        "bias2는 (truth - 평균)의 제곱의 평균이에요. variance는 (예측 - 평균)의 제곱을 모델과 점 전체에서 평균한 "
        "값이에요.",
    ),
)

hints(
    "bootstrap",
    en=(
        "Draw row numbers, not values: then x and y can be picked with the same ones.",
        "With replacement means that every draw may be any of the N rows, whatever came before. "
        "rng.integers does that.",
        "N numbers from 0 to N - 1 in one array (size=N); index x with it, index y with it.",
    ),
    ko=(
        "값이 아니라 행 번호를 뽑으세요. 그러면 x와 y를 같은 번호로 고를 수 있어요.",
        "복원 추출은 앞에서 무엇이 나왔든 매번 N개의 행 가운데 아무것이나 나올 수 있다는 뜻이에요. "
        "rng.integers가 그렇게 뽑아요.",
        "0부터 N - 1까지의 수 N개를 배열 하나에 뽑아(size=N) x도 y도 그것으로 인덱싱하세요.",
    ),
)

hints(
    "bagging_vote",
    en=(
        "Labels are names, not amounts: count how often each one occurs in a column.",
        "For each label that occurs, (votes == label).sum(axis=0) counts its votes in every column.",
        "Stack these counts, a row for each label in ascending order (np.unique): argmax(axis=0) tells the row with "
        "the most votes, the first of equals, and the label of that row is the answer.",
    ),
    ko=(
        "레이블은 이름이지 양이 아니에요. 열마다 레이블이 몇 번 나오는지 세세요.",
        "나온 레이블마다 (votes == label).sum(axis=0)을 구하면 열마다 받은 표의 수예요.",
        "레이블을 오름차순(np.unique)으로 놓고 레이블마다 한 행씩 표의 수를 쌓으세요. "
        "argmax(axis=0)은 표가 가장 많은 행을 알려 주고, 같은 값이 여럿이면 첫 번째예요. 그 행의 레이블이 답이에요.",
    ),
)

hints(
    "adaboost_weights",
    en=(
        "Three things in order: the weighted error, alpha, then the weights.",
        "The error is the sum of the weights of the samples that were wrong; ~correct picks them.",
        "Weights of wrong samples are multiplied by exp(alpha), those of right ones by exp(-alpha) (np.where chooses); "
        "at the end divide by their sum.",
    ),
    ko=(
        "순서대로 세 가지예요. 가중 오차, alpha, 그다음 가중치예요.",
        "오차는 틀린 샘플의 가중치를 더한 값이에요. ~correct로 고를 수 있어요.",
        "틀린 샘플의 가중치에는 exp(alpha), 맞힌 샘플의 가중치에는 exp(-alpha)를 곱하고(np.where로 골라요) "
        "마지막에 합으로 나누세요.",
    ),
)

hints(
    "minibatches",
    en=(
        "First one shuffled order of 0 ... n - 1, then pieces of it.",
        "The pieces start at 0, batch_size, 2 * batch_size and so on, as long as that is below n.",
        "A slice may reach beyond the end of an array: it simply stops there, so that the last batch needs no case of "
        "its own.",
    ),
    ko=(
        "먼저 0부터 n - 1까지 섞은 순서를 하나 만들고, 그다음 조각으로 자르세요.",
        "조각은 0, batch_size, 2 * batch_size, …에서 시작하고 n보다 작을 때까지 이어져요.",
        "슬라이스가 배열의 끝을 넘어가면 끝에서 멈춰요. 그래서 마지막 배치를 따로 다룰 필요가 없어요.",
    ),
)

hints(
    "sharpness",
    en=(
        "Only where a direction points matters, not how long it is: first make every row equally long.",
        "np.linalg.norm with axis=1 gives the rows' lengths; keepdims=True lets you divide the rows by them.",
        "Each row, divided by its length and times radius, is a step d: collect loss(w + d) - loss(w), take the mean.",
    ),
    ko=(
        "방향이 어디를 가리키는지만 중요하고 길이는 상관없어요. 먼저 모든 행의 길이를 같게 하세요.",
        "np.linalg.norm에 axis=1을 주면 행마다 길이가 나와요. keepdims=True면 행을 그 길이로 바로 나눌 수 있어요.",
        "행을 그 길이로 나누고 radius를 곱한 것이 걸음 d예요. loss(w + d) - loss(w)를 모아 평균을 내세요.",
    ),
)

hints(
    "max_stable_lr",
    en=(
        "Along an eigenvector with curvature λ, a step multiplies the distance by 1 - lr λ.",
        "That factor must stay between -1 and 1 for every eigenvalue; the steepest direction is the first to fail.",
        "np.linalg.eigvalsh gives the eigenvalues of a symmetric matrix; divide 2 by the largest.",
    ),
    ko=(
        "곡률이 λ인 고유벡터 방향으로는 한 걸음마다 거리에 1 - lr λ가 곱해져요.",
        "이 인수가 모든 고윳값에서 -1과 1 사이에 있어야 해요. 가장 가파른 방향이 맨 먼저 어긋나요.",
        "np.linalg.eigvalsh로 대칭 행렬의 고윳값을 구해 2를 가장 큰 값으로 나누세요.",
    ),
)

hints(
    "gd_step",
    en=(
        "The gradient points uphill. Which way do you want to go, and how far?",
        "Take lr times the gradient away from w.",
        "`w - lr * g` makes a new array; `w -= lr * g` writes into the one that was passed in.",
    ),
    ko=(
        "기울기는 오르막을 가리켜요. 어느 쪽으로 얼마나 가야 할까요?",
        "w에서 기울기에 lr을 곱한 값을 빼세요.",
        "w에서 뺄셈을 하면 새 배열이 생기지만, `-=`를 쓰면 받은 배열에 덮어써요.",
    ),
)

hints(
    "momentum_step",
    en=(
        "What has to survive from one step to the next? That, and nothing else, belongs in the state.",
        "The new a is beta times the old a plus g; before the first step the old a is 0.",
        'state.get("a", 0.0) reads the old a; return w - lr * a together with a new dict that holds the new a.',
    ),
    ko=(
        "한 걸음에서 다음 걸음으로 무엇이 남아야 하나요? 그것만 state에 담으면 돼요.",
        "새 a는 옛 a에 beta를 곱하고 g를 더한 값이에요. 첫걸음 전의 옛 a는 0이에요.",
        'state.get("a", 0.0)으로 옛 a를 읽고, w - lr * a와 새 a를 담은 새 딕셔너리를 돌려주세요.',
    ),
)

hints(
    "nesterov_step",
    en=(
        "It is momentum with one change: where the gradient is taken.",
        "First work out the point that the old a alone would carry w to, then call grad there. Before the first step "
        "the old a is 0.",
        "That point is lr * beta * a below w. The gradient joins beta * a as in momentum, and the step starts from w.",
    ),
    ko=(
        "모멘텀에서 한 가지만 달라요. 기울기를 어디에서 구하느냐예요.",
        "옛 a만으로 w가 닿을 점을 먼저 구하고, 그 점에서 grad를 부르세요. 첫걸음 전의 옛 a는 0이에요.",
        "그 점은 w에서 lr * beta * a를 뺀 곳이에요. 기울기를 모멘텀에서처럼 beta * a에 더하고, 걸음은 w에서 출발해요.",
    ),
)

hints(
    "adagrad_step",
    en=(
        "Every parameter has a sum of its own: of what, and over which steps?",
        "Add the squared gradient to the sum first; then divide by its root, with eps outside the root.",
        "`np.sqrt(total) + eps` stands below lr * g; the new total goes into a new dict.",
    ),
    ko=(
        "파라미터마다 자기 합이 있어요. 무엇을, 어느 걸음까지 더한 것인가요?",
        "기울기의 제곱을 합에 먼저 더하세요. 그다음 그 제곱근으로 나누고 eps는 제곱근 바깥에 더해요.",
        "lr * g를 `np.sqrt(total) + eps`로 나누고, 새 total은 새 딕셔너리에 담으세요.",
    ),
)

hints(
    "rmsprop_step",
    en=(
        "Adagrad's sum never forgets. What takes its place here?",
        "The new average is gamma times the old one plus (1 - gamma) times the squared gradient; it starts at 0.",
        "Divide lr * g by the root of the new average, with eps added outside the root.",
    ),
    ko=(
        "Adagrad의 합은 아무것도 잊지 않아요. 여기서는 무엇이 그 자리에 오나요?",
        "새 평균은 옛 평균에 gamma를, 기울기의 제곱에 (1 - gamma)를 곱해 더한 값이에요. 0에서 시작해요.",
        "lr * g를 새 평균의 제곱근으로 나누되, eps는 제곱근 바깥에 더하세요.",
    ),
)

hints(
    "adadelta_step",
    en=(
        "There are two running averages: of squared gradients, and of squared changes. "
        "Which one is new, which one old, "
        "when the change is made?",
        "In order: new average of g squared; the change, with the OLD average of changes; only then the new one.",
        "The change is g times the root of (old average of changes + eps) over the root of (new average of g squared + "
        "eps). Its square, times (1 - gamma), joins gamma times the old average of changes.",
    ),
    ko=(
        "지수 이동 평균이 둘이에요. 하나는 기울기의 제곱, 하나는 변화량의 제곱이에요. "
        "변화량을 구할 때 어느 것이 새것이고 어느 것이 옛것인가요?",
        "순서가 중요해요. g 제곱의 새 평균, 그다음 변화량(변화량 쪽은 옛 평균을 써요), 마지막으로 변화량의 새 "
        "평균이에요.",
        "변화량은 g에 (변화량의 옛 평균 + eps)의 제곱근을 곱하고 (g 제곱의 새 평균 + eps)의 제곱근으로 나눈 값이에요. "
        "그 제곱에 (1 - gamma)를 곱해, 변화량의 옛 평균에 gamma를 곱한 값과 더하세요.",
    ),
)

hints(
    "adam_step",
    en=(
        "Three things live in the state: m, v and the number of steps so far.",
        "t is 1 in the first step. m and v are running averages that start at 0; dividing by 1 - beta ** t makes up "
        "for that.",
        "m_hat = m / (1 - beta1**t), v_hat = v / (1 - beta2**t); the step is lr * m_hat over (root of v_hat, plus "
        "eps). "
        "Keep m and v themselves, not the hats.",
    ),
    ko=(
        "state에 세 가지가 있어요. m, v, 그리고 지금까지의 걸음 수예요.",
        "첫걸음에서 t는 1이에요. m과 v는 0에서 시작하는 지수 이동 평균이라 1 - beta ** t로 나누어 보정해요.",
        "m_hat = m / (1 - beta1**t), v_hat = v / (1 - beta2**t)이고, 걸음은 lr * m_hat을 (v_hat의 제곱근 + eps)로 나눈 "
        "값이에요. state에는 보정한 값이 아니라 m과 v를 담으세요.",
    ),
)

hints(
    "race",
    en=(
        "Take one optimizer at a time: `distance` above tells where it ends with the values that you give it.",
        "gd first: max_stable_lr tells how far its rate may go. The unseen valley may be 20 % steeper, so stay below; "
        "or 20 % flatter, so do not creep.",
        "Momentum bears a larger rate than gd, Nesterov only a smaller one; Adagrad's rate may be above 1; "
        "Adadelta has none: with an eps of 1e-6 it starts too slowly, "
        "with too large an eps it swings from side to side; "
        "RMSprop ends up circling at a distance of about its rate; Adam likes rates above its usual 0.001.",
    ),
    ko=(
        "옵티마이저를 하나씩 보세요. 위의 `distance`에 값을 넣으면 마지막에 얼마나 떨어져 있는지 알려 줘요.",
        "gd부터 하세요. 학습률을 얼마까지 키울 수 있는지는 max_stable_lr이 알려 줘요. "
        "보지 않은 골짜기는 20 %까지 더 가파를 수 있으니 여유를 두고, 20 %까지 더 완만할 수도 있으니 너무 작게 잡지는 "
        "마세요.",
        "모멘텀은 gd보다 큰 학습률도 견디지만 Nesterov는 더 작아야 해요. Adagrad의 학습률은 1을 넘어도 돼요. "
        "Adadelta에는 학습률이 없어요. eps가 1e-6이면 너무 느리게 출발하고, eps가 너무 크면 양쪽으로 크게 흔들려요. "
        "RMSprop은 극소점 둘레를 학습률만 한 거리에서 맴돌아요. "
        "Adam의 학습률은 흔히 쓰는 0.001보다 커야 해요.",
    ),
)

hints(
    "slips",
    en=(
        "Every claim speaks of something in this chapter: find the place, do not trust your memory.",
        "Where a claim gives a formula or a rule, try it with numbers: your own functions and a few lines decide.",
        "Return the ids of the claims that fail, as strings in a set. A true claim in the set costs points: leave out "
        "what you have not been able to refute.",
    ),
    ko=(
        "모두 이 장에 나온 내용을 두고 한 주장이에요. 기억에 기대지 말고 그 자리를 찾아보세요.",
        "식이나 규칙이 나오는 주장은 숫자로 시험하세요. 여러분이 쓴 함수와 코드 몇 줄이면 가려져요.",
        "거짓인 주장의 번호를 문자열로 집합에 담으세요. 참인 주장이 들어가면 점수가 깎이니, 반박하지 못한 것은 빼세요.",
    ),
)

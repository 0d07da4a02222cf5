"""How every exercise of the chapter is tried: arguments that tell the known mistakes apart. Then the hints.

Sizes differ (N, D, K) so that a wrong axis shows; one square case an exercise lets a wrong axis give a number instead
of a crash; rows at +-1000 stand beside small ones; labels are not balanced; no batch is only large.
"""

import numpy as np

from dlbasic.authoring import hints, probes
from dlbasic.probe_functions import named


def _params(rng, sizes):
    """Weights and biases for a net; the biases are not zero, so that leaving one out shows."""
    return [
        (rng.normal(scale=0.8, size=(fan_in, fan_out)), rng.normal(scale=0.5, size=fan_out))
        for fan_in, fan_out in zip(sizes[:-1], sizes[1:], strict=True)
    ]


def _forward_pass(rng, batch, sizes):
    """What mlp_backward is handed: a net and the layer inputs of a true forward pass, drawn until they tell enough.

    Every hidden row holds zeros and positive numbers, so that a missing gate shows; no value before the relu is close
    to 0, so that a gate worked out from those values says the same as one that looks at the activations.
    """
    while True:
        params, inputs = _params(rng, sizes), [rng.normal(size=(batch, sizes[0]))]
        before = []
        for w, b in params[:-1]:
            before.append(inputs[-1] @ w + b)
            inputs.append(np.maximum(before[-1], 0.0))
        on = [z > 0 for z in before]
        mixed = all(np.all(gate.any(axis=1) & ~gate.all(axis=1)) for gate in on)
        if mixed and all(np.all(np.abs(z) > 0.02) for z in before):
            return params, inputs


@probes("mse")
def mse_cases(rng):
    yield rng.normal(scale=3.0, size=(4, 3)), rng.normal(scale=3.0, size=(4, 3))
    yield rng.normal(size=7), rng.normal(size=7) + 0.5
    yield np.array([[2.0, -1.0, 0.5, 3.0, 1.0]]), np.array([[0.5, -4.0, 0.0, 3.0, 2.5]])
    yield rng.normal(size=(2, 3, 2)), rng.normal(size=(2, 3, 2))


@probes("mse_gradient")
def mse_gradient_cases(rng):
    yield rng.normal(1.0, 3.0, size=6), rng.normal(scale=3.0, size=6), 1.5, -0.5
    yield rng.normal(-2.0, 1.0, size=9), rng.normal(size=9) + 3.0, -0.7, 2.0
    yield np.array([3.0]), np.array([-1.0]), 0.5, 1.0
    yield np.linspace(0.0, 2.0, 5), np.linspace(-1.0, 4.0, 5) ** 2, 0.0, 0.0


@probes("fit_line")
def fit_line_cases(rng):
    x = rng.normal(1.0, 2.0, size=6)
    yield x, 2.0 * x - 3.0 + rng.normal(size=6), 0.03, 4
    x = rng.normal(0.5, 1.0, size=8)
    yield x, -1.5 * x + 2.0, 0.1, 3
    yield np.array([2.0]), np.array([5.0]), 0.05, 3
    yield np.array([1.0, 3.0]), np.array([2.0, -1.0]), 0.05, 1
    # Long enough to arrive: who stops early has fewer losses. Then a rate that diverges: who tames the steps is found.
    x = rng.permutation(np.array([-1.5, -0.5, 0.0, 0.75, 1.5]))
    yield x, 3.0 * x + 2.0, 0.3, 60
    x = rng.normal(1.0, 2.0, size=7)
    yield x, 4.0 * x - 2.0 + rng.normal(size=7), 1.0, 6


@probes("linear")
def linear_cases(rng):
    yield rng.normal(scale=3.0, size=(4, 3)), rng.normal(scale=3.0, size=(3, 2)), rng.normal(scale=3.0, size=2)
    yield rng.normal(size=(3, 3)), rng.normal(size=(3, 3)), rng.normal(size=3)
    yield rng.normal(size=(1, 4)), rng.normal(size=(4, 3)), rng.normal(size=3)
    yield rng.normal(size=(2, 3)), rng.normal(size=(3, 5)), rng.normal(size=5)
    yield rng.normal(size=(4, 3)), rng.normal(size=(3, 1)), rng.normal(size=1)


@probes("relu")
def relu_cases(rng):
    yield (rng.normal(scale=3.0, size=(4, 3)),)
    yield (np.array([-2.0, -0.5, 0.0, 0.25, 3.0]),)
    yield (rng.normal(size=(2, 3, 2)),)
    yield (np.array([[-1.0, -3.0, -0.1]]),)
    # Nothing to cut off: who then hands back z itself is told so.
    yield (np.array([[0.5, 2.0], [0.0, 3.0]]),)


@probes("sigmoid", no_warnings=True)
def sigmoid_cases(rng):
    yield (rng.normal(scale=2.0, size=(4, 3)),)
    # Large numbers of one sign at a time: which sign overflows tells which formula was used.
    yield (np.array([1000.0, 0.5, 800.0]),)
    yield (np.array([[-1000.0, -0.5, -800.0]]),)
    yield (np.array([[1000.0, -1000.0], [0.0, -2.0]]),)


@probes("relu_grad")
def relu_grad_cases(rng):
    yield (rng.normal(scale=3.0, size=(4, 3)),)
    yield (np.array([-2.0, -0.5, 0.0, 0.25, 3.0]),)
    yield (rng.normal(size=(2, 3, 2)),)
    yield (np.array([[0.0, -1.5, 0.0]]),)


@probes("sigmoid_grad")
def sigmoid_grad_cases(rng):
    yield (rng.normal(scale=2.0, size=(4, 3)),)
    yield (np.array([0.3, -0.6, 0.0, 2.5]),)
    yield (np.array([[1000.0, 800.0, 1.0]]),)
    yield (np.array([[-1000.0], [-800.0], [-1.0]]),)


@probes("softmax")
def softmax_cases(rng):
    yield (rng.normal(scale=2.0, size=(4, 3)),)
    yield (rng.normal(size=(3, 3)),)
    yield (np.array([[1000.0, 998.5, 1000.5], [999.0, 1000.0, 997.0]]),)
    # One row is a thousand below the other: a maximum over the whole array leaves it nothing but zeros.
    yield (np.array([[1000.0, 0.0, -1000.0, 3.0], [-1001.0, -1000.0, -999.5, -1002.0]]),)
    # All rows far below 0: here one maximum for all does no harm, but the largest absolute value does.
    yield (np.array([[-1000.0, -1001.5, -999.0], [-998.5, -1000.0, -1000.5]]),)
    yield (rng.normal(size=(1, 5)),)


@probes("cross_entropy")
def cross_entropy_cases(rng):
    yield rng.normal(scale=2.0, size=(4, 3)), np.array([0, 2, 2, 1])
    yield rng.normal(size=(3, 3)), np.array([2, 0, 2])
    yield np.array([[1000.0, 998.5, 1000.5], [999.0, 1000.0, 997.0]]), np.array([2, 0])
    yield np.array([[1000.0, 0.0, -1000.0, 3.0], [-1001.0, -1000.0, -999.5, -1002.0]]), np.array([1, 2])
    yield np.array([[-1000.0, -1001.5, -999.0], [-998.5, -1000.0, -1000.5]]), np.array([1, 0])
    yield rng.normal(size=(1, 5)), np.array([3])
    yield rng.normal(size=(6, 4)), np.array([3, 3, 0, 3, 1, 3])


@probes("cross_entropy_grad")
def cross_entropy_grad_cases(rng):
    yield rng.normal(scale=2.0, size=(4, 3)), np.array([0, 2, 2, 1])
    yield rng.normal(size=(3, 3)), np.array([2, 0, 2])
    yield np.array([[1000.0, 998.5, 1000.5], [999.0, 1000.0, 997.0]]), np.array([2, 0])
    yield np.array([[1000.0, 0.0, -1000.0, 3.0], [-1001.0, -1000.0, -999.5, -1002.0]]), np.array([1, 2])
    yield np.array([[-1000.0, -1001.5, -999.0], [-998.5, -1000.0, -1000.5]]), np.array([1, 0])
    yield rng.normal(size=(1, 5)), np.array([3])


@probes("gaussian_nll")
def gaussian_nll_cases(rng):
    yield rng.normal(scale=2.0, size=(4, 3)), rng.normal(0.5, 1.5, size=(4, 3)), rng.normal(scale=2.0, size=(4, 3))
    yield rng.normal(size=5), rng.normal(-1.0, 0.5, size=5), rng.normal(size=5) + 1.0
    yield np.array([1.0]), np.array([0.8]), np.array([3.0])
    yield np.array([[0.0, 1.0, -1.0]]), np.array([[2.0, -2.0, 0.3]]), np.array([[0.5, -0.5, -1.0]])
    # Variances of 0.002 and 3000: who keeps log_var within bounds is found.
    yield np.array([1.0, 0.5]), np.array([-6.0, 8.0]), np.array([1.2, 20.0])


@probes("relative_error")
def relative_error_cases(rng):
    yield rng.normal(scale=3.0, size=(4, 3)), rng.normal(scale=3.0, size=(4, 3))
    # The largest difference (100 and 110) is not the largest relative one (1 and 3).
    yield np.array([100.0, 1.0, -2.0]), np.array([110.0, 3.0, -2.5])
    yield np.array([[0.0, 2.0], [-3.0, 0.0]]), np.array([[0.0, 1.5], [-4.0, 0.0]])
    yield np.array([0.5, 0.25, 3.0]), np.array([0.5, 0.2, 2.9])
    yield rng.uniform(0.5, 2.0, size=(1, 5)), rng.uniform(2.5, 4.0, size=(1, 5))
    # The floor at work: 1e-13 against 0 is 0.1, not 1. Without a floor, or with one added or higher, it is not.
    yield np.array([1e-13, 1.0, -5.0]), np.array([0.0, 1.1, -5.2])
    # One number is 0 and the other is not: as far apart as can be, and nothing to leave out.
    yield np.array([[0.0, 2.0, 1.0]]), np.array([[2.0, 2.5, 1.0]])


# Steps of 1e-2 make a forward difference visibly wrong, while central ones stay within the tolerance, however far each
# author of a right answer takes a "step" to reach (h to both sides, or h / 2).
@probes("numerical_gradient", rtol=1e-4, atol=1e-4)
def numerical_gradient_cases(rng):
    slopes = {"linear": [0.5, -1.0, 2.0], "square": [3.0, -2.0, 4.0], "cube": [0.2, 0.1, -0.3]}
    yield named("separable", shape=[3], **slopes), rng.normal(scale=1.5, size=3), 1e-2
    weight = [1.0, 2.0, -1.5, 0.5, 3.0, -2.0]
    yield named("coupled", shape=[2, 3], weight=weight, slope=0.7), rng.normal(size=(2, 3)), 1e-2
    yield named("wave", shape=[1, 3], frequency=[1.0, 1.7, -0.6]), rng.normal(size=(1, 3)), 1e-3
    yield named("separable", shape=[], linear=[1.0], square=[-2.5], cube=[0.3]), np.array(0.8), 1e-2
    yield named("coupled", shape=[3, 1, 2], weight=weight, slope=-1.2), rng.normal(size=(3, 1, 2))
    # Level close to x: only steps as large as h = 0.1 (or half of it) measure the slopes.
    center = np.round(rng.normal(size=3), 2)
    yield named("terrace", center=center.tolist(), slope=[1.5, -2.0, 0.75], width=0.02), center, 0.1


@probes("find_the_bug")
def find_the_bug_cases(rng):
    yield rng.normal(scale=1.5, size=(5, 3)), np.array([0, 3, 3, 1, 3]), rng.normal(size=(3, 4)), rng.normal(size=4)
    yield rng.normal(size=(3, 3)), np.array([1, 1, 2]), rng.normal(size=(3, 3)), rng.normal(size=3)
    yield rng.normal(size=(1, 2)), np.array([2]), rng.normal(size=(2, 3)), rng.normal(size=3)
    w = np.array([[500.0, -400.0, 0.1], [1.0, 0.5, -300.0]])
    x, b = np.array([[2.0, 1.0], [-2.0, 3.0], [0.0, 0.5], [1.9, 0.0]]), np.array([0.5, 0.0, -1.0])
    yield x, np.array([1, 1, 0, 1]), w, b
    yield rng.normal(size=(6, 2)), np.array([0, 0, 1, 0, 2, 0]), rng.normal(size=(2, 3)), rng.normal(size=3)


@probes("xor_params", property="solves_xor")
def xor_params_cases(rng):
    yield from ()


@probes("init_mlp", property="he_normal_layers")
def init_mlp_cases(rng):
    yield from ()


@probes("mlp_forward", lists=False)
def mlp_forward_cases(rng):
    yield rng.normal(scale=1.5, size=(4, 3)), _params(rng, [3, 5, 2])
    yield rng.normal(size=(3, 3)), _params(rng, [3, 3, 3, 3])
    yield rng.normal(size=(1, 2)), _params(rng, [2, 4, 3])
    yield rng.normal(size=(2, 4)), _params(rng, [4, 3])
    yield np.array([[2.0, -1.0]]), [(np.eye(2), np.array([0.5, 0.5])), (-np.eye(2), np.array([0.0, -1.0]))]


@probes("mlp_backward", lists=False)
def mlp_backward_cases(rng):
    nets = (4, [3, 5, 2]), (3, [3, 3, 3, 3]), (1, [2, 4, 3]), (5, [4, 3]), (6, [2, 3, 4, 2]), (5, [3, 4, 1])
    for batch, sizes in nets:
        params, inputs = _forward_pass(rng, batch, sizes)
        yield inputs, params, rng.normal(scale=1.5, size=(batch, sizes[-1]))


@probes("train_mlp", property="trains_a_network")
def train_mlp_cases(rng):
    yield from ()


# --- hints: where to look, which step, nearly the line ---------------------------------------------------------------

hints(
    "mse",
    en=(
        "Read the formula from the inside out: difference, square, mean.",
        "y - y_hat works on whole arrays, and so does `** 2`; no loop is needed.",
        "np.mean without an axis takes in every element: give it the squared differences, then make the result a "
        "float.",
    ),
    ko=(
        "식을 안쪽부터 읽으세요. 차이, 제곱, 평균의 순서예요.",
        "y - y_hat은 배열 전체를 한꺼번에 계산하고 `** 2`도 마찬가지예요. 반복문은 필요 없어요.",
        "np.mean에 axis를 주지 않으면 모든 원소의 평균이에요. 차이의 제곱을 넣고 결과를 float로 바꾸세요.",
    ),
)

hints(
    "mse_gradient",
    en=(
        "Both derivatives start from the same array: the residuals y - (w x + b).",
        "By the chain rule: the outer derivative brings a 2, the inner one a minus, and for w also a factor x.",
        "db is minus twice the mean of the residuals; dw is minus twice the mean of residual times x.",
    ),
    ko=(
        "두 도함수는 같은 배열, 곧 잔차 y - (w x + b)에서 출발해요.",
        "연쇄 법칙을 쓰세요. 바깥을 미분하면 2가, 안쪽을 미분하면 마이너스가 나와요. w로 미분할 때는 x도 곱해져요.",
        "db는 잔차의 평균에 -2를 곱한 값이에요. dw는 잔차와 x를 짝끼리 곱해 평균을 낸 다음 -2를 곱한 값이에요.",
    ),
)

hints(
    "fit_line",
    en=(
        "Three things happen in every step, and their order matters: loss, derivatives, move.",
        "Append the loss at the present w and b; get dw and db at that same point (mse_gradient does it).",
        "Move both at once, with a tuple assignment: each loses lr times its own derivative.",
    ),
    ko=(
        "걸음마다 세 가지 일을 하는데 순서가 중요해요. 손실, 도함수, 이동의 순서예요.",
        "지금의 w와 b에서 손실을 먼저 담고, 같은 점에서 dw와 db를 구하세요(mse_gradient를 쓰면 돼요).",
        "튜플 대입으로 둘을 한꺼번에 옮기세요. 각각 자기 도함수에 lr을 곱한 만큼 빼면 돼요.",
    ),
)

hints(
    "linear",
    en=(
        "Look at the shapes: (N, D) and (D, M) should become (N, M).",
        "That is the matrix product, `@`, with x in front; nothing has to be transposed.",
        "b of shape (M,) is added to every row by broadcasting: the product plus b, and that is all.",
    ),
    ko=(
        "모양을 보세요. (N, D)와 (D, M)이 만나 (N, M)이 되어야 해요.",
        "행렬 곱(`@`)을 쓰고 x를 앞에 두세요. 전치할 것은 없어요.",
        "모양이 (M,)인 b는 브로드캐스팅으로 모든 행에 더해져요. 행렬 곱에 b를 더하면 끝이에요.",
    ),
)

hints(
    "relu",
    en=(
        "Every element is compared with 0, by itself.",
        "NumPy has a function that takes the larger of two, element by element. It is not np.max.",
        "np.maximum with z and 0 gives a new array and leaves z as it was.",
    ),
    ko=(
        "원소마다 따로 0과 견줘요.",
        "NumPy에는 원소별로 둘 중 큰 값을 고르는 함수가 있어요. np.max가 아니에요.",
        "np.maximum에 z와 0을 넣으면 z는 그대로 두고 새 배열을 만들어 줘요.",
    ),
)

hints(
    "sigmoid",
    en=(
        "Which exponent gets too large? Try the formula at z = -1000 by hand.",
        "Multiply numerator and denominator by exp(z): a second form, which is safe where the first is not.",
        "e = exp(-|z|) is never above 1. Where z >= 0 the answer is 1 / (1 + e), elsewhere e / (1 + e); np.where "
        "chooses.",
    ),
    ko=(
        "어느 지수가 너무 커지나요? z = -1000일 때 식을 손으로 계산해 보세요.",
        "분자와 분모에 exp(z)를 곱해 보세요. 앞의 꼴이 위험한 곳에서 안전한 두 번째 꼴이 나와요.",
        "e = exp(-|z|)는 1을 넘지 않아요. z >= 0이면 1 / (1 + e), 아니면 e / (1 + e)이고, np.where로 고르면 돼요.",
    ),
)

hints(
    "relu_grad",
    en=(
        "Draw relu. What is its slope to the left of 0, and to the right?",
        "The answer depends on one comparison only; think about which side z = 0 belongs to.",
        "np.where with the condition z > 0 chooses between 1.0 and 0.0.",
    ),
    ko=(
        "ReLU를 그려 보세요. 0의 왼쪽과 오른쪽에서 기울기가 얼마인가요?",
        "비교 하나로 정해져요. z = 0이 어느 쪽에 속하는지 생각하세요.",
        "np.where에 조건 z > 0을 주고 1.0과 0.0 가운데 고르게 하세요.",
    ),
)

hints(
    "sigmoid_grad",
    en=(
        "The derivative can be written with the sigmoid's own value.",
        "Compute the sigmoid of z first; then use s(1 - s) on that output, not on z.",
        "s = sigmoid(z) in one line, s times (1 - s) in the next. It is stable because your sigmoid is.",
    ),
    ko=(
        "도함수를 시그모이드 자신의 값으로 쓸 수 있어요.",
        "먼저 z의 시그모이드를 구하고, s(1 - s)를 z가 아니라 그 출력에 쓰세요.",
        "첫 줄에서 s = sigmoid(z), 다음 줄에서 s 곱하기 (1 - s)예요. "
        "여러분의 sigmoid가 안정적이면 이것도 안정적이에요.",
    ),
)

hints(
    "softmax",
    en=(
        "Everything happens within a row: which axis is that?",
        "Subtract each row's own maximum before exp: it cancels in the quotient, and nothing can overflow.",
        "max and sum along axis=1 with keepdims=True keep shape (N, 1), which broadcasts back over the row.",
    ),
    ko=(
        "모든 계산은 한 행 안에서 해요. 어느 축을 따라 계산해야 할까요?",
        "exp를 쓰기 전에 행마다 그 행의 최댓값을 빼세요. 나눌 때 지워지고, 오버플로도 나지 않아요.",
        "axis=1로 max와 sum을 구할 때 keepdims=True를 주면 모양이 (N, 1)로 남아 행 전체에 브로드캐스팅돼요.",
    ),
)

hints(
    "cross_entropy",
    en=(
        "Do not call softmax and then log: write log p as a formula first.",
        "log p[k] = shifted[k] - log(sum of exp(shifted)), where every row is shifted by its maximum.",
        "Pick each row's label with the index pair np.arange(N), labels; the answer is minus the mean of those log p.",
    ),
    ko=(
        "softmax를 부른 다음 log를 씌우지는 마세요. log p를 먼저 식으로 써 보세요.",
        "행마다 최댓값을 뺀 것을 shifted라고 하면 log p[k] = shifted[k] - log(exp(shifted)의 합)이에요.",
        "인덱스 쌍 np.arange(N), labels로 행마다 정답을 고르세요. 그 log p의 평균에 마이너스를 붙이면 돼요.",
    ),
)

hints(
    "cross_entropy_grad",
    en=(
        "The result is short: probabilities, minus something at the labels, divided by something.",
        "Start with softmax(logits), which is a new array; only one entry in each row differs from it.",
        "Take 1 away at the index pair np.arange(N), labels; divide everything by N.",
    ),
    ko=(
        "식은 짧아요. 확률의 정답 자리에서 무언가를 빼고, 전체를 무언가로 나눠요.",
        "softmax(logits)에서 시작하세요. 이것은 새 배열이에요. 행마다 한 자리만 고치면 돼요.",
        "인덱스 쌍 np.arange(N), labels 자리에서 1을 빼고, 전체를 N으로 나누세요.",
    ),
)

hints(
    "gaussian_nll",
    en=(
        "Two terms, added element by element; then a half; then the mean.",
        "log_var is the first term as it is. For the second, np.exp(log_var) is the variance.",
        "Half of log_var plus (y - mean) squared over the variance, and np.mean over everything.",
    ),
    ko=(
        "원소마다 두 항을 더하고, 절반으로 나누고, 평균을 내요.",
        "첫 항은 log_var 그대로예요. 둘째 항에서는 np.exp(log_var)가 분산이에요.",
        "log_var에 (y - mean)의 제곱을 분산으로 나눈 것을 더해 절반으로 만들고, np.mean으로 전체 평균을 내세요.",
    ),
)

hints(
    "relative_error",
    en=(
        "Numerator and denominator are arrays; the maximum over the elements comes last.",
        "The floor is element by element too: np.maximum, not np.max.",
        "|a - b| divided by the larger of |a| + |b| and 1e-12; then np.max of that array.",
    ),
    ko=(
        "분자와 분모는 배열이고, 원소들의 최댓값은 맨 나중에 구해요.",
        "하한도 원소마다 적용해요. np.max가 아니라 np.maximum이에요.",
        "|a - b|를 |a| + |b|와 1e-12 가운데 큰 쪽으로 나눈 다음, 그 배열의 np.max를 구하세요.",
    ),
)

hints(
    "numerical_gradient",
    en=(
        "In each round of the loop only the entry x[index] moves; all others stay.",
        "Evaluate f twice, a step h above and a step h below, and see to it that x is whole again afterwards.",
        "The difference of the two values, divided by their distance 2h, is grad[index]. "
        "An array of zeros with h at index makes a step that leaves x alone.",
    ),
    ko=(
        "반복마다 x[index] 하나만 움직이고 나머지는 그대로예요.",
        "h만큼 위와 h만큼 아래에서 f를 두 번 계산하고, 끝나면 x가 처음과 같게 하세요.",
        "두 값의 차이를 거리 2h로 나눈 것이 grad[index]예요. "
        "index 자리에만 h가 든 0 배열을 더하고 빼면 x를 건드리지 않아요.",
    ),
)

hints(
    "find_the_bug",
    en=(
        "Compare with numbers: numerical_gradient tells which of dw and db is off, and by which factor.",
        "One mistake is in how large scores are treated, one in what the gradients are divided by, one in db.",
        "Shift the scores by their maximum; divide dw and db by the number of samples, as the loss is; "
        "add the whole vector d_scores to db, not its sum.",
    ),
    ko=(
        "수치 기울기와 견주세요. numerical_gradient가 dw와 db 가운데 무엇이 몇 배나 틀렸는지 알려 줘요.",
        "잘못은 큰 점수를 다루는 곳에 하나, 기울기를 나누는 곳에 하나, db에 하나 있어요.",
        "점수에서 최댓값을 빼세요. 손실처럼 dw와 db도 샘플 수로 나누세요. "
        "db에는 d_scores의 합이 아니라 벡터 전체를 더하세요.",
    ),
)

hints(
    "xor_params",
    en=(
        "Both hidden units may look at the sum x1 + x2, which is 0, 1 or 2.",
        "The output over that sum is a tent: up from 0 to 1, down again from 1 to 2. Each relu makes one bend.",
        "One unit bends at 0, the other at 1 (by its bias). The output goes up with the first; "
        "the second must turn a slope of 1 into a slope of -1.",
    ),
    ko=(
        "두 은닉 유닛이 모두 합 x1 + x2를 봐도 돼요. 합은 0, 1, 2 가운데 하나예요.",
        "합에 대한 출력은 천막 모양이에요. 0에서 1까지 올라가고 1에서 2까지 내려와요. "
        "ReLU 하나가 꺾임 하나를 만들어요.",
        "한 유닛은 0에서 꺾이게 하고, 다른 유닛은 편향을 써서 1에서 꺾이게 하세요. "
        "출력은 첫 유닛을 따라 올라가고, 둘째 유닛이 기울기 1을 -1로 바꿔야 해요.",
    ),
)

hints(
    "init_mlp",
    en=(
        "Go through neighbouring pairs of sizes: each pair is one layer.",
        "The formula gives a variance, and rng.normal takes a standard deviation.",
        "For each pair (n, m): rng.normal with the root of 2 / n as its scale and size=(n, m); and np.zeros(m).",
    ),
    ko=(
        "sizes에서 이웃한 두 수씩 보세요. 한 쌍이 한 층이에요.",
        "식에 나온 것은 분산인데 rng.normal은 표준편차를 받아요.",
        "쌍 (n, m)마다 scale이 2 / n의 제곱근이고 size=(n, m)인 rng.normal과 np.zeros(m)을 만드세요.",
    ),
)

hints(
    "mlp_forward",
    en=(
        "The last layer is special: treat it apart from the others.",
        "Start with the list [x]; every hidden layer appends relu of its affine map of the list's last entry.",
        "Loop over params[:-1] for the hidden layers; afterwards the last (w, b) turns the last entry into the logits.",
    ),
    ko=(
        "마지막 층은 달라요. 나머지와 따로 다루세요.",
        "리스트 [x]에서 시작하세요. 은닉층마다 리스트의 마지막 배열을 아핀 변환하고 ReLU를 씌워 덧붙여요.",
        "은닉층은 params[:-1]로 반복하세요. 그다음 마지막 (w, b)가 리스트의 마지막 배열을 로짓으로 바꿔요.",
    ),
)

hints(
    "mlp_backward",
    en=(
        "Walk through the layers backwards, carrying one array along: the gradient at the layer's output.",
        "At each layer: dw from the input and that gradient, db from its sum over the batch, then carry it on.",
        "dw is inputs.T @ upstream. To pass on: upstream @ w.T, times 1 where inputs > 0 and 0 elsewhere. "
        "Reverse at the end.",
    ),
    ko=(
        "마지막 층부터 거슬러 가며 배열 하나를 앞 층으로 넘기세요. 층의 출력에 대한 손실의 기울기예요.",
        "층마다 입력과 그 기울기로 dw를 구하고, 기울기를 배치를 따라 더해 db를 구해요. "
        "그다음 기울기를 앞 층으로 넘겨요.",
        "dw는 inputs.T @ upstream이에요. 넘길 때는 upstream @ w.T에 inputs > 0인 곳은 1, 아닌 곳은 0을 곱하세요. "
        "마지막에 순서를 뒤집으세요.",
    ),
)

hints(
    "train_mlp",
    en=(
        "Two loops: over epochs, and within one over the batches of a freshly shuffled order.",
        "order = rng.permutation(N); slices of it, batch_size long, pick from x and from labels alike.",
        "In each batch: mlp_forward, cross_entropy_grad, mlp_backward, then new pairs w - lr * dw, b - lr * db. "
        "Weigh each batch's loss with its size and divide by N at the end of the epoch.",
    ),
    ko=(
        "반복문이 둘이에요. 바깥에서는 에포크를 세고, 안에서는 새로 섞은 순서를 배치로 잘라 하나씩 써요.",
        "order = rng.permutation(N)을 batch_size씩 잘라, 그 인덱스로 x와 labels에서 똑같이 고르세요.",
        "배치마다 mlp_forward, cross_entropy_grad, mlp_backward를 부르고 w - lr * dw, b - lr * db로 새 쌍을 만드세요. "
        "배치의 손실에는 배치 크기를 곱해 더하고, 에포크가 끝나면 N으로 나누세요.",
    ),
)

hints(
    "slips",
    en=(
        "Every claim speaks of something in this chapter: find the place, do not trust your memory.",
        "Where a claim gives a formula, try it with numbers: numerical_gradient and a few lines of code decide.",
        "Return the ids of the claims that fail, as strings in a set. A true claim in the set costs points: "
        "leave out what "
        "you have not been able to refute.",
    ),
    ko=(
        "모두 이 장에 나온 내용을 두고 한 주장이에요. 기억에 기대지 말고 그 자리를 찾아보세요.",
        "식이 나오는 주장은 숫자로 시험하세요. numerical_gradient와 코드 몇 줄이면 가려져요.",
        "거짓인 주장의 번호를 문자열로 집합에 담으세요. 참인 주장이 들어가면 점수가 깎이니, 반박하지 못한 것은 빼세요.",
    ),
)

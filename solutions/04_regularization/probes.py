"""How every exercise of the chapter is tried: arguments that tell the known mistakes apart. Then the hints.

Sizes differ along every axis, shifts and boxes leave the image, eps is 1e-2 and more, gamma is not 1, beta not 0, and
no permutation is its own inverse.
"""

import numpy as np

from dlbasic.authoring import hints, probes
from dlbasic.probe_functions import named


@probes("early_stopping")
def early_stopping_cases(rng):
    # Falls, then rises slowly, with noise: it stops before the end whatever is drawn.
    falling = np.concatenate([np.linspace(2.0, 1.0, 4), np.linspace(1.2, 2.4, 6)])
    yield falling + rng.uniform(-0.15, 0.15, size=10), 3
    # Plateaus: an equal loss is no improvement. After one of them comes a better loss, too late.
    yield np.array([0.9, 0.5, 0.5, 0.7, 0.5, 0.4]), 3
    yield np.array([0.9, 0.5, 0.5, 0.7, 0.8, 0.9]), 4
    # It never stops: the patience outlasts the epochs, with the best at the end, before it, and at the start.
    yield np.array([0.9, 0.8, 0.85, 0.7, 0.75]), 4
    yield np.array([1.5, 1.2, 1.0]), 2
    yield np.array([0.7]), 1
    yield np.array([0.3, 0.4, 0.35]), 3
    # Ups and downs that never reach the best again; rises that a new best makes good.
    yield np.array([1.0, 0.5, 0.8, 0.7, 0.6, 0.55, 0.4, 0.3]), 4
    yield np.array([1.0, 1.1, 0.9, 0.95, 0.8, 0.85, 0.7, 0.75, 0.69, 0.6, 0.65]), 2
    # Improvements by little are improvements.
    yield np.array([0.9, 0.512, 0.511, 0.5125, 0.5108, 0.6, 0.5107, 0.7]), 3
    # The first epoch without a better loss ends it, even the second of all; large losses, and losses below 0.
    yield np.array([250.0, 180.0, 181.0, 90.0]), 1
    yield np.array([0.5, 0.6, 0.4]), 1
    yield np.array([-1.0, -2.0, -1.5, -1.8, -3.0]), 2


def _eighths(rng, *shape, mean=0.0, spread=1.0):
    """Normal numbers, rounded to eighths: exact in every dtype, and short in the table."""
    return np.rint(8.0 * rng.normal(mean, spread, size=shape)) / 8.0


def _distinct(rng, *shape):
    """Numbers that differ from one another and from 0, as halves of either sign: whatever moves can be seen to move."""
    count = int(np.prod(shape))
    return ((rng.permutation(count) + 1) * rng.choice([-0.5, 0.5], size=count)).reshape(shape)


def _params(rng, *sizes):
    pairs = zip(sizes[:-1], sizes[1:], strict=True)
    return [(_eighths(rng, n, m), _eighths(rng, m, mean=2.0)) for n, m in pairs]


@probes("l2_penalty", lists=False)
def l2_penalty_cases(rng):
    yield _params(rng, 2, 3, 2), 0.3
    yield [(np.array([[3.0, -4.0]]), np.array([7.0, 1.0]))], 0.1
    # Three layers, one of which is 0.
    yield [*_params(rng, 1, 3), (np.zeros((3, 1)), np.ones(1)), *_params(rng, 1, 2)], 1.5
    # Whole numbers, and halves as float32: both are exact.
    yield [(np.array([[1, -2], [0, 3], [2, 2]]), np.array([5, -1])), (np.array([[4], [1]]), np.array([2]))], 0.25
    yield [(np.array([[0.5, -1.5, 2.0]], dtype=np.float32), np.array([1.0, 0.5, -2.0], dtype=np.float32))], 0.5


@probes("decay_step")
def decay_step_cases(rng):
    yield rng.normal(scale=3.0, size=(2, 3)), rng.normal(scale=2.0, size=(2, 3)), 0.3, 0.7
    # Without a gradient the weights still shrink; without a penalty this is plain gradient descent.
    yield np.array([10.0, -2.0, 4.0, 0.5]), np.zeros(4), 0.1, 0.5
    yield np.array([1.0, -2.0, 0.5]), np.array([4.0, 0.0, -1.0]), 0.25, 0.0
    yield np.array([2.0]), np.array([-3.0]), 0.05, 2.0


@probes("shift_images", lists=False)
def shift_images_cases(rng):
    yield _distinct(rng, 2, 3, 4), 1, -2
    images = np.arange(1.0, 25.0).reshape(2, 3, 4)
    for dy, dx in ((-1, 1), (2, 3)):
        yield images, dy, dx
    for dy, dx in ((-2, -1), (0, 2), (1, 0), (0, 0)):
        yield images[:1], dy, dx
    # As far as the image is high or wide, and farther.
    for dy, dx in ((2, 0), (0, -3), (-3, 1), (1, 4), (-1, -7)):
        yield images[1:, :2, :3], dy, dx
    yield _distinct(rng, 1, 5, 2), -3, 1


@probes("cutout", lists=False)
def cutout_cases(rng):
    yield _distinct(rng, 2, 3, 5), 1, 2, 2
    images = np.arange(1.0, 25.0).reshape(2, 3, 4)
    # Over each of the edges, over a corner, beyond the image on each side, larger than the image.
    yield images, -1, 1, 2
    for top, left, size in ((1, -1, 2), (2, 1, 3), (0, 3, 2), (-2, -1, 4), (2, 3, 5), (2, 3, 1)):
        yield images[:1], top, left, size
    for top, left, size in ((-3, 1, 2), (1, -3, 2), (4, 0, 2), (1, 5, 3), (-1, -2, 9)):
        yield images[1:, :2, :3], top, left, size


def _written(rng, count, height, width):
    """Images in sixteenths, so that a predictor's sums are exact in every dtype, and labels that it gets right by half.

    Every second image has the label that `bands` reads from its mirror image, the others the one of the image itself.
    """
    images = rng.integers(0, 16, size=(count, height, width)) / 16.0
    labels = READER(images)
    labels[::2] = READER(images[::2, :, ::-1])
    return images, labels


READER = named("bands", rows=[3, 1, 7, 2, 5], columns=[16, 80, 32, 208])


@probes("flip_report", lists=False)
def flip_report_cases(rng):
    images, labels = _written(rng, 16, 2, 3)
    yield READER, images, labels
    # Digits that do not occur, one image alone, digits in unequal numbers.
    images, labels = _written(rng, 7, 3, 3)
    yield READER, images, labels
    yield READER, images[:1], labels[:1]
    images, labels = _written(rng, 24, 3, 2)
    few = labels < 6
    yield READER, images[few], labels[few]
    yield named("bands", rows=[1, 0, 0], columns=[16, 16, 16, 16]), images[few, :3], labels[few]


@probes("noisy_weights", property="adds_noise_to_weights")
def noisy_weights_cases(rng):
    yield from ()


@probes("smooth_labels")
def smooth_labels_cases(rng):
    yield rng.integers(0, 4, size=6), 4, 0.2
    yield np.array([1]), 4, 0.2
    # Classes that do not occur; as many samples as classes; two classes; nothing to smooth.
    yield np.array([2, 0, 2, 1, 0]), 7, 0.1
    yield np.array([2, 1, 0]), 3, 0.3
    yield np.array([0, 1, 1]), 2, 0.5
    yield np.array([3, 0]), 5, 0.0


def _soft(rng, count):
    """Labels of two classes that are soft already: tenths that sum to 1."""
    first = rng.permutation([1, 2, 3, 6, 7, 8, 9])[:count]
    return np.stack([first, 10 - first], axis=1) / 10.0


@probes("mixup")
def mixup_cases(rng):
    yield _eighths(rng, 4, 2), np.eye(3)[rng.integers(0, 3, size=4)], 0.7, np.array([2, 0, 3, 1])
    # Labels that are soft already; a sample that is mixed with itself; the ends of lam.
    yield _eighths(rng, 4, 3), _soft(rng, 4), 0.2, np.array([1, 2, 0, 3])
    yield _eighths(rng, 3, 2), np.eye(4)[[3, 0, 2]], 1.0, np.array([1, 2, 0])
    yield _eighths(rng, 3, 2), np.eye(3), 0.0, np.array([2, 0, 1])
    yield np.array([[2.0, -1.0]]), np.array([[0.0, 1.0]]), 0.4, np.array([0])


@probes("cutmix", lists=False)
def cutmix_cases(rng):
    # No order of the images is its own inverse: where each comes from is not where it goes.
    perm = np.array([1, 2, 0])
    yield _distinct(rng, 3, 2, 4), np.eye(2)[[0, 1, 1]], 0, 1, 1, 2, perm
    # Over each of the edges, and over corners.
    images, y = np.arange(1.0, 25.0).reshape(3, 2, 4), _soft(rng, 3)
    for top, left, height, width in ((-1, 1, 2, 1), (0, -2, 1, 4), (1, 1, 3, 2), (0, 3, 1, 4), (-2, -1, 3, 2)):
        yield images, y, top, left, height, width, perm
    # Beyond the image nothing is mixed, though a slice that ends at -1 does not say so; over all of it everything is.
    images = images[:, :, :2]
    for top, left, height, width in ((-4, 1, 3, 2), (1, 7, 2, 3), (6, 1, 2, 2), (1, -3, 1, 2), (-1, -1, 9, 8)):
        yield images, y, top, left, height, width, perm


@probes("dropout", property="drops_out")
def dropout_cases(rng):
    yield from ()


@probes("dropout_backward", lists=False)
def dropout_backward_cases(rng):
    yield _eighths(rng, 3, 4), rng.random((3, 4)) >= 0.4, 0.4
    yield np.array([3.0, 3.0, -1.0]), np.array([True, False, True]), 0.25
    yield _eighths(rng, 2, 3, 1, 2), rng.random((2, 3, 1, 2)) >= 0.8, 0.8
    yield np.array([[1.5, -2.0]]), np.array([[True, True]]), 0.0
    yield np.array([[1.5, -2.0]]), np.array([[False, False]]), 0.6


def _scale_and_shift(rng, d):
    """gamma and beta in eighths, no two alike; gamma is not 1 and beta not 0."""
    gamma = rng.permutation([4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15])[:d] / 8.0
    return gamma, rng.choice([-1.0, 1.0], size=d) * rng.permutation(np.arange(1, 17))[:d] / 8.0


def _running(rng, d):
    return {"mean": _distinct(rng, d) / 4.0, "var": (rng.permutation(16)[:d] + 4) / 8.0}


@probes("batch_norm", property="refuses_to_train_on_one")
def batch_norm_cases(rng):
    yield _distinct(rng, 3, 2), *_scale_and_shift(rng, 2), _running(rng, 2), True, 0.2, 0.01
    yield _distinct(rng, 4, 2), *_scale_and_shift(rng, 2), _running(rng, 2), False, 0.2, 0.01
    # Two samples, where the two variances differ most, and as many features; a feature that is constant.
    yield _distinct(rng, 2, 2) / 4.0, *_scale_and_shift(rng, 2), _running(rng, 2), True, 0.75, 0.05
    x = np.array([[2.0, 1.0], [2.0, -3.0], [2.0, 0.5]])
    yield x, *_scale_and_shift(rng, 2), _running(rng, 2), True, 0.1, 0.1
    # That one sample can be predicted and not trained on is for the property to see.


@probes("batch_norm_backward")
def batch_norm_backward_cases(rng):
    yield _eighths(rng, 4, 2), _distinct(rng, 4, 2), rng.uniform(0.5, 2.0, size=2), 0.01
    # As many samples as features; gamma below 0.
    yield rng.normal(size=(2, 2)), rng.normal(size=(2, 2)), rng.uniform(-2.0, -0.5, size=2), 0.1
    # A feature that is constant: only eps keeps its gradient finite.
    x = np.array([[2.0, 1.0, 0.5], [2.0, -3.0, -0.25]])
    yield rng.normal(size=(2, 3)), x, np.array([1.5, 0.5, 2.0]), 0.2


@probes("layer_norm", lists=False)
def layer_norm_cases(rng):
    # As many channels as columns, so that gamma fits along the wrong axis.
    yield _distinct(rng, 2, 2, 1, 2), *_scale_and_shift(rng, 2), 0.01
    yield rng.normal(1.0, 2.0, size=(2, 3, 2, 2)), *_scale_and_shift(rng, 3), 0.1
    # One sample; one channel.
    yield rng.normal(size=(1, 4, 2, 1)), *_scale_and_shift(rng, 4), 0.02
    yield rng.normal(size=(3, 1, 1, 2)), *_scale_and_shift(rng, 1), 0.05


@probes("group_norm", lists=False)
def group_norm_cases(rng):
    yield _distinct(rng, 2, 6, 1, 1), *_scale_and_shift(rng, 6), 2, 0.01
    # As many groups as channels in a group; one sample.
    yield rng.normal(size=(2, 4, 2, 1)) + np.arange(4.0).reshape(4, 1, 1), *_scale_and_shift(rng, 4), 2, 0.05
    yield rng.normal(size=(1, 6, 1, 2)), *_scale_and_shift(rng, 6), 3, 0.02
    # A group for each channel, one for all; as many columns as channels.
    for groups in (2, 1):
        yield rng.normal(size=(1, 2, 1, 2)), *_scale_and_shift(rng, 2), groups, 0.05


@probes("shrink_the_gap", property="shrinks_the_gap", partial=True, slow=True)
def shrink_the_gap_cases(rng):
    yield from ()


# --- hints: where to look, which step, nearly the line ---------------------------------------------------------------

hints(
    "early_stopping",
    en=(
        "One number is carried along: which epoch has been the best so far. What must happen to it, and when?",
        "At every epoch in this order: is the loss smaller than the best one's? Then this epoch is the best. "
        "After that: how many epochs ago was the best?",
        "If `epoch - best` has reached patience, return both on the spot. After the loop, the last epoch is "
        "the number of losses less 1.",
    ),
    ko=(
        "기억해 둘 수는 하나, 지금까지 가장 좋았던 에포크예요. 이 수는 언제 어떻게 바뀌어야 하나요?",
        "에포크마다 이 순서로 보세요. 손실이 지금까지의 가장 작은 값보다 작은가요? 그러면 이 에포크가 가장 좋은 "
        "에포크예요. 그다음, 가장 좋은 에포크가 몇 에포크 전인가요?",
        "`epoch - best`가 patience에 이르면 그 자리에서 둘을 돌려주세요. 반복이 끝까지 가면 마지막 에포크는 "
        "손실의 개수에서 1을 뺀 값이에요.",
    ),
)

hints(
    "l2_penalty",
    en=(
        "Weights only: a bias moves a unit's threshold and makes no function steeper.",
        "The derivative of alpha / 2 times w squared is alpha times w. The half is there to make it so.",
        "Add np.sum(w**2) over the layers and multiply by alpha / 2; one pair per layer: alpha * w, and zeros in the "
        "shape of b (np.zeros_like with dtype=float).",
    ),
    ko=(
        "가중치에만 벌점을 매겨요. 편향은 유닛이 켜지는 문턱을 옮길 뿐 함수를 더 가파르게 만들지 않아요.",
        "w의 제곱에 alpha / 2를 곱한 값의 도함수는 alpha에 w를 곱한 값이에요. 그렇게 되라고 절반을 붙였어요.",
        "층마다 np.sum(w**2)를 구해 모두 더하고 alpha / 2를 곱하세요. grads에는 층마다 alpha * w, 그리고 b와 모양이 "
        "같은 0을 담아요(np.zeros_like에 dtype=float).",
    ),
)

hints(
    "decay_step",
    en=(
        "It is one gradient step, down a sum of two losses. What is the gradient of a sum?",
        "The penalty's gradient is alpha times w; it joins g before anything is multiplied by lr.",
        "`g + alpha * w` is the whole gradient. Take lr times that away from w, into a new array.",
    ),
    ko=(
        "두 손실의 합을 줄이는 경사 하강 한 걸음이에요. 합의 기울기는 무엇인가요?",
        "벌점의 기울기는 alpha에 w를 곱한 값이에요. lr을 곱하기 전에 g와 더하세요.",
        "`g + alpha * w`가 전체 기울기예요. 여기에 lr을 곱해 w에서 빼고, 결과는 새 배열에 담으세요.",
    ),
)

hints(
    "shift_images",
    en=(
        "Start from an image of zeros and copy what stays visible. Which rows of the old image are those, and where do "
        "they go?",
        "Moving down by dy: old rows 0 ... H - dy - 1 become rows dy ... H - 1. Moving up is the same with the roles "
        "swapped. Beyond H nothing is left.",
        "An alternative without cases: np.pad the images with abs(dy) rows and abs(dx) columns of zeros on every side, "
        "then cut out the H × W window that starts abs(dy) - dy rows down and abs(dx) - dx columns to the right.",
    ),
    ko=(
        "0으로 채운 이미지에서 시작해 아직 보이는 부분을 복사하세요. 옛 이미지의 어느 행이 어디로 가나요?",
        "아래로 dy만큼 옮기면 옛 0 … H - dy - 1행이 dy … H - 1행이 돼요. 위로 옮길 때는 두 역할이 바뀌어요. "
        "H를 넘으면 남는 것이 없어요.",
        "경우를 나누지 않는 방법도 있어요. np.pad로 사방에 0을 abs(dy)행, abs(dx)열씩 붙이고, 위에서 abs(dy) - dy행, "
        "왼쪽에서 abs(dx) - dx열 떨어진 곳에서 시작하는 H × W 창을 잘라 내세요.",
    ),
)

hints(
    "cutout",
    en=(
        "The box may hang over an edge. What does numpy make of a slice that starts at -1?",
        "A slice may end beyond the array, but a negative number counts from the far end: both ends of the slice "
        "must be at least 0.",
        "Copy the images, then set one slice of all of them to 0; max(..., 0) around the start and around the end of "
        "each side.",
    ),
    ko=(
        "상자가 가장자리 밖으로 나갈 수 있어요. numpy는 -1에서 시작하는 슬라이스를 어떻게 읽나요?",
        "슬라이스의 끝은 배열을 넘어가도 되지만, 음수는 뒤에서부터 센 위치예요. 시작도 끝도 0보다 작으면 안 돼요.",
        "이미지를 복사하고, 모든 이미지에서 슬라이스 하나를 0으로 바꾸세요. 세로와 가로 각각 시작과 끝에 "
        "max(..., 0)을 씌우세요.",
    ),
)

hints(
    "flip_report",
    en=(
        "Three steps: mirror, predict, then count digit by digit.",
        "Left and right are the last axis: a step of -1 there reverses every row of pixels.",
        "Compare the predictions with the labels once; for each digit take the mean of that comparison where the label "
        "is the digit, and 0 where there is none (a mean of nothing is NaN).",
    ),
    ko=(
        "세 단계예요. 좌우로 뒤집고, 예측하고, 숫자마다 세세요.",
        "왼쪽과 오른쪽은 마지막 축이에요. 그 축을 -1 간격으로 읽으면 픽셀의 좌우가 바뀌어요.",
        "예측과 레이블을 한 번 비교해 두세요. 숫자마다 레이블이 그 숫자인 곳에서 비교 결과의 평균을 구하고, 그런 곳이 "
        "없으면 0을 쓰세요(빈 배열의 평균은 NaN이에요).",
    ),
)

hints(
    "noisy_weights",
    en=(
        "Every weight gets a number of its own, and nothing that came in may change.",
        "rng.normal takes the mean, the standard deviation (not the variance) and the shape.",
        "Go through the pairs: w plus noise of w's shape, and b as it is; collect new pairs.",
    ),
    ko=(
        "가중치 하나하나가 저마다 다른 수를 받아요. 받은 것은 바뀌면 안 돼요.",
        "rng.normal에는 평균, 표준편차(분산이 아니에요), 모양을 차례로 넣어요.",
        "쌍을 하나씩 돌면서 w에는 모양이 같은 잡음을 더하고 b는 그대로 두어, 새 쌍을 모으세요.",
    ),
)

hints(
    "smooth_labels",
    en=(
        "Two parts are added: a smaller one-hot, and an equal share for every class, the true one too.",
        "np.eye(classes) holds the one-hot rows; an array of labels picks them.",
        "The true class ends up with 1 - eps + eps / classes, each other class with eps / classes: a row sums to 1.",
    ),
    ko=(
        "두 부분을 더해요. 줄어든 원핫, 그리고 정답을 포함한 모든 클래스에 똑같이 나누는 몫이에요.",
        "np.eye(classes)의 행이 원핫이에요. 레이블 배열로 행을 고를 수 있어요.",
        "정답 클래스는 1 - eps + eps / classes, 나머지 클래스는 eps / classes가 되어 한 행의 합이 1이에요.",
    ),
)

hints(
    "mixup",
    en=(
        "What happens to the inputs happens to the labels, with the same lam and the same partners.",
        "x[perm] lines up every sample's partner with it.",
        "Both results have the form lam times the array plus (1 - lam) times the array taken in the order perm.",
    ),
    ko=(
        "입력에 하는 일을 레이블에도 똑같이 해요. lam도 짝도 같아요.",
        "x[perm]은 샘플마다 그 짝을 같은 자리에 놓아요.",
        "두 결과 모두 배열에 lam을 곱한 것과, perm 순서로 읽은 배열에 (1 - lam)을 곱한 것의 합이에요.",
    ),
)

hints(
    "cutmix",
    en=(
        "First find the part of the box that lies inside the image: the pixels and the labels both go by it.",
        "Clip both ends of each side to 0 ... H and 0 ... W. The share that an image keeps is 1 minus the clipped area "
        "over H * W.",
        "Copy the images and assign the box from images[perm], taken from the originals; the labels are mixed as in "
        "mixup, with that share as lam.",
    ),
    ko=(
        "먼저 상자에서 이미지 안에 있는 부분을 찾으세요. 픽셀도 레이블도 그 부분을 따라요.",
        "세로의 두 끝은 0 … H로, 가로의 두 끝은 0 … W로 자르세요. 원래 이미지가 지키는 몫은 1에서, 잘린 상자의 넓이를 "
        "H * W로 나눈 값을 뺀 것이에요.",
        "이미지를 복사하고, 원본인 images[perm]에서 상자 부분을 가져와 넣으세요. 레이블은 그 몫을 lam으로 삼아 "
        "mixup처럼 섞어요.",
    ),
)

hints(
    "dropout",
    en=(
        "p is the probability of dropping. Draw one number for every element: when is the element kept?",
        "rng.random gives numbers from 0 to 1; one lies below p with probability p. Those are dropped.",
        "The mask is the comparison itself, True where the number is at least p. out is x times the mask over 1 - p; "
        "when not training, a copy of x and a mask of np.ones with dtype=bool.",
    ),
    ko=(
        "p는 버릴 확률이에요. 원소마다 수를 하나씩 뽑으세요. 어떤 때 남기나요?",
        "rng.random은 0에서 1 사이의 수를 뽑아요. 그 수가 p보다 작을 확률이 p예요. 그런 원소를 버려요.",
        "비교한 결과가 바로 마스크예요. 뽑은 수가 p 이상이면 True예요. out은 x에 마스크를 곱하고 1 - p로 나눈 "
        "값이에요. "
        "학습할 때가 아니면 x의 복사본과, dtype=bool인 np.ones로 만든 마스크를 돌려주세요.",
    ),
)

hints(
    "dropout_backward",
    en=(
        "Each element went through a multiplication by a constant. What is the derivative of that?",
        "The constant is 0 where the element was dropped and 1 / (1 - p) where it was kept.",
        "Multiply the incoming gradient by the same constants as the forward pass did.",
    ),
    ko=(
        "원소마다 상수를 한 번 곱했을 뿐이에요. 그 도함수는 무엇인가요?",
        "상수는 버린 원소에서 0, 남긴 원소에서 1 / (1 - p)이에요.",
        "순전파에서 곱한 것과 똑같은 상수를 들어온 기울기에 곱하세요.",
    ),
)

hints(
    "batch_norm",
    en=(
        "Two different things are called mean here: the batch's, and the running one. When is which used?",
        "Training: normalize by the batch's mean and variance along axis 0, and move the running ones towards them. "
        "Predicting: normalize by the running ones and leave them alone.",
        "The new running mean is (1 - momentum) times the old plus momentum times the batch's; the running variance "
        "takes the unbiased one (ddof=1), normalizing takes the biased one. Build a new dict. One sample when "
        "training: "
        "raise ValueError.",
    ),
    ko=(
        "여기에는 평균이 두 가지 나와요. 배치의 평균과 이동 평균이에요. 언제 어느 것을 쓰나요?",
        "학습할 때는 축 0을 따라 구한 배치의 평균과 분산으로 정규화하고, 이동 통계량을 그쪽으로 조금 옮겨요. "
        "예측할 때는 이동 통계량으로 정규화하고 그대로 두어요.",
        "새 이동 평균은 옛 값에 (1 - momentum), 배치의 값에 momentum을 곱해 더한 값이에요. 이동 분산에는 불편 분산"
        "(ddof=1)이, 정규화에는 보통 분산(ddof=0)이 들어가요. 딕셔너리는 새로 만드세요. 학습할 때 샘플이 "
        "하나면 ValueError를 일으키세요.",
    ),
)

hints(
    "batch_norm_backward",
    en=(
        "x reaches out by three paths: directly, through the mean, and through the variance.",
        "dbeta is the sum of dout, dgamma that of dout times x_hat, over the batch. Both come back in dx.",
        "Take from dout its mean over the batch, and x_hat times the mean of dout * x_hat; then multiply "
        "by gamma over the root of (var + eps).",
    ),
    ko=(
        "x가 out에 닿는 길은 셋이에요. 곧바로, 평균을 거쳐, 분산을 거쳐 가요.",
        "배치에 걸쳐 dbeta는 dout의 합, dgamma는 dout에 x_hat을 곱한 값의 합이에요. 둘 다 dx에 다시 나와요.",
        "dout에서 배치 평균을 빼고, x_hat에 dout * x_hat의 평균을 곱한 것도 빼세요. 그다음 gamma를 곱하고 "
        "(var + eps)의 제곱근으로 나누세요.",
    ),
)

hints(
    "layer_norm",
    en=(
        "Which numbers share one mean? Everything that belongs to one sample, and nothing of any other.",
        "Mean and variance go over the axes 1, 2 and 3 at once; keepdims=True lets them broadcast.",
        "gamma and beta belong to channels: reshape them to (C, 1, 1), so that they line up with axis 1.",
    ),
    ko=(
        "평균 하나를 함께 쓰는 수는 어느 것인가요? 한 샘플에 속한 수 전부이고, 다른 샘플의 수는 하나도 없어요.",
        "평균과 분산을 축 1, 2, 3에 걸쳐 한꺼번에 구하세요. keepdims=True면 브로드캐스팅이 돼요.",
        "gamma와 beta는 채널마다 하나예요. (C, 1, 1)로 모양을 바꾸면 축 1과 맞아요.",
    ),
)

hints(
    "group_norm",
    en=(
        "It is layer norm on a part of the channels. How can an array say which channels belong together?",
        "Neighbouring channels: reshape (N, C, H, W) to (N, groups, everything else) and normalize along the last "
        "axis.",
        "Back to x's shape comes before gamma and beta, which are one number per channel, as in layer norm.",
    ),
    ko=(
        "채널의 일부에 하는 층 정규화예요. 어느 채널이 한 그룹인지 배열로 어떻게 나타낼까요?",
        "이웃한 채널끼리 묶여요. (N, C, H, W)를 (N, groups, 나머지 전부)로 모양을 바꾸고 마지막 축을 따라 "
        "정규화하세요.",
        "gamma와 beta를 쓰기 전에 x의 모양으로 되돌리세요. 층 정규화에서처럼 채널마다 하나씩이에요.",
    ),
)

hints(
    "shrink_the_gap",
    en=(
        "Start from a plain training loop that runs, then add one thing at a time, and look at the accuracy on x_val "
        "over several seeds: a single run differs from the next by more than most ideas gain.",
        "What helps here changes the inputs a little, anew at every step: noise, dropout, and most of all shifts by "
        "less "
        "than a pixel. A whole pixel is an eighth of these images: too much.",
        "A shift by a share s of a pixel is (1 - s) times the images plus s times the images shifted by one. With s "
        "up to "
        "0.5, noise of deviation 0.2, a little dropout, and more steps than without, under a falling rate, it gains "
        "about "
        "0.02.",
    ),
    ko=(
        "먼저 아무것도 더하지 않은 학습 반복문이 돌아가게 하세요. 그다음 한 번에 하나씩 더하면서 여러 시드에 걸쳐 "
        "x_val의 정확도를 보세요. "
        "한 번 돌린 결과는 웬만한 방법이 올려 주는 것보다 더 크게 달라져요.",
        "여기서는 걸음마다 입력을 조금씩 새로 바꾸는 방법이 도움이 돼요. 잡음, 드롭아웃, 그리고 무엇보다 한 픽셀보다 "
        "작은 "
        "이동이 그래요. 한 픽셀은 이 이미지의 8분의 1이라 너무 커요.",
        "픽셀의 일부 s만큼 옮기려면 이미지에 (1 - s)를, 한 픽셀 옮긴 이미지에 s를 곱해 더하세요. s는 0.5까지, 잡음의 "
        "표준편차는 0.2, 드롭아웃은 조금만 쓰고, 학습률을 줄이면서 걸음 수를 늘리면 0.02쯤 올라가요.",
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

"""The eight claims of `slips`, as lecture notes make them, each with a proof that runs; the proofs stay with us."""

from __future__ import annotations

import numpy as np

from dlbasic.evidence import Claim


def _size(n: int, k: int, stride: int = 1, padding: int = 0) -> int:
    """How many windows there are, counted one by one."""
    return sum(1 for _ in range(0, n + 2 * padding - k + 1, stride))


def nothing_is_turned_in_that_sum() -> None:
    # The definition of convolution at the place where all nine products meet, in plain loops.
    rng = np.random.default_rng(0)
    image, kernel = rng.normal(size=(3, 3)), rng.normal(size=(3, 3))
    convolved = sum(image[m, n] * kernel[2 - m, 2 - n] for m in range(3) for n in range(3))
    claimed = np.sum(image * kernel)
    assert not np.isclose(claimed, convolved)
    assert np.isclose(np.sum(image * kernel[::-1, ::-1]), convolved)


def two_small_layers_see_five() -> None:
    ones = np.ones(3)
    seen = np.convolve(np.convolve(np.eye(1, 11, 5)[0], ones, "same"), ones, "same")
    assert np.count_nonzero(seen) == 5, "along each axis one input reaches five outputs, so one output sees five inputs"
    for channels in (1, 16, 64):
        assert 2 * (3 * 3 * channels * channels) == 18 * channels**2 < 25 * channels**2


def i_minus_n_leaves_j_out() -> None:
    rng = np.random.default_rng(1)
    size = 4
    image, kernel = rng.normal(size=(size, size)), rng.normal(size=(2, 2))

    def at(i: int, j: int) -> float:
        return image[i, j] if 0 <= i < size and 0 <= j < size else 0.0

    cells = [(m, n) for m in range(2) for n in range(2)]
    places = [(i, j) for i in range(size + 1) for j in range(size + 1)]
    pixels = [(m, n) for m in range(size) for n in range(size)]
    first = [sum(image[m, n] * _cell(kernel, i - m, j - n) for m, n in pixels) for i, j in places]
    right = [sum(at(i - m, j - n) * kernel[m, n] for m, n in cells) for i, j in places]
    claimed = np.array([sum(at(i - m, i - n) * kernel[m, n] for m, n in cells) for i, _ in places])
    assert np.allclose(first, right) and not np.allclose(first, claimed)
    assert np.all(np.ptp(claimed.reshape(size + 1, -1), axis=1) == 0.0), "every row is constant"


def _cell(kernel: np.ndarray, m: int, n: int) -> float:
    inside = 0 <= m < kernel.shape[0] and 0 <= n < kernel.shape[1]
    return float(kernel[m, n]) if inside else 0.0


def one_zero_a_side_keeps_only_three() -> None:
    assert _size(8, 3, padding=1) == 8
    assert (_size(8, 5, padding=1), _size(8, 1, padding=1), _size(8, 3, stride=2, padding=1)) == (6, 10, 4)
    for k in (3, 5, 7):
        assert [p for p in range(k) if _size(20, k, padding=p) == 20] == [(k - 1) // 2]


def five_and_six_become_three() -> None:
    assert [n for n in range(2, 30) if _size(n, 3, stride=2, padding=1) == 3] == [5, 6]


def fc6_sees_pool5() -> None:
    conv5 = 13
    pool5 = _size(conv5, 3, stride=2)
    assert pool5 == 6
    assert 13 * 13 * 256 * 4096 == 177_209_344
    assert pool5 * pool5 * 256 * 4096 + 4096 == 37_752_832
    layers = [(3, 96, 11, 1), (96, 256, 5, 2), (256, 384, 3, 1), (384, 384, 3, 2), (384, 256, 3, 2)]
    convolutions = sum(c_out * (c_in // groups * k * k + 1) for c_in, c_out, k, groups in layers)
    assert convolutions + 37_752_832 + 4097 * 4096 + 4097 * 1000 == 60_965_224, "with pool5 the paper's sixty million"


def the_transpose_is_no_inverse() -> None:
    rng = np.random.default_rng(2)
    kernel, x = rng.normal(size=3), rng.normal(size=6)
    matrix = np.array([np.concatenate([np.zeros(i), kernel, np.zeros(3 - i)]) for i in range(4)])
    back = matrix.T @ (matrix @ x)
    assert back.shape == x.shape
    best = (back @ x) / (back @ back)
    assert np.linalg.norm(best * back - x) > 0.1 * np.linalg.norm(x), "not even up to a factor"
    assert np.linalg.matrix_rank(matrix) == 4 < len(x), "two of six directions are lost for good"


def dense_layers_store_and_convolutions_work() -> None:
    params = macs = 0
    c_in, side = 3, 224
    for repeats, c_out in ((2, 64), (2, 128), (3, 256), (3, 512), (3, 512)):
        for _ in range(repeats):
            weights = 9 * c_in * c_out
            params, macs, c_in = params + weights + c_out, macs + weights * side * side, c_out
        side //= 2
    assert side == 7
    dense = (7 * 7 * 512 * 4096, 4096 * 4096, 4096 * 1000)
    stored = sum(dense) + 4096 + 4096 + 1000
    assert params + stored == 138_357_544
    assert stored / (params + stored) > 0.85
    assert sum(dense) / (macs + sum(dense)) < 0.01


CLAIMS = (
    Claim(
        "1",
        False,
        r"$O_{11} = I_{11} K_{11} + I_{12} K_{12} + \dots + I_{33} K_{33}$ is the first value of the mathematical "
        "convolution of a picture and a kernel.",
        r"$O_{11} = I_{11} K_{11} + I_{12} K_{12} + \dots + I_{33} K_{33}$은 이미지와 커널의 수학적 합성곱에서 첫 "
        "번째로 나오는 값입니다.",
        "Both indices go up together, which is cross-correlation; convolution needs the kernel turned by 180°. On a "
        "random example the two differ, and turning the kernel removes the difference.",
        "두 인덱스가 함께 올라가므로 교차 상관입니다. 합성곱이 되려면 커널을 180° 돌려야 합니다. 무작위로 만든 예에서 "
        "두 값은 서로 다르고, 커널을 돌리면 같아집니다.",
        nothing_is_turned_in_that_sum,
    ),
    Claim(
        "2",
        True,
        r"Two layers of $3 \times 3$ with stride $1$ see as much of their input as one of $5 \times 5$, and with $C$ "
        r"channels throughout they have not $25 C^2$ weights but $18 C^2$.",
        r"스트라이드가 $1$인 $3 \times 3$ 층 두 개는 $5 \times 5$ 층 하나와 똑같은 넓이의 입력을 보며, "
        r"채널이 모두 $C$개라면 가중치는 $25 C^2$개가 아니라 $18 C^2$개입니다.",
        "The field is 1 + 2 + 2 = 5 along each axis. Weights: 2 · 9 C² against 25 C² (Simonyan and "
        "Zisserman, arXiv 1409.1556).",
        "수용 영역은 축마다 1 + 2 + 2 = 5입니다. 가중치는 2 · 9 C²과 25 C²입니다(Simonyan과 "
        "Zisserman, arXiv 1409.1556).",
        two_small_layers_see_five,
    ),
    Claim(
        "3",
        False,
        r"The convolution of a picture and a kernel can also be written $\sum_m \sum_n I(i - m,\, i - n)\, K(m, n)$.",
        r"이미지와 커널의 합성곱은 $\sum_m \sum_n I(i - m,\, i - n)\, K(m, n)$으로도 쓸 수 있습니다.",
        "The second index must be j − n. As it stands the sum does not depend on j, so that every row of the output is "
        "constant; with j − n it agrees with the first form everywhere.",
        "둘째 인덱스는 j − n이어야 합니다. 이대로라면 합이 j와 상관이 없어서 출력의 행마다 같은 값만 나옵니다. "
        "j − n으로 쓰면 첫째 꼴과 모든 자리에서 같습니다.",
        i_minus_n_leaves_j_out,
    ),
    Claim(
        "4",
        False,
        "Zero padding makes the output as large as the input; that is what it is for.",
        "제로 패딩을 하면 출력이 입력과 같은 크기가 됩니다. 제로 패딩은 그러려고 붙이는 것입니다.",
        "The word zero says what is filled in. At stride 1 only p = (k − 1)/2 keeps the size: with p = 1, 8 inputs "
        "give 8 outputs for k = 3, but 6 for k = 5, 10 for k = 1, and 4 for k = 3 at stride 2.",
        "제로는 무엇으로 채우는지를 말할 뿐입니다. 스트라이드가 1일 때 크기를 지키는 것은 p = (k − 1)/2뿐입니다. "
        "p = 1이면 입력 8개에서 k = 3은 8개가 나오지만 k = 5는 6개, k = 1은 10개, 스트라이드가 2인 k = 3은 4개가 "
        "나옵니다.",
        one_zero_a_side_keeps_only_three,
    ),
    Claim(
        "5",
        True,
        r"With $k = 3$, $s = 2$ and $p = 1$, inputs of size $5$ and of size $6$ both give $3$ outputs, so a transposed "
        "convolution has to be told which of the two it is to return to.",
        r"$k = 3$, $s = 2$, $p = 1$이면 크기가 $5$인 입력과 $6$인 입력의 출력이 모두 $3$개이므로, 전치 합성곱에는 둘 "
        "가운데 어느 크기로 돌아갈지 알려 주어야 합니다.",
        "Counting windows: of all sizes exactly 5 and 6 give 3. Output padding 0 or 1 chooses between them "
        "(relationship 14 of Dumoulin and Visin, arXiv 1603.07285).",
        "창을 세어 보면 출력이 3개인 크기는 5와 6뿐입니다. 출력 패딩 0과 1이 둘 가운데 하나를 고릅니다(Dumoulin과 "
        "Visin의 관계 14, arXiv 1603.07285).",
        five_and_six_become_three,
    ),
    Claim(
        "6",
        False,
        r"AlexNet's first fully connected layer sees the $13 \times 13 \times 256$ numbers of conv5 and thus has about "
        "177 million weights.",
        r"AlexNet의 첫 완전 연결층은 conv5의 수 $13 \times 13 \times 256$개를 보므로 가중치가 약 1억 7700만 개입니다.",
        "Pooling comes between: 3 × 3 with stride 2 leaves 6 × 6, and 6 · 6 · 256 · 4096 + 4096 = 37 752 832 "
        "parameters. Only with these does the sum over the layers come to 60 965 224.",
        "그 사이에 풀링이 있습니다. 스트라이드가 2인 3 × 3 풀링은 6 × 6을 남기므로 파라미터는 "
        "6 · 6 · 256 · 4096 + 4096 = 37 752 832개입니다. 그래야 층을 모두 더한 값이 60 965 224가 됩니다.",
        fc6_sees_pool5,
    ),
    Claim(
        "7",
        False,
        "A transposed convolution with the same kernel undoes a convolution: it brings the original picture back, "
        "which is why it is called deconvolution.",
        "커널이 같은 전치 합성곱은 합성곱을 되돌립니다. 원래 이미지가 다시 나오므로 deconvolution이라고 부릅니다.",
        "It multiplies by the transposed matrix, not by the inverse, which does not even exist when there are fewer "
        "outputs than inputs: the size comes back, the values do not.",
        "역행렬이 아니라 전치한 행렬을 곱합니다. 출력이 입력보다 적으면 역행렬은 있지도 않습니다. 크기는 돌아오지만 "
        "값은 돌아오지 않습니다.",
        the_transpose_is_no_inverse,
    ),
    Claim(
        "8",
        True,
        r"In VGG-16 the three fully connected layers hold more than $85\,\%$ of the parameters and do less than "
        r"$1\,\%$ of the multiply–accumulates.",
        r"VGG-16에서 완전 연결층 세 개는 파라미터를 $85\,\%$ 넘게 차지하지만 곱셈-누산은 $1\,\%$도 하지 않습니다.",
        "123 642 856 of 138 357 544 parameters, 89.4 %; 123 633 664 of 15 470 264 320 multiply–accumulates, 0.8 %.",
        "파라미터 138 357 544개 가운데 123 642 856개로 89.4 %이고, 곱셈-누산 15 470 264 320번 가운데 123 633 664번으로 "
        "0.8 %입니다.",
        dense_layers_store_and_convolutions_work,
    ),
)

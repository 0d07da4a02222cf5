"""How every exercise of the chapter is tried: arguments that tell the known mistakes apart. Then the hints.

Images are higher than wide or wider than high, kernels too, and there are never as many images as channels or filters;
strides leave a remainder. One case an exercise has sizes that are all alike, so that a wrong axis gives numbers and not
only a crash.

Layers are small and their numbers short, since each one stands in the check table once a mistake. The first case of an
exercise has halves or quarters, which float32 holds exactly; the others have tenths, which it does not.
"""

import numpy as np

from dlbasic.authoring import hints, probes


def _tenths(rng, shape):
    return np.round(rng.normal(scale=2.0, size=shape), 1)


def _halves(rng, shape):
    return rng.integers(-6, 7, size=shape) / 2.0


def _quarters(rng, shape):
    """Multiples of 1/4 around 0, no two alike."""
    size = int(np.prod(shape))
    return (rng.permutation(size).reshape(shape) - size // 2) / 4.0


@probes("convolve1d")
def convolve1d_cases(rng):
    yield _quarters(rng, 5) + 0.25, _quarters(rng, 3) + 1.0
    yield _tenths(rng, 2), _tenths(rng, 4)
    yield _tenths(rng, 3), _tenths(rng, 3)
    yield np.array([1.5]), np.array([2.0, -1.0, 0.5])
    yield _tenths(rng, 6), np.array([-0.5])


@probes("correlate2d")
def correlate2d_cases(rng):
    yield _quarters(rng, (5, 4)), _quarters(rng, (2, 3)) + 0.25, 0.75
    yield _tenths(rng, (3, 6)), _tenths(rng, (3, 2))
    yield _tenths(rng, (4, 4)), _tenths(rng, (2, 2)), -1.5
    yield _tenths(rng, (3, 3)), _tenths(rng, (3, 3)), 0.25
    yield _tenths(rng, (2, 5)), _tenths(rng, (1, 4)), 2.0


@probes("convolve2d")
def convolve2d_cases(rng):
    yield _quarters(rng, (5, 4)), _quarters(rng, (2, 3)) + 0.25
    yield _tenths(rng, (3, 6)), _tenths(rng, (3, 2))
    yield _tenths(rng, (4, 4)), _tenths(rng, (2, 2))
    yield _tenths(rng, (3, 3)), _tenths(rng, (3, 3))
    yield _tenths(rng, (2, 5)), _tenths(rng, (1, 4))


@probes("output_size", property="refuses_what_does_not_fit")
def output_size_cases(rng):
    k, stride, padding, dilation = (int(rng.integers(low, high)) for low, high in ((3, 6), (2, 5), (1, 4), (2, 4)))
    fits = dilation * (k - 1) + 1 - 2 * padding
    # A remainder of stride - 1: who rounds up or to the nearest has one too many.
    yield fits + int(rng.integers(3, 9)) * stride + stride - 1, k, stride, padding, dilation
    yield 7, 3
    yield 8, 3, 2
    yield 227, 11, 4
    yield 5, 5, 3
    yield 9, 4, 4, 2
    yield 10, 3, 3, 1, 2
    yield 12, 3, 1, 0, 3
    yield 3, 5, 2, 1
    yield 6, 1, 4, 0, 3


@probes("same_padding", property="keeps_the_size_or_refuses")
def same_padding_cases(rng):
    yield 2 * int(rng.integers(4, 60)) + 1, int(rng.integers(2, 9))
    yield (1,)
    yield (3,)
    yield 5, 2
    yield 7, 3
    yield 3, 4


@probes("transposed_output_size")
def transposed_output_size_cases(rng):
    stride = int(rng.integers(3, 6))
    yield int(rng.integers(5, 20)), int(rng.integers(6, 9)), stride, 2, int(rng.integers(1, stride))
    yield 4, 3
    yield 5, 4, 2
    yield 6, 5, 2, 1
    yield 3, 3, 3, 0, 2
    yield 1, 6, 2, 2, 1
    yield 7, 1, 3, 0, 2


@probes("pad_images", lists=False)
def pad_images_cases(rng):
    yield _quarters(rng, (1, 2, 3, 1)) + 0.125, 1
    yield _tenths(rng, (1, 1, 1, 2)), 2
    yield _tenths(rng, (2, 2, 2, 2)), 1
    yield _tenths(rng, (3, 2, 1, 2)), 0


@probes("receptive_field")
def receptive_field_cases(rng):
    yield ([(int(k), int(stride)) for k, stride in zip(rng.permutation([2, 3, 5, 7]), [2, 1, 3, 2], strict=True)],)
    yield ([(5, 1)],)
    yield ([(3, 1), (3, 1), (3, 1)],)
    yield ([(7, 2), (3, 2), (3, 1), (2, 2)],)
    yield ([(11, 4), (3, 2), (5, 1)],)
    yield ([(1, 2), (4, 3), (1, 1), (3, 1)],)


# Layers x (N, C, H, W), w (F, C, KH, KW), stride, padding that the layer and its backward pass are tried on.
_LAYERS = (
    ((3, 2, 4, 3), (4, 2, 3, 2), 2, 1),
    ((3, 1, 3, 4), (2, 1, 2, 3)),
    ((2, 2, 3, 3), (2, 2, 3, 3), 1, 1),
    ((1, 2, 5, 4), (3, 2, 2, 1), 3),
    ((2, 1, 3, 5), (3, 1, 2, 4), 3, 2),
    ((2, 3, 2, 3), (4, 3, 1, 1), 2),
)


@probes("conv2d", lists=False, property="beats_the_loops", partial=True)
def conv2d_cases(rng):
    draw = _halves
    for x, w, *rest in _LAYERS:
        yield draw(rng, x), draw(rng, w), _quarters(rng, w[0]) + 1.25, *rest
        draw = _tenths


@probes("conv2d_backward", lists=False)
def conv2d_backward_cases(rng):
    draw = _halves
    for x, w, *rest in _LAYERS:
        stride, padding = (*rest, 1, 0)[:2] if len(rest) != 1 else (*rest, 0)
        size = [(x[axis] + 2 * padding - w[axis]) // stride + 1 for axis in (2, 3)]
        yield draw(rng, (x[0], w[0], *size)), draw(rng, x), draw(rng, w), *rest
        draw = _tenths


@probes("max_pool2d", lists=False)
def max_pool2d_cases(rng):
    yield _quarters(rng, (1, 3, 5, 4)), 2
    yield _tenths(rng, (3, 2, 5, 4)), 3, 2
    yield _tenths(rng, (1, 2, 3, 4)), 2, 1
    yield _tenths(rng, (2, 1, 6, 8)), 2, 3
    yield -1.0 - np.round(rng.random((3, 3, 3, 3)), 2), 3
    yield -1.0 - np.round(rng.random((2, 4, 4, 3)), 2), 2


def _pooled(rng, x, k, stride=None):
    """A case of max_pool2d_backward: its dout has the shape that pooling gives."""
    size = [(length - k) // (stride or k) + 1 for length in x.shape[2:]]
    return (_quarters(rng, (*x.shape[:2], *size)) + 0.25, x, k) + ((stride,) if stride else ())


@probes("max_pool2d_backward", lists=False, integers=False)
def max_pool2d_backward_cases(rng):
    yield _pooled(rng, _quarters(rng, (1, 3, 5, 4)), 2)
    yield _pooled(rng, _tenths(rng, (1, 3, 5, 4)), 3, 2)
    yield _pooled(rng, _tenths(rng, (1, 2, 3, 4)), 2, 1)
    yield _pooled(rng, _tenths(rng, (2, 1, 6, 5)), 2, 3)
    # Few different values, none above 0: many ties, by row, by column and across, and windows of nothing but ties.
    yield _pooled(rng, rng.integers(-2, 1, size=(2, 2, 3, 7)).astype(float), 3)
    yield _pooled(rng, rng.integers(-1, 1, size=(1, 2, 4, 3)).astype(float), 2, 1)
    yield _pooled(rng, np.zeros((1, 1, 4, 4)), 2)
    # The first window wins where the second, which does not win there, lies on top of it.
    yield np.array([[[[2.0, -1.5]]]]), np.array([[[[1.0, 3.0, 2.0], [0.0, 2.0, 7.0]]]]), 2, 1


@probes("global_avg_pool", lists=False)
def global_avg_pool_cases(rng):
    yield (_quarters(rng, (2, 3, 4, 2)) + 1.0,)
    yield (_tenths(rng, (3, 3, 3, 3)),)
    yield (_tenths(rng, (1, 4, 2, 3)),)
    yield (_tenths(rng, (3, 1, 1, 2)),)


@probes("conv_params")
def conv_params_cases(rng):
    groups = int(rng.integers(2, 5))
    c_in, c_out = groups * int(rng.integers(5, 9)), groups * int(rng.integers(9, 14))
    yield c_in, c_out, int(rng.integers(3, 8)), True, groups
    yield 3, 8, 5
    yield 16, 6, 3, False
    yield 12, 20, 3, False, 4
    yield 6, 6, 5, True, 6
    yield 10, 4, 1
    yield 64, 32, 7, True, 2


@probes("conv_macs")
def conv_macs_cases(rng):
    groups = int(rng.integers(2, 5))
    c_in, c_out = groups * int(rng.integers(5, 9)), groups * int(rng.integers(9, 14))
    yield c_in, c_out, int(rng.integers(3, 8)), int(rng.integers(10, 20)), int(rng.integers(20, 30)), groups
    yield 3, 8, 5, 10, 4
    yield 16, 6, 3, 7, 9
    yield 6, 6, 5, 4, 3, 6
    yield 10, 4, 1, 5, 8
    yield 64, 32, 7, 12, 1, 2


@probes("bottleneck_saving")
def bottleneck_saving_cases(rng):
    yield int(rng.integers(20, 60)), int(rng.integers(4, 9)), int(rng.integers(61, 99)), int(rng.integers(2, 8))
    yield 256, 64, 128, 3
    yield 10, 3, 10, 5
    yield 7, 20, 4, 2
    yield 192, 16, 32, 5


@probes("alexnet_table", property="rows_of_alexnet", secret=True, partial=True)
def alexnet_table_cases(rng):
    yield ()


@probes("vgg16_table", property="rows_of_vgg16", secret=True, partial=True)
def vgg16_table_cases(rng):
    yield ()


@probes("train_cnn", property="reads_digits", partial=True, slow=True)
def train_cnn_cases(rng):
    yield from ()


# --- hints: where to look, which step, nearly the line ---------------------------------------------------------------

hints(
    "convolve1d",
    en=(
        "Every number of f meets every number of g exactly once. Where does the product f[i] g[j] go?",
        "It is added at place i + j. So each g[j] puts a copy of f, scaled by g[j], into the result, j places along.",
        "Start from zeros, N + K - 1 of them. For each j add g[j] times f to the slice that begins at j and is as "
        "long as f.",
    ),
    ko=(
        "f의 모든 수가 g의 모든 수와 꼭 한 번씩 만나요. f[i]와 g[j]의 곱은 어디로 가나요?",
        "i + j번 자리에 더해져요. 그러니까 g[j]마다 f에 g[j]를 곱한 것을 j칸 밀어서 결과에 더하는 셈이에요.",
        "0이 N + K - 1개 든 배열에서 시작하세요. j마다, j에서 시작하고 길이가 f와 같은 구간에 g[j] 곱하기 f를 "
        "더하면 돼요.",
    ),
)

hints(
    "correlate2d",
    en=(
        "Lay the kernel on the upper left corner of the image: which pixels does it cover, and how far can it go?",
        "The output at (i, j) is a sum over the KH x KW pixels from row i and column j on, each times its weight.",
        "Two loops over the output's shape; inside, slice the window out of the image, multiply by the kernel, np.sum, "
        "and add bias once.",
    ),
    ko=(
        "커널을 이미지의 왼쪽 위 구석에 올려 보세요. 어느 픽셀을 덮나요? 어디까지 갈 수 있나요?",
        "출력의 (i, j)는 i행 j열에서 시작하는 KH x KW개의 픽셀에 각각의 가중치를 곱해 더한 값이에요.",
        "출력의 모양을 따라 두 번 반복하세요. 안에서는 이미지에서 창을 잘라 커널과 곱하고 np.sum으로 더한 다음, bias를 "
        "한 번만 더해요.",
    ),
)

hints(
    "convolve2d",
    en=(
        "You have nearly written it: how does a convolution differ from a cross-correlation?",
        "The kernel is turned by 180 degrees: both its axes run backwards. The image stays as it is.",
        "A slice with step -1 turns an axis around. Do that to both axes of the kernel and hand it to correlate2d.",
    ),
    ko=(
        "거의 다 만들어 두었어요. 합성곱은 교차 상관과 무엇이 다른가요?",
        "커널을 180도 돌려요. 두 축을 모두 거꾸로 읽는 것과 같아요. 이미지는 그대로 두세요.",
        "간격이 -1인 슬라이스가 축을 뒤집어요. 커널의 두 축을 모두 뒤집어 correlate2d에 넘기세요.",
    ),
)

hints(
    "output_size",
    en=(
        "First ask how many inputs the dilated kernel spans, from its first weight to its last.",
        "k weights have k - 1 gaps of `dilation` between them, which makes a span of dilation * (k - 1) + 1. "
        "What is left of n + 2 * padding is the room to move.",
        "The room divided by the stride, rounded down (//), plus 1 for where it starts. If the room is negative, raise "
        "ValueError before you divide.",
    ),
    ko=(
        "먼저 팽창한 커널이 첫 가중치에서 마지막 가중치까지 입력 몇 칸에 걸치는지 구하세요.",
        "가중치 k개 사이에 dilation만큼 떨어진 간격이 k - 1개 있으니 dilation * (k - 1) + 1칸에 걸쳐요. "
        "n + 2 * padding에서 이것을 빼면 움직일 여유가 나와요.",
        "여유를 스트라이드로 나누어 내림(//)하고, 출발한 자리의 몫으로 1을 더하세요. 여유가 음수이면 나누기 전에 "
        "ValueError를 일으켜요.",
    ),
)

hints(
    "same_padding",
    en=(
        "At stride 1, how many inputs are lost without padding? They have to come back, half of them on each side.",
        "A kernel that spans r loses r - 1; r is dilation * (k - 1) + 1, not k itself.",
        "Half of r - 1, with //. That works when r is odd; when r % 2 is 0, raise ValueError.",
    ),
    ko=(
        "스트라이드가 1일 때 패딩이 없으면 몇 칸을 잃나요? 그만큼을 양쪽에 절반씩 되돌려 주어야 해요.",
        "r칸에 걸치는 커널은 r - 1칸을 잃어요. r은 k가 아니라 dilation * (k - 1) + 1이에요.",
        "r - 1의 절반을 //로 구하세요. r이 홀수일 때만 되니, r % 2가 0이면 ValueError를 일으키세요.",
    ),
)

hints(
    "transposed_output_size",
    en=(
        "Run the arithmetic backwards: the n inputs of this layer could be the outputs of an ordinary one.",
        "Between the first input and the last there are n - 1 steps of `stride`; the kernel adds its own k at the end.",
        "(n - 1) steps of stride, plus k, minus the padding on both sides, plus output_padding once.",
    ),
    ko=(
        "크기의 식을 거꾸로 읽으세요. 이 층의 입력 n개는 보통 합성곱의 출력 n개라고 볼 수 있어요.",
        "첫 입력에서 마지막 입력까지 stride씩 n - 1걸음이고, 끝에서 커널이 k칸을 차지해요.",
        "stride로 n - 1걸음에 k를 더하고, 양쪽의 패딩을 빼고, output_padding을 한 번 더하세요.",
    ),
)

hints(
    "pad_images",
    en=(
        "x has four axes; only the last two are rows and columns.",
        "np.pad takes one pair (before, after) for each axis: four pairs here, two of them (0, 0).",
        "The pairs for batch and channels are (0, 0), those for height and width (p, p). np.pad fills with zeros "
        "unless told otherwise.",
    ),
    ko=(
        "x에는 축이 네 개 있는데, 행과 열은 마지막 두 축이에요.",
        "np.pad는 축마다 (앞, 뒤) 쌍을 하나씩 받아요. 여기서는 네 쌍이고, 그중 둘은 (0, 0)이에요.",
        "배치와 채널의 쌍은 (0, 0), 높이와 너비의 쌍은 (p, p)예요. 따로 정하지 않으면 np.pad는 0으로 채워요.",
    ),
)

hints(
    "receptive_field",
    en=(
        "Two numbers travel through the layers: how many inputs one output sees, and how far apart neighbours' views "
        "are.",
        "Before the first layer both are 1. A kernel of size k reaches k - 1 neighbours further, and each of them is "
        "one jump away.",
        "For each (k, stride): first add (k - 1) * jump to the field, only then multiply jump by this layer's stride.",
    ),
    ko=(
        "두 수를 층마다 이어 가며 고치세요. 출력 하나가 보는 입력의 수, 그리고 이웃한 두 출력의 시야가 떨어진 "
        "간격이에요.",
        "첫 층 앞에서는 둘 다 1이에요. 크기가 k인 커널은 이웃을 k - 1개 더 보고, 이웃마다 간격만큼 떨어져 있어요.",
        "(k, stride)마다 먼저 field에 (k - 1) * jump를 더하고, 그다음에 jump에 그 층의 stride를 곱하세요.",
    ),
)

hints(
    "conv2d",
    en=(
        "One output is one dot product: a window of all channels, C x KH x KW numbers, with one whole filter. "
        "Which axes are summed, and which stay?",
        "Either loop over the KH * KW places of the kernel only, and add up one strided slice of the padded x after "
        "the other; or take all windows at once with sliding_window_view and every stride-th of them.",
        "In both, C (and KH, KW) is summed away by one call of np.einsum or np.tensordot for all images, places and "
        "filters together. Then the filters' axis moves to the second place, and b is added once, along it.",
    ),
    ko=(
        "출력 하나는 내적 하나예요. 모든 채널에 걸친 창(C x KH x KW개의 수)과 필터 하나를 내적해요. 어느 축을 더해 "
        "없애고 어느 축을 남기나요?",
        "커널의 KH * KW자리만 반복하면서, 패딩한 x에서 stride 간격으로 잘라 낸 조각을 하나씩 더해 가세요. 아니면 "
        "sliding_window_view로 모든 창을 한꺼번에 얻어 stride 간격으로 고르세요.",
        "어느 쪽이든 모든 이미지와 자리와 필터를 np.einsum이나 np.tensordot 한 번으로 계산하면서 C(와 KH, KW)를 더해 "
        "없애요. 그다음 필터의 축을 두 번째로 옮기고, 그 축을 따라 b를 한 번 더하세요.",
    ),
)

hints(
    "conv2d_backward",
    en=(
        "Write one product of the forward pass: out += x_padded[place] * w[weight]. Each of the two gets dout times "
        "the other.",
        "Loop over the KH * KW places of the kernel. The strided slice of the padded x that a weight met in the "
        "forward pass tells both where its dw comes from and where its share of dx goes.",
        "dw[:, :, i, j] sums dout times that slice over images and places; the same slice of an array of zeros gets "
        "w[:, :, i, j] times dout, summed over filters, with +=. At the end cut the padding off; db sums dout over "
        "everything but its filters.",
    ),
    ko=(
        "순전파의 곱 하나를 써 보세요. out += x_padded[자리] * w[가중치]예요. 둘 다 상대방에 dout을 곱한 것을 받아요.",
        "커널의 KH * KW자리를 반복하세요. 순전파에서 가중치 하나가 만난, 패딩한 x의 stride 간격 조각을 보세요. 그 "
        "조각에서 dw가 나오고, 같은 자리로 dx의 몫이 가요.",
        "dw[:, :, i, j]는 dout에 그 조각을 곱해 이미지와 자리에 걸쳐 더한 값이에요. 0으로 채운 배열의 같은 조각에는 "
        "w[:, :, i, j] 곱하기 dout을 필터에 걸쳐 더한 것을 +=로 쌓아요. 마지막에 패딩을 잘라 내세요. db는 필터 축만 "
        "남기고 dout을 모두 더한 값이에요.",
    ),
)

hints(
    "max_pool2d",
    en=(
        "Every channel of every image is pooled by itself; the windows run over the last two axes only.",
        "The output has (H - k) // stride + 1 rows, and likewise columns: a window that does not fit is left out.",
        "Either loop over output rows and columns and take x[:, :, rows, columns].max over the last two axes, or take "
        "all windows with sliding_window_view, every stride-th of them. stride None means k.",
    ),
    ko=(
        "이미지마다, 채널마다 따로 풀링해요. 창은 마지막 두 축 위에서만 움직여요.",
        "출력은 (H - k) // stride + 1행이고 열도 마찬가지예요. 다 들어가지 않는 창은 버려요.",
        "출력의 행과 열을 반복하며 x[:, :, 행 구간, 열 구간]의 마지막 두 축에서 max를 구하세요. 아니면 "
        "sliding_window_view로 얻은 창을 stride 간격으로 고르세요. stride가 None이면 k를 써요.",
    ),
)

hints(
    "max_pool2d_backward",
    en=(
        "Of the k * k numbers in a window only the winner reached the output, so only the winner gets its gradient.",
        "np.argmax of a flattened window gives the first winner, counted row by row; its row is that // k and its "
        "column % k.",
        "Loop over the windows: find the winner's place in x, and add dout there with +=, since windows may overlap. "
        "All else stays 0.",
    ),
    ko=(
        "창에 든 k * k개의 수 가운데 최댓값만 출력에 닿았으니, 그 자리만 기울기를 받아요.",
        "창을 한 줄로 펴서 np.argmax를 쓰면 행 순서로 처음 나오는 최댓값의 번호가 나와요. 행은 그 번호 // k, 열은 % "
        "k예요.",
        "창마다 최댓값이 x의 어디에 있는지 찾아 그 자리에 dout을 +=로 더하세요. 창이 겹칠 수 있기 때문이에요. 나머지는 "
        "0으로 두세요.",
    ),
)

hints(
    "global_avg_pool",
    en=(
        "A feature map is one (H, W) picture; there are N * C of them, and each becomes one number.",
        "Batch and channels stay, rows and columns go: which two axes are averaged?",
        "np.mean accepts a tuple of axes; height and width are axes 2 and 3.",
    ),
    ko=(
        "특징 맵 하나는 (H, W) 이미지 한 장이에요. 모두 N * C장이고, 한 장이 수 하나가 돼요.",
        "배치와 채널은 남고 행과 열은 사라져요. 어느 두 축을 평균해야 할까요?",
        "np.mean의 axis에는 튜플을 줄 수 있어요. 높이와 너비는 2번과 3번 축이에요.",
    ),
)

hints(
    "conv_params",
    en=(
        "How many weights has one filter? It is k wide and k high, and how many channels deep?",
        "With groups a filter sees only c_in // groups channels. There are c_out such filters.",
        "Weights: c_out times (c_in // groups) times k times k. With bias each filter has one more number, so c_out "
        "in all.",
    ),
    ko=(
        "필터 하나에 가중치가 몇 개인가요? 너비도 k, 높이도 k예요. 깊이는 몇 채널인가요?",
        "그룹으로 나누면 필터 하나가 c_in // groups개의 채널만 봐요. 그런 필터가 c_out개 있어요.",
        "가중치는 c_out, c_in // groups, k, k를 모두 곱한 수예요. 편향이 있으면 필터마다 하나씩, 모두 c_out개가 "
        "더해져요.",
    ),
)

hints(
    "conv_macs",
    en=(
        "Every number of the output costs one dot product. How many outputs are there, and how long is each product?",
        "There are c_out * h_out * w_out outputs; each takes one multiplication and one addition per weight of its "
        "filter.",
        "A filter has (c_in // groups) * k * k weights. Multiply the two counts; a multiply-accumulate counts as one.",
    ),
    ko=(
        "출력의 수 하나마다 내적을 한 번 해요. 출력은 모두 몇 개이고, 내적 하나의 길이는 얼마인가요?",
        "출력은 c_out * h_out * w_out개예요. 하나를 구할 때 필터의 가중치마다 곱셈과 덧셈을 한 번씩 해요.",
        "필터 하나의 가중치는 (c_in // groups) * k * k개예요. 두 수를 곱하세요. 곱셈과 덧셈을 합쳐 한 번으로 세요.",
    ),
)

hints(
    "bottleneck_saving",
    en=(
        "These are parameter counts of convolutions without bias: one layer for the first number, two for the second.",
        "A k x k layer from a to b channels has k * k * a * b weights; for a 1 x 1 layer k is 1.",
        "Direct: k x k from c_in to c_out. Bottleneck: 1 x 1 from c_in to c_mid, plus k x k from c_mid to c_out.",
    ),
    ko=(
        "편향 없는 합성곱의 파라미터 수예요. 첫째 수는 층 하나, 둘째 수는 층 두 개예요.",
        "a채널에서 b채널로 가는 k x k 층의 가중치는 k * k * a * b개예요. 1 x 1 층에서는 k가 1이에요.",
        "바로 갈 때는 c_in에서 c_out으로 k x k예요. 병목을 거칠 때는 c_in에서 c_mid로 1 x 1, c_mid에서 c_out으로 "
        "k x k를 더하세요.",
    ),
)

hints(
    "alexnet_table",
    en=(
        "Two questions a row: how large is the output (output_size), how many parameters (conv_params)?",
        "The two towers meet in conv3 and in the dense layers only: conv2, conv4 and conv5 have groups=2. Each pooling "
        "is 3 x 3 with stride 2.",
        "Follow the height through the layers: the image has 227 pixels, conv1 is 11 x 11 with stride 4, pooling comes "
        "after conv1, conv2 and conv5. fc6 sees what the last pooling leaves, all channels flattened; a dense layer of "
        "n inputs has n + 1 parameters a unit.",
    ),
    ko=(
        "행마다 물음이 두 가지예요. 출력은 얼마나 큰가요(output_size)? 파라미터는 몇 개인가요(conv_params)?",
        "두 탑은 conv3과 완전 연결층에서만 만나요. 그래서 conv2, conv4, conv5는 groups=2예요. 풀링은 모두 3 x 3, "
        "스트라이드 2예요.",
        "높이를 따라가 보세요. 이미지는 227픽셀이고 conv1은 11 x 11, 스트라이드 4예요. 풀링은 conv1, conv2, conv5 "
        "다음에 있어요. fc6은 마지막 풀링이 남긴 모든 채널을 한 줄로 펴서 봐요. 입력이 n개인 완전 연결층은 유닛마다 "
        "파라미터가 n + 1개예요.",
    ),
)

hints(
    "vgg16_table",
    en=(
        "Every convolution is 3 x 3 with padding 1, so it keeps the size; only the pooling after each block halves it.",
        "Five blocks of 2, 2, 3, 3 and 3 layers; the channels double from 64 up to 512, and each layer's input is the "
        "output of the one before.",
        "Two nested loops, over the blocks and the layers within one: append (name, (channels, size, size), "
        "conv_params(...)), then remember the channels; halve size after each block. fc6 sees 512 maps of 7 x 7.",
    ),
    ko=(
        "합성곱은 모두 3 x 3이고 패딩이 1이라 크기를 지켜요. 블록 끝의 풀링만 크기를 절반으로 줄여요.",
        "블록이 다섯 개이고 층은 2, 2, 3, 3, 3개예요. 채널은 64에서 512까지 두 배씩 늘고, 층의 입력은 앞 층의 "
        "출력이에요.",
        "블록과 그 안의 층을 두 번 반복하면서 (이름, (채널, 크기, 크기), conv_params(...))를 붙이고 채널 수를 "
        "기억하세요. 블록이 끝나면 크기를 절반으로 줄여요. fc6은 7 x 7 특징 맵 512장을 봐요.",
    ),
)

hints(
    "train_cnn",
    en=(
        "You have all the pieces: conv2d, ReLU, max_pool2d, a dense layer and the softmax of chapter 2, each with its "
        "way back. Start with one convolution; images need a channel axis, x[:, None].",
        "In each batch: forward, keeping what every layer got; dscores = (softmax - one-hot) / batch size; then the "
        "layers backwards. Between two layers ReLU passes a gradient only where its output is above 0.",
        "He-normal weights, two convolutions of 8 to 32 filters with padding 1, each followed by ReLU and 2 x 2 "
        "pooling, then dense to 10 scores; batches of 32, Adam with a rate of about 0.003 that falls towards 0, some "
        "fifteen epochs. predict adds the channel axis itself and returns np.argmax of each row.",
    ),
    ko=(
        "조각은 모두 있어요. conv2d, ReLU, max_pool2d, 완전 연결층, 2장의 소프트맥스, 그리고 각각의 역전파예요. 합성곱 "
        "하나로 시작하세요. 이미지에는 채널 축이 있어야 해요(x[:, None]).",
        "배치마다 순전파를 하면서 층마다 받은 값을 간직하고, dscores = (소프트맥스 - 원핫) / 배치 크기에서 시작해 "
        "층을 거슬러 가세요. ReLU는 출력이 0보다 큰 자리에서만 기울기를 넘겨요.",
        "He 초기화를 쓰고, 필터가 8개에서 32개인 패딩 1의 합성곱 두 층을 쌓아 보세요. 층마다 ReLU와 2 x 2 풀링을 하고, "
        "완전 연결층으로 점수 10개를 내요. 배치 크기 32, 학습률 0.003쯤에서 0으로 줄어드는 Adam으로 열다섯 "
        "에포크쯤이면 충분해요. predict는 채널 축을 스스로 붙이고, 행마다 np.argmax를 돌려줘요.",
    ),
)

hints(
    "slips",
    en=(
        "Every claim speaks of something in this chapter: find the place, do not trust your memory.",
        "Most of these claims can be tried: output_size, conv_params, receptive_field and correlate2d are yours to "
        "ask.",
        "Return the ids of the claims that fail, as strings in a set. A true claim in the set costs points: leave out "
        "what you have not been able to refute.",
    ),
    ko=(
        "모두 이 장에 나온 내용을 두고 한 주장이에요. 기억에 기대지 말고 그 자리를 찾아보세요.",
        "대부분은 직접 시험할 수 있어요. output_size, conv_params, receptive_field, correlate2d에 물어보세요.",
        "거짓인 주장의 번호를 문자열로 집합에 담으세요. 참인 주장이 들어가면 점수가 깎이니, 반박하지 못한 것은 빼세요.",
    ),
)

# ---
# jupyter:
#   jupytext:
#     notebook_metadata_filter: -jupytext.text_representation.jupytext_version
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown] lang="en"
# # TITLE

# %% [markdown] lang="ko"
# # 제목

# %%
import numpy as np
from dlbasic import chapter, check, hint, progress

chapter("05_cnn")

# %% [markdown] lang="en"
# ## 1. Convolution, and what networks do instead

# %% [markdown] lang="ko"
# ## 1. 합성곱, 그리고 신경망이 실제로 하는 것

# %% [markdown] lang="en"
# ### convolve1d

# %% [markdown] lang="ko"
# ### convolve1d

# %% exercise="convolve1d"
def convolve1d(f, g):
    """The full discrete convolution of f (N,) and g (K,); shape (N + K - 1,).

    >>> convolve1d(np.array([1.0, 2.0, 3.0]), np.array([10.0, 1.0]))
    array([10., 21., 32.,  3.])
    """
    ### BEGIN SOLUTION
    f, g = np.asarray(f), np.asarray(g)
    out = np.zeros(len(f) + len(g) - 1)
    for i, value in enumerate(g):
        out[i : i + len(f)] += value * f
    return out
    ### END SOLUTION

# %% test="convolve1d" points=2
check(convolve1d)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(convolve1d, "05_cnn")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ### correlate2d

# %% [markdown] lang="ko"
# ### correlate2d

# %% exercise="correlate2d"
def correlate2d(image, kernel, bias=0.0):
    """Cross-correlation of image (H, W) with kernel (KH, KW), only where it fits: (H - KH + 1, W - KW + 1); plus bias.

    >>> correlate2d(np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), np.array([[1.0, 10.0]]), 0.5)
    array([[21.5, 32.5],
           [54.5, 65.5]])
    """
    ### BEGIN SOLUTION
    image, kernel = np.asarray(image), np.asarray(kernel)
    kh, kw = kernel.shape
    out = np.zeros((image.shape[0] - kh + 1, image.shape[1] - kw + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.sum(image[i : i + kh, j : j + kw] * kernel) + bias
    return out
    ### END SOLUTION

# %% test="correlate2d" points=2
check(correlate2d)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(correlate2d, "05_cnn")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ### convolve2d

# %% [markdown] lang="ko"
# ### convolve2d

# %% exercise="convolve2d"
def convolve2d(image, kernel):
    """The true convolution of image (H, W) with kernel (KH, KW), only where it fits: (H - KH + 1, W - KW + 1).

    >>> convolve2d(np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), np.array([[1.0, 10.0]]))
    array([[12., 23.],
           [45., 56.]])
    """
    ### BEGIN SOLUTION
    return correlate2d(image, np.asarray(kernel)[::-1, ::-1])
    ### END SOLUTION

# %% test="convolve2d" points=2
check(convolve2d)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(convolve2d, "05_cnn")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ## 2. Stride, padding, dilation: the arithmetic

# %% [markdown] lang="ko"
# ## 2. 스트라이드, 패딩, 팽창: 크기의 산수

# %% [markdown] lang="en"
# ### output_size

# %% [markdown] lang="ko"
# ### output_size

# %% exercise="output_size"
def output_size(n, k, stride=1, padding=0, dilation=1):
    """How many outputs (int) a kernel of size k gives on n inputs; ValueError if it does not fit.

    >>> output_size(7, 3, stride=2), output_size(6, 3, stride=2, padding=1, dilation=2)
    (3, 2)
    """
    ### BEGIN SOLUTION
    reach = dilation * (k - 1) + 1
    if reach > n + 2 * padding:
        raise ValueError(f"a kernel that spans {reach} does not fit into {n} + 2 * {padding}")
    return (n + 2 * padding - reach) // stride + 1
    ### END SOLUTION

# %% test="output_size" points=3
check(output_size)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(output_size, "05_cnn")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ### same_padding

# %% [markdown] lang="ko"
# ### same_padding

# %% exercise="same_padding"
def same_padding(k, dilation=1):
    """The padding (int) that keeps the size at stride 1; ValueError if the dilated kernel spans an even number.

    >>> same_padding(3), same_padding(3, dilation=2)
    (1, 2)
    """
    ### BEGIN SOLUTION
    reach = dilation * (k - 1) + 1
    if reach % 2 == 0:
        raise ValueError(f"a kernel that spans {reach} has no middle: no padding on both sides keeps the size")
    return (reach - 1) // 2
    ### END SOLUTION

# %% test="same_padding" points=2
check(same_padding)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(same_padding, "05_cnn")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ### transposed_output_size

# %% [markdown] lang="ko"
# ### transposed_output_size

# %% exercise="transposed_output_size"
def transposed_output_size(n, k, stride=1, padding=0, output_padding=0):
    """How many outputs (int) a transposed convolution gives on n inputs.

    >>> transposed_output_size(2, 3, stride=2), transposed_output_size(3, 3, stride=2, padding=1, output_padding=1)
    (5, 6)
    """
    ### BEGIN SOLUTION
    return (n - 1) * stride - 2 * padding + k + output_padding
    ### END SOLUTION

# %% test="transposed_output_size" points=2
check(transposed_output_size)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(transposed_output_size, "05_cnn")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ### pad_images

# %% [markdown] lang="ko"
# ### pad_images

# %% exercise="pad_images"
def pad_images(x, p):
    """x (N, C, H, W) with p rows and columns of zeros on all four sides of each image.

    >>> pad_images(np.ones((1, 1, 1, 2)), 1)[0, 0]
    array([[0., 0., 0., 0.],
           [0., 1., 1., 0.],
           [0., 0., 0., 0.]])
    """
    ### BEGIN SOLUTION
    return np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    ### END SOLUTION

# %% test="pad_images" points=1
check(pad_images)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(pad_images, "05_cnn")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ### receptive_field

# %% [markdown] lang="ko"
# ### receptive_field

# %% exercise="receptive_field"
def receptive_field(layers):
    """How many inputs (int) one output sees, for layers [(k, stride), ...] from input to output.

    >>> receptive_field([(3, 1), (3, 1)]), receptive_field([(3, 2), (3, 2)])
    (5, 7)
    """
    ### BEGIN SOLUTION
    field, jump = 1, 1
    for k, stride in layers:
        field += (k - 1) * jump
        jump *= stride
    return field
    ### END SOLUTION

# %% test="receptive_field" points=2
check(receptive_field)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(receptive_field, "05_cnn")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ## 3. A layer of filters

# %% [markdown] lang="ko"
# ## 3. 필터의 층

# %% [markdown] lang="en"
# ### conv2d

# %% [markdown] lang="ko"
# ### conv2d

# %% exercise="conv2d"
def conv2d(x, w, b, stride=1, padding=0):
    """x (N, C, H, W) with F filters w (F, C, KH, KW) and biases b (F,); gives (N, F, OH, OW).

    >>> conv2d(np.ones((1, 2, 3, 3)), np.ones((1, 2, 3, 3)), np.array([0.5]), stride=2, padding=1)[0, 0]
    array([[8.5, 8.5],
           [8.5, 8.5]])
    """
    ### BEGIN SOLUTION
    if padding:
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = np.lib.stride_tricks.sliding_window_view(x, np.shape(w)[2:], axis=(2, 3))[:, :, ::stride, ::stride]
    out = np.tensordot(windows, w, axes=((1, 4, 5), (1, 2, 3)))
    return np.moveaxis(out + b, 3, 1)
    ### END SOLUTION

# %% test="conv2d" points=6
check(conv2d)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(conv2d, "05_cnn")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ### conv2d_backward

# %% [markdown] lang="ko"
# ### conv2d_backward

# %% exercise="conv2d_backward"
def conv2d_backward(dout, x, w, stride=1, padding=0):
    """(dx, dw, db), shaped like x, w and b, given dout (N, F, OH, OW), the gradient with respect to conv2d's result.

    >>> dx, dw, db = conv2d_backward(np.ones((1, 1, 1, 2)), np.array([[[[1.0, 2.0, 3.0]]]]), np.array([[[[5.0, 7.0]]]]))
    >>> dx.ravel(), dw.ravel(), db
    (array([ 5., 12.,  7.]), array([3., 5.]), array([2.]))
    """
    ### BEGIN SOLUTION
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dpadded, dw = np.zeros(padded.shape), np.zeros(np.shape(w))
    down, across = stride * (dout.shape[2] - 1) + 1, stride * (dout.shape[3] - 1) + 1
    for i in range(w.shape[2]):
        for j in range(w.shape[3]):
            seen = np.s_[:, :, i : i + down : stride, j : j + across : stride]
            dw[:, :, i, j] = np.tensordot(dout, padded[seen], axes=((0, 2, 3), (0, 2, 3)))
            dpadded[seen] += np.swapaxes(np.tensordot(w[:, :, i, j], dout, axes=(0, 1)), 0, 1)
    height, width = x.shape[2:]
    return dpadded[:, :, padding : padding + height, padding : padding + width], dw, dout.sum(axis=(0, 2, 3))
    ### END SOLUTION

# %% test="conv2d_backward" points=5
check(conv2d_backward)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(conv2d_backward, "05_cnn")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ## 4. Pooling

# %% [markdown] lang="ko"
# ## 4. 풀링

# %% [markdown] lang="en"
# ### max_pool2d

# %% [markdown] lang="ko"
# ### max_pool2d

# %% exercise="max_pool2d"
def max_pool2d(x, k, stride=None):
    """The maximum of every k x k window of x (N, C, H, W) that fits, windows stride apart (k if None).

    >>> max_pool2d(np.array([[[[1.0, 5.0, 2.0], [3.0, 4.0, 9.0]]]]), 2, stride=1)
    array([[[[5., 9.]]]])
    """
    ### BEGIN SOLUTION
    stride = k if stride is None else stride
    windows = np.lib.stride_tricks.sliding_window_view(x, (k, k), axis=(2, 3))
    return windows[:, :, ::stride, ::stride].max(axis=(4, 5))
    ### END SOLUTION

# %% test="max_pool2d" points=3
check(max_pool2d)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(max_pool2d, "05_cnn")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ### max_pool2d_backward

# %% [markdown] lang="ko"
# ### max_pool2d_backward

# %% exercise="max_pool2d_backward"
def max_pool2d_backward(dout, x, k, stride=None):
    """Gradient with respect to x (N, C, H, W) of max_pool2d; in every window the first maximum (row by row) gets it.

    >>> max_pool2d_backward(np.array([[[[7.0]]]]), np.array([[[[1.0, 5.0], [5.0, 4.0]]]]), 2)
    array([[[[0., 7.],
             [0., 0.]]]])
    """
    ### BEGIN SOLUTION
    stride = k if stride is None else stride
    dx = np.zeros(np.shape(x))
    windows = np.lib.stride_tricks.sliding_window_view(x, (k, k), axis=(2, 3))[:, :, ::stride, ::stride]
    first = windows.reshape(*windows.shape[:4], -1).argmax(axis=-1)
    n, c, i, j = np.indices(first.shape)
    np.add.at(dx, (n, c, i * stride + first // k, j * stride + first % k), dout)
    return dx
    ### END SOLUTION

# %% test="max_pool2d_backward" points=4
check(max_pool2d_backward)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(max_pool2d_backward, "05_cnn")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ### global_avg_pool

# %% [markdown] lang="ko"
# ### global_avg_pool

# %% exercise="global_avg_pool"
def global_avg_pool(x):
    """The mean of every feature map of x (N, C, H, W); shape (N, C).

    >>> global_avg_pool(np.arange(8.0).reshape(1, 2, 2, 2))
    array([[1.5, 5.5]])
    """
    ### BEGIN SOLUTION
    return np.mean(x, axis=(2, 3))
    ### END SOLUTION

# %% test="global_avg_pool" points=1
check(global_avg_pool)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(global_avg_pool, "05_cnn")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ## 5. What a network costs

# %% [markdown] lang="ko"
# ## 5. 신경망의 비용

# %% [markdown] lang="en"
# ### conv_params

# %% [markdown] lang="ko"
# ### conv_params

# %% exercise="conv_params"
def conv_params(c_in, c_out, k, bias=True, groups=1):
    """How many parameters (int) a layer of c_out k x k filters has; groups divides the channels that each filter sees.

    >>> conv_params(3, 8, 5), conv_params(4, 8, 3, bias=False, groups=2)
    (608, 144)
    """
    ### BEGIN SOLUTION
    return c_out * (c_in // groups) * k * k + (c_out if bias else 0)
    ### END SOLUTION

# %% test="conv_params" points=2
check(conv_params)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(conv_params, "05_cnn")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ### conv_macs

# %% [markdown] lang="ko"
# ### conv_macs

# %% exercise="conv_macs"
def conv_macs(c_in, c_out, k, h_out, w_out, groups=1):
    """How many multiply-accumulates (int) that layer takes for one image of output size h_out x w_out.

    >>> conv_macs(3, 8, 5, 10, 4)
    24000
    """
    ### BEGIN SOLUTION
    return c_out * (c_in // groups) * k * k * h_out * w_out
    ### END SOLUTION

# %% test="conv_macs" points=2
check(conv_macs)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(conv_macs, "05_cnn")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ### bottleneck_saving

# %% [markdown] lang="ko"
# ### bottleneck_saving

# %% exercise="bottleneck_saving"
def bottleneck_saving(c_in, c_mid, c_out, k):
    """(direct, bottleneck): weights of k x k from c_in to c_out, and of 1 x 1 to c_mid followed by k x k to c_out.

    >>> bottleneck_saving(8, 2, 4, 3)
    (288, 88)
    """
    ### BEGIN SOLUTION
    return k * k * c_in * c_out, c_in * c_mid + k * k * c_mid * c_out
    ### END SOLUTION

# %% test="bottleneck_saving" points=2
check(bottleneck_saving)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(bottleneck_saving, "05_cnn")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ### alexnet_table

# %% [markdown] lang="ko"
# ### alexnet_table

# %% exercise="alexnet_table"
def alexnet_table():
    """[(name, shape, parameters), ...] for conv1 ... conv5, fc6, fc7, fc8 of the two-tower AlexNet, before pooling.

    The rows have the form ("conv1", (96, 55, 55), 34944) and ("fc6", (4096,), ...).
    """
    ### BEGIN SOLUTION
    rows = []
    layers = [(3, 96, 11, 55, 1), (96, 256, 5, 27, 2), (256, 384, 3, 13, 1), (384, 384, 3, 13, 2), (384, 256, 3, 13, 2)]
    for number, (c_in, c_out, k, size, groups) in enumerate(layers, 1):
        rows.append((f"conv{number}", (c_out, size, size), conv_params(c_in, c_out, k, groups=groups)))
    for number, (n_in, units) in enumerate([(6 * 6 * 256, 4096), (4096, 4096), (4096, 1000)], 6):
        rows.append((f"fc{number}", (units,), (n_in + 1) * units))
    return rows
    ### END SOLUTION

# %% test="alexnet_table" points=4
check(alexnet_table)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(alexnet_table, "05_cnn")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ### vgg16_table

# %% [markdown] lang="ko"
# ### vgg16_table

# %% exercise="vgg16_table"
def vgg16_table():
    """[(name, shape, parameters), ...] for conv1_1, conv1_2, conv2_1 ... conv5_3, fc6, fc7, fc8 of VGG-16.

    The rows have the form ("conv1_1", (64, 224, 224), 1792) and ("fc6", (4096,), ...).
    """
    ### BEGIN SOLUTION
    rows, c_in, size = [], 3, 224
    for block, (repeats, c_out) in enumerate([(2, 64), (2, 128), (3, 256), (3, 512), (3, 512)], 1):
        for layer in range(1, repeats + 1):
            rows.append((f"conv{block}_{layer}", (c_out, size, size), conv_params(c_in, c_out, 3)))
            c_in = c_out
        size //= 2
    for number, (n_in, units) in enumerate([(7 * 7 * 512, 4096), (4096, 4096), (4096, 1000)], 6):
        rows.append((f"fc{number}", (units,), (n_in + 1) * units))
    return rows
    ### END SOLUTION

# %% test="vgg16_table" points=4
check(vgg16_table)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(vgg16_table, "05_cnn")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ## 6. A network that reads digits

# %% [markdown] lang="ko"
# ## 6. 숫자를 읽는 신경망

# %% [markdown] lang="en"
# ### train_cnn

# %% [markdown] lang="ko"
# ### train_cnn

# %% exercise="train_cnn"
def train_cnn(x, labels, rng):
    """A function predict(images (N, 8, 8)) -> labels (N,), from a small CNN trained on x (M, 8, 8) and labels (M,)."""
    ### BEGIN SOLUTION
    shapes = [(16, 1, 3, 3), (16,), (32, 16, 3, 3), (32,), (32 * 2 * 2, 10), (10,)]
    scales = [np.sqrt(2 / 9), 0.0, np.sqrt(2 / 144), 0.0, np.sqrt(1 / 128), 0.0]
    params = [rng.normal(0.0, scale, shape) if scale else np.zeros(shape) for scale, shape in zip(scales, shapes)]
    first, second = [np.zeros(shape) for shape in shapes], [np.zeros(shape) for shape in shapes]

    def forward(images):
        w1, b1, w2, b2, w3, b3 = params
        z1 = np.maximum(conv2d(images[:, None], w1, b1, padding=1), 0.0)
        p1 = max_pool2d(z1, 2)
        z2 = np.maximum(conv2d(p1, w2, b2, padding=1), 0.0)
        flat = max_pool2d(z2, 2).reshape(len(images), -1)
        return z1, p1, z2, flat, flat @ w3 + b3

    step, steps = 0, 15 * -(-len(x) // 32)
    while step < steps:
        order = rng.permutation(len(x))
        for start in range(0, len(x), 32):
            batch = order[start : start + 32]
            z1, p1, z2, flat, scores = forward(x[batch])
            odds = np.exp(scores - scores.max(axis=1, keepdims=True))
            dscores = (odds / odds.sum(axis=1, keepdims=True) - np.eye(10)[labels[batch]]) / len(batch)
            dpool2 = (dscores @ params[4].T).reshape(-1, 32, 2, 2)
            dp1, dw2, db2 = conv2d_backward(max_pool2d_backward(dpool2, z2, 2) * (z2 > 0), p1, params[2], padding=1)
            dz1 = max_pool2d_backward(dp1, z1, 2) * (z1 > 0)
            _, dw1, db1 = conv2d_backward(dz1, x[batch][:, None], params[0], padding=1)
            step += 1
            lr = 0.003 * (1 - step / steps) / (1 - 0.9**step)
            for k, grad in enumerate((dw1, db1, dw2, db2, flat.T @ dscores, dscores.sum(axis=0))):
                first[k] = 0.9 * first[k] + 0.1 * grad
                second[k] = 0.999 * second[k] + 0.001 * grad**2
                params[k] = params[k] - lr * first[k] / (np.sqrt(second[k] / (1 - 0.999**step)) + 1e-8)
    return lambda images: np.argmax(forward(np.asarray(images))[-1], axis=1)
    ### END SOLUTION

# %% test="train_cnn" points=6
check(train_cnn)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(train_cnn, "05_cnn")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ## 7. Slips of the pen

# %% [markdown] lang="ko"
# ## 7. 잘못 쓴 문장 찾기

# %% [markdown] lang="en"
# ### slips

# %% [markdown] lang="ko"
# ### slips

# %% exercise="slips"
def slips():
    """The ids of the false claims among the eight above, as a set of strings such as {"2", "3"}."""
    ### BEGIN SOLUTION
    return set()
    ### END SOLUTION

# %% test="slips" points=3
check(slips)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(slips, "05_cnn")
### END HIDDEN TESTS


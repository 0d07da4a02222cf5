"""Other right answers, written as other learners would write them: each must get full marks."""

import itertools
import math
from functools import reduce

import numpy as np

from dlbasic.authoring import equivalent, reference


def _padded(x, padding):
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))


# --- convolve1d ------------------------------------------------------------------------------------------------------


@equivalent("convolve1d")
def convolve1d_two_loops(f, g):
    out = [0.0] * (len(f) + len(g) - 1)
    for i in range(len(f)):
        for j in range(len(g)):
            out[i + j] += f[i] * g[j]
    return np.array(out)


@equivalent("convolve1d")
def convolve1d_numpys_own(f, g):
    return np.convolve(f, g)


@equivalent("convolve1d")
def convolve1d_by_fourier(f, g):
    length = len(f) + len(g) - 1
    return np.fft.irfft(np.fft.rfft(f, length) * np.fft.rfft(g, length), length)


@equivalent("convolve1d")
def convolve1d_sliding_over_a_padded_f(f, g):
    reach = len(g) - 1
    padded = np.concatenate([np.zeros(reach), f, np.zeros(reach)])
    return np.array([padded[k : k + len(g)] @ np.asarray(g)[::-1] for k in range(len(f) + reach)])


@equivalent("convolve1d")
def convolve1d_scattered(f, g):
    out = np.zeros(len(f) + len(g) - 1)
    np.add.at(out, np.add.outer(np.arange(len(f)), np.arange(len(g))), np.outer(f, g))
    return out


@equivalent("convolve1d")
def convolve1d_as_a_product_of_polynomials(f, g):
    return np.polynomial.polynomial.polymul(f, g) if f[-1] and g[-1] else np.convolve(f, g)


# --- correlate2d -----------------------------------------------------------------------------------------------------


@equivalent("correlate2d")
def correlate2d_windows_and_einsum(image, kernel, bias=0.0):
    windows = np.lib.stride_tricks.sliding_window_view(image, np.shape(kernel))
    return np.einsum("ijpq,pq->ij", windows, kernel) + bias


@equivalent("correlate2d")
def correlate2d_over_the_kernel(image, kernel, bias=0.0):
    image, kernel = np.asarray(image), np.asarray(kernel)
    rows, columns = image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1] + 1
    out = np.full((rows, columns), float(bias))
    for (p, q), weight in np.ndenumerate(kernel):
        out += weight * image[p : p + rows, q : q + columns]
    return out


@equivalent("correlate2d")
def correlate2d_four_loops(image, kernel, bias=0.0):
    out = np.empty((len(image) - len(kernel) + 1, len(image[0]) - len(kernel[0]) + 1))
    for i, j in np.ndindex(out.shape):
        total = bias
        for p in range(len(kernel)):
            for q in range(len(kernel[0])):
                total += image[i + p][j + q] * kernel[p][q]
        out[i, j] = total
    return out


@equivalent("correlate2d")
def correlate2d_as_a_matrix_product(image, kernel, bias=0.0):
    image, kernel = np.ascontiguousarray(image), np.asarray(kernel)
    (height, width), (kh, kw), (down, across) = image.shape, kernel.shape, image.strides
    shape = height - kh + 1, width - kw + 1, kh, kw
    windows = np.lib.stride_tricks.as_strided(image, shape, (down, across, down, across))
    return (windows.reshape(-1, kh * kw) @ kernel.ravel()).reshape(shape[:2]) + bias


# --- convolve2d ------------------------------------------------------------------------------------------------------


@equivalent("convolve2d")
def convolve2d_two_flips(image, kernel):
    return reference.correlate2d(image, np.flipud(np.fliplr(kernel)))


@equivalent("convolve2d")
def convolve2d_half_turn(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, np.shape(kernel))
    return np.einsum("ijpq,pq->ij", windows, np.rot90(kernel, 2))


@equivalent("convolve2d")
def convolve2d_flips_image_and_output(image, kernel):
    return reference.correlate2d(np.flip(image), kernel)[::-1, ::-1].copy()


@equivalent("convolve2d")
def convolve2d_indices_run_backwards(image, kernel):
    image, kernel = np.asarray(image), np.asarray(kernel)
    (height, width), (kh, kw) = image.shape, kernel.shape
    out = np.zeros((height - kh + 1, width - kw + 1))
    for i, j in np.ndindex(out.shape):
        out[i, j] = sum(image[i + kh - 1 - m, j + kw - 1 - n] * kernel[m, n] for m, n in np.ndindex(kh, kw))
    return out


@equivalent("convolve2d")
def convolve2d_by_fourier(image, kernel):
    (height, width), (kh, kw) = np.shape(image), np.shape(kernel)
    spectrum = np.fft.rfft2(image) * np.fft.rfft2(kernel, (height, width))
    return np.fft.irfft2(spectrum, (height, width))[kh - 1 :, kw - 1 :]


# --- output_size -----------------------------------------------------------------------------------------------------


@equivalent("output_size")
def output_size_counts_starts(n, k, stride=1, padding=0, dilation=1):
    starts = range(0, n + 2 * padding - dilation * (k - 1), stride)
    if not len(starts):
        raise ValueError("the kernel is too large")
    return len(starts)


@equivalent("output_size")
def output_size_with_a_loop(n, k, stride=1, padding=0, dilation=1):
    count, last = 0, dilation * (k - 1)
    while last < n + 2 * padding:
        count, last = count + 1, last + stride
    if count == 0:
        raise ValueError(n, k)
    return count


@equivalent("output_size")
def output_size_with_a_floor(n, k, stride=1, padding=0, dilation=1):
    size = math.floor((n + 2 * padding - dilation * (k - 1) - 1) / stride + 1)
    if size < 1:
        raise ValueError("no output at all")
    return size


@equivalent("output_size")
def output_size_in_numpys_integers(n, k, stride=1, padding=0, dilation=1):
    room = np.int64(n) + 2 * padding - dilation * (k - 1) - 1
    if room < 0:
        raise ValueError
    return room // stride + 1


# --- same_padding ----------------------------------------------------------------------------------------------------


@equivalent("same_padding")
def same_padding_tries_them(k, dilation=1):
    for p in range(dilation * k + 1):
        if 2 * p == dilation * (k - 1):
            return p
    raise ValueError("none of them keeps the size")


@equivalent("same_padding")
def same_padding_with_a_remainder(k, dilation=1):
    half, rest = divmod(dilation * (k - 1), 2)
    if rest:
        raise ValueError("the span is even")
    return half


@equivalent("same_padding")
def same_padding_asks_output_size(k, dilation=1):
    n = dilation * k + 1
    lost = n - reference.output_size(n, k, dilation=dilation)
    if lost & 1:
        raise ValueError(f"{lost} is odd")
    return lost >> 1


# --- transposed_output_size ------------------------------------------------------------------------------------------


@equivalent("transposed_output_size")
def transposed_output_size_of_a_spread_input(n, k, stride=1, padding=0, output_padding=0):
    spread = n + (n - 1) * (stride - 1)
    return spread + 2 * (k - 1 - padding) + output_padding - k + 1


@equivalent("transposed_output_size")
def transposed_output_size_as_pytorch_writes_it(n, k, stride=1, padding=0, output_padding=0):
    return (n - 1) * stride - 2 * padding + 1 * (k - 1) + output_padding + 1


@equivalent("transposed_output_size")
def transposed_output_size_with_a_loop(n, k, stride=1, padding=0, output_padding=0):
    end = 0
    for start in range(0, n * stride, stride):
        end = start + k
    return end - padding - padding + output_padding


@equivalent("transposed_output_size")
def transposed_output_size_by_search(n, k, stride=1, padding=0, output_padding=0):
    size = 1
    while size + 2 * padding < k or reference.output_size(size, k, stride, padding) < n:
        size += 1
    return size + output_padding


# --- pad_images ------------------------------------------------------------------------------------------------------


@equivalent("pad_images")
def pad_images_into_zeros(x, p):
    n, c, h, w = x.shape
    out = np.zeros((n, c, h + 2 * p, w + 2 * p))
    out[:, :, p : p + h, p : p + w] = x
    return out


@equivalent("pad_images")
def pad_images_image_by_image(x, p):
    return np.stack([np.stack([np.pad(channel, p) for channel in image]) for image in x])


@equivalent("pad_images")
def pad_images_by_concatenation(x, p):
    side = np.zeros((*x.shape[:3], p))
    x = np.concatenate([side, x, side], axis=3)
    edge = np.zeros((*x.shape[:2], p, x.shape[3]))
    return np.concatenate([edge, x, edge], axis=2)


@equivalent("pad_images")
def pad_images_with_two_matrices(x, p):
    return np.eye(x.shape[2] + 2 * p, x.shape[2], -p) @ x @ np.eye(x.shape[3], x.shape[3] + 2 * p, p)


# --- receptive_field -------------------------------------------------------------------------------------------------


@equivalent("receptive_field")
def receptive_field_from_the_output(layers):
    field = 1
    for k, stride in reversed(layers):
        field = (field - 1) * stride + k
    return field


@equivalent("receptive_field")
def receptive_field_recursive(layers):
    if not layers:
        return 1
    k, stride = layers[0]
    return (receptive_field_recursive(layers[1:]) - 1) * stride + k


@equivalent("receptive_field")
def receptive_field_as_a_sum(layers):
    jumps = itertools.accumulate([1, *(stride for _, stride in layers)], lambda jump, stride: jump * stride)
    return 1 + sum((k - 1) * jump for (k, _), jump in zip(layers, jumps, strict=False))


@equivalent("receptive_field")
def receptive_field_follows_the_indices(layers):
    first = last = 0
    for k, stride in layers[::-1]:
        first, last = first * stride, last * stride + k - 1
    return last - first + 1


@equivalent("receptive_field")
def receptive_field_in_numpy(layers):
    kernels, strides = np.array(layers).T
    return np.sum((kernels - 1) * np.cumprod([1, *strides[:-1]])) + 1


# --- conv2d ----------------------------------------------------------------------------------------------------------


@equivalent("conv2d")
def conv2d_over_the_kernel(x, w, b, stride=1, padding=0):
    x = reference.pad_images(x, padding)
    rows, columns = (reference.output_size(size, k, stride) for size, k in zip(x.shape[2:], w.shape[2:], strict=True))
    out = np.zeros((len(x), len(w), rows, columns)) + b[:, None, None]
    for i, j in np.ndindex(*w.shape[2:]):
        seen = x[:, :, i : i + stride * rows : stride, j : j + stride * columns : stride]
        out += np.einsum("nchw,fc->nfhw", seen[:, :, :rows, :columns], w[:, :, i, j])
    return out


@equivalent("conv2d")
def conv2d_im2col(x, w, b, stride=1, padding=0):
    x, (f, c, kh, kw) = _padded(x, padding), w.shape
    rows, columns = (x.shape[2] - kh) // stride + 1, (x.shape[3] - kw) // stride + 1
    cols = np.empty((len(x), c, kh, kw, rows, columns))
    for i in range(kh):
        for j in range(kw):
            cols[:, :, i, j] = x[:, :, i : i + stride * rows : stride, j : j + stride * columns : stride]
    out = w.reshape(f, -1) @ cols.reshape(len(x), c * kh * kw, -1) + b.reshape(-1, 1)
    return out.reshape(len(x), f, rows, columns)


@equivalent("conv2d")
def conv2d_as_strided(x, w, b, stride=1, padding=0):
    x = np.ascontiguousarray(_padded(x, padding))
    rows, columns = (x.shape[2] - w.shape[2]) // stride + 1, (x.shape[3] - w.shape[3]) // stride + 1
    image, channel, down, across = x.strides
    windows = np.lib.stride_tricks.as_strided(
        x,
        (len(x), x.shape[1], rows, columns, *w.shape[2:]),
        (image, channel, down * stride, across * stride, down, across),
    )
    return np.einsum("nchwpq,fcpq->nfhw", windows, w, optimize=True) + b[None, :, None, None]


@equivalent("conv2d")
def conv2d_over_the_output(x, w, b, stride=1, padding=0):
    x, (kh, kw) = _padded(x, padding), w.shape[2:]
    starts = [range(0, size - k + 1, stride) for size, k in zip(x.shape[2:], (kh, kw), strict=True)]
    flat = w.reshape(len(w), -1).T
    maps = [[x[:, :, i : i + kh, j : j + kw].reshape(len(x), -1) @ flat + b for j in starts[1]] for i in starts[0]]
    return np.array(maps).transpose(2, 3, 0, 1)


@equivalent("conv2d")
def conv2d_gathered_by_indices(x, w, b, stride=1, padding=0):
    x, (f, _, kh, kw) = _padded(x, padding), w.shape
    rows = np.arange(0, x.shape[2] - kh + 1, stride)[:, None] + np.arange(kh)
    columns = np.arange(0, x.shape[3] - kw + 1, stride)[:, None] + np.arange(kw)
    windows = x[:, :, rows[:, None, :, None], columns[None, :, None, :]].transpose(0, 2, 3, 1, 4, 5)
    return (windows.reshape(*windows.shape[:3], -1) @ w.reshape(f, -1).T + b).transpose(0, 3, 1, 2)


@equivalent("conv2d")
def conv2d_by_fourier(x, w, b, stride=1, padding=0):
    x = _padded(x, padding)
    size, (kh, kw) = x.shape[2:], w.shape[2:]
    product = np.einsum("nchw,fchw->nfhw", np.fft.rfft2(x), np.fft.rfft2(w[:, :, ::-1, ::-1], size))
    full = np.fft.irfft2(product, size)
    return full[:, :, kh - 1 :: stride, kw - 1 :: stride] + b.reshape(1, -1, 1, 1)


# --- conv2d_backward -------------------------------------------------------------------------------------------------


@equivalent("conv2d_backward")
def conv2d_backward_over_the_output(dout, x, w, stride=1, padding=0):
    x = _padded(x, padding)
    dx, dw, (kh, kw) = np.zeros(x.shape), np.zeros(w.shape), w.shape[2:]
    for i, j in np.ndindex(*dout.shape[2:]):
        seen = np.s_[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
        dw += np.einsum("nf,nchw->fchw", dout[:, :, i, j], x[seen])
        dx[seen] += np.einsum("nf,fchw->nchw", dout[:, :, i, j], w)
    inside = slice(padding, -padding) if padding else slice(None)
    return dx[:, :, inside, inside], dw, dout.sum(axis=(0, 2, 3))


@equivalent("conv2d_backward")
def conv2d_backward_in_loops(dout, x, w, stride=1, padding=0):
    padded = _padded(x, padding)
    dx, dw, db = np.zeros(padded.shape), np.zeros(w.shape), np.zeros(len(w))
    for n, f, i, j in np.ndindex(dout.shape):
        g = dout[n, f, i, j]
        db[f] += g
        top, left = i * stride, j * stride
        dx[n, :, top : top + w.shape[2], left : left + w.shape[3]] += g * w[f]
        dw[f] += g * padded[n, :, top : top + w.shape[2], left : left + w.shape[3]]
    return [dx[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]], dw, db]


@equivalent("conv2d_backward")
def conv2d_backward_im2col(dout, x, w, stride=1, padding=0):
    padded = _padded(x, padding)
    rows = stride * np.arange(dout.shape[2])[:, None, None, None] + np.arange(w.shape[2])[:, None]
    columns = stride * np.arange(dout.shape[3])[:, None, None] + np.arange(w.shape[3])
    cols = padded[:, :, rows, columns]
    dw = np.einsum("nfij,ncijpq->fcpq", dout, cols, optimize=True)
    dcols = np.einsum("nfij,fcpq->ncijpq", dout, w, optimize=True)
    dpadded = np.zeros(padded.shape)
    np.add.at(dpadded, (slice(None), slice(None), rows, columns), dcols)
    bottom, right = padded.shape[2] - padding, padded.shape[3] - padding
    return dpadded[:, :, padding:bottom, padding:right], dw, np.einsum("nfij->f", dout)


@equivalent("conv2d_backward")
def conv2d_backward_as_convolutions(dout, x, w, stride=1, padding=0):
    padded, (kh, kw) = _padded(x, padding), w.shape[2:]
    spread = np.zeros((*dout.shape[:2], padded.shape[2] - kh + 1, padded.shape[3] - kw + 1))
    spread[:, :, ::stride, ::stride] = dout
    around = np.pad(spread, ((0, 0), (0, 0), (kh - 1, kh - 1), (kw - 1, kw - 1)))
    zeros = np.zeros(max(w.shape[:2]))
    turned = w.swapaxes(0, 1)[:, :, ::-1, ::-1]
    dpadded = reference.conv2d(around, turned, zeros[: w.shape[1]])
    dw = reference.conv2d(padded.swapaxes(0, 1), spread.swapaxes(0, 1), zeros[: w.shape[0]]).swapaxes(0, 1)
    inner = dpadded[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
    return inner, dw, dout.transpose(1, 0, 2, 3).reshape(len(w), -1).sum(axis=1)


# --- max_pool2d ------------------------------------------------------------------------------------------------------


@equivalent("max_pool2d")
def max_pool2d_over_the_output(x, k, stride=None):
    stride = stride or k
    rows, columns = (x.shape[2] - k) // stride + 1, (x.shape[3] - k) // stride + 1
    out = np.zeros((*x.shape[:2], rows, columns))
    for i in range(rows):
        for j in range(columns):
            out[:, :, i, j] = x[:, :, i * stride : i * stride + k, j * stride : j * stride + k].max(axis=(2, 3))
    return out


@equivalent("max_pool2d")
def max_pool2d_over_the_window(x, k, stride=None):
    step = k if stride is None else stride
    rows, columns = x.shape[2] - k + 1, x.shape[3] - k + 1
    shifted = [x[:, :, i : i + rows : step, j : j + columns : step] for i, j in np.ndindex(k, k)]
    return reduce(np.maximum, shifted)


@equivalent("max_pool2d")
def max_pool2d_four_loops(x, k, stride=None):
    if stride is None:
        stride = k
    shape = (*x.shape[:2], *((size - k) // stride + 1 for size in x.shape[2:]))
    out = np.full(shape, -np.inf)
    for n, c, i, j in np.ndindex(shape):
        for p, q in np.ndindex(k, k):
            out[n, c, i, j] = max(out[n, c, i, j], x[n, c, i * stride + p, j * stride + q])
    return out


@equivalent("max_pool2d")
def max_pool2d_rows_then_columns(x, k, stride=None):
    step = k if stride is None else stride
    rows = np.stack([x[:, :, i : i + k].max(axis=2) for i in range(0, x.shape[2] - k + 1, step)], axis=2)
    return np.stack([rows[..., j : j + k].max(axis=3) for j in range(0, x.shape[3] - k + 1, step)], axis=3)


@equivalent("max_pool2d")
def max_pool2d_reshaped_where_windows_tile(x, k, stride=None):
    if stride not in (None, k):
        return max_pool2d_over_the_window(x, k, stride)
    n, c, h, w = x.shape
    tiles = x[:, :, : h // k * k, : w // k * k].reshape(n, c, h // k, k, w // k, k)
    return tiles.max(axis=5).max(axis=3)


# --- max_pool2d_backward ---------------------------------------------------------------------------------------------


@equivalent("max_pool2d_backward")
def max_pool2d_backward_four_loops(dout, x, k, stride=None):
    stride = stride or k
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(dout.shape):
        window = x[n, c, i * stride : i * stride + k, j * stride : j * stride + k]
        p, q = np.unravel_index(np.argmax(window), window.shape)
        dx[n, c, i * stride + p, j * stride + q] += dout[n, c, i, j]
    return dx


@equivalent("max_pool2d_backward")
def max_pool2d_backward_place_by_place(dout, x, k, stride=None):
    step = k if stride is None else stride
    rows, columns = step * (dout.shape[2] - 1) + 1, step * (dout.shape[3] - 1) + 1
    best, dx = reference.max_pool2d(x, k, stride), np.zeros(x.shape)
    waiting = np.ones(dout.shape, dtype=bool)
    for i, j in np.ndindex(k, k):
        place = np.s_[:, :, i : i + rows : step, j : j + columns : step]
        won = waiting & (x[place] == best)
        dx[place] += np.where(won, dout, 0.0)
        waiting &= ~won
    return dx


@equivalent("max_pool2d_backward")
def max_pool2d_backward_flat_indices(dout, x, k, stride=None):
    step = k if stride is None else stride
    numbers = np.arange(x.size).reshape(x.shape)
    dx = np.zeros(x.size)
    for i, j in np.ndindex(*dout.shape[2:]):
        window = np.s_[:, :, i * step : i * step + k, j * step : j * step + k]
        first = x[window].reshape(-1, k * k).argmax(axis=1)
        np.add.at(dx, numbers[window].reshape(-1, k * k)[np.arange(len(first)), first], dout[:, :, i, j].ravel())
    return dx.reshape(x.shape)


@equivalent("max_pool2d_backward")
def max_pool2d_backward_counted(dout, x, k, stride=None):
    step = k if stride is None else stride
    where, what = [], []
    for n, c, i, j in np.ndindex(dout.shape):
        cells = [(i * step + p, j * step + q) for p in range(k) for q in range(k)]
        row, column = max(cells, key=lambda cell: x[n, c, cell[0], cell[1]])
        where.append(np.ravel_multi_index((n, c, row, column), x.shape))
        what.append(dout[n, c, i, j])
    return np.bincount(where, what, x.size).reshape(x.shape)


# --- global_avg_pool -------------------------------------------------------------------------------------------------


@equivalent("global_avg_pool")
def global_avg_pool_flattened(x):
    return x.reshape(*x.shape[:2], -1).mean(axis=2)


@equivalent("global_avg_pool")
def global_avg_pool_one_axis_after_the_other(x):
    return x.mean(axis=-1).mean(axis=-1)


@equivalent("global_avg_pool")
def global_avg_pool_einsum(x):
    return np.einsum("nchw->nc", x) / (x.shape[2] * x.shape[3])


@equivalent("global_avg_pool")
def global_avg_pool_loop(x):
    return np.array([[np.sum(channel) / channel.size for channel in image] for image in x])


# --- conv_params -----------------------------------------------------------------------------------------------------


@equivalent("conv_params")
def conv_params_group_by_group(c_in, c_out, k, bias=True, groups=1):
    return groups * (c_in // groups * (c_out // groups) * k**2) + bias * c_out


@equivalent("conv_params")
def conv_params_filter_by_filter(c_in, c_out, k, bias=True, groups=1):
    return sum(c_in // groups * k * k + int(bias) for _ in range(c_out))


@equivalent("conv_params")
def conv_params_sizes_of_arrays(c_in, c_out, k, bias=True, groups=1):
    w, b = np.empty((c_out, c_in // groups, k, k)), np.empty(c_out)
    return w.size + (b.size if bias else 0)


@equivalent("conv_params")
def conv_params_divided_at_the_end(c_in, c_out, k, bias=True, groups=1):
    weights = k * k * c_in * c_out // groups
    return weights + c_out if bias else weights


# --- conv_macs -------------------------------------------------------------------------------------------------------


@equivalent("conv_macs")
def conv_macs_from_the_parameters(c_in, c_out, k, h_out, w_out, groups=1):
    return reference.conv_params(c_in, c_out, k, bias=False, groups=groups) * h_out * w_out


@equivalent("conv_macs")
def conv_macs_group_by_group(c_in, c_out, k, h_out, w_out, groups=1):
    return sum((c_in // groups) * (c_out // groups) * k**2 * h_out * w_out for _ in range(groups))


@equivalent("conv_macs")
def conv_macs_in_one_product(c_in, c_out, k, h_out, w_out, groups=1):
    return np.prod([c_in, c_out, k, k, h_out, w_out], dtype=np.int64) // groups


# --- bottleneck_saving -----------------------------------------------------------------------------------------------


@equivalent("bottleneck_saving")
def bottleneck_saving_asks_conv_params(c_in, c_mid, c_out, k):
    direct = reference.conv_params(c_in, c_out, k, bias=False)
    return direct, reference.conv_params(c_in, c_mid, 1, False) + reference.conv_params(c_mid, c_out, k, False)


@equivalent("bottleneck_saving")
def bottleneck_saving_factored(c_in, c_mid, c_out, k):
    return [c_in * c_out * k**2, c_mid * (c_in + c_out * k**2)]


@equivalent("bottleneck_saving")
def bottleneck_saving_sizes_of_arrays(c_in, c_mid, c_out, k):
    sizes = [np.empty(shape).size for shape in ((c_out, c_in, k, k), (c_mid, c_in, 1, 1), (c_out, c_mid, k, k))]
    return np.array([sizes[0], sizes[1] + sizes[2]])


# --- alexnet_table and vgg16_table -----------------------------------------------------------------------------------


@equivalent("alexnet_table")
def alexnet_table_followed_through():
    rows, size, c_in = [], 227, 3
    layers = [(96, 11, 4, 0, 1, True), (256, 5, 1, 2, 2, True), (384, 3, 1, 1, 1, False)]
    layers += [(384, 3, 1, 1, 2, False), (256, 3, 1, 1, 2, True)]
    for number, (c_out, k, stride, padding, groups, pooled) in enumerate(layers, 1):
        size = reference.output_size(size, k, stride, padding)
        rows.append([f"conv{number}", [c_out, size, size], reference.conv_params(c_in, c_out, k, groups=groups)])
        c_in = c_out
        if pooled:
            size = reference.output_size(size, 3, 2)
    n_in = c_in * size * size
    for name, units in (("fc6", 4096), ("fc7", 4096), ("fc8", 1000)):
        rows.append([name, [units], n_in * units + units])
        n_in = units
    return rows


@equivalent("alexnet_table")
def alexnet_table_typed_in():
    return (
        ("conv1", (96, 55, 55), 34_944),
        ("conv2", (256, 27, 27), 307_456),
        ("conv3", (384, 13, 13), 885_120),
        ("conv4", (384, 13, 13), 663_936),
        ("conv5", (256, 13, 13), 442_624),
        ("fc6", (4096,), 37_752_832),
        ("fc7", (4096,), 16_781_312),
        ("fc8", (1000,), 4_097_000),
    )


@equivalent("vgg16_table")
def vgg16_table_from_its_letters():
    rows, c_in, size, block, layer = [], 3, 224, 1, 0
    for entry in [64, 64, "M", 128, 128, "M", 256, 256, 256, "M", 512, 512, 512, "M", 512, 512, 512, "M"]:
        if entry == "M":
            size, block, layer = size // 2, block + 1, 0
            continue
        layer += 1
        shape = np.array([entry, size, size])
        rows.append((f"conv{block}_{layer}", shape, np.int64(9 * c_in * entry + entry)))
        c_in = entry
    sizes = [c_in * size**2, 4096, 4096, 1000]
    pairs = zip(sizes[:-1], sizes[1:], strict=True)
    return rows + [(f"fc{6 + i}", (b,), a * b + b) for i, (a, b) in enumerate(pairs)]


@equivalent("vgg16_table")
def vgg16_table_in_lists():
    names = [f"conv{block}_{layer}" for block in range(1, 6) for layer in range(1, 3 + (block > 2))]
    channels = [3] + [min(64 * 2 ** (int(name[4]) - 1), 512) for name in names]
    rows = [
        [name, [channels[i + 1]] + 2 * [224 >> (int(name[4]) - 1)], channels[i + 1] * (9 * channels[i] + 1)]
        for i, name in enumerate(names)
    ]
    return [*rows, ["fc6", [4096], 102_764_544], ["fc7", [4096], 16_781_312], ["fc8", [1000], 4_097_000]]


# --- train_cnn -------------------------------------------------------------------------------------------------------


def _scores_gradient(scores, labels):
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    odds /= odds.sum(axis=1, keepdims=True)
    odds[np.arange(len(labels)), labels] -= 1.0
    return odds / len(labels)


@equivalent("train_cnn")
def train_cnn_one_layer_with_momentum(x, labels, rng):
    """A single convolution, pooling, a dense layer; images as columns; a rate that falls along a cosine."""

    def windows(images):
        padded = np.pad(images, ((0, 0), (1, 1), (1, 1)))
        return np.lib.stride_tricks.sliding_window_view(padded, (3, 3), axis=(1, 2)).reshape(len(images), 64, 9)

    def forward(cols):
        maps = np.maximum(cols @ w1 + b1, 0.0)
        tiles = maps.reshape(-1, 4, 2, 4, 2, 32).transpose(0, 1, 3, 5, 2, 4).reshape(-1, 512, 4)
        return maps, tiles.argmax(axis=2), tiles.max(axis=2)

    w1, b1 = rng.standard_normal((9, 32)) * np.sqrt(2 / 9), np.zeros(32)
    w2, b2 = rng.standard_normal((512, 10)) * np.sqrt(1 / 512), np.zeros(10)
    params, cols, epochs = [w1, b1, w2, b2], windows(x), 25
    speed = [np.zeros_like(p) for p in params]
    for epoch in range(epochs):
        lr = 0.05 * (1 + np.cos(np.pi * epoch / epochs)) / 2
        for batch in np.array_split(rng.permutation(len(x)), max(1, len(x) // 32)):
            maps, winner, pooled = forward(cols[batch])
            g = _scores_gradient(pooled @ w2 + b2, labels[batch])
            back = (g @ w2.T)[:, :, None] * np.eye(4)[winner]
            back = back.reshape(-1, 4, 4, 32, 2, 2).transpose(0, 1, 4, 2, 5, 3).reshape(-1, 64, 32) * (maps > 0)
            grads = [
                np.tensordot(cols[batch], back, ((0, 1), (0, 1))),
                back.sum(axis=(0, 1)),
                pooled.T @ g,
                g.sum(axis=0),
            ]
            for p, v, grad in zip(params, speed, grads, strict=True):
                v *= 0.9
                v += grad
                p -= lr * v
    return lambda images: (forward(windows(np.asarray(images)))[2] @ w2 + b2).argmax(axis=1)


@equivalent("train_cnn")
def train_cnn_strided_without_pooling(x, labels, rng):
    """Two convolutions, the second with stride 2 in the place of pooling, and Adam."""
    shapes = [(12, 1, 3, 3), (12,), (24, 12, 3, 3), (24,), (24 * 16, 10), (10,)]
    params = [rng.normal(size=s) * np.sqrt(2 / np.prod(s[1:] if len(s) > 2 else s[:1])) for s in shapes]
    params[1::2] = [np.zeros(s) for s in shapes[1::2]]
    m, v = [0.0] * 6, [0.0] * 6

    def forward(images):
        one = np.maximum(reference.conv2d(images[:, None], params[0], params[1], padding=1), 0)
        two = np.maximum(reference.conv2d(one, params[2], params[3], stride=2, padding=1), 0)
        return one, two, two.reshape(len(images), -1) @ params[4] + params[5]

    steps = [(batch, 0.003 * 0.85**epoch) for epoch in range(14) for batch in _batches(len(x), rng)]
    for t, (batch, lr) in enumerate(steps, 1):
        one, two, scores = forward(x[batch])
        g = _scores_gradient(scores, labels[batch])
        back = (g @ params[4].T).reshape(two.shape) * (two > 0)
        done, dw2, db2 = reference.conv2d_backward(back, one, params[2], stride=2, padding=1)
        _, dw1, db1 = reference.conv2d_backward(done * (one > 0), x[batch][:, None], params[0], padding=1)
        for i, grad in enumerate((dw1, db1, dw2, db2, two.reshape(len(batch), -1).T @ g, g.sum(axis=0))):
            m[i], v[i] = 0.9 * m[i] + 0.1 * grad, 0.999 * v[i] + 0.001 * grad**2
            params[i] = params[i] - lr * m[i] / (1 - 0.9**t) / (np.sqrt(v[i] / (1 - 0.999**t)) + 1e-8)

    def predict(images):
        return [int(np.argmax(row)) for row in forward(np.asarray(images))[2]]

    return predict


def _batches(count, rng):
    order = rng.permutation(count)
    return [order[start : start + 32] for start in range(0, count, 32)]

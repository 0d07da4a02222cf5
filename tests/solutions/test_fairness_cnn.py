"""Answers that an attack on the judge brought up: right ones must pass, wrong ones must fail and get no false name.

Each right answer is a function. Each wrong one comes with the only mistake that may be named for it, or None.
"""

import functools
import math
import re
import subprocess
import sys

import numpy as np
import pytest
from fairness import cases, exams, must_fail, must_pass
from fairness import with_ as with_change

from dlbasic.examine import examine
from dlbasic.properties import beats_the_loops, reads_digits
from grader.hidden import verify
from grader.release.chapter import load_chapter
from grader.release.tables import check_table, to_text

CHAPTER = load_chapter("05_cnn")
SOLVED = CHAPTER.functions
windows = np.lib.stride_tricks.sliding_window_view


def with_(change, name):
    """The solution of `name`, but it leaves something of its arguments changed."""
    return with_change(change, SOLVED[name])


def but(name, after):
    """The solution of `name`, with `after` done to what it returns."""
    return lambda *arguments: after(SOLVED[name](*arguments))


# --- sizes with their errors -----------------------------------------------------------------------------------------


class TooLarge(ValueError):
    pass


def size(divide=lambda room, stride: room // stride, refuses=lambda room: room < 0, error=ValueError):
    def output_size(n, k, stride=1, padding=0, dilation=1):
        room = n + 2 * padding - dilation * (k - 1) - 1
        if refuses(room):
            raise error("it does not fit")
        return divide(room, stride) + 1

    return output_size


def padding_of(half=lambda lost: lost // 2, refuses=lambda k, lost: lost % 2, error=ValueError):
    def same_padding(k, dilation=1):
        lost = dilation * (k - 1)
        if refuses(k, lost):
            raise error("no padding keeps the size")
        return half(lost)

    return same_padding


def returns_when_refused(function, answer):
    def lenient(*arguments):
        try:
            return function(*arguments)
        except ValueError:
            return answer

    return lenient


def fits(span):
    """output_size, but for what it compares with the room; `span(k, dilation)`."""

    def output_size(n, k, stride=1, padding=0, dilation=1):
        if span(k, dilation) > n + 2 * padding:
            raise ValueError("it does not fit")
        return (n + 2 * padding - dilation * (k - 1) - 1) // stride + 1

    return output_size


def returns_none_when_refused(function):
    def answer(*arguments):
        try:
            return function(*arguments)
        except ValueError:
            return None

    return answer


# --- layers ----------------------------------------------------------------------------------------------------------


def conv(x, w, b, stride=1, padding=0, mode="constant", rows=None):
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode=mode)
    seen = windows(x, w.shape[2:], axis=(2, 3))[:, :, :: rows or stride, ::stride]
    return np.einsum("nchwpq,fcpq->nfhw", seen, w, optimize=True) + b[:, None, None]


def conv_filter_by_filter(x, w, b, stride=1, padding=0):
    x = SOLVED["pad_images"](x, padding)
    seen = windows(x, w.shape[2:], axis=(2, 3))[:, :, ::stride, ::stride]
    maps = [np.tensordot(seen, one, axes=((1, 4, 5), (0, 1, 2))) + bias for one, bias in zip(w, b, strict=True)]
    return np.stack(maps, axis=1)


def conv_image_by_image(x, w, b, stride=1, padding=0):
    return np.concatenate([conv(image[None], w, b, stride, padding) for image in x])


def conv_in_one_precision(x, w, b, stride=1, padding=0):
    return conv(x.astype(np.float32), w.astype(np.float32), b, stride, padding)


def conv_six_loops(x, w, b, stride=1, padding=0):
    """Over plain lists, which takes a tenth of the time of loops over arrays."""
    seen = windows(SOLVED["pad_images"](x, padding), w.shape[2:], axis=(2, 3))[:, :, ::stride, ::stride]
    filters, rows = w.reshape(len(w), -1).tolist(), seen.transpose(0, 2, 3, 1, 4, 5)
    rows = rows.reshape(*rows.shape[:3], -1).tolist()
    return [
        [
            [[sum(p * q for p, q in zip(window, one, strict=True)) + bias for window in row] for row in image]
            for one, bias in zip(filters, b.tolist(), strict=True)
        ]
        for image in rows
    ]


def conv_place_by_place(x, w, b, stride=1, padding=0, rows=lambda size, k, stride: (size - k) // stride + 1):
    x, (kh, kw) = SOLVED["pad_images"](x, padding), w.shape[2:]
    out = np.zeros((len(x), len(w), rows(x.shape[2], kh, stride), rows(x.shape[3], kw, stride)))
    for i, j in np.ndindex(*out.shape[2:]):
        top, left = i * stride, j * stride
        out[:, :, i, j] = np.tensordot(x[:, :, top : top + kh, left : left + kw], w, ((1, 2, 3), (1, 2, 3))) + b
    return out


def conv_with_matrices(x, w, b, stride=1, padding=0):
    """Each place of the kernel as two matrices that choose rows and columns."""
    x = SOLVED["pad_images"](x, padding)
    out = 0.0
    for p, q in np.ndindex(*w.shape[2:]):
        down = np.eye(x.shape[2])[p : x.shape[2] - w.shape[2] + 1 + p : stride]
        across = np.eye(x.shape[3])[q : x.shape[3] - w.shape[3] + 1 + q : stride]
        out = out + np.einsum("fc,nchw->nfhw", w[:, :, p, q], down @ x @ across.T)
    return out + b.reshape(-1, 1, 1)


def conv_channel_by_channel(x, w, b, stride=1, padding=0, add=True):
    """Leans on correlate2d and hands the bias to it, a time a channel."""
    x = SOLVED["pad_images"](x, padding)
    out = 0.0 * conv(x, w, b, stride)
    for n, f, c in np.ndindex(len(x), *w.shape[:2]):
        part = SOLVED["correlate2d"](x[n, c], w[f, c], b[f])[::stride, ::stride]
        out[n, f] = out[n, f] + part if add else part
    return out


def padded_rows_only(x, w, b, stride=1, padding=0):
    return conv(np.pad(x, ((0, 0), (0, 0), (padding, padding), (0, 0))), w, b, stride)


def backward_in_loops(dout, x, w, stride=1, padding=0, dx_adds=True, dw_adds=True):
    padded, (kh, kw) = SOLVED["pad_images"](x, padding), w.shape[2:]
    dx, dw = np.zeros(padded.shape), np.zeros(w.shape)
    for n, f, i, j in np.ndindex(dout.shape):
        g, seen = dout[n, f, i, j], np.s_[n, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
        dx[seen] = dx_adds * dx[seen] + w[f] * g
        dw[f] = dw_adds * dw[f] + padded[seen] * g
    inside = np.s_[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
    return dx[inside], dw, dout.sum(3).sum(2).sum(0)


def backward_by_columns(dout, x, w, stride=1, padding=0):
    padded = SOLVED["pad_images"](x, padding)
    seen = windows(padded, w.shape[2:], axis=(2, 3))[:, :, ::stride, ::stride].transpose(0, 2, 3, 1, 4, 5)
    flat = dout.transpose(0, 2, 3, 1).reshape(-1, len(w))
    shares = (flat @ w.reshape(len(w), -1)).reshape(seen.shape)
    dx = np.zeros(padded.shape)
    for i, j in np.ndindex(*dout.shape[2:]):
        dx[:, :, i * stride : i * stride + w.shape[2], j * stride : j * stride + w.shape[3]] += shares[:, i, j]
    bottom, right = padded.shape[2] - padding, padded.shape[3] - padding
    dw = (flat.T @ seen.reshape(len(flat), -1)).reshape(w.shape)
    return [dx[:, :, padding:bottom, padding:right].tolist(), dw, flat.sum(axis=0)]


def cropped_from_minus_padding(dout, x, w, stride=1, padding=0):
    dx, dw, db = SOLVED["conv2d_backward"](dout, SOLVED["pad_images"](x, padding), w, stride)
    return dx[:, :, padding:-padding, padding:-padding], dw, db


def pool_from_zero(x, k, stride=None):
    step = stride or k
    out = np.zeros((*x.shape[:2], (x.shape[2] - k) // step + 1, (x.shape[3] - k) // step + 1))
    for n, c, i, j in np.ndindex(out.shape):
        for p, q in np.ndindex(k, k):
            out[n, c, i, j] = max(out[n, c, i, j], x[n, c, i * step + p, j * step + q])
    return out


def pool_without_the_step(x, k, stride=None):
    shape = pool(x, k, stride).shape
    return np.array([[[[m[i : i + k, j : j + k].max() for j in range(shape[3])] for i in range(shape[2])]
                      for m in image] for image in x])  # fmt: skip


def convolved_in_loops(f, g, place=lambda i, j, count: i + j, last=None):
    out = np.zeros(len(f) + len(g) - 1)
    for i in range(len(f)):
        for j in range(len(g))[:last]:
            out[place(i, j, len(g))] += f[i] * g[j]
    return out


def convolved_recursively(f, g):
    if len(g) == 1:
        return np.asarray(f) * g[0]
    out = np.append(np.asarray(f) * g[0], np.zeros(len(g) - 1))
    out[1:] += convolved_recursively(f, g[1:])
    return out


def backward(dout, x, w, stride=1, padding=0, bias=lambda dout: dout.sum(axis=(0, 2, 3))):
    dx, dw, _ = SOLVED["conv2d_backward"](dout, x, w, stride, padding)
    return dx, dw, bias(dout)


def backward_numerically(dout, x, w, stride=1, padding=0):
    """Exact up to rounding: the layer is linear in each of the two."""

    def slope(answer, shape):
        units = np.eye(int(np.prod(shape))).reshape(-1, *shape)
        return np.array([np.sum(dout * answer(unit)) for unit in units]).reshape(shape)

    zeros = np.zeros(len(w))
    dx = slope(lambda unit: conv(unit, w, zeros, stride, padding), x.shape)
    dw = slope(lambda unit: conv(x, unit, zeros, stride, padding), w.shape)
    return dx, dw, dout.sum((0, 2, 3))


def pool(x, k, stride=None, best=np.max):
    return best(windows(x, (k, k), axis=(2, 3))[:, :, :: stride or k, :: stride or k], axis=(4, 5))


def pool_backward(dout, x, k, stride=None, pick=np.argmax):
    step, dx = stride or k, np.zeros(x.shape)
    for n, c, i, j in np.ndindex(dout.shape):
        row, column = divmod(int(pick(x[n, c, i * step : i * step + k, j * step : j * step + k])), k)
        dx[n, c, i * step + row, j * step + column] += dout[n, c, i, j]
    return dx


def last_of_the_largest(window):
    return window.size - 1 - np.argmax(window.ravel()[::-1])


ALEXNET, VGG16 = SOLVED["alexnet_table"](), SOLVED["vgg16_table"]()


def changed(rows, **new):
    return lambda: [(name, shape, new.get(name, parameters)) for name, shape, parameters in rows]


RIGHT = {
    "convolve1d": [
        lambda f, g: np.convolve(g, f),
        lambda f, g: list(np.convolve(f, g)),
        lambda f, g: np.array(
            [sum(f[i] * g[k - i] for i in range(len(f)) if 0 <= k - i < len(g)) for k in range(len(f) + len(g) - 1)]
        ),
        lambda f, g: np.array([np.trace(np.outer(f, g)[::-1], k) for k in range(1 - len(f), len(g))]),
        convolved_in_loops,
        convolved_recursively,
        lambda f, g: sum(v * np.eye(len(f), len(f) + len(g) - 1, i).T @ f for i, v in enumerate(g)),
    ],
    "correlate2d": [
        lambda image, kernel, bias=0.0: bias + np.tensordot(windows(image, kernel.shape), kernel),
        lambda image, kernel, bias=0.0: (windows(image, kernel.shape) * kernel).sum(axis=(-2, -1)) + bias,
        lambda image, kernel, bias=0: SOLVED["conv2d"](image[None, None], kernel[None, None], np.array([bias]))[0, 0],
        lambda image, kernel, bias=0.0: [
            sum(np.correlate(image[i + m], row, "valid") for m, row in enumerate(kernel)) + bias
            for i in range(len(image) - len(kernel) + 1)
        ],
    ],
    "convolve2d": [
        lambda image, kernel: SOLVED["correlate2d"](image, np.flip(kernel)),
        lambda image, kernel: SOLVED["correlate2d"](image, np.rot90(np.rot90(kernel)), 0),
        lambda image, kernel: np.tensordot(windows(image, kernel.shape)[..., ::-1, ::-1], kernel),
        lambda image, kernel: SOLVED["correlate2d"](image, [list(row)[::-1] for row in kernel][::-1]).tolist(),
        lambda image, kernel: np.array(
            [
                sum(np.convolve(row, kernel[-1 - m], "valid") for m, row in enumerate(image[i : i + len(kernel)]))
                for i in range(len(image) - len(kernel) + 1)
            ]
        ),
    ],
    "output_size": [
        size(error=TooLarge),
        size(divide=lambda room, stride: int(room / stride)),
        size(divide=lambda room, stride: np.floor_divide(room, stride)),
        size(divide=lambda room, stride: divmod(room, stride)[0]),
        size(divide=lambda room, stride: math.floor(room / stride)),
        size(divide=lambda room, stride: np.array(room // stride)),
        size(divide=lambda room, stride: math.ceil((room + 1) / stride) - 1),
    ],
    "same_padding": [
        padding_of(error=TooLarge),
        padding_of(half=lambda lost: int(lost / 2)),
        padding_of(half=lambda lost: np.int32(lost) // 2),
        padding_of(refuses=lambda k, lost: (lost + 1) % 2 == 0),
        padding_of(refuses=lambda k, lost: not (lost / 2).is_integer(), half=lambda lost: np.int16(lost / 2)),
    ],
    "transposed_output_size": [
        lambda n, k, stride=1, padding=0, output_padding=0: stride * n - stride + k - 2 * padding + output_padding,
        lambda n, k, stride=1, padding=0, output_padding=0: np.int64(n - 1) * stride + k + output_padding - 2 * padding,
        lambda n, k, stride=1, padding=0, output_padding=0: int((n - 1) * stride + k) - padding * 2 + output_padding,
    ],
    "pad_images": [
        lambda x, p: np.pad(x, [(0, 0)] * 2 + [(p, p)] * 2),
        lambda x, p: np.pad(x, ((0,), (0,), (p,), (p,))),
        lambda x, p: np.pad(np.asarray(x, dtype=float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=0),
        lambda x, p: np.array([[np.pad(one, p) for one in image] for image in x]).tolist(),
        lambda x, p: np.apply_along_axis(np.pad, 3, np.apply_along_axis(np.pad, 2, x, p), p),
    ],
    "receptive_field": [
        lambda layers: functools.reduce(lambda field, layer: (field - 1) * layer[1] + layer[0], layers[::-1], 1),
        lambda layers: np.int64(
            1 + sum((k - 1) * math.prod(s for _, s in layers[:i]) for i, (k, _) in enumerate(layers))
        ),
        lambda layers: SOLVED["receptive_field"](list(layers)),
    ],
    "conv2d": [
        conv,
        conv_filter_by_filter,
        conv_image_by_image,
        conv_place_by_place,
        conv_with_matrices,
        but("conv2d", np.ndarray.tolist),
    ],
    "conv2d_backward": [
        backward,
        backward_numerically,
        backward_in_loops,
        backward_by_columns,
        functools.partial(backward, bias=lambda dout: np.array([dout[:, f].sum() for f in range(dout.shape[1])])),
    ],
    "max_pool2d": [
        pool,
        lambda x, k, stride=None: pool(x, k, stride, np.nanmax),
        lambda x, k, s=None: -pool(-x, k, s, np.min),
        lambda x, k, stride=None: pool(x, k, stride, lambda seen, axis: np.percentile(seen, 100, axis=axis)),
        lambda x, k, stride=None: [[pool(one[None, None], k, stride)[0, 0].tolist() for one in image] for image in x],
    ],
    "max_pool2d_backward": [
        pool_backward,
        functools.partial(pool_backward, pick=lambda window: np.flatnonzero(window.ravel() == window.max())[0]),
        functools.partial(pool_backward, pick=lambda window: np.argsort(-window.ravel(), kind="stable")[0]),
        functools.partial(pool_backward, pick=lambda window: list(window.ravel()).index(max(window.ravel()))),
    ],
    "global_avg_pool": [
        lambda x: x.sum(axis=(-1, -2)) / x[0, 0].size,
        lambda x: np.average(x, axis=(2, 3)),
        lambda x: x.transpose(2, 3, 0, 1).mean(axis=0).mean(axis=0),
        lambda x: np.tensordot(x, np.ones(x.shape[2:]) / x[0, 0].size, 2),
        lambda x: [[float(np.mean(one)) for one in image] for image in x],
    ],
    "conv_params": [
        lambda c_in, c_out, k, bias=True, groups=1: (c_in // groups * k**2 + bool(bias)) * c_out,
        lambda c_in, c_out, k, bias=True, groups=1: math.prod((c_out, c_in // groups, k, k)) + c_out * bias,
        lambda c_in, c_out, k, bias=True, groups=1: int(c_out * c_in / groups * k * k) + (c_out if bias else 0),
    ],
    "conv_macs": [
        lambda c_in, c_out, k, h_out, w_out, groups=1: c_out * h_out * w_out * (c_in // groups * k**2),
        lambda c_in, c_out, k, h_out, w_out, groups=1: int(c_in / groups * c_out * k**2 * h_out * w_out),
        lambda c_in, c_out, k, h_out, w_out, groups=1: c_in * c_out * k * k * h_out * w_out // groups,
    ],
    "bottleneck_saving": [
        lambda a, m, b, k: (a * b * k**2, a * m + m * b * k**2),
        lambda a, m, b, k: np.array([a * b * k**2, a * m + m * b * k**2]),
        lambda a, m, b, k: [SOLVED["conv_params"](a, b, k, False), m * (a + b * k * k)],
    ],
    "alexnet_table": [
        lambda: [list(row) for row in ALEXNET],
        lambda: tuple(ALEXNET),
        lambda: [(name, np.array(shape), np.int64(parameters)) for name, shape, parameters in ALEXNET],
    ],
    "vgg16_table": [
        lambda: [[name, list(shape), parameters] for name, shape, parameters in VGG16],
        lambda: tuple(VGG16),
        lambda: [(name, np.array(shape), np.int64(parameters)) for name, shape, parameters in VGG16],
    ],
}

WRONG = {
    "convolve1d": [
        (lambda f, g: np.correlate(g, f, "full"), "flips_f"),
        (lambda f, g: np.convolve(f, g)[1:], None),
        (lambda f, g: np.convolve(f, g) / len(g), None),
        (lambda f, g: np.outer(f, g), None),
        (lambda f, g: np.convolve(f, np.sort(g)), None),
        (with_(lambda f, g: g.fill(0), "convolve1d"), None),
        # Floats from whole numbers, which np.zeros makes: they must not hide the name.
        (lambda f, g: convolved_in_loops(f, g, lambda i, j, count: i + count - 1 - j), "no_flip"),
        (lambda f, g: convolved_in_loops(f, g, last=-1), "last_of_g_missing"),
        (lambda f, g: np.convolve(f, g).astype(complex), None),
    ],
    "correlate2d": [
        (lambda image, kernel, bias=0.0: SOLVED["correlate2d"](image, kernel, -bias), None),
        (lambda image, kernel, bias=0.0: SOLVED["correlate2d"](image, kernel, bias)[::-1], None),
        (lambda image, kernel, bias=0.0: np.maximum(SOLVED["correlate2d"](image, kernel, bias), 0), None),
        (lambda image, kernel, bias=0.0: SOLVED["correlate2d"](image, kernel / kernel.sum(), bias), None),
        (with_(lambda image, kernel, bias=0.0: image.fill(0), "correlate2d"), None),
        (lambda image, kernel, bias=0.0: np.tensordot(windows(image, kernel.shape), kernel + bias), None),
        (lambda image, kernel, bias=0.0: SOLVED["correlate2d"](image, kernel, bias * len(kernel)), None),
        (lambda image, kernel, bias=0.0: np.round(SOLVED["correlate2d"](image, kernel, bias), 1), None),
    ],
    "convolve2d": [
        (lambda image, kernel: SOLVED["correlate2d"](image, np.rot90(kernel, 3)), None),
        (lambda image, kernel: SOLVED["convolve2d"](image, kernel)[::-1], None),
        (lambda image, kernel: SOLVED["convolve2d"](image, -kernel), None),
        (lambda image, kernel: SOLVED["correlate2d"](image[::-1], kernel[::-1]), None),
        (lambda image, kernel: SOLVED["correlate2d"](image, np.flipud(kernel)), "flips_rows_only"),
        (lambda image, kernel: SOLVED["correlate2d"](image[::-1, ::-1], kernel[::-1, ::-1]), "flips_the_output"),
        (lambda image, kernel: np.fft.ifft2(np.fft.fft2(image) * np.fft.fft2(kernel, image.shape)).real, None),
    ],
    "output_size": [
        (size(divide=lambda room, stride: room / stride), "a_float"),
        (size(divide=lambda room, stride: float(room // stride)), None),
        (size(divide=lambda room, stride: -(-room // stride)), "rounds_up"),
        (size(error=TypeError), None),
        (size(error=AssertionError), "another_error"),
        (size(refuses=lambda room: False), "accepts_what_does_not_fit"),
        (size(refuses=lambda room: room <= 0), None),
        (returns_none_when_refused(SOLVED["output_size"]), None),
        (returns_when_refused(SOLVED["output_size"], ValueError("returned, not raised")), None),
        (returns_when_refused(SOLVED["output_size"], math.nan), None),
        (returns_when_refused(SOLVED["output_size"], -1), "accepts_what_does_not_fit"),
        (fits(lambda k, dilation: k * dilation), None),
        (fits(lambda k, dilation: k), "compares_k_alone"),
        (size(refuses=lambda room: room < 1), None),
        (size(lambda room, stride: abs(room) // stride, refuses=lambda room: False), "accepts_what_does_not_fit"),
        (lambda n, k, stride=1, padding=0, dilation=1: (n - k + 2 * padding) // stride, None),
    ],
    "same_padding": [
        (padding_of(half=lambda lost: lost / 2), "half_as_a_float"),
        (padding_of(half=lambda lost: lost // 2 + 1), "rounded_up"),
        (padding_of(error=TypeError), None),
        (padding_of(refuses=lambda k, lost: False), "accepts_an_even_span"),
        (padding_of(refuses=lambda k, lost: k % 2 == 0), "refuses_every_even_k"),
        (padding_of(refuses=lambda k, lost: k == 2), "accepts_an_even_span"),
        (returns_none_when_refused(SOLVED["same_padding"]), None),
        (returns_when_refused(SOLVED["same_padding"], ValueError("returned, not raised")), None),
        (padding_of(half=lambda lost: (lost + 2) // 4 * 2), None),
        (lambda k, dilation=1: dilation * (k // 2), None),
    ],
    "transposed_output_size": [
        (lambda n, k, stride=1, padding=0, output_padding=0: n * stride, None),
        (lambda n, k, stride=1, padding=0, output_padding=0: n * stride + k - stride, None),
        (lambda n, k, stride=1, padding=0, output_padding=0: (n - 1) * stride + k - 2 * padding - output_padding, None),
        (
            lambda n, k, stride=1, padding=0, output_padding=0: (n - 1) * (stride + k) - 2 * padding + output_padding,
            None,
        ),
        (lambda n, k, stride=1, padding=0, output_padding=0: str(n), None),
    ],
    "pad_images": [
        (lambda x, p: np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), constant_values=1), None),
        (lambda x, p: np.pad(x, ((0, 0), (0, 0), (2 * p, 0), (2 * p, 0))), None),
        (lambda x, p: np.pad(x, ((0, 0), (0, 0), (2 * p, 2 * p), (2 * p, 2 * p))), None),
        (lambda x, p: np.roll(SOLVED["pad_images"](x, p), 1, axis=3), None),
        (with_(lambda x, p: x.fill(0), "pad_images"), None),
    ],
    "receptive_field": [
        (lambda layers: sum(k - 1 for k, _ in layers) + 1, "strides_ignored"),
        (lambda layers: float(SOLVED["receptive_field"](layers)), None),
        (lambda layers: SOLVED["receptive_field"](layers) + 1, None),
        (lambda layers: SOLVED["receptive_field"](layers[:-1]), None),
        (lambda layers: SOLVED["receptive_field"](layers) * layers[-1][1], None),
        (with_(lambda layers: layers.pop(), "receptive_field"), None),
    ],
    "conv2d": [
        (lambda x, w, b, stride=1, padding=0: conv(x, w, b, stride, padding, mode="wrap"), None),
        (lambda x, w, b, stride=1, padding=0: conv(x, w, -b, stride, padding), None),
        (lambda x, w, b, stride=1, padding=0: conv(x, w, b, stride, padding, rows=1), "stride_on_columns_only"),
        (lambda x, w, b, stride=1, padding=0: np.maximum(conv(x, w, b, stride, padding), 0), None),
        (lambda x, w, b, stride=1, padding=0: conv(x[:, ::-1], w, b, stride, padding), None),
        (lambda x, w, b, stride=1, padding=0: conv(x, w[::-1], b, stride, padding), None),
        (conv_in_one_precision, None),
        (with_(lambda x, w, b, *rest: w.fill(0), "conv2d"), None),
        (conv_channel_by_channel, "bias_per_channel"),
        (functools.partial(conv_channel_by_channel, add=False), "last_channel_only"),
        (padded_rows_only, "pads_rows_alone"),
        (functools.partial(conv_place_by_place, rows=lambda n, k, stride: (n - k) // stride), "last_places_missing"),
        (lambda x, w, b, s=1, p=0: 1.0 * conv(x, w, b, 1, p)[:, :, ::s], "stride_on_rows_only"),
        (lambda x, w, b, s=1, p=0: conv(x, w, 0.0 * b, s, p), "no_bias"),
        (lambda x, w, b, s=1, p=0: conv(x, w[..., ::-1], b, s, p), None),
    ],
    "conv2d_backward": [
        (functools.partial(backward, bias=lambda dout: dout.sum(axis=(0, 2, 3), keepdims=True)), None),
        (functools.partial(backward, bias=lambda dout: dout.sum()), None),
        (but("conv2d_backward", lambda grads: grads[::-1]), None),
        (but("conv2d_backward", lambda grads: (-grads[0], *grads[1:])), None),
        (but("conv2d_backward", lambda grads: grads[:2]), None),
        (lambda dout, x, w, s=1, p=0: SOLVED["conv2d_backward"](dout / len(x), x, w, s, p), None),
        (with_(lambda dout, x, w, *rest: dout.fill(0), "conv2d_backward"), None),
        (functools.partial(backward_in_loops, dx_adds=False), "dx_overwritten_in_loops"),
        (functools.partial(backward_in_loops, dw_adds=False), "dw_overwritten_in_loops"),
        (cropped_from_minus_padding, None),
        (functools.partial(backward, bias=lambda dout: dout.sum(axis=(2, 3))), None),
        (functools.partial(backward, bias=lambda dout: 1.0 * dout.sum(axis=(1, 2, 3))), "bias_per_image"),
    ],
    "max_pool2d": [
        (lambda x, k, stride=None: pool(x, k, stride, np.median), None),
        (lambda x, k, stride=None: pool(x, k, stride, np.sum), None),
        (lambda x, k, stride=None: pool(x, 2, stride or k), None),
        (lambda x, k, stride=None: pool(x, k, stride).max(axis=0), None),
        (lambda x, k, stride=None: pool(x, k, stride).swapaxes(2, 3), None),
        (with_(lambda x, k, stride=None: x.fill(0), "max_pool2d"), None),
        (pool_from_zero, "never_below_zero"),
        (pool_without_the_step, "starts_without_stride"),
        (lambda x, k, stride=None: 1.0 * pool(x, k, k), "always_k_apart"),
    ],
    "max_pool2d_backward": [
        (functools.partial(pool_backward, pick=last_of_the_largest), "last_tie"),
        (functools.partial(pool_backward, pick=np.argmin), None),
        (functools.partial(pool_backward, pick=lambda window: 0), None),
        (lambda dout, x, k, s=None: pool_backward(np.abs(dout), x, k, s), None),
        (lambda dout, x, k, s=None: pool_backward(dout, x, k, s)[:, :, ::-1], None),
        (with_(lambda dout, x, k, s=None: x.fill(0), "max_pool2d_backward"), None),
        (functools.partial(pool_backward, pick=lambda window: np.argmax(np.abs(window))), None),
        (lambda dout, x, k, s=None: (x == x.max((2, 3), keepdims=True)) * dout.sum((2, 3), keepdims=True), None),
    ],
    "global_avg_pool": [
        (lambda x: x.mean(axis=(2, 3)).T, None),
        (lambda x: x.mean(axis=(2, 3)).ravel(), None),
        (lambda x: x.sum(axis=(2, 3)) / x.shape[2], None),
        (lambda x: (x.max(axis=(2, 3)) + x.min(axis=(2, 3))) / 2, None),
        (lambda x: x[:, :, 0, 0], None),
    ],
    "conv_params": [
        (
            lambda c_in, c_out, k, bias=True, groups=1: float(SOLVED["conv_params"](c_in, c_out, k, bias, groups)),
            "params_as_a_float",
        ),
        (lambda c_in, c_out, k, bias=True, groups=1: c_in * c_out * k * k, None),
        (lambda c_in, c_out, k, bias=True, groups=1: (c_in * k * k + 1) * c_out // groups, None),
        (lambda c_in, c_out, k, bias=True, groups=1: SOLVED["conv_params"](c_in, c_out, k, not bias, groups), None),
        (lambda c_in, c_out, k, bias=True, groups=1: c_out * (c_in // groups) * 2 * k + (c_out if bias else 0), None),
    ],
    "conv_macs": [
        (lambda c_in, c_out, k, h, w, groups=1: c_out * c_in // groups * k * k * (h + w), None),
        (lambda c_in, c_out, k, h, w, groups=1: c_out * c_in // groups * k * k * w * w, None),
        (lambda c_in, c_out, k, h, w, groups=1: c_out * c_in * k * k * h * w * groups, None),
        (lambda c_in, c_out, k, h, w, groups=1: c_out * (c_in // groups) * (k * k - 1) * h * w, None),
        (lambda c_in, c_out, k, h, w, groups=1: str(c_out * c_in), None),
    ],
    "bottleneck_saving": [
        (lambda a, m, b, k: a * b * k**2 - a * m - m * b * k**2, None),
        (lambda a, m, b, k: (a * b * k**2) / (a * m + m * b * k**2), None),
        (lambda a, m, b, k: (a * b * k**2, float(a * m + m * b * k**2)), None),
        (lambda a, m, b, k: (a * b * k**2, a * m, m * b * k**2), None),
        (lambda a, m, b, k: (a * b * k**2, a * m + k * k * m * m), None),
    ],
    "alexnet_table": [
        (changed(ALEXNET, conv1=34848), None),
        (lambda: ALEXNET[:-1], None),
        (lambda: dict((name, (shape, parameters)) for name, shape, parameters in ALEXNET), None),
        (lambda: ALEXNET[::-1], None),
        (lambda: [(name, shape, float(parameters)) for name, shape, parameters in ALEXNET], None),
        (changed(ALEXNET, conv2=614_656, conv4=1_327_488, conv5=884_992), "groups_ignored"),
        (changed(ALEXNET, fc6=6 * 6 * 256 * 4096), None),
        (lambda: [(n, s, p - (s[0] if len(s) == 3 else 0)) for n, s, p in ALEXNET], "convolution_biases_forgotten"),
        (lambda: [(n, s if len(s) == 3 else s[0], p) for n, s, p in ALEXNET], None),
    ],
    "vgg16_table": [
        (changed(VGG16, conv1_1=1728), None),
        (lambda: VGG16[:13], None),
        (lambda: [(name.upper(), *rest) for name, *rest in VGG16], None),
        (lambda: [row[:2] for row in VGG16], None),
        (lambda: None, None),
        (changed(VGG16, fc6=14 * 14 * 512 * 4096 + 4096), "vgg_pool5_forgotten"),
        (lambda: [(n, s, p - (s[0] if len(s) == 3 else 0)) for n, s, p in VGG16], "vgg_convolution_biases_forgotten"),
        (changed(VGG16, conv1_1=640), None),
    ],
}


def test_every_exercise_has_further_answers():
    # Those of train_cnn take seconds each and stand with the oracles; claims have a form like any other chapter's.
    assert set(RIGHT) == set(WRONG) == set(CHAPTER.exercises) - {"train_cnn", "slips"}
    assert all(len(RIGHT[name]) >= 3 and len(WRONG[name]) >= 5 for name in RIGHT)


@pytest.mark.parametrize(("name", "answer"), cases(RIGHT))
def test_a_right_answer_passes_however_it_is_written(name, answer):
    must_pass(CHAPTER, name, answer)


@pytest.mark.parametrize(("name", "wrong"), cases(WRONG))
def test_a_wrong_answer_fails_and_gets_no_false_name(name, wrong):
    must_fail(CHAPTER, name, *wrong)


def named(name, answer):
    answer.__name__ = name
    return answer


def earned(name, answer):
    points = CHAPTER.cell("test", name).points
    given = verify(named(name, answer), "05_cnn")
    return (points if given is None else given) / points


def test_a_right_but_slow_layer_earns_part_of_the_points_and_hears_how_slow_it_is():
    assert earned("conv2d", lambda x, w, b, stride=1, padding=0: conv(x, w, b, stride, padding)) == 1.0
    slow = earned("conv2d", lambda x, w, b, stride=1, padding=0: conv_six_loops(x, w, b, stride, padding))
    assert slow == pytest.approx(2 / 3, abs=1e-4)
    verdict = examine(conv_six_loops, exams(CHAPTER.name, "conv2d")[0])
    assert (verdict.kind, verdict.mistake) == ("mistake", "as_slow_as_loops") and verdict.facts["shown"]
    assert re.search(r"it takes [\d.]+ s: [\d.]+ times as fast as six nested loops", verdict.facts["en"])
    assert re.search(r"[\d.]+초가 걸려요. 속도가 여섯 겹 반복문의 [\d.]+배", verdict.facts["ko"])
    with pytest.raises(AssertionError):
        earned("conv2d", lambda x, w, b, stride=1, padding=0: conv(x, w, 0 * b, stride, padding))


@pytest.mark.parametrize(
    ("answer", "share"),
    [
        (lambda: ALEXNET, 1),
        (lambda: tuple(list(row) for row in ALEXNET), 1),
        (lambda: SOLVED["alexnet_table"]()[:5], 5 / 8),
        (changed(ALEXNET, fc6=177_213_440), 7 / 8),
        (lambda: [(name, shape, float(parameters)) for name, shape, parameters in ALEXNET], 0),
        (lambda: [*ALEXNET[1:], ("pool5", (256, 6, 6), 0), "conv1"], 7 / 8),
        (lambda: [*[(name, shape, p) for name, shape, _ in ALEXNET for p in (1, 2)], *ALEXNET], 0),
    ],
)
def test_every_row_of_a_table_that_is_right_earns_its_share(answer, share):
    assert earned("alexnet_table", lambda: answer()) == pytest.approx(share, abs=1e-4)


@pytest.mark.parametrize(
    ("predict", "mistake"),
    [
        (lambda images: np.random.default_rng().integers(0, 10, len(images)), None),
        (lambda images: np.round(images - images.mean(axis=0)).sum(axis=(1, 2)) % 10, "depends_on_the_batch"),
        (lambda images: np.zeros((len(images), 1)), None),
        (lambda images: ["3"] * len(images), None),
        (lambda images: np.eye(10)[np.zeros(len(images), dtype=int)], "returns_scores"),
        (lambda images: 3, "first_image_only"),
        (lambda images: [3] * len(images), None),
    ],
)
def test_a_reader_that_does_not_read_gets_no_false_name(predict, mistake):
    finding = reads_digits(lambda x, labels, rng: predict, 1)
    assert finding is not None and finding.mistake == mistake, finding


@pytest.mark.parametrize(("count", "mistake"), [(1, "nearest_image"), (3, None), (5, None), (7, None)])
def test_the_nearest_images_are_no_network(count, mistake):
    def nearest(x, labels, rng):
        def predict(images):
            order = np.square(images[:, None] - x[None]).sum(axis=(2, 3)).argsort(axis=1)[:, :count]
            return [np.bincount(row).argmax() for row in labels[order]]

        return predict

    finding = reads_digits(nearest, 1)
    assert finding is not None and finding.mistake == mistake, finding


def test_a_layer_without_slow_loops_is_never_called_slow_on_a_busy_machine():
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(3)]
    try:
        for answer in (SOLVED["conv2d"], conv_place_by_place, conv_with_matrices):
            assert [beats_the_loops(answer, seed) for seed in range(4)] == [None] * 4
    finally:
        for process in busy:
            process.kill()
            process.wait()


def test_the_check_table_stays_small():
    # What a learner downloads with the chapter: every probe stands in it once a mistake.
    assert len(to_text(check_table(CHAPTER)).encode()) < 370_000

"""Chapter 5's functions, with SciPy and enumeration where a learner has formulas."""

from __future__ import annotations

import numpy as np
from scipy import signal


def correlate2d(image, kernel, bias=0.0):
    return signal.correlate2d(image, kernel, mode="valid") + bias


def convolve2d(image, kernel):
    return signal.convolve2d(image, kernel, mode="valid")


def output_size(n, k, stride=1, padding=0, dilation=1):
    """The length of what SciPy makes of that many inputs, every stride-th of it."""
    kernel = np.zeros(dilation * (k - 1) + 1)
    kernel[::dilation] = 1
    if len(kernel) > n + 2 * padding:
        raise ValueError("the kernel does not fit")
    return len(np.correlate(np.ones(n + 2 * padding), kernel, mode="valid")[::stride])


def transposed_output_size(n, k, stride=1, padding=0, output_padding=0):
    spread = np.zeros(n * stride - stride + 1)
    return len(np.convolve(spread, np.ones(k), mode="full")) - padding - padding + output_padding


def conv2d(x, w, b, stride=1, padding=0):
    x = np.pad(x, [(0, 0), (0, 0), (padding, padding), (padding, padding)])
    # As SciPy sees it, a filter slides over the channels too, and finds a single place there.
    maps = [[signal.correlate(one, filter, mode="valid")[0] for filter in w] for one in x]
    return np.array(maps)[:, :, ::stride, ::stride] + np.reshape(b, (1, -1, 1, 1))


def receptive_field(layers):
    """From the output back to the input, the places that are touched."""
    touched = {0}
    for k, stride in reversed(list(layers)):
        touched = {place * stride + tap for place in touched for tap in range(k)}
    return len(range(min(touched), max(touched) + 1))


def conv_params(c_in, c_out, k, bias=True, groups=1):
    return np.empty((c_out, c_in // groups, k, k)).size + bias * c_out


def conv_macs(c_in, c_out, k, h_out, w_out, groups=1):
    return h_out * w_out * conv_params(c_in, c_out, k, False, groups)

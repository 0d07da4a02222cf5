"""Every solution of chapter 5 against somebody else's code: NumPy, SciPy, HIPS autograd, PyTorch, published totals."""

import itertools
import time

import autograd.numpy as anp
import numpy as np
import pytest
import scipy.ndimage
import scipy.signal
from autograd import grad
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from recorded import entries, recorder

from dlbasic import digits, properties
from dlbasic.observe import observe
from dlbasic.properties import convolution, reader
from dlbasic.properties._means import timed
from dlbasic.table import decode
from dlbasic.values import first_difference
from grader.release.chapter import load_chapter

SOLVED = load_chapter("05_cnn").functions

seeds = st.integers(0, 2**32 - 1).map(np.random.default_rng)
few = settings(max_examples=40, deadline=None)
sizes = st.integers(1, 5)


def close(got, wanted, rtol=1e-9, atol=1e-11):
    np.testing.assert_allclose(got, wanted, rtol=rtol, atol=atol)


# --- convolutions ----------------------------------------------------------------------------------------------------


@few
@given(seeds, st.integers(1, 9), st.integers(1, 9))
def test_the_convolution_is_numpys_and_that_of_polynomials(rng, n, k):
    f, g = rng.normal(size=n), rng.normal(size=k)
    close(SOLVED["convolve1d"](f, g), np.convolve(f, g))
    close(SOLVED["convolve1d"](f, g), (np.polynomial.Polynomial(f) * np.polynomial.Polynomial(g)).coef)


@few
@given(seeds, sizes, sizes, sizes, sizes)
def test_both_2d_operations_are_scipys(rng, height, width, kh, kw):
    image, kernel = rng.normal(size=(height + kh, width + kw)), rng.normal(size=(kh, kw))
    close(SOLVED["correlate2d"](image, kernel, 0.5), scipy.signal.correlate2d(image, kernel, "valid") + 0.5)
    close(SOLVED["convolve2d"](image, kernel), scipy.signal.convolve2d(image, kernel, "valid"))


@few
@given(seeds, sizes, sizes, sizes, st.integers(1, 3), st.integers(1, 3), st.integers(1, 3), st.integers(0, 2))
def test_a_layer_is_a_sum_of_scipys_correlations(rng, images, channels, filters, kh, kw, stride, padding):
    x, w, b = (
        rng.normal(size=(images, channels, 6, 5)),
        rng.normal(size=(filters, channels, kh, kw)),
        rng.normal(size=filters),
    )
    padded = np.pad(x, [(0, 0), (0, 0), (padding,) * 2, (padding,) * 2])
    wanted = [
        [
            sum(scipy.signal.correlate(padded[n, c], w[f, c], "valid", "direct") for c in range(channels)) + b[f]
            for f in range(filters)
        ]
        for n in range(images)
    ]
    close(SOLVED["conv2d"](x, w, b, stride, padding), np.array(wanted)[:, :, ::stride, ::stride])


def _layer(x, w, b, stride, padding):
    """A layer in autograd's numpy, one strided slice for each place of the kernel."""
    x = anp.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), "constant")
    rows, columns = (x.shape[2] - w.shape[2]) // stride + 1, (x.shape[3] - w.shape[3]) // stride + 1
    total = anp.reshape(b, (1, -1, 1, 1))
    for i, j in np.ndindex(*w.shape[2:]):
        seen = x[:, :, i : i + stride * rows : stride, j : j + stride * columns : stride]
        total = total + anp.einsum("nchw,fc->nfhw", seen[:, :, :rows, :columns], w[:, :, i, j])
    return total


@few
@given(seeds, st.integers(1, 3), st.integers(1, 3), st.integers(1, 3), st.integers(1, 3), st.integers(0, 2))
def test_a_layers_gradients_are_autograds(rng, filters, kh, kw, stride, padding):
    x, w = rng.normal(size=(2, 3, 6, 5)), rng.normal(size=(filters, 3, kh, kw))
    b = rng.normal(size=filters)
    dout = rng.normal(size=_layer(x, w, b, stride, padding).shape)
    close(SOLVED["conv2d"](x, w, b, stride, padding), _layer(x, w, b, stride, padding))

    def loss(x, w, b):
        return anp.sum(dout * _layer(x, w, b, stride, padding))

    wanted = [grad(loss, place)(x, w, b) for place in range(3)]
    for got, right in zip(SOLVED["conv2d_backward"](dout, x, w, stride, padding), wanted, strict=True):
        close(got, right)


# --- sizes -----------------------------------------------------------------------------------------------------------

steps, reaches = st.integers(1, 5), st.integers(1, 7)


@few
@given(st.integers(1, 30), reaches, steps, st.integers(0, 4), st.integers(1, 4))
def test_the_output_has_as_many_numbers_as_scipy_leaves(n, k, stride, padding, dilation):
    kernel = np.zeros(dilation * (k - 1) + 1)
    kernel[::dilation] = 1.0
    signal = np.ones(n + 2 * padding)
    if len(kernel) > len(signal):
        with pytest.raises(ValueError):
            SOLVED["output_size"](n, k, stride, padding, dilation)
    else:
        wanted = len(scipy.signal.correlate(signal, kernel, "valid", "direct")[::stride])
        assert SOLVED["output_size"](n, k, stride, padding, dilation) == wanted


@few
@given(reaches, st.integers(1, 4))
def test_the_same_padding_keeps_the_size_and_no_other_does(k, dilation):
    keeps = [p for p in range(40) if 50 + 2 * p - dilation * (k - 1) == 50]
    if keeps:
        assert [SOLVED["same_padding"](k, dilation)] == keeps
    else:
        with pytest.raises(ValueError):
            SOLVED["same_padding"](k, dilation)


@few
@given(st.integers(1, 12), reaches, steps, st.integers(0, 3), st.integers(0, 4))
def test_the_transposed_size_is_that_of_a_scattered_kernel_and_leads_back(n, k, stride, padding, output_padding):
    assume(output_padding < stride)
    spread = np.zeros((n - 1) * stride + 1)
    spread[::stride] = 1.0
    size = len(np.convolve(spread, np.ones(k))) - 2 * padding + output_padding
    assume(size > 0)
    assert SOLVED["transposed_output_size"](n, k, stride, padding, output_padding) == size
    assert SOLVED["output_size"](size, k, stride, padding) == n


@few
@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 3)), min_size=1, max_size=4))
def test_the_receptive_field_is_what_an_impulse_response_covers(layers):
    values = np.arange(600)
    first, last = values, values
    for k, stride in layers:
        windows = np.lib.stride_tricks.sliding_window_view
        first, last = windows(first, k)[::stride, 0], windows(last, k)[::stride, -1]
    assert SOLVED["receptive_field"](layers) == last[0] - first[0] + 1


@few
@given(seeds, st.integers(0, 3))
def test_padding_is_scipys_constant_extension(rng, p):
    x = rng.normal(size=(2, 3, 4, 5))
    shift = np.zeros((1, 1, 2 * p + 1, 2 * p + 1))
    shift[0, 0, p, p] = 1.0
    close(SOLVED["pad_images"](x, p), scipy.signal.convolve(x, shift, "full", "direct"))


# --- pooling ---------------------------------------------------------------------------------------------------------


@few
@given(seeds, st.integers(1, 4), st.one_of(st.none(), st.integers(1, 4)))
def test_pooling_is_scipys_maximum_filter_at_every_stride_th_place(rng, k, stride):
    x = rng.normal(size=(2, 3, 7, 6))
    # Shifted so that the window of place i starts at i.
    filtered = scipy.ndimage.maximum_filter(x, size=(1, 1, k, k), origin=(0, 0, -(k // 2), -(k // 2)))
    step = k if stride is None else stride
    close(SOLVED["max_pool2d"](x, k, stride), filtered[:, :, : 7 - k + 1 : step, : 6 - k + 1 : step])


@few
@given(seeds, st.integers(1, 4), st.integers(1, 4))
def test_poolings_gradient_is_autograds_where_there_are_no_ties(rng, k, stride):
    x = rng.permutation(2 * 3 * 7 * 6).reshape(2, 3, 7, 6).astype(float)
    dout = rng.normal(size=SOLVED["max_pool2d"](x, k, stride).shape)

    def loss(x):
        total = 0.0
        for i, j in np.ndindex(*dout.shape[2:]):
            window = x[:, :, i * stride : i * stride + k, j * stride : j * stride + k]
            total = total + anp.sum(anp.max(window, axis=(2, 3)) * dout[:, :, i, j])
        return total

    close(SOLVED["max_pool2d_backward"](dout, x, k, stride), grad(loss)(x))


@few
@given(seeds)
def test_the_global_average_is_the_mean_of_every_map(rng):
    x = rng.normal(size=(2, 3, 4, 5))
    wanted = scipy.ndimage.mean(x, np.arange(6).repeat(20).reshape(x.shape), np.arange(6)).reshape(2, 3)
    close(SOLVED["global_avg_pool"](x), wanted)


# --- costs -----------------------------------------------------------------------------------------------------------


@few
@given(sizes, sizes, st.integers(1, 4), st.integers(1, 3), st.booleans())
def test_parameters_and_work_are_those_of_arrays_that_exist(c_in, c_out, k, groups, bias):
    c_in, c_out = c_in * groups, c_out * groups
    per_group = np.empty((groups, c_out // groups, c_in // groups, k, k))
    assert SOLVED["conv_params"](c_in, c_out, k, bias, groups) == per_group.size + (np.empty(c_out).size if bias else 0)
    # A layer of ones on an image of ones adds 1 for every multiply-accumulate.
    work = sum(
        SOLVED["conv2d"](np.ones((1, c_in // groups, k + 2, k + 4)), part, np.zeros(len(part))).sum()
        for part in np.ones_like(per_group)
    )
    assert SOLVED["conv_macs"](c_in, c_out, k, 3, 5, groups) == work


@few
@given(sizes, sizes, sizes, st.integers(1, 5))
def test_a_bottleneck_has_the_weights_of_its_two_layers(c_in, c_mid, c_out, k):
    direct, bottleneck = SOLVED["bottleneck_saving"](c_in, c_mid, c_out, k)
    assert direct == np.empty((c_out, c_in, k, k)).size
    assert bottleneck == np.empty((c_mid, c_in, 1, 1)).size + np.empty((c_out, c_mid, k, k)).size


def test_the_tables_have_the_published_totals():
    alexnet, vgg = SOLVED["alexnet_table"](), SOLVED["vgg16_table"]()
    assert sum(parameters for _, _, parameters in alexnet) == 60_965_224
    assert dict((name, parameters) for name, _, parameters in alexnet)["fc6"] == 37_752_832
    assert sum(parameters for _, _, parameters in vgg) == 138_357_544
    # Without the towers: conv2, conv4 and conv5 have twice as many weights.
    weights = [p - shape[0] for name, shape, p in alexnet if name in ("conv2", "conv4", "conv5")]
    assert 60_965_224 + sum(weights) == 62_378_344


# --- PyTorch: its recorded numbers everywhere, itself where it is installed ------------------------------------------


RECORDED = entries("cnn")


def our_answer(name, arguments):
    """The solution's answer; None where it refuses."""
    try:
        return SOLVED[name](*arguments)
    except ValueError:
        return None


def agree(name, torchs, ours):
    assert (torchs is None) == (ours is None)
    if torchs is not None:
        difference = first_difference(torchs, ours, 1e-9, 1e-12)
        assert difference is None, f"{name}: {difference}"


@pytest.mark.parametrize("entry", RECORDED, ids=[f"{k}-{entry['name']}" for k, entry in enumerate(RECORDED)])
def test_a_solution_gives_the_numbers_recorded_from_pytorch(entry):
    agree(entry["name"], decode(entry["answer"]), our_answer(entry["name"], decode(entry["arguments"])))


def test_pytorch_was_asked_about_everything_it_can_answer():
    beyond_it = {"convolve1d", "convolve2d", "conv_macs", "train_cnn", "slips"}
    assert {entry["name"] for entry in RECORDED} == set(SOLVED) - beyond_it


def test_a_solution_gives_the_numbers_of_the_pytorch_that_is_installed():
    pytest.importorskip("torch", reason="PyTorch is not installed; its recorded numbers were compared")
    ask = recorder("record_cnn").answer
    for entry in RECORDED:
        arguments = decode(entry["arguments"])
        live = observe(ask, (entry["name"], arguments))
        assert not live.error, f"{entry['name']}: {live.message}"
        agree(entry["name"], live.value, our_answer(entry["name"], arguments))


# --- the judges ------------------------------------------------------------------------------------------------------


def test_the_loops_that_a_layer_is_timed_against_compute_a_layer():
    rng = np.random.default_rng(0)
    x, w, b = rng.normal(size=convolution.IMAGES), rng.normal(size=convolution.FILTERS), rng.normal(size=8)
    places = [(0, 0, 0, 0), (3, 7, 27, 27), (1, 5, 3, 20)]
    right = SOLVED["conv2d"](x, w, b)
    close(convolution._by_loops(x, w, b, places), [right[place] for place in places])


def test_a_layer_that_is_right_on_small_images_only_is_found():
    def shrinks(x, w, b, stride=1, padding=0):
        return SOLVED["conv2d"](x, w, b, stride, padding) * (1.0 if x.shape[2] < 20 else 1.001)

    finding = properties.beats_the_loops(shrinks, 1)
    assert "differs" in finding.en and finding.share == 0.0


def test_who_is_slow_is_told_by_how_much_and_keeps_a_share(monkeypatch):
    seconds = itertools.cycle([0.5, 0.002])
    monkeypatch.setattr(convolution, "timed", lambda run, fn: (run(), next(seconds)))
    finding = properties.beats_the_loops(SOLVED["conv2d"], 1)
    # 25 088 outputs of which 40 took 2 ms: 1.25 s, two and a half times as long as the half second of the answer.
    assert "2.5 times" in finding.en and "2.5배" in finding.ko
    assert (finding.mistake, finding.share, finding.shown) == ("as_slow_as_loops", pytest.approx(2 / 3), True)


def test_a_function_of_another_process_is_timed_by_the_clock_alone():
    """Its computing is not seen here, and there nobody could be trusted to count it."""

    class Standin:
        reaches = None

        def __call__(self):
            time.sleep(0.05)
            return 7

    for fn, slow in ((Standin(), True), (lambda: time.sleep(0.05) or 7, False)):
        value, seconds = timed(fn, fn)
        assert value == 7 and (seconds >= 0.05) == slow


@pytest.mark.parametrize("seed", [3, 4])
def test_the_reader_reads_nearly_all_held_out_digits_in_seconds(seed):
    x, labels, x_test, labels_test = digits()
    predict, seconds = reader._trained(SOLVED["train_cnn"], x.reshape(-1, 8, 8), labels, seed)
    assert np.mean(predict(x_test.reshape(-1, 8, 8)) == labels_test) >= reader.WANTED_ACCURACY
    assert seconds < reader.SECONDS / 4


def test_a_reader_that_is_slow_or_nearly_good_enough_is_told_so(monkeypatch):
    def trained(misread):
        def train_cnn(x, labels, rng):
            images, answers = _all_digits()
            known = {image.tobytes(): label for image, label in zip(images, answers, strict=True)}
            drawn = rng.integers(0, 10, size=2000) if len(x) == 100 else None

            def predict(asked):
                right = np.array([known[image.tobytes()] for image in asked])
                if drawn is not None:
                    return drawn[np.array([int(image.sum() * 16) for image in asked])]
                return np.where(np.arange(len(asked)) < misread * len(asked), (right + 1) % 10, right)

            return predict

        return train_cnn

    assert properties.reads_digits(trained(0.02), 1) is None
    assert properties.reads_digits(trained(0.05), 1).share == 0.5
    assert properties.reads_digits(trained(0.20), 1).share == 0.0
    monkeypatch.setattr(reader, "SECONDS", 0.0)
    assert "Training took" in properties.reads_digits(trained(0.0), 1).en


def _all_digits():
    x, labels, x_test, labels_test = digits()
    return np.concatenate([x, x_test]).reshape(-1, 8, 8), np.concatenate([labels, labels_test])

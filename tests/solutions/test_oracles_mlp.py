"""Every solution of chapter 2 against somebody else's code: SciPy, scikit-learn, HIPS autograd, PyTorch."""

import copy
import math
import time
import warnings

import autograd.numpy as anp
import numpy as np
import pytest
import scipy.optimize
import scipy.spatial.distance
import scipy.special
import scipy.stats
from autograd import elementwise_grad, grad, value_and_grad
from autograd.scipy.special import logsumexp
from hypothesis import given, settings
from hypothesis import strategies as st
from recorded import entries, recorder
from sklearn.linear_model import LinearRegression
from sklearn.metrics import log_loss, mean_squared_error
from sklearn.neural_network import MLPRegressor

from dlbasic import digits
from dlbasic.observe import observe
from dlbasic.properties import batches, training
from dlbasic.table import decode
from dlbasic.values import first_difference
from grader.release.chapter import load_chapter

SOLVED = load_chapter("02_mlp").functions

seeds = st.integers(0, 2**32 - 1).map(np.random.default_rng)
sizes = st.integers(1, 6)
shapes = st.lists(st.integers(1, 4), min_size=1, max_size=3).map(tuple)
few = settings(max_examples=40, deadline=None)


def close(got, wanted, rtol=1e-9, atol=1e-11):
    np.testing.assert_allclose(got, wanted, rtol=rtol, atol=atol)


def random_net(rng, widths):
    return [(rng.normal(size=(n, m)), rng.normal(size=m)) for n, m in zip(widths[:-1], widths[1:], strict=True)]


# --- regression ------------------------------------------------------------------------------------------------------


@few
@given(seeds, shapes)
def test_mse_is_that_of_scikit_learn(rng, shape):
    y, y_hat = rng.normal(size=shape), rng.normal(size=shape)
    close(SOLVED["mse"](y, y_hat), mean_squared_error(y.ravel(), y_hat.ravel()))


@few
@given(seeds, st.integers(1, 12))
def test_mse_gradient_is_that_of_autograd(rng, n):
    x, y, w, b = rng.normal(size=n), rng.normal(size=n), rng.normal(), rng.normal()
    dw, db = grad(lambda p: anp.mean((y - (p[0] * x + p[1])) ** 2))(np.array([w, b]))
    close(SOLVED["mse_gradient"](x, y, w, b), (dw, db))


@few
@given(seeds, st.integers(0, 6))
def test_fit_line_takes_the_steps_that_autograd_would(rng, steps):
    x, y = rng.normal(size=7), rng.normal(size=7)
    loss = value_and_grad(lambda p: anp.mean((y - (p[0] * x + p[1])) ** 2))
    p, losses = np.zeros(2), []
    for _ in range(steps):
        value, slope = loss(p)
        losses.append(value)
        p = p - 0.1 * slope
    w, b, got = SOLVED["fit_line"](x, y, 0.1, steps)
    close([w, b], p)
    close(got, losses)


@few
@given(seeds)
def test_fit_line_ends_at_scikit_learns_line(rng):
    x = rng.normal(size=20)
    y = 3.0 * x - 1.0 + rng.normal(size=20)
    line = LinearRegression().fit(x[:, None], y)
    w, b, losses = SOLVED["fit_line"](x, y, 0.1, 2000)
    close([w, b], [line.coef_[0], line.intercept_], rtol=1e-6, atol=1e-8)
    close(losses[-1], mean_squared_error(y, line.predict(x[:, None])), rtol=1e-6)


@few
@given(seeds, sizes, sizes, sizes)
def test_linear_adds_up_every_product_exactly(rng, n, d, m):
    x, w, b = rng.normal(size=(n, d)), rng.normal(size=(d, m)), rng.normal(size=m)
    wanted = [[math.fsum([*(x[i, k] * w[k, j] for k in range(d)), b[j]]) for j in range(m)] for i in range(n)]
    close(SOLVED["linear"](x, w, b), wanted)


# --- activations -----------------------------------------------------------------------------------------------------

FAR = np.array([[-1000.0, -745.0, -30.0], [30.0, 710.0, 1000.0]])


@few
@given(seeds, shapes)
def test_relu_is_pythons_max(rng, shape):
    z = rng.normal(size=shape)
    wanted = np.array([max(float(value), 0.0) for value in z.ravel()]).reshape(shape)
    np.testing.assert_array_equal(SOLVED["relu"](z), wanted)


@few
@given(seeds, shapes)
def test_sigmoid_is_scipys_expit(rng, shape):
    z = rng.normal(scale=20.0, size=shape)
    close(SOLVED["sigmoid"](z), scipy.special.expit(z), atol=0.0)


def test_sigmoid_far_out_is_scipys_and_silent():
    with warnings.catch_warnings(), np.errstate(over="raise", invalid="raise", divide="raise"):
        warnings.simplefilter("error")
        close(SOLVED["sigmoid"](FAR), scipy.special.expit(FAR))


@few
@given(seeds, shapes)
def test_the_slopes_of_both_activations_are_autograds(rng, shape):
    z = rng.normal(scale=2.0, size=shape)
    close(SOLVED["relu_grad"](z), elementwise_grad(lambda v: anp.maximum(v, 0.0))(z))
    close(SOLVED["sigmoid_grad"](z), elementwise_grad(lambda v: 1.0 / (1.0 + anp.exp(-v)))(z))


def test_the_slopes_at_zero_and_far_out():
    np.testing.assert_array_equal(SOLVED["relu_grad"](np.array([0.0, -0.0, 1e-300])), [0.0, 0.0, 1.0])
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        close(SOLVED["sigmoid_grad"](FAR), scipy.special.expit(FAR) * scipy.special.expit(-FAR))


# --- classification --------------------------------------------------------------------------------------------------


def scores(rng, n, k):
    """Logits of very different sizes from row to row."""
    return rng.normal(size=(n, k)) * 10.0 ** rng.integers(-2, 4, size=(n, 1)) + 1000.0 * rng.integers(
        -1, 2, size=(n, 1)
    )


@few
@given(seeds, sizes, sizes)
def test_softmax_is_scipys(rng, n, k):
    logits = scores(rng, n, k)
    close(SOLVED["softmax"](logits), scipy.special.softmax(logits, axis=1))


@few
@given(seeds, sizes, sizes)
def test_cross_entropy_is_scipys_log_softmax_at_the_labels(rng, n, k):
    logits, labels = scores(rng, n, k), rng.integers(0, k, size=n)
    close(SOLVED["cross_entropy"](logits, labels), -scipy.special.log_softmax(logits, axis=1)[range(n), labels].mean())


@few
@given(seeds, sizes, st.integers(2, 6))
def test_cross_entropy_is_scikit_learns_log_loss(rng, n, k):
    logits, labels = rng.normal(size=(n, k)), rng.integers(0, k, size=n)
    wanted = log_loss(labels, scipy.special.softmax(logits, axis=1), labels=range(k))
    close(SOLVED["cross_entropy"](logits, labels), wanted)


@few
@given(seeds, sizes, sizes)
def test_cross_entropy_grad_is_autograds(rng, n, k):
    logits, labels = scores(rng, n, k), rng.integers(0, k, size=n)
    wanted = grad(lambda z: anp.mean(logsumexp(z, axis=1) - z[np.arange(n), labels]))(logits)
    close(SOLVED["cross_entropy_grad"](logits, labels), wanted)


@few
@given(seeds, shapes)
def test_gaussian_nll_is_scipys_density_less_its_constant(rng, shape):
    mean, log_var, y = rng.normal(size=shape), rng.normal(size=shape), rng.normal(size=shape)
    density = scipy.stats.norm.logpdf(y, loc=mean, scale=np.exp(log_var / 2.0))
    close(SOLVED["gaussian_nll"](mean, log_var, y), -density.mean() - 0.5 * np.log(2.0 * np.pi))


@few
@given(seeds, sizes, sizes, sizes)
def test_find_the_bug_gives_autograds_gradients_and_scipys_loss(rng, n, d, k):
    x, labels = rng.normal(size=(n, d)), rng.integers(0, k, size=n)
    w, b = 10.0 ** rng.integers(-1, 4) * rng.normal(size=(d, k)), rng.normal(size=k)
    loss, dw, db = SOLVED["find_the_bug"](x, labels, w, b)
    close(loss, -scipy.special.log_softmax(x @ w + b, axis=1)[range(n), labels].mean())

    def mean_loss(p):
        z = anp.dot(x, p[0]) + p[1]
        return anp.mean(logsumexp(z, axis=1) - z[np.arange(n), labels])

    wanted = grad(mean_loss)((w, b))
    close(dw, wanted[0], atol=1e-9)
    close(db, wanted[1], atol=1e-9)


# --- checking gradients ----------------------------------------------------------------------------------------------


@few
@given(seeds, shapes)
def test_relative_error_is_scipys_canberra_distance_at_its_worst(rng, shape):
    a, b = rng.normal(size=shape), rng.normal(size=shape)
    a.ravel()[0] = b.ravel()[0] = 0.0
    pairs = zip(a.ravel(), b.ravel(), strict=True)
    wanted = max(scipy.spatial.distance.canberra([one], [other]) for one, other in pairs)
    close(SOLVED["relative_error"](a, b), wanted)


@few
@given(seeds, st.lists(st.integers(1, 3), max_size=3).map(tuple))
def test_numerical_gradient_agrees_with_scipy_and_with_autograd(rng, shape):
    x, weight = rng.normal(size=shape), rng.normal(size=shape)

    def f(v):
        return anp.sum(anp.sin(weight * v)) + anp.sum(v) ** 2

    got = SOLVED["numerical_gradient"](f, x)
    assert got.shape == shape
    close(got, grad(f)(x), rtol=1e-6, atol=1e-7)
    one_sided = scipy.optimize.approx_fprime(x.ravel(), lambda v: float(f(v.reshape(shape))))
    close(got.ravel(), one_sided, rtol=1e-4, atol=1e-5)
    error = scipy.optimize.check_grad(
        lambda v: float(f(v.reshape(shape))),
        lambda v: SOLVED["numerical_gradient"](f, v.reshape(shape)).ravel(),
        x.ravel(),
    )
    assert error < 1e-4


def test_numerical_gradient_is_central_not_one_sided():
    cube = SOLVED["numerical_gradient"](lambda v: float(np.sum(v**3)), np.array([2.0]), 0.1)
    close(cube, [12.0 + 0.1**2])


# --- the multi-layer perceptron --------------------------------------------------------------------------------------


def scikit_learns_net(params):
    """A relu MLPRegressor that holds our weights: its predictions are the logits."""
    widths = [len(params[0][0])] + [len(b) for _, b in params]
    net = MLPRegressor(hidden_layer_sizes=widths[1:-1], activation="relu", solver="sgd", random_state=0)
    rng = np.random.default_rng(0)
    net.partial_fit(rng.normal(size=(4, widths[0])), np.squeeze(rng.normal(size=(4, widths[-1]))))
    net.coefs_, net.intercepts_ = [w for w, _ in params], [b for _, b in params]
    return net


@few
@given(seeds, st.integers(1, 5), st.lists(st.integers(1, 5), min_size=3, max_size=5))
def test_mlp_forward_gives_scikit_learns_outputs(rng, n, widths):
    params, x = random_net(rng, widths), rng.normal(size=(n, widths[0]))
    logits, activations = SOLVED["mlp_forward"](x, params)
    close(logits.squeeze(), np.squeeze(scikit_learns_net(params).predict(x)))
    assert [a.shape for a in activations] == [(n, width) for width in widths[:-1]]
    np.testing.assert_array_equal(activations[0], x)
    # Every prefix of the net is a net: its relu'd output is the next layer's input.
    for depth, inputs in enumerate(activations[1:], 1):
        close(inputs, np.maximum(SOLVED["mlp_forward"](x, params[:depth])[0], 0.0))


def test_xor_params_are_xor_to_scikit_learn_too():
    net = scikit_learns_net(SOLVED["xor_params"]())
    np.testing.assert_allclose(net.predict([[0, 0], [0, 1], [1, 0], [1, 1]]), [0, 1, 1, 0], atol=1e-12)


def autograd_net(x, params):
    values = x
    for w, b in params[:-1]:
        values = anp.maximum(anp.dot(values, w) + b, 0.0)
    return anp.dot(values, params[-1][0]) + params[-1][1]


@few
@given(seeds, st.integers(1, 5), st.lists(st.integers(1, 5), min_size=2, max_size=5))
def test_mlp_backward_is_autograds(rng, n, widths):
    params, x, dlogits = random_net(rng, widths), rng.normal(size=(n, widths[0])), rng.normal(size=(n, widths[-1]))
    _, activations = SOLVED["mlp_forward"](x, params)
    wanted = grad(lambda p: anp.sum(dlogits * autograd_net(x, p)))(params)
    for (dw, db), (wanted_dw, wanted_db) in zip(
        SOLVED["mlp_backward"](activations, params, dlogits), wanted, strict=True
    ):
        close(dw, wanted_dw)
        close(db, wanted_db)


@few
@given(st.integers(0, 2**32 - 1))
def test_init_mlp_is_normal_with_hes_deviation(seed):
    widths = [200, 50, 120]
    layers = SOLVED["init_mlp"](widths, np.random.default_rng(seed))
    for fan_in, fan_out, (w, b) in zip(widths[:-1], widths[1:], layers, strict=True):
        assert w.shape == (fan_in, fan_out)
        np.testing.assert_array_equal(b, np.zeros(fan_out))
        # One seed in a million may fall outside by chance.
        assert scipy.stats.kstest(w.ravel(), scipy.stats.norm(scale=(2.0 / fan_in) ** 0.5).cdf).pvalue > 1e-6
    again = SOLVED["init_mlp"](widths, np.random.default_rng(seed))
    np.testing.assert_array_equal(layers[0][0], again[0][0])


@few
@given(seeds, st.integers(1, 7), st.integers(0, 3))
def test_whole_batch_training_follows_autograd(rng, n, epochs):
    params, x, labels = random_net(rng, [3, 4, 2]), rng.normal(size=(n, 3)), rng.integers(0, 2, size=n)

    def mean_loss(p):
        z = autograd_net(x, p)
        return anp.mean(logsumexp(z, axis=1) - z[np.arange(n), labels])

    wanted, losses = params, []
    for _ in range(epochs):
        loss, slopes = value_and_grad(mean_loss)(wanted)
        losses.append(loss)
        wanted = [(w - 0.1 * dw, b - 0.1 * db) for (w, b), (dw, db) in zip(wanted, slopes, strict=True)]
    got, got_losses = SOLVED["train_mlp"](x, labels, params, 0.1, epochs, n, rng)
    close(got_losses, losses)
    for (w, b), (wanted_w, wanted_b) in zip(got, wanted, strict=True):
        close(w, wanted_w)
        close(b, wanted_b)


def autograds_steps(x, labels, params, lr, visits):
    """The params after each batch in turn, and the mean loss over all samples before the first and after each."""

    def mean_loss(p, batch):
        z = autograd_net(x[batch], p)
        return anp.mean(logsumexp(z, axis=1) - z[np.arange(len(batch)), labels[batch]])

    every, reached, losses = np.arange(len(x)), [], [mean_loss(params, np.arange(len(x)))]
    for batch in visits:
        slopes = grad(lambda p, batch=batch: mean_loss(p, batch))(params)
        params = [(w - lr * dw, b - lr * db) for (w, b), (dw, db) in zip(params, slopes, strict=True)]
        reached.append(params)
        losses.append(mean_loss(params, every))
    return reached, losses


def test_the_training_judges_recorded_steps_are_autograds():
    start = training.STEP_FROM
    everybody = [np.arange(4)] * 2
    reached, losses = autograds_steps(training.STEP_X, training.STEP_LABELS, start, training.STEP_RATE, everybody)
    close(losses, training.STEP_LOSSES)
    for got, recorded in zip(reached, training.STEPS_TO, strict=True):
        for one, other in zip(got, recorded, strict=True):
            close(one[0], other[0])
            close(one[1], other[1])


def test_the_training_judges_recorded_pulls_are_autograds_and_tell_batches_apart():
    x, params, _ = batches.rows(15, 2)
    labels, cut = np.zeros(15, dtype=int), np.split(np.arange(15), 5)
    reached, _ = autograds_steps(x, labels, params, batches.PULL_RATE, cut)
    rows = reached[-1][0][0][:, 0]
    close(rows * 3.0 / batches.PULL_RATE, np.repeat(batches.PULLS, 3))
    moves = np.sort(np.divide.outer(batches.PULLS, np.arange(1.0, 6.0)).ravel())
    assert np.min(np.diff(moves) / moves[1:]) > 0.02


def test_the_capstone_reads_more_than_95_percent_of_held_out_digits_in_under_ten_seconds():
    x, labels, x_test, labels_test = digits()
    rng = np.random.default_rng(0)
    began = time.perf_counter()
    params, losses = SOLVED["train_mlp"](x, labels, SOLVED["init_mlp"]([64, 64, 10], rng), 0.3, 40, 16, rng)
    assert time.perf_counter() - began < 10.0
    predicted = scikit_learns_net(params).predict(x_test).argmax(axis=1)
    assert np.mean(predicted == labels_test) >= 0.95
    assert losses[-1] < 0.1 * losses[0]


# --- what every solution does ----------------------------------------------------------------------------------------


def inputs_of_every_kind():
    """One set of float64 arguments for each solution that takes arrays, in whole numbers so that integers say the "
    "same."""
    whole = np.random.default_rng(7)

    def integers(*shape):
        return whole.integers(-3, 4, size=shape).astype(float)

    net = [(integers(3, 4), integers(4)), (integers(4, 2), integers(2))]
    labels = np.array([2, 0, 2, 1])
    _, activations = SOLVED["mlp_forward"](integers(4, 3), net)
    return {
        "mse": (integers(4, 3), integers(4, 3)),
        "mse_gradient": (integers(5), integers(5), 1.0, -2.0),
        "fit_line": (integers(5), integers(5), 0.05, 3),
        "linear": (integers(4, 3), integers(3, 2), integers(2)),
        "relu": (integers(4, 3),),
        "sigmoid": (integers(4, 3),),
        "relu_grad": (integers(4, 3),),
        "sigmoid_grad": (integers(4, 3),),
        "softmax": (integers(4, 3),),
        "cross_entropy": (integers(4, 3), labels),
        "cross_entropy_grad": (integers(4, 3), labels),
        "gaussian_nll": (integers(4, 3), integers(4, 3), integers(4, 3)),
        "relative_error": (integers(4, 3), integers(4, 3)),
        "numerical_gradient": (lambda v: float(np.sum(np.asarray(v) ** 2)), integers(2, 3)),
        "find_the_bug": (integers(4, 2), labels, integers(2, 3), integers(3)),
        "mlp_forward": (integers(4, 3), net),
        "mlp_backward": (activations, net, integers(4, 2)),
        "train_mlp": (integers(4, 3), np.array([1, 0, 1, 1]), net, 0.01, 2, 3, np.random.default_rng(0)),
    }


KINDS = inputs_of_every_kind()
# "Lists are accepted for vectors, tables, logits and labels; not for params, states or image batches."
TAKE_LISTS = [name for name in KINDS if not name.startswith(("mlp_", "train_"))]
PER_ELEMENT_OR_ROW = ("linear", "relu", "sigmoid", "relu_grad", "sigmoid_grad", "softmax", "mlp_forward")


def recast(arguments, change):
    return tuple(change(item) if isinstance(item, np.ndarray) else copy.deepcopy(item) for item in arguments)


def same_answer(name, arguments, rtol=1e-6, atol=1e-9):
    wanted, got = observe(SOLVED[name], KINDS[name]), observe(SOLVED[name], arguments)
    assert not wanted.error and not got.error, f"{got.error}: {got.message}"
    assert wanted.value is not None
    assert first_difference(wanted.value, got.value, rtol, atol) is None


@pytest.mark.parametrize("name", KINDS)
def test_a_solution_leaves_its_arguments_as_they_were(name):
    assert observe(SOLVED[name], KINDS[name]).changed == ()


@pytest.mark.parametrize("name", KINDS)
def test_a_solution_takes_float32(name):
    single = recast(KINDS[name], lambda a: a.astype(np.float32) if a.dtype.kind == "f" else a)
    same_answer(name, single, rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("name", KINDS)
def test_a_solution_takes_integers(name):
    same_answer(name, recast(KINDS[name], lambda a: a.astype(int)))


@pytest.mark.parametrize("name", TAKE_LISTS)
def test_a_solution_takes_lists(name):
    same_answer(name, recast(KINDS[name], lambda a: a.tolist()))


@pytest.mark.parametrize("name", PER_ELEMENT_OR_ROW)
def test_a_batch_of_one_gets_its_row_of_the_answer(name):
    x, *rest = KINDS[name]
    whole, one = (SOLVED[name](batch, *rest) for batch in (x, x[2:3]))
    if name == "mlp_forward":
        whole, one = whole[0], one[0]
    assert one.shape == (1, *whole.shape[1:])
    close(one, whole[2:3])


@pytest.mark.parametrize("name", ["cross_entropy", "cross_entropy_grad", "find_the_bug"])
def test_a_batch_of_one_counts_once(name):
    x, labels, *rest = KINDS[name]
    one = observe(SOLVED[name], (x[:1], labels[:1], *rest))
    twice = observe(SOLVED[name], (np.repeat(x[:1], 2, axis=0), np.repeat(labels[:1], 2), *rest))
    assert one.value is not None and not one.error
    if name == "cross_entropy_grad":
        close(one.value, 2.0 * twice.value[:1])
    else:
        assert first_difference(one.value, twice.value) is None


# --- PyTorch ---------------------------------------------------------------------------------------------------------


RECORDED = entries("mlp")
NAMES = [f"{number}-{entry['name']}" for number, entry in enumerate(RECORDED)]


def our_answer(name, arguments):
    """The solution's answer to a question that was put to torch in torch's words."""
    if name == "mlp_backward":
        x, params, dlogits = arguments
        return SOLVED[name](SOLVED["mlp_forward"](x, params)[1], params, dlogits)
    if name == "train_mlp":
        return SOLVED[name](*arguments, len(arguments[0]), np.random.default_rng(0))
    if name == "he_deviation":
        (w, _), *_ = SOLVED["init_mlp"]([*arguments, 20_000], np.random.default_rng(0))
        return float(w.std())
    return SOLVED[name](*arguments)


def agree(name, torchs, ours):
    # A deviation is estimated from 1.3 million draws; everything else is the same arithmetic.
    rtol = 3e-3 if name == "he_deviation" else 1e-9
    difference = first_difference(torchs, ours, rtol, 1e-12)
    assert difference is None, difference


@pytest.mark.parametrize("entry", RECORDED, ids=NAMES)
def test_a_solution_gives_the_numbers_recorded_from_pytorch(entry):
    arguments = decode(entry["arguments"])
    agree(entry["name"], decode(entry["answer"]), our_answer(entry["name"], arguments))


def test_pytorch_was_asked_about_everything_it_can_answer():
    # It has nothing of its own for these.
    without = {"relative_error", "numerical_gradient", "xor_params", "init_mlp", "slips"}
    assert {entry["name"] for entry in RECORDED} == set(SOLVED) - without | {"he_deviation"}


def test_a_solution_gives_the_numbers_of_the_pytorch_that_is_installed():
    pytest.importorskip("torch", reason="PyTorch is not installed; its recorded numbers were compared")
    ask = recorder("record").answer
    for entry in RECORDED:
        arguments = decode(entry["arguments"])
        live = observe(ask, (entry["name"], arguments))
        assert not live.error, f"{entry['name']}: {live.message}"
        agree(entry["name"], live.value, our_answer(entry["name"], arguments))

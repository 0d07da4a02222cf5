"""Every solution of chapter 4 against somebody else's code: SciPy, scikit-learn, HIPS autograd, PyTorch."""

import autograd.numpy as anp
import numpy as np
import plain_mlp
import pytest
import scipy.ndimage
import scipy.special
import scipy.stats
from autograd import grad
from hypothesis import given, settings
from hypothesis import strategies as st
from recorded import entries, recorder
from sklearn.metrics import recall_score
from sklearn.preprocessing import StandardScaler

from dlbasic.observe import observe
from dlbasic.properties import gap
from dlbasic.table import decode
from dlbasic.values import first_difference
from grader.release.chapter import load_chapter

SOLVED = load_chapter("04_regularization").functions

seeds = st.integers(0, 2**32 - 1).map(np.random.default_rng)
few = settings(max_examples=40, deadline=None)


def close(got, wanted, rtol=1e-9, atol=1e-11):
    np.testing.assert_allclose(got, wanted, rtol=rtol, atol=atol)


def random_params(rng, *sizes):
    return [(rng.normal(size=(n, m)), rng.normal(size=m)) for n, m in zip(sizes[:-1], sizes[1:], strict=True)]


# --- early stopping and penalties ------------------------------------------------------------------------------------


@few
@given(st.lists(st.integers(-4, 4), min_size=1, max_size=15), st.integers(1, 6))
def test_early_stopping_does_what_its_definition_says(losses, patience):
    """The best is the first of the smallest so far (SciPy ranks equals alike); many losses are equal here."""
    stop, best = SOLVED["early_stopping"](np.array(losses, dtype=float), patience)
    so_far = [int(np.flatnonzero(scipy.stats.rankdata(losses[: e + 1], "min") == 1)[0]) for e in range(len(losses))]
    waits = [e - so_far[e] for e in range(len(losses))]
    assert best == so_far[stop]
    assert all(wait < patience for wait in waits[:stop])
    assert waits[stop] >= patience or stop == len(losses) - 1


@few
@given(seeds, st.floats(0.01, 3.0))
def test_the_gradients_of_the_penalty_are_autograds(rng, alpha):
    params = random_params(rng, 3, 4, 2)
    penalty, grads = SOLVED["l2_penalty"](params, alpha)
    close(penalty, 0.5 * alpha * np.linalg.norm(np.concatenate([w.ravel() for w, _ in params])) ** 2)
    for k, (dw, db) in enumerate(grads):

        def of_w(w, k=k):
            return 0.5 * alpha * anp.sum(w**2) + sum(
                0.5 * alpha * np.sum(other**2) for i, (other, _) in enumerate(params) if i != k
            )

        close(dw, grad(of_w)(params[k][0]))
        assert db.shape == params[k][1].shape
        assert not db.any()


@few
@given(seeds, st.floats(0.001, 0.5), st.floats(0.0, 2.0))
def test_a_decay_step_descends_the_sum_of_loss_and_penalty(rng, lr, alpha):
    w, g = rng.normal(size=(2, 3)), rng.normal(size=(2, 3))
    close(
        SOLVED["decay_step"](w, g, lr, alpha), w - lr * grad(lambda v: anp.sum(g * v) + 0.5 * alpha * anp.sum(v**2))(w)
    )


# --- images ----------------------------------------------------------------------------------------------------------


@few
@given(seeds, st.integers(-6, 6), st.integers(-7, 7))
def test_shift_images_is_scipys_shift_of_order_0(rng, dy, dx):
    images = rng.normal(size=(3, 4, 5))
    shifted = [scipy.ndimage.shift(image, (dy, dx), order=0, mode="constant", cval=0.0) for image in images]
    close(SOLVED["shift_images"](images, dy, dx), shifted)


@few
@given(seeds, st.integers(-5, 6), st.integers(-6, 7), st.integers(0, 8))
def test_cutout_is_a_product_with_a_shifted_square(rng, top, left, size):
    """The square is drawn on paper large enough for it, and the image is cut out of the middle of that."""
    images = rng.normal(size=(2, 4, 5))
    paper = np.ones((40, 40))
    paper[16 + top : 16 + top + size, 16 + left : 16 + left + size] = 0.0
    close(SOLVED["cutout"](images, top, left, size), images * paper[16:20, 16:21])


@few
@given(seeds)
def test_flip_report_is_scikit_learns_recall_on_mirrored_images(rng):
    images, labels = rng.integers(0, 10, size=(12, 2, 3)), rng.integers(0, 7, size=12)
    mirrored = np.array([np.fliplr(image) for image in images])

    def predict(batch):
        return (batch[:, 0, 0] + 2 * batch[:, 1, 2]) % 7

    recall = recall_score(labels, predict(mirrored), labels=range(10), average=None, zero_division=0)
    close(SOLVED["flip_report"](predict, images, labels), recall)


@few
@given(seeds, st.integers(-3, 5), st.integers(-3, 6), st.integers(1, 7), st.integers(1, 7))
def test_cutmix_shares_labels_as_it_shares_pixels(rng, top, left, height, width):
    """Every image has one colour, its number, and the label of that number: colours are counted in what comes out."""
    n, order = 4, rng.permutation(4)
    images = np.broadcast_to(np.arange(n, dtype=float)[:, None, None], (n, 4, 5)).copy()
    mixed, y = SOLVED["cutmix"](images, np.eye(n), top, left, height, width, order)
    close(y, [[np.mean(image == colour) for colour in range(n)] for image in mixed])
    inside = np.zeros((40, 40), dtype=bool)
    inside[16 + top : 16 + top + height, 16 + left : 16 + left + width] = True
    close(mixed, np.where(inside[16:20, 16:21], order[:, None, None], images))


@few
@given(seeds, st.floats(0.0, 1.0))
def test_mixup_is_a_stochastic_matrix_applied_to_both(rng, lam):
    order = rng.permutation(5)
    x, y = rng.normal(size=(5, 3)), rng.dirichlet(np.ones(4), size=5)
    mixing = lam * np.eye(5) + (1.0 - lam) * np.eye(5)[order]
    mixed_x, mixed_y = SOLVED["mixup"](x, y, lam, order)
    close(mixed_x, mixing @ x)
    close(mixed_y, mixing @ y)
    close(mixed_y.sum(axis=1), 1.0)


# --- noise and dropout -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sigma", [0.05, 1.0, 4.0])
def test_the_noise_on_weights_is_normal_for_kolmogorov_and_smirnov(sigma):
    rng = np.random.default_rng(8)
    params = random_params(rng, 60, 80, 40)
    for (noisy, b), (w, old) in zip(SOLVED["noisy_weights"](params, sigma, rng), params, strict=True):
        assert scipy.stats.kstest((noisy - w).ravel() / sigma, "norm").pvalue > 0.01
        assert np.array_equal(b, old)


@pytest.mark.parametrize("p", [0.1, 0.5, 0.8])
def test_dropouts_mask_is_binomial_and_its_mean_is_x(p):
    x = np.full((200, 100), 3.0)
    out, mask = SOLVED["dropout"](x, p, np.random.default_rng(6), True)
    assert scipy.stats.binomtest(int((~mask).sum()), mask.size, p).pvalue > 0.01
    assert abs(out.mean() - 3.0) < 5.0 * 3.0 * np.sqrt(p / (1.0 - p) / x.size)


@few
@given(seeds, st.floats(0.0, 0.9))
def test_dropout_backward_is_autograds_gradient_of_dropout(rng, p):
    x, dout = rng.normal(size=(3, 4)), rng.normal(size=(3, 4))
    out, mask = SOLVED["dropout"](x, p, rng, True)
    close(SOLVED["dropout_backward"](dout, mask, p), grad(lambda v: anp.sum(dout * v * mask / (1.0 - p)))(x))
    close(out, x * mask / (1.0 - p))


# --- normalization ---------------------------------------------------------------------------------------------------


@few
@given(seeds, st.integers(2, 7), st.integers(1, 4))
def test_batch_norm_without_eps_is_scikit_learns_scaler(rng, n, d):
    x, gamma, beta = rng.normal(2.0, 3.0, size=(n, d)), rng.normal(size=d), rng.normal(size=d)
    start = {"mean": np.zeros(d), "var": np.ones(d)}
    out, state = SOLVED["batch_norm"](x, gamma, beta, start, True, 1.0, 0.0)
    close(out, gamma * StandardScaler().fit_transform(x) + beta, rtol=1e-7, atol=1e-9)
    close(state["var"], [scipy.stats.tvar(column) for column in x.T])


def test_a_batch_of_one_cannot_be_trained_on_but_can_be_predicted():
    state = {"mean": np.zeros(2), "var": np.ones(2)}
    with pytest.raises(ValueError, match="two samples"):
        SOLVED["batch_norm"](np.ones((1, 2)), np.ones(2), np.zeros(2), state, True, 0.1, 0.01)
    out, _ = SOLVED["batch_norm"](np.ones((1, 2)), np.ones(2), np.zeros(2), state, False, 0.1, 0.0)
    close(out, 1.0)


@few
@given(seeds, st.integers(2, 6), st.integers(1, 4))
def test_batch_norm_backward_is_autograds(rng, n, d):
    x, dout, gamma, eps = rng.normal(size=(n, d)), rng.normal(size=(n, d)), rng.normal(size=d), 0.03

    def total(x, gamma, beta):
        out = gamma * (x - anp.mean(x, axis=0)) / anp.sqrt(anp.var(x, axis=0) + eps) + beta
        return anp.sum(dout * out)

    wanted = [grad(total, place)(x, gamma, np.zeros(d)) for place in range(3)]
    for one, other in zip(SOLVED["batch_norm_backward"](dout, x, gamma, eps), wanted, strict=True):
        close(one, other)


@few
@given(seeds, st.sampled_from([1, 2, 3, 6]))
def test_a_group_norm_leaves_every_group_with_mean_0_and_variance_1(rng, groups):
    x = rng.normal(3.0, 2.0, size=(2, 6, 3, 2))
    out = SOLVED["group_norm"](x, np.ones(6), np.zeros(6), groups, 0.0)
    for sample in out:
        for part in np.split(sample, groups):
            described = scipy.stats.describe(part, axis=None, ddof=0)
            close((described.mean, described.variance), (0.0, 1.0), atol=1e-9)
    if groups == 1:
        close(out, SOLVED["layer_norm"](x, np.ones(6), np.zeros(6), 0.0))


# --- PyTorch ---------------------------------------------------------------------------------------------------------

RECORDED = entries("regularization")
NAMES = [f"{number}-{entry['name']}" for number, entry in enumerate(RECORDED)]


def ours(name, arguments):
    """The solution's answer to a question that was put to torch in torch's words."""
    if name == "running_statistics":
        batches, momentum = arguments
        d = batches[0].shape[1]
        state = {"mean": np.zeros(d), "var": np.ones(d)}
        for batch in batches:
            _, state = SOLVED["batch_norm"](batch, np.ones(d), np.zeros(d), state, True, momentum, 1e-5)
        return state
    if name == "instance_norm":
        x, gamma, beta, eps = arguments
        return SOLVED["group_norm"](x, gamma, beta, x.shape[1], eps)
    if name == "smoothed_loss":
        logits, labels, eps = arguments
        targets = SOLVED["smooth_labels"](labels, logits.shape[1], eps)
        loss = -np.mean(np.sum(targets * scipy.special.log_softmax(logits, axis=1), axis=1))
        return float(loss), (scipy.special.softmax(logits, axis=1) - targets) / len(logits)
    return SOLVED[name](*arguments)


def agree(entry, torchs):
    name, arguments = entry["name"], decode(entry["arguments"])
    if name == "dropout_backward":
        _, x, dout, p = arguments
        out, gradient = torchs
        close(SOLVED[name](dout, out != 0, p), gradient)
        close(out[out != 0], (x / (1.0 - p))[out != 0])
        return
    difference = first_difference(torchs, ours(name, arguments), 1e-9, 1e-11)
    assert difference is None, difference


@pytest.mark.parametrize("entry", RECORDED, ids=NAMES)
def test_a_solution_gives_the_numbers_recorded_from_pytorch(entry):
    agree(entry, decode(entry["answer"]))


def test_pytorch_was_asked_about_everything_it_has_a_layer_for():
    asked = {entry["name"] for entry in RECORDED}
    assert {name for name in SOLVED if "norm" in name or name in ("decay_step", "dropout_backward")} <= asked
    assert {"smoothed_loss", "running_statistics", "instance_norm"} <= asked


def test_a_solution_gives_the_numbers_of_the_pytorch_that_is_installed():
    pytest.importorskip("torch", reason="PyTorch is not installed; its recorded numbers were compared")
    ask = recorder("record_regularization").answer
    for entry in RECORDED:
        live = observe(ask, (entry["name"], decode(entry["arguments"])))
        assert not live.error, f"{entry['name']}: {live.message}"
        agree(entry, live.value)


# --- the capstone's numbers ------------------------------------------------------------------------------------------


def test_the_draws_are_digits_that_share_no_image():
    x, labels, x_val, labels_val, rest, labels_rest = gap.draw_of_digits(0)
    assert (x.shape, x_val.shape, rest.shape) == ((200, 64), (100, 64), (1497, 64))
    assert (len(labels), len(labels_val), len(labels_rest)) == (200, 100, 1497)
    drawn = np.concatenate([x, x_val, rest])
    every = np.concatenate([parts for parts in gap.draw_of_digits(1)[::2]])
    assert np.array_equal(np.unique(drawn, axis=0), np.unique(every, axis=0))
    assert 0.0 <= drawn.min() < drawn.max() <= 1.0


def test_the_plain_mlps_accuracies_are_what_its_script_measures():
    measured = plain_mlp.measure(0, 4)
    assert abs(measured.mean() - gap.PLAIN[0]) < 0.006, "0.004 is the deviation of one initialization"


def test_the_plain_mlp_is_trained_to_convergence():
    x, labels, *_ = gap.draw_of_digits(0)
    net = plain_mlp.train_plain(x, labels, np.random.default_rng(0))
    assert gap.accuracy(net, x, labels) == 1.0
    (w1, b1), (w2, b2) = net
    logits = np.maximum(x @ w1 + b1, 0.0) @ w2 + b2
    losses = -scipy.special.log_softmax(logits, axis=1)[np.arange(len(x)), labels]
    assert losses.mean() < 0.01

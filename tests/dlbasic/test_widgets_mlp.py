"""Chapter 2's interactive figures, driven from Python: what they say is true, and what goes wrong is told."""

from __future__ import annotations

import itertools
import time
from statistics import median

import numpy as np
import pytest
from learners.mlp import (
    EXPLORED,
    MLP,
    X,
    Y,
    cross_entropy_grad,
    init_mlp,
    mlp_backward,
    mlp_forward,
    predict,
    relu,
    relu_grad,
    softmax,
)
from scipy.special import expit
from scipy.special import softmax as scipy_softmax
from told import numbers

from dlbasic import activation_explorer, descent, digit_viewer, digits, fit_by_hand, playground, softmax_explorer
from dlbasic.session import LANGUAGES
from dlbasic.widgets import film
from dlbasic.widgets.clouds import CLOUDS, cloud


def shaky_softmax(logits):
    return np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)


def stable(x) -> float:
    """2 / lambda_max of the mean squared error of a line, from the singular values of its design."""
    return len(x) / np.linalg.norm(np.stack([x, np.ones_like(x)]), 2) ** 2


def test_a_line_fitted_by_hand_is_told_its_loss_and_how_far_it_is_from_the_best():
    panel = fit_by_hand(X, Y)
    panel.controls["w"].value, panel.controls["b"].value = 0.5, -1.0
    w, b, loss, gap = numbers(panel.picture.state)
    assert (w, b) == (0.5, -1.0)
    assert loss == pytest.approx(np.var(Y - 0.5 * X + 1) + np.mean(Y - 0.5 * X + 1) ** 2, rel=5e-3)
    best = np.polyfit(X, Y, 1, full=True)[1][0] / len(X)
    assert gap == pytest.approx(loss - best, rel=1e-2)
    assert panel.picture.mood == "plain"


def test_the_best_line_can_be_reached_with_the_sliders_and_is_recognised():
    panel = fit_by_hand(X, Y)
    for name, best in zip("wb", np.polyfit(X, Y, 1), strict=True):
        slider = panel.controls[name]
        slider.value = slider.min + slider.step * round((best - slider.min) / slider.step)
    assert panel.picture.mood == "good" and "you are there" in panel.picture.state


def test_points_on_one_line_and_points_of_one_height_can_be_drawn():
    for y in (2 * X + 1, np.zeros_like(X), np.full_like(X, 3.0)):
        assert fit_by_hand(X, y).picture.png and descent(X, y).picture.png


def test_descent_tells_where_it_arrived_and_keeps_the_limit_for_the_learner_to_find():
    panel = descent(X, Y)
    panel.controls["rate"].value, panel.controls["steps"].value = 0.05, 3
    steps, rate, w, b, loss, bottom = numbers(panel.picture.state)
    design = np.stack([X, np.ones_like(X)], axis=1)
    place = np.zeros(2)
    for _ in range(3):
        place = place - 0.05 * 2 / len(X) * design.T @ (design @ place - Y)
    assert (steps, rate) == (3, 0.05)
    np.testing.assert_allclose([w, b], place, rtol=5e-3)
    assert loss == pytest.approx(np.mean((design @ place - Y) ** 2), rel=5e-3)
    assert bottom == pytest.approx(np.polyfit(X, Y, 1, full=True)[1][0] / len(X), rel=5e-3)


def test_descent_says_when_it_blows_up():
    panel = descent(X, Y)
    limit = stable(X)
    assert panel.picture.mood == "plain"
    panel.controls["steps"].value = 60
    panel.controls["rate"].value = 1.2 * limit
    assert panel.picture.mood == "alarm" and panel.picture.state.startswith("Diverged:")
    rate, told, steps, loss, first = numbers(panel.picture.state)
    assert told == pytest.approx(limit, rel=5e-3) and rate > limit
    assert steps == 60 and loss > 1e6 and first == pytest.approx(np.mean(Y**2), rel=5e-3)
    panel.controls["rate"].value = 0.9 * limit
    assert panel.picture.mood == "plain"


def test_descent_says_when_it_is_going_to_blow_up():
    # Far from the start along the flat direction: at first that gains more than the steep one loses.
    panel = descent(X, Y + 4)
    limit = stable(X)
    panel.controls["rate"].value, panel.controls["steps"].value = 1.02 * limit, 2
    assert panel.picture.mood == "alarm" and panel.picture.state.startswith("Diverging:")
    _, _, steps, loss, first = numbers(panel.picture.state)
    assert steps == 2 and loss < first == pytest.approx(np.mean((Y + 4) ** 2), rel=5e-3)
    panel.controls["steps"].value = 100
    assert panel.picture.state.startswith("Diverged:")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("times", [1.02, 1.2, 2.5])
def test_divergence_is_told_briefly_however_large_the_numbers_are(times, language, monkeypatch):
    monkeypatch.setenv("DLBASIC_LANG", language)
    panel = descent(1e3 * X, 1e5 * Y)
    panel.controls["rate"].value = times * stable(1e3 * X)
    for steps in (1, 5, 100):
        panel.controls["steps"].value = steps
        assert panel.picture.mood == "alarm" and 10 < len(panel.picture.state) <= 200


def test_a_right_gradient_agrees_with_the_curve_everywhere_and_the_kink_is_no_mistake():
    panel = activation_explorer(EXPLORED)
    kinks = 0
    for name, z in itertools.product(EXPLORED, np.arange(-6, 6.01, 0.5)):
        panel.controls["function"].value, panel.controls["z"].value = name, z
        assert panel.picture.mood == "plain", panel.picture.state
        kinks += "kink" in panel.picture.state
    assert kinks == 1
    panel.controls["z"].value = 1.5
    z, value, slope = numbers(panel.picture.state)
    assert (z, value, slope) == pytest.approx((1.5, expit(1.5), expit(1.5) * (1 - expit(1.5))), rel=5e-3)


def test_a_wrong_slope_is_contradicted_by_the_measured_one():
    panel = activation_explorer({"sigmoid": (expit, lambda z: z * (1 - z))})
    panel.controls["z"].value = 2.0
    assert panel.picture.mood == "alarm"
    z, claimed, measured = numbers(panel.picture.state)
    assert (z, claimed, measured) == pytest.approx((2, -2, expit(2.0) * expit(-2.0)), rel=5e-3)
    assert "sigmoid_grad(2)" in panel.picture.state


def test_values_that_are_not_finite_are_told():
    panel = activation_explorer({"odd": (lambda z: np.where(z > 0, np.inf, z), relu_grad)})
    assert panel.picture.mood == "alarm" and "not a finite number" in panel.picture.state


def test_softmax_is_told_its_probabilities_and_that_a_shift_changes_nothing():
    panel = softmax_explorer(softmax)
    panel.controls["z1"].value, panel.controls["z2"].value, panel.controls["z3"].value = 0.5, -2.0, 3.0
    np.testing.assert_allclose(
        numbers(panel.picture.state), [*scipy_softmax([0.5, -2, 3]), 1], rtol=5e-3
    )
    unshifted = numbers(panel.picture.state)
    panel.controls["shift"].value = -1000
    assert numbers(panel.picture.state) == [*unshifted, -1000]
    assert "changed nothing" in panel.picture.state and panel.picture.mood == "plain"


@pytest.mark.parametrize(
    ("function", "shift", "said"),
    [
        (shaky_softmax, 1000, "Not stable"),
        (shaky_softmax, 0, "their sum is 1"),
        (np.exp, 0, "no probabilities"),
        (lambda z: np.abs(z) / np.abs(z).sum(), 100, "changed the probabilities by up to"),
        (lambda z: softmax(z)[0], 0, "returned an array of shape (3,)"),
        (lambda z: None, 0, "returned None"),
        (lambda z: ["a", "b"], 0, "an array of shape (1, 3) is needed"),
        (None, 0, "not callable"),
    ],
)
def test_a_softmax_that_goes_wrong_is_told_how(function, shift, said):
    panel = softmax_explorer(function)
    panel.controls["shift"].value = shift
    assert said in panel.picture.state
    assert panel.picture.mood == ("plain" if "sum is 1" in said else "alarm")


def test_the_stub_is_named_even_when_a_finished_function_calls_it():
    namespace = {}
    exec("def relu(z):\n    raise NotImplementedError\ndef mlp_forward(x, params):\n    return relu(x)", namespace)
    panel = playground(init_mlp, namespace["mlp_forward"], mlp_backward, cross_entropy_grad)
    assert panel.picture.state.startswith("relu is not written yet")


@pytest.mark.parametrize("name", CLOUDS)
def test_no_straight_line_separates_the_clouds_but_a_few_hidden_units_do(name):
    from sklearn.linear_model import LogisticRegression

    x, labels = cloud(name)
    assert np.bincount(labels).tolist() == [60, 60] and np.abs(x).max() < 2
    assert LogisticRegression().fit(x, labels).score(x, labels) < 0.95
    panel = playground(*MLP)
    panel.controls["data"].value, panel.controls["hidden"].value = name, 8
    assert numbers(panel.picture.state)[3] >= 118


def test_the_playground_counts_right_points_as_the_network_at_that_step_does(monkeypatch):
    panel = playground(*MLP)
    panel.controls["data"].value, panel.controls["hidden"].value = "rings", 3
    x, labels = cloud("rings")
    # The same training, one layer at a time with derivatives written out, up to step 40.
    (w1, b1), (w2, b2) = init_mlp([2, 3, 2], np.random.default_rng(film.SEED))
    for _ in range(40):
        h = np.maximum(0, x @ w1 + b1)
        d = scipy_softmax(h @ w2 + b2, axis=1)
        d[range(120), labels] -= 1
        d /= 120
        dh = (d @ w2.T) * np.sign(h)
        w1, b1, w2, b2 = (
            w1 - film.RATE * x.T @ dh,
            b1 - film.RATE * dh.sum(0),
            w2 - film.RATE * h.T @ d,
            b2 - film.RATE * d.sum(0),
        )
    right = int(((np.maximum(0, x @ w1 + b1) @ w2 + b2).argmax(1) == labels).sum())
    panel.controls["step"].value = 40
    assert numbers(panel.picture.state)[:5] == [3, 40, film.STEPS, right, 120]
    assert f"{120 - right} are on the wrong side" in panel.picture.alt


def test_the_playground_trains_within_half_a_second_and_once_for_each_choice():
    panel, taken = playground(*MLP), []
    for hidden in (1, 6, 11, 16):
        start = time.perf_counter()
        panel.controls["hidden"].value = hidden
        taken.append(time.perf_counter() - start)
    print(f"\nplayground: median {1000 * median(taken):.0f} ms to train and draw anew")
    assert median(taken) < 0.5
    pictures = {}
    for hidden in (1, 6, 1):
        panel.controls["hidden"].value = hidden
        pictures.setdefault(hidden, panel.picture.png)
        assert panel.picture.png == pictures[hidden]


def test_slow_functions_are_cut_short_and_told_so(monkeypatch):
    monkeypatch.setattr(film, "SECONDS", 0.0)
    panel = playground(*MLP)
    assert "Training stopped after 0 steps" in panel.picture.state and len(panel.picture.state) <= 200


@pytest.mark.parametrize(
    ("functions", "said"),
    [
        ((init_mlp, lambda x, p: mlp_forward(x, p)[0], mlp_backward, cross_entropy_grad), "mlp_forward returned"),
        ((lambda s, r: init_mlp([*s[:-1], 3], r), mlp_forward, mlp_backward, cross_entropy_grad), "init_mlp returned"),
        ((lambda s, r: None, mlp_forward, mlp_backward, cross_entropy_grad), "init_mlp returned None"),
        ((*MLP[:2], lambda *a: mlp_backward(*a)[::-1], cross_entropy_grad), "mlp_backward returned"),
        ((*MLP[:2], mlp_backward, lambda z, t: 1e200 * z), "no longer finite numbers"),
    ],
)
def test_a_network_that_cannot_be_trained_says_which_function_is_to_blame(functions, said):
    panel = playground(*functions)
    assert said in panel.picture.state and panel.picture.mood == "alarm" and len(panel.picture.state) <= 200


def test_the_viewer_says_right_and_wrong_as_the_labels_do():
    panel = digit_viewer(predict)
    _, _, x, labels = digits()
    p = predict(x)
    hits = int((p.argmax(1) == labels).sum())
    assert 0 < hits < len(x)
    for i in (0, int(np.argmax(p.argmax(1) != labels))):
        panel.controls["digit"].value = i + 1
        right = p[i].argmax() == labels[i]
        assert panel.picture.mood == ("good" if right else "alarm")
        assert f": {'right' if right else 'wrong'}." in panel.picture.state
        told = numbers(panel.picture.state)
        assert told[:3] == [i + 1, len(x), labels[i]] and told[-3:-1] == [hits, len(x)]
        if not right:
            assert told[3:6] == pytest.approx([p[i, labels[i]], p[i].argmax(), p[i].max()], abs=5.1e-3)


def test_only_mistakes_shows_every_mistake_and_nothing_else():
    panel = digit_viewer(predict)
    _, _, x, labels = digits()
    wrong = int((predict(x).argmax(1) != labels).sum())
    panel.controls["digit"].value = 300
    panel.controls["mistakes"].value = True
    assert panel.controls["digit"].max == wrong
    for place in range(1, wrong + 1):
        panel.controls["digit"].value = place
        assert f"Digit {place} of {wrong}: wrong" in panel.picture.state
    panel.controls["mistakes"].value = False
    assert panel.controls["digit"].max == len(x)


def test_a_classifier_without_mistakes_is_congratulated():
    _, _, x, labels = digits()
    panel = digit_viewer(lambda images: np.eye(10)[labels])
    panel.controls["mistakes"].value = True
    assert "There are no mistakes" in panel.picture.state and panel.picture.mood == "good"


def test_logits_and_labels_in_place_of_probabilities_are_told_apart():
    logits = digit_viewer(lambda x: 100 * predict(x))
    assert "If these are logits" in logits.picture.state and logits.picture.mood == "alarm"
    labels = digit_viewer(lambda x: predict(x).argmax(1))
    assert "shape (359,)" in labels.picture.state and labels.picture.mood == "alarm"


@pytest.mark.parametrize("functions", [{}, {"relu": relu}, [relu], {"relu": (relu, 3)}])
def test_an_explorer_without_pairs_of_functions_says_what_it_needs(functions):
    with pytest.raises(ValueError, match="must map names"):
        activation_explorer(functions)

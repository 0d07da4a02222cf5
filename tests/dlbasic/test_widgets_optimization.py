"""Chapter 3's interactive figures, driven from Python: what they say is true, against independent oracles."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from learners.optimization import SEVEN, gd_step, momentum_step
from scipy.special import log_softmax
from told import numbers

from dlbasic import degree_explorer, digits, lr_explorer, optimizer_race, sharpness_explorer
from dlbasic.figures import stability
from dlbasic.session import LANGUAGES
from dlbasic.widgets import hills, sharp, walk
from dlbasic.widgets.curves import DEGREES, Curves, Parts, truth

ASSETS = Path(__file__).parents[2] / "assets"


# degree_explorer


@pytest.mark.parametrize("degree", [0, 3, 12])
def test_the_fits_are_those_of_polyfit(degree):
    curves = Curves.drawn()
    for number in (0, 7):
        expected = np.polynomial.Polynomial.fit(curves.x, curves.targets(number, 0.3), degree)(curves.grid)
        np.testing.assert_allclose(curves.fits(degree, 0.3)[number], expected, rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("strength", [0.0, 0.35, 0.8])
def test_bias_variance_and_the_error_are_what_the_fits_say(strength):
    curves = Curves.drawn()
    split, measured = Parts(curves).at(strength)
    for degree in range(DEGREES):
        fits, wanted = curves.fits(degree, strength), truth(curves.grid)
        assert split[0, degree] == pytest.approx(np.mean((wanted - np.mean(fits, 0)) ** 2), abs=1e-12)
        assert split[1, degree] == pytest.approx(np.mean(np.var(fits, 0)), abs=1e-12)
        fresh = wanted + strength * curves.fresh
        assert measured[degree] == pytest.approx(np.mean((fresh - fits) ** 2), abs=1e-12)
    np.testing.assert_allclose(split[2], strength**2)
    np.testing.assert_allclose(split[3], split[:3].sum(0))


def test_the_identity_holds_to_within_the_error_of_sampling():
    curves = Curves.drawn()
    split, measured = Parts(curves).at(0.5)
    for degree in range(DEGREES):
        # Data sets are independent: the error of a mean over them shrinks with the root of their number.
        each = np.mean((truth(curves.grid) + 0.5 * curves.fresh - curves.fits(degree, 0.5)) ** 2, axis=1)
        assert abs(measured[degree] - split[3, degree]) < 4 * each.std() / len(each) ** 0.5


def test_variance_is_the_one_that_theory_gives_for_least_squares():
    curves = Curves.drawn()
    split, _ = Parts(curves).at(0.4)
    for degree in (1, 5, 9):
        # var f(x) = s² |row of the hat matrix|², from the pseudo-inverse of the monomials.
        hat = np.vander(curves.grid, degree + 1) @ np.linalg.pinv(np.vander(curves.x, degree + 1))
        assert split[1, degree] == pytest.approx(0.16 * np.mean((hat**2).sum(1)), rel=0.1)


def test_the_degree_is_told_its_parts_and_more_noise_favours_simpler_models():
    panel = degree_explorer()
    panel.controls["degree"].value, panel.controls["noise"].value = 7, 0.5
    degree, bias2, variance, noise, total, measured, gap = numbers(panel.picture.state)
    assert (degree, noise) == (7, 0.25)
    assert total == pytest.approx(bias2 + variance + noise, rel=5e-3)
    assert abs(measured - total) == pytest.approx(gap, abs=2e-3)
    parts = Parts(Curves.drawn())
    best = [int(np.argmin(parts.at(strength)[0][3])) for strength in (0.05, 0.8)]
    assert best[0] > best[1] > 2


# lr_explorer


@pytest.mark.parametrize("rate", [0.3, 1.0, 2.5, 3.9])
@pytest.mark.parametrize("momentum", [0.0, 0.3, 0.9])
def test_the_map_gives_the_spectral_radius_of_the_recurrence(rate, momentum):
    radii = []
    for curvature in (0.05, 1.0):
        companion = [[1 + momentum - rate * curvature, -momentum], [1.0, 0.0]]
        radii.append(np.abs(np.linalg.eigvals(companion)).max())
    assert stability.shrinkage(rate, momentum, (0.05, 1.0)) == pytest.approx(max(radii), rel=1e-6)


def test_the_star_is_the_fastest_point_of_the_map():
    rates, momenta = np.meshgrid(np.linspace(0.01, 4.2, 420), np.linspace(0, 0.99, 199))
    for curvatures in ((0.05, 1.0), (0.01, 1.0)):
        found = stability.shrinkage(rates, momenta, curvatures).min()
        star = stability.shrinkage(*stability.best(curvatures), curvatures)
        assert star <= found + 1e-9 and found < star + 0.02


def test_critical_damping_is_where_complex_roots_begin():
    for rate, curvature in ((0.5, 1.0), (2.0, 0.1)):
        line = stability.critical(np.array(rate), curvature)
        for momentum, complex_roots in ((line - 1e-3, False), (line + 1e-3, True)):
            roots = np.roots([1.0, -(1 + momentum - rate * curvature), momentum])
            assert np.iscomplexobj(roots) == complex_roots


def test_the_walks_arrive_where_torch_says_they_do():
    torch_like = np.array([-2.4, 1.6])  # PyTorch's SGD: buf = momentum buf + g, w = w - lr buf
    place, buffer, plain = torch_like.copy(), np.zeros(2), torch_like.copy()
    for _ in range(60):
        buffer = 0.6 * buffer + np.array([0.05, 1.0]) * place
        place = place - 1.5 * buffer
        plain = plain - 1.5 * np.array([0.05, 1.0]) * plain
    panel = lr_explorer(gd_step, momentum_step)
    panel.controls["condition"].value, panel.controls["rate"].value = 20.0, 1.5
    panel.controls["momentum"].value = 0.6
    steps, gd, momentum, factor, best = numbers(panel.picture.state)
    assert steps == 60
    assert (gd, momentum) == pytest.approx((np.linalg.norm(plain), np.linalg.norm(place)), rel=5e-3)
    assert factor < 1 and factor > best and panel.picture.mood == "plain"


@pytest.mark.parametrize(
    ("rate", "momentum", "lost"),
    [(1.96, 0.0, ""), (2.04, 0.6, "gd"), (3.0, 0.6, "gd"), (3.3, 0.6, "gd, momentum"), (4.2, 0.98, "gd, momentum")],
)
def test_divergence_is_told_exactly_where_theory_puts_it(rate, momentum, lost):
    panel = lr_explorer(gd_step, momentum_step)
    panel.controls["rate"].value, panel.controls["momentum"].value = rate, momentum
    assert panel.picture.state.startswith(f"Diverged: {lost}." if lost else "After 60 steps")
    assert panel.picture.mood == ("alarm" if lost else "plain")


def test_without_momentum_both_walks_are_the_same():
    panel = lr_explorer(gd_step, momentum_step)
    panel.controls["momentum"].value = 0.0
    _, gd, momentum, *_ = numbers(panel.picture.state)
    assert gd == momentum > 0


def test_a_step_the_wrong_way_is_contradicted_by_the_map():
    def gd_step(w, g, lr):
        return w + lr * g

    panel = lr_explorer(gd_step, momentum_step)
    assert panel.picture.mood == "alarm" and "gd_step does not move as the map says" in panel.picture.state
    assert numbers(panel.picture.state) == [0.95]


# optimizer_race


HEIGHTS = {
    "Rosenbrock": lambda p: (1 - p[0]) ** 2 + 100 * (p[1] - p[0] ** 2) ** 2,
    "Beale": lambda p: sum((c - p[0] + p[0] * p[1] ** (i + 1)) ** 2 for i, c in enumerate((1.5, 2.25, 2.625))),
    "saddle": lambda p: p[0] ** 2 / 2 - p[1] ** 2 / 2 + p[1] ** 4 / 4,
    "quadratic": lambda p: 0.5 * anp.dot(p, anp.dot(anp.array([[0.8, -0.6], [0.6, 0.8]]) * anp.array([1.0, 30.0]),
                                                    anp.dot(anp.array([[0.8, 0.6], [-0.6, 0.8]]), p))),
}  # fmt: skip


@pytest.mark.parametrize("name", HEIGHTS)
def test_a_surface_has_the_gradient_that_autograd_gives_and_minima_where_it_vanishes(name):
    hill, rng = hills.hill(name, 30.0), np.random.default_rng(0)
    for _ in range(5):
        place = rng.uniform(-2, 2, 2)
        assert hill.height(*place) == pytest.approx(HEIGHTS[name](place), rel=1e-9)
        np.testing.assert_allclose(hill.slope(place), autograd.grad(HEIGHTS[name])(place), rtol=1e-9)
    for place in hill.minima:
        np.testing.assert_allclose(hill.slope(place), 0.0, atol=1e-12)
        assert np.linalg.eigvalsh(autograd.hessian(HEIGHTS[name])(place)).min() > 0
        assert hill.distance(place + [0.03, 0.04]) == pytest.approx(0.05)


def test_the_noisy_surface_is_wrong_by_the_same_amount_for_everyone_and_right_on_average():
    hill = hills.hill("noisy quadratic", 30.0)
    errors = hill.errors(200)
    np.testing.assert_array_equal(errors, hill.errors(200))
    assert errors.std() == pytest.approx(hill.noise, rel=0.15) and abs(errors.mean()) < 3 * hill.noise / 400**0.5
    same = [walk.Walk("gd", gd_step, {"lr": 0.01}, hill, np.ones(2), stateful=False).to(20) for _ in range(2)]
    np.testing.assert_array_equal(*same)


def test_every_racer_is_told_how_far_it_has_to_go():
    panel = optimizer_race(SEVEN)
    told = dict(re.findall(r"(\w+) (\d[\d.e+-]*\d|\d)(?=[,.])", panel.picture.state.partition(": ")[2]))
    assert set(told) == set(SEVEN)
    matrix = np.array([[0.8, -0.6], [0.6, 0.8]]) @ np.diag([1.0, 30.0]) @ np.array([[0.8, 0.6], [-0.6, 0.8]])
    for name, (step, values) in SEVEN.items():
        w, state = np.array([-2.0, 2.0]), {}
        for _ in range(40):
            if name == "gd":
                w = step(w, matrix @ w, **values)
            else:
                slope = (lambda p: matrix @ p) if name == "nesterov" else matrix @ w
                w, state = step(w, slope, state, **values)
        assert float(told[name]) == pytest.approx(np.linalg.norm(w), rel=0.06), name
    order = [float(value) for value in told.values()]
    assert order == sorted(order)


def test_the_rate_of_all_is_multiplied_and_the_one_that_has_none_stays():
    panel = optimizer_race(SEVEN)
    before = panel.picture.state
    panel.controls["times"].value = 3.0
    after = panel.picture.state
    assert re.search(r"adadelta [\d.e-]+", before).group() == re.search(r"adadelta [\d.e-]+", after).group()
    assert re.search(r"rmsprop [\d.e-]+", before).group() != re.search(r"rmsprop [\d.e-]+", after).group()
    assert "Diverged: gd, nesterov." in after and panel.picture.mood == "alarm"
    assert "diverged" not in before


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_others_still_run_beside_a_stub_and_a_crash(language, monkeypatch):
    monkeypatch.setenv("DLBASIC_LANG", language)

    def adam_step(w, g, state, lr, beta1, beta2, eps):
        raise NotImplementedError

    mixed = {**SEVEN, "adam": (adam_step, SEVEN["adam"][1]), "rmsprop": (lambda *a, **k: {}["x"], {})}
    mixed["adagrad"] = (lambda w, g, state, lr, eps: w, SEVEN["adagrad"][1])
    panel = optimizer_race(mixed)
    stub, crash, odd = {
        "en": ("Not written yet: adam.", "Crashed: rmsprop.", "Unusable result: adagrad."),
        "ko": ("아직 작성하지 않음: adam.", "오류: rmsprop.", "쓸 수 없는 반환값: adagrad."),
    }[language]
    state = panel.picture.state
    assert stub in state and crash in state and odd in state and panel.picture.mood == "alarm"
    assert re.search(r"momentum 0\.0", state) and len(state) <= 200


def test_a_race_of_stubs_only_says_so():
    def stub(*args, **values):
        raise NotImplementedError

    panel = optimizer_race({name: (stub, values) for name, (_, values) in SEVEN.items()})
    assert "nobody is under way" in panel.picture.state and "adam" in panel.picture.state
    assert len(panel.picture.state) <= 200 and panel.picture.png


def test_a_function_that_changes_its_arguments_spoils_nobodys_path():
    def in_place(w, g, lr):
        w -= lr * g
        return w

    spoiled = optimizer_race({**SEVEN, "gd": (in_place, SEVEN["gd"][1])})
    assert spoiled.picture.png == optimizer_race(SEVEN).picture.png


def test_a_new_surface_brings_its_own_start_within_its_window():
    panel = optimizer_race(SEVEN)
    for name in [*hills.NAMES, *hills.NAMES[::-1]]:
        panel.controls["surface"].value = name
        hill = hills.hill(name, 30.0)
        sliders = [panel.controls[axis] for axis in "xy"]
        assert tuple(slider.value for slider in sliders) == pytest.approx(hill.start)
        assert [(s.min, s.max) for s in sliders] == [hill.window[:2], hill.window[2:]]
    panel.controls["surface"].value = "saddle"
    panel.controls["y"].value, panel.controls["steps"].value = 0.0, 200
    assert re.search(r"momentum 1\b", panel.picture.state), "on the ridge the gradient never points to a minimum"


def test_slow_optimizers_are_stopped_and_told_so(monkeypatch):
    monkeypatch.setattr(walk, "SECONDS", 0.0)
    panel = optimizer_race({"gd": SEVEN["gd"]})
    assert "Too slow to finish: gd." in panel.picture.state


def test_no_entry_of_another_shape_is_taken():
    for wrong in ({}, [gd_step], {"gd": gd_step}, {"gd": (gd_step, 0.1)}):
        with pytest.raises(ValueError, match="hyper-parameters"):
            optimizer_race(wrong)


# sharpness_explorer and its recorded runs


@pytest.fixture(scope="module")
def runs():
    return sharp.recorded()


@pytest.fixture(scope="module")
def maker():
    spec = importlib.util.spec_from_file_location("make_sharpness", ASSETS / "sharpness" / "make_sharpness.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measured(weights, factor, x, labels, radius, count, seed):
    """Mean rise of the cross-entropy, with scipy's softmax and matrices instead of one vector."""
    w1, b1 = weights[: 64 * 16].reshape(64, 16), weights[1024:1040]
    w2, b2 = weights[1040:1200].reshape(16, 10), weights[1200:]

    def loss(w1, b1, w2, b2):
        scores = np.einsum("nh,hk->nk", np.clip(np.einsum("nd,dh->nh", x, w1) + b1, 0, None), w2) + b2
        return -log_softmax(scores, axis=1)[range(len(labels)), labels].mean()

    net = factor * w1, factor * b1, w2 / factor, b2
    rises = []
    for step in np.random.default_rng(int(seed)).normal(size=(int(count), len(weights))):
        step = step * radius / np.sqrt(np.sum(step**2))
        d = step[:1024].reshape(64, 16), step[1024:1040], step[1040:1200].reshape(16, 10), step[1200:]
        rises.append(loss(*(a + b for a, b in zip(net, d, strict=True))) - loss(*net))
    return np.mean(rises), loss(*net)


@pytest.mark.parametrize(("look", "row", "place"), [(0, 0, 12), (2, 0, 12), (2, 0, 20), (2, 4, 12), (1, 3, 0)])
def test_the_recorded_sharpness_is_what_the_stored_weights_give(runs, look, row, place):
    x, labels, x_test, labels_test = digits()
    weights = runs["weights"][look, row].astype(float)
    rise, loss = measured(weights, runs["factors"][place], x, labels, *runs["measure"])
    assert rise == pytest.approx(runs["sharpness"][look, row, 0, place], rel=1e-4)
    assert loss == pytest.approx(runs["training_loss"][look, row, 0], rel=1e-4)
    hidden = np.maximum(x_test @ weights[:1024].reshape(64, 16) + weights[1024:1040], 0)
    guesses = np.argmax(hidden @ weights[1040:1200].reshape(16, 10) + weights[1200:], axis=1)
    assert np.mean(guesses == labels_test) == pytest.approx(runs["accuracy"][look, row, 0])


def test_training_one_run_again_gives_the_stored_weights(runs, maker):
    x, labels, *_ = digits()
    row = list(runs["batches"]).index(16)
    for look, (weights, steps) in enumerate(maker.looks(16, 0, x, labels)):
        assert steps == pytest.approx(runs["steps"][look, row, 0], rel=0.02)
        np.testing.assert_allclose(weights, runs["weights"][look, row], rtol=0.02, atol=0.02)


def test_the_script_and_the_file_agree_on_what_was_done(runs, maker):
    assert tuple(runs["batches"]) == maker.BATCHES and runs["sharpness"].shape[2] == maker.SEEDS
    np.testing.assert_array_equal(runs["factors"], maker.FACTORS)
    assert tuple(runs["rules"]) == (maker.EPOCHS, maker.STEPS, maker.LOSS)
    assert tuple(runs["measure"]) == (maker.RADIUS, maker.DIRECTIONS, maker.DIRECTION_SEED)
    readme = (ASSETS / "sharpness" / "README.md").read_text(encoding="utf-8")
    assert "40 epochs" in readme and "3600 steps" in readme and "0.05" in readme


def test_the_slope_that_the_runs_follow_is_that_of_their_loss(maker):
    x, labels, *_ = digits()
    x, labels, place = x[:50], labels[:50], maker.start(1)
    slope, rng = maker.slope(place, x, labels), np.random.default_rng(0)
    for _ in range(5):
        way = rng.normal(size=place.shape)
        rise = (maker.loss(place + 1e-6 * way, x, labels) - maker.loss(place - 1e-6 * way, x, labels)) / 2e-6
        assert rise == pytest.approx(slope @ way, rel=1e-4)


def test_what_the_chapter_says_of_batch_size_is_in_the_runs(runs):
    one = list(runs["factors"]).index(1.0)
    trained = runs["sharpness"][..., one].astype(float)
    mean, error = trained.mean(-1), trained.std(-1, ddof=1) / trained.shape[-1] ** 0.5
    for look in (0, 2):  # smaller batches end flatter, by more than chance
        assert mean[look, -1] - mean[look, 0] > 4 * (error[look, 0] + error[look, -1])
    # But most of the difference after equally many epochs is that of training time …
    assert mean[0, -1] / mean[0, 0] > 5 * mean[2, -1] / mean[2, 0]
    # … and at equal training loss the flattest reads held-out digits no better than the sharpest.
    held_out = runs["accuracy"][2]
    assert held_out[0].mean() <= held_out[-1].mean() + 0.005


def test_rescaling_changes_sharpness_a_hundredfold_and_no_prediction():
    panel = sharpness_explorer()
    panel.controls["rule"].value = 2
    told = {}
    for place in range(25):
        panel.controls["factor"].value = place
        told[place] = numbers(panel.picture.state)
        assert "changed 0 of 359" in panel.picture.state
    assert told[0][2] > 50 * told[12][2]
    # A small batch's minimum, rescaled, is sharper than a large one's as trained: the order can be turned round.
    panel.controls["batch"].value, panel.controls["factor"].value = 4, 12
    assert told[20][2] > numbers(panel.picture.state)[2] > told[12][2]


def test_a_missing_or_damaged_file_is_named(monkeypatch, tmp_path):
    for content in (None, b"nothing", b"PK\x03\x04"):
        path = tmp_path / f"{content!r:.5}.npz"
        if content:
            path.write_bytes(content)
        monkeypatch.setattr(sharp, "RUNS", path)
        with pytest.raises(ValueError, match="missing or damaged"):
            sharpness_explorer()


# The static figures of the chapter


@pytest.fixture(scope="module")
def script():
    sys.path.insert(0, str(ASSETS / "figures"))
    import draw

    return draw.script


def test_every_index_of_the_folds_figure_validates_once(script):
    folds = script("kfold").folds()
    assert [i for start, end in folds for i in range(start, end)] == list(range(script("kfold").ITEMS))
    sizes = [end - start for start, end in folds]
    assert max(sizes) - min(sizes) <= 1 and len(sizes) == script("kfold").K


def test_the_three_fits_are_too_simple_right_and_too_flexible(script):
    fits = script("three_fits")
    (a, b), (c, d), (e, f) = map(fits.errors, fits.DEGREES)
    assert a > c > e and d < b and d < f
    x, y = fits.data()
    assert c == pytest.approx(np.mean((np.polyval(np.polyfit(x, y, fits.DEGREES[1]), x) - y) ** 2))


def test_the_gap_opens_with_training_and_closes_with_data(script):
    gap = script("generalization_gap")
    train, test = gap.by_steps()
    assert np.all(np.diff(train) <= 1e-12) and 0 < np.argmin(test) < len(test) - 1
    few, many = gap.by_size()
    assert np.all(np.diff(many - few) < 0)
    # The closed form against the descent itself.
    x = np.linspace(-1, 1, gap.POINTS)
    phi = gap.features(x)
    y = gap.truth(x) + np.random.default_rng(gap.SEED).normal(0, gap.NOISE, (gap.SETS, gap.POINTS))
    rate = gap.RATE * 2 / np.linalg.norm(2 / gap.POINTS * phi.T @ phi, 2)
    w = np.zeros((gap.SETS, gap.DEGREE + 1))
    for _ in range(10):
        w -= rate * 2 / gap.POINTS * (w @ phi.T - y) @ phi
    assert train[list(gap.STEPS).index(10)] == pytest.approx(np.mean((w @ phi.T - y) ** 2))


def test_the_shots_have_the_bias_and_variance_that_are_written_below(script):
    targets = script("bias_variance_targets")
    for biased in (False, True):
        for wide in (False, True):
            bias2, variance = targets.parts(targets.shots(biased, wide))
            assert bias2 == pytest.approx(np.sum(targets.OFFSET**2) if biased else 0.0, abs=1e-12)
            assert variance == pytest.approx(2 * (targets.WIDE if wide else targets.NARROW) ** 2)


def test_the_boosted_stumps_are_those_of_scikit_learn(script):
    from sklearn.tree import DecisionTreeClassifier

    figure = script("bagging_boosting")
    weights = np.full(len(figure.X), 1 / len(figure.X))
    for drawn, stump, alpha in figure.boosting():
        np.testing.assert_allclose(drawn, weights)
        wrong = figure.say(stump, figure.X) != figure.Y
        tree = DecisionTreeClassifier(max_depth=1).fit(figure.X, figure.Y, sample_weight=weights)
        least = weights[tree.predict(figure.X) != figure.Y].sum()
        assert weights[wrong].sum() <= least + 1e-12
        assert alpha == pytest.approx(np.arctanh(1 - 2 * weights[wrong].sum()))
        weights = np.where(wrong, weights / (2 * weights[wrong].sum()), weights / (2 * weights[~wrong].sum()))
    for counts, _, _ in figure.bagging():
        assert counts.sum() == len(figure.X) and counts.max() > 1 and counts.min() == 0


def test_the_stretched_minimum_rises_as_much_as_the_sharp_one(script):
    figure = script("flat_sharp")
    flat, sharp_rise = figure.rises()
    assert sharp_rise > 5 * flat > 0
    assert figure.training(figure.FLAT) == pytest.approx(figure.training(figure.SHARP), abs=1e-3)


def test_nesterov_takes_its_gradient_after_the_jump(script):
    figure = script("momentum_nesterov")
    a, rate, beta = figure.ACCUMULATED, figure.RATE, figure.BETA
    loss = autograd.grad(lambda w: 0.5 * anp.dot(w, anp.dot(figure.HESSIAN, w)))
    wanted = {
        "momentum": figure.PLACE - rate * (beta * a + loss(figure.PLACE)),
        "nesterov": figure.PLACE - rate * (beta * a + loss(figure.PLACE - rate * beta * a)),
    }
    for name, (_, _, end) in figure.steps().items():
        np.testing.assert_allclose(end, wanted[name], rtol=1e-12)

"""Every solution of chapter 3 against somebody else's code: SciPy, scikit-learn, HIPS autograd, PyTorch."""

import copy
import statistics

import autograd.numpy as anp
import numpy as np
import pytest
import scipy.linalg
import scipy.stats
from autograd import elementwise_grad
from autograd.misc.optimizers import adam
from hypothesis import given, settings
from hypothesis import strategies as st
from recorded import entries, recorder
from sklearn.ensemble import AdaBoostClassifier
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import KFold, cross_val_score
from sklearn.tree import DecisionTreeClassifier
from sklearn.utils import gen_batches

from dlbasic import properties
from dlbasic.examine import examine
from dlbasic.messages import message
from dlbasic.observe import observe
from dlbasic.properties import race as racing
from dlbasic.table import decode
from dlbasic.values import first_difference
from grader.release.chapter import load_chapter
from grader.release.exams import desk_exam

SOLVED = load_chapter("03_optimization").functions

seeds = st.integers(0, 2**32 - 1).map(np.random.default_rng)
few = settings(max_examples=40, deadline=None)


def close(got, wanted, rtol=1e-9, atol=1e-11):
    np.testing.assert_allclose(got, wanted, rtol=rtol, atol=atol)


# --- folds and what is done with them --------------------------------------------------------------------------------


@few
@given(seeds, st.integers(2, 40), st.integers(2, 12))
def test_folds_partition_and_are_as_large_as_scikit_learns(rng, n, k):
    k = min(n, k)
    folds = SOLVED["kfold_indices"](n, k, rng)
    wanted = list(KFold(k, shuffle=True, random_state=0).split(np.zeros(n)))
    assert sorted(len(val) for _, val in folds) == sorted(len(val) for _, val in wanted)
    assert sorted(np.concatenate([val for _, val in folds]).tolist()) == list(range(n))
    for train, val in folds:
        assert sorted([*train.tolist(), *val.tolist()]) == list(range(n))


def test_every_sample_is_as_likely_in_every_fold():
    rng, n, k = np.random.default_rng(0), 7, 3
    counts = np.zeros((n, k))
    for _ in range(2000):
        for fold, (_, val) in enumerate(SOLVED["kfold_indices"](n, k, rng)):
            counts[val, fold] += 1
    expected = np.outer(np.ones(n), counts.sum(axis=0) / n)
    assert scipy.stats.chisquare(counts.ravel(), expected.ravel(), ddof=n + k - 2).pvalue > 1e-4


@few
@given(seeds, st.integers(6, 20), st.integers(2, 5))
def test_cross_validation_is_scikit_learns(rng, n, k):
    x, y = rng.normal(size=(n, 2)), rng.normal(size=n)
    folds = list(KFold(k, shuffle=True, random_state=int(rng.integers(1000))).split(x))
    wanted = cross_val_score(LinearRegression(), x, y, cv=folds, scoring="neg_mean_squared_error").mean()

    def fit(x, y):
        return np.linalg.lstsq(np.column_stack([np.ones(len(x)), x]), y, rcond=None)[0]

    def score(model, x, y):
        return -np.mean((np.column_stack([np.ones(len(x)), x]) @ model - y) ** 2)

    close(SOLVED["cross_validate"](fit, score, x, y, folds), wanted, rtol=1e-6, atol=1e-8)


@few
@given(seeds, st.integers(8, 14))
def test_leaving_one_out_picks_the_degree_of_the_least_press(rng, n):
    """With k = n the folds are no matter, and the errors come from one fit: residual / (1 - leverage)."""
    x = np.linspace(-1.0, 1.0, n) + rng.uniform(-0.05, 0.05, size=n)
    y, degrees = x**2 + rng.normal(scale=0.5, size=n), [3, 0, 2, 1]
    press = []
    for degree in degrees:
        q, _ = scipy.linalg.qr(np.polynomial.legendre.legvander(x, degree), mode="economic")
        press.append(np.mean(((y - q @ (q.T @ y)) / (1.0 - np.sum(q**2, axis=1))) ** 2))
    assert SOLVED["best_degree"](x, y, degrees, n, rng) == degrees[int(np.argmin(press))]


@few
@given(seeds, st.integers(1, 6), st.integers(1, 6))
def test_bias_and_variance_are_those_of_the_statistics_module_and_add_up(rng, m, n):
    predictions, truth = rng.normal(size=(m, n)), rng.normal(size=n)
    bias2, variance = SOLVED["bias_variance"](predictions, truth)
    columns = predictions.T.tolist()
    close(variance, statistics.fmean(statistics.pvariance(column) for column in columns))
    close(bias2, statistics.fmean((statistics.fmean(c) - t) ** 2 for c, t in zip(columns, truth, strict=True)))
    close(bias2 + variance, np.mean((predictions - truth) ** 2))


# --- resampling and ensembles ----------------------------------------------------------------------------------------


def test_a_bootstrap_draws_like_a_multinomial():
    rng, n, draws = np.random.default_rng(1), 12, 3000
    x = np.arange(n)
    counts = np.zeros(n)
    absent = 0
    for _ in range(draws):
        new_x, new_y = SOLVED["bootstrap"](x, -x, rng)
        np.testing.assert_array_equal(new_y, -new_x)
        drawn = np.bincount(new_x, minlength=n)
        counts += drawn
        absent += np.count_nonzero(drawn == 0)
    assert scipy.stats.chisquare(counts).pvalue > 1e-4
    # How many are absent from a draw: n (1 - 1/n)^n on average.
    close(absent / draws, n * scipy.stats.binom.pmf(0, n, 1.0 / n), rtol=0.02)


@few
@given(seeds, st.integers(1, 9), st.integers(1, 9))
def test_the_vote_is_scipys_mode_ties_included(rng, m, n):
    votes = rng.integers(0, 5, size=(m, n))
    np.testing.assert_array_equal(SOLVED["bagging_vote"](votes), scipy.stats.mode(votes, axis=0).mode)


@pytest.mark.parametrize("seed", range(5))
def test_a_round_of_boosting_is_scikit_learns(seed):
    """scikit-learn multiplies the wrong ones by exp(2 alpha); the second stump's error tells what weights it saw."""
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(60, 3)), rng.integers(0, 2, size=60)
    stump = DecisionTreeClassifier(max_depth=1, random_state=0)
    boosted = AdaBoostClassifier(stump, n_estimators=3, random_state=0).fit(x, y)
    weights = np.full(60, 1.0 / 60.0)
    for number, model in enumerate(boosted.estimators_):
        correct = model.predict(x) == y
        close(weights[~correct].sum(), boosted.estimator_errors_[number], rtol=1e-6)
        weights, alpha = SOLVED["adaboost_weights"](weights, correct)
        close(2.0 * alpha, boosted.estimator_weights_[number], rtol=1e-6)
        close([weights.sum(), weights[~correct].sum()], [1.0, 0.5])


@few
@given(seeds, st.integers(1, 40), st.integers(1, 12))
def test_batches_are_cut_as_scikit_learn_cuts_them(rng, n, size):
    batches = SOLVED["minibatches"](n, size, rng)
    assert [len(batch) for batch in batches] == [cut.stop - cut.start for cut in gen_batches(n, size)]
    assert sorted(np.concatenate(batches).tolist()) == list(range(n))


# --- the shape of a hill ---------------------------------------------------------------------------------------------


def _positive(rng, d):
    root = rng.normal(size=(d, d))
    return root @ root.T + 0.1 * np.eye(d)


@few
@given(seeds, st.integers(1, 4), st.integers(1, 5))
def test_sharpness_of_a_quadratic_has_a_closed_form(rng, d, m):
    hessian, w, slope = _positive(rng, d), rng.normal(size=d), rng.normal(size=d)
    directions, radius = rng.normal(size=(m, d)), float(rng.uniform(0.1, 2.0))

    def loss(v):
        return slope @ v + 0.5 * v @ hessian @ v

    unit = directions / scipy.linalg.norm(directions, axis=1)[:, None]
    wanted = radius * unit @ (slope + hessian @ w) + 0.5 * radius**2 * np.einsum("mi,ij,mj->m", unit, hessian, unit)
    close(SOLVED["sharpness"](loss, w, directions, radius), wanted.mean(), rtol=1e-8, atol=1e-9)


@few
@given(seeds, st.integers(1, 5))
def test_the_largest_stable_rate_is_where_descent_stops_shrinking(rng, d):
    hessian = _positive(rng, d)
    rate = SOLVED["max_stable_lr"](hessian)
    close(rate, 2.0 / scipy.linalg.eigvalsh(hessian)[-1])
    spread = [max(abs(scipy.linalg.eigvals(np.eye(d) - part * rate * hessian))) for part in (0.999, 1.001)]
    assert spread[0] < 1.0 < spread[1]


# --- optimizers against PyTorch --------------------------------------------------------------------------------------


RECORDED = entries("optimizers")
NAMES = [f"{number}-{entry['name']}" for number, entry in enumerate(RECORDED)]


def our_walk(name, arguments):
    """What our own step makes of a question that was put to torch in torch's words."""
    step = SOLVED[f"{name}_step"]
    if name == "nesterov":
        return _points_ahead(step, *arguments)
    w, gradients, *rest = arguments
    rates = [()] * len(gradients) if name == "adadelta" else [(rate,) for rate in rest.pop(0)]
    state, walked = {}, []
    for g, rate in zip(gradients, rates, strict=True):
        if name == "gd":
            w = step(w, g, *rate)
        else:
            w, state = step(w, g, state, *rate, *rest)
        walked.append(w)
    return walked


def _points_ahead(step, w, slope, rates, beta):
    """torch's parameter is the point at which ours takes its gradient: every one but the first, and one more."""
    ahead, state = [], {}

    def watched(point):
        ahead.append(np.array(point))
        return slope(point)

    for rate in [*rates, rates[-1]]:
        w, state = step(w, watched, state, rate, beta)
    return ahead[1:]


def agree(torchs, ours):
    difference = first_difference(torchs, ours, 1e-9, 1e-12)
    assert difference is None, difference


@pytest.mark.parametrize("entry", RECORDED, ids=NAMES)
def test_a_step_goes_where_pytorchs_went(entry):
    agree(decode(entry["answer"]), our_walk(entry["name"], decode(entry["arguments"])))


def test_pytorch_was_asked_about_every_optimizer():
    assert {f"{entry['name']}_step" for entry in RECORDED} == {name for name in SOLVED if name.endswith("_step")}


def test_gradients_and_rates_change_in_what_was_recorded():
    for entry in RECORDED:
        if entry["name"] != "nesterov":
            _, gradients, *rest = decode(entry["arguments"])
            assert len(np.unique(gradients, axis=0)) == len(gradients) >= 4
            assert entry["name"] == "adadelta" or len(set(rest[0])) == len(gradients)


def test_a_step_goes_where_the_pytorch_that_is_installed_goes():
    pytest.importorskip("torch", reason="PyTorch is not installed; its recorded numbers were compared")
    ask = recorder("record_optimizers").answer
    for entry in RECORDED:
        arguments = decode(entry["arguments"])
        live = observe(ask, (entry["name"], arguments))
        assert not live.error, f"{entry['name']}: {live.message}"
        agree(live.value, our_walk(entry["name"], arguments))


@few
@given(seeds)
def test_nesterovs_step_is_its_formula_when_rate_and_momentum_change(rng):
    """PyTorch's form needs one rate; here each step has its own; autograd's slope is taken as the formula says."""
    slope = elementwise_grad(lambda w: anp.sin(w) + 0.1 * w**4)
    w, a = rng.normal(size=3), np.zeros(3)
    ours, state = w, {}
    for rate, beta in rng.uniform(0.05, 0.9, size=(5, 2)):
        a = beta * a + slope(w - rate * beta * a)
        w = w - rate * a
        ours, state = SOLVED["nesterov_step"](ours, slope, state, rate, beta)
        close(ours, w)


@few
@given(seeds, st.integers(1, 6))
def test_adam_walks_as_autograds_does(rng, steps):
    gradients = rng.normal(size=(steps, 4))
    start = rng.normal(size=4)
    wanted = adam(lambda w, i: gradients[i], start, num_iters=steps, step_size=0.1, b1=0.8, b2=0.95, eps=1e-2)
    w, state = start, {}
    for g in gradients:
        w, state = SOLVED["adam_step"](w, g, state, 0.1, 0.8, 0.95, 1e-2)
    close(w, wanted)


# --- the race --------------------------------------------------------------------------------------------------------


def test_the_reference_wins_on_many_unseen_valleys():
    chosen = SOLVED["race"]()
    valleys = [racing.stated_valley(), *(racing.unseen_valley(seed) for seed in range(12))]
    for name, values in chosen.items():
        for valley in valleys:
            assert racing.distance(name, SOLVED[f"{name}_step"], values, valley) <= racing.WITHIN


def test_the_valleys_are_as_the_chapter_states_them():
    stated = racing.stated_valley()
    turn = np.array([[0.8, -0.6], [0.6, 0.8]])
    close(stated.hessian, turn @ np.diag([1.0, 30.0]) @ turn.T)
    close(stated.start, [-2.0, 2.0])
    for seed in range(40):
        unseen = racing.unseen_valley(seed)
        flat, steep = scipy.linalg.eigvalsh(unseen.hessian)
        assert 0.8 - 1e-9 <= flat <= 1.2 and 24.0 <= steep <= 36.0 + 1e-9
        assert scipy.linalg.norm(unseen.start) <= 3.0
        np.testing.assert_array_equal(unseen.hessian, racing.unseen_valley(seed).hessian)


def _race_beside(**steps):
    scope = dict(steps)
    exec("def race():\n    return CHOSEN", scope)
    scope["CHOSEN"] = SOLVED["race"]()
    return scope["race"]


STEPS = {name: SOLVED[name] for name in properties.wins_the_race.borrows}


def test_at_the_desk_the_learners_own_steps_run():
    assert properties.wins_the_race(_race_beside(**STEPS), 1) is None

    def stub(w, g, state, lr, beta):
        raise NotImplementedError()

    def crashes(w, g, state, lr, beta):
        return w - state["a"], state

    missing = {name: step for name, step in STEPS.items() if name != "adam_step"}
    for steps, word in (
        (missing, "adam_step is not defined"),
        ({**STEPS, "momentum_step": stub}, "momentum_step is not written"),
        ({**STEPS, "momentum_step": crashes}, "momentum_step stops with KeyError"),
    ):
        finding = properties.wins_the_race(_race_beside(**steps), 1)
        assert word in finding.en
        assert finding.mistake is None


def test_with_borrowed_steps_the_learners_own_are_no_matter():
    assert properties.wins_the_race(_race_beside(), 1, borrowed=STEPS) is None


def test_who_did_not_arrive_is_told_beside_the_mistakes_name():
    exam = desk_exam(load_chapter("03_optimization"), "race")

    def race():
        return {**SOLVED["race"](), "gd": {"lr": 0.1}}

    verdict = examine(race, exam)
    assert verdict.mistake == "rates_too_large"
    for language in ("en", "ko"):
        first, second = message(verdict, language).body
        assert "gd" in first and "adam" not in first
        assert "max_stable_lr" in second


# --- what every solution does ----------------------------------------------------------------------------------------


def inputs_of_every_kind():
    """Float64 arguments for each solution that takes arrays; in whole numbers, so that integers say the same."""
    whole = np.random.default_rng(7)

    def integers(*shape):
        return whole.integers(-3, 4, size=shape).astype(float)

    w, g = integers(2, 3), integers(2, 3)
    correct = np.array([True, False, True, True])
    return {
        "cross_validate": (
            lambda x, y: float(np.mean(y)),
            lambda model, x, y: float(np.mean((y - model) ** 2)),
            integers(5),
            integers(5),
            [([0, 1, 2], [3, 4]), ([2, 3, 4], [0, 1])],
        ),
        "best_degree": (np.arange(6.0), np.arange(6.0) ** 2, [0, 1, 2], 6, np.random.default_rng(0)),
        "bias_variance": (integers(4, 3), integers(3)),
        "bagging_vote": (whole.integers(0, 3, size=(5, 4)),),
        "adaboost_weights": (np.array([0.25, 0.25, 0.125, 0.375]), correct),
        "sharpness": (
            lambda v: float(np.sum(np.asarray(v) ** 2)),
            integers(2),
            np.array([[3.0, 4.0], [1.0, 0.0]]),
            0.5,
        ),
        "max_stable_lr": (np.array([[3.0, 1.0], [1.0, 2.0]]),),
        "gd_step": (w, g, 0.5),
        "momentum_step": (w, g, {}, 0.5, 0.5),
        "nesterov_step": (w, lambda v: 2.0 * np.asarray(v), {}, 0.5, 0.5),
        "adagrad_step": (w, g, {}, 0.5, 0.25),
        "adadelta_step": (w, g, {}, 0.5, 0.25),
        "rmsprop_step": (w, g, {}, 0.5, 0.5, 0.25),
        "adam_step": (w, g, {}, 0.5, 0.5, 0.75, 0.25),
    }


KINDS = inputs_of_every_kind()
STATEFUL = [name for name in KINDS if name.endswith("_step") and name != "gd_step"]


def recast(arguments, change):
    return tuple(change(item) if isinstance(item, np.ndarray) else copy.deepcopy(item) for item in arguments)


def first_part(name, value):
    """Of a step with a state only w: the state is the solution's own affair."""
    return value[0] if name in STATEFUL else value


def same_answer(name, arguments, rtol=1e-6, atol=1e-9):
    wanted, got = observe(SOLVED[name], KINDS[name]), observe(SOLVED[name], arguments)
    assert not wanted.error and not got.error, f"{got.error}: {got.message}"
    assert wanted.value is not None
    assert first_difference(first_part(name, wanted.value), first_part(name, got.value), rtol, atol) is None


@pytest.mark.parametrize("name", KINDS)
def test_a_solution_leaves_its_arguments_as_they_were(name):
    assert observe(SOLVED[name], KINDS[name]).changed == ()


@pytest.mark.parametrize("name", STATEFUL)
def test_a_step_leaves_a_filled_state_as_it_was(name):
    w, g, state, *rest = KINDS[name]
    _, state = SOLVED[name](w, g, state, *rest)
    assert state
    assert observe(SOLVED[name], (w, g, state, *rest)).changed == ()


@pytest.mark.parametrize("name", KINDS)
def test_a_solution_takes_float32(name):
    single = recast(KINDS[name], lambda a: a.astype(np.float32) if a.dtype.kind == "f" else a)
    same_answer(name, single, rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("name", [name for name in KINDS if name != "adaboost_weights"])
def test_a_solution_takes_integers(name):
    same_answer(name, recast(KINDS[name], lambda a: a.astype(int)))


@pytest.mark.parametrize("name", KINDS)
def test_a_solution_takes_lists(name):
    same_answer(name, recast(KINDS[name], lambda a: a.tolist()))


@pytest.mark.parametrize("name", ["kfold_indices", "minibatches", "bootstrap", "best_degree"])
def test_a_solution_draws_from_its_generator_only(name):
    arguments = {
        "kfold_indices": (11, 3),
        "minibatches": (11, 3),
        "bootstrap": (np.arange(9), np.arange(9)),
        "best_degree": (np.arange(8.0), np.arange(8.0) ** 2, [1, 2], 4),
    }[name]
    before = copy.deepcopy(np.random.get_state(legacy=False)["state"])
    one, other = (observe(SOLVED[name], (*arguments, np.random.default_rng(5))) for _ in range(2))
    assert not one.error
    assert first_difference(one.value, other.value) is None
    after = np.random.get_state(legacy=False)["state"]
    assert before["pos"] == after["pos"]
    np.testing.assert_array_equal(before["key"], after["key"])

"""Answers that an attack on the judge brought up: right ones must pass, wrong ones must fail and get no false name.

Each right answer is a function. Each wrong one comes with the only mistake that may be named for it, or None.
"""

import collections
import copy
import inspect
import random
import statistics
import types
import warnings
from functools import partial

import numpy as np
import pytest
from fairness import cases, must_fail, must_pass, with_

from dlbasic import properties
from dlbasic.properties import race as racing
from grader.hidden import verify
from grader.release.chapter import load_chapter

CHAPTER = load_chapter("03_optimization")
SOLVED = CHAPTER.functions
STEPS = [name for name in SOLVED if name.endswith("_step") and name != "gd_step"]
RACE = SOLVED["race"]()


# --- folds, batches and samples --------------------------------------------------------------------------------------


def pairs(parts):
    return [(np.concatenate(parts[:i] + parts[i + 1 :]), parts[i]) for i in range(len(parts))]


def folds(order=lambda rng, n: rng.permutation(n), cut=np.array_split):
    return lambda n, k, rng: pairs(cut(order(rng, n), k))


def cut_at_rounded_places(order, k):
    return [
        order[start:stop]
        for start, stop in zip(*(np.linspace(0, len(order), k + 1).astype(int)[i : k + i] for i in (0, 1)), strict=True)
    ]


def folds_from_what_is_left(n, k, rng):
    left, made = np.arange(n), []
    for i in range(k):
        validation = rng.choice(left, size=n // k + (i < n % k), replace=False)
        left = np.setdiff1d(left, validation)
        made.append((sorted(set(range(n)) - set(validation.tolist())), tuple(validation)))
    return made


def a_new_order_for_each_fold(n, k, rng):
    return [pairs(np.array_split(rng.permutation(n), k))[i] for i in range(k)]


def batches(
    order=lambda rng, n: rng.permutation(n), cut=lambda o, size: [o[i : i + size] for i in range(0, len(o), size)]
):
    return lambda n, batch_size, rng: cut(order(rng, n), batch_size)


def shuffled_list(rng, n):
    order = list(range(n))
    rng.shuffle(order)
    return order


def by_pythons_generator(rng, n):
    order = list(range(n))
    random.shuffle(order)
    return np.array(order)


def batches_from_what_is_left(n, batch_size, rng):
    left, made = list(range(n)), []
    while left:
        made.append(rng.choice(left, min(batch_size, len(left)), replace=False))
        left = [i for i in left if i not in made[-1]]
    return made


def rows_drawn(draw):
    def bootstrap(x, y, rng):
        rows = draw(rng, len(x))
        return x[rows], y[rows]

    return bootstrap


def pairs_drawn_from_a_list(x, y, rng):
    both = list(zip(x, y, strict=True))
    drawn = [both[int(rng.integers(len(both)))] for _ in both]
    return [np.array(part) for part in zip(*drawn, strict=True)]


def validated(
    fit, score, x, y, folds, train=lambda t, v: t, val=lambda t, v: v, mean=lambda scores: float(np.mean(scores))
):
    x, y = np.asarray(x), np.asarray(y)
    return mean([score(fit(x[train(t, v)], y[train(t, v)]), x[val(t, v)], y[val(t, v)]) for t, v in folds])


def chooses(
    x,
    y,
    degrees,
    k,
    rng,
    fit=np.polyfit,
    at=np.polyval,
    order=lambda rng, n: rng.permutation(n),
    scored=lambda t, v: v,
    error=lambda r: np.mean(r**2),
    swap=False,
    pick=np.argmin,
    use=None,
):
    errors = np.zeros(len(degrees))
    for train, val in pairs(np.array_split(order(rng, len(x)), k))[:use]:
        train, val = (val, train) if swap else (train, val)
        on = scored(train, val)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", np.exceptions.RankWarning)
            errors += [error(at(fit(x[train], y[train], degree), x[on]) - y[on]) for degree in degrees]
    return degrees[int(pick(errors))]


def normal_equations(x, y, degree):
    powers = np.vander(x, degree + 1)
    return np.linalg.inv(powers.T @ powers) @ powers.T @ y


def by_qr(x, y, degree):
    q, r = np.linalg.qr(np.vander(x, degree + 1))
    return np.linalg.solve(r, q.T @ y)


def spread(predictions, truth, bias=lambda d: np.mean(d**2), variance=lambda p: np.mean(np.var(p, axis=0)), axis=0):
    predictions = np.asarray(predictions, dtype=float)
    return bias(predictions.mean(axis=axis) - np.asarray(truth)), variance(predictions)


def by_column(vote):
    return lambda votes: np.array([vote(column) for column in np.transpose(votes).tolist()])


def boosted(
    weights,
    correct,
    error=lambda w, c: w[~c].sum(),
    alpha=lambda e: 0.5 * np.log((1 - e) / e),
    factor=lambda c, a: np.exp(np.where(c, -a, a)),
    norm=lambda new: new / new.sum(),
    give=lambda new, a: (new, a),
):
    weights, correct = np.asarray(weights, dtype=float), np.asarray(correct)
    a = alpha(error(weights, correct))
    return give(norm(weights * factor(correct, a)), a)


def boosted_in_place(weights, correct):
    new, alpha = boosted(weights, correct)
    for i, value in enumerate(new):
        weights[i] = value
    return weights, alpha


def rise(
    loss,
    w,
    directions,
    radius,
    length=np.linalg.norm,
    move=np.add,
    of=lambda above, here: above - here,
    mean=np.mean,
):
    w, directions = np.asarray(w, dtype=float), np.asarray(directions, dtype=float)
    return mean([of(loss(move(w, radius * d / length(d))), loss(w)) for d in directions])


def rise_on_a_copy(loss, w, directions, radius):
    total = 0.0
    for d in directions:
        moved = np.array(w, dtype=float)
        moved += radius * np.asarray(d) / np.sqrt(np.dot(d, d))
        total += loss(moved.tolist()) - loss(w)
    return total / len(directions)


def rise_at_all_points_at_once(loss, w, directions, radius):
    directions = np.asarray(directions)
    return np.mean(loss(w + radius * directions / np.linalg.norm(directions, axis=1, keepdims=True))) - loss(w)


def by_power_iteration(hessian):
    v = np.random.default_rng(0).normal(size=len(hessian))
    for _ in range(2000):
        v = hessian @ v
        v = v / np.linalg.norm(v)
    return 2 / (v @ hessian @ v)


def entry_by_entry(make):
    def gd_step(w, g, lr):
        moved = make(w)
        for index in np.ndindex(moved.shape):
            moved[index] = w[index] - lr * g[index]
        return moved

    return gd_step


# --- steps with a state ----------------------------------------------------------------------------------------------


def signed_as(name, function):
    """`function` with the parameters of the exercise."""
    function.__signature__ = inspect.signature(SOLVED[name])
    return function


def packed(name, pack, unpack):
    """The right step, with its state kept in another form."""

    def step(w, g, state, *rest):
        w, new = SOLVED[name](w, g, unpack(state), *rest)
        return w, pack(new)

    return signed_as(name, step)


STATES = [
    (lambda s: {"history": [s]}, lambda s: s["history"][-1] if s else {}),
    (lambda s: {0: tuple(s.items())}, lambda s: dict(s[0]) if s else {}),
    (lambda s: collections.defaultdict(float, s), dict),
    (lambda s: {"all": types.SimpleNamespace(**s)}, lambda s: vars(s["all"]) if s else {}),
    (lambda s: {"last": collections.deque([s], maxlen=1)}, lambda s: s["last"][0] if s else {}),
    (
        lambda s: {key: value.tolist() if isinstance(value, np.ndarray) else float(value) for key, value in s.items()},
        lambda s: {key: np.array(value) if isinstance(value, list) else value for key, value in s.items()},
    ),
    (lambda s: {key: np.array(value) for key, value in s.items()} | {"root": np.sqrt, "note": None}, dict),
]


def kept_elsewhere(name, starts_anew):
    memory = {}

    def step(w, g, state, *rest):
        if starts_anew and not state:
            memory.clear()
        w, new = SOLVED[name](w, g, dict(memory), *rest)
        memory.update(new)
        return w, {"started": True}

    return signed_as(name, step)


def changed(name, change):
    """The right step, but `change(w, g, state, new_w, new_state)` has the last word."""

    def step(w, g, state, *rest):
        moved, new = SOLVED[name](w, g, copy.deepcopy(state), *rest)
        return change(w, g, state, moved, new)

    return signed_as(name, step)


def accumulates(w, g, state, moved, new):
    for key, value in state.items():
        if isinstance(value, np.ndarray):
            value[...] = new[key]
    return moved, new | {key: value for key, value in state.items() if isinstance(value, np.ndarray)}


def fills_the_state(w, g, state, moved, new):
    state.update(new)
    return moved, dict(state)


def subtracts_from_w(w, g, state, moved, new):
    w -= w - moved
    return w, new


def writes_into_w(w, g, state, moved, new):
    w[...] = moved
    return w, new


def goes_astray_in_the_third_step(w, g, state, moved, new):
    count = state.get("count", 0) + 1
    return (moved if count < 3 else 1.001 * moved), {**new, "count": count}


EVERY_STEP = [
    (partial(kept_elsewhere, starts_anew=True), "kept_outside"),
    (partial(kept_elsewhere, starts_anew=False), None),
    (partial(changed, change=accumulates), "state_changed"),
    (partial(changed, change=fills_the_state), "state_changed"),
    (partial(changed, change=subtracts_from_w), "in_place"),
    (partial(changed, change=writes_into_w), None),
    (partial(changed, change=lambda w, g, state, moved, new: (moved, {})), "state_lost"),
    (partial(changed, change=lambda w, g, state, moved, new: (moved, state)), "state_lost"),
    (partial(changed, change=lambda w, g, state, moved, new: (moved, state or new)), None),
    (partial(changed, change=goes_astray_in_the_third_step), None),
    (partial(changed, change=lambda w, g, state, moved, new: (np.ravel(moved), new)), None),
    (partial(changed, change=lambda w, g, state, moved, new: (np.round(moved, 3), new)), None),
    (partial(changed, change=lambda w, g, state, moved, new: (new, moved)), None),
    (partial(changed, change=lambda w, g, state, moved, new: moved), None),
    (partial(changed, change=lambda w, g, state, moved, new: (moved, new | {"rest": (entry for entry in [1])})), None),
]


def momentum(new=lambda a, g, beta, lr: beta * a + g, move=lambda a, g, beta, lr: lr * a):
    def momentum_step(w, g, state, lr, beta):
        a = new(state.get("a", 0.0), np.asarray(g), beta, lr)
        return np.asarray(w) - move(a, np.asarray(g), beta, lr), {"a": a}

    return momentum_step


def nesterov(
    at=lambda w, a, beta, lr: w - lr * beta * a,
    new=lambda a, s, beta, lr: beta * a + s,
    move=lambda a, s, beta, lr: lr * a,
):
    def nesterov_step(w, grad, state, lr, beta):
        w, a = np.asarray(w), state.get("a", np.zeros(np.shape(w)))
        slope = np.asarray(grad(at(w, a, beta, lr)))
        a = new(a, slope, beta, lr)
        return w - move(a, slope, beta, lr), {"a": a}

    return nesterov_step


def nesterov_from_the_last_point(w, grad, state, lr, beta):
    w = np.asarray(w, dtype=float)
    a = (state["before"] - w) / state["lr"] if state else np.zeros(w.shape)
    return w - lr * (beta * a + grad(w - lr * beta * a)), {"before": w, "lr": lr}


def scaled(average, root=lambda v, eps: np.sqrt(v) + eps, above=lambda g: g):
    def with_gamma(w, g, state, lr, gamma, eps):
        v = average(state.get("v", np.zeros(np.shape(w))), np.asarray(g), gamma)
        return np.asarray(w) - lr * above(np.asarray(g)) / root(v, eps), {"v": v}

    return with_gamma


def adagrad(total=lambda v, g, _: v + g**2, **changes):
    step = scaled(total, **changes)
    return lambda w, g, state, lr, eps: step(w, g, state, lr, None, eps)


def rmsprop(average=lambda v, g, gamma: gamma * v + (1 - gamma) * g**2, **changes):
    return scaled(average, **changes)


def adadelta(
    squares=lambda v, g, k: k * v + (1 - k) * g**2,
    ratio=lambda h, v, eps: np.sqrt(h + eps) / np.sqrt(v + eps),
    changes=lambda h, d, k: k * h + (1 - k) * d**2,
):
    def adadelta_step(w, g, state, gamma, eps):
        v, h = state.get("both", (0.0, 0.0))
        v = squares(v, np.asarray(g), gamma)
        change = ratio(h, v, eps) * g
        return w - change, {"both": (v, changes(h, change, gamma))}

    return adadelta_step


def adadelta_by_the_old_average(w, g, state, gamma, eps):
    v, h = state.get("both", (0.0, 0.0))
    change = ((h + eps) / (v + eps)) ** 0.5 * np.asarray(g)
    return w - change, {"both": (v + (1 - gamma) * (np.square(g) - v), h + (1 - gamma) * (change**2 - h))}


def adadelta_of_gradients_alone(w, g, state, gamma, eps):
    v, h = (gamma * old + (1 - gamma) * np.square(g) for old in state.get("both", (0.0, 0.0)))
    return w - np.sqrt((h + eps) / (v + eps)) * g, {"both": (v, h)}


def adam(
    mean=lambda m, g, b: b * m + (1 - b) * g,
    square=lambda v, g, b: b * v + (1 - b) * g**2,
    m_hat=lambda m, b, t: m / (1 - b**t),
    v_hat=lambda v, b, t: v / (1 - b**t),
    ratio=lambda m, v, eps: m / (np.sqrt(v) + eps),
    first=1,
):
    def adam_step(w, g, state, lr, beta1, beta2, eps):
        m, v, t = state.get("all", (0.0, 0.0, first))
        m, v = mean(m, np.asarray(g), beta1), square(v, np.asarray(g), beta2)
        with np.errstate(all="ignore"):
            step = ratio(np.divide(m_hat(m, beta1, float(t)), 1.0), v_hat(v, beta2, float(t)), eps)
        return w - lr * step, {"all": (m, v, t + 1)}

    return adam_step


def adam_from_the_hats(w, g, state, lr, beta1, beta2, eps):
    m_hat, v_hat, t = state.get("hats", (0.0, 0.0, 0))
    m = beta1 * m_hat * (1 - beta1**t) + (1 - beta1) * np.asarray(g)
    v = beta2 * v_hat * (1 - beta2**t) + (1 - beta2) * np.square(g)
    m_hat, v_hat = m / (1 - beta1 ** (t + 1)), v / (1 - beta2 ** (t + 1))
    return w - lr * m_hat / (v_hat**0.5 + eps), {"hats": (m_hat, v_hat, t + 1)}


def adam_merged(inside):
    def adam_step(w, g, state, lr, beta1, beta2, eps):
        m, v, t = state.get("all", (0.0, 0.0, 1))
        m, v = beta1 * m + (1 - beta1) * np.asarray(g), beta2 * v + (1 - beta2) * np.square(g)
        rate = lr * np.sqrt(1 - beta2**t) / (1 - beta1**t)
        return w - rate * m / (np.sqrt(v + eps) if inside else np.sqrt(v) + eps), {"all": (m, v, t + 1)}

    return adam_step


def adam_with_a_global_t(starts_anew):
    count = {"t": 0}

    def adam_step(w, g, state, lr, beta1, beta2, eps):
        count["t"] = 1 if starts_anew and not state else count["t"] + 1
        m, v = state.get("mv", (0.0, 0.0))
        m, v = beta1 * m + (1 - beta1) * np.asarray(g), beta2 * v + (1 - beta2) * np.square(g)
        root = np.sqrt(v / (1 - beta2 ** count["t"]))
        return w - lr * m / (1 - beta1 ** count["t"]) / (root + eps), {"mv": (m, v)}

    return adam_step


def tuned(**changes):
    return lambda: {name: {**values, **changes.get(name, {})} for name, values in RACE.items()}


# --- right answers ---------------------------------------------------------------------------------------------------

RIGHT = {
    "kfold_indices": [
        folds(order=lambda rng, n: rng.choice(n, n, replace=False).astype(np.uint8)),
        folds(order=lambda rng, n: np.argsort(rng.random(n)), cut=cut_at_rounded_places),
        folds(order=lambda rng, n: np.random.default_rng(rng.integers(2**32)).permutation(n)),
        folds_from_what_is_left,
        lambda n, k, rng: [(np.delete(np.arange(n), part), part) for part in np.array_split(rng.permutation(n), k)],
    ],
    "cross_validate": [
        lambda fit, score, x, y, folds: np.array(validated(fit, score, x, y, folds)),
        partial(validated, mean=statistics.fmean),
        partial(validated, train=lambda t, v: np.sort(t), val=lambda t, v: [int(i) for i in v]),
        lambda fit, score, x, y, folds: validated(
            lambda x, y: fit(y=y, x=x), lambda m, x, y: score(model=m, y=y, x=x), x, y, folds
        ),
    ],
    "best_degree": [
        partial(chooses, fit=normal_equations),
        partial(chooses, fit=by_qr),
        partial(chooses, fit=np.polynomial.Polynomial.fit, at=lambda p, x: p(x)),
        partial(chooses, error=lambda r: np.sum(r**2)),
        partial(chooses, order=lambda rng, n: np.random.default_rng(rng.integers(2**31)).permutation(n)),
        partial(chooses, order=lambda rng, n: rng.spawn(1)[0].permutation(n)),
    ],
    "bias_variance": [
        partial(spread, variance=lambda p: np.mean(np.mean(p**2, axis=0) - np.mean(p, axis=0) ** 2)),
        lambda predictions, truth: np.array(spread(predictions, truth)),
        lambda predictions, truth: (
            (bias2 := spread(predictions, truth)[0]),
            np.mean(np.subtract(predictions, truth) ** 2) - bias2,
        ),
        partial(spread, variance=lambda p: np.linalg.norm(p - p.mean(axis=0)) ** 2 / p.size),
    ],
    "bootstrap": [
        rows_drawn(lambda rng, n: rng.choice(n, n, p=np.full(n, 1 / n))),
        rows_drawn(lambda rng, n: np.sort((rng.random(n) * n).astype(int))),
        rows_drawn(lambda rng, n: rng.integers(0, n - 1, size=n, endpoint=True)),
        rows_drawn(lambda rng, n: [int(rng.integers(n)) for _ in range(n)]),
        pairs_drawn_from_a_list,
    ],
    "bagging_vote": [
        by_column(lambda column: min(statistics.multimode(column))),
        by_column(lambda column: statistics.mode(sorted(column))),
        by_column(lambda column: max(sorted(set(column)), key=column.count)),
        lambda votes: (np.asarray(votes)[:, :, None] == np.arange(10)).sum(axis=0).argmax(axis=1).astype(np.uint8),
        lambda votes: tuple(int(np.bincount(column).argmax()) for column in np.transpose(votes)),
    ],
    "adaboost_weights": [
        partial(boosted, error=lambda w, c: 1 - w @ c),
        partial(boosted, alpha=lambda e: np.arctanh(1 - 2 * e)),
        partial(boosted, alpha=lambda e: 0.5 * np.log((1 - e + 1e-10) / (e + 1e-10))),
        partial(boosted, factor=lambda c, a: np.exp(-a * (2 * c.astype(int) - 1))),
        partial(boosted, factor=lambda c, a: np.exp(2 * a * ~c)),
        partial(boosted, give=lambda new, a: [tuple(new), np.array(a)]),
    ],
    "minibatches": [
        batches(order=shuffled_list),
        batches(order=lambda rng, n: rng.permuted(np.arange(n)).astype(np.uint16)),
        batches(cut=lambda order, size: np.array_split(order, range(size, len(order), size))),
        batches(cut=lambda order, size: [np.sort(order[i : i + size]) for i in range(0, len(order), size)]),
        batches_from_what_is_left,
    ],
    "sharpness": [
        rise_on_a_copy,
        partial(rise, move=lambda w, d: tuple(w + d)),
        partial(rise, length=lambda d: np.sum(d**2) ** 0.5, mean=statistics.fmean),
    ],
    "max_stable_lr": [
        lambda hessian: 2 / np.linalg.svd(hessian, compute_uv=False)[0],
        lambda hessian: np.array(np.min(2 / np.linalg.eigh(hessian)[0])),
        lambda hessian: 2 * np.linalg.eigvalsh(np.linalg.inv(hessian)).min(),
        lambda hessian: 2 / np.roots(np.poly(np.asarray(hessian, dtype=float))).real.max(),
        by_power_iteration,
    ],
    "gd_step": [
        entry_by_entry(lambda w: np.empty(w.shape)),
        lambda w, g, lr: np.tensordot([1, -lr], np.stack([w, g]), 1),
        lambda w, g, lr: np.subtract(w, np.multiply(lr, g)).tolist(),
    ],
    "momentum_step": [momentum()],
    "nesterov_step": [
        nesterov_from_the_last_point,
        nesterov(at=lambda w, a, beta, lr: (w - lr * beta * a).tolist()),
    ],
    "adagrad_step": [adagrad(lambda v, g, _: np.sum([v, np.square(g)], axis=0))],
    "rmsprop_step": [rmsprop(lambda v, g, k: np.average([v, g * g], axis=0, weights=[k, 1 - k]))],
    "adadelta_step": [
        adadelta(ratio=lambda h, v, eps: np.exp(0.5 * (np.log(h + eps) - np.log(v + eps)))),
    ],
    "adam_step": [adam(), adam_from_the_hats],
    "race": [
        tuned(gd={"lr": 0.02}, momentum={"lr": 0.05, "beta": 0}, adam={"lr": 0.1, "beta2": 0.99}),
        tuned(nesterov={"lr": 0.02, "beta": 0.9}, adagrad={"lr": 5, "eps": 0}, rmsprop={"lr": 0.1}),
        lambda: {name: {key: np.array(value) for key, value in RACE[name].items()} for name in reversed(RACE)},
        lambda: collections.OrderedDict(
            (n, {k: np.float32(v) for k, v in values.items()}) for n, values in RACE.items()
        ),
    ],
    "slips": [
        lambda: {np.str_(claim) for claim in SOLVED["slips"]()},
        lambda: frozenset(SOLVED["slips"]()),
        lambda: {claim.id for claim in CHAPTER.claims if not claim.true},
    ],
}
for name in STEPS:
    RIGHT[name] += [packed(name, *form) for form in STATES]
    RIGHT[name].append(changed(name, lambda w, g, state, moved, new: [moved.tolist(), new]))

# --- wrong answers, each with the one mistake that may be named ------------------------------------------------------

WRONG = {
    "kfold_indices": [
        (folds(order=lambda rng, n: np.arange(n)[::-1]), "no_shuffle"),
        (folds(cut=lambda order, k: np.array_split(np.sort(order), k)), "no_shuffle"),
        (folds(order=lambda rng, n: rng.choice(n, n)), "with_replacement"),
        (a_new_order_for_each_fold, "validation_drawn_anew"),
        (folds(order=by_pythons_generator), "not_from_rng"),
        (folds(order=lambda rng, n: np.random.default_rng().permutation(n)), "not_from_rng"),
        (folds(order=lambda rng, n: np.random.default_rng(42).permutation(n)), "same_order_always"),
        (folds(order=lambda rng, n: np.roll(np.arange(n), rng.integers(n))), None),
        (
            folds(
                cut=lambda order, k: [
                    order[i : i + -(-len(order) // k)] for i in range(0, len(order), -(-len(order) // k))
                ]
            ),
            None,
        ),
        (lambda n, k, rng: np.array_split(rng.permutation(n), k), None),
        (lambda n, k, rng: [(np.append(t, t[0]), v) for t, v in folds()(n, k, rng)], None),
        (lambda n, k, rng: [(t[:-1], v) for t, v in folds()(n, k, rng)], None),
    ],
    "cross_validate": [
        (partial(validated, mean=sum), "sum_of_the_scores"),
        (partial(validated, mean=np.median), None),
        (partial(validated, mean=lambda scores: scores), None),
        (partial(validated, train=lambda t, v: np.r_[t, v].astype(int)), None),
        (partial(validated, val=lambda t, v: v[:1]), None),
        (with_(lambda fit, score, x, y, folds: folds.pop(), validated), None),
        (with_(lambda fit, score, x, y, folds: x.sort() if isinstance(x, list) else x.fill(0), validated), None),
    ],
    "best_degree": [
        (partial(chooses, scored=lambda t, v: t), "training_error"),
        (partial(chooses, scored=lambda t, v: np.r_[t, v]), None),
        (partial(chooses, swap=True), None),
        (partial(chooses, error=lambda r: np.mean(np.abs(r))), None),
        (partial(chooses, error=lambda r: np.mean(r**2) ** 0.5), None),
        (partial(chooses, pick=np.argmax), "largest_error"),
        (partial(chooses, use=2), "not_every_fold_once"),
        (lambda x, y, degrees, k, rng: chooses(x, y, degrees, 5, rng), "not_every_fold_once"),
        (partial(chooses, order=lambda rng, n: np.arange(n)), "no_shuffle"),
        (partial(chooses, order=lambda rng, n: np.random.default_rng(7).permutation(n)), "rng_not_used"),
        (partial(chooses, order=lambda rng, n: np.argsort(np.arange(n) % 4)), "rng_not_used"),
        (partial(chooses, order=lambda rng, n: np.random.permutation(n)), "not_from_rng"),
        (lambda x, y, degrees, k, rng: str(chooses(x, y, degrees, k, rng)), None),
        (with_(lambda x, y, degrees, k, rng: degrees.sort(), chooses), "changes_arguments"),
    ],
    "bias_variance": [
        (partial(spread, axis=1), None),
        (partial(spread, axis=None), None),
        (partial(spread, axis=None, variance=np.var), "one_mean_for_everything"),
        (partial(spread, bias=lambda d: np.mean(np.abs(d))), None),
        (partial(spread, variance=lambda p: np.var(p.mean(axis=0))), None),
        (partial(spread, variance=lambda p: np.sum(np.var(p, axis=0))), None),
        (partial(spread, variance=lambda p: np.mean(np.var(p, axis=0, ddof=1))), "ddof_one"),
        (lambda predictions, truth: (*spread(predictions, truth), 0.09), None),
        (lambda predictions, truth: dict(zip(("bias2", "variance"), spread(predictions, truth), strict=True)), None),
        (with_(lambda predictions, truth: predictions.fill(0), spread), None),
    ],
    "bootstrap": [
        (rows_drawn(lambda rng, n: rng.choice(n, n, replace=False)), "without_replacement"),
        (rows_drawn(lambda rng, n: np.round(rng.random(n) * (n - 1)).astype(int)), "ends_come_half_as_often"),
        (rows_drawn(lambda rng, n: rng.integers(0, n + 1, size=n) % n), None),
        (rows_drawn(lambda rng, n: np.clip(rng.normal(n / 2, n / 6, n).astype(int), 0, n - 1)), None),
        (rows_drawn(lambda rng, n: np.unique(rng.integers(n, size=n))), "only_a_part"),
        (
            rows_drawn(lambda rng, n: np.repeat(rng.permutation(n)[: n // 2], 2) if n > 5 else rng.integers(n, size=n)),
            None,
        ),
        (rows_drawn(lambda rng, n: [random.randrange(n) for _ in range(n)]), "not_from_rng"),
        (lambda x, y, rng: (rng.permutation(x), rng.permutation(y)), "drawn_apart"),
        (lambda x, y, rng: SOLVED["bootstrap"](x, y, rng)[::-1], None),
        (lambda x, y, rng: (rng.shuffle(x), rng.shuffle(y)), "changes_arguments"),
    ],
    "bagging_vote": [
        (by_column(lambda column: max(set(column), key=column.count)), "ties_by_a_sets_order"),
        (by_column(statistics.mode), "ties_to_the_first"),
        (by_column(lambda column: max(statistics.multimode(column))), "ties_to_the_largest"),
        (by_column(lambda column: int(np.median(column))), None),
        (by_column(lambda column: int(np.unique(column, return_counts=True)[1].argmax())), None),
        (by_column(str), None),
        (lambda votes: SOLVED["bagging_vote"](votes).astype(float), None),
        (lambda votes: SOLVED["bagging_vote"](votes)[None], None),
        (with_(lambda votes: votes.sort(axis=0), SOLVED["bagging_vote"]), None),
    ],
    "adaboost_weights": [
        (partial(boosted, error=lambda w, c: w[c].sum()), "sign_of_alpha"),
        (partial(boosted, error=lambda w, c: (~c).sum() / len(w)), "error_unweighted"),
        (partial(boosted, alpha=lambda e: 0.5 * np.log2((1 - e) / e)), None),
        (partial(boosted, alpha=lambda e: max(0.0, 0.5 * np.log((1 - e) / e))), None),
        (partial(boosted, alpha=lambda e: 0.5 * np.log((1 - e) / (e + 0.01))), None),
        (partial(boosted, norm=lambda new: new / np.linalg.norm(new)), None),
        (partial(boosted, norm=lambda new: new / new.max()), None),
        (partial(boosted, give=lambda new, a: (a, new)), None),
        (boosted_in_place, "changes_weights"),
        (with_(lambda weights, correct: correct.fill(True), boosted), None),
    ],
    "minibatches": [
        (batches(order=lambda rng, n: np.arange(n)[::-1]), "no_shuffle"),
        (batches(cut=np.array_split), "size_as_count"),
        (batches(cut=lambda order, size: np.array_split(order, -(-len(order) // size))), "even_split"),
        (
            batches(cut=lambda order, size: [order[i : i + size] for i in range(0, len(order) - size + 1, size)]),
            "last_batch_dropped",
        ),
        (
            batches(cut=lambda order, size: np.split(order, range(len(order) % size or size, len(order), size))),
            "small_batch_first",
        ),
        (batches(cut=lambda order, size: np.resize(order, (-(-len(order) // size), size))), "last_batch_filled_up"),
        (batches(cut=lambda order, size: [order[i : i + size + 1] for i in range(0, len(order), size)]), None),
        (batches(order=lambda rng, n: np.roll(np.arange(n), rng.integers(n))), None),
        (batches(order=lambda rng, n: rng.permutation(n) + 1), None),
        (batches(order=lambda rng, n: np.random.default_rng(3).permutation(n)), "same_order_always"),
        (
            lambda n, batch_size, rng: [rng.integers(n, size=batch_size) for _ in range(n // batch_size)],
            "with_replacement",
        ),
        (lambda n, batch_size, rng: iter(SOLVED["minibatches"](n, batch_size, rng)), None),
    ],
    "sharpness": [
        (rise_at_all_points_at_once, None),
        (partial(rise, mean=np.median), None),
        (partial(rise, length=lambda d: np.abs(d).sum()), None),
        (partial(rise, length=lambda d: d @ d), "squared_length"),
        (partial(rise, move=np.subtract), None),
        (partial(rise, of=lambda above, here: max(above - here, 0.0)), None),
        (partial(rise, of=lambda above, here: (above - here) / here), None),
        (with_(lambda loss, w, directions, radius: directions.fill(1), rise), None),
    ],
    "max_stable_lr": [
        (lambda hessian: 2 / np.max(hessian), "diagonal_only"),
        (lambda hessian: 2 / np.linalg.norm(hessian, np.inf), "largest_row_sum"),
        (lambda hessian: 2 / np.linalg.eigvals(hessian)[0], None),
        (lambda hessian: 2 / np.linalg.det(hessian), None),
        (lambda hessian: 2 / np.linalg.eigvalsh(hessian), None),
        (lambda hessian: 0.99 * SOLVED["max_stable_lr"](hessian), None),
        (lambda hessian: round(SOLVED["max_stable_lr"](hessian), 3), None),
    ],
    "gd_step": [
        (lambda w, g, lr: np.subtract(w, lr * g, out=w), "in_place"),
        (entry_by_entry(lambda w: w), "written_into_w"),
        (entry_by_entry(np.zeros_like), None),
        (with_(lambda w, g, lr: g.fill(0), SOLVED["gd_step"]), None),
        (lambda w, g, lr: w - lr * np.mean(g), None),
        (lambda w, g, lr: w - lr * np.clip(g, -1, 1), None),
        (lambda w, g, lr: np.ravel(w - lr * g), None),
        (lambda w, g, lr: (w - lr * g, {}), None),
    ],
    "momentum_step": [
        (momentum(lambda a, g, beta, lr: beta * a - lr * g, lambda a, g, beta, lr: -a), "rate_in_the_memory"),
        (momentum(lambda a, g, beta, lr: (1 - beta) * a + beta * g), None),
        (momentum(lambda a, g, beta, lr: 0.9 * a + g), None),
        (momentum(lambda a, g, beta, lr: a + beta * g), None),
        (momentum(move=lambda a, g, beta, lr: a), None),
    ],
    "nesterov_step": [
        (
            nesterov(
                at=lambda w, a, beta, lr: w + beta * a,
                new=lambda a, s, beta, lr: beta * a - lr * s,
                move=lambda a, s, beta, lr: -a,
            ),
            "rate_in_the_memory",
        ),
        (nesterov(at=lambda w, a, beta, lr: w, move=lambda a, s, beta, lr: lr * (s + beta * a)), "pytorchs_form"),
        (nesterov(at=lambda w, a, beta, lr: w - a), None),
        (nesterov(move=lambda a, s, beta, lr: lr * s), None),
        (nesterov(new=lambda a, s, beta, lr: a + s), None),
    ],
    "adagrad_step": [
        (adagrad(root=lambda v, eps: np.sqrt(v + eps)), "eps_inside_the_root"),
        (adagrad(root=lambda v, eps: np.sqrt(v + eps**2)), None),
        (adagrad(root=lambda v, eps: np.sqrt(v)), "eps_left_out"),
        (adagrad(root=lambda v, eps: np.sqrt(v) + 1e-8), None),
        (adagrad(lambda v, g, _: 0.99 * v + 0.01 * g**2), None),
        (adagrad(above=np.ones_like), "gradient_left_out"),
        (adagrad(above=np.sign), None),
        (adagrad(lambda v, g, _: np.maximum(v, g**2)), None),
        (adagrad(lambda v, g, _: v + np.abs(g), root=lambda v, eps: v + eps), None),
    ],
    "rmsprop_step": [
        (rmsprop(root=lambda v, eps: np.sqrt(v)), "eps_left_out"),
        (rmsprop(lambda v, g, k: k * v + (1 - k) * np.abs(g), root=lambda v, eps: v + eps), None),
        (rmsprop(lambda v, g, k: 0.9 * v + 0.1 * g**2), None),
        (rmsprop(lambda v, g, k: k * v + (1 - k) * np.mean(g**2)), None),
        (rmsprop(lambda v, g, k: k * v + (1 - k) * g**2 if np.any(v) else g**2), None),
        (rmsprop(above=np.sign), None),
    ],
    "adadelta_step": [
        (adadelta(ratio=lambda h, v, eps: np.sqrt(h) / np.sqrt(v + eps)), "eps_missing_above"),
        (adadelta(ratio=lambda h, v, eps: np.sqrt(h + eps) / (np.sqrt(v) + eps)), None),
        (adadelta(changes=lambda h, d, k: k * h + (1 - k) * d), None),
        (adadelta(changes=lambda h, d, k: h + d**2), None),
        (adadelta_by_the_old_average, "averages_cancel"),
        (adadelta_of_gradients_alone, "averages_cancel"),
        (adadelta(changes=lambda h, d, k: (1 - k) * h + k * d**2), None),
    ],
    "adam_step": [
        (adam(m_hat=lambda m, b, t: m, v_hat=lambda v, b, t: v), "no_bias_correction"),
        (adam(first=0), "t_from_zero"),
        (adam(m_hat=lambda m, b, t: m / (1 - b), v_hat=lambda v, b, t: v / (1 - b)), "t_not_counted"),
        (adam(m_hat=lambda m, b, t: m / (1 - b * t), v_hat=lambda v, b, t: v / (1 - b**t)), None),
        (adam(ratio=lambda m, v, eps: m / np.sqrt(v)), "eps_left_out"),
        (adam(mean=lambda m, g, b: b * m + g), None),
        (adam(square=lambda v, g, b: b * v + (1 - b) * g), None),
        (adam_merged(inside=True), "merged_form"),
        (adam_merged(inside=False), "eps_before_the_correction"),
        (adam_with_a_global_t(starts_anew=True), "steps_counted_outside"),
        (adam_with_a_global_t(starts_anew=False), None),
    ],
    "race": [
        (lambda: {name: values for name, values in RACE.items() if name != "gd"}, "not_all_seven"),
        (lambda: {name.title(): values for name, values in RACE.items()}, None),
        (lambda: RACE | {"nadam": {"lr": 0.1}}, None),
        (lambda: {name: list(values.values()) for name, values in RACE.items()}, None),
        (tuned(gd={"lr": 0.1}), "rates_too_large"),
        (tuned(gd={"lr": -0.05}), None),
        (tuned(gd={"lr": 0.1}, adam={"lr": 1e-4}), None),
        (tuned(gd={"lr": 0.06}), "tuned_to_one_valley"),
        (tuned(gd={"lr": 0.06}, adam={"lr": 1e-4}), None),
        (tuned(momentum={"beta": 1.2}), "decay_of_one"),
        (tuned(adadelta={"eps": -1e-4}), None),
        (tuned(gd={"lr": "0.05"}), None),
        (tuned(gd={"lr": float("nan")}), None),
        (tuned(gd={"lr": 0.05 + 0j}), None),
    ],
    "slips": [
        (lambda: {"1"}, None),
        (lambda: {"9"}, None),
        (lambda: {True}, None),
        (lambda: sorted(SOLVED["slips"]()), None),
        (lambda: {}, None),
    ],
}
for name in STEPS:
    WRONG[name] += [(make(name), mistake) for make, mistake in EVERY_STEP]


def test_every_exercise_has_further_answers():
    assert set(RIGHT) == set(WRONG) == set(CHAPTER.exercises)
    assert all(len(RIGHT[name]) >= 3 and len(WRONG[name]) >= 5 for name in CHAPTER.exercises)


@pytest.mark.parametrize(("name", "answer"), cases(RIGHT))
def test_a_right_answer_passes_however_it_is_written(name, answer):
    must_pass(CHAPTER, name, answer)


@pytest.mark.parametrize(("name", "wrong"), cases(WRONG))
def test_a_wrong_answer_fails_and_gets_no_false_name(name, wrong):
    must_fail(CHAPTER, name, *wrong)


# --- the race as a learner sees it -----------------------------------------------------------------------------------


def beside_the_steps(answer):
    """`race` in a notebook that has all seven steps."""
    scope = {step: SOLVED[step] for step in properties.wins_the_race.borrows} | {"answer": answer}
    exec("def race():\n    return answer()", scope)
    return scope["race"]


def test_who_is_late_is_told_for_both_valleys_at_once():
    finding = properties.wins_the_race(beside_the_steps(tuned(gd={"lr": 0.001}, nesterov={"lr": 0.04})), 0)
    for told, known, unseen in (
        (finding.en, "on the chapter's valley: ", "; on a valley that you have not seen: "),
        (finding.ko, "이 장의 골짜기: ", "; 아직 보지 못한 골짜기: "),
    ):
        first, second = told.split(known)[1].split(unseen)
        assert first.startswith("gd (0.296)") and "nesterov" not in first
        assert "gd (" in second and "nesterov (" in second
        assert "adam" not in told
    assert finding.mistake is None, "one is late in both, the other in one only: no single mistake explains that"


@pytest.mark.parametrize(
    ("changes", "arrived"),
    [({}, 7), ({"gd": {"lr": 0.06}}, 6), ({"gd": {"lr": 0.1}, "adam": {"lr": 1e-4}}, 5)],
    ids=["all", "one in one valley only", "two in none"],
)
def test_every_optimizer_that_arrives_earns_its_share(changes, arrived):
    earned = verify(beside_the_steps(tuned(**changes)), "03_optimization")
    points = CHAPTER.cell("test", "race").points
    assert (points if earned is None else earned) == pytest.approx(points * arrived / 7, abs=1e-4)


@pytest.mark.parametrize("answer", [lambda: {}, lambda: RACE | {"gd": {"lr": -1.0}}, lambda: RACE | {"nadam": {}}])
def test_a_race_that_cannot_be_run_earns_nothing(answer):
    with pytest.raises(AssertionError):
        verify(beside_the_steps(answer), "03_optimization")


def test_what_passes_at_the_desk_was_tried_on_more_valleys_than_grading_uses():
    """RMSprop with this long a memory arrives on some valleys of the kind and not on others: the desk must tell."""
    fragile = tuned(rmsprop={"lr": 0.02, "gamma": 0.99})
    hidden = [properties.wins_the_race(fragile, seed, borrowed=SOLVED) for seed in range(8)]
    assert None in hidden and not all(finding is None for finding in hidden)
    assert properties.wins_the_race(beside_the_steps(fragile), 0).mistake == "tuned_to_one_valley"
    assert racing.DESK_VALLEYS >= 10

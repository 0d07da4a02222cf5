"""Other right answers, written differently: loops, other functions, another order. They must get full marks."""

import itertools
import math
from collections import Counter, deque

import numpy as np

from dlbasic.authoring import equivalent, reference

# --- kfold_indices ---------------------------------------------------------------------------------------------------


@equivalent("kfold_indices")
def kfold_indices_every_kth(n, k, rng):
    order = np.arange(n)
    rng.shuffle(order)
    folds = []
    for i in range(k):
        mask = np.zeros(n, dtype=bool)
        mask[order[i::k]] = True
        folds.append((np.flatnonzero(~mask), np.flatnonzero(mask)))
    return folds


@equivalent("kfold_indices")
def kfold_indices_with_plain_lists(n, k, rng):
    order = [int(i) for i in rng.permutation(n)]
    sizes = [n // k + (1 if i < n % k else 0) for i in range(k)]
    folds, start = [], 0
    for size in sizes:
        folds.append((order[:start] + order[start + size :], order[start : start + size]))
        start += size
    return tuple(folds)


@equivalent("kfold_indices")
def kfold_indices_by_label(n, k, rng):
    label = rng.permutation(np.arange(n) % k)
    return [[np.where(label != i)[0], np.where(label == i)[0]] for i in range(k)]


# --- cross_validate --------------------------------------------------------------------------------------------------


@equivalent("cross_validate")
def cross_validate_in_a_loop(fit, score, x, y, folds):
    x, y = np.array(x), np.array(y)
    total = 0.0
    for train, validation in folds:
        model = fit(x[train], y[train])
        total += score(model, x[validation], y[validation])
    return total / len(folds)


@equivalent("cross_validate")
def cross_validate_sample_by_sample(fit, score, x, y, folds):
    def pick(values, indices):
        return np.array([values[int(i)] for i in indices])

    scores = []
    for fold in folds:
        model = fit(pick(x, fold[0]), pick(y, fold[0]))
        scores.append(score(model, pick(x, fold[1]), pick(y, fold[1])))
    return np.mean(scores)


@equivalent("cross_validate")
def cross_validate_with_take(fit, score, x, y, folds):
    parts = [[(np.take(x, part, axis=0), np.take(y, part, axis=0)) for part in fold] for fold in folds]
    return math.fsum(score(fit(*train), *validation) for train, validation in parts) / len(parts)


@equivalent("cross_validate")
def cross_validate_by_name(fit, score, x, y, folds):
    x, y = np.asarray(x), np.asarray(y)
    return np.mean([score(fit(x=x[train], y=y[train]), x=x[val], y=y[val]) for train, val in folds])


# --- best_degree -----------------------------------------------------------------------------------------------------


@equivalent("best_degree")
def best_degree_with_the_other_exercises(x, y, degrees, k, rng):
    folds = reference.kfold_indices(len(x), k, rng)

    def error(degree):
        def fit(x, y):
            return np.polynomial.Polynomial.fit(x, y, degree)

        def score(model, x, y):
            return np.mean((model(x) - y) ** 2)

        return reference.cross_validate(fit, score, x, y, folds)

    return min(degrees, key=error)


@equivalent("best_degree")
def best_degree_pooled_errors(x, y, degrees, k, rng):
    # Squared errors of all points together, not fold by fold.
    x, y = np.asarray(x), np.asarray(y)
    fold = rng.permutation(np.arange(len(x)) % k)
    best, least = None, np.inf
    for degree in degrees:
        squares = np.empty(len(x))
        for i in range(k):
            out = fold == i
            powers = np.vander(x, degree + 1)
            coefficients = np.linalg.lstsq(powers[~out], y[~out], rcond=None)[0]
            squares[out] = (powers[out] @ coefficients - y[out]) ** 2
        if squares.mean() < least:
            best, least = degree, squares.mean()
    return best


@equivalent("best_degree")
def best_degree_new_folds_for_each(x, y, degrees, k, rng):
    errors = {}
    for degree in degrees:
        parts = np.array_split(rng.permutation(len(x)), k)
        errors[degree] = 0.0
        for i, part in enumerate(parts):
            rest = np.concatenate([other for j, other in enumerate(parts) if j != i])
            model = np.poly1d(np.polyfit(np.take(x, rest), np.take(y, rest), degree))
            errors[degree] += np.mean((model(np.take(x, part)) - np.take(y, part)) ** 2)
    return np.int64(sorted(degrees, key=errors.get)[0])


@equivalent("best_degree")
def best_degree_by_normal_equations(x, y, degrees, k, rng):
    folds = reference.kfold_indices(len(x), k, rng)
    errors = np.zeros((k, len(degrees)))
    for (i, (train, val)), (j, degree) in itertools.product(enumerate(folds), enumerate(degrees)):
        powers = np.vander(x, degree + 1)
        coefficients = np.linalg.solve(powers[train].T @ powers[train], powers[train].T @ y[train])
        errors[i, j] = np.mean((powers[val] @ coefficients - y[val]) ** 2)
    return degrees[np.argmin(errors.mean(axis=0))]


# --- bias_variance ---------------------------------------------------------------------------------------------------


@equivalent("bias_variance")
def bias_variance_with_var(predictions, truth):
    bias = np.mean(predictions, axis=0) - truth
    return np.mean(bias**2), np.mean(np.var(predictions, axis=0))


@equivalent("bias_variance")
def bias_variance_point_by_point(predictions, truth):
    models, points = np.shape(predictions)
    bias2 = variance = 0.0
    for n in range(points):
        column = [float(predictions[m][n]) for m in range(models)]
        average = math.fsum(column) / models
        bias2 += (float(truth[n]) - average) ** 2
        variance += math.fsum((value - average) ** 2 for value in column) / models
    return bias2 / points, variance / points


@equivalent("bias_variance")
def bias_variance_as_a_list(predictions, truth):
    predictions = np.asarray(predictions, dtype=float)
    average = np.einsum("mn->n", predictions) / len(predictions)
    spread = predictions - average[None, :]
    return [float(((average - truth) ** 2).mean()), float((spread * spread).sum() / spread.size)]


# --- bootstrap -------------------------------------------------------------------------------------------------------


@equivalent("bootstrap")
def bootstrap_with_choice(x, y, rng):
    rows = rng.choice(len(x), size=len(x), replace=True)
    return np.take(x, rows, axis=0), np.take(y, rows, axis=0)


@equivalent("bootstrap")
def bootstrap_one_at_a_time(x, y, rng):
    rows = [int(rng.integers(len(x))) for _ in x]
    return [x[i] for i in rows], [y[i] for i in rows]


@equivalent("bootstrap")
def bootstrap_from_uniform_numbers(x, y, rng):
    rows = np.floor(rng.random(len(x)) * len(x)).astype(int)
    return x[rows], y[rows]


@equivalent("bootstrap")
def bootstrap_by_counts(x, y, rng):
    # How often each row comes; the order of a sample is nobody's business.
    counts = rng.multinomial(len(x), np.full(len(x), 1.0 / len(x)))
    return np.repeat(x, counts, axis=0), np.repeat(y, counts, axis=0)


@equivalent("bootstrap")
def bootstrap_in_one_table(x, y, rng):
    pairs = np.column_stack([x, y])
    pairs = pairs[rng.integers(len(pairs), size=len(pairs))]
    return pairs[:, :-1].reshape(np.shape(x)), pairs[:, -1]


# --- bagging_vote ----------------------------------------------------------------------------------------------------


@equivalent("bagging_vote")
def bagging_vote_with_bincount(votes):
    return np.array([np.bincount(column).argmax() for column in np.asarray(votes).T])


@equivalent("bagging_vote")
def bagging_vote_with_counter(votes):
    winners = []
    for column in zip(*np.asarray(votes).tolist(), strict=True):
        counts = Counter(column)
        winners.append(min(label for label in counts if counts[label] == max(counts.values())))
    return winners


@equivalent("bagging_vote")
def bagging_vote_pair_by_pair(votes):
    votes = np.sort(votes, axis=0)
    counts = (votes[:, None, :] == votes[None, :, :]).sum(axis=0)
    return np.take_along_axis(votes, counts.argmax(axis=0)[None, :], axis=0)[0]


# --- adaboost_weights ------------------------------------------------------------------------------------------------


@equivalent("adaboost_weights")
def adaboost_weights_only_wrong_ones_multiplied(weights, correct):
    # exp(2 alpha) for the wrong ones, nothing for the right ones: after the division the same.
    wrong = ~np.asarray(correct)
    error = np.sum(np.where(wrong, weights, 0.0))
    odds = (1.0 - error) / error
    new = np.where(wrong, np.multiply(weights, odds), weights)
    return new / np.sum(new), np.log(odds) / 2


@equivalent("adaboost_weights")
def adaboost_weights_in_a_loop(weights, correct):
    error = math.fsum(w for w, right in zip(weights, correct, strict=True) if not right)
    alpha = 0.5 * (math.log1p(-error) - math.log(error))
    new = [float(w) * math.exp(-alpha if right else alpha) for w, right in zip(weights, correct, strict=True)]
    return [w / math.fsum(new) for w in new], alpha


@equivalent("adaboost_weights")
def adaboost_weights_half_each(weights, correct):
    # After a round the wrong ones share one half of the weight, and the right ones the other.
    weights, correct = np.asarray(weights), np.asarray(correct)
    right, wrong = weights[correct].sum(), weights[~correct].sum()
    return weights / np.where(correct, 2.0 * right, 2.0 * wrong), np.arctanh(right - wrong)


# --- minibatches -----------------------------------------------------------------------------------------------------


@equivalent("minibatches")
def minibatches_with_split(n, batch_size, rng):
    return np.split(rng.permutation(n), np.arange(batch_size, n, batch_size))


@equivalent("minibatches")
def minibatches_from_a_queue(n, batch_size, rng):
    left = list(range(n))
    rng.shuffle(left)
    left, batches = deque(left), []
    while left:
        batches.append(np.array([left.popleft() for _ in range(min(batch_size, len(left)))]))
    return batches


@equivalent("minibatches")
def minibatches_by_random_keys(n, batch_size, rng):
    order = np.argsort(rng.random(n))
    return tuple(order[i * batch_size : (i + 1) * batch_size] for i in range(math.ceil(n / batch_size)))


# --- sharpness -------------------------------------------------------------------------------------------------------


@equivalent("sharpness")
def sharpness_in_a_loop(loss, w, directions, radius):
    total = 0.0
    for direction in directions:
        length = math.sqrt(sum(float(value) ** 2 for value in direction))
        total += loss([a + radius * float(b) / length for a, b in zip(w, direction, strict=True)])
    return total / len(directions) - loss(w)


@equivalent("sharpness")
def sharpness_with_einsum(loss, w, directions, radius):
    directions = np.asarray(directions, dtype=float)
    lengths = np.einsum("md,md->m", directions, directions) ** 0.5
    points = w + radius * directions / lengths[:, None]
    return float(np.mean([loss(point) for point in points]) - loss(w))


@equivalent("sharpness")
def sharpness_row_by_row(loss, w, directions, radius):
    rises = np.zeros(len(directions))
    for i, direction in enumerate(directions):
        rises[i] = loss(np.add(w, np.multiply(radius / np.linalg.norm(direction), direction))) - loss(w)
    return rises.mean()


# --- max_stable_lr ---------------------------------------------------------------------------------------------------


@equivalent("max_stable_lr")
def max_stable_lr_by_the_last_one(hessian):
    return 2.0 / np.linalg.eigvalsh(np.asarray(hessian, dtype=float))[-1]


@equivalent("max_stable_lr")
def max_stable_lr_by_the_general_solver(hessian):
    return float(2 / np.max(np.linalg.eigvals(hessian).real))


@equivalent("max_stable_lr")
def max_stable_lr_by_the_spectral_norm(hessian):
    # Of a minimum's Hessian all eigenvalues are positive, so that the largest singular value is the largest of them.
    return 2.0 / np.linalg.norm(hessian, ord=2)


# --- gd_step ---------------------------------------------------------------------------------------------------------


@equivalent("gd_step")
def gd_step_on_a_copy(w, g, lr):
    moved = np.array(w, dtype=float)
    moved -= np.multiply(lr, g)
    return moved


@equivalent("gd_step")
def gd_step_added(w, g, lr):
    return np.add(w, -lr * np.asarray(g))


@equivalent("gd_step")
def gd_step_with_subtract(w, g, lr):
    return np.subtract(w, np.multiply(g, lr))


# --- momentum_step ---------------------------------------------------------------------------------------------------


@equivalent("momentum_step")
def momentum_step_with_if(w, g, state, lr, beta):
    a = np.array(g, dtype=float) if "velocity" not in state else beta * state["velocity"] + g
    return np.asarray(w) - lr * a, {"velocity": a}


@equivalent("momentum_step")
def momentum_step_on_a_copy(w, g, state, lr, beta):
    state = dict(state)
    state.setdefault("a", np.zeros(np.shape(w)))
    state["a"] = np.add(beta * state["a"], g)
    return np.subtract(w, lr * state["a"]), state


@equivalent("momentum_step")
def momentum_step_keeps_every_gradient(w, g, state, lr, beta):
    past = [(1.0 if age is None else age, old) for age, old in state.get("past", [])]
    past = [(weight * beta, old) for weight, old in past] + [(1.0, np.array(g, dtype=float))]
    return np.asarray(w) - lr * sum(weight * old for weight, old in past), {"past": past}


@equivalent("momentum_step")
def momentum_step_remembers_the_last_move(w, g, state, lr, beta):
    # Textbooks keep the move v = lr a; with its own rate divided out of it that is the same.
    last = state["v"] / state["lr"] if state else np.zeros(np.shape(w))
    v = beta * lr * last + lr * np.asarray(g)
    return np.asarray(w) - v, {"v": v, "lr": lr}


# --- nesterov_step ---------------------------------------------------------------------------------------------------


@equivalent("nesterov_step")
def nesterov_step_remembers_the_carried_part(w, grad, state, lr, beta):
    carried = beta * state.get("a", np.zeros(np.shape(w)))
    a = carried + grad(np.asarray(w) - lr * carried)
    return np.asarray(w) - lr * a, {"a": a}


@equivalent("nesterov_step")
def nesterov_step_in_two_moves(w, grad, state, lr, beta):
    a = state["a"] if state else np.zeros_like(w, dtype=float)
    ahead = np.subtract(w, lr * beta * a)
    slope = np.array(grad(ahead))
    return ahead - lr * slope, {"a": beta * a + slope}


@equivalent("nesterov_step")
def nesterov_step_on_a_copy(w, grad, state, lr, beta):
    new = {"a": np.array(state.get("a", np.zeros(np.shape(w)))), "steps": state.get("steps", 0) + 1}
    new["a"] *= beta
    new["a"] += grad(w - lr * new["a"])
    return w - lr * new["a"], new


@equivalent("nesterov_step")
def nesterov_step_by_name(w, grad, state, lr, beta):
    a = beta * np.asarray(state.get("history", [np.zeros(np.shape(w))])[-1])
    a = a + grad(w=np.subtract(w, lr * a))
    return np.subtract(w, lr * a), {"history": [*state.get("history", []), a.tolist()]}


# --- adagrad_step ----------------------------------------------------------------------------------------------------


@equivalent("adagrad_step")
def adagrad_step_keeps_the_root(w, g, state, lr, eps):
    root = np.hypot(state.get("root", 0.0), g)
    return np.asarray(w) - lr * np.asarray(g) / (root + eps), {"root": root}


@equivalent("adagrad_step")
def adagrad_step_on_a_copy(w, g, state, lr, eps):
    total = np.array(state["G"]) if "G" in state else np.zeros(np.shape(w))
    total += np.square(g)
    rate = lr / (total**0.5 + eps)
    return np.subtract(w, rate * g), {"G": total}


@equivalent("adagrad_step")
def adagrad_step_keeps_every_gradient(w, g, state, lr, eps):
    seen = [*state.get("seen", []), np.array(g, dtype=float)]
    return np.asarray(w) - lr * seen[-1] / (np.linalg.norm(seen, axis=0) + eps), {"seen": seen}


# --- rmsprop_step ----------------------------------------------------------------------------------------------------


@equivalent("rmsprop_step")
def rmsprop_step_moves_towards_the_square(w, g, state, lr, gamma, eps):
    g = np.asarray(g)
    old = state.get("v", np.zeros(g.shape))
    v = old + (1 - gamma) * (g * g - old)
    return np.asarray(w) - lr * (g / (np.sqrt(v) + eps)), {"v": v}


@equivalent("rmsprop_step")
def rmsprop_step_on_a_copy(w, g, state, lr, gamma, eps):
    state = {"v": np.zeros(np.shape(w)), **state}
    state["v"] = gamma * state["v"] + (1 - gamma) * np.square(g)
    return np.subtract(w, lr / (state["v"] ** 0.5 + eps) * g), state


@equivalent("rmsprop_step")
def rmsprop_step_keeps_the_root(w, g, state, lr, gamma, eps):
    root = np.hypot(math.sqrt(gamma) * state.get("root", 0.0), np.multiply(math.sqrt(1.0 - gamma), g))
    return np.asarray(w) - np.multiply(lr, g) / (root + eps), {"root": root}


# --- adadelta_step ---------------------------------------------------------------------------------------------------


@equivalent("adadelta_step")
def adadelta_step_one_root(w, g, state, gamma, eps):
    g = np.asarray(g)
    v = gamma * state.get("v", 0.0) + (1 - gamma) * g * g
    h = state.get("h", 0.0)
    change = -np.sqrt((h + eps) / (v + eps)) * g
    return np.asarray(w) + change, {"v": v, "h": gamma * h + (1 - gamma) * change * change}


@equivalent("adadelta_step")
def adadelta_step_on_a_copy(w, g, state, gamma, eps):
    v, h = (np.array(part) for part in state.get("both", np.zeros((2, *np.shape(w)))))
    v += (1 - gamma) * (np.square(g) - v)
    change = (h + eps) ** 0.5 * g / (v + eps) ** 0.5
    h += (1 - gamma) * (change**2 - h)
    return np.subtract(w, change), {"both": np.array([v, h])}


@equivalent("adadelta_step")
def adadelta_step_with_helpers(w, g, state, gamma, eps):
    def average(old, new):
        return gamma * old + (1.0 - gamma) * new

    def rms(square):
        return np.sqrt(square + eps)

    squares, changes = state.get("averages", (0.0, 0.0))
    squares = average(squares, np.square(g))
    change = rms(changes) / rms(squares) * g
    return w - change, {"averages": (squares, average(changes, change**2))}


# --- adam_step -------------------------------------------------------------------------------------------------------


@equivalent("adam_step")
def adam_step_rate_corrected(w, g, state, lr, beta1, beta2, eps):
    # The paper's faster form, with its ε scaled so that it comes to the same.
    g, t = np.asarray(g), state.get("t", 0) + 1
    m = beta1 * state.get("m", np.zeros(g.shape)) + (1 - beta1) * g
    v = beta2 * state.get("v", np.zeros(g.shape)) + (1 - beta2) * g * g
    scale = math.sqrt(1 - beta2**t)
    return np.asarray(w) - lr * scale / (1 - beta1**t) * m / (np.sqrt(v) + eps * scale), {"t": t, "m": m, "v": v}


@equivalent("adam_step")
def adam_step_keeps_powers(w, g, state, lr, beta1, beta2, eps):
    state = {"m": 0.0, "v": 0.0, "b1": 1.0, "b2": 1.0, **state}
    state["m"] = state["m"] + (1 - beta1) * (np.asarray(g) - state["m"])
    state["v"] = state["v"] + (1 - beta2) * (np.square(g) - state["v"])
    state["b1"], state["b2"] = state["b1"] * beta1, state["b2"] * beta2
    m_hat, v_hat = state["m"] / (1 - state["b1"]), state["v"] / (1 - state["b2"])
    return np.subtract(w, lr * m_hat / (v_hat**0.5 + eps)), state


@equivalent("adam_step")
def adam_step_averages_of_what_was_seen(w, g, state, lr, beta1, beta2, eps):
    # m_hat and v_hat are weighted averages of all gradients and squares so far, with weights beta ** age.
    seen = [*state.get("seen", []), np.array(g, dtype=float)]
    ages = np.arange(len(seen))[::-1]
    m_hat = np.average(seen, axis=0, weights=beta1**ages)
    v_hat = np.average(np.square(seen), axis=0, weights=beta2**ages)
    return np.asarray(w) - lr * m_hat / (np.sqrt(v_hat) + eps), {"seen": seen}


@equivalent("adam_step")
def adam_step_divides_sums_by_sums(w, g, state, lr, beta1, beta2, eps):
    # A sum of beta ** age * g over a sum of beta ** age: the average needs no correction.
    m, ones_m, v, ones_v = state.get("sums", (0.0, 0.0, 0.0, 0.0))
    m, ones_m = beta1 * m + np.asarray(g), beta1 * ones_m + 1
    v, ones_v = beta2 * v + np.square(g), beta2 * ones_v + 1
    return w - lr * (m / ones_m) / (np.sqrt(v / ones_v) + eps), {"sums": (m, ones_m, v, ones_v)}


# --- race ------------------------------------------------------------------------------------------------------------


@equivalent("race")
def race_gently():
    return {
        "gd": {"lr": 0.04},
        "momentum": {"lr": 0.01, "beta": 0.9},
        "nesterov": {"lr": 0.015, "beta": 0.85},
        "adagrad": {"lr": 1.0, "eps": 1e-6},
        "adadelta": {"gamma": 0.8, "eps": 1e-4},
        "rmsprop": {"lr": 0.1, "gamma": 0.9, "eps": 1e-6},
        "adam": {"lr": 0.1, "beta1": 0.9, "beta2": 0.99, "eps": 1e-8},
    }


@equivalent("race")
def race_in_numpys_numbers():
    chosen = reference.race()
    return {name: {key: np.float64(value) for key, value in values.items()} for name, values in chosen.items()}

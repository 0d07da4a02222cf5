"""Answers that an attack on the judge brought up: right ones must pass, wrong ones must fail and get no false name.

Each right answer is a function. Each wrong one comes with the only mistake that may be named for it, or None.
"""

import collections
import functools
import math

import numpy as np
import pytest
from fairness import cases, must_fail, must_pass, with_

from grader.release.chapter import load_chapter

CHAPTER = load_chapter("02_mlp")
SOLVED = CHAPTER.functions
softmax, sigmoid = SOLVED["softmax"], SOLVED["sigmoid"]


def shifted(z):
    return z - np.max(z, axis=1, keepdims=True)


def normed(z):
    return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)


def at(z, labels):
    return z[np.arange(len(labels)), labels]


# --- longer answers --------------------------------------------------------------------------------------------------


def descend(x, y, lr, steps, rate=lambda step, losses, lr: lr, limit=np.inf, tolerance=-1.0):
    w, b, losses = 0.0, 0.0, []
    for step in range(steps):
        r = y - (w * x + b)
        losses.append(np.mean(r**2))
        if len(losses) > 1 and abs(losses[-2] - losses[-1]) < tolerance:
            break
        dw, db = np.clip([-2 * np.mean(r * x), -2 * np.mean(r)], -limit, limit)
        lr = rate(step, losses, lr)
        w, b = w - lr * dw, b - lr * db
    return w, b, losses


def halves_when_worse(step, losses, lr):
    return lr / 2 if len(losses) > 1 and losses[-1] > losses[-2] else lr


def descend_by_recurrence(x, y, lr, steps):
    a, v = np.array([[np.mean(x * x), np.mean(x)], [np.mean(x), 1.0]]), np.array([np.mean(x * y), np.mean(y)])
    theta, losses = np.zeros(2), []
    for _ in range(steps):
        losses.append(theta @ a @ theta - 2 * v @ theta + np.mean(y * y))
        theta = theta - 2 * lr * (a @ theta - v)
    return *theta, losses


def descend_in_plain_python(x, y, lr, steps):
    pairs, w, b, losses = list(zip(x.tolist(), y.tolist(), strict=True)), 0.0, 0.0, []
    while len(losses) < steps:
        rest = [q - w * p - b for p, q in pairs]
        losses.append(sum(r * r for r in rest) / len(pairs))
        slope = sum(r * p for r, (p, _) in zip(rest, pairs, strict=True)) * 2 / len(pairs)
        w, b = w + lr * slope, b + lr * 2 * sum(rest) / len(pairs)
    return w, b, tuple(losses)


def slopes(difference):
    """A numerical gradient from `difference(f, x, unit, h)`."""

    def numerical_gradient(f, x, h=1e-5):
        x = np.array(x, dtype=float)
        units = np.eye(x.size).reshape(-1, *x.shape)
        return np.array([difference(f, x, unit, h) for unit in units]).reshape(x.shape)

    return numerical_gradient


def central(f, x, unit, h):
    return (f(x + h * unit) - f(x - h * unit)) / (2 * h)


def nudges_one_entry(f, x, h=1e-5):
    x = np.asarray(x, dtype=float)
    grad = np.zeros(x.shape)
    walk = np.nditer(x, flags=["multi_index"], op_flags=["readwrite"])
    for _ in walk:
        index = walk.multi_index
        old = x[index]
        x[index] = old + h
        above = f(x)
        x[index] = old - h
        below = f(x)
        x[index] = old
        grad[index] = (above - below) / (2 * h)
    return grad


def two_names_for_one_array(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    grad = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        above = below = x
        above[index] += h
        below[index] -= h
        grad[index] = (f(above) - f(below)) / (2 * h)
    return grad


def classifier(x, labels, w, b):
    g = normed(shifted(x @ w + b)) - np.eye(len(b))[labels]
    return np.mean(np.logaddexp.reduce(x @ w + b, axis=1) - at(x @ w + b, labels)), x.T @ g / len(x), g.mean(axis=0)


def classifier_with_a_column_of_ones(x, labels, w, b):
    x, w = np.c_[x, np.ones(len(x))], np.vstack([w, b])
    g = SOLVED["cross_entropy_grad"](x @ w, labels)
    return SOLVED["cross_entropy"](x @ w, labels), (x.T @ g)[:-1], (x.T @ g)[-1]


def classifier_sample_by_sample(x, labels, w, b):
    parts = []
    for row, label in zip(x, labels, strict=True):
        log_p = row @ w + b - np.logaddexp.reduce(row @ w + b)
        g = np.exp(log_p) - np.eye(len(b))[label]
        parts.append((-log_p[label], row[:, None] * g, g))
    return [np.mean([part[i] for part in parts], axis=0) for i in range(3)]


def xor_net(w1, b1, w2, b2):
    return lambda: [(np.array(w1), np.array(b1)), (np.array(w2), np.array(b2))]


def he(draw):
    return lambda sizes, rng: [(draw(rng, n, m), np.zeros(m)) for n, m in zip(sizes, sizes[1:], strict=False)]


def box_muller(rng, n, m):
    u, v = rng.random((n, m)), rng.random((n, m))
    return np.sqrt(-2 * np.log(1 - u)) * np.cos(2 * np.pi * v) * (2 / n) ** 0.5


def forward(x, params, bend=lambda z: np.maximum(z, 0), keep=list):
    inputs = [x]
    for w, b in params[:-1]:
        inputs.append(bend(inputs[-1] @ w + b))
    return inputs[-1] @ params[-1][0] + params[-1][1], keep(inputs)


def forward_two_layers_only(x, params):
    (w1, b1), (w2, b2) = params
    h = np.maximum(x @ w1 + b1, 0)
    return h @ w2 + b2, [x, h]


def backward(inputs, params, d, gate=lambda a: a > 0, turn=lambda w: w.T, bias=lambda d: d.sum(axis=0)):
    grads = []
    for (w, _), a in zip(params[::-1], inputs[::-1], strict=True):
        grads.insert(0, (a.T @ d, bias(d)))
        d = (d @ turn(w)) * gate(a)
    return grads


def backward_after_a_forward_pass_of_its_own(inputs, params, d):
    return backward(forward(inputs[0], params)[1], params, d)


def backward_with_a_column_of_ones(inputs, params, d):
    grads = collections.deque()
    for (w, _), a in list(zip(params, inputs, strict=True))[::-1]:
        both = np.c_[a, np.ones(len(a))].T @ d
        grads.appendleft((both[:-1], both[-1]))
        d = (d @ w.T) * np.heaviside(a, 0)
    return tuple(grads)


def cut(order, size):
    return [order[start : start + size] for start in range(0, len(order), size)]


def training(
    order=lambda rng, n: rng.permutation(n), cut=cut, once=False, decay=1.0, limit=np.inf, momentum=0.0, rate=None
):
    """A training loop, with what may be done to it."""

    def train_mlp(x, labels, params, lr, epochs, batch_size, rng):
        losses, drawn = [], order(rng, len(x)) if once else None
        speed = [(0.0, 0.0)] * len(params)
        for epoch in range(epochs):
            total, seen = 0.0, 0
            step = (lr if rate is None else rate) * decay**epoch
            for batch in cut(drawn if once else order(rng, len(x)), batch_size):
                logits, inputs = forward(x[batch], params)
                total, seen = total + SOLVED["cross_entropy"](logits, labels[batch]) * len(batch), seen + len(batch)
                grads = backward(inputs, params, SOLVED["cross_entropy_grad"](logits, labels[batch]))
                speed = [
                    (momentum * v + np.clip(dw, -limit, limit), momentum * u + np.clip(db, -limit, limit))
                    for (v, u), (dw, db) in zip(speed, grads, strict=True)
                ]
                params = [(w - step * v, b - step * u) for (w, b), (v, u) in zip(params, speed, strict=True)]
            losses.append(total / seen)
        return params, losses

    return train_mlp


def reorders_its_own_copy(x, labels, params, lr, epochs, batch_size, rng):
    in_order, losses = training(order=lambda rng, n: np.arange(n)), []
    for _ in range(epochs):
        order = rng.permutation(len(x))
        x, labels = x[order], labels[order]
        params, loss = in_order(x, labels, params, lr, 1, batch_size, rng)
        losses += loss
    return params, losses


def shuffled_list(rng, n):
    order = list(range(n))
    rng.shuffle(order)
    return order


def needs_full_batches(*arguments):
    assert arguments[5] <= len(arguments[0])
    return training()(*arguments)


def steps_from_the_epochs_start(x, labels, params, lr, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        start = params
        for batch in cut(rng.permutation(len(x)), batch_size):
            moved, _ = training()(x[batch], labels[batch], start, lr, 1, len(batch), rng)
            params = [(w + v - u, b + c - a) for (w, b), (v, c), (u, a) in zip(params, moved, start, strict=True)]
        losses.append(SOLVED["cross_entropy"](forward(x, params)[0], labels))
    return params, losses


# --- right answers ---------------------------------------------------------------------------------------------------

RIGHT = {
    "mse": [
        lambda y, y_hat: np.linalg.norm(np.asarray(y, float) - y_hat) ** 2 / np.size(y),
        lambda y, y_hat: np.var(y - y_hat) + np.mean(y - y_hat) ** 2,
        lambda y, y_hat: np.array(((y - y_hat) ** 2).mean()),
        lambda *args: np.mean((args[0] - args[1]) ** 2),
        lambda y, y_hat, axis=None: np.mean((y - y_hat) ** 2, axis=axis),
        functools.partial(lambda power, y, y_hat: np.mean(np.abs(y - y_hat) ** power), 2),
        lambda y, y_hat: np.mean((y.astype(np.longdouble) - y_hat) ** 2),
    ],
    "mse_gradient": [
        lambda x, y, w, b: collections.namedtuple("G", "dw db")(
            2 * np.mean((w * x + b - y) * x), 2 * np.mean(w * x + b - y)
        ),
        lambda x, y, w, b: 2 / len(x) * np.c_[x, np.ones(len(x))].T @ (np.c_[x, np.ones(len(x))] @ [w, b] - y),
        lambda x, y, w, b: [np.mean((y - v * x - c) ** 2).imag / 1e-30 for v, c in ((w + 1e-30j, b), (w, b + 1e-30j))],
        lambda x, y, w, b: tuple(np.array(-2 * np.mean((y - w * x - b) * s)) for s in (x, 1)),
        lambda x, y, w, b: (-sum(2 * (y - w * x - b) * x) / len(x), -sum(2 * (y - w * x - b)) / len(x)),
    ],
    "fit_line": [descend, descend_by_recurrence, descend_in_plain_python],
    "linear": [
        lambda x, w, b: [[sum(x[n] * w[:, m]) + b[m] for m in range(len(b))] for n in range(len(x))],
        lambda x, w, b: (w.T.dot(x.T) + b.reshape(-1, 1)).T,
        lambda x, w, b: np.tensordot(x, w, axes=1) + np.broadcast_to(b, (len(x), len(b))),
        lambda x, w, b: np.vectorize(lambda row: row @ w + b, signature="(d)->(m)")(x),
        lambda x, w, b: np.sum(x[:, :, None] * w[None], axis=1) + b,
        lambda x, w, b: tuple(tuple(row) for row in np.asfortranarray(x @ w) + b),
    ],
    "relu": [
        lambda z: np.fmax(z, 0),
        lambda z: -np.minimum(-z, 0),
        lambda z: np.piecewise(z, [z <= 0, z > 0], [0, lambda v: v]),
        lambda z: np.reshape([v if v > 0 else 0 for v in z.flat], z.shape),
        lambda z: np.ma.masked_less(z, 0).filled(0),
        lambda z: np.select([z > 0], [z], default=0),
        lambda z: np.maximum(z, 0).astype(np.float64, order="F"),
    ],
    "sigmoid": [
        lambda z: 1 / (1 + np.exp(-np.clip(z, -30, 30))),
        lambda z: np.exp(np.minimum(z, 0)) / (1 + np.exp(-np.abs(z))),
        lambda z: np.where(z < 0, 1 - 1 / (1 + np.exp(-np.abs(z))), 1 / (1 + np.exp(-np.abs(z)))),
        lambda z: np.reciprocal(1 + np.exp(np.minimum(700, -1.0 * z))),
        lambda z: np.vectorize(lambda v: 1 / (1 + math.exp(-v)) if v > -700 else 0.0, otypes=[float])(z),
        lambda z: np.piecewise(
            z.astype(float), [z >= 0], [lambda v: 1 / (1 + np.exp(-v)), lambda v: np.exp(v) / (1 + np.exp(v))]
        ),
    ],
    "relu_grad": [
        lambda z: np.sign(np.maximum(z, 0)),
        lambda z: np.clip(np.ceil(z), 0, 1),
        lambda z: (z > 0).astype(np.uint8),
        lambda z: np.choose(z > 0, [0.0, 1.0]),
        lambda z: (np.sign(z) + np.abs(np.sign(z))) / 2,
        lambda z: np.reshape([1 if v > 0 else 0 for v in z.flat], z.shape).tolist(),
    ],
    "sigmoid_grad": [
        lambda z: sigmoid(z) - sigmoid(z) ** 2,
        lambda z: 1 / (2 + 2 * np.cosh(np.clip(z, -300, 300))),
        lambda z: np.exp(-np.logaddexp(0, -1.0 * z) - np.logaddexp(0, z)),
        lambda z: np.vectorize(lambda v: math.exp(-abs(v)) / (1 + math.exp(-abs(v))) ** 2, otypes=[float])(z),
        lambda z: np.where(z > 0, sigmoid(-z) * sigmoid(z), sigmoid(z) * (1 - sigmoid(z))),
    ],
    "softmax": [
        lambda z: normed(np.clip(shifted(z), -700, 0)),
        lambda z: np.apply_along_axis(lambda row: np.exp(row - row.max()) / np.exp(row - row.max()).sum(), 1, z),
        lambda z: normed(z - np.sort(z, axis=1)[:, -1:] - 5),
        lambda z, axis=-1: np.exp(shifted(z)) / np.exp(shifted(z)).sum(axis=axis, keepdims=True),
        lambda z: tuple(np.exp(row - row.max()) / math.fsum(np.exp(row - row.max())) for row in z),
        lambda z: np.array([1 / np.exp(np.clip(row[None] - row[:, None], -700, 700)).sum(axis=1) for row in z]),
    ],
    "cross_entropy": [
        lambda z, labels: np.mean(np.log(np.exp(shifted(z)).sum(1)) - np.choose(labels, shifted(z).T)),
        lambda z, labels: -np.diag((shifted(z) - np.log(np.exp(shifted(z)).sum(1, keepdims=True)))[:, labels]).mean(),
        lambda z, labels: (
            sum(functools.reduce(np.logaddexp, row) - row[k] for row, k in zip(z, labels, strict=True)) / len(z)
        ),
        lambda z, labels: np.array(
            np.log(np.exp(z - at(z, labels)[:, None] - np.max(z - at(z, labels)[:, None], 1, keepdims=True)).sum(1))
            + np.max(z - at(z, labels)[:, None], 1)
        ).mean(),
        lambda z, labels, reduction="mean": getattr(np, reduction)(np.logaddexp.reduce(z, axis=1) - at(z, labels)),
    ],
    "cross_entropy_grad": [
        lambda z, labels: np.where(np.equal.outer(labels, np.arange(z.shape[1])), softmax(z) - 1, softmax(z)) / len(z),
        lambda z, labels: ((softmax(z) - [[k == c for c in range(z.shape[1])] for k in labels]) / len(z)).tolist(),
        lambda z, labels: normed(shifted(z)) / len(z) - np.eye(z.shape[1])[labels] / len(z),
        lambda z, labels: np.vstack(
            [(softmax(row[None])[0] - np.eye(len(row))[k]) / len(z) for row, k in zip(z, labels, strict=True)]
        ),
    ],
    "gaussian_nll": [
        lambda mean, s, y: np.mean((s + (y - mean) ** 2 * np.exp(-1.0 * s)) / 2),
        lambda mean, s, y: np.mean(np.log(np.exp(s / 2)) + 0.5 * np.square((y - mean) / np.exp(s / 2))),
        lambda mean, s, y: 0.5 * np.average(s) + 0.5 * np.average((y - mean) ** 2 / np.exp(s)),
        lambda mean, s, y: (np.sum(s) + np.sum((mean - y) ** 2 / math.e**s)) / (2 * y.size),
        lambda mean, s, y: np.vectorize(lambda m, t, v: 0.5 * (t + (v - m) ** 2 / math.exp(t)), otypes=[float])(
            mean, s, y
        ).mean(),
    ],
    "relative_error": [
        lambda a, b: max(abs(p - q) / max(abs(p) + abs(q), 1e-12) for p, q in zip(a.flat, b.flat, strict=True)),
        lambda a, b: np.max(np.abs(a - b) / np.where(abs(a) + abs(b) < 1e-12, 1e-12, abs(a) + abs(b))),
        lambda a, b, eps=1e-12: np.linalg.norm((np.abs(a - b) / np.fmax(np.abs(a) + np.abs(b), eps)).ravel(), np.inf),
        lambda a, b: np.sort(np.ravel(np.maximum(a - b, b - a) / np.maximum(abs(a) + abs(b), 1e-12)))[-1],
        lambda a, b: np.vectorize(lambda p, q: abs(p - q) / max(abs(p) + abs(q), 1e-12), otypes=[float])(a, b).max(),
    ],
    "numerical_gradient": [
        slopes(central),
        slopes(lambda f, x, unit, h: (f(x + h / 2 * unit) - f(x - h / 2 * unit)) / h),
        slopes(
            lambda f, x, u, h: (f(x - 2 * h * u) - 8 * f(x - h * u) + 8 * f(x + h * u) - f(x + 2 * h * u)) / (12 * h)
        ),
        nudges_one_entry,
        lambda f, x, h=1e-5: slopes(central)(f, x, h).tolist(),
    ],
    "find_the_bug": [classifier, classifier_with_a_column_of_ones, classifier_sample_by_sample],
    "xor_params": [
        xor_net([[-1, -1], [-1, -1]], [2, 1], [[1], [-2]], [0]),
        xor_net([[1, -1], [1, -1]], [-1.5, 0.5], [[-2], [-2]], [1]),
        xor_net([[1e6, 1], [1e6, 1]], [0, -1], [[1e-6], [-2]], [0]),
        lambda: [([[1, 1], [1, 1]], [0, -1]), ([[1], [-2]], [0])],
        lambda: ((np.ones((2, 2), dtype=np.int8), np.r_[0, -1]), (np.c_[[1, -2]], np.zeros(1, dtype=np.float32))),
    ],
    "init_mlp": [
        he(lambda rng, n, m: np.sqrt(2 / n) * rng.normal(size=(m, n)).T),
        he(box_muller),
        he(lambda rng, n, m: np.random.default_rng(rng.integers(2**63)).normal(0, (2 / n) ** 0.5, (n, m))),
        he(lambda rng, n, m: np.column_stack([rng.normal(0.0, (2.0 / n) ** 0.5, n) for _ in range(m)])),
        he(lambda rng, n, m: rng.spawn(1)[0].standard_normal((n, m)) / np.sqrt(n / 2)),
        lambda sizes, rng: [
            [rng.normal(0, math.sqrt(2 / n), (n, m)).tolist(), [0] * m] for n, m in zip(sizes, sizes[1:], strict=False)
        ],
    ],
    "mlp_forward": [
        functools.partial(forward, keep=tuple),
        functools.partial(forward, bend=lambda z: np.where(z > 0, z, 0)),
        lambda x, params: (forward(x, params)[0].tolist(), [a.tolist() for a in forward(x, params)[1]]),
        lambda x, params: (forward(x, params)[0], [forward(x, params[: i + 1])[1][-1] for i in range(len(params))]),
        lambda x, params: [np.asfortranarray(part) if i == 0 else part for i, part in enumerate(forward(x, params))],
    ],
    "mlp_backward": [
        backward_after_a_forward_pass_of_its_own,
        backward_with_a_column_of_ones,
        functools.partial(backward, gate=np.sign),
        functools.partial(backward, bias=sum),
        lambda inputs, params, d: [(dw.tolist(), db.tolist()) for dw, db in backward(inputs, params, d)],
    ],
    "train_mlp": [
        training(),
        training(order=shuffled_list),
        training(order=lambda rng, n: rng.permuted(np.arange(n))),
        training(cut=lambda order, size: np.split(order, range(size, len(order), size))),
        training(cut=lambda order, size: np.array_split(order, -(-len(order) // size))),
        reorders_its_own_copy,
    ],
    "slips": [
        lambda: {np.str_(claim) for claim in SOLVED["slips"]()},
        lambda: frozenset(SOLVED["slips"]()),
        lambda: {claim.id for claim in CHAPTER.claims if not claim.true},
    ],
}

# --- wrong answers, each with the one mistake that may be named ------------------------------------------------------

WRONG = {
    "mse": [
        (lambda y, y_hat: np.mean(y**2 - y_hat**2), None),
        (lambda y, y_hat: np.median((y - y_hat) ** 2), None),
        (lambda y, y_hat: np.sum((y - y_hat) ** 2) / (y.size - 1), None),
        (lambda y, y_hat: np.mean((y[0] - y_hat[0]) ** 2), None),
        (lambda y, y_hat: round(np.mean((y - y_hat) ** 2), 3), None),
        (with_(lambda y, y_hat: y_hat.fill(0), SOLVED["mse"]), None),
    ],
    "mse_gradient": [
        (lambda x, y, w, b: (np.mean((y - w * x - b) * x), np.mean(y - w * x - b)), "factor_and_sign_lost"),
        (lambda x, y, w, b: (-2 * np.mean((y - w * x - b) * x), 2 * np.mean(y - w * x - b)), None),
        (lambda x, y, w, b: (-2 * np.mean((y - w * x - b) * y), -2 * np.mean(y - w * x - b)), None),
        (lambda x, y, w, b: (-2 * np.mean((y - w * x + b) * x), -2 * np.mean(y - w * x + b)), None),
        (lambda x, y, w, b: (-2 * np.mean((y - w * x - b) * x), -2 * np.sum(y - w * x - b)), None),
    ],
    "fit_line": [
        (functools.partial(descend, tolerance=1e-3), None),
        (functools.partial(descend, tolerance=1e-8), None),
        (functools.partial(descend, limit=100.0), None),
        (functools.partial(descend, rate=halves_when_worse), None),
        (functools.partial(descend, rate=lambda step, losses, lr: lr * 0.99), None),
        (lambda x, y, lr, steps: (*np.polyfit(x, y, 1), descend(x, y, lr, steps)[2]), None),
    ],
    "linear": [
        # Floats, where the bank's own version of the mistake gives ints for whole numbers.
        (lambda x, w, b: np.asarray(x, float) @ np.asarray(w, float), "no_bias"),
        (lambda x, w, b: x @ w.squeeze() + b, None),
        (lambda x, w, b: (x @ w + b).squeeze(), None),
        (lambda x, w, b: x @ w + (b[:, None] if len(b) == len(x) else b), None),
        (lambda x, w, b: x @ (w.T if w.shape[0] == w.shape[1] else w) + b, None),
        (lambda x, w, b: x @ w - b, None),
        (lambda x, w, b: x @ w + b.mean(), None),
    ],
    "relu": [
        (lambda z: np.vectorize(lambda v: max(0, v))(z), "cut_to_whole_numbers"),
        (lambda z: np.where(z > 0, z, 0.1 * z), None),
        (lambda z: np.where(z > 0, z, np.exp(z) - 1), None),
        (lambda z: np.clip(z, 0, 1), None),
        (lambda z: np.maximum(z, 0, out=z), "changes_z"),
        (lambda z: np.maximum(np.round(z, 3), 0), None),
    ],
    "sigmoid": [
        (lambda z: (np.tanh(z / 2) / 2 + 0.5).astype(z.dtype), "zeros_of_whole_numbers"),
        (lambda z: 1 / (1 + np.exp(-np.clip(z, -10, 10))), None),
        (lambda z: np.clip(z / 6 + 0.5, 0, 1), None),
        (lambda z: 1 / (1 + np.exp(-np.abs(z))), None),
        (lambda z: np.nan_to_num(np.exp(z) / (1 + np.exp(z)), nan=1.0), None),
        (with_(lambda z: z.fill(0), sigmoid), None),
    ],
    "relu_grad": [
        (lambda z: np.clip(z, 0, 1), None),
        (lambda z: np.abs(np.sign(z)), None),
        (lambda z: np.where(z > 0, 1.0, 0.01), None),
        (lambda z: np.where(z > 0, 0.0, 1.0), None),
        (lambda z: np.where(z > 0, "1", "0"), None),
    ],
    "sigmoid_grad": [
        (lambda z: sigmoid(z) * 1 - sigmoid(z), None),
        (lambda z: sigmoid(z) * (1 - z), None),
        (lambda z: 1 - np.tanh(z / 2) ** 2, None),
        (lambda z: np.sign(z) * sigmoid(z) * (1 - sigmoid(z)), None),
        (lambda z: (sigmoid(z + 0.01) - sigmoid(z - 0.01)) / 0.02, None),
    ],
    "softmax": [
        (lambda z: np.exp(z) / np.sum(np.exp(z)), "whole_array_unshifted"),
        (lambda z: np.exp(z) / np.sum(np.exp(z), axis=0), "wrong_axis_unshifted"),
        (lambda z: np.exp(z - np.max(z)) / np.sum(np.exp(z - np.max(z))), "array_as_one_row"),
        (lambda z: normed(z - np.abs(z).max(axis=1, keepdims=True)), None),
        (lambda z: normed(z - z.mean(axis=1, keepdims=True)), None),
        (lambda z: normed(np.clip(z, -500, 500)), None),
        (lambda z: np.nan_to_num(normed(z)), None),
        (lambda z: softmax(z.T).T if z.shape[0] == z.shape[1] else softmax(z), None),
    ],
    "cross_entropy": [
        (lambda z, labels: -np.mean(np.log(softmax(z)[:, labels])), "every_label_with_log_of_zero"),
        (lambda z, labels: -np.sum(np.log(softmax(z)[:, labels])), "sum_of_every_label_with_log_of_zero"),
        (lambda z, labels: -np.sum(np.log(at(softmax(z), labels))), "sum_with_log_of_zero"),
        (lambda z, labels: -np.mean(np.log(at(softmax(z), labels) + 1e-300)), None),
        (lambda z, labels: -np.mean(np.log(np.clip(at(softmax(z), labels), 1e-7, 1))), None),
        (lambda z, labels: SOLVED["cross_entropy"](z, labels - 1), None),
        (lambda z, labels: SOLVED["cross_entropy"](z, labels) / np.log(10), None),
        (with_(lambda z, labels: labels.fill(0), SOLVED["cross_entropy"]), None),
    ],
    "cross_entropy_grad": [
        (lambda z, labels: np.eye(z.shape[1])[labels] - softmax(z), None),
        (lambda z, labels: (softmax(z) - np.eye(z.shape[1])[labels]) / z.shape[1], None),
        (lambda z, labels: softmax(z) - np.eye(z.shape[1])[labels] / len(z), None),
        (lambda z, labels: ((softmax(z) - np.eye(z.shape[1])[labels]) / len(z)).squeeze(), None),
        (lambda z, labels: (softmax(z) - np.eye(z.shape[1])[z.argmax(axis=1)]) / len(z), None),
    ],
    "gaussian_nll": [
        (lambda mean, s, y: np.mean(0.5 * (s + (y - mean) ** 2 / np.exp(s) ** 2)), None),
        (lambda mean, s, y: np.mean(0.5 * (s / 2 + (y - mean) ** 2 / np.exp(s))), None),
        (lambda mean, s, y: np.mean(0.5 * (s + np.abs(y - mean) / np.exp(s))), None),
        (lambda mean, s, y: SOLVED["gaussian_nll"](mean, np.clip(s, -5, 5), y), None),
        (lambda mean, s, y: np.mean(0.5 * (np.log(s) + (y - mean) ** 2 / s)), None),
    ],
    "relative_error": [
        (lambda a, b: np.max(np.abs(a - b) / (np.abs(a) + np.abs(b) + 1e-12)), None),
        (lambda a, b: np.max(np.abs(a - b) / np.maximum(np.abs(a) + np.abs(b), 1e-8)), None),
        (lambda a, b: np.max(np.abs(a - b) / np.maximum(np.abs(a) + np.abs(b), 1e-3)), None),
        (lambda a, b: np.max(np.nan_to_num(np.abs(a - b) / (np.abs(a) + np.abs(b)))), None),
        (lambda a, b: np.max((np.abs(a - b) / (abs(a) + abs(b)))[(a != 0) & (b != 0)]), None),
        (lambda a, b: np.linalg.norm(a - b) / max(np.linalg.norm(a) + np.linalg.norm(b), 1e-12), None),
    ],
    "numerical_gradient": [
        (slopes(lambda f, x, unit, h: central(f, x, unit, 1e-5)), "h_ignored"),
        (slopes(lambda f, x, unit, h: (f(x + h * unit) - f(x)) / (2 * h)), "back_to_x_only"),
        (slopes(lambda f, x, unit, h: (f(x + h * unit) - f(x - h * unit)) / 2 * h), "brackets_of_the_denominator_lost"),
        (slopes(lambda f, x, unit, h: -central(f, x, unit, h)), None),
        (lambda f, x, h=1e-5: np.round(slopes(central)(f, x, h), 2), None),
        (two_names_for_one_array, "every_slope_is_zero"),
        (lambda f, x, h=1e-5: np.zeros(np.shape(x)), "every_slope_is_zero"),
    ],
    "find_the_bug": [
        (lambda x, labels, w, b: classifier(x, labels, np.clip(w, -99, 99), b), None),
        (lambda x, labels, w, b: classifier(x, labels, w, 0 * b), None),
        (lambda x, labels, w, b: (classifier(x, labels, w, b)[0], *classifier(x, labels, w, b)[:0:-1]), None),
        (lambda x, labels, w, b: [part + 1e-3 for part in classifier(x, labels, w, b)], None),
        (with_(lambda x, labels, w, b: w.fill(0), classifier), None),
    ],
    "xor_params": [
        (xor_net([[1, 1], [1, 1]], [0, -1], [[2], [-4]], [0]), None),
        (xor_net([[1, 1], [1, 1]], [0, -1], [1, -2], [0]), None),
        (xor_net([[1, 1, 1], [1, 1, 1]], [0, -1, 0], [[1], [-2], [0]], [0]), None),
        (xor_net([[np.nan, 1], [1, 1]], [0, -1], [[1], [-2]], [0]), None),
        (lambda: [("a", "b"), ("c", "d")], None),
    ],
    "init_mlp": [
        (he(lambda rng, n, m: rng.normal(0, np.sqrt(2 / n), (n, m)) if n != m else np.zeros((n, m))), None),
        (he(lambda rng, n, m: np.abs(rng.normal(0, np.sqrt(2 / n), (n, m)))), None),
        (he(lambda rng, n, m: rng.laplace(0, np.sqrt(1 / n), (n, m))), None),
        (he(lambda rng, n, m: rng.choice([-1, 1], (n, m)) * np.sqrt(2 / n)), None),
        (he(lambda rng, n, m: rng.normal(0.01, np.sqrt(2 / n), (n, m))), None),
        (he(lambda rng, n, m: rng.normal(0, np.sqrt(2) / n, (n, m))), None),
    ],
    "mlp_forward": [
        (functools.partial(forward, bend=lambda z: np.where(z > 0, z, 0.01 * z)), None),
        (functools.partial(forward, bend=sigmoid), None),
        (functools.partial(forward, keep=lambda inputs: inputs[::-1]), None),
        (lambda x, params: forward(x, params)[::-1], None),
        (forward_two_layers_only, None),
        (with_(lambda x, params: params.pop(), forward), None),
    ],
    "mlp_backward": [
        (lambda inputs, params, d: [(w, b.squeeze()) for w, b in backward(inputs, params, d)], None),
        (functools.partial(backward, bias=lambda d: d.sum(axis=0, keepdims=True)), None),
        (functools.partial(backward, turn=lambda w: w if w.shape[0] == w.shape[1] else w.T), None),
        (functools.partial(backward, gate=lambda a: np.where(a > 0, 1, 0.01)), None),
        (lambda inputs, params, d: [pair[::-1] for pair in backward(inputs, params, d)], None),
        (with_(lambda inputs, params, d: inputs.pop(), backward), None),
    ],
    "train_mlp": [
        (training(once=True), "shuffled_once"),
        (
            training(cut=lambda order, size: [order[i : i + size + 1] for i in range(0, len(order), size)]),
            "batches_overlap",
        ),
        (
            training(cut=lambda order, size: cut(np.resize(order, -(-len(order) // size) * size), size)),
            "last_batch_filled_up",
        ),
        (training(order=lambda rng, n: rng.permutation(n - 1)), None),
        (training(order=lambda rng, n: rng.permutation(np.arange(1, n))), None),
        (training(order=lambda rng, n: rng.permutation(n)[: n // 2]), None),
        (training(cut=lambda order, size: [b for b in cut(order, size) if len(b) > 1 or size == 1]), None),
        (training(rate=0.3), "lr_ignored"),
        (training(decay=0.95), None),
        (training(limit=1.0), None),
        (training(momentum=0.5), None),
        (needs_full_batches, None),
        (steps_from_the_epochs_start, None),
    ],
    "slips": [
        (lambda: {"1"}, None),
        (lambda: {"9"}, None),
        (lambda: sorted(SOLVED["slips"]()), None),
        (lambda: "13468", None),
        (lambda: None, None),
    ],
}


def test_every_exercise_has_further_answers():
    assert set(RIGHT) == set(WRONG) == set(CHAPTER.exercises)
    assert all(len(RIGHT[name]) >= 3 and len(WRONG[name]) >= 5 for name in CHAPTER.exercises)


@pytest.mark.parametrize(("name", "answer"), cases(RIGHT))
def test_a_right_answer_passes_however_it_is_written(name, answer):
    must_pass(CHAPTER, name, answer)


@pytest.mark.parametrize(("name", "wrong"), cases(WRONG))
def test_a_wrong_answer_fails_and_gets_no_false_name(name, wrong):
    must_fail(CHAPTER, name, *wrong)

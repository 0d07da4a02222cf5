"""Chapter 3's seven steps, their sums in another order than the chapter's, and values that suit the race's surface."""

from __future__ import annotations

import numpy as np


def gd_step(w, g, lr):
    return w - lr * g


def momentum_step(w, g, state, lr, beta):
    moved = lr * g + beta * state.get("moved", np.zeros_like(w))
    return w - moved, {"moved": moved}


def nesterov_step(w, grad, state, lr, beta):
    old = state.get("moved", np.zeros_like(w))
    moved = beta * old + lr * grad(w - beta * old)
    return w - moved, {"moved": moved}


def adagrad_step(w, g, state, lr, eps):
    squares = [*state.get("squares", []), g**2]
    return w - lr * g / (sum(squares) ** 0.5 + eps), {"squares": squares}


def rmsprop_step(w, g, state, lr, gamma, eps):
    mean = state.get("mean", 0 * g)
    mean = mean + (1 - gamma) * (g**2 - mean)
    return w - lr / (mean**0.5 + eps) * g, {"mean": mean}


def adadelta_step(w, g, state, gamma, eps):
    mean, moved = state.get("both", (0 * g, 0 * g))
    mean = mean + (1 - gamma) * (g**2 - mean)
    step = ((moved + eps) / (mean + eps)) ** 0.5 * g
    return w - step, {"both": (mean, moved + (1 - gamma) * (step**2 - moved))}


def adam_step(w, g, state, lr, beta1, beta2, eps):
    t, m, v = state.get("all", (0, 0 * g, 0 * g))
    m, v, t = m + (1 - beta1) * (g - m), v + (1 - beta2) * (g**2 - v), t + 1
    return w - lr * (m / (1 - beta1**t)) / ((v / (1 - beta2**t)) ** 0.5 + eps), {"all": (t, m, v)}


SEVEN = {
    "gd": (gd_step, {"lr": 0.05}),
    "momentum": (momentum_step, {"lr": 0.03, "beta": 0.7}),
    "nesterov": (nesterov_step, {"lr": 0.03, "beta": 0.7}),
    "adagrad": (adagrad_step, {"lr": 2.0, "eps": 1e-8}),
    "adadelta": (adadelta_step, {"gamma": 0.9, "eps": 1e-4}),
    "rmsprop": (rmsprop_step, {"lr": 0.05, "gamma": 0.9, "eps": 1e-8}),
    "adam": (adam_step, {"lr": 0.3, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8}),
}

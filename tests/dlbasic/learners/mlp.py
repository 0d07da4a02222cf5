"""Chapter 2's functions, with SciPy where a learner has her own exponentials."""

from __future__ import annotations

import itertools

import numpy as np
from scipy.special import expit
from scipy.special import softmax as scipy_softmax

from dlbasic import digits

X = np.random.default_rng(0).uniform(-2, 3, 30)
Y = 1.3 * X + 0.7 + np.random.default_rng(1).normal(0, 0.6, 30)


def relu(z):
    return z * (z > 0)


def relu_grad(z):
    return (z > 0) * 1.0


def sigmoid_grad(z):
    return expit(z) * expit(-z)


def softmax(logits):
    return scipy_softmax(logits, axis=1)


def shaky_softmax(logits):
    return np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)


def init_mlp(sizes, rng):
    return [(rng.normal(0, (2 / a) ** 0.5, (a, b)), np.zeros(b)) for a, b in itertools.pairwise(sizes)]


def mlp_forward(x, params):
    (w1, b1), (w2, b2) = params
    hidden = relu(x @ w1 + b1)
    return hidden @ w2 + b2, [x, hidden]


def mlp_backward(activations, params, dlogits):
    x, hidden = activations
    back = dlogits @ params[1][0].T * (hidden > 0)
    return [(x.T @ back, back.sum(0)), (hidden.T @ dlogits, dlogits.sum(0))]


def cross_entropy_grad(logits, labels):
    return (softmax(logits) - np.eye(logits.shape[1])[labels]) / len(logits)


def predict(x):
    """Nearest mean of each digit: right most of the time, wrong often enough."""
    train, labels, *_ = digits()
    means = np.stack([train[labels == digit].mean(0) for digit in range(10)])
    return scipy_softmax(-4 * ((x[:, None] - means) ** 2).sum(-1), axis=1)


MLP = init_mlp, mlp_forward, mlp_backward, cross_entropy_grad
EXPLORED = {"relu": (relu, relu_grad), "sigmoid": (expit, sigmoid_grad)}

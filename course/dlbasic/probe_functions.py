"""Functions that probes hand to a learner's function: a name and plain parameters each, so that JSON can hold them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

_REGISTRY: dict[str, Callable] = {}


@dataclass(frozen=True)
class ProbeFunction:
    """A function of arrays: `name` picks the formula, `parameters` (JSON values) fill it in."""

    name: str
    parameters: dict

    def __call__(self, *arguments, **by_name) -> Any:
        return _REGISTRY[self.name](*arguments, **by_name, **self.parameters)


def named(name: str, **parameters) -> ProbeFunction:
    """The probe function `name` with these parameters; ValueError when there is none of that name."""
    if name not in _REGISTRY:
        raise ValueError(f"no probe function is called {name!r}; there are {', '.join(sorted(_REGISTRY))}")
    return ProbeFunction(name, parameters)


def _register(function: Callable) -> Callable:
    _REGISTRY[function.__name__] = function
    return function


def _entries(x, shape: list[int]) -> np.ndarray:
    """The entries of `x` in order. ValueError for another shape: an f of a matrix has no value at a single number."""
    x = np.asarray(x, dtype=np.float64)
    if x.shape != tuple(shape):
        raise ValueError(f"f takes an array of shape {tuple(shape)} and got one of shape {x.shape}")
    return x.ravel()


@_register
def separable(x, shape: list[int], linear: list[float], square: list[float], cube: list[float]) -> float:
    """Sum of linear[i] x_i + square[i] x_i^2 + cube[i] x_i^3: every entry has a slope of its own."""
    x = _entries(x, shape)
    return float(np.dot(linear, x) + np.dot(square, x**2) + np.dot(cube, x**3))


@_register
def coupled(x, shape: list[int], weight: list[float], slope: float) -> float:
    """(sum of weight[i] x_i)^2 + slope * sum of x_i: a step left behind in one entry changes every other slope."""
    x = _entries(x, shape)
    return float(np.dot(weight, x) ** 2 + slope * np.sum(x))


@_register
def wave(x, shape: list[int], frequency: list[float]) -> float:
    """Product over i of (2 + sin(frequency[i] x_i)): smooth, coupled, and no polynomial."""
    x = _entries(x, shape)
    return float(np.prod(2.0 + np.sin(np.asarray(frequency) * x)))


@_register
def token_scores(prefix, table: list[list[float]], end: int, length: int) -> np.ndarray:
    """Scores (V,) of the next token: the tokens so far vote, the last one loudest, and `end` wins once, after `length`.

    Whatever the prefix is, there is an answer, so that a mistake shows in the tokens and not in a crash; but only the
    list [start, …], or the same as a tuple, gets the scores that belong to it. An array, a number, a batch of one get
    each their own wrong ones.
    """
    tokens = [int(token) for token in np.ravel(prefix)]
    votes = np.asarray(table, dtype=float)
    scores = sum((0.8**age * votes[token] for age, token in enumerate(reversed(tokens))), np.zeros(len(votes)))
    over = len(tokens) > length and end not in tokens[1:]
    scores[end] = scores.max() + 1.0 if over else scores.min() - 1.0
    return np.roll(scores, 2 * (np.ndim(prefix) - 1) + (not isinstance(prefix, (list, tuple))))


@_register
def valley(w, linear: list[float], cube: list[float], pull: float) -> np.ndarray:
    """A gradient: linear[i] w_i + cube[i] w_i^3 + pull * sum of w. It bends, so that where it is taken shows."""
    w = np.asarray(w, dtype=np.float64)
    shaped = [np.reshape(coefficient, w.shape) for coefficient in (linear, cube)]
    return shaped[0] * w + shaped[1] * w**3 + pull * np.sum(w)


@_register
def level(x, y, share: float) -> dict:
    """A model that knows one number, the mean of y and a share of the mean of x, and how many samples it has seen."""
    x, y = _samples(x, y)
    return {"level": float(np.mean(y) + share * np.mean(x)), "samples": len(y)}


@_register
def miss(model, x, y, tilt: float) -> float:
    """How far a `level` model is from y on average, with some weight on x; more for models that have seen little."""
    x, y = _samples(x, y)
    errors = y - model["level"] - tilt * x.reshape(len(x), -1).mean(axis=1)
    return float(np.mean(errors**2) + 1.0 / model["samples"])


def _samples(x, y) -> tuple[np.ndarray, np.ndarray]:
    """Samples and targets as arrays. ValueError when they are not equally many."""
    x, y = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if x.ndim == 0 or y.ndim == 0 or len(x) != len(y) or not len(x):
        raise ValueError(f"x and y should hold equally many samples; their shapes are {x.shape} and {y.shape}")
    return x, y


@_register
def terrace(x, center: list[float], slope: list[float], width: float) -> float:
    """Sum of slope[i] (x_i - center[i]), each entry level where it is within `width` of its center.

    Steps larger than `width` from the center measure the slopes; smaller ones measure 0. It shows whose steps are h.
    """
    offset = _entries(x, [len(center)]) - np.asarray(center)
    return float(np.dot(slope, np.where(np.abs(offset) > width, offset, 0.0)))


@_register
def bands(images, rows: list[int], columns: list[int]) -> np.ndarray:
    """A reader of images (N, H, W): each pixel counts by its row and its column, and the sum's last digit is the label.

    With columns in multiples of 16 and images in sixteenths every sum is exact. ValueError when images is no batch, or
    one of images higher or wider than there are rows or columns.
    """
    images = np.asarray(images, dtype=np.float64)
    if images.ndim != 3 or images.shape[1] > len(rows) or images.shape[2] > len(columns):
        raise ValueError(f"predict takes a batch of images (N, H, W) and got an array of shape {images.shape}")
    height, width = images.shape[1:]
    return np.rint(np.einsum("nhw,h,w->n", images, rows[:height], columns[:width])).astype(int) % 10

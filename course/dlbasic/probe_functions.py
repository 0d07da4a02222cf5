"""Functions that probes hand to a learner's function: a name and plain parameters each, so that JSON can hold them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

_REGISTRY: dict[str, Callable[..., float]] = {}


@dataclass(frozen=True)
class ProbeFunction:
    """A function from one array to a float: `name` picks the formula, `parameters` (JSON values) fill it in."""

    name: str
    parameters: dict

    def __call__(self, x) -> float:
        return _REGISTRY[self.name](x, **self.parameters)


def named(name: str, **parameters) -> ProbeFunction:
    """The probe function `name` with these parameters; ValueError when there is none of that name."""
    if name not in _REGISTRY:
        raise ValueError(f"no probe function is called {name!r}; there are {', '.join(sorted(_REGISTRY))}")
    return ProbeFunction(name, parameters)


def _register(function: Callable[..., float]) -> Callable[..., float]:
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
def terrace(x, center: list[float], slope: list[float], width: float) -> float:
    """Sum of slope[i] (x_i - center[i]), each entry level where it is within `width` of its center.

    Steps larger than `width` from the center measure the slopes; smaller ones measure 0. It shows whose steps are h.
    """
    offset = _entries(x, [len(center)]) - np.asarray(center)
    return float(np.dot(slope, np.where(np.abs(offset) > width, offset, 0.0)))

"""Surfaces to walk down in the plane: each with its height, its own gradient, its minima and a window to look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

NOISE_SEED = 11


@dataclass(frozen=True)
class Hill:
    """height(x, y) of arrays of one shape; slope(p) its gradient (2,) at p (2,); minima (K, 2).

    window is (x low, x high, y low, y high), start (2,) a place to begin, noise the deviation of each slope's error.
    """

    name: str
    height: Callable[[np.ndarray, np.ndarray], np.ndarray]
    slope: Callable[[np.ndarray], np.ndarray]
    minima: np.ndarray
    window: tuple[float, float, float, float]
    start: tuple[float, float]
    noise: float = 0.0
    hessian: np.ndarray | None = None  # of a quadratic: contours need no more

    def distance(self, points: np.ndarray) -> np.ndarray:
        """From each of points (…, 2) to the nearest minimum; inf where a point is not finite."""
        with np.errstate(all="ignore"):
            gaps = np.linalg.norm(np.asarray(points)[..., None, :] - self.minima, axis=-1).min(axis=-1)
        return np.where(np.isfinite(gaps), gaps, np.inf)

    def errors(self, steps: int) -> np.ndarray:
        """What each step's measured slope is off by, (steps, 2): the same for every optimizer."""
        return self.noise * np.random.default_rng(NOISE_SEED).normal(size=(steps, 2))


TURN = np.array([[0.8, -0.6], [0.6, 0.8]])


def turned(condition: float, noise: float = 0.0) -> Hill:
    """A turned valley with curvatures 1 along it and `condition` across, as in the race."""
    name = "noisy quadratic" if noise else "quadratic"
    return _bowl(name, TURN @ np.diag([1.0, condition]) @ TURN.T, (-2.0, 2.0), noise)


def level(condition: float) -> Hill:
    """A valley along the axes with curvatures 1 / condition and 1, so that the stable rates are always the same."""
    return _bowl("quadratic", np.diag([1.0 / condition, 1.0]), (-2.4, 1.6))


def _bowl(name: str, hessian: np.ndarray, start: tuple[float, float], noise: float = 0.0) -> Hill:
    (a, b), (_, c) = hessian

    def height(x, y):
        return 0.5 * (a * x * x + 2.0 * b * x * y + c * y * y)

    window = (-3.0, 3.0, -3.0, 3.0)
    return Hill(name, height, lambda p: hessian @ p, np.zeros((1, 2)), window, start, noise, hessian)


def _rosenbrock_slope(p):
    x, y = p
    return np.array([-2.0 * (1.0 - x) - 400.0 * x * (y - x * x), 200.0 * (y - x * x)])


def _beale(x, y):
    return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2


def _beale_slope(p):
    x, y = p
    parts = ((1.5, y, 1.0), (2.25, y**2, 2.0 * y), (2.625, y**3, 3.0 * y**2))
    misses = [(c - x + x * power, power, bend) for c, power, bend in parts]
    return np.array([sum(2.0 * m * (q - 1.0) for m, q, _ in misses), sum(2.0 * m * x * b for m, _, b in misses)])


ROSENBROCK = Hill(
    "Rosenbrock",
    lambda x, y: (1.0 - x) ** 2 + 100.0 * (y - x**2) ** 2,
    _rosenbrock_slope,
    np.array([[1.0, 1.0]]),
    (-2.0, 2.0, -1.0, 3.0),
    (-1.2, 1.0),
)
BEALE = Hill("Beale", _beale, _beale_slope, np.array([[3.0, 0.5]]), (-1.0, 4.5, -2.0, 2.0), (0.5, -1.0))
SADDLE = Hill(
    "saddle",
    lambda x, y: 0.5 * x**2 - 0.5 * y**2 + 0.25 * y**4,
    lambda p: np.array([p[0], p[1] ** 3 - p[1]]),
    np.array([[0.0, 1.0], [0.0, -1.0]]),
    (-2.0, 2.0, -2.0, 2.0),
    (1.5, 0.05),
)

NAMES = ("quadratic", "Rosenbrock", "Beale", "saddle", "noisy quadratic")


def hill(name: str, condition: float) -> Hill:
    """The surface called `name`; only the two quadratics have a condition number to choose."""
    if name in {"quadratic", "noisy quadratic"}:
        return turned(condition, 4.0 if name.startswith("noisy") else 0.0)
    return {"Rosenbrock": ROSENBROCK, "Beale": BEALE, "saddle": SADDLE}[name]

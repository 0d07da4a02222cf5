"""Polynomials fitted to many data sets of one curve: every fit of every degree at once, for any strength of the noise.

The points stand at fixed x, so a fit is linear in the targets: fit(truth + s noise) = fit(truth) + s fit(noise). Both
are computed once, and no slider move solves a system of equations.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

POINTS, SETS, DEGREES, GRID, SEED = 16, 300, 13, 61, 3


def truth(x: np.ndarray) -> np.ndarray:
    """The curve that all the data come from; no polynomial."""
    return np.sin(4.0 * x + 0.7)


@dataclass(frozen=True)
class Curves:
    """x (P,) are the places of the data, noise (M, P) their unit noise, fresh (M, G) that of new data on grid (G,).

    clean (D, G) is the fit of each degree to targets without noise, ripple (M, D, G) the fit to the unit noise alone.
    """

    x: np.ndarray
    noise: np.ndarray
    grid: np.ndarray
    fresh: np.ndarray
    clean: np.ndarray
    ripple: np.ndarray

    @classmethod
    def drawn(cls) -> Curves:
        rng = np.random.default_rng(SEED)
        x = np.linspace(-1.0, 1.0, POINTS)
        noise, grid = rng.normal(size=(SETS, POINTS)), np.linspace(-1.0, 1.0, GRID)
        # Columns of q are orthonormal polynomials on the data, those of g the same ones on the grid: raising the
        # degree by one adds one column's share, so the sums up to each degree are the fits of all degrees.
        q, r = np.linalg.qr(np.polynomial.legendre.legvander(x, DEGREES - 1))
        g = np.linalg.solve(r.T, np.polynomial.legendre.legvander(grid, DEGREES - 1).T)
        clean = np.cumsum((truth(x) @ q)[:, None] * g, axis=0)
        ripple = np.cumsum((noise @ q)[:, :, None] * g, axis=1)
        return cls(x, noise, grid, rng.normal(size=(SETS, GRID)), clean, ripple)

    def fits(self, degree: int, strength: float) -> np.ndarray:
        """What each data set's polynomial says on the grid: (M, G)."""
        return self.clean[degree] + strength * self.ripple[:, degree]

    def targets(self, number: int, strength: float) -> np.ndarray:
        """The targets (P,) of one data set."""
        return truth(self.x) + strength * self.noise[number]


class Parts:
    """bias², variance, noise, their sum, and the error on fresh targets, for each degree, as parabolas in the noise."""

    def __init__(self, curves: Curves):
        middle = curves.ripple.mean(axis=0)
        off = curves.clean - truth(curves.grid)
        self._off = _parabola(off, middle)
        self._spread = np.mean((curves.ripple - middle) ** 2, axis=(0, 2))
        self._miss = _parabola(off[None], curves.ripple - curves.fresh[:, None])

    def at(self, strength: float) -> tuple[np.ndarray, np.ndarray]:
        """((bias², variance, noise, sum) as (4, D), the error measured on fresh targets as (D,))."""
        powers = strength ** np.arange(3)
        bias2, variance = powers @ self._off, strength**2 * self._spread
        noise = np.full_like(bias2, strength**2)
        return np.stack([bias2, variance, noise, bias2 + variance + noise]), powers @ self._miss


def _parabola(still: np.ndarray, moving: np.ndarray) -> np.ndarray:
    """Means over all but the degrees of (still + s moving)², as coefficients (3, D) of 1, s, s²."""
    products = still * still, 2.0 * still * moving, moving * moving
    return np.stack([np.mean(p.reshape(-1, *p.shape[-2:]), axis=(0, 2)) for p in products])

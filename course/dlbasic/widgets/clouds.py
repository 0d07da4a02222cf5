"""Three small two-class data sets in the plane that no straight line separates; the same points every time."""

from __future__ import annotations

import numpy as np

PER_CLASS = 60


def cloud(name: str) -> tuple[np.ndarray, np.ndarray]:
    """x (120, 2) within about -1.5 … 1.5 and labels (120,) of 0 and 1; name is "xor", "moons" or "rings"."""
    rng = np.random.default_rng(7)
    labels = np.repeat([0, 1], PER_CLASS)
    x = CLOUDS[name](labels, rng)
    return x + rng.normal(0.0, 0.09, x.shape), labels


def _xor(labels, rng):
    corner = rng.choice([-1.0, 1.0], len(labels))
    centers = 0.75 * np.stack([corner, np.where(labels == 1, -corner, corner)], axis=1)
    return centers + rng.normal(0.0, 0.14, centers.shape)


def _moons(labels, rng):
    angle = rng.uniform(0.0, np.pi, len(labels))
    upper = np.stack([np.cos(angle) - 0.5, np.sin(angle) - 0.25], axis=1)
    return np.where(labels[:, None] == 0, upper, -upper)


def _rings(labels, rng):
    angle = rng.uniform(0.0, 2 * np.pi, len(labels))
    radius = np.where(labels == 0, 0.45, 1.2)
    return radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)


CLOUDS = {"xor": _xor, "moons": _moons, "rings": _rings}

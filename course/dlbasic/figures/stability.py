"""Which learning rates and momenta shrink every direction of a quadratic, how fast, and where damping is critical.

Momentum follows a second-order recurrence in each direction: with curvature h, learning rate r and momentum b the
error obeys e[t + 1] = (1 + b - r h) e[t] - b e[t - 1], and shrinks by the larger root of z² - (1 + b - r h) z + b.
"""

from __future__ import annotations

import numpy as np

from .. import style
from .words import number, say

LEVELS = np.array([0.5, 0.7, 0.8, 0.9, 0.95, 0.98])
WIDEST = 4.2  # learning rates shown; at curvature 1 nothing above 4 is stable for any momentum below 1


def shrinkage(rate, momentum, curvatures) -> np.ndarray:
    """The factor that the slowest of the directions shrinks by a step, in the long run; above 1 it grows."""
    rate, momentum = np.asarray(rate, dtype=float)[..., None], np.asarray(momentum, dtype=float)[..., None]
    middle = 1.0 + momentum - rate * np.asarray(curvatures)
    inside = middle**2 - 4.0 * momentum
    # Two complex roots have modulus sqrt(momentum); of two real ones the larger in modulus counts.
    real = (np.abs(middle) + np.sqrt(np.maximum(inside, 0.0))) / 2.0
    return np.where(inside < 0.0, np.sqrt(momentum), real).max(axis=-1)


def best(curvatures) -> tuple[float, float]:
    """The learning rate and momentum that shrink the slowest direction most (Polyak 1964)."""
    low, high = np.sqrt(min(curvatures)), np.sqrt(max(curvatures))
    return float((2.0 / (low + high)) ** 2), float(((high - low) / (high + low)) ** 2)


def critical(rate: np.ndarray, curvature: float) -> np.ndarray:
    """The momentum at which a direction is damped critically: less creeps, more swings; nan past the last creep."""
    root = np.sqrt(rate * curvature)
    return np.where(root <= 1.0, (1.0 - root) ** 2, np.nan)


def draw_map_axes(ax) -> None:
    """Empty axes for learning rate and momentum, hatched where curvature 1 diverges."""
    ax.set(xlim=(0.0, WIDEST), ylim=(0.0, 1.0), xlabel="learning rate", ylabel="momentum")
    ax.set_title("stable region, lighter is faster\ncritical damping:  – –  steep,  – ·  flat", fontsize=10)
    edge = np.array([0.0, 1.0])
    hatch = {"facecolor": "none", "edgecolor": style.GRID, "hatch": "///", "linewidth": 0, "zorder": 1}
    ax.fill_betweenx(edge, 2.0 * (1.0 + edge), WIDEST, **hatch)
    box = {"facecolor": style.CARD, "edgecolor": "none", "pad": 2}
    ax.text(3.4, 0.2, "diverges", ha="center", fontsize=10, bbox=box, zorder=3)
    ax.grid(False)


def draw_map(ax, flat: float) -> str:
    """For curvatures `flat` and 1: how fast each pair shrinks, the edge, critical damping, a star at the fastest."""
    from matplotlib.colors import LinearSegmentedColormap

    curvatures = flat, 1.0
    rates = (np.arange(150) + 0.5) * WIDEST / 150
    momenta = (np.arange(100) + 0.5) / 100
    factor = shrinkage(rates, momenta[:, None], curvatures)
    band = np.searchsorted(LEVELS, factor) / len(LEVELS)
    colors = LinearSegmentedColormap.from_list("speed", [style.CARD, style.SKY, style.BLUE])
    shown = np.ma.masked_where(factor >= 1.0, 0.75 * band)
    place = {"origin": "lower", "extent": (0.0, WIDEST, 0.0, 1.0), "aspect": "auto", "zorder": 0}
    ax.imshow(shown, cmap=colors, vmin=0.0, vmax=1.0, **place)
    edge = np.array([0.0, 1.0])
    ax.plot(2.0 * (1.0 + edge), edge, "-", color=style.INK, linewidth=1.8, zorder=2)
    rate = np.linspace(0.0, WIDEST, 200)
    for curvature, dash in zip(curvatures, ("-.", "--"), strict=True):
        ax.plot(rate, critical(rate, curvature), dash, color=style.INK, linewidth=1.5, zorder=2)
    top = best(curvatures)
    ax.plot(*top, "*", color=style.ORANGE, markeredgecolor=style.INK, markersize=14, zorder=3, clip_on=False)
    return say(
        en="Map: stable left of the line from rate 2 without momentum to 4 with momentum 1; lines of critical damping; "
        "a star at the fastest pair ({rate}, {momentum}).",
        ko="지도: 모멘텀 0일 때 학습률 2, 모멘텀 1일 때 학습률 4인 두 점을 잇는 선의 왼쪽에서 수렴해요. 두 방향의 임계 "
        "감쇠선, 가장 빠른 점(별): 학습률 {rate}, 모멘텀 {momentum}.",
        rate=number(top[0]),
        momentum=number(top[1]),
    )


def draw_here(ax, rate: float, momentum: float) -> str:
    """Where on the map the two walks stand: gradient descent has momentum 0."""
    ax.plot([rate], [momentum], "^", color=style.RED, markeredgecolor="white", markersize=11, zorder=6, clip_on=False)
    ax.plot([rate], [0.0], "o", color=style.BLUE, markeredgecolor="white", markersize=9, zorder=5, clip_on=False)
    return say(
        en="You are at rate {rate}, momentum {momentum}.",
        ko="지금 위치: 학습률 {rate}, 모멘텀 {momentum}.",
        rate=number(rate),
        momentum=number(momentum),
    )

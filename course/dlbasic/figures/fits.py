"""Many fits of one curve, their mean and the truth; and what the error consists of, degree by degree."""

from __future__ import annotations

import numpy as np

from .. import style
from .words import number, say

# The parts of the error differ in colour, in marker and in dash.
PARTS = (
    ("bias²", style.BLUE, "o", "--"),
    ("variance", style.RED, "s", "-."),
    ("noise", style.GREEN, "^", ":"),
    ("sum", style.INK, "D", "-"),
)


def draw_truth(ax, x: np.ndarray, truth: np.ndarray) -> str:
    """The curve (G,) over x (G,) that every data set comes from."""
    ax.plot(x, truth, "-", color=style.INK, linewidth=2.4, zorder=4, label="truth")
    ax.set(xlim=(x[0], x[-1]), ylim=(-2.3, 2.9), xlabel="$x$", title="fits to different data sets")
    return say(en="Left: the true curve.", ko="왼쪽: 참 함수의 그래프.")


def draw_fits(ax, x: np.ndarray, fits: np.ndarray, mean: np.ndarray, points: tuple[np.ndarray, np.ndarray]) -> str:
    """Some of the fits (M, G), their mean (G,), and one data set, the one that the first fit belongs to."""
    from matplotlib.collections import LineCollection

    lines = np.stack([np.broadcast_to(x, fits.shape), fits], axis=-1)
    ax.add_collection(LineCollection(lines, colors=style.SKY, linewidths=0.8, alpha=0.75, zorder=2), autolim=False)
    ax.plot(*points, "o", color=style.ORANGE, markeredgecolor=style.INK, markeredgewidth=0.6, markersize=5, zorder=3)
    ax.plot(x, mean, "--", color=style.RED, linewidth=2.2, zorder=5, label="mean of the fits")
    look = {"facecolor": style.CARD, "edgecolor": "none", "framealpha": 0.85, "frameon": True}
    ax.legend(loc="upper left", fontsize=9, handlelength=1.8, **look)
    return say(
        en="{n} thin fits, their dashed mean, and the {points} points of one data set.",
        ko="가는 선 {n}개(데이터마다 다른 근사), 그 평균(파선), 데이터 하나의 점 {points}개.",
        n=len(fits),
        points=len(points[0]),
    )


def draw_part_axes(ax, degrees: int) -> None:
    """Empty axes for the parts of the error at degrees 0 … degrees - 1; linear, since the parts add up."""
    ax.set(xlim=(-0.5, degrees - 0.5), ylim=(-0.03, 1.75), xlabel="degree", title="parts of the mean squared error")
    ax.set_xticks(range(0, degrees, 2))


def draw_parts(ax, parts: np.ndarray, degree: int) -> str:
    """bias², variance, noise and their sum: the rows of parts (4, D); a ring marks the current degree."""
    ax.axvline(degree, color=style.GRID, linewidth=9, zorder=1)
    for row, (name, color, marker, dash) in zip(parts, PARTS, strict=True):
        ax.plot(np.arange(len(row)), row, dash, color=color, marker=marker, markersize=4.5, label=name, zorder=3)
        look = {"color": color, "markeredgecolor": "white", "markersize": 9, "zorder": 4}
        ax.plot([degree], row[degree : degree + 1], marker, **look)
    look = {"facecolor": style.CARD, "edgecolor": "none", "framealpha": 0.85, "frameon": True}
    ax.legend(loc="upper center", fontsize=8.5, ncols=4, handlelength=1.5, columnspacing=0.8, **look)
    return say(
        en="Right, by degree: the sum is least at degree {best} ({least}).",
        ko="오른쪽(차수별): 합은 {best}차에서 가장 작아요({least}).",
        best=int(np.argmin(parts[3])),
        least=number(parts[3].min()),
    )

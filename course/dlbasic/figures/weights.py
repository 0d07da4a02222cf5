"""Attention weights as a heat map: a row for each query, a column for each key."""

from __future__ import annotations

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Rectangle

from .. import style
from .words import number, say

FADE = LinearSegmentedColormap.from_list("weights", [style.CARD, style.SKY, style.BLUE, "#00283F"])
DARK = 0.55  # from here on numbers in a cell are white
FEW = 24  # weights that are all told


def draw_weight_axes(ax, queries: int, keys: int, title: str) -> None:
    """Empty axes for (queries, keys) weights; both are counted from 1."""
    ax.set(xlim=(-0.5, keys - 0.5), ylim=(queries - 0.5, -0.5), xlabel="key", ylabel="query", title=title)
    ax.set_xticks(range(keys), range(1, keys + 1))
    ax.set_yticks(range(queries), range(1, queries + 1))
    ax.tick_params(length=0)
    ax.grid(False)


def draw_weights(ax, weights: np.ndarray, allowed: np.ndarray, query: int) -> str:
    """Weights (T, S), dark where they are large; a cross where `allowed` (T, S) is False; a frame round one query."""
    where = {"extent": (-0.5, weights.shape[1] - 0.5, len(weights) - 0.5, -0.5), "aspect": "auto", "zorder": 0}
    ax.imshow(np.nan_to_num(weights), cmap=FADE, vmin=0, vmax=1, **where)
    rows, columns = np.nonzero(~allowed)
    ax.plot(columns, rows, "x", color=style.MUTED, markersize=6, markeredgewidth=1.2, zorder=2)
    frame = Rectangle((-0.5, query - 0.5), weights.shape[1], 1, fill=False, edgecolor=style.RED, linewidth=2.4)
    frame.set_zorder(3)
    ax.add_patch(frame)
    return say(
        en="A heat map of {t} by {s} attention weights, the largest {most}; {closed} of them are forbidden (crosses).",
        ko="{t}×{s} 어텐션 가중치의 히트맵. 가장 큰 값 {most}, 막힌 자리(×) {closed}개.",
        t=len(weights),
        s=weights.shape[1],
        most=number(np.nanmax(weights)) if np.isfinite(weights).any() else "nan",
        closed=len(rows),
    )


def draw_table(ax, weights: np.ndarray, rows: list[str], columns: list[str], numbers: bool) -> str:
    """Weights (T, S) between named rows and columns, dark where they are large; `numbers` writes them in the cells."""
    ax.imshow(np.nan_to_num(weights), cmap=FADE, vmin=0, vmax=1, aspect="auto")
    ax.set_xticks(range(len(columns)), columns)
    ax.set_yticks(range(len(rows)), rows)
    ax.tick_params(length=0, labelcolor=style.INK, labelsize=10)
    ax.set_xticks(np.arange(len(columns) - 1) + 0.5, minor=True)
    ax.set_yticks(np.arange(len(rows) - 1) + 0.5, minor=True)
    ax.tick_params(which="minor", length=0)
    ax.grid(False)
    ax.grid(which="minor", color=style.GRID, linewidth=0.8)
    ax.spines[:].set(visible=True, color=style.GRID)
    for (row, column), weight in np.ndenumerate(weights if numbers else np.empty((0, 0))):
        ink = "white" if weight > DARK else style.INK
        ax.text(column, row, f"{weight:.2f}", ha="center", va="center", color=ink, fontsize=9.5)
    told = []
    for name, line in zip(rows, weights, strict=True):
        most = [int(np.nan_to_num(line).argmax())] if weights.size > FEW else range(len(columns))
        told.append(f"{name}: " + ", ".join(f"{columns[place]} {number(round(line[place], 3))}" for place in most))
    words = {"en": "Weights by row – {all}.", "ko": "행마다 가중치 – {all}."}
    if weights.size > FEW:
        words = {"en": "The largest weight of each row – {all}.", "ko": "행마다 가장 큰 가중치 – {all}."}
    return say(**words, all="; ".join(told))

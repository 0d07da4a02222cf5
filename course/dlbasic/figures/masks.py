"""Dropout: a layer of units as discs whose area is their output, and what many masks do to each unit's output."""

from __future__ import annotations

import numpy as np

from .. import style
from .words import number, say


def draw_layer_axes(ax, side: int) -> None:
    """Empty axes for side × side units."""
    ax.set(xlim=(-0.6, side - 0.4), ylim=(side - 0.4, -0.6), aspect="equal", xticks=[], yticks=[])
    ax.set_title("area: output,  ×: dropped", fontsize=11)
    ax.grid(False)
    ax.spines[:].set_visible(False)


def draw_layer(ax, x: np.ndarray, out: np.ndarray, mask: np.ndarray, most: float) -> str:
    """Units in rows: a ring for the input, a disc for the output (red if negative), × if dropped.

    x, out, mask : (side, side). most : the output whose disc fills the room of a unit.
    """
    rows, columns = np.indices(x.shape)
    points = ax.get_window_extent().width / ax.figure.dpi * 72 / (ax.get_xlim()[1] - ax.get_xlim()[0])

    def areas(values):
        return (0.94 * points) ** 2 * np.clip(np.abs(values), 0, most) / most

    ax.scatter(columns, rows, s=areas(x), facecolors="none", edgecolors=style.INK, linewidths=0.9, zorder=3)
    for sign, color in ((1, style.BLUE), (-1, style.RED)):
        shown = sign * out > 0
        ax.scatter(columns[shown], rows[shown], s=areas(out[shown]), color=color, linewidths=0, zorder=2)
    gone = ~mask
    ax.scatter(columns[gone], rows[gone], s=26, marker="x", color=style.RED, linewidths=1.4, zorder=4)
    return say(
        en="Left: {kept} of {n} units are kept; the largest input is {x}, the largest output {out}.",
        ko="왼쪽: 유닛 {n}개 가운데 {kept}개가 남았어요. 가장 큰 입력 {x}, 가장 큰 출력 {out}.",
        kept=int(mask.sum()),
        n=mask.size,
        x=number(x.max()),
        out=number(out.max()),
    )


def draw_spread_axes(ax, most: float, reach: float, masks: int) -> None:
    """Empty axes for outputs over inputs up to `most`; the outputs reach from -reach to most + reach."""
    ax.set(xlim=(0, 1.05 * most), ylim=(-1.1 * reach, most + 1.1 * reach))
    ax.set(xlabel="input of a unit", ylabel="its output")
    ax.set_title(f"{masks} masks: mean ± spread", fontsize=11)
    ax.plot([0, 1.05 * most], [0, 1.05 * most], "--", color=style.MUTED, linewidth=1.4, zorder=2)


def draw_spread(ax, x: np.ndarray, means: np.ndarray, spreads: np.ndarray) -> str:
    """For each unit the mean of its outputs over many masks, with a bar of one standard deviation either way."""
    order = np.argsort(x)
    x, means, spreads = x[order], means[order], spreads[order]
    ax.fill_between(x, means - spreads, means + spreads, color=style.SKY, alpha=0.35, linewidth=0, zorder=1)
    ax.plot(x, means, "o", color=style.BLUE, markersize=4, zorder=3)
    return say(
        en="Right: over many masks the largest unit's output is {mean} ± {spread}, its input {x}.",
        ko="오른쪽: 마스크를 여러 번 뽑았을 때 가장 큰 유닛의 출력 {mean} ± {spread}, 입력 {x}.",
        mean=number(means[-1]),
        spread=number(round(spreads[-1], 6)),
        x=number(x[-1]),
    )

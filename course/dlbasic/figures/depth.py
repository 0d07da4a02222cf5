"""A signal on its way through many blocks: how much of a small change arrives, and what a picture looks like."""

from __future__ import annotations

import numpy as np
from matplotlib.patches import Rectangle

from .. import style
from .digits import draw_digit
from .words import number, say

LOW, HIGH = 1e-40, 1e20


def draw_depth_axes(ax, blocks: int) -> None:
    """Empty logarithmic axes for the size of a change after 0 … blocks blocks."""
    ax.set(yscale="log", xlim=(-1, blocks + 1), ylim=(LOW, HIGH), xlabel="block")
    ax.set_title("size of a small change", loc="left")
    ax.axhline(1.0, color=style.MUTED, linestyle="-", linewidth=1)
    ax.plot([], [], "-", color=style.BLUE, label="with skip")
    ax.plot([], [], "--", color=style.RED, label="without")
    ax.legend(loc="upper left", fontsize=9)


def draw_depth(ax, kept: np.ndarray, lost: np.ndarray, depth: int) -> str:
    """How large a change of size 1 is after each block (B + 1,), with the skip and without; a dot at `depth`."""
    for sizes, color, dash in ((kept, style.BLUE, "-"), (lost, style.RED, "--")):
        ax.plot(np.arange(len(sizes)), np.where((sizes > 0) & np.isfinite(sizes), sizes, np.nan), dash, color=color)
        # Beyond the axes an arrowhead at their edge stands for the dot.
        place = np.clip(np.nan_to_num(sizes[depth], nan=LOW), LOW * 100, HIGH / 100)
        marker = "v" if sizes[depth] < LOW else "^" if sizes[depth] > HIGH else "o"
        if np.isfinite(sizes[depth]):
            ax.plot([depth], [place], marker, color=color, markeredgecolor="white", markersize=10, zorder=4)
    return say(
        en="A change of 1 at the input is {kept} after block {depth} with the skip, {lost} without.",
        ko="입력의 변화 1은 {depth}번째 블록 뒤에 스킵이 있으면 {kept}, 없으면 {lost}.",
        kept=number(kept[depth]),
        lost=number(lost[depth]),
        depth=depth,
    )


def draw_arrived(ax, image: np.ndarray) -> None:
    """An image (8, 8) as it arrives; what is not finite is left white."""
    draw_digit(ax, np.nan_to_num(image, nan=0.0, posinf=1.0, neginf=0.0))
    frame = Rectangle((-0.5, -0.5), 8, 8, fill=False, edgecolor=style.MUTED, linewidth=1.2)
    frame.set_zorder(4)
    ax.add_patch(frame)

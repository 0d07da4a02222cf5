"""Two digits and what becomes of them when they are mixed, each with its label as a bar below."""

from __future__ import annotations

import numpy as np
from matplotlib.patches import Rectangle

from .. import style
from .digits import draw_digit
from .words import say

BOTTOM = 11.1  # of the axes: an image ends at 7.5, then come the bar and its numbers
LOOKS = ((style.BLUE, ""), (style.ORANGE, "///"))


def draw_mixing_axes(*axes) -> None:
    """Empty axes for two images, their mixup and their CutMix."""
    for ax, title in zip(axes, ("first", "second", "mixup", "CutMix"), strict=True):
        ax.set(xlim=(-0.75, 7.75), ylim=(BOTTOM, -0.75), aspect="equal", xticks=[], yticks=[], title=title)
        ax.grid(False)
        ax.spines[:].set_visible(False)


def draw_labelled(ax, image: np.ndarray, label: np.ndarray, digits: tuple[int, int]) -> str:
    """An image (8, 8) with its label (10,) as a bar: the first digit's part, the second's, and what is left over."""
    draw_digit(ax, image)
    ax.add_patch(Rectangle((-0.5, -0.5), 8, 8, fill=False, edgecolor=style.GRID, linewidth=1, zorder=2))
    order = list(dict.fromkeys(digits)) + [k for k in range(len(label)) if k not in digits]
    looks = dict(zip(digits[::-1], LOOKS[::-1], strict=True))
    left, parts = -0.5, []
    for digit in order:
        share = float(label[digit])
        if abs(share) < 5e-4:
            continue
        color, hatch = looks.get(digit, (style.RED, "xx"))
        wide = 8 * min(max(share, 0.0), (7.5 - left) / 8)
        bar = {"facecolor": color, "hatch": hatch, "edgecolor": style.CARD, "linewidth": 0}
        ax.add_patch(Rectangle((left, 8.2), wide, 0.9, zorder=3, **bar))
        left += wide
        parts.append(f"{digit}: {share:.2f}")
    ax.text(3.5, 10.2, "   ".join(parts[:2]), ha="center", va="center", fontsize=10, color=style.INK, zorder=4)
    return ", ".join(parts)


def draw_box(ax, top: int, left: int, height: int, width: int, *, thick: bool) -> None:
    """The outline of rows top … top + height - 1 and columns left … left + width - 1; beyond the image it is cut."""
    look = {"linewidth": 2.4 if thick else 1.6, "linestyle": "-" if thick else "--", "zorder": 5}
    box = Rectangle((left - 0.5, top - 0.5), width, height, fill=False, edgecolor=style.RED, **look)
    ax.add_patch(box)
    box.set_clip_path(Rectangle((-0.7, -0.7), 8.4, 8.4, transform=ax.transData))


def describe(first: int, second: int, labels: dict[str, str]) -> str:
    """The alternative text of the whole picture; `labels` are the numbers of the bars, by method."""
    listed = "; ".join(f"{method} ({label})" for method, label in labels.items())
    return say(
        en="Images of the digits {first} and {second}, and what they become together. Bars of the labels: {listed}.",
        ko="숫자 {first}, 숫자 {second} 이미지와 둘을 섞은 이미지. 레이블 막대: {listed}.",
        first=first,
        second=second,
        listed=listed or "–",
    )

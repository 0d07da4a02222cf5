"""A corridor of rooms with what a Q-table says of the step to the left and to the right in each."""

from __future__ import annotations

import numpy as np
from matplotlib.patches import Rectangle

from .. import style
from .weights import DARK, FADE
from .words import number, say

HALF, HIGH = 0.47, 0.7


def draw_corridors(ax, tables: dict[str, np.ndarray]) -> str:
    """One corridor a table (S, 2), its caption before it; a room's left half is its step to the left.

    The larger half of a room has an arrow. The last room is the goal, whose row is not shown.
    """
    rooms = len(next(iter(tables.values())))
    ax.set(xlim=(-0.55, rooms - 0.45), ylim=(len(tables) - 0.4, -0.6))
    ax.set_xticks(range(rooms), [f"room {room}" for room in range(1, rooms)] + ["goal"])
    ax.set_yticks(range(len(tables)), tables)
    ax.tick_params(length=0, labelcolor=style.INK)
    ax.spines[:].set_visible(False)
    ax.grid(False)
    for row, q in enumerate(tables.values()):
        for room, (left, right) in enumerate(q[:-1]):
            _half(ax, room, row, -1, left, best=left > right)
            _half(ax, room, row, +1, right, best=right > left)
        ax.add_patch(Rectangle((rooms - 1 - HALF, row - HIGH / 2), 2 * HALF, HIGH, fc=style.ORANGE, ec=style.INK))
        ax.text(rooms - 1, row, "1", ha="center", va="center", weight="bold")
    right = {name: ", ".join(number(round(value, 3)) for value in q[:-1, 1]) for name, q in tables.items()}
    return say(
        en="The value of the step to the right in each room – {told}.",
        ko="방마다 오른쪽으로 가는 걸음의 값 – {told}.",
        told="; ".join(f"{name}: {values}" for name, values in right.items()),
    )


def _half(ax, room: int, row: int, side: int, value: float, best: bool) -> None:
    x = room + (side - 1) / 2 * HALF
    ax.add_patch(Rectangle((x, row - HIGH / 2), HALF, HIGH, fc=FADE(float(np.clip(value, 0, 1))), ec=style.MUTED))
    ink = "white" if value > DARK else style.INK
    if value:
        ax.text(x + HALF / 2, row + 0.13, f"{value:.2f}", ha="center", va="center", color=ink, fontsize=9)
    if best:
        ax.text(x + HALF / 2, row - 0.17, "←→"[side > 0], ha="center", va="center", color=ink, fontsize=11)

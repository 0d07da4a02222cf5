"""A layer of filters on a stack of channels: the numbers that one output is made of, and the maps that they make."""

from __future__ import annotations

import numpy as np

from .. import style
from .cells import Cells, draw_room, largest, legible, minus, plain, shaded, signed
from .words import say

WIDE, HIGH = 6.6, 4.6
TOP, PITCH = 0.55, 1.33  # of the first row, and from row to row
INPUT, SIDE = 0.35, 0.2
FILTER, WEIGHT, APART = 1.95, 0.21, 0.72
SUM = 4.28
MAP, PLACE = 5.25, 0.27


def draw_stack_axes(ax, channels: int, filters: int) -> None:
    """Empty room for `draw_stacks`, with its titles."""
    draw_room(ax, WIDE, HIGH)
    cells = Cells()
    cells.text(INPUT + 3 * SIDE, 0.12, f"{channels} channels", 11)
    cells.text(FILTER + APART + 1.5 * WEIGHT, 0.12, f"{filters} filters", 11)
    cells.text(MAP + 2 * PLACE, 0.12, f"{filters} maps", 11)
    for row in range(channels):
        middle = TOP + PITCH * row + 3 * SIDE
        cells.text(INPUT - 0.18, middle, str(row), 10, style.MUTED)
        cells.text((INPUT + 6 * SIDE + FILTER) / 2, middle, "×", 12, style.MUTED)
    for column in range(filters):
        cells.text(FILTER + APART * column + 1.5 * WEIGHT, 0.38, str(column), 10, style.MUTED)
        cells.text(MAP - 0.15, TOP + PITCH * column + 2 * PLACE, str(column), 10, style.MUTED)
    cells.draw(ax)


def draw_stacks(ax, x, w, b, maps: np.ndarray | str, chosen: tuple[int, int, int], sums: np.ndarray) -> str:
    """Channels x (C, 6, 6), filters w (F, C, 3, 3), biases b (F,), and the maps (F, 4, 4), or words instead.

    chosen : map, row and column of one output; sums : what each channel contributes to it (C,)
    """
    cells, (f, i, j) = Cells(), chosen
    for c, channel in enumerate(x):
        top = TOP + PITCH * c
        faces = 0.45 * shaded(channel, x.max()) + 0.55 * plain(style.CARD, *channel.shape)
        cells.grid(INPUT, top, SIDE, faces, style.GRID)
        cells.numbers(INPUT, top, SIDE, printed(channel), style.INK, 7)
        cells.frame(INPUT + SIDE * j, top + SIDE * i, 3 * SIDE, 3 * SIDE, style.RED, 2.4)
        for k, filter in enumerate(w[:, c]):
            _slice(cells, FILTER + APART * k, top + 3 * SIDE - 1.5 * WEIGHT, filter, 1.7 * largest(w), k == f)
        cells.text(SUM, top + 3 * SIDE, f"sum {minus(sums[c])}", 10, align=0)
    low = TOP + PITCH * (len(x) - 1) + 3 * SIDE
    cells.text(SUM, low + 0.3, f"bias {minus(b[f])}", 10, align=0)
    cells.line([(SUM, low + 0.45), (SUM + 0.6, low + 0.45)], style.INK, 1.2)
    cells.text(SUM, low + 0.61, f"= {minus(sums.sum() + b[f])}", 11, align=0)
    if isinstance(maps, str):
        cells.note(MAP + 2 * PLACE, TOP + PITCH + 2 * PLACE, maps)
    else:
        _maps(cells, maps, chosen)
    cells.draw(ax)
    return say(
        en="{channels} channels of 6 by 6 with one window in each, {filters} filters with a slice of 3 by 3 for each "
        "channel, and {filters} maps of 4 by 4. Filter {f} and place [{i}, {j}] are marked.",
        ko="창이 하나씩 놓인 6×6 채널 {channels}개, 채널마다 3×3 조각이 하나씩 있는 필터 {filters}개, "
        "4×4 맵 {filters}장. 필터 {f}, 자리 [{i}, {j}] 표시.",
        channels=len(x),
        filters=len(w),
        f=f,
        i=i,
        j=j,
    )


def _slice(cells: Cells, left: float, top: float, weights: np.ndarray, most: float, chosen: bool) -> None:
    """One channel's slice of a filter; the filters that are not chosen are pale."""
    faces = signed(weights, most)
    if not chosen:
        faces = 0.3 * faces + 0.7 * plain(style.CARD, *weights.shape)
    inks = legible(faces) if chosen else style.MUTED
    cells.grid(left, top, WEIGHT, faces, style.MUTED if chosen else style.GRID)
    cells.numbers(left, top, WEIGHT, printed(weights), inks, 7.5)
    if chosen:
        cells.frame(left, top, 3 * WEIGHT, 3 * WEIGHT, style.RED, 2.4)


def _maps(cells: Cells, maps: np.ndarray, chosen: tuple[int, int, int]) -> None:
    """The maps, one below the other; the one that is chosen is not pale, and its place has a frame."""
    most = largest(maps)
    for k, one in enumerate(maps):
        faces, top = signed(one, most), TOP + PITCH * k
        if k != chosen[0]:
            faces = 0.3 * faces + 0.7 * plain(style.CARD, *one.shape)
        inks = legible(faces) if k == chosen[0] else style.MUTED
        cells.grid(MAP, top, PLACE, faces, style.MUTED if k == chosen[0] else style.GRID)
        cells.numbers(MAP, top, PLACE, printed(one), inks, 7.5)
    f, i, j = chosen
    cells.frame(MAP + PLACE * j, TOP + PITCH * f + PLACE * i, PLACE, PLACE, style.RED, 2.6)


def printed(values: np.ndarray) -> list[list[str]]:
    """An array (H, W) as whole numbers or with one decimal."""
    return [[minus(value, 1) for value in row] for row in values]

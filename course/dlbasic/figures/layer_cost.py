"""One layer's weights as areas, who sees whom, and its two costs as bars on scales that turn division into a step."""

from __future__ import annotations

import numpy as np

from .. import style
from .cells import Cells, draw_room
from .words import say

WIDE, HIGH = 6.6, 3.45
LEFT, TOP, SPAN = 0.4, 0.95, 1.75  # the matrices: SPAN is the side of `MOST` channels
MOST = 512
BARS, DECADE = 3.4, 0.2  # left edge of the bars, width of a factor of ten
COSTS = (("parameters", 1, 0.5), ("multiply–accumulates", 3, 1.95))  # name, exponent at the left edge, upper edge
DECADES = 9


def draw_layer_axes(ax) -> None:
    """Empty room for `draw_layer` and `draw_bars`, with titles and scales."""
    draw_room(ax, WIDE, HIGH)
    cells = Cells()
    cells.text(LEFT - 0.3, 0.15, "who sees whom: filters ↓, channels →", 10, align=0)
    for name, low, top in COSTS:
        cells.text(BARS, top - 0.35, f"{name} (hollow: plain layer)", 10, align=0)
        for step in range(0, DECADES + 1, 2):
            x = BARS + DECADE * step
            cells.line([(x, top - 0.2), (x, top + 0.72)], style.GRID, 0.8)
            cells.text(x, top + 0.85, f"$10^{{{low + step}}}$", 9, style.MUTED)
    cells.draw(ax)


def draw_layer(cells: Cells, layers: list[tuple[int, int, int, int]]) -> None:
    """One matrix for each layer (c_in, c_out, k, groups): what is filled are weights, k · k of them for each pair.

    groups : 0 fills nothing
    """
    left = LEFT
    for c_in, c_out, k, groups in layers:
        wide, high = (max(0.03, SPAN * channels / MOST) for channels in (c_in, c_out))
        cells.box(left, TOP, wide, high, style.GRID, style.MUTED)
        for group in range(groups):
            across, down = wide / groups, high / groups
            cells.box(left + across * group, TOP + down * group, across, down, style.BLUE, style.BLUE)
        cells.text(left, TOP - 0.38, f"{k} × {k}", 9, align=0)
        cells.text(left, TOP - 0.15, f"{c_in} → {c_out}", 9, align=0)
        left += max(wide, 0.75) + 0.2


def draw_bars(cells: Cells, plain: tuple[int, ...], own: tuple[int, ...] | None) -> None:
    """Parameters and multiply-accumulates: of the plain layer (hollow), and of the one that is set, if there is one."""
    for (_, low, top), before, now in zip(COSTS, plain, own or (None, None), strict=True):
        _bar(cells, top - 0.12, before, low, style.CARD, style.MUTED)
        if now is not None:
            _bar(cells, top + 0.26, now, low, style.BLUE, style.BLUE)


def _bar(cells: Cells, top: float, count: int, low: int, color: str, edge: str) -> None:
    length = DECADE * float(np.clip(np.log10(max(count, 1)) - low, 0, DECADES))
    cells.box(BARS, top, max(length, 0.02), 0.3, color, edge)
    cells.text(BARS + length + 0.07, top + 0.16, f"{count:,}", 9, align=0)


def draw_cost(ax, layers, plain: tuple[int, int], own: tuple[int, int] | None, trouble: str = "") -> str:
    """The layers that are set, and what they cost beside the plain one; trouble: why there is nothing to compare."""
    cells = Cells()
    draw_layer(cells, layers)
    if plain:
        draw_bars(cells, plain, own)
    if trouble:
        cells.note(BARS + 1.5, HIGH - 0.25, trouble)
    cells.draw(ax)
    return say(
        en="Weights as areas, channels across and filters down: {layers}. Hollow bars: the plain layer; "
        "filled ones: as set.",
        ko="가로는 채널, 세로는 필터인 넓이로 나타낸 가중치: {layers}. "
        "속이 빈 막대는 그룹도 병목도 없는 층, 채운 막대는 지금 설정.",
        layers=", ".join(f"{c_in} → {c_out}, {k}×{k}, ÷{groups or '?'}" for c_in, c_out, k, groups in layers),
    )

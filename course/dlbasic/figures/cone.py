"""What one output sees: a cone of windows from the last layer of a network down to its input, along one axis."""

from __future__ import annotations

import numpy as np

from .. import style
from .cells import Cells, draw_room
from .words import say

WIDE, HIGH = 6.6, 4.15
LEFT, RIGHT, LOW = 1.2, 5.75, 3.6  # the edges of the strips, and the lower edge of the lowest
LEAST = 17  # inputs that are always shown: a small field looks small
TALL = 0.26
ASIDE = (RIGHT + WIDE) / 2 + 0.05
KEY = ((3.93, style.RED, "-", "what the orange output sees"), (4.08, style.MUTED, "--", "what its neighbour sees"))


def draw_cone_axes(ax) -> None:
    """Empty room for `draw_cone`, with its titles."""
    draw_room(ax, WIDE, HIGH)
    cells = Cells()
    cells.text(ASIDE, 0.15, "inputs", 10, style.MUTED)
    cells.text(ASIDE, 0.33, "seen", 10, style.MUTED)
    for y, color, dash, words in KEY:
        cells.line([(LEFT, y), (LEFT + 0.35, y)], color, 1.8, dash)
        cells.text(LEFT + 0.45, y, words, 9, style.MUTED, align=0)
    cells.draw(ax)


def windows(layers: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """First and last cell that the first output depends on, in the input and in the map after each layer."""
    spans = [(0, 0)]
    for size, step in reversed(layers):
        first, last = spans[0]
        spans.insert(0, (first * step, last * step + size - 1))
    return spans


def draw_cone(ax, layers: list[tuple[int, int]], told: list[int | str], note: str = "") -> str:
    """Layers (kernel, stride) from input to output: the input is the lowest strip, the output the highest.

    told : how many inputs a number of each map sees, as written to its right, the input included
    note : what else is to be said, in a frame
    """
    cells, spans = Cells(), windows(layers)
    jumps = np.cumprod([1, *(stride for _, stride in layers)])
    count = max(LEAST, spans[0][1] + 1 + int(jumps[-1]))  # room for the second output's field
    side = (RIGHT - LEFT) / count
    wide = min(side, 0.24)
    pitch = min(0.62, (LOW - TALL - 0.5) / len(layers))
    tops = [LOW - TALL - pitch * row for row in range(len(spans))]
    # A cell stands above the middle of what it sees; the first one that counts has this many inputs' widths before it.
    middles = np.cumsum([0.5, *((size - 1) / 2 * jump for (size, _), jump in zip(layers, jumps, strict=False))])
    middles += (count - spans[0][1] - 1 - jumps[-1]) / 2
    for row, ((_, last), jump) in enumerate(zip(spans, jumps, strict=True)):
        left = LEFT + side * middles[row]
        ends = np.ceil((0.5 - middles[row]) / jump), np.floor((count - middles[row] - 0.5) / jump)
        around = range(int(ends[0]), int(ends[1]) + 1)
        for cell in around if row < len(layers) else (0, 1):
            color = style.GRID if not 0 <= cell <= last else style.SKY if row < len(layers) else style.ORANGE
            edge = style.MUTED if wide > 0.05 else color
            cells.box(left + side * jump * cell - wide / 2, tops[row], wide, TALL, color, edge)
        if row:
            before, below = LEFT + side * middles[row - 1], tops[row - 1]
            top, step = tops[row] + TALL, side * jumps[row - 1]
            cells.line([(left, top), (before - wide / 2, below)], style.RED, 1.8)
            end = before + step * spans[row - 1][1] + wide / 2
            cells.line([(left + side * jump * last, top), (end, below)], style.RED, 1.8)
        name = f"kernel {layers[row - 1][0]}, stride {layers[row - 1][1]}" if row else ""
        cells.text(0.05, tops[row] + 0.06, f"layer {row}" if row else "input", 10, align=0)
        cells.text(0.05, tops[row] + 0.23, name, 7.5, style.MUTED, align=0)
        cells.text(ASIDE, tops[row] + TALL / 2, str(told[row]), 12)
    # What the output sees, and its neighbour: all strides together have moved the second one on.
    first, length = LEFT + side * middles[0] - wide / 2, side * spans[0][1] + wide
    for down, start, (_, color, dash, _) in zip((0.16, 0.08), (first, first + side * jumps[-1]), KEY, strict=True):
        y = LOW + down
        cells.line([(start, y), (start + length, y)], color, 1.8, dash)
    if note:
        cells.note(LEFT + 1.0, 0.25, note)
    cells.draw(ax)
    return say(
        en="Strips of cells, the input below and {n} layers above it; lines lead from one output down to "
        "{field} of the inputs. Written beside the strips: {told}.",
        ko="맨 아래의 입력 위에 층 {n}개를 쌓은 띠. 출력 하나에서 입력 {field}칸까지 선이 벌어짐. "
        "띠 옆에 적힌 수: {told}.",
        n=len(layers),
        field=spans[0][1] + 1,
        told=", ".join(map(str, told)),
    )

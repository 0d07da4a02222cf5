"""How many outputs there are, counted along one axis: every window in a row of its own; beside it the whole picture."""

from __future__ import annotations

import numpy as np

from .. import style
from .cells import Cells, draw_room, plain
from .words import say

WIDE, HIGH = 6.6, 4.15
LEFT, TOP = 0.05, 0.42
ROOM = 4.35, 3.15  # for the rows of windows: how wide, how high
BOARD, SQUARE = 5.0, 1.5  # left edge and greatest side of the pictures
INVALID = "invalid: the kernel does not fit"
LOOKS = {"input": style.SKY, "zero": style.CARD, "weight": style.ORANGE, "output": style.GREEN, "out": style.RED}


def draw_size_axes(ax) -> None:
    """Empty room for `draw_windows` and `draw_copies`."""
    draw_room(ax, WIDE, HIGH)


def starts(n: int, k: int, stride: int, padding: int, dilation: int) -> list[int]:
    """Where the windows start among the n + 2 · padding places, in order; none if the kernel is too large."""
    last = dilation * (k - 1)
    return [start for start in range(0, n + 2 * padding, stride) if start + last < n + 2 * padding]


def draw_windows(ax, n: int, k: int, stride: int, padding: int, dilation: int, formula: str, note: str) -> str:
    """A convolution: the padded inputs, a row for each window, an output for each row.

    note : words in the place of the formula, if there are any
    """
    cells, places = Cells(), n + 2 * padding
    reach, begins = dilation * (k - 1) + 1, starts(n, k, stride, padding, dilation)
    rows = begins or [0]
    seen = {start + dilation * tap for start in begins for tap in range(k)}
    side = _side(max(places, reach) + 2.5, len(rows) + 1.5)
    inputs = ["input" if padding <= place < padding + n else "zero" for place in range(places)]
    _strip(cells, 0, TOP, side, inputs)
    for place in range(places):
        if inputs[place] == "zero":
            cells.text(LEFT + side * (place + 0.5), TOP + side / 2, "0", 40 * side, style.MUTED)
        if begins and place not in seen:
            cells.cross(LEFT + side * place, TOP, side, style.INK, 1.2)
    for row, start in enumerate(rows):
        top = TOP + side * (row + 1.5)
        for tap in range(k):
            place = start + dilation * tap
            if tap and dilation > 1:
                gap = place - dilation + 1, place
                cells.line([(LEFT + side * end, top + side / 2) for end in gap], style.MUTED)
            _strip(cells, place, top, side, ["weight" if place < places else "out"])
            if place >= places:
                cells.cross(LEFT + side * place, top, side, style.INK, 1.2)
        if begins:
            _strip(cells, places + 1.5, top, side, ["output"])
    _boards(cells, (n, padding), len(begins), [dilation * tap for tap in range(k)] if begins else [])
    crossed = ", ×: in no window" if begins and len(seen) < places else ""
    _words(cells, f"{places} places{crossed}; below, each window in a row", formula, note if begins else INVALID)
    cells.draw(ax)
    return say(
        en="A strip of {n} inputs, padding at each end {padding}. Places below it for a kernel that spans {reach}: "
        "{rows}. Inputs that no window sees: {unseen}.",
        ko="입력 {n}칸의 양쪽에 0이 {padding}개씩 붙은 띠. 그 아래에 {reach}칸에 걸치는 커널의 자리 {rows}개. "
        "어느 창도 보지 못하는 입력 {unseen}칸.",
        n=n,
        padding=padding,
        rows=len(begins),
        reach=reach,
        unseen=sum(padding <= place < padding + n for place in set(range(places)) - seen),
    )


def draw_copies(ax, n: int, k: int, stride: int, padding: int, extra: int, formula: str, trouble: str) -> str:
    """A transposed convolution: a copy of the kernel for each input, and the outputs on which they are added.

    trouble : why there are no outputs, if there are none
    """
    cells, length = Cells(), (n - 1) * stride + k
    first, end = padding, length - padding + extra
    side = _side(max(length, end) + 1.5, n + 1.5)
    for row in range(n):
        top = TOP + side * row
        _strip(cells, 0, top, side, ["input"])
        _strip(cells, 1.5 + row * stride, top, side, ["weight"] * k)
    low = TOP + side * (n + 0.5)
    kept = ["output" if first <= place < end else "zero" for place in range(max(length, end))]
    _strip(cells, 1.5, low, side, kept)
    for place, kind in enumerate(kept):
        if kind == "zero":
            cells.cross(LEFT + side * (place + 1.5), low, side, style.RED, 1.2)
        elif place >= length:
            cells.text(LEFT + side * (place + 2), low + side / 2, "0", 40 * side, style.INK)
    _boards(cells, (n, 0), max(0, end - first) if not trouble else 0, [])
    _words(cells, "a copy of the kernel for each input; below, their sum, cut to size", formula, trouble)
    cells.draw(ax)
    return say(
        en="Inputs: {n}, each with a copy of a kernel of {k} cells, {stride} apart, together {length} places. "
        "Cut off at each end: {cut}; added at the last end: {extra}.",
        ko="입력 {n}칸마다 {k}칸짜리 커널의 사본이 {stride}칸 간격으로 놓여 모두 {length}칸. "
        "양쪽에서 잘라 내는 칸 {cut}개씩, 끝에 더하는 칸 {extra}개.",
        n=n,
        k=k,
        stride=stride,
        length=length,
        cut=padding,
        extra=extra,
    )


def _side(across: float, down: float) -> float:
    """The side of a cell, so that as many find room."""
    return min(0.3, ROOM[0] / across, ROOM[1] / down)


def _strip(cells: Cells, place: float, top: float, side: float, kinds: list[str]) -> None:
    """Cells in a row from a place on, each of its kind."""
    faces = np.concatenate([plain(LOOKS[kind], 1, 1) for kind in kinds], axis=1)
    cells.grid(LEFT + side * place, top, side, faces, style.INK)


def _boards(cells: Cells, inputs: tuple[int, int], outputs: int, taps: list[int]) -> None:
    """The same in both directions: inputs (n, padding) above, outputs below, with the cells of the first window."""
    n, padding = inputs
    places = n + 2 * padding
    side = min(0.16, SQUARE / max(places, outputs, 1))
    cells.text(BOARD, TOP - 0.2, f"input {n} × {n}", 10, align=0)
    cells.board(BOARD, TOP, side, places, style.CARD if padding else style.SKY)
    if padding:
        cells.board(BOARD + side * padding, TOP + side * padding, side, n, style.SKY)
    for row in taps:
        for column in taps:
            cells.grid(BOARD + side * column, TOP + side * row, side, plain(style.ORANGE, 1, 1), style.INK)
    low = TOP + SQUARE + 0.45
    if outputs:
        cells.text(BOARD, low - 0.2, f"output {outputs} × {outputs}", 10, align=0)
        cells.board(BOARD, low, side, outputs, style.GREEN)


def _words(cells: Cells, title: str, formula: str, trouble: str) -> None:
    """A title above, and below the formula or, in a frame, why there is nothing to compute."""
    cells.text(LEFT, TOP - 0.2, title, 10, align=0)
    if trouble:
        cells.note(LEFT + ROOM[0] / 2, HIGH - 0.3, trouble)
    else:
        cells.text(LEFT, HIGH - 0.3, formula, 10.5, align=0)

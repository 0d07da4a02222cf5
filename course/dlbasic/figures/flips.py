"""One kernel used two ways: as it is (cross-correlation) and turned by 180° (convolution), with what each makes."""

from __future__ import annotations

import numpy as np

from .. import style
from .cells import Cells, draw_room, largest, legible, minus, shaded, signed
from .slide import listed
from .words import say

WIDE, HIGH = 6.6, 4.2
IMAGE, SIDE = 0.05, 0.21  # the picture, 8 by 8
KERNEL, CELL = 2.05, 0.37
OUTPUT, PIXEL = 3.72, 0.29
UPPER, LOWER = 0.34, 2.42  # upper edges of the outputs
RIGHT = 6.1  # the middle of the verdict
SIGNS = {"same": "=", "opposite": "= −", "different": "≠"}


def draw_flip_axes(ax) -> None:
    """Empty room for `draw_flip`, with what stands still."""
    draw_room(ax, WIDE, HIGH)
    cells = Cells()
    cells.text(IMAGE + 4 * SIDE, _middle() - 4 * SIDE - 0.2, "image", 11)
    titles = (("kernel", "cross-correlation"), ("turned by 180°", "convolution"))
    for top, (kernel, output) in zip((UPPER, LOWER), titles, strict=True):
        cells.text(KERNEL + 1.5 * CELL, top + 3 * PIXEL - 1.5 * CELL - 0.17, kernel, 10)
        cells.text(OUTPUT + 3 * PIXEL, top - 0.17, output, 10)
        y = top + 3 * PIXEL
        cells.line([(IMAGE + 8 * SIDE + 0.06, _middle()), (KERNEL - 0.1, y)], style.MUTED, 1.2)
        cells.arrow(KERNEL + 3 * CELL + 0.15, y, OUTPUT - 0.12)
    cells.draw(ax)


def draw_flip(ax, image: np.ndarray, kernel: np.ndarray, outputs: list[np.ndarray | str], verdict: str = "") -> str:
    """A picture (8, 8), a kernel (3, 3), and what the two operations make of them, (6, 6) each, or words instead.

    verdict : "same", "opposite" or "different", where the two can be compared
    """
    cells = Cells()
    cells.grid(IMAGE, _middle() - 4 * SIDE, SIDE, shaded(image, image.max()), style.GRID)
    most = max([largest(output) for output in outputs if not isinstance(output, str)], default=1.0)
    for top, turned, output in zip((UPPER, LOWER), (kernel, np.rot90(kernel, 2)), outputs, strict=True):
        faces = signed(turned, largest(kernel))
        place = KERNEL, top + 3 * PIXEL - 1.5 * CELL, CELL
        cells.grid(*place, faces)
        cells.numbers(*place, [[minus(value) for value in row] for row in turned], legible(faces), 9)
        if isinstance(output, str):
            cells.note(OUTPUT + 3 * PIXEL, top + 3 * PIXEL, output)
        else:
            faces = signed(output, most)
            cells.grid(OUTPUT, top, PIXEL, faces, style.GRID)
            shown = [[minus(value, 1) for value in row] for row in output]
            cells.numbers(OUTPUT, top, PIXEL, shown, legible(faces), 7)
    cells.text(RIGHT, _middle() - 0.12, SIGNS.get(verdict, ""), 24)
    cells.text(RIGHT, _middle() + 0.25, verdict, 11)
    cells.draw(ax)
    return say(
        en="A picture with {ink} of 64 pixels darker than half, the kernel {kernel}, the same kernel turned by 180°, "
        "and what each makes of the picture.",
        ko="64픽셀 가운데 {ink}개가 절반보다 진한 이미지, 커널 {kernel}, 같은 커널을 180° 돌린 것, "
        "그리고 이미지에 각각을 적용한 결과.",
        kernel=listed(kernel),
        ink=int(np.sum(image > image.max() / 2)),
    )


def _middle() -> float:
    return (UPPER + LOWER + 6 * PIXEL) / 2

"""A kernel on its way over a picture: the window under it, nine products, and the one number that they make."""

from __future__ import annotations

import numpy as np

from .. import style
from .cells import Cells, draw_room, legible, minus, shaded, signed
from .words import say

WIDE, HIGH = 6.6, 3.35
TOP, SIDE, SMALL = 0.42, 0.33, 0.4
IMAGE, MIDDLE, OUTPUT = 0.05, 3.1, 4.62  # left edges


def draw_slide_axes(ax) -> None:
    """Empty room for `draw_slide`."""
    draw_room(ax, WIDE, HIGH)


def draw_slide(ax, image: np.ndarray, kernel: np.ndarray, output: np.ndarray | None, place: tuple[int, int]) -> str:
    """A picture (H, W), a kernel (3, 3) at a place of it, the products there, and the output (H - 2, W - 2), if any."""
    cells, (i, j) = Cells(), place
    window = image[i : i + 3, j : j + 3]
    products = window * kernel

    faces = shaded(image, 16.0)
    cells.text(IMAGE + SIDE * image.shape[1] / 2, 0.2, "image", 11)
    cells.grid(IMAGE, TOP, SIDE, faces, style.GRID)
    shown = [[minus(value) for value in row] for row in window]
    inks = legible(faces[i : i + 3, j : j + 3])
    cells.numbers(IMAGE + SIDE * j, TOP + SIDE * i, SIDE, shown, inks, 9)
    cells.frame(IMAGE + SIDE * j, TOP + SIDE * i, 3 * SIDE, 3 * SIDE, style.RED, 2.6)

    for top, title, values, most in ((TOP, "kernel", kernel, 2.0), (TOP + 1.62, "products", products, 32.0)):
        faces = signed(values, most)
        cells.text(MIDDLE + 1.5 * SMALL, top - 0.2, title, 11)
        cells.grid(MIDDLE, top, SMALL, faces)
        cells.numbers(MIDDLE, top, SMALL, [[minus(value) for value in row] for row in values], legible(faces), 9)
    cells.frame(MIDDLE, TOP, 3 * SMALL, 3 * SMALL, style.RED, 2.6)

    size = image.shape[0] - 2
    cells.text(OUTPUT + SIDE * size / 2, 0.2, "output", 11)
    if output is not None:
        most = float(np.nanmax(np.abs(np.where(np.isfinite(output), output, 0.0)))) or 1.0
        faces = signed(output, most)
        cells.grid(OUTPUT, TOP, SIDE, faces, style.GRID)
        shown = [[minus(value, 0) for value in row] for row in output]
        cells.numbers(OUTPUT, TOP, SIDE, shown, legible(faces), 7.5)
        cells.frame(OUTPUT + SIDE * j, TOP + SIDE * i, SIDE, SIDE, style.RED, 2.6)
    cells.arrow(MIDDLE + 3 * SMALL + 0.08, TOP + 1.62 + 1.5 * SMALL, OUTPUT - 0.06)
    cells.text(OUTPUT, TOP + 1.62 + 1.5 * SMALL + 0.02, "sum", 11, ha="left")
    cells.draw(ax)
    return say(
        en="A picture of {size} by {size} with the kernel's window at row {i}, column {j}; the pixels there: {pixels}; "
        "the kernel: {kernel}.",
        ko="{size}×{size} 그림 위의 {i}행 {j}열에 커널의 창이 놓여 있음. 그 자리의 픽셀: {pixels}. 커널: {kernel}.",
        size=len(image),
        i=i,
        j=j,
        pixels=listed(window),
        kernel=listed(kernel),
    )


def listed(values: np.ndarray) -> str:
    """An array (H, W) in words, row by row."""
    return " / ".join(", ".join(minus(value) for value in row) for row in values)

"""A kernel on its way over a picture: the window under it, nine products, and the one number that they make."""

from __future__ import annotations

import numpy as np

from .. import style
from .cells import Cells, draw_room, largest, legible, minus, shaded, signed
from .words import say

WIDE, HIGH = 6.6, 3.35
TOP, SIDE, SMALL = 0.42, 0.33, 0.4
LOW = 1.62  # from the kernel down to the products
IMAGE, MIDDLE, OUTPUT = 0.05, 3.1, 4.62  # left edges


def draw_slide_axes(ax) -> None:
    """Empty room for `draw_slide`, with its titles."""
    draw_room(ax, WIDE, HIGH)
    cells, below = Cells(), TOP + LOW - 0.2
    middle = MIDDLE + 1.5 * SMALL
    places = {"image": (IMAGE + 4 * SIDE, 0.2), "kernel": (middle, 0.2), "output": (OUTPUT + 3 * SIDE, 0.2)}
    for title, place in [*places.items(), ("products", (middle, below))]:
        cells.text(*place, title, 11)
    cells.arrow(MIDDLE + 3 * SMALL + 0.08, TOP + LOW + 1.5 * SMALL, OUTPUT - 0.06)
    cells.draw(ax)


def draw_slide(ax, image: np.ndarray, kernel: np.ndarray, output: np.ndarray | str, place: tuple[int, int]) -> str:
    """A picture (H, W), a kernel (3, 3) at a place of it, the products there, and the output (H - 2, W - 2).

    output : words instead, where there is none
    """
    cells, (i, j) = Cells(), place
    window = image[i : i + 3, j : j + 3]
    products = window * kernel

    faces = shaded(image, 16.0)
    cells.grid(IMAGE, TOP, SIDE, faces, style.GRID)
    shown = [[minus(value) for value in row] for row in window]
    inks = legible(faces[i : i + 3, j : j + 3])
    cells.numbers(IMAGE + SIDE * j, TOP + SIDE * i, SIDE, shown, inks, 9)
    cells.frame(IMAGE + SIDE * j, TOP + SIDE * i, 3 * SIDE, 3 * SIDE, style.RED, 2.6)

    for top, values, most in ((TOP, kernel, 2.0), (TOP + LOW, products, 32.0)):
        faces = signed(values, most)
        cells.grid(MIDDLE, top, SMALL, faces)
        cells.numbers(MIDDLE, top, SMALL, [[minus(value) for value in row] for row in values], legible(faces), 9)
    cells.frame(MIDDLE, TOP, 3 * SMALL, 3 * SMALL, style.RED, 2.6)

    if isinstance(output, str):
        cells.note(OUTPUT + 3 * SIDE, TOP + 3 * SIDE, output)
    else:
        faces = signed(output, largest(output))
        cells.grid(OUTPUT, TOP, SIDE, faces, style.GRID)
        shown = [[minus(value, 0) for value in row] for row in output]
        cells.numbers(OUTPUT, TOP, SIDE, shown, legible(faces), 7.5)
        cells.frame(OUTPUT + SIDE * j, TOP + SIDE * i, SIDE, SIDE, style.RED, 2.6)
    total = minus(products.sum())
    cells.text(OUTPUT + 0.08, TOP + LOW + 1.5 * SMALL, f"their sum: {total}", 11, align=0)
    cells.draw(ax)
    return say(
        en="A picture of {size} by {size} with the kernel's window at row {i}, column {j}; the pixels there: {pixels}; "
        "the kernel: {kernel}.",
        ko="{size}×{size} 이미지 위의 {i}행 {j}열에 커널의 창이 놓여 있음. 그 자리의 픽셀: {pixels}. 커널: {kernel}.",
        size=len(image),
        i=i,
        j=j,
        pixels=listed(window),
        kernel=listed(kernel),
    )


def listed(values: np.ndarray) -> str:
    """An array (H, W) in words, row by row."""
    return " / ".join(", ".join(minus(value) for value in row) for row in values)

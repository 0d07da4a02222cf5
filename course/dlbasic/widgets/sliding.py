"""What question does a kernel ask at every place? It slides over a digit, and the sum that it makes is written out."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..figures import slide as figure
from ..figures.cells import minus
from ..figures.words import Words
from . import kernels
from .learner import Trouble, array
from .live import LivePicture
from .panel import Panel, choice, counter
from .together import Together

SIZE = 6  # rows and columns of the output: 8 - 3 + 1

SAY = Words(
    {
        "row": {"en": "row i", "ko": "행 i"},
        "column": {"en": "column j", "ko": "열 j"},
        "state": {
            "en": "O[{i}, {j}] = {sum} = {total}",
            "ko": "출력 O[{i}, {j}] = {sum} = {total}",
        },
        "differs": {
            "en": "The products at [{i}, {j}] add up to {total}, but your correlate2d says {got} there: {sum}.",
            "ko": "[{i}, {j}]의 곱을 모두 더하면 {total}인데, correlate2d 함수가 낸 값은 달라요({got}). 곱: {sum}.",
        },
    }
)


def sliding_kernel(correlate2d: Callable) -> Panel:
    """A kernel (3, 3) that slides over a digit (8, 8), beside what a learner's correlate2d(image, kernel) makes of it.

    The window moves with two sliders or under the mouse.
    """
    controls = {
        "row": counter(SAY("row"), 2, 0, SIZE - 1),
        "column": counter(SAY("column"), 1, 0, SIZE - 1),
        "digit": counter(kernels.SAY("digit"), 3, 0, 9),
        "kernel": choice(kernels.SAY("kernel"), kernels.named(["left", "top", "blur", "sharp", "corner", "copy"])),
    }
    picture = LivePicture(height=3.5, columns=1)
    panel = Panel(controls, picture)
    images = kernels.pictures()
    outputs: dict[tuple[int, str], np.ndarray] = {}

    def still(ax):
        figure.draw_slide_axes(ax)

    def redraw():
        i, j = place = panel["row"], panel["column"]
        image, kernel = images[panel["digit"]], kernels.KERNELS[panel["kernel"]]
        key = panel["digit"], panel["kernel"]
        try:
            if key not in outputs:
                outputs[key] = array(correlate2d, image, kernel, name="correlate2d", shape=(SIZE, SIZE))
            output, trouble = outputs[key], ""
        except Trouble as error:
            output, trouble = error.note, str(error)
        products = (image[i : i + 3, j : j + 3] * kernel).ravel()
        total, got = products.sum(), np.nan if trouble else output[place]
        right = bool(np.isclose(got, total, rtol=1e-6, atol=1e-6))
        facts = {"i": i, "j": j, "sum": summed(products), "total": minus(total), "got": minus(got)}
        state = trouble or SAY("state" if right else "differs", **facts)
        picture.show(
            lambda ax: figure.draw_slide(ax, image, kernel, output, place), state, "plain" if right else "alarm"
        )

    def follow(x, y):
        across, down = (x - figure.IMAGE) / figure.SIDE - 1, (y - figure.TOP) / figure.SIDE - 1
        if x > figure.OUTPUT:
            across, down = (x - figure.OUTPUT) / figure.SIDE, down + 1
        elif x > figure.MIDDLE:
            return
        row, column = (int(np.clip(np.floor(to), 0, SIZE - 1)) for to in (down, across))
        together.set(row=row, column=column)

    together = Together(panel, redraw)
    panel.on_drag(picture.axes[0], follow)
    picture.hold(still)
    redraw()
    panel.on("row column digit kernel", together.redraw)
    return panel


def summed(products: np.ndarray) -> str:
    """The products as a sum: "0 − 7 + 12"."""
    first, *rest = (minus(value) for value in products)
    signs = (f" − {text[1:]}" if text.startswith("−") else f" + {text}" for text in rest)
    return first + "".join(signs)

"""Which numbers make one output of a layer? A place in a map, the inputs under it in every channel, and the weights."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..figures import stacks as figure
from ..figures.cells import minus
from ..figures.words import Words
from .learner import Trouble, array
from .live import LivePicture
from .panel import Panel, counter
from .together import Together

CHANNELS, FILTERS, SIZE, SEED = 3, 3, 4, 4  # SIZE: rows and columns of a map, 6 - 3 + 1

SAY = Words(
    {
        "filter": {"en": "map f", "ko": "맵 f"},
        "row": {"en": "row i", "ko": "행 i"},
        "column": {"en": "column j", "ko": "열 j"},
        "state": {
            "en": "Map {f} at [{i}, {j}]: {n} inputs from {channels} channels times the {n} weights of filter {f}; "
            "channel by channel {sum}, with the bias {bias} that is {total}.",
            "ko": "맵 {f}의 [{i}, {j}]: 채널 {channels}개에서 온 입력 {n}개와 필터 {f}의 가중치 {n}개를 곱해요. "
            "채널마다 더하면 {sum}, 편향 {bias}까지 더하면 {total}.",
        },
        "differs": {
            "en": "Map {f} at [{i}, {j}]: the {n} products and the bias add up to {total} ({sum}, bias {bias}), "
            "but your conv2d says {got}.",
            "ko": "맵 {f}의 [{i}, {j}]: 곱 {n}개와 편향을 더하면 {total}인데({sum}, 편향 {bias}), "
            "conv2d 함수가 낸 값은 달라요({got}).",
        },
    }
)


def filter_stacks(conv2d: Callable) -> Panel:
    """Channels (3, 6, 6), filters (3, 3, 3, 3), and the maps (3, 4, 4) that a learner's conv2d(x, w, b) makes of them.

    A place in a map is chosen with three sliders or with the mouse.
    """
    controls = {
        "filter": counter(SAY("filter"), 0, 0, FILTERS - 1),
        "row": counter(SAY("row"), 1, 0, SIZE - 1),
        "column": counter(SAY("column"), 2, 0, SIZE - 1),
    }
    picture = LivePicture(height=4.7, columns=1)
    panel = Panel(controls, picture)
    x, w, b = layer()
    try:
        # Nothing that can be moved changes the maps.
        maps, trouble = array(conv2d, x[None], w, b, name="conv2d", shape=(1, FILTERS, SIZE, SIZE))[0], ""
    except Trouble as error:
        maps, trouble = error.note, str(error)

    def still(ax):
        figure.draw_stack_axes(ax, CHANNELS, FILTERS)

    def redraw():
        f, i, j = chosen = panel["filter"], panel["row"], panel["column"]
        products = x[:, i : i + 3, j : j + 3] * w[f]
        sums = products.sum(axis=(1, 2))
        total, got = sums.sum() + b[f], np.nan if trouble else maps[chosen]
        right = bool(np.isclose(got, total, rtol=1e-6, atol=1e-6))
        facts = {"f": f, "i": i, "j": j, "n": products.size, "channels": CHANNELS}
        facts |= {"bias": minus(b[f]), "total": minus(total), "got": minus(got)}
        facts["sum"] = ", ".join(minus(one) for one in sums)
        picture.show(
            lambda ax: figure.draw_stacks(ax, x, w, b, maps, chosen, sums),
            trouble or SAY("state" if right else "differs", **facts),
            "plain" if right else "alarm",
        )

    def follow(x, y):
        across, (row, down) = (x - figure.MAP) / figure.PLACE, divmod(y - figure.TOP, figure.PITCH)
        down = down / figure.PLACE
        if 0 <= across < SIZE and 0 <= down < SIZE and 0 <= row < FILTERS:
            together.set(filter=int(row), row=int(down), column=int(across))

    together = Together(panel, redraw)
    panel.on_drag(picture.axes[0], follow)
    picture.hold(still)
    redraw()
    panel.on("filter row column", together.redraw)
    return panel


def layer() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Channels (3, 6, 6) of 0 … 5, filters (3, 3, 3, 3) of -1, 0, 1 and biases (3,); the same every time."""
    rng = np.random.default_rng(SEED)
    x = rng.integers(0, 6, (CHANNELS, 6, 6)).astype(float)
    return x, rng.integers(-1, 2, (FILTERS, CHANNELS, 3, 3)).astype(float), np.array([1.0, -2.0, 3.0])

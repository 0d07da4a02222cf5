"""One histogram a layer, the first layer on top: what arrives there, and how wide it is."""

from __future__ import annotations

import numpy as np
from matplotlib.collections import PolyCollection

from .. import style
from .words import number, say

REACH, BINS, TALL = 4.0, 48, 0.82
EDGES = np.linspace(-REACH, REACH, BINS + 1)


def draw_ridge_axes(ax, layers: int, title: str) -> None:
    """Empty axes for `layers` histograms over -4 … 4; the room on the right is for their standard deviations."""
    ax.set(xlim=(-REACH, REACH + 5.2), ylim=(layers - 0.75, -1.05), title=title, xlabel="before the ReLU")
    ax.set_xticks([-4, -2, 0, 2, 4])
    ax.set_yticks(range(layers), [f"layer {layer + 1}" for layer in range(layers)])
    ax.tick_params(axis="y", length=0, labelcolor=style.INK)
    ax.spines["left"].set_visible(False)
    ax.grid(axis="y", visible=False)


def draw_ridges(ax, layers: list[np.ndarray], color: str, *, filled: bool, name: str = "", column: int = 0) -> None:
    """One histogram for the numbers of each layer, all of one height, with their standard deviation.

    filled : False draws a dashed outline. name, column : the head and place of the standard deviations.
    """
    shapes = [_outline(values, place) for place, values in enumerate(layers)]
    look = {"facecolors": "none", "edgecolors": color, "linestyles": "--", "linewidths": 1.6, "zorder": 4}
    if filled:
        look = {"facecolors": color, "edgecolors": "none", "alpha": 0.75, "zorder": 3}
    ax.add_collection(PolyCollection(shapes, **look), autolim=False)
    x = REACH + 2.5 + 2.6 * column
    words = {"ha": "right", "color": color, "fontsize": 9.5, "zorder": 5}
    ax.text(x, -0.93, name, va="top", **{**words, "fontsize": 9})
    for place, values in enumerate(layers):
        ax.text(x, place - 0.02, spread(values), va="bottom", **words)


def describe(plain: list, training: list | None, prediction: list | None) -> str:
    """The standard deviations of every layer, in words."""

    def listed(layers):
        return "–" if layers is None else ", ".join(map(spread, layers))

    return say(
        en="Standard deviations from the first layer to the last. Without batch norm: {plain}. With it, in training: "
        "{training}; in prediction: {prediction}.",
        ko="첫 층부터 마지막 층까지의 표준편차. 배치 정규화 없이: {plain}. 배치 정규화가 있을 때, 학습: {training}; "
        "예측: {prediction}.",
        plain=listed(plain),
        training=listed(training),
        prediction=listed(prediction),
    )


def spread(values: np.ndarray) -> str:
    """The standard deviation, as the picture writes it: what is small needs no second digit, and there is no room."""
    found = float(values.std())
    return number(found) if found >= 0.1 else f"{found:.1g}"


def _outline(values: np.ndarray, place: int) -> np.ndarray:
    counts, _ = np.histogram(values, EDGES)
    heights = TALL * counts / max(counts.max(), 1)
    x = np.repeat(EDGES, 2)
    y = place - np.concatenate([[0.0], np.repeat(heights, 2), [0.0]])
    return np.column_stack([x, y])

"""Grids of cells for the figures on convolution and images: padded inputs, windows, outputs. Draws no figure itself."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Rectangle

from dlbasic import style

# Filled, dotted, crossed, hatched: what a cell is can be told without its colour.
INPUT = {"fc": style.SKY}
ZERO = {"fc": style.CARD, "hatch": "...", "ec": style.MUTED}  # a zero that pads
BETWEEN = {"fc": style.GRID}  # a zero put between inputs
OUTPUT = {"fc": style.GREEN}
CHOSEN = {"fc": style.ORANGE, "hatch": "////"}  # the one output of which the window is drawn
LEFT_OUT = {"fc": style.SKY, "hatch": "xxxx"}  # an input that no window reaches

INK = LinearSegmentedColormap.from_list("ink", [style.CARD, style.INK])
SIGNED = LinearSegmentedColormap.from_list("signed", [style.RED, style.CARD, style.BLUE])  # below 0, 0, above 0


def grid(axes: Axes, left: float, top: float, shape, side: float, look: Callable | dict, numbers=None, size=9.5):
    """Cells of `side` inches below the corner (left, top), styled by `look(row, column)` or a dict; numbers inside."""
    for row, column in np.ndindex(*shape):
        style_of = look(row, column) if callable(look) else look
        properties = {"ec": style.INK, "lw": 0.8} | style_of
        corner = (left + column * side, top - (row + 1) * side)
        axes.add_patch(Rectangle(corner, side, side, **properties))
        if numbers is not None:
            middle = (corner[0] + side / 2, corner[1] + side / 2)
            place = {"ha": "center", "va": "center", "fontsize": size}
            axes.text(*middle, minus(numbers[row][column]), **place)


def minus(number) -> str:
    """A number as it is written in print: with a minus sign, not a hyphen; words stay as they are."""
    return number if isinstance(number, str) else f"{number:g}".replace("-", "\N{MINUS SIGN}")


def window(axes: Axes, left: float, top: float, row: int, column: int, span: int, side: float, **more) -> None:
    """The outline of a kernel that spans `span` cells and starts at (row, column) of a grid."""
    corner = (left + column * side, top - (row + span) * side)
    properties = {"fc": "none", "ec": style.RED, "lw": 2.4, "zorder": 4} | more
    axes.add_patch(Rectangle(corner, span * side, span * side, **properties))


def picture(axes: Axes, left: float, top: float, image: np.ndarray, side: float, *, signed=False, top_value=None):
    """An image (H, W), `side` inches wide, with a frame; 0 is paper, top_value ink, or its colour when signed."""
    high = float(np.abs(image).max()) if top_value is None else top_value
    height = side * image.shape[0] / image.shape[1]
    extent = (left, left + side, top - height, top)
    colours = {"cmap": SIGNED if signed else INK, "vmin": -high if signed else 0, "vmax": high or 1.0}
    limits = axes.get_xlim(), axes.get_ylim()
    axes.imshow(image, extent=extent, aspect="auto", interpolation="nearest", zorder=1, **colours)
    axes.set(xlim=limits[0], ylim=limits[1])
    axes.add_patch(Rectangle((left, top - height), side, height, fc="none", ec=style.INK, lw=1.0, zorder=3))


def outputs(n: int, k: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
    """How many places a kernel finds, counted one by one: the formula of the figures is checked against this."""
    reach = dilation * (k - 1)
    return sum(1 for start in range(0, n + 2 * padding, stride) if start + reach < n + 2 * padding)


def covered(n: int, k: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> set[int]:
    """Places along one axis of the padded input that some window touches."""
    starts = range(0, stride * outputs(n, k, stride, padding, dilation), stride)
    return {start + dilation * tap for start in starts for tap in range(k)}


def padded_look(n: int, padding: int, seen: set[int], zero: dict = ZERO) -> Callable:
    """Styles a padded input (n + 2 * padding) squared; what no window touches (places not in `seen`) is crossed."""

    def look(row: int, column: int) -> dict:
        inside = all(padding <= place < padding + n for place in (row, column))
        if not {row, column} <= seen:
            return LEFT_OUT if inside else zero | {"hatch": "xxxx"}
        return INPUT if inside else zero

    return look


def convolution(axes: Axes, left: float, top: float, side: float, case: dict[str, int], zero: dict = ZERO) -> float:
    """Padded input of a case (arguments of `outputs`) with its first window and, dashed, the next; its right edge."""
    n, k, stride = case["n"], case["k"], case.get("stride", 1)
    padding, dilation = case.get("padding", 0), case.get("dilation", 1)
    seen = covered(n, k, stride, padding, dilation)
    if dilation > 1:  # what lies between the taps is not left over
        seen = set(range(max(seen) + 1))
    span, size = dilation * (k - 1) + 1, n + 2 * padding
    plain = padded_look(n, padding, seen, zero)
    taps = {dilation * tap for tap in range(k)}

    def look(row: int, column: int) -> dict:
        tapped = dilation > 1 and {row, column} <= taps
        return CHOSEN if tapped else plain(row, column)

    grid(axes, left, top, (size, size), side, look)
    if size >= span + stride:
        window(axes, left, top, 0, stride, span, side, ls=(0, (2, 1.2)), lw=1.6, ec=style.INK)
    window(axes, left, top, 0, 0, span, side)
    return left + size * side


def result(axes: Axes, left: float, top: float, side: float, size: int) -> None:
    """An output (size, size) with its first number marked."""
    grid(axes, left, top, (size, size), side, lambda row, column: OUTPUT if row or column else CHOSEN)


def transposed(axes: Axes, left: float, top: float, side: float, case: dict[str, int], zero: dict = ZERO) -> float:
    """Input of the convolution that does a transposed one: zeros between inputs, around, and extra ones at the end."""
    n, k, gaps, padding, extra = (case[name] for name in ("n", "k", "gaps", "padding", "extra"))
    stretched = (n - 1) * gaps + 1
    size = stretched + 2 * padding + extra

    def look(row: int, column: int) -> dict:
        places = row - padding, column - padding
        if not all(0 <= place < stretched for place in places):
            return zero | {"hatch": "||||"} if max(row, column) >= size - extra else zero
        return INPUT if all(place % gaps == 0 for place in places) else BETWEEN

    grid(axes, left, top, (size, size), side, look)
    if size > k:
        window(axes, left, top, 0, 1, k, side, ls=(0, (2, 1.2)), lw=1.6, ec=style.INK)
    window(axes, left, top, 0, 0, k, side)
    return left + size * side

"""Convolutions side by side, each with its formula filled in: for stride, padding, dilation. Draws no figure itself."""

from __future__ import annotations

from _canvas import arrow, sheet
from _grids import convolution, outputs, result


def worked(n: int, k: int, stride: int = 1, padding: int = 0) -> str:
    """The formula of the output size with its numbers, as mathtext; raises ValueError when counting disagrees."""
    size = (n + 2 * padding - k) // stride + 1
    if size != outputs(n, k, stride, padding):
        raise ValueError(f"the formula gives {size}, counting the windows {outputs(n, k, stride, padding)}")
    return rf"$\left\lfloor\dfrac{{{n} + 2 \cdot {padding} - {k}}}{{{stride}}}\right\rfloor + 1 = {size}$"


def row_of(cases: list[tuple[str, dict]], side: float, *, head: float = 0.6, foot: float = 1.2):
    """A sheet with the cases `(title, {"n": …, "k": …, …})` in columns: title, input, output; free below: `foot`."""
    sizes = [case["n"] + 2 * case.get("padding", 0) for _, case in cases]
    counts = [outputs(**case) for _, case in cases]
    below = foot + max(counts) * side  # where the outputs begin
    top = below + 0.42 + max(sizes) * side
    figure, axes = sheet(top + head)
    for column, ((title, case), size, count) in enumerate(zip(cases, sizes, counts, strict=True)):
        middle = (column + 0.5) * 6.4 / len(cases)
        place = {"ha": "center", "va": "center", "weight": "bold", "fontsize": 10.5, "linespacing": 1.3}
        axes.text(middle, top + head / 2 - 0.02, title, **place)
        convolution(axes, middle - size * side / 2, top - (max(sizes) - size) * side / 2, side, case)
        arrow(axes, (middle, below + 0.34), (middle, below + 0.07))
        result(axes, middle - count * side / 2, below, side, count)
    return figure, axes


def formulas(axes, cases: list[tuple[str, dict]], y: float = 0.88, size: float = 10.5) -> None:
    """The worked formula of each case, `y` inches up."""
    for column, (_, case) in enumerate(cases):
        place = {"ha": "center", "va": "center", "fontsize": size}
        axes.text((column + 0.5) * 6.4 / len(cases), y, worked(**case), **place)


def listed(cases: list[tuple[str, dict]]) -> list[str]:
    """The output sizes of the cases, as words for an alternative text."""
    return [str(outputs(**case)) for _, case in cases]

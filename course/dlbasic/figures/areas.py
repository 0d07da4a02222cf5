"""Numbers as squares: areas compare what lengths could not show side by side."""

from __future__ import annotations

from matplotlib.patches import Rectangle

from .. import style
from .words import number, say


def draw_areas(ax, sizes: dict[str, float]) -> str:
    """One square a number, its area in proportion, its name and value below."""
    largest = max(sizes.values())
    x = 0.0
    ax.axis("off")
    ax.set(xlim=(0, 1), ylim=(-0.22, 1.02), aspect="equal")
    for place, (name, size) in enumerate(sizes.items()):
        side = (size / largest) ** 0.5
        wide = max(side, 0.4)  # room for the name
        ax.add_patch(Rectangle((x + (wide - side) / 2, 0), side, side, fc=style.CYCLE[place % len(style.CYCLE)]))
        ax.text(x + wide / 2, -0.05, f"{name}\n{short(size)}", ha="center", va="top")
        x += wide + 0.1
    ax.set_xlim(0, x - 0.1)
    listed = ", ".join(f"{name} {short(size)}" for name, size in sizes.items())
    return say(en="Squares whose areas compare {listed}.", ko="넓이로 견준 정사각형: {listed}.", listed=listed)


def short(size: float) -> str:
    """Three digits with a word for the power of ten, as in 1.56 billion."""
    for unit, word in ((1e9, " billion"), (1e6, " million")):
        if size >= unit:
            return number(size / unit) + word
    return number(size)

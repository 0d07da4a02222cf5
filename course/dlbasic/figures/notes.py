"""What a picture says when there is nothing to draw."""

from __future__ import annotations

from .. import style
from .words import say


def draw_note(ax, text: str, *, narrow: bool = False) -> str:
    """A few words in the middle of empty axes; `narrow` puts each on a line of its own."""
    box = {"facecolor": style.CARD, "edgecolor": style.RED, "boxstyle": "round,pad=0.5"}
    lines = text.replace(" ", "\n") if narrow else text
    ax.text(0.5, 0.5, lines, transform=ax.transAxes, ha="center", va="center", color=style.RED, bbox=box, zorder=9)
    return say(en="Nothing is drawn here: “{text}”.", ko="여기에는 그림이 없어요: “{text}”.", text=text)

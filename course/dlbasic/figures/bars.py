"""Probabilities as bars, each with its number."""

from __future__ import annotations

import numpy as np

from .. import style
from .words import say


def draw_bar_axes(ax, names: list[str], title: str, top: float = 1.12) -> None:
    """Empty axes for one bar a name, from 0 to 1; the space up to `top` is for the numbers."""
    ax.set(xlim=(-0.6, len(names) - 0.4), ylim=(0, top), title=title)
    ax.set_xticks(range(len(names)), names)
    ax.set_yticks(np.linspace(0, 1, 5))
    ax.grid(axis="x", visible=False)
    ax.tick_params(axis="x", length=0)


def draw_bars(ax, values: np.ndarray, names: list[str], colors: list[str], *, least: float = 0, marks=()) -> str:
    """One bar a value (K,), its number above it where that is at least `least`; nan and inf get a cross.

    marks : place ↦ a sign to put before the number, so that colour is not the only difference
    """
    marks = dict(marks)
    ok = np.isfinite(values)
    heights = np.where(ok, np.clip(values, 0, 1.0), 0.0)
    ax.bar(range(len(values)), heights, color=colors, width=0.7, zorder=2)
    for place, (value, height, fine) in enumerate(zip(values, heights, ok, strict=True)):
        if fine and value < least and place not in marks:
            continue
        text, color = (f"{marks.get(place, '')}{value:.2f}", style.INK) if fine else (f"✕ {value}", style.RED)
        ax.text(place, height + 0.02, text, ha="center", va="bottom", color=color, fontsize=10)
    listed = ", ".join(f"{name}: {value:.2f}" for name, value in zip(names, values, strict=True))
    return say(en="Bars: {listed}.", ko="막대: {listed}.", listed=listed)

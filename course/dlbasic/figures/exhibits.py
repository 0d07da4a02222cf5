"""The still pictures of chapter 1's exhibits, each drawn from the run above it. They compute nothing of an exercise."""

from __future__ import annotations

import numpy as np

from .. import style
from . import areas, bars, circle, corridor, forgery, weights
from .png import new_figure
from .still import show

WIDE = 6.6


def plot_shares(shares: dict, title: str = "", unit: str = "") -> None:
    """Draw a bar for each number between 0 and 1, with the number on it; `unit` is what the names count."""
    names, values = [str(name) for name in shares], np.array(list(shares.values()), dtype=float)
    with style.style():
        figure = new_figure(min(WIDE, 0.62 * len(names) + 1.2), 2.6)
        ax = figure.subplots()
        bars.draw_bar_axes(ax, names, title)
        ax.set_xlabel(unit)
        show(figure, bars.draw_bars(ax, values, names, [style.BLUE] * len(names)))


def show_corridor(tables: dict) -> None:
    """Draw Q-tables (S, 2) of one corridor, by caption: what the step to the left and to the right is worth."""
    with style.style():
        figure = new_figure(WIDE, 0.62 * len(tables) + 0.5)
        show(figure, corridor.draw_corridors(figure.subplots(), {name: np.asarray(q) for name, q in tables.items()}))


def show_forgery(moments: dict, real: tuple, places) -> None:
    """Draw moments of a forger at work, by caption: (its centre and spread, the judge's logits at `places`).

    real : centre and spread of the real numbers
    """
    columns = 3
    rows = -(-len(moments) // columns)
    with style.style():
        figure = new_figure(WIDE, 1.6 * rows + 0.4)
        axes = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False).ravel()
        told = [
            forgery.draw_forgery(ax, real, forger, np.asarray(places), logits, title)
            for ax, (title, (forger, logits)) in zip(axes, moments.items(), strict=False)
        ]
        for ax in axes[len(moments) :]:
            ax.set_visible(False)
        figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=3, fontsize=10)
        show(figure, " ".join(told))


def show_weights(table, rows, columns, names=("query", "key")) -> None:
    """Draw weights (T, S), or several by title, as heat maps with a name for each row and column.

    names : what rows and columns are
    """
    tables = table if isinstance(table, dict) else {"": table}
    tables = {title: np.asarray(one, dtype=float) for title, one in tables.items()}
    rows, columns = (["␣" if name == " " else str(name) for name in side] for side in (rows, columns))
    numbers = len(columns) <= 8
    wide = max(0.6 if numbers else 0.3, 0.085 * max(map(len, columns)) + 0.12)
    width = len(tables) * (len(columns) * wide + 0.35) + 0.09 * max(map(len, rows)) + 0.4
    with style.style():
        figure = new_figure(min(width, WIDE), (0.3 if numbers else 0.23) * len(rows) + 0.95)
        axes = figure.subplots(1, len(tables), squeeze=False, sharey=True)[0]
        told = [
            f"{title} {weights.draw_table(ax, one, rows, columns, numbers)}".strip()
            for ax, (title, one) in zip(axes, tables.items(), strict=True)
        ]
        for ax, title in zip(axes, tables, strict=True):
            ax.set(title=title, xlabel=names[1])
        axes[0].set_ylabel(names[0])
        show(figure, " ".join(told))


def show_sizes(sizes: dict) -> None:
    """Draw a square for each number, by name, with its area in proportion."""
    with style.style():
        figure = new_figure(4.6, 2.9)
        show(figure, areas.draw_areas(figure.subplots(), sizes))


def show_views(moments: dict) -> None:
    """Draw pairs of arrows (2, N, 2), by caption, as directions on a circle: a line joins the two of a pair."""
    with style.style():
        figure = new_figure(WIDE, WIDE / len(moments) + 0.35)
        axes = figure.subplots(1, len(moments), squeeze=False)[0]
        told = [
            circle.draw_pairs(ax, np.asarray(views), title)
            for ax, (title, views) in zip(axes, moments.items(), strict=True)
        ]
        show(figure, " ".join(told))

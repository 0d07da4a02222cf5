"""What layers cost: parameters that are stored, and multiply-accumulates that are computed for every picture."""

from __future__ import annotations

from collections.abc import Sequence
from numbers import Integral

import numpy as np
from matplotlib.ticker import FuncFormatter, MaxNLocator

from .. import style
from .png import new_figure
from .still import show
from .words import number, say

DENSE = "////"  # the hatch of fully connected layers: not only their colour differs


def budget_bars(table) -> None:
    """Draw a filled table: a pair of bars for each layer, its parameters and its multiply-accumulates for one picture.

    table : rows (name, output shape, parameters with biases); the shape is (C, H, W), or (units,) of a dense layer
    Raises ValueError when a row has another form.
    """
    rows = as_rows(table)
    with style.style():
        figure = new_figure(6.8, 0.27 * len(rows) + 1.1)
        left, right = figure.subplots(1, 2, sharey=True)
        names, dense = [row[0] for row in rows], [len(row[1]) == 1 for row in rows]
        told = [
            draw_costs(left, names, [row[2] for row in rows], dense, "parameters"),
            draw_costs(right, names, [uses(*row[1:]) for row in rows], dense, "multiply–accumulates"),
        ]
        handles = [right.patches[place] for place in (dense.index(kind) for kind in (False, True) if kind in dense)]
        labels = [label for kind, label in ((False, "convolution"), (True, "fully connected")) if kind in dense]
        figure.legend(handles, labels, loc="outside lower center", ncols=2, fontsize=10)
        show(figure, " ".join(told))


def as_rows(table) -> list[tuple[str, tuple[int, ...], int]]:
    """The table's rows, checked. Raises ValueError that shows the first row that is none."""
    rows = list(table) if isinstance(table, Sequence | np.ndarray) and not isinstance(table, str) else []
    if not rows:
        raise ValueError(say(en="the table has no rows", ko="표에 행이 하나도 없어요"))
    for row in rows:
        if not _is_row(row):
            text = {
                "en": "every row should be (name, output shape, parameters); this one is {row!r}",
                "ko": "행은 모두 (이름, 출력의 모양, 파라미터의 수)여야 하는데 그렇지 않은 행이 있어요: {row!r}",
            }
            raise ValueError(say(**text, row=row))
    return [(str(name), tuple(int(size) for size in shape), int(count)) for name, shape, count in rows]


def _is_row(row) -> bool:
    if not isinstance(row, Sequence) or len(row) != 3 or not isinstance(row[1], Sequence | np.ndarray):
        return False
    sizes = [*row[1], row[2]]
    return len(row[1]) in (1, 3) and all(isinstance(size, Integral) and size > 0 for size in sizes)


def uses(shape: tuple[int, ...], parameters: int) -> int:
    """Every weight (no bias) is used once at each place of the output map; a dense layer has a single place."""
    return (parameters - shape[0]) * int(np.prod(shape[1:]))


def draw_costs(ax, names: list[str], counts: list[int], dense: list[bool], title: str) -> str:
    """A bar for each layer, the first one on top, its share of the whole beside it."""
    places, total = range(len(names)), sum(counts)
    bars = ax.barh(places, counts, color=[style.RED if one else style.BLUE for one in dense], height=0.72, zorder=2)
    for bar, one, count in zip(bars, dense, counts, strict=True):
        if one:
            bar.set(hatch=DENSE, edgecolor=style.CARD, linewidth=0)
        text = f" {short(count)}  {count / total:.1%}"
        ax.text(count, bar.get_y() + bar.get_height() / 2, text, va="center", fontsize=9)
    ax.set_yticks(places, names, fontsize=10)
    ax.set(xlim=(0, 1.55 * max(counts)), ylim=(len(names) - 0.4, -0.6))
    ax.set_title(f"{title}: {short(total)}", fontsize=11)
    ax.xaxis.set_major_locator(MaxNLocator(4))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: short(value)))
    ax.grid(axis="y", visible=False)
    ax.tick_params(axis="y", length=0, labelcolor=style.INK)
    listed = ", ".join(f"{name} {count:,}" for name, count in zip(names, counts, strict=True))
    kinds = {"parameters": "파라미터", "multiply–accumulates": "곱셈-누산"}
    return say(
        en="Bars of the {title} of each layer, {total:,} in all, {share:.1%} of them in fully connected layers: "
        "{listed}.",
        ko="층마다 {kind}의 수를 나타낸 막대. 모두 {total:,}, 완전 연결층의 몫 {share:.1%}. {listed}.",
        title=title,
        kind=kinds.get(title, title),
        total=total,
        share=sum(count for count, one in zip(counts, dense, strict=True) if one) / total,
        listed=listed,
    )


def short(count: float) -> str:
    """Three digits and a letter for thousand, million, billion."""
    for unit, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if count >= unit:
            return f"{count / unit:.3g}{letter}"
    return number(count)

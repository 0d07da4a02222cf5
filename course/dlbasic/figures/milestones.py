"""Eleven ideas on a time line: in the order of their appearance, or at the years that a learner gives them."""

from __future__ import annotations

from .. import style
from .ideas import BY_NAME, IDEAS, backwards, earlier, later
from .words import say

ROWS = {idea.name: row for row, idea in enumerate(IDEAS)}


def places(years: dict[str, int] | None) -> dict[str, float]:
    """Where each idea stands from left to right: by its rank, or in its year; in a column before all where it has none.

    Ideas of one year share its width, so that no two stand one above the other.
    """
    if years is None:
        return {name: float(row) for name, row in ROWS.items()}
    columns = {name: years.get(name, min(years.values()) - 1) for name in ROWS}
    crowd = {year: [name for name in ROWS if columns[name] == year] for year in columns.values()}
    return {name: year + (crowd[year].index(name) + 1) / (len(crowd[year]) + 1) for name, year in columns.items()}


def draw_ideas(ax, years: dict[str, int] | None) -> str:
    """A row for each idea, first to last; with `years` (one at least) each stands in its year, else in its rank."""
    ax.set(ylim=(len(IDEAS) - 0.4, -0.7))
    ax.set_yticks(range(len(IDEAS)), ROWS)
    ax.tick_params(length=0, labelcolor=style.INK)
    ax.spines["left"].set_visible(False)
    ax.grid(False)
    at = places(years)
    if years is None:
        ax.set(xlim=(-0.5, len(IDEAS) + 1.5), xticks=[], title="eleven ideas, in the order of their appearance")
    else:
        _columns(ax, min(at.values()), max(years.values()), missing=len(years) < len(IDEAS))
    for name, row in ROWS.items():
        ax.axhline(row, color=style.GRID, lw=0.8, zorder=0.5)
        ax.plot([at[name]], [row], "o", color=style.MUTED, markersize=6, markeredgecolor="white", zorder=4)
        shift = 0.021 * (ax.get_xlim()[1] - ax.get_xlim()[0])
        words = BY_NAME[name].source
        ax.text(at[name] + shift, row, words, va="center", color=style.MUTED, fontsize=9, bbox=BOX, zorder=2)
    for name, part in backwards(years or {}):
        _arrow(ax, at, part, name, style.RED, ":")
    return say(
        en="A time line with {n} ideas, a row for each: {names}.",
        ko="아이디어 {n}개를 한 줄에 하나씩 놓은 연표: {names}.",
        n=len(IDEAS),
        names=", ".join(f"{name} {years[name]}" if years and name in years else name for name in ROWS),
    )


def _columns(ax, first: float, last: int, missing: bool) -> None:
    first = int(first // 1)
    ax.set(xlim=(first, last + 2.6), title="eleven ideas at the years of your timeline")
    for year in range(first, last + 1, 2):
        ax.axvspan(year, year + 1, color=style.GRID, alpha=0.45, lw=0, zorder=0)
    every = max(1, (last - first) // 10)
    years = range(first + missing, last + 1, every)
    ax.set_xticks([*([first + 0.5] if missing else []), *(year + 0.5 for year in years)])
    ax.set_xticklabels([*(["?"] if missing else []), *years])


def draw_family(ax, name: str, years: dict[str, int] | None) -> str:
    """The idea `name`, arrows to it from what it takes over, and arrows from it to what takes it over."""
    at, before, after = places(years), earlier(name), later(name)
    lost = set() if years is None else {one for one in ROWS if one not in years}  # nothing leads to them or from them
    back = set(backwards(years or {}))
    for one in before:
        if not {one, name} & lost and (name, one) not in back:
            _arrow(ax, at, one, name, style.BLUE, "-")
        ax.plot([at[one]], [ROWS[one]], "s", color=style.BLUE, markersize=10, markeredgecolor="white", zorder=5)
    for one in after:
        if not {one, name} & lost and (one, name) not in back:
            _arrow(ax, at, name, one, style.GREEN, (0, (3, 2)))
        ax.plot([at[one]], [ROWS[one]], "^", color=style.GREEN, markersize=11, markeredgecolor="white", zorder=5)
    ax.plot([at[name]], [ROWS[name]], "o", color=style.RED, markersize=13, markeredgecolor="white", zorder=6)
    return say(
        en="Marked: {name}. Arrows come from {before} (squares) and go to {after} (triangles).",
        ko="표시된 것: {name}. 화살표가 오는 곳(네모): {before}. 화살표가 가는 곳(세모): {after}.",
        name=name,
        before=", ".join(before) or "–",
        after=", ".join(after) or "–",
    )


BOX = {"facecolor": style.CARD, "edgecolor": "none", "pad": 0.4}


def _arrow(ax, at: dict[str, float], start: str, end: str, color: str, dash) -> None:
    """Down (or up) from one idea to the row of the other, then along it: what runs back in time runs to the left."""
    look = {"arrowstyle": "-|>", "color": color, "shrinkA": 0, "shrinkB": 7, "mutation_scale": 12, "lw": 1.8}
    look |= {"linestyle": dash, "connectionstyle": "angle,angleA=90,angleB=0,rad=5"}
    ax.annotate("", xy=(at[end], ROWS[end]), xytext=(at[start], ROWS[start]), arrowprops=look, zorder=3)

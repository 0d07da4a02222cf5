"""Which of these ideas live on in the others? Eleven of them on a time line: what each took over, and what took it."""

from __future__ import annotations

import ipywidgets

from ..figures import milestones as figure
from ..figures.words import Words, say
from .live import LivePicture
from .panel import STYLE, Panel

NAMES = tuple(idea.name for idea in figure.IDEAS)

SAY = Words(
    {
        "idea": {"en": "idea", "ko": "아이디어"},
        "state": {
            "en": "{name}, {month} ({source}). It takes over: {before}. Taken over by: {after}.",
            "ko": "{name}, {month}({source}). 이어받은 것: {before}. 이것을 이어받은 것: {after}.",
        },
        "none": {"en": "none of these", "ko": "이 가운데에는 없음"},
        "report": {"en": "a report by OpenAI", "ko": "OpenAI 보고서"},
    }
)
# Written out: the calendar module would follow the computer's own language.
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def milestones() -> Panel:
    """Walk through the ideas of 2012 to 2020 with one slider: what each took over, and what took it over."""
    walk = ipywidgets.SelectionSlider(
        options=NAMES,
        value="Transformer",
        description=SAY("idea"),
        style=STYLE,
        layout=ipywidgets.Layout(width="100%", max_width="680px"),
    )
    picture = LivePicture(height=3.6, columns=1)
    panel = Panel({"idea": walk}, picture)

    def redraw():
        name = panel["idea"]
        picture.show(lambda ax: figure.draw_family(ax, name), told(name))

    picture.hold(figure.draw_ideas)
    redraw()
    panel.on("idea", redraw)
    return panel


def told(name: str) -> str:
    """One idea in a sentence or two."""
    idea = figure.BY_NAME[name]
    year, month = idea.published
    source = f"arXiv {idea.arxiv}" if idea.arxiv else idea.venue or SAY("report")
    before = [f"{part} ({say(en=en, ko=ko)})" for part, en, ko in idea.parts]
    return SAY(
        "state",
        name=name,
        month=say(en="{month} {year}", ko="{year}년 {number}월", month=MONTHS[month - 1], year=year, number=month),
        source=source,
        before=", ".join(before) or SAY("none"),
        after=", ".join(figure.later(name)) or SAY("none"),
    )

"""Which of these ideas live on in the others? Eleven of them on a time line, whose years are the learner's."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import ipywidgets
import numpy as np

from ..figures import milestones as figure
from ..figures.ideas import BY_NAME, backwards, later
from ..figures.words import Words, say
from .learner import Trouble, brief, call
from .live import LivePicture
from .panel import STYLE, Panel

NAMES = tuple(BY_NAME)
EARLIEST, LATEST = 1900, 2100  # what is outside is no year, and would leave no room for the others

SAY = Words(
    {
        "idea": {"en": "idea", "ko": "아이디어"},
        "card": {"en": "{name}, section {section}", "ko": "{name}({section}절)"},
        "state": {
            "en": "{name} takes over: {before}. Taken over by: {after}.",
            "ko": "{name} – 앞에서 이어받은 것: {before}. 이것을 이어받은 아이디어: {after}.",
        },
        "backwards": {
            "en": "Time runs backwards: {name} ({year}) takes over something of {part} ({other}).",
            "ko": "시간이 거꾸로 흘러요. {name}({year})에 {part}({other})에서 이어받은 것이 들어 있어요.",
        },
        "none": {"en": "none of these", "ko": "이 가운데에는 없음"},
        "years": {"en": "a dict of names and years", "ko": "이름과 연도의 딕셔너리"},
    }
)


def milestones(timeline: Callable | None = None) -> Panel:
    """Walk through eleven ideas with one slider: their papers, what each took over, and what took it over.

    timeline : the learner's function, whose years place the ideas; without it they stand in their order
    """
    walk = ipywidgets.SelectionSlider(
        options=NAMES,
        value="Transformer",
        description=SAY("idea"),
        style=STYLE,
        layout=ipywidgets.Layout(width="100%", max_width="680px"),
    )
    card = ipywidgets.HTML(layout=ipywidgets.Layout(width="auto", max_width="680px", min_height="4.6em"))
    picture = LivePicture(height=3.9, columns=1)
    panel = Panel({"idea": walk}, picture)
    panel.children = (walk, card, picture)
    years, trouble = None, None
    try:
        years = timeline and usable(call(timeline, name="timeline"))
    except Trouble as error:
        trouble = str(error)

    def redraw():
        name = panel["idea"]
        card.value = paper(name)
        state, wrong = told(name, years)
        mood = "alarm" if trouble or wrong else "plain"
        picture.show(lambda ax: figure.draw_family(ax, name, years), trouble or state, mood)

    picture.hold(lambda ax: figure.draw_ideas(ax, years))
    redraw()
    panel.on("idea", redraw)
    return panel


def usable(answer: object) -> dict[str, int]:
    """The ideas that have a whole number as their year. Raises Trouble when there is none."""
    pairs = answer.items() if isinstance(answer, dict) else ()
    whole = (int, np.integer)
    years = {name: int(year) for name, year in pairs if name in NAMES and isinstance(year, whole)}
    years = {name: year for name, year in years.items() if EARLIEST <= year <= LATEST}
    if not years:
        raise Trouble("odd", "timeline", got=brief(answer, 60), wanted=SAY("years"))
    return years


def paper(name: str) -> str:
    """The question that an idea answered and where to read about it, as HTML."""
    idea = BY_NAME[name]
    source = escape(idea.source)
    if idea.arxiv:
        look = "color:var(--jp-content-link-color); text-decoration:underline"
        where = f'href="https://arxiv.org/abs/{source}" target="_blank" rel="noopener"'
        source = f'<a {where} style="{look}">arXiv:{source}</a>'
    head = escape(SAY("card", name=name, section=idea.section))
    question = escape(say(en=idea.question[0], ko=idea.question[1]))
    authors = say(en=idea.authors, ko=idea.authors.replace(" and others", " 외"))
    look = "line-height:1.45; color:var(--jp-content-font-color1); font-size:var(--jp-content-font-size1)"
    return (
        f'<div style="{look}; font-family:var(--jp-content-font-family); padding:2px"><b>{head}</b>: {question}<br>'
        f"{escape(authors)}, <i>{escape(idea.title)}</i>, {source}.</div>"
    )


def told(name: str, years: dict[str, int] | None) -> tuple[str, bool]:
    """What an idea took over and what took it over; or, where that is so, that time runs backwards there."""
    for child, part in backwards(years or {}):
        if name in (child, part):
            return SAY("backwards", name=child, year=years[child], part=part, other=years[part]), True
    before = [f"{part} ({say(en=en, ko=ko)})" for part, en, ko in BY_NAME[name].parts]
    after = ", ".join(later(name)) or SAY("none")
    return SAY("state", name=name, before=", ".join(before) or SAY("none"), after=after), False

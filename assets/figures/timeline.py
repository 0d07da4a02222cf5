"""Eleven ideas in bands of years: a dot where each could first be read, a ring or diamond where it was printed."""

from _canvas import RED_WORDS, Text, blank, footnote

from dlbasic import style
from dlbasic.figures.milestones import FIRST, IDEAS, LAST, at, draw_years

HEIGHT = 4.1
LEAST = 0.2  # years between dot and ring from which on both are drawn


def later_prints() -> list[str]:
    """The ideas whose conference or journal belongs to a later year than their first paper."""
    return [idea.name for idea in IDEAS if idea.printed and idea.printed[0] > idea.published[0]]


def draw(text: Text):
    figure = blank(HEIGHT)
    axes = figure.add_axes((0.03, 0.17, 0.94, 0.81))
    axes.set(xlim=(FIRST, LAST), ylim=(len(IDEAS) - 0.4, -0.7), yticks=[])
    draw_years(axes)
    for row, idea in enumerate(IDEAS):
        late = idea.name in later_prints()
        if idea.printed and at(idea.printed) - idea.place >= LEAST:
            ends = [idea.place, at(idea.printed)]
            color = RED_WORDS if late else style.MUTED
            axes.plot(ends, [row, row], color=color, ls="-" if late else ":", lw=1.4)
            axes.plot(ends[1:], [row], "D" if late else "o", ms=8, mfc=style.CARD, mec=color, mew=1.6, clip_on=False)
        axes.plot([idea.place], [row], "o", ms=9, color=style.BLUE, mec="white", mew=0.8, zorder=4)
        # Early ideas have their names to the right of everything, late ones to the left: there is the room.
        right = idea.place < 2016.5
        end = at(idea.printed) if right and idea.printed else idea.place
        place = (end + 0.18, row) if right else (idea.place - 0.18, row)
        axes.text(*place, idea.name, ha="left" if right else "right", va="center", weight="bold", fontsize=11)
    footnote(
        figure,
        text(
            en="Dot: first published.  Ring: printed by a conference or a journal.  Diamond: printed in a later year.",
            ko="점: 처음 발표된 때.   고리: 학회나 학술지에 실린 때.   마름모: 다른 해에 실린 것.",
        ),
        y=0.2,
    )
    years, late = ", ".join(f"{idea.name} {idea.published[0]}" for idea in IDEAS), ", ".join(later_prints())
    alt = text(
        en=f"A time line of eleven ideas in the order of their first publication: {years}. Rings and diamonds show "
        f"when a conference or a journal printed them; for {late} (diamonds) that was in a later year.",
        ko=f"아이디어 열한 개를 처음 발표된 순서로 놓은 연표입니다: {years}. 고리와 마름모는 학회나 학술지에 실린 "
        f"때이고, 마름모로 표시한 것은 다른 해에 실렸습니다: {late}.",
    )
    return figure, alt

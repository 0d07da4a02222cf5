"""Eleven ideas between 2012 and 2020: when they appeared, what they took over. The facts, and how to draw them."""

from __future__ import annotations

from dataclasses import dataclass

from .. import style
from .words import say

FIRST, LAST = 2012, 2021
LANES = ("vision", "new images", "games", "training", "language")


@dataclass(frozen=True)
class Idea:
    """One idea: `published` is year and month of the first paper that anybody could read.

    arxiv : its identifier, or "" where there is none
    venue, printed : conference or journal, and year and month of it; "" where it never had one
    parts : earlier ideas that it takes something from, with what that is in English and Korean
    """

    name: str
    lane: str
    published: tuple[int, int]
    arxiv: str
    venue: str = ""
    printed: tuple[int, int] | None = None
    parts: tuple[tuple[str, str, str], ...] = ()

    @property
    def place(self) -> float:
        return at(self.published)


def at(month: tuple[int, int]) -> float:
    """Where the middle of a month lies on an axis of years."""
    return month[0] + (month[1] - 0.5) / 12


NET = "the deep convolutional network", "깊은 합성곱 신경망"
SKIP = "the skip connection", "스킵 연결"
STEPS = "the optimizer", "옵티마이저"

# Sources: the papers themselves. AlexNet: proceedings of NIPS; GPT-2: a report of OpenAI, February 2019.
IDEAS = (
    Idea("AlexNet", "vision", (2012, 12), "", "NIPS", (2012, 12)),
    Idea("DQN", "games", (2013, 12), "1312.5602", "Nature", (2015, 2), (("AlexNet", *NET),)),
    Idea("GAN", "new images", (2014, 6), "1406.2661", "NIPS", (2014, 12)),
    Idea("Encoder-Decoder", "language", (2014, 9), "1409.3215", "NIPS", (2014, 12)),
    Idea("Adam", "training", (2014, 12), "1412.6980", "ICLR", (2015, 5)),
    Idea("ResNet", "vision", (2015, 12), "1512.03385", "CVPR", (2016, 6), (("AlexNet", *NET),)),
    Idea(
        "Transformer", "language", (2017, 6), "1706.03762", "NIPS", (2017, 12),
        (("Encoder-Decoder", "the two halves", "두 부분 구조"), ("Adam", *STEPS), ("ResNet", *SKIP)),
    ),
    Idea(
        "BERT", "language", (2018, 10), "1810.04805", "NAACL", (2019, 6),
        (("Adam", *STEPS), ("ResNet", *SKIP), ("Transformer", "the encoder", "인코더")),
    ),
    Idea(
        "GPT-2", "language", (2019, 2), "",
        parts=(("ResNet", *SKIP), ("Transformer", "the decoder", "디코더")),
    ),
    Idea(
        "SimCLR", "vision", (2020, 2), "2002.05709", "ICML", (2020, 7),
        (("AlexNet", *NET), ("ResNet", "the whole network", "신경망 전체")),
    ),
    Idea(
        "GPT-3", "language", (2020, 5), "2005.14165", "NeurIPS", (2020, 12),
        (("Adam", *STEPS), ("ResNet", *SKIP), ("Transformer", "the decoder", "디코더"), ("GPT-2", "the plan", "설계")),
    ),
)  # fmt: skip
BY_NAME = {idea.name: idea for idea in IDEAS}


def earlier(name: str) -> list[str]:
    """The ideas that this one takes something from, in the order of their appearance."""
    return [part for part, *_ in BY_NAME[name].parts]


def later(name: str) -> list[str]:
    """The ideas that take something from this one."""
    return [idea.name for idea in IDEAS if name in earlier(idea.name)]


# Below its point stands the name where arrows come from above, and to one side where a neighbour is close.
BELOW = {"DQN", "Encoder-Decoder", "Transformer", "BERT", "GPT-2", "GPT-3"}
SIDES = {"BERT": "right", "GPT-2": "left"}


def _where(name: str) -> tuple[float, float]:
    idea = BY_NAME[name]
    return idea.place, len(LANES) - 1 - LANES.index(idea.lane)


def draw_years(ax) -> None:
    """A band for each year with its number in the middle: a December still belongs to the year that ends."""
    for year in range(FIRST, LAST, 2):
        ax.axvspan(year, year + 1, color=style.GRID, alpha=0.45, lw=0, zorder=0)
    ax.set_xticks([year + 0.5 for year in range(FIRST, LAST)], range(FIRST, LAST))
    ax.tick_params(axis="x", length=0)
    ax.spines["left"].set_visible(False)
    ax.grid(False)


def draw_ideas(ax) -> str:
    """All ideas as points on an axis of years, one lane for each field."""
    ax.set(xlim=(FIRST, LAST), ylim=(-0.75, len(LANES) - 0.3), title="when each idea was first published")
    draw_years(ax)
    ax.set_yticks(range(len(LANES)), reversed(LANES))
    ax.tick_params(axis="y", length=0)
    for idea in IDEAS:
        _point(ax, idea.name, style.MUTED, size=5, ink=style.MUTED, box=None)
    return say(
        en="A time line from {first} to {last} with {n} ideas: {names}.",
        ko="{first}년부터 {last}년까지의 연표에 놓인 아이디어 {n}개: {names}.",
        first=FIRST,
        last=LAST - 1,
        n=len(IDEAS),
        names=", ".join(idea.name for idea in IDEAS),
    )


def draw_family(ax, name: str) -> str:
    """The idea `name`, arrows to it from what it takes over, and arrows from it to what takes it over."""
    before, after = earlier(name), later(name)
    for one in before:
        _arrow(ax, one, name, style.BLUE, "-")
        _point(ax, one, style.BLUE, marker="s")
    for one in after:
        _arrow(ax, name, one, style.GREEN, (0, (3, 2)))
        _point(ax, one, style.GREEN, marker="^")
    _point(ax, name, style.RED, size=13)
    return say(
        en="Marked: {name}. Arrows come from {before} (squares) and go to {after} (triangles).",
        ko="표시된 것: {name}. 화살표가 오는 곳(네모): {before}. 화살표가 가는 곳(세모): {after}.",
        name=name,
        before=", ".join(before) or "–",
        after=", ".join(after) or "–",
    )


BOX = {"facecolor": style.CARD, "edgecolor": "none", "pad": 0.4}


def _point(ax, name: str, color: str, *, marker="o", size=10.0, ink=style.INK, box=BOX) -> None:
    x, y = _where(name)
    ax.plot([x], [y], marker, color=color, markersize=size, markeredgecolor="white", zorder=5)
    side = {"ha": SIDES.get(name, "center"), "va": "top" if name in BELOW else "bottom"}
    shift = {"left": -0.1, "right": 0.1, "center": 0.0}[side["ha"]]
    ax.text(x + shift, y + (-0.17 if name in BELOW else 0.17), name, color=ink, bbox=box, fontsize=10, zorder=6, **side)


def _arrow(ax, start: str, end: str, color: str, dash) -> None:
    (x0, y0), (x1, y1) = _where(start), _where(end)
    # Within a lane an arrow bends as high as any other, away from the names, however far it goes.
    bend = (0.55 if y0 > 2 else -0.55) / max(x1 - x0, 1.0) if y0 == y1 else 0.08
    look = {"arrowstyle": "-|>", "color": color, "shrinkA": 5, "shrinkB": 7, "mutation_scale": 12, "lw": 1.8}
    look |= {"linestyle": dash, "connectionstyle": f"arc3,rad={bend}"}
    ax.annotate("", xy=(x1, y1), xytext=(x0, y0), arrowprops=look, zorder=3)

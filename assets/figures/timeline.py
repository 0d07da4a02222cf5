"""Eleven ideas in rows: how many months after anybody could first read it a conference or a journal printed each.

No year stands in the picture: the years are an exercise.
"""

from _canvas import RED_WORDS, Text, blank, footnote

from dlbasic import style
from dlbasic.figures.ideas import IDEAS

HEIGHT = 4.1
# Year and month of the first paper where it has no arXiv id; who printed it later, with year and month.
FIRST = {"AlexNet": (2012, 12), "GPT-2": (2019, 2)}
PRINTED = {
    "DQN": ("Nature", (2015, 2)),
    "GAN": ("NIPS", (2014, 12)),
    "Encoder-Decoder": ("NIPS", (2014, 12)),
    "Adam": ("ICLR", (2015, 5)),
    "ResNet": ("CVPR", (2016, 6)),
    "Transformer": ("NIPS", (2017, 12)),
    "BERT": ("NAACL", (2019, 6)),
    "SimCLR": ("ICML", (2020, 7)),
    "GPT-3": ("NeurIPS", (2020, 12)),
}


def published(idea) -> tuple[int, int]:
    """Year and month in which anybody could first read of an idea: an arXiv id begins with them."""
    return FIRST.get(idea.name) or (2000 + int(idea.arxiv[:2]), int(idea.arxiv[2:4]))


def waits() -> dict[str, int]:
    """Months from the first paper to print, by idea."""
    begun = {idea.name: published(idea) for idea in IDEAS}
    return {name: 12 * (year - begun[name][0]) + month - begun[name][1] for name, (_, (year, month)) in PRINTED.items()}


def printed_in_a_later_year() -> list[str]:
    """The ideas between whose first paper and print the year changed."""
    return [idea.name for idea in IDEAS if idea.name in PRINTED and PRINTED[idea.name][1][0] > published(idea)[0]]


def draw(text: Text):
    figure = blank(HEIGHT)
    axes = figure.add_axes((0.34, 0.24, 0.62, 0.74))
    axes.set(xlim=(-0.6, 16.5), ylim=(len(IDEAS) - 0.4, -0.7), yticks=[], xticks=range(0, 16, 3))
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(text(en="months after it could first be read", ko="처음 읽을 수 있게 된 뒤 지난 달 수"))
    months, late = waits(), printed_in_a_later_year()
    for row, idea in enumerate(IDEAS):
        far = {"va": "center", "fontsize": 11, "transform": axes.get_yaxis_transform()}
        axes.text(-0.53, row, idea.name, weight="bold", **far)
        axes.text(-0.2, row, idea.arxiv, color=style.MUTED, **far | {"fontsize": 10})
        axes.plot([0], [row], "o", ms=9, color=style.BLUE, mec="white", mew=0.8, zorder=4)
        words, end = {"AlexNet": "NIPS", "GPT-2": "OpenAI"}.get(idea.name, ""), 0
        if idea.name in months:
            words, end = PRINTED[idea.name][0], months[idea.name]
            color = RED_WORDS if idea.name in late else style.MUTED
            axes.plot([0, end], [row, row], color=color, ls="-" if idea.name in late else ":", lw=1.4)
            axes.plot([end], [row], "D" if idea.name in late else "o", ms=8, mfc=style.CARD, mec=color, mew=1.6)
        axes.text(end + 0.5, row, words, va="center", fontsize=10, color=style.MUTED)
    footnote(
        figure,
        text(
            en="Dot: first published (arXiv id).  Ring: conference or journal.  Diamond: the same, in a later year.",
            ko="점: 처음 발표된 때(arXiv 번호).   고리: 학회나 학술지에 실린 때.   마름모: 다른 해에 실린 것.",
        ),
        y=0.2,
    )
    listed = ", ".join(f"{idea.name} ({idea.arxiv})" if idea.arxiv else idea.name for idea in IDEAS)
    waited, changed = ", ".join(f"{name} {wait}" for name, wait in months.items()), ", ".join(late)
    alt = text(
        en=f"Eleven ideas with their arXiv ids, in order: {listed}. Months until they were printed: {waited}. "
        f"The year had changed by then for {changed}.",
        ko=f"아이디어 열한 개와 arXiv 번호를 나온 순서로 적었습니다: {listed}. "
        f"학회나 학술지에 실리기까지 걸린 달 수: {waited}. 그사이에 해가 바뀐 것: {changed}.",
    )
    return figure, alt

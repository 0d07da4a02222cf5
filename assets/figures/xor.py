"""XOR: no line parts the four corners, but two ReLU units fold the plane so that one line does."""

import numpy as np
from _canvas import Text, footnote, panels

from dlbasic import style

CORNERS = np.array([(0, 0), (0, 1), (1, 0), (1, 1)], float)
ANSWERS = np.array([0, 1, 1, 0])
BENDS = (0.5, 1.5)  # each hidden unit switches on where x1 + x2 passes one of these


def folded(points: np.ndarray) -> np.ndarray:
    """Points `(N, 2)` of the input plane as the two hidden units see them."""
    return np.clip(points.sum(axis=1, keepdims=True) - np.array(BENDS), 0.0, None)


def _corners(ax, points) -> None:
    for answer, marker, color in ((0, "o", style.BLUE), (1, "s", style.ORANGE)):
        ax.plot(
            *points[answer == ANSWERS].T, ls="none", marker=marker, ms=12, color=color, mec=style.INK, mew=1.2, zorder=5
        )


def draw(text: Text):
    figure, (before, after) = panels(3.75, 2, left=0.6, right=0.2, bottom=0.95, top=0.4, gap=0.75)
    for ax in (before, after):
        ax.grid(False)
    before.set(xlim=(-0.5, 1.75), ylim=(-0.5, 1.75), aspect="equal", xticks=[0, 1], yticks=[0, 1])
    before.set_title(text(en="the inputs", ko="입력 공간"))
    before.set_xlabel("$x_1$", labelpad=0, fontsize=12)
    before.set_ylabel("$x_2$", labelpad=2, fontsize=12, rotation=0)
    span = np.array([-1.0, 3.0])
    before.fill_between(span, BENDS[0] - span, BENDS[1] - span, color=style.SKY, alpha=0.25, lw=0)
    before.fill_between(span, BENDS[1] - span, 5, color=style.SKY, alpha=0.55, lw=0)
    for bend, dash in zip(BENDS, ("--", "-."), strict=True):
        before.plot(span, bend - span, color=style.RED, ls=dash, lw=2)
    for place, state in (
        ((0.12, -0.3), "$h_1 = h_2 = 0$"),
        ((0.5, 0.5), "$h_1 > 0$"),
        ((1.18, 1.42), "$h_1, h_2 > 0$"),
    ):
        before.text(*place, state, ha="center", va="center", fontsize=11.5)
    _corners(before, CORNERS)

    after.set(xlim=(-0.3, 1.85), ylim=(-0.16, 0.8), xticks=[], yticks=[])
    after.set_title(text(en="as the two ReLU units see them", ko="ReLU 유닛 두 개를 지난 뒤"))
    after.set_xlabel("$h_1$", labelpad=4, fontsize=12)
    after.set_ylabel("$h_2$", labelpad=10, fontsize=12, rotation=0)
    # One of many lines that leave the square alone on its side.
    after.axline((0.25, 0.0), (1.5, 0.4), color=style.INK, ls="-", lw=2)
    after.text(
        0.25,
        0.62,
        text(en="now one line\nparts them", ko="이제 직선 하나로\n나눌 수 있습니다"),
        linespacing=1.35,
        va="center",
    )
    places = folded(CORNERS)
    _corners(after, places)
    both = text(en="(0, 1) and (1, 0),\nfolded together", ko="(0, 1)과 (1, 0)이\n한 점으로 접힘")
    after.text(places[1][0] + 0.14, places[1][1] - 0.03, both, ha="left", va="center", fontsize=10, linespacing=1.3)
    after.text(*(places[3] + (0.0, 0.09)), "(1, 1)", ha="center", va="bottom", fontsize=10)
    after.text(*(places[0] + (-0.02, 0.08)), "(0, 0)", ha="center", va="bottom", fontsize=10)
    footnote(
        figure,
        text(
            en="Circles: XOR is 0.  Squares: XOR is 1.  On the left no single line parts them.",
            ko="동그라미: XOR = 0   네모: XOR = 1   왼쪽에서는 어떤 직선 하나로도 나눌 수 없습니다.",
        ),
        y=0.22,
    )
    alt = text(
        en="Left: the four corners of XOR, with 0 at (0, 0) and (1, 1) and 1 at the other two, which no single "
        "line can part; two parallel slanted lines show where two ReLU units switch on. Right: in the plane "
        "of the two units the corners (0, 1) and (1, 0) have become one point, and a single line parts the "
        "zeros from the ones.",
        ko="왼쪽은 XOR의 네 꼭짓점입니다. (0, 0)과 (1, 1)은 0이고 나머지 둘은 1이어서 직선 하나로는 나눌 수 "
        "없으며, 비스듬한 평행선 두 개는 ReLU 유닛 두 개가 켜지기 시작하는 자리입니다. 오른쪽은 두 유닛의 "
        "출력 평면으로, (0, 1)과 (1, 0)이 한 점에 모여 직선 하나로 0과 1이 나뉩니다.",
    )
    return figure, alt

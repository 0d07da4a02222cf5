"""The four ingredients as one loop: data through the model to a loss, and an algorithm that changes the model."""

import numpy as np
from _canvas import RED_WORDS, Text, arrow, footnote, sheet
from matplotlib.patches import FancyBboxPatch

from dlbasic import style

HEIGHT = 4.0
WIDE, HIGH = 1.62, 1.3
# Middle of each card, in inches.
DATA, MODEL, LOSS, ALGORITHM = (1.0, 2.85), (3.2, 2.85), (5.4, 2.85), (3.2, 1.0)
X = np.array([0.2, 0.5, 0.8, 1.15])
Y = np.array([0.16, 0.26, 0.33, 0.5])


def _card(ax, middle, name, question) -> tuple[float, float]:
    """A card with its name and question; returns the lower left corner of the room for a small drawing."""
    x, y = middle[0] - WIDE / 2, middle[1] - HIGH / 2
    ax.add_patch(
        FancyBboxPatch((x, y), WIDE, HIGH, boxstyle="round,pad=0,rounding_size=0.1", fc="white", ec=style.INK, lw=1.3)
    )
    ax.text(middle[0], y + HIGH - 0.2, name, ha="center", va="center", weight="bold", fontsize=11.5)
    ax.text(middle[0], y + HIGH - 0.45, question, ha="center", va="center", fontsize=9.5, color=style.MUTED)
    return x + 0.14, y + 0.08


def _points(ax, x, y) -> None:
    ax.plot(x + X, y + Y, ls="none", marker="o", ms=5.5, color=style.ORANGE, mec=style.INK, mew=0.7, zorder=4)


def _line(ax, x, y, dash="-", color=style.BLUE, slope=0.36, height=0.07) -> None:
    ends = np.array([0.1, 1.28])
    ax.plot(x + ends, y + height + slope * ends, color=color, ls=dash, lw=2.2, zorder=3)


def draw(text: Text):
    figure, ax = sheet(HEIGHT)
    x, y = _card(ax, DATA, text(en="data", ko="데이터"), text(en="What teaches it?", ko="무엇으로 배우나?"))
    _points(ax, x, y)
    x, y = _card(ax, MODEL, text(en="model", ko="모델"), text(en="What does the job?", ko="무엇이 일을 하나?"))
    _line(ax, x, y)
    x, y = _card(ax, LOSS, text(en="loss", ko="손실"), text(en="How wrong is it?", ko="얼마나 틀렸나?"))
    slope, height = 0.1, 0.12
    _line(ax, x, y, slope=slope, height=height)
    _points(ax, x, y)
    ax.vlines(x + X, y + height + slope * X, y + Y, color=style.RED, lw=1.8, zorder=2)
    question = text(en="How does it improve?", ko="어떻게 나아지나?")
    x, y = _card(ax, ALGORITHM, text(en="algorithm", ko="알고리즘"), question)
    _line(ax, x, y, dash=":", slope=0.1, height=0.12)
    _line(ax, x, y)
    arrow(ax, (x + 1.15, y + 0.24), (x + 1.15, y + 0.45), color=style.RED, width=1.8)

    half, low = WIDE / 2, HIGH / 2
    arrow(ax, (DATA[0] + half, 2.85), (MODEL[0] - half, 2.85), shrink=(2, 2), width=1.8)
    ax.text(2.1, 3.02, text(en="inputs", ko="입력"), ha="center", va="center", fontsize=9.5)
    arrow(ax, (MODEL[0] + half, 2.85), (LOSS[0] - half, 2.85), shrink=(2, 2), width=1.8)
    ax.text(4.3, 3.02, text(en="outputs", ko="출력"), ha="center", va="center", fontsize=9.5)
    # The right answers go straight to the loss, over the model's head.
    top = 2.85 + low
    arrow(ax, (DATA[0], top), (LOSS[0], top), shrink=(2, 2), width=1.4, bend=-0.07, linestyle=(0, (4, 2)))
    ax.text(3.2, top + 0.31, text(en="right answers", ko="정답"), ha="center", va="center", fontsize=9.5)
    arrow(ax, (LOSS[0], 2.85 - low), (ALGORITHM[0] + half, 1.0), shrink=(2, 2), width=1.8, bend=-0.3)
    ax.text(5.1, 1.0, text(en="one number", ko="수 하나"), ha="center", va="center", fontsize=9.5)
    arrow(ax, (ALGORITHM[0], 1.0 + low), (MODEL[0], 2.85 - low), color=style.RED, shrink=(2, 2), width=2.2)
    changed = text(en="changed parameters", ko="바뀐 파라미터")
    ax.text(3.1, 1.93, changed, ha="right", va="center", fontsize=9.5, color=RED_WORDS)
    footnote(
        figure,
        text(
            en="Round and round, until the loss stays small on data that the model has not seen as well.",
            ko="보지 않은 데이터에서도 손실이 작아질 때까지 이 고리를 되풀이합니다.",
        ),
        y=0.17,
    )
    alt = text(
        en="Four cards in a loop. Data are what teaches; their inputs go into the model, which does the job; its "
        "outputs and the right answers go into the loss, which says with one number how wrong the model is. The "
        "algorithm takes that number and changes the model's parameters, drawn as a line that moves towards its "
        "points; then it begins again.",
        ko="카드 네 장이 고리를 이룹니다. 데이터는 배우는 재료입니다. 데이터의 입력이 일을 하는 모델로 들어가고, "
        "모델의 출력과 정답이 손실로 들어갑니다. 손실은 모델이 얼마나 틀렸는지를 수 하나로 말합니다. 알고리즘은 그 "
        "수를 받아 모델의 파라미터를 바꾸는데, 점들 쪽으로 움직이는 직선으로 그렸습니다. 그리고 처음부터 다시 "
        "시작합니다.",
    )
    return figure, alt

"""A nerve cell beside an artificial unit: where the likeness lies, and how loose it is."""

import math

from _canvas import RED_WORDS, Text, arrow, footnote, sheet
from matplotlib.patches import Circle, Ellipse, PathPatch, Rectangle
from matplotlib.path import Path

from dlbasic import style

SOMA = (1.25, 2.05)


def _branch(ax, x, y, angle, length, width, depth) -> None:
    """A dendrite that forks `depth` times, thinner and shorter each time; the angles are fixed, not random."""
    end = (x + length * math.cos(angle), y + length * math.sin(angle))
    ax.plot([x, end[0]], [y, end[1]], color=style.BLUE, ls="-", lw=width, solid_capstyle="round", zorder=1)
    if depth:
        for turn, shrink in ((0.45, 0.72), (-0.38, 0.62)):
            _branch(ax, *end, angle + turn, length * shrink, width * 0.65, depth - 1)


def _leader(ax, words, place, target) -> None:
    """A label with a thin line to what it names; the line leaves from the side of the label that faces its target."""
    ax.text(*place, words, ha="center", va="center", fontsize=10)
    start = (place[0], place[1] + math.copysign(0.11, target[1] - place[1]))
    ax.plot(*zip(start, target, strict=True), color=style.MUTED, ls="-", lw=0.8, zorder=4)


def _cell(ax, text: Text) -> None:
    for degrees in (62, 110, 155, 205, 250, 298):
        _branch(ax, *SOMA, math.radians(degrees), 0.46, 3.4, 2)
    fork = (2.62, SOMA[1])
    axon = Path([SOMA, (1.85, 2.3), (2.15, 1.8), fork], [Path.MOVETO, *[Path.CURVE4] * 3])
    ax.add_patch(PathPatch(axon, fc="none", ec=style.BLUE, lw=3.2, capstyle="round", zorder=1))
    for degrees in (38, 0, -40):
        tip = (fork[0] + 0.28 * math.cos(math.radians(degrees)), fork[1] + 0.28 * math.sin(math.radians(degrees)))
        ax.plot(*zip(fork, tip, strict=True), color=style.BLUE, ls="-", lw=1.6, zorder=1)
        ax.add_patch(Circle(tip, 0.045, fc=style.BLUE, ec="none"))
    ax.add_patch(Ellipse(SOMA, 0.58, 0.5, fc=style.SKY, ec=style.BLUE, lw=2, zorder=2))
    ax.add_patch(Circle(SOMA, 0.1, fc=style.BLUE, ec="none", zorder=3))
    _leader(ax, text(en="dendrites: in", ko="가지돌기: 입력"), (0.85, 0.72), (0.98, 1.24))
    _leader(ax, text(en="axon: out", ko="축삭: 출력"), (2.35, 1.35), (2.3, 1.96))
    _leader(ax, text(en="cell body", ko="세포체"), (2.3, 2.78), (1.46, 2.16))


def _unit(ax, text: Text) -> None:
    total, bend = (4.9, 2.05), (5.65, 2.05)
    for i, height in enumerate((2.85, 2.05, 1.25), 1):
        centre = (3.72, height)
        ax.add_patch(Circle(centre, 0.18, fc=style.SKY, ec=style.INK, lw=1.2))
        ax.text(*centre, f"$x_{i}$", ha="center", va="center", fontsize=13)
        arrow(ax, centre, total, shrink=(13.5, 17), width=1.3)
        ax.text(
            4.22,
            2.05 + (height - 2.05) * 0.58 + 0.19,
            f"$w_{i}$",
            ha="center",
            va="center",
            fontsize=13,
            color=RED_WORDS,
        )
    ax.add_patch(Circle(total, 0.23, fc="white", ec=style.INK, lw=1.4))
    ax.text(*total, r"$\Sigma$", ha="center", va="center", fontsize=15)
    ax.text(total[0], 1.25, "$b$", ha="center", va="center", fontsize=13, color=RED_WORDS)
    arrow(ax, (total[0], 1.36), (total[0], 1.82), width=1.3)
    arrow(ax, (total[0] + 0.23, 2.05), (bend[0] - 0.22, 2.05), width=1.3)
    ax.add_patch(Rectangle((bend[0] - 0.22, bend[1] - 0.22), 0.44, 0.44, fc="white", ec=style.INK, lw=1.4))
    ax.plot([bend[0] - 0.15, bend[0], bend[0] + 0.14], [1.95, 1.95, 2.19], color=style.BLUE, ls="-", lw=2)
    arrow(ax, (bend[0] + 0.22, 2.05), (6.16, 2.05), width=1.3)
    ax.text(6.26, 2.05, "$a$", ha="center", va="center", fontsize=13)
    ax.text(3.72, 0.85, text(en="inputs", ko="입력"), ha="center", va="center", fontsize=10)
    ax.text(total[0], 0.95, text(en="bias", ko="편향"), ha="center", va="center", fontsize=10)
    _leader(ax, text(en="weights", ko="가중치"), (4.62, 2.98), (4.36, 2.72))
    ax.text(5.65, 1.62, text(en="activation", ko="활성화 함수"), ha="center", va="center", fontsize=10)
    ax.text(5.3, 2.5, r"$w_1 x_1 + w_2 x_2 + w_3 x_3 + b$", ha="center", va="center", fontsize=10.5)


def draw(text: Text):
    figure, ax = sheet(3.6)
    ax.text(1.5, 3.38, text(en="a nerve cell", ko="신경세포"), ha="center", va="center", weight="bold", fontsize=11)
    ax.text(
        4.9, 3.38, text(en="an artificial unit", ko="인공 유닛"), ha="center", va="center", weight="bold", fontsize=11
    )
    ax.plot([3.25, 3.25], [0.7, 3.45], color=style.GRID, ls="-", lw=1.2)
    _cell(ax, text)
    _unit(ax, text)
    footnote(
        figure,
        text(
            en="The likeness is loose: both gather many inputs into one output.\nA unit is a weighted sum and a "
            "bend, not a model of how a cell works.",
            ko="둘 다 여러 입력을 모아 출력 하나를 낸다는 점만 닮았습니다.\n유닛은 가중합을 한 번 꺾은 것일 뿐, "
            "세포의 작동 원리를 본뜬 모델이 아닙니다.",
        ),
        y=0.3,
    )
    alt = text(
        en="Left, a nerve cell: branching dendrites take signals in, one axon carries a signal out. Right, an "
        "artificial unit: inputs x1, x2, x3 are multiplied by weights w1, w2, w3, summed with a bias b and "
        "bent by an activation function into the output a. The likeness is loose.",
        ko="왼쪽은 신경세포로, 여러 갈래의 가지돌기가 신호를 받고 축삭 하나가 신호를 내보냅니다. 오른쪽은 인공 "
        "유닛으로, 입력 x1, x2, x3에 가중치 w1, w2, w3를 곱해 편향 b와 함께 더한 뒤 활성화 함수를 거쳐 출력 "
        "a를 냅니다. 둘은 대강만 닮았습니다.",
    )
    return figure, alt

"""Four targets: where the shots' mean lies is the bias, how they scatter the variance."""

import numpy as np
from _canvas import Text, footnote, panels
from matplotlib.patches import Circle

from dlbasic import style

SHOTS, SEED = 14, 8
OFFSET, NARROW, WIDE = np.array([0.42, 0.36]), 0.09, 0.3
REACH = 1.12


def shots(biased: bool, wide: bool) -> np.ndarray:
    """Points (SHOTS, 2) whose mean and scatter are exactly as named, so that the picture cannot mislead by chance."""
    drawn = np.random.default_rng(SEED).normal(size=(SHOTS, 2))
    drawn = (drawn - drawn.mean(axis=0)) / drawn.std(axis=0)
    return (OFFSET if biased else 0.0) + (WIDE if wide else NARROW) * drawn


def parts(points: np.ndarray) -> tuple[float, float]:
    """bias² and variance of shots (N, 2) at the centre, as squared distances."""
    mean = points.mean(axis=0)
    return float(mean @ mean), float(((points - mean) ** 2).sum(axis=1).mean())


def draw(text: Text):
    figure, axes = panels(5.3, 2, rows=2, left=1.35, right=0.35, bottom=0.72, top=0.4, gap=0.35, vgap=0.42)
    told = []
    for ax, (biased, wide) in zip(axes, ((False, False), (False, True), (True, False), (True, True)), strict=True):
        for radius, color in ((1.0, style.GRID), (0.7, style.CARD), (0.4, style.GRID), (0.13, style.ORANGE)):
            ax.add_patch(Circle((0, 0), radius, fc=color, ec=style.MUTED, lw=0.9, zorder=1))
        points = shots(biased, wide)
        ax.plot(*points.T, ls="none", marker="o", ms=5, color=style.BLUE, mec=style.CARD, mew=0.7, zorder=3)
        mean = points.mean(axis=0)
        if biased:
            ax.plot([0, mean[0]], [0, mean[1]], color=style.RED, ls="-", lw=2, zorder=4)
        ax.plot(*mean, marker="X", ms=11, color=style.RED, mec=style.INK, mew=0.9, zorder=5)
        ax.set(xlim=(-REACH, REACH), ylim=(-REACH, REACH), aspect="equal")
        ax.axis("off")
        told.append(parts(points))
        bias2, variance = told[-1]
        words = text(
            en=f"bias$^2$ {bias2:.2f}   variance {variance:.2f}", ko=f"편향$^2$ {bias2:.2f}   분산 {variance:.2f}"
        )
        middle = ax.get_position().x0 + ax.get_position().width / 2
        figure.text(middle, ax.get_position().y0 - 0.025, words, ha="center", va="center", fontsize=9.5)
    columns = text(en="low variance", ko="분산이 작음"), text(en="high variance", ko="분산이 큼")
    for ax, title in zip(axes[:2], columns, strict=True):
        middle = ax.get_position().x0 + ax.get_position().width / 2
        figure.text(middle, 1 - 0.22 / 5.3, title, ha="center", va="center", weight="bold", fontsize=11)
    lines = text(en="low bias", ko="편향이 작음"), text(en="high bias", ko="편향이 큼")
    for ax, title in zip(axes[::2], lines, strict=True):
        middle = ax.get_position().y0 + ax.get_position().height / 2
        figure.text(0.7 / 6.4, middle, title, ha="center", va="center", weight="bold", fontsize=11)
    footnote(
        figure,
        text(
            en="Centre: the truth.  Dots: models from different data.  Cross: their mean.  Red line: the bias.",
            ko="한가운데: 참값   점: 서로 다른 데이터로 학습한 모델   X표: 그 평균   빨간 선: 편향",
        ),
        y=0.2,
    )
    (a, b), (_, c), (d, _), _ = told
    alt = text(
        en=f"Four targets with {SHOTS} shots each. Top: the mean of the shots is the centre (bias² {a:.2f}); on the "
        f"left they lie close together (variance {b:.2f}), on the right far apart ({c:.2f}). Bottom: the same two "
        f"scatters around a mean that is off the centre (bias² {d:.2f}), shown by a line from the centre.",
        ko=f"과녁 네 개에 점이 {SHOTS}개씩 찍혀 있습니다. 위 두 개는 점들의 평균이 한가운데이고(편향² {a:.2f}), "
        f"왼쪽은 점들이 모여 있으며(분산 {b:.2f}) 오른쪽은 흩어져 있습니다({c:.2f}). 아래 두 개는 흩어진 정도가 "
        f"각각 위와 같지만 평균이 한가운데에서 벗어나 있고(편향² {d:.2f}), 그 거리를 선으로 표시했습니다.",
    )
    return figure, alt

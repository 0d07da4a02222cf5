"""A grid, the same grid after an affine map, and after ReLU: a matrix turns and stretches the plane, relu folds it."""

import numpy as np
from _canvas import Text, arrow, footnote, panels
from matplotlib.patches import Polygon

from dlbasic import style

W = np.array(
    [[0.9, 0.4], [-0.55, 0.8]]
)  # row i is where the i-th unit vector goes, since a batch is multiplied as x @ W
B = np.array([0.4, -0.3])
REACH = 2


def _grid() -> list[np.ndarray]:
    """The lines of the grid, each `(M, 2)`."""
    t = np.linspace(-REACH, REACH, 401)
    ticks = range(-REACH, REACH + 1)
    across = [np.column_stack([t, np.full_like(t, k)]) for k in ticks]
    return across + [np.column_stack([np.full_like(t, k), t]) for k in ticks]


def _square() -> np.ndarray:
    """The outline of the unit square, dense enough for relu to bend it, `(M, 2)`."""
    t = np.linspace(0, 1, 101)
    zero, one = np.zeros_like(t), np.ones_like(t)
    return np.concatenate([np.column_stack(side) for side in ((t, zero), (one, t), (1 - t, one), (zero, 1 - t))])


def draw(text: Text):
    def affine(points):
        return points @ W + B

    def folded(points):
        return np.clip(affine(points), 0.0, None)

    figure, axes = panels(3.2, 3, left=0.4, right=0.1, bottom=0.68, top=0.6, gap=0.12)
    corners = np.array([(i, j) for i in range(-REACH, REACH + 1) for j in range(-REACH, REACH + 1)], float)
    maps = (lambda points: points, affine, folded)
    titles = (
        text(en="inputs", ko="입력"),
        text(en="after an affine map", ko="아핀 변환 후"),
        text(en="after ReLU", ko="ReLU 통과 후"),
    )
    formulas = ("$x$", "$z = xW + b$", r"$\max(z, 0)$")
    for ax, move, title, formula in zip(axes, maps, titles, formulas, strict=True):
        ax.grid(False)
        ax.axhline(0, color=style.MUTED, lw=0.9, ls="-")
        ax.axvline(0, color=style.MUTED, lw=0.9, ls="-")
        for line in _grid():
            ax.plot(*move(line).T, color=style.SKY, ls="-", lw=1.3)
        ax.add_patch(Polygon(move(_square()), fc=style.ORANGE, ec="none", alpha=0.5, zorder=2))
        ax.plot(*move(corners).T, ls="none", marker="o", ms=3.8, color=style.BLUE, mec=style.CARD, mew=0.4, zorder=3)
        ax.set(xlim=(-2.85, 3.55), ylim=(-2.95, 2.7), aspect="equal", xticks=[-2, 0, 2], yticks=[-2, 0, 2])
        ax.set_title(title, pad=21)
        ax.text(0.5, 1.04, formula, transform=ax.transAxes, ha="center", va="bottom", fontsize=12)
        if ax is not axes[0]:
            ax.tick_params(labelleft=False)
    for ax, move in zip(axes[:2], maps, strict=False):
        origin, e1, e2 = move(np.array([(0.0, 0.0), (1.0, 0.0), (0.0, 1.0)]))
        for tip, name, side in ((e1, "$e_1$", (0.42, -0.3)), (e2, "$e_2$", (-0.42, 0.3))):
            arrow(ax, origin, tip, width=2.0, zorder=5)
            ax.text(*(tip + side), name, ha="center", va="center", fontsize=12, zorder=6)
    footnote(
        figure,
        text(
            en="The two arrows become the rows of $W$, and $b$ moves the origin;\nReLU presses everything "
            "negative onto the axes.",
            ko="두 화살표는 $W$의 두 행이 되고 원점은 $b$로 옮겨 갑니다.\nReLU는 음수인 좌표를 0으로 만들어 "
            "점들을 축 위로 눌러 붙입니다.",
        ),
        y=0.24,
    )
    alt = text(
        en="Three panels: a square grid of points; the same grid turned and stretched by an affine map, so that "
        "the two unit arrows become the rows of W and the origin moves to b; the same grid after ReLU, which "
        "keeps the quadrant where both coordinates are positive and presses all other points onto the axes.",
        ko="세 칸의 그림입니다. 첫째 칸은 정사각형 격자입니다. 둘째 칸은 아핀 변환으로 돌리고 늘인 격자로, 두 단위 "
        "벡터가 W의 두 행이 되고 원점은 b로 옮겨 갑니다. 셋째 칸은 ReLU를 지난 격자로, 두 좌표가 모두 양수인 "
        "사분면만 그대로 남고 나머지 점은 축 위로 눌려 붙습니다.",
    )
    return figure, alt

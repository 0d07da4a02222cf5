"""One step of momentum and one of Nesterov from the same place: the gradient here, or the gradient after the jump."""

import numpy as np
from _canvas import RED_WORDS, Text, arrow, footnote, panels

from dlbasic import style

HESSIAN = np.array([[0.35, 0.0], [0.0, 1.6]])  # the minimum is 0
PLACE = np.array([-2.9, 0.45])
ACCUMULATED = np.array([-1.9, 2.2])  # a after the steps so far
RATE, BETA = 0.75, 0.9

REACH = (-3.4, 0.7), (-1.95, 1.05)
# The words of each panel, where they stand, and their look.
JUMP, PULL, END = {"color": style.BLUE, "fontsize": 12.5}, {"color": RED_WORDS, "fontsize": 12.5}, {"fontsize": 12.5}
LABELS = {
    "momentum": (
        (r"$-\eta\beta a_t$", (-2.35, -0.5), JUMP | {"ha": "right"}),
        (r"$-\eta\,\nabla L(w_t)$", (-2.2, 0.2), PULL),
        ("$w_{t+1}$", (-0.72, -1.6), END),
    ),
    "nesterov": (
        (r"$-\eta\beta a_t$", (-2.35, -0.5), JUMP | {"ha": "right"}),
        (r"$-\eta\,\nabla L(w_t - \eta\beta a_t)$", (-1.3, -0.62), PULL),
        ("$w_{t+1}$", (-1.05, 0.4), END),
    ),
}


def gradient(w: np.ndarray) -> np.ndarray:
    return HESSIAN @ w


def steps() -> dict[str, tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """For each method the place after the jump of the old accumulation, where the gradient is taken, and the end."""
    jumped = PLACE - RATE * BETA * ACCUMULATED
    return {
        name: (jumped, at, jumped - RATE * gradient(at)) for name, at in (("momentum", PLACE), ("nesterov", jumped))
    }


def loss(w: np.ndarray) -> float:
    return float(0.5 * w @ HESSIAN @ w)


def draw(text: Text):
    figure, axes = panels(3.7, 2, left=0.2, right=0.2, bottom=1.0, top=0.4, gap=0.25)
    titles = (text(en="momentum", ko="모멘텀"), text(en="Nesterov", ko="Nesterov"))
    x, y = np.meshgrid(np.linspace(*REACH[0], 120), np.linspace(*REACH[1], 120))
    height = 0.5 * (HESSIAN[0, 0] * x**2 + HESSIAN[1, 1] * y**2)
    for ax, title, (name, (jumped, at, end)) in zip(axes, titles, steps().items(), strict=True):
        levels = np.linspace(0.12, 3.4, 11) ** 1.4
        ax.contour(x, y, height, levels=levels, colors=style.GRID, linewidths=1.2, linestyles="solid")
        ax.plot(0, 0, marker="*", ms=15, color=style.ORANGE, mec=style.INK, mew=0.8, ls="none")
        arrow(ax, PLACE, jumped, color=style.BLUE, width=2.2)
        pull = -RATE * gradient(at)
        arrow(ax, at, at + pull, color=style.RED, width=2.2)
        if name == "momentum":
            # The gradient is taken at the start and added at the end of the jump: the same arrow twice.
            arrow(ax, jumped, end, color=style.RED, width=1.4, linestyle=(0, (3, 2)))
        arrow(ax, PLACE, end, color=style.INK, width=1.6)
        ax.plot(*PLACE, marker="o", ms=9, color=style.CARD, mec=style.INK, mew=2, ls="none", zorder=5)
        ax.plot(*at, marker="D", ms=7, color=style.RED, mec=style.INK, mew=0.8, ls="none", zorder=6)
        ax.plot(*end, marker="s", ms=8, color=style.GREEN, mec=style.INK, mew=0.9, ls="none", zorder=6)
        ax.set(xlim=REACH[0], ylim=REACH[1], xticks=[], yticks=[], title=title)
        ax.grid(False)
        for words, place, look in LABELS[name]:
            ax.text(*place, words, va="center", **look)
        ax.text(PLACE[0], PLACE[1] + 0.3, "$w_t$", ha="center", va="center", fontsize=12.5)
    footnote(
        figure,
        text(
            en="Diamond: where the gradient is taken.  Square: the end of the step.  Star: the minimum.\n"
            "Momentum asks for the slope before it jumps, Nesterov after.",
            ko="마름모: 기울기를 구하는 곳   사각형: 걸음이 끝난 곳   별: 극소점\n"
            "모멘텀은 뛰기 전에, Nesterov는 뛴 다음에 기울기를 구합니다.",
        ),
        y=0.32,
    )
    ends = [loss(end) for _, _, end in steps().values()]
    alt = text(
        en="The same step twice on the contours of a valley. Both jump by −ηβa first. Momentum adds the gradient of "
        "the place where it started and overshoots the floor of the valley; Nesterov adds the gradient of the place "
        f"where the jump has landed, which points back. Loss before {loss(PLACE):.2f}, after momentum {ends[0]:.2f}, "
        f"after Nesterov {ends[1]:.2f}.",
        ko="골짜기의 등고선 위에서 같은 걸음을 두 번 그렸습니다. 둘 다 먼저 −ηβa만큼 뜁니다. 모멘텀은 출발한 곳의 "
        "기울기를 더해서 골짜기 바닥을 지나치고, Nesterov는 뛰어서 도착한 곳의 기울기를 더하는데 이 기울기는 "
        f"되돌아오는 쪽을 가리킵니다. 손실은 처음에 {loss(PLACE):.2f}, 모멘텀 뒤에 {ends[0]:.2f}, Nesterov 뒤에 "
        f"{ends[1]:.2f}입니다.",
    )
    return figure, alt

"""Three learning rates on one parabola: too small creeps, a good one arrives, too large climbs out."""

import numpy as np
from _canvas import Text, footnote, panels

from dlbasic import style

MINIMUM, START, STEPS = 2.0, -0.6, 6
RATES = (0.05, 0.3, 1.05)


def loss(w):
    return (w - MINIMUM) ** 2


def path(rate: float) -> np.ndarray:
    """The values of w, the start first, on a loss whose slope is 2 (w − minimum)."""
    ws = [START]
    for _ in range(STEPS):
        ws.append(ws[-1] - rate * 2 * (ws[-1] - MINIMUM))
    return np.array(ws)


def draw(text: Text):
    figure, axes = panels(3.0, 3, left=0.62, bottom=0.82, top=0.55, gap=0.22)
    verdicts = (
        text(en="too small", ko="너무 작음"),
        text(en="about right", ko="알맞음"),
        text(en="too large", ko="너무 큼"),
    )
    ws = np.linspace(-3.0, 7.0, 200)
    for ax, rate, verdict, color in zip(axes, RATES, verdicts, (style.BLUE, style.GREEN, style.RED), strict=True):
        steps = path(rate)
        ax.plot(ws, loss(ws), color=style.MUTED, ls="-", lw=1.5)
        ax.plot(steps, loss(steps), color=color, ls="-", lw=1.2, marker="o", ms=4.5, mec=style.CARD, mew=0.6)
        ax.plot(START, loss(START), marker="s", ms=7, color=color, mec=style.INK, mew=1.0, ls="none")
        ax.plot(MINIMUM, 0, marker="*", ms=12, color=style.ORANGE, mec=style.INK, mew=0.8, ls="none", zorder=5)
        ax.set_title(f"{text(en='learning rate', ko='학습률')} {rate:g}\n{verdict}", linespacing=1.3, y=1.25, va="top")
        ax.set(xlim=(-3.0, 7.0), ylim=(-1.6, 25), xticks=[-2, 0, 2, 4, 6], yticks=[0, 10, 20])
        ax.set_xlabel("$w$", labelpad=1)
        if ax is not axes[0]:
            ax.tick_params(labelleft=False)
    axes[0].set_ylabel(text(en="loss", ko="손실"))
    where = text(
        en="Square: start.  Dots: {n} steps  $w$ ← $w - \\eta$ · slope.  Star: the minimum.",
        ko="사각형: 출발점   점: {n}걸음  $w$ ← $w - \\eta$ · 기울기   별: 최솟값",
    )
    footnote(figure, where.format(n=STEPS))
    ends = [abs(path(rate)[-1] - MINIMUM) for rate in RATES]
    alt = text(
        en=f"The same parabola three times, with {STEPS} steps of gradient descent from w = {START:g}: at "
        f"learning rate {RATES[0]:g} w is still {ends[0]:.2f} away from the minimum, at {RATES[1]:g} it has "
        f"all but arrived, at {RATES[2]:g} each step jumps to the other side and climbs higher.",
        ko=f"같은 포물선 세 개 위에서 w = {START:g}부터 경사 하강법으로 {STEPS}걸음 간 그림입니다. 학습률 "
        f"{RATES[0]:g}에서는 최솟값까지 아직 {ends[0]:.2f}만큼 남았고, {RATES[1]:g}에서는 최솟값에 "
        f"거의 도착했으며, {RATES[2]:g}에서는 매번 반대편으로 튀면서 점점 더 높이 올라갑니다.",
    )
    return figure, alt

"""How large may a step be? Learning rate and number of steps, the path over the surface, the loss after each step."""

from __future__ import annotations

import numpy as np

from ..figures import lines, surface
from ..figures.words import Words, number
from .live import LivePicture
from .panel import Panel, counter, log_slider

MOST_STEPS = 100

SAY = Words(
    {
        "rate": {"en": "learning rate", "ko": "학습률"},
        "steps": {"en": "steps", "ko": "걸음 수"},
        # Where the limit lies is for the learner to find: it is told only once the descent has gone beyond it.
        "state": {
            "en": "{steps} steps at rate {rate}: w = {w}, b = {b}, loss {loss}. "
            "The least loss of any line is {bottom}.",
            "ko": "학습률 {rate}, {steps}걸음 뒤: w = {w}, b = {b}, 손실 {loss}. "
            "직선으로 얻을 수 있는 가장 작은 손실: {bottom}.",
        },
        "diverging": {
            "en": "Diverging: rate {rate} is above the largest stable rate {limit}. "
            "After {steps} steps the loss {loss} is still below the first, {first}, but each step overshoots by more.",
            "ko": "발산하는 중: 학습률({rate})이 한계({limit})보다 커요. {steps}걸음 뒤 손실({loss})은 "
            "아직 처음({first})보다 작지만, 걸음마다 최솟값을 점점 더 멀리 지나쳐요.",
        },
        "diverged": {
            "en": "Diverged: rate {rate} is above the largest stable rate {limit}. "
            "After {steps} steps the loss is {loss}; it was {first} at the start.",
            "ko": "발산: 학습률({rate})이 한계({limit})보다 커요. "
            "처음 손실: {first}, {steps}걸음 뒤 손실: {loss}.",
        },
    }
)


def descent(x, y) -> Panel:
    """Gradient descent on the mean squared error of a line through x (N,), y (N,), from w = b = 0.

    Raises ValueError when x and y are no two vectors of one length with two different x.
    """
    x, y = surface.pairs(x, y)
    bowl = surface.LossSurface.of(x, y)
    limit, first = bowl.largest_stable_rate, float(bowl.at(0.0, 0.0))
    low, high = np.floor(np.log10(limit)) - 2, np.ceil(np.log10(limit * 1.5) * 10) / 10
    controls = {
        "rate": log_slider(SAY("rate"), 10.0 ** (round(np.log10(limit / 8) * 50) / 50), low, high),
        "steps": counter(SAY("steps"), 10, 0, MOST_STEPS),
    }
    picture = LivePicture()
    panel = Panel(controls, picture)
    # The start and the minimum are both inside, with room for the zigzag around them.
    ranges = [(mid - 1.5 * size, mid + 1.5 * size) for mid, size in zip(bowl.best / 2, bowl.scale(), strict=True)]
    floor = max(bowl.bottom, 1e-6 * first, 1e-12)

    def still(left, right):
        text = surface.draw_surface(left, bowl, *ranges)
        left.plot(*bowl.best, "k+", markersize=11, markeredgewidth=2, zorder=3)
        lines.draw_loss_axes(right, MOST_STEPS, floor * 0.7, max(first, floor) * 30)
        if bowl.bottom > 0:
            right.axhline(bowl.bottom, color="k", linestyle=":", linewidth=1.2)
        return text

    def redraw():
        rate, steps = panel["rate"], panel["steps"]
        path = bowl.descent(rate, steps)
        losses = bowl.at(path[:, 0], path[:, 1])
        kind = "state" if rate <= limit or steps == 0 else "diverged" if losses[-1] > first else "diverging"
        state = SAY(
            kind,
            rate=number(rate),
            steps=steps,
            w=number(path[-1, 0]),
            b=number(path[-1, 1]),
            loss=number(losses[-1]),
            first=number(first),
            bottom=number(bowl.bottom),
            limit=number(limit),
        )
        picture.show(
            lambda left, right: f"{surface.draw_path(left, path)} {lines.draw_losses(right, losses)}",
            state,
            "plain" if kind == "state" else "alarm",
        )

    picture.hold(still)
    redraw()
    panel.on("rate steps", redraw)
    return panel

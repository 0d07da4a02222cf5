"""Which w and b make the loss smallest? Two sliders, the line, and the loss surface."""

from __future__ import annotations

import math

from ..figures import lines, surface
from ..figures.words import Words, number
from .live import LivePicture
from .panel import Panel, slider

SAY = Words(
    {
        "state": {
            "en": "w = {w}, b = {b}: loss {loss}. That is {gap} above the least loss of any line.",
            "ko": "w = {w}, b = {b}에서 손실 {loss}. 직선으로 얻을 수 있는 가장 작은 손실보다 {gap}만큼 커요.",
        },
        "found": {
            "en": "w = {w}, b = {b}: loss {loss}. As good as the best line, whose loss is {bottom}: you are there.",
            "ko": "w = {w}, b = {b}에서 손실 {loss}. 가장 좋은 직선의 손실({bottom})과 거의 같아요. 다 왔어요!",
        },
    }
)


def fit_by_hand(x, y) -> Panel:
    """Fit a line to the points x (N,), y (N,) with two sliders, beside the contours of the mean squared error.

    Raises ValueError when x and y are no two vectors of one length with two different x.
    """
    x, y = surface.pairs(x, y)
    bowl = surface.LossSurface.of(x, y)
    reach = [surface.rounded_up(1.4 * size) for size in bowl.scale()]
    controls = {name: _reaching(name, limit) for name, limit in zip("wb", reach, strict=True)}
    picture = LivePicture()
    panel = Panel(controls, picture)

    def still(left, right):
        return f"{lines.draw_points(left, x, y)} {surface.draw_surface(right, bowl, *((-r, r) for r in reach))}"

    def redraw():
        w, b = round(panel["w"], 9), round(panel["b"], 9)
        loss = float(bowl.at(w, b))
        gap = loss - bowl.bottom
        found = gap <= max(0.01 * bowl.bottom, 1e-3 * bowl.spread**2)
        state = SAY(
            "found" if found else "state",
            w=number(w),
            b=number(b),
            loss=number(loss),
            gap=number(gap),
            bottom=number(bowl.bottom),
        )
        picture.show(
            lambda left, right: f"{lines.draw_line(left, x, y, w, b)} {surface.draw_place(right, bowl, w, b)}",
            state,
            "good" if found else "plain",
        )

    picture.hold(still)
    redraw()
    panel.on("w b", redraw)
    return panel


def _reaching(name: str, limit: float):
    """A slider from -limit to limit; its step, a hundredth or less of it, is 1, 2 or 5 times a power of ten."""
    step = limit / 150 if f"{limit:e}"[0] == "3" else limit / 100
    return slider(name, 0.0, -limit, limit, step, f".{max(0, 2 - math.floor(math.log10(limit)))}f")

"""Which degree fits best, and why? Degree and noise; many fits on the left, bias², variance and noise on the right."""

from __future__ import annotations

from ..figures import fits as figure
from ..figures.words import Words, number
from .curves import DEGREES, Curves, Parts, truth
from .live import LivePicture
from .panel import Panel, counter, slider

SHOWN = 30

SAY = Words(
    {
        "degree": {"en": "degree", "ko": "차수"},
        "noise": {"en": "noise (standard deviation)", "ko": "잡음(표준편차)"},
        "state": {
            "en": "Degree {degree}: bias² {bias2} + variance {variance} + noise {noise} = {total}. "
            "Error measured on fresh targets: {measured}. The two agree to within {gap}.",
            "ko": "{degree}차: 편향² {bias2} + 분산 {variance} + 잡음 {noise} = {total}. "
            "새 데이터로 잰 오차: {measured}. 둘의 차이는 {gap}뿐이에요.",
        },
    }
)


def degree_explorer() -> Panel:
    """Polynomials of one degree fitted to many data sets: how far their mean is off, and how far they scatter."""
    curves = Curves.drawn()
    parts = Parts(curves)
    controls = {
        "degree": counter(SAY("degree"), 3, 0, DEGREES - 1),
        "noise": slider(SAY("noise"), 0.4, 0.0, 0.8, 0.05),
    }
    picture = LivePicture(height=3.4, ratios=(1, 1.05))
    panel = Panel(controls, picture)

    def still(left, right):
        figure.draw_part_axes(right, DEGREES)
        return figure.draw_truth(left, curves.grid, truth(curves.grid))

    def redraw():
        degree, strength = panel["degree"], round(panel["noise"], 6)
        split, measured = parts.at(strength)
        bias2, variance, noise, total = split[:, degree]
        state = SAY(
            "state",
            degree=degree,
            bias2=number(bias2),
            variance=number(variance),
            noise=number(noise),
            total=number(total),
            measured=number(measured[degree]),
            gap=f"{abs(measured[degree] - total):.2g}",
        )

        def moving(left, right):
            fits = curves.fits(degree, strength)
            points = curves.x, curves.targets(0, strength)
            text = figure.draw_fits(left, curves.grid, fits[:SHOWN], fits.mean(axis=0), points)
            return f"{text} {figure.draw_parts(right, split, degree)}"

        picture.show(moving, state)

    picture.hold(still)
    redraw()
    panel.on("degree noise", redraw)
    return panel

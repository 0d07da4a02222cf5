"""Where does a view want to be? One of eight views on a circle moves; the loss is your nt_xent's."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..figures import circle as figure
from ..figures import notes
from ..figures.words import Words, number
from .learner import Trouble, array
from .live import LivePicture
from .panel import Panel, slider

# Where the views stand, in degrees; the second view of the first pair is the one that moves.
FIRST = np.array([60.0, 100.0, -160.0, -45.0])
SECOND = np.array([60.0, 125.0, -140.0, -70.0])
ANGLES = np.arange(-180.0, 181.0, 5.0)

SAY = Words(
    {
        "angle": {"en": "angle of the moving view", "ko": "움직이는 뷰의 각도"},
        "temperature": {"en": "temperature", "ko": "온도"},
        "length": {"en": "length of the moving view", "ko": "움직이는 뷰의 길이"},
        "state": {
            "en": "At {angle}°, temperature {temperature}: loss {loss}. On its partner ({partner}°) it would be "
            "{there}.",
            "ko": "각도 {angle}°, 온도 {temperature}에서 손실 {loss}. 짝이 있는 곳({partner}°)이라면 손실 {there}.",
        },
        "found": {
            "en": "At {angle}°, temperature {temperature}: loss {loss}, as low as anywhere on the circle. On its "
            "partner ({partner}°) it is {there}.",
            "ko": "각도 {angle}°, 온도 {temperature}에서 손실 {loss}, 원 위 어디보다도 작거나 거의 같아요. "
            "짝이 있는 곳({partner}°)에서는 손실 {there}.",
        },
        "length_matters": {
            "en": "The direction is the same, but with length {length} the loss is {loss} instead of {unit}. A cosine "
            "knows no lengths.",
            "ko": "방향은 같은데 길이에 따라 손실이 달라요. 길이 1일 때 {unit}, 길이 {length}일 때 {loss}. "
            "코사인은 길이와 상관없어야 해요.",
        },
        "nan": {
            "en": "The loss is {loss}: not a finite number.",
            "ko": "손실이 유한한 수가 아니에요: {loss}.",
        },
    }
)


def contrastive_explorer(nt_xent: Callable) -> Panel:
    """Move one view round a circle with three other pairs on it: the loss is that of a learner's nt_xent."""
    controls = {
        "angle": slider(SAY("angle"), -20, -180, 180, 1, ".0f"),
        "temperature": slider(SAY("temperature"), 0.5, 0.05, 2.0, 0.05),
        "length": slider(SAY("length"), 1, 0.2, 1.5, 0.1, ".1f"),
    }
    picture = LivePicture(height=3.2, ratios=(1, 1.35))
    panel = Panel(controls, picture)
    partner = float(FIRST[0])
    curve = np.full(len(ANGLES), np.nan)

    def loss(angle: float, temperature: float, length: float = 1.0) -> float:
        z1, z2 = figure.points(FIRST), figure.points(SECOND)
        z2[0] = length * figure.points(angle)
        return float(array(lambda a, b: nt_xent(a, b, temperature), z1, z2, name="nt_xent", shape=()))

    def still(left, right):
        figure.draw_loss_axes(right, partner)
        return figure.draw_circle(left, figure.points(FIRST), figure.points(SECOND))

    def warm():
        temperature = round(panel["temperature"], 6)
        try:
            curve[:] = [loss(angle, temperature) for angle in ANGLES]
        except Trouble:
            curve[:] = np.nan
        move()

    def move():
        angle, temperature, length = (round(panel[name], 6) for name in ("angle", "temperature", "length"))
        place = length * figure.points(angle)

        def views(left):
            return figure.draw_mover(left, figure.points(partner), place)

        try:
            now, unit = loss(angle, temperature, length), loss(angle, temperature)
            there = loss(partner, temperature)
        except Trouble as trouble:
            note = trouble.note
            return picture.show(
                lambda left, right: f"{views(left)} {notes.draw_note(right, note)}", str(trouble), "alarm"
            )
        kind = _kind(now, unit, curve)
        state = SAY(
            kind,
            angle=number(angle),
            temperature=number(temperature),
            length=number(length),
            loss=number(now),
            unit=number(unit),
            there=number(there),
            partner=number(partner),
        )

        def moving(left, right):
            return f"{views(left)} {figure.draw_curve(right, ANGLES, curve)} {figure.draw_angle(right, angle, now)}"

        picture.show(moving, state, {"state": "plain", "found": "good"}.get(kind, "alarm"))

    picture.hold(still)
    warm()
    panel.on("temperature", warm)
    panel.on("angle length", move)
    return panel


def _kind(now: float, unit: float, curve: np.ndarray) -> str:
    if not np.isfinite([now, unit]).all():
        return "nan"
    if abs(now - unit) > 1e-6 * max(1.0, abs(unit)):
        return "length_matters"
    finite = curve[np.isfinite(curve)]
    return "found" if len(finite) and now <= finite.min() + 5e-4 * np.ptp(finite) else "state"

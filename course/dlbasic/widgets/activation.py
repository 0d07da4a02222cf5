"""Does the slope that your gradient function gives touch the curve? A point to move, and the tangent there."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from .. import style
from ..figures import activation as figure
from ..figures import notes
from ..figures.words import Words, number
from .learner import Trouble, array
from .live import LivePicture
from .panel import Panel, choice, slider

REACH = 6.0
NEAR = 1e-4  # where slopes are measured: large against rounding, small against any bend of these curves

SAY = Words(
    {
        "function": {"en": "function", "ko": "함수"},
        "state": {
            "en": "{name}({z}) = {value}. {grad} gives the slope {slope}; measuring the curve gives the same.",
            "ko": "{name}({z}) = {value}. {grad} 함수가 낸 기울기({slope})가 실제로 잰 값과 같아요.",
        },
        "kink": {
            "en": "{name}({z}) = {value}. The curve has a kink here: any slope from {low} to {high} touches it, "
            "and {grad} gives {slope}.",
            "ko": "{name}({z}) = {value}. 여기서 그래프가 꺾여 있어서, "
            "기울기가 {low}부터 {high}까지인 직선은 모두 그래프와 맞닿아요. {grad} 함수가 낸 기울기: {slope}.",
        },
        "differs": {
            "en": "{grad}({z}) gives the slope {slope}, but the curve of {name} rises by {measured} there.",
            "ko": "z = {z}에서 {grad} 함수가 낸 기울기({slope})가 "
            "{name} 그래프에서 실제로 잰 기울기({measured})와 달라요.",
        },
        "nan": {
            "en": "{name}({z}) = {value}, and {grad} gives {slope}: not a finite number.",
            "ko": "{name}({z}) = {value}, {grad} 함수가 낸 기울기: {slope}. 유한한 수가 아니에요.",
        },
    }
)


def activation_explorer(functions: Mapping[str, tuple[Callable, Callable]]) -> Panel:
    """Move a point along a learner's activation function; the tangent has the slope that the learner's gradient gives.

    functions : name ↦ (function, gradient), each from an array (M,) to an array (M,).
    Raises ValueError when it is no such mapping.
    """
    if not isinstance(functions, Mapping) or not functions or not all(_is_pair(pair) for pair in functions.values()):
        raise ValueError('functions must map names to (function, gradient), such as {"relu": (relu, relu_grad)}')
    controls = {
        "function": choice(SAY("function"), list(functions)),
        "z": slider("z", 1.0, -REACH, REACH, 0.1, ".1f"),
    }
    picture = LivePicture(ratios=(1.1, 1))
    panel = Panel(controls, picture)
    grid = np.linspace(-REACH, REACH, 241)

    def switch():
        name = panel["function"]
        function, gradient = functions[name]

        def still(left, right):
            try:
                behind, values, ahead = (
                    array(function, grid + shift, name=name, shape=grid.shape) for shift in (-NEAR, 0.0, NEAR)
                )
            except Trouble as trouble:
                for ax in (left, right):
                    ax.set(xlim=(-REACH, REACH), xlabel="$z$", title=name)
                return f"{name}: {notes.draw_note(left, trouble.note)}"
            text = figure.draw_curve(left, grid, values, name)
            try:
                claimed = array(gradient, grid, name=called(gradient, name), shape=grid.shape)
            except Trouble:
                claimed = None
            with np.errstate(invalid="ignore"):  # inf - inf has no slope, and the state says so
                measured = (ahead - behind) / (2 * NEAR)
            return f"{text} {figure.draw_slopes(right, grid, claimed, measured, called(gradient, name))}"

        picture.hold(still)
        move()

    def move():
        def missing(note):
            return lambda left, right: f"{figure.draw_tangent(left, z, value, None)} {notes.draw_note(right, note)}"

        name = panel["function"]
        function, gradient = functions[name]
        z = round(panel["z"], 6)
        try:
            before, value, after = array(function, np.array([z - NEAR, z, z + NEAR]), name=name, shape=(3,))
        except Trouble as trouble:
            return picture.show(lambda *_: "", str(trouble), "alarm")
        try:
            slope = float(array(gradient, np.array([z]), name=called(gradient, name), shape=(1,))[0])
        except Trouble as trouble:
            return picture.show(missing(trouble.note), str(trouble), "alarm")
        with np.errstate(invalid="ignore"):
            low, high = sorted(((value - before) / NEAR, (after - value) / NEAR))
        kind = _kind(value, slope, low, high)
        state = SAY(
            kind,
            name=name,
            grad=called(gradient, name),
            z=number(z),
            value=number(value),
            slope=number(slope),
            low=number(round(low, 6)),
            high=number(round(high, 6)),
            measured=number((low + high) / 2),
        )
        mood = "alarm" if kind in {"differs", "nan"} else "plain"

        def moving(left, right):
            if np.isfinite(slope):
                right.plot([z], [slope], "o", color=style.RED, markeredgecolor="white", markersize=10, zorder=5)
            return figure.draw_tangent(left, z, value, slope)

        picture.show(moving, state, mood)

    switch()
    panel.on("function", switch)
    panel.on("z", move)
    return panel


def called(gradient: Callable, name: str) -> str:
    """What the learner calls the gradient function."""
    own = getattr(gradient, "__name__", "")
    return own if own.isidentifier() else f"{name}_grad"


def _is_pair(pair) -> bool:
    return isinstance(pair, tuple | list) and len(pair) == 2 and all(map(callable, pair))


def _kind(value: float, slope: float, low: float, high: float) -> str:
    if not np.isfinite([value, slope, low, high]).all():
        return "nan"
    # On a smooth curve the slopes on both sides differ only by NEAR times its bend.
    room = 1e-3 * max(1.0, abs(low), abs(high))
    if not low - room <= slope <= high + room:
        return "differs"
    return "kink" if high - low > room else "state"

"""Which optimizer arrives first, and where does each one fail? Seven of the learner's own, on five surfaces."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from ..figures import hills as figure
from ..figures import track
from ..figures.words import Words
from .hills import NAMES, Hill, hill
from .live import LivePicture
from .panel import Panel, choice, counter, log_slider, slider
from .walk import MOST_STEPS, Walk

# Which functions take the gradient itself, and which keep no state.
LOOKS_AHEAD, STATELESS = {"nesterov"}, {"gd"}

SAY = Words(
    {
        "surface": {"en": "surface", "ko": "곡면"},
        "quadratic": {"en": "quadratic", "ko": "이차식"},
        "Rosenbrock": {"en": "Rosenbrock", "ko": "Rosenbrock"},
        "Beale": {"en": "Beale", "ko": "Beale"},
        "saddle": {"en": "saddle", "ko": "안장점"},
        "noisy quadratic": {"en": "noisy quadratic", "ko": "잡음이 있는 이차식"},
        "condition": {"en": "condition number (quadratics)", "ko": "조건수(이차식)"},
        "x": {"en": "start w₁", "ko": "출발점 w₁"},
        "y": {"en": "start w₂", "ko": "출발점 w₂"},
        "steps": {"en": "steps", "ko": "걸음 수"},
        "times": {"en": "every learning rate ×", "ko": "모든 학습률 ×"},
        "state": {"en": "After {steps} steps, distance to go: {list}.", "ko": "{steps}걸음 뒤 남은 거리: {list}."},
        "nobody": {
            "en": "After {steps} steps nobody is under way.",
            "ko": "{steps}걸음 뒤 가고 있는 옵티마이저가 없어요.",
        },
        "diverged": {"en": " Diverged: {list}.", "ko": " 발산: {list}."},
        "not written yet": {"en": " Not written yet: {list}.", "ko": " 아직 작성하지 않음: {list}."},
        "crashed": {"en": " Crashed: {list}.", "ko": " 오류: {list}."},
        "unusable result": {"en": " Unusable result: {list}.", "ko": " 쓸 수 없는 반환값: {list}."},
        "slow": {"en": " Too slow to finish: {list}.", "ko": " 느려서 도중에 멈춤: {list}."},
    }
)
NOTES = ("diverged", "not written yet", "crashed", "unusable result", "slow")


def optimizer_race(steps: Mapping[str, tuple[Callable, Mapping[str, float]]]) -> Panel:
    """Race a learner's optimizers from one start down one surface.

    steps : name ↦ (function, hyper-parameters), such as {"momentum": (momentum_step, {"lr": 0.03, "beta": 0.7})}.
    "gd" is called as function(w, g, **hyper-parameters), "nesterov" with the gradient function in place of g, and all
    but "gd" take and return a state. Raises ValueError when `steps` is no such mapping.
    """
    if not isinstance(steps, Mapping) or not steps or not all(_is_entry(entry) for entry in steps.values()):
        raise ValueError('steps must map names to (function, hyper-parameters), such as {"gd": (gd_step, {"lr": 0.1})}')
    controls = {
        "surface": choice(SAY("surface"), [(SAY(name), name) for name in NAMES]),
        "condition": counter(SAY("condition"), 30, 1, 100),
        **_start(hill(NAMES[0], 30)),
        "steps": counter(SAY("steps"), 40, 0, MOST_STEPS),
        "times": log_slider(SAY("times"), 1.0, -2, 2),
    }
    picture = LivePicture(height=3.7, ratios=(1.1, 1))
    panel = Panel(controls, picture)
    names = list(steps)
    walks: list[Walk] = []
    ground: list[Hill] = []
    held_back = [False]

    def still(left, right):
        track.draw_lanes(right, names)
        here = ground[0]
        if here.hessian is None:
            return figure.draw_hill(left, here.height, here.window, here.minima, here.name)
        return figure.draw_plane(left, here.window, here.name)

    def change_surface():
        here = hill(panel["surface"], panel["condition"])
        ground[:] = [here]
        picture.hold(still, arranged=True)  # the first one is arranged in any case
        for name, control in _start(here).items():
            panel.swap(name, control)
        set_off()

    def move_start(x, y):
        held_back[0] = True  # one race for both sliders
        for name, at in (("x", x), ("y", y)):
            step = controls[name].step
            controls[name].value = round(round(at / step) * step, 6)
        held_back[0] = False
        set_off()

    def change_shape():
        if ground[0].hessian is not None:  # the other surfaces have no condition number: their picture stays
            ground[:] = [hill(panel["surface"], panel["condition"])]
            set_off()

    def set_off():
        if held_back[0]:
            return
        start = np.round([panel["x"], panel["y"]], 6)
        walks.clear()
        for name, (function, values) in steps.items():
            values = {**values, "lr": values["lr"] * panel["times"]} if "lr" in values else values
            kind = {"looks_ahead": name in LOOKS_AHEAD, "stateful": name not in STATELESS}
            walks.append(Walk(name, function, values, ground[0], start, **kind))
        redraw()

    def redraw():
        paths = [walk.to(panel["steps"]) for walk in walks]
        notes = [_note(walk, path, panel["steps"]) for walk, path in zip(walks, paths, strict=True)]
        distances = np.array([ground[0].distance(path[-1]) for path in paths])
        # A stub has been nowhere: no marker for it, not even on the start.
        gone = [note not in {"not written yet", "crashed", "unusable result"} for note in notes]
        state = SAY("state" if any(gone) else "nobody", steps=panel["steps"], list=_standing(names, distances, notes))
        for note in NOTES:
            who = [name for name, own in zip(names, notes, strict=True) if own == note]
            state += SAY(note, list=", ".join(who)) if who else ""

        def moving(left, right):
            bowl = ground[0].hessian
            text = "" if bowl is None else figure.draw_bowl(left, bowl)
            for (color, marker), path, on_track in zip(figure.LOOKS * 9, paths, gone, strict=False):
                if on_track and len(path) > 1:
                    figure.draw_path(left, path, color, marker)
            text += f" {figure.draw_start(left, paths[0][0])}"
            shown = np.where(gone, distances, np.nan)
            return f"{text.strip()} {track.draw_runners(right, float(ground[0].distance(paths[0][0])), shown, notes)}"

        picture.show(moving, state, "alarm" if any(notes) else "plain")

    panel.on_drag(picture.axes[0], move_start)
    change_surface()
    panel.on("surface", change_surface)
    panel.on("condition", change_shape)
    panel.on("x y times", set_off)
    panel.on("steps", redraw)
    return panel


def _start(here: Hill) -> dict:
    """Sliders for where to begin, within the window of one surface."""
    windows = zip("xy", here.window[::2], here.window[1::2], here.start, strict=True)
    return {name: slider(SAY(name), at, low, high, 0.05) for name, low, high, at in windows}


def _is_entry(entry) -> bool:
    return isinstance(entry, tuple | list) and len(entry) == 2 and isinstance(entry[1], Mapping)


def _note(walk: Walk, path: np.ndarray, steps: int) -> str:
    fate = walk.fate(path)
    if fate == "trouble":
        return walk.trouble.note
    if fate == "diverged":
        return "diverged"
    return "slow" if walk.slow and len(path) <= steps else ""


def _standing(names: list[str], distances: np.ndarray, notes: list[str]) -> str:
    """Those under way, the nearest first."""
    order = np.argsort(distances, kind="stable")
    return ", ".join(f"{names[i]} {distances[i]:.2g}" for i in order if not notes[i])

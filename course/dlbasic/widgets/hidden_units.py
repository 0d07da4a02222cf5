"""How many hidden units does it take? A network trained with your own functions, and the regions it draws."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..figures import notes, regions
from ..figures.words import Words
from .clouds import CLOUDS
from .film import EVERY, STEPS, Film, Network
from .learner import Trouble
from .live import LivePicture
from .panel import Panel, choice, counter

SAY = Words(
    {
        "data": {"en": "data", "ko": "데이터"},
        "hidden": {"en": "hidden units", "ko": "은닉 유닛 수"},
        "step": {"en": "training step", "ko": "학습 걸음"},
        "state": {
            "en": "Hidden units: {hidden}. Step {step} of {last}: "
            "{right} of {n} training points are right ({share:.1%}).",
            "ko": "은닉 유닛 {hidden}개, {last}걸음 가운데 {step}걸음째: "
            "학습 데이터 {n}개 가운데 {right}개를 맞혔어요({share:.1%}).",
        },
        "slow": {
            "en": " Training stopped after {last} steps: your functions take too long for more.",
            "ko": " 함수가 느려서 {last}걸음까지만 학습했어요.",
        },
        "nan": {
            "en": "At step {step} the weights are no longer finite numbers: training has blown up.",
            "ko": "{step}걸음째에 가중치가 유한한 수가 아니게 되었어요. 학습이 발산했어요.",
        },
    }
)


def playground(
    init_mlp: Callable, mlp_forward: Callable, mlp_backward: Callable, cross_entropy_grad: Callable
) -> Panel:
    """A 2-hidden-2 relu network, trained with the learner's own functions on one of three small data sets."""
    network = Network(init_mlp, mlp_forward, mlp_backward, cross_entropy_grad)
    controls = {
        "data": choice(SAY("data"), list(CLOUDS)),
        "hidden": counter(SAY("hidden"), 4, 1, 16),
        "step": counter(SAY("step"), STEPS, 0, STEPS, EVERY),
    }
    picture = LivePicture(height=3.5, ratios=(1.15, 1))
    panel = Panel(controls, picture)
    films: dict[tuple[str, int], Film] = {}

    def still(left, right):
        regions.draw_plane(left, "your network's regions")
        regions.draw_progress_axes(right, STEPS)

    def train():
        key = panel["data"], panel["hidden"]
        if key not in films:
            films[key] = network.film(*key)
        scrub()

    def scrub():
        film = films[panel["data"], panel["hidden"]]

        def only_points(left, right):
            nobody = np.zeros(len(film.labels), dtype=bool)
            points = regions.draw_classes(left, film.x, film.labels, nobody)
            return f"{points} {notes.draw_note(right, film.trouble.note if film.trouble else '?')}"

        if not film.moments:
            return picture.show(only_points, str(film.trouble), "alarm")
        place = min(panel["step"] // EVERY, len(film.moments) - 1)
        step, wrong = place * EVERY, film.guesses[place] != film.labels
        state = SAY(
            "state",
            hidden=panel["hidden"],
            step=step,
            last=film.steps[-1],
            right=int((~wrong).sum()),
            n=len(wrong),
            share=film.accuracy[place],
        )
        mood = "plain"
        if film.slow:
            state += SAY("slow", last=film.steps[-1])
        if film.trouble and place == len(film.moments) - 1:
            state, mood = str(film.trouble), "alarm"
        elif not film.finite(place):
            state, mood = SAY("nan", step=step), "alarm"

        def moving(left, right):
            shaded = ""
            if film.finite(place):
                shaded = regions.draw_regions(left, network.margin(film.moments[place]))
            points = regions.draw_classes(left, film.x, film.labels, wrong)
            regions.draw_progress(right, film.steps, film.accuracy)
            return f"{points} {shaded} {regions.draw_moment(right, step, film.accuracy[place])}"

        try:
            picture.show(moving, state, mood)
        except Trouble as trouble:
            picture.show(only_points, str(trouble), "alarm")

    picture.hold(still)
    train()
    panel.on("data hidden", train)
    panel.on("step", scrub)
    return panel

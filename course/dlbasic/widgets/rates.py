"""How large may a step be, and what does momentum buy? Two walks down a valley, and the map of what is stable."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .. import style
from ..figures import hills as figure
from ..figures import stability
from ..figures.words import Words, number
from .hills import Hill, level
from .live import LivePicture
from .panel import Panel, counter, slider
from .walk import Walk

STEPS = 60

SAY = Words(
    {
        "condition": {"en": "condition number", "ko": "조건수"},
        "rate": {"en": "learning rate", "ko": "학습률"},
        "momentum": {"en": "momentum β", "ko": "모멘텀 β"},
        "state": {
            "en": "After {steps} steps: {list} from the minimum. "
            "In the long run momentum shrinks that by a factor {factor} a step; the star by {best}.",
            "ko": "{steps}걸음 뒤 극소점까지의 거리: {list}. "
            "결국 모멘텀은 거리를 걸음마다 {factor}배로 줄여요(별에서는 {best}배).",
        },
        "diverged": {
            "en": "Diverged: {who}. The rate is {rate}; gd is stable below {gd}, momentum {beta} below {limit}. "
            "After {steps} steps: {list} from the minimum.",
            "ko": "발산: {who}. 지금 학습률 {rate}, gd의 한계 {gd}, 모멘텀 {beta}의 한계 {limit}. "
            "{steps}걸음 뒤 극소점까지의 거리: {list}.",
        },
        "differs": {
            "en": "{name} does not move as the map says: the factor a step should be {factor} here. Run its check.",
            "ko": "{name} 함수가 지도와 다르게 움직여요. 여기서 걸음마다 곱해질 값: {factor}. 함수를 검사해 보세요.",
        },
    }
)
LOOKS = dict(zip(("gd", "momentum"), figure.LOOKS, strict=False))


def lr_explorer(gd_step: Callable, momentum_step: Callable) -> Panel:
    """Condition number, learning rate and momentum of a quadratic: the learner's paths, and the map of stable pairs.

    gd_step : (w, g, lr) ↦ w;  momentum_step : (w, g, state, lr, beta) ↦ (w, state)
    """
    controls = {
        "condition": counter(SAY("condition"), 20, 1, 100),
        "rate": slider(SAY("rate"), 1.0, 0.02, 4.2, 0.02),
        "momentum": slider(SAY("momentum"), 0.6, 0.0, 0.98, 0.02),
    }
    picture = LivePicture(height=3.6, ratios=(1, 1.15))
    panel = Panel(controls, picture)

    def still(left, right):
        figure.draw_plane(left, level(1.0).window, f"{STEPS} steps:  ● gd,  ▲ momentum")
        left.set(xlabel="$w_1$ (flat)", ylabel="$w_2$ (steep)")
        stability.draw_map_axes(right)

    def redraw():
        rate, beta, here = round(panel["rate"], 6), round(panel["momentum"], 6), level(panel["condition"])
        curvatures = 1.0 / panel["condition"], 1.0
        start = np.array(here.start)
        walks = {
            "gd": Walk("gd_step", gd_step, {"lr": rate}, here, start, stateful=False),
            "momentum": Walk("momentum_step", momentum_step, {"lr": rate, "beta": beta}, here, start),
        }
        paths = {name: walk.to(STEPS) for name, walk in walks.items()}
        ends = {name: float(here.distance(path[-1])) for name, path in paths.items()}
        momenta = {"gd": 0.0, "momentum": beta}
        factors = {name: float(stability.shrinkage(rate, own, curvatures)) for name, own in momenta.items()}
        broken = next((walk.trouble for walk in walks.values() if walk.trouble), None)
        odd = next((name for name in walks if _differs(factors[name], paths[name], here)), None)
        lost = [name for name, factor in factors.items() if factor > 1.0 + 1e-9]
        state = SAY(
            "differs" if odd else "diverged" if lost else "state",
            steps=STEPS,
            list=", ".join(f"{name} {number(end)}" for name, end in ends.items()),
            factor=f"{factors[odd or 'momentum']:.4g}",
            best=number(float(stability.shrinkage(*stability.best(curvatures), curvatures))),
            who=", ".join(lost),
            rate=number(rate),
            beta=number(beta),
            gd=number(2.0 / max(curvatures)),
            limit=number(2.0 * (1.0 + beta) / max(curvatures)),
            name=walks[odd].name if odd else "",
        )

        def moving(left, right):
            text = figure.draw_bowl(left, here.hessian)
            for name, path in paths.items():
                if not walks[name].trouble:
                    figure.draw_path(left, path, *LOOKS[name])
            text += f" {figure.draw_start(left, start)}"
            words = [f"{walk.name}: {walk.trouble.note}" for walk in walks.values() if walk.trouble]
            words += [f"diverged: {', '.join(lost)}"] if lost and not broken else []
            if words:
                box = {"facecolor": style.CARD, "edgecolor": style.RED, "boxstyle": "round,pad=0.4"}
                look = {"ha": "center", "va": "bottom", "color": style.RED, "fontsize": 9.5, "zorder": 9, "bbox": box}
                left.text(0.5, 0.06, "\n".join(words), transform=left.transAxes, **look)
            return f"{text} {stability.draw_map(right, curvatures[0])} {stability.draw_here(right, rate, beta)}"

        picture.show(moving, str(broken) if broken else state, "alarm" if broken or odd or lost else "plain")

    picture.hold(still)
    redraw()
    panel.on("condition rate momentum", redraw)
    return panel


def _differs(factor: float, path: np.ndarray, hill: Hill) -> bool:
    """Whether a walk shrinks where the map says that it grows, or grows where it should have shrunk.

    Near the edge of the map a walk may grow a hundredfold before it shrinks, but no more.
    """
    first, last = hill.distance(path[[0, -1]])
    if len(path) <= STEPS and last < 1e6:
        return False  # it stopped for another reason
    return (factor > 1.1 and last < first) or (factor < 0.9 and last > first) or (factor < 1.0 and last > 1e3 * first)

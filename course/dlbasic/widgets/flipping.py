"""When does it matter that a true convolution turns the kernel? Both operations side by side, on one picture."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..figures import flips as figure
from ..figures.cells import minus
from ..figures.words import Words
from . import kernels
from .learner import Trouble, array
from .live import LivePicture
from .panel import Panel, choice, counter

SHAPE = (6, 6)
KERNELS = {
    **{name: kernels.KERNELS[name] for name in ("corner", "left", "blur", "sharp")},
    "slope": np.array([[-2.0, -1.0, 0.0], [-1.0, 0.0, 1.0], [0.0, 1.0, 2.0]]),
    "stairs": np.arange(9.0).reshape(3, 3),
}

SAY = Words(
    {
        "slope": {"en": "slope", "ko": "비탈"},
        "stairs": {"en": "0 … 8", "ko": "0 … 8"},
        "picture": {"en": "picture", "ko": "이미지"},
        "a digit": {"en": "a digit", "ko": "숫자"},
        "one pixel": {"en": "one bright pixel", "ko": "밝은 픽셀 하나"},
        "same": {
            "en": "Cross-correlation and convolution agree in all {n} places: turned by 180°, this kernel stays "
            "as it is.",
            "ko": "교차 상관과 합성곱이 {n}군데 모두에서 같아요. 180° 돌려도 그대로인 커널이에요.",
        },
        "opposite": {
            "en": "The two differ only in sign, in all {n} places: turned by 180°, this kernel changes its sign.",
            "ko": "{n}군데 모두에서 부호만 달라요. 180° 돌리면 부호가 바뀌는 커널이에요.",
        },
        "different": {
            "en": "The two differ in {count} of {n} places, by up to {gap}.",
            "ko": "{n}군데 가운데 {count}군데에서 서로 달라요. 가장 큰 차이: {gap}.",
        },
        "unlike": {
            "en": "Your convolve2d is not what your correlate2d makes with the turned kernel (off by up to {gap}). "
            "Run their checks.",
            "ko": "convolve2d 함수의 값이 돌린 커널로 correlate2d 함수가 낸 값과 달라요(최대 {gap}). "
            "두 함수를 검사해 보세요.",
        },
    }
)


def flip_explorer(correlate2d: Callable, convolve2d: Callable) -> Panel:
    """A learner's correlate2d and convolve2d of one picture (8, 8) and kernel (3, 3): equal, opposite, or neither."""
    names = [(kernels.SAY(name) if name in kernels.KERNELS else SAY(name), name) for name in KERNELS]
    controls = {
        "digit": counter(kernels.SAY("digit"), 3, 0, 9),
        "kernel": choice(kernels.SAY("kernel"), names),
        "picture": choice(SAY("picture"), [(SAY(name), name) for name in ("a digit", "one pixel")]),
    }
    picture = LivePicture(height=4.3, columns=1)
    panel = Panel(controls, picture)
    digits = kernels.pictures()
    pixel = np.zeros((8, 8))
    pixel[3, 4] = 1.0

    def still(ax):
        figure.draw_flip_axes(ax)

    def redraw():
        controls["digit"].disabled = panel["picture"] == "one pixel"
        image = pixel if panel["picture"] == "one pixel" else digits[panel["digit"]]
        kernel = KERNELS[panel["kernel"]]
        outputs, troubles = [], []
        for name, function in (("correlate2d", correlate2d), ("convolve2d", convolve2d)):
            try:
                outputs.append(array(function, image, kernel, name=name, shape=SHAPE))
            except Trouble as trouble:
                outputs.append(trouble.note)
                troubles.append(str(trouble))
        kind, facts = ("", {}) if troubles else judged(correlate2d, image, kernel, *outputs)
        state = troubles[0] if troubles else SAY(kind, **facts)
        picture.show(
            lambda ax: figure.draw_flip(ax, image, kernel, outputs, kind),
            state,
            "alarm" if troubles or kind == "unlike" else "plain",
        )

    picture.hold(still)
    redraw()
    panel.on("digit kernel picture", redraw)
    return panel


def judged(correlate2d: Callable, image, kernel, correlated, convolved) -> tuple[str, dict]:
    """How the two outputs compare, and its facts."""
    try:
        turned = array(correlate2d, image, np.rot90(kernel, 2), name="correlate2d", shape=SHAPE)
    except Trouble:
        turned = np.full(SHAPE, np.nan)
    close = {"rtol": 1e-6, "atol": 1e-6}
    if not np.allclose(turned, convolved, **close):
        return "unlike", {"gap": minus(float(np.max(np.abs(turned - convolved))))}
    apart = ~np.isclose(correlated, convolved, **close)
    facts = {"n": apart.size, "count": int(apart.sum()), "gap": minus(float(np.max(np.abs(correlated - convolved))))}
    if not apart.any():
        return "same", facts
    return ("opposite" if np.allclose(correlated, -convolved, **close) else "different"), facts

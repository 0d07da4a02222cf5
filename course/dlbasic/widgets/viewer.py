"""Which digits does your classifier get wrong, and how sure is it? One held-out digit at a time."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets
import numpy as np

from .. import style
from ..figures import bars
from ..figures import digits as figure
from ..figures.words import Words
from .learner import Trouble, array
from .live import LivePicture
from .panel import Panel, counter

SAY = Words(
    {
        "digit": {"en": "held-out digit", "ko": "따로 떼어 둔 숫자"},
        "mistakes": {"en": "only mistakes", "ko": "틀린 것만 보기"},
        "right": {
            "en": "Digit {place} of {n}: right. It is a {truth}, predicted with probability {p:.2f}. "
            "In all {hits} of {total} are right ({share:.1%}).",
            "ko": "{n}개 가운데 {place}번째: 맞았어요. 정답 {truth}, 예측한 확률 {p:.2f}. "
            "전체 {total}개 가운데 {hits}개를 맞혔어요({share:.1%}).",
        },
        "wrong": {
            "en": "Digit {place} of {n}: wrong. It is a {truth} (probability {q:.2f}), but {guess} was predicted "
            "({p:.2f}). In all {hits} of {total} are right ({share:.1%}).",
            "ko": "{n}개 가운데 {place}번째: 틀렸어요. 정답 {truth}(확률 {q:.2f}), 예측 {guess}(확률 {p:.2f}). "
            "전체 {total}개 가운데 {hits}개를 맞혔어요({share:.1%}).",
        },
        "none": {
            "en": "There are no mistakes: all {total} held-out digits are right.",
            "ko": "틀린 것이 없어요. 따로 떼어 둔 숫자 {total}개를 모두 맞혔어요.",
        },
        "numbers": {
            "en": "predict returned values outside 0 … 1, or nan. If these are logits, turn them into probabilities.",
            "ko": "predict 함수가 0과 1 사이를 벗어난 값이나 nan을 냈어요. 로짓이라면 확률로 바꾸세요.",
        },
    }
)


def digit_viewer(predict: Callable) -> Panel:
    """Page through the held-out digits beside what a learner's classifier says of each.

    predict : images (N, 64) in [0, 1] ↦ probabilities (N, 10)
    """
    from ..data import digits

    _, _, x, labels = digits()
    try:
        p = array(predict, x, name=getattr(predict, "__name__", "predict"), shape=(len(x), 10))
        trouble = "" if np.isfinite(p).all() and p.min() >= -1e-9 and p.max() <= 1 + 1e-9 else SAY("numbers")
    except Trouble as error:
        p, trouble = np.zeros((len(x), 10)), str(error)
    guesses = p.argmax(axis=1)
    everything = np.arange(len(x))
    mistakes = everything[guesses != labels]

    controls = {
        "digit": counter(SAY("digit"), 1, 1, len(x)),
        "mistakes": ipywidgets.Checkbox(False, description=SAY("mistakes"), indent=False),
    }
    picture = LivePicture(height=2.8, ratios=(1, 2))
    panel = Panel(controls, picture)
    names = [str(digit) for digit in range(10)]

    def still(left, right):
        left.set(title="image", xticks=[], yticks=[], xlim=(-0.5, 7.5), ylim=(7.5, -0.5), aspect="equal")
        left.grid(False)
        left.spines[:].set_visible(False)
        bars.draw_bar_axes(right, names, "probability of each digit", top=1.3)

    def choose():
        slider, among = controls["digit"], mistakes if panel["mistakes"] else everything
        slider.max = max(1, len(among))
        slider.value = 1
        page()

    def page():
        among = mistakes if panel["mistakes"] else everything
        if trouble:
            image = x[everything[panel["digit"] - 1]]
            return picture.show(lambda left, _: figure.draw_digit(left, image.reshape(8, 8)), trouble, "alarm")
        hits = len(x) - len(mistakes)
        if not len(among):
            return picture.show(lambda *_: "", SAY("none", total=len(x)), "good")
        i = among[min(panel["digit"], len(among)) - 1]
        truth, guess = int(labels[i]), int(guesses[i])
        right = truth == guess
        state = SAY(
            "right" if right else "wrong",
            place=panel["digit"],
            n=len(among),
            truth=truth,
            guess=guess,
            p=p[i, guess],
            q=p[i, truth],
            hits=hits,
            total=len(x),
            share=hits / len(x),
        )
        colors = [style.MUTED] * 10
        colors[guess] = style.RED
        colors[truth] = style.GREEN
        marks = {guess: "✕\n", truth: "✓\n"}

        def moving(image_axes, bar_axes):
            image = figure.draw_digit(image_axes, x[i].reshape(8, 8))
            return f"{image} {bars.draw_bars(bar_axes, p[i], names, colors, least=0.005, marks=marks)}"

        picture.show(moving, state, "good" if right else "alarm")

    picture.hold(still)
    page()
    panel.on("digit", page)
    panel.on("mistakes", choose)
    return panel

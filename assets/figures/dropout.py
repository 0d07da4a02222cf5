"""A hidden layer in two training steps with two masks, and when predicting: nothing dropped, nothing rescaled."""

import itertools

import numpy as np
from _canvas import Text, footnote, sheet
from _grids import minus
from matplotlib.patches import Circle

from dlbasic import style

P = 0.5
HIDDEN = np.array([1.2, 0.4, 2.0, 0.8])  # activations, top to bottom
WEIGHTS = np.array([1.0, -1.5, 0.5, 1.0])  # to the one output
MASKS = (np.array([True, False, True, False]), np.array([True, True, False, True]))
RADIUS, WIDTH, TOP, STEP = 0.2, 2.13, 3.0, 0.56


def output(mask: np.ndarray | None) -> float:
    """The output when the units of `mask` are kept and scaled by 1 / (1 - P); without a mask, when predicting."""
    hidden = HIDDEN if mask is None else HIDDEN * mask / (1 - P)
    return float(hidden @ WEIGHTS)


def mean_output() -> float:
    """The mean of the output over all masks, each weighted by its probability."""
    masks = [np.array(bits, dtype=bool) for bits in itertools.product((False, True), repeat=len(HIDDEN))]
    return float(sum(output(mask) * (1 - P) ** mask.sum() * P ** (~mask).sum() for mask in masks))


def weights() -> str:
    """The weights to the output as words."""
    return ", ".join(minus(weight) for weight in WEIGHTS)


def draw(text: Text):
    figure, ax = sheet(4.1)
    titles = (
        text(en="training, one step", ko="학습, 한 걸음"),
        text(en="training, the next step", ko="학습, 다음 걸음"),
        text(en="predicting", ko="예측"),
    )
    for panel, (mask, title) in enumerate(zip((*MASKS, None), titles, strict=True)):
        kept = np.ones(len(HIDDEN), dtype=bool) if mask is None else mask
        scale = 1.0 if mask is None else 1 / (1 - P)
        x = panel * WIDTH
        ax.text(x + WIDTH / 2, 3.85, title, ha="center", va="center", weight="bold", fontsize=11)
        shown = "$h$" if mask is None else r"$h \cdot m\,/\,(1-p)$"
        ax.text(x + 0.85, 3.48, shown, ha="center", va="center", fontsize=11)
        end = (x + 1.75, TOP - 1.5 * STEP)
        for i, value in enumerate(HIDDEN):
            y = TOP - i * STEP
            look = {"fc": style.SKY, "ec": style.INK} if kept[i] else {"fc": style.CARD, "ec": style.MUTED, "ls": ":"}
            ax.add_patch(Circle((x + 0.85, y), RADIUS, lw=1.3, zorder=2, **look))
            number = {"ha": "center", "va": "center", "fontsize": 10, "zorder": 3}
            ax.text(x + 0.85, y, minus(round(value * scale, 3) if kept[i] else 0), **number)
            if not kept[i]:
                for slope in (1, -1):
                    arm = 0.27
                    ax.plot([x + 0.85 - arm, x + 0.85 + arm], [y - slope * arm, y + slope * arm], color=style.RED,
                            ls="-", lw=1.8, zorder=2.5)  # fmt: skip
                # The number stands on a small card of its own, clear of the cross.
                ax.add_patch(Circle((x + 0.85, y), 0.1, fc=style.CARD, ec="none", zorder=2.6))
                continue
            ax.plot([x + 0.85 + RADIUS, end[0] - 0.25], [y, end[1]], color=style.BLUE, ls="-", lw=1.5, zorder=1)
            ax.plot([x + 0.25, x + 0.85 - RADIUS], [y, y], color=style.MUTED, ls="-", lw=1.2, zorder=1)
        ax.add_patch(Circle(end, 0.25, fc=style.ORANGE, ec=style.INK, lw=1.3, hatch="////", zorder=2))
        ax.add_patch(Circle(end, 0.19, fc=style.CARD, ec="none", zorder=2.5))
        ax.text(*end, minus(round(output(mask), 3)), ha="center", va="center", fontsize=10, zorder=3)
        if panel:
            ax.plot([x, x], [1.05, 3.9], color=style.GRID, ls="-", lw=1.2)
    footnote(
        figure,
        text(
            en=f"$p = {P:g}$: each unit is dropped with probability {P:g}; what is kept is divided by $1 - p$.\n"
            f"Weights to the output, from the top: {weights()}.\n"
            f"Mean output over all {2 ** len(HIDDEN)} masks: {mean_output():g}, the same as when predicting.",
            ko=f"$p = {P:g}$: 유닛마다 확률 {P:g}로 지우고, 남은 값은 $1 - p$로 나눕니다.\n"
            f"출력으로 가는 가중치는 위에서부터 {weights()}\n"
            f"마스크 {2 ** len(HIDDEN)}가지에 대한 출력의 평균은 {mean_output():g}, 예측할 때의 출력과 같습니다.",
        ),
        y=0.45,
    )
    outs = [minus(round(output(mask), 3)) for mask in (*MASKS, None)]
    alt = text(
        en=f"A hidden layer of four units, {', '.join(f'{value:g}' for value in HIDDEN)}, drawn three times. In one "
        "training step units 2 and 4 are dropped, in the next unit 3; the kept ones are doubled. When predicting all "
        f"stay as they are. The output is {outs[0]}, {outs[1]} and {outs[2]}; its mean over all masks is "
        f"{mean_output():g}, as when predicting.",
        ko=f"값이 {', '.join(f'{value:g}' for value in HIDDEN)}인 유닛 네 개의 은닉층을 세 번 그렸습니다. 학습의 한 "
        "걸음에서는 둘째와 넷째 유닛을, 다음 걸음에서는 셋째 유닛을 지우고 남은 값은 두 배로 합니다. 예측할 때는 모두 "
        f"그대로 씁니다. 출력은 차례로 {outs[0]}, {outs[1]}, {outs[2]}이고, 모든 마스크에 대한 평균은 예측할 때와 같은 "
        f"{mean_output():g}입니다.",
    )
    return figure, alt

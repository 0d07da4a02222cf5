"""A flat and a sharp minimum under a loss that is shifted a little on new data; and the same sharp one, stretched."""

import numpy as np
from _canvas import Text, footnote, panels

from dlbasic import style

FLAT, SHARP = -1.6, 1.6
WIDE, NARROW = 1.0, 0.22
SHIFT = 0.22
STRETCH = 4.0


def training(w):
    """A training loss with two equally deep minima that differ only in width."""
    return 1.0 - 0.85 * (np.exp(-(((w - FLAT) / WIDE) ** 2)) + np.exp(-(((w - SHARP) / NARROW) ** 2)))


def test(w):
    """The loss on new data: the same landscape, moved a little."""
    return training(w - SHIFT)


def rises() -> tuple[float, float]:
    """How much larger the loss on new data is than on the training data, in the flat and in the sharp minimum."""
    return tuple(float(test(w) - training(w)) for w in (FLAT, SHARP))


def draw(text: Text):
    figure, (left, right) = panels(3.5, 2, left=0.5, right=0.2, bottom=1.0, top=0.4, gap=0.35)
    w = np.linspace(-4.2, 3.0, 1200)
    left.plot(w, training(w), color=style.BLUE, ls="-")
    left.plot(w, test(w), color=style.RED, ls="--")
    names = (text(en="flat", ko="평평함"), text(en="sharp", ko="날카로움"))
    for place, name, rise in zip((FLAT, SHARP), names, rises(), strict=True):
        left.plot([place] * 2, [training(place), test(place)], color=style.INK, ls="-", lw=2.2, zorder=4)
        left.plot(place, training(place), marker="o", ms=8, color=style.BLUE, mec=style.INK, zorder=5)
        left.plot(place, test(place), marker="s", ms=7, color=style.RED, mec=style.INK, zorder=6)
        words = text(en=f"{name}\nrise {rise:.2f}", ko=f"{name}\n상승폭 {rise:.2f}")
        left.text(place, -0.02, words, ha="center", va="top", linespacing=1.3)
    left.set(xlim=(-4.2, 3.0), ylim=(-0.42, 1.12), xticks=[], yticks=[])
    left.set_title(text(en="new data shift the loss", ko="새 데이터에서 옮겨진 손실"))
    left.set_xlabel(text(en="parameter $w$", ko="파라미터 $w$"))
    left.set_ylabel(text(en="loss", ko="손실"))

    # The sharp minimum alone, over v = STRETCH (w - SHARP): another name for the same functions.
    v = np.linspace(-4.2, 4.2, 800)
    right.plot(v, training(SHARP + v / STRETCH), color=style.BLUE, ls="-")
    right.plot(v, test(SHARP + v / STRETCH), color=style.RED, ls="--")
    right.plot([0, 0], [training(SHARP), test(SHARP)], color=style.INK, ls="-", lw=2.2, zorder=4)
    right.plot(0, training(SHARP), marker="o", ms=8, color=style.BLUE, mec=style.INK, zorder=5)
    right.plot(0, test(SHARP), marker="s", ms=7, color=style.RED, mec=style.INK, zorder=6)
    rise = rises()[1]
    words = text(
        en=f"the sharp one: now flat\nrise still {rise:.2f}", ko=f"날카롭던 곳이 평평해짐\n상승폭은 그대로 {rise:.2f}"
    )
    right.text(0, -0.02, words, ha="center", va="top", linespacing=1.3)
    right.set(xlim=(-4.2, 4.2), ylim=(-0.42, 1.12), xticks=[], yticks=[])
    right.set_title(text(en="another parametrization", ko="파라미터를 바꾸면"))
    right.set_xlabel(f"$v = {STRETCH:g}\\,(w - w_s)$")
    footnote(
        figure,
        text(
            en="Solid: training loss.  Dashed: loss on new data.  A picture of an idea, not a measurement:\n"
            "how flat a minimum looks depends on how its parameters are written.",
            ko="실선: 학습 손실   파선: 새 데이터의 손실   측정한 값이 아니라 생각을 보여 주는 그림입니다.\n"
            "극소점이 얼마나 평평해 보이는지는 파라미터를 어떻게 쓰느냐에 달렸습니다.",
        ),
        y=0.28,
    )
    flat, sharp = rises()
    alt = text(
        en="Left: a training loss with a wide and a narrow minimum of the same depth, and the loss on new data, "
        f"shifted by {SHIFT:g}. In the wide minimum the loss rises by {flat:.2f}, in the narrow one by {sharp:.2f}. "
        f"Right: the narrow minimum with its axis stretched {STRETCH:g} times looks as wide as the other, and the "
        f"rise is still {sharp:.2f}.",
        ko=f"왼쪽은 깊이가 같은 넓은 극소점과 좁은 극소점이 있는 학습 손실, 그리고 {SHIFT:g}만큼 옮겨진 새 데이터의 "
        f"손실입니다. 손실은 넓은 극소점에서 {flat:.2f}, 좁은 극소점에서 {sharp:.2f}만큼 커집니다. 오른쪽은 좁은 "
        f"극소점의 가로축을 {STRETCH:g}배로 늘인 것으로, 넓은 것만큼 평평해 보이지만 상승폭은 그대로 "
        f"{sharp:.2f}입니다.",
    )
    return figure, alt

"""Four activation functions with their derivatives, one panel each."""

import numpy as np
from _canvas import RED_WORDS, Text, panels
from matplotlib.lines import Line2D

from dlbasic import style

LEAK = 0.1
REACH = 4.0


def curves():
    """Name, formula, points of the function, pieces of its derivative, and its jump at 0 if it has one."""
    z = np.linspace(-REACH, REACH, 321)
    # Half the logistic curve is a stretched tanh; the slopes come from differences, not from a formula.
    logistic, tanh = (1 + np.tanh(z / 2)) / 2, np.tanh(z)
    left, right = (-REACH, 0), (0, REACH)
    return (
        ("ReLU", r"$\max(z, 0)$", ([-REACH, 0, REACH], [0, 0, REACH]), [(left, (0, 0)), (right, (1, 1))], (0, 1)),
        (
            "Leaky ReLU",
            rf"$\max(z, {LEAK}\,z)$",
            ([-REACH, 0, REACH], [-LEAK * REACH, 0, REACH]),
            [(left, (LEAK, LEAK)), (right, (1, 1))],
            (LEAK, 1),
        ),
        ("Sigmoid", r"$1\,/\,(1 + e^{-z})$", (z, logistic), [(z, np.gradient(logistic, z, edge_order=2))], None),
        (
            "tanh",
            r"$(e^{z} - e^{-z})\,/\,(e^{z} + e^{-z})$",
            (z, tanh),
            [(z, np.gradient(tanh, z, edge_order=2))],
            None,
        ),
    )


def draw(text: Text):
    figure, axes = panels(4.4, 2, rows=2, left=0.5, right=0.25, bottom=0.5, top=0.7, gap=0.55, vgap=0.75)
    for ax, (name, formula, function, pieces, jump) in zip(axes, curves(), strict=True):
        ax.axhline(0, color=style.MUTED, lw=0.9, ls="-")
        ax.axvline(0, color=style.MUTED, lw=0.9, ls="-")
        ax.plot(*function, color=style.BLUE, ls="-", lw=2.4)
        for piece in pieces:
            ax.plot(*piece, color=style.RED, ls="--", lw=2.0)
        if jump:
            # An open end on each side: the derivative does not exist at 0, and the course takes 0 there for relu.
            ax.plot([0, 0], jump, ls="none", marker="o", ms=5, mfc=style.CARD, mec=style.RED, mew=1.4, zorder=4)
        ax.set_title(f"{name}   {formula}", pad=6)
        high = 4.2 if jump else 1.2
        ax.set(xlim=(-REACH, REACH), ylim=(-0.7 if jump else -1.2, high), xticks=[-4, -2, 0, 2, 4])
        ax.set_yticks([0, 1, 2, 3, 4] if jump else [-1, -0.5, 0, 0.5, 1])
    for ax in axes[2:]:
        ax.set_xlabel("$z$", labelpad=0)
    axes[2].annotate(
        text(en="at most 0.25", ko="최댓값 0.25"),
        xy=(0, 0.25),
        xytext=(0.8, -0.72),
        fontsize=9.5,
        color=RED_WORDS,
        arrowprops={"arrowstyle": "-", "color": style.RED, "lw": 0.8, "shrinkB": 3},
    )
    handles = [Line2D([], [], color=style.BLUE, ls="-", lw=2.4), Line2D([], [], color=style.RED, ls="--", lw=2.0)]
    labels = [text(en="the function", ko="함수"), text(en="its derivative", ko="도함수")]
    figure.legend(handles, labels, loc="upper center", ncols=2, bbox_to_anchor=(0.5, 1.0), handlelength=3)
    alt = text(
        en="Four panels, each with an activation function (solid) and its derivative (dashed). ReLU is 0 and "
        f"then rises with slope 1, its derivative jumps from 0 to 1; leaky ReLU keeps a slope of {LEAK} on "
        "the left; the sigmoid rises from 0 to 1 and its derivative is never above a quarter; tanh rises "
        "from −1 to 1 and its derivative peaks at 1. Far from 0 the derivatives of the last two vanish.",
        ko="네 칸에 활성화 함수(실선)와 그 도함수(파선)를 그렸습니다. ReLU는 0이다가 기울기 1로 올라가며 "
        f"도함수는 0에서 1로 뛰고, 누설 ReLU는 왼쪽에서도 기울기 {LEAK}을 지킵니다. 시그모이드는 0에서 1로 "
        "올라가며 도함수는 1/4을 넘지 않고, tanh는 −1에서 1로 올라가며 도함수의 최댓값은 1입니다. 뒤의 두 "
        "함수는 0에서 멀어지면 도함수가 거의 0이 됩니다.",
    )
    return figure, alt

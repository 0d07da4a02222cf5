"""A line through data: its slope w, its intercept b, and one residual with the square that the MSE averages."""

import numpy as np
from _canvas import RED_WORDS, Text, arrow, panels
from matplotlib.patches import Rectangle

from dlbasic import style

X = np.array([0.5, 1.2, 1.8, 2.6, 3.3, 4.0, 4.9, 5.6, 6.3, 7.2])
NOISE = np.array([0.35, -0.45, 0.30, -0.25, 0.5, -0.35, 1.15, -0.5, -0.1, 0.5])
Y = 0.45 * X + 1.0 + NOISE
MARKED = 6  # the point whose residual is drawn as a square


def draw(text: Text):
    w, b = np.polyfit(X, Y, 1)
    # One unit has the same length on both axes, or the square would not be square.
    figure, (ax,) = panels(3.75, 1, left=0.5, right=0.15, bottom=0.5, top=0.12)
    ax.set(xlim=(-0.35, 9.45), ylim=(0, 5.35), aspect="equal", xticks=range(0, 9, 2), yticks=range(0, 6))
    ax.set_xlabel("$x$", labelpad=0)
    ax.set_ylabel("$y$", rotation=0, labelpad=10)
    line = np.array([0.0, 8.0])
    ax.plot(line, w * line + b, color=style.BLUE, ls="-", lw=2.4)
    ax.text(8.1, w * 8 + b, r"$\hat{y} = wx + b$", color=style.BLUE, va="center", fontsize=13)
    fitted = w * X + b
    ax.vlines(X, fitted, Y, color=style.MUTED, lw=1.2, ls=":")
    ax.plot(X, Y, ls="none", marker="o", ms=7, color=style.ORANGE, mec=style.INK, mew=0.8, zorder=4)

    x, y, y_hat = X[MARKED], Y[MARKED], fitted[MARKED]
    side = y - y_hat
    ax.add_patch(Rectangle((x - side, y_hat), side, side, fc=style.RED, alpha=0.18, lw=0))
    ax.add_patch(Rectangle((x - side, y_hat), side, side, fc="none", ec=style.RED, hatch="////", lw=1.0, alpha=0.7))
    ax.plot([x, x], [y_hat, y], color=style.RED, ls="-", lw=2.6, zorder=3)
    leader = {"arrowstyle": "-", "color": style.RED, "lw": 0.9}
    ax.annotate(
        text(en="residual", ko="잔차") + r"  $y_i - \hat{y}_i$",
        xy=(x, y_hat + 0.6 * side),
        xytext=(x + 0.4, 4.95),
        va="center",
        color=RED_WORDS,
        arrowprops=leader,
    )
    ax.annotate(
        text(en="its square: the MSE is the\nmean of such areas", ko="잔차의 제곱: 이런 넓이의\n평균이 MSE입니다"),
        xy=(x - side, y - 0.25),
        xytext=(x - side - 0.5, 4.75),
        ha="right",
        va="center",
        color=RED_WORDS,
        linespacing=1.35,
        arrowprops=leader,
    )
    # Slope: one step to the right, w up. Intercept: the height at x = 0.
    ax.plot([6.4, 7.4, 7.4], [w * 6.4 + b, w * 6.4 + b, w * 7.4 + b], color=style.INK, ls="-", lw=1.3)
    ax.text(6.9, w * 6.4 + b - 0.25, "1", ha="center", va="center")
    ax.text(7.52, w * 6.9 + b, text(en="slope $w$", ko="기울기 $w$"), va="center")
    arrow(ax, (0, 0), (0, b), head="<|-|>", width=1.3)
    ax.text(0.18, b / 2, text(en="intercept $b$", ko="절편 $b$"), va="center")
    mse = np.mean((Y - fitted) ** 2)
    alt = text(
        en=f"Ten points and the line y = {w:.2f} x + {b:.2f} that fits them best. The slope w is the rise for "
        f"one step to the right, the intercept b the height at x = 0. One residual, {side:.2f} from the line "
        f"up to its point, carries its square; the mean of all ten squares is the MSE, {mse:.2f}.",
        ko=f"점 열 개와 이 점들에 가장 잘 맞는 직선 y = {w:.2f} x + {b:.2f}입니다. 기울기 w는 오른쪽으로 1만큼 "
        f"갈 때 올라가는 높이이고, 절편 b는 x = 0에서의 높이입니다. 직선에서 점까지의 잔차 하나({side:.2f})에 "
        f"그 제곱을 정사각형으로 그렸으며, 정사각형 열 개의 넓이를 평균한 값이 MSE {mse:.2f}입니다.",
    )
    return figure, alt

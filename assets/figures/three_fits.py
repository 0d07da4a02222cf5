"""Underfitting, a good fit, overfitting: polynomials of three degrees through the same noisy points."""

import numpy as np
from _canvas import Text, footnote, panels

from dlbasic import style

DEGREES, POINTS, NOISE, SEED = (1, 5, 11), 14, 0.35, 9


def truth(x):
    return np.sin(4.0 * x + 0.7)


def data() -> tuple[np.ndarray, np.ndarray]:
    x = np.linspace(-1.0, 1.0, POINTS)
    return x, truth(x) + np.random.default_rng(SEED).normal(0.0, NOISE, POINTS)


def errors(degree: int) -> tuple[float, float]:
    """Mean squared error on the points, and the expected one on new points spread evenly over the same range."""
    x, y = data()
    fit = np.polynomial.Polynomial.fit(x, y, degree)
    new = np.linspace(-1.0, 1.0, 2001)
    return float(np.mean((fit(x) - y) ** 2)), float(np.mean((fit(new) - truth(new)) ** 2) + NOISE**2)


def draw(text: Text):
    figure, axes = panels(3.35, 3, left=0.42, bottom=1.18, top=0.62, gap=0.2)
    verdicts = (
        text(en="underfitting", ko="과소적합"),
        text(en="about right", ko="알맞음"),
        text(en="overfitting", ko="과적합"),
    )
    x, y = data()
    grid = np.linspace(-1.0, 1.0, 400)
    for ax, degree, verdict in zip(axes, DEGREES, verdicts, strict=True):
        ax.plot(grid, truth(grid), color=style.MUTED, ls=":", lw=2.2)
        ax.plot(grid, np.polynomial.Polynomial.fit(x, y, degree)(grid), color=style.BLUE, ls="-", lw=2)
        ax.plot(x, y, ls="none", marker="o", ms=5, color=style.ORANGE, mec=style.INK, mew=0.7, zorder=4)
        ax.set(xlim=(-1.08, 1.08), ylim=(-2.3, 2.3), xticks=[-1, 0, 1], yticks=[-2, -1, 0, 1, 2])
        ax.set_title(f"{verdict}\n" + text(en=f"degree {degree}", ko=f"{degree}차"), linespacing=1.3)
        ax.set_xlabel("$x$", labelpad=1)
        if ax is not axes[0]:
            ax.tick_params(labelleft=False)
        own, new = errors(degree)
        words = text(en=f"on these points {own:.3f}\non new ones {new:.3f}", ko=f"이 점들 {own:.3f}\n새 점들 {new:.3f}")
        middle = ax.get_position().x0 + ax.get_position().width / 2
        figure.text(middle, 0.55 / 3.35, words, ha="center", va="center", fontsize=9.5, linespacing=1.35)
    footnote(
        figure,
        text(
            en="Dotted: the true curve.  Solid: the fit.  Numbers: mean squared error.",
            ko="점선: 참 함수   실선: 근사한 다항식   숫자: 평균 제곱 오차",
        ),
        y=0.17,
    )
    (a, b), (c, d), (e, f) = map(errors, DEGREES)
    alt = text(
        en=f"The same {POINTS} noisy points fitted by polynomials of degree {DEGREES[0]}, {DEGREES[1]} and "
        f"{DEGREES[2]}. The line misses the bend: error {a:.3f} on the points and {b:.3f} on new ones. Degree "
        f"{DEGREES[1]} follows the true curve: {c:.3f} and {d:.3f}. Degree {DEGREES[2]} swings through nearly every "
        f"point: {e:.3f}, but {f:.3f}.",
        ko=f"잡음이 섞인 같은 점 {POINTS}개를 {DEGREES[0]}차, {DEGREES[1]}차, {DEGREES[2]}차 다항식으로 근사했습니다. "
        f"직선은 굽은 모양을 놓쳐서 이 점들의 오차가 {a:.3f}, 새 점들의 오차가 {b:.3f}입니다. {DEGREES[1]}차는 참 "
        f"함수를 잘 따라가서 {c:.3f}과 {d:.3f}, {DEGREES[2]}차는 거의 모든 점을 지나도록 출렁여서 {e:.3f}과 "
        f"{f:.3f}입니다.",
    )
    return figure, alt

"""Two classes of points in the plane, and where a classifier would put every other point."""

from __future__ import annotations

import numpy as np

from .. import style
from .words import say

# Class 0 and class 1 differ in colour and in shape.
MARKS = (("o", style.BLUE), ("^", style.ORANGE))
REACH = 1.6


def grid(size: int = 64) -> np.ndarray:
    """Points (size * size, 2) that cover the square from -REACH to REACH, row by row from below."""
    side = np.linspace(-REACH, REACH, size)
    return np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)


def draw_plane(ax, title: str) -> None:
    """The empty square in which the points lie."""
    ax.set(xlim=(-REACH, REACH), ylim=(-REACH, REACH), xlabel="$x_1$", ylabel="$x_2$", title=title)
    ax.set_xticks([-1, 0, 1])
    ax.set_yticks([-1, 0, 1])
    ax.grid(False)


def draw_regions(ax, margin: np.ndarray) -> str:
    """Shades the plane by `margin` (S, S), logit of class 1 minus that of class 0 over `grid(S)`, and its zero line."""
    from matplotlib.colors import LinearSegmentedColormap

    side = np.linspace(-REACH, REACH, len(margin))
    fade = LinearSegmentedColormap.from_list("classes", ["#A9CFE8", style.CARD, "#F4D08B"])
    shade = np.tanh(np.nan_to_num(margin) / 2.0)
    where = {"origin": "lower", "extent": (-REACH, REACH, -REACH, REACH), "aspect": "auto", "zorder": 0}
    # Bands make the picture a third smaller than a smooth slope does; the zero line says where the border is.
    ax.imshow(np.round(shade * 6) / 6, cmap=fade, vmin=-1, vmax=1, **where)
    if shade.min() < 0 < shade.max():
        ax.contour(side, side, shade, levels=[0.0], colors=style.INK, linewidths=1.6, zorder=1)
    return say(
        en="{share:.0%} of the plane goes to class 1 (orange).",
        ko="클래스 1(주황) 영역이 평면의 {share:.0%}.",
        share=float(np.mean(margin > 0)),
    )


def draw_classes(ax, x: np.ndarray, labels: np.ndarray, wrong: np.ndarray) -> str:
    """The points x (N, 2): class 0 as blue circles, class 1 as orange triangles; those in `wrong` (N,) ringed."""
    for label, (marker, color) in enumerate(MARKS):
        mine = x[labels == label]
        ax.plot(*mine.T, marker, color=color, markeredgecolor=style.INK, markeredgewidth=0.6, markersize=6, zorder=3)
    if wrong.any():
        ring = {"color": style.RED, "fillstyle": "none", "markeredgewidth": 1.6, "markersize": 12}
        ax.plot(*x[wrong].T, "o", zorder=4, **ring)
    return say(
        en="{zero} blue circles, {one} orange triangles; {wrong} are on the wrong side (ringed).",
        ko="파란 원 {zero}개, 주황 삼각형 {one}개. 틀린 쪽에 있는 점(빨간 테두리)은 {wrong}개.",
        zero=int(np.sum(labels == 0)),
        one=int(np.sum(labels == 1)),
        wrong=int(wrong.sum()),
    )


def draw_progress_axes(ax, last: int) -> None:
    """Empty axes for a training accuracy over the steps 0 … last."""
    ax.set(xlim=(0, last), ylim=(0, 1.05), xlabel="step", title="training accuracy")


def draw_progress(ax, steps: np.ndarray, accuracy: np.ndarray) -> None:
    """Training accuracy (S,) over the training steps (S,)."""
    ax.plot(steps, accuracy, "-", color=style.BLUE)


def draw_moment(ax, step: int, accuracy: float) -> str:
    """Where on that curve the picture is now."""
    ax.plot([step], [accuracy], "o", color=style.RED, markeredgecolor="white", markersize=10, zorder=5, clip_on=False)
    return say(
        en="At step {step} the training accuracy is {accuracy:.0%}.",
        ko="{step}걸음째 학습 데이터의 정확도 {accuracy:.0%}.",
        step=step,
        accuracy=accuracy,
    )

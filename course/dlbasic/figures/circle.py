"""Views on the unit circle: pairs joined by a line, one view that moves, and the loss at every angle it may take."""

from __future__ import annotations

import numpy as np

from .. import style
from .words import number, say

REACH = 1.6
LEAST, MOST = 0.005, 20.0  # of the losses that are drawn

# Pairs differ in colour and in shape; the first is the one that moves.
MARKS = (
    *(("o", style.RED), ("s", style.BLUE), ("^", style.GREEN), ("D", style.ORANGE)),
    *(("v", style.PURPLE), ("P", style.SKY)),
)


def points(angles) -> np.ndarray:
    """Angles in degrees (N,) as points (N, 2) at distance 1."""
    return np.stack([np.cos(np.radians(angles)), np.sin(np.radians(angles))], axis=-1)


def draw_circle(ax, first: np.ndarray, second: np.ndarray) -> str:
    """The circle with the views that stay: `first` (N, 2), and `second` (N, 2) less the one that moves, number 0."""
    around = points(np.linspace(0, 360, 181))
    ax.plot(*around.T, "-", color=style.GRID, linewidth=1.5, zorder=1)
    for number_, ((marker, color), one, other) in enumerate(zip(MARKS, first, second, strict=False)):
        look = {"color": color, "markeredgecolor": style.INK, "markersize": 9, "zorder": 3}
        ax.plot(*one[:, None], marker, **look)
        if number_:
            ax.plot(*np.stack([one, other]).T, "-", color=color, linewidth=1.4, zorder=2)
            ax.plot(*other[:, None], marker, **look)
    ax.set(xlim=(-REACH, REACH), ylim=(-REACH, REACH), xticks=[-1, 0, 1], yticks=[-1, 0, 1], aspect="equal")
    ax.set_title("views")
    return say(
        en="Left: {n} pairs of views on a circle.",
        ko="왼쪽: 원 위에 놓인 뷰 {n}쌍.",
        n=len(first),
    )


def draw_pairs(ax, views: np.ndarray, title: str) -> str:
    """Directions of the arrows views (2, N, 2) as points of the circle; a line joins the two views of each pair."""
    around = points(np.linspace(0, 360, 181))
    ax.plot(*around.T, "-", color=style.GRID, linewidth=1.5, zorder=1)
    angles = np.degrees(np.arctan2(views[..., 1], views[..., 0]))
    for place, pair in enumerate(points(angles).swapaxes(0, 1)):
        marker, color = MARKS[place % len(MARKS)]
        ax.plot(*pair.T, "-", color=color, linewidth=1.4, zorder=2)
        ax.plot(*pair.T, marker, color=color, markeredgecolor=style.INK, markersize=8, zorder=3, linestyle="none")
    ax.set(xlim=(-1.25, 1.25), ylim=(-1.25, 1.25), xticks=[], yticks=[], aspect="equal")
    ax.set_title(title, fontsize=9.5)
    ax.spines[:].set_visible(False)
    apart = np.abs((angles[0] - angles[1] + 180) % 360 - 180)
    return say(
        en="{title}: the two views of a pair are {apart} degrees apart on average.",
        ko="{title}: 짝이 이루는 각의 평균 {apart}도.",
        title=title.replace("\n", ", "),
        apart=number(round(float(apart.mean()))),
    )


def draw_mover(ax, partner: np.ndarray, place: np.ndarray) -> str:
    """The moving view at `place` (2,), which may be off the circle, joined to its partner (2,)."""
    ax.plot(*np.stack([[0.0, 0.0], place]).T, ":", color=style.MUTED, linewidth=1.2, zorder=2)
    ax.plot(*np.stack([partner, place]).T, "-", color=style.RED, linewidth=2, zorder=4)
    ax.plot(*place[:, None], "o", color=style.RED, markeredgecolor=style.INK, markersize=12, zorder=5)
    return say(
        en="The moving view is at ({x}, {y}).",
        ko="움직이는 뷰의 위치: ({x}, {y}).",
        x=number(round(place[0], 3)),
        y=number(round(place[1], 3)),
    )


def draw_loss_axes(ax, partner: float) -> None:
    """Empty logarithmic axes for the loss at every angle, with a line where the moving view's partner is."""
    ax.set(yscale="log", xlim=(-180, 180), ylim=(LEAST, MOST), xlabel="angle in degrees", title="loss")
    ax.set_xticks(range(-180, 181, 90))
    ax.axvline(partner, color=style.RED, linestyle="--", linewidth=1.4)
    ax.text(partner + 5, MOST / 1.3, "partner", color=style.RED, va="top", fontsize=9.5)


def draw_curve(ax, angles: np.ndarray, losses: np.ndarray) -> str:
    """The loss (M,) at each angle (M,) of the moving view."""
    ok = np.isfinite(losses)
    ax.plot(angles, np.where(ok, losses, np.nan), "-", color=style.BLUE)
    low, high = (losses[ok].min(), losses[ok].max()) if ok.any() else (np.nan, np.nan)
    return say(
        en="Right: the loss at every angle, from {low} to {high}.",
        ko="오른쪽: 각도에 따른 손실, {low}부터 {high}까지.",
        low=number(low),
        high=number(high),
    )


def draw_angle(ax, angle: float, loss: float) -> str:
    """Where on that curve the moving view is."""
    if np.isfinite(loss):
        ax.plot([angle], [loss], "o", color=style.RED, markeredgecolor="white", markersize=10, zorder=5)
    told = {"angle": number(angle), "loss": number(loss)}
    return say(en="At {angle}° the loss is {loss}.", ko="{angle}°에서 손실 {loss}.", **told)

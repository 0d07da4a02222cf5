"""Points and a line through them; the loss after each step."""

from __future__ import annotations

import numpy as np

from .. import style
from .words import number, say


def padded(low: float, high: float, share: float = 0.08) -> tuple[float, float]:
    """The range with a margin of `share` of its width on both sides; never empty."""
    margin = share * (high - low) or 1.0
    return low - margin, high + margin


def draw_points(ax, x: np.ndarray, y: np.ndarray) -> str:
    """The data (N,), (N,) as points; the horizontal line y = 0 is inside, since fitting starts from it."""
    low, high = min(0.0, y.min()), max(0.0, y.max())
    ax.plot(x, y, "o", color=style.BLUE, markersize=5.5, zorder=3)
    ax.set(xlim=padded(x.min(), x.max()), ylim=padded(low, high, 0.15), xlabel="$x$", ylabel="$y$")
    ax.set_title(r"$\hat{y} = w x + b$")
    return say(
        en="{n} points, x from {low} to {high}.",
        ko="점 {n}개, x는 {low}부터 {high}까지.",
        n=len(x),
        low=number(x.min()),
        high=number(x.max()),
    )


def draw_line(ax, x: np.ndarray, y: np.ndarray, w: float, b: float) -> str:
    """The line w x + b with its residuals, the vertical distances from the line to each point."""
    ends = np.array(ax.get_xlim())
    ax.vlines(x, y, w * x + b, color=style.ORANGE, linewidth=1.6, zorder=1)
    ax.plot(ends, w * ends + b, "-", color=style.RED, zorder=2)
    return say(
        en="The line y = {w} x {b}, and a vertical stroke from it to each point.",
        ko="직선 y = {w} x {b}, 그리고 직선에서 각 점까지의 세로선.",
        w=number(w),
        b=f"{'-' if b < 0 else '+'} {number(abs(b))}",
    )


def draw_loss_axes(ax, steps: int, low: float, high: float) -> None:
    """Empty axes for a loss that may run from `low` to `high` in 0 … steps, logarithmic."""
    ax.set(yscale="log", xlim=(-0.02 * steps, steps * 1.02), ylim=(low, high))
    ax.set(xlabel="step", ylabel="loss", title="loss after each step")


def draw_losses(ax, losses: np.ndarray) -> str:
    """The loss (T + 1,) before the first step and after each; says so where it leaves the axes at the top."""
    ax.plot(np.arange(len(losses)), losses, ".-", color=style.RED, linewidth=1.4, markersize=4, zorder=3)
    ax.plot([len(losses) - 1], losses[-1:], "o", color=style.RED, markeredgecolor="white", markersize=9, zorder=4)
    if losses[-1] > ax.get_ylim()[1]:
        label = f"off the chart: {number(losses[-1])} ↑"
        look = {"color": style.RED, "weight": "bold", "bbox": {"facecolor": style.CARD, "edgecolor": "none", "pad": 2}}
        ax.text(0.5, 0.9, label, transform=ax.transAxes, ha="center", va="center", zorder=5, **look)
    return say(
        en="The loss goes from {first} to {last}.",
        ko="손실: {first} → {last}.",
        first=number(losses[0]),
        last=number(losses[-1]),
    )

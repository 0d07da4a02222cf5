"""How sharp minima are, by batch size and by Dinh's rescaling; means with their standard errors and every seed."""

from __future__ import annotations

import numpy as np

from .. import style
from .words import number, say


def error(values: np.ndarray) -> np.ndarray:
    """Standard error of the mean over the first axis."""
    return values.std(axis=0, ddof=1) / np.sqrt(len(values))


def draw_batch_axes(ax, batches: np.ndarray, top: float, accuracy: np.ndarray) -> str:
    """Empty axes for a sharpness of at most `top` at each batch size, with the mean of accuracy (B, seeds) below it."""
    ax.set(xscale="log", xlim=(batches[0] / 1.6, batches[-1] * 1.8), ylim=(0.0, top))
    ax.set(xlabel="batch size / held-out accuracy (%)", ylabel="sharpness", title="each dot: one training run")
    shares = [f"{100 * share:.1f}" for share in accuracy.mean(axis=1)]
    ax.set_xticks(batches, [f"{batch}\n{share}" for batch, share in zip(batches, shares, strict=True)])
    ax.set_xticks([], minor=True)
    ax.yaxis.set_major_formatter("{x:.4f}")  # the same width for every `top`
    ax.grid(axis="x", visible=False)
    listed = ", ".join(f"{batch}: {share} %" for batch, share in zip(batches, shares, strict=True))
    return say(
        en="Held-out accuracy by batch size: {listed}.",
        ko="배치 크기별, 따로 떼어 둔 데이터의 정확도: {listed}.",
        listed=listed,
    )


def draw_runs(ax, batches: np.ndarray, sharpness: np.ndarray, chosen: int) -> str:
    """Every run's sharpness (B, seeds) and the mean at each batch size, with bars of one standard error."""
    means, errors = sharpness.mean(axis=1), error(sharpness.T)
    seeds = sharpness.shape[1]
    # Runs stand to the right of their mean, in the order of their seeds.
    across = batches[:, None] * np.exp(np.linspace(0.15, 0.5, seeds))
    ax.plot(across.ravel(), sharpness.ravel(), ".", color=style.MUTED, markersize=4.5, zorder=2)
    look = {"capsize": 5, "elinewidth": 1.8, "capthick": 1.8, "markersize": 4, "zorder": 3}
    others = np.arange(len(batches)) != chosen
    ax.errorbar(batches[others], means[others], errors[others], fmt="o", color=style.BLUE, **look)
    x, y, top = batches[chosen], means[chosen], ax.get_ylim()[1]
    if y <= top:
        ax.errorbar([x], [y], [errors[chosen]], fmt="s", color=style.RED, **{**look, "markersize": 6})
    else:
        ax.plot([x], [0.94 * top], "^", color=style.RED, markersize=10, zorder=4)
        side = "left" if chosen < len(batches) // 2 else "right"
        room = 1.3 if side == "left" else 1 / 1.3
        words = f"off the chart: {number(y)}"
        ax.text(x * room, 0.94 * top, words, ha=side, va="center", color=style.RED, fontsize=9.5, zorder=4)
    listed = ", ".join(f"{b}: {number(m)} ± {number(e)}" for b, m, e in zip(batches, means, errors, strict=True))
    return say(
        en="Left: sharpness by batch size, mean and standard error of {seeds} runs: {listed}.",
        ko="왼쪽: 배치 크기별 날카로움({seeds}번 학습한 평균 ± 표준 오차). {listed}.",
        seeds=seeds,
        listed=listed,
    )


def draw_factor_axes(ax, factors: np.ndarray, low: float, high: float) -> None:
    """Empty axes for sharpness over the factor of the rescaling."""
    ax.set(xscale="log", yscale="log", xlim=(factors[0] / 1.15, factors[-1] * 1.15), ylim=(low, high))
    ax.set(xlabel=r"$\alpha$ in $(\alpha W_1,\ \alpha b_1,\ W_2 / \alpha)$", title="the same function, rescaled")
    ticks = [0.125, 0.25, 0.5, 1, 2, 4, 8]
    ax.set_xticks(ticks, ["1/8", "1/4", "1/2", "1", "2", "4", "8"])
    ax.set_xticks([], minor=True)
    words = "dotted: all batch sizes, α = 1"
    ax.text(0.5, 0.03, words, transform=ax.transAxes, ha="center", color=style.BLUE, fontsize=9)


def draw_factors(ax, factors: np.ndarray, sharpness: np.ndarray, place: int, plain: np.ndarray) -> str:
    """Sharpness (seeds, A) of one batch size's minima over the factor; dotted lines: all sizes, not rescaled (B,)."""
    mean, spread = sharpness.mean(axis=0), error(sharpness)
    ax.fill_between(factors, mean - spread, mean + spread, color=style.RED, alpha=0.25, linewidth=0, zorder=2)
    ax.plot(factors, mean, "-", color=style.RED, zorder=3)
    ax.plot(factors[place], mean[place], "s", color=style.RED, markeredgecolor="white", markersize=11, zorder=4)
    for value in (plain.min(), plain.max()):
        ax.axhline(value, color=style.BLUE, linestyle=":", linewidth=1.4, zorder=2)
    return say(
        en="Right: rescaling by 1/8 … 8 moves this minimum's sharpness between {low} and {high}; "
        "between dotted lines, the range of all batch sizes as trained.",
        ko="오른쪽: 1/8배부터 8배까지 스케일을 바꾸면 이 극소점의 날카로움이 {low}부터 {high}까지 달라져요. "
        "점선 사이: 학습한 그대로일 때 모든 배치 크기의 범위.",
        low=number(mean.min()),
        high=number(mean.max()),
    )

"""Early stopping: two curves of losses up to where the training stops, and what each patience keeps and costs."""

from __future__ import annotations

import numpy as np

from .. import style
from .words import number, say


def draw_loss_axes(ax, train: np.ndarray, val: np.ndarray) -> str:
    """Both curves of the whole run, faint: what a training that stops never gets to see."""
    top = 1.05 * max(train.max(), val.max())
    if val.min() > 0:
        top = min(top, max(3.0 * val.min(), 1.2 * val[-1]))
    epochs = np.arange(len(val))
    ax.plot(epochs, train, "--", color=style.GRID, linewidth=1.5)
    ax.plot(epochs, val, "-", color=style.GRID, linewidth=1.5)
    # Empty lines for the legend: what they stand for is drawn later, as far as the training gets.
    ax.plot([], [], "-", color=style.RED, label="validation")
    ax.plot([], [], "--", color=style.BLUE, label="training")
    ax.set(xlim=(-0.02 * len(val), 1.02 * len(val)), ylim=(0 if train.min() >= 0 else train.min(), top))
    ax.set(xlabel="epoch", ylabel="loss", title="the run (grey: never computed)")
    ax.legend(loc="upper right", fontsize=9.5)
    return say(
        en="Left: losses of {n} epochs; validation falls from {first} to {least} at epoch {best} and ends at {last}.",
        ko="왼쪽: {n}에포크의 손실. 검증 손실의 처음 {first}, 최솟값 {least}(에포크 {best}), 마지막 {last}.",
        n=len(val),
        first=number(val[0]),
        least=number(val.min()),
        best=int(val.argmin()),
        last=number(val[-1]),
    )


def draw_stop(ax, train: np.ndarray, val: np.ndarray, stop: int, best: int) -> str:
    """The curves as far as they are computed; a dot on the epoch that is kept, a line where the training stops."""
    epochs = np.arange(stop + 1)
    ax.axvspan(best, stop, color=style.SKY, alpha=0.22, linewidth=0, zorder=1)
    ax.plot(epochs, train[: stop + 1], "--", color=style.BLUE, zorder=3)
    ax.plot(epochs, val[: stop + 1], "-", color=style.RED, zorder=3)
    ax.axvline(stop, color=style.INK, linewidth=1.4, zorder=3)
    ax.plot([best], [val[best]], "o", color=style.GREEN, markeredgecolor="white", markersize=10, zorder=5)
    look = {"fontsize": 9.5, "zorder": 6, "bbox": {"facecolor": style.CARD, "edgecolor": "none", "pad": 1.0}}
    side = "right" if stop > 0.6 * len(val) else "left"
    top, shift = ax.get_ylim()[1], (-1 if side == "right" else 1) * 0.015 * len(val)
    ax.text(stop + shift, 0.62 * top, f"stop {stop}", ha=side, color=style.INK, **look)
    place = max(best, 0.12 * len(val)), min(val[best] + 0.06 * top, 0.9 * top)
    ax.text(*place, f"keep {best}", ha="center", color=style.GREEN, **look)
    return say(
        en="A dot marks epoch {best}, which is kept; a line marks epoch {stop}, where the training stops.",
        ko="점: 간직한 에포크 {best}. 세로선: 멈춘 에포크 {stop}.",
        best=best,
        stop=stop,
    )


def draw_price_axes(ax, stops: np.ndarray, kept: np.ndarray, named: dict[int, int], epochs: int) -> str:
    """What each patience costs (epochs computed) and what it gets (validation loss kept).

    named : patience ↦ its place in `stops`, for the few that are written beside their points
    """
    ax.plot(stops + 1, kept, "o", color=style.SKY, markersize=5, zorder=2)
    low, high = kept.min(), kept.max()
    room = 0.12 * (high - low) or 0.1 * abs(high) or 0.1
    ax.set(xlim=(-0.03 * epochs, 1.06 * epochs), ylim=(low - 1.6 * room, high + room))
    ax.set(xlabel="epochs computed", ylabel="validation loss kept", title="price and gain by patience")
    written = -np.inf
    for patience, place in named.items():
        if stops[place] - written > 0.05 * epochs:  # no number over another
            where = {"textcoords": "offset points", "xytext": (1, 6), "ha": "left"}
            ax.annotate(str(patience), (stops[place] + 1, kept[place]), color=style.INK, fontsize=9.5, **where)
            written = stops[place]
    return say(
        en="Right: from patience 1 to the largest, the loss kept goes from {first} to {last}, the epochs from {few} to "
        "{many}.",
        ko="오른쪽: 참을성을 1부터 끝까지 키울 때 간직하는 손실 {first} → {last}, 계산하는 에포크 {few} → {many}.",
        first=number(kept[0]),
        last=number(kept[-1]),
        few=int(stops[0]) + 1,
        many=int(stops[-1]) + 1,
    )


def draw_price(ax, stop: int, kept: float) -> None:
    """Where the chosen patience stands."""
    ax.plot([stop + 1], [kept], "s", color=style.GREEN, markeredgecolor="white", markersize=11, zorder=4)

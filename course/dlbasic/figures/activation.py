"""An activation function, its slope, and the tangent that a claimed slope would give."""

from __future__ import annotations

import numpy as np
from matplotlib.ticker import MultipleLocator

from .. import style
from .lines import padded
from .words import number, say


def draw_curve(ax, z: np.ndarray, values: np.ndarray, name: str) -> str:
    """The function's values (M,) over its inputs z (M,)."""
    finite = values[np.isfinite(values)]
    limits = padded(finite.min(), finite.max(), 0.12) if len(finite) else (-1.0, 1.0)
    ax.plot(z, values, "-", color=style.BLUE)
    ax.set(xlim=(z[0], z[-1]), ylim=limits, xlabel="$z$", title=name)
    ax.xaxis.set_major_locator(MultipleLocator(2))
    return say(
        en="Left: {name} for z from {low} to {high}.",
        ko="왼쪽: {low}부터 {high}까지의 z에서 {name} 함수의 그래프.",
        name=name,
        low=number(z[0]),
        high=number(z[-1]),
    )


def draw_slopes(ax, z: np.ndarray, claimed: np.ndarray | None, measured: np.ndarray, name: str) -> str:
    """The claimed slope as a line, the measured one as open circles at every tenth input; claimed may be None."""
    every = slice(None, None, 10)
    ax.plot(z[every], measured[every], "o", color=style.MUTED, fillstyle="none", markersize=5, label="measured")
    shown = measured if claimed is None else np.concatenate([claimed, measured])
    finite = shown[np.isfinite(shown)]
    if claimed is not None:
        ax.plot(z, claimed, "-", color=style.RED, label=name)
    ax.set(xlim=(z[0], z[-1]), ylim=padded(finite.min(), finite.max(), 0.3) if len(finite) else (-1, 1))
    ax.set(xlabel="$z$", title=f"slope: {name}")
    ax.xaxis.set_major_locator(MultipleLocator(2))
    ax.legend(loc="upper left", fontsize=9, handlelength=1.6, ncols=2, columnspacing=1.0)
    return say(
        en="Right: the slope that {name} claims, and circles where it was measured.",
        ko="오른쪽: {name} 함수가 낸 기울기(선)와 실제로 잰 기울기(동그라미).",
        name=name,
    )


def draw_tangent(ax, z: float, value: float, slope: float | None) -> str:
    """The point (z, value) and a piece of the line through it with the given slope."""
    if slope is not None and np.isfinite(slope):
        reach = np.array([-1.6, 1.6])
        ax.plot(z + reach, value + slope * reach, "--", color=style.RED, zorder=4)
    ax.plot([z], [value], "o", color=style.RED, markeredgecolor="white", markersize=10, zorder=5)
    if slope is None:
        return say(en="The point z = {z}.", ko="점 z = {z}.", z=number(z))
    return say(
        en="At z = {z} a dashed tangent of slope {slope}.",
        ko="z = {z}에서 기울기 {slope}인 접선(점선).",
        z=number(z),
        slope=number(slope),
    )

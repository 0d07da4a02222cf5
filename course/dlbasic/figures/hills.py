"""A surface over the plane as contours, and paths of optimizers down it, told apart by colour and by marker."""

from __future__ import annotations

import numpy as np
from matplotlib.ticker import MultipleLocator

from .. import style
from .words import number, say

# One look for each optimizer, wherever it is drawn.
LOOKS = (
    (style.BLUE, "o"),
    (style.RED, "^"),
    (style.GREEN, "s"),
    (style.ORANGE, "D"),
    (style.PURPLE, "v"),
    (style.SKY, "P"),
    (style.INK, "X"),
)


def draw_hill(ax, height, window, minima: np.ndarray, title: str, size: int = 91) -> str:
    """Contours of height(x, y) over window, closer together near the bottom, and a star at each of minima (K, 2)."""
    from matplotlib.colors import LinearSegmentedColormap

    x, y = np.meshgrid(np.linspace(*window[:2], size), np.linspace(*window[2:], size))
    z = height(x, y)
    # Every band covers a given share of the window: right for a bowl as well as for walls that rise a thousandfold.
    levels = np.unique(np.quantile(z, np.linspace(0.0, 1.0, 11) ** 1.5))
    fade = LinearSegmentedColormap.from_list("hill", [style.CARD, style.SKY])
    # Flat bands: a smooth slope would make every picture half as large again.
    bands = fade(np.linspace(0.0, 0.6, len(levels) - 1))
    ax.contourf(x, y, z, levels=levels, colors=bands, zorder=0)
    ax.contour(x, y, z, levels=levels[1:-1], colors=style.MUTED, linewidths=0.6, linestyles="solid", zorder=1)
    ax.plot(*minima.T, "*", color=style.CARD, markeredgecolor=style.INK, markersize=13, zorder=3)
    draw_plane(ax, window, title)
    return say(
        en="Contours of the surface ({title}), stars at its minima.",
        ko="곡면의 등고선({title})과 극소점(별).",
        title=title,
    )


def draw_bowl(ax, hessian: np.ndarray, bands: int = 11) -> str:
    """Contours of p . hessian p / 2 over the axes as they stand: ellipses, so quick that they may move."""
    from matplotlib.collections import PolyCollection
    from matplotlib.colors import LinearSegmentedColormap

    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    corners = np.array([(x, y) for x in (left, right) for y in (low, high)])
    top = 0.5 * np.einsum("ki,ij,kj->k", corners, hessian, corners).max()
    # Evenly spaced along a radius, as contours of a bowl are.
    radii = np.sqrt(2.0 * top) * np.linspace(1.0, 0.0, bands, endpoint=False)
    angle = np.linspace(0.0, 2.0 * np.pi, 121)
    curvature, axes = np.linalg.eigh(hessian)
    ring = (np.stack([np.cos(angle), np.sin(angle)], axis=1) / np.sqrt(curvature)) @ axes.T
    fade = LinearSegmentedColormap.from_list("hill", [style.CARD, style.SKY])
    look = {"facecolors": fade(np.linspace(0.6, 0.0, bands)), "edgecolors": style.MUTED, "linewidths": 0.6}
    ax.add_collection(PolyCollection(radii[:, None, None] * ring, zorder=0, **look), autolim=False)
    ax.plot([0.0], [0.0], "*", color=style.CARD, markeredgecolor=style.INK, markersize=13, zorder=3)
    return say(
        en="Contours of a quadratic with condition number {condition}, a star at its minimum.",
        ko="조건수 {condition}인 이차식의 등고선과 극소점(별).",
        condition=number(curvature[1] / curvature[0]),
    )


def draw_plane(ax, window, title: str) -> None:
    """Empty axes for a surface over window (x low, x high, y low, y high)."""
    ax.set(xlim=window[:2], ylim=window[2:], xlabel="$w_1$", ylabel="$w_2$", title=title)
    ax.xaxis.set_major_locator(MultipleLocator(1))
    ax.yaxis.set_major_locator(MultipleLocator(1))
    ax.grid(False)


def draw_path(ax, path: np.ndarray, color: str, marker: str) -> None:
    """The points (T + 1, 2) visited, the last one large; drawn as far as the third point outside the axes."""
    corner, opposite = np.transpose([ax.get_xlim(), ax.get_ylim()])
    with np.errstate(invalid="ignore"):
        outside = np.flatnonzero(~((path >= corner) & (path <= opposite)).all(axis=1))
    seen = path[: outside[:3][-1] + 1] if len(outside) else path
    # Far outside a line says nothing but its direction, and huge coordinates cost the renderer dear.
    room = opposite - corner
    seen = np.clip(np.nan_to_num(seen, posinf=1e9, neginf=-1e9), corner - 3 * room, opposite + 3 * room)
    every = max(1, len(seen) // 12)
    ax.plot(*seen.T, "-", color=color, marker=marker, markersize=4, markevery=every, linewidth=1.3, zorder=4)
    ax.plot(*seen[-1], marker, color=color, markeredgecolor="white", markersize=9, zorder=6)


def draw_start(ax, start: np.ndarray) -> str:
    """Where all paths begin."""
    ax.plot(*start, "o", color=style.CARD, markeredgecolor=style.INK, markeredgewidth=2, markersize=9, zorder=7)
    return say(en="Start at ({x}, {y}).", ko="출발점: ({x}, {y}).", x=number(start[0]), y=number(start[1]))

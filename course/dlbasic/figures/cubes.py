"""A batch of images as a cube of numbers, pulled apart into its samples: which numbers share one mean?"""

from __future__ import annotations

import functools
import string

import numpy as np
from matplotlib import colors
from matplotlib.collections import PolyCollection
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D

from .. import style
from .words import say

TALL, SLANT, GAP = 0.72, 0.3, 1.0  # a row's height, how far it leans to the right, and the room between samples


def corners(samples: int, channels: int, pixels: int) -> np.ndarray:
    """The four corners (samples · channels · pixels, 4, 2) of each number's cell, sample by sample."""
    n, c, k = (part.ravel() for part in np.indices((samples, channels, pixels)))
    top = n * (channels * TALL + GAP) + c * TALL
    down = np.stack([top, top, top + TALL, top + TALL], axis=1)
    lean = SLANT * (channels * TALL - (down - (n * (channels * TALL + GAP))[:, None])) / TALL
    across = np.stack([k, k + 1, k + 1, k], axis=1) + lean
    return np.stack([across, down], axis=2)


def draw_cube_axes(ax, shape: tuple[int, int, int], title: str, *, named: bool) -> None:
    """Empty axes for one cube (samples, channels, pixels); `named` writes the samples' names beside it."""
    samples, channels, pixels = shape
    high = samples * (channels * TALL + GAP) - GAP
    ax.set(xlim=(-0.25, pixels + SLANT * channels + 0.15), ylim=(high + 0.2, -0.3), title=title, xticks=[])
    ax.grid(False)
    ax.spines[:].set_visible(False)
    middles = [n * (channels * TALL + GAP) + channels * TALL / 2 for n in range(samples)]
    names = [f"sample {n + 1}\n{channels} channels\n× {pixels} pixels" for n in range(samples)]
    ax.set_yticks(middles, names if named else [""] * samples)
    ax.tick_params(axis="y", length=0, labelcolor=style.INK, labelsize=9.5)


def draw_cube(ax, groups: np.ndarray, changed: np.ndarray | None, chosen: tuple[int, int, int]) -> None:
    """Numbers (samples, channels, pixels) in the colour and letter of their group; those that change stand out.

    changed : bool, of the same shape, or None when nobody knows. chosen : the number that is changed, ringed.
    """
    cells = corners(*groups.shape)
    strong = np.zeros(groups.size, dtype=bool) if changed is None else changed.ravel()
    paper = np.array(colors.to_rgb(style.CARD))
    palette = np.array([colors.to_rgb(color) for color in style.CYCLE])[groups.ravel() % len(style.CYCLE)]
    faces = np.where(strong[:, None], 0.65 * palette + 0.35 * paper, 0.28 * palette + 0.72 * paper)
    for part, edge, width, order in ((~strong, style.CARD, 0.8, 2), (strong, style.INK, 1.5, 3)):
        look = {"facecolors": faces[part], "edgecolors": edge, "linewidths": width, "zorder": order}
        ax.add_collection(PolyCollection(cells[part], **look), autolim=False)
    letters = PathPatch(_letters(tuple(groups.ravel()), groups.shape), color=style.INK, linewidth=0, zorder=5)
    ax.add_artist(letters)  # add_patch would look for the limits of every curve in it
    middle = cells[np.ravel_multi_index(chosen, groups.shape)].mean(axis=0)
    ring = {"markerfacecolor": "white", "markeredgecolor": style.INK, "markeredgewidth": 2, "markersize": 13}
    ax.plot(*middle, "o", zorder=4, **ring)


def describe(title: str, groups: np.ndarray, changed: np.ndarray | None) -> str:
    """One cube in words."""
    count = int(groups.max()) + 1
    if changed is None:
        return say(en="{title}: {n} means.", ko="{title}: 평균 {n}개.", title=title, n=count)
    n, c, k = (len(np.unique(places)) for places in np.nonzero(changed))
    return say(
        en="{title}: {count} means; {total} numbers change, in {n} samples, {c} channels, {k} pixels.",
        ko="{title}: 평균 {count}개, 함께 바뀌는 수 {total}개(샘플 {n}, 채널 {c}, 픽셀 {k}).",
        title=title,
        count=count,
        total=int(changed.sum()),
        n=n,
        c=c,
        k=k,
    )


@functools.lru_cache(maxsize=64)
def _letters(groups: tuple[int, ...], shape: tuple[int, int, int]) -> Path:
    """A letter in the middle of each cell, as one path: 48 texts would take longer than all the rest."""
    middles = corners(*shape).mean(axis=1)
    paths = []
    for group, middle in zip(groups, middles, strict=True):
        letter = _letter(string.ascii_uppercase[group])
        paths.append(Affine2D().scale(1.25, -1).translate(*middle).transform_path(letter))
    return Path.make_compound_path(*paths)


@functools.cache
def _letter(letter: str) -> Path:
    path = TextPath((0, 0), letter, size=0.52, prop=FontProperties(family="DejaVu Sans"))
    low, high = path.vertices.min(axis=0), path.vertices.max(axis=0)
    return Path(path.vertices - (low + high) / 2, path.codes)

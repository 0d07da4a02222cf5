"""How near each optimizer has come to the minimum: one lane for each, the finish on the right."""

from __future__ import annotations

import numpy as np

from .. import style
from .hills import LOOKS
from .words import number, say

FARTHEST, FINISH, EDGE = 30.0, 1e-5, 3e-10  # the room between FINISH and EDGE is for the numbers


def draw_lanes(ax, names: list[str]) -> None:
    """Empty lanes, the first name on top; distance is logarithmic and falls to the right."""
    ax.set(xscale="log", xlim=(4 * FARTHEST, EDGE), ylim=(len(names) - 0.4, -0.6), title="distance to the minimum")
    ax.set_xticks(10.0 ** np.arange(1, -6, -2))
    ax.set_xticks([], minor=True)
    ax.set_yticks(range(len(names)), names)
    ax.tick_params(axis="y", length=0, labelcolor=style.INK)
    ax.axvline(FINISH, color=style.MUTED, linestyle=":", linewidth=1.2)
    ax.grid(axis="y", visible=False)


def draw_runners(ax, first: float, distances: np.ndarray, notes: list[str]) -> str:
    """Each lane's stroke from the distance `first` to its own of distances (K,); a note replaces a lane's number."""
    for lane, (distance, note) in enumerate(zip(distances, notes, strict=True)):
        color, marker = LOOKS[lane % len(LOOKS)]
        if not np.isnan(distance):
            ends = np.clip([first, distance], FINISH, FARTHEST)
            look = {"markersize": 9, "markeredgecolor": "white", "markevery": [1]}
            ax.plot(ends, [lane, lane], "-", color=color, marker=marker, linewidth=1.6, zorder=3, **look)
        words, look = (note, {"color": style.RED}) if note else (number(distance), {"color": style.INK})
        ax.text(EDGE * 1.4, lane, words, ha="right", va="center", fontsize=9.5, zorder=4, **look)
    done = int(np.sum(np.nan_to_num(distances, nan=np.inf) <= FINISH))
    return say(
        en="One lane for each optimizer, from distance {first} on; {done} of {n} are within 0.00001.",
        ko="옵티마이저마다 한 줄. 출발할 때의 거리 {first}, 0.00001 안에 들어온 옵티마이저: {n}개 가운데 {done}개.",
        first=number(first),
        done=done,
        n=len(notes),
    )

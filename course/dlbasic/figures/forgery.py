"""Real numbers, forged numbers and the judge between them: the first figure of the GAN paper (arXiv 1406.2661)."""

from __future__ import annotations

import numpy as np
from matplotlib.ticker import MaxNLocator

from .. import style
from .words import number, say

TOP = 1.6


def draw_forgery(ax, real, forger, places: np.ndarray, logits: np.ndarray, title: str) -> str:
    """Densities of `real` and `forger`, each (centre, spread), and how likely the judge finds it that a number is real.

    logits : the judge's, (M,) at places (M,)
    """
    chance = 0.5 * (1 + np.tanh(np.asarray(logits) / 2))
    ax.plot(places, _bell(places, *real), ":", color=style.INK, label="real")
    ax.plot(places, _bell(places, *forger), "-", color=style.GREEN, label="forged")
    ax.plot(places, chance, "--", color=style.BLUE, linewidth=1.6, label="judge: chance of real")
    ax.set(xlim=(places[0], places[-1]), ylim=(0, TOP), yticks=[0, 1])
    ax.xaxis.set_major_locator(MaxNLocator(4, integer=True))
    ax.set_title(title, fontsize=9.5)
    return say(
        en="{title}; at the centre the judge says real with {chance}.",
        ko="{title}. 그 중심에서 심판이 보는 진짜일 확률 {chance}.",
        title=title.replace("\n", ": "),
        chance=number(round(float(np.interp(forger[0], places, chance)), 2)),
    )


def _bell(x: np.ndarray, centre: float, spread: float) -> np.ndarray:
    """The normal density; a spread of next to nothing is drawn as the narrowest bell that can be seen."""
    spread = max(abs(spread), 0.02)
    return np.exp(-(((x - centre) / spread) ** 2) / 2) / (spread * np.sqrt(2 * np.pi))

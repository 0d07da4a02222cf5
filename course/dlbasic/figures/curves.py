"""Losses of one or several runs over the steps."""

from __future__ import annotations

import numpy as np
from matplotlib.ticker import MaxNLocator

from .words import number, say


def as_runs(losses, labels=None) -> dict[str, np.ndarray]:
    """Runs by name, from one sequence of numbers, a list of such sequences, or a dict of them.

    Raises ValueError when there is nothing to draw, when a run is no sequence of numbers, or labels don't match.
    """
    if isinstance(losses, dict):
        labels, losses = list(losses), list(losses.values())
    elif len(losses) and np.ndim(losses[0]) == 0:
        losses = [losses]
    if isinstance(labels, str):
        labels = [labels]
    if labels is None:
        labels = ["loss"] if len(losses) == 1 else [f"run {i + 1}" for i in range(len(losses))]
    if not len(losses) or len(labels) != len(losses):
        raise ValueError(f"there are {len(losses)} runs of losses and {len(labels)} labels")
    runs = {str(label): np.asarray(run, dtype=float) for label, run in zip(labels, losses, strict=True)}
    for label, run in runs.items():
        if run.ndim != 1 or not len(run):
            raise ValueError(f"the losses of {label!r} must be a sequence of numbers; got shape {run.shape}")
    return runs


def draw_runs(ax, runs: dict[str, np.ndarray], unit: str, what: str = "loss", every: int = 1) -> str:
    """One line a run; logarithmic when the losses (or whatever `what` says) span more than a factor of 50.

    every : how many units lie between two losses
    """
    parts = []
    for label, run in runs.items():
        marker = "o" if len(run) <= 12 else None
        at = every * np.arange(len(run))
        ax.plot(at, np.where(np.isfinite(run), run, np.nan), label=label, marker=marker, markersize=4)
        parts.append(f"{label} {number(run[0])} → {number(run[-1])}")
    seen = np.concatenate([run[np.isfinite(run)] for run in runs.values()])
    if len(seen) and seen.min() > 0 and seen.max() > 50 * seen.min():
        ax.set_yscale("log")
    ax.set(xlabel=unit, ylabel=what)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    if len(runs) > 1:
        ax.legend()
    lost = sum(int((~np.isfinite(run)).sum()) for run in runs.values())
    gaps = say(en=" {lost} values are nan or inf.", ko=" nan이나 inf가 {lost}개 있어요.", lost=lost) if lost else ""
    words = {"en": "Loss, first to last: {all}.", "ko": "손실(처음 → 마지막): {all}."}
    if what != "loss":
        words = {"en": "Curves of “{what}”, first to last: {all}.", "ko": "“{what}” 곡선(처음 → 마지막): {all}."}
    return say(**words, what=what, all="; ".join(parts)) + gaps

"""DLBasic, the learner's package: checks, hints, progress, data, figures and widgets for the course's notebooks."""

from __future__ import annotations

from importlib import import_module

from dlbasic.desk import chapter, check, hint, progress
from dlbasic.session import draws as _draws

__version__ = "0.1.0"

# Figures, widgets and data are imported when they are first asked for: ipywidgets alone costs more than all the rest.
_LAZY = {
    "scoreboard": "dlbasic.board",  # it keeps scores, which the notebook needs even where nothing is drawn
    "digits": "dlbasic.data",
    "mnist": "dlbasic.downloads",
    "fashion_mnist": "dlbasic.downloads",
    "fit_by_hand": "dlbasic.widgets",
    "descent": "dlbasic.widgets",
    "activation_explorer": "dlbasic.widgets",
    "softmax_explorer": "dlbasic.widgets",
    "playground": "dlbasic.widgets",
    "digit_viewer": "dlbasic.widgets",
    "milestones": "dlbasic.widgets",
    "attention_explorer": "dlbasic.widgets",
    "residual_explorer": "dlbasic.widgets",
    "contrastive_explorer": "dlbasic.widgets",
    "degree_explorer": "dlbasic.widgets",
    "lr_explorer": "dlbasic.widgets",
    "optimizer_race": "dlbasic.widgets",
    "sharpness_explorer": "dlbasic.widgets",
    "patience_explorer": "dlbasic.widgets",
    "mixing_explorer": "dlbasic.widgets",
    "dropout_explorer": "dlbasic.widgets",
    "norm_histograms": "dlbasic.widgets",
    "normalization_cubes": "dlbasic.widgets",
    "sliding_kernel": "dlbasic.widgets",
    "flip_explorer": "dlbasic.widgets",
    "filter_stacks": "dlbasic.widgets",
    "arithmetic_explorer": "dlbasic.widgets",
    "field_explorer": "dlbasic.widgets",
    "budget_explorer": "dlbasic.widgets",
    "plot_losses": "dlbasic.figures",
    "show_digits": "dlbasic.figures",
    "plot_shares": "dlbasic.figures",
    "show_corridor": "dlbasic.figures",
    "show_forgery": "dlbasic.figures",
    "show_sizes": "dlbasic.figures",
    "show_views": "dlbasic.figures",
    "show_weights": "dlbasic.figures",
    "budget_bars": "dlbasic.figures",
}

_DRAWN = ("dlbasic.widgets", "dlbasic.figures")

__all__ = ["chapter", "check", "hint", "progress", *_LAZY]


def __getattr__(name: str):
    if name in _LAZY:
        # No score depends on a picture: while submissions are graded none is drawn, which halves the time of each.
        if _LAZY[name] in _DRAWN and not _draws():
            return _draw_nothing
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module 'dlbasic' has no attribute {name!r}")


def _draw_nothing(*data, **options) -> None:
    """Stands for every figure and widget while submissions are graded."""

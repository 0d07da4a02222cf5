"""One look for every figure: a palette that colour-blind readers can tell apart, on a light card.

The card is opaque, so that a figure is as legible on JupyterLab's dark theme as on its light one.
"""

from __future__ import annotations

from contextlib import contextmanager

# Okabe & Ito (2008), "Color Universal Design". Yellow is left out: it is too faint for lines on a light card.
BLUE = "#0072B2"
ORANGE = "#E69F00"
GREEN = "#009E73"
RED = "#D55E00"
PURPLE = "#CC79A7"
SKY = "#56B4E9"
INK = "#1F2430"
MUTED = "#5B6472"
GRID = "#D9DCE3"
CARD = "#FBFBF8"

CYCLE = (BLUE, RED, GREEN, ORANGE, PURPLE, SKY)
# Lines differ in dash as well as in colour, so that a figure survives a grey printer.
DASHES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 1)))

RC = {
    "figure.facecolor": CARD,
    "axes.facecolor": CARD,
    "savefig.facecolor": CARD,
    "figure.figsize": (6.4, 3.6),
    "figure.dpi": 100,
    "font.size": 11,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "axes.titlecolor": INK,
    "axes.titlesize": 12,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "axes.axisbelow": True,
    "text.color": INK,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "lines.linewidth": 2.0,
    "legend.frameon": False,
    "image.cmap": "cividis",
    "image.interpolation": "nearest",
    "svg.fonttype": "path",
    "svg.hashsalt": "dlbasic",
}


def _with_cycle() -> dict:
    from cycler import cycler

    return {**RC, "axes.prop_cycle": cycler(color=CYCLE) + cycler(linestyle=DASHES)}


def use() -> None:
    """Set the style for every figure drawn from here on (what `chapter()` does for a notebook)."""
    import matplotlib

    matplotlib.rcParams.update(_with_cycle())


@contextmanager
def style():
    """The style for the figures drawn inside the `with` block, and no other."""
    import matplotlib

    with matplotlib.rc_context(_with_cycle()):
        yield

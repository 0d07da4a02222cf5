"""Figures that stand still: shown below the cell with their alternative text, and returned to nobody."""

from __future__ import annotations

import base64
import io

import numpy as np
from matplotlib.figure import Figure

from .. import style
from . import curves
from . import digits as digit_figures
from .png import DPI, img, new_figure

MOST_DIGITS = 50


def plot_losses(losses, labels=None, unit: str = "step", what: str = "loss", every: int = 1) -> None:
    """Draw the losses of one run (a sequence of numbers) or of several (a list of sequences, or a dict by name).

    unit : what one loss stands for, "step" or "epoch"; the label of the horizontal axis.
    what : the label of the vertical axis, for numbers that are no losses.
    every : how many units lie between two losses, where only some were kept.
    Raises ValueError when there is nothing to draw or the labels don't match.
    """
    runs = curves.as_runs(losses, labels)
    with style.style():
        figure = new_figure(6.4, 3.4)
        alt = curves.draw_runs(figure.subplots(), runs, unit, what, every)
        show(figure, alt)


def show_digits(images, labels=None) -> None:
    """Draw digits (N, 64) or (N, 8, 8) ten to a row, the first 50 at most, with a label above each if there are any.

    Raises ValueError for images of another shape, or for fewer labels than images.
    """
    images = digit_figures.as_images(images)
    if labels is not None:
        labels = np.atleast_1d(labels)
        if len(labels) != len(images):
            raise ValueError(f"there are {len(images)} images and {len(labels)} labels")
        labels = labels[:MOST_DIGITS]
    images = images[:MOST_DIGITS]
    if not len(images):
        raise ValueError("there is no image to show")
    columns = min(10, len(images))
    rows = -(-len(images) // columns)
    with style.style():
        figure = new_figure(0.68 * columns + 0.1, rows * (0.68 if labels is None else 0.88) + 0.1)
        alt = digit_figures.draw_digits(figure.subplots(rows, columns, squeeze=False).ravel(), images, labels)
        show(figure, alt)


def show(figure: Figure, alt: str) -> None:
    """Put a figure below the cell, with its alternative text."""
    from IPython.display import display

    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=DPI)
    png, width = out.getvalue(), round(figure.get_figwidth() * 100)
    # JupyterLab shows the HTML, whose image carries its alternative text; where HTML is stripped the image is left.
    bundle = {
        "text/html": img(png, alt, width),
        "image/png": base64.b64encode(png).decode("ascii"),
        "text/plain": alt,
    }
    display(bundle, raw=True, metadata={"image/png": {"width": width, "alt": alt}})

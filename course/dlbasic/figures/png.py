"""From a matplotlib Figure to an HTML image that carries its alternative text. No pyplot: nothing is shown twice."""

from __future__ import annotations

import base64
import io
from html import escape

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

DPI = 120  # against 100 CSS pixels an inch: text stays sharp on a dense screen, and a picture is encoded in a few ms


def new_figure(width: float, height: float) -> Figure:
    """A figure on its own canvas, unknown to pyplot; width and height in inches of 100 CSS pixels."""
    figure = Figure(figsize=(width, height), dpi=DPI)
    FigureCanvasAgg(figure)
    arrange(figure)
    return figure


def arrange(figure: Figure) -> None:
    """Let the next drawing place the axes so that no label is cut off."""
    figure.set_layout_engine("constrained", w_pad=0.1, h_pad=0.08, wspace=0.04)


def encode(figure: Figure) -> bytes:
    """What stands on the figure's canvas, as PNG; quick rather than small."""
    pixels = np.asarray(figure.canvas.buffer_rgba())[..., :3]
    out = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(out, "PNG", compress_level=1)
    return out.getvalue()


def img(png: bytes, alt: str, width: int, css: str = "") -> str:
    """An HTML image `width` CSS pixels wide (less where there is less room) that carries its own bytes."""
    height = int.from_bytes(png[20:24], "big") * width // int.from_bytes(png[16:20], "big")
    data = base64.b64encode(png).decode("ascii")
    # decoding="sync": a new picture takes the old one's place in one paint, without a blank in between.
    return (
        f'<img alt="{escape(alt)}" src="data:image/png;base64,{data}" width="{width}" height="{height}" '
        f'decoding="sync" style="display:block; max-width:100%; height:auto; border-radius:6px; {css}">'
    )

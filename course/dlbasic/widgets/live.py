"""A picture that keeps up with a slider: what stands still is drawn once, only what moves is drawn again.

No pyplot: a figure made here is shown once, where its widget is, and is gone with it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from html import escape

import ipywidgets

from .. import style
from ..figures.png import arrange, encode, img, new_figure

WIDTH = 6.8  # inches, so 680 CSS pixels: fits a notebook 700 pixels wide
# JupyterLab hands the messages of different sliders to different threads of the kernel; two that drew at once would mix
# their pictures (and matplotlib's style is one for all).
DRAWING = threading.RLock()
BORDERS = {"plain": "transparent", "good": style.GREEN, "alarm": style.RED}


class LivePicture(ipywidgets.HTML):
    """A figure with `columns` axes side by side, its alternative text, and a line below that says what it shows.

    `hold(draw)` draws what stands still, `show(draw, state)` what moves; each `draw` takes the axes, and returns the
    alternative text of its part. ipywidgets.Image cannot carry alternative text, HTML can.
    """

    def __init__(self, *, height: float = 3.1, columns: int = 2, ratios: tuple[float, ...] | None = None):
        super().__init__(layout=ipywidgets.Layout(width="auto", margin="4px 0 0 0"))
        self.png, self.alt, self.state, self.mood = b"", "", "", "plain"
        with DRAWING, style.style():
            self.figure = new_figure(WIDTH, height)
            self.axes = tuple(self.figure.subplots(1, columns, squeeze=False, width_ratios=ratios)[0])
        self._background, self._still = None, ""
        self.handlers = ""  # HTML attributes by which a picture takes part in what the mouse does

    def hold(self, draw: Callable, *, arranged: bool = False) -> None:
        """Empty the axes, draw what stands still, and keep it as the background of every picture to come.

        arranged : True leaves the axes where an earlier `hold` placed them, which takes half the time
        """
        with DRAWING, style.style():
            for ax in self.axes:
                ax.clear()
            if not (arranged and self._background):
                arrange(self.figure)
            self._still = draw(*self.axes) or ""
            for ax in self.axes:
                ax.autoscale(False)
            self.figure.canvas.draw()
            # From here on the axes stay where they are, whatever is drawn over them.
            self.figure.set_layout_engine("none")
        self._background = self.figure.canvas.copy_from_bbox(self.figure.bbox)

    def show(self, draw: Callable, state: str, mood: str = "plain") -> None:
        """Draw what moves over the background and put it on the screen, with `state` below in words.

        mood : "plain", "good" or "alarm", seen as the colour of the frame; `state` must say the same in words.
        """
        with DRAWING:
            self.figure.canvas.restore_region(self._background)
            moving = self._draw_over(draw)
            self.png = encode(self.figure)
            self.alt, self.state, self.mood = f"{self._still} {moving}".strip() or state, state, mood
            self.value = self._html()

    def _html(self) -> str:
        frame = f"box-sizing:border-box; border:3px solid {BORDERS[self.mood]};"
        sign = {"plain": "", "good": "✓ ", "alarm": "⚠ "}[self.mood]
        handlers = f" {self.handlers}" if self.handlers else ""
        return (
            f'<div class="dlbasic-picture" data-mood="{self.mood}" style="max-width:{int(WIDTH * 100)}px"{handlers}>'
            f"{img(self.png, self.alt, int(WIDTH * 100), frame)}"
            # Two lines are kept free, so that the page below does not jump while a slider moves.
            '<div role="status" aria-live="polite" style="min-height:2.9em; padding:4px 2px; line-height:1.45; '
            "color:var(--jp-content-font-color1); font-size:var(--jp-content-font-size1); "
            f'font-family:var(--jp-content-font-family); overflow-wrap:anywhere">{sign}{escape(self.state)}</div></div>'
        )

    def _draw_over(self, draw: Callable) -> str:
        before = [{id(child) for child in ax.get_children()} for ax in self.axes]
        added = []
        try:
            with style.style():
                text = draw(*self.axes)
                for ax, known in zip(self.axes, before, strict=True):
                    added += [(ax, child) for child in ax.get_children() if id(child) not in known]
                for ax, child in sorted(added, key=lambda pair: pair[1].get_zorder()):
                    ax.draw_artist(child)
        finally:
            for _, child in added:
                child.remove()
        return text or ""

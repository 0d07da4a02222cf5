"""The mouse on a picture: where it is pressed or dragged, in the picture's own coordinates. Sliders serve the keyboard.

Needs no extension of JupyterLab's: the page writes the place into a hidden text field, whose value comes to the kernel.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from html import escape

import ipywidgets

from .live import DRAWING, LivePicture

# Every picture takes the place of the last one, even while the mouse is held down: what is held is the panel.
FOLLOW = """
const panel = this.closest('.dlbasic-panel'), image = this.querySelector('img'), box = image.getBoundingClientRect();
if (event.type === 'pointerdown' && event.target === image && event.button === 0) {
    panel.dataset.held = '';
    window.addEventListener('pointerup', () => { delete panel.dataset.held; }, {once: true});
}
if (!('held' in panel.dataset)) return;
const field = panel.querySelector('.dlbasic-pointer input');
const across = (event.clientX - box.left - image.clientLeft) / image.clientWidth;
const down = (event.clientY - box.top - image.clientTop) / image.clientHeight;
field.value = across + ' ' + down;
field.dispatchEvent(new Event('input', {bubbles: true}));
"""
_FOLLOW = escape(" ".join(FOLLOW.split()))
HANDLERS = f'onpointerdown="{_FOLLOW}" onpointermove="{_FOLLOW}" ondragstart="return false"'


class Pointer(ipywidgets.Text):
    """Calls `move(x, y)` with the place in `ax` of `picture` that the mouse is held on; elsewhere nothing happens.

    Its value is that place as two fractions of the picture's size, from the left and from the top.
    """

    def __init__(self, picture: LivePicture, ax, move: Callable[[float, float], None]):
        super().__init__(layout=ipywidgets.Layout(display="none"))
        self.add_class("dlbasic-pointer")
        self.picture, self.ax, self.move = picture, ax, move
        self.observe(self._follow, "value")

    def _follow(self, change) -> None:
        with DRAWING:
            inside = self._inside(change["new"])
            if inside:
                self.move(*inside)

    def _inside(self, text: str) -> tuple[float, float] | None:
        try:
            across, down = map(float, text.split())
        except ValueError:
            return None
        if not (math.isfinite(across) and math.isfinite(down)):
            return None
        room = self.picture.figure.bbox
        pixel = across * room.width, (1.0 - down) * room.height
        if not self.ax.bbox.contains(*pixel):
            return None
        x, y = self.ax.transData.inverted().transform(pixel)
        return float(x), float(y)

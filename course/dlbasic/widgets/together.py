"""Several sliders that the mouse sets at once: one picture at the end, and none in between."""

from __future__ import annotations

from collections.abc import Callable

from .panel import Panel


class Together:
    """Stands between a panel's sliders and its `redraw`: `panel.on(names, together.redraw)`."""

    def __init__(self, panel: Panel, redraw: Callable[[], None]):
        self.panel, self._redraw, self._held = panel, redraw, False

    def redraw(self) -> None:
        if not self._held:
            self._redraw()

    def set(self, **values: int) -> None:
        """Give controls new values by name; nothing is drawn when they have them already."""
        if all(self.panel[name] == value for name, value in values.items()):
            return
        self._held = True
        try:
            for name, value in values.items():
                self.panel.controls[name].value = value
        finally:
            self._held = False
        self._redraw()

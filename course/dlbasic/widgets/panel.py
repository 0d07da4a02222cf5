"""Controls above, picture below: the one layout of every interactive figure."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets

from .live import DRAWING, LivePicture
from .pointer import HANDLERS, Pointer

# A label is never cut off, however long it is in either language.
STYLE = {"description_width": "initial"}


def slider(label: str, value: float, low: float, high: float, step: float, form: str = ".2f") -> ipywidgets.FloatSlider:
    """A slider over real numbers; redraws while it moves."""
    return ipywidgets.FloatSlider(
        value, min=low, max=high, step=step, description=label, readout_format=form, style=STYLE, layout=_across()
    )


def log_slider(label: str, value: float, low: float, high: float) -> ipywidgets.FloatLogSlider:
    """A slider over positive numbers whose steps are factors; `low` and `high` are powers of ten."""
    return ipywidgets.FloatLogSlider(
        value, min=low, max=high, step=0.02, description=label, readout_format=".3g", style=STYLE, layout=_across()
    )


def counter(label: str, value: int, low: int, high: int, step: int = 1) -> ipywidgets.IntSlider:
    """A slider over whole numbers."""
    return ipywidgets.IntSlider(
        value, min=low, max=high, step=step, description=label, style=STYLE, layout=_across()
    )


def choice(label: str, options: list) -> ipywidgets.ToggleButtons:
    """One of several names, as buttons: keys pressed in a drop-down reach JupyterLab's shortcuts."""
    return ipywidgets.ToggleButtons(
        options=options,
        description=label,
        style={**STYLE, "button_width": "max-content"},
        layout=ipywidgets.Layout(width="auto", max_width="680px"),
    )


def _across() -> ipywidgets.Layout:
    return ipywidgets.Layout(width="100%", max_width="680px")


class Panel(ipywidgets.VBox):
    """The widget that a notebook shows. `controls` are its sliders by name, `picture` is its LivePicture."""

    def __init__(self, controls: dict[str, ipywidgets.Widget], picture: LivePicture):
        self._box = ipywidgets.VBox([*controls.values()])
        super().__init__([self._box, picture])
        self.add_class("dlbasic-panel")
        self.controls, self.picture = controls, picture
        self._callbacks: dict[str, list[Callable]] = {}

    def __getitem__(self, name: str):
        """The value of one control."""
        return self.controls[name].value

    def on(self, names: str, redraw: Callable[[], None]) -> None:
        """Call `redraw` when one of the controls in `names` (separated by spaces) changes; never twice at a time."""

        def alone(_):
            with DRAWING:
                redraw()

        for name in names.split():
            self.controls[name].observe(alone, "value")
            self._callbacks.setdefault(name, []).append(alone)

    def swap(self, name: str, control: ipywidgets.Widget) -> None:
        """Put another control in the place of `name`.

        For a slider with another range: if an old one's were changed, the page would send its old value back.
        """
        old = self.controls[name]
        self.controls[name] = control
        self._box.children = [*self.controls.values()]
        for callback in self._callbacks.get(name, []):
            control.observe(callback, "value")
        old.unobserve_all()
        old.close()

    def on_drag(self, ax, move: Callable[[float, float], None]) -> None:
        """Call `move(x, y)` with the place in `ax` where the mouse is pressed or dragged. Before the first picture."""
        self.picture.handlers = HANDLERS
        self.children = [*self.children, Pointer(self.picture, ax, move)]

    def _repr_mimebundle_(self, **kwargs):
        bundle = super()._repr_mimebundle_(**kwargs)
        # Where no widget can be shown (a printed notebook, a terminal) the words take its place.
        return {**bundle, "text/plain": f"{self.picture.alt}\n{self.picture.state}"}

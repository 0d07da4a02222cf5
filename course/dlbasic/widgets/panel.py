"""Controls above, picture below: the one layout of every interactive figure."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets

from .live import LivePicture

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


def choice(label: str, options: list) -> ipywidgets.Dropdown:
    """One of several names."""
    return ipywidgets.Dropdown(
        options=options, description=label, style=STYLE, layout=ipywidgets.Layout(width="max-content")
    )


def _across() -> ipywidgets.Layout:
    return ipywidgets.Layout(width="100%", max_width="680px")


class Panel(ipywidgets.VBox):
    """The widget that a notebook shows. `controls` are its sliders by name, `picture` is its LivePicture."""

    def __init__(self, controls: dict[str, ipywidgets.Widget], picture: LivePicture):
        super().__init__([*controls.values(), picture])
        self.controls, self.picture = controls, picture

    def __getitem__(self, name: str):
        """The value of one control."""
        return self.controls[name].value

    def on(self, names: str, redraw: Callable[[], None]) -> None:
        """Call `redraw` when one of the controls in `names` (separated by spaces) changes."""
        for name in names.split():
            self.controls[name].observe(lambda _: redraw(), "value")

    def _repr_mimebundle_(self, **kwargs):
        bundle = super()._repr_mimebundle_(**kwargs)
        # Where no widget can be shown (a printed notebook, a terminal) the words take its place.
        return {**bundle, "text/plain": f"{self.picture.alt}\n{self.picture.state}"}

"""Interactive figures: sliders over the drawing functions of `dlbasic.figures`."""

from .activation import activation_explorer
from .downhill import descent
from .fit import fit_by_hand
from .hidden_units import playground
from .softmax import softmax_explorer
from .viewer import digit_viewer

__all__ = [
    "activation_explorer",
    "descent",
    "digit_viewer",
    "fit_by_hand",
    "playground",
    "softmax_explorer",
]

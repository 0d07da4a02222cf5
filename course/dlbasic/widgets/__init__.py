"""Interactive figures: sliders over the drawing functions of `dlbasic.figures`."""

from .activation import activation_explorer
from .cubes import normalization_cubes
from .degree import degree_explorer
from .downhill import descent
from .fit import fit_by_hand
from .heads import attention_explorer
from .hidden_units import playground
from .histograms import norm_histograms
from .masks import dropout_explorer
from .milestones import milestones
from .mixing import mixing_explorer
from .patience import patience_explorer
from .racing import optimizer_race
from .rates import lr_explorer
from .sharp import sharpness_explorer
from .skips import residual_explorer
from .softmax import softmax_explorer
from .viewer import digit_viewer
from .views import contrastive_explorer

__all__ = [
    "activation_explorer",
    "attention_explorer",
    "contrastive_explorer",
    "degree_explorer",
    "descent",
    "digit_viewer",
    "dropout_explorer",
    "fit_by_hand",
    "lr_explorer",
    "milestones",
    "mixing_explorer",
    "norm_histograms",
    "normalization_cubes",
    "optimizer_race",
    "patience_explorer",
    "playground",
    "residual_explorer",
    "sharpness_explorer",
    "softmax_explorer",
]

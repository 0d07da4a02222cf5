"""Interactive figures: sliders over the drawing functions of `dlbasic.figures`."""

from .activation import activation_explorer
from .arithmetic import arithmetic_explorer
from .budget import budget_explorer
from .cubes import normalization_cubes
from .degree import degree_explorer
from .downhill import descent
from .field import field_explorer
from .fit import fit_by_hand
from .flipping import flip_explorer
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
from .sliding import sliding_kernel
from .softmax import softmax_explorer
from .stacks import filter_stacks
from .viewer import digit_viewer
from .views import contrastive_explorer

__all__ = [
    "activation_explorer",
    "arithmetic_explorer",
    "attention_explorer",
    "budget_explorer",
    "contrastive_explorer",
    "degree_explorer",
    "descent",
    "digit_viewer",
    "dropout_explorer",
    "field_explorer",
    "filter_stacks",
    "fit_by_hand",
    "flip_explorer",
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
    "sliding_kernel",
    "softmax_explorer",
]

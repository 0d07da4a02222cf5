"""Judges of answers that may be right in many ways: by what must be true of them. They solve no exercise themselves.

A property takes a function and a seed and returns None when all is well, else a Finding. What the function raises goes
through to the caller.
"""

from dlbasic.properties._judging import Finding
from dlbasic.properties.bootstrap import resamples_pairs
from dlbasic.properties.claims import claims_form
from dlbasic.properties.convolution import beats_the_loops
from dlbasic.properties.degree import chooses_a_degree
from dlbasic.properties.dropout import drops_out
from dlbasic.properties.folds import splits_into_folds
from dlbasic.properties.forms import names_with_kinds, names_with_years
from dlbasic.properties.gap import shrinks_the_gap
from dlbasic.properties.layers import he_normal_layers, solves_xor
from dlbasic.properties.minibatches import cuts_into_batches
from dlbasic.properties.noise import adds_noise_to_weights
from dlbasic.properties.one_sample import refuses_to_train_on_one
from dlbasic.properties.race import wins_the_race
from dlbasic.properties.reader import reads_digits
from dlbasic.properties.sizes import keeps_the_size_or_refuses, refuses_what_does_not_fit
from dlbasic.properties.tables import rows_of_alexnet, rows_of_vgg16
from dlbasic.properties.training import trains_a_network

__all__ = [
    "Finding",
    "adds_noise_to_weights",
    "beats_the_loops",
    "chooses_a_degree",
    "claims_form",
    "cuts_into_batches",
    "drops_out",
    "he_normal_layers",
    "keeps_the_size_or_refuses",
    "names_with_kinds",
    "names_with_years",
    "reads_digits",
    "refuses_what_does_not_fit",
    "refuses_to_train_on_one",
    "resamples_pairs",
    "shrinks_the_gap",
    "rows_of_alexnet",
    "rows_of_vgg16",
    "solves_xor",
    "splits_into_folds",
    "trains_a_network",
    "wins_the_race",
]

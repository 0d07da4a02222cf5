"""Judges of answers that may be right in many ways: by what must be true of them. They solve no exercise themselves.

A property takes a function and a seed and returns None when all is well, else a Finding. What the function raises goes
through to the caller.
"""

from dlbasic.properties._judging import Finding
from dlbasic.properties.bootstrap import resamples_pairs
from dlbasic.properties.claims import claims_form
from dlbasic.properties.degree import chooses_a_degree
from dlbasic.properties.folds import splits_into_folds
from dlbasic.properties.forms import names_with_kinds, names_with_years
from dlbasic.properties.layers import he_normal_layers, solves_xor
from dlbasic.properties.minibatches import cuts_into_batches
from dlbasic.properties.race import wins_the_race
from dlbasic.properties.training import trains_a_network

__all__ = [
    "Finding",
    "chooses_a_degree",
    "claims_form",
    "cuts_into_batches",
    "he_normal_layers",
    "names_with_kinds",
    "names_with_years",
    "resamples_pairs",
    "solves_xor",
    "splits_into_folds",
    "trains_a_network",
    "wins_the_race",
]

"""Judges of answers that may be right in many ways: by what must be true of them. They solve no exercise themselves.

A property takes a function and a seed and returns None when all is well, else a Finding. What the function raises goes
through to the caller.
"""

from dlbasic.properties._judging import Finding
from dlbasic.properties.claims import claims_form
from dlbasic.properties.layers import he_normal_layers, solves_xor
from dlbasic.properties.training import trains_a_network

__all__ = ["Finding", "claims_form", "he_normal_layers", "solves_xor", "trains_a_network"]

"""The facts that chapter 4 cites: papers with year and address, and numbers with the computation that gives them.

The prose is held to this table, and what can be computed is recomputed from something other than the chapter's code.
"""

from __future__ import annotations

import numpy as np

from dlbasic.evidence import Number, Paper

PAPERS = (
    Paper("Deep Learning", 2016),
    Paper("Early Stopping – But When?", 1998, doi="10.1007/3-540-49430-8_3"),
    Paper("A Simple Weight Decay Can Improve Generalization", 1992),
    Paper("Decoupled Weight Decay Regularization", 2019, arxiv="1711.05101", first=2017),
    Paper("Improved Regularization of Convolutional Neural Networks with Cutout", 2017, arxiv="1708.04552"),
    Paper("Training with Noise is Equivalent to Tikhonov Regularization", 1995, doi="10.1162/neco.1995.7.1.108"),
    Paper("Rethinking the Inception Architecture for Computer Vision", 2015, arxiv="1512.00567"),
    Paper("When Does Label Smoothing Help?", 2019, arxiv="1906.02629"),
    Paper("mixup: Beyond Empirical Risk Minimization", 2017, arxiv="1710.09412"),
    Paper(
        "CutMix: Regularization Strategy to Train Strong Classifiers with Localizable Features",
        2019,
        arxiv="1905.04899",
    ),
    Paper("Dropout: A Simple Way to Prevent Neural Networks from Overfitting", 2014),
    Paper("Dropout Training as Adaptive Regularization", 2013, arxiv="1307.1493"),
    Paper(
        "Dropout as a Bayesian Approximation: Representing Model Uncertainty in Deep Learning",
        2015,
        arxiv="1506.02142",
    ),
    Paper(
        "Batch Normalization: Accelerating Deep Network Training by Reducing Internal Covariate Shift",
        2015,
        arxiv="1502.03167",
    ),
    Paper("How Does Batch Normalization Help Optimization?", 2018, arxiv="1805.11604"),
    Paper("Layer Normalization", 2016, arxiv="1607.06450"),
    Paper("Instance Normalization: The Missing Ingredient for Fast Stylization", 2016, arxiv="1607.08022"),
    Paper("Group Normalization", 2018, arxiv="1803.08494"),
)


def _half_life() -> float:
    """The first step after which a weight that shrinks by rate times strength = 0.1 · 0.5 is below one half."""
    return float(np.ceil(np.log(0.5) / np.log1p(-0.1 * 0.5)))


def _kept_by_the_corner_box() -> float:
    """Lambda of a 5×5 box from row and column 6 of an 8×8 image, counted pixel by pixel."""
    inside = [(row, column) for row in range(8) for column in range(8) if 6 <= row < 11 and 6 <= column < 11]
    return 1.0 - len(inside) / 64


NUMBERS = (
    Number("factor after 14 steps of decay", "0.488", lambda: 0.95**14, 3),
    Number("steps until a weight is halved", "14", _half_life, 0),
    Number("lambda of a clipped box", "0.9375", _kept_by_the_corner_box, 4),
    Number("steps in an epoch of 200 by 50", "4", lambda: 200 / 50, 0),
)

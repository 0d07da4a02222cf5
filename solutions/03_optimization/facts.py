"""The facts that chapter 3 cites: papers with year and address, and numbers with the computation that gives them.

`tests/solutions/test_claims_optimization.py` holds the prose to this table, and recomputes what can be computed.
"""

from __future__ import annotations

import numpy as np

from dlbasic.evidence import Number, Paper

PAPERS = (
    Paper("Deep Learning: Foundations and Concepts", 2024),
    Paper("Bootstrap Methods: Another Look at the Jackknife", 1979, doi="10.1214/aos/1176344552"),
    Paper("Bagging Predictors", 1996, doi="10.1007/BF00058655"),
    Paper(
        "A Decision-Theoretic Generalization of On-Line Learning and an Application to Boosting",
        1997,
        doi="10.1006/jcss.1997.1504",
    ),
    Paper(
        "On Large-Batch Training for Deep Learning: Generalization Gap and Sharp Minima",
        2017,
        arxiv="1609.04836",
        first=2016,
    ),
    Paper("Sharp Minima Can Generalize For Deep Nets", 2017, arxiv="1703.04933"),
    Paper(
        "Train longer, generalize better: closing the generalization gap in large batch training of neural networks",
        2017,
        arxiv="1705.08741",
    ),
    Paper("Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour", 2017, arxiv="1706.02677"),
    Paper("Some methods of speeding up the convergence of iteration methods", 1964, doi="10.1016/0041-5553(64)90137-5"),
    Paper("A method for solving the convex programming problem with convergence rate $O(1/k^2)$", 1983),
    Paper("Adaptive Subgradient Methods for Online Learning and Stochastic Optimization", 2011),
    Paper("ADADELTA: An Adaptive Learning Rate Method", 2012, arxiv="1212.5701"),
    Paper("Adam: A Method for Stochastic Optimization", 2014, arxiv="1412.6980"),
    Paper("On the Convergence of Adam and Beyond", 2018, arxiv="1904.09237", first=2019),
    Paper("An overview of gradient descent optimization algorithms", 2016, arxiv="1609.04747"),
    Paper("Why Momentum Really Works", 2017, doi="10.23915/distill.00006"),
)


def _plant_limit() -> float:
    """2 over the larger eigenvalue of the plant's Hessian, from its trace and determinant."""
    x = np.array([0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0])
    a, b, c = 2.0 * np.mean(x**2), 2.0 * np.mean(x), 2.0
    return 2.0 / ((a + c) / 2.0 + np.sqrt(((a - c) / 2.0) ** 2 + b**2))


def _slowest_root(lr: float, beta: float, ahead: bool, curvature: float) -> float:
    """How much one step of momentum (or Nesterov's, if `ahead`) multiplies the error in the long run."""
    shrink = 1.0 - lr * curvature
    middle, last = ((1.0 + beta) * shrink, beta * shrink) if ahead else (beta + shrink, beta)
    return float(np.abs(np.roots([1.0, -middle, last])).max())


def _limit(beta: float, ahead: bool, curvature: float = 30.0) -> float:
    """The largest stable rate, by bisection on the roots of the recursion and not by the formula of the text."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2.0
        stable = _slowest_root(middle, beta, ahead, curvature) < 1.0
        low, high = (middle, high) if stable else (low, middle)
    return low


NUMBERS = (
    Number("noise of the polynomials", "0.09", lambda: 0.3**2, 2),
    Number("share of a bootstrap sample", "63.2", lambda: 100.0 * (1.0 - np.exp(-1.0)), 1),
    Number("share that is left out", "0.368", lambda: np.exp(-1.0), 3),
    Number("vote of a model with error 0.2", "0.693", lambda: 0.5 * np.log(0.8 / 0.2), 3),
    Number("weights of the 64-32-10 network", "2368", lambda: 64 * 32 + 32 * 10, 0),
    Number("parameters of the curve's network", "97", lambda: 32 + 32 + 32 + 1, 0),
    Number("steps an epoch, batch 8 against 512", "60", lambda: np.ceil(1438 / 8) / np.ceil(1438 / 512), 0),
    Number("limit of the plant's rate", "0.139", _plant_limit, 3),
    Number("limit of momentum", "0.127", lambda: _limit(0.9, ahead=False), 3),
    Number("limit of Nesterov", "0.045", lambda: _limit(0.9, ahead=True), 3),
    Number("first step of Adam uncorrected", "3.2", lambda: 0.1 / np.sqrt(0.001), 1),
    Number("noise of the regression", "0.01", lambda: 0.1**2, 2),
)

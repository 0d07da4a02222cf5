"""Judges what a normalization does with a batch that has no variance: a single sample, when training."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dlbasic.properties._judging import judge_by, must


@judge_by
def refuses_to_train_on_one(fn: Callable, seed: int) -> None:
    """A batch of one raises ValueError when training, and only then."""
    rng = np.random.default_rng(seed)
    for d in (3, 1):
        x, gamma, beta = rng.normal(size=(1, d)), rng.uniform(0.5, 2.0, size=d), rng.normal(size=d)
        state = {"mean": rng.normal(size=d), "var": rng.uniform(0.5, 3.0, size=d)}
        try:
            with np.errstate(all="ignore"):
                fn(x, gamma, beta, state, True, 0.1, 0.01)
        except ValueError:
            continue
        must(
            False,
            f"Training on x of shape (1, {d}) should raise ValueError; it gave a result.",
            f"모양이 (1, {d})인 x로 학습하면 ValueError가 나야 하는데 결과가 나왔어요.",
            "trains_on_one_sample",
        )

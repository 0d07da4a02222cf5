"""Judges what a normalization does with a single sample: it has no variance to train on, but can be predicted."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dlbasic.properties._judging import array_of, judge_by, must


@judge_by
def refuses_to_train_on_one(fn: Callable, seed: int) -> None:
    """A batch of one raises ValueError when training, and only then: its prediction is that of a larger batch."""
    rng = np.random.default_rng(seed)
    for d in (3, 1):
        x, gamma, beta = rng.normal(size=(2, d)), rng.uniform(0.5, 2.0, size=d), rng.normal(size=d)
        state = {"mean": rng.normal(size=d), "var": rng.uniform(0.5, 3.0, size=d)}
        must(
            not _trains(fn, x[:1], gamma, beta, state),
            f"Training on x of shape (1, {d}) should raise ValueError; it gave a result.",
            f"모양이 (1, {d})인 x로 학습하면 ValueError가 나야 하는데 결과가 나왔어요.",
            "trains_on_one_sample",
        )
        alone, together = _predicts(fn, x[:1], gamma, beta, state), _predicts(fn, x, gamma, beta, state)
        must(
            alone is not None,
            f"Predicting for x of shape (1, {d}) raises ValueError. Only training on it should.",
            f"모양이 (1, {d})인 x를 예측하는데 ValueError가 나요. 학습할 때만 나야 해요.",
            "refuses_to_predict_one",
        )
        must(
            together is not None and np.allclose(alone, together[:1]),
            f"Predicting for x of shape (1, {d}) gives something else than the same sample in a larger batch gets.",
            f"모양이 (1, {d})인 x의 예측이, 같은 샘플이 더 큰 배치에 들어 있을 때의 예측과 달라요.",
        )


def _trains(fn: Callable, *arguments) -> bool:
    try:
        with np.errstate(all="ignore"):
            fn(*arguments, True, 0.1, 0.01)
    except ValueError:
        return False
    return True


def _predicts(fn: Callable, x: np.ndarray, *arguments) -> np.ndarray | None:
    try:
        returned = fn(x, *arguments, False, 0.1, 0.01)
    except ValueError:
        return None
    return array_of(returned[0], x.shape, "out", "out")

"""Judges dropout by what must be true of any mask: how many are kept, how they are scaled, where chance comes from."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dlbasic.properties._judging import judge_by, must
from dlbasic.properties._masks import call
from dlbasic.properties._sampling import only_from_rng

MANY, FEW = 2000, 24


@judge_by
def drops_out(fn: Callable, seed: int) -> None:
    """Kept with probability 1 - p, each element for itself, and scaled up; nothing dropped when not training."""
    rng = np.random.default_rng(seed)
    for shape, p in (((60, 50), 0.3), ((40, 60), 0.8), ((5, 3, 16, 12), 0.4)):
        x = rng.normal(2.0, 1.0, size=shape)
        x[rng.random(shape) < 0.2] = 0.0
        _training(fn, x, p, seed)
    for shape, p in (((5, 3), 0.3), ((1, 4), 0.6)):
        _predicting(fn, rng.normal(2.0, 1.0, size=shape), p, seed)
    x = rng.normal(size=(30, 20))
    out, mask = call(fn, x, 0.0, seed, True)
    must(
        mask.all() and np.allclose(out, x),
        "With p = 0 nothing should be dropped.",
        "p가 0이면 아무것도 버리지 않아야 해요.",
    )
    _randomness(fn, x[:4, :6].copy(), seed)
    _each_for_itself(fn, seed)
    _other_numbers(fn, seed)


def _training(fn: Callable, x: np.ndarray, p: float, seed: int) -> None:
    out, mask = call(fn, x, p, seed, True)
    must(
        not mask.all() or np.any(out[x != 0] == 0),
        f"Training with p = {p}: nothing is dropped.",
        f"p={p}로 학습하는데 아무것도 버리지 않아요.",
        "only_when_predicting" if not call(fn, x, p, seed, False)[1].all() else None,
    )
    must(
        np.all(out[~mask] == 0) or np.any(out[mask] != 0),
        "The mask is True where out is 0: it says what was dropped.",
        "out이 0인 곳에서 마스크가 True예요. 버린 자리를 나타내고 있어요.",
        "mask_marks_the_dropped",
    )
    must(
        np.all(out[~mask] == 0),
        "Where the mask is False, out should be 0.",
        "마스크가 False인 곳에서는 out이 0이어야 해요.",
    )
    must(
        not np.any(out[mask & (x != 0)] == 0),
        "Where the mask is True, out is 0 although x is not.",
        "마스크가 True이고 x도 0이 아닌데 out이 0인 곳이 있어요.",
    )
    must(
        mask[x == 0].any(),
        "Where x is 0 the mask is always False, as if every 0 had been dropped.",
        "x가 0인 곳에서 마스크가 늘 False예요. 0을 모두 버린 것으로 쳤어요.",
        "zeros_count_as_dropped",
    )
    _company(mask)
    _share_and_scale(fn, x, p, seed, out, mask)


def _company(mask: np.ndarray) -> None:
    rows, columns = mask.reshape(len(mask), -1), mask.reshape(-1, mask.shape[-1])
    must(
        not np.all(rows == rows[0]),
        "Every sample lost the same units.",
        "모든 샘플에서 같은 유닛을 버렸어요.",
        "one_mask_for_the_batch",
    )
    must(
        not np.all(rows == rows[:, :1]) and not np.all(columns == columns[:, :1]),
        "Whole rows are dropped at once.",
        "한 행을 통째로 버려요.",
        "whole_rows",
    )


def _share_and_scale(fn: Callable, x: np.ndarray, p: float, seed: int, out: np.ndarray, mask: np.ndarray) -> None:
    scale = out[mask & (x != 0)] / x[mask & (x != 0)]
    factor = float(np.median(scale)) if scale.size else 0.0
    # Thousands of draws: a share is known to better than 2 %.
    kept, right, swapped = float(mask.mean()), abs(mask.mean() - (1.0 - p)) < 0.05, abs(mask.mean() - p) < 0.05
    names = {
        (True, "1"): "not_scaled",
        (True, "1/p"): "scaled_by_p",
        (True, "1-p"): "multiplied_for_divided",
        (False, "1/(1-p)"): "keep_and_drop_swapped",
        (False, "1/p"): "p_as_keep_probability",
        (False, "1"): "swapped_and_not_scaled",
    }
    factors = {"1/(1-p)": 1.0 / (1.0 - p), "1/p": 1.0 / p, "1-p": 1.0 - p, "1": 1.0}
    said = next((name for name, value in factors.items() if np.allclose(scale, value, rtol=1e-6)), "")
    must(
        right,
        f"Of all elements {kept:.0%} are kept with p = {p}.",
        f"p={p}인데 전체의 {kept:.0%}가 남았어요.",
        names.get((False, said)) if swapped else None,
    )
    mistake = names.get((True, said))
    if mistake == "not_scaled" and np.allclose(call(fn, x, p, seed, False)[0], x * (1.0 - p)):
        mistake = "scales_when_predicting"
    must(
        said == "1/(1-p)",
        f"With p = {p} what is kept should be multiplied by {1 / (1 - p):.6g}; here it is {factor:.6g}.",
        f"p={p}이면 남긴 값이 {1 / (1 - p):.6g}배가 되어야 하는데 {factor:.6g}배예요.",
        mistake,
    )


def _predicting(fn: Callable, x: np.ndarray, p: float, seed: int) -> None:
    for run in range(4):
        out, mask = call(fn, x, p, [seed, run], False)
        if mask.all() and np.array_equal(out, x):
            continue
        mistake = None
        if np.allclose(out, x * (1.0 - p)):
            mistake = "scales_when_predicting"
        elif np.allclose(out, x / (1.0 - p)):
            mistake = "scales_up_when_predicting"
        elif np.array_equal(out, x):
            mistake = "mask_false_when_predicting" if not mask.any() else "mask_drawn_when_predicting"
        elif not mask.all() and np.all(out[~mask] == 0):
            mistake = "drops_when_predicting"
        must(
            False,
            "When not training, out should be x and the mask True everywhere.",
            "학습할 때가 아니면 out은 x와 같고 마스크는 모두 True여야 해요.",
            mistake,
        )


def _randomness(fn: Callable, x: np.ndarray, seed: int) -> None:
    only_from_rng(lambda s: call(fn, x, 0.5, s, True)[1], np.array_equal, seed)
    rng = np.random.default_rng(seed)
    drawn = [call(fn, x, 0.5, rng, True)[1] for _ in range(3)]
    must(
        not all(np.array_equal(drawn[0], mask) for mask in drawn[1:]),
        "Three calls with one generator gave the same mask.",
        "난수 생성기 하나로 세 번 불렀는데 마스크가 같아요.",
        "rng_ignored",
    )


def _each_for_itself(fn: Callable, seed: int) -> None:
    """Rows of three elements: each is kept with its probability, two of them no oftener than chance has it."""
    rng, p, x = np.random.default_rng([seed, 5]), 0.4, np.array([[1.0, 2.0, 3.0]])
    alone = np.array([call(fn, x, p, rng, True)[1][0] for _ in range(FEW)])
    masks = call(fn, np.tile(x, (MANY, 1)), p, rng, True)[1]
    for counts in (alone.sum(axis=1), masks.sum(axis=1)):
        # By chance two dozen counts are alike once in 10^9 times.
        must(
            np.ptp(counts) > 0,
            f"Of three elements always {counts[0]} are kept, although each is dropped with probability {p}.",
            f"원소마다 확률 {p}로 버린다면서, 세 원소 가운데 늘 {counts[0]}개가 남아요.",
            "always_as_many",
        )
    spread = 6.0 * np.sqrt(p * (1.0 - p) / MANY)
    rates = masks.mean(axis=0)
    must(
        np.all(np.abs(rates - (1.0 - p)) < spread),
        f"Of {MANY} rows with p = {p} the three elements were kept in {', '.join(f'{rate:.1%}' for rate in rates)}.",
        f"p={p}로 {MANY}행에 썼더니 행의 세 원소가 남은 비율이 {', '.join(f'{rate:.1%}' for rate in rates)}예요.",
    )
    together = [float(np.mean(masks[:, i] & masks[:, j])) for i, j in ((0, 1), (0, 2), (1, 2))]
    must(
        all(abs(rate - (1.0 - p) ** 2) < spread for rate in together),
        "Whether one element is kept depends on the others.",
        "한 원소가 남는지가 다른 원소에 따라 달라져요.",
    )


def _other_numbers(fn: Callable, seed: int) -> None:
    for dtype in (int, np.float32):
        x = np.arange(1, 301, dtype=dtype).reshape(20, 15)
        out, mask = call(fn, x, 0.6, seed, True)
        must(
            np.allclose(out[mask], x[mask] / 0.4, rtol=1e-5),
            f"For x of type {np.dtype(dtype)} what is kept is not scaled as it should be.",
            f"x의 자료형이 {np.dtype(dtype)}이면 남긴 값의 배율이 달라져요.",
        )

"""What judges of drawn samples share: rng and nothing else, rows of indices, a thorough shuffle."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import numpy as np

from dlbasic.properties._judging import must

RUNS = 30


def draw(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


def only_from_rng(call: Callable[[int], Any], alike: Callable[[Any, Any], bool], seed: int) -> None:
    """The same seed gives the same, and no generator but rng is touched."""
    before = np.random.get_state(legacy=False)["state"], random.getstate()
    first, again = call(seed), call(seed)
    after = np.random.get_state(legacy=False)["state"], random.getstate()
    touched = not (
        before[0]["pos"] == after[0]["pos"]
        and np.array_equal(before[0]["key"], after[0]["key"])
        and before[1] == after[1]
    )
    must(
        not touched,
        "Something random does not come from rng: a global generator was used.",
        "rng가 아니라 전역 난수 생성기를 썼어요.",
        "not_from_rng",
    )
    must(
        alike(first, again),
        "The same seed gave another result: something random does not come from rng.",
        "같은 시드인데 결과가 달라요. rng가 아닌 곳에서 뽑은 난수가 있어요.",
        "not_from_rng",
    )


def indices(value: Any, n: int, en: str, ko: str) -> np.ndarray:
    """`value` as a row of indices below n."""
    try:
        array = np.asarray(value)
    except ValueError:
        array = np.asarray(None)
    must(
        array.dtype != bool,
        f"{en} is a mask of True and False; indices are asked for.",
        f"인덱스가 필요한데 True와 False로 된 마스크예요: {ko}.",
        "masks_for_indices",
    )
    whole = array.ndim == 1 and (array.dtype.kind in "iu" or array.size == 0)
    must(
        whole,
        f"{en} should be an array of indices, that is of whole numbers in one row.",
        f"정수 인덱스를 한 줄로 담은 배열이어야 해요: {ko}.",
    )
    array = array.astype(int)
    must(
        not array.size or (array.min() >= 0 and array.max() < n),
        f"{en} holds indices outside 0 ... {n - 1}.",
        f"0 ... {n - 1}을 벗어난 인덱스가 있어요: {ko}.",
        "counted_from_one" if array.size and array.min() >= 1 and array.max() == n else None,
    )
    return array


def in_order(groups: list[np.ndarray]) -> bool:
    """Whether every group is a block of neighbours or takes every so-manieth sample: cut from an order not shuffled."""
    return all(len(np.unique(np.diff(np.sort(group)))) <= 1 for group in groups)


def no_company(drawn: list[list[np.ndarray]], n: int) -> None:
    """Neighbours share a group no oftener than chance has it: a shift of the order is no shuffle."""
    together = sum(bool(np.isin([0, 1], group).all()) for groups in drawn for group in groups)
    sizes = np.array([len(group) for group in drawn[0]])
    chance = float(np.sum(sizes * (sizes - 1))) / (n * (n - 1))
    spread = np.sqrt(len(drawn) * chance * (1.0 - chance))
    must(
        together <= len(drawn) * chance + 6.0 * spread,
        f"Samples 0 and 1 stay together in {together} of {len(drawn)} draws: that is no thorough shuffle.",
        f"{len(drawn)}번 뽑는 동안 0번과 1번 샘플이 {together}번이나 함께 있었어요. 제대로 섞이지 않았어요.",
    )

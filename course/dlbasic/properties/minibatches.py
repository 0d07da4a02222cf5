"""Judges how indices are cut into batches: each comes once, all but the last are full, rng has shuffled them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dlbasic.properties._judging import is_sequence, judge_by, must
from dlbasic.properties._sampling import RUNS, draw, in_order, indices, no_company, only_from_rng


@judge_by
def cuts_into_batches(fn: Callable, seed: int) -> None:
    """Every index once, full batches and a smaller last one, shuffled by rng and by nothing else."""
    for n, size in ((22, 4), (12, 4), (3, 5), (9, 1), (14, 12)):
        _one_epoch(_batches(fn, n, size, seed), n, size)
    n, size = 23, 5
    only_from_rng(lambda s: _batches(fn, n, size, s), _same_batches, seed)
    drawn = [_batches(fn, n, size, seed + run) for run in range(RUNS)]
    sets = {tuple(tuple(np.sort(batch).tolist()) for batch in batches) for batches in drawn}
    members = {frozenset(batches) for batches in sets}
    if len(members) == 1:
        must(
            False,
            "Whatever the generator, the batches hold the same samples.",
            "난수 생성기를 바꾸어도 배치마다 같은 샘플이 들어가요.",
            "no_shuffle" if in_order([np.array(batch) for batch in next(iter(members))]) else "same_order_always",
        )
    no_company(drawn, n)


def _batches(fn: Callable, n: int, size: int, seed: int) -> list[np.ndarray]:
    batches = fn(n, size, draw(seed))
    must(
        is_sequence(batches),
        "The answer should be a list of index arrays.",
        "답은 인덱스 배열의 리스트여야 해요.",
    )
    return [indices(batch, n, f"Batch {i}", f"{i}번 배치") for i, batch in enumerate(batches)]


def _same_batches(one: list, other: list) -> bool:
    return len(one) == len(other) and all(np.array_equal(p, q) for p, q in zip(one, other, strict=True))


def _one_epoch(batches: list[np.ndarray], n: int, size: int) -> None:
    here = f"n={n}, batch_size={size}:"
    sizes = [len(batch) for batch in batches]
    seen = np.bincount(np.concatenate([np.zeros(0, dtype=int), *batches]), minlength=n)
    wanted = [size] * (n // size) + [n % size] * bool(n % size)
    missing, repeated = int(np.count_nonzero(seen == 0)), int(np.count_nonzero(seen > 1))
    must(
        not (sizes and min(sizes) == 0),
        f"{here} one of the batches is empty.",
        f"{here} 빈 배치가 있어요.",
        "empty_batch",
    )
    must(
        not missing or repeated,
        f"{here} {missing} of the samples are in no batch.",
        f"{here} 어느 배치에도 없는 샘플이 {missing}개 있어요.",
        "last_batch_dropped" if sizes == wanted[: n // size] and missing == n % size else None,
    )
    filled = not missing and sizes == [size] * -(-n // size)
    must(
        not repeated,
        f"{here} {repeated} of the samples come more than once" + (f", {missing} never." if missing else "."),
        f"{here} 두 번 이상 나오는 샘플이 {repeated}개예요."
        + (f" 나오지 않는 샘플은 {missing}개예요." if missing else ""),
        "with_replacement" if missing else "last_batch_filled_up" if filled else None,
    )
    must(
        sizes == wanted,
        f"{here} the batches should have sizes {wanted}; theirs are {sizes}.",
        f"{here} 배치의 크기가 달라요. 나와야 할 크기: {wanted}, 나온 크기: {sizes}.",
        _known_sizes(sizes, n, size, wanted),
    )


def _known_sizes(sizes: list[int], n: int, size: int, wanted: list[int]) -> str | None:
    if sizes == wanted[::-1]:
        return "small_batch_first"
    if len(sizes) == len(wanted) and max(sizes) - min(sizes) <= 1:
        return "even_split"
    if len(sizes) == size and max(sizes) - min(sizes) <= 1:
        return "size_as_count"
    if n >= size and len(sizes) == n // size and sizes == [size] * (n // size - 1) + [size + n % size]:
        return "rest_joins_the_last"
    return None

"""Judges how indices are split into folds: each validates once, trains otherwise, and rng alone has shuffled them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dlbasic.properties._judging import is_sequence, judge_by, must
from dlbasic.properties._sampling import RUNS, draw, in_order, indices, no_company, only_from_rng


@judge_by
def splits_into_folds(fn: Callable, seed: int) -> None:
    """k pairs; every index validates once and trains otherwise; even sizes; shuffled by rng and by nothing else."""
    for n, k in ((23, 5), (12, 4), (7, 7), (5, 2)):
        _one_partition(_folds(fn, n, k, seed), n, k)
    n, k = 23, 5
    only_from_rng(lambda s: _folds(fn, n, k, s), _same_folds, seed)
    drawn = [[np.sort(validation) for _, validation in _folds(fn, n, k, seed + run)] for run in range(RUNS)]
    sets = [frozenset(tuple(fold.tolist()) for fold in folds) for folds in drawn]
    if len(set(sets)) == 1:
        must(
            False,
            "Whatever the generator, the folds hold the same samples.",
            "난수 생성기를 바꾸어도 폴드마다 같은 샘플이 들어가요.",
            "no_shuffle" if in_order(drawn[0]) else "same_order_always",
        )
    no_company([folds for folds in drawn], n)


def _folds(fn: Callable, n: int, k: int, seed: int) -> list[tuple[np.ndarray, np.ndarray]]:
    folds = fn(n, k, draw(seed))
    must(
        is_sequence(folds) and all(is_sequence(pair) and len(pair) == 2 for pair in folds),
        "The answer should be a list of pairs (train, validation).",
        "답은 (train, validation) 쌍의 리스트여야 해요.",
    )
    must(
        len(folds) == k,
        f"n={n}, k={k}: there should be {k} pairs; there are {len(folds)}.",
        f"n={n}, k={k}이면 쌍이 {k}개여야 하는데 {len(folds)}개가 있어요.",
        "one_fold_too_many" if len(folds) == k + 1 and n % k else None,
    )
    return [
        (
            indices(train, n, f"The training part of fold {i}", f"{i}번 폴드의 train"),
            indices(validation, n, f"The validation part of fold {i}", f"{i}번 폴드의 validation"),
        )
        for i, (train, validation) in enumerate(folds)
    ]


def _same_folds(one: list, other: list) -> bool:
    return all(np.array_equal(p, q) for a, b in zip(one, other, strict=True) for p, q in zip(a, b, strict=True))


def _one_partition(folds: list[tuple[np.ndarray, np.ndarray]], n: int, k: int) -> None:
    here = f"n={n}, k={k}:"
    trained = np.sum([np.bincount(train, minlength=n) for train, _ in folds], axis=0)
    validated = np.sum([np.bincount(validation, minlength=n) for _, validation in folds], axis=0)
    swapped = k > 2 and np.all(trained == 1) and np.all(validated == k - 1)
    must(
        not swapped,
        f"{here} the large part stands in second place.",
        f"{here} 큰 쪽이 두 번째에 있어요.",
        "pair_swapped",
    )
    left_out = int(np.count_nonzero(validated == 0))
    twice = int(np.count_nonzero(validated > 1))
    must(
        not left_out or twice,
        f"{here} {left_out} of the indices are never in a validation part.",
        f"{here} 한 번도 validation에 들어가지 않는 인덱스가 {left_out}개 있어요.",
        "remainder_dropped" if left_out == n % k else None,
    )
    again = any(len(np.unique(validation)) < len(validation) for _, validation in folds)
    must(
        not twice,
        f"{here} {twice} of the indices validate more than once.",
        f"{here} validation에 두 번 이상 들어가는 인덱스가 {twice}개 있어요.",
        ("with_replacement" if again else "validation_drawn_anew") if left_out else None,
    )
    shared = [np.intersect1d(train, validation).size for train, validation in folds]
    sizes = [len(validation) for _, validation in folds]
    must(
        not any(shared),
        f"{here} a fold's training part holds {max(shared)} of the samples that it is validated on.",
        f"{here} 검증에 쓰는 샘플 {max(shared)}개가 같은 폴드의 train에도 들어 있어요.",
        "training_on_everything" if shared == sizes else None,
    )
    must(
        max(sizes) - min(sizes) <= 1,
        f"{here} the validation parts have sizes {sizes}; they may differ by 1.",
        f"{here} validation의 크기는 1까지만 다를 수 있어요. 지금 크기: {sizes}.",
        "remainder_in_one_fold" if sizes.count(n // k) == k - 1 and n % k > 1 else None,
    )
    lengths = [len(train) for train, _ in folds]
    distinct = [len(np.unique(train)) for train, _ in folds]
    must(
        lengths == distinct,
        f"{here} a training part holds an index twice.",
        f"{here} train에 같은 인덱스가 두 번 들어 있어요.",
    )
    must(
        all(train + validation == n for train, validation in zip(lengths, sizes, strict=True)),
        f"{here} the training parts have sizes {lengths}: not everything that is left trains.",
        f"{here} train의 크기가 {lengths}예요. 남은 샘플을 모두 쓰지 않았어요.",
        "one_part_for_training" if k > 2 and sorted(lengths) == sorted(sizes) else None,
    )

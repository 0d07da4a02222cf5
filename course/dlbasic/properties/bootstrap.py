"""Judges a bootstrap sample: whole pairs, with replacement, each with the same chance."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dlbasic.properties._judging import judge_by, must
from dlbasic.properties._sampling import draw, only_from_rng

RUNS = 100


@judge_by
def resamples_pairs(fn: Callable, seed: int) -> None:
    """As many pairs as there were, each one of the originals, drawn with replacement and all with the same chance."""
    n = 40
    order = np.random.default_rng([seed, 5]).permutation(n)
    flat = order + 0.5, 10 * order
    table = np.column_stack([order, -2.0 * order, order**2]), 3 * order
    for x, y in (flat, table):
        _unchanged(fn, x, y, seed)
        _drawn(fn, x, y, seed)
    x, y = flat
    only_from_rng(lambda s: _drawn(fn, x, y, s), np.array_equal, seed)
    runs = [_drawn(fn, x, y, seed + run) for run in range(RUNS)]
    must(
        not all(np.array_equal(np.sort(run), np.arange(n)) for run in runs),
        f"In {RUNS} draws every sample comes exactly once: nothing is put back.",
        f"{RUNS}번 뽑아도 모든 샘플이 꼭 한 번씩만 나와요. 뽑은 것을 다시 넣지 않았어요.",
        "without_replacement",
    )
    must(
        not all(np.array_equal(runs[0], run) for run in runs[1:]),
        "Whatever the generator, the same pairs are drawn.",
        "난수 생성기를 바꾸어도 같은 쌍이 뽑혀요.",
        "same_draw_always",
    )
    must(
        not all(len(np.unique(run)) == 1 for run in runs),
        "Every draw holds one pair only, again and again.",
        "뽑을 때마다 같은 쌍 하나만 되풀이돼요.",
        "one_pair_over_and_over",
    )
    # A sample is left out of one draw with chance (1 - 1/40)^40 = 0.36, of a hundred with 1e-44.
    never = np.setdiff1d(np.arange(n), np.concatenate(runs))
    must(
        not never.size,
        f"In {RUNS} draws these rows never come: {', '.join(map(str, never[:5]))}.",
        f"{RUNS}번 뽑는 동안 한 번도 나오지 않은 행이 있어요: {', '.join(map(str, never[:5]))}.",
        "last_never_drawn" if never.tolist() == [n - 1] else "first_never_drawn" if never.tolist() == [0] else None,
    )
    # Of n draws with replacement 1 - (1 - 1/n)^n of the samples are expected, here 0.637, with a deviation of 0.05.
    share = float(np.mean([len(np.unique(run)) / n for run in runs]))
    must(
        abs(share - (1.0 - (1.0 - 1.0 / n) ** n)) < 0.05,
        f"A draw holds {share:.0%} of the samples on average; drawn one by one with replacement it would be 64%.",
        f"한 번 뽑을 때 전체 샘플의 {share:.0%}가 들어 있어요. 하나씩 복원 추출하면 평균 64%예요.",
    )
    _all_alike(np.concatenate(runs), n)


def _all_alike(drawn: np.ndarray, n: int) -> None:
    """Of 4000 draws each of 40 rows gets 100, with a deviation of 10; each fifth of the rows 800, with one of 25."""
    counts = np.bincount(drawn, minlength=n)
    fifths = counts.reshape(5, -1).sum(axis=1)
    ends = int(counts[0] + counts[-1])
    rounded = ends < 131 and np.all(np.abs(counts[1:-1] - 102.6) < 60)  # 103 are expected of rounding, 200 of chance
    least = int(counts.argmin())
    must(
        not rounded and np.all(np.abs(counts - 100) < 60) and np.all(np.abs(fifths - 800) < 150),
        f"Not every sample has the same chance: of {n}, drawn {len(drawn)} times, number {least} comes {counts[least]} "
        f"times and number {int(counts.argmax())} {counts.max()} times.",
        f"샘플마다 뽑힐 확률이 같지 않아요. {n}개에서 {len(drawn)}번 뽑을 때 나온 횟수: {least}번 샘플 "
        f"{counts[least]}회, {int(counts.argmax())}번 샘플 {counts.max()}회.",
        "ends_come_half_as_often" if rounded else None,
    )


def _unchanged(fn: Callable, x: np.ndarray, y: np.ndarray, seed: int) -> None:
    given = x.copy(), y.copy()
    fn(*given, draw(seed))
    must(
        np.array_equal(given[0], x) and np.array_equal(given[1], y),
        "The x or y that was passed in has changed.",
        "넘겨받은 x나 y가 바뀌었어요.",
        "changes_arguments",
    )


def _drawn(fn: Callable, x: np.ndarray, y: np.ndarray, seed: int) -> np.ndarray:
    """Which rows the resampled pairs are, by position."""
    n = len(x)
    returned = fn(x.copy(), y.copy(), draw(seed))
    must(
        isinstance(returned, (tuple, list)) and len(returned) == 2,
        "Two things are asked for: (x, y).",
        "두 가지를 돌려주세요: (x, y).",
    )
    try:
        new_x, new_y = (np.asarray(part) for part in returned)
    except ValueError:
        new_x, new_y = np.asarray(None), np.asarray(None)
    sizes = new_x.shape[:1], new_y.shape[:1]
    right = new_x.shape == x.shape and new_y.shape == y.shape
    known = None
    if not right and sizes[0] == sizes[1] and new_x.shape[1:] == x.shape[1:] and sizes[0] and 0 < sizes[0][0] < n:
        known = "only_a_part"
    must(
        right,
        f"x and y should keep their shapes {x.shape} and {y.shape}; they have {new_x.shape} and {new_y.shape}.",
        f"x와 y의 모양이 그대로여야 해요. 원래 모양: {x.shape}, {y.shape}. 나온 모양: {new_x.shape}, {new_y.shape}.",
        known,
    )
    rows, targets = _positions(new_x, x), _positions(new_y, y)
    must(
        -1 not in rows and -1 not in targets,
        "Some of the x or y are none of those that were passed in.",
        "넘겨받은 데이터에 없던 값이 x나 y에 들어 있어요.",
    )
    must(
        rows == targets,
        "Samples come with other samples' targets.",
        "x와 y의 짝이 어긋나요.",
        "only_one_drawn" if sorted(rows) == rows == list(range(n)) or targets == list(range(n)) else "drawn_apart",
    )
    return np.array(rows)


def _positions(drawn: np.ndarray, items: np.ndarray) -> list[int]:
    """For each of `drawn` the first of `items` that it is, -1 for none of them."""
    same = np.all((drawn.reshape(len(items), 1, -1) == items.reshape(1, len(items), -1)), axis=2)
    return np.where(same.any(axis=1), same.argmax(axis=1), -1).tolist()

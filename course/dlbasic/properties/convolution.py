"""Judges how fast a convolution layer is: against six nested loops over single numbers, on the same machine, now."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dlbasic.properties._judging import array_of, judge_by, must
from dlbasic.properties._means import timed

# The task that both are timed on, and how many times faster than the loops is asked for.
IMAGES, FILTERS = (4, 3, 32, 32), (8, 3, 5, 5)
TIMES_FASTER = 10.0
SHARE_WHEN_SLOW = 2 / 3
_OUTPUT = (4, 8, 28, 28)
_SAMPLE = 40  # outputs that the loops compute; the rest is scaled
_REPEATS, _PATIENCE = 12, 1.0  # at most so many rounds, and so many seconds of the learner's function
_HOPELESS = 3.0  # after two rounds, a layer that would have to be so much faster still is not tried again


@judge_by
def beats_the_loops(fn: Callable, seed: int) -> None:
    """Right on a larger layer, and at least ten times as fast as loops: best of interleaved repeats of both."""
    rng = np.random.default_rng(seed)
    x, w, b = rng.normal(size=IMAGES), rng.normal(size=FILTERS), rng.normal(size=FILTERS[0])
    places = [tuple(int(rng.integers(size)) for size in _OUTPUT) for _ in range(_SAMPLE)]
    mine, loops, spent = np.inf, np.inf, 0.0
    for round_number in range(_REPEATS):
        answer, seconds = timed(lambda: fn(x.copy(), w.copy(), b.copy()), fn)
        sums, sample = timed(lambda: _by_loops(x, w, b, places), fn)
        _same_numbers(answer, sums, places)
        mine, loops, spent = min(mine, seconds), min(loops, sample * np.prod(_OUTPUT) / _SAMPLE), spent + seconds
        if loops >= TIMES_FASTER * mine:
            return
        if spent > _PATIENCE or (round_number > 0 and _HOPELESS * loops < TIMES_FASTER * mine):
            break
    times = loops / mine
    must(
        False,
        f"The numbers are right. On images {IMAGES} and filters {FILTERS} it takes {mine:.2g} s: {times:.1f} times as "
        f"fast as six nested loops. {TIMES_FASTER:.0f} times is asked for.",
        f"값은 맞아요. 이미지 {IMAGES}, 필터 {FILTERS}에서 {mine:.2g}초가 걸려요. 속도가 여섯 겹 반복문의 "
        f"{times:.1f}배예요. {TIMES_FASTER:.0f}배 이상이어야 해요.",
        "as_slow_as_loops",
        shown=True,
        share=SHARE_WHEN_SLOW,
    )


def _by_loops(x: np.ndarray, w: np.ndarray, b: np.ndarray, places: list[tuple[int, ...]]) -> list[float]:
    """Some outputs, one multiplication at a time, as the innermost loops of the first version would."""
    sums = []
    for n, f, row, column in places:
        total = b[f]
        for c in range(FILTERS[1]):
            for p in range(FILTERS[2]):
                for q in range(FILTERS[3]):
                    total += x[n, c, row + p, column + q] * w[f, c, p, q]
        sums.append(float(total))
    return sums


def _same_numbers(answer, sums: list[float], places: list[tuple[int, ...]]) -> None:
    got = array_of(answer, _OUTPUT, "The output", "출력")
    off = [place for place, right in zip(places, sums, strict=True) if not np.isclose(got[place], right, rtol=1e-6)]
    must(
        not off,
        f"On images {IMAGES} and filters {FILTERS} the output differs, for instance at {off[0] if off else ()}.",
        f"이미지 {IMAGES}, 필터 {FILTERS}에서 출력이 달라요. 예를 들어 이 자리예요: {off[0] if off else ()}.",
    )

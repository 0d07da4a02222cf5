"""Judges what functions of sizes refuse: arguments for which there is no answer must raise ValueError."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from dlbasic.properties._judging import judge_by, must


@judge_by
def refuses_what_does_not_fit(fn: Callable, seed: int) -> None:
    """ValueError for a kernel that is too large, by itself or dilated; no error for one that just fits."""
    rng = np.random.default_rng(seed)
    for stride, padding, dilation in ((1, 0, 1), (3, 1, 1), (2, 2, 1), (1, 0, 3), (4, 1, 2), (2, 0, 2)):
        k = int(rng.integers(8, 12))
        reach = 1 + dilation * (k - 1)
        _must_fit(fn, reach - 2 * padding, k, stride, padding, dilation)
        for missing in (int(rng.integers(2, 4)), 1):
            n = reach - 2 * padding - missing
            asked = f"n={n}, k={k}, stride={stride}, padding={padding}, dilation={dilation}"
            answer = _answer(fn, n, k, stride, padding, dilation)
            mistake = "compares_k_alone" if dilation > 1 else "accepts_what_does_not_fit"
            if _is_int(answer.value) and int(answer.value) == 0 and missing > stride:
                mistake = "zero_for_an_error"
            _must_refuse(answer, asked, f"{reach} > {n} + 2 * {padding}", mistake)


@judge_by
def keeps_the_size_or_refuses(fn: Callable, seed: int) -> None:
    """ValueError for an even span; an answer for an even k that spans an odd number, for dilation makes it so."""
    rng = np.random.default_rng(seed)
    for dilation in (2, 4):
        k = 2 * int(rng.integers(1, 6))
        span, answer = dilation * (k - 1) + 1, _answer(fn, k, dilation)
        asked = f"k={k}, dilation={dilation}"
        must(
            not answer.error,
            f"With {asked} the kernel spans {span}, an odd number; it raises {answer.kind} all the same.",
            f"커널이 홀수 칸에 걸치는데도 오류를 일으켜요. 인자: {asked}, 폭: {span}, 오류: {answer.kind}.",
            "refuses_every_even_k" if isinstance(answer.error, ValueError) else None,
        )
        keeps = _is_int(answer.value) and 2 * int(answer.value) == span - 1
        must(
            keeps,
            f"With {asked} the kernel spans {span}, so {span - 1} inputs are lost and have to come back, half of them "
            f"on a side; the answer is {answer.value!r:.40}.",
            f"커널이 {span}칸에 걸치니 잃은 {span - 1}칸을 양쪽에 절반씩 되돌려 주어야 해요. 인자: {asked}, "
            f"나온 값: {answer.value!r:.40}.",
        )
    for dilation in (1, 3, 5):
        k = 2 * int(rng.integers(1, 6))
        span, answer = dilation * (k - 1) + 1, _answer(fn, k, dilation)
        _must_refuse(answer, f"k={k}, dilation={dilation}", f"{span} % 2 == 0", "accepts_an_even_span", "an_assertion")


@dataclass(frozen=True)
class _Answer:
    """What a call returned, or the error that it raised."""

    value: Any = None
    error: Exception | None = None

    @property
    def kind(self) -> str:
        return type(self.error).__name__


def _answer(fn: Callable, *arguments: int) -> _Answer:
    """An empty stub and bad calls go through."""
    try:
        return _Answer(fn(*arguments))
    except NotImplementedError:
        raise
    except Exception as error:
        return _Answer(error=error)


def _must_fit(fn: Callable, n: int, k: int, stride: int, padding: int, dilation: int) -> None:
    answer = _answer(fn, n, k, stride, padding, dilation)
    asked = f"n={n}, k={k}, stride={stride}, padding={padding}, dilation={dilation}"
    got = answer.kind if answer.error else f"{answer.value!r:.40}"
    must(
        _is_int(answer.value) and int(answer.value) == 1,
        f"With {asked} the kernel just fits, at one place: 1 output. It gave {got}.",
        f"커널이 딱 한 자리에 들어가니 출력은 1개예요. 인자: {asked}. 나온 것: {got}.",
    )


def _must_refuse(answer: _Answer, asked: str, why: str, mistake: str, other_error: str = "another_error") -> None:
    must(
        answer.error is not None,
        f"For {asked} there is no answer ({why}), so ValueError is asked for; it returned {answer.value!r:.40}.",
        f"답이 없는 경우이니({why}) ValueError를 일으켜야 해요. 인자: {asked}. 나온 값: {answer.value!r:.40}.",
        mistake if _is_int(answer.value) else None,
    )
    must(
        isinstance(answer.error, ValueError),
        f"For {asked} ValueError is asked for; it raises {answer.kind}.",
        f"ValueError를 일으켜야 해요. 인자: {asked}. 지금 일으키는 오류: {answer.kind}.",
        other_error if isinstance(answer.error, AssertionError) else None,
    )


def _is_int(value) -> bool:
    return hasattr(value, "__index__") and not isinstance(value, bool)

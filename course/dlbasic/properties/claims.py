"""Judges the form of an answer to `slips`, and only the form: which claims are false is not known here."""

from __future__ import annotations

from collections.abc import Callable

from dlbasic.properties._judging import judge_by, must


@judge_by
def claims_form(fn: Callable, seed: int) -> None:
    """A set of ids "1" to "8"; which ones is not judged here."""
    answer = fn()
    example = '{"7", "8"}'
    must(
        isinstance(answer, (set, frozenset)),
        f"The answer is a set of strings, such as {example}; yours is a {type(answer).__name__}.",
        f"답은 {example} 같은 문자열 집합이어야 해요. 지금 자료형: {type(answer).__name__}.",
    )
    must(
        not (answer and all(type(claim) is int for claim in answer)),
        f"The ids are strings: {example}.",
        f"번호는 문자열로 쓰세요: {example}.",
        "numbers_for_strings",
    )
    ids = {str(number) for number in range(1, 9)}
    must(
        all(isinstance(claim, str) and claim in ids for claim in answer),
        'The claims have the ids "1" to "8"; something else is in the set.',
        '주장의 번호는 "1"부터 "8"까지인데 다른 것이 들어 있어요.',
    )

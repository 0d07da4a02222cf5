"""What the fairness tests of all chapters do with their further answers, right and wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import pytest

from dlbasic.exam import Exam
from dlbasic.examine import examine
from grader.release.chapter import Chapter, load_chapter
from grader.release.exams import desk_exam, hidden_exam


@lru_cache(maxsize=32)
def exams(chapter: str, name: str) -> tuple[Exam, ...]:
    """The exams that an answer has to face: at the desk first, then hidden."""
    loaded = load_chapter(chapter)
    hidden = hidden_exam(loaded, name)
    # The desk cannot know the answers of an exam whose answers are secret.
    return (hidden,) if hidden.secret else (desk_exam(loaded, name), hidden)


def cases(table: dict[str, list]) -> list:
    """One test a further answer, named by exercise and number."""
    return [pytest.param(name, entry, id=f"{name}-{k}") for name in table for k, entry in enumerate(table[name], 1)]


def with_(change: Callable, function: Callable) -> Callable:
    """`function`, but it leaves something of its arguments changed."""

    def changed(*arguments):
        answer = function(*arguments)
        change(*arguments)
        return answer

    return changed


def must_pass(chapter: Chapter, name: str, answer: Callable) -> None:
    for exam in exams(chapter.name, name):
        verdict = examine(answer, exam)
        assert verdict.passed, verdict


def must_fail(chapter: Chapter, name: str, answer: Callable, mistake: str | None) -> None:
    """At the desk and hidden; `mistake` is the only one that may be named, None if none may."""
    for exam in exams(chapter.name, name):
        verdict = examine(answer, exam)
        assert not verdict.passed
        assert verdict.mistake == (mistake or ""), verdict

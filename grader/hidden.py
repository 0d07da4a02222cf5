"""The hidden half of every test cell: judges a function on numbers that no learner has seen, each exercise on its own.

Runs only where submissions are graded. What it says may be read by learners, so it names mistakes but shows no numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from inspect import signature

import numpy as np

from dlbasic import panel, session, table
from dlbasic.desk import exercise_name, quiet
from dlbasic.exam import Exam
from dlbasic.examine import examine as examine_alone
from dlbasic.messages import message
from dlbasic.properties._means import digits_once
from dlbasic.values import Refused, describe, first_difference, plain
from dlbasic.verdict import Verdict
from grader.leaning import lent, may_lean_on
from grader.release.chapter import Chapter, load_chapter
from grader.release.exams import cached_hidden_exam, for_grading

CLAIMS = 8


# What `check` has found on the hidden exam, kept for the `verify` that follows in the same cell.
_found: tuple[Callable, Verdict] | None = None


@lru_cache(maxsize=8)
def warm(chapter: str) -> None:
    """Make what judging this chapter takes and does not depend on an answer, so that forks of this process have it."""
    loaded = load_chapter(chapter)
    digits_once()
    for exercise in loaded.exercises:
        for exam in (table.exam(chapter, exercise), cached_hidden_exam(chapter, exercise)):
            exam.mistakes()
            if not loaded.bank.probes[exercise].slow:
                _judge(loaded.functions[exercise], loaded, exam)


def verify(function: Callable, chapter: str) -> float | None:
    """Judge `function` on the hidden cases of its exercise.

    Returns None for full marks, or the points earned where an exercise has partial credit (nbgrader takes the last
    value of a test cell for them). Raises AssertionError, which nbgrader scores as 0.
    """
    loaded = load_chapter(chapter)
    exercise = exercise_name(function, loaded.exercises)
    if exercise is None:
        raise AssertionError(f"{describe(function)} is none of the chapter's exercises")
    verdict = _taken(function) or _judge(function, loaded, cached_hidden_exam(chapter, exercise))
    if loaded.bank.probes[exercise].partial:
        return _points(function, loaded, exercise, verdict)
    if not verdict.passed:
        _refuse(verdict)
    return None


def examine(function: Callable, chapter: str, exam: Exam) -> Verdict:
    """What `check` says where submissions are graded, each exercise on its own.

    The hidden exam asks all that the desk's does, with other numbers: who passes it has passed, and the `verify` that
    follows takes the same verdict. Who does not is told by the desk's exam, since its numbers may be told and its
    mistakes are recorded by name; or, where one run takes seconds, by the hidden one.
    """
    global _found
    loaded = load_chapter(chapter)
    if exam.secret:  # the hidden exam knows the answer, and `check` is not the one to tell
        return _judge(function, loaded, exam)
    hidden, slow = cached_hidden_exam(chapter, exam.exercise), loaded.bank.probes[exam.exercise].slow
    verdict = _judge(function, loaded, hidden if slow else replace(hidden, mistakes=tuple))
    if slow or verdict.passed:
        _found = function, verdict
        return verdict if verdict.passed else hush(verdict)
    return _judge(function, loaded, exam)


def _taken(function: Callable) -> Verdict | None:
    global _found
    known, _found = _found, None
    return known[1] if known and known[0] is function else None


def _judge(function: Callable, chapter: Chapter, exam: Exam) -> Verdict:
    """The verdict on `function` by itself: when it fails, once more with right versions of the exercises it calls.

    Where it calls none, the second verdict would be the first.
    """
    exam = replace(exam, property=for_grading(chapter, exam.property))
    verdict = examine_alone(function, exam)
    if verdict.passed or verdict.kind in ("misuse", "todo"):
        return verdict
    others = _others(chapter, exam.exercise)
    if not may_lean_on(function, others):
        return verdict
    with lent(function, others):
        second = examine_alone(function, exam)
    return second if second.passed or second.facts.get("share", 0.0) > verdict.facts.get("share", 0.0) else verdict


def _others(chapter: Chapter, exercise: str) -> dict[str, Callable]:
    # A function without arguments is an answer itself: whoever is lent it can keep it for its own test.
    others = {name: right for name, right in chapter.functions.items() if name != exercise}
    return {name: right for name, right in others.items() if signature(right).parameters}


def _refuse(verdict: Verdict) -> None:
    hushed = hush(verdict)
    words = message(hushed, session.language())
    panel.show(words, hushed)
    kind = NotImplementedError if verdict.kind == "todo" else AssertionError
    raise quiet(kind(words.brief()), words)


def hush(verdict: Verdict) -> Verdict:
    """The verdict without anything that a hidden case could be rebuilt from."""
    if verdict.kind in ("misuse", "todo", "nothing", "refused"):
        return verdict
    kept = ("error", "line", "line_number") if verdict.kind == "crashed" else ()
    facts = {"found": verdict.kind, **{key: verdict.facts[key] for key in kept}}
    if verdict.kind == "property":
        facts |= {"en": verdict.facts["en"], "ko": verdict.facts["ko"]}
    if "share" in verdict.facts:
        facts["share"] = verdict.facts["share"]
    kind = verdict.kind if verdict.kind in ("mistake", "property", "changed", "warned") else "unseen"
    if kind in ("changed", "warned"):
        facts |= verdict.facts
    return replace(verdict, kind=kind, facts=facts, case=())


def _points(function: Callable, chapter: Chapter, exercise: str, verdict: Verdict) -> float:
    points = chapter.cell("test", exercise).points
    if verdict.passed:
        return points
    share = earned_share(function, chapter, exercise, verdict)
    if share is None:
        _refuse(verdict)
    earned = round(points * share, 4)
    facts = {"earned": earned, "points": points, "charged": _charges(chapter, exercise)}
    if verdict.kind == "property" or "share" in verdict.facts:
        facts |= {key: verdict.facts[key] for key in ("en", "ko")}
    told = replace(verdict, kind="partial", facts=facts, case=())
    panel.show(message(told, session.language()), told)
    return earned


def _charges(chapter: Chapter, exercise: str) -> bool:
    """Whether a wrong part of the answer costs points: it does in a set of claims."""
    return chapter.bank.probes[exercise].secret and isinstance(chapter.functions[exercise](), set)


def earned_share(function: Callable, chapter: Chapter, exercise: str, verdict: Verdict) -> float | None:
    """The share of the points that an answer earns which failed with `verdict`; None when it cannot be counted.

    A property may tell the share; otherwise the answer is compared with the chapter's own, which only makes sense where
    that is the one right answer.
    """
    if "share" in verdict.facts:
        return verdict.facts["share"]
    if not chapter.bank.probes[exercise].secret:
        return None
    others = _others(chapter, exercise)
    shares = [_share_of(chapter.functions[exercise](), function, verdict)]
    if may_lean_on(function, others):
        # A table that calls a wrong `conv_params` is judged by its own rows, like any other exercise.
        with lent(function, others):
            shares.append(_share_of(chapter.functions[exercise](), function, verdict))
    return max((share for share in shares if share is not None), default=None)


def _share_of(expected: set | dict | list, function: Callable, verdict: Verdict) -> float | None:
    try:
        got = function()
    except Exception:  # the verdict has told so already, or it cannot live with a lent function; either way no share
        return None
    if isinstance(expected, list):
        return partial_share(expected, got) if isinstance(got, list | tuple) else None
    # A dict that lacks a key or has a year in quotation marks failed by its form; its other keys count all the same.
    counts = verdict.kind in ("value", "mistake") or isinstance(got, dict)
    return partial_share(expected, got) if counts and isinstance(got, type(expected)) else None


def partial_share(expected: set | dict | list, got: set | dict | list) -> float:
    """The share of the points that an answer earns.

    A set of claims "1" to "8": the share found, less the share of the others named, never below 0; so naming them all
    earns nothing. A dict: the share of keys with the right value; one that is missing costs only itself.
    A table, a list of rows that begin with their names: the share of rows that are right.
    """
    if isinstance(expected, set):
        others = CLAIMS - len(expected)
        return max(0.0, len(expected & got) / len(expected) - len(got - expected) / others)
    if isinstance(expected, list):
        rows = _by_name(got)
        return sum(first_difference(row, rows.get(row[0])) is None for row in expected) / len(expected)
    return sum(_is(got.get(key), value) for key, value in expected.items()) / len(expected)


def _by_name(rows: list | tuple) -> dict[str, object]:
    """The rows of a table by their names, the first of each name; what is no row is left out."""
    found: dict[str, object] = {}
    for row in rows:
        try:
            row = plain(row)
        except Refused:
            continue
        if isinstance(row, list | tuple) and row and isinstance(row[0], str):
            found.setdefault(row[0], row)
    return found


def _is(got: object, value: str | int) -> bool:
    # A year may be numpy's int; what is neither text nor a whole number may have any == of its own.
    return isinstance(got, str | int | np.integer) and bool(got == value)

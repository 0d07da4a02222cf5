"""The hidden half of every test cell: judges a function on numbers that no learner has seen, each exercise on its own.

Runs only where submissions are graded. What it says may be read by learners, so it names mistakes but shows no numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from dlbasic import panel, session
from dlbasic.desk import quiet
from dlbasic.exam import Exam
from dlbasic.examine import examine as examine_alone
from dlbasic.messages import message
from dlbasic.verdict import Verdict
from grader.release.chapter import Chapter, load_chapter
from grader.release.exams import cached_hidden_exam


def verify(function: Callable, chapter: str) -> float | None:
    """Judge `function` on the hidden cases of its exercise.

    Returns None for full marks, or the points earned where an exercise has partial credit (nbgrader takes the last
    value of a test cell for them). Raises AssertionError, which nbgrader scores as 0.
    """
    exercise = function.__name__
    loaded = load_chapter(chapter)
    verdict = examine(function, chapter, cached_hidden_exam(chapter, exercise))
    if loaded.bank.probes[exercise].partial:
        return _points(function, loaded, verdict)
    if not verdict.passed:
        _refuse(verdict)
    return None


def examine(function: Callable, chapter: str, exam: Exam) -> Verdict:
    """The verdict on `function` by itself: when it fails, once more with right versions of the exercises it calls."""
    verdict = examine_alone(function, exam)
    if verdict.passed or verdict.kind in ("misuse", "todo"):
        return verdict
    others = {name: right for name, right in load_chapter(chapter).functions.items() if name != exam.exercise}
    borrowed = _called(function, set(others))
    if not borrowed:
        return verdict
    with _lent(function, {name: others[name] for name in borrowed}):
        second = examine_alone(function, exam)
    return second if second.passed else verdict


def _called(function: Callable, names: set[str]) -> set[str]:
    """Which of `names` the function calls, itself or through the learner's other functions."""
    namespace = getattr(function, "__globals__", {})
    found: set[str] = set()
    seen: set[str] = set()
    waiting = [function]
    while waiting:
        for name in _names(getattr(waiting.pop(), "__code__", None)):
            if name in names and name in namespace:
                found.add(name)
            elif name not in seen and hasattr(namespace.get(name), "__code__"):
                seen.add(name)
                waiting.append(namespace[name])
    return found


def _names(code) -> set[str]:
    if code is None:
        return set()
    nested = [constant for constant in code.co_consts if hasattr(constant, "co_names")]
    return set(code.co_names).union(*(_names(inner) for inner in nested))


@contextmanager
def _lent(function: Callable, right: dict[str, Callable]) -> Iterator[None]:
    namespace = function.__globals__
    own = {name: namespace[name] for name in right}
    namespace.update(right)
    try:
        yield
    finally:
        namespace.update(own)


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
    kind = verdict.kind if verdict.kind in ("mistake", "property", "changed", "warned") else "unseen"
    if kind in ("changed", "warned"):
        facts |= verdict.facts
    return replace(verdict, kind=kind, facts=facts, case=())


def _points(function: Callable, chapter: Chapter, verdict: Verdict) -> float:
    exercise = function.__name__
    points = chapter.cell("test", exercise).points
    if verdict.passed:
        return points
    if verdict.kind not in ("value", "mistake"):
        _refuse(verdict)
    share = partial_share(chapter.functions[exercise](), function())
    hushed = hush(verdict)
    panel.show(message(hushed, session.language()), hushed)
    return round(points * share, 4)


def partial_share(expected: set | dict, got: set | dict) -> float:
    """The share of the points that an answer earns.

    A set of claims: right ones less false alarms, never below 0, so that naming them all earns nothing. A dict: the
    share of keys with the right value.
    """
    if isinstance(expected, set):
        return max(0, len(expected & got) - len(got - expected)) / len(expected)
    return sum(got[key] == value for key, value in expected.items()) / len(expected)

"""Makes exams out of a chapter's bank: the desk's, under a public seed, and the hidden one, under others."""

from __future__ import annotations

import copy
import zlib
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, partial

import numpy as np

from dlbasic.authoring import Answer, AuthoringError, Probes
from dlbasic.chains import ADAPTERS, ONCE, Calls
from dlbasic.exam import FLOAT32_ATOL, FLOAT32_RTOL, Case, Exam, KnownMistake
from grader.release.chapter import Chapter, load_chapter

SPARES = 6


def seed(chapter: str, exercise: str, purpose: str) -> int:
    """A seed that depends on nothing but names, so that two releases ask the same."""
    return zlib.crc32(f"{chapter}/{exercise}/{purpose}".encode())


def desk_exam(chapter: Chapter, exercise: str) -> Exam:
    """The exam that a learner's copy holds. All spares are in it: the table's reader takes one."""
    number = seed(chapter.name, exercise, "desk")
    exam, raw = _exam(chapter, exercise, number, property_seed=1)
    probes, reference = chapter.bank.probes[exercise], chapter.functions[exercise]
    spares = _once(lambda: tuple(_spares(probes, reference, [number + 1 + more for more in range(SPARES)])))
    return replace(exam, spares=spares, list_case=_list_case(probes, reference, raw[0]) if raw else None)


def hidden_exam(chapter: Chapter, exercise: str) -> Exam:
    """The exam behind a hidden test: same kinds of cases, other numbers.

    Nobody has seen these, so there are no spares to catch who knows them by heart; and it makes no remarks.
    """
    numbers = (seed(chapter.name, exercise, f"hidden {number}") for number in range(2))
    exam, _ = _exam(chapter, exercise, *numbers, property_seed=2)
    return replace(exam, property=for_grading(chapter, exam.property))


@lru_cache(maxsize=256)
def cached_hidden_exam(name: str, exercise: str) -> Exam:
    """`hidden_exam`, made once a process."""
    return hidden_exam(load_chapter(name), exercise)


def _exam(chapter: Chapter, exercise: str, number: int, *again: int, property_seed: int) -> tuple[Exam, list[tuple]]:
    """The exam without its extras, and the arguments that the author's probes gave.

    again : further draws of the first case, lest two mistakes that give the same whole numbers by chance are mixed up
    """
    probes = chapter.bank.probes[exercise]
    reference = chapter.functions[exercise]
    raw = _raw_cases(probes, number)
    raw += [case for more in again for case in _raw_cases(probes, more)[:1]]
    cases = [_case(probes, reference, arguments) for arguments in raw]
    if raw:
        cases += _variants(probes, reference, raw[0])
    answers = chapter.bank.mistakes.get(exercise, [])
    frozen = tuple(cases)
    exam = Exam(
        exercise=exercise,
        parameters=parameters(reference),
        cases=frozen,
        mistakes=_once(lambda: tuple(_known(probes, answer, frozen) for answer in answers)),
        no_warnings=probes.no_warnings,
        calls=_calls(probes),
        property=_property(chapter, probes),
        property_seeds=(property_seed,),
        secret=probes.secret,
        hints=_hints(chapter, exercise),
    )
    return exam, raw


def _hints(chapter: Chapter, exercise: str) -> dict[str, tuple[str, ...]]:
    hints = chapter.bank.hints.get(exercise)
    return {"en": hints.en, "ko": hints.ko} if hints else {}


def parameters(function: Callable) -> tuple[str, ...]:
    """The function's parameters as written: `("x", "h=1e-05")`."""
    import inspect

    return tuple(str(parameter) for parameter in inspect.signature(function).parameters.values())


def _once(make: Callable) -> Callable:
    return lru_cache(maxsize=1)(make)


def _raw_cases(probes: Probes, number: int) -> list[tuple]:
    try:
        cases = list(probes.cases(np.random.default_rng(number)))
    except Exception as error:
        raise AuthoringError(f"{probes.place}: the probes of {probes.exercise!r} raise {error!r}") from error
    for case in cases:
        if not isinstance(case, tuple):
            raise AuthoringError(f"{probes.place}: every case is a tuple of arguments, not {type(case).__name__}")
    return cases


def _case(probes: Probes, reference: Callable, arguments: tuple, given: tuple | None = None, **tolerance) -> Case:
    """A case with the reference's answer to `arguments`; `given`, if any, is what the learner's function gets."""
    outcome = _calls(probes).observe(reference, arguments)
    if outcome.error or outcome.refused or outcome.malformed or outcome.changed:
        told = f"{outcome.error} {outcome.message}{outcome.refused}{outcome.malformed}"
        problem = "changes arguments" if outcome.changed else told
        raise AuthoringError(f"{probes.place}: the solution of {probes.exercise!r} fails on a probe: {problem}")
    tolerance = {"rtol": probes.rtol, "atol": probes.atol, **tolerance}
    return Case(copy.deepcopy(arguments if given is None else given), outcome.value, **tolerance)


def _is_floats(value) -> bool:
    return isinstance(value, np.ndarray) and value.dtype == np.float64


def _variants(probes: Probes, reference: Callable, arguments: tuple) -> list[Case]:
    """The first case once more as float32, and as whole numbers where those make sense."""
    if not any(_is_floats(value) for value in arguments):
        return []
    halves = tuple(value.astype(np.float32) if _is_floats(value) else value for value in arguments)
    widened = tuple(
        half.astype(float) if _is_floats(value) else value for half, value in zip(halves, arguments, strict=True)
    )
    tolerance = {"rtol": max(FLOAT32_RTOL, probes.rtol), "atol": max(FLOAT32_ATOL, probes.atol)}
    cases = [_case(probes, reference, widened, halves, **tolerance)]
    if probes.integers:
        whole = tuple(np.rint(2 * value) if _is_floats(value) else value for value in arguments)
        given = tuple(value.astype(int) if _is_floats(value) else value for value in whole)
        cases.append(_case(probes, reference, whole, given))
    return cases


def _list_case(probes: Probes, reference: Callable, arguments: tuple) -> Case | None:
    if not probes.lists or not any(isinstance(value, np.ndarray) for value in arguments):
        return None
    lists = tuple(value.tolist() if isinstance(value, np.ndarray) else value for value in arguments)
    return _case(probes, reference, arguments, lists)


def _spares(probes: Probes, reference: Callable, seeds: list[int]) -> list[Case]:
    spares = []
    for number in seeds:
        first = next(iter(probes.cases(np.random.default_rng(number))), None)
        if first:
            spares.append(_case(probes, reference, first))
    return spares


def _known(probes: Probes, answer: Answer, cases: tuple[Case, ...]) -> KnownMistake:
    outcomes = tuple(_calls(probes).observe(answer.function, case.arguments) for case in cases)
    return KnownMistake(answer.id, answer.text, outcomes)


def _calls(probes: Probes) -> Calls:
    if probes.adapter is None:
        return ONCE
    try:
        return ADAPTERS[probes.adapter]
    except KeyError:
        raise AuthoringError(f"{probes.place}: dlbasic.chains has no adapter {probes.adapter!r}") from None


def _property(chapter: Chapter, probes: Probes) -> Callable | None:
    if probes.property is None:
        return None
    from dlbasic import properties

    try:
        judge = getattr(properties, probes.property)
    except AttributeError:
        raise AuthoringError(f"{probes.place}: dlbasic.properties has no {probes.property!r}") from None
    return _with_right_parts(chapter, judge)


def _with_right_parts(chapter: Chapter, judge: Callable) -> Callable:
    """A judge that needs other exercises gets the chapter's own; at the desk it makes do with the learner's."""
    borrows = getattr(judge, "borrows", ())
    return partial(judge, borrowed={name: chapter.functions[name] for name in borrows}) if borrows else judge


def for_grading(chapter: Chapter, judge: Callable | None) -> Callable | None:
    """A property's judge as it serves where a class is graded: with the chapter's parts, and quick where it can."""
    if getattr(judge, "quick", False):
        judge = partial(judge, quick=True)
    return _with_right_parts(chapter, judge)

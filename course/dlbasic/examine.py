"""The one judge of a function: runs it on an exam's cases and finds the verdict. Shows nothing, keeps nothing."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from dlbasic.chains import PAIR
from dlbasic.exam import Case, Exam, KnownMistake
from dlbasic.observe import Outcome, failure, parameter_names
from dlbasic.values import Difference, describe, first_difference, floats_as_in
from dlbasic.verdict import Verdict


def examine(function: Any, exam: Exam) -> Verdict:
    """The verdict on `function`: crash, then shape and dtype, then the name of a mistake, then the first difference.

    A mistake is named only when exactly one known mistake does what `function` does on every case.
    """
    misuse = _misuse(function, exam)
    if misuse:
        return misuse
    outcomes = [exam.calls.observe(function, case.arguments) for case in exam.cases]
    if outcomes and all(outcome.error == "NotImplementedError" for outcome in outcomes):
        return Verdict(exam.exercise, "todo")
    faults = [_fault(exam, function, *pair) for pair in zip(exam.cases, outcomes, strict=True)]
    if any(faults):
        return _resolve(function, exam, outcomes, faults)
    found = _property_fault(function, exam)
    if found:
        return found
    for case in exam.spares():
        fault = _fault(exam, function, case, exam.calls.observe(function, case.arguments))
        if fault:
            kind = "hardcoded" if fault.kind == "value" else fault.kind
            return replace(fault, kind=kind, case=_case(exam, function, case))
    if exam.secret:
        return Verdict(exam.exercise, "recorded")
    return Verdict(exam.exercise, "passed", remarks=_remarks(function, exam, outcomes))


def _misuse(function: Any, exam: Exam) -> Verdict | None:
    if not callable(function):
        return Verdict(exam.exercise, "misuse", facts={"problem": "no_function", "got": describe(function)})
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return None
    required = [name for name in exam.parameters if "=" not in name]
    try:
        signature.bind(*exam.parameters)
        signature.bind(*required)
    except TypeError:
        facts = {"problem": "parameters", "got": str(signature), "expected": f"({', '.join(exam.parameters)})"}
        return Verdict(exam.exercise, "misuse", facts=facts)
    return None


def _fault(exam: Exam, function: Any, case: Case, outcome: Outcome) -> Verdict | None:
    """What is wrong with one outcome by itself, as a verdict without a mistake's name; None when it is right."""
    if outcome.error:
        facts = {key: getattr(outcome, key) for key in ("error", "message", "line", "line_number")}
        return Verdict(exam.exercise, "crashed", facts=facts)
    if outcome.refused:
        return Verdict(exam.exercise, "refused", facts={"got": outcome.refused})
    if outcome.malformed:
        facts = {"aspect": "pair", "path": "", "call": outcome.call, "expected": PAIR, "got": outcome.malformed}
        return Verdict(exam.exercise, "structure", facts=facts)
    if outcome.value is None and case.expected is not None:
        return Verdict(exam.exercise, "nothing")
    difference = first_difference(case.expected, outcome.value, case.rtol, case.atol)
    if difference:
        return Verdict(exam.exercise, *_kind_and_facts(exam, difference))
    if exam.no_warnings and outcome.warned:
        return Verdict(exam.exercise, "warned", facts={"warned": ", ".join(outcome.warned)})
    if outcome.changed:
        return Verdict(exam.exercise, "changed", facts={"names": _changed(exam, function, case, outcome)})
    return None


def _kind_and_facts(exam: Exam, difference: Difference) -> tuple:
    call, path = exam.calls.locate(difference.path)
    facts = {"path": path, "expected": difference.expected, "got": difference.got}
    if call:
        facts["call"] = call
    if difference.kind in ("type", "shape", "dtype"):
        return "structure", "", {}, {"aspect": difference.kind, **facts}
    return "value", "", {}, {"nan": difference.kind == "nan", **facts}


# The first kind that any case shows is the verdict; a mistake's name stands between structure and values.
_ORDER = ("crashed", "nothing", "refused", "structure", "value", "warned", "changed")


def _resolve(function: Callable, exam: Exam, outcomes: list[Outcome], faults: list[Verdict | None]) -> Verdict:
    known = _name(exam, outcomes)
    for kind in _ORDER:
        for case, outcome, fault in zip(exam.cases, outcomes, faults, strict=True):
            if fault is None or fault.kind != kind:
                continue
            if known and kind in ("value", "warned", "changed"):
                fault = replace(fault, kind="mistake")
            changed = outcome.changed and kind != "changed"
            remarks = ("changed:" + _changed(exam, function, case, outcome),) if changed else ()
            return replace(
                fault,
                mistake=known.id if known else "",
                text=known.text if known else {},
                case=_case(exam, function, case),
                remarks=remarks,
            )
    raise AssertionError("a fault of a kind that has no place in the order")


def _name(exam: Exam, outcomes: list[Outcome]) -> KnownMistake | None:
    fitting = [mistake for mistake in exam.mistakes() if _fits(exam, mistake, outcomes)]
    return fitting[0] if len(fitting) == 1 else None


def _fits(exam: Exam, mistake: KnownMistake, outcomes: list[Outcome]) -> bool:
    if len(mistake.outcomes) != len(outcomes):
        return False
    told = False
    for case, known, got in zip(exam.cases, mistake.outcomes, outcomes, strict=True):
        if not same_outcome(known, got, case, exam.no_warnings):
            return False
        # Crashing alike proves little: a mistake shows itself in an answer, a warning or a changed argument.
        told = told or (not known.error and not known.refused and _fault(exam, None, case, known) is not None)
    return told


def same_outcome(one: Outcome, other: Outcome, case: Case, no_warnings: bool = False) -> bool:
    """Whether two calls did the same, as far as a mistake's signature goes."""
    if one.error or other.error:
        return one.error == other.error
    if one.refused or other.refused:
        return bool(one.refused and other.refused)
    if one.malformed or other.malformed:
        return (one.malformed, one.call) == (other.malformed, other.call)
    if no_warnings and one.warned != other.warned:
        return False
    if one.changed != other.changed:
        return False
    if one.value is None or other.value is None:
        return one.value is other.value
    # Where floats are expected a mistake may come out as ints on whole numbers, and the learner's as floats.
    values = (floats_as_in(case.expected, outcome.value) for outcome in (one, other))
    return first_difference(*values, case.rtol, case.atol) is None


def _property_fault(function: Callable, exam: Exam) -> Verdict | None:
    if exam.property is None:
        return None
    for seed in exam.property_seeds:
        try:
            finding = exam.property(function, seed)
        except (Exception, SystemExit) as error:
            if isinstance(error, NotImplementedError):
                return Verdict(exam.exercise, "todo")
            outcome = failure(error, function)
            facts = {key: getattr(outcome, key) for key in ("error", "message", "line", "line_number")}
            return Verdict(exam.exercise, "crashed", facts=facts)
        if finding is not None:
            return _from_finding(exam, finding)
    return None


def _from_finding(exam: Exam, finding: Any) -> Verdict:
    facts = {"en": finding.en, "ko": finding.ko}
    facts |= {key: getattr(finding, key) for key in ("shown", "share") if getattr(finding, key)}
    for known in exam.mistakes():
        if known.id == finding.mistake:
            return Verdict(exam.exercise, "mistake", known.id, known.text, facts)
    return Verdict(exam.exercise, "property", facts=facts)


def _changed(exam: Exam, function: Any, case: Case, outcome: Outcome) -> str:
    return _named(exam, function, case, outcome.changed)


def _named(exam: Exam, function: Any, case: Case, places: tuple[int, ...]) -> str:
    names = parameter_names(function, len(exam.calls.first(case.arguments)))
    return ", ".join(names[place] for place in places)


def _case(exam: Exam, function: Callable, case: Case) -> tuple[tuple[str, str], ...]:
    arguments = exam.calls.first(case.arguments)
    names = parameter_names(function, len(arguments))
    return tuple((name, describe(value)) for name, value in zip(names, arguments, strict=True))


def _remarks(function: Callable, exam: Exam, outcomes: list[Outcome]) -> tuple[str, ...]:
    """What is worth saying after a pass, at no cost: a warning on the way, an argument for an answer, plain lists."""
    if any(outcome.warned for outcome in outcomes):
        return ("warns:" + ", ".join(sorted({word for outcome in outcomes for word in outcome.warned})),)
    for case, outcome in zip(exam.cases, outcomes, strict=True):
        if outcome.shared:
            return ("shares:" + _named(exam, function, case, outcome.shared),)
        if isinstance(case.expected, np.ndarray) and isinstance(outcome.value, list):
            return ("list_returned",)
    case = exam.list_case
    if case is not None and _fault(exam, function, case, exam.calls.observe(function, case.arguments)):
        return ("lists",)
    return ()

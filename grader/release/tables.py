"""Writes a chapter's check table: what the learner's desk needs to judge, and nothing that solves an exercise."""

from __future__ import annotations

import json
import math

from dlbasic.exam import Case, Exam, KnownMistake
from dlbasic.table import encode_case, encode_outcome
from grader.release.chapter import Chapter
from grader.release.exams import desk_exam

# Enough digits for a tolerance of 1e-6, few enough that another processor's last bit does not show.
DIGITS = 12


def check_table(chapter: Chapter) -> dict:
    """The table of all exercises of `chapter`, as JSON's types."""
    return {
        "chapter": chapter.name,
        "exercises": {name: _entry(chapter, name, desk_exam(chapter, name)) for name in chapter.exercises},
    }


def to_text(table: dict) -> str:
    """The table as text, a line an exercise, so that a change to one shows as one."""
    lines = [f"{json.dumps(name)}: {_dumps(entry)}" for name, entry in table["exercises"].items()]
    body = ",\n".join(lines)
    return f'{{"chapter": {json.dumps(table["chapter"])}, "exercises": {{\n{body}\n}}}}\n'


def alike(one: str, other: str) -> bool:
    """Whether two tables say the same, but for the last digits of floats, in which processors differ."""
    try:
        return _alike(json.loads(one), json.loads(other))
    except ValueError:
        return False


def _entry(chapter: Chapter, name: str, exam: Exam) -> dict:
    probes = chapter.bank.probes[name]
    secret = probes.secret
    return {
        "parameters": list(exam.parameters),
        "points": chapter.cell("test", name).points,
        "no_warnings": exam.no_warnings,
        **({"adapter": probes.adapter} if probes.adapter else {}),
        "property": probes.property,
        "secret": secret,
        "cases": [] if secret else [_case(case) for case in exam.cases],
        "spares": [] if secret else [_case(case) for case in exam.spares()],
        "list_case": _case(exam.list_case) if exam.list_case and not secret else None,
        "mistakes": [] if secret else [_mistake(mistake) for mistake in exam.mistakes()],
        "hints": {language: list(rungs) for language, rungs in exam.hints.items()},
    }


def _case(case: Case) -> dict:
    return _rounded(encode_case(case))


def _mistake(mistake: KnownMistake) -> dict:
    outcomes = [_rounded(encode_outcome(outcome)) for outcome in mistake.outcomes]
    return {"id": mistake.id, "text": mistake.text, "outcomes": outcomes}


def _rounded(value):
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}")
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    return value


def _dumps(value) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _alike(one, other) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_alike, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(_alike(one[key], other[key]) for key in one)
    return type(one) is type(other) and one == other

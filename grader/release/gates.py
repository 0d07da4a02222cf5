"""The gates that a chapter must pass before it is released. Every gate collects; nothing stops at the first problem."""

from __future__ import annotations

import ast
import doctest
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from dlbasic.authoring import Answer, Place
from dlbasic.examine import examine
from dlbasic.verdict import Verdict
from grader.hidden import hush
from grader.release.chapter import BEGIN_HIDDEN, BEGIN_SOLUTION, END_HIDDEN, END_SOLUTION, Cell, Chapter
from grader.release.exams import desk_exam, hidden_exam

STUB_LINES = 8
MIN_EQUIVALENTS = 2
MARKERS = (BEGIN_SOLUTION, END_SOLUTION, BEGIN_HIDDEN, END_HIDDEN)


@dataclass(frozen=True)
class Finding:
    """One thing an author has to mend, and where."""

    place: Place
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


def markers(chapter: Chapter) -> Iterator[Finding]:
    """Regions that nbgrader would silently release: misspelt, unpaired or nested markers, markers in the wrong cell."""
    for cell in chapter.cells:
        if cell.role == "prose":
            continue
        expected: str | None = None
        for offset, line in enumerate(cell.source.splitlines()):
            text = line.strip()
            place = Place(cell.place.file, cell.place.line + offset)
            if text in MARKERS:
                if (expected is None) != text.startswith("### BEGIN") or (expected and text != expected):
                    yield Finding(place, f"{text!r} out of order" + (f": {expected!r} was due" if expected else ""))
                wrong = {"exercise": "HIDDEN", "test": "SOLUTION", "code": ""}[cell.role]
                if wrong in text:
                    yield Finding(place, f"{text!r} does not belong into a cell of this kind")
                expected = text.replace("BEGIN", "END") if "BEGIN" in text else None
            elif re.match(r"#+\s*(BEGIN|END|BEG[A-Z]*|HID[A-Z]*|SOL[A-Z]*)\b", text, re.IGNORECASE):
                yield Finding(place, f"{text!r} looks like a marker but is none of {', '.join(MARKERS)}")
        if expected:
            yield Finding(cell.place, f"{expected!r} is missing in this cell")


def pieces(chapter: Chapter) -> Iterator[Finding]:
    """Every exercise has all its pieces, and the pieces have the form that learners rely on."""
    names = Counter(chapter.exercises)
    bank = chapter.bank
    for cell in chapter.cells:
        if cell.role == "exercise":
            yield from _exercise(chapter, cell)
            if names[cell.name] > 1:
                yield Finding(cell.place, f"there is more than one exercise {cell.name!r}")
        elif cell.role == "test":
            yield from _test(chapter, cell)
    declared = {**bank.probes, **bank.hints}
    groups = [*bank.mistakes.values(), *bank.equivalents.values()]
    named = [(item.place, key) for key, item in declared.items()]
    for place, name in named + [(answer.place, answer.exercise) for group in groups for answer in group]:
        if name not in names:
            yield Finding(place, f"there is no exercise {name!r} in {chapter.name}/notebook.py")
    for group in bank.mistakes.values():
        for name, count in Counter(answer.id for answer in group).items():
            if count > 1:
                yield Finding(group[-1].place, f"the mistake {name!r} of {group[0].exercise!r} is there twice")


def _exercise(chapter: Chapter, cell: Cell) -> Iterator[Finding]:
    bank, name = chapter.bank, cell.name
    tests = [other for other in chapter.cells if other.role == "test" and other.name == name]
    if len(tests) != 1:
        yield Finding(cell.place, f'{name!r} needs one test cell (`# %% test="{name}" points=…`); it has {len(tests)}')
    if name not in bank.probes:
        yield Finding(cell.place, f"{name!r} has no probes (probes.py)")
    if name not in bank.hints:
        yield Finding(cell.place, f"{name!r} has no hints (probes.py)")
    if not bank.mistakes.get(name):
        yield Finding(cell.place, f"{name!r} has no known mistakes (mistakes.py)")
    if len(bank.equivalents.get(name, [])) < MIN_EQUIVALENTS:
        yield Finding(cell.place, f"{name!r} needs at least {MIN_EQUIVALENTS} equivalents (equivalents.py)")
    if BEGIN_SOLUTION not in cell.source:
        yield Finding(cell.place, f"the cell of {name!r} has no `{BEGIN_SOLUTION}` region")
    if not _has_lead_in(chapter, cell):
        yield Finding(cell.place, f"{name!r} needs prose in both languages between it and the exercise before")
    yield from _stub(cell)


def _has_lead_in(chapter: Chapter, cell: Cell) -> bool:
    languages = set()
    for other in reversed(chapter.cells[: chapter.cells.index(cell)]):
        if other.role in ("exercise", "test"):
            break
        languages.add(other.language)
    return {"en", "ko"} <= languages


def stub_lines(source: str) -> list[str]:
    """The lines of an exercise cell that a learner gets, without what takes the solution's place."""
    kept, inside = [], False
    for line in source.splitlines():
        if line.strip() == BEGIN_SOLUTION:
            inside = True
        elif line.strip() == END_SOLUTION:
            inside = False
        elif not inside:
            kept.append(line)
    return kept


def _stub(cell: Cell) -> Iterator[Finding]:
    tree = ast.parse(cell.source)
    function = next((n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == cell.name), None)
    if function is None:
        yield Finding(cell.place, f"this cell must define the function {cell.name!r} at its left edge")
        return
    doc = ast.get_docstring(function)
    if not doc:
        yield Finding(cell.place, f"{cell.name!r} needs a docstring with shapes and a worked example (>>>)")
        return
    if ">>>" not in doc and function.args.args and "rng" not in ast.unparse(function.args):
        yield Finding(cell.place, f"the docstring of {cell.name!r} has no worked example (>>>)")
    docstring = function.body[0]
    length = docstring.end_lineno - docstring.lineno + 1
    code = [line for line in stub_lines(cell.source) if line.strip()]
    blank = sum(not line.strip() for line in cell.source.splitlines()[docstring.lineno - 1 : docstring.end_lineno])
    # What nbgrader puts in is two more lines: a comment and `raise NotImplementedError()`.
    count = len(code) - (length - blank) + 2
    if count > STUB_LINES:
        yield Finding(cell.place, f"the stub of {cell.name!r} has {count} lines of code; {STUB_LINES} are the most")


def _test(chapter: Chapter, cell: Cell) -> Iterator[Finding]:
    if cell.name not in chapter.exercises:
        yield Finding(cell.place, f"a test for {cell.name!r}, which is no exercise")
    if cell.source.splitlines()[0].strip() != f"check({cell.name})":
        yield Finding(cell.place, f"the first line of this test must be `check({cell.name})`")
    if f'verify({cell.name}, "{chapter.name}")' not in cell.source:
        yield Finding(cell.place, f'the hidden part must call `verify({cell.name}, "{chapter.name}")`')


def answers(chapter: Chapter) -> Iterator[Finding]:
    """Solutions and equivalents pass, at the desk and hidden; every known mistake fails and is named by its own id."""
    for name in chapter.exercises:
        if name not in chapter.bank.probes or name not in chapter.bank.hints:
            continue
        exams = (("the check", desk_exam(chapter, name)), ("the hidden test", hidden_exam(chapter, name)))
        cell = chapter.cell("exercise", name)
        for where, exam in exams:
            verdict = examine(chapter.functions[name], exam)
            if not verdict.passed or verdict.remarks:
                yield Finding(cell.place, f"the solution of {name!r} fails {where}: {_told(verdict)}")
            for answer in chapter.bank.equivalents.get(name, []):
                verdict = examine(_as(answer, name), exam)
                if not verdict.passed:
                    yield Finding(answer.place, f"the equivalent {answer.id!r} fails {where}: {_told(verdict)}")
            for answer in chapter.bank.mistakes.get(name, []):
                yield from _mistake(answer, where, examine(_as(answer, name), exam))


def _mistake(answer: Answer, where: str, verdict: Verdict) -> Iterator[Finding]:
    if verdict.passed:
        if verdict.kind != "recorded":
            yield Finding(answer.place, f"the mistake {answer.id!r} passes {where}")
    elif verdict.mistake != answer.id:
        yield Finding(answer.place, f"the mistake {answer.id!r} is not named by {where}: {_told(verdict)}")
    else:
        # The hidden test's words must be there too; made here so that a missing one is found by the author.
        hush(verdict)


def _as(answer: Answer, name: str):
    """The answer as a learner would have it: under the exercise's name."""
    answer.function.__name__ = name
    return answer.function


def _told(verdict: Verdict) -> str:
    return f"{verdict.kind} {verdict.mistake} {verdict.facts} {dict(verdict.case)} {verdict.remarks}".strip()


def examples(chapter: Chapter) -> Iterator[Finding]:
    """The worked examples in the docstrings give what they say."""
    import numpy as np

    runner = doctest.DocTestRunner(verbose=False)
    finder = doctest.DocTestFinder()
    for cell in chapter.cells:
        if cell.role != "exercise":
            continue
        said: list[str] = []
        scope = {"np": np, **chapter.functions}
        for test in finder.find(chapter.functions[cell.name], cell.name, globs=scope, module=False):
            runner.run(test, out=said.append)
        if said:
            yield Finding(cell.place, f"the example of {cell.name!r} is wrong:\n{''.join(said)}")

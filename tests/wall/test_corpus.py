"""A class of broken but honest submissions, graded in one run: each gets what a fair human would give, or a flag."""

from __future__ import annotations

from dataclasses import dataclass

import nbformat
import pytest
import toy
from corpus import FULL, everything
from nbgrader.api import Gradebook, MissingEntry
from rich.console import Console
from sampling import sample

from grader.classroom.classdir import ClassDirectory
from grader.classroom.grade import grade
from grader.classroom.init import init

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
CORPUS = sample(everything())
SETTINGS = "\nc.Execute.timeout = 2\nc.RunSubmission.timeout = 2\nc.RunSubmission.budget = 15\n"


@dataclass
class Graded:
    scores: dict[str, tuple[float | None, bool]]  # exercise → points, whether it waits for a person
    flags: list


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Student → what became of her."""
    root = tmp_path_factory.mktemp("corpus") / "course"
    init(root, {"numbers": toy.source()})
    toy.settings(root, SETTINGS)
    released = nbformat.read(root / "release" / "numbers" / "numbers.ipynb", as_version=4)
    for one in CORPUS:
        one.hand_in(root, released)
    before = _files(root)
    directory = ClassDirectory(root)
    flags = {result.student: result.flags for result in grade(directory, workers=2, console=Console(quiet=True))}
    assert _files(root) == before, "a submission was changed"
    found = {}
    with Gradebook(directory.db_url, "dlbasic") as gradebook:
        for one in CORPUS:
            try:
                grades = gradebook.find_submission_notebook("numbers", "numbers", one.student).grades
            except MissingEntry:
                grades = []
            scores = {g.name.removeprefix("test_"): (g.auto_score, g.needs_manual_grade) for g in grades}
            found[one.student] = Graded(scores, flags.get(one.student, []))
    return found


def _files(root):
    return {path: path.lstat().st_mtime_ns for path in (root / "submitted").rglob("*")}


def _is_fair(wanted, points, waits, codes) -> bool:
    """Whether what an exercise got is what was wanted: points, or a flag with that code; of several, any."""
    if isinstance(wanted, tuple):
        return any(_is_fair(one, points, waits, codes) for one in wanted)
    if isinstance(wanted, str):
        code = wanted.removeprefix("flag:")
        return waits and bool(codes) and (code == "*" or code in codes)
    return points == wanted and not waits


@pytest.mark.parametrize("one", CORPUS, ids=lambda one: one.student.encode("unicode_escape").decode()[:60])
def test_a_broken_but_honest_submission_is_graded_fairly(one, graded, tally):
    got = graded[one.student]
    fair, silent = {}, 0
    for exercise, wanted in one.fair.items():
        points, waits = got.scores.get(exercise, (None, False))
        codes = [flag.code for flag in got.flags if flag.exercise in (exercise, "-")]
        fair[exercise] = _is_fair(wanted, points, waits, codes)
        silent += not fair[exercise] and not points and not (waits and codes)
    good = all(fair.values())
    flagged = any(waits for _, waits in got.scores.values())
    tally("broken", count=1, fair=good, flagged=good and flagged, unfair=not good, silent=silent > 0)
    assert good, (one.why, dict(one.fair), got.scores, [flag.to_json() for flag in got.flags])


def test_whoever_gets_full_marks_has_nothing_to_be_decided(graded):
    full = [one for one in CORPUS if one.fair is FULL]
    assert len(full) * 4 > len(CORPUS)
    assert [one.student for one in full if any(waits for _, waits in graded[one.student].scores.values())] == []

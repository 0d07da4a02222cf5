"""Stub or work: the checksum that decides agrees with nbgrader's own."""

import toy_course
from hypothesis import given
from hypothesis import strategies as st
from nbformat import from_dict
from nbgrader.utils import compute_checksum

from dlbasic import cells


@given(
    source=st.text(),
    kind=st.sampled_from(["code", "markdown"]),
    grade=st.booleans(),
    solution=st.booleans(),
    locked=st.booleans(),
    points=st.integers(0, 9) | st.floats(0, 9),
)
def test_the_checksum_is_nbgraders(source, kind, grade, solution, locked, points):
    data = {"grade_id": "mse", "grade": grade, "solution": solution, "locked": locked, "points": points}
    cell = {"cell_type": kind, "source": source, "metadata": {"nbgrader": data}}
    assert cells.checksum(cell) == compute_checksum(from_dict(cell))


def test_a_source_kept_as_a_list_of_lines_counts_as_its_text():
    whole = toy_course.exercise("double")
    assert cells.is_untouched({**whole, "source": whole["source"].splitlines(keepends=True)})


def test_work_is_what_differs_from_the_stub(tmp_path):
    path = toy_course.write(toy_course.released(), tmp_path / "n.ipynb")
    assert cells.work_in(toy_course.read(path)) == []
    toy_course.work_on(path, "halve", "def halve(x):\n    return x / 2")
    assert cells.work_in(toy_course.read(path)) == ["halve"]
    assert list(cells.exercises(toy_course.read(path))) == ["double", "halve"]
    assert list(cells.tests(toy_course.read(path))) == ["double", "halve"]

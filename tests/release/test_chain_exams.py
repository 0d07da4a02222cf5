"""An exercise that is a step of a chain goes from its author's files to both exams and the check table."""

import pytest

from dlbasic.authoring import AuthoringError
from dlbasic.chains import ADAPTERS
from grader.release import gates
from grader.release.chapter import load_folder
from grader.release.exams import desk_exam, hidden_exam
from grader.release.tables import check_table


def as_chain(tiny):
    """The tiny chapter's exercise turned into a step of a chain."""
    solution = '    g = np.asarray(x)\n    return w - g, {"n": state.get("n", 0) + 1}'
    tiny("notebook.py", "def double(x):", "def double(w, x, state):")
    tiny("notebook.py", "    return np.multiply(np.asarray(x), 2.0)", solution)
    tiny(
        "notebook.py",
        "    >>> double(np.array([2.0])).tolist()\n    [4.0]",
        '    >>> double(3.0, 1.0, {})[1]["n"]\n    1',
    )
    tiny("probes.py", '@probes("double")', '@probes("double", adapter="chain")')
    tiny("probes.py", "yield (rng.normal(size=(2, 3)),)", "yield rng.normal(size=2), rng.normal(size=(3, 2))")
    tiny("mistakes.py", "def square(x):\n    return x**2", "def square(w, x, state):\n    return w + x, {}")
    tiny("equivalents.py", "def added(x):\n    return x + x", "def added(w, x, state):\n    return w + -x, {}")
    tiny("equivalents.py", "def shifted(x):\n    return x * 2", "def shifted(w, x, state):\n    return -(x - w), state")
    return tiny.folder


def test_a_chain_goes_through_gates_table_and_both_exams(tiny):
    chapter = load_folder(as_chain(tiny))
    assert [str(finding) for finding in gates.answers(chapter)] == []
    for exam in (desk_exam(chapter, "double"), hidden_exam(chapter, "double")):
        assert exam.calls is ADAPTERS["chain"]
        assert len(exam.cases[0].expected) == 3
    entry = check_table(chapter)["exercises"]["double"]
    assert entry["adapter"] == "chain"
    assert entry["parameters"] == ["w", "x", "state"]


def test_an_exercise_of_single_calls_names_no_adapter_in_the_table(tiny):
    assert "adapter" not in check_table(load_folder(tiny.folder))["exercises"]["double"]


def test_an_unknown_adapter_is_told_with_its_place(tiny):
    folder = tiny("probes.py", '@probes("double")', '@probes("double", adapter="rope")')
    with pytest.raises(AuthoringError, match=r"probes\.py:4: .*no adapter 'rope'"):
        desk_exam(load_folder(folder), "double")


def test_a_judge_that_borrows_gets_the_chapters_own_functions(tiny, monkeypatch):
    from dlbasic import properties

    def needs_double(fn, seed, borrowed=None):
        assert borrowed["double"](3.0) == 6.0

    needs_double.borrows = ("double",)
    monkeypatch.setattr(properties, "needs_double", needs_double, raising=False)
    folder = tiny("probes.py", '@probes("double")', '@probes("double", property="needs_double")')
    assert desk_exam(load_folder(folder), "double").property(None, 1) is None

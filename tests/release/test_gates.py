"""Every gate lets a sound chapter through and names file and line of what is wrong with a spoilt one."""

import pytest

from dlbasic.authoring import AuthoringError
from grader.release import gates, leaks, twins
from grader.release.build import source_notebook
from grader.release.chapter import load_folder
from grader.release.publish import learner_notebook


def all_findings(folder):
    chapter = load_folder(folder)
    found = [*gates.markers(chapter), *gates.pieces(chapter), *twins.twins(chapter)]
    return [str(f) for f in found or [*gates.examples(chapter), *gates.answers(chapter)]]


def line_of(folder, name, text):
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def test_a_sound_chapter_passes_every_gate(tiny):
    assert all_findings(tiny.folder) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("notebook.py", "### BEGIN HIDDEN TESTS", "### BEGIN HIDEN TESTS", "looks like a marker"),
        ("notebook.py", "    ### BEGIN SOLUTION", "    ## BEGIN SOLUTION", "looks like a marker"),
        ("notebook.py", "    ### END SOLUTION\n", "", "'### END SOLUTION' is missing"),
        ("notebook.py", "points=2", "points=0", "points"),
        ("notebook.py", 'test="double"', 'test="doubel"', "no exercise"),
        ("notebook.py", 'exercise="double"', 'exercize="double"', "unknown marker"),
        ("notebook.py", "check(double)", "check(doubel)", "first line"),
        ("notebook.py", '"09_tiny")\n### END', '"08_other")\n### END', "verify(double"),
        ("notebook.py", "    [4.0]\n", "    [5.0]\n", "example of 'double' is wrong"),
        ("notebook.py", "    >>> double(np.array([2.0])).tolist()\n    [4.0]\n", "", "worked example"),
        ("notebook.py", "is $2x$.", "is $3x$.", "formulas differ"),
        ("notebook.py", '# %% [markdown] lang="ko"\n# $x$의 두 배는 $2x$입니다.\n\n', "", "no Korean twin"),
        ("notebook.py", "    return np.multiply", "    x = 1\n    y = 2\n    return np.divide", "fails the check"),
        ("probes.py", '@probes("double")', '@probes("duble")', "there is no exercise 'duble'"),
        ("probes.py", 'ko=("a", "b", "c")', 'ko=("a", "b")', "three rungs"),
        ("probes.py", '@probes("double")', '@probes("double", colour=1)', "colour"),
        ("probes.py", "yield (rng", "yield 1 / 0, (rng", "raise"),
        ("mistakes.py", "return x**2", "return 2 * x", "passes the check"),
        ("mistakes.py", "return x**2", "return (", "was never closed"),
        ("equivalents.py", "return x + x", "return x + x + 1", "'added' fails the check"),
        ("equivalents.py", '@equivalent("double")\ndef shifted', "def shifted", "at least 2 equivalents"),
    ],
)
def test_a_wrong_or_missing_piece_is_reported_with_file_and_line(tiny, file, old, new, said):
    folder = tiny(file, old, new)
    try:
        found = all_findings(folder)
    except AuthoringError as error:
        found = [str(error)]
    assert any(said in finding for finding in found), found
    for finding in found:
        name, line, _ = finding.split(":", 2)
        assert name.endswith(".py")
        assert int(line) > 0


def test_the_line_is_the_line(tiny):
    folder = tiny("notebook.py", "### BEGIN HIDDEN TESTS", "### BEGIN HIDEN TESTS")
    finding = next(f for f in all_findings(folder) if "looks like" in f)
    assert finding.split(":")[1] == str(line_of(folder, "notebook.py", "HIDEN"))


def test_two_mistakes_that_cannot_be_told_apart_are_reported(tiny):
    twin = '\n@mistake("double", en="a", ko="b")\ndef times_itself(x):\n    return x * x\n'
    path = tiny.folder / "mistakes.py"
    path.write_text(path.read_text(encoding="utf-8") + twin, encoding="utf-8")
    assert any("'square' is not named" in finding for finding in all_findings(tiny.folder))


@pytest.fixture
def released(tiny):
    chapter = load_folder(tiny.folder)
    return chapter, learner_notebook(source_notebook(chapter, "en"), chapter.name)


def test_a_released_chapter_leaks_nothing(released):
    chapter, notebook = released
    assert list(leaks.leaks(chapter, notebook, "n")) == []
    assert "NotImplementedError" in next(cell.source for cell in notebook.cells if cell.id == "double")


@pytest.mark.parametrize(
    "line",
    [
        "return np.multiply(np.asarray(x), 2.0)",
        "result = np.multiply( np.asarray(x),2.0 )  # reformatted",
        "Try `return np.multiply(np.asarray(x), 2.0)` here",
        "### BEGIN HIDDEN TESTS",
        "from grader.hidden import verify",
    ],
)
def test_a_leaked_line_is_found_wherever_it_stands_and_however_it_is_spaced(released, line):
    chapter, notebook = released
    notebook.cells[1].source += "\n" + line
    assert list(leaks.leaks(chapter, notebook, "n"))


def test_a_solution_in_the_learners_package_is_found_by_its_line_and_by_its_name(tiny, tmp_path):
    package = tmp_path / "package"
    package.mkdir()
    (package / "helper.py").write_text("def double(x):\n    return np.multiply(np.asarray(x), 2.0)\n")
    found = [str(f) for f in leaks.leaks_in_package(load_folder(tiny.folder), package)]
    assert any("defines 'double'" in f for f in found)
    assert any("holds the line" in f for f in found)

"""Cells marked as showing only: they become a tag, the gate finds those that do more, and none changes a score."""

import json
import os
import random
import sys
import warnings

import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from test_gates import line_of

from dlbasic import session
from dlbasic.authoring import AuthoringError
from grader.release import showing
from grader.release.as_cell import answer_cell
from grader.release.build import SHOW_ONLY, source_notebook
from grader.release.chapter import chapter_names, load_chapter, load_folder
from grader.release.publish import learner_notebook
from grader.wall.showing import skippable

SHOWN = '\n# %% show="only"\nprint(double(np.ones(2)))\n'


def marked(tiny, source=SHOWN, last="### END HIDDEN TESTS\n"):
    return load_folder(tiny("notebook.py", last, last + source))


# --- the mark --------------------------------------------------------------------------------------------------------


def test_the_mark_becomes_the_tag_of_the_learners_cell_too(tiny):
    for notebook in (source := source_notebook(marked(tiny), "en"), learner_notebook(source, "09_tiny")):
        tagged = [cell.source for cell in notebook.cells if SHOW_ONLY in cell.metadata.get("tags", ())]
        assert tagged == ["print(double(np.ones(2)))"]
        assert "nbgrader" not in next(cell for cell in notebook.cells if cell.source in tagged).metadata


@pytest.mark.parametrize("marker", ['# %% show="often"', '# %% exercise="double" show="only"', "# %% show=1"])
def test_another_mark_is_none(tiny, marker):
    with pytest.raises(AuthoringError, match="only shows something"):
        marked(tiny, f"\n{marker}\n1\n")


@pytest.mark.parametrize("name", chapter_names())
def test_every_chapter_has_marked_what_no_score_needs(name):
    chapter = load_chapter(name)
    assert [str(finding) for finding in showing.needless(chapter)] == []
    assert sum(cell.shows for cell in chapter.cells) > 20
    sources = {number: cell.source for number, cell in enumerate(chapter.cells) if cell.role != "prose"}
    skipped = skippable(sources, {cell.source for cell in chapter.cells if cell.shows}.__contains__)
    assert skipped == {number for number in sources if chapter.cells[number].shows}


# --- the gate --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("scale = 2.0", "'scale'"),
        ("from math import tau as scale", "'scale'"),
        ("def show():\n    global scale\n    scale = 3", "'scale'"),
        ("np.random.seed(1)", "np.random.seed"),
        ("noise = np.random.rand(3)", "np.random.rand"),
        ("np.seterr(all='raise')", "np.seterr"),
        ("import warnings\nwarnings.simplefilter('error')", "warnings.simplefilter"),
        ("import random\nprint(random.random())", "random.random"),
        ("double.calls = 0", "'double'"),
        ("np.pi = 3", "'np'"),
        ("double.__defaults__[0][:] = 0", "'double'"),
        ("double.hints['en'] += 1", "'double'"),
        ("exec('scale = 3')", "exec"),
        ("%matplotlib inline", "no plain Python"),
    ],
)
def test_a_cell_that_does_more_than_show_is_named_with_its_line(tiny, source, said):
    tiny("notebook.py", "    return np.multiply(np.asarray(x), 2.0)", "    return np.multiply(np.asarray(x), scale)")
    chapter = marked(tiny, f'\n# %% show="only"\n{source}\n')
    found = [str(finding) for finding in showing.needless(chapter)]
    assert len(found) == 1 and said in found[0], found
    first = line_of(tiny.folder, "notebook.py", source.split("\n")[0])
    assert found[0].startswith(tuple(f"{tiny.folder}/notebook.py:{first + more}:" for more in range(3)))


@pytest.mark.parametrize(
    "source",
    [
        "rng = np.random.default_rng(0)\nx = rng.normal(size=3)\nx[0] = 1.0\nprint(double(x))",
        "import time\nbegan = time.perf_counter()\nseen = {}\nseen['a'] = began",
        "def show(table):\n    table['a'] = 1\n    return [double(x) for x in table]",
    ],
)
def test_a_cell_may_do_what_it_likes_with_its_own(tiny, source):
    assert list(showing.needless(marked(tiny, f'\n# %% show="only"\n{source}\n'))) == []


def test_the_setup_cannot_be_marked(tiny):
    chapter = load_folder(tiny("notebook.py", "# %%\nimport numpy", '# %% show="only"\nimport numpy'))
    assert any("sets the chapter up" in str(finding) for finding in showing.needless(chapter))


# --- with and without ------------------------------------------------------------------------------------------------

# Fewer rounds of the same statements, where a chapter's experiments take long.
SHORTER = {
    "01_history": {"range(3001)": "range(41)", "range(801)": "range(51)"},
    "02_mlp": {"[256] * 21": "[256] * 5"},
    "03_optimization": {"epochs < 1000": "epochs < 4", "range(400)": "range(9)", "in range(25)": "in range(2)"},
    "04_regularization": {
        "steps=1000": "steps=8", "range(6)": "range(1)", "[1.0] * 6": "[1.0]", "range(4000)": "range(9)"
    },
    "05_cnn": {"(x_train, labels_train, ": "(x_train[:99], labels_train[:99], ", "(4, 3, 32, 32)": "(1, 3, 9, 9)"},
}  # fmt: skip


def shorter(chapter, cell):
    source = cell.source
    for long, short in SHORTER[chapter.name].items() if cell.shows else ():
        source = source.replace(long, short)
    return source


def test_what_is_shortened_is_there():
    for name, changes in SHORTER.items():
        shown = "\n".join(cell.source for cell in load_chapter(name).cells if cell.shows)
        assert all(long in shown for long in changes)


@pytest.fixture
def shell(monkeypatch):
    """A fresh IPython whose namespace is `__main__`, where submissions are graded."""
    for name, value in {
        "NBGRADER_EXECUTION": "autograde",
        "DLBASIC_EXAMINER": "grader.hidden",
        "DLBASIC_LANG": "en",
        "MPLBACKEND": "agg",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(session, "_chapter", None)
    before = sys.modules["__main__"]
    made = InteractiveShell()
    made.history_manager.enabled = False
    yield made
    sys.modules["__main__"] = before
    InteractiveShell.clear_instance()


def run(shell, source):
    with capture_output():
        return shell.run_cell(source)


def process():
    """What belongs to the whole process and could change a score."""
    numpy, python = np.random.get_state(legacy=False)["state"], random.getstate()
    return {
        "np.random": (numpy["pos"], numpy["key"].tobytes()),
        "random": python,
        "np.errstate": json.dumps(np.geterr()),
        "warnings": list(map(str, warnings.filters)),
        "environment": dict(os.environ),
        "folder": os.getcwd(),
        "path": list(sys.path),
        "numpy": {name: id(thing) for name, thing in vars(np).items() if callable(thing)},
        "chapter": session.current_chapter(),
    }


@pytest.mark.parametrize("name", chapter_names())
def test_no_marked_cell_leaves_anything_behind(name, shell):
    chapter = load_chapter(name)
    for cell in chapter.cells:
        if cell.role not in ("code", "exercise"):
            continue
        before = process(), functions(chapter, shell)
        ran = run(shell, shorter(chapter, cell))
        assert ran.success, (cell.place, ran.error_in_exec)
        assert not cell.shows or (process(), functions(chapter, shell)) == before, cell.place


def functions(chapter, shell):
    """The exercises' functions and what could be changed of them."""
    there = [shell.user_ns[name] for name in chapter.exercises if name in shell.user_ns]
    return [(id(f), f.__code__, repr(f.__defaults__), repr(f.__kwdefaults__), repr(vars(f))) for f in there]


@pytest.mark.parametrize(
    ("name", "answers"), [("02_mlp", "reference"), ("02_mlp", "stub"), ("02_mlp", 0), ("02_mlp", 1), ("01_history", 2)]
)
def test_skipping_them_changes_no_score(name, answers, shell):
    chapter = load_chapter(name)
    with_, without = (scores(shell, chapter, answers, skip) for skip in (False, True))
    assert with_ == without
    full = {cell.name: cell.points for cell in chapter.cells if cell.role == "test"}
    if answers == "reference":
        assert without == full
    else:
        assert sum(without.values()) < 0.2 * sum(full.values())


def scores(shell, chapter, answers, skip):
    """Points by exercise, as nbgrader counts them. answers : a number takes each exercise's known mistake of it"""
    shell.reset(new_session=False)
    earned = {}
    for cell in chapter.cells:
        source = shorter(chapter, cell)
        if cell.role == "exercise" and answers == "stub":
            source = f"def {cell.name}(*given, **named):\n    raise NotImplementedError()"
        elif cell.role == "exercise" and answers != "reference":
            mistakes = chapter.bank.mistakes[cell.name]
            source = answer_cell(chapter, mistakes[answers % len(mistakes)])
        if cell.role == "prose" or (cell.shows and skip):
            continue
        ran = run(shell, source)
        if cell.role == "test":
            points = ran.result if isinstance(ran.result, float) else cell.points
            earned[cell.name] = points if ran.success else 0.0
    return earned

"""A newer release comes in and no work is lost; what is no release is refused and nothing changes."""

import copy
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
import toy_course
from click.testing import CliRunner

from dlbasic import cells, update, workspace
from dlbasic.cli import main
from dlbasic.merge import merge
from dlbasic.workspace import Problem

ANSWER = "def double(x):\n    return 2 * x"


def next_release() -> dict:
    """The toy chapter a version later: a new opening, other test, a reworded stub, one exercise more, one less."""
    return toy_course.notebook(
        toy_course.prose("prose-000", "# A toy, second edition"),
        toy_course.prose("prose-001", "A new paragraph."),
        toy_course.code("code-002", "lr = 0.1"),
        toy_course.graded("double", toy_course.STUB.format(name="double") + "  # now with a hint", solution=True),
        toy_course.verdict("double", "passed", "a better test"),
        toy_course.exercise("triple"),
        toy_course.verdict("triple", "todo"),
        version="0.2.0",
    )


def sources(notebook: dict) -> list[str]:
    return [cells.source(cell) for cell in notebook["cells"]]


def cell(notebook: dict, identity: str) -> dict:
    return next(cell for cell in notebook["cells"] if cell["id"] == identity)


# ------------------------------------------------------------------------------------------------ one notebook


def test_work_is_kept_and_everything_else_is_new():
    hers = toy_course.released()
    cell(hers, "double")["source"] = ANSWER
    merged = merge(next_release(), hers)
    assert cells.source(cells.exercises(merged.notebook)["double"]) == ANSWER
    assert merged.kept == ["double"]
    expected = sources(next_release())
    expected[3] = ANSWER
    assert sources(merged.notebook) == expected


def test_an_untouched_stub_becomes_the_new_stub():
    merged = merge(next_release(), toy_course.released())
    assert merged.notebook == next_release()
    assert merged.kept == []


def test_a_cell_that_she_added_stays_where_it_was():
    hers = toy_course.released()
    at = [cell["id"] for cell in hers["cells"]].index("test_double") + 1
    hers["cells"].insert(at, toy_course.code("9f2c11aa", "double(21)"))
    hers["cells"].insert(0, toy_course.prose("77aa00bb", "My notes"))
    merged = merge(next_release(), hers)
    assert merged.added == 2
    assert sources(merged.notebook)[0] == "My notes"
    at = sources(merged.notebook).index("double(21)")
    assert merged.notebook["cells"][at - 1]["id"] == "test_double"


def test_work_on_an_exercise_that_is_gone_is_kept_as_a_plain_cell():
    hers = toy_course.released()
    cell(hers, "halve")["source"] = "def halve(x):\n    return x / 2"
    merged = merge(next_release(), hers)
    assert merged.dropped == ["halve"]
    kept = next(cell for cell in merged.notebook["cells"] if cells.source(cell).startswith("def halve"))
    assert cells.grading(kept) == {}


def test_a_course_cell_that_only_she_changed_stays_changed():
    hers = toy_course.released()
    cell(hers, "code-001")["source"] = "lr = 0.5"
    merged = merge(next_release(), hers)
    assert "lr = 0.5" in sources(merged.notebook)
    assert "lr = 0.1" not in sources(merged.notebook)
    assert merged.changed == 0


def test_a_course_cell_that_both_changed_is_there_twice():
    hers = toy_course.released()
    cell(hers, "prose-000")["source"] = "# A toy (hard!)"
    merged = merge(next_release(), hers)
    assert "# A toy (hard!)" in sources(merged.notebook)
    assert "# A toy, second edition" in sources(merged.notebook)
    assert merged.changed == 1


def test_of_a_copied_exercise_the_worked_cell_counts_and_the_other_is_kept():
    hers = toy_course.released()
    first = copy.deepcopy(cell(hers, "double"))
    first["id"], first["source"] = "aaaa1111", ANSWER
    second = copy.deepcopy(first)
    second["id"], second["source"] = "bbbb2222", "def double(x):\n    return x + x"
    hers["cells"][3:3] = [first, second]
    merged = merge(next_release(), hers)
    assert cells.source(cells.exercises(merged.notebook)["double"]) == ANSWER
    graded = [cell for cell in merged.notebook["cells"] if cells.grading(cell).get("grade_id") == "double"]
    assert len(graded) == 1
    assert "def double(x):\n    return x + x" in sources(merged.notebook)


def test_a_tampered_test_is_put_right():
    hers = toy_course.released()
    cell(hers, "test_double")["source"] = "print('always right')"
    assert sources(merge(next_release(), hers).notebook) == sources(next_release())


def test_cell_ids_stay_unique_and_nbformat_accepts_the_result():
    import nbformat

    hers = toy_course.released()
    # Both are called prose-001: hers by accident, the release's by number.
    hers["cells"].insert(1, toy_course.prose("prose-001", "Mine"))
    hers["cells"].insert(2, toy_course.prose("prose-001", "Mine"))
    merged = merge(next_release(), hers).notebook
    identities = [cell["id"] for cell in merged["cells"]]
    assert len(identities) == len(set(identities))
    assert sources(merged).count("Mine") == 2
    nbformat.validate(nbformat.from_dict(merged))


def test_merging_twice_is_merging_once():
    hers = toy_course.released()
    cell(hers, "double")["source"] = ANSWER
    hers["cells"].append(toy_course.code("9f2c11aa", "double(21)"))
    once = merge(next_release(), hers).notebook
    assert merge(next_release(), once).notebook == once


def test_a_notebook_without_fingerprints_keeps_work_and_added_cells_too():
    hers = toy_course.released()
    del hers["metadata"]["dlbasic"]
    cell(hers, "double")["source"] = ANSWER
    hers["cells"].append(toy_course.code("9f2c11aa", "double(21)"))
    merged = merge(next_release(), hers)
    expected = sources(next_release())
    expected[3] = ANSWER
    assert sorted(sources(merged.notebook)) == sorted([*expected, "double(21)"])


def test_the_real_chapter_takes_her_work_in_and_is_otherwise_as_released():
    course = Path(update.__file__).resolve().parents[1]
    for path in workspace.notebooks(course).values():
        release, hers = toy_course.read(path), toy_course.read(path)
        for name, at in cells.exercises(hers).items():
            at["source"] = f"def {name}(*arguments):\n    return 1"
        hers["cells"].insert(7, toy_course.code("9f2c11aa", "1 + 1"))
        merged = merge(release, hers)
        assert merged.kept == list(cells.exercises(release))
        assert merged.added == 1
        assert merged.changed == 0
        assert [cells.source(cell) for cell in merged.notebook["cells"]] == sources(hers)


# ------------------------------------------------------------------------------------------------ a course


@pytest.fixture
def course(tmp_path, monkeypatch):
    made = toy_course.make(tmp_path / "mine", languages=("en",))
    toy_course.work_on(toy_course.path(made))
    (made / "dlbasic" / "old.py").write_text("# a module that the next release no longer has\n")
    (made / "notes.txt").write_text("mine")
    monkeypatch.chdir(made)
    return made


def newer(root):
    made = toy_course.make(root, languages=("en",), version="0.2.0")
    toy_course.write(next_release(), toy_course.path(made))
    (made / "dlbasic" / "fresh.py").write_text("# new\n")
    (made.parent / "README.md").write_text("new\n")
    return made


def zipped(course, path, top="dlbasic-0.2.0"):
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(course.parent.rglob("*")):
            if file.is_file():
                archive.write(file, f"{top}/{file.relative_to(course.parent)}")
    return path


def everything(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("form", ["zip", "folder", "course folder"])
def test_a_release_comes_in_and_the_work_stays(course, tmp_path, form):
    release = newer(tmp_path / "new")
    before = toy_course.path(course).read_bytes()
    source = {"folder": release.parent, "course folder": release}.get(form) or zipped(release, tmp_path / "r.zip")
    result = CliRunner().invoke(main, ["update", str(source)])
    assert result.exit_code == 0, result.output
    assert "your work kept: double" in result.output
    merged = toy_course.read(toy_course.path(course))
    assert cells.source(cells.exercises(merged)["double"]) == ANSWER
    assert "# A toy, second edition" in sources(merged)
    assert '"0.2.0"' in (course / "dlbasic" / "__init__.py").read_text()
    assert (course / "dlbasic" / "fresh.py").exists()
    assert not (course / "dlbasic" / "old.py").exists()
    assert (course / "notes.txt").read_text() == "mine"
    assert (course.parent / "README.md").read_text() == "new\n"
    backup = next((course / "backups").iterdir())
    assert (backup / toy_course.path(course).relative_to(course.parent)).read_bytes() == before
    assert (backup / "course" / "dlbasic" / "old.py").exists()
    assert not list(course.rglob("*.part"))


def test_the_same_release_once_more_changes_nothing(course, tmp_path):
    release = newer(tmp_path / "new")
    update.take_release(release, course)
    before = everything(course)
    assert "nothing to change" in update.take_release(release, course)[-1]
    assert everything(course) == before


def test_what_is_no_release_is_refused_and_nothing_changes(course, tmp_path):
    (tmp_path / "text.zip").write_text("no zip at all")
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as archive:
        archive.writestr("cat.jpg", "meow")
    broken = newer(tmp_path / "broken")
    toy_course.path(broken).write_text("{")
    older = toy_course.make(tmp_path / "older", languages=("en",), version="0.0.9")
    truncated = zipped(newer(tmp_path / "whole"), tmp_path / "truncated.zip")
    truncated.write_bytes(truncated.read_bytes()[:-40])
    (tmp_path / "empty").mkdir()
    before = everything(course)
    for source, says in [
        (tmp_path / "text.zip", "cannot be unpacked"),
        (tmp_path / "photos.zip", "no release of this course"),
        (broken.parent, "no notebook"),
        (older.parent, "older than the one you have"),
        (truncated, "cannot be unpacked"),
        (tmp_path / "empty", "no release of this course"),
        (tmp_path / "missing.zip", "is not there"),
        (course, "this very course"),
    ]:
        result = CliRunner().invoke(main, ["update", str(source)])
        assert result.exit_code == 2, (source, result.output)
        assert says in result.output, (source, result.output)
        assert everything(course) == before


def test_a_zip_that_points_outside_stays_inside(course, tmp_path):
    release = zipped(newer(tmp_path / "new"), tmp_path / "r.zip")
    with zipfile.ZipFile(release, "a") as archive:
        archive.writestr("../../escaped.txt", "out")
    update.take_release(release, course)
    assert not list(tmp_path.parent.rglob("escaped.txt"))


def test_a_full_disk_stops_before_anything_has_changed(course, tmp_path, monkeypatch):
    release = newer(tmp_path / "new")
    before = everything(course)
    calls, real = [], update.tempfile.mkstemp

    def fills_up(*arguments, **options):
        calls.append(arguments)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")
        return real(*arguments, **options)

    monkeypatch.setattr(update.tempfile, "mkstemp", fills_up)
    with pytest.raises(OSError, match="No space"):
        update.take_release(release, course)
    shutil.rmtree(course / "backups")
    assert everything(course) == before


def test_work_in_an_old_folder_comes_into_a_new_one(tmp_path, course, monkeypatch):
    fresh = newer(tmp_path / "new")
    monkeypatch.chdir(fresh)
    result = CliRunner().invoke(main, ["update", "--work", str(course.parent)])
    assert result.exit_code == 0, result.output
    assert cells.work_in(toy_course.read(toy_course.path(fresh))) == ["double"]
    toy_course.work_on(toy_course.path(fresh), "triple", "def triple(x):\n    return 3 * x")
    before = everything(fresh)
    with pytest.raises(Problem, match="holds work of yours already"):
        update.bring_work(course, fresh)
    assert everything(fresh) == before


def test_the_recipe_for_a_git_clone_works_as_printed(tmp_path, monkeypatch):
    def git(*arguments, cwd):
        quiet = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main"]
        subprocess.run(["git", *quiet, *arguments], cwd=cwd, check=True, capture_output=True)

    origin = tmp_path / "origin"
    toy_course.make(origin, languages=("en",))
    git("init", cwd=origin)
    git("add", "-A", cwd=origin)
    git("commit", "-m", "first", cwd=origin)
    git("clone", str(origin), str(tmp_path / "clone"), cwd=tmp_path)
    course = tmp_path / "clone" / "course"
    toy_course.work_on(toy_course.path(course))
    toy_course.write(next_release(), toy_course.path(origin / "course"))
    git("commit", "-am", "second", cwd=origin)

    monkeypatch.chdir(course.parent)
    for name, value in {"GIT_AUTHOR_NAME": "t", "GIT_AUTHOR_EMAIL": "t@example.org"}.items():
        monkeypatch.setenv(name, value)
        monkeypatch.setenv(name.replace("AUTHOR", "COMMITTER"), value)
    printed = CliRunner().invoke(main, ["update"])
    assert printed.exit_code == 0
    recipe = [line.strip() for line in printed.output.splitlines() if line.startswith("  ")]
    for line in recipe[:-1]:
        subprocess.run(line, shell=True, check=True, capture_output=True, cwd=course.parent)
    assert recipe[-1].startswith("dlbasic ")
    result = CliRunner().invoke(main, recipe[-1].split()[1:])
    assert result.exit_code == 0, result.output
    merged = toy_course.read(toy_course.path(course))
    assert cells.source(cells.exercises(merged)["double"]) == ANSWER
    assert "# A toy, second edition" in sources(merged)

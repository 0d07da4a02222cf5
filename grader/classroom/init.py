"""`python -m grader init`: makes a class directory that every nbgrader command and the formgrader understand.

Everything is made in a scratch folder first; the class sees it only when nbgrader has taken every chapter.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from grader.classroom import database
from grader.classroom.classdir import CONFIG_FILE, commands_on_path, configured_url
from grader.classroom.flagged import write_beside
from grader.classroom.transfer import Store
from grader.classroom.workplace import locked
from grader.errors import Problem, disk_problems

SETTINGS = Path(__file__).with_name("class_settings.py")
FOLDERS = ("submitted", "autograded", "feedback")
MARK = "grader.classroom"  # what a settings file that we wrote speaks of


@dataclass
class Made:
    """What `init` did: chapters that are new, changed, or as they were; the gradebook's backup, if one was made."""

    root: Path
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    backup: Path | None = None


def init(directory: str | Path, sources: Mapping[str, NotebookNode], *, db_url: str = "") -> Made:
    """Make a class directory with these chapters, or bring one up to date. Raises Problem; then nothing was changed.

    sources : chapter → nbgrader source notebook (solutions and hidden tests in it)
    db_url : where the gradebook is to be kept, if not in the file `gradebook.db`; the class's settings remember it
    """
    root = Path(directory).expanduser().resolve()
    _check_place(root)
    store = _store(root, db_url)
    made = Made(root)
    texts = {chapter: nbformat.writes(notebook) + "\n" for chapter, notebook in sources.items()}
    for chapter, text in texts.items():
        _sort_into(made, store, chapter, text)
    new_folder = not root.exists()
    try:
        with disk_problems():
            root.mkdir(parents=True, exist_ok=True)
            with locked(root):
                _make(root, store, made, texts)
    except BaseException:
        if new_folder:
            with suppress(OSError):
                root.rmdir()
        raise
    return made


def _make(root: Path, store: Store, made: Made, texts: Mapping[str, str]) -> None:
    todo = made.new + made.changed
    if todo or not store.there:
        with tempfile.TemporaryDirectory(dir=root, prefix=".init-") as scratch:
            _generate(Path(scratch), root, store, {chapter: texts[chapter] for chapter in todo})
            made.backup = store.back_up(root)
            _write_settings(root, store)  # from here on the folder is known for ours, should this stop half-way
            _hand_over(Path(scratch), root, store, todo)
    _write_settings(root, store)
    for name in FOLDERS:
        (root / name).mkdir(exist_ok=True)


def _write_settings(root: Path, store: Store) -> None:
    path = root / CONFIG_FILE
    if not path.exists():
        text = SETTINGS.read_text(encoding="utf-8")
        if store.file is None:
            text += f"\n# Where the gradebook is kept (`init --db`).\nc.CourseDirectory.db_url = {store.url!r}\n"
        write_beside(path, text)
        if store.file is None:
            path.chmod(0o600)  # there may be a password in it


def _store(root: Path, db_url: str) -> Store:
    """Where the gradebook is, or is going to be. Raises Problem where that is no place for one."""
    ours = (root / CONFIG_FILE).exists()
    url = configured_url(root) if ours else f"sqlite:///{root / 'gradebook.db'}"
    if db_url and ours and database.normalized(db_url) != url:
        raise Problem(
            "this class keeps its gradebook in another place",
            database.shown(url),
            f"leave out `--db`, or change c.CourseDirectory.db_url in {root / CONFIG_FILE}",
        )
    store = Store(database.normalized(db_url) if db_url else url)
    if store.there:
        store.check()
        if store.file is None and not ours:
            raise Problem(
                "this database holds the gradebook of another class",
                database.shown(store.url),
                "give the URL of an empty one: `createdb NAME` makes it",
            )
    return store


def _check_place(root: Path) -> None:
    if root.exists() and not root.is_dir():
        raise Problem("there is a file in the way", root, "name another folder, or move the file away")
    if not root.is_dir() or not any(not entry.name.startswith(".init-") for entry in root.iterdir()):
        return
    settings = root / CONFIG_FILE
    ours = settings.is_file() and MARK in settings.read_text(encoding="utf-8", errors="replace")
    if not ours:
        raise Problem(
            "the folder is not empty and is no class directory of this course", root, "name a new or an empty folder"
        )
    for name in (*FOLDERS, "source", "release"):
        if (root / name).exists() and not (root / name).is_dir():
            raise Problem("there is a file where a folder of the class belongs", root / name, "move the file away")


def _sort_into(made: Made, store: Store, chapter: str, text: str) -> None:
    source = made.root / "source" / chapter / f"{chapter}.ipynb"
    released = made.root / "release" / chapter / f"{chapter}.ipynb"
    if not source.is_file() or not released.is_file() or not store.there:
        made.new.append(chapter)
    elif source.read_text(encoding="utf-8") != text:
        made.changed.append(chapter)
    else:
        made.same.append(chapter)


def _generate(scratch: Path, root: Path, store: Store, texts: Mapping[str, str]) -> None:
    """Let nbgrader make the released notebooks and the gradebook's entries, in the scratch folder."""
    commands_on_path()
    config = Config()
    config.CourseDirectory.root = str(scratch)
    config.CourseDirectory.course_id = "dlbasic"
    config.Exchange.root = str(scratch)  # not used here, but looked at
    if store.there:
        store.take_out(scratch / "gradebook.db")
    coursedir = CourseDirectory(config=config)
    api = NbGraderAPI(coursedir=coursedir, config=config)
    for chapter, text in texts.items():
        folder = scratch / "source" / chapter
        folder.mkdir(parents=True)
        (folder / f"{chapter}.ipynb").write_text(text, encoding="utf-8")
        _explain(api.generate_assignment(chapter), chapter, root)
    if not (scratch / "gradebook.db").exists():
        api.gradebook.close()  # a class without chapters has a gradebook all the same


def _explain(result: dict, chapter: str, root: Path) -> None:
    if result["success"]:
        return
    said = result.get("error", "") + result.get("log", "")
    if "submissions associated" in said:
        raise Problem(
            f"chapter {chapter!r} has other exercises than when its submissions were graded",
            root / "source" / chapter,
            "nbgrader cannot change the exercises of a graded chapter: make a new class directory, or go on with the "
            "release that this one was made with",
        )
    if "No space left" in said or "disk is full" in said:
        raise Problem("the disk is full", root, "free some space, then run the same command again")
    reason = next((line for line in reversed(said.splitlines()) if line.strip()), "no reason given")
    raise Problem(
        f"nbgrader did not take chapter {chapter!r} ({reason})", root, "mend the chapter; nothing was changed"
    )


def _hand_over(scratch: Path, root: Path, store: Store, chapters: list[str]) -> None:
    """Put what was made into the class: folders by renaming, the gradebook as one transaction."""
    store.put_back(scratch / "gradebook.db")
    for chapter in chapters:
        for kind in ("source", "release"):
            target = root / kind / chapter
            target.parent.mkdir(exist_ok=True)
            if target.exists():
                target.rename(scratch / f"old-{kind}-{chapter}")
            (scratch / kind / chapter).rename(target)

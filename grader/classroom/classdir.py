"""A class directory (nbgrader's course directory): checked before anything is touched; its paths and its gradebook."""

from __future__ import annotations

import os
import sqlite3
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from traitlets.config import Config
from traitlets.config.loader import ConfigFileNotFound, PyFileConfigLoader

from grader.errors import Problem

INIT = "python -m grader init"
CONFIG_FILE = "nbgrader_config.py"
BUSY_SECONDS = 10.0


class ClassDirectory:
    """An existing class directory. Raises Problem when it is none, or when its gradebook can't be used."""

    def __init__(self, path: str | Path, *, writing: bool = True) -> None:
        self.root = Path(path).expanduser().resolve()
        self._check()
        check_gradebook(self.gradebook_file, writing=writing)
        self.config = self._load_config()

    def _check(self) -> None:
        if not self.root.is_dir():
            raise Problem("there is no such class directory", self.root, f"make one with `{INIT} {self.root}`")
        if not self.gradebook_file.is_file():
            raise Problem(
                "this is not a class directory: it has no gradebook.db",
                self.root,
                f"give the folder that `{INIT}` made, or make a new one with `{INIT} DIR`",
            )

    def _load_config(self) -> Config:
        try:
            config = PyFileConfigLoader(CONFIG_FILE, path=str(self.root)).load_config()
        except ConfigFileNotFound:
            config = Config()
        except Exception as error:
            where = f"{self.root / CONFIG_FILE}, line {getattr(error, 'lineno', None) or _line_of(error)}"
            said = f"{type(error).__name__}: {error}"
            raise Problem(f"the class's settings cannot be read ({said})", where, "put that line right") from error
        config.CourseDirectory.root = str(self.root)
        config.CourseDirectory.db_url = self.db_url
        return config

    @property
    def gradebook_file(self) -> Path:
        return self.root / "gradebook.db"

    @property
    def db_url(self) -> str:
        return f"sqlite:///{self.gradebook_file}"

    @property
    def course_id(self) -> str:
        return self.config.CourseDirectory.get("course_id", "") or "default_course"

    @contextmanager
    def gradebook(self) -> Iterator:
        """nbgrader's Gradebook, closed afterwards; a lock or a full disk inside becomes a Problem."""
        from nbgrader.api import Gradebook

        with database_problems(self.gradebook_file), Gradebook(self.db_url, self.course_id) as gradebook:
            yield gradebook

    def chapters(self, wanted: tuple[str, ...] = ()) -> list[str]:
        """The gradebook's chapters, or those asked for. Raises Problem for a chapter that it does not have."""
        with self.gradebook() as gradebook:
            known = sorted(assignment.name for assignment in gradebook.assignments)
        for name in wanted:
            if name not in known:
                there = f"this class has: {', '.join(known)}" if known else "this class has no chapter yet"
                raise Problem(
                    f"there is no chapter {name!r} in this class", self.root, f"{there}; add one with `{INIT}`"
                )
        return list(dict.fromkeys(wanted)) or known

    def submissions(self, chapter: str) -> list[tuple[str, Path]]:
        """(student, folder) of every submission of a chapter, by student."""
        found = [(path.parent.name, path) for path in self.submitted.glob(f"*/{chapter}") if path.is_dir()]
        return sorted((student, path) for student, path in found if not student.startswith("."))

    @property
    def submitted(self) -> Path:
        folder = self.root / "submitted"
        if not folder.is_dir():
            remedy = "collect submissions with `python -m grader collect --class DIR ZIP`, or make the folder"
            raise Problem("there are no submissions: the folder `submitted` is missing", folder, remedy)
        return folder

    def graded(self, student: str, chapter: str) -> Path:
        """The graded notebook of a submission, whether it is there or not."""
        return self.root / "autograded" / student / chapter / f"{chapter}.ipynb"

    def feedback_page(self, student: str, chapter: str) -> Path:
        return self.root / "feedback" / student / chapter / f"{chapter}.html"

    def skeleton(self, chapter: str):
        """The labelled cells that a submission of this chapter must have."""
        from nbgrader.api import MissingEntry

        from grader.classroom.skeleton import from_gradebook

        released = self.root / "release" / chapter / f"{chapter}.ipynb"
        try:
            with self.gradebook() as gradebook:
                return from_gradebook(gradebook, chapter, chapter, released)
        except MissingEntry:
            remedy = f"run `{INIT} {self.root} {chapter}`"
            raise Problem(
                f"the gradebook knows no notebook of chapter {chapter!r}", self.gradebook_file, remedy
            ) from None


def check_gradebook(path: Path, *, writing: bool = True) -> None:
    """Raise Problem unless `path` is a gradebook of this nbgrader that can be used now. Reads only."""
    remedy = "move the file away, or give the right class directory"
    try:
        with closing(
            sqlite3.connect(f"{path.as_uri()}?mode=rw" if writing else f"{path.as_uri()}?mode=ro", uri=True)
        ) as db:
            db.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
            tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if not {"assignment", "grade", "alembic_version"} <= tables:
                raise Problem("gradebook.db is no gradebook of nbgrader", path, remedy)
            versions = [version for (version,) in db.execute("SELECT version_num FROM alembic_version")]
            _check_version(versions, path)
            if writing:
                db.execute("BEGIN IMMEDIATE")
                db.rollback()
    except sqlite3.Error as error:
        raise _database_problem(error, path) from error


def _check_version(versions: list[str], path: Path) -> None:
    known = _schema_versions()
    if versions == known[:1]:
        return
    if versions and versions[0] in known:
        remedy = f"copy the file somewhere safe, then run `nbgrader db upgrade` in {path.parent}"
        raise Problem("gradebook.db was made by an older nbgrader", path, remedy)
    raise Problem(
        f"gradebook.db has a schema that this nbgrader does not know ({', '.join(versions) or 'none'})",
        path,
        "upgrade nbgrader to the version that made it, or give another class directory",
    )


@lru_cache(maxsize=1)
def _schema_versions() -> list[str]:
    """nbgrader's schema revisions, the newest first."""
    from alembic.config import Config as AlembicConfig
    from alembic.script import ScriptDirectory
    from nbgrader.dbutil import ALEMBIC_DIR

    config = AlembicConfig()
    config.set_main_option("script_location", ALEMBIC_DIR.replace("%", "%%"))
    return [revision.revision for revision in ScriptDirectory.from_config(config).walk_revisions()]


@contextmanager
def database_problems(path: Path) -> Iterator[None]:
    """Turn a locked gradebook, or one on a full or read-only disk, into a Problem."""
    from sqlalchemy.exc import DatabaseError

    try:
        yield
    except DatabaseError as error:
        raise _database_problem(error, path) from error


def _database_problem(error: Exception, path: Path) -> Problem:
    said = str(getattr(error, "orig", None) or error)
    for part, what, remedy in (
        ("locked", "the gradebook is in use by another program", "close it or wait, then run the command again"),
        ("full", "the disk is full", "free some space, then run the same command again: it goes on where it stopped"),
        ("readonly", "the gradebook is read-only", "give this account the right to write to it"),
        ("unable to open", "the gradebook cannot be opened", "give this account the right to read and write it"),
        ("not a database", "gradebook.db is no database", "move the file away, or give the right class directory"),
        ("malformed", "the gradebook is damaged", "put a backup (gradebook.db.backup-…) in its place"),
    ):
        if part in said:
            return Problem(what, path, remedy)
    return Problem(f"the gradebook cannot be used ({said})", path, "put a backup (gradebook.db.backup-…) in its place")


def back_up(path: Path, *, keep: int = 10) -> Path | None:
    """A copy of the gradebook beside it, made by SQLite; of all copies the last `keep` stay. None if there is none."""
    if not path.is_file():
        return None
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    copy = path.with_name(f"{path.name}.backup-{stamp}")
    part = copy.with_name(f".{copy.name}.part")
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(part)) as target:
            source.backup(target)
        os.replace(part, copy)
    except sqlite3.Error as error:
        part.unlink(missing_ok=True)
        raise _database_problem(error, path) from error
    for old in sorted(path.parent.glob(f"{path.name}.backup-*"))[:-keep]:
        old.unlink(missing_ok=True)
    return copy


def student_name(text: str) -> str:
    """A student's name as a folder name. Raises ValueError with the reason when it cannot be one."""
    name = unicodedata.normalize("NFC", text).strip()
    if not name:
        raise ValueError("the student's name is empty")
    if bad := sorted(set(name) & set('/\\*?[]{}<>|:"')):
        raise ValueError(f"the student's name {name!r} holds {' '.join(bad)}")
    if name.startswith((".", "-")) or any(unicodedata.category(char).startswith("C") for char in name):
        raise ValueError(f"the student's name {name!r} starts with a dot or dash, or holds invisible characters")
    if len(name.encode()) > 120:
        raise ValueError("the student's name is longer than a file name may be")
    return name


def commands_on_path() -> None:
    """nbgrader makes a new gradebook by calling `alembic`: make sure that the one of this environment is found."""
    here = str(Path(sys.executable).parent)
    if here not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([here, os.environ.get("PATH", "")])


def _line_of(error: BaseException) -> int:
    traceback, line = error.__traceback__, 0
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename.endswith(CONFIG_FILE):
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line

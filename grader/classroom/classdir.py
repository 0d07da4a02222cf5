"""A class directory (nbgrader's course directory): checked before anything is touched; its paths and its gradebook."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from traitlets.config import Config
from traitlets.config.loader import ConfigFileNotFound, PyFileConfigLoader

from grader.classroom import database
from grader.classroom.database import database_problems
from grader.errors import Problem

INIT = "python -m grader init"
CONFIG_FILE = "nbgrader_config.py"
GRADEBOOK = "gradebook.db"


class ClassDirectory:
    """An existing class directory. Raises Problem when it is none, or when its gradebook can't be used.

    db_url : where the gradebook is; without it, where the class's settings say, else in the file `gradebook.db`
    """

    def __init__(self, path: str | Path, *, writing: bool = True, db_url: str = "") -> None:
        self.root = Path(path).expanduser().resolve()
        if not self.root.is_dir():
            raise Problem("there is no such class directory", self.root, f"make one with `{INIT} {self.root}`")
        if not db_url and not (self.root / CONFIG_FILE).is_file() and not (self.root / GRADEBOOK).is_file():
            raise self._not_a_class()
        self.config = load_config(self.root)
        self.db_url = _absolute(self.root, db_url) if db_url else _url(self.root, self.config)
        self.config.CourseDirectory.db_url = self.db_url
        file = database.file_of(self.db_url)
        if file is not None and not file.is_file():
            raise self._not_a_class()
        database.check(self.db_url, writing=writing)

    def _not_a_class(self) -> Problem:
        remedy = f"give the folder that `{INIT}` made, or make a new one with `{INIT} DIR`"
        return Problem("this is not a class directory: it has no gradebook.db", self.root, remedy)

    @property
    def gradebook_file(self) -> Path | str:
        """Where the gradebook is, for a person to read: a file, or the URL of a database without its password."""
        return database.file_of(self.db_url) or database.shown(self.db_url)

    @property
    def course_id(self) -> str:
        return self.config.CourseDirectory.get("course_id", "") or "default_course"

    @contextmanager
    def gradebook(self) -> Iterator:
        """nbgrader's Gradebook, closed afterwards; a lock or a full disk inside becomes a Problem."""
        from nbgrader.api import Gradebook

        with (
            database_problems(self.gradebook_file),
            Gradebook(database.patient(self.db_url), self.course_id) as gradebook,
        ):
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
        """(student, folder) of everything that stands where a submission of this chapter belongs, by student."""
        found = []
        with os.scandir(self.submitted) as entries:
            for entry in entries:
                path = Path(entry.path) / chapter
                if not entry.name.startswith(".") and _holds(entry, path):
                    found.append((entry.name, path))
        return sorted(found)

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

    def kernelspec(self, chapter: str) -> dict:
        """The kernel that the chapter was made for, which a submission gets whatever it names."""
        with self.gradebook() as gradebook:
            return json.loads(gradebook.find_notebook(chapter, chapter).kernelspec or "{}")

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


def load_config(root: Path) -> Config:
    """The class's settings; none where it has no file of them. Raises Problem for a file that cannot be read."""
    try:
        config = PyFileConfigLoader(CONFIG_FILE, path=str(root)).load_config()
    except ConfigFileNotFound:
        config = Config()
    except Exception as error:
        where = f"{root / CONFIG_FILE}, line {getattr(error, 'lineno', None) or _line_of(error)}"
        said = f"{type(error).__name__}: {error}"
        raise Problem(f"the class's settings cannot be read ({said})", where, "put that line right") from error
    config.CourseDirectory.root = str(root)
    return config


def configured_url(root: Path) -> str:
    """Where the class in this folder keeps its gradebook."""
    return _url(root, load_config(root))


def _url(root: Path, config: Config) -> str:
    return _absolute(root, config.CourseDirectory.get("db_url") or f"sqlite:///{root / GRADEBOOK}")


def _absolute(root: Path, url: str) -> str:
    url = database.normalized(url)
    file = database.file_of(url)
    return url if file is None else f"sqlite:///{root / file}"


def _holds(student: os.DirEntry, folder: Path) -> bool:
    """Whether a student has handed something in: what cannot be looked into has to be told to a person."""
    try:
        if not (student.is_dir() or student.is_symlink()):
            return False
        folder.lstat()
        return True
    except (FileNotFoundError, NotADirectoryError):
        return student.is_symlink() and not student.is_dir() and not os.path.exists(student)  # leads nowhere
    except OSError:
        return True


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

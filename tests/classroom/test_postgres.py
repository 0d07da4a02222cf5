"""PostgreSQL does for a class what SQLite does: the same grades, the same resuming, the same words when it is gone."""

from __future__ import annotations

import importlib.util
import itertools
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import content
import fake
import pytest
import toy
from click.testing import CliRunner
from here import grade
from sqlalchemy import create_engine, make_url, text

from grader import cli
from grader.classroom import database, scoring
from grader.classroom.classdir import ClassDirectory
from grader.classroom.init import init
from grader.errors import Problem

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")


def _programs() -> Path | None:
    """The folder of PostgreSQL's own programs, which Debian keeps off the path."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    return max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)


PROGRAMS = _programs()
if PROGRAMS is None or not (PROGRAMS / "initdb").exists():
    pytest.skip("PostgreSQL is not installed (apt install postgresql)", allow_module_level=True)
if importlib.util.find_spec("psycopg") is None:
    pytest.skip('psycopg is not installed (pip install "psycopg[binary]")', allow_module_level=True)


class Server:
    """A cluster of its own in a temporary folder, reached by a Unix socket there and by nothing else."""

    def __init__(self) -> None:
        self.numbers = itertools.count()
        # Not below pytest's folder: the path of a socket may have 107 bytes, and PostgreSQL refuses to run as root.
        self.folder = Path(tempfile.mkdtemp(prefix="dlbasic-pg-"))
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        self.run("initdb", "-D", "data", "-U", "grader", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8")

    def run(self, program: str, *words: str) -> None:
        who = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
        command = [*who, str(PROGRAMS / program), *words]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr

    def start(self) -> None:
        options = f"-c listen_addresses='' -c unix_socket_directories={self.folder} -c fsync=off"
        self.run("pg_ctl", "-D", "data", "-w", "-l", "log", "-o", options, "start")

    def stop(self) -> None:
        self.run("pg_ctl", "-D", "data", "-w", "-m", "immediate", "stop")

    def create(self, like: str = "template1") -> str:
        """A new database; gives its URL, in the short form that people write."""
        name = f"db{next(self.numbers)}"
        self.run("createdb", "-h", str(self.folder), "-U", "grader", "-T", like, name)
        return f"postgresql://grader@/{name}?host={self.folder}"


@pytest.fixture(scope="module")
def server():
    server = Server()
    try:
        server.start()
        yield server
        server.stop()
    finally:
        shutil.rmtree(server.folder, ignore_errors=True)


@pytest.fixture(scope="module")
def model(server, released, tmp_path_factory):
    """A class directory whose gradebook is in PostgreSQL, with some submissions. Not to be changed: see `course`."""
    root = tmp_path_factory.mktemp("postgres") / "course"
    init(root, {"numbers": toy.source()}, db_url=server.create())
    toy.settings(root, fake.CLASS)
    hand_in(root, released)
    return root


@pytest.fixture
def course(server, model, tmp_path):
    """A fresh copy of it, database and all."""
    old = ClassDirectory(model).db_url
    new = database.normalized(server.create(like=make_url(old).database))
    root = tmp_path / "course"
    shutil.copytree(model, root)
    settings = (root / "nbgrader_config.py").read_text()
    assert old in settings
    (root / "nbgrader_config.py").write_text(settings.replace(old, new))
    return root


def hand_in(root, released) -> None:
    toy.hand_in(root, "김민지", toy.answered(released))
    toy.hand_in(root, "wrong", toy.answered(released, add=toy.WRONG_ADD))
    toy.hand_in(root, "no solution", toy.without(released, "add"))
    toy.hand_in(root, "cut off", b"{")
    late = toy.hand_in(root, "dated", toy.answered(released))
    (late / "timestamp.txt").write_text("2026-03-02 12:00:00 UTC")


def test_both_databases_hold_the_same_after_the_same_runs(course, template, released, tmp_path):
    assert not (course / "gradebook.db").exists()
    other = tmp_path / "sqlite"
    shutil.copytree(template, other)
    toy.settings(other, fake.CLASS)
    hand_in(other, released)
    for again in (False, True):
        results = [grade(ClassDirectory(root)) for root in (course, other)]
        assert results[0] == results[1] and all(result.skipped is again for result in results[0])
        assert content.gradebook(ClassDirectory(course)) == content.gradebook(ClassDirectory(other))
        assert content.files(ClassDirectory(course)) == content.files(ClassDirectory(other))
    toy.hand_in(course, "wrong", toy.answered(released))
    assert [result.student for result in grade(ClassDirectory(course)) if not result.skipped] == ["wrong"]


def test_every_command_finds_the_gradebook_by_the_classs_settings(course, tmp_path):
    grade(ClassDirectory(course))
    table = str(tmp_path / "grades.csv")
    for words in (["grade", "--workers", "1"], ["feedback"], ["report"], ["export", "--to", table]):
        done = CliRunner().invoke(cli.main, [*words, "--class", str(course)])
        assert done.exit_code == 0, done.output
    assert "김민지" in (tmp_path / "grades.csv").read_text(encoding="utf-8")
    assert (course / "nbgrader_config.py").stat().st_mode & 0o077 == 0  # there may be a password in it


def test_the_command_lines_database_goes_before_the_settings(course, server, template, released, tmp_path):
    url = ClassDirectory(course).db_url
    other = tmp_path / "sqlite"
    shutil.copytree(template, other)
    toy.settings(other, fake.CLASS)
    hand_in(other, released)
    done = CliRunner().invoke(cli.main, ["grade", "--class", str(other), "--db", url, "--workers", "1"])
    assert done.exit_code == 0, done.output
    assert len(content.gradebook(ClassDirectory(course))) == 5 and content.gradebook(ClassDirectory(other)) == {}


def test_a_changed_chapter_is_brought_in_and_the_gradebook_backed_up(course):
    grade(ClassDirectory(course))
    before = content.gradebook(ClassDirectory(course))
    stricter = toy.TEST_MUL.replace("mul(6, 7) == 42", "mul(0, 7) == 0")
    made = init(course, {"numbers": toy.source(test_mul=stricter)})
    assert made.changed == ["numbers"] and "mul(0, 7)" in ClassDirectory(course).skeleton("numbers")["test_mul"].source
    assert content.gradebook(ClassDirectory(course)) == before
    database.check_gradebook(made.backup)
    assert not any(result.skipped for result in grade(ClassDirectory(course)))


def test_a_database_that_is_no_gradebook_or_another_classs_is_refused(course, server, tmp_path):
    empty = server.create()
    with pytest.raises(Problem, match="holds no gradebook"):
        ClassDirectory(course, db_url=empty)
    with pytest.raises(Problem, match="gradebook of another class"):
        init(tmp_path / "second", {"numbers": toy.source()}, db_url=ClassDirectory(course).db_url)
    with pytest.raises(Problem, match="keeps its gradebook in another place"):
        init(course, {"numbers": toy.source()}, db_url=empty)
    assert not (tmp_path / "second").exists()


def test_a_locked_gradebook_is_waited_for_then_told(course, monkeypatch):
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.3)
    engine = create_engine(ClassDirectory(course).db_url)
    with engine.connect() as holder:
        holder.execute(text("LOCK TABLE grade, submitted_assignment IN ACCESS EXCLUSIVE MODE"))
        with pytest.raises(Problem, match="in use by another program"):
            grade(ClassDirectory(course))
    engine.dispose()
    assert len(grade(ClassDirectory(course))) == 5


def test_a_server_that_stops_midway_is_told_and_the_same_command_goes_on(course, server, monkeypatch):
    real, count = scoring.Writer.score, []

    def stop_before_the_third(self, outcome):
        count.append(outcome.student)
        if len(count) == 3:
            server.stop()
        return real(self, outcome)

    monkeypatch.setattr(scoring.Writer, "score", stop_before_the_third)
    try:
        with pytest.raises(Problem, match="does not answer"):
            grade(ClassDirectory(course))
        with pytest.raises(Problem, match="does not answer"):
            ClassDirectory(course)
    finally:
        server.start()
    results = grade(ClassDirectory(course))
    assert {result.student for result in results if result.skipped} == set(count[:2])
    assert len(content.gradebook(ClassDirectory(course))) == 5


def test_a_missing_driver_is_named_with_the_command_that_installs_it(course):
    with pytest.raises(Problem, match="driver that is missing") as caught:
        ClassDirectory(course, db_url="postgresql+pg8000://grader:secret@nowhere/x")
    assert "pip install" in caught.value.remedy and "secret" not in caught.value.format_message()

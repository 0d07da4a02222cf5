"""Whatever stops a run, and at whatever moment: the same command again, and the class is as if nothing had happened."""

from __future__ import annotations

import json
import os
import random
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import content
import fake
import pytest
import toy
from here import grade

from grader.classroom import workplace
from grader.classroom.classdir import ClassDirectory
from grader.classroom.init import init
from grader.classroom.workplace import locked
from grader.errors import Problem

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")

# How often each kind of disturbance is tried, at other moments each time: 4 is for every day, 50 was tried once.
TIMES = int(os.environ.get("DLBASIC_FAULTS", "4"))
HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PATHS = [str(HERE), str(ROOT), str(ROOT / "course"), os.environ.get("PYTHONPATH", "")]
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(PATHS)}


class Driver:
    """See driver.py."""

    def __init__(self, warm_up: Path) -> None:
        command = [sys.executable, str(HERE / "driver.py"), str(warm_up)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self.process = subprocess.Popen(command, **pipes, env=ENVIRONMENT)
        assert self.process.stdout.readline() == "ready\n"

    def start(self, root: Path, **order) -> int:
        self.process.stdin.write(json.dumps({"root": str(root), **order}) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def wait_until_at_work(self, root: Path) -> None:
        ended = select.poll()
        ended.register(self.process.stdout, select.POLLIN)
        wait_for(lambda: left_behind(root) or ended.poll(0), every=0.005)

    def end(self) -> int:
        assert self.process.stdout.readline() == "ended\n"
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def run(self, root: Path, **order) -> int:
        self.start(root, **order)
        return self.end()

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait()


@pytest.fixture(scope="module")
def base(template, released, tmp_path_factory):
    """A class with a past: some are graded, by machine or by hand; some of those have handed in again. Two are new."""
    root = tmp_path_factory.mktemp("faults") / "base"
    shutil.copytree(template, root)
    toy.settings(root, fake.CLASS + "c.Instant.seconds = 0.05\n")
    hand_in = {
        "mended": b"{",
        "by hand": toy.answered(released, add=toy.WRONG_ADD),
        "worse": toy.answered(released),
        "same": toy.without(released, "add"),
    }
    for student, notebook in hand_in.items():
        toy.hand_in(root, student, notebook)
    directory = ClassDirectory(root)
    grade(directory)
    with directory.gradebook() as book:
        book.find_grade("test_add", "numbers", "numbers", "by hand").manual_score = 0.5
        book.db.commit()
    again = {
        "mended": toy.answered(released),
        "by hand": toy.answered(released),
        "worse": b"{}",
        "김민지": toy.copied_cell(released),
        "loud": toy.answered(released, mul=toy.LOUD),
    }
    for student, notebook in again.items():
        toy.hand_in(root, student, notebook)
    return root


def state(root: Path) -> tuple:
    """What must be the same: gradebook, graded notebooks, flags."""
    directory = ClassDirectory(root)
    return content.gradebook(directory), content.files(directory), (root / "flagged.tsv").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def driver(base, tmp_path_factory):
    root = tmp_path_factory.mktemp("warm") / "course"
    shutil.copytree(base, root)
    driver = Driver(root)
    yield driver
    driver.close()


@pytest.fixture(scope="module")
def undisturbed(base, tmp_path_factory, driver):
    root = tmp_path_factory.mktemp("undisturbed") / "course"
    shutil.copytree(base, root)
    start = time.monotonic()
    assert driver.run(root) == 0
    driver.seconds = time.monotonic() - start
    expected = state(root)
    assert set(expected[0]) == {"mended", "by hand", "worse", "same", "김민지", "loud"}
    assert expected != state(base)
    return expected


@pytest.fixture
def course(base, tmp_path):
    root = tmp_path / "course"
    shutil.copytree(base, root)
    return root


def left_behind(root: Path) -> list[str]:
    return [path.name for path in root.iterdir() if path.name.startswith(".grading-")]


def moments(driver: Driver, last: float, seed: int) -> Iterator[tuple[int, float]]:
    """TIMES random moments (number, seconds) up to this share of a run: one in each part, so that some are early."""
    chance = random.Random(seed)
    for number in range(TIMES):
        yield number, (number + chance.random()) / TIMES * last * driver.seconds


def test_a_run_that_is_killed_at_any_moment(course, driver, undisturbed, tmp_path):
    died = 0
    for seed, moment in moments(driver, 0.6, 5):
        root = tmp_path / f"killed-{seed}"
        shutil.copytree(course, root)
        pid = driver.start(root, seed=seed)
        driver.wait_until_at_work(root)
        time.sleep(moment)
        os.kill(pid, signal.SIGKILL)
        died += driver.end() == -signal.SIGKILL
        assert driver.run(root) == 0
        assert state(root) == undisturbed and left_behind(root) == []
    assert died > 0


@pytest.mark.parametrize("how", ["kill", "full disk", "full database"])
def test_a_fault_around_every_single_step_of_writing(course, driver, undisturbed, tmp_path, how):
    """With one worker and no chance in it: at the n-th moment, until a run comes to its end without reaching it."""
    code = {"kill": -signal.SIGKILL}.get(how, 2)
    options = ["--executor", "driver:Inline"]
    for event in range(0, 200, 1 if TIMES > 4 else {"kill": 7}.get(how, 9)):
        root = tmp_path / f"{event}"
        shutil.copytree(course, root)
        if (ended := driver.run(root, event=event, how=how, options=options)) == 0:
            break
        assert ended == code
        if how != "kill":
            assert "the disk is full" in Path(f"{root}.said").read_text()
        assert driver.run(root, options=options) == 0
        assert state(root) == undisturbed and left_behind(root) == []
    assert ended == 0 and event > 20


def workers_of(pid: int) -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit() and _parent(path) == pid]


def _parent(process: Path) -> int:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def test_a_worker_that_is_killed_at_any_moment_costs_nobody_anything(course, driver, undisturbed, tmp_path):
    killed = 0
    for seed, moment in moments(driver, 0.5, 7):
        root = tmp_path / f"worker-{seed}"
        shutil.copytree(course, root)
        pid = driver.start(root, seed=seed, options=["--workers", "2"])
        wait_for(lambda pid=pid: workers_of(pid))
        time.sleep(moment)
        for worker in workers_of(pid)[:1]:
            os.kill(worker, signal.SIGKILL)
            killed += 1
        assert driver.end() == 0
        assert state(root) == undisturbed
    assert killed > 0


def test_ctrl_c_at_any_moment_keeps_what_is_finished(course, driver, undisturbed, tmp_path):
    stopped = 0
    for seed, moment in moments(driver, 0.6, 11):
        root = tmp_path / f"stopped-{seed}"
        shutil.copytree(course, root)
        pid = driver.start(root, seed=seed, options=["--workers", "2"])
        driver.wait_until_at_work(root)
        time.sleep(moment)
        os.kill(pid, signal.SIGINT)
        code = driver.end()
        assert code in (0, 130)
        if code:
            assert "run the same command again" in Path(f"{root}.said").read_text()
            assert left_behind(root) == []
        stopped += code == 130
        assert driver.run(root) == 0
        assert state(root) == undisturbed
    assert stopped > 0


@pytest.mark.parametrize("for_ever", [False, True])
def test_a_gradebook_that_others_use_is_waited_for_or_told(course, driver, undisturbed, for_ever):
    toy.settings(course, "c.Instant.seconds = 0.3\n")
    driver.start(course, busy=0.6 if for_ever else 20.0, options=["--workers", "2"])
    driver.wait_until_at_work(course)
    holder = sqlite3.connect(course / "gradebook.db", timeout=5)
    holder.execute("BEGIN IMMEDIATE")
    if for_ever:
        assert driver.end() == 2
        assert "in use by another program" in Path(f"{course}.said").read_text()
    else:
        time.sleep(0.6)
    holder.rollback()
    holder.close()
    assert (driver.run(course) if for_ever else driver.end()) == 0
    assert state(course) == undisturbed


def test_a_second_run_at_the_same_time_is_refused(course):
    before = state(course)
    with locked(course), pytest.raises(Problem, match="another command is at work"):
        grade(ClassDirectory(course))
    with locked(course), pytest.raises(Problem, match="another command is at work"):
        init(course, {"numbers": toy.source("ko")})
    assert state(course) == before


@pytest.fixture
def small_disk(tmp_path):
    """A folder on a disk of its own that has little room."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=480k", "tmpfs", str(place)], capture_output=True)
    if made.returncode:
        pytest.skip("only root can mount a small disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_what_a_killed_run_left_for_its_workers_is_removed_by_the_next(course, tmp_path, monkeypatch):
    monkeypatch.setattr(workplace.tempfile, "tempdir", str(tmp_path))
    for name in ("dead", "new", "alive"):
        (tmp_path / f"dlbasic-grade-{name}" / "worker").mkdir(parents=True)
    for name in ("dead", "alive"):
        os.utime(tmp_path / f"dlbasic-grade-{name}", (0, 0))
    with locked(tmp_path / "dlbasic-grade-alive"):
        grade(ClassDirectory(course))
    assert sorted(path.name for path in tmp_path.glob("dlbasic-*")) == ["dlbasic-grade-alive", "dlbasic-grade-new"]


def test_a_disk_that_is_really_full(course, driver, undisturbed, small_disk):
    root = small_disk / "course"
    shutil.copytree(course, root)
    with open(small_disk / "ballast", "wb", buffering=0) as ballast:
        try:
            while True:
                ballast.write(bytes(1024))
        except OSError:
            ballast.truncate(max(0, ballast.tell() - 24 * 1024))
    assert driver.run(root) == 2
    (small_disk / "ballast").unlink()
    assert driver.run(root) == 0
    assert state(root) == undisturbed


def marked(mark: str) -> list[int]:
    """The processes with this mark in their environment."""
    found = []
    for path in Path("/proc").iterdir():
        try:
            if path.name.isdigit() and mark.encode() in (path / "environ").read_bytes():
                found.append(int(path.name))
        except OSError:
            continue
    return found


def test_real_workers_die_with_the_run_however_it_ends(course, driver, undisturbed):
    """With processes as everybody has them: started by a server, not forked from the run."""
    toy.settings(course, "c.Instant.seconds = 2.0\n")
    for number, code in ((signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)):
        mark = f"mark-{number}-{os.getpid()}"
        pid = driver.start(course, mark=mark, options=["--workers", "2"])
        wait_for(lambda mark=mark: len(marked(mark)) >= 3)  # fork server, resource tracker, a worker
        time.sleep(0.2)
        os.kill(pid, number)
        assert driver.end() == code
        wait_for(lambda mark=mark: not marked(mark))
    toy.settings(course, "c.Instant.seconds = 0.0\n")
    assert driver.run(course) == 0
    assert state(course) == undisturbed


def wait_for(condition, seconds: float = 30.0, every: float = 0.05) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(every)

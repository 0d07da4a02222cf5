"""The reserve of learners' processes: there before it is asked for, never with other settings, never left over."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from grader.wall.held import Learners

ONE = {"limits": {"grouped": False}, "cores": [0]}
OTHER = {"limits": {"grouped": False}, "cores": [1]}


class Forks:
    """Stands for the warm process: its children sleep until they are killed."""

    def __init__(self) -> None:
        self.made: list[subprocess.Popen] = []
        self.gone = False

    def __call__(self, role: str, fd: int, settings: dict) -> int:
        if self.gone:
            raise ConnectionResetError("the warm process is gone")
        self.made.append(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]))
        return os.pidfd_open(self.made[-1].pid)

    def wait_for(self, count: int) -> None:
        deadline = time.monotonic() + 10
        while len(self.made) < count and time.monotonic() < deadline:
            time.sleep(0.01)
        assert len(self.made) == count

    def ended(self) -> list[bool]:
        deadline = time.monotonic() + 1
        while any(process.poll() is None for process in self.made) and time.monotonic() < deadline:
            time.sleep(0.01)
        return [process.poll() is not None for process in self.made]


@pytest.fixture
def forks():
    made = Forks()
    yield made
    for process in made.made:
        process.kill()
        process.wait()


def test_the_next_process_is_made_while_the_first_is_in_use(forks):
    learners = Learners(forks)
    first = learners.take(ONE)
    forks.wait_for(2)
    assert forks.ended() == [False, False]
    learners.end(first)
    second = learners.take(ONE)
    forks.wait_for(3)
    learners.end(second)
    assert forks.ended() == [True, True, False]
    learners.close()
    assert forks.ended() == [True, True, True]


def test_a_process_made_for_other_settings_is_ended_and_not_used(forks):
    learners = Learners(forks)
    learners.end(learners.take(ONE))
    forks.wait_for(2)
    held = learners.take(OTHER)
    assert held.settings == OTHER
    forks.wait_for(4)  # one for it, and one in reserve
    assert forks.ended() == [True, True, False, False]
    learners.end(held)
    learners.close()
    assert all(forks.ended())


def test_two_runs_at_a_time_leave_one_process_in_reserve(forks):
    learners = Learners(forks)
    both = [learners.take(ONE), learners.take(ONE)]
    for held in both:
        learners.end(held)
    learners.close()
    assert all(forks.ended())


def test_a_warm_process_that_is_gone_is_told_to_who_asks(forks):
    learners = Learners(forks)
    first = learners.take(ONE)
    forks.wait_for(2)
    forks.gone = True
    second = learners.take(ONE)  # the one in reserve; what fails beside it is nobody's business yet
    with pytest.raises(OSError, match="gone"):
        learners.take(ONE)
    learners.end(first)
    learners.end(second)
    learners.close()
    assert all(forks.ended())


def test_what_ends_after_closing_is_cleared_away_at_once(forks):
    learners = Learners(forks)
    held = learners.take(ONE)
    learners.close()
    learners.end(held)
    assert all(forks.ended())

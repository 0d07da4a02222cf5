"""Measures grading: against stock nbgrader, against class size, and what isolation costs. Prints; `make bench` runs it.

    python tests/bench/grading.py [--students 60] [--rounds 3] [--sizes 10,100,1000]
"""

from __future__ import annotations

import argparse
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psutil
import unprotected
from nbgrader.api import Gradebook
from submissions import as_stock, command, make_class

from grader.classroom import stage
from grader.classroom.classdir import ClassDirectory
from grader.classroom.grade import jobs as jobs_of
from grader.classroom.gradebook import RunGradebook
from grader.classroom.scoring import Writer
from grader.classroom.steps import plan
from grader.classroom.workplace import at_work

CHAPTER = "02_mlp"
SLOW = 30  # seconds of one submission with stock nbgrader


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sizes", default="10,100,1000")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dlbasic-bench-") as place:
        root = Path(place) / "class"
        make_class(root, CHAPTER, options.students)
        against_stock(root, options.students, options.rounds)
        isolation(root, options.rounds)
        sizes(Path(place), [int(size) for size in options.sizes.split(",") if size])


def against_stock(root: Path, count: int, rounds: int) -> None:
    """Interleaved: each round grades the whole class with ours, and its share of it with stock nbgrader."""
    students = sorted(path.name for path in (root / "submitted").iterdir())
    ours, stock, each, differing = [], [], [], []
    for number in range(rounds):
        part = students[number::rounds]
        place = root.with_name(f"stock{number}")
        as_stock(root, place, part)
        cold = _timed(lambda: command("-m", "grader", "grade", "--class", str(root), "--regrade"))
        ours.append((cold[0] / count, cold[1] / count))
        seconds = _timed(lambda at=place: command("-m", "nbgrader", "autograde", CHAPTER, cwd=at))
        stock.append((seconds[0] / len(part), seconds[1] / len(part)))
        each += _between(place)
        differing += compare(root, place, part)
        shutil.rmtree(place)
    of_stock = [sum(run[i] for run in stock) / rounds for i in (0, 1)]
    of_ours = [statistics.median(run[i] for run in ours) for i in (0, 1)]
    for name, (wall, cpu) in (("stock nbgrader autograde", of_stock), ("grader grade", of_ours)):
        print(f"{name:26} {60 / wall:8.1f} submissions/min   {cpu:6.2f} CPU s a submission", flush=True)
    wall = of_ours[0]
    ratio = of_stock[0] / wall
    print(f"ratio {ratio:.1f} ({count} submissions of {CHAPTER}, isolation on; ours median of {rounds} rounds)")
    usual = [seconds for seconds in each if seconds <= SLOW]
    without, middle = statistics.mean(usual) / wall, statistics.median(each) / wall
    print(f"{len(each) - len(usual)} of {len(each)} take stock more than {SLOW} s; ", end="")
    print(f"without them the ratio is {without:.1f}, for the median submission {middle:.1f}", flush=True)
    print(f"scores that differ from stock's: {len(differing)}", *differing, sep="\n  ")


def _between(place: Path) -> list[float]:
    """Seconds from one graded notebook of stock nbgrader's, which grades one after the other, to the next."""
    written = sorted(path.stat().st_mtime for path in place.glob("autograded/*/*/*.ipynb"))
    return [later - earlier for earlier, later in zip(written, written[1:], strict=False)]


def compare(root: Path, stock: Path, students: list[str]) -> list[str]:
    """Every score of these students in both gradebooks; what differs, as lines."""
    found = []
    with Gradebook(f"sqlite:///{root}/gradebook.db") as one, Gradebook(f"sqlite:///{stock}/gradebook.db") as other:
        for student in students:
            ours, theirs = (
                {grade.name: grade.auto_score for grade in book.find_submission(CHAPTER, student).notebooks[0].grades}
                for book in (one, other)
            )
            found += [
                f"{student} {name}: {ours.get(name)} here, {theirs.get(name)} there"
                for name in sorted(ours.keys() | theirs.keys())
                if ours.get(name) != theirs.get(name)
            ]
    return found


def isolation(root: Path, rounds: int) -> None:
    """The same cells behind the wall and in one warm process without protection, one submission at a time."""
    behind, plain = [], []
    with unprotected.WarmProcess(root, CHAPTER) as warm:
        jobs = unprotected.jobs(root, CHAPTER)
        unprotected.behind_the_wall(jobs[0])
        warm.run(jobs[0])
        for _ in range(rounds):
            for job in jobs:
                behind.append(_clock(lambda at=job: unprotected.behind_the_wall(at)))
                plain.append(_clock(lambda at=job: warm.run(at)))
    one, other = statistics.median(behind), statistics.median(plain)
    more = 100 * (one / other - 1)
    print(f"isolation: {1000 * one:.0f} ms behind the wall, {1000 * other:.0f} ms without: {more:+.0f} %")
    for name, seconds in {**unprotected.where_it_goes(jobs), "gradebook": gradebook(root)}.items():
        print(f"  {name:20} {1000 * seconds:6.1f} ms CPU a submission")


def gradebook(root: Path, count: int = 10) -> float:
    """Median CPU seconds of writing one submission: its scores and its notebook."""
    directory = ClassDirectory(root)
    steps, seconds = plan(directory.config), []
    todo = [(student, CHAPTER, folder) for student, folder in directory.submissions(CHAPTER)][:count]
    with at_work(root) as (scratch, _), closing(RunGradebook(directory.db_url, directory.course_id)) as book:
        writer = Writer(directory, book, steps, scratch)
        for job in jobs_of(directory, todo, steps):
            outcome = stage.run(job)
            start = time.process_time()
            writer.score(outcome)
            seconds.append(time.process_time() - start)
    return statistics.median(seconds)


def sizes(place: Path, counts: list[int]) -> None:
    """Time and memory against the number of submissions."""
    for count in counts:
        root = place / f"class{count}"
        make_class(root, CHAPTER, count, seed=count)
        seconds, _ = _timed(lambda at=root: command("-m", "grader", "grade", "--class", str(at)))
        largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        each = 1000 * seconds / count
        print(f"{count:5} submissions: {seconds:7.1f} s, {each:6.0f} ms each, at most {largest:.0f} MB a process")
        shutil.rmtree(root)


def _clock(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """(seconds on the clock, CPU seconds of the whole machine meanwhile: nobody counts those of killed processes)."""
    before = psutil.cpu_times()
    seconds = _clock(work)
    after = psutil.cpu_times()
    return seconds, sum(getattr(after, part) - getattr(before, part) for part in ("user", "nice", "system"))


if __name__ == "__main__":
    sys.exit(main())

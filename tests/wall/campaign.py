"""One class of attackers and honest neighbours, graded in one run, and what became of each."""

from __future__ import annotations

import json
import re
import time
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

import nbformat
import target
from active import active
from attacks import Attack, Link, everything
from nbconvert import HTMLExporter
from nbgrader.api import Gradebook
from rich.console import Console
from scene import Scene

from grader.classroom.classdir import ClassDirectory
from grader.classroom.feedback import _write as write_page
from grader.classroom.grade import grade
from grader.classroom.init import init

# Low limits, so that what stalls costs little.
SETTINGS = """
c.Execute.timeout = 2
c.RunSubmission.timeout = 2
c.RunSubmission.budget = 12
"""
SIGNS = ("00-evil.py", "evil.pth", "nobody")  # names of files and folders that attacks leave in odd places
MOST_KEPT = 4_000_000  # characters of a graded notebook
READ = ("scripts",)  # families whose pages are looked at
NEIGHBOURS = tuple(f"{place}-neighbour" for place in ("aaa", "escapes-zz", "forgers-zz", "outliving-zz", "zzz"))


@dataclass
class Outcome:
    """What one submission got and did.

    gained : points for exercises that it has not solved; lost : solved ones that were neither paid nor flagged
    secrets : whose keys stand in what was kept of it; reached, changed, heard, active : see `scene` and `active`
    flooded : megabytes of its graded notebook, where these are many
    """

    points: dict[str, float]
    gained: float = 0.0
    lost: list[str] = field(default_factory=list)
    waits: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)
    reached: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    heard: int = 0
    active: list[str] = field(default_factory=list)
    flooded: int = 0

    @property
    def evil(self) -> dict:
        """What must not be."""
        names = ("gained", "lost", "secrets", "reached", "changed", "heard", "active", "flooded")
        return {name: value for name in names if (value := getattr(self, name))}


@dataclass
class Campaign:
    directory: ClassDirectory
    scene: Scene
    outcomes: dict[str, Outcome]
    seconds: float
    left_files: list[Path]
    left_processes: list[str]


def play(base: Path, attacks: list[Attack] | None = None, *, settings: str = SETTINGS, workers: int = 2) -> Campaign:
    """Make a class of all attackers, grade it, write the feedback, and look what has happened. Close its scene."""
    attacks = everything() if attacks is None else attacks
    scene = Scene(base)
    try:
        released = _found(scene)
        with open(scene.root / "nbgrader_config.py", "a", encoding="utf-8") as file:
            file.write(settings)
        for attack in attacks:
            _hand_in(scene, attack, released)
        for name in NEIGHBOURS:
            _neighbour(scene, name, released)
        directory = ClassDirectory(scene.root)
        scene.look()
        quiet = Console(quiet=True)
        start = time.perf_counter()
        results = grade(directory, workers=workers, console=quiet)
        seconds = time.perf_counter() - start
        with suppress(ImportError):  # an earlier version of the project has no wall
            import_module("grader.wall.run").close_all()  # what is warm stays until then
        left = scene.left_processes(), scene.left_files()
        for student in (*NEIGHBOURS[:1], *(a.student for a in attacks if a.family in READ)):
            with suppress(Exception):  # whoever was not graded has no page
                write_page(directory, student, target.CHAPTER)
        outcomes = _outcomes(directory, scene, attacks, results)
        return Campaign(directory, scene, outcomes, seconds, left[1], left[0])
    except BaseException:
        scene.close()
        raise


def _outcomes(directory: ClassDirectory, scene: Scene, attacks: list[Attack], results: list) -> dict[str, Outcome]:
    flags = {result.student: [flag.code for flag in result.flags] for result in results}
    changes, said = scene.changes(), b"\n".join(scene.heard).decode(errors="replace")
    # What the formgrader shows: nbconvert's page under the class's settings.
    formgrader = HTMLExporter(config=directory.config, template_name="basic")
    outcomes = {}
    honest = {attack.student: attack.solved for attack in attacks} | dict.fromkeys(NEIGHBOURS, tuple(target.POINTS))
    with Gradebook(directory.db_url, "dlbasic") as gradebook:
        for student, solved in honest.items():
            outcome = outcomes[student] = _scored(gradebook, student, solved)
            outcome.flags = flags.get(student, ["not graded"])
            own = scene.outside / student
            outcome.changed = sorted(str(path) for path in changes if own in (path, *path.parents))
            outcome.heard = said.count(student)
            _read(directory, scene, formgrader, student, outcome)
    for path in changes:
        for place in (scene.root, scene.home):  # whoever speaks of it
            if place in path.parents:
                inside = str(path.relative_to(place))
                for attack in attacks:
                    if inside in str(attack) or path.name in SIGNS and path.name in str(attack):
                        outcomes[attack.student].changed.append(str(path))
    return outcomes


def _found(scene: Scene):
    """Make the class; returns the released notebook."""
    hidden = scene.tokens["hidden"].rpartition("-")[2]
    init(scene.root, {target.CHAPTER: target.source(hidden, scene.tokens["source"])})
    with Gradebook(f"sqlite:///{scene.root / 'gradebook.db'}", "dlbasic") as gradebook:
        gradebook.add_student("nobody", first_name="N.", last_name=scene.tokens["gradebook"])
    return nbformat.read(scene.root / "release" / target.CHAPTER / f"{target.CHAPTER}.ipynb", as_version=4)


def _hand_in(scene: Scene, attack: Attack, released) -> None:
    def fill(text: str) -> str:
        return scene.fill(text, attack.student)

    folder = scene.root / "submitted" / attack.student / target.CHAPTER
    folder.mkdir(parents=True)
    scene.outside_of(attack.student)
    made = attack.submission(released, fill)
    data = made if isinstance(made, bytes) else nbformat.writes(made).encode()
    (folder / f"{target.CHAPTER}.ipynb").write_bytes(data)
    for name, content in attack.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Link):
            path.symlink_to(fill(content.to))
        elif isinstance(content, str) and content.startswith("sparse:"):
            with open(path, "wb") as file:
                file.truncate(int(content.partition(":")[2]))
        else:
            path.write_bytes(content if isinstance(content, bytes) else fill(content).encode())


def _neighbour(scene: Scene, student: str, released) -> None:
    folder = scene.root / "submitted" / student / target.CHAPTER
    folder.mkdir(parents=True)
    answers = {name: f"# {scene.tokens['neighbour']}\n{text}" for name, text in target.RIGHT.items()}
    notebook = target.answered(released, answers)
    (folder / f"{target.CHAPTER}.ipynb").write_text(nbformat.writes(notebook))


def _scored(gradebook, student: str, solved: tuple[str, ...]) -> Outcome:
    from nbgrader.api import MissingEntry

    outcome = Outcome({})
    try:
        grades = gradebook.find_submission_notebook(target.CHAPTER, target.CHAPTER, student).grades
    except MissingEntry:
        outcome.lost = list(solved)
        return outcome
    for one in grades:
        name = one.name.removeprefix("test_")
        points = outcome.points[name] = max(one.auto_score or 0.0, one.manual_score or 0.0)
        if one.needs_manual_grade:
            outcome.waits.append(name)
        if name not in solved:
            outcome.gained += points
        elif points < target.POINTS[name] and not one.needs_manual_grade:
            outcome.lost.append(name)
    return outcome


def _read(directory: ClassDirectory, scene: Scene, formgrader: HTMLExporter, student: str, outcome: Outcome) -> None:
    """Look through all that is kept of a submission: its graded notebook, files beside it, its feedback page."""
    graded = directory.graded(student, target.CHAPTER)
    pages = sorted(directory.feedback_page(student, target.CHAPTER).parent.glob("*"))
    texts = []
    for path in [*sorted(graded.parent.rglob("*")), *pages]:
        if path.is_file() and path.stat().st_size < 1 << 26:
            texts.append(path.read_bytes().decode(errors="replace"))
    whole = "\n".join(texts)
    outcome.secrets = [place for place in scene.leaks(whole) if student not in NEIGHBOURS or place != "neighbour"]
    outcome.flooded = sum(map(len, texts)) // 10**6 if sum(map(len, texts)) > MOST_KEPT else 0
    outcome.reached = sorted(set(re.findall(r"reached:([a-z][a-z-]+)", whole)))
    if student.startswith(READ) and graded.is_file():
        notebook = nbformat.reads(graded.read_text(encoding="utf-8"), as_version=4)
        outcome.active = active(formgrader.from_notebook_node(notebook)[0])
        texts = [page.read_text(encoding="utf-8") for page in pages]
        outcome.active += [f"feedback: {one}" for text in texts for one in active(text, "main")]


def evidence(campaign: Campaign, attacks: list[Attack]) -> dict[str, dict]:
    """Attack → in which way it has succeeded; nothing where it has not."""
    found = {}
    for attack in attacks:
        outcome = campaign.outcomes[attack.student]
        ways = outcome.evil
        unpaid = [name for name in attack.solved if name in outcome.waits]
        if unpaid:
            ways["unpaid"] = {"exercises": unpaid, "flags": sorted(set(outcome.flags))}
        left = [text for text in campaign.left_processes if all(part in str(attack) for part in text.split())]
        if left:
            ways["processes"] = left
        found[attack.student] = ways
    return found


def dump(campaign: Campaign, attacks: list[Attack]) -> str:
    return json.dumps(evidence(campaign, attacks), indent=1, default=str)

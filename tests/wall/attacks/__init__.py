"""Submissions that cheat, spy or break things, as data: each does one thing.

Every one is harmless where it succeeds: what it may read, hurt or call is planted by `scene`, it kills only in a
process namespace of its own, it looks into no process but the test's, and what it eats has an end. Keep it so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import target

# What an attack is told about the place: `{{root}}` in its text, for instance; see `scene.Scene.facts`.
PRELUDE = r'''
import os, re, sys
LOOT = set()

def leak(*things):
    """Tell whatever planted secret is in these."""
    for thing in things:
        data = thing if isinstance(thing, bytes) else str(thing).encode(errors="replace")
        data = re.sub(rb'\\?["\'], \\?["\']', b"", data)  # the hidden key stands in two parts in its source
        for token in set(re.findall(rb"planted-[a-z]+-[0-9a-f]{16}", data)):
            LOOT.add(token.decode())
            print(token.decode())

def reached(what):
    """Tell that something was done which must not be possible."""
    LOOT.add("reached:" + what)
    print("reached:" + what)

def same_room():
    """Whether this is the process namespace of who tests, where nothing may be killed."""
    try:
        return os.readlink("/proc/self/ns/pid") == "{{pid_ns}}"
    except OSError:
        return False

def processes():
    """Processes to look into: all that are to be seen, but among others than ours only the test's own."""
    if not same_room():
        return [int(name) for name in os.listdir("/proc") if name.isdigit()] if os.path.isdir("/proc") else []
    parents = {}
    for name in os.listdir("/proc"):
        try:
            parents[int(name)] = int(open(f"/proc/{name}/stat").read().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            pass
    def ours(pid):
        while pid > 1:
            if pid == {{pid}}:
                return True
            pid = parents.get(pid, 0)
        return False
    return [pid for pid in parents if ours(pid)]
'''.strip()
EPILOGUE = "print(sorted(LOOT))"


@dataclass(frozen=True)
class Link:
    """A symbolic link in a submission's folder."""

    to: str


@dataclass(frozen=True)
class Attack:
    """One submission.

    answers : exercise → the wrong code in its solution cell
    top, end : cells above the first and below the last exercise
    edit : changes the notebook when all that is done; may give back bytes
    files : name → content of what lies beside the notebook
    honest : exercises that are really solved, and must be paid for; all others, unless the attack spoils its own
    unproven : why it cannot succeed without a wall either, where it cannot
    stalls : costs the time limit
    """

    name: str
    what: str
    answers: Mapping[str, str] = field(default_factory=dict)
    top: tuple[str, ...] = ()
    end: tuple[str, ...] = ()
    edit: Callable[[Any], Any] | None = None
    files: Mapping[str, str | bytes | Link] = field(default_factory=dict)
    honest: tuple[str, ...] | None = None
    unproven: str = ""
    stalls: bool = False
    family: str = ""

    @property
    def solved(self) -> tuple[str, ...]:
        return tuple(name for name in target.POINTS if name not in self.answers) if self.honest is None else self.honest

    @property
    def student(self) -> str:
        return f"{self.family}-{self.name}"

    def submission(self, released, fill: Callable[[str], str]):
        """The notebook, or the bytes, that are handed in. fill : puts the place's facts into a text"""
        answers = {name: target.RIGHT[name] for name in self.solved} | dict(self.answers)
        notebook = target.answered(released, {name: fill(text).strip() for name, text in answers.items()})
        first = target.index(notebook, "setup") + 1
        notebook.cells[first:first] = [_code(fill(text), f"top-{i}") for i, text in enumerate((PRELUDE, *self.top))]
        notebook.cells += [_code(fill(text), f"end-{i}") for i, text in enumerate((*self.end, EPILOGUE))]
        return self.edit(notebook) if self.edit else notebook


def _code(text: str, name: str):
    from nbformat.v4 import new_code_cell

    return new_code_cell(text.strip(), id=name)


def everything() -> list[Attack]:
    """All attacks, each with the name of its family, which is its module's."""
    from dataclasses import replace
    from importlib import import_module
    from pathlib import Path

    found = []
    for path in sorted(Path(__file__).parent.glob("[a-z]*.py")):
        attacks = import_module(f"attacks.{path.stem}").ATTACKS
        found += [replace(attack, family=path.stem.split("_")[-1]) for attack in attacks]
    return found

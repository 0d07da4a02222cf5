"""What is to be run behind the wall, how, and what came of it: data that crosses no wall by itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .enclosure import Limits


@dataclass(frozen=True)
class Settings:
    """How submissions are run.

    preload : modules that a learner's cells may need, imported once; packages : name → folder of those that are not
    installed in the environment; hide : folders that no submission may see, wherever they lie; address : the folder of
    another process's warm processes that are to be used (see `share`)
    """

    sandbox: bool = True
    preload: tuple[str, ...] = ()
    judge_preload: tuple[str, ...] = ()
    packages: Mapping[str, str] = field(default_factory=dict)
    hide: tuple[str, ...] = ()
    limits: Limits = Limits()
    timeout: float = 30.0
    budget: float = 600.0
    restarts: int = 8
    most_output: int = 1_000_000
    figures: bool = False
    address: str = ""

    def warmth(self) -> str:
        """Settings with the same one can share warm processes."""
        return json.dumps([self.sandbox, self.preload, self.judge_preload, sorted(self.packages.items()), self.hide])


@dataclass
class Cell:
    """A code cell. where : "there" (learner's process), "here" (judge), "both" or "skip"."""

    number: int
    source: str
    where: str


@dataclass
class Plan:
    """One notebook to be run, and what the instructor's own notebook says.

    prepare : `module:function:argument`, to be called once in the warm judge
    """

    cells: list[Cell]
    folder: Path
    imports: Mapping[str, str] = field(default_factory=dict)
    stars: tuple[str, ...] = ()
    own: frozenset[str] = frozenset()
    files: Mapping[str, bytes] = field(default_factory=dict)
    trusted_paths: tuple[str, ...] = ()
    env: Mapping[str, str] = field(default_factory=dict)
    prepare: str = ""


@dataclass
class Incident:
    """A cell that was not run to its end. why : "died", "timeout", "budget" or "broken", which has a `detail`."""

    cell: int
    why: str
    detail: str = ""


@dataclass
class Report:
    """Outputs and execution counts by cell number, what went wrong, and the CPU seconds of each side."""

    outputs: dict[int, list[dict]] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)
    incidents: list[Incident] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

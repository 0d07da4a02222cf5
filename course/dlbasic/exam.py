"""What an exercise is judged by: its cases, the signatures of known mistakes, a property. Data; no judging here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from dlbasic.chains import ONCE, Calls
from dlbasic.observe import Outcome

# float32 arguments may give float32 answers; sums over a few dozen of them keep about four digits.
FLOAT32_RTOL, FLOAT32_ATOL = 1e-3, 1e-4


@dataclass(frozen=True)
class Case:
    """One set of arguments with the right answer to it."""

    arguments: tuple
    expected: Any
    rtol: float = 1e-6
    atol: float = 1e-9


@dataclass(frozen=True)
class KnownMistake:
    """A mistake's id, the sentence that names it in each language, and what it does on every case of the exam."""

    id: str
    text: dict[str, str]
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True)
class Exam:
    """Everything needed to judge one function.

    calls : how a case's arguments become calls of the function

    mistakes and spares are functions without arguments, since most runs need neither: `mistakes()` gives the known
    mistakes, `spares()` further cases for a second look after a pass.
    """

    exercise: str
    parameters: tuple[str, ...]
    cases: tuple[Case, ...] = ()
    mistakes: Callable[[], Iterable[KnownMistake]] = tuple
    spares: Callable[[], Iterable[Case]] = tuple
    list_case: Case | None = None
    no_warnings: bool = False
    calls: Calls = ONCE
    property: Callable | None = None
    property_seeds: tuple[int, ...] = (0,)
    secret: bool = False
    hints: dict[str, tuple[str, ...]] = field(default_factory=dict)

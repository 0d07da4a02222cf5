"""What an author declares about an exercise, beside its cells: probes, hints, known mistakes, other right answers.

Pure bookkeeping: every decorator returns its function unchanged and writes a line into the bank of the file that is
being loaded (`collect`). Nothing here runs at a learner's desk.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field

LANGUAGES = ("en", "ko")


class AuthoringError(Exception):
    """A missing or wrong piece of a chapter; the message starts with `file:line:`."""


@dataclass(frozen=True)
class Place:
    """Where an author wrote something, so that every complaint can point at it."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Probes:
    """How one exercise is tried: `cases(rng)` yields one tuple of arguments a case."""

    exercise: str
    cases: Callable | None
    place: Place
    rtol: float = 1e-6
    atol: float = 1e-9
    integers: bool = True
    lists: bool = True
    no_warnings: bool = False
    adapter: str | None = None
    property: str | None = None
    secret: bool = False
    partial: bool = False
    slow: bool = False


@dataclass(frozen=True)
class Hints:
    exercise: str
    en: tuple[str, ...]
    ko: tuple[str, ...]
    place: Place


@dataclass(frozen=True)
class Answer:
    """A function that an author wrote down as somebody else's answer: a known mistake or another right one."""

    exercise: str
    id: str
    function: Callable
    place: Place
    text: dict[str, str] = field(default_factory=dict)


@dataclass
class Bank:
    """Everything declared in one chapter's files."""

    probes: dict[str, Probes] = field(default_factory=dict)
    hints: dict[str, Hints] = field(default_factory=dict)
    mistakes: dict[str, list[Answer]] = field(default_factory=dict)
    equivalents: dict[str, list[Answer]] = field(default_factory=dict)

    def fill_up(self, other: Bank) -> None:
        """Take what `other` declares and this bank does not: of two declarations of one name this bank's stays."""
        self.probes = other.probes | self.probes
        self.hints = other.hints | self.hints
        for own, more in ((self.mistakes, other.mistakes), (self.equivalents, other.equivalents)):
            for exercise, answers in more.items():
                known = own.setdefault(exercise, [])
                known += [answer for answer in answers if answer.id not in {one.id for one in known}]


_open_bank: Bank | None = None


@contextmanager
def collect(bank: Bank):
    """Take every declaration made inside the `with` block into `bank`."""
    global _open_bank
    before, _open_bank = _open_bank, bank
    try:
        yield bank
    finally:
        _open_bank = before


def _bank() -> Bank:
    # Importing an author's file by hand (in an editor, in pytest) is fine: its declarations then go nowhere.
    return _open_bank if _open_bank is not None else Bank()


def _caller() -> Place:
    frame = sys._getframe(2)  # inspect.stack() reads the source of every caller: slow, with hundreds of declarations
    return Place(frame.f_code.co_filename, frame.f_lineno)


def _once(table: dict, key: str, place: Place, what: str) -> None:
    if key in table:
        raise AuthoringError(f"{place}: {what} for {key!r} were already given at {table[key].place}")


def probes(exercise: str, **options) -> Callable:
    """Declare how `exercise` is tried. Decorates a generator function `cases(rng)` that yields tuples of arguments.

    The first case must be drawn from `rng`: its float32, integer and list forms are tried too, and more like it serve
    as the second probe that catches hard-coded answers. Options:

    rtol, atol : tolerance on float64 results (1e-6, 1e-9)
    integers : False when whole-number arrays make no sense as arguments
    lists : False when lists are not accepted in place of arrays (they never cost marks, only earn a remark)
    no_warnings : True when an overflow, invalid or divide warning is itself a mistake
    adapter : "chain" when the function is one step of a chain: a case is `(w, *columns)`, see `dlbasic.chains`
    property : name of a function in `dlbasic.properties` that judges by properties (random results, many right answers)
    secret : True when the expected value is the answer itself and must not reach a learner's copy
    partial : True when part of the answer earns part of the points
    slow : True when one run takes seconds: where submissions are graded it is judged once
    """
    place = _caller()

    def keep(cases: Callable) -> Callable:
        _once(_bank().probes, exercise, place, "probes")
        try:
            _bank().probes[exercise] = Probes(exercise, cases, place, **options)
        except TypeError as error:
            raise AuthoringError(f"{place}: probes({exercise!r}): {error}") from None
        return cases

    return keep


def hints(exercise: str, *, en: tuple[str, ...], ko: tuple[str, ...]) -> None:
    """Declare three rungs of hints: where to look, which step, nearly the line itself (never the line)."""
    place = _caller()
    _once(_bank().hints, exercise, place, "hints")
    if len(en) != 3 or len(ko) != 3:
        raise AuthoringError(f"{place}: hints for {exercise!r} need three rungs in each language")
    _bank().hints[exercise] = Hints(exercise, tuple(en), tuple(ko), place)


def mistake(exercise: str, *, en: str, ko: str) -> Callable:
    """Declare a known wrong answer, written as a learner would; the function's name is the mistake's id.

    en, ko : what the learner is told: names the mistake and what to do about it, in a sentence or two, and does not
        give the line away.
    """
    place = _caller()

    def keep(function: Callable) -> Callable:
        answer = Answer(exercise, function.__name__, function, place, {"en": en, "ko": ko})
        _bank().mistakes.setdefault(exercise, []).append(answer)
        return function

    return keep


def equivalent(exercise: str) -> Callable:
    """Declare another right answer, written differently, that must get full marks."""
    place = _caller()

    def keep(function: Callable) -> Callable:
        _bank().equivalents.setdefault(exercise, []).append(Answer(exercise, function.__name__, function, place))
        return function

    return keep


class Reference:
    """The chapter's own solutions by name, for mistakes that go wrong in one place only: `reference.softmax(z)`.

    The loader puts the loaded chapter's in the place of the empty one that authors import.
    """

    def __init__(self, functions: dict[str, Callable] | None = None) -> None:
        self._functions = functions or {}

    def __getattr__(self, name: str) -> Callable:
        if name.startswith("_") or name not in self._functions:
            raise AttributeError(f"reference.{name}: the chapter has no exercise of this name (or is not loaded)")
        return self._functions[name]


reference = Reference()

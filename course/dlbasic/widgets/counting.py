"""What a learner's function counts: a whole number, a refusal, or one sentence about what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from numbers import Integral

from ..figures.words import Words
from .learner import Trouble, brief, named, quiet

SAY = Words({"whole": {"en": "a whole number (int)", "ko": "정수(int)"}})


def whole(function: Callable, *args, name: str) -> int:
    """The whole number that function(*args) gives. Raises Trouble for a stub, a crash and anything else."""
    with quiet(), named(name):
        value = function(*args)
    return _checked(value, name)


def whole_or_refused(function: Callable, *args, name: str) -> int | None:
    """As `whole`, but None when the function refuses its arguments with a ValueError."""
    with quiet(), named(name):
        try:
            value = function(*args)
        except ValueError:
            return None
    return _checked(value, name)


def _checked(value: object, name: str) -> int:
    if not isinstance(value, Integral) or isinstance(value, bool):
        raise Trouble("odd", name, got=brief(value, 40), wanted=SAY("whole"))
    return int(value)

"""One call of a learner's function, watched: what it returned, raised (and on which of her lines) and changed."""

from __future__ import annotations

import contextlib
import copy
import inspect
import io
import linecache
import sys
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from dlbasic.values import Refused, plain

# Underflow to 0 is what a stable formula does; these three are what an unstable one does.
WATCHED = ("overflow", "invalid value", "divide by zero")


@dataclass(frozen=True)
class Outcome:
    """What one call did.

    error : the exception's class name, or "" when the call returned
    changed : positions of the arguments that are not what they were
    shared : positions of the arguments whose memory the returned array uses: who changes the one changes the other
    malformed : what came back in place of something that the next call could go on from; `call` tells from which one
    """

    value: Any = None
    error: str = ""
    message: str = ""
    line: str = ""
    line_number: int = 0
    changed: tuple[int, ...] = ()
    warned: tuple[str, ...] = ()
    refused: str = ""
    malformed: str = ""
    call: int = 0
    shared: tuple[int, ...] = ()


def observe(function: Callable, arguments: tuple, quiet: bool = True, read: Callable = plain) -> Outcome:
    """Call `function` on copies of `arguments` and tell what happened; only KeyboardInterrupt gets out.

    read : what makes the outcome's value of what came back; raises Refused for what it cannot take
    """
    given = copied(arguments)
    printed = io.StringIO()
    try:
        with warnings.catch_warnings(record=True) as caught, np.errstate(over="warn", invalid="warn", divide="warn"):
            warnings.simplefilter("always")
            with contextlib.redirect_stdout(printed) if quiet else contextlib.nullcontext(), _no_figures():
                returned = function(*given)
    except (Exception, SystemExit) as error:
        # A stand-in for a function of another process says so when what it returned cannot come over.
        not_plain = getattr(error, "not_plain", None)
        return Outcome(refused=not_plain) if isinstance(not_plain, str) else failure(error, function)
    warned = sorted({word for entry in caught for word in WATCHED if word in str(entry.message)})
    changed = tuple(
        place
        for place, (before, after) in enumerate(zip(arguments, given, strict=True))
        if not _unchanged(before, after)
    )
    shared = tuple(place for place, argument in enumerate(given) if _share_memory(returned, argument))
    if inspect.iscoroutine(returned):
        returned.close()  # never awaited: Python would print a warning about it at some later time
    try:
        value, refused = read(returned), ""
    except Refused as reason:
        value, refused = None, str(reason)
    except Exception as error:  # an object whose methods raise is no answer either
        value, refused = None, f"a {type(returned).__name__} that raises {type(error).__name__}"
    return Outcome(value, changed=changed, warned=tuple(warned), refused=refused, shared=shared)


def copied(value: Any) -> Any:
    """A deep copy, quick for what exams are made of: arrays, numbers, words, containers of those."""
    kind = type(value)
    if kind is np.ndarray and not value.dtype.hasobject:
        return value.copy(order="K")
    if kind in _IMMUTABLE or value is None:
        return value
    if kind in (list, tuple):
        return kind([copied(item) for item in value])
    if kind is dict:
        return {key: copied(item) for key, item in value.items()}
    return copy.deepcopy(value)


_IMMUTABLE = frozenset({bool, int, float, complex, str})


def failure(error: BaseException, function: Callable) -> Outcome:
    """The outcome of a call that raised: with the last line of the learner's own that it passed through."""
    own = getattr(function, "__globals__", {})
    line, number = "", 0
    traceback = error.__traceback__
    while traceback is not None:
        frame = traceback.tb_frame
        if frame.f_globals is own:
            number = traceback.tb_lineno
            line = linecache.getline(frame.f_code.co_filename, number).strip()
        traceback = traceback.tb_next
    return Outcome(error=type(error).__name__, message=str(error)[:300], line=line, line_number=number)


def parameter_names(function: Callable, count: int) -> list[str]:
    """The names of the first `count` parameters, as the learner called them."""
    try:
        names = list(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        names = []
    return (names + [f"argument {i + 1}" for i in range(len(names), count)])[:count]


@contextlib.contextmanager
def _no_figures():
    """Close the figures that a call opens: a function is called many times, and a notebook would show them all."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    before = set(pyplot.get_fignums()) if pyplot else set()
    try:
        yield
    finally:
        if pyplot:
            for number in set(pyplot.get_fignums()) - before:
                pyplot.close(number)


def _share_memory(one: Any, other: Any) -> bool:
    return isinstance(one, np.ndarray) and isinstance(other, np.ndarray) and np.may_share_memory(one, other)


def _unchanged(before: Any, after: Any) -> bool:
    """Whether an argument is what it was. To rounding: a probe that adds h and takes it away again is no change."""
    if isinstance(before, np.random.Generator) or callable(before):
        return True
    if type(before) is not type(after):
        return False
    if before is None:
        return True
    if isinstance(before, np.ndarray):
        if before.shape != after.shape or before.dtype != after.dtype:
            return False
        if (before == after).all():
            return True
        if before.dtype.kind not in "fc":
            return bool(np.array_equal(before, after))
        return bool(np.allclose(before, after, rtol=1e-9, atol=1e-12, equal_nan=True))
    if isinstance(before, (list, tuple)):
        return len(before) == len(after) and all(_unchanged(x, y) for x, y in zip(before, after, strict=True))
    if isinstance(before, dict):
        return before.keys() == after.keys() and all(_unchanged(before[key], after[key]) for key in before)
    try:
        if type(before).__eq__ is not object.__eq__:
            return bool(before == after)
    except (TypeError, ValueError):  # it compares arrays inside of it, which have no truth of their own
        if isinstance(before, Iterable):
            return _unchanged(list(before), list(after))
    # A state may hold anything, and what has no == is never equal to its copy: what counts is what it holds.
    return _unchanged(getattr(before, "__dict__", None), getattr(after, "__dict__", None))

"""Whether a function may call another exercise, and how right versions of those are lent to it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

from grader.wall.reach import OPEN, reach


def may_lean_on(function: Callable, exercises: Collection[str]) -> bool:
    """Whether `function`, or a helper of its notebook that it calls, refers to one of `exercises` defined there.

    Where nobody can tell, it does. A stand-in for a function of another process asks there.
    """
    reached = function.reaches() if _stands_in(function) else reach(function)
    return reached is None or not reached.isdisjoint({*exercises, *OPEN})


@contextmanager
def lent(function: Callable, right: dict[str, Callable]) -> Iterator[None]:
    """Right versions in place of the learner's own, as far as she has defined them, for as long as the block runs."""
    if _stands_in(function):
        with function.lending(right):
            yield
        return
    namespace = getattr(inspect.unwrap(function), "__globals__", {})
    own = {name: namespace[name] for name in right if name in namespace}
    namespace.update({name: right[name] for name in own})
    try:
        yield
    finally:
        namespace.update(own)


def _stands_in(function: Callable) -> bool:
    # Asked of the type: an attribute of a function could be a learner's own.
    return hasattr(type(function), "reaches")

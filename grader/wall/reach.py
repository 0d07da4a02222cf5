"""Which global names a function may reach. Reads its code and what it holds, runs nothing; may be unable to tell."""

from __future__ import annotations

import functools
import inspect
import numbers
import types
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import numpy as np

# Ways to a function that does not name it.
OPEN = {"__builtins__", "__dict__", "__globals__", "__import__", "__main__", "__name__", "attrgetter", "builtins"}
OPEN |= {"compile", "eval", "exec", "f_globals", "f_locals", "get_ipython", "getattr", "getattribute", "globals"}
OPEN |= {"import_module", "inspect", "locals", "modules", "run_path", "vars"}
# What leads nowhere: data, libraries, and what is written in C.
ENDS = (
    numbers.Number,
    bytes,
    type(None),
    type(Ellipsis),
    range,
    np.generic,
    np.dtype,
    np.ufunc,
    np.random.Generator,
    types.ModuleType,
    types.BuiltinFunctionType,
)
# What every class has, whatever its author wrote.
ABOUT_CLASSES = {"__dict__", "__module__", "__weakref__"}
# A function may hold a list of a million numbers; nobody waits for that.
MOST_LOOKED_AT = 200_000


def reach(function: Callable, namespace: dict | None = None) -> frozenset[str] | None:
    """The names of `namespace` that `function` may reach, by itself or through helpers that are written there.

    Names of OPEN are among them where the code has them: with one of those it may reach anything. None when the
    function holds something that cannot be looked into.

    namespace : the globals of the notebook; by default the function's own
    """
    if namespace is None:
        namespace = getattr(inspect.unwrap(function), "__globals__", None)
    if namespace is None:
        return None
    found: set[str] = set()
    waiting, seen = [function], {}
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen or isinstance(thing, ENDS):
            continue
        if len(seen) == MOST_LOOKED_AT:
            return None
        seen[id(thing)] = thing  # kept, so that no other thing gets its id
        if isinstance(thing, str):
            found.add(thing)
            continue
        if isinstance(thing, types.CodeType):
            found.update(thing.co_names)
        further = _further(thing, namespace)
        if further is None:
            return None
        waiting.extend(further)
    return frozenset(name for name in found if name in namespace or name in OPEN)


def _further(thing: Any, namespace: dict) -> Iterator | None:
    """What `thing` holds or calls; None for what is none of the kinds that can be looked into."""
    if isinstance(thing, types.CodeType):
        return iter([*thing.co_consts, *(namespace[name] for name in thing.co_names if name in namespace)])
    if isinstance(thing, types.FunctionType):
        # A library's function is taken at its word, but it may be a wrapper round one of the notebook's.
        own = [thing.__code__] if thing.__globals__ is namespace else []
        return iter([*own, thing.__closure__, thing.__defaults__, thing.__kwdefaults__, thing.__dict__])
    if isinstance(thing, types.CellType):
        with suppress(ValueError):  # not filled yet
            return iter([thing.cell_contents])
        return iter(())
    if isinstance(thing, types.MethodType):
        return iter([thing.__func__, thing.__self__])
    if isinstance(thing, (staticmethod, classmethod)):
        return iter([thing.__func__])
    if isinstance(thing, property):
        return iter([thing.fget, thing.fset, thing.fdel])
    if isinstance(thing, functools.partial):
        return iter([thing.func, thing.args, thing.keywords])
    if isinstance(thing, dict):
        return iter([*thing.keys(), *thing.values()])
    if isinstance(thing, (list, tuple, set, frozenset)):
        return iter(thing)
    if isinstance(thing, np.ndarray):
        return None if thing.dtype.hasobject else iter(())
    if isinstance(thing, type):
        written_here = thing.__module__ == namespace.get("__name__")
        members = [value for name, value in vars(thing).items() if name not in ABOUT_CLASSES]
        return iter([*thing.__bases__, *members]) if written_here else iter(())
    return None

"""What the learner's side tells of things that stay there: functions, classes, objects, exceptions. Plain data only."""

from __future__ import annotations

import builtins
import inspect
import types
from collections.abc import Iterator
from typing import Any

import numpy as np

MESSAGE = 2_000  # characters of a docstring or of an exception's words
KINDS = (int, float, complex, str, bytes, bool, type(None), list, tuple, dict, set, frozenset)


def exception_of(kind: list, said: str) -> BaseException:
    """The builtin exception of that kind; RuntimeError for what is none."""
    for name, _ in kind:
        known = getattr(builtins, name, None)
        if isinstance(known, type) and issubclass(known, Exception):
            return known(said)
    return RuntimeError(said)


def kind_of(category: type[BaseException]) -> list[tuple[str, str]]:
    """The class and those it comes from, by name and module: what the other side can look up."""
    return [(one.__name__, one.__module__) for one in type.mro(category)[:-1] if issubclass(one, BaseException)]


def facts_of(thing: Any) -> dict:
    kind = type(thing)
    if issubclass(kind, type):
        facts = {"kind": "class", "name": type.__getattribute__(thing, "__name__")}
        if issubclass(thing, BaseException):
            facts |= {"kind": "exception", "bases": kind_of(thing)}
        return facts | _signature(thing)
    name = getattr(thing, "__name__", None)
    name = name if type(name) is str else kind.__name__
    if kind in (types.FunctionType, types.BuiltinFunctionType, types.MethodType) or (
        callable(thing) and not isinstance(thing, KINDS)
    ):
        return {"kind": "function", "name": name, "doc": _text(getattr(thing, "__doc__", None))} | _signature(thing)
    if isinstance(thing, Iterator):
        return {"kind": "iterator", "name": kind.__name__}
    if isinstance(thing, (*KINDS, np.ndarray, np.generic)):
        return None  # a class of somebody's own that is derived from a plain one
    special = [name for name in ("__len__", "__getitem__", "__iter__", "__contains__") if hasattr(kind, name)]
    return {"kind": "object", "name": kind.__name__, "special": special}


def _signature(thing: Any) -> dict:
    try:
        found = inspect.signature(thing)
    except (TypeError, ValueError):
        return {}
    return {
        "parameters": [
            (p.name, int(p.kind), None if p.default is p.empty else _shown(p.default))
            for p in list(found.parameters.values())[:50]
        ]
    }


def _shown(value: Any) -> str:
    try:
        return repr(value)[:80]
    except Exception:
        return "..."


def _text(value: Any) -> str | None:
    return value[:MESSAGE] if type(value) is str else None

"""Plain values: what may come back from a learner's function, copied to base types, and how two of them differ."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

MAX_DEPTH = 8


class Refused(Exception):
    """What came back cannot be judged; the message names what it is."""


@dataclass(frozen=True)
class Difference:
    """Where and how an answer first differs from what was expected.

    kind : "type", "shape", "dtype" (these are looked for first, in the whole answer), "nan" or "value"
    path : where in the answer, as Python would index it: `[1][0, 2]`, or "" for the answer itself
    """

    kind: str
    path: str
    expected: str
    got: str


def plain(value: Any, depth: int = 0) -> Any:
    """A copy of `value` in base types: numbers, strings, None, base-class arrays and containers of those.

    Raises Refused for anything else: object arrays, functions, classes of somebody's own.
    """
    if depth > MAX_DEPTH:
        raise Refused(f"containers nested more than {MAX_DEPTH} deep")
    if value is None or type(value) in (bool, int, float, complex, str):
        return value
    if isinstance(value, np.longdouble):
        return float(value)
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, np.ndarray):
        if value.dtype.kind not in "biufcUS":
            raise Refused(f"an array of {value.dtype} (rows of different lengths?)")
        return np.array(value, copy=True, subok=False)
    if isinstance(value, (list, tuple)):
        copies = [plain(item, depth + 1) for item in value]
        return copies if isinstance(value, list) else tuple(copies)
    if isinstance(value, (set, frozenset)):
        return {plain(item, depth + 1) for item in value}
    if isinstance(value, dict):
        return {plain(key, depth + 1): plain(item, depth + 1) for key, item in value.items()}
    for base in (bool, int, float, str):
        if isinstance(value, base):
            return base(value)
    raise Refused(f"a {type(value).__name__}")


def first_difference(expected: Any, got: Any, rtol: float = 1e-6, atol: float = 1e-9) -> Difference | None:
    """The first difference of two plain values: structure first, then numbers; None when they agree.

    Lists, tuples and arrays are interchangeable as containers; an integer is a fine float, but not the other way round.
    """
    return _structure(expected, got, "") or _content(expected, got, "", rtol, atol)


def floats_as_in(model: Any, value: Any) -> Any:
    """`value` with whole numbers as floats wherever `model` has floats: the same numbers in either dtype."""
    if isinstance(model, (list, tuple)) and isinstance(value, (list, tuple)) and len(model) == len(value):
        return [floats_as_in(one, other) for one, other in zip(model, value, strict=True)]
    if isinstance(model, dict) and isinstance(value, dict):
        return {key: floats_as_in(model.get(key), item) for key, item in value.items()}
    numbers = isinstance(value, np.ndarray) or _is_number(value)
    if not numbers or not isinstance(model, (float, np.floating, np.ndarray)):
        return value
    if np.asarray(model).dtype.kind == "f" and np.asarray(value).dtype.kind in "iu":
        return np.asarray(value, dtype=float)[()]
    return value


def describe(value: Any) -> str:
    """A few words for an argument or an answer: numbers as they are, arrays by dtype and shape."""
    if isinstance(value, np.ndarray):
        return f"array {value.shape} of {value.dtype}"
    if isinstance(value, (list, tuple)):
        word = type(value).__name__
        return f"{word} of {len(value)}" if len(value) else f"empty {word}"
    if isinstance(value, (set, dict)):
        word = type(value).__name__
        return f"{word} of {len(value)}" if value else f"empty {word}"
    if isinstance(value, np.random.Generator):
        return "a random generator"
    if callable(value):
        return f"the function {getattr(value, 'name', getattr(value, '__name__', 'given'))}"
    return show(value)


def show(value: Any) -> str:
    """A number or short value as text, with enough digits to tell it from its neighbours."""
    if isinstance(value, (float, np.floating)):
        return f"{float(value):.7g}"
    if isinstance(value, np.ndarray):
        return np.array2string(value, precision=5, threshold=12, separator=", ")
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."


def _is_number(value: Any) -> bool:
    return isinstance(value, (bool, int, float, complex)) or (isinstance(value, np.ndarray) and value.ndim == 0)


def _as_array(value: Any) -> np.ndarray | None:
    """`value` as a numeric array where it is one, or a regular nest of numbers; else None."""
    if isinstance(value, np.ndarray):
        return value
    if isinstance(value, (list, tuple, bool, int, float, complex)):
        try:
            array = np.asarray(value)
        except (ValueError, OverflowError):
            return None
        return array if array.dtype.kind in "biufc" else None
    return None


def _structure(expected: Any, got: Any, path: str) -> Difference | None:
    if _is_number(expected):
        if not _is_number(got):
            return Difference("type", path, "a single number", describe(got))
        return _dtype(np.asarray(expected).dtype, np.asarray(got).dtype, path)
    if isinstance(expected, np.ndarray):
        array = _as_array(got)
        if array is None:
            return Difference("type", path, f"an array {expected.shape}", describe(got))
        if array.shape != expected.shape:
            return Difference("shape", path, str(expected.shape), str(array.shape))
        return _dtype(expected.dtype, array.dtype, path)
    if isinstance(expected, (list, tuple)):
        if not isinstance(got, (list, tuple, np.ndarray)) or (isinstance(got, np.ndarray) and got.ndim == 0):
            return Difference("type", path, describe(expected), describe(got))
        if len(got) != len(expected):
            return Difference("length", path, str(len(expected)), str(len(got)))
        for index, (one, other) in enumerate(zip(expected, got, strict=True)):
            found = _structure(one, _item(other), f"{path}[{index}]")
            if found:
                return found
        return None
    if isinstance(expected, dict):
        if not isinstance(got, dict):
            return Difference("type", path, "a dict", describe(got))
        missing = [key for key in expected if key not in got]
        extra = [key for key in got if key not in expected]
        if missing or extra:
            return Difference("type", path, f"keys {sorted(map(str, expected))}", f"keys {sorted(map(str, got))}")
        for key, one in expected.items():
            found = _structure(one, got[key], f"{path}[{key!r}]")
            if found:
                return found
        return None
    if type(expected) is not type(got):
        return Difference("type", path, describe(expected), describe(got))
    return None


def _item(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value


def _dtype(expected: np.dtype, got: np.dtype, path: str) -> Difference | None:
    allowed = {"b": "b", "i": "iu", "u": "iu", "f": "fiu", "c": "cfiu"}.get(expected.kind, expected.kind)
    if got.kind in allowed:
        return None
    words = {"b": "bool", "i": "int", "u": "int", "f": "float", "c": "complex"}
    return Difference("dtype", path, words.get(expected.kind, str(expected)), words.get(got.kind, str(got)))


def _content(expected: Any, got: Any, path: str, rtol: float, atol: float) -> Difference | None:
    if isinstance(expected, np.ndarray) or _is_number(expected):
        return _numbers(np.asarray(expected), np.asarray(got), path, rtol, atol)
    if isinstance(expected, (list, tuple)):
        for index, (one, other) in enumerate(zip(expected, got, strict=True)):
            found = _content(one, _item(other), f"{path}[{index}]", rtol, atol)
            if found:
                return found
        return None
    if isinstance(expected, dict):
        for key, one in expected.items():
            found = _content(one, got[key], f"{path}[{key!r}]", rtol, atol)
            if found:
                return found
        return None
    return None if expected == got else Difference("value", path, show(expected), show(got))


def _numbers(expected: np.ndarray, got: np.ndarray, path: str, rtol: float, atol: float) -> Difference | None:
    if expected.dtype.kind in "US":
        close = expected == got
    elif _plainly_close(expected, got, rtol, atol):
        return None
    else:
        with np.errstate(all="ignore"):
            close = np.isclose(got, expected, rtol=rtol, atol=atol, equal_nan=True)
    if np.all(close):
        return None
    index = tuple(int(i) for i in np.argwhere(~close)[0]) if expected.ndim else ()
    where = path + (f"[{', '.join(map(str, index))}]" if index else "")
    one, other = expected[index].item(), got[index].item()
    kind = "nan" if isinstance(other, float) and np.isnan(other) else "value"
    return Difference(kind, where, *_told_apart(one, other))


def _plainly_close(expected: np.ndarray, got: np.ndarray, rtol: float, atol: float) -> bool:
    """Whether finite floats are as `np.isclose` wants them, in a third of its time; False leaves it to `np.isclose`."""
    if expected.dtype.kind != "f" or got.dtype.kind != "f":
        return False
    if not expected.ndim:
        one, other = float(expected), float(got)
        return math.isfinite(one) and abs(other - one) <= atol + rtol * abs(one)
    with np.errstate(all="ignore"):
        allowed = atol + rtol * np.abs(expected)
        return bool((np.abs(got - expected) <= allowed).all() and (allowed < np.inf).all())


def _told_apart(expected: Any, got: Any) -> tuple[str, str]:
    short = show(expected), show(got)
    return short if short[0] != short[1] else (repr(expected), repr(got))

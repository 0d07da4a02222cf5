"""Which objects that a call was given were changed in place: seen on one side of the wall, done again on the other."""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict
from itertools import chain
from operator import is_
from typing import Any

import numpy as np
from numpy import ndarray

from .arrays import from_bytes
from .generators import put_state, state_of
from .rules import LIMITS, Broken, Message, Refused

DICTS = (dict, OrderedDict, defaultdict, Counter)
ARRAYS = (ndarray, np.matrix, np.ma.MaskedArray)
GENERATORS = (np.random.Generator, np.random.RandomState)


def content_of(value: Any) -> Any:
    """What a numbered object holds, shallow, as a value that gets no number itself."""
    kind = type(value)
    if kind in ARRAYS:
        array = value if kind is ndarray else ndarray.view(value, ndarray)
        if array.nbytes > LIMITS.bytes:
            raise Refused(f"an array of {array.nbytes:.1e} bytes")
        return (array.dtype.str, array.shape, array.tobytes())
    if kind is list or kind is set:
        return tuple(value)
    if kind in DICTS:
        return tuple(chain.from_iterable(value.items()))
    if kind is bytearray:
        return bytes(value)
    if kind in GENERATORS:
        return state_of(value)
    raise TypeError(f"{kind.__name__} has no contents that could change")


def snapshot(objects: list) -> list:
    """What the objects hold now, for `changed`. None for an array that may not be written to."""
    return [None if type(x) is ndarray and not x.flags.writeable else content_of(x) for x in objects]


def changed(objects: list, before: list) -> dict[int, Any]:
    """The new contents of those objects that hold something else than `before`. Items are compared by identity, arrays
    by their bytes: nothing of the items' own is called.
    """
    found = {}
    for number, (value, old) in enumerate(zip(objects, before, strict=True)):
        if old is None:  # read-only; what it is a view of has its own number
            continue
        new = content_of(value)
        kind = type(value)
        if kind is list or kind in DICTS:
            same = len(old) == len(new) and all(map(is_, old, new))
        elif kind is set:
            same = set(map(id, old)) == set(map(id, new))
        else:
            same = old == new
        if not same:
            found[number] = new
    return found


def restore(value: Any, content: Any) -> None:
    """Make a numbered object hold `content`, in place. Raises Broken for contents that it cannot hold."""
    kind = type(value)
    try:
        if kind in ARRAYS:
            _restore_array(value if kind is ndarray else ndarray.view(value, ndarray), content)
        elif kind in GENERATORS:
            put_state(value, content)
        elif type(content) is not (bytes if kind is bytearray else tuple):
            raise Broken("contents of another kind")
        elif kind is list or kind is bytearray:
            value[:] = content
        elif kind is set:
            new = set(content)
            value.clear()
            value.update(new)
        elif kind in DICTS:
            new = dict(zip(content[::2], content[1::2], strict=True))
            value.clear()
            for key, item in new.items():
                value[key] = item
        else:
            raise Broken("an object that has no contents")
    except (TypeError, ValueError, LookupError, OverflowError, BufferError) as error:
        raise Broken(f"contents that do not fit: {error}") from error


class _Weighing(Message):
    __slots__ = ()
    error = Broken


def restore_all(objects: list, changes: Any) -> None:
    """`restore` each (number, content) of a reply. Raises Broken also if the objects now hold themselves or unfold to
    more than any message may: a few lists that were made to hold each other would keep numpy busy for ever.
    """
    if type(changes) not in (list, tuple):
        raise Broken("no changes")
    for change in changes:
        if type(change) not in (list, tuple) or len(change) != 2:
            raise Broken("no change")
        number, content = change
        if type(number) is not int or not 0 <= number < len(objects):
            raise Broken("a change of nothing")
        restore(objects[number], content)
    weighing = _Weighing(None, objects, LIMITS)
    for number, _ in changes:
        weighing.again(number)


def _restore_array(array: ndarray, content: Any) -> None:
    code, shape, data = content
    if code != array.dtype.str or shape != array.shape:
        raise Broken(f"{array.dtype.str} {array.shape} cannot become {code!s:.80} {shape!s:.80} in place")
    if not array.flags.writeable:
        raise Broken("new contents for a read-only array")
    array[...] = from_bytes(code, shape, data)

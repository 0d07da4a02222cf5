"""Packing: a value becomes a tree of lists that msgpack writes. What is no plain value is referred to or refused."""

from __future__ import annotations

import types
from collections import Counter, OrderedDict, defaultdict
from fractions import Fraction
from itertools import chain
from typing import Any

import numpy as np
from numpy import ndarray

from . import arrays, generators, tags
from .rules import CHUNK, OPEN, Message, Ref, Refused, a, mro_of, name_of

# Types are looked up by id: a class may have a metaclass whose __hash__ and __eq__ lie.
PLAIN = frozenset(map(id, (type(None), bool, int, float)))
TEXT = frozenset(map(id, (str, bytes)))
BASES = set(arrays.TYPES.values()) - {object} | {ndarray}
BASE_NAMES = {id(base): f"a subclass of {base.__name__}" for base in BASES} | {id(np.generic): "no plain number"}
TYPE_NAMES = {id(kind): name for name, kind in arrays.TYPES.items()}


class Packing(Message):
    """One message on its way out."""

    __slots__ = ()
    error = Refused

    def __init__(self, hook: Any, known: Any, limits: Any) -> None:
        super().__init__(hook, known, limits)
        self.memo = {id(thing): number for number, thing in enumerate(self.objects)}
        self.roots = None

    def number(self, thing: Any, weight: tuple = OPEN) -> int:
        number = len(self.objects)
        self.memo[id(thing)] = number
        self.objects.append(thing)
        self.weights.append(weight)
        return number

    def neighbours(self, array: ndarray) -> list[int]:
        """Numbers of the arrays over the same memory."""
        if self.roots is None:
            self.roots = {}
            for number, thing in enumerate(self.objects):
                if type(thing) is ndarray:
                    self.roots.setdefault(arrays.root_of(thing), []).append(number)
        return self.roots.setdefault(arrays.root_of(array), [])

    def text(self, text: str | bytes) -> str | bytes:
        self.count(0, len(text))
        return text

    def whole(self, value: Any) -> list:
        """msgpack asks for this where a whole number has more than 64 bits."""
        if type(value) is not int:
            raise TypeError(f"no way to write {a(name_of(type(value)))}")
        bits = value.bit_length()
        if bits > self.limits.int_bits:
            self.fail(f"a whole number of {bits} bits; more than {self.limits.int_bits} do not cross")
        self.count(0, bits // 8)
        return [tags.BIGINT, value.to_bytes(bits // 8 + 1, "little", signed=True)]


def put(value: Any, message: Packing, depth: int) -> Any:
    """The value as a part of the tree."""
    kind = id(type(value))
    if kind in PLAIN:
        return value
    write = PUT.get(kind)
    return put_other(value, message, depth) if write is None else write(value, message, depth)


def put_items(tag: int, items: Any, message: Packing, depth: int) -> list:
    """A list or tuple of values, with its tag in front; long ones in chunks."""
    if depth > message.limits.depth:
        message.too_deep()
    message.count(len(items))
    if len(items) <= 16:
        return [tag, *[item if id(type(item)) in PLAIN else put(item, message, depth + 1) for item in items]]
    kinds = set(map(id, map(type, items)))
    if not kinds <= PLAIN:
        if kinds <= TEXT:
            message.count(0, sum(map(len, items)))
        else:
            items = [item if id(type(item)) in PLAIN else put(item, message, depth + 1) for item in items]
    if len(items) < CHUNK:
        return [tag, *items]
    return [tags.LONG, tag, *(list(items[i : i + CHUNK]) for i in range(0, len(items), CHUNK))]


def put_list(value: Any, message: Packing, depth: int, tag: int = tags.LIST, items: Any = None) -> list:
    """A container that can be changed: numbered before its contents are."""
    number = message.memo.get(id(value))
    if number is not None:
        message.again(number)
        return [tags.BACK, number]
    number = message.number(value)
    counts, nbytes = message.items, message.bytes
    node = put_items(tag, value if items is None else items, message, depth)
    message.weights[number] = (message.items - counts, message.bytes - nbytes)
    return node


def put_dict(value: dict, message: Packing, depth: int) -> list:
    if _has_nan(value):
        raise Refused("a dict with nan among its keys")
    return put_list(value, message, depth, tags.DICT, list(chain.from_iterable(value.items())))


def put_set(value: set, message: Packing, depth: int) -> list:
    return put_list(value, message, depth, tags.SET, _members(value))


def _members(value: set | frozenset) -> list:
    if _has_nan(value):
        raise Refused("a set with nan in it")
    return list(value)


def _has_nan(keys: Any) -> bool:
    """nan is found again by identity only, which does not cross."""
    if FLOATS.isdisjoint(map(id, map(type, keys))):
        return False
    return any(key != key for key in keys if id(type(key)) in FLOATS)


def put_bytearray(value: bytearray, message: Packing, depth: int) -> list:
    number = message.memo.get(id(value))
    if number is not None:
        message.again(number)
        return [tags.BACK, number]
    message.count(0, len(value))
    message.number(value, (0, len(value)))
    return [tags.BYTEARRAY, bytes(value)]


def put_matrix(value: Any, message: Packing, depth: int) -> list:
    """np.matrix and masked arrays, as what they are under it."""
    number = message.memo.get(id(value))
    if number is not None:
        message.again(number)
        return [tags.BACK, number]
    if type(value) is np.ma.MaskedArray and np.ma.is_masked(value):
        raise Refused("a masked array with masked entries")
    return arrays.put_array(ndarray.view(value, ndarray), message, depth, value)


def put_range(value: range, message: Packing, depth: int) -> list:
    message.count(max(0, (value.stop - value.start) // value.step))  # len() has a limit of its own
    return [tags.RANGE, value.start, value.stop, value.step]


def put_generator(value: Any, message: Packing, depth: int) -> list:
    number = message.memo.get(id(value))
    if number is not None:
        message.again(number)
        return [tags.BACK, number]
    content = generators.state_of(value)
    message.number(value, (1, 0))
    legacy = type(value) is np.random.RandomState
    return [tags.RANDOM_STATE if legacy else tags.GENERATOR, put(content, message, 1)]


def put_ref(value: Ref, message: Packing, depth: int) -> list:
    facts = list(chain.from_iterable(value.facts.items()))
    return [tags.REF, value.side, value.number, put_items(tags.TUPLE, facts, message, depth)]


def put_other(value: Any, message: Packing, depth: int) -> list:
    """What is no plain value: a subclass of one, a class, or something to refer to."""
    kind = type(value)
    bases = mro_of(kind)
    for base in bases[1:]:
        if base is tuple and type(kind) is type and any("_fields" in vars(between) for between in bases):
            return put_items(tags.TUPLE, tuple(tuple.__iter__(value)), message, depth)  # a namedtuple
        if base is np.dtype:
            return arrays.put_dtype(value)
        if id(base) in BASE_NAMES:
            raise Refused(f"{a(name_of(kind))}, {BASE_NAMES[id(base)]}")
    is_class = any(base is type for base in bases)
    if is_class and id(value) in TYPE_NAMES:
        return [tags.TYPE, TYPE_NAMES[id(value)]]
    ref = message.hook(value) if message.hook else None
    if ref is None:
        raise Refused(f"the class {name_of(value):.80}" if is_class else a(name_of(kind)))
    return put_ref(ref, message, depth)


FLOATS = frozenset(map(id, (float, np.float64, np.float32, np.float16)))
_PUT: dict[type, Any] = {
    **arrays.PUT,
    str: lambda value, message, depth: message.text(value),
    bytes: lambda value, message, depth: message.text(value),
    complex: lambda value, message, depth: [tags.COMPLEX, value.real, value.imag],
    list: put_list,
    tuple: lambda value, message, depth: put_items(tags.TUPLE, value, message, depth),
    set: put_set,
    frozenset: lambda value, message, depth: put_items(tags.FROZENSET, _members(value), message, depth),
    dict: put_dict,
    OrderedDict: put_dict,
    defaultdict: put_dict,
    Counter: put_dict,
    bytearray: put_bytearray,
    np.matrix: put_matrix,
    np.ma.MaskedArray: put_matrix,
    slice: lambda value, message, depth: [
        tags.SLICE,
        put_items(tags.TUPLE, (value.start, value.stop, value.step), message, depth),
    ],
    range: put_range,
    Fraction: lambda value, message, depth: [
        tags.FRACTION,
        put_items(tags.TUPLE, (value.numerator, value.denominator), message, depth),
    ],
    types.EllipsisType: lambda value, message, depth: [tags.CONSTANT, 0],
    types.NotImplementedType: lambda value, message, depth: [tags.CONSTANT, 1],
    np.random.Generator: put_generator,
    np.random.RandomState: put_generator,
    Ref: put_ref,
}
PUT = {id(kind): write for kind, write in _PUT.items()}

"""Unpacking: what msgpack read becomes a value again. It believes nothing: whatever does not fit is Broken."""

from __future__ import annotations

from fractions import Fraction
from itertools import chain
from typing import Any

import numpy as np

from . import arrays, generators, tags
from .rules import OPEN, Broken, Message, Ref

PLAIN = frozenset((type(None), bool, int, float, str, bytes))
FLOATS = frozenset((float, np.float64, np.float32, np.float16))


class Unpacking(Message):
    """One message on its way in."""

    __slots__ = ()
    error = Broken

    def number(self, thing: Any, weight: tuple = OPEN) -> int:
        self.objects.append(thing)
        self.weights.append(weight)
        return len(self.objects) - 1

    def object(self, number: Any) -> Any:
        if type(number) is not int or not 0 <= number < len(self.objects):
            raise Broken("a number that no object has")
        return self.objects[number]


def get(node: Any, message: Unpacking, depth: int) -> Any:
    """The value of a part of the tree."""
    kind = type(node)
    if kind in PLAIN:
        return node
    if kind is not list:
        raise Broken(f"msgpack's {kind.__name__}")
    read = GET.get(node[0])
    if read is None:
        raise Broken("an unknown kind of value")
    return read(node, message, depth)


def get_items(node: list, message: Unpacking, depth: int) -> list:
    if depth > message.limits.depth:
        message.too_deep()
    message.count(len(node) - 1)
    items = node[1:]
    if len(items) > 16 and set(map(type, items)) <= PLAIN:
        return items
    return [item if type(item) in PLAIN else get(item, message, depth + 1) for item in items]


def get_list(node: list, message: Unpacking, depth: int) -> Any:
    """A container that can be changed: numbered before its contents are."""
    value: Any = KINDS[node[0]]()
    number = message.number(value)
    counts, nbytes = message.items, message.bytes
    items = get_items(node, message, depth)
    if type(value) is list:
        value[:] = items
    elif type(value) is set:
        value.update(_members(items))
    else:
        keys = items[::2]
        value.update(zip(keys, items[1::2], strict=True))
        if len(value) != len(_members(keys)):
            raise Broken("a key that comes twice")
    message.weights[number] = (message.items - counts, message.bytes - nbytes)
    return value


def _members(items: list) -> list:
    if not FLOATS.isdisjoint(map(type, items)) and any(item != item for item in items if type(item) in FLOATS):
        raise Broken("nan as a key")
    return items


def get_long(node: list, message: Unpacking, depth: int) -> Any:
    _, tag, *chunks = node
    if tag not in CONTAINERS or not all(type(chunk) is list for chunk in chunks):
        raise Broken("chunks of nothing that comes in chunks")
    return GET[tag]([tag, *chain.from_iterable(chunks)], message, depth)


def get_back(node: list, message: Unpacking, depth: int) -> Any:
    value = message.object(node[1])
    message.again(node[1])
    return value


def get_bytearray(node: list, message: Unpacking, depth: int) -> bytearray:
    value = bytearray(_exactly(bytes, node[1]))
    message.number(value, (0, len(value)))
    return value


def get_slice(node: list, message: Unpacking, depth: int) -> slice:
    parts = get(node[1], message, depth)
    if type(parts) is not tuple or len(parts) != 3:
        raise Broken("no slice")
    return slice(*parts)


def get_fraction(node: list, message: Unpacking, depth: int) -> Fraction:
    parts = get(node[1], message, depth)
    if type(parts) is not tuple or len(parts) != 2 or any(type(part) is not int for part in parts) or parts[1] < 1:
        raise Broken("no fraction")
    return Fraction(*parts)


def get_range(node: list, message: Unpacking, depth: int) -> range:
    value = range(*(_exactly(int, get(part, message, depth)) for part in node[1:4]))
    message.count(max(0, (value.stop - value.start) // value.step))
    return value


def get_whole(node: list, message: Unpacking, depth: int) -> int:
    if len(_exactly(bytes, node[1])) > message.limits.int_bits // 8 + 1:
        raise Broken("too long a number")
    return int.from_bytes(node[1], "little", signed=True)


def get_generator(node: list, message: Unpacking, depth: int) -> Any:
    generator = generators.make(get(node[1], message, 1), node[0] == tags.RANDOM_STATE)
    message.number(generator, (1, 0))
    return generator


def get_ref(node: list, message: Unpacking, depth: int) -> Any:
    _, side, number, facts = node
    facts = get(facts, message, depth)
    if side not in ("learner", "judge") or type(number) is not int or number < 0 or type(facts) is not tuple:
        raise Broken("no reference")
    if message.hook is None:
        raise Broken("a reference where none is expected")
    facts = {_exactly(str, key): fact for key, fact in zip(facts[::2], facts[1::2], strict=True)}
    return message.hook(Ref(side, number, facts))


def _exactly(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise Broken(f"no {kind.__name__} where one must be")
    return value


CONTAINERS = (tags.LIST, tags.TUPLE, tags.DICT, tags.SET, tags.FROZENSET)
KINDS = {tags.LIST: list, tags.DICT: dict, tags.SET: set}
GET: dict[int, Any] = {
    **arrays.GET,
    tags.LIST: get_list,
    tags.DICT: get_list,
    tags.SET: get_list,
    tags.TUPLE: lambda node, message, depth: tuple(get_items(node, message, depth)),
    tags.FROZENSET: lambda node, message, depth: frozenset(_members(get_items(node, message, depth))),
    tags.LONG: get_long,
    tags.BACK: get_back,
    tags.BYTEARRAY: get_bytearray,
    tags.COMPLEX: lambda node, message, depth: complex(_exactly(float, node[1]), _exactly(float, node[2])),
    tags.BIGINT: get_whole,
    tags.SLICE: get_slice,
    tags.RANGE: get_range,
    tags.FRACTION: get_fraction,
    tags.CONSTANT: lambda node, message, depth: (Ellipsis, NotImplemented)[_exactly(int, node[1])],
    tags.TYPE: lambda node, message, depth: arrays.TYPES[_exactly(str, node[1])],
    tags.GENERATOR: get_generator,
    tags.RANDOM_STATE: get_generator,
    tags.REF: get_ref,
}

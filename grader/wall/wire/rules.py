"""What may cross the wall and how much of it: the limits, the two refusals, and the reference to what stays behind."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NoReturn

import numpy as np


class Refused(Exception):
    """A value that may not cross. The message names it ("a Liar, a subclass of ndarray"), for a learner to read."""


class Broken(Exception):
    """Bytes that are no message of ours, or one that breaks a limit."""


@dataclass(frozen=True)
class Limits:
    """bytes: of one message, and of what it unfolds to; items: values in it; depth: containers within containers."""

    bytes: int = 64_000_000
    items: int = 1_000_000  # at most: a long list is cut into CHUNKs, and a list of CHUNKs must itself be no longer
    depth: int = 32
    int_bits: int = 4096

    @property
    def message(self) -> int:
        """The length in bytes that no message exceeds."""
        return self.bytes + 32 * self.items


LIMITS = Limits()


@dataclass(frozen=True)
class Ref:
    """What stays on its side and is only referred to: a function, a class, an instance. `facts` are plain values."""

    side: str  # "learner" or "judge"
    number: int
    facts: dict = field(default_factory=dict)


# A class may lie about its name and its bases through a metaclass, but not to these.
name_of = type.__dict__["__name__"].__get__
mro_of = type.__dict__["__mro__"].__get__


def a(noun: str) -> str:
    """The noun with its article; a name of no known length is cut."""
    noun = str.__getitem__(noun, slice(0, 80))
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


class Message:
    """What packing and unpacking one message both keep: the numbered objects and how much there was of everything.

    Weights stop a small message from unfolding into an endless value: x = [x0, x0], x0 = [x1, x1], … Whoever refers
    back to a container pays for all that is in it, as if it were written out.
    """

    __slots__ = ("bytes", "hook", "items", "limits", "memo", "objects", "roots", "weights")
    error: type[Exception]

    def __init__(self, hook: Any, known: Any, limits: Limits) -> None:
        self.hook = hook
        self.objects = list(known)
        self.weights: list = [None] * len(self.objects)  # (items, bytes) inside; None: known before, not yet weighed
        self.limits = limits
        self.items = 1
        self.bytes = 0

    def fail(self, what: str) -> NoReturn:
        raise self.error(what)

    def count(self, items: int, nbytes: int = 0) -> None:
        """Account for values before they are copied."""
        self.items += items
        self.bytes += nbytes
        if self.items > self.limits.items:
            self.fail(f"more than {self.limits.items} values in one message")
        if self.bytes > self.limits.bytes:
            self.fail(f"values of {self.bytes:.1e} bytes; more than {self.limits.bytes // 10**6} MB do not cross")

    def too_deep(self) -> NoReturn:
        self.fail(f"containers nested more than {self.limits.depth} deep")

    def again(self, number: int) -> None:
        """Account for a second occurrence of a numbered object."""
        weight = self.weights[number]
        if weight is None:
            items, nbytes = self.items, self.bytes
            self._weigh(self.objects[number], 0)
            self.weights[number] = (self.items - items, self.bytes - nbytes)
        elif weight == OPEN:
            self.fail("a container that contains itself")
        else:
            self.count(*weight)

    def _weigh(self, value: Any, depth: int) -> None:
        """Count what is inside a known object, which may have changed since it got its number."""
        kind = type(value)
        if kind is np.ndarray:
            self.count(0, value.nbytes)
        elif kind is bytearray:
            self.count(0, len(value))
        elif kind in (list, tuple, set, frozenset, dict):
            if depth > self.limits.depth:
                self.too_deep()
            self.count(len(value) * (2 if kind is dict else 1))
            for item in value:
                self._weigh(item, depth + 1)
            if kind is dict:
                for item in value.values():
                    self._weigh(item, depth + 1)


OPEN = (-1, -1)  # the weight of a container whose contents are still being read
CHUNK = 1024  # a msgpack array is made before its items are seen, at each of 1,024 depths: none of ours names more

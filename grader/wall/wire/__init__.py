"""Values to bytes and back. Plain values only, each of exactly its base type; nothing is unpickled or evaluated.

The bytes are msgpack: numbers, text and bytes as they are, and arrays whose first item says what the others stand for.
Mutable values are numbered in order of appearance, the same on both sides: so aliases and arguments stay what they are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgpack

from .changes import changed, restore, restore_all, snapshot
from .get import Unpacking, get
from .put import Packing, put
from .rules import CHUNK, LIMITS, Broken, Limits, Ref, Refused
from .scan import SMALL, scan

__all__ = ["LIMITS", "Broken", "Limits", "Ref", "Refused", "changed", "pack", "restore", "restore_all", "snapshot"]
__all__ += ["unpack"]

# What bytes that are no message can make msgpack, numpy and our own reading raise.
_UNREADABLE = (ValueError, TypeError, LookupError, ArithmeticError, AttributeError, BufferError)
_UNREADABLE += (MemoryError, RecursionError, msgpack.exceptions.UnpackException)


def pack(
    value: Any,
    *,
    refer: Callable[[Any], Ref | None] | None = None,
    known: Sequence[Any] = (),
    limits: Limits = LIMITS,
) -> tuple[bytes, list]:
    """The value as bytes, and the numbered objects: those `known` before, then the new ones.

    refer : what is no plain value → Ref, or None if it may not cross. Raises Refused, which says what may not.
    """
    message = Packing(refer, known, limits)
    tree = put(value, message, 1)
    size = min(4096 + message.bytes, 1 << 20)
    packer = msgpack.Packer(default=message.whole, strict_types=True, unicode_errors="surrogatepass", buf_size=size)
    data = packer.pack([len(known), tree])
    if len(data) > limits.message:
        raise Refused(f"values of {len(data):.1e} bytes; more than {limits.bytes // 10**6} MB do not cross")
    return data, message.objects


def unpack(
    data: bytes,
    *,
    resolve: Callable[[Ref], Any] | None = None,
    known: Sequence[Any] = (),
    limits: Limits = LIMITS,
) -> tuple[Any, list]:
    """The value, and the numbered objects: those `known` before, then the new ones.

    known : the same as when it was packed. While an answer is awaited a request may come instead, which was packed with
        nothing known: then `known` is left aside.
    resolve : Ref → the object meant. Raises Broken for whatever is no message of ours, and nothing else.
    """
    if len(data) > limits.message:
        raise Broken(f"a message of {len(data)} bytes")
    try:
        if len(data) > SMALL:
            scan(data, 4 * limits.items)
        tree = msgpack.unpackb(
            data, raw=False, use_list=True, unicode_errors="surrogatepass", max_array_len=CHUNK + 2, max_map_len=0
        )
        if type(tree) is not list or tree[0] not in (0, len(known)):
            raise Broken("a message about other objects")
        message = Unpacking(resolve, known if tree[0] else (), limits)
        return get(tree[1], message, 1), message.objects
    except _UNREADABLE as error:
        raise Broken(f"no message of ours: {error!s:.200}") from error

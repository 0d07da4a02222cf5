"""Counts the parts of a long message before msgpack makes objects of them: an empty list is 1 byte there, 80 here."""

from __future__ import annotations

from .rules import Broken

SMALL = 1 << 20  # bytes; whatever a message of this length holds, it may cost

# After the first byte of a part come so many more; or -n: a length of n bytes comes, then so many.
_FOLLOW = [0] * 256
_FOLLOW[0xA0:0xC0] = range(32)  # short text
_FOLLOW[0xC4:0xCA] = (-1, -2, -4, -1, -2, -4)  # bytes, extensions
_FOLLOW[0xCA:0xD4] = (4, 8, 1, 2, 4, 8, 1, 2, 4, 8)  # numbers
_FOLLOW[0xD4:0xD9] = (2, 3, 5, 9, 17)  # extensions of fixed length
_FOLLOW[0xD9:0xE0] = (-1, -2, -4, 2, 4, 2, 4)  # text; how many items come (they are parts of their own)
_EXTENSIONS = (0xC7, 0xC8, 0xC9)  # one more byte: which


def scan(data: bytes, most: int) -> None:
    """Raise Broken if there are more than `most` parts."""
    place, end = 0, len(data)
    parts = 0
    while place < end:
        parts += 1
        if parts > most:
            raise Broken(f"more than {most} parts in one message")
        head = data[place]
        follow = _FOLLOW[head]
        place += 1
        if follow < 0:
            length = place - follow
            follow = int.from_bytes(data[place:length], "big") + (head in _EXTENSIONS)
            place = length
        place += follow

"""Text of a notebook's outputs: one string that can be stored, and as much of it as there is room for."""

from __future__ import annotations

import json
import re

MOST_LINES = 1_000
LEAST_ROOM = 200  # with less, no beginning and end of a text are worth showing
NOTE_ROOM = 100  # what a note may take, in any language

_ODD = re.compile(r"[\x00-\x07\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_NOT_COLOUR = re.compile(r"\x1b(?!\[[0-9;]{0,40}m)|[\x00-\x07\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f]")


def text(value: object) -> str:
    """One string, whichever way it was stored; no lone surrogates, and of the control sequences only colours."""
    if isinstance(value, list):
        value = "".join(part for part in value if isinstance(part, str))
    elif not isinstance(value, str):
        value = json.dumps(value, default=str, ensure_ascii=False)
    if _ODD.search(value):
        value = _NOT_COLOUR.sub("", value.encode("utf-8", "replace").decode("utf-8"))
    return value


def shortened(value: str, most: int, note: str) -> str | None:
    """The text if it has at most that many characters and 1,000 lines; else its beginning, the note, and its end.

    note : takes the number of characters that are gone as `characters`
    None when there is room for neither.
    """
    lines = value.count("\n") + 1
    if len(value) <= most and lines <= MOST_LINES:
        return value
    if most < LEAST_ROOM:
        return None
    head = tail = value
    if lines > MOST_LINES:
        parts = value.split("\n")
        head, tail = "\n".join(parts[: MOST_LINES * 3 // 4]), "\n".join(parts[-MOST_LINES // 5 :])
    room = min(most, len(value)) - NOTE_ROOM
    # A traceback and a long run both say how they ended in their last lines.
    head, tail = head[: room * 3 // 4], tail[-(room // 4) :]
    return f"{head}\n{note.format(characters=len(value) - len(head) - len(tail))}\n{tail}"

"""What one `display` put into a notebook, in several kinds at once → the kinds that are safe to show, within a room."""

from __future__ import annotations

import json
import re

from nbformat import NotebookNode

from .markup import TooMuch, clean, plain_tex, prose, without_pictures
from .pictures import KINDS, checked
from .room import Room
from .texts import text

MARKUP = 5  # characters of markup that count as one of text: a table is mostly tags
LONGEST_MARKDOWN = 5_000


def display(output: dict, room: Room, keep: frozenset[str]) -> NotebookNode | None:
    """A display_data or execute_result with nothing active in it; None when there is no room for any of it.

    PNG, JPEG, HTML, LaTeX, plain text and the kinds in `keep` remain; Markdown becomes HTML, JSON becomes text. SVG is
    dropped: it can hold all that HTML can, and a few lines of it can keep a browser busy for ever.
    """
    given = output.get("data")
    given = given if isinstance(given, dict) else {}
    data, said = NotebookNode(), []
    for kind in KINDS:
        if kind in given:
            _picture(kind, given[kind], data, room, said)
    for kind in sorted(keep & given.keys()):
        if room.pay(len(json.dumps(given[kind], default=str))):
            data[kind] = given[kind]
    if {"text/html", "text/markdown"} & given.keys():
        _markup(given, data, room, said)
    if "text/latex" in given:
        formula = plain_tex(text(given["text/latex"]))
        if room.pay(len(formula)):
            data["text/latex"] = formula
        else:
            said.append(room.lost_text(len(formula)))
    words = [text(given["text/plain"])] if "text/plain" in given else []
    words += said
    if not words and not data:
        words = [_instead(given, room)]
    if words and (fitting := room.fit("\n".join(words))) is not None:
        data["text/plain"] = fitting
    if not data:
        return None
    made = NotebookNode(output_type=output["output_type"], data=data, metadata=_about(output.get("metadata"), data))
    if made.output_type == "execute_result":
        count = output.get("execution_count")
        made["execution_count"] = count if type(count) is int else None
    return made


def _picture(kind: str, value: object, data: NotebookNode, room: Room, said: list[str]) -> None:
    packed = checked(kind, value)
    if packed and room.pay(0, len(packed)):
        data[kind] = packed
    else:
        said.append(room.lost_picture(value))


def _markup(given: dict, data: NotebookNode, room: Room, said: list[str]) -> None:
    """Put the safe form of an output's HTML or Markdown into `data`, as HTML: who knows what would render Markdown?"""
    kind = "text/html" if "text/html" in given else "text/markdown"
    source = text(given[kind])
    short, pictures = without_pictures(source)
    if not short.strip():
        return
    cost, size = len(short) // MARKUP, sum(map(len, pictures.values()))
    # Paid before the work is done: what is refused in the end has cost time too.
    if room.pay(cost, size) and not room.late:
        try:
            html = kind == "text/html"
            cleaned = clean(short, pictures) if html else prose(source, longest=LONGEST_MARKDOWN)
        except TooMuch:
            cleaned = ""
        shown = len(" ".join(re.sub(r"<[^>]*>", "", cleaned).split()))
        if cleaned and room.pay(max(shown - cost, 0)):
            data["text/html"] = cleaned
            return
    said.append(room.lost_picture("".join(pictures.values())) if size > len(short) else room.lost_text(len(short)))


def _instead(given: dict, room: Room) -> str:
    """Words for an output that came without any, when nothing of it is shown."""
    if "application/json" in given:
        return text(json.dumps(given["application/json"], ensure_ascii=False, default=str))
    return room.notes.kind.format(kind=text(", ".join(map(str, given)))[:40])


def _about(metadata: object, data: NotebookNode) -> NotebookNode:
    """Of an output's metadata a picture's size and description: nbconvert's templates print others as they are."""
    kept = NotebookNode()
    for kind in KINDS:
        facts = metadata.get(kind) if isinstance(metadata, dict) and kind in data else None
        if isinstance(facts, dict):
            about = {key: facts[key] for key in ("width", "height") if type(facts.get(key)) in (int, float)}
            about = {key: size for key, size in about.items() if 0 < size <= 5000}
            if isinstance(facts.get("alt"), str):
                about["alt"] = text(facts["alt"])[:500]
            if about:
                kept[kind] = NotebookNode(about)
    return kept

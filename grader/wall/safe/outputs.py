"""What a notebook's cells displayed, made safe to read: known kinds only, markup without anything active, limits with a
note where something was cut. Changes no source, and nothing that a score is read from.
"""

from __future__ import annotations

import time
from collections.abc import Collection

from nbformat import NotebookNode

from .display import display
from .room import PER_CELL, PER_NOTEBOOK, RESERVE, Limits, Notes, Room
from .texts import text

OVERHEAD = 50  # what an output costs besides its text, so that a thousand empty ones are also too many
SECONDS = 2.0  # of this thread's time for all markup of a notebook; an honest one needs a tenth of it at most
ENGLISH = Notes()


def safe(
    notebook: NotebookNode,
    *,
    keep: Collection[str] = (),
    per_cell: Limits = PER_CELL,
    per_notebook: Limits = PER_NOTEBOOK,
    notes: Notes = ENGLISH,
) -> None:
    """Make every output of the notebook safe to show in any page, in place. Doing it twice changes nothing more.

    keep : further MIME types, whose values are data that no page shows as they are
    """
    keep = frozenset(keep)
    until = time.thread_time() + SECONDS
    left = Room(*per_notebook, notes, until)
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        if type(cell.get("execution_count")) is not int:
            cell["execution_count"] = None
        if not cell.get("outputs"):
            cell["outputs"] = []
        elif _tests(cell):  # what a test says is never cut because of what other cells have shown
            cell.outputs = _outputs(cell.outputs, Room(*per_cell, notes, until), keep)
        else:
            most = max(min(per_cell.text, left.text), RESERVE), min(per_cell.pictures, left.pictures)
            room = Room(*most, notes, until)
            cell.outputs = _outputs(cell.outputs, room, keep)
            left.text -= most[0] - room.text
            left.pictures -= most[1] - room.pictures
    notebook.metadata.pop("widgets", None)


def _tests(cell: NotebookNode) -> bool:
    facts = cell.metadata.get("nbgrader") or {}
    return bool(facts.get("grade") or facts.get("locked")) and not facts.get("solution")


def _outputs(outputs: list, room: Room, keep: frozenset[str]) -> list[NotebookNode]:
    made, dropped = {}, 0
    # A failed test must go on saying so, whatever else was printed: room is given to such outputs first.
    order = sorted(range(len(outputs)), key=lambda number: not _counts(outputs[number], keep))
    for number in order:
        room.reserve = 0 if number == order[-1] and not dropped else RESERVE
        new = None
        if room.pay(OVERHEAD):
            new = _output(outputs[number], room, keep)
            room.text += 0 if new else OVERHEAD
        if new is None:
            dropped += 1
        else:
            made[number] = new
    result = [made[number] for number in sorted(made)]
    if dropped:
        words = room.notes.outputs.format(outputs=dropped)
        room.text -= OVERHEAD + len(words)
        # On stdout: nbgrader takes a word on stderr for a test that failed.
        result.append(NotebookNode(output_type="stream", name="stdout", text=words))
    return result


def _counts(output: dict, keep: frozenset[str]) -> bool:
    """Whether a score or a verdict may be read from it."""
    if output.get("output_type") in ("error", "execute_result"):
        return True
    return bool(keep) and not keep.isdisjoint(output.get("data") or ())


def _output(output: dict, room: Room, keep: frozenset[str]) -> NotebookNode | None:
    kind = output.get("output_type")
    if kind == "stream":
        words = room.fit(text(output.get("text")))
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return None if words is None else NotebookNode(output_type="stream", name=name, text=words)
    if kind == "error":
        return _error(output, room)
    return display(output, room, keep) if kind in ("display_data", "execute_result") else None


def _error(output: dict, room: Room) -> NotebookNode:
    name = room.fit(text(output.get("ename"))[:200]) or ""
    value = room.fit(text(output.get("evalue")), 2_000) or ""
    lines = output.get("traceback")
    trace = room.fit("\n".join(map(text, lines)) if isinstance(lines, list) else text(lines)) or ""
    return NotebookNode(output_type="error", ename=name, evalue=value, traceback=trace.split("\n"))

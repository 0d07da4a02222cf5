"""A submission's cells on the workbench: joined where a learner split one, cut where she merged two.

Every function takes the list of pieces and returns a new list; no source text is ever thrown away here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from nbformat import NotebookNode

from grader.classroom import code
from grader.classroom.findings import Finding
from grader.classroom.skeleton import GradedCell, Skeleton, same_text, without_hidden_tests

# A solution that became prose, and was then made to look like code.
FENCED = re.compile(r"\s*```\w*\n(.*?)\n?```\s*", re.DOTALL)
MOST_PARTS = 6  # nobody splits a stub of eight lines into more


@dataclass(eq=False)
class Piece:
    """One cell. `claim`: the grade id that its metadata gives; `role`: the one that it is given in the end."""

    source: str
    kind: str
    id: str
    claim: str | None = None
    attachments: NotebookNode | None = None
    role: GradedCell | None = None

    @property
    def defines(self) -> frozenset[str]:
        return code.defined(self.source)


def take_apart(notebook: NotebookNode, skeleton: Skeleton) -> tuple[list[Piece], list[Finding]]:
    """The notebook's cells as pieces. Labels are read, then dropped: only the skeleton's own go back in."""
    pieces, unknown, damaged = [], [], False
    for cell in notebook.cells:
        label = cell.metadata.get("nbgrader")
        claim = label.get("grade_id") if isinstance(label, dict) else None
        if label is not None and (not isinstance(label, dict) or label.get("schema_version") != 3):
            damaged = True
        if isinstance(claim, str) and claim not in skeleton:
            unknown.append(claim)
        known = claim if isinstance(claim, str) and claim in skeleton else None
        fenced = FENCED.fullmatch(cell.source) if known and cell.cell_type == "markdown" else None
        source = fenced[1] if fenced and skeleton[known].role == "solution" else cell.source
        pieces.append(Piece(source, cell.cell_type, cell.id, known, cell.get("attachments")))
    found = [Finding("metadata")] if damaged else []
    if unknown:
        found.append(Finding("unknown", facts={"ids": ", ".join(sorted(set(unknown))[:5])}))
    return pieces, found


def recognize_tests(pieces: list[Piece], skeleton: Skeleton) -> None:
    """Give unlabelled test cells their label back, where the text is exactly one test's and nobody else claims it."""
    claimed = {piece.claim for piece in pieces}
    for test in skeleton.cells:
        if test.role != "test" or test.grade_id in claimed:
            continue
        seen = without_hidden_tests(test.source)
        alike = [t for t in skeleton.cells if t.role == "test" and same_text(without_hidden_tests(t.source), seen)]
        for piece in pieces:
            if len(alike) == 1 and piece.claim is None and piece.kind == "code" and same_text(piece.source, seen):
                piece.claim = test.grade_id


def join_split(pieces: list[Piece], skeleton: Skeleton) -> tuple[list[Piece], list[Finding]]:
    """Put a split solution cell together again: neighbours of which one is no Python alone, but together they are.

    JupyterLab gives both halves the grade id, other editors only the first; empty cells between them do not matter.
    """
    joined: list[Piece] = []
    found = []
    rest = list(pieces)
    while rest:
        first = rest.pop(0)
        joined.append(first)
        if first.claim is None or skeleton[first.claim].role != "solution" or first.kind == "markdown":
            continue
        parts = _followers(first, rest)
        for count in range(min(len(parts), MOST_PARTS), 0, -1):
            group = [first, *parts[:count]]
            if skeleton[first.claim].names <= code.defined(_text(group)) and _belongs(group):
                joined[-1] = replace(first, source=_text(group))
                rest = [piece for piece in rest if piece not in group]
                found.append(Finding("joined", first.claim, {"count": len(group)}))
                break
    return joined, found


def _text(group: list[Piece]) -> str:
    return "\n".join(part.source for part in group)


def _belongs(group: list[Piece]) -> bool:
    """Whether the last part is no Python without the parts before it, or they are none without it."""
    alone = group[-1].source
    return bool(alone.strip()) and (code.parse(alone) is None or code.parse(_text(group[:-1])) is None)


def _followers(first: Piece, rest: list[Piece]) -> list[Piece]:
    """The cells after `first` that may be its other parts: code that no other exercise claims."""
    parts = []
    for piece in rest:
        if not piece.source.strip():
            continue
        if piece.kind != "code" or piece.claim not in (None, first.claim):
            break
        parts.append(piece)
    return parts


def cut_merged(pieces: list[Piece], skeleton: Skeleton) -> tuple[list[Piece], list[Finding]]:
    """Take merged solution cells apart: each exercise gets its own cell, so that an error in one stops no other.

    Only where the other exercise has no answer in a cell of its own: helpers may be copied freely.
    """
    found = []
    solutions = [cell for cell in skeleton.cells if cell.role == "solution"]
    for solution in solutions:
        if any(is_answer(piece, solution) and piece.claim == solution.grade_id for piece in pieces):
            continue
        for number, piece in enumerate(pieces):
            if piece.claim == solution.grade_id or not is_answer(piece, solution):
                continue
            if piece.claim and skeleton[piece.claim].role != "solution":
                continue
            parts = _cut(piece, solution, [s for s in solutions if s is not solution and s.names <= piece.defines])
            if parts:
                pieces = [*pieces[:number], *parts, *pieces[number + 1 :]]
                found.append(Finding("unmerged", solution.grade_id))
                break
    return pieces, found


def _cut(piece: Piece, solution: GradedCell, others: list[GradedCell]) -> list[Piece] | None:
    """Two pieces, one of which defines `solution` and claims it; None when the cell holds no other exercise."""
    name = f"{piece.id[:40]}-{solution.grade_id[:20]}"
    for other in others:
        parts = code.cut_before(piece.source, solution.names)
        if parts and other.names <= code.defined(parts[0]):
            return [replace(piece, source=parts[0]), Piece(parts[1], "code", name, solution.grade_id)]
        parts = code.cut_before(piece.source, other.names)
        if parts and solution.names <= code.defined(parts[0]):
            return [Piece(parts[0], "code", name, solution.grade_id), replace(piece, source=parts[1])]
    return None


def rescue_from_tests(pieces: list[Piece], skeleton: Skeleton) -> tuple[list[Piece], list[Finding]]:
    """What a learner has defined or imported in a cell whose text is about to be restored gets a cell of its own."""
    kept, found = [], []
    for piece in pieces:
        label = skeleton[piece.claim] if piece.claim else None
        if label and label.role in ("test", "locked") and code.bound(piece.source) - code.bound(label.source):
            answered = [s for s in skeleton.cells if s.role == "solution" and is_answer(piece, s)]
            # What stands before an answer may be a failing check that would keep it from being defined.
            parts = code.cut_before(piece.source, answered[0].names) if answered else None
            for number, part in enumerate(parts or (piece.source,)):
                kept.append(Piece(part, "code", f"{piece.id[:50]}-part{number}"))
            found += [Finding("rescued", solution.grade_id) for solution in answered]
        kept.append(piece)
    return kept, found


def is_stub(piece: Piece, solution: GradedCell) -> bool:
    return same_text(piece.source, solution.source)


def is_answer(piece: Piece, solution: GradedCell) -> bool:
    """Whether the cell defines what the solution must define, and is not the stub as it was released."""
    return solution.names <= piece.defines and not is_stub(piece, solution)

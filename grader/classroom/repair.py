"""A readable but damaged submission → a notebook with every labelled cell once, in its place. Says what it did.

A learner's own text is never dropped: what is not graded stays where it was as ordinary code or prose.
"""

from __future__ import annotations

import nbformat
from nbformat import NotebookNode

from grader.classroom import code, pieces
from grader.classroom.cells import new_cell, new_notebook
from grader.classroom.findings import Finding
from grader.classroom.pieces import Piece, is_answer, is_stub
from grader.classroom.skeleton import GradedCell, Skeleton, same_text, without_hidden_tests


def repair(notebook: NotebookNode, skeleton: Skeleton) -> tuple[NotebookNode, list[Finding]]:
    """A graded copy of a submission, and what was found. The submission itself is not changed."""
    work, found = pieces.take_apart(notebook, skeleton)
    pieces.recognize_tests(work, skeleton)
    for step in (pieces.join_split, pieces.cut_merged, pieces.rescue_from_tests):
        work, more = step(work, skeleton)
        found += more
    bench = _Bench(work, skeleton, found)
    for cell in skeleton.cells:
        bench.place(cell)
    bench.put_setup_back()
    return new_notebook(_cells(bench.pieces), notebook.metadata), found


class _Bench:
    """The pieces while labels are given out, one labelled cell of the skeleton after the other."""

    def __init__(self, work: list[Piece], skeleton: Skeleton, found: list[Finding]) -> None:
        self.pieces, self.skeleton, self.found = work, skeleton, found
        self.last: Piece | None = None  # the labelled cell placed before this one

    def note(self, code: str, about: GradedCell, /, **facts) -> None:
        self.found.append(Finding(code, self.skeleton.exercise(about.grade_id), facts))

    def place(self, cell: GradedCell) -> None:
        if cell.role == "solution":
            piece = self._solution(cell)
        elif cell.role == "test" or (cell.role == "locked" and cell.cell_type == "code"):
            piece = self._test(cell)
        else:
            piece = self._written(cell)
        if piece is None:
            return
        if piece.kind != cell.cell_type:
            self.note("retyped", cell, kind=piece.kind)
            piece.kind = cell.cell_type
        piece.role = cell
        self.last = piece

    # A learner's own cells

    def _solution(self, cell: GradedCell) -> Piece:
        claimed = [p for p in self.pieces if p.claim == cell.grade_id and p.role is None]
        answers = [p for p in claimed if is_answer(p, cell)]
        if answers:
            chosen = answers[-1]
            self._note_copies(cell, claimed)
        elif others := self._answers_elsewhere(cell):
            chosen = others[-1]
            self.note("elsewhere", cell)
        elif claimed:
            chosen = ([p for p in claimed if not is_stub(p, cell)] or claimed)[-1]
            self._note_copies(cell, claimed)
        else:
            chosen = Piece(cell.source, cell.cell_type, f"restored-{cell.grade_id[:50]}")
            self._insert(chosen, before=self._tests_of(cell))
            self.note("solution_deleted", cell, name=", ".join(sorted(cell.names)))
        # An untouched stub below the answer would undo it; it holds nothing of the learner's.
        self.pieces = [p for p in self.pieces if p is chosen or p not in claimed or not is_stub(p, cell)]
        return chosen

    def _answers_elsewhere(self, cell: GradedCell) -> list[Piece]:
        others = [p for p in self.pieces if p.claim is None and p.role is None and is_answer(p, cell)]
        # A cell that another exercise claims, but that answers this one only: labels that were swapped.
        others = others or [p for p in self._claimed_by_others(cell) if is_answer(p, cell)]
        return [p for p in others if p.kind == "code"] or others

    def _claimed_by_others(self, cell: GradedCell) -> list[Piece]:
        def useless_there(piece: Piece) -> bool:
            owner = self.skeleton[piece.claim]
            return owner.role == "solution" and not is_answer(piece, owner)

        return [p for p in self.pieces if p.claim not in (None, cell.grade_id) and p.role is None and useless_there(p)]

    def _note_copies(self, cell: GradedCell, claimed: list[Piece]) -> None:
        if len(claimed) > 1:
            same = all(same_text(piece.source, claimed[0].source) for piece in claimed)
            self.note("copies" if same else "copies_differ", cell, count=len(claimed))

    def _written(self, cell: GradedCell) -> Piece | None:
        """An answer graded by hand, a task, or locked prose. Prose keeps the submission's language."""
        claimed = [p for p in self.pieces if p.claim == cell.grade_id and p.role is None]
        if claimed:
            self._note_copies(cell, claimed)
            return ([p for p in claimed if not same_text(p.source, cell.source)] or claimed)[-1]
        if cell.role == "locked":
            return None
        made = Piece(cell.source, cell.cell_type, f"restored-{cell.grade_id[:50]}")
        self._insert(made)
        self.note("answer_deleted", cell)
        return made

    # The course's own cells

    def _test(self, cell: GradedCell) -> Piece:
        """The test as the course has it, below its solution. A copy that a learner changed stays as ordinary code."""
        claimed = [p for p in self.pieces if p.claim == cell.grade_id and p.role is None]
        if claimed:
            piece = claimed[-1]
            seen = (cell.source, without_hidden_tests(cell.source))
            if not any(same_text(piece.source, text) for text in seen) or piece.kind != cell.cell_type:
                self.note("test_restored", cell, cell=cell.grade_id)
            if self._misplaced(piece, cell):
                self.pieces.remove(piece)
                self._insert(piece)
                self.note("test_moved" if cell.role == "test" else "setup_back", cell)
        else:
            piece = Piece("", cell.cell_type, f"restored-{cell.grade_id[:50]}")
            self._insert(piece)
            self.note("test_back" if cell.role == "test" else "setup_back", cell)
        piece.source, piece.kind = cell.source, cell.cell_type
        return piece

    def _misplaced(self, piece: Piece, cell: GradedCell) -> bool:
        """A test above its solution; locked code that comes first in the course and does not in the submission."""
        here = self._index(piece)
        if self.last is not None:
            return cell.role == "test" and here < self._index(self.last)
        return cell.role == "locked" and any(other.claim and other is not piece for other in self.pieces[:here])

    def put_setup_back(self) -> None:
        """Imports that the tests need, when no cell of the submission has them any more."""
        names = frozenset().union(*(code.bound(piece.source) for piece in self.pieces if piece.kind == "code"))
        tests = frozenset().union(*(code.used(cell.source) for cell in self.skeleton.cells if cell.role == "test"))
        for number, source in enumerate(self.skeleton.setup):
            if (code.bound(source) & tests) - names:
                self.pieces.insert(number, Piece(source, "code", f"restored-setup-{number}"))
                self.found.append(Finding("setup_back"))

    def _tests_of(self, cell: GradedCell) -> list[Piece]:
        tests = {test.grade_id for test in self.skeleton.tests(cell.grade_id)}
        return [piece for piece in self.pieces if piece.claim in tests]

    def _index(self, piece: Piece) -> int:
        return next(number for number, other in enumerate(self.pieces) if other is piece)

    def _insert(self, piece: Piece, before: list[Piece] = ()) -> None:
        """Put a cell before the first of `before`, else right after the labelled cell placed last, else at the top."""
        after = self._index(self.last) + 1 if self.last is not None else 0
        where = self._index(before[0]) if before else after
        self.pieces.insert(where, piece)


def _cells(work: list[Piece]) -> list[NotebookNode]:
    cells, ids = [], set()
    for piece in work:
        cell = new_cell(piece.kind, piece.source)
        # No tags and nothing else of a submission's: the tag "skip-execution" on a test would be full marks.
        cell.metadata = nbformat.from_dict(piece.role.metadata() if piece.role else {})
        if piece.attachments and piece.kind == "markdown":
            cell.attachments = piece.attachments
        cell.id = piece.id
        while cell.id in ids:
            cell.id += "-"
        ids.add(cell.id)
        cells.append(cell)
    return cells

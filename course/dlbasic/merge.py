"""Merges a learner's notebook with a newer release of it: the release's text and tests, her work. Pure data."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field

from dlbasic import cells

# Cell ids as a release gives them, for notebooks that carry no fingerprints. JupyterLab's own ids are random.
_RELEASED_ID = re.compile(r"(prose|code)-\d{3}|setup")


@dataclass
class Merged:
    """kept : exercises that hold her work; added : how many cells of her own came along; dropped : exercises of hers
    that the release no longer has, kept as plain cells; changed : course cells that both she and the course changed."""

    notebook: dict
    kept: list[str] = field(default_factory=list)
    added: int = 0
    dropped: list[str] = field(default_factory=list)
    changed: int = 0

    def report(self) -> str:
        parts = [f"your work kept: {', '.join(self.kept)}" if self.kept else "no work of yours in it yet"]
        if self.added:
            parts.append(f"cells that you added, kept: {self.added}")
        if self.changed:
            parts.append(f"cells that both you and the course changed, yours below the new one: {self.changed}")
        if self.dropped:
            parts.append(f"no longer in the course, kept as plain cells: {', '.join(self.dropped)}")
        return "; ".join(parts)


def merge(release: dict, hers: dict) -> Merged:
    """The new release of a notebook with her work in it. Neither argument is changed."""
    release, hers = copy.deepcopy(release), copy.deepcopy(hers)
    result = Merged(release)
    place = _Placement(release)
    original = cells.released(hers)
    worked = _worked_cells(hers)
    for cell in hers["cells"]:
        grade_id = cells.grading(cell).get("grade_id")
        # `anchor` is the release's cell that this one corresponds to; what she added follows the last anchor.
        if grade_id in place.by_grade_id:
            anchor = place.by_grade_id[grade_id]
            place.move_to(anchor)
            if worked.get(grade_id) is cell:
                anchor["source"], anchor["outputs"] = cell["source"], cell.get("outputs", [])
                anchor["execution_count"] = cell.get("execution_count")
                result.kept.append(grade_id)
            elif cells.grading(cell).get("solution") and not cells.is_untouched(cell) and grade_id in worked:
                place.insert(_plain(cell))
                result.added += 1
        elif cells.grading(cell).get("solution"):
            if not cells.is_untouched(cell):
                place.insert(_plain(cell))
                result.dropped.append(grade_id)
        elif grade_id:
            continue  # A test or locked cell that the release no longer has: the course's, not hers.
        elif not _is_the_courses(cell, original):
            place.insert(_plain(cell))
            result.added += 1
        else:
            _follow(cell, original.get(cell.get("id")), place, result)
    release["cells"] = place.in_order()
    return result


def _worked_cells(hers: dict) -> dict[str, dict]:
    """Exercise → the cell that holds her work on it; of several copies the first that is no stub."""
    found: dict[str, dict] = {}
    for cell in hers["cells"]:
        data = cells.grading(cell)
        if data.get("solution") and not cells.is_untouched(cell):
            found.setdefault(data["grade_id"], cell)
    return found


def _is_the_courses(cell: dict, original: dict[str, str]) -> bool:
    identity = str(cell.get("id", ""))
    return identity in original or (not original and bool(_RELEASED_ID.fullmatch(identity)))


def _follow(cell: dict, before: str | None, place: _Placement, result: Merged) -> None:
    """A course cell of hers: find it in the release; keep her version where she changed it."""
    now = cells.fingerprint(cell)
    anchor = place.by_fingerprint.get(before or now)
    if anchor is not None:
        place.move_to(anchor)
    if before is None or before == now or not cells.source(cell).strip():
        return
    if anchor is not None:
        anchor["source"] = cell["source"]  # The course left it as it was: hers takes its place.
    else:
        place.insert(_plain(cell))
        result.changed += 1


def _plain(cell: dict) -> dict:
    """A copy that nbgrader has no part in."""
    cell = copy.deepcopy(cell)
    metadata = {key: value for key, value in (cell.get("metadata") or {}).items() if key != "nbgrader"}
    cell["metadata"] = {key: value for key, value in metadata.items() if key not in ("deletable", "editable")}
    return cell


class _Placement:
    """The release's cells in order, each followed by what is inserted after it."""

    def __init__(self, release: dict) -> None:
        self._cells = release["cells"]
        self._ids = {cell.get("id") for cell in self._cells}
        self._after: dict[int, list[dict]] = {}
        self._here = -1
        self._position = {id(cell): number for number, cell in enumerate(self._cells)}
        graded = [(cells.grading(cell).get("grade_id"), cell) for cell in self._cells]
        self.by_grade_id = {grade_id: cell for grade_id, cell in graded if grade_id}
        self.by_fingerprint = {cells.fingerprint(cell): cell for grade_id, cell in graded if not grade_id}

    def move_to(self, cell: dict) -> None:
        self._here = self._position[id(cell)]

    def insert(self, cell: dict) -> None:
        if cell.get("id") in self._ids or not cell.get("id"):
            base, number = f"mine-{cells.fingerprint(cell)}", 0
            while (identity := f"{base}-{number}") in self._ids:
                number += 1
            cell["id"] = identity
        self._ids.add(cell["id"])
        self._after.setdefault(self._here, []).append(cell)

    def in_order(self) -> list[dict]:
        ordered = list(self._after.get(-1, []))
        for number, cell in enumerate(self._cells):
            ordered += [cell, *self._after.get(number, [])]
        return ordered

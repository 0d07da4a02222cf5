"""What an instructor sees at the end of a command: tables for the terminal. Nothing here reads or writes a file."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.classroom import findings as found
from grader.classroom.intake import printable


def graded(results: list, flags_file, console: Console) -> None:
    """How many were graded, what a person must decide, and what was repaired."""
    new = [result for result in results if not result.skipped]
    flagged = [result for result in results if result.flags]
    console.print(
        f"{len(new)} graded, {len(results) - len(new)} unchanged since the last run, "
        f"{len(flagged)} to be decided by a person"
    )
    if flagged:
        rows = [(r, flag) for r in flagged for flag in r.flags]
        console.print(_table("To be decided by a person", rows))
        where = f"The same in {flags_file}; give points in the formgrader."
        console.print(where, markup=False, highlight=False, soft_wrap=True)
    bare = [result for result in new if any(note.code == "no_sandbox" for note in result.findings)]
    if bare:
        console.print(f"{len(bare)} graded without the sandbox (see grading.log)")
    repaired = [(r, note) for r in new for note in found.notes(r.findings) if note.code != "no_sandbox"]
    if repaired:
        console.print(_table("Repaired (costs nobody anything)", repaired))


def _table(title: str, rows: list) -> Table:
    table = Table(title=title, title_justify="left", show_lines=False)
    for name in ("student", "chapter", "exercise", "what"):
        table.add_column(name, overflow="fold")
    for result, finding in rows:
        words = (result.student, result.chapter, finding.exercise, finding.text())
        table.add_row(*(Text(printable(word)) for word in words))  # a folder's name may hold anything
    return table

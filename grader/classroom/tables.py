"""What an instructor sees at the end of a command: tables for the terminal. Nothing here reads or writes a file."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.classroom import findings as found


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
    repaired = [(result, note) for result in new for note in found.notes(result.findings)]
    if repaired:
        console.print(_table("Repaired (costs nobody anything)", repaired))


def _table(title: str, rows: list) -> Table:
    table = Table(title=title, title_justify="left", show_lines=False)
    for name in ("student", "chapter", "exercise", "what"):
        table.add_column(name, overflow="fold")
    for result, finding in rows:
        table.add_row(*map(Text, (result.student, result.chapter, finding.exercise, finding.text())))
    return table

"""A learner's standing over all chapters: which exercises she has passed, from the record that `check` writes."""

from __future__ import annotations

from pathlib import Path

import click

from dlbasic import cells, workspace


def table(course: Path, record: dict) -> str:
    """One line an exercise, in the chapters' order; a chapter's total in its heading."""
    rows = []
    found = workspace.notebooks(course)
    for chapter in workspace.chapters(course):
        path = next(path for (_, name), path in found.items() if name == chapter)
        names = list(cells.exercises(workspace.read(path)))
        passed = _entries(record, chapter)
        done = [name for name in names if passed.get(name, {}).get("passed")]
        rows.append(click.style(f"{chapter}: {len(done)} of {len(names)}", bold=True))
        width = max(map(len, names), default=0)
        for name in names:
            entry = passed.get(name)
            if name in done:
                day = str(entry.get("at", ""))[:10]
                rows.append(f"  {click.style('✓', fg='green')} {name:<{width}}  {day}".rstrip())
            else:
                rows.append(f"  {'✗' if entry else '·'} {name}")
    rows.append("✓ passed   ✗ tried, not yet   · not tried")
    return "\n".join(rows)


def _entries(record: dict, chapter: str) -> dict[str, dict]:
    entries = record.get(chapter)
    entries = entries if isinstance(entries, dict) else {}
    return {name: entry for name, entry in entries.items() if isinstance(entry, dict)}

"""A whole gradebook taken out of where it is kept, worked on in a file, and put back as one transaction."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from grader.classroom import database
from grader.errors import Problem


class Store:
    """Where a class keeps its gradebook: a file of SQLite, or a database on a server."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.file = database.file_of(url)

    @property
    def there(self) -> bool:
        """Whether it holds a gradebook. Raises Problem where something else is in its place."""
        if self.file is not None:
            return self.file.is_file()
        tables, _ = database.look(self.url)
        if tables and not tables >= database.NEEDED:
            remedy = "give the URL of an empty one: `createdb NAME` makes it"
            raise Problem("this database holds something else", database.shown(self.url), remedy)
        return bool(tables)

    def check(self) -> None:
        database.check(self.url)

    def take_out(self, target: Path) -> None:
        """Copy the gradebook into a new SQLite file."""
        if self.file is not None:
            copy_file(self.file, target)
        else:
            copy_rows(self.url, f"sqlite:///{target}")

    def put_back(self, source: Path) -> None:
        """Make the gradebook equal to the one in an SQLite file, as one transaction."""
        if self.file is None:
            copy_rows(f"sqlite:///{source}", self.url)
        elif self.file.is_file():
            copy_file(source, self.file)
        else:
            os.replace(source, self.file)

    def back_up(self, root: Path) -> Path | None:
        """A copy beside the class, as an SQLite file; None when there is nothing to copy."""
        if self.file is not None:
            return back_up(self.file)
        if not self.there:
            return None
        copy = backup_name(root / "gradebook.db")
        part = copy.with_name(f".{copy.name}.part")
        try:
            self.take_out(part)
            os.replace(part, copy)
        finally:
            part.unlink(missing_ok=True)
        return copy


def copy_rows(source: str, target: str) -> None:
    """Copy every row of one gradebook into another, in the place of what that one holds."""
    from nbgrader.api import Base, Gradebook
    from sqlalchemy import insert, inspect, select, text

    from grader.classroom.gradebook import GRADED

    with database.closing_engine(source) as old, database.closing_engine(target) as new:
        Gradebook(target).close()  # makes the tables, and notes the version of the schema
        ours = [GRADED] if inspect(old).has_table(GRADED.name) else []
        for table in ours:
            table.create(new, checkfirst=True)
        tables = [*Base.metadata.sorted_tables, *ours]
        with old.connect() as reading, new.begin() as writing:
            if database.file_of(target) is None:
                names = ", ".join(f'"{table.name}"' for table in tables)
                writing.execute(text(f"LOCK TABLE {names} IN EXCLUSIVE MODE"))
            for table in reversed(tables):
                writing.execute(table.delete())
            for table in tables:
                for rows in reading.execute(select(table)).mappings().partitions(1000):
                    writing.execute(insert(table), [dict(row) for row in rows])


def back_up(path: Path, *, keep: int = 10) -> Path | None:
    """A copy of the gradebook beside it, made by SQLite; of all copies the last `keep` stay. None if there is none."""
    if not path.is_file():
        return None
    copy = backup_name(path)
    part = copy.with_name(f".{copy.name}.part")
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(part)) as target:
            source.backup(target)
        os.replace(part, copy)
    except sqlite3.Error as error:
        part.unlink(missing_ok=True)
        raise database.problem(error, path) from error
    for old in sorted(path.parent.glob(f"{path.name}.backup-*"))[:-keep]:
        old.unlink(missing_ok=True)
    return copy


def backup_name(path: Path) -> Path:
    return path.with_name(f"{path.name}.backup-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}")


def copy_file(source: Path, target: Path) -> None:
    """Make one SQLite database equal to another, into the same file: who has it open must see the new content."""
    with (
        database.database_problems(target),
        closing(sqlite3.connect(source)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)

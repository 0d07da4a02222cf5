"""Where a class keeps its gradebook, SQLite or PostgreSQL: checked before it is used, its faults put in words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path

from grader.errors import Problem

BUSY_SECONDS = 10.0
NEEDED = {"assignment", "grade", "alembic_version"}
PG_EXTRA = 'install its driver with `pip install "dlbasic[grader-postgres]"`'


def normalized(url: str) -> str:
    """The URL with the driver that we ask for spelled out. Raises Problem for what is no URL of a database."""
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        parsed = make_url(url)
    except ArgumentError:
        raise Problem("this is no URL of a database", url, "write postgresql://USER@HOST/NAME") from None
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    return parsed.render_as_string(hide_password=False)


def patient(url: str) -> str:
    """The URL for a connection that waits for who else has the gradebook open, but not for ever."""
    from sqlalchemy import make_url

    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        wait = {"timeout": str(BUSY_SECONDS)}
    else:
        wait = {"options": f"-c lock_timeout={int(BUSY_SECONDS * 1000)}"}
    return parsed.update_query_dict({**wait, **parsed.query}).render_as_string(hide_password=False)


def file_of(url: str) -> Path | None:
    """The file of an SQLite database; None for one on a server."""
    from sqlalchemy import make_url

    parsed = make_url(url)
    return Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None


def shown(url: str) -> str:
    """The URL as anybody may see it: without a password."""
    from sqlalchemy import make_url

    return make_url(url).render_as_string(hide_password=True)


def check(url: str, *, writing: bool = True) -> None:
    """Raise Problem unless there is a gradebook of this nbgrader that can be used now. Changes nothing."""
    path = file_of(url)
    if path is not None:
        check_gradebook(path, writing=writing)
        return
    tables, versions = look(url)
    if not tables >= NEEDED:
        remedy = "make one with `python -m grader init --db URL DIR`, or give the right URL"
        raise Problem("this database holds no gradebook of nbgrader", shown(url), remedy)
    _check_version(versions, shown(url))


def look(url: str) -> tuple[set[str], list[str]]:
    """The tables of a database on a server, and the version of nbgrader's schema in it."""
    from sqlalchemy import inspect, text

    with closing_engine(url) as engine, engine.connect() as connection:
        tables = set(inspect(connection).get_table_names())
        asked = text("SELECT version_num FROM alembic_version")
        return tables, list(connection.execute(asked).scalars()) if "alembic_version" in tables else []


@contextmanager
def closing_engine(url: str) -> Iterator:
    """An SQLAlchemy engine that keeps no connection; what goes wrong with the database becomes a Problem."""
    from sqlalchemy import create_engine
    from sqlalchemy.exc import NoSuchModuleError
    from sqlalchemy.pool import NullPool

    try:
        engine = create_engine(patient(url), poolclass=NullPool)
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise Problem(f"this database needs a driver that is missing ({error})", shown(url), PG_EXTRA) from error
    try:
        with database_problems(shown(url)):
            yield engine
    finally:
        engine.dispose()


def check_gradebook(path: Path, *, writing: bool = True) -> None:
    """Raise Problem unless `path` is an SQLite gradebook of this nbgrader that can be used now. Reads only."""
    remedy = "move the file away, or give the right class directory"
    try:
        with closing(
            sqlite3.connect(f"{path.as_uri()}?mode=rw" if writing else f"{path.as_uri()}?mode=ro", uri=True)
        ) as db:
            db.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
            tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if not tables >= NEEDED:
                raise Problem("gradebook.db is no gradebook of nbgrader", path, remedy)
            versions = [version for (version,) in db.execute("SELECT version_num FROM alembic_version")]
            _check_version(versions, path)
            if writing:
                db.execute("BEGIN IMMEDIATE")
                db.rollback()
    except sqlite3.Error as error:
        raise problem(error, path) from error


def _check_version(versions: list[str], where: Path | str) -> None:
    known = _schema_versions()
    if versions == known[:1]:
        return
    if versions and versions[0] in known:
        remedy = "make a copy of it somewhere safe, then run `nbgrader db upgrade` in the class directory"
        raise Problem("the gradebook was made by an older nbgrader", where, remedy)
    raise Problem(
        f"the gradebook has a schema that this nbgrader does not know ({', '.join(versions) or 'none'})",
        where,
        "upgrade nbgrader to the version that made it, or give another class directory",
    )


@lru_cache(maxsize=1)
def _schema_versions() -> list[str]:
    """nbgrader's schema revisions, the newest first."""
    from alembic.config import Config as AlembicConfig
    from alembic.script import ScriptDirectory
    from nbgrader.dbutil import ALEMBIC_DIR

    config = AlembicConfig()
    config.set_main_option("script_location", ALEMBIC_DIR.replace("%", "%%"))
    return [revision.revision for revision in ScriptDirectory.from_config(config).walk_revisions()]


@contextmanager
def database_problems(where: Path | str) -> Iterator[None]:
    """Turn a locked gradebook, one on a full or read-only disk, or a server that is gone, into a Problem.

    What the database has against one value (too long, not unique) stays what it is: it concerns one submission.
    """
    from sqlalchemy import exc

    try:
        yield
    except (exc.DataError, exc.IntegrityError, exc.ProgrammingError, exc.NotSupportedError):
        raise
    except (exc.DatabaseError, exc.InterfaceError) as error:
        raise problem(error, where) from error


_SAID = (
    ("locked", "the gradebook is in use by another program", "close it or wait, then run the command again"),
    ("lock timeout", "the gradebook is in use by another program", "close it or wait, then run the command again"),
    ("full", "the disk is full", "free some space, then run the same command again: it goes on where it stopped"),
    ("could not extend", "the database server's disk is full", "free some space, then run the same command again"),
    ("readonly", "the gradebook is read-only", "give this account the right to write to it"),
    ("unable to open", "the gradebook cannot be opened", "give this account the right to read and write it"),
    ("not a database", "gradebook.db is no database", "move the file away, or give the right class directory"),
    ("malformed", "the gradebook is damaged", "put a backup (gradebook.db.backup-…) in its place"),
    ("does not exist", "the database server knows no such user or database", "make it there, or put the URL right"),
    ("authentication", "the database server refuses this user", "put the URL right; passwords belong into ~/.pgpass"),
    ("connect", "the database server does not answer", "start it, or put the URL right, then run the command again"),
)


def problem(error: Exception, where: Path | str) -> Problem:
    """What a database's error amounts to."""
    said = str(getattr(error, "orig", None) or error)
    for part, what, remedy in _SAID:
        if part in said:
            return Problem(what, where, remedy)
    remedy = "put a backup (gradebook.db.backup-…) in its place"
    return Problem(f"the gradebook cannot be used ({said})", where, remedy)

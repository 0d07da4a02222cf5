"""What bad input gets: a message that says what is wrong, where, and what to do; exit code 2; nothing changed."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click


class Problem(click.ClickException):
    """Something that the person at the keyboard has to put right.

    what : one sentence, no full stop
    where : the file, folder or argument meant; may be empty
    remedy : what to do about it, one sentence
    """

    exit_code = 2

    def __init__(self, what: str, where: str | Path = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what, self.where, self.remedy = what, str(where), remedy

    def __reduce__(self):
        return type(self), (self.what, self.where, self.remedy)

    def format_message(self) -> str:
        lines = [self.what]
        if self.where:
            lines.append(f"  where: {self.where}")
        if self.remedy:
            lines.append(f"  what to do: {self.remedy}")
        return "\n".join(lines)


_REMEDIES = {
    errno.ENOSPC: ("the disk is full", "free some space, then run the same command again: it goes on where it stopped"),
    errno.EDQUOT: ("the disk quota is used up", "free some space, then run the same command again"),
    errno.EFBIG: (
        "the file would be larger than this account may write",
        "raise the limit (`ulimit -f`), then run it again",
    ),
    errno.EROFS: ("the disk is read-only", "use a folder that can be written to"),
    errno.EACCES: (
        "permission denied",
        "give this account the right to read and write there, or choose another folder",
    ),
    errno.EPERM: ("permission denied", "give this account the right to read and write there, or choose another folder"),
}


def of_the_disk(error: OSError) -> Problem | None:
    """The Problem that an OSError of the disk amounts to; None for any other OSError (a bug of ours)."""
    if error.errno not in _REMEDIES:
        return None
    what, remedy = _REMEDIES[error.errno]
    return Problem(what, error.filename or "", remedy)


@contextmanager
def disk_problems() -> Iterator[None]:
    """Turn a full, read-only or forbidden disk into a Problem; let everything else pass."""
    try:
        yield
    except OSError as error:
        problem = of_the_disk(error)
        if problem is None:
            raise
        raise problem from error

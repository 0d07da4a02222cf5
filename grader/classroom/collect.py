"""`python -m grader collect`: puts what was handed in where nbgrader looks for it. The newest counts."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from nbgrader.utils import parse_utc
from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.classroom.classdir import ClassDirectory
from grader.classroom.parcels import STAMP, Parcel, Refused, parcels
from grader.errors import Problem, disk_problems


@dataclass
class Collected:
    """What came of every parcel: (parcel, what was done) and what was refused."""

    taken: list[tuple[Parcel, str]] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def collect(directory: ClassDirectory, paths: Iterable[Path]) -> Collected:
    """Take in zip files, folders and notebooks. Raises Problem, having changed nothing, when a path is none of these or
    when nothing in them can be taken."""
    paths = [Path(path).expanduser() for path in paths]
    for path in paths:
        if not path.exists():
            raise Problem(
                "there is no such file or folder", path, "give zip files of `dlbasic submit`, or their folder"
            )
    chapters = directory.chapters()
    result = Collected()
    with disk_problems():
        found = [parcel for path in paths for parcel in parcels(path, chapters)]
        result.refused = [parcel for parcel in found if isinstance(parcel, Refused)]
        good = [parcel for parcel in found if isinstance(parcel, Parcel)]
        if not good:
            reasons = "\n".join(f"    {refused.origin}: {refused.reason}" for refused in result.refused[:10])
            said = "nothing in it can be taken in" + (f":\n{reasons}" if reasons else ": it holds no file")
            raise Problem(said, ", ".join(map(str, paths)), "ask for the file that `dlbasic submit CHAPTER` writes")
        (directory.root / "submitted").mkdir(exist_ok=True)
        for parcel in sorted(good, key=lambda parcel: (parcel.student, parcel.chapter, parcel.created)):
            result.taken.append((parcel, _take(directory.root, parcel)))
    return result


def _take(root: Path, parcel: Parcel) -> str:
    """Put one parcel into place; returns what was done. What it replaces is kept under `collected`."""
    target = root / "submitted" / parcel.student / parcel.chapter
    present = target / f"{parcel.chapter}.ipynb"
    if present.is_file() and present.read_bytes() == parcel.notebook:
        return "already there"
    there_since = _since(target)
    if there_since is not None and there_since > parcel.created:
        _put(_kept(root, parcel.student, parcel.chapter, parcel.created), parcel)
        return f"older than what is there: kept in {_kept(Path(), parcel.student, parcel.chapter, parcel.created)}"
    if target.exists():
        kept = _kept(root, parcel.student, parcel.chapter, there_since or datetime.now(UTC))
        kept.parent.mkdir(parents=True, exist_ok=True)
        target.rename(kept)
        _put(target, parcel)
        return f"replaces one kept in {kept.relative_to(root)}"
    _put(target, parcel)
    return "new"


def _put(target: Path, parcel: Parcel) -> None:
    """Write a submission's folder beside its place, then rename it: nobody sees half of one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(dir=target.parent, prefix=".part-"))
    try:
        part.chmod(0o755)
        (part / f"{parcel.chapter}.ipynb").write_bytes(parcel.notebook)
        (part / "timestamp.txt").write_text(f"{parcel.created:%Y-%m-%d %H:%M:%S} UTC\n", encoding="utf-8")
        part.rename(target)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


def _kept(root: Path, student: str, chapter: str, created: datetime) -> Path:
    """A free place under `collected` for a submission that does not count."""
    place = root / "collected" / student / chapter / created.strftime(STAMP)
    number = 2
    while place.exists():
        place = place.with_name(f"{created.strftime(STAMP)}-{number}")
        number += 1
    return place


def _since(folder: Path) -> datetime | None:
    """When the submission in a folder was handed in; its file's own time when no timestamp says so."""
    try:
        return parse_utc((folder / "timestamp.txt").read_text(encoding="utf-8").strip()).replace(tzinfo=UTC)
    except (OSError, ValueError, OverflowError, AttributeError):
        times = [path.stat().st_mtime for path in folder.glob("*.ipynb")] if folder.is_dir() else []
        return datetime.fromtimestamp(int(max(times)), UTC) if times else None


def show(result: Collected, console: Console) -> None:
    table = Table(title=f"{len(result.taken)} taken in, {len(result.refused)} refused", title_justify="left")
    for column in ("student", "chapter", "handed in (UTC)", "what was done"):
        table.add_column(column, overflow="fold")
    for parcel, done in result.taken:
        words = "; ".join([done, *parcel.remarks])
        table.add_row(Text(parcel.student), Text(parcel.chapter), f"{parcel.created:%Y-%m-%d %H:%M:%S}", Text(words))
    for refused in result.refused:
        table.add_row("", "", "", Text(f"refused: {refused.origin}: {refused.reason}", style="red"))
    console.print(table)

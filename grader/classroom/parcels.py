"""What hands in work: files of `dlbasic submit`, archives of them, bare notebooks → parcels in memory. Writes nothing.

Nothing is ever unpacked to a path that an archive names: a notebook is read from it, and that is all.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from grader.classroom.classdir import student_name
from grader.classroom.reading import LIMIT

STAMP = "%Y%m%dT%H%M%SZ"
# An LMS may put words before or behind: `Kim_1234_late__kim__02_mlp__20260301T120000Z (1).zip` is read from the right.
_ZIP = re.compile(r"^(?P<student>.+?)__(?P<chapter>.+?)__(?P<stamp>\d{8}T\d{6}Z)")
_BARE = re.compile(r"^(?P<student>.+?)__(?P<chapter>[^_].*?)(?:__(?P<stamp>\d{8}T\d{6}Z))?(?: ?\(\d+\))?$")
MOST_MEMBERS, MOST_TOTAL, DEEPEST = 20_000, 4 * 2**30, 3


@dataclass(frozen=True)
class Parcel:
    """One notebook that was handed in. `created`: when, in UTC; `remarks`: what an instructor should know about it."""

    origin: str
    student: str
    chapter: str
    notebook: bytes
    created: datetime
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refused:
    origin: str
    reason: str


def parcels(path: Path, chapters: list[str]) -> Iterator[Parcel | Refused]:
    """Everything handed in under `path`: a file, or a folder with any folders in it. Raises OSError for the disk."""
    if path.is_dir():
        files = (p for p in sorted(path.rglob("*")) if not p.is_symlink() and p.is_file() and not _is_noise(p.name))
        for file in files:
            yield from _file(file.name, str(file.relative_to(path)), file.read_bytes, _modified(file), chapters)
    else:
        yield from _file(path.name, path.name, path.read_bytes, _modified(path), chapters)


def _file(name: str, origin: str, read, modified: datetime, chapters: list[str], depth: int = 0) -> Iterator:
    suffix = PurePosixPath(name).suffix.lower()
    if suffix == ".zip":
        yield from _archive(name, origin, read(), chapters, depth)
    elif suffix == ".ipynb":
        yield _bare(name, origin, read(), modified, chapters)
    else:
        yield Refused(origin, "neither a zip file nor a notebook")


def _archive(name: str, origin: str, data: bytes, chapters: list[str], depth: int) -> Iterator[Parcel | Refused]:
    """A zip file: one submission if it holds submission.json, else an archive of submissions."""
    if depth >= DEEPEST:
        yield Refused(origin, "zip files inside zip files inside zip files")
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [m for m in archive.infolist() if not m.is_dir() and not _is_noise(m.filename)]
            if len(members) > MOST_MEMBERS or sum(m.file_size for m in members) > MOST_TOTAL:
                yield Refused(origin, "it unpacks to more than a class can have written")
                return
            if any(m.filename == "submission.json" for m in members) or _ZIP.match(name):
                yield _submission(name, origin, archive, members, chapters)
                return
            for member in members:
                inside = f"{origin}/{member.filename}"
                if _is_link(member):
                    yield Refused(inside, "it is a link, not a file")
                    continue
                read = lambda member=member: _read(archive, member)  # noqa: E731
                try:
                    base = PurePosixPath(member.filename).name
                    yield from _file(base, inside, read, _member_time(member), chapters, depth + 1)
                except _Bad as error:
                    yield Refused(inside, str(error))
    except (zipfile.BadZipFile, NotImplementedError, zlib.error, EOFError) as error:
        yield Refused(origin, f"the zip file is damaged ({error})")
    except _Bad as error:
        yield Refused(origin, str(error))


def _submission(name: str, origin: str, archive: zipfile.ZipFile, members: list, chapters: list[str]):
    """A file of `dlbasic submit`. What it says inside counts; a file name may have been changed on the way."""
    remarks = []
    said = _ZIP.match(name)
    facts = {"student": said["student"], "chapter": said["chapter"]} if said else {}
    label = next((m for m in members if m.filename == "submission.json"), None)
    inside = _label(_read(archive, label)) if label else {}
    if not inside:
        remarks.append("no submission.json inside: taken by its name")
    elif said and any(inside.get(key, facts[key]) != facts[key] for key in facts):
        remarks.append(f"renamed: its name says {facts['student']}, {facts['chapter']}")
    facts |= {key: inside[key] for key in ("student", "chapter") if isinstance(inside.get(key), str)}
    notebooks = [m for m in members if m.filename.lower().endswith(".ipynb") and not _is_link(m)]
    if not {"student", "chapter"} <= set(facts):
        return Refused(origin, "neither its name nor submission.json says who handed in which chapter")
    wanted = f"{facts['chapter']}/{facts['chapter']}.ipynb"
    chosen = [m for m in notebooks if m.filename == wanted] or notebooks
    if len(chosen) != 1:
        return Refused(origin, f"it holds {len(chosen) or 'no'} notebooks")
    notebook = _read(archive, chosen[0])
    if inside.get("sha256") and inside["sha256"] != hashlib.sha256(notebook).hexdigest():
        remarks.append("changed after it was packed: its checksum is another")
    created = _when(inside.get("created")) or _when(said and said["stamp"]) or _member_time(chosen[0])
    return _checked(origin, facts["student"], facts["chapter"], notebook, created, remarks, chapters)


def _bare(name: str, origin: str, data: bytes, modified: datetime, chapters: list[str]) -> Parcel | Refused:
    said = _BARE.match(PurePosixPath(name).stem)
    if not said:
        return Refused(origin, "a notebook must be called STUDENT__CHAPTER.ipynb")
    created = _when(said["stamp"]) or modified
    return _checked(origin, said["student"], said["chapter"], data, created, [], chapters)


def _checked(origin, student, chapter, notebook, created, remarks, chapters) -> Parcel | Refused:
    if len(notebook) > LIMIT:
        return Refused(origin, f"the notebook is larger than {LIMIT // 2**20} MB")
    if chapter not in chapters:
        return Refused(origin, f"this class has no chapter {chapter!r}; it has {', '.join(chapters)}")
    try:
        name = student_name(student)
    except ValueError as error:
        return Refused(origin, str(error))
    if created > datetime.now(UTC):
        remarks.append("its date lies in the future")
    return Parcel(origin, name, chapter, notebook, created, tuple(remarks))


class _Bad(Exception):
    """A member of an archive that will not be read."""


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """A member's bytes, never more than LIMIT (LIMIT × 20 for archives), whatever its header claims."""
    if member.flag_bits & 0x1:
        raise _Bad("it is protected with a password")
    most = LIMIT * (20 if member.filename.lower().endswith(".zip") else 1)
    with archive.open(member) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise _Bad(f"{member.filename} unpacks to more than {most // 2**20} MB")
    return data


def _label(data: bytes) -> dict:
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _when(text: object) -> datetime | None:
    if not isinstance(text, str):
        return None
    for parse in (datetime.fromisoformat, lambda value: datetime.strptime(value, STAMP)):
        try:
            found = parse(text)
        except ValueError:
            continue
        return (found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)).replace(microsecond=0)
    return None


def _member_time(member: zipfile.ZipInfo) -> datetime:
    try:
        return datetime(*member.date_time, tzinfo=UTC)
    except ValueError:
        return datetime(1980, 1, 1, tzinfo=UTC)


def _modified(path: Path) -> datetime:
    return datetime.fromtimestamp(int(path.stat().st_mtime), UTC)


def _is_link(member: zipfile.ZipInfo) -> bool:
    return (member.external_attr >> 16) & 0o170000 == 0o120000


def _is_noise(name: str) -> bool:
    """Files that macOS, Windows and Jupyter leave about."""
    parts = PurePosixPath(name).parts
    hidden = [part for part in parts if part.startswith(".") and part != ".."]
    return bool(hidden) or not {"__MACOSX", "Thumbs.db", "desktop.ini"}.isdisjoint(parts)

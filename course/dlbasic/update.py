"""Brings a newer release into a learner's course, or her work into a newer course. Backs up first, loses nothing."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from dlbasic import cells, workspace
from dlbasic.merge import merge
from dlbasic.workspace import Problem

# What a release holds beside `course/`. Anything else there (an environment, a git folder) is not the course's.
BESIDE = ("assets", "README.md", "CHANGELOG.md", "LICENSE", "LICENSE-prose.md", "environment.yml", "pyproject.toml")
IGNORED = ("__pycache__", ".ipynb_checkpoints")
# Far more than a course needs; a file that unpacks to more is not one.
MOST_BYTES = 500 * 2**20


def where_to_get_one(course: Path) -> str:
    if (course.parent / ".git").exists():
        return (
            "This course is a git clone: `git pull` brings the newest release. When git refuses because your\n"
            "notebooks have changed, put them aside and merge them by exercise instead of by line:\n"
            "  git stash && git pull\n"
            "  git worktree add --detach ../dlbasic-mine 'stash@{0}'\n"
            "  dlbasic update --work ../dlbasic-mine"
        )
    return (
        "Ask where you got the course for its newest release, dlbasic-<version>-<language>.zip, then:\n"
        "  dlbasic update dlbasic-<version>-<language>.zip"
    )


def take_release(source: Path, course: Path) -> list[str]:
    """Update `course` from a release, zipped or unpacked; returns what changed, a line each.

    Raises Problem, with nothing changed, when `source` is no release or is older than the course.
    """
    with _opened(source) as release:
        if release.samefile(course):
            raise Problem(f"{source} is this very course: give the newer release")
        _refuse_older(release, course, source)
        contents, report = _merged(release, course, course)
        for path in _course_files(release):
            contents[course / path] = (release / path).read_bytes()
        if release.name == course.name == "course" and not (course.parent / ".git").exists():
            for path in _files_beside(release.parent):
                contents[course.parent / path] = (release.parent / path).read_bytes()
        stale = [path for path in _files_in(course / "dlbasic") if path not in contents]
        return report + _apply(contents, stale, course)


def bring_work(work: Path, course: Path) -> list[str]:
    """Bring the work of the course folder `work` into this course, which is the newer release.

    Raises Problem, with nothing changed, when `work` is no course or this one holds other work already.
    """
    theirs = _course_in(work)
    if theirs is None:
        raise Problem(f"{work} is no course folder: give the one that holds your old notebooks")
    if theirs.samefile(course):
        raise Problem(f"{work} is this very course: give the one that holds your old notebooks")
    for key, path in workspace.notebooks(course).items():
        old = workspace.notebooks(theirs).get(key)
        here = workspace.read(path)
        if old and workspace.read(old)["cells"] != here["cells"] and cells.work_in(here):
            raise Problem(f"{path} holds work of yours already; move it away first, then once more")
    contents, report = _merged(course, theirs, course)
    return report + _apply(contents, [], course)


def _merged(release: Path, work: Path, target: Path) -> tuple[dict[Path, bytes], list[str]]:
    """Every notebook of `release` with the work found in `work`: contents by target path, and a report."""
    mine = workspace.notebooks(work)
    contents, report = {}, []
    for (language, chapter), path in workspace.notebooks(release).items():
        new, name = workspace.read(path), f"{language}/{chapter}"
        if (language, chapter) not in mine:
            contents[target / path.relative_to(release)] = path.read_bytes()
            report.append(f"{name}: new")
            continue
        merged = merge(new, workspace.read(mine[language, chapter]))
        text = json.dumps(merged.notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
        contents[target / path.relative_to(release)] = text.encode()
        report.append(f"{name}: {merged.report()}")
    return contents, report


# ---------------------------------------------------------------- reading a release


@contextmanager
def _opened(source: Path) -> Iterator[Path]:
    """The course folder of a release. Raises Problem for anything that is none."""
    if not source.exists():
        raise Problem(f"{source} is not there")
    with tempfile.TemporaryDirectory(prefix="dlbasic-update-") as folder:
        if not source.is_dir():
            _unpack(source, Path(folder))
        found = _course_in(source if source.is_dir() else Path(folder))
        if found is None or not (found / "dlbasic" / "__init__.py").is_file():
            raise Problem(f"{source} is no release of this course: it holds no dlbasic/ beside the notebooks")
        yield found


def _unpack(source: Path, folder: Path) -> None:
    try:
        with zipfile.ZipFile(source) as archive:
            if sum(item.file_size for item in archive.infolist()) > MOST_BYTES:
                raise Problem(f"{source} unpacks to more than {MOST_BYTES // 2**20} MB: no release of this course")
            archive.extractall(folder)  # zipfile keeps every name inside the folder and makes no links
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise Problem(f"{source} cannot be unpacked ({error}): download it again") from None


def _course_in(folder: Path) -> Path | None:
    inside = sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    candidates = [folder, folder / "course", *(path / "course" for path in inside), *inside]
    return next((path for path in candidates if workspace.is_course(path)), None)


def _refuse_older(release: Path, course: Path, source: Path) -> None:
    theirs, ours = _version(release), _version(course)
    if _as_numbers(theirs) < _as_numbers(ours):
        raise Problem(f"{source} is release {theirs}, older than the one you have ({ours})")


def _version(course: Path) -> str:
    package = course / "dlbasic" / "__init__.py"
    text = package.read_text(encoding="utf-8") if package.is_file() else ""
    found = re.search(r'^__version__ = "([^"]+)"', text, re.MULTILINE)
    return found[1] if found else "0"


def _as_numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version))


def _course_files(release: Path) -> list[Path]:
    """Everything of a release's course folder but its notebooks, relative to it."""
    notebooks = set(workspace.notebooks(release).values())
    packages = _files_in(release / "dlbasic")
    chapters = [file for path in notebooks for file in _files_in(path.parent)]
    flat = [path for path in release.iterdir() if path.is_file()]
    return [path.relative_to(release) for path in (*packages, *chapters, *flat) if path not in notebooks]


def _files_beside(folder: Path) -> list[Path]:
    found = []
    for name in BESIDE:
        path = folder / name
        found += _files_in(path) if path.is_dir() else [path] if path.is_file() else []
    return [path.relative_to(folder) for path in found]


def _files_in(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and not set(path.parts) & set(IGNORED)]


# ---------------------------------------------------------------- writing


def _apply(contents: dict[Path, bytes], stale: list[Path], course: Path) -> list[str]:
    """Write what differs and remove what is stale, after a backup of both. All is written beside first, then renamed,
    so that a full disk stops before anything has changed."""
    changed = {path: data for path, data in contents.items() if not path.is_file() or path.read_bytes() != data}
    if not changed and not stale:
        return ["nothing to change: this is the newest already"]
    backup = _back_up([path for path in (*changed, *stale) if path.is_file()], course)
    beside: list[tuple[str, Path]] = []
    try:
        for path, data in changed.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
            beside.append((name, path))
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.chmod(name, 0o644)
    except BaseException:
        for name, _ in beside:
            Path(name).unlink(missing_ok=True)
        raise
    for name, path in beside:
        os.replace(name, path)
    for path in stale:
        path.unlink(missing_ok=True)
    return [f"files brought up to date: {len(changed)}; as they were before: {backup}"]


def _back_up(paths: list[Path], course: Path) -> Path:
    folder = course / "backups" / datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    folder.mkdir(parents=True)
    for path in paths:
        target = folder / path.relative_to(course.parent)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    return folder

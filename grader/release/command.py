"""`python -m grader release`: past every gate, then writes notebooks, check tables, errata and bundles."""

from __future__ import annotations

import difflib
import json
import os
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

import dlbasic
from dlbasic.authoring import AuthoringError
from dlbasic.cells import work_in
from grader.errors import Problem
from grader.release import gates, leaks, showing, tables, told, twins
from grader.release.build import source_notebook
from grader.release.bundle import bundle
from grader.release.chapter import LANGUAGES, ROOT, Chapter, chapter_names, load_chapter
from grader.release.errata import errata
from grader.release.publish import ReleaseFailed, learner_notebook, to_bytes

DIFF_LINES = 40


def release(chapters: list[str], languages: list[str], check: bool, console: Console | None = None) -> int:
    """Regenerate the release, or with `check` only compare. Returns 0, or 1 when `check` found something stale.

    Raises Problem or OSError, and has changed nothing then.
    """
    console = console or Console()
    try:
        return _release(chapters, languages, check, console)
    except (AuthoringError, ReleaseFailed) as error:
        raise Problem(str(error), remedy="mend this place; nothing was released") from error


def _release(chapters: list[str], languages: list[str], check: bool, console: Console) -> int:
    loaded = [load_chapter(name) for name in chapters or chapter_names()]
    languages = languages or list(LANGUAGES)
    outputs: dict[Path, bytes] = {}
    for chapter in loaded:
        console.print(f"{chapter.name}: {len(chapter.exercises)} exercises, {_count(chapter)}")
        outputs |= _generate(chapter, languages)
    outputs[ROOT / "solutions" / "ERRATA.md"] = errata([load_chapter(name) for name in chapter_names()]).encode()
    stale = {path: data for path, data in outputs.items() if _is_stale(path, data)}
    if check:
        for path, data in stale.items():
            console.print(_diff(path, data), markup=False, highlight=False)
        console.print("stale: run `python -m grader release`" if stale else "nothing is stale")
        return 1 if stale else 0
    for path, data in stale.items():
        _keep_work(path, console)
        _write(path, data)
    for language in languages:
        name, data = bundle(ROOT, dlbasic.__version__, language)
        _write(ROOT / "dist" / name, data)
        console.print(f"dist/{name}: {len(data) / 1e6:.1f} MB")
    console.print(f"{len(stale)} of {len(outputs)} files were new or changed")
    return 0


def _generate(chapter: Chapter, languages: list[str]) -> dict[Path, bytes]:
    _close(gates.markers(chapter), gates.pieces(chapter), twins.twins(chapter), showing.needless(chapter))
    _close(gates.examples(chapter), gates.answers(chapter))
    outputs = {table_path(chapter.name): tables.to_text(tables.check_table(chapter)).encode()}
    findings = list(leaks.leaks_in_package(chapter, ROOT / "course" / "dlbasic"))
    findings += leaks.leaks_in_hints(chapter)
    findings += told.told_in_package(chapter, ROOT / "course" / "dlbasic")
    for language in languages:
        notebook = learner_notebook(source_notebook(chapter, language), chapter.name)
        path = notebook_path(chapter.name, language)
        findings += leaks.leaks(chapter, notebook, str(path.relative_to(ROOT)))
        findings += told.told_in_notebook(chapter, notebook, str(path.relative_to(ROOT)))
        outputs[path] = to_bytes(notebook)
    _close(findings)
    return outputs


def notebook_path(chapter: str, language: str) -> Path:
    return ROOT / "course" / language / chapter / f"{chapter}.ipynb"


def table_path(chapter: str) -> Path:
    return ROOT / "course" / "dlbasic" / "tables" / f"{chapter}.json"


def _count(chapter: Chapter) -> str:
    mistakes = sum(map(len, chapter.bank.mistakes.values()))
    equivalents = sum(map(len, chapter.bank.equivalents.values()))
    return f"{mistakes} known mistakes, {equivalents} equivalents"


def _close(*groups: Iterable[gates.Finding]) -> None:
    findings = [str(finding) for group in groups for finding in group]
    if findings:
        remedy = "mend these places; nothing was released"
        raise Problem(f"{len(findings)} problem(s) in the chapter's sources:\n" + "\n".join(findings), remedy=remedy)


def _is_stale(path: Path, data: bytes) -> bool:
    if not path.is_file():
        return True
    old = path.read_bytes()
    if old == data:
        return False
    return path.suffix != ".json" or not tables.alike(old.decode(), data.decode())


def _diff(path: Path, data: bytes) -> str:
    old = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    name = str(path.relative_to(ROOT))
    lines = list(difflib.unified_diff(old, data.decode().splitlines(), name, f"{name} (regenerated)", lineterm="", n=1))
    shown = [line[:160] for line in lines[:DIFF_LINES]]
    return "\n".join(shown + ([f"… {len(lines) - DIFF_LINES} more lines"] if len(lines) > DIFF_LINES else []))


def _keep_work(path: Path, console: Console) -> None:
    """A notebook in `course/` that somebody has worked in is put aside before it is written anew."""
    if path.suffix != ".ipynb" or not path.is_file():
        return
    try:
        worked_in = bool(work_in(json.loads(path.read_text(encoding="utf-8"))))
    except (ValueError, KeyError, TypeError, AttributeError):
        worked_in = True  # unreadable, so perhaps somebody's
    if worked_in:
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        kept = path.with_name(f"{path.stem}.{stamp}.backup.ipynb")
        os.replace(path, kept)
        console.print(f"{path.relative_to(ROOT)} had work in it: kept as {kept.name}")


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(beside, 0o644)
        os.replace(beside, path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise

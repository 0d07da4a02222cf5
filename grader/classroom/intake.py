"""A submission's folder → a notebook that can be graded, or the flag that says why there is none. Changes nothing."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from grader.classroom import findings as found
from grader.classroom.findings import Finding
from grader.classroom.reading import LIMIT, Unreadable, read_notebook
from grader.classroom.repair import repair
from grader.classroom.skeleton import Skeleton

# Other files of a submission are there when its cells run, as with nbgrader, within reason; but none that would be
# imported in the place of the course's own packages.
MOST_FILES, MOST_BYTES = 200, 50 * 1024 * 1024
SHADOWING = {"dlbasic", "grader", "solutions"}
OWN = {"timestamp.txt", "submission.json", "submission_secret.txt"}


@dataclass
class Intake:
    """What was made of one submission.

    readable : False when `notebook` is only a placeholder that holds nothing of the learner's
    extras : the submission's other files, by their path inside it
    """

    notebook: NotebookNode
    findings: list[Finding]
    readable: bool = True
    extras: dict[str, Path] = field(default_factory=dict)


def take_in(folder: Path, chapter: str, skeleton: Skeleton) -> Intake:
    """Read and repair the submission in `folder`. Never raises for what a learner may have handed in."""
    extras, left_out = _extras(folder)
    try:
        data, renamed = _notebook_bytes(folder, chapter)
        read = read_notebook(data)
    except Unreadable as problem:
        return Intake(placeholder(skeleton, [problem.finding]), [problem.finding], False)
    notebook, findings = repair(read.notebook, skeleton)
    findings = [*renamed, *read.findings, *findings]
    if left_out:
        findings.append(Finding("left_out", facts={"files": ", ".join(left_out[:5])}))
    found.write(notebook, findings, tests=skeleton.exercises)
    return Intake(notebook, findings, True, extras)


def placeholder(skeleton: Skeleton, findings: list[Finding], language: str = "en") -> NotebookNode:
    """The chapter's bare graded cells under a sentence that says what happened: cells for a person to put points on."""
    reasons = "\n".join(f"- {finding.text(language)}" for finding in found.flags(findings))
    head = {
        "en": "This submission could not be graded by itself:",
        "ko": "이 제출물은 자동으로 채점하지 못했어요:",
    }[language]
    notebook = nbformat.v4.new_notebook()
    notebook.nbformat_minor = 5
    top = nbformat.v4.new_markdown_cell(f"**{head}**\n\n{reasons}\n\n{found.REMEDY[language]}", id="what-happened")
    notebook.cells.append(top)
    for cell in skeleton.cells:
        made = getattr(nbformat.v4, f"new_{cell.cell_type}_cell")(source=cell.source, id=f"bare-{cell.grade_id[:55]}")
        made.metadata = nbformat.from_dict(cell.metadata())
        notebook.cells.append(made)
    notebook.metadata.dlbasic = NotebookNode(language=language)
    found.write(notebook, findings, tests=skeleton.exercises)
    return notebook


def digest(folder: Path, skeleton: Skeleton) -> str:
    """Changes whenever the submission or the tests do."""
    sum_ = hashlib.sha256(skeleton.fingerprint().encode())
    for path in _files(folder):
        sum_.update(str(path.relative_to(folder)).encode("utf-8", "surrogateescape") + b"\0")
        try:
            size = path.stat().st_size
            sum_.update(path.read_bytes() if size <= LIMIT else str((size, path.stat().st_mtime_ns)).encode())
        except OSError as error:
            sum_.update(str(error.errno).encode())
    return sum_.hexdigest()


def _notebook_bytes(folder: Path, chapter: str) -> tuple[bytes, list[Finding]]:
    expected = f"{chapter}.ipynb"
    path, notes = folder / expected, []
    if not path.is_symlink() and not path.exists():
        candidates = [p for p in _files(folder) if p.suffix.lower() == ".ipynb"]
        if not candidates:
            raise Unreadable("no_notebook")
        if len(candidates) > 1:
            files = ", ".join(sorted(p.name for p in candidates)[:5])
            raise Unreadable("several", expected=expected, files=files)
        path = candidates[0]
        notes = [Finding("renamed", facts={"file": path.name})]
    try:
        kind = path.lstat()
        if not stat.S_ISREG(kind.st_mode):
            raise Unreadable("no_file", file=path.name, detail="it is a link, a folder or a device")
        if kind.st_size > LIMIT:
            raise Unreadable("too_big", size=round(kind.st_size / 2**20), limit=LIMIT // 2**20)
        return path.read_bytes(), notes
    except OSError as error:
        raise Unreadable("no_file", file=path.name, detail=error.strerror or str(error)) from None


def _files(folder: Path) -> list[Path]:
    """The submission's regular files, hidden ones and checkpoints left out; links are not followed."""
    kept = []
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        if any(part.startswith(".") or part in ("__pycache__", "__MACOSX") for part in inside):
            continue
        if not path.is_symlink() and path.is_file():
            kept.append(path)
    return kept


def _extras(folder: Path) -> tuple[dict[str, Path], list[str]]:
    kept, left_out, total = {}, [], 0
    for path in _files(folder):
        name = str(path.relative_to(folder))
        if path.suffix.lower() == ".ipynb" or name in OWN:
            continue
        total += path.stat().st_size
        shadows = path.relative_to(folder).parts[0].removesuffix(".py") in SHADOWING
        if shadows or len(kept) >= MOST_FILES or total > MOST_BYTES:
            left_out.append(name)
        else:
            kept[name] = path
    return kept, left_out

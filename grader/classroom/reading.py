"""Bytes of a submitted file → a notebook of format 4.5 with nothing malformed in it. Judges no content."""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass, field

import nbformat
from nbformat import NotebookNode

from grader.classroom.cells import new_cell, new_notebook
from grader.classroom.findings import METADATA, Finding

LIMIT = 50 * 1024 * 1024  # bytes; a chapter's notebook with all its pictures has less than 5 MB
_CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")


class Unreadable(Exception):
    """No notebook can be made of it; holds the flag that says why."""

    def __init__(self, code: str, **facts) -> None:
        super().__init__(code)
        self.finding = Finding(code, facts=facts)


@dataclass
class Read:
    notebook: NotebookNode
    findings: list[Finding] = field(default_factory=list)


def read_notebook(data: bytes) -> Read:
    """Parse a submitted notebook. Raises Unreadable with a reason that a person can act on."""
    if len(data) > LIMIT:
        raise Unreadable("too_big", size=round(len(data) / 2**20), limit=LIMIT // 2**20)
    if not data.strip(b"\x00 \t\r\n"):
        raise Unreadable("empty")
    findings: list[Finding] = []
    content, encoding = _parse(data)
    if encoding != "utf-8":
        findings.append(Finding("encoding", facts={"encoding": encoding}))
    if not isinstance(content, dict) or not ({"cells", "worksheets"} & set(content)):
        raise Unreadable("not_notebook", detail="it is JSON, but holds no cells")
    raw = content.get("cells")
    if raw is None:
        raw = _cells_of_format_3(content["worksheets"])
        findings.append(Finding("old_format", facts={"version": 3}))
    if not isinstance(raw, list):
        raise Unreadable("not_notebook", detail="its `cells` are not a list")
    cells = _cells(raw)
    if len(cells) < len(raw):
        findings.append(Finding("odd_parts", facts={"count": len(raw) - len(cells)}))
    return Read(new_notebook(cells, _notebook_metadata(content.get("metadata"))), findings)


def _parse(data: bytes) -> tuple[object, str]:
    """The JSON in `data` and the encoding it was in; tries what editors on Windows and macOS leave behind."""
    tried: list[tuple[int, str]] = []
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            name = {"utf-8-sig": "UTF-8 with a byte order mark", "utf-16": "UTF-16", "utf-32": "UTF-32"}
            return json.loads(text), name.get(encoding, encoding)
        except RecursionError:
            raise Unreadable("not_json", detail="it is nested too deeply to be a notebook") from None
        except json.JSONDecodeError as error:
            tried.append((error.pos, _why(text, error)))
        except ValueError as error:  # a number of thousands of digits
            tried.append((0, str(error).split(";")[0]))
    raise _no_json(data, max(tried)[1] if tried else "it is no text")


def _encodings(data: bytes) -> list[str]:
    if data.startswith(codecs.BOM_UTF8):
        return ["utf-8-sig"]
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return ["utf-32"]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ["utf-16"]
    if data[1:2] == b"\x00":
        return ["utf-16-le"]
    if data[:1] == b"\x00":
        return ["utf-16-be"]
    return ["utf-8", "cp949", "latin-1"]


def _why(text: str, error: json.JSONDecodeError) -> str:
    if re.search(r"^(<{7} |>{7} )", text, re.MULTILINE):
        return "it holds the marks of an unfinished merge (<<<<<<<)"
    if not text[error.pos :].strip() or error.msg.startswith("Unterminated string"):
        return f"it is cut off at line {error.lineno}"
    return f"line {error.lineno}, column {error.colno}: {error.msg}"


def _no_json(data: bytes, why: str) -> Unreadable:
    start = data.lstrip(codecs.BOM_UTF8 + b" \t\r\n")[:200].lower()
    if start.startswith(b"<"):
        return Unreadable("not_notebook", detail="it is a web page, perhaps saved from the browser")
    if start.startswith(b"pk\x03\x04"):
        return Unreadable("not_notebook", detail="it is a zip archive")
    if start.startswith(b"%pdf"):
        return Unreadable("not_notebook", detail="it is a PDF")
    if start.startswith((b"#", b"import ", b"from ", b"def ")):
        return Unreadable("not_notebook", detail="it is a Python script")
    return Unreadable("not_json", detail=why)


def _cells_of_format_3(worksheets: object) -> list:
    """The cells of every worksheet, with format 3's names put into format 4's."""
    found = []
    for sheet in worksheets if isinstance(worksheets, list) else []:
        for cell in (sheet.get("cells") or []) if isinstance(sheet, dict) else []:
            if not isinstance(cell, dict):
                continue
            kind = cell.get("cell_type")
            if kind == "code":
                cell = {**cell, "source": cell.get("input", cell.get("source", ""))}
            elif kind == "heading":
                level = cell.get("level") if isinstance(cell.get("level"), int) else 1
                cell = {**cell, "cell_type": "markdown", "source": "#" * level + " " + _text(cell.get("source"))}
            found.append(cell)
    return found


def _cells(raw: list) -> list[NotebookNode]:
    cells, ids = [], set()
    for number, cell in enumerate(raw):
        if not isinstance(cell, dict):
            continue
        kind = cell.get("cell_type")
        kind = kind if kind in ("code", "markdown", "raw") else "markdown"
        metadata = cell.get("metadata") if isinstance(cell.get("metadata"), dict) else {}
        made = new_cell(kind, _text(cell.get("source")))
        if "nbgrader" in metadata:
            made.metadata.nbgrader = _plain(metadata["nbgrader"])
        if kind == "markdown" and (pictures := _attachments(cell.get("attachments"))):
            made.attachments = pictures
        name = cell.get("id")
        if not (isinstance(name, str) and _CELL_ID.fullmatch(name)) or name in ids:
            # Numbered, not random: the same file always becomes the same notebook.
            name = f"cell-{number:04d}"
            while name in ids:
                name += "-"
        ids.add(name)
        made.id = name
        cells.append(made)
    return cells


def _text(value: object) -> str:
    """A source as one string, whichever way it was stored; lone surrogates, which no file can hold, become `?`."""
    if isinstance(value, list):
        value = "".join(part for part in value if isinstance(part, str))
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else ""


def _attachments(value: object) -> NotebookNode | None:
    kept = {}
    for name, bundle in value.items() if isinstance(value, dict) else ():
        if isinstance(bundle, dict):
            kept[_text(name)] = {_text(kind): _text(data) for kind, data in bundle.items() if _text(data)}
    return nbformat.from_dict(kept) if kept else None


def _plain(value: object) -> object:
    """nbgrader's metadata as it stands, for the repair to read a grade id from; anything odd becomes None."""
    try:
        return nbformat.from_dict(json.loads(json.dumps(value).encode("utf-8", "replace")))
    except (ValueError, RecursionError):
        return None


def _notebook_metadata(value: object) -> NotebookNode:
    """Only what grading and feedback read: the language of the prose. Never anything that grading itself writes."""
    kept = NotebookNode()
    course = value.get("dlbasic") if isinstance(value, dict) else None
    if isinstance(course, dict):
        kept.dlbasic = NotebookNode(
            {
                key: text
                for key, text in course.items()
                if key != METADATA and isinstance(key, str) and isinstance(text, str)
            }
        )
    return kept

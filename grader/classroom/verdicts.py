"""What a test cell that has run says about its exercise: a sentence, and the name of the mistake."""

from __future__ import annotations

import re
from dataclasses import dataclass

MIME = "application/vnd.dlbasic.verdict+json"
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_NAMES = ("AssertionError", "CheckFailed", "NotYetWritten", "NotImplementedError", "NotRun")
MOST = 600  # characters of a sentence

WORDS = {
    "en": {"failed": "The test did not pass.", "time": "This took too long and was stopped.", "passed": "Right."},
    "ko": {
        "failed": "테스트를 통과하지 못했어요.",
        "time": "너무 오래 걸려서 멈췄어요.",
        "passed": "맞았어요.",
    },
}


@dataclass(frozen=True)
class Said:
    """A test cell's verdict in words: `headline` for a table, `text` in full; `kind` and `mistake` where known."""

    text: str
    kind: str = ""
    mistake: str = ""
    named: str = ""  # the mistake's own sentence

    @property
    def headline(self) -> str:
        """One line: what the mistake is where it has a name, else the first line."""
        line = self.named or self.text.split("\n")[0]
        return line if len(line) <= 160 else line[:159] + "…"


def said(cell, language: str = "en") -> Said:
    """Read a test cell's outputs: the last verdict shown, else the error's own message (no traceback), else a pass."""
    verdicts = [output["data"][MIME] for output in cell.get("outputs", []) if MIME in output.get("data", {})]
    verdicts = [verdict for verdict in verdicts if isinstance(verdict, dict)]
    errors = [output for output in cell.get("outputs", []) if output["output_type"] == "error"]
    words = WORDS["ko" if language == "ko" else "en"]
    last = verdicts[-1] if verdicts else {}
    kind, mistake = str(last.get("kind", "")), str(last.get("mistake") or "")
    failed = kind not in ("passed", "recorded")
    if last.get("message") and (failed or not errors):
        text = _clean(str(last["message"])).removeprefix(f"{last.get('exercise')}: ")
        named = last.get("text") if mistake else None
        named = named.get(language) if isinstance(named, dict) else None
        return Said(text[:1].upper() + text[1:], kind, mistake, _clean(named) if isinstance(named, str) else "")
    if errors:
        return Said(_of_error(errors[-1], words), "failed")
    return Said(words["passed"], "passed")


def _of_error(error, words: dict[str, str]) -> str:
    name, value = str(error.get("ename", "")), _clean(str(error.get("evalue", "")))
    if name == "CellTimeoutError":
        return words["time"]
    if name in _NAMES:
        return value or words["failed"]
    return f"{name}: {value}" if value else name or words["failed"]


def _clean(text: str) -> str:
    text = _ANSI.sub("", text).strip().lstrip("✓✗· ")
    return text if len(text) <= MOST else text[: MOST - 1] + "…"

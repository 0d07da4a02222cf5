"""Where the code is running: which notebook, which chapter, which language. Never asks, never fails."""

from __future__ import annotations

import json
import os
import sys
from functools import lru_cache
from pathlib import Path

LANGUAGES = ("en", "ko")

_chapter: str | None = None


def set_chapter(name: str) -> None:
    """Remember which chapter's exercises `check`, `hint` and `progress` speak of."""
    global _chapter
    _chapter = name


def current_chapter() -> str | None:
    return _chapter


def notebook_path() -> Path | None:
    """The notebook this kernel belongs to, where the front end says so (Jupyter Server, VS Code); else None."""
    main = sys.modules.get("__main__")
    named = getattr(main, "__vsc_ipynb_file__", None) or os.environ.get("JPY_SESSION_NAME")
    # Jupyter names the session after the notebook's path, relative to the server's root; the kernel starts in the
    # notebook's own folder, so the last part is enough to find it.
    return Path.cwd() / Path(named).name if named and named.endswith(".ipynb") else None


@lru_cache(maxsize=8)
def _language_in(notebook: str) -> str | None:
    try:
        metadata = json.loads(Path(notebook).read_text(encoding="utf-8"))["metadata"]
        language = metadata["dlbasic"]["language"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return language if language in LANGUAGES else None


def draws() -> bool:
    """Whether figures and widgets are drawn. Not while submissions are graded, unless DLBASIC_FIGURES=1 asks for it."""
    return os.environ.get("NBGRADER_EXECUTION") != "autograde" or os.environ.get("DLBASIC_FIGURES") == "1"


def language() -> str:
    """`"en"` or `"ko"`: DLBASIC_LANG, else what the notebook says of itself, else the folder's name, else English."""
    asked = os.environ.get("DLBASIC_LANG")
    if asked in LANGUAGES:
        return asked
    notebook = notebook_path()
    found = _language_in(str(notebook)) if notebook else None
    if found:
        return found
    for part in reversed(Path.cwd().parts):
        if part in LANGUAGES:
            return part
    return "en"

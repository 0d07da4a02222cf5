"""Where a learner's course is and what is in it: the folder, its chapters, their notebooks. Never writes."""

from __future__ import annotations

import difflib
import json
import locale
import os
from pathlib import Path

import click

from dlbasic.session import LANGUAGES


class Problem(click.ClickException):
    """Something the reader can put right: says what, where and what to do. Exit code 2, nothing changed."""

    exit_code = 2


def find_course(start: Path | None = None) -> Path:
    """The course folder around `start` (the current folder), or else the one that this package came with."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        for candidate in (folder, folder / "course"):
            if is_course(candidate):
                return candidate
    own = Path(__file__).resolve().parents[1]
    if is_course(own):
        return own
    raise Problem(f"there is no course in {here} or above it: change to the folder that you unpacked or cloned (cd …)")


def is_course(folder: Path) -> bool:
    """Whether `folder` holds chapters. The package need not be beside them: it may be installed."""
    return bool(notebooks(folder))


def notebooks(course: Path) -> dict[tuple[str, str], Path]:
    """(language, chapter) → the chapter's notebook, in reading order."""
    found = (path for language in LANGUAGES for path in sorted((course / language).glob("*/*.ipynb")))
    return {(path.parts[-3], path.stem): path for path in found if path.stem == path.parent.name}


def chapters(course: Path) -> list[str]:
    return sorted({chapter for _, chapter in notebooks(course)})


def chapter_named(course: Path, text: str) -> str:
    """The chapter meant by `02_mlp`, `2`, `mlp` or a path to its notebook."""
    known = chapters(course)
    word = Path(text).name.removesuffix(".ipynb")
    for chapter in known:
        number, _, title = chapter.partition("_")
        if word in (chapter, title) or (word.isdigit() and number.isdigit() and int(word) == int(number)):
            return chapter
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    hint = f"did you mean {close[0]}?" if close else f"there is: {', '.join(known)}"
    raise Problem(f"no chapter {text!r} in {course}; {hint}")


def notebook_for(course: Path, chapter: str, asked: str | None) -> Path:
    """A chapter's notebook in the language asked for, or in the one that the learner worked in.

    Raises Problem when the chapter does not exist in that language, or when there is work in both.
    """
    from dlbasic.cells import work_in

    available = {language: path for (language, name), path in notebooks(course).items() if name == chapter}
    if asked:
        if asked not in available:
            raise Problem(f"{chapter} is not here in {asked!r}; there is: {', '.join(available)}")
        return available[asked]
    worked = [language for language, path in available.items() if len(available) > 1 and work_in(read(path))]
    if len(worked) > 1:
        raise Problem(
            f"there is work of yours in {' and in '.join(str(available[language]) for language in worked)}; "
            f"say which one is meant: --lang {' or --lang '.join(worked)}"
        )
    return available[worked[0] if worked else preferred_language(list(available))]


def preferred_language(available: list[str]) -> str:
    """Korean for a Korean computer where the course has it, else English, else what there is."""
    words = [os.environ.get(name) or "" for name in ("DLBASIC_LANG", "LC_ALL", "LC_MESSAGES", "LANG")]
    first = next((word for word in words if word), None) or (locale.getlocale()[0] or "")
    # Windows says Korean_Korea, everybody else ko_KR.
    wanted = "ko" if first.lower().startswith("ko") else "en"
    return wanted if wanted in available else available[0]


def read(path: Path) -> dict:
    """A notebook as plain data. Raises Problem when it is not one."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Problem(f"{path} is not there") from None
    except UnicodeDecodeError:
        raise Problem(f"{path} is no notebook: it is not a text file. {RESTORE}") from None
    except json.JSONDecodeError as error:
        raise Problem(f"{path}, line {error.lineno}: no notebook ({error.msg}). {RESTORE}") from None
    cells = notebook.get("cells") if isinstance(notebook, dict) and notebook.get("nbformat") == 4 else None
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        raise Problem(f"{path} is no notebook of the current format (nbformat 4). {RESTORE}")
    return notebook


RESTORE = "In JupyterLab, File > Revert Notebook to Checkpoint brings back its last saved state."

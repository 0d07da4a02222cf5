"""Loads a chapter from `solutions/`: its cells with their lines, its solutions as functions, its bank of answers."""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from dlbasic.authoring import AuthoringError, Bank, Place, Reference, collect
from grader.errors import Problem

ROOT = Path(__file__).resolve().parents[2]
SOLUTIONS = ROOT / "solutions"
LANGUAGES = ("en", "ko")

BEGIN_SOLUTION, END_SOLUTION = "### BEGIN SOLUTION", "### END SOLUTION"
BEGIN_HIDDEN, END_HIDDEN = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"


@dataclass(frozen=True)
class Cell:
    """One cell of the text. `line` is that of its first line below the `# %%` marker.

    role : "prose", "code", "exercise" or "test"
    name : the exercise, for the last two
    shows : a code cell that no score needs, marked `show="only"`: grading does not run it
    """

    role: str
    source: str
    place: Place
    language: str | None = None
    name: str = ""
    points: float = 0.0
    shows: bool = False


@dataclass
class Chapter:
    """A chapter as its author wrote it."""

    name: str
    folder: Path
    cells: list[Cell]
    functions: dict[str, Callable]
    bank: Bank
    claims: list = field(default_factory=list)

    @property
    def exercises(self) -> list[str]:
        return [cell.name for cell in self.cells if cell.role == "exercise"]

    def cell(self, role: str, name: str) -> Cell:
        return next(cell for cell in self.cells if cell.role == role and cell.name == name)


def chapter_names() -> list[str]:
    """The chapters there are, in reading order."""
    return sorted(path.parent.name for path in SOLUTIONS.glob("*/notebook.py"))


@lru_cache(maxsize=8)
def load_chapter(name: str) -> Chapter:
    """Read a chapter. Raises Problem when there is none of this name, AuthoringError for a bad piece of it."""
    folder = SOLUTIONS / name
    if not (folder / "notebook.py").is_file():
        raise Problem(f"there is no chapter {name!r}", "solutions/", f"choose from: {', '.join(chapter_names())}")
    return load_folder(folder)


def load_folder(folder: Path) -> Chapter:
    """Read the chapter in `folder`, wherever that is."""
    cells = read_cells(folder / "notebook.py")
    functions = _solutions(cells)
    bank = Bank()
    modules = {}
    for part in ("probes", "mistakes", "equivalents", "claims"):
        path = folder / f"{part}.py"
        if path.is_file():
            modules[part] = _run(path, f"{folder.name}_{part}", bank, functions)
    claims = list(getattr(modules.get("claims"), "CLAIMS", []))
    if claims and "slips" in functions:
        shared = Bank()
        _run(SOLUTIONS / "slips.py", f"{folder.name}_slips", shared, functions)
        bank.fill_up(shared)
    return Chapter(folder.name, folder, cells, functions, bank, claims)


_MARKER = re.compile(r'# %%(?P<markdown> \[markdown\])?(?P<options>(?: \w+=(?:"[^"]*"|[\d.]+))*)\s*')
_OPTION = re.compile(r'(\w+)=(?:"([^"]*)"|([\d.]+))')
_KNOWN_OPTIONS = {"exercise", "test", "points", "lang", "show"}


def read_cells(path: Path) -> list[Cell]:
    """The cells of a py:percent text, each with its place in the file.

    Reads what chapters use of the format, and that as jupytext does (the tests compare the two): importing jupytext
    takes two seconds, which every graded submission would pay.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith("# %%")]
    ends = [*starts[1:], len(lines)]
    return [
        _cell(lines[start], lines[start + 1 : end], Place(_relative(path), start + 2))
        for start, end in zip(starts, ends, strict=True)
    ]


def _cell(marker: str, lines: list[str], place: Place) -> Cell:
    form = _MARKER.fullmatch(marker)
    if form is None:
        raise AuthoringError(f"{place.file}:{place.line - 1}: not a cell marker: {marker}")
    options = {name: word or number for name, word, number in _OPTION.findall(form["options"])}
    unknown = set(options) - _KNOWN_OPTIONS
    if unknown:
        known = "exercise, test, points, lang and show"
        raise AuthoringError(f"{place}: unknown marker {sorted(unknown)}; known are {known}")
    if form["markdown"]:
        if options.get("lang") not in LANGUAGES:
            raise AuthoringError(f'{place}: prose needs lang="en" or lang="ko" in its `# %% [markdown]` line')
        return Cell("prose", _uncommented(lines, place), place, language=options["lang"])
    source = "\n".join(lines).strip("\n")
    if "show" in options:
        if options != {"show": "only"}:
            raise AuthoringError(f'{place}: a cell that only shows something is marked `# %% show="only"`, no more')
        return Cell("code", source, place, shows=True)
    if "exercise" in options:
        return Cell("exercise", source, place, name=options["exercise"])
    if "test" in options:
        points = float(options.get("points") or 0)
        if points <= 0:
            raise AuthoringError(f"{place}: the test of {options['test']!r} needs points=… greater than 0")
        return Cell("test", source, place, name=options["test"], points=points)
    return Cell("code", source, place)


def _uncommented(lines: list[str], place: Place) -> str:
    for number, line in enumerate(lines):
        if line.strip() and not line.startswith("#"):
            raise AuthoringError(f"{place.file}:{place.line + number}: a line of prose must start with `# `")
    return "\n".join(line.removeprefix("#").removeprefix(" ") for line in lines).strip("\n")


def _relative(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def _solutions(cells: list[Cell]) -> dict[str, Callable]:
    """The exercises' functions: their cells run in one namespace with the chapter's imports, and nothing else of it."""
    namespace: dict = {"__name__": "reference"}
    names = []
    for cell in cells:
        if cell.role == "code":
            _execute(_imports(cell), cell.place, namespace)
        elif cell.role == "exercise":
            _execute(_parse(cell), cell.place, namespace)
            if not callable(namespace.get(cell.name)):
                raise AuthoringError(f"{cell.place}: this cell must define the function {cell.name!r}")
            names.append(cell.name)
    return {name: namespace[name] for name in names}


def _parse(cell: Cell) -> ast.Module:
    try:
        return ast.parse(cell.source)
    except SyntaxError as error:
        raise AuthoringError(f"{cell.place.file}:{cell.place.line + (error.lineno or 1) - 1}: {error.msg}") from None


def _imports(cell: Cell) -> ast.Module:
    """The cell's import statements, less those of the course's own helpers and of what only draws."""
    if cell.source.lstrip().startswith(("%", "!")):
        return ast.Module([], [])
    wanted = [
        node
        for node in _parse(cell).body
        if isinstance(node, ast.Import) and not any(alias.name.startswith("matplotlib") for alias in node.names)
    ]
    return ast.Module(wanted, [])


def _execute(tree: ast.Module, place: Place, namespace: dict) -> None:
    ast.increment_lineno(tree, place.line - 1)
    try:
        exec(compile(tree, str(ROOT / place.file), "exec"), namespace)
    except Exception as error:
        raise AuthoringError(f"{place}: {type(error).__name__}: {error}") from error


def _run(path: Path, name: str, bank: Bank, functions: dict[str, Callable]):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    # dataclasses look their module up by name while it is being run.
    sys.modules[name] = module
    with collect(bank):
        try:
            spec.loader.exec_module(module)
        except AuthoringError:
            raise
        except SyntaxError as error:
            raise AuthoringError(f"{_relative(path)}:{error.lineno}: {error.msg}") from None
        except Exception as error:
            line = _line_in(path, error)
            raise AuthoringError(f"{_relative(path)}:{line}: {type(error).__name__}: {error}") from error
    if isinstance(getattr(module, "reference", None), Reference):
        module.reference = Reference(functions)
    return module


def _line_in(path: Path, error: BaseException) -> int:
    line, traceback = 1, error.__traceback__
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == str(path):
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line

"""Questions about a cell's Python text, answered by its syntax tree. Nothing here runs anything."""

from __future__ import annotations

import ast
import re
import warnings
from functools import lru_cache

MAGIC = re.compile(r"^\s*(%|!|\?|.*\?\s*$)")


@lru_cache(maxsize=256)  # trees are large: more of them would be a worker's whole memory
def parse(source: str) -> ast.Module | None:
    """The syntax tree, IPython's magics and `!` lines taken for `pass`; None where the text is no Python.

    Unlike IPython, an indented first line is an error: that is how the second half of a split cell is told.
    """
    for text in (source, _without_magics(source)):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return None


def _without_magics(source: str) -> str:
    if source.lstrip().startswith("%%"):
        return "pass"
    return "\n".join(
        re.match(r"\s*", line).group() + "pass" if MAGIC.match(line) else line for line in source.split("\n")
    )


@lru_cache(maxsize=4096)
def defined(source: str) -> frozenset[str]:
    """Names bound at the top level by `def`, `class` or assignment; empty where the text is no Python."""
    tree = parse(source)
    return frozenset().union(*(_names(node) for node in tree.body)) if tree else frozenset()


@lru_cache(maxsize=4096)
def bound(source: str) -> frozenset[str]:
    """Names bound anywhere in the text, imports included: what later cells may rely on."""
    tree = parse(source)
    names = set(defined(source))
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
    return frozenset(names)


@lru_cache(maxsize=4096)
def used(source: str) -> frozenset[str]:
    """Names read anywhere in the text."""
    tree = parse(source)
    found = ast.walk(tree) if tree else ()
    return frozenset(node.id for node in found if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load))


def cut_before(source: str, names: frozenset[str]) -> tuple[str, str] | None:
    """Split the text in two before the first statement that defines one of `names`, with its comments and decorators.

    None where that is not possible: the text is no Python, or that statement comes first.
    """
    tree = parse(source)
    lines = source.split("\n")
    for node in tree.body if tree else ():
        if not _names(node) & names:
            continue
        decorators = getattr(node, "decorator_list", [])
        first = min([node.lineno, *(decorator.lineno for decorator in decorators)]) - 1
        while first and re.match(r"#|\s*$", lines[first - 1]):
            first -= 1
        head, tail = "\n".join(lines[:first]), "\n".join(lines[first:])
        return (head.rstrip("\n"), tail.lstrip("\n")) if head.strip() else None
    return None


def _names(node: ast.stmt) -> frozenset[str]:
    """What one top-level statement defines."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return frozenset({node.name})
    if isinstance(node, (ast.Assign, ast.AnnAssign)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return frozenset(n.id for target in targets for n in ast.walk(target) if isinstance(n, ast.Name))
    return frozenset()

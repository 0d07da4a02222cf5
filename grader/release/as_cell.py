"""Writes an answer from the bank as a learner's cell: under the exercise's name, with whatever it leans on."""

from __future__ import annotations

import ast
import copy
import inspect
import sys
from functools import lru_cache
from types import ModuleType

from dlbasic.authoring import Answer
from grader.release.chapter import BEGIN_SOLUTION, END_SOLUTION, Chapter


def solution_cell(chapter: Chapter, exercise: str) -> str:
    """The reference solution as a learner would have typed it: the cell without its markers."""
    lines = chapter.cell("exercise", exercise).source.splitlines()
    return "\n".join(line for line in lines if line.strip() not in (BEGIN_SOLUTION, END_SOLUTION))


def answer_cell(chapter: Chapter, answer: Answer) -> str:
    """A mistake or an equivalent as one self-contained cell.

    Helpers of the author's file come along; `reference.f` becomes `right_f`, a copy of the chapter's own solution.
    """
    definitions, decorated = _parts(sys.modules[answer.function.__module__])
    function = copy.deepcopy(decorated[answer.function.__code__.co_firstlineno])
    function.decorator_list, function.name = [], answer.exercise
    parts: list[str] = []
    _collect(function, definitions, parts, set())
    borrowed: list[str] = []
    body = [_rename_reference(ast.parse(part), borrowed) for part in [*parts, ast.unparse(function)]]
    copies = [_right(chapter, name) for name in dict.fromkeys(borrowed)]
    return "\n\n\n".join(ast.unparse(part) for part in [*copies, *body])


@lru_cache(maxsize=32)
def _parts(module: ModuleType) -> tuple[dict[str, ast.stmt], dict[int, ast.FunctionDef]]:
    """An author's file: its helpers by name, its decorated answers by their first line."""
    tree = ast.parse(inspect.getsource(module))
    functions = (node for node in tree.body if isinstance(node, ast.FunctionDef) and node.decorator_list)
    return _definitions(tree), {node.decorator_list[0].lineno: node for node in functions}


def _definitions(module: ast.Module) -> dict[str, ast.stmt]:
    """The module's helpers by name: plain functions, constants and imports; not the decorated answers."""
    found: dict[str, ast.stmt] = {}
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and not node.decorator_list:
            found[node.name] = node
        elif isinstance(node, ast.Assign):
            found |= {target.id: node for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            found |= {(alias.asname or alias.name).split(".")[0]: node for alias in node.names}
    return found


def _collect(node: ast.AST, definitions: dict[str, ast.stmt], parts: list[str], seen: set[str]) -> None:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name) and inner.id in definitions and inner.id not in seen and inner.id != "reference":
            seen.add(inner.id)
            _collect(definitions[inner.id], definitions, parts, seen)
            parts.append(ast.unparse(definitions[inner.id]))


class _Renamer(ast.NodeTransformer):
    def __init__(self, borrowed: list[str]) -> None:
        self.borrowed = borrowed

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.value, ast.Name) and node.value.id == "reference":
            self.borrowed.append(node.attr)
            return ast.Name(f"right_{node.attr}", node.ctx)
        return node


def _rename_reference(tree: ast.Module, borrowed: list[str]) -> ast.Module:
    return ast.fix_missing_locations(_Renamer(borrowed).visit(tree))


def _right(chapter: Chapter, name: str) -> ast.Module:
    tree = ast.parse(solution_cell(chapter, name))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            node.name = f"right_{name}"
    return tree

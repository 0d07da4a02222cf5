"""Which cells of a submission need not be run: those that only show something, unless another cell needs their names.

Whoever wrote the notebook has marked them. A learner may build on what such a cell defines all the same.
"""

from __future__ import annotations

import ast
import functools
import re
import symtable
from collections.abc import Callable

# Ways to a name that does not say it.
OPEN = frozenset({"__import__", "eval", "exec", "get_ipython", "globals", "locals", "vars"})

CHANGES = re.compile(r"[-+*/%@&|^<>]=")


def skippable(cells: dict[int, str], only_shows: Callable[[str], bool]) -> set[int]:
    """Of `cells`, sources by number, those that `only_shows` something and that no cell which is run builds on."""
    skipped = {number for number, source in cells.items() if only_shows(source)}
    wanted: set[str] = set()
    for number in cells.keys() - skipped:
        wanted |= uses(cells[number])
    while not wanted & OPEN:
        needed = {number for number in skipped if binds(cells[number]) & wanted}
        if not needed:
            return skipped
        skipped -= needed
        wanted = set().union(wanted, *(uses(cells[number]) for number in needed))
    return set()


@functools.lru_cache(maxsize=4096)
def binds(source: str) -> frozenset[str]:
    """The global names that a cell gives a value to."""
    return _names(source)[0]


@functools.lru_cache(maxsize=4096)
def uses(source: str) -> frozenset[str]:
    """The global names that a cell takes from others, in its functions as well; any word where it is no plain Python.

    A name that it has given a value itself, further up, is its own. A loop is taken to run.
    """
    return _names(source)[1]


def _names(source: str) -> tuple[frozenset[str], frozenset[str]]:
    try:
        table = symtable.symtable(source, "cell", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        words = frozenset(re.findall(r"\w+", source))
        return words, words
    symbols = table.get_symbols()
    bound = {symbol.get_name() for symbol in symbols if symbol.is_assigned() or symbol.is_imported()}
    own = {symbol.get_name() for symbol in symbols if symbol.is_namespace()}  # functions and classes
    taken = {symbol.get_name() for symbol in symbols if symbol.is_referenced()}
    later: set[str] = set()  # what functions take when they are called, by then with all that the cell has bound
    scopes = table.get_children()
    while scopes:
        scope = scopes.pop()
        for symbol in scope.get_symbols():
            if symbol.is_global() and symbol.is_assigned():
                bound.add(symbol.get_name())
            if symbol.is_global() and symbol.is_referenced():
                later.add(symbol.get_name())
        scopes += scope.get_children()
    # Only where a name is bound and taken does it matter which comes first; a table does not tell, nor of `x += 1`.
    if bound & taken or (later & bound) - own or CHANGES.search(source):
        own = set()
        taken = _taken(ast.parse(source).body, own)
    return frozenset(bound), frozenset(taken | (later - own))


def _taken(block: list[ast.stmt], own: set[str]) -> set[str]:
    """The names that these statements take, in order, less those that are `own` by then; adds to `own`."""
    taken: set[str] = set()
    for statement in block:
        if isinstance(statement, (ast.For, ast.AsyncFor, ast.With, ast.AsyncWith)):
            heads = [(item.context_expr, item.optional_vars) for item in getattr(statement, "items", ())]
            for given, target in heads or [(statement.iter, statement.target)]:
                taken |= _loads(given, target) - own
                own |= _stores(given, target)
            taken |= _taken(statement.body + getattr(statement, "orelse", []), own)
        elif isinstance(statement, (ast.If, ast.While, ast.Try)):
            taken |= _loads(getattr(statement, "test", None)) - own
            for name in ("body", "orelse", "finalbody"):
                taken |= _taken(getattr(statement, name, []), set(own))
            for handler in getattr(statement, "handlers", ()):
                taken |= (_loads(handler.type) - own) | _taken(handler.body, own | {handler.name or ""})
        elif isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            taken |= _loads(*statement.decorator_list, *statement.args.defaults, *statement.args.kw_defaults) - own
            own.add(statement.name)
        elif isinstance(statement, ast.ClassDef):
            taken |= (_loads(*statement.decorator_list, *statement.bases) - own) | _taken(statement.body, set(own))
            own.add(statement.name)
        else:
            taken |= _loads(statement) - own
            own |= _stores(statement)
    return taken


def _loads(*nodes: ast.AST | None) -> set[str]:
    """Names that are read, or changed in place; not those that a comprehension or a lambda makes for itself."""
    parts = [part for node in nodes if node is not None for part in ast.walk(node)]
    found = {part.id for part in parts if isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Store)}
    found |= {part.target.id for part in parts if isinstance(part, ast.AugAssign) and isinstance(part.target, ast.Name)}
    inner = {name for part in parts if isinstance(part, ast.comprehension) for name in _stores(part.target)}
    return found - inner - {part.arg for part in parts if isinstance(part, ast.arg)}


def _stores(*nodes: ast.AST | None) -> set[str]:
    parts = [part for node in nodes if node is not None for part in ast.walk(node)]
    found = {part.id for part in parts if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}
    return found | {(part.asname or part.name).split(".")[0] for part in parts if isinstance(part, ast.alias)}

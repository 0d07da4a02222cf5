"""A learner's exceptions and warnings as the judge meets them: of their kind, and raised from her own line."""

from __future__ import annotations

import builtins
import linecache
import sys
import types
from typing import Any


class Raising:
    """Makes exceptions from what the learner's side tells of them. `sources`: her cells, by number."""

    def __init__(self, sources: dict[int, str]) -> None:
        self._sources = sources
        self._made: dict[tuple, type[BaseException]] = {}

    def code(self, cell: int, line: int, name: str) -> types.CodeType:
        """Code that raises from the learner's own line, so that every traceback shows it."""
        source = self._sources.get(cell, "")
        known = 0 < line <= source.count("\n") + 1
        file = f"<cell {cell + 1} of the submission>" if known else "<the submission>"
        if known:
            linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
        code = compile("\n" * (line - 1 if known else 0) + "raise __error__", file, "exec")
        return code.replace(co_name=name, co_qualname=name)

    def exception(self, kinds: list) -> type[BaseException]:
        """The class of an exception by the names of its bases: a builtin or loaded one, or one made on such a base."""
        (name, module), *_ = kinds
        known = _known_exception(name, module)
        if known is not None:
            return known
        base = next((found for one, where in kinds if (found := _known_exception(one, where))), Exception)
        key = (base, name)
        if key not in self._made:
            self._made[key] = type(str(name), (base,), {})
        return self._made[key]

    def warning(self, kinds: list) -> type[Warning]:
        found = self.exception(kinds)
        return found if issubclass(found, Warning) else UserWarning


def _known_exception(name: Any, module: Any) -> type[BaseException] | None:
    """A builtin exception, or one of a library that is loaded here. Only these: no code of the learner's choosing."""
    if module == "builtins":
        found = getattr(builtins, name, None) if type(name) is str else None
    elif type(module) is str and module.split(".")[0] in ("numpy", "scipy", "pandas"):
        found = getattr(sys.modules.get(module), str(name), None)
    else:
        return None
    fine = isinstance(found, type) and issubclass(found, (Exception, SystemExit))
    return found if fine else None

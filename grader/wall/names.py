"""The names that a test finds: its own, what the instructor imports, builtins, and whatever the learner has defined."""

from __future__ import annotations

import builtins
import types
from typing import Any

from .standins import IsModule, Standins

# Names by which a module goes in every notebook; any other must be called what it is.
USUAL_NAMES = {"np": "numpy", "plt": "matplotlib.pyplot", "pd": "pandas", "sp": "scipy"}


class Names(dict):
    """The judge's global names. One that is missing is imported as the instructor does, or asked of the learner."""

    def begin(self, standins: Standins | None, imports: dict[str, str], stars: list[str], own: set[str]) -> None:
        self._standins, self._imports, self._stars, self._own = standins, imports, stars, own

    _standins: Standins | None = None
    _borrowed: frozenset[str] = frozenset()

    def __missing__(self, name: str) -> Any:
        if self._standins is None or (name.startswith("__") and name.endswith("__")):
            raise KeyError(name)
        if name in self._imports:
            exec(self._imports[name], self)
            return self[name]
        if hasattr(builtins, name) and name not in self._own:
            raise KeyError(name)
        if self._stars:
            for statement in self._stars:
                exec(statement, self)
            self._stars = []
            if name in self.keys():
                return self[name]
        value = self._of_the_learner(name)
        dict.__setitem__(self, name, value)
        self._borrowed |= {name}
        return value

    def __setitem__(self, name: str, value: Any) -> None:
        """A test that replaces or deletes a name of the learner's means hers: her other functions must see it."""
        super().__setitem__(name, value)
        if name in self._borrowed:
            self._standins.put(name, value)

    def __delitem__(self, name: str) -> None:
        super().__delitem__(name)
        if name in self._borrowed:
            self._standins.remove(name)

    def _of_the_learner(self, name: str) -> Any:
        try:
            return self._standins.get(name)
        except IsModule as found:
            (module,) = found.args
            if USUAL_NAMES.get(name, name) != module:
                raise KeyError(name) from None
        exec(f"import {module} as {name}", self)
        return self[name]

    def give_back(self) -> None:
        """Forget what came from the learner: the next cell may have defined it anew."""
        for name in self._borrowed:
            self.pop(name, None)
        self._borrowed = frozenset()


class Main(types.ModuleType):
    """`__main__` for the tests: its dictionary is `Names`, also for functions that a test defines."""

    def __init__(self, names: Names) -> None:
        super().__init__("__main__")
        object.__setattr__(self, "_names", names)
        names["__name__"] = "__main__"

    @property
    def __dict__(self) -> dict:
        return object.__getattribute__(self, "_names")

    def __getattr__(self, name: str) -> Any:
        try:
            return dict.__getitem__(object.__getattribute__(self, "_names"), name)
        except KeyError:
            raise AttributeError(name) from None

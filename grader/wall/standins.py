"""What the judge holds in place of a learner's functions, classes, iterators and objects; each use asks her process."""

from __future__ import annotations

import inspect
import random
import sys
import warnings
from collections.abc import Callable
from contextlib import contextmanager
from typing import Any

import numpy as np

from .peer import Answer, Peer
from .raising import Raising
from .wire import Broken, Ref, Refused

SPECIAL = ("__len__", "__getitem__", "__iter__", "__contains__")


class NotPlain(TypeError):
    """A learner's function gave back something that does not cross the wall; `not_plain` names it."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} cannot be graded: give back numbers, text, arrays or containers of these")
        self.not_plain = what


class IsModule(Exception):
    """A name means a module there; which one, is the exception's only argument."""


class Shown:
    """A parameter's default as text."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return self._text


class Standin:
    """Anything of the learner's; which one is told by its number on her side."""

    def __init__(self, side: Standins, number: int, facts: dict) -> None:
        self.__dict__.update(_side=side, _number=number, _facts=facts)

    def __copy__(self) -> Standin:
        return self

    def __deepcopy__(self, memo: dict) -> Standin:
        return self

    def __repr__(self) -> str:
        return f"<{self._facts['kind']} {self._facts['name']} of the submission>"


class Function(Standin):
    """A function or another callable."""

    def __init__(self, side: Standins, number: int, facts: dict) -> None:
        super().__init__(side, number, facts)
        own = {"__name__": facts["name"], "__qualname__": facts["name"], "__doc__": facts.get("doc")}
        # Frames that show a learner's line (see `_raise`) have these globals, as her function's own frames had.
        self.__dict__.update(own, __module__="__main__", __globals__={"__name__": "__main__"})
        if "parameters" in facts:
            self.__dict__["__signature__"] = _signature(facts["parameters"])

    def __call__(self, *args: Any, **kw: Any) -> Any:
        value, error = self._side.call(self, args, kw)
        if error:  # raised here, so that a traceback goes from the test to the learner's line with one step between
            exec(error, self.__globals__)
        return value

    def reaches(self) -> frozenset[str] | None:
        """The global names that its code may reach; None when that cannot be told."""
        names = self._side.peer.request("reach", self._number).value
        return None if names is None else frozenset(names)

    @contextmanager
    def lending(self, functions: dict[str, Callable]):
        """These functions in the place of the learner's own globals of the same names, while the block runs."""
        peer = self._side.peer
        peer.request("lend", functions)
        try:
            yield
        finally:
            peer.request("unlend")
            self._side.forget_lent(functions.values())


class Class(Function):
    """A class of the learner's: calling it makes an object on her side."""


class Iterator(Standin):
    """A generator or another iterator: each step is made on the learner's side."""

    def __iter__(self) -> Iterator:
        return self

    def __next__(self) -> Any:
        return self._side.special(self, "__next__", ())


class Thing(Standin):
    """An object of a class of the learner's: attributes and methods, nothing that could be taken for a value."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return self._side.ask("attribute", self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._side.ask("set", self, name, value)


def _special(name: str) -> Callable:
    def method(self, *args: Any) -> Any:
        return self._side.special(self, name, args)

    return method


_METHODS = {name: _special(name) for name in SPECIAL}


class Standins:
    """Makes stand-ins, keeps them by number, and turns what a call did there into what it would have done here."""

    def __init__(self, peer: Peer, sources: dict[int, str]) -> None:
        self.peer, self.raising = peer, Raising(sources)
        self._made: dict[int, Any] = {}
        self._classes: dict[tuple, type] = {}
        self._given: dict[int, Any] = {}  # functions of ours that she may call, by number
        self._numbers: dict[int, int] = {}
        self._next = 0

    # References

    def refer(self, thing: Any) -> Ref | None:
        if isinstance(thing, Standin):
            return Ref("learner", thing._number, {})
        if isinstance(thing, type) and issubclass(thing, BaseException) and "number" in vars(thing):
            return Ref("learner", thing.number, {})  # an exception class of hers
        if path := _shared_path(thing):
            return Ref("judge", 0, path)
        if not callable(thing):
            return None
        number = self._numbers.get(id(thing))
        if number is None:
            self._next += 1
            number = self._numbers[id(thing)] = self._next
            self._given[number] = thing
        name = getattr(thing, "__name__", None) or getattr(thing, "name", None)
        return Ref("judge", number, {"name": name if isinstance(name, str) else type(thing).__name__})

    def resolve(self, ref: Ref) -> Any:
        if ref.side == "judge":
            return self.given(ref.number)
        if ref.side != "learner":
            raise Broken("a reference to nothing")
        if ref.number not in self._made:
            self._made[ref.number] = self._make(ref)
        return self._made[ref.number]

    def forget_lent(self, functions: Any) -> None:
        """Functions that were lent for a while may not be called afterwards."""
        for function in functions:
            number = self._numbers.pop(id(function), None)
            self._given.pop(number, None)

    def _make(self, ref: Ref) -> Any:
        facts = ref.facts
        kind, name = facts.get("kind"), facts.get("name")
        if type(name) is not str or kind not in ("function", "class", "exception", "iterator", "object"):
            raise Broken("a reference without facts")
        if kind == "exception":
            made = self.raising.exception([(name, "__main__"), *facts["bases"]])
            made.number = ref.number
            return made
        base = {"function": Function, "class": Class, "iterator": Iterator, "object": Thing}[kind]
        special = tuple(one for one in facts.get("special", ()) if one in SPECIAL)
        key = (base, name, special)
        if base in (Thing, Iterator) and key not in self._classes:
            # The class has the name of hers, which messages about an answer of the wrong kind tell.
            self._classes[key] = type(name, (base,), {one: _METHODS[one] for one in special})
        return self._classes.get(key, base)(self, ref.number, facts)

    # Requests

    def given(self, number: Any) -> Callable:
        """A function of ours that she may call."""
        if type(number) is not int or number not in self._given:
            raise Broken("a function that was not given, or no longer")
        return self._given[number]

    def get(self, name: str) -> Any:
        """The value of a global of the learner's, or its stand-in. Raises KeyError when there is none."""
        op, value, _ = self.peer.request("get", name)
        if op == "module":
            raise IsModule(str(value))
        if op == "refused":
            raise NotPlain(f"{name}: {value}")
        if op != "value":
            raise KeyError(name)
        return value

    def put(self, name: str, value: Any) -> None:
        """Give a global of the learner's another value."""
        self.peer.request("put", name, value)

    def remove(self, name: str) -> None:
        self.peer.request("remove", name)

    def call(self, function: Function, args: tuple, kw: dict) -> tuple[Any, Any]:
        err = np.geterr()
        try:
            answer = self.peer.request("call", function._number, args, kw or None, None if err == _USUAL else err)
        except Refused as reason:
            raise NotPlain(f"an argument, {reason},") from None
        return self._take(answer, function.__globals__, function.__name__)

    def ask(self, op: str, *facts: Any) -> Any:
        names: dict[str, Any] = {}
        value, error = self._take(self.peer.request(op, *facts), names, "attribute")
        if error:
            exec(error, names)
        return value

    def special(self, thing: Standin, name: str, args: tuple) -> Any:
        return self.ask("special", thing, name, args)

    def _take(self, answer: Answer, own_globals: dict, name: str) -> tuple[Any, Any]:
        """(value, None), or (None, code that raises when it is executed in `own_globals`)."""
        op, value, extras = answer
        if type(extras) is dict:
            self._repeat(extras)
        if op == "returned":
            return value, None
        if op == "stopped":
            raise StopIteration
        if op == "refused":
            raise NotPlain(str(value))
        if op != "raised" or type(value) is not tuple or len(value) != 4:
            raise Broken("no answer to a call")
        kind, said, cell, line = value
        error = self.raising.exception(kind)
        if issubclass(error, StopIteration):  # it would end a test's own loop, as if all of it had been tried
            error, said = RuntimeError, f"it raised StopIteration {said}"
        raised = error.__new__(error)
        raised.args = (str(said),)
        own_globals["__error__"] = raised
        return None, self.raising.code(cell, line, name)

    def _repeat(self, extras: dict) -> None:
        """What a call did besides: printing, warnings, the use of the global generators."""
        if printed := extras.get("printed"):
            sys.stdout.write(str(printed))
        for kind, said in extras.get("warned", ()):
            # At no particular line, so that the registry of no module hides the second of two.
            warnings.warn_explicit(str(said), self.raising.warning(kind), "submission", 1, registry={})
        if extras.get("rolled") is True:
            random.random(), np.random.random()  # the global generators have moved on, there as here


_USUAL = {"divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn"}


def _shared_path(thing: Any) -> dict | None:
    """Where a function of numpy's or the standard library's is found on both sides; such a one goes over by name."""
    if isinstance(thing, np.ufunc):
        return {"module": "numpy", "name": thing.__name__} if getattr(np, thing.__name__, None) is thing else None
    module, name = getattr(thing, "__module__", None), getattr(thing, "__qualname__", None)
    if module in ("builtins", "math", "cmath", "operator", "numpy", "numpy.linalg") and isinstance(name, str):
        found: Any = sys.modules.get(module)
        for part in name.split("."):
            found = getattr(found, part, None)
        if found is thing:
            return {"module": module, "name": name}
    return None


def _signature(parameters: Any) -> inspect.Signature | None:
    made = []
    for name, kind, default in parameters:
        shown = inspect.Parameter.empty if default is None else Shown(str(default))
        made.append(inspect.Parameter(name, list(inspect._ParameterKind)[kind], default=shown))
    return inspect.Signature(made)

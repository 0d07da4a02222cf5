"""The learner's side of the wall: runs her cells and answers calls of her functions. Nobody outside trusts it."""

from __future__ import annotations

import contextlib
import io
import os
import random
import socket
import sys
import tempfile
import time
import types
import warnings
from pathlib import Path
from typing import Any

import numpy as np

from .channel import Channel
from .facts import MESSAGE, exception_of, facts_of, kind_of
from .peer import Answer, Peer
from .reach import reach
from .shell import Shell, quiet_environment
from .wire import Ref, Refused

WARNINGS = 50  # of one call that are told to the test
PRINTED = 20_000  # characters that one call may print


def make_shell() -> Shell:
    return Shell.instance(user_module=types.ModuleType("__main__"))


def main(shell: Shell, fd: int, settings: dict) -> None:
    """Serve one judge until it is done. Runs in a fork of the warm process, inside the sandbox."""
    os.environ.update(settings["env"])
    shell.figures = settings["figures"]
    shell.recorder.most = settings["most_output"]
    raw = _catch_raw_output()
    quiet_environment(shell)
    if "" not in sys.path:
        sys.path.insert(0, "")  # as in a kernel: what lies beside the notebook can be imported
    Learner(Channel(socket.socket(fileno=fd)), shell, raw).loop()


def _catch_raw_output() -> int:
    """What bypasses sys.stdout (C code, a child process) goes to a file without a name, read after every cell."""
    raw, name = tempfile.mkstemp()
    os.unlink(name)
    for number in (1, 2):
        os.dup2(raw, number)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    return raw


class Learner(Peer):
    """Holds her objects by number; the judge asks for them by name first."""

    def __init__(self, channel: Channel, shell: Shell, raw: int) -> None:
        super().__init__(channel)
        self.shell, self._raw, self._read = shell, raw, 0
        self._things: dict[int, Any] = {}
        self._numbers: dict[int, int] = {}
        self._callbacks: dict[int, Callback] = {}
        self._lent: list[dict[str, Any]] = []
        self._cells: dict[str, int] = {}  # the file name that IPython gives a cell → the cell's number
        self._name_of = shell.compile.get_code_name
        shell.compile.get_code_name = self._named

    # Objects that stay here, and those of the judge's that are used here

    def refer(self, thing: Any) -> Ref | None:
        if type(thing) is Callback:
            return Ref("judge", thing.number, {})
        facts = facts_of(thing)
        if facts is None:
            return None
        number = self._numbers.get(id(thing))
        if number is None:
            number = self._numbers[id(thing)] = len(self._things)
            self._things[number] = thing
        return Ref("learner", number, facts)

    def resolve(self, ref: Ref) -> Any:
        if ref.side == "learner":
            return self._things[ref.number]
        if "module" in ref.facts:
            return _shared(ref.facts["module"], ref.facts["name"])
        if ref.number not in self._callbacks:
            self._callbacks[ref.number] = Callback(self, ref.number, ref.facts)
        return self._callbacks[ref.number]

    # Requests

    def serve(self, op: str, *facts: Any) -> Answer:
        return getattr(self, "_on_" + op)(*facts)

    def _on_run(self, source: str, number: int) -> Answer:
        self._running = number
        outputs, ok, count = self.shell.run(source)
        raw = self._raw_output()
        if raw:
            outputs.append({"output_type": "stream", "name": "stdout", "text": raw})
        return Answer("ran", (outputs, ok, count))

    def _named(self, raw: str, transformed: str, number: int) -> str:
        name = self._name_of(raw, transformed, number)
        self._cells[name] = self._running
        return name

    def _on_files(self, files: dict[str, bytes]) -> Answer:
        for name, content in files.items():
            target = Path(name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        return Answer("done")

    def _on_clock(self) -> Answer:
        return Answer("value", time.process_time())

    def _on_get(self, name: str) -> Answer:
        if name not in self.shell.user_ns:
            return Answer("missing")
        value = self.shell.user_ns[name]
        if isinstance(value, types.ModuleType):
            return Answer("module", str(value.__name__))
        return Answer("value", value)

    def _on_put(self, name: str, value: Any) -> Answer:
        self.shell.user_ns[name] = value
        return Answer("done")

    def _on_remove(self, name: str) -> Answer:
        self.shell.user_ns.pop(name, None)
        return Answer("done")

    def _on_call(self, number: int, args: tuple, kw: dict | None, err: dict | None) -> Answer:
        return self._watched(self._things[number], args, kw or {}, err)

    def _on_special(self, thing: Any, name: str, args: tuple) -> Answer:
        """A method of an object by its name, looked up on the class as Python does for `len(x)` or `x[0]`."""
        return self._watched(getattr(type(thing), name), (thing, *args), {}, None, stops=True)

    def _on_attribute(self, thing: Any, name: str) -> Answer:
        return self._watched(getattr, (thing, name), {}, None)

    def _on_set(self, thing: Any, name: str, value: Any) -> Answer:
        return self._watched(setattr, (thing, name, value), {}, None)

    def _on_reach(self, number: int) -> Answer:
        found = reach(self._things[number], self.shell.user_ns)
        return Answer("value", None if found is None else sorted(found))

    def _on_lend(self, names: dict[str, Any]) -> Answer:
        space = self.shell.user_ns
        lent = {name: thing for name, thing in names.items() if name in space}
        self._lent.append({name: space[name] for name in lent})
        space.update(lent)
        return Answer("done")

    def _on_unlend(self) -> Answer:
        self.shell.user_ns.update(self._lent.pop())
        return Answer("done")

    def _watched(self, function: Any, args: tuple, kw: dict, err: dict | None, stops: bool = False) -> Answer:
        """Call her function and tell what it returned or raised, printed and warned of."""
        printed = io.StringIO()
        before, dice = _figures(), _dice(args)
        try:
            with warnings.catch_warnings(record=True) as caught, contextlib.redirect_stdout(printed):
                warnings.simplefilter("always")
                with np.errstate(**err) if err else contextlib.nullcontext():
                    answer = Answer("returned", function(*args, **kw))
        except BaseException as error:
            ends = stops and isinstance(error, StopIteration)
            answer = Answer("stopped") if ends else Answer("raised", self._raised(error))
        extras: dict[str, Any] = {}
        if dice is not None and dice != _dice(args):
            extras["rolled"] = True
        if text := printed.getvalue()[:PRINTED]:
            extras["printed"] = text
        if caught:
            extras["warned"] = [(kind_of(w.category), str(w.message)[:MESSAGE]) for w in caught[:WARNINGS]]
        _close_figures(before)
        return answer._replace(extras=extras) if extras else answer

    def _raised(self, error: BaseException) -> tuple:
        """(kind, words, cell, line): the exception, with the last of her own lines that it passed through."""
        cell = line = 0
        traceback = error.__traceback__
        while traceback is not None:
            frame = traceback.tb_frame
            if frame.f_code.co_filename in self._cells:
                cell, line = self._cells[frame.f_code.co_filename], traceback.tb_lineno
            traceback = traceback.tb_next
        try:
            said = str(error)[:MESSAGE]
        except Exception:
            said = ""
        return kind_of(type(error)), said, cell, line

    def _raw_output(self) -> str:
        size = os.fstat(self._raw).st_size
        if size <= self._read:
            return ""
        data = os.pread(self._raw, min(size - self._read, self.shell.recorder.most), self._read)
        self._read = size
        return data.decode("utf-8", "replace")


class Callback:
    """A function of the judge's that was given to hers: calling it asks the judge."""

    def __init__(self, learner: Learner, number: int, facts: dict) -> None:
        self._learner, self.number = learner, number
        self.__name__ = str(facts.get("name", "given"))
        self.__qualname__ = self.__name__
        self.__doc__ = facts.get("doc")

    def __call__(self, *args: Any, **kw: Any) -> Any:
        answer = self._learner.request("call", self.number, args, kw or None)
        if answer.op == "returned":
            return answer.value
        if answer.op == "refused":
            raise Refused(answer.value)
        raise exception_of(*answer.value)

    def __repr__(self) -> str:
        return f"<function {self.__name__}>"

    def __deepcopy__(self, memo: dict) -> Callback:
        return self


def _shared(module: str, name: str) -> Any:
    found: Any = sys.modules[module]
    for part in name.split("."):
        found = getattr(found, part)
    return found


def _dice(args: tuple) -> tuple | None:
    """The state of the global generators, for a call that was given one of its own: using those shows."""
    if not any(type(one) is np.random.Generator for one in args):
        return None
    state = np.random.get_state()
    return random.getstate(), state[1].tobytes(), state[2:]


def _figures() -> set[int]:
    pyplot = sys.modules.get("matplotlib.pyplot")
    return set(pyplot.get_fignums()) if pyplot else set()


def _close_figures(before: set[int]) -> None:
    pyplot = sys.modules.get("matplotlib.pyplot")
    for number in (set(pyplot.get_fignums()) - before) if pyplot else ():
        pyplot.close(number)

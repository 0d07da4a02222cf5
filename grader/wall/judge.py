"""The judge's side of the wall: goes through a notebook, has the learner's cells run there and runs the tests here.

What a test names and does not define itself comes from the learner's process, as a plain copy or a stand-in. Imports
that the instructor's own notebook makes are made here, so that no test takes its tools from a submission.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import time
from contextlib import suppress
from typing import Any

from .channel import Channel
from .facts import MESSAGE, kind_of
from .names import Main, Names
from .peer import Answer, Gone, Peer
from .shell import Shell, quiet_environment
from .standins import Standins
from .wire import Broken

MARGIN = 4  # what the form of a notebook's outputs may take besides their text


class TimeUp(BaseException):
    """A test cell has had its time."""


def make_shell() -> Shell:
    names = Names()
    return Shell.instance(user_module=Main(names), user_ns=names)


def main(shell: Shell, fd: int, settings: dict) -> None:
    """Go through one notebook. Runs in a fork of the warm process."""
    os.environ.update(settings["env"])
    shell.figures = settings["figures"]
    shell.recorder.most = settings["most_output"]
    quiet_environment(shell)
    sys.path += settings["trusted_paths"]  # and not the folder it works in, where a submission's files lie
    os.chdir(settings["folder"])
    control = socket.socket(fileno=fd)
    Judge(control, shell, settings).go(json.loads(Channel(control).receive(None)))


class Link(Peer):
    """The judge's end of the wall."""

    standins: Standins

    def refer(self, thing: Any):
        return self.standins.refer(thing)

    def resolve(self, ref):
        return self.standins.resolve(ref)

    def serve(self, op: str, *facts: Any) -> Answer:
        """The learner calls a function that was given to hers."""
        if op != "call" or len(facts) != 3 or type(facts[1]) is not tuple or type(facts[2]) not in (dict, type(None)):
            raise Broken("a request that the judge does not serve")
        number, args, kw = facts
        function = self.standins.given(number)
        try:
            return Answer("returned", function(*args, **(kw or {})))
        except Exception as error:
            return Answer("raised", (kind_of(type(error)), str(error)[:MESSAGE]))


class Judge:
    """One submission: which cell runs where, and what happens when the learner's process is lost."""

    def __init__(self, control: socket.socket, shell: Shell, settings: dict) -> None:
        self.control, self.shell, self.settings = control, shell, settings
        self.channel = Channel(control)
        self.link: Link | None = None
        self.pidfd = -1
        self.starts = 0
        self.dropped: set[int] = set()

    def go(self, plan: dict) -> None:
        self.files = {name: bytes.fromhex(content) for name, content in plan["files"].items()}
        self.cells = {cell["number"]: cell for cell in plan["cells"]}
        self.sources = {number: cell["source"] for number, cell in self.cells.items()}
        self.imports, self.stars, self.own = plan["imports"], plan["stars"], set(plan["own"])
        self.done: list[int] = []
        signal.signal(signal.SIGALRM, _time_is_up)
        self.start()
        for number, cell in self.cells.items():
            if cell["where"] in ("there", "both"):
                self.there(number)
            if cell["where"] in ("here", "both"):
                self.here(number)
        self.tell(done=True, seconds={"judge": time.process_time(), "learner": self._seconds()})

    def tell(self, **facts: Any) -> None:
        self.channel.send(json.dumps(facts).encode())

    # The learner's process

    def start(self) -> None:
        """Have a fresh learner's process made and the cells that came before run in it, but for the guilty ones."""
        while True:
            self._new_process()
            try:
                self._request("files", self.files)
            except Gone as gone:  # nothing of the submission's has run: the fault lies outside
                self.tell(lost=gone.why)
                raise SystemExit from None
            try:
                for number in self.done:
                    if number not in self.dropped:
                        self.running = number
                        self._run(number)
                return
            except Gone as gone:
                self._blame(self.running, gone)

    def _new_process(self) -> None:
        if self.starts > self.settings["restarts"]:
            raise SystemExit  # told by `_blame` before
        self.starts += 1
        self.running = -1
        self._end_process()
        self.tell(need="learner")
        _, fds, _, _ = socket.recv_fds(self.control, 4096, 2)
        if len(fds) < 2:
            raise SystemExit
        self.link, self.pidfd = Link(Channel(socket.socket(fileno=fds[0]))), fds[1]
        self.link.standins = Standins(self.link, self.sources)
        self.shell.user_ns.give_back()
        self.shell.user_ns.begin(self.link.standins, self.imports, self.stars, self.own)

    def _end_process(self) -> None:
        if self.link is not None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)
            os.close(self.pidfd)
            self.link.channel.close()
            self.link = None

    def _blame(self, number: int, gone: Gone) -> None:
        """A cell that the process died of is not run again."""
        self.dropped.add(number)
        last = self.starts > self.settings["restarts"]
        self.tell(incident=gone.why, cell=number, last=last)

    def _request(self, op: str, *facts: Any) -> Answer:
        self.link.deadline = time.monotonic() + self.settings["timeout"]
        return self.link.request(op, *facts)

    def _run(self, number: int) -> Answer:
        return self._request("run", self.sources[number], number)

    def _seconds(self) -> float:
        """CPU seconds of the learner's process, for who measures."""
        try:
            return float(self._request("clock").value)
        except (Gone, TypeError, ValueError):
            return 0.0

    def there(self, number: int) -> None:
        """Run a cell in the learner's process."""
        self.running = number
        try:
            answer = self._run(number)
        except Gone as gone:
            self._blame(number, gone)
            self.start()
            return
        self.done.append(number)
        try:
            outputs, _, count = answer.value
            outputs = _outputs(outputs)
            # Her side keeps to the limit by itself, unless it has been tampered with.
            if len(json.dumps(outputs, ensure_ascii=False)) > MARGIN * self.settings["most_output"] + 100_000:
                outputs = []
            self.tell(cell=number, outputs=outputs, count=int(count))
        except (KeyError, TypeError, ValueError, RecursionError):
            self.tell(cell=number, outputs=[], count=0)

    def here(self, number: int) -> None:
        """Run a test. One that the learner's process dies of fails; a fresh process serves the next."""
        timeout = self.settings["timeout"]
        self.link.deadline = time.monotonic() + timeout
        signal.setitimer(signal.ITIMER_REAL, timeout + 0.5, 1.0)
        self.time_is_up = False
        try:
            outputs, ok, count = self.shell.run(self.sources[number])
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        self.shell.user_ns.give_back()
        self.tell(cell=number, outputs=outputs, count=count, test=True)
        if self.link.gone:
            self.tell(incident=self.link.gone.why, cell=number, last=False)
            self.start()


def _outputs(outputs: Any) -> list[dict]:
    """What a submission's process says that a cell has shown, if it is of the form that notebooks have."""
    kinds = {"stream": ("name", "text"), "error": ("ename", "evalue", "traceback")}
    kinds |= dict.fromkeys(("display_data", "execute_result"), ("data", "metadata"))
    return [one for one in outputs if all(key in one for key in kinds[one["output_type"]])]


def _time_is_up(number: int, frame: Any) -> None:
    raise TimeUp("the test took too long")



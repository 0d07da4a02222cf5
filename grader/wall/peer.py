"""One end of the wall: requests and answers over a channel, in both directions.

Either side may call what the other lent it; while it waits for an answer it serves the calls that come back.
"""

from __future__ import annotations

import threading
from typing import Any, NamedTuple

from .channel import Channel, Closed, TimedOut
from .wire import Broken, Ref, Refused, changed, pack, restore_all, snapshot, unpack

ANSWER = "="
DEEPEST = 40  # calls within calls across the wall


class Answer(NamedTuple):
    """op : "returned", "raised", "refused", …; extras : what else there is to tell, or None"""

    op: str
    value: Any = None
    extras: dict | None = None


class Gone(BaseException):
    """The other side died, fell silent or broke the protocol. No `Exception`: a test must not take it for an answer."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Peer:
    """Sends requests, tuples (op, number, facts…), and serves those that come in.

    refer, resolve : what becomes of an object that is no plain value, as in `wire.pack` and `wire.unpack`
    """

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self.deadline: float | None = None
        self.gone: Gone | None = None
        self._number = 0
        self._depth = 0
        self._lock = threading.RLock()  # one request at a time, whichever thread of the learner's it comes from

    def refer(self, thing: Any) -> Ref | None:
        raise NotImplementedError

    def resolve(self, ref: Ref) -> Any:
        raise NotImplementedError

    def serve(self, op: str, *facts: Any) -> Answer:
        """The answer to a request of the other side."""
        raise NotImplementedError

    def request(self, op: str, *facts: Any) -> Answer:
        """Send a request and wait for its answer. What it changed of the contents of `facts` is changed here too.

        Raises Refused for what may not cross, Gone when there will be no answer.
        """
        with self._lock:
            if self.gone:
                raise Gone(self.gone.why)
            if self._depth >= DEEPEST:
                raise Refused(f"calls nested more than {DEEPEST} deep across the wall")
            self._number += 1
            number = self._number
            data, objects = pack((op, number, *facts), refer=self.refer)
            self._depth += 1
            try:
                self.channel.send(data, self.deadline)
                return self._answer_to(number, objects)
            except Closed:
                raise self._lost("died") from None
            except TimedOut:
                raise self._lost("timeout") from None
            except Broken as error:
                raise self._lost(f"broken: {error}") from None
            except Exception:
                raise
            except BaseException:
                # Stopped in the middle of an exchange: what arrives next would be taken for another answer.
                self._lost("timeout")
                raise
            finally:
                self._depth -= 1

    def _answer_to(self, number: int, objects: list) -> Answer:
        while True:
            data = self.channel.receive(self.deadline)
            message, fresh = unpack(data, resolve=self.resolve, known=objects)
            _check(message)
            if message[0] != ANSWER:  # a call that comes back before the answer
                self.answer(message, fresh)
                continue
            if message[1] != number or len(message) != 6:
                raise Broken("an answer to nothing")
            restore_all(objects, message[2])
            return Answer(*message[3:])

    def answer(self, message: tuple, objects: list) -> None:
        """Serve one request and send the answer; the contents of its objects that were changed go with it."""
        _check(message)
        op, number, *facts = message
        before = snapshot(objects)
        reply = self.serve(op, *facts)
        try:
            contents = tuple(changed(objects, before).items())
            data, _ = pack((ANSWER, number, contents, *reply), refer=self.refer, known=objects)
        except Exception as error:
            # An object whose own methods fail when they are looked at is refused like any other that is not plain.
            why = str(error) if isinstance(error, Refused) else f"something that raises {type(error).__name__}"
            data, _ = pack((ANSWER, number, (), "refused", why, None), known=objects)
        self.channel.send(data, self.deadline)

    def loop(self) -> None:
        """Serve requests until the other side is gone."""
        while True:
            try:
                message, objects = unpack(self.channel.receive(None), resolve=self.resolve)
            except Closed:
                return
            self.answer(message, objects)

    def _lost(self, why: str) -> Gone:
        self.gone = Gone(why)
        return self.gone


def _check(message: Any) -> None:
    if type(message) is not tuple or len(message) < 2 or type(message[0]) is not str or type(message[1]) is not int:
        raise Broken("no message")

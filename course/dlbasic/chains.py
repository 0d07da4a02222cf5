"""How a case becomes calls: once, or as a chain of steps that hand a state on. What the state holds is never looked at.

A chain's case is `(w, *columns)`: a column for each further argument but the state, with one entry a step. `w` and
`state` come first and third, as in `w, state = step(w, g, state, lr, beta)`; the answer is the list of every step's w.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from dlbasic.observe import Outcome, observe
from dlbasic.values import Refused, describe, plain

PAIR = "(w, state)"


@dataclass(frozen=True)
class Calls:
    """What to do with a case's arguments.

    observe : runs a function on them
    first : the arguments of the first call, as the function's parameters name them
    locate : splits a path in the answer into the number of the call (0 when there is only one) and the path in its own
    """

    observe: Callable[[Callable, tuple], Outcome] = observe
    first: Callable[[tuple], tuple] = tuple
    locate: Callable[[str], tuple[int, str]] = lambda path: (0, path)


@dataclass(frozen=True)
class _Step:
    """One step's answer in good form; the state is whatever the learner made of it."""

    w: Any
    state: dict


def observe_chain(function: Callable, arguments: tuple) -> Outcome:
    """Every step of the chain, watched one by one: the list of all w; what any step changed; the first that fails.

    Each step is taken twice from the same w and state, and the second one counts: a memory outside of the state shows.
    """
    w, state, answers = arguments[0], {}, []
    changed: set[int] = set()
    warned: set[str] = set()
    for number, given in enumerate(_rows(arguments), 1):
        for _ in range(2):
            outcome = observe(function, (w, *given[:1], state, *given[1:]), read=_step)
            changed |= set(outcome.changed)
            warned |= set(outcome.warned)
            seen = {"changed": tuple(sorted(changed)), "warned": tuple(sorted(warned))}
            if outcome.error or outcome.refused or outcome.value is None:
                return replace(outcome, **seen)
            if not isinstance(outcome.value, _Step):
                return Outcome(malformed=_told(outcome.value), call=number, **seen)
        w, state = outcome.value.w, outcome.value.state
        answers.append(w)
    return Outcome(answers, **seen)


def _rows(arguments: tuple) -> Iterator[tuple]:
    return zip(*arguments[1:], strict=True)


def _step(returned: Any) -> Any:
    """What a step gave back: a _Step, or a plain value of any other form. Raises Refused as `plain` does."""
    if isinstance(returned, (tuple, list)) and len(returned) == 2 and isinstance(returned[1], dict):
        w = plain(returned[0])
        if w is not None and not isinstance(w, (str, dict, set)):
            return _Step(w, _copied(returned[1]))
    return plain(returned)


def _copied(state: dict) -> dict:
    """The state as the next step gets it. Raises Refused for one that a step cannot be repeated from."""
    try:
        return copy.deepcopy(state)
    except Exception as error:  # an open file, a generator that is half used up
        raise Refused(f"a state that cannot be copied ({error})") from None


def _told(value: Any) -> str:
    if isinstance(value, (tuple, list)) and 0 < len(value) <= 4:
        return f"({', '.join(map(describe, value))})"
    return describe(value)


def _first(arguments: tuple) -> tuple:
    given = next(_rows(arguments))
    return (arguments[0], *given[:1], {}, *given[1:])


def _locate(path: str) -> tuple[int, str]:
    found = re.match(r"\[(\d+)\]", path)
    return (int(found[1]) + 1, path[found.end() :]) if found else (0, path)


ONCE = Calls()
ADAPTERS = {"chain": Calls(observe_chain, _first, _locate)}

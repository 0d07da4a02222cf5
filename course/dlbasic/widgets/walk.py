"""A walk down a surface with a learner's own optimizer, one step at a time and no further than it is looked at."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

import numpy as np

from .hills import Hill
from .learner import Trouble, brief, named, quiet

MOST_STEPS = 200
FAR = 1e9  # from here on nothing comes back, and the numbers would only overflow
SECONDS = 0.4  # for one optimizer: slow functions walk less far rather than freeze the notebook


class Walk:
    """The points that `function` visits on `hill` from `start`, with `values` as its hyper-parameters.

    looks_ahead : the function takes the gradient itself (Nesterov), not its value
    stateful : the function takes and returns a state, {} at first
    """

    def __init__(
        self,
        name: str,
        function: Callable,
        values: Mapping[str, float],
        hill: Hill,
        start: np.ndarray,
        *,
        looks_ahead: bool = False,
        stateful: bool = True,
    ):
        self.name, self.function, self.values, self.hill = name, function, dict(values), hill
        self.looks_ahead, self.stateful = looks_ahead, stateful
        self.points = [np.array(start, dtype=float)]
        self.trouble: Trouble | None = None
        self.slow = False
        self._state, self._errors = {}, hill.errors(MOST_STEPS)
        self._left = SECONDS

    def to(self, steps: int) -> np.ndarray:
        """The path (at most steps + 1, 2): shorter when the function failed, diverged out of sight, or was slow."""
        if len(self.points) <= steps and not self._ended:
            began = time.perf_counter()
            try:
                with quiet():
                    while len(self.points) <= steps and not self._ended:
                        self._step()
                        self.slow = time.perf_counter() - began > self._left
            except Trouble as trouble:
                self.trouble = trouble
            self._left -= time.perf_counter() - began
        return np.array(self.points[: steps + 1])

    def fate(self, path: np.ndarray) -> str:
        """ "walking", "diverged", or "trouble" when the function gave no next point within this path."""
        if self.trouble and len(path) == len(self.points):
            return "trouble"
        first, last = self.hill.distance(path[[0, -1]])
        return "diverged" if last > 10.0 * (first + 1.0) else "walking"

    @property
    def _ended(self) -> bool:
        last = self.points[-1]
        return self.slow or self.trouble is not None or not (np.abs(last) < FAR).all()

    def _step(self) -> None:
        place, error = self.points[-1], self._errors[len(self.points) - 1]

        def gradient(p):
            return self.hill.slope(np.array(p, dtype=float)) + error

        # Copies: a function that changes its arguments must not change the picture of where it has been.
        arguments = [place.copy(), gradient if self.looks_ahead else gradient(place)]
        if self.stateful:
            arguments.append(self._state)
        with named(called(self.function, self.name)):
            result = self.function(*arguments, **self.values)
        if self.stateful:
            if not isinstance(result, tuple | list) or len(result) != 2:
                raise Trouble("odd", called(self.function, self.name), got=brief(result, 40), wanted="(w, state)")
            result, self._state = result
        try:
            following = np.array(result, dtype=float)
        except (TypeError, ValueError):
            following = None
        if following is None or following.shape != (2,):
            raise Trouble("odd", called(self.function, self.name), got=brief(result, 40), wanted="w (2,)")
        self.points.append(following)


def called(function: Callable, name: str) -> str:
    """What the learner calls the function."""
    own = getattr(function, "__name__", "")
    return own if own.isidentifier() else name

"""Training a small network with a learner's own functions, and what it looked like on the way."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from ..figures.regions import grid
from .clouds import cloud
from .learner import Trouble, brief, named, quiet

STEPS, EVERY, RATE, SEED = 400, 5, 0.2, 26
SECONDS = 1.0  # slow functions are stopped here: a shorter film is better than a frozen notebook


@dataclass
class Film:
    """Every EVERYth step of one training run: the parameters then, and what they guessed for each point."""

    x: np.ndarray
    labels: np.ndarray
    moments: list[list[tuple[np.ndarray, np.ndarray]]] = field(default_factory=list)
    guesses: list[np.ndarray] = field(default_factory=list)
    trouble: Trouble | None = None
    slow: bool = False

    @property
    def steps(self) -> np.ndarray:
        return EVERY * np.arange(max(1, len(self.moments)))

    @property
    def accuracy(self) -> np.ndarray:
        return np.mean(np.array(self.guesses) == self.labels, axis=1) if self.guesses else np.zeros(1)

    def finite(self, place: int) -> bool:
        return all(np.isfinite(array).all() for pair in self.moments[place] for array in pair)


@dataclass(frozen=True)
class Network:
    """The learner's own four functions; what they return is checked for its shape and otherwise taken as it is."""

    init_mlp: Callable
    mlp_forward: Callable
    mlp_backward: Callable
    cross_entropy_grad: Callable

    def film(self, data: str, hidden: int) -> Film:
        """Train 2-hidden-2 on the whole cloud `data` by small steps downhill."""
        film = Film(*cloud(data))
        try:
            with quiet():
                self._train(film, hidden)
        except Trouble as trouble:
            film.trouble = trouble
        return film

    def margin(self, params) -> np.ndarray:
        """Logit of class 1 minus logit of class 0 over the plane, as a square array. Raises Trouble."""
        points = grid()
        with quiet():
            logits, _ = self._forward(points, params)
        size = round(len(points) ** 0.5)
        return (logits[:, 1] - logits[:, 0]).reshape(size, size)

    def _train(self, film: Film, hidden: int) -> None:
        shapes = [(2, hidden), (hidden,), (hidden, 2), (2,)]
        with named("init_mlp"):
            start = self.init_mlp([2, hidden, 2], np.random.default_rng(SEED))
        arrays = _layers("init_mlp", start, shapes)
        params = [(arrays[0], arrays[1]), (arrays[2], arrays[3])]
        deadline = time.perf_counter() + SECONDS
        for step in range(STEPS + 1):
            logits, activations = self._forward(film.x, params)
            if step % EVERY == 0:
                film.moments.append([(w.copy(), b.copy()) for w, b in params])
                film.guesses.append(np.argmax(logits, axis=1))
                if time.perf_counter() > deadline and step < STEPS:
                    film.slow = True
                    return
            with named("cross_entropy_grad"):
                d_logits = self.cross_entropy_grad(logits, film.labels.copy())
            with named("mlp_backward"):
                slopes = self.mlp_backward(activations, params, d_logits)
            for parameter, slope in zip(arrays, _layers("mlp_backward", slopes, shapes), strict=True):
                parameter -= RATE * slope

    def _forward(self, x: np.ndarray, params) -> tuple[np.ndarray, object]:
        with named("mlp_forward"):
            result = self.mlp_forward(x.copy(), params)
        try:
            logits, activations = result
            logits = np.asarray(logits, dtype=float)
            fits = logits.shape == (len(x), 2)
        except (TypeError, ValueError):
            fits = False
        if not fits:
            wanted = f"(logits {(len(x), 2)}, activations)"
            raise Trouble("odd", "mlp_forward", got=_shape_of(result), wanted=wanted)
        return logits, activations


def _layers(name: str, value, shapes: list[tuple[int, ...]]) -> list[np.ndarray]:
    """[w, b, w, b] as arrays of their own, from a list of two pairs. Raises Trouble when their shapes differ."""
    try:
        arrays = [np.array(part, dtype=float) for pair in value for part in pair]
    except (TypeError, ValueError):
        arrays = []
    if [array.shape for array in arrays] != shapes:
        raise Trouble("odd", name, got=_shape_of(value), wanted=brief(shapes))
    return arrays


def _shape_of(value) -> str:
    """A list of shapes when there are any, else the value itself, in short."""
    if isinstance(value, np.ndarray):
        return f"shape {value.shape}"
    if isinstance(value, list | tuple):
        return brief("[" + ", ".join(_shape_of(part) for part in value) + "]", 80)
    return brief(value, 20)

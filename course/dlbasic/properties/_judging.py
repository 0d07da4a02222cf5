"""What properties share: a finding, how it leaves a judge, and the form of params and arrays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Finding:
    """What is wrong, in a sentence or two of each language; `mistake` is the id of a known mistake, if it is one.

    shown : whether these sentences stand before the mistake's own, for what only they can tell
    share : what part of the answer is right all the same, where that earns points
    """

    mistake: str | None
    en: str
    ko: str
    shown: bool = False
    share: float = 0.0


class Found(Exception):
    """Carries a finding out of a helper; never leaves this module."""


def judge_by(judge: Callable) -> Callable:
    def judged(fn: Callable, seed: int, **more) -> Finding | None:
        try:
            judge(fn, seed, **more)
        except Found as found:
            return found.args[0]
        return None

    judged.__name__, judged.__doc__ = judge.__name__, judge.__doc__
    return judged


def must(
    holds: Any, en: str, ko: str, mistake: str | None = None, shown: bool = False, share: float = 0.0
) -> None:
    if not holds:
        raise Found(Finding(mistake, en, ko, shown, share))


def array_of(value: Any, shape: tuple[int, ...], en: str, ko: str) -> np.ndarray:
    """`value` as a float array of this shape; a finding that calls it `en` or `ko` otherwise."""
    try:
        array = np.asarray(value)
    except ValueError:
        array = np.asarray(None)
    must(array.dtype.kind in "iuf", f"{en} should be an array of numbers.", f"수의 배열이 필요해요: {ko}.")
    must(
        array.shape == shape,
        f"{en} should have shape {shape} and has {array.shape}.",
        f"{ko}의 모양이 달라요. 필요한 모양: {shape}, 나온 모양: {array.shape}.",
    )
    return array.astype(float)


def is_sequence(value: Any) -> bool:
    return isinstance(value, (list, tuple)) or (isinstance(value, np.ndarray) and value.ndim > 0)


def shape_of(value: Any) -> tuple[int, ...] | None:
    try:
        return np.shape(value)
    except ValueError:  # rows of different lengths
        return None


def layers_of(value: Any, sizes: list[int]) -> list[tuple[np.ndarray, np.ndarray]]:
    """A learner's params for a net of these sizes, as float arrays."""
    pairs = is_sequence(value) and all(is_sequence(pair) and len(pair) == 2 for pair in value)
    must(pairs, "The parameters should be a list of pairs (w, b).", "파라미터는 (w, b) 쌍의 리스트여야 해요.")
    count = len(sizes) - 1
    must(
        len(value) == count,
        f"{len(sizes)} sizes make {count} layer(s); there are {len(value)}.",
        f"크기가 {len(sizes)}개이면 층은 {count}개여야 하는데 {len(value)}개가 있어요.",
        "last_layer_missing" if len(value) == count - 1 else None,
    )
    turned = [shape_of(w) == (sizes[i + 1], sizes[i]) != (sizes[i], sizes[i + 1]) for i, (w, _) in enumerate(value)]
    must(
        not all(turned),
        "Every w has its axes swapped: it should be (fan_in, fan_out).",
        "모든 w의 축이 바뀌었어요. (fan_in, fan_out)이어야 해요.",
        "weights_transposed",
    )
    return [
        (
            array_of(w, (fan_in, fan_out), f"w{number}", f"w{number}"),
            array_of(b, (fan_out,), f"b{number}", f"b{number}"),
        )
        # Counted from 1, as in the chapter's formulas: w1 is the first layer's.
        for number, ((w, b), fan_in, fan_out) in enumerate(zip(value, sizes[:-1], sizes[1:], strict=True), 1)
    ]


def same_layers(one: list, other: list, rtol: float = 0.0, atol: float = 0.0) -> bool:
    pairs = [(p, q) for a, b in zip(one, other, strict=True) for p, q in zip(a, b, strict=True)]
    return all(np.allclose(p, q, rtol=rtol, atol=atol) for p, q in pairs)

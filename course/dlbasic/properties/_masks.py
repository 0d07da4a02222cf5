"""One call of dropout: what it returned, in good form. Judges nothing that was drawn."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dlbasic.properties._judging import must, shape_of


def call(fn: Callable, x: np.ndarray, p: float, source, train: bool) -> tuple[np.ndarray, np.ndarray]:
    """(out, mask) in good form; `source` is a seed or a generator."""
    given = x.copy()
    rng = np.random.default_rng(source)
    returned = fn(given, p, rng, train)
    must(
        isinstance(returned, (tuple, list)) and len(returned) == 2,
        "Two things are asked for: (out, mask).",
        "두 가지를 돌려주세요: (out, mask).",
    )
    must(np.array_equal(given, x), "x has changed.", "x가 바뀌었어요.", "changes_x")
    out, mask = (np.asarray(part) if shape_of(part) is not None else np.asarray(None) for part in returned)
    swapped = out.dtype == bool and mask.dtype.kind == "f"
    must(not swapped, "The mask stands in first place.", "마스크가 첫째 자리에 있어요.", "mask_first")
    must(out.dtype.kind in "fiu", "out should be an array of numbers.", "out은 수의 배열이어야 해요.")
    must(
        out.shape == x.shape,
        f"out should have x's shape {x.shape} and has {out.shape}.",
        f"out의 모양은 x와 같은 {x.shape}이어야 해요. 지금 모양: {out.shape}.",
    )
    must(
        mask.shape == x.shape,
        f"The mask should have x's shape {x.shape} and has {mask.shape}.",
        f"마스크의 모양은 x와 같은 {x.shape}이어야 해요. 지금 모양: {mask.shape}.",
        "one_mask_for_the_batch" if mask.shape in (x.shape[1:], (1, *x.shape[1:])) else None,
    )
    if mask.dtype != bool:
        values = set(np.unique(mask).round(9).tolist()) if mask.dtype.kind in "fiu" else set()
        scale = round(1.0 / (1.0 - p), 9)
        known = "mask_of_numbers" if values <= {0.0, 1.0} else "mask_is_scaled" if values <= {0.0, scale} else None
        must(
            False,
            f"The mask should be of type bool, True and False; it is of type {mask.dtype}.",
            f"마스크의 자료형은 True와 False를 담는 bool이어야 해요. 지금 자료형: {mask.dtype}.",
            known,
        )
    return out.astype(float), mask

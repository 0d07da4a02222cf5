"""One run of a learner's training loop: what it returned, in good form. Judges nothing that it learned."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dlbasic.properties._judging import layers_of, must


def trial(fn: Callable, x, labels, params, sizes: list[int], **options) -> tuple[list, np.ndarray]:
    """One run of the learner's function: her parameters and losses, in good form."""
    rng = np.random.default_rng(options["seed"])
    returned = fn(x, labels, params, options["lr"], options["epochs"], options["batch_size"], rng)
    must(
        isinstance(returned, (tuple, list)) and len(returned) == 2,
        "Two things are asked for: (params, losses).",
        "두 가지를 돌려주세요: (params, losses).",
    )
    learned = layers_of(returned[0], sizes)
    try:
        losses = np.asarray(returned[1], dtype=float)
    except (TypeError, ValueError):
        losses = np.asarray(np.nan)
    epochs, batches = options["epochs"], -(-len(x) // options["batch_size"])
    per_batch = batches > 1 and losses.shape == (epochs * batches,)
    must(
        losses.shape == (epochs,),
        f"{epochs} epoch(s) should give {epochs} loss(es); the result has shape {losses.shape}.",
        f"에포크가 {epochs}번이면 손실도 {epochs}개여야 해요. 지금 결과의 모양: {losses.shape}.",
        "loss_per_batch" if epochs and per_batch else None,
    )
    return learned, losses

"""What judges of training use: the digits, read once a process, and a clock that is fair on a busy machine."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np


@lru_cache(maxsize=1)
def digits_once() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """`dlbasic.digits()`, read once. Not for a learner's function: what changes one of these spoils it for all."""
    from dlbasic import digits

    return digits()


def timed(run: Callable[[], Any], fn: Callable) -> tuple[Any, float]:
    """What `run` returns, which calls `fn` or is measured against it, and the seconds it took.

    On the clock or of computing, whichever is less: a busy machine makes the first too long, several threads of linear
    algebra the second, which may be too coarse to see a short run at all. A stand-in for a function of another process
    computes there, where nobody could be trusted to count: then the clock alone decides, for whatever is compared.
    """
    began = time.perf_counter(), time.process_time()
    result = run()
    wall, work = time.perf_counter() - began[0], time.process_time() - began[1]
    here = not hasattr(type(fn), "reaches")
    return result, min(wall, work) if here and work > 0.0 else max(wall, 1e-9)

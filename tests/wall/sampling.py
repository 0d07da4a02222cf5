"""Which of the attacks and of the corpus are played: all, or every n-th where DLBASIC_SAMPLE=n (as in `make test`)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

STEP = int(os.environ.get("DLBASIC_SAMPLE") or 1)
One = TypeVar("One")


def sample(every: Sequence[One]) -> list[One]:
    return list(every[::STEP])

"""The pictures and kernels that the figures on convolution share. They compute nothing."""

from __future__ import annotations

import numpy as np

from ..figures.words import Words

KERNELS = {
    "left": np.array([[-1.0, 0.0, 1.0]] * 3),
    "top": np.array([[-1.0, 0.0, 1.0]] * 3).T,
    "blur": np.full((3, 3), 1 / 9),
    "sharp": np.array([[0.0, -1.0, 0.0], [-1.0, 5.0, -1.0], [0.0, -1.0, 0.0]]),
    "corner": np.array([[2.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, -1.0]]),
    "copy": np.array([[0.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 0.0]]),
}

SAY = Words(
    {
        "kernel": {"en": "kernel", "ko": "커널"},
        "left": {"en": "right − left", "ko": "오른쪽 − 왼쪽"},
        "top": {"en": "below − above", "ko": "아래 − 위"},
        "blur": {"en": "blur", "ko": "흐리게"},
        "sharp": {"en": "sharpen", "ko": "또렷하게"},
        "corner": {"en": "corner", "ko": "모서리"},
        "copy": {"en": "copy", "ko": "그대로"},
        "digit": {"en": "digit", "ko": "숫자"},
    }
)


def named(names: list[str]) -> list[tuple[str, str]]:
    """Kernels to choose from, as a reader calls them."""
    return [(SAY(name), name) for name in names]


def pictures() -> np.ndarray:
    """One handwritten digit of each kind, in order (10, 8, 8), as whole numbers from 0 to 16."""
    from ..data import digits

    x, labels, *_ = digits()
    first = [int(np.flatnonzero(labels == digit)[0]) for digit in range(10)]
    return (16 * x[first]).reshape(10, 8, 8)

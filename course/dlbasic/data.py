"""The course's data: 8×8 handwritten digits that ship with it. Reads one local file, never the network."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

import numpy as np

from .session import language

# The package sits in course/dlbasic, both in the repository and in a learner's bundle; assets/ is next to course/.
# Where submissions are run, assets/ is next to the package itself.
_PLACES = [folder / "assets" / "digits" / "digits.npz" for folder in Path(__file__).resolve().parents[2:0:-1]]
DIGITS = next((path for path in _PLACES if path.exists()), _PLACES[0])
COUNT = 1797
DARKEST = 16


def digits() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """The handwritten digits as `(x_train, labels_train, x_test, labels_test)`.

    x is `(N, 64)` float64, each row an 8×8 image read line by line, 0 (paper) to 1 (ink); labels are `(N,)` int64,
    0 to 9. Every fifth of the 1,797 images (`index % 5 == 4`) is held out: 1,438 to train on, 359 to test on.
    Each call returns fresh arrays, so that changing one spoils nothing.

    The same 13 people wrote both parts, so the held-out accuracy says how well a model reads *their* other digits;
    on the writing of people it has never seen it will be lower.

    Raises FileNotFoundError or ValueError, with the path and what to do, when the file is missing or damaged.
    Source: UCI Optical Recognition of Handwritten Digits (Alpaydin & Kaynak, 1998), CC BY 4.0, as in scikit-learn.
    """
    images, labels = _read(DIGITS)
    x = images.reshape(COUNT, -1) / DARKEST
    labels = labels.astype(np.int64)
    held_out = np.arange(COUNT) % 5 == 4
    return x[~held_out], labels[~held_out], x[held_out], labels[held_out]


def _read(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """The images `(1797, 8, 8)` and labels `(1797,)` as stored; never unpickles what it finds."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            images, labels = stored["images"], stored["labels"]
    except FileNotFoundError:
        raise FileNotFoundError(_message(path, en="is missing", ko="없어요")) from None
    # TypeError: a bare .npy array has no names to look up and no `with`.
    except (OSError, EOFError, ValueError, TypeError, KeyError, zipfile.BadZipFile, zlib.error) as error:
        raise ValueError(_message(path, en="is damaged", ko="손상되었어요")) from error
    as_made = images.shape == (COUNT, 8, 8) and labels.shape == (COUNT,) and images.dtype == labels.dtype == np.uint8
    if not as_made or images.max() > DARKEST or labels.max() > 9:
        raise ValueError(_message(path, en="does not hold the 1,797 digits", ko="숫자 1,797개를 담고 있지 않아요"))
    return images, labels


def _message(path: Path, *, en: str, ko: str) -> str:
    if language() == "ko":
        return f"숫자 데이터 파일이 {ko}: {path}\n강의 묶음의 assets/digits/digits.npz를 그 자리에 다시 복사해 주세요."
    return f"The digits file {path} {en}. Copy assets/digits/digits.npz from the course bundle back to that place."

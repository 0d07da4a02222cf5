"""Writes digits.npz from scikit-learn's copy of the UCI digits; the same bytes on every run and every machine.

python assets/digits/make_digits.py [FILE]    (needs the `test` extra, which brings scikit-learn)
"""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import numpy as np

TARGET = Path(__file__).with_name("digits.npz")
# `np.savez_compressed` stamps its members with the time of day; the earliest date that zip knows never changes.
EPOCH = (1980, 1, 1, 0, 0, 0)


def arrays() -> dict[str, np.ndarray]:
    """`images` (1797, 8, 8) uint8, 0 (paper) to 16 (ink), and `labels` (1797,) uint8, 0 to 9, in the original order."""
    from sklearn.datasets import load_digits

    source = load_digits()
    return {"images": source.images.astype(np.uint8), "labels": source.target.astype(np.uint8)}


def write(target: Path) -> None:
    """Write the arrays to `target` in numpy's npz format, with fixed times, order and permissions."""
    with zipfile.ZipFile(target, "w") as archive:
        for name, array in arrays().items():
            member = io.BytesIO()
            np.save(member, np.ascontiguousarray(array), allow_pickle=False)
            info = zipfile.ZipInfo(f"{name}.npy", date_time=EPOCH)
            info.create_system, info.external_attr = 3, 0o644 << 16
            # Stored, not deflated: zlib's builds differ in the bytes they make, and the file is small (117 kB).
            info.compress_type = zipfile.ZIP_STORED
            archive.writestr(info, member.getvalue())


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET)

"""Larger data for the curious: MNIST and Fashion-MNIST, fetched once, checked against known checksums, then kept.

No exercise needs them; those use the digits that ship with the course (`dlbasic.digits`).
"""

from __future__ import annotations

import gzip
import os
from dataclasses import dataclass

import numpy as np
import pooch

from .session import language


@dataclass(frozen=True)
class Source:
    """Where one data set is kept and the md5 of its four files (those that torchvision publishes)."""

    name: str
    url: str
    train_images: str
    train_labels: str
    test_images: str
    test_labels: str

    def files(self) -> dict[str, str]:
        """File name ↦ md5, in the order train images, train labels, test images, test labels."""
        return {
            "train-images-idx3-ubyte.gz": self.train_images,
            "train-labels-idx1-ubyte.gz": self.train_labels,
            "t10k-images-idx3-ubyte.gz": self.test_images,
            "t10k-labels-idx1-ubyte.gz": self.test_labels,
        }


MNIST = Source(
    "mnist",
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "f68b3c2dcbeaaa9fbdd348bbdeb94873",
    "d53e105ee54ea40749a09fcbcd1e9432",
    "9fb629c4189551a2d022fa330f9573f3",
    "ec29112dd5afa0611ce80d1b7f02629c",
)
FASHION_MNIST = Source(
    "fashion-mnist",
    "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
    "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
    "25c81989df183df01b3e8a0aad5dffbe",
    "bef4ecab320f06d8554ea6380940ec79",
    "bb300cfdad3c16e7a12a480ee83cd310",
)


def mnist() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """MNIST as `(x_train, labels_train, x_test, labels_test)`: 60,000 and 10,000 handwritten digits.

    x is `(N, 28, 28)` float32, 0 (paper) to 1 (ink); labels are `(N,)` int64. The first call downloads 11 MB.
    Raises OSError, saying what to do, when the files are not here and cannot be fetched or arrive damaged.
    Source: LeCun, Cortes & Burges, the MNIST database (1998).
    """
    return load(MNIST)


def fashion_mnist() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Fashion-MNIST, ten kinds of clothes, in the shapes of `mnist()`; the first call downloads 30 MB.

    Raises OSError as `mnist()` does. Source: Xiao, Rasul & Vollgraf (2017), arXiv 1708.07747, MIT licence.
    """
    return load(FASHION_MNIST)


def load(source: Source) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Fetch what is not yet in the user's cache (`DLBASIC_DATA` names another folder) and read the four files."""
    folder = pooch.os_cache("dlbasic") if "DLBASIC_DATA" not in os.environ else os.environ["DLBASIC_DATA"]
    registry = {name: f"md5:{digest}" for name, digest in source.files().items()}
    store = pooch.create(os.path.join(folder, source.name), source.url, registry=registry, retry_if_failed=1)
    try:
        paths = [store.fetch(name) for name in registry]
    except (OSError, ValueError) as error:  # requests' errors are OSErrors; a wrong checksum is a ValueError
        raise OSError(_message(source, store.abspath, error)) from error
    train, train_labels, test, test_labels = [_read(path) for path in paths]
    scaled = [(images / np.float32(255)).astype(np.float32) for images in (train, test)]
    return scaled[0], train_labels.astype(np.int64), scaled[1], test_labels.astype(np.int64)


def _read(path: str) -> np.ndarray:
    """An array in the IDX format: four magic bytes, the last of them the number of axes; big-endian lengths; bytes."""
    with gzip.open(path, "rb") as file:
        data = file.read()
    axes = data[3]
    shape = np.frombuffer(data, ">u4", count=axes, offset=4)
    return np.frombuffer(data, np.uint8, offset=4 + 4 * axes).reshape(shape)


def _message(source: Source, folder, error: Exception) -> str:
    files = ", ".join(source.files())
    if language() == "ko":
        return (
            f"{source.name} 데이터를 내려받지 못했어요: {error}\n"
            f"네트워크를 확인하고 다시 실행하거나, {source.url} 의 파일({files})을 {folder} 폴더에 넣어 주세요. "
            "연습 문제에는 필요 없는 데이터예요."
        )
    return (
        f"{source.name} could not be fetched: {error}\n"
        f"Check the network and run this again, or put the files of {source.url} ({files}) into {folder}. "
        "No exercise needs them."
    )

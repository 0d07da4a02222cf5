"""MNIST and Fashion-MNIST are fetched once, checked, kept, and explained when they cannot be had.

The real servers are out of reach of the tests: a server of ours plays them with small files in the same format.
"""

import gzip
import hashlib
import struct
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import numpy as np
import pytest

from dlbasic import downloads

RNG = np.random.default_rng(0)
TRAIN = RNG.integers(0, 256, size=(5, 28, 28), dtype=np.uint8)
TEST = RNG.integers(0, 256, size=(3, 28, 28), dtype=np.uint8)
LABELS = np.array([3, 1, 4, 1, 5], dtype=np.uint8), np.array([9, 2, 6], dtype=np.uint8)


def idx(array: np.ndarray) -> bytes:
    """The IDX format as its authors describe it: two zeros, 8 for bytes, the axes, big-endian lengths, the data."""
    return gzip.compress(
        struct.pack(">BBBB", 0, 0, 8, array.ndim) + struct.pack(f">{array.ndim}I", *array.shape) + array.tobytes()
    )


@pytest.fixture
def source(tmp_path, monkeypatch):
    """A data set on a server of ours; `source.asked` lists what was asked for."""
    monkeypatch.setenv("DLBASIC_DATA", str(tmp_path / "kept"))
    kept = tmp_path / "served"
    kept.mkdir()
    contents = [idx(array) for array in (TRAIN, LABELS[0], TEST, LABELS[1])]
    for name, content in zip(downloads.MNIST.files(), contents, strict=True):
        (kept / name).write_bytes(content)
    asked = []

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *words):
            asked.append(self.path)

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(kept)))
    Thread(target=server.serve_forever, daemon=True).start()
    digests = [hashlib.md5(content).hexdigest() for content in contents]
    yield downloads.Source("small", f"http://127.0.0.1:{server.server_port}/", *digests), kept, asked
    server.shutdown()
    server.server_close()


def test_images_come_scaled_and_labels_come_as_they_are(source):
    x, labels, x_test, labels_test = downloads.load(source[0])
    np.testing.assert_allclose(x, TRAIN / 255, rtol=1e-6)
    np.testing.assert_allclose(x_test, TEST / 255, rtol=1e-6)
    assert (x.dtype, labels.dtype) == (np.float32, np.int64)
    assert labels.tolist() == [3, 1, 4, 1, 5] and labels_test.tolist() == [9, 2, 6]


def test_what_was_fetched_once_is_not_fetched_again(source):
    downloads.load(source[0])
    assert len(source[2]) == 4
    downloads.load(source[0])
    assert len(source[2]) == 4


@pytest.mark.parametrize(("language", "word"), [("en", "could not be fetched"), ("ko", "내려받지 못했어요")])
def test_a_changed_file_is_refused_with_a_message_that_says_where_to_put_a_good_one(
    source, monkeypatch, language, word, tmp_path
):
    monkeypatch.setenv("DLBASIC_LANG", language)
    (source[1] / "t10k-labels-idx1-ubyte.gz").write_bytes(idx(np.array([0, 0, 0], dtype=np.uint8)))
    with pytest.raises(OSError, match=word) as raised:
        downloads.load(source[0])
    assert str(tmp_path / "kept" / "small") in str(raised.value)
    assert not (tmp_path / "kept" / "small" / "t10k-labels-idx1-ubyte.gz").exists()


def test_without_a_network_a_message_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("DLBASIC_DATA", str(tmp_path))
    nobody = downloads.Source("small", "http://127.0.0.1:9/", *("0" * 32,) * 4)
    with pytest.raises(OSError, match="Check the network"):
        downloads.load(nobody)


def test_a_file_put_there_by_hand_needs_no_network(source, tmp_path):
    by_hand = tmp_path / "kept" / "small"
    by_hand.mkdir(parents=True)
    for file in source[1].iterdir():
        (by_hand / file.name).write_bytes(file.read_bytes())
    assert downloads.load(source[0])[1].tolist() == [3, 1, 4, 1, 5]
    assert source[2] == []

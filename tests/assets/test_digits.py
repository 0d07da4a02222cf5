"""The digits that ship with the course are scikit-learn's, split as promised, and a bad file is named."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
from sklearn.datasets import load_digits

from dlbasic import data

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "assets" / "digits" / "digits.npz"


def test_the_loader_reads_the_file_that_ships():
    assert data.DIGITS == SHIPPED


def test_two_runs_of_the_script_write_the_bytes_that_ship(tmp_path):
    script = ROOT / "assets" / "digits" / "make_digits.py"
    for name in ("first.npz", "second.npz"):
        subprocess.run([sys.executable, script, tmp_path / name], check=True, timeout=60)
        assert (tmp_path / name).read_bytes() == SHIPPED.read_bytes()


def test_pixels_and_labels_are_those_of_scikit_learn():
    source = load_digits()
    with np.load(SHIPPED, allow_pickle=False) as stored:
        assert sorted(stored.files) == ["images", "labels"]
        np.testing.assert_array_equal(stored["images"], source.images)
        np.testing.assert_array_equal(stored["labels"], source.target)
        assert stored["images"].dtype == stored["labels"].dtype == np.uint8


def test_every_fifth_image_is_held_out_and_none_is_lost():
    source = load_digits()
    x_train, labels_train, x_test, labels_test = data.digits()
    np.testing.assert_array_equal(x_test, source.data[4::5] / 16)
    np.testing.assert_array_equal(labels_test, source.target[4::5])
    kept = [i for i in range(1797) if i % 5 != 4]
    np.testing.assert_array_equal(x_train, source.data[kept] / 16)
    np.testing.assert_array_equal(labels_train, source.target[kept])


def test_shapes_types_and_range_are_as_documented():
    x_train, labels_train, x_test, labels_test = data.digits()
    assert (x_train.shape, x_test.shape) == ((1438, 64), (359, 64))
    assert x_train.dtype == x_test.dtype == np.float64
    assert labels_train.dtype == labels_test.dtype == np.int64
    assert (x_train.min(), x_train.max()) == (x_test.min(), x_test.max()) == (0.0, 1.0)
    assert set(labels_train) == set(labels_test) == set(range(10))


def test_what_a_learner_does_to_one_copy_leaves_the_next_alone():
    first = data.digits()
    for array in first:
        array[:] = -1
    assert all(array.min() >= 0 for array in data.digits())


def npz(**arrays):
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


def with_a_flipped_bit():
    content = bytearray(SHIPPED.read_bytes())
    content[60_000] ^= 1
    return bytes(content)


def pickled():
    file = io.BytesIO()
    np.save(file, np.array([{}], dtype=object))
    return file.getvalue()


IMAGES, LABELS = np.zeros((1797, 8, 8), np.uint8), np.zeros(1797, np.uint8)
DAMAGED = {
    "empty": b"",
    "no zip": b"a page that says 404",
    "cut off": SHIPPED.read_bytes()[:50_000],
    "one bit flipped": with_a_flipped_bit(),
    "a pickle": pickled(),
    "a bare array": SHIPPED.read_bytes()[30 + len("images.npy") : -1],
    "labels missing": npz(images=IMAGES),
    "too few": npz(images=IMAGES[:9], labels=LABELS[:9]),
    "too dark": npz(images=IMAGES + np.uint8(17), labels=LABELS),
    "no digit": npz(images=IMAGES, labels=LABELS + np.uint8(10)),
    "another type": npz(images=IMAGES.astype(float), labels=LABELS),
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
@pytest.mark.parametrize(("lang", "advice"), [("en", "Copy assets/digits/digits.npz"), ("ko", "복사해 주세요")])
def test_a_damaged_file_is_named_with_what_to_do(tmp_path, monkeypatch, content, lang, advice):
    monkeypatch.setenv("DLBASIC_LANG", lang)
    monkeypatch.setattr(data, "DIGITS", tmp_path / "digits.npz")
    data.DIGITS.write_bytes(content)
    with pytest.raises(ValueError) as caught:
        data.digits()
    assert str(data.DIGITS) in str(caught.value) and advice in str(caught.value)


@pytest.mark.parametrize(("lang", "what"), [("en", "is missing"), ("ko", "없어요")])
def test_a_missing_file_is_named_with_what_to_do(tmp_path, monkeypatch, lang, what):
    monkeypatch.setenv("DLBASIC_LANG", lang)
    monkeypatch.setattr(data, "DIGITS", tmp_path / "nowhere" / "digits.npz")
    with pytest.raises(FileNotFoundError) as caught:
        data.digits()
    assert str(data.DIGITS) in str(caught.value) and what in str(caught.value)


def test_a_file_written_by_numpy_itself_is_read_just_as_well(tmp_path, monkeypatch):
    source = load_digits()
    path = tmp_path / "digits.npz"
    np.savez_compressed(path, images=source.images.astype(np.uint8), labels=source.target.astype(np.uint8))
    assert zipfile.ZipFile(path).infolist()[0].compress_type == zipfile.ZIP_DEFLATED
    monkeypatch.setattr(data, "DIGITS", path)
    np.testing.assert_array_equal(data.digits()[0], source.data[np.arange(1797) % 5 != 4] / 16)

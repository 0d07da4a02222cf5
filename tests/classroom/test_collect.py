"""What learners hand in arrives, the newest counts, nothing is lost, and no archive writes where it wants to."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
import toy
from nbgrader.utils import parse_utc

from grader.classroom import parcels, reading
from grader.classroom.classdir import ClassDirectory, student_name
from grader.classroom.collect import collect
from grader.errors import Problem

NOON, EVENING = "20260301T120000Z", "20260301T180000Z"


def packed(notebook: bytes, student="ann", stamp=NOON, chapter="numbers", **changes) -> bytes:
    """The bytes of a file as `dlbasic submit` writes it."""
    created = datetime.strptime(stamp, parcels.STAMP).replace(tzinfo=UTC).isoformat()
    label = {
        "student": student,
        "chapter": chapter,
        "created": created,
        "version": "0.1.0",
        "sha256": hashlib.sha256(notebook).hexdigest(),
    } | changes
    return zipped({f"{chapter}/{chapter}.ipynb": notebook, "submission.json": json.dumps(label).encode()})


def zipped(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def send(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def there(course, student="ann") -> bytes:
    return (course / "submitted" / student / "numbers" / "numbers.ipynb").read_bytes()


def test_a_submitted_file_arrives_with_its_time(course, tmp_path):
    path = send(tmp_path, f"ann__numbers__{NOON}.zip", packed(b"{}"))
    result = collect(ClassDirectory(course), [path])
    assert [(p.student, p.chapter, done, p.remarks) for p, done in result.taken] == [("ann", "numbers", "new", ())]
    assert there(course) == b"{}"
    stamp = (course / "submitted" / "ann" / "numbers" / "timestamp.txt").read_text()
    assert parse_utc(stamp.strip()) == datetime(2026, 3, 1, 12)


def test_what_submit_writes_is_taken_in(course, tmp_path, released):
    submit = pytest.importorskip("dlbasic.submit")
    notebook = tmp_path / "numbers" / "numbers.ipynb"
    notebook.parent.mkdir()
    notebook.write_bytes(toy.raw(toy.answered(released)))
    path = submit.pack(notebook, "김민지", tmp_path / "out")
    result = collect(ClassDirectory(course), [path])
    assert [(p.student, done, p.remarks) for p, done in result.taken] == [("김민지", "new", ())]
    assert there(course, "김민지") == notebook.read_bytes()


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_newest_counts_whichever_comes_first_and_the_other_is_kept(course, tmp_path, order):
    both = [
        send(tmp_path, f"ann__numbers__{NOON}.zip", packed(b"[1]")),
        send(tmp_path, f"ann__numbers__{EVENING}.zip", packed(b"[2]", stamp=EVENING)),
    ]
    for number in order:
        collect(ClassDirectory(course), [both[number]])
    assert there(course) == b"[2]"
    kept = list((course / "collected").rglob("*.ipynb"))
    assert [path.read_bytes() for path in kept] == [b"[1]"] and NOON in str(kept[0])


def test_both_at_once_are_the_same_as_one_after_the_other(course, tmp_path):
    send(tmp_path / "inbox", f"ann__numbers__{EVENING}.zip", packed(b"[2]", stamp=EVENING))
    send(tmp_path / "inbox", f"ann__numbers__{NOON}.zip", packed(b"[1]"))
    collect(ClassDirectory(course), [tmp_path / "inbox"])
    assert there(course) == b"[2]" and len(list((course / "collected").rglob("*.ipynb"))) == 1


def test_the_same_file_twice_is_taken_once(course, tmp_path):
    path = send(tmp_path, f"ann__numbers__{NOON}.zip", packed(b"{}"))
    collect(ClassDirectory(course), [path])
    before = toy.snapshot(course / "submitted")
    assert [done for _, done in collect(ClassDirectory(course), [path]).taken] == ["already there"]
    assert toy.snapshot(course / "submitted") == before and not (course / "collected").exists()


def test_an_archive_from_an_lms_is_unpacked_with_everything_in_it(course, tmp_path):
    inner = {
        f"Kim Minji_1042_late/김민지__numbers__{NOON} (1).zip": packed(b"[1]", student="김민지"),
        "bob__numbers.ipynb": b"[2]",
        "carol__numbers (2).ipynb": b"[3]",
        "__MACOSX/._bob__numbers.ipynb": b"x",
        "essay.docx": b"x",
    }
    result = collect(ClassDirectory(course), [send(tmp_path, "all.zip", zipped(inner))])
    assert sorted(p.student for p, _ in result.taken) == ["bob", "carol", "김민지"]
    assert [refused.origin for refused in result.refused] == ["all.zip/essay.docx"]
    assert there(course, "carol") == b"[3]"


def test_a_korean_name_is_one_name_however_it_is_composed(course, tmp_path):
    decomposed = "".join(chr(code) for code in (0x1100, 0x1161, 0x11AB))  # what macOS makes of it
    send(tmp_path / "in", f"{decomposed}__numbers.ipynb", b"[1]")
    collect(ClassDirectory(course), [tmp_path / "in"])
    assert [path.name for path in (course / "submitted").iterdir()] == ["간"]


def remarks(course, path):
    return collect(ClassDirectory(course), [path]).taken[0][0].remarks


def test_a_changed_notebook_is_told_by_its_checksum(course, tmp_path):
    path = send(tmp_path, f"ann__numbers__{NOON}.zip", packed(b"{}", sha256="0" * 64))
    assert "checksum" in remarks(course, path)[0]


def test_what_stands_inside_counts_when_a_file_was_renamed(course, tmp_path):
    path = send(tmp_path, f"bob__numbers__{NOON}.zip", packed(b"{}"))
    assert remarks(course, path) == ("renamed: its name says bob, numbers",)
    assert there(course, "ann") == b"{}"


def test_a_file_without_its_label_is_taken_by_its_name(course, tmp_path):
    path = send(tmp_path, f"ann__numbers__{NOON}.zip", zipped({"numbers/numbers.ipynb": b"{}"}))
    assert remarks(course, path) == ("no submission.json inside: taken by its name",)


def test_a_date_in_the_future_is_noted(course, tmp_path):
    path = send(tmp_path, "ann__numbers__29990101T000000Z.zip", packed(b"{}", stamp="29990101T000000Z"))
    assert remarks(course, path) == ("its date lies in the future",)


EVIL = ["../../evil", "a/b", "..", ".hidden", "a\\b", "a\0b", "", "  ", "a\nb", "x" * 200, "*", "-rf", "{student}"]


@pytest.mark.parametrize("student", EVIL, ids=repr)
def test_a_name_that_is_no_folder_name_is_refused(course, tmp_path, student):
    before = toy.snapshot(course)
    path = send(tmp_path, f"x__numbers__{NOON}.zip", packed(b"{}", student=student))
    with pytest.raises(Problem, match="the student's name"):
        collect(ClassDirectory(course), [path])
    assert toy.snapshot(course) == before


@pytest.mark.parametrize("name", ["kim", "김민지", "Ann Lee", "o'brien", "20231234", "a.b@c.org", "가-나_다"])
def test_ordinary_names_are_taken(name):
    assert student_name(name) == name


def test_members_with_paths_that_lead_outside_write_nothing_there(course, tmp_path):
    evil = {"../../../evil.ipynb": b"{}", "/etc/evil__numbers.ipynb": b"{}", "../up__numbers.ipynb": b"{}"}
    result = collect(ClassDirectory(course), [send(tmp_path, "all.zip", zipped(evil))])
    assert sorted(p.student for p, _ in result.taken) == ["evil", "up"]
    assert not list(tmp_path.glob("**/evil.ipynb")) and not (tmp_path.parent / "evil.ipynb").exists()


def test_links_in_an_archive_are_not_followed(course, tmp_path):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        link = zipfile.ZipInfo("ann__numbers.ipynb")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("bob__numbers.ipynb", "{}")
    result = collect(ClassDirectory(course), [send(tmp_path, "all.zip", file.getvalue())])
    assert [p.student for p, _ in result.taken] == ["bob"] and "link" in result.refused[0].reason


def test_a_bomb_is_not_unpacked(course, tmp_path, monkeypatch):
    monkeypatch.setattr(parcels, "LIMIT", 1000)
    monkeypatch.setattr(reading, "LIMIT", 1000)
    path = send(tmp_path, f"ann__numbers__{NOON}.zip", packed(b"0" * 100_000))
    with pytest.raises(Problem, match="unpacks to more than"):
        collect(ClassDirectory(course), [path])


def test_zips_within_zips_have_an_end(course, tmp_path):
    data = packed(b"{}")
    for _ in range(6):
        data = zipped({"inner.zip": data})
    with pytest.raises(Problem, match="inside zip files"):
        collect(ClassDirectory(course), [send(tmp_path, "all.zip", data)])


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        (f"ann__numbers__{NOON}.zip", b"PK\x03\x04garbage", "damaged"),
        ("empty.zip", b"", "damaged"),
        ("empty.zip", zipped({}), "holds no file"),
        ("notes.txt", b"x", "neither a zip file nor a notebook"),
        ("ann.ipynb", b"{}", "STUDENT__CHAPTER"),
        ("ann__poetry.ipynb", b"{}", "no chapter 'poetry'"),
        (f"ann__poetry__{NOON}.zip", packed(b"{}", chapter="poetry"), "no chapter 'poetry'"),
        (f"ann__numbers__{NOON}.zip", zipped({"submission.json": b"{}"}), "no notebooks"),
        (f"ann__numbers__{NOON}.zip", zipped({"submission.json": b"[", "a.ipynb": b"", "b.ipynb": b""}), "2 notebooks"),
        ("who.zip", zipped({"submission.json": b"{}", "a.ipynb": b""}), "says who"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_reason(course, tmp_path, name, data, why):
    before = toy.snapshot(course)
    with pytest.raises(Problem) as caught:
        collect(ClassDirectory(course), [send(tmp_path, name, data)])
    assert why in caught.value.what and toy.snapshot(course) == before


def test_a_path_that_is_not_there_stops_before_anything_is_written(course, tmp_path):
    good = send(tmp_path, f"ann__numbers__{NOON}.zip", packed(b"{}"))
    with pytest.raises(Problem, match="no such file"):
        collect(ClassDirectory(course), [good, tmp_path / "missing.zip"])
    assert not any((course / "submitted").iterdir())


def test_a_submission_put_there_by_hand_is_kept_when_a_newer_one_comes(course, tmp_path):
    toy.hand_in(course, "ann", b"[0]")
    path = send(tmp_path, "ann__numbers__20991231T000000Z.zip", packed(b"[9]", stamp="20991231T000000Z"))
    collect(ClassDirectory(course), [path])
    assert there(course) == b"[9]"
    assert [p.read_bytes() for p in (course / "collected").rglob("*.ipynb")] == [b"[0]"]


def test_a_full_disk_leaves_the_old_submission_in_place(course, tmp_path, monkeypatch):
    toy.hand_in(course, "ann", b"[0]")
    before = toy.snapshot(course)
    real = Path.write_bytes

    def full(self, data):
        if ".part-" in str(self):
            raise OSError(28, "No space left on device", str(self))
        return real(self, data)

    path = send(tmp_path, "bob__numbers__20991231T000000Z.zip", packed(b"[9]", student="bob"))
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(Problem, match="the disk is full"):
        collect(ClassDirectory(course), [path])
    assert toy.snapshot(course) == before


def test_nbgraders_own_zip_collect_takes_the_same_files(course):
    archive = course / "downloaded" / "numbers" / "archive"
    send(archive, f"ann__numbers__{NOON}.zip", packed(b"[1]"))
    send(archive, f"ann__numbers__{EVENING}.zip", packed(b"[2]", stamp=EVENING))
    send(archive, "kim_lee__numbers.ipynb", b"[3]")
    command = [sys.executable, "-m", "nbgrader", "zip_collect", "numbers"]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr[-2000:]
    assert there(course, "ann") == b"[2]" and there(course, "kim_lee") == b"[3]"
    stamp = (course / "submitted" / "ann" / "numbers" / "timestamp.txt").read_text()
    assert parse_utc(stamp.strip()) == datetime(2026, 3, 1, 18)

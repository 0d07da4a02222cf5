"""Whatever bytes are handed in become a valid notebook or a reason that a person can act on; nothing else is raised."""

from __future__ import annotations

import json

import nbformat
import pytest
import toy
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.classroom import findings as found
from grader.classroom import reading
from grader.classroom.intake import take_in
from grader.classroom.reading import Unreadable, read_notebook


def reason(data: bytes) -> tuple[str, str]:
    with pytest.raises(Unreadable) as caught:
        read_notebook(data)
    return caught.value.finding.code, caught.value.finding.text()


def sources(data: bytes) -> list[str]:
    return [cell.source for cell in read_notebook(data).notebook.cells]


@pytest.mark.parametrize(
    ("data", "code", "part"),
    [
        (b"", "empty", "empty"),
        (b" \n\t\r\n", "empty", "empty"),
        (b"\x00" * 4096, "empty", "empty"),
        (b'{"cells": [{"cell_type": "co', "not_json", "cut off at line 1"),
        (b'{"cells": [', "not_json", "cut off"),
        (b'{"cells": [,]}', "not_json", "line 1, column 12"),
        (b'{"cells": [\n<<<<<<< HEAD\n1,\n=======\n2\n>>>>>>> mine\n]}', "not_json", "unfinished merge"),
        (b"<!DOCTYPE html><html></html>", "not_notebook", "web page"),
        (b"PK\x03\x04rest", "not_notebook", "zip"),
        (b"%PDF-1.7", "not_notebook", "PDF"),
        (b"import numpy as np\n", "not_notebook", "Python script"),
        (b"[]", "not_notebook", "no cells"),
        (b"3", "not_notebook", "no cells"),
        (b'{"a": 1}', "not_notebook", "no cells"),
        (b'{"cells": 3}', "not_notebook", "not a list"),
        (b"[" * 200_000, "not_json", "nested"),
        (b"\xff\xd8\xff\xe0" + bytes(range(256)), "not_json", ""),
    ],
)
def test_what_is_no_notebook_is_named(data, code, part):
    found_code, text = reason(data)
    assert found_code == code and part in text


def test_a_notebook_beyond_the_limit_is_not_read(monkeypatch):
    monkeypatch.setattr(reading, "LIMIT", 100)
    assert reason(b"{" + b" " * 200)[0] == "too_big"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp949"])
def test_every_encoding_that_editors_leave_behind_is_read(encoding):
    text = json.dumps({"cells": [{"cell_type": "markdown", "source": "한글"}]}, ensure_ascii=False)
    assert sources(text.encode(encoding)) == ["한글"]


def test_notebooks_of_format_3_are_read(released):
    old = nbformat.convert(toy.answered(released), 3)
    assert old.nbformat == 3 and "worksheets" in old
    read = read_notebook(toy.raw(old))
    assert [f.code for f in read.findings] == ["old_format"]
    assert toy.RIGHT_ADD in [cell.source for cell in read.notebook.cells]
    assert toy.cell(read.notebook, "add").source == toy.RIGHT_ADD


@pytest.mark.parametrize("minor", [0, 1, 2, 3, 4, 5, 9, None, "x"])
def test_every_minor_of_format_4_is_read(released, minor):
    content = json.loads(toy.raw(released))
    content["nbformat_minor"] = minor
    for cell in content["cells"]:
        cell.pop("id")
    assert sources(toy.raw(content)) == [cell.source for cell in released.cells]


@pytest.mark.parametrize(
    "ids", [["a", "a"], ["", ""], [None, 3], ["x y", "ä"], ["a" * 65, "cell-0000"], [[], {}]], ids=str
)
def test_bad_or_doubled_cell_ids_are_made_good(ids):
    cells = [{"cell_type": "code", "source": str(n), "id": name} for n, name in enumerate(ids)]
    notebook = read_notebook(json.dumps({"cells": cells}).encode()).notebook
    nbformat.validate(notebook)
    assert len({cell.id for cell in notebook.cells}) == 2


def test_the_same_file_becomes_the_same_notebook():
    data = json.dumps({"cells": [{"cell_type": "code", "source": "1"}, {"cell_type": "code", "source": "2"}]}).encode()
    assert read_notebook(data).notebook == read_notebook(data).notebook


@pytest.mark.parametrize(
    ("cell", "source"),
    [
        ({"cell_type": "code", "source": ["a\n", "b"]}, "a\nb"),
        ({"cell_type": "code", "source": None}, ""),
        ({"cell_type": "code"}, ""),
        ({"cell_type": "code", "source": 7, "outputs": "x", "execution_count": "y"}, ""),
        ({"cell_type": "widget", "source": "x"}, "x"),
        ({"source": "x", "metadata": 3, "attachments": "y"}, "x"),
        ({"cell_type": "markdown", "source": "x", "attachments": {"a": {"image/png": 3}, "b": 4}}, "x"),
        ({"cell_type": "code", "source": "\ud800"}, "?"),
    ],
    ids=str,
)
def test_malformed_cells_are_made_whole(cell, source):
    notebook = read_notebook(json.dumps({"cells": [cell]}).encode()).notebook
    nbformat.validate(notebook)
    assert notebook.cells[0].source == source
    nbformat.writes(notebook).encode("utf-8")


def test_cells_that_are_none_are_left_out_and_noted():
    read = read_notebook(b'{"cells": [3, null, {"cell_type": "code", "source": "x"}]}')
    assert len(read.notebook.cells) == 1 and [f.facts for f in read.findings] == [{"count": 2}]


def test_only_the_language_is_taken_from_a_notebooks_metadata():
    content = {"cells": [], "metadata": {"dlbasic": {"language": "ko", "x": []}, found.METADATA: {}, "kernelspec": 3}}
    assert read_notebook(json.dumps(content).encode()).notebook.metadata == {"dlbasic": {"language": "ko"}}


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200))
def test_random_bytes_never_raise_anything_else(data):
    try:
        nbformat.validate(read_notebook(data).notebook)
    except Unreadable as problem:
        assert problem.finding.is_flag and problem.finding.text("ko")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
cells = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "cell_type": st.sampled_from(["code", "markdown", "raw", "x"]) | json_values,
            "source": st.text(max_size=20) | st.sampled_from([toy.RIGHT_ADD, toy.RIGHT_MUL]) | json_values,
            "metadata": json_values | st.fixed_dictionaries({"nbgrader": json_values}),
            "id": json_values,
            "attachments": json_values,
            "outputs": json_values,
        },
    ),
    max_size=6,
)


@settings(max_examples=150, deadline=None)
@given(cells)
def test_random_cells_can_always_be_graded(skeleton, cells):
    from grader.classroom.repair import repair

    mended, _ = repair(read_notebook(json.dumps({"cells": cells}).encode()).notebook, skeleton)
    nbformat.validate(mended)
    assert sum("nbgrader" in cell.metadata for cell in mended.cells) == len(skeleton.cells)


def test_a_folder_without_a_notebook_is_flagged(course, skeleton):
    folder = toy.hand_in(course, "ann", "hello", name="notes.txt")
    taken = take_in(folder, "numbers", skeleton)
    assert not taken.readable and [f.code for f in taken.findings] == ["no_notebook"]


def test_a_renamed_notebook_is_used_with_a_note(course, skeleton, released):
    folder = toy.hand_in(course, "ann", toy.answered(released), name="numbers (1).ipynb")
    taken = take_in(folder, "numbers", skeleton)
    assert taken.readable and [f.code for f in taken.findings] == ["renamed"]


def test_checkpoints_and_hidden_files_are_no_second_notebook(course, skeleton, released):
    folder = toy.hand_in(course, "ann", toy.answered(released), name="mine.ipynb")
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / ".ipynb_checkpoints" / "mine-checkpoint.ipynb").write_text("{}")
    assert take_in(folder, "numbers", skeleton).readable


def test_several_notebooks_of_other_names_are_for_a_person(course, skeleton, released):
    toy.hand_in(course, "ann", toy.answered(released), name="a.ipynb")
    folder = toy.hand_in(course, "ann", toy.answered(released), name="b.ipynb")
    assert [f.code for f in take_in(folder, "numbers", skeleton).findings] == ["several"]


def test_a_link_is_not_followed(course, skeleton):
    folder = toy.hand_in(course, "ann", "x", name="x.txt")
    (folder / "numbers.ipynb").symlink_to(course / "gradebook.db")
    assert [f.code for f in take_in(folder, "numbers", skeleton).findings] == ["no_file"]


def test_files_that_would_stand_in_for_the_course_are_left_out(course, skeleton, released):
    folder = toy.hand_in(course, "ann", toy.answered(released))
    for name in ("helper.py", "dlbasic.py", "grader.py"):
        (folder / name).write_text("x = 1")
    taken = take_in(folder, "numbers", skeleton)
    assert sorted(taken.extras) == ["helper.py"] and [f.code for f in taken.findings] == ["left_out"]

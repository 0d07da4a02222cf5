"""One toy class for the whole session, made by `init` itself; every test that grades works on a copy."""

from __future__ import annotations

import shutil

import nbformat
import pytest
import toy
from here import grade

from grader.classroom.classdir import ClassDirectory
from grader.classroom.init import init


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """A class directory with the chapter `numbers` and no submissions. Not to be changed: see `course`."""
    root = tmp_path_factory.mktemp("class") / "course"
    init(root, {"numbers": toy.source()})
    return root


@pytest.fixture
def course(template, tmp_path):
    """A fresh copy of the toy class."""
    root = tmp_path / "course"
    shutil.copytree(template, root)
    return root


@pytest.fixture(scope="session")
def released(template):
    """The released notebook: what a learner gets."""
    return nbformat.read(template / "release" / "numbers" / "numbers.ipynb", as_version=4)


@pytest.fixture(scope="session")
def skeleton(template):
    return ClassDirectory(template).skeleton("numbers")


@pytest.fixture(scope="session")
def graded(template, released, tmp_path_factory):
    """(class directory, results) after one run over a class of every kind."""
    root = tmp_path_factory.mktemp("graded") / "course"
    shutil.copytree(template, root)
    toy.settings(root, "\nc.RunSubmission.timeout = 3\n")
    for student, content in {
        "right": toy.answered(released),
        "korean": toy.in_korean(toy.answered(released, add=toy.WRONG_ADD)),
        "scripts": toy.with_scripts(toy.answered(released)),
        "peeks": toy.peeking(toy.answered(released, add=toy.WRONG_ADD)),
        "wrong add": toy.answered(released, add=toy.WRONG_ADD),
        "stub": released,
        "copied": toy.copied_cell(released),
        "no solution": toy.without(released, "add"),
        "no test": toy.without(released, "test_mul"),
        "loud": toy.answered(released, mul=toy.LOUD),
        "deadly": toy.answered(released, mul=toy.DEADLY),
        "endless": toy.answered(released, mul=toy.ENDLESS),
        "cut off": b'{"cells": [{"cell_type": "code"',
        "김민지": toy.answered(released),
        "glob[a]*": toy.answered(released),
    }.items():
        toy.hand_in(root, student, content)
    toy.hand_in(root, "empty folder", b"", name=".keep")
    directory = ClassDirectory(root)
    before = toy.snapshot(root / "submitted")
    results = grade(directory, workers=2)
    assert toy.snapshot(root / "submitted") == before
    return directory, results

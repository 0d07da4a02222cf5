"""One toy class for the whole session, made by `init` itself; every test that grades works on a copy."""

from __future__ import annotations

import shutil

import nbformat
import pytest
import toy

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

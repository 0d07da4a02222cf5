"""What a learner's bundle holds, and what it must not."""

import io
import re
import zipfile

import pytest

import dlbasic
from grader.release.bundle import bundle
from grader.release.chapter import LANGUAGES, ROOT


@pytest.fixture(scope="module", params=LANGUAGES)
def packed(request):
    name, data = bundle(ROOT, dlbasic.__version__, request.param)
    assert name == f"dlbasic-{dlbasic.__version__}-{request.param}.zip"
    archive = zipfile.ZipFile(io.BytesIO(data))
    return request.param, {path.split("/", 1)[1]: archive.read(path) for path in archive.namelist()}


def test_it_holds_the_course_in_one_language_with_all_that_it_needs(packed):
    language, files = packed
    assert f"course/{language}/02_mlp/02_mlp.ipynb" in files
    assert not any(path.startswith(f"course/{other}/") for other in LANGUAGES if other != language for path in files)
    for needed in (
        "README.md",
        "environment.yml",
        "pyproject.toml",
        "course/requirements.lock",
        "LICENSE",
        "course/dlbasic/tables/02_mlp.json",
        "course/dlbasic/properties/__init__.py",
        "assets/digits/digits.npz",
        "assets/digits/README.md",
    ):
        assert needed in files


def test_it_holds_no_solution_no_grader_and_no_script_that_draws(packed):
    _, files = packed
    assert not [path for path in files if path.startswith(("solutions/", "grader/", "tests/"))]
    assert not [path for path in files if path.startswith("assets/") and path.endswith(".py")]
    text = b"\n".join(data for path, data in files.items() if path.endswith((".py", ".ipynb", ".json")))
    assert b"BEGIN SOLUTION" not in text
    assert b"grader.hidden\n" not in text


def test_the_pictures_of_its_readme_are_in_it(packed):
    _, files = packed
    pictures = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", files["README.md"].decode())
    assert pictures
    assert [picture for picture in pictures if picture not in files] == []


def test_two_bundles_are_the_same_bytes():
    assert bundle(ROOT, "1", "en") == bundle(ROOT, "1", "en")

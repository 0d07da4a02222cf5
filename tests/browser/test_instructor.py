"""What an instructor sees in a browser: the formgrader on a class directory that `init` made, and a feedback page."""

import json
import os
import re
import subprocess
import sys

import pytest
import servers
from desk import ALLOWED, listen

# One learner with everything right but two exercises: a known mistake, and one that was not written.
WRONG = {
    "mse": "def mse(y, y_hat):\n    return ((np.asarray(y) - np.asarray(y_hat)) ** 2).sum()",
    "relu": "def relu(z):\n    return np.abs(z)",
}

# What nbgrader's own pages say in the console, besides what every JupyterLab page says.
FORMGRADER_ALLOWED = (
    # nbgrader 0.9.6's pages ask for a favicon that it does not have.
    re.compile(r"favicon\.ico"),
)


def grader(*words):
    command = [sys.executable, "-m", "grader", *map(str, words)]
    done = subprocess.run(command, cwd=servers.ROOT, capture_output=True, text=True, timeout=280)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def classroom(tmp_path_factory):
    """A class of one, from hand-in to feedback."""
    folder = tmp_path_factory.mktemp("class")
    released = servers.ROOT / "course" / "en" / servers.CHAPTER / f"{servers.CHAPTER}.ipynb"
    desk = folder / "desk" / "course" / "en" / servers.CHAPTER
    desk.mkdir(parents=True)
    (desk / released.name).write_text(json.dumps(servers.solved(released, but=WRONG)), encoding="utf-8")
    submit = [sys.executable, "-m", "dlbasic", "submit", servers.CHAPTER, "--student", "mina"]
    home = {**os.environ, "DLBASIC_HOME": str(folder / "home")}
    subprocess.run([*submit, "--to", str(folder / "in")], cwd=desk, env=home, check=True, capture_output=True)
    made = folder / "class"
    grader("init", made)
    grader("collect", "--class", made, *(folder / "in").iterdir())
    grader("grade", "--class", made, servers.CHAPTER)
    grader("feedback", "--class", made, servers.CHAPTER)
    return made


def test_the_feedback_page_says_what_went_wrong_and_hides_the_tests(browser, classroom, picture):
    (page_file,) = classroom.glob(f"feedback/mina/{servers.CHAPTER}/*.html")
    page, complaints = browser.new_page(viewport={"width": 1240, "height": 1000}), []
    listen(page, complaints)
    fetched = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(page_file.as_uri())
    text = page.locator("body").inner_text()
    assert "sum of the squared errors" in text
    assert "verify(" not in text
    assert "grader.hidden" not in page.content()
    # A learner reads it at home, perhaps without a network: then only the formulas stay as they were typed.
    elsewhere = [url for url in fetched if not url.startswith(("file:", "data:"))]
    assert [url for url in elsewhere if "mathjax" not in url.lower()] == []
    assert [text for text in complaints if "mathjax" not in text.lower()] == []
    picture(page, "feedback", shown=True)
    page.close()


def test_the_formgrader_opens_on_the_class_directory(browser, classroom, picture, tmp_path):
    lab = servers.instructors_lab(classroom, tmp_path)
    page, complaints = browser.new_page(viewport={"width": 1240, "height": 800}), []
    try:
        listen(page, complaints)
        page.goto(f"{lab.url}/formgrader/manage_assignments?token={servers.TOKEN}")
        row = page.locator("tr", has_text=servers.CHAPTER)
        row.first.wait_for(state="visible", timeout=60_000)
        picture(page, "formgrader")
        page.goto(f"{lab.url}/formgrader/gradebook/{servers.CHAPTER}?token={servers.TOKEN}")
        page.locator("tr", has_text=servers.CHAPTER).first.wait_for(state="visible", timeout=60_000)
        page.goto(f"{lab.url}/formgrader/manage_students/mina?token={servers.TOKEN}")
        page.locator("tr", has_text=servers.CHAPTER).first.wait_for(state="visible", timeout=60_000)
        picture(page, "formgrader-student")
        allowed = (*ALLOWED, *FORMGRADER_ALLOWED)
        assert [text for text in complaints if not any(pattern.search(text) for pattern in allowed)] == []
    finally:
        page.close()
        lab.stop()

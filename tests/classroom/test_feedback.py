"""Pages that a learner can read: what was asked, what came of it; no hidden test, nobody's scripts."""

from __future__ import annotations

import base64
import hashlib
import html
import re
import shutil

import nbformat
import pytest
import toy
from bs4 import BeautifulSoup

from grader.classroom import pages, verdicts
from grader.classroom.classdir import ClassDirectory
from grader.classroom.feedback import feedback
from grader.errors import Problem

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")

HIDDEN = ("add(20, 22)", "mul(6, 7)", "HIDDEN TESTS")


@pytest.fixture(scope="session")
def written(graded):
    """The class with a page for everybody."""
    result = feedback(graded[0])
    assert result.missing == [] and len(result.written) == len(graded[1])
    return graded[0]


def page(directory, student):
    return directory.feedback_page(student, "numbers").read_text(encoding="utf-8")


def rows(html):
    body = BeautifulSoup(html, "html.parser").find("tbody")
    return [[" ".join(cell.get_text().split()) for cell in row.find_all("td")] for row in body.find_all("tr")]


def test_the_table_says_what_each_exercise_earned(written):
    assert rows(page(written, "right")) == [["add", "1 / 1", "✓ right"], ["mul", "2 / 2", "✓ right"]]
    assert rows(page(written, "wrong add")) == [
        ["add", "0 / 1", "✗ not yet larger numbers"],
        ["mul", "2 / 2", "✓ right"],
    ]


def test_links_of_the_table_lead_to_a_place_on_the_page(written):
    soup = BeautifulSoup(page(written, "wrong add"), "html.parser")
    targets = [link["href"].removeprefix("#") for link in soup.find("table").find_all("a")]
    assert targets == ["test_add", "test_mul"] and all(soup.find(id=target) for target in targets)


def test_no_page_shows_a_hidden_test(written, graded):
    for student in [result.student for result in graded[1]]:
        text = BeautifulSoup(page(written, student), "html.parser").get_text()
        assert not [part for part in HIDDEN if part in text], student
        assert "Traceback" not in text or student in ("scripts", "no solution"), student


def test_the_learner_who_prints_all_cells_sees_her_own_only(written):
    text = BeautifulSoup(page(written, "peeks"), "html.parser").get_text()
    assert "return a * b" in text and "add(20, 22)" not in text


def test_a_hidden_test_that_got_into_an_output_is_taken_out():
    """Some other step than ours may have run the cells, with the tests where a learner's code can print them."""
    hidden = pages._hidden_lines(toy.TEST_ADD)
    line = 'assert add(20, 22) == 42, "larger numbers"'
    outputs = [
        nbformat.v4.new_output("stream", text=f"{line}\nmine"),
        nbformat.v4.new_output("display_data", {"text/plain": repr(line), "text/latex": line, "text/html": line}),
        nbformat.v4.new_output(
            "display_data", {"text/html": f"<b>{html.escape(line)[:30]}</b>{html.escape(line)[30:]}"}
        ),
        nbformat.v4.new_output("error", ename="E", evalue="", traceback=[f"----> {line}"]),
    ]
    left = str([pages._without(hidden, output) for output in outputs])
    assert "add(" not in left and "20, 22" not in left and "mine" in left


def test_nothing_of_a_learners_is_active_on_the_page(written):
    soup = BeautifulSoup(page(written, "scripts"), "html.parser")
    assert all("alert" not in (script.string or "") for script in soup.find_all("script"))
    assert not [tag for tag in soup.find_all(True) for name in tag.attrs if name.startswith("on")]
    assert all(link.get("href", "#").startswith(("#", "http")) for link in soup.find_all("a"))
    assert all(picture.get("src", "data:").startswith("data:") for picture in soup.find_all("img"))
    assert soup.find("strong", string="bold") is not None


def test_the_page_itself_forbids_what_is_not_its_own(written):
    soup = BeautifulSoup(page(written, "scripts"), "html.parser")
    rules = dict(rule.split(" ", 1) for rule in soup.find("meta", {"http-equiv": True})["content"].split("; "))
    assert rules["default-src"] == rules["form-action"] == rules["base-uri"] == "'none'" and rules["img-src"] == "data:"
    inline, mathjax = soup.find_all("script")
    sum_ = base64.b64encode(hashlib.sha256(inline.string.encode()).digest()).decode()
    assert rules["script-src"].split() == [mathjax["src"].split("MathJax.js")[0], f"'sha256-{sum_}'"]
    assert soup.head.find("meta", {"http-equiv": True}).find_previous("script") is None


def test_a_korean_notebook_gets_a_korean_page(written):
    html = page(written, "korean")
    assert '<html lang="ko">' in html and "채점 결과" in html and rows(html)[0][2].startswith("✗ 아직")
    assert "Your answer" not in html and not re.search("[가-힣]", page(written, "right"))


@pytest.mark.parametrize(
    ("student", "part"),
    [
        ("cut off", "The notebook file is damaged: it is cut off at line 1."),
        ("empty folder", "There is no notebook in the submission."),
    ],
)
def test_an_unread_submission_gets_a_page_that_says_what_to_do(written, student, part):
    html = page(written, student)
    text = BeautifulSoup(html, "html.parser").get_text()
    assert part in text and "submit it again" in text
    assert [row[1] for row in rows(html)] == ["– / 1", "– / 2"]


def test_a_flagged_exercise_is_to_be_decided_and_not_0(written):
    assert rows(page(written, "no solution"))[0][1:] == [
        "– / 1",
        "? to be decided The solution cell is gone and no other cell defines add. A person will decide about this one.",
    ]


def test_a_persons_points_and_comment_are_on_the_page(written, tmp_path):
    root = tmp_path / "course"
    shutil.copytree(written.root, root)
    directory = ClassDirectory(root)
    with directory.gradebook() as gradebook:
        grade = gradebook.find_grade("test_add", "numbers", "numbers", "no solution")
        grade.manual_score, grade.needs_manual_grade = 0.5, False
        gradebook.find_comment("add", "numbers", "numbers", "no solution").manual_comment = "See me <b>soon</b>."
        gradebook.db.commit()
    feedback(directory)
    html = page(directory, "no solution")
    assert rows(html)[0][1] == "0.5 / 1" and "See me &lt;b&gt;soon&lt;/b&gt;." in html


def test_files_of_the_submission_are_not_copied_into_the_feedback(written):
    folder = written.root / "feedback" / "right" / "numbers"
    assert [path.name for path in folder.iterdir()] == ["numbers.html"]


def test_feedback_before_grading_says_so(course, released):
    toy.hand_in(course, "ann", released)
    with pytest.raises(Problem, match="nothing has been graded yet"):
        feedback(ClassDirectory(course))
    assert not any((course / "feedback").iterdir())


def verdict_output(**facts):
    data = {
        "text/plain": "x",
        verdicts.MIME: {"exercise": "mse", "kind": "mistake", "mistake": "sum_not_mean", **facts},
    }
    return nbformat.v4.new_output("display_data", data=data)


def test_a_known_mistake_is_told_in_its_own_words():
    cell = nbformat.v4.new_code_cell(
        outputs=[
            verdict_output(kind="passed", mistake="", message="✓ mse: right"),
            verdict_output(
                message="✗ mse: not yet: a known mistake\nDivide by N.", text={"en": "Divide by N.", "ko": "N으로."}
            ),
            nbformat.v4.new_output("error", ename="CheckFailed", evalue="long", traceback=["secret"]),
        ]
    )
    told = verdicts.said(cell, "ko")
    assert (told.mistake, told.headline, told.text) == (
        "sum_not_mean",
        "N으로.",
        "Not yet: a known mistake\nDivide by N.",
    )


@pytest.mark.parametrize(
    ("outputs", "text"),
    [
        ([], "Right."),
        ([("AssertionError", "")], "The test did not pass."),
        ([("AssertionError", "\x1b[31m1 + 1\x1b[0m")], "1 + 1"),
        ([("NameError", "name 'x' is not defined")], "NameError: name 'x' is not defined"),
        ([("CellTimeoutError", "")], "This took too long and was stopped."),
    ],
)
def test_an_error_is_told_by_its_message_alone(outputs, text):
    made = [nbformat.v4.new_output("error", ename=n, evalue=v, traceback=["add(20, 22)"]) for n, v in outputs]
    assert verdicts.said(nbformat.v4.new_code_cell(outputs=made)).text == text


def test_a_verdict_that_passed_does_not_hide_a_later_error():
    cell = nbformat.v4.new_code_cell(
        outputs=[
            verdict_output(kind="passed", mistake="", message="✓ mse: right"),
            nbformat.v4.new_output("error", ename="AssertionError", evalue="no", traceback=[]),
        ]
    )
    assert verdicts.said(cell).text == "no"

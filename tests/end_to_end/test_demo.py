"""The whole loop on an invented class: release, submit, collect, grade, feedback; read back from what was written."""

import csv
import re
import subprocess
import sys

import pytest
from nbgrader.api import Gradebook

from grader.demo.learners import MISTAKEN, classroom
from grader.release.chapter import ROOT, load_chapter

CHAPTER = "02_mlp"


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    place = tmp_path_factory.mktemp("demo") / "it"
    command = [sys.executable, "-m", "grader", "demo", CHAPTER, "--keep", str(place)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    return place, done.stdout


@pytest.fixture(scope="module")
def learners():
    return classroom(load_chapter(CHAPTER))


def test_every_score_in_the_gradebook_is_exactly_the_expected_one(played, learners):
    place, _ = played
    with Gradebook(f"sqlite:///{place / 'class' / 'gradebook.db'}", course_id="dlbasic") as gradebook:
        for learner in learners:
            grades = gradebook.find_submission(CHAPTER, learner.name).notebooks[0].grades
            got = {g.name.removeprefix("test_"): None if g.needs_manual_grade else g.score for g in grades}
            assert got == pytest.approx(learner.scores), learner.name


def test_the_class_makes_the_first_known_mistakes_of_every_exercise(learners):
    bank = load_chapter(CHAPTER).bank.mistakes
    made = {(name, cell) for learner in learners for name, cell in learner.cells.items()}
    assert len(learners) >= 12
    assert sum(min(MISTAKEN, len(group)) for group in bank.values()) <= len(made)


def test_every_failed_exercise_of_a_mistaken_learner_is_named_on_the_feedback_page(played):
    place, _ = played
    bank = load_chapter(CHAPTER).bank.mistakes
    page = (place / "class" / "feedback" / "mistake-01" / CHAPTER / f"{CHAPTER}.html").read_text(encoding="utf-8")
    text = squeeze(re.sub(r"<[^>]+>", " ", page))
    missing = [name for name, group in bank.items() if squeeze(group[0].text["en"]) not in text]
    assert missing == []


def squeeze(text):
    import html

    return re.sub(r"[\s`]+", "", html.unescape(text))


def test_no_feedback_page_shows_a_hidden_test_or_a_solution(played):
    place, _ = played
    pages = list((place / "class" / "feedback").rglob("*.html"))
    assert len(pages) >= 12
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for secret in ("HIDDEN TESTS", "grader.hidden", "grader/hidden", "verify(", "release/exams"):
            assert secret not in text, (page, secret)


def test_the_korean_learner_gets_a_korean_page(played):
    place, _ = played
    page = (place / "class" / "feedback" / "otherwise" / CHAPTER / f"{CHAPTER}.html").read_text(encoding="utf-8")
    assert re.search("[가-힣]", re.sub(r"<pre.*?</pre>", "", page, flags=re.DOTALL))


def test_only_the_broken_notebook_is_flagged_and_with_a_reason(played):
    place, _ = played
    with open(place / "class" / "flagged.tsv", encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t"))
    flagged = [row for row in rows if row[0] != "student"]
    assert [row[:3] for row in flagged] == [["broken", CHAPTER, "-"]]
    assert len(flagged[0][3]) > 10


def test_it_ends_with_a_table_of_scores_and_the_paths_to_look_at(played):
    place, said = played
    assert "scores read back from the gradebook" in said
    for name in ("gradebook.db", "feedback", "flagged.tsv"):
        assert str(place / "class" / name) in said.replace("\n", "")

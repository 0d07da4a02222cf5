"""The gate against facts that an exercise asks for and that the learner's copy tells."""

import nbformat
import pytest

from grader.release import told
from grader.release.chapter import load_chapter

YEARS = {"AlexNet": 2012, "GAN": 2014, "GPT-2": 2019, "GPT-3": 2020}


@pytest.fixture(scope="module")
def history():
    return load_chapter("01_history")


@pytest.mark.parametrize(
    "source",
    [
        "x = {'AlexNet': 2012, 'GAN': 2014}",
        "x = {'AlexNet': ('an idea', 2012), 'GAN': ('a game', 2014)}",
        "x = [('AlexNet', 'why', 2012), ('GAN', 'how', 2014)]",
        "x = [Idea('AlexNet', year=2012), Idea('GAN', year=2014)]",
    ],
)
def test_pairs_are_found_in_any_literal_form(source):
    assert told.in_code(YEARS, source) == {"AlexNet", "GAN"}


def test_a_list_of_keys_beside_a_list_of_other_numbers_tells_nothing():
    assert told.in_code(YEARS, "keys = ['AlexNet', 'GAN']; sizes = {'AlexNet': 60965224, 'GAN': 2}") == set()


@pytest.mark.parametrize("text", ["AlexNet (2012)", "AlexNet: 2012", "AlexNet, 2012", "**AlexNet** (2012"])
def test_pairs_are_found_in_words(text):
    assert told.in_words(YEARS, text) == {"AlexNet"}


def test_a_year_in_a_longer_number_or_far_away_is_no_pair():
    assert told.in_words(YEARS, "AlexNet 20125; AlexNet learnt from ImageNet in 2012") == set()


def test_the_years_of_the_timeline_are_secret_and_found_in_alternative_text(history):
    years = dict(told.secret_pairs(history))["timeline"]
    assert years["GAN"] == 2014 and len(years) == 11
    text = "![" + ", ".join(f"{idea} {year}" for idea, year in years.items()) + "](attachment:timeline.png)"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text)])
    assert ["'timeline'" in finding.text for finding in told.told_in_notebook(history, notebook, "n")] == [True]


def test_a_figure_with_the_years_as_data_is_found(history, tmp_path):
    years = dict(told.secret_pairs(history))["timeline"]
    package = tmp_path / "dlbasic"
    package.mkdir()
    (package / "ideas.py").write_text("IDEAS = [" + ", ".join(f"({k!r}, {v})" for k, v in years.items()) + "]\n")
    assert [finding.place.file for finding in told.told_in_package(history, package)] == ["dlbasic/ideas.py"]


def test_an_example_or_two_is_allowed(history):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("AlexNet (2012), and BERT (2018)")])
    assert list(told.told_in_notebook(history, notebook, "n")) == []

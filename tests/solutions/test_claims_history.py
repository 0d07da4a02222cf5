"""What is particular to the facts of chapter 1: prose, exercise and the table of milestones say the same."""

import re

import pytest
from evidence import LANGUAGES, of

CHAPTER = of("01_history")
facts, PROSE = CHAPTER.facts, CHAPTER.prose

each_milestone = pytest.mark.parametrize("one", facts.MILESTONES, ids=lambda one: one.key)
each_language = pytest.mark.parametrize("language", LANGUAGES)


def identifiers(text):
    return set(re.findall(r"arxiv\.org/abs/([\d.]+)\)|doi\.org/([^)\s]+)\)", text))


def test_the_answer_to_timeline_is_the_table_of_milestones():
    assert CHAPTER.answer("timeline") == {one.key: one.year for one in facts.MILESTONES}


@pytest.mark.parametrize("one", [*facts.MILESTONES, *facts.SOURCES], ids=lambda one: one.key)
def test_a_year_is_that_of_the_arxiv_id(one):
    if one.arxiv:
        assert re.fullmatch(r"\d{4}\.\d{4,5}", one.arxiv)
        # Since 2015 the numbers have five digits.
        assert len(one.arxiv.split(".")[1]) == (5 if one.arxiv >= "1501" else 4)
        assert facts.arxiv_year(one.arxiv) == one.year
    else:
        assert one.doi or one.key == "GPT-2"


@each_milestone
@each_language
def test_the_prose_names_the_paper_and_quotes_what_is_often_said(one, language):
    assert f"*{one.title}*" in PROSE[language]
    assert one.authors.split(",")[0].removesuffix(" and others") in PROSE[language]
    assert one.said[language] in PROSE[language]


@each_language
def test_every_paper_that_the_prose_links_is_in_the_table_and_the_other_way_round(language):
    known = {(one.arxiv, "") for one in (*facts.MILESTONES, *facts.SOURCES) if one.arxiv}
    known |= {("", one.doi) for one in (*facts.MILESTONES, *facts.SOURCES) if one.doi}
    assert identifiers(PROSE[language]) == known


@each_language
def test_a_link_shows_the_identifier_that_it_leads_to(language):
    links = re.findall(r"\[(arXiv|doi):([^\]]+)\]\(https://(?:arxiv\.org/abs|doi\.org)/([^)]+)\)", PROSE[language])
    assert len(links) > 15
    assert [shown for _, shown, target in links if shown != target] == []


@each_language
def test_the_prose_does_not_print_the_timeline_ready_made(language):
    for one in facts.MILESTONES:
        assert not re.search(rf"\W{re.escape(one.key)}\W{{1,4}}{one.year}\b", PROSE[language]), one.key


def test_the_order_of_the_table_is_that_of_time():
    years = [one.year for one in facts.MILESTONES]
    assert years == sorted(years) and len(years) == 11


@each_milestone
def test_what_is_so_is_said_in_both_languages(one):
    assert set(one.so) == set(one.said) == set(LANGUAGES)
    assert any("가" <= letter <= "힣" for letter in one.so["ko"])

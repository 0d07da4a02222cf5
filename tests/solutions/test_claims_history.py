"""Chapter 1's facts: every proof runs, and prose, exercises and the table of milestones say the same."""

import importlib.util
import re
import sys
from pathlib import Path

import jupytext
import pytest

FOLDER = Path(__file__).resolve().parents[2] / "solutions" / "01_history"
LANGUAGES = ("en", "ko")


def load(part):
    spec = importlib.util.spec_from_file_location(f"{part}_of_01_history_tested", FOLDER / f"{part}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # a dataclass looks its own module up by name
    spec.loader.exec_module(module)
    return module


CLAIMS = load("claims").CLAIMS
facts = load("facts")
TEXTS = [(claim.id, name, getattr(claim, name)) for claim in CLAIMS for name in ("en", "ko", "proof_en", "proof_ko")]
CELLS = jupytext.reads((FOLDER / "notebook.py").read_text(encoding="utf-8"), "py:percent").cells
PROSE = {
    language: "\n".join(cell.source for cell in CELLS if cell.metadata.get("lang") == language)
    for language in LANGUAGES
}

each_milestone = pytest.mark.parametrize("one", facts.MILESTONES, ids=lambda one: one.key)
each_language = pytest.mark.parametrize("language", LANGUAGES)


def answer(name):
    (cell,) = [cell for cell in CELLS if cell.metadata.get("exercise") == name]
    names = {}
    exec(cell.source, names)
    return names[name]()


def identifiers(text):
    return set(re.findall(r"arxiv\.org/abs/([\d.]+)\)|doi\.org/([^)\s]+)\)", text))


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_the_proof_of_a_claim_holds(claim):
    claim.prove()


def test_every_claim_has_a_proof_of_its_own():
    assert len({claim.prove for claim in CLAIMS}) == len(CLAIMS)


def test_there_are_eight_claims_of_which_four_or_five_are_false():
    assert [claim.id for claim in CLAIMS] == list("12345678")
    assert sum(not claim.true for claim in CLAIMS) in (4, 5)


def test_the_reference_answer_names_exactly_the_false_claims():
    assert answer("slips") == {claim.id for claim in CLAIMS if not claim.true}


def test_the_chapter_shows_the_claims_once_in_each_language():
    assert [PROSE[language].count("{{claims}}") for language in LANGUAGES] == [1, 1]


@pytest.mark.parametrize(("id", "name", "text"), TEXTS, ids=[f"{id}-{name}" for id, name, _ in TEXTS])
def test_a_text_is_one_line_in_its_own_language(id, name, text):
    assert text.strip() == text and "\n" not in text and len(text) > 20
    assert any("가" <= letter <= "힣" for letter in text) == name.endswith("ko")


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_both_languages_of_a_claim_carry_the_same_formulas(claim):
    assert sorted(claim.en.split("$")[1::2]) == sorted(claim.ko.split("$")[1::2])


def test_the_answer_to_timeline_is_the_table_of_milestones():
    assert answer("timeline") == {one.key: one.year for one in facts.MILESTONES}


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

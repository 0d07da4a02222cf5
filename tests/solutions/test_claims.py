"""The eight claims of every chapter: proofs run, the answer names exactly the false ones; and its papers and numbers.

A chapter with a table of papers and numbers (`PAPERS`, `NUMBERS` in facts.py) is held to it. What is particular to a
chapter stands in `test_claims_<chapter>.py`.
"""

import re

import pytest
from evidence import CHAPTERS, LANGUAGES

CLAIMS = [pytest.param(of, claim, id=f"{of.name}-{claim.id}") for of in CHAPTERS for claim in of.claims]
TEXTS = [
    pytest.param(name, getattr(claim, name), id=f"{of.name}-{claim.id}-{name}")
    for of in CHAPTERS
    for claim in of.claims
    for name in ("en", "ko", "proof_en", "proof_ko")
]
PAPERS = [pytest.param(of, paper, id=f"{of.name}-{paper.title[:30]}") for of in CHAPTERS for paper in of.papers]
NUMBERS = [pytest.param(of, number, id=f"{of.name}-{number.id}") for of in CHAPTERS for number in of.numbers]

each_chapter = pytest.mark.parametrize("of", CHAPTERS, ids=lambda of: of.name)
each_claim = pytest.mark.parametrize(("of", "claim"), CLAIMS)
each_paper = pytest.mark.parametrize(("of", "paper"), PAPERS)
each_language = pytest.mark.parametrize("language", LANGUAGES)


@each_claim
def test_the_proof_of_a_claim_holds(of, claim):
    claim.prove()


@each_claim
def test_both_languages_of_a_claim_carry_the_same_formulas(of, claim):
    assert sorted(claim.en.split("$")[1::2]) == sorted(claim.ko.split("$")[1::2])


@pytest.mark.parametrize(("name", "text"), TEXTS)
def test_a_text_is_one_line_in_its_own_language(name, text):
    assert text.strip() == text and "\n" not in text and len(text) > 20
    assert any("가" <= letter <= "힣" for letter in text) == name.endswith("ko")


@each_chapter
def test_there_are_eight_claims_of_which_four_or_five_are_false_each_with_a_proof_of_its_own(of):
    assert [claim.id for claim in of.claims] == list("12345678")
    assert sum(not claim.true for claim in of.claims) in (4, 5)
    assert len({claim.prove for claim in of.claims}) == len(of.claims)


@each_chapter
def test_the_reference_answer_names_exactly_the_false_claims(of):
    assert of.answer("slips") == {claim.id for claim in of.claims if not claim.true}


@each_chapter
def test_the_chapter_shows_the_claims_once_in_each_language(of):
    assert [of.prose[language].count("{{claims}}") for language in LANGUAGES] == [1, 1]


@each_language
@each_paper
def test_a_paper_stands_in_the_reading_list_with_its_year_and_address(of, paper, language):
    (line,) = [line for line in of.prose[language].splitlines() if f"*{paper.title}*" in line]
    assert f"({paper.year})" in line
    assert f"arXiv:{paper.arxiv}](https://arxiv.org/abs/{paper.arxiv})" in line if paper.arxiv else "arXiv" not in line
    assert f"doi:{paper.doi}](" in line if paper.doi else "doi:" not in line


@each_language
@pytest.mark.parametrize("of", [of for of in CHAPTERS if of.papers], ids=lambda of: of.name)
def test_every_arxiv_id_of_the_chapter_is_in_the_table(of, language):
    known = {paper.arxiv for paper in of.papers} - {""}
    assert set(re.findall(r"arXiv:(\d{4}\.\d{4,5})", of.prose[language])) == known


@each_paper
def test_an_arxiv_id_says_the_year_of_the_first_version(of, paper):
    # Since April 2007 the first four digits of an arXiv id are the year and month of the submission.
    assert not paper.arxiv or 2000 + int(paper.arxiv[:2]) == (paper.first or paper.year)


@pytest.mark.parametrize(("of", "number"), NUMBERS)
def test_a_number_of_the_prose_is_what_the_computation_gives(of, number):
    assert f"{number.value():.{number.digits}f}" == number.said
    for prose in of.prose.values():
        # Long numbers stand in groups of three digits, with a thin space or a comma between them.
        joined = re.sub(r"(?<=\d)(?:[,\u2009\u202f ]|\\,)(?=\d{3}(?!\d))", "", prose)
        found = rf"(?<![\d.]){re.escape(number.said)}(?!\d)"
        assert re.search(found, prose) or re.search(found, joined), number.said

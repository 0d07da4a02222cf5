"""What `slips` has in every chapter is declared once: no chapter with claims goes without, none gets it twice."""

import pytest

from dlbasic.examine import examine
from grader.release.chapter import SOLUTIONS, chapter_names, load_chapter, load_folder
from grader.release.exams import hidden_exam

CLAIMS = '''
from types import SimpleNamespace

CLAIMS = [SimpleNamespace(id=str(k), true=k != 3, en="c", ko="c") for k in range(1, 9)]
'''
SLIPS = '''
# %% exercise="slips"
def slips():
    """The ids of the false claims."""
    ### BEGIN SOLUTION
    return {"3"}
    ### END SOLUTION
'''
OWN = '''
@mistake("slips", en="own words", ko="own words")
def all_of_them():
    return {str(number) for number in range(1, 9)}
'''
WRONG = {
    "true_ones": {"1", "2", "4", "5", "6", "7", "8"},
    "all_of_them": {"1", "2", "3", "4", "5", "6", "7", "8"},
    "none_of_them": set(),
    "numbers_for_strings": {3},
}


def append(path, text):
    path.write_text((path.read_text(encoding="utf-8") if path.is_file() else "") + text, encoding="utf-8")


@pytest.fixture
def claiming(tiny):
    """The tiny chapter with eight claims, of which the third is false, and not a word about how `slips` is judged."""
    append(tiny.folder / "notebook.py", SLIPS)
    append(tiny.folder / "claims.py", CLAIMS)
    return tiny.folder


@pytest.mark.parametrize("name", [*WRONG, None])
def test_a_chapter_that_only_has_claims_names_the_known_mistakes_and_takes_right_answers(claiming, name):
    answer = frozenset("3") if name is None else WRONG[name]
    verdict = examine(lambda: answer, hidden_exam(load_folder(claiming), "slips"))
    assert verdict.mistake == (name or "")
    assert verdict.passed == (name is None)


def test_what_a_chapter_declares_itself_stays_and_stands_once(claiming):
    append(claiming / "mistakes.py", OWN)
    mistakes = load_folder(claiming).bank.mistakes["slips"]
    assert sorted(answer.id for answer in mistakes) == sorted(WRONG)
    assert {answer.text["en"] for answer in mistakes if answer.id == "all_of_them"} == {"own words"}


def test_a_chapter_without_claims_gets_nothing(tiny):
    bank = load_folder(tiny.folder).bank
    assert "slips" not in bank.mistakes and "slips" not in bank.probes


@pytest.mark.parametrize("name", [name for name in chapter_names() if (SOLUTIONS / name / "claims.py").is_file()])
def test_every_chapter_with_claims_has_them(name):
    bank = load_chapter(name).bank
    assert set(WRONG) == {answer.id for answer in bank.mistakes["slips"]}
    assert len(bank.equivalents["slips"]) == 2 and bank.probes["slips"].secret and bank.probes["slips"].partial

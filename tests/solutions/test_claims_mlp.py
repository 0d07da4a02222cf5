"""The eight claims of chapter 2: every proof runs, and the chapter's own answer names exactly the false ones."""

import importlib.util
import sys
from pathlib import Path

import jupytext
import pytest

FOLDER = Path(__file__).resolve().parents[2] / "solutions" / "02_mlp"


def load_claims():
    spec = importlib.util.spec_from_file_location("claims_of_02_mlp", FOLDER / "claims.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # a dataclass looks its own module up by name
    spec.loader.exec_module(module)
    return module.CLAIMS


CLAIMS = load_claims()
TEXTS = [(claim.id, name, getattr(claim, name)) for claim in CLAIMS for name in ("en", "ko", "proof_en", "proof_ko")]


def chapter_cells():
    return jupytext.reads((FOLDER / "notebook.py").read_text(encoding="utf-8"), "py:percent").cells


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_the_proof_of_a_claim_holds(claim):
    claim.prove()


def test_every_claim_has_a_proof_of_its_own():
    assert len({claim.prove for claim in CLAIMS}) == len(CLAIMS)


def test_there_are_eight_claims_of_which_four_or_five_are_false():
    assert [claim.id for claim in CLAIMS] == list("12345678")
    assert sum(not claim.true for claim in CLAIMS) in (4, 5)


def test_the_reference_answer_names_exactly_the_false_claims():
    (cell,) = [cell for cell in chapter_cells() if cell.metadata.get("exercise") == "slips"]
    names = {}
    exec(cell.source, names)
    assert names["slips"]() == {claim.id for claim in CLAIMS if not claim.true}


def test_the_chapter_shows_the_claims_once_in_each_language():
    shown = [cell.metadata["lang"] for cell in chapter_cells() if "{{claims}}" in cell.source]
    assert shown == ["en", "ko"]


@pytest.mark.parametrize(("id", "name", "text"), TEXTS, ids=[f"{id}-{name}" for id, name, _ in TEXTS])
def test_a_text_is_one_line_in_its_own_language(id, name, text):
    assert text.strip() == text and "\n" not in text and len(text) > 20
    assert any("가" <= letter <= "힣" for letter in text) == name.endswith("ko")


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_both_languages_of_a_claim_carry_the_same_formulas(claim):
    assert claim.en.split("$")[1::2] == claim.ko.split("$")[1::2]

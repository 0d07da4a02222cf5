"""The eight claims and the facts of chapter 3: proofs run, the answer names the false ones, numbers are recomputed."""

import importlib.util
import re
import sys
from pathlib import Path

import jupytext
import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "solutions" / "03_optimization"


def load(name):
    spec = importlib.util.spec_from_file_location(f"{name}_of_03_optimization", FOLDER / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # a dataclass looks its own module up by name
    spec.loader.exec_module(module)
    return module


CLAIMS = load("claims").CLAIMS
FACTS = load("facts")
CELLS = jupytext.reads((FOLDER / "notebook.py").read_text(encoding="utf-8"), "py:percent").cells
PROSE = {
    language: "\n".join(cell.source for cell in CELLS if cell.metadata.get("lang") == language)
    for language in ("en", "ko")
}
TEXTS = [(claim.id, name, getattr(claim, name)) for claim in CLAIMS for name in ("en", "ko", "proof_en", "proof_ko")]
LANGUAGES = pytest.mark.parametrize("language", ["en", "ko"])


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_the_proof_of_a_claim_holds(claim):
    claim.prove()


def test_every_claim_has_a_proof_of_its_own():
    assert len({claim.prove for claim in CLAIMS}) == len(CLAIMS)


def test_there_are_eight_claims_of_which_four_or_five_are_false():
    assert [claim.id for claim in CLAIMS] == list("12345678")
    assert sum(not claim.true for claim in CLAIMS) in (4, 5)


def test_the_reference_answer_names_exactly_the_false_claims():
    (cell,) = [cell for cell in CELLS if cell.metadata.get("exercise") == "slips"]
    names = {}
    exec(cell.source, names)
    assert names["slips"]() == {claim.id for claim in CLAIMS if not claim.true}


def test_the_chapter_shows_the_claims_once_in_each_language():
    assert [cell.metadata["lang"] for cell in CELLS if "{{claims}}" in cell.source] == ["en", "ko"]


@pytest.mark.parametrize(("id", "name", "text"), TEXTS, ids=[f"{id}-{name}" for id, name, _ in TEXTS])
def test_a_text_is_one_line_in_its_own_language(id, name, text):
    assert text.strip() == text and "\n" not in text and len(text) > 20
    assert any("가" <= letter <= "힣" for letter in text) == name.endswith("ko")


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_both_languages_of_a_claim_carry_the_same_formulas(claim):
    assert claim.en.split("$")[1::2] == claim.ko.split("$")[1::2]


@LANGUAGES
@pytest.mark.parametrize("paper", FACTS.PAPERS, ids=lambda paper: paper.title[:30])
def test_a_paper_stands_in_the_reading_list_with_its_year_and_address(paper, language):
    (line,) = [line for line in PROSE[language].splitlines() if f"*{paper.title}*" in line]
    assert f"({paper.year})" in line
    assert f"arXiv:{paper.arxiv}](https://arxiv.org/abs/{paper.arxiv})" in line if paper.arxiv else "arXiv" not in line
    assert f"doi:{paper.doi}](" in line if paper.doi else "doi:" not in line


@LANGUAGES
def test_every_arxiv_id_of_the_chapter_is_in_the_table(language):
    assert set(re.findall(r"arXiv:(\d{4}\.\d{4,5})", PROSE[language])) == {paper.arxiv for paper in FACTS.PAPERS} - {""}


@pytest.mark.parametrize("paper", [paper for paper in FACTS.PAPERS if paper.arxiv], ids=lambda paper: paper.arxiv)
def test_an_arxiv_id_says_the_year_of_the_first_version(paper):
    # Since April 2007 the first four digits of an arXiv id are the year and month of the submission.
    assert 2000 + int(paper.arxiv[:2]) == (paper.first or paper.year)


@pytest.mark.parametrize("number", FACTS.NUMBERS, ids=lambda number: number.id)
def test_a_number_of_the_prose_is_what_the_computation_gives(number):
    assert f"{number.value():.{number.digits}f}" == number.said
    for prose in PROSE.values():
        assert re.search(rf"(?<![\d.]){re.escape(number.said)}(?!\d)", prose), number.said


def test_the_recorded_runs_say_what_the_text_says_about_stopping_rules():
    with np.load(ROOT / "assets" / "sharpness" / "sharpness.npz", allow_pickle=False) as runs:
        accuracy, sharp = runs["accuracy"].mean(axis=2), runs["sharpness"].astype(float).mean(axis=2)
        factors = runs["factors"]
    plain = int(np.argmin(np.abs(factors - 1.0)))
    epochs, steps, loss = range(3)
    assert accuracy[epochs].argmax() == 0, "equal epochs: the smallest batch reads best"
    assert accuracy[steps].argmin() == accuracy[loss].argmin() == 0, "equal steps or loss: it is last"
    assert sharp[loss, :, plain].argmin() == 0, "and the flattest"
    far = (factors > 2.5) | (factors < 1 / 2.5)
    assert (sharp[loss, 0, far] > sharp[loss, 1:, plain].max()).all()


def test_the_reference_hyper_parameters_arrive_on_every_valley_that_the_rules_allow():
    functions = {"np": np}
    for cell in CELLS:
        if "exercise" in cell.metadata:
            exec(cell.source, functions)

    def end(name, values, hessian, w):
        state = {}
        for _ in range(300):
            if name == "gd":
                w = functions["gd_step"](w, hessian @ w, **values)
            elif name == "nesterov":
                w, state = functions["nesterov_step"](w, lambda v: hessian @ v, state, **values)
            else:
                w, state = functions[f"{name}_step"](w, hessian @ w, state, **values)
        return np.linalg.norm(w)

    rng = np.random.default_rng(0)
    valleys = [(np.arctan2(0.6, 0.8), 1.0, 30.0, np.array([-2.0, 2.0]))]
    for flat, steep in [(0.8, 24.0), (0.8, 36.0), (1.2, 24.0), (1.2, 36.0)]:
        for _ in range(5):
            angle, direction = rng.uniform(0.0, 2.0 * np.pi, 2)
            valleys.append((angle, flat, steep, 3.0 * np.array([np.cos(direction), np.sin(direction)])))
    for angle, flat, steep, start in valleys:
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        hessian = turn @ np.diag([flat, steep]) @ turn.T
        for name, values in functions["race"]().items():
            assert end(name, values, hessian, start) <= 0.2, (name, angle, flat, steep, start)

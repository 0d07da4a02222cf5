"""One word for one idea: no Korean text of a chapter uses a variant that `solutions/terms.csv` advises against."""

import csv
import importlib.util
import sys
from pathlib import Path

import jupytext
import pytest

from dlbasic.authoring import Bank, collect

SOLUTIONS = Path(__file__).resolve().parents[2] / "solutions"
CHAPTERS = sorted(path.parent for path in SOLUTIONS.glob("*/notebook.py"))


def read_terms() -> list[dict[str, str]]:
    with open(SOLUTIONS / "terms.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


TERMS = read_terms()


def variants(row: dict[str, str]) -> list[str]:
    return [variant for variant in row["avoid"].split(";") if variant]


def found_in(text: str) -> list[str]:
    """What a Korean text says that it should say otherwise."""
    return [f"{variant!r}: write {row['ko']!r}" for row in TERMS for variant in variants(row) if variant in text]


def run(path: Path):
    spec = importlib.util.spec_from_file_location(f"terms_{path.parent.name}_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # a dataclass looks its own module up by name
    spec.loader.exec_module(module)
    return module


def korean_prose(folder: Path) -> list[tuple[str, str]]:
    cells = jupytext.reads((folder / "notebook.py").read_text(encoding="utf-8"), "py:percent").cells
    return [("notebook.py: " + cell.source[:40], cell.source) for cell in cells if cell.metadata.get("lang") == "ko"]


def korean_claims(folder: Path) -> list[tuple[str, str]]:
    claims = run(folder / "claims.py").CLAIMS
    return [(f"claim {claim.id}", text) for claim in claims for text in (claim.ko, claim.proof_ko)]


def korean_messages(folder: Path) -> list[tuple[str, str]]:
    """Hints and the messages of known mistakes, from whichever of the chapter's files declares them."""
    bank = Bank()
    with collect(bank):
        for path in sorted(folder.glob("*.py")):
            if path.stem not in ("notebook", "claims"):
                run(path)
    hints = [(f"hint {name}", text) for name, hints in bank.hints.items() for text in hints.ko]
    mistakes = [(f"mistake {name}.{one.id}", one.text["ko"]) for name, many in bank.mistakes.items() for one in many]
    return hints + mistakes


@pytest.mark.parametrize("texts", [korean_prose, korean_claims, korean_messages], ids=lambda reader: reader.__name__)
@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.name)
def test_no_korean_text_uses_a_variant_to_avoid(chapter, texts):
    found = texts(chapter)
    assert len(found) > 5, "there must be something to look through"
    assert [(place, say) for place, text in found for say in found_in(text)] == []


def test_a_variant_would_be_found():
    assert found_in("오버플로우가 나지 않게 합니다.") == ["'오버플로우': write '오버플로'"]
    assert found_in("오버플로가 나지 않게 합니다.") == []


@pytest.mark.parametrize("column", ["id", "en", "ko"])
def test_the_table_has_no_duplicates(column):
    values = [row[column] for row in TERMS]
    assert sorted(set(values)) == sorted(values)


def test_a_variant_is_advised_against_once_and_no_term_contains_one():
    every = [variant for row in TERMS for variant in variants(row)]
    assert sorted(set(every)) == sorted(every)
    assert [row["ko"] for row in TERMS if found_in(row["ko"])] == []


def test_the_table_is_sorted_and_complete():
    ids = [row["id"] for row in TERMS]
    assert ids == sorted(ids)
    assert all(row["id"] and row["en"] and row["ko"] for row in TERMS)

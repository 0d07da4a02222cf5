"""CONTRIBUTING.md's worked example works as written: its four blocks make a sound exercise."""

import re
import shutil

import pytest

from grader.release import gates, twins
from grader.release.chapter import ROOT, load_folder

BLOCK = re.compile(r"```python file=(\S+)\n(.*?)```", re.DOTALL)


@pytest.fixture
def extended(tmp_path):
    folder = tmp_path / "02_mlp"
    shutil.copytree(ROOT / "solutions" / "02_mlp", folder, ignore=shutil.ignore_patterns("__pycache__"))
    blocks = BLOCK.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    for name, block in blocks:
        with open(folder / name, "a", encoding="utf-8") as file:
            file.write("\n\n" + block)
    assert len(blocks) == 4
    chapter = load_folder(folder)
    # Everything else in the chapter has its own tests; only the new exercise is put through the slow gate.
    chapter.cells = [cell for cell in chapter.cells if cell.role in ("prose", "code") or cell.name == "huber"]
    for bank in (chapter.bank.probes, chapter.bank.hints, chapter.bank.mistakes, chapter.bank.equivalents):
        for name in set(bank) - {"huber"}:
            del bank[name]
    return chapter


def test_the_worked_example_passes_every_gate(extended):
    found = [*gates.markers(extended), *gates.pieces(extended), *twins.twins(extended)]
    found += [*gates.examples(extended), *gates.answers(extended)]
    assert [str(finding) for finding in found] == []
    assert extended.exercises == ["huber"]

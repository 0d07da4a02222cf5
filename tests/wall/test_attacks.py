"""A class of attackers, graded in one run: none gains a point, reads a secret or touches anything.

What each of them does where nothing protects anybody is in `attacks/evidence.json` (made by `unprotected.py`).
"""

from __future__ import annotations

import json
from pathlib import Path

import campaign
import pytest
import target
from attacks import everything
from sampling import sample

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
ATTACKS = sample(everything())
EVIDENCE = json.loads((Path(__file__).parent / "attacks" / "evidence.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """The class after its run, and what was seen of it."""
    made = campaign.play(tmp_path_factory.mktemp("attacks"), ATTACKS)
    yield made
    made.scene.close()


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.student)
def test_an_attack_gains_nothing_and_touches_nothing(attack, played, tally):
    outcome = played.outcomes[attack.student]
    tally(
        "attack", count=1, gained=outcome.gained, secrets=len(outcome.secrets), lost=len(outcome.lost), hurt=0,
        touched=len(outcome.changed) + outcome.heard + len(outcome.reached), active=bool(outcome.active),
    )  # fmt: skip
    assert outcome.evil == {}, attack.what


def test_no_attack_ends_the_grading_of_its_submission(played):
    """What is broken costs the exercise that it is in: `failed` would be an error of ours."""
    assert [name for name, outcome in played.outcomes.items() if "failed" in outcome.flags] == []


@pytest.mark.parametrize("name", campaign.NEIGHBOURS)
def test_an_honest_neighbour_of_attackers_gets_full_marks(name, played, tally):
    outcome = played.outcomes[name]
    hurt = outcome.points != {n: float(points) for n, points in target.POINTS.items()} or bool(outcome.waits)
    tally("attack", count=0, gained=0, secrets=len(outcome.secrets), lost=0, hurt=int(hurt), touched=0, active=0)
    assert not hurt, (outcome.points, outcome.flags)
    assert outcome.evil == {} and outcome.flags == []


def test_nothing_of_an_attack_lives_on(played):
    assert played.left_processes == []
    assert played.left_files == []


def test_nothing_outside_has_changed(played):
    assert played.scene.changes() == []
    assert played.scene.victim_lives()
    assert played.scene.heard == []


def test_the_gradebook_holds_the_class_and_nothing_else(played):
    with played.directory.gradebook() as gradebook:
        known = {student.id for student in gradebook.students}
        sql = "SELECT name FROM sqlite_master WHERE name = 'was_here'"
        names = gradebook.db.connection().exec_driver_sql(sql).all()
    assert known == {*played.outcomes, "nobody"} and names == []


def test_flags_say_nothing_that_was_planted(played):
    flags = (played.directory.root / "flagged.tsv").read_text(encoding="utf-8")
    assert played.scene.leaks(flags) == []


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.student)
def test_an_attack_is_real(attack):
    """Each succeeds where nothing protects anybody, or says why it may not."""
    assert EVIDENCE.get(attack.student) or attack.unproven, "run tests/wall/unprotected.py for it"


def test_most_attacks_have_succeeded_where_nothing_protects_anybody():
    assert set(EVIDENCE) <= {attack.student for attack in everything()}
    assert sum(map(bool, EVIDENCE.values())) >= 110


@pytest.mark.parametrize("attack", [one for one in ATTACKS if one.family == "protocol"], ids=lambda attack: attack.name)
def test_an_attack_on_the_wall_has_found_it(attack, played):
    """Else it would prove nothing."""
    graded = played.directory.graded(attack.student, target.CHAPTER).read_text(encoding="utf-8")
    assert "the wall was found\\n" in graded or "failed" in played.outcomes[attack.student].flags

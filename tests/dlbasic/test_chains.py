"""A step that hands a state on is judged by a whole chain; messages still speak of the learner's own function."""

import json
from collections import deque
from types import SimpleNamespace

import numpy as np
import pytest

from dlbasic.chains import ADAPTERS, observe_chain
from dlbasic.exam import Case, Exam, KnownMistake
from dlbasic.examine import examine
from dlbasic.messages import message
from dlbasic.observe import observe
from dlbasic.table import decode_outcome, encode_outcome

CHAIN = ADAPTERS["chain"]
ROWS = np.array([[1.0, -2.0], [0.5, 4.0], [-3.0, 0.0]])
RATES = [0.5, 0.1, 0.2]


def summed(w, g, state, rate):
    """w minus rate times the sum of all g so far."""
    total = state.get("total", 0.0) + np.asarray(g)
    return np.asarray(w) - rate * total, {"total": total}


def exam_for(*mistakes, spares=()):
    arguments = (np.array([1.0, 2.0]), ROWS, RATES)
    case = Case(arguments, observe_chain(summed, arguments).value)
    known = tuple(KnownMistake(f.__name__, {"en": "!", "ko": "!"}, (observe_chain(f, arguments),)) for f in mistakes)
    return Exam("summed", ("w", "g", "state", "rate"), (case,), lambda: known, lambda: spares, calls=CHAIN)


def forgets(w, g, state, rate):
    return np.asarray(w) - rate * np.asarray(g), {}


def test_a_chain_answers_with_every_w_on_the_way():
    walked = observe_chain(summed, (np.array([1.0, 2.0]), ROWS, RATES)).value
    totals = np.cumsum(ROWS, axis=0)
    wanted = np.array([1.0, 2.0]) - np.cumsum(np.array(RATES)[:, None] * totals, axis=0)
    np.testing.assert_allclose(walked, wanted)


def test_a_right_step_passes_whatever_its_state_looks_like():
    class Memory:
        def __init__(self, rows):
            self.rows = rows

    def keeps_objects(w, g, state, rate):
        rows = [*(state["memory"].rows if state else ()), np.array(g)]
        return w - rate * sum(rows), {"memory": Memory(rows), "log": print}

    assert examine(summed, exam_for()).passed
    assert examine(lambda w, g, state, rate: list(summed(w, g, state, rate)), exam_for()).passed
    # An object without == is never equal to its copy: that must not look like a changed argument.
    assert examine(keeps_objects, exam_for()).passed


def test_a_change_inside_an_object_of_the_state_is_seen():
    class Memory:
        total = 0.0

    def adds_to_an_object(w, g, state, rate):
        memory = state.get("memory") or Memory()
        memory.total = memory.total + np.asarray(g)
        return w - rate * memory.total, {"memory": memory}

    verdict = examine(adds_to_an_object, exam_for())
    assert (verdict.kind, verdict.facts["names"]) == ("changed", "state")


def test_a_step_that_forgets_its_state_is_found_out_and_named():
    verdict = examine(lambda w, g, state, rate: forgets(w, g, state, rate), exam_for(forgets))
    assert (verdict.kind, verdict.mistake) == ("mistake", "forgets")


def test_a_difference_is_told_with_the_step_and_the_place_in_w():
    verdict = examine(forgets, exam_for())
    assert (verdict.kind, verdict.facts["call"], verdict.facts["path"]) == ("value", 2, "[0]")
    assert "`w[0]` after step 2" in message(verdict).body[0]
    assert "2번째 걸음 뒤의 `w[0]`" in message(verdict, "ko").body[0]


def test_the_case_is_told_by_the_learners_own_parameters():
    verdict = examine(lambda weights, slope, memory, rate: (weights, {}), exam_for())
    assert [name for name, _ in verdict.case] == ["weights", "slope", "memory", "rate"]
    assert dict(verdict.case)["memory"] == "empty dict"


@pytest.mark.parametrize(
    ("change", "name"), [("w -= 0.5", "w"), ("g *= 2.0", "g"), ("state['more'] = 1", "state")], ids=["w", "g", "state"]
)
def test_an_argument_changed_in_a_later_step_is_seen_and_named(change, name):
    scope = {"summed": summed, "np": np}
    source = (
        "def step(w, g, state, rate):\n"
        "    answer = summed(w, g, {'total': state['total']} if state else {}, rate)\n"
        f"    if state:\n        {change}\n"
        "    return answer\n"
    )
    exec(source, scope)
    verdict = examine(scope["step"], exam_for())
    assert (verdict.kind, verdict.facts["names"]) == ("changed", name)


def test_an_array_inside_the_state_is_watched_too():
    def accumulates(w, g, state, rate):
        total = state.get("total", np.zeros(2))
        total += g
        return w - rate * total, {"total": total}

    verdict = examine(accumulates, exam_for())
    assert (verdict.kind, verdict.facts["names"]) == ("changed", "state")


def test_a_crash_in_a_later_step_shows_the_learners_line():
    def crashes(w, g, state, rate):
        if state:
            return w - state["velocity"], state
        return summed(w, g, state, rate)

    verdict = examine(crashes, exam_for())
    assert (verdict.kind, verdict.facts["error"]) == ("crashed", "KeyError")
    assert verdict.facts["line"] == 'return w - state["velocity"], state'


@pytest.mark.parametrize(
    ("returned", "told"),
    [
        (lambda w: w, "array (2,) of float64"),
        (lambda w: (w, None), "(array (2,) of float64, None)"),
        (lambda w: (w, {}, 1), "(array (2,) of float64, empty dict, 1)"),
        (lambda w: ({}, w), "(empty dict, array (2,) of float64)"),
        (lambda w: (None, {}), "(None, empty dict)"),
    ],
)
def test_another_form_than_the_pair_is_told_with_what_came_back(returned, told):
    verdict = examine(lambda w, g, state, rate: returned(np.array(w)), exam_for())
    assert (verdict.kind, verdict.facts["aspect"], verdict.facts["call"]) == ("structure", "pair", 1)
    for language in ("en", "ko"):
        assert told in message(verdict, language).text()
        assert "(w, state)" in message(verdict, language).text()


def test_a_missing_return_and_a_stub_are_called_by_their_names():
    def stub(w, g, state, rate):
        raise NotImplementedError()

    assert examine(lambda w, g, state, rate: None, exam_for()).kind == "nothing"
    assert examine(stub, exam_for()).kind == "todo"


def test_other_parameters_are_those_of_the_step_and_not_of_the_chain():
    verdict = examine(lambda w, g: w, exam_for())
    assert verdict.facts == {"problem": "parameters", "got": "(w, g)", "expected": "(w, g, state, rate)"}


@pytest.mark.parametrize("starts_anew", [False, True])
def test_memory_outside_of_the_state_shows_when_a_step_is_repeated(starts_anew):
    hidden = {"total": 0.0}

    def remembers_elsewhere(w, g, state, rate):
        if starts_anew and not state:
            hidden["total"] = 0.0
        hidden["total"] = hidden["total"] + np.asarray(g)
        return w - rate * hidden["total"], {"started": True}

    verdict = examine(remembers_elsewhere, exam_for())
    assert (verdict.kind, verdict.facts["call"]) == ("value", 2 if starts_anew else 1)


def test_a_state_that_no_step_can_be_repeated_from_is_told():
    def half_used(w, g, state, rate):
        return summed(w, g, {}, rate)[0], {"rest": (row for row in ROWS)}

    verdict = examine(half_used, exam_for())
    assert verdict.kind == "refused"
    assert "cannot be copied" in verdict.facts["got"]


@pytest.mark.parametrize("keeps", [lambda rows: SimpleNamespace(rows=rows), lambda rows: deque([rows])])
def test_a_state_may_hold_what_compares_its_arrays(keeps):
    def remembers(w, g, state, rate):
        kept = state.get("kept")
        old = kept.pop() if isinstance(kept, deque) else kept.rows if kept else 0.0
        total = old + np.asarray(g)
        return w - rate * total, {"kept": keeps(total)}

    verdict = examine(remembers, exam_for())
    # Taking from a deque changes it; reading a name does not.
    assert verdict.passed if isinstance(keeps(0), SimpleNamespace) else verdict.kind == "changed"


def test_what_a_chain_did_survives_the_check_table():
    arguments = (np.array([1.0, 2.0]), ROWS, RATES)
    for step in (summed, forgets, lambda w, g, state, rate: w, lambda w, g, state, rate: state["a"]):
        outcome = observe_chain(step, arguments)
        copy = decode_outcome(json.loads(json.dumps(encode_outcome(outcome))))
        assert (copy.error, copy.malformed, copy.call) == (outcome.error, outcome.malformed, outcome.call)
        np.testing.assert_array_equal(copy.value, outcome.value)


def test_one_call_is_as_it_was():
    exam = Exam("double", ("x",), (Case((np.array([1.0]),), np.array([2.0])),))
    assert exam.calls.observe is observe
    assert examine(lambda x: 2 * x, exam).passed
    assert examine(lambda x: 3 * x, exam).facts["path"] == "[0]"

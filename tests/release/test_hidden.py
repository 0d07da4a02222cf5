"""Hidden tests: full marks for what is right, each exercise on its own, no number that a learner could take home."""

import re
from functools import partial

import numpy as np
import pytest

from dlbasic import check, session, table
from dlbasic.examine import examine as examine_alone
from dlbasic.verdict import Verdict
from grader.hidden import examine, hush, partial_share, verify, warm
from grader.release.as_cell import answer_cell, solution_cell
from grader.release.chapter import load_chapter
from grader.release.exams import cached_hidden_exam, desk_exam, hidden_exam

CHAPTER = "02_mlp"


@pytest.fixture(scope="module")
def chapter():
    return load_chapter(CHAPTER)


def desk_of(chapter, *names, **sources):
    """A learner's namespace with right cells for `names` and her own for `sources`."""
    namespace = {"np": np, "__name__": "__main__"}
    for name in names:
        exec(solution_cell(chapter, name), namespace)
    for source in sources.values():
        exec(source, namespace)
    return namespace


def test_a_right_answer_earns_full_marks_silently(chapter):
    assert verify(desk_of(chapter, "mse")["mse"], CHAPTER) is None


def test_a_wrong_answer_raises_with_the_mistakes_name_and_no_numbers(chapter):
    wrong = desk_of(chapter, mse="def mse(y, y_hat):\n    return float(np.sum((y - y_hat) ** 2))")["mse"]
    with pytest.raises(AssertionError, match="sum of the squared errors") as caught:
        verify(wrong, CHAPTER)
    assert not re.search(r"\d\.\d", str(caught.value))


def test_hidden_cases_are_not_the_desks(chapter):
    for name in chapter.exercises:
        shown = {repr(case.arguments) for case in desk_exam(chapter, name).cases if case.arguments}
        unseen = [case for case in hidden_exam(chapter, name).cases if case.arguments]
        fresh = [case for case in unseen if repr(case.arguments) not in shown]
        assert not unseen or len(fresh) >= 2, name


def test_an_answer_that_knows_the_desks_numbers_by_heart_fails_the_hidden_test(chapter):
    answers = [(case.arguments, case.expected) for case in desk_exam(chapter, "mse").cases]

    def mse(y, y_hat):
        return next((value for known, value in answers if np.array_equal(known[0], y)), 0.0)

    with pytest.raises(AssertionError):
        verify(mse, CHAPTER)


def test_an_exercise_is_judged_on_its_own_when_it_calls_another_that_is_wrong(chapter):
    wrong_softmax = "def softmax(logits):\n    return logits * 0.0"
    source = (
        "def cross_entropy_grad(logits, labels):\n"
        "    d = softmax(np.asarray(logits))\n"
        "    d[np.arange(len(labels)), labels] -= 1.0\n"
        "    return d / len(labels)"
    )
    desk = desk_of(chapter, softmax=wrong_softmax, cross_entropy_grad=source)
    assert verify(desk["cross_entropy_grad"], CHAPTER) is None
    assert desk["softmax"](np.ones((1, 2))).sum() == 0.0, "the learner's own function is put back"


def test_it_is_judged_on_its_own_through_a_helper_too(chapter):
    source = (
        "def helper(z):\n    return softmax(z)\n\n"
        "def cross_entropy_grad(logits, labels):\n"
        "    return (helper(np.asarray(logits)) - np.eye(np.shape(logits)[1])[labels]) / len(labels)"
    )
    desk = desk_of(chapter, softmax="def softmax(logits):\n    raise ValueError", cross_entropy_grad=source)
    assert verify(desk["cross_entropy_grad"], CHAPTER) is None


def test_an_own_version_with_another_signature_is_not_taken_away(chapter):
    own = (
        "def softmax(z, axis):\n"
        "    e = np.exp(z - z.max(axis, keepdims=True))\n"
        "    return e / e.sum(axis, keepdims=True)"
    )
    source = (
        "def cross_entropy_grad(logits, labels):\n"
        "    logits = np.asarray(logits)\n"
        "    return (softmax(logits, 1) - np.eye(logits.shape[1])[labels]) / len(labels)"
    )
    assert verify(desk_of(chapter, softmax=own, cross_entropy_grad=source)["cross_entropy_grad"], CHAPTER) is None


def test_training_on_wrong_parts_is_judged_with_right_ones(chapter):
    names = ("mlp_forward", "mlp_backward", "cross_entropy", "cross_entropy_grad")
    wrong = {name: f"def {name}(*a):\n    raise RuntimeError" for name in names}
    desk = desk_of(chapter, **wrong, train_mlp=solution_cell(chapter, "train_mlp"))
    assert verify(desk["train_mlp"], CHAPTER) is None


def test_a_table_with_a_wrong_row_earns_its_other_rows_beside_wrong_functions():
    tables = load_chapter("05_cnn")
    points = tables.cell("test", "alexnet_table").points

    def earned(conv_params):
        scope = {"np": np}
        exec(conv_params + "\n" + solution_cell(tables, "alexnet_table").replace("(6 * 6 * 256", "(6 * 6 * 255"), scope)
        return verify(scope["alexnet_table"], "05_cnn")

    right = solution_cell(tables, "conv_params")
    wrong, broken = "def conv_params(*a, **k):\n    return 0", "def conv_params(*a, **k):\n    raise KeyError"
    assert [earned(cell) for cell in (right, wrong, broken)] == [round(points * 7 / 8, 4)] * 3


def test_a_key_that_is_missing_or_has_no_year_costs_only_itself():
    years = load_chapter("01_history").functions["timeline"]()
    eleven = len(years)

    def judged(answer):
        def timeline():
            return answer

        return verify(timeline, "01_history")

    points = load_chapter("01_history").cell("test", "timeline").points
    assert judged(years) in (None, points)
    assert judged({idea: year for idea, year in years.items() if idea != "GAN"}) == round(points * 10 / eleven, 4)
    assert judged(years | {"GAN": "2014", "Adam": [2014]}) == round(points * 9 / eleven, 4)
    assert judged(years | {"GAN": np.array([2014, 2015])}) == round(points * 10 / eleven, 4)
    assert judged({idea: np.int64(year) for idea, year in years.items()} | {"GAN": 2015}) == round(10 / 11 * points, 4)
    with pytest.raises(AssertionError):
        judged(sorted(years.items()))


@pytest.mark.parametrize(
    "answer",
    ["exact", "none", "all", "one_right", "one_right_one_wrong", "one_wrong"],
)
def test_partial_credit_pays_for_hits_and_charges_for_false_alarms(chapter, answer):
    right = chapter.functions["slips"]()
    rest = {str(number) for number in range(1, 9)} - right
    one = {sorted(right)[0]}
    given = {
        "exact": right,
        "none": set(),
        "all": right | rest,
        "one_right": one,
        "one_right_one_wrong": one | {sorted(rest)[0]},
        "one_wrong": {sorted(rest)[0]},
    }[answer]
    expected = {
        "exact": 1.0,
        "one_right": 1 / len(right),
        "one_right_one_wrong": max(0.0, 1 / len(right) - 1 / len(rest)),
    }.get(answer, 0.0)
    assert partial_share(right, given) == expected

    def slips():
        return given

    points = chapter.cell("test", "slips").points
    assert verify(slips, CHAPTER) == pytest.approx(points * expected, abs=1e-4)


def test_a_hushed_verdict_holds_nothing_of_the_case(chapter):
    for name in chapter.exercises:
        if chapter.bank.probes[name].slow:
            continue
        exam = cached_hidden_exam(CHAPTER, name)
        for answer in chapter.bank.mistakes[name]:
            namespace = {"np": np}
            exec(answer_cell(chapter, answer), namespace)
            verdict = examine(namespace[name], CHAPTER, exam)
            hushed = hush(verdict)
            assert not {"expected", "got", "path"} & set(hushed.facts) or hushed.kind in ("misuse", "refused"), name
            assert hushed.case == ()


def test_a_right_function_that_reaches_a_wrong_one_through_a_class_is_judged_on_its_own(chapter):
    source = (
        "class Helper:\n    @staticmethod\n    def gate(z):\n        return relu(z)\n\n"
        "def mlp_forward(x, params):\n"
        "    activations = [x]\n"
        "    for w, b in params[:-1]:\n"
        "        activations.append(Helper.gate(activations[-1] @ w + b))\n"
        "    w, b = params[-1]\n"
        "    return activations[-1] @ w + b, activations"
    )
    desk = desk_of(chapter, relu="def relu(z):\n    return z * 1.0", mlp_forward=source)
    assert verify(desk["mlp_forward"], CHAPTER) is None


def test_a_lambda_under_the_exercises_name_is_the_exercise(chapter, monkeypatch):
    import sys

    double = lambda y, y_hat: float(np.mean((y - y_hat) ** 2))  # noqa: E731
    monkeypatch.setattr(sys.modules["__main__"], "mse", double, raising=False)
    assert verify(double, CHAPTER) is None


def test_what_is_no_exercise_is_refused_in_a_sentence():
    with pytest.raises(AssertionError, match="none of the chapter's exercises"):
        verify(print, CHAPTER)


# --- check and verify in one cell ------------------------------------------------------------------------------------


@pytest.fixture
def graded(monkeypatch):
    """As where submissions are graded; `graded(chapter)` opens one."""
    monkeypatch.setenv("DLBASIC_EXAMINER", "grader.hidden")
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    monkeypatch.setattr(session, "_chapter", None)
    return session.set_chapter


def test_a_partly_right_answer_passes_by_the_check_and_earns_its_share(graded, monkeypatch, capsys):
    graded("03_optimization")
    optimization = load_chapter("03_optimization")
    points = optimization.cell("test", "race").points

    def race():
        return optimization.functions["race"]() | {"gd": {"lr": 0.001}}

    check(race)
    assert "gd (" in capsys.readouterr().out
    assert verify(race, "03_optimization") == pytest.approx(points * 6 / 7, abs=1e-4)
    monkeypatch.delenv("DLBASIC_EXAMINER")
    scope = {**optimization.functions, "answer": race}
    exec("def race():\n    return answer()", scope)
    with pytest.raises(AssertionError, match="farther than"):  # at the desk nobody else has a say
        check(scope["race"])


def test_the_race_is_run_with_the_chapters_steps_while_graded(graded):
    graded("03_optimization")
    optimization = load_chapter("03_optimization")
    scope = {"answer": optimization.functions["race"]}
    exec("def race():\n    return answer()\ndef gd_step(w, g, lr):\n    raise ValueError", scope)
    check(scope["race"])
    assert verify(scope["race"], "03_optimization") == optimization.cell("test", "race").points


def test_training_is_tried_in_short_runs_while_graded_and_on_what_the_chapter_asks_at_the_desk(graded, chapter):
    graded(CHAPTER)
    right, steps = chapter.functions["train_mlp"], []

    def train_mlp(x, labels, params, lr, epochs, batch_size, rng):
        steps.append(epochs * -(-len(x) // batch_size))
        return right(x, labels, params, lr, epochs, batch_size, rng)

    check(train_mlp)
    assert verify(train_mlp, CHAPTER) is None
    assert sum(steps) < 1000 and max(steps) < 300
    steps.clear()
    assert examine_alone(train_mlp, desk_exam(chapter, "train_mlp")).passed
    assert max(steps) == 30 * 90


def test_who_passes_is_judged_once_and_who_fails_is_told_the_desks_numbers(graded, monkeypatch, chapter, capsys):
    graded(CHAPTER)
    judged = []
    monkeypatch.setattr("grader.hidden.examine_alone", lambda f, exam: judged.append(exam) or examine_alone(f, exam))
    right = chapter.functions["relu"]
    check(right)
    assert verify(right, CHAPTER) is None
    assert len(judged) == 1
    judged.clear()

    def relu(z):
        return np.abs(z)

    with pytest.raises(AssertionError):
        check(relu)
    assert [exam.cases is cached_hidden_exam(CHAPTER, "relu").cases for exam in judged] == [True, False]
    with pytest.raises(AssertionError):  # a cell of its own judges anew
        verify(relu, CHAPTER)
    assert len(judged) == 3


def test_an_answer_that_only_the_desk_lets_pass_is_refused_by_the_hidden_test(graded, monkeypatch, chapter):
    graded(CHAPTER)
    hidden = cached_hidden_exam(CHAPTER, "relu")
    monkeypatch.setattr(
        "grader.hidden.examine_alone",
        lambda f, exam: Verdict("relu", "value" if exam.cases is hidden.cases else "passed"),
    )
    check(chapter.functions["relu"])
    with pytest.raises(AssertionError):
        verify(chapter.functions["relu"], CHAPTER)


@pytest.mark.parametrize(
    ("found", "raises", "earned"),
    [
        (Verdict("train_cnn", "passed"), False, None),
        (Verdict("train_cnn", "property", facts={"en": "Late.", "ko": "늦어요.", "share": 0.5}), False, 0.5),
        (Verdict("train_cnn", "property", facts={"en": "No.", "ko": "아니요."}), True, AssertionError),
    ],
    ids=["right", "half", "wrong"],
)
def test_an_exercise_that_takes_seconds_is_judged_once_a_cell(graded, monkeypatch, found, raises, earned):
    graded("05_cnn")
    judged = []
    monkeypatch.setattr("grader.hidden.examine_alone", lambda function, exam: judged.append(exam) or found)

    def train_cnn(x, labels, rng):
        pass

    points = load_chapter("05_cnn").cell("test", "train_cnn").points
    for times in (1, 2):  # a second cell is judged anew
        if raises:
            with pytest.raises(earned):
                check(train_cnn)
        else:
            check(train_cnn)
            assert verify(train_cnn, "05_cnn") == points * (earned or 1.0)
        assert judged == [cached_hidden_exam("05_cnn", "train_cnn")] * times
    judged.clear()
    if not raises:
        verify(train_cnn, "05_cnn")
        assert len(judged) == 1, "a verdict is used once"


def test_what_is_warm_is_not_made_again(monkeypatch):
    warm(CHAPTER)
    made = []
    for name in ("_exam", "_known"):
        monkeypatch.setattr(f"grader.release.exams.{name}", lambda *a, name=name, **k: made.append(name))
    monkeypatch.setattr("dlbasic.data._read", lambda path: made.append(path))
    monkeypatch.setattr(table, "decode", lambda value: made.append("decode"))
    chapter = load_chapter(CHAPTER)
    for name in ("mse", "train_mlp"):
        assert examine(chapter.functions[name], CHAPTER, cached_hidden_exam(CHAPTER, name)).passed
        wrong = examine(partial(lambda *a: 0.0), CHAPTER, cached_hidden_exam(CHAPTER, name))
        assert not wrong.passed
    exam = table.exam(CHAPTER, "relu")
    assert not examine(lambda z: -z, CHAPTER, exam).passed
    assert made == []

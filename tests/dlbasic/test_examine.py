"""The judge: order of verdicts, naming of mistakes, changed arguments, second probe."""

import warnings

import numpy as np
import pytest

from dlbasic.exam import Case, Exam, KnownMistake
from dlbasic.examine import examine
from dlbasic.observe import observe


def mean_of(x):
    return float(np.mean(x))


def exam_for(reference=mean_of, mistakes=(), inputs=None, spares=(), **options):
    inputs = inputs if inputs is not None else [np.array([1.0, 2.0, 6.0]), np.array([[4.0, 0.5]])]
    cases = tuple(Case((x,), observe(reference, (x,)).value) for x in inputs)
    known = tuple(
        KnownMistake(f.__name__, {"en": f.__name__, "ko": f.__name__}, tuple(observe(f, c.arguments) for c in cases))
        for f in mistakes
    )
    return Exam("mean_of", ("x",), cases, lambda: known, lambda: spares, **options)


def total(x):
    return float(np.sum(x))


def flat_first(x):
    return float(x.ravel()[0])


def test_a_right_answer_passes():
    assert examine(lambda x: sum(x.ravel()) / x.size, exam_for()).kind == "passed"


def test_exactly_one_fitting_mistake_is_named():
    verdict = examine(lambda x: x.sum(), exam_for(mistakes=(total, flat_first)))
    assert (verdict.kind, verdict.mistake) == ("mistake", "total")


def test_two_mistakes_that_do_the_same_are_not_named():
    def also_total(x):
        return float(x.sum())

    verdict = examine(lambda x: x.sum(), exam_for(mistakes=(total, also_total)))
    assert (verdict.kind, verdict.mistake) == ("value", "")


def test_a_mistake_that_fits_on_all_cases_but_one_is_not_named():
    def nearly_total(x):
        return x.sum() if x.ndim == 1 else x.sum() + 1

    verdict = examine(nearly_total, exam_for(mistakes=(total,)))
    assert (verdict.kind, verdict.mistake) == ("value", "")
    assert verdict.facts["expected"] == "3"


@pytest.mark.parametrize("seed", range(20))
def test_a_random_wrong_answer_is_never_named(seed):
    rng = np.random.default_rng(seed)
    verdict = examine(lambda x: float(rng.normal()), exam_for(mistakes=(total, flat_first)))
    assert verdict.kind == "value"
    assert not verdict.mistake


def test_crashing_like_a_mistake_is_not_enough_to_be_named_after_it():
    def crashes(x):
        raise ValueError("no")

    verdict = examine(lambda x: int("x"), exam_for(mistakes=(crashes,)))
    assert (verdict.kind, verdict.mistake) == ("crashed", "")


def test_a_crash_comes_first_and_shows_the_learners_own_line():
    def mine(x):
        if x.ndim == 2:
            return np.linalg.inv(x)
        return 0.0

    verdict = examine(mine, exam_for())
    assert verdict.kind == "crashed"
    assert verdict.facts["error"] == "LinAlgError"
    assert verdict.facts["line"] == "return np.linalg.inv(x)"


def test_shape_comes_before_the_name_of_a_mistake_but_the_name_stands_beside_it():
    def forgets_to_average(x):
        return x if x.ndim == 2 else float(x.sum())

    verdict = examine(forgets_to_average, exam_for(mistakes=(forgets_to_average,)))
    assert (verdict.kind, verdict.mistake) == ("structure", "forgets_to_average")


def test_a_changed_argument_is_told_even_when_the_numbers_are_right():
    def spoils(x):
        x += 0.5
        return float(np.mean(x)) - 0.5

    verdict = examine(spoils, exam_for())
    assert verdict.kind == "changed"
    assert verdict.facts["names"] == "x"


def test_a_changed_argument_is_told_beside_wrong_numbers():
    def spoils(x):
        x *= 2
        return float(np.mean(x))

    assert examine(spoils, exam_for()).remarks == ("changed:x",)


def test_answers_learnt_by_heart_are_found_out_by_a_fresh_case():
    answers = {3: 3.0, 2: 2.25}
    spare = Case((np.array([5.0, 5.0]),), 5.0)
    assert examine(lambda x: answers[x.size], exam_for(spares=(spare,))).kind == "hardcoded"


def test_an_untouched_stub_is_no_mistake():
    def stub(x):
        raise NotImplementedError()

    assert examine(stub, exam_for()).kind == "todo"


def test_a_missing_return_is_called_by_its_name():
    assert examine(lambda x: None, exam_for()).kind == "nothing"


@pytest.mark.parametrize("thing", [None, 3, "mean_of", np.zeros(2)])
def test_what_is_no_function_is_said_so(thing):
    assert examine(thing, exam_for()).facts["problem"] == "no_function"


def test_other_parameters_are_said_so_before_anything_runs():
    verdict = examine(lambda x, y: 1 / 0, exam_for())
    assert verdict.facts == {"problem": "parameters", "got": "(x, y)", "expected": "(x)"}


def test_other_names_for_the_parameters_are_fine():
    assert examine(lambda values: float(np.mean(values)), exam_for()).passed


def test_warnings_count_only_where_the_exercise_says_so():
    def noisy(x):
        np.exp(np.array([1000.0]))
        return float(np.mean(x))

    assert examine(noisy, exam_for()).passed
    verdict = examine(noisy, exam_for(no_warnings=True))
    assert (verdict.kind, verdict.facts["warned"]) == ("warned", "overflow")


def test_which_argument_was_changed_tells_two_mistakes_apart():
    def spoils_the_second(x, y):
        y[0] = 0.0
        return float(np.sum(x))

    def spoils_the_first(x, y):
        x[0] = 0.0
        return 6.0

    arguments = (np.array([1.0, 2.0, 3.0]), np.array([4.0]))
    known = KnownMistake("second", {"en": "", "ko": ""}, (observe(spoils_the_second, arguments),))
    exam = Exam("total", ("x", "y"), (Case(arguments, 6.0),), lambda: (known,))
    assert examine(spoils_the_second, exam).mistake == "second"
    assert examine(spoils_the_first, exam).mistake == ""
    assert examine(spoils_the_first, exam).facts["names"] == "x"


def test_an_argument_replaced_by_something_else_is_a_changed_argument():
    def spoils(params):
        params[0] = None
        return 1.0

    exam = Exam("one", ("params",), (Case(([np.ones(2)],), 1.0),))
    assert examine(spoils, exam).kind == "changed"


def test_an_argument_may_be_none():
    exam = Exam("keep", ("x", "mask"), (Case((1.0, None), 1.0),))
    assert examine(lambda x, mask: x, exam).passed


def test_figures_drawn_by_a_function_do_not_pile_up():
    import matplotlib.pyplot as plt

    before = plt.get_fignums()
    examine(lambda x: plt.figure(), exam_for())
    assert plt.get_fignums() == before


def test_underflow_is_fine():
    def tiny(x):
        np.exp(np.array([-1000.0]))
        return float(np.mean(x))

    assert examine(tiny, exam_for(no_warnings=True)).passed


def test_a_learners_own_errstate_is_respected():
    def careful(x):
        with np.errstate(over="ignore"):
            np.exp(np.array([1000.0]))
        return float(np.mean(x))

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert examine(careful, exam_for(no_warnings=True)).passed


def test_a_plot_instead_of_numbers_is_refused_with_its_type():
    verdict = examine(lambda x: print, exam_for())
    assert verdict.kind == "refused"
    assert "builtin_function" in verdict.facts["got"]


def test_a_list_returned_for_an_array_costs_nothing_but_earns_a_remark():
    verdict = examine(lambda x: (2 * x).tolist(), exam_for(reference=lambda x: 2 * x))
    assert verdict.passed
    assert verdict.remarks == ("list_returned",)


def test_an_argument_returned_as_it_is_costs_nothing_but_earns_a_remark():
    exam = exam_for(reference=lambda x: 1.0 * x)
    for alias in (lambda x: x, lambda x: x[:], lambda x: x if x.ndim == 1 else 1.0 * x):
        verdict = examine(alias, exam)
        assert verdict.passed and verdict.remarks == ("shares:x",)
    assert examine(lambda x: x.copy(), exam).remarks == ()


def test_a_warning_on_the_way_to_the_right_number_costs_nothing_but_earns_a_remark():
    def noisy(x):
        np.exp(np.array([1000.0]))
        return float(np.mean(x))

    verdict = examine(noisy, exam_for())
    assert verdict.passed and verdict.remarks == ("warns:overflow",)


def test_lists_cost_nothing_but_earn_a_remark():
    case = Case(([1.0, 3.0],), 2.0)
    verdict = examine(lambda x: x.mean(), exam_for(list_case=case))
    assert verdict.passed
    assert verdict.remarks == ("lists",)

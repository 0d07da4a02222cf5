"""What chapter 2 says of answers that are right with a flaw, and where the flaw costs the points."""

import warnings

import numpy as np
import pytest

from dlbasic.examine import examine
from grader.release.chapter import load_chapter
from grader.release.exams import desk_exam, hidden_exam

CHAPTER = load_chapter("02_mlp")


def softmax_by_pairs(logits):
    """Right everywhere: where exp overflows, 1 / inf is the 0 that it should be."""
    return np.array([1 / np.exp(row[None] - row[:, None]).sum(axis=1) for row in logits])


def sigmoid_grad_with_overflow(z):
    s = 1 / (1 + np.exp(-z))
    return s * (1 - s)


def relu_of_nothing_to_cut(z):
    return z if (z >= 0).all() else np.maximum(z, 0)


def relu_in_a_view(z):
    return z[...] if z.min() >= 0 else np.maximum(z, 0)


def silenced_by_numpy(z):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-np.asarray(z)))


def silenced_by_python(z):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return 1 / (1 + np.exp(-np.asarray(z)))


REMARKED = [
    # These two ask for the right numbers at 1000, and get them; of warnings they say nothing. So it is only a remark.
    ("softmax", softmax_by_pairs, "warns:overflow"),
    ("sigmoid_grad", sigmoid_grad_with_overflow, "warns:overflow"),
    # z stays as it was, and the numbers are right; but whoever changes the answer changes z.
    ("relu", relu_of_nothing_to_cut, "shares:z"),
    ("relu", relu_in_a_view, "shares:z"),
]


@pytest.mark.parametrize(("name", "answer", "remark"), REMARKED)
def test_right_numbers_with_a_flaw_cost_nothing_but_earn_a_remark(name, answer, remark):
    for exam in (desk_exam(CHAPTER, name), hidden_exam(CHAPTER, name)):
        verdict = examine(answer, exam)
        assert verdict.passed and verdict.remarks == (remark,)


@pytest.mark.parametrize("silenced", [silenced_by_numpy, silenced_by_python])
def test_a_sigmoid_that_silences_its_overflow_passes_for_no_warning_is_what_was_asked_for(silenced):
    for exam in (desk_exam(CHAPTER, "sigmoid"), hidden_exam(CHAPTER, "sigmoid")):
        verdict = examine(silenced, exam)
        assert verdict.passed and verdict.remarks == ()


@pytest.mark.parametrize(
    "warning",
    [
        lambda z: 1 / (1 + np.exp(-z)),  # overflow
        lambda z: (np.array([0.0]) / 0.0, CHAPTER.functions["sigmoid"](z))[1],  # invalid value
        lambda z: (np.array([1.0]) / 0.0, CHAPTER.functions["sigmoid"](z))[1],  # divide by zero
    ],
)
def test_a_sigmoid_that_warns_fails_although_its_numbers_are_right(warning):
    for exam in (desk_exam(CHAPTER, "sigmoid"), hidden_exam(CHAPTER, "sigmoid")):
        assert examine(warning, exam).kind in ("warned", "mistake")


def test_underflow_is_no_warning():
    def underflowing(z):
        np.exp(np.full(3, -745.0)) * np.exp(-10.0)
        return CHAPTER.functions["sigmoid"](z)

    assert examine(underflowing, desk_exam(CHAPTER, "sigmoid")).remarks == ()


@pytest.mark.parametrize("name", ["mlp_forward", "mlp_backward", "linear", "fit_line"])
def test_an_argument_inside_of_an_answer_is_no_flaw(name):
    """`mlp_forward` is asked for x among its activations."""
    assert examine(CHAPTER.functions[name], desk_exam(CHAPTER, name)).remarks == ()

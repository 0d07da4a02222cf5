"""What counts as the same answer, and what is said when it is not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from dlbasic.values import Refused, first_difference, floats_as_in, plain

finite = st.floats(-1e6, 1e6)


@given(arrays(float, array_shapes(max_dims=3, max_side=4), elements=finite))
def test_an_array_agrees_with_its_copy_and_with_its_nested_list(array):
    assert first_difference(array, array.copy()) is None
    assert first_difference(array, array.tolist()) is None


@given(arrays(float, array_shapes(min_side=1, max_dims=3, max_side=4), elements=finite), st.data())
def test_the_first_differing_index_is_found(array, data):
    index = tuple(data.draw(st.integers(0, side - 1)) for side in array.shape)
    other = array.copy()
    other[index] += 1.0 + abs(other[index])
    found = first_difference(array, other)
    assert found.kind == "value"
    assert found.path == f"[{', '.join(map(str, index))}]"


def test_shape_comes_before_numbers_even_in_a_later_part_of_the_answer():
    found = first_difference((1.0, np.zeros((2, 3))), (2.0, np.zeros((3, 2))))
    assert (found.kind, found.path, found.expected, found.got) == ("shape", "[1]", "(2, 3)", "(3, 2)")


@pytest.mark.parametrize(
    ("expected", "got", "kind"),
    [
        (1.0, np.zeros(1), "type"),
        (1.0, "1.0", "type"),
        (1.0, True, "dtype"),
        (3, 3.0, "dtype"),
        (np.array([True]), np.array([1]), "dtype"),
        (np.zeros(2), np.zeros(2, bool), "dtype"),
        (np.zeros(2), np.zeros(2, complex), "dtype"),
        ({"a": 1}, {"b": 1}, "type"),
        ({"1"}, {"2"}, "value"),
        (1.0, float("nan"), "nan"),
        ([1.0, 2.0], [1.0], "length"),
    ],
)
def test_a_difference_has_the_kind_that_a_learner_must_look_at(expected, got, kind):
    assert first_difference(expected, got).kind == kind


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        (2.0, 2),
        (2.0, np.float32(2)),
        (2.0, np.array(2.0)),
        ([1.0, 2.0], (1.0, 2.0)),
        ([1.0, 2.0], np.array([1.0, 2.0])),
    ],
)
def test_what_a_fair_person_calls_the_same_is_the_same(expected, got):
    assert first_difference(expected, plain(got)) is None


def test_two_numbers_that_print_alike_are_told_apart_in_the_message():
    found = first_difference(1.0, 1.0 + 1e-8, rtol=1e-12, atol=0.0)
    assert found.expected != found.got


def test_answers_of_no_base_type_are_refused_by_name():
    class Liar:
        def __eq__(self, other):
            return True

    with pytest.raises(Refused, match="Liar"):
        plain(Liar())
    with pytest.raises(Refused, match="different lengths"):
        plain(np.array([[1], [1, 2]], dtype=object))
    nested = []
    nested.append(nested)
    with pytest.raises(Refused, match="deep"):
        plain(nested)


def test_a_subclass_comes_back_as_its_base_class():
    class Odd(np.ndarray):
        pass

    assert type(plain(np.zeros(2).view(Odd))) is np.ndarray
    assert type(plain(np.float64(1.5))) is float


@pytest.mark.parametrize(
    ("model", "value", "kind"),
    [
        (np.zeros(2), np.array([1, 2]), "f"),
        (1.5, 2, "f"),
        (np.zeros(2, int), np.array([1, 2]), "i"),
        (3, 2, "i"),
        (np.zeros(2), np.array([True, False]), "b"),
        (np.zeros(2, bool), np.array([1, 0]), "i"),
    ],
)
def test_whole_numbers_become_floats_only_where_floats_are_expected(model, value, kind):
    made = floats_as_in(model, value)
    assert np.asarray(made).dtype.kind == kind
    np.testing.assert_array_equal(made, value)


def test_whole_numbers_become_floats_inside_of_containers():
    made = floats_as_in([np.zeros(2), {"n": 1.0, "k": 1}], (np.array([1, 2]), {"n": 2, "k": 3}))
    assert made[0].dtype.kind == "f" and isinstance(made[1]["n"], float) and isinstance(made[1]["k"], int)

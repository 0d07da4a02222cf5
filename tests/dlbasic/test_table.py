"""Check tables: what goes in comes out, and nothing else can go in."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from dlbasic.table import decode, encode

numbers = st.one_of(st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=5), st.none())
some_arrays = st.sampled_from([np.float64, np.float32, np.int64, np.bool_]).flatmap(
    lambda dtype: arrays(dtype, array_shapes(max_dims=3, max_side=3))
)
values = st.recursive(
    st.one_of(numbers, some_arrays),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.lists(inner, max_size=3).map(tuple)),
    max_leaves=8,
)


def same(one, other):
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    if isinstance(one, (list, tuple)):
        return type(one) is type(other) and len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and one == other


@given(values)
def test_what_goes_into_a_table_comes_out_again(value):
    assert same(value, decode(json.loads(json.dumps(encode(value)))))


def test_a_generator_comes_back_in_the_same_state():
    rng = np.random.default_rng(7)
    rng.normal(size=3)
    copy = decode(json.loads(json.dumps(encode(rng))))
    assert np.array_equal(copy.normal(size=5), rng.normal(size=5))


def test_sets_and_dicts_survive():
    value = {"a": {"1", "2"}, "b": np.float64(0.1) + 0.2}
    assert decode(json.loads(json.dumps(encode(value)))) == value


def test_code_cannot_be_put_into_a_table():
    with pytest.raises(TypeError, match="function"):
        encode(lambda x: x)
    with pytest.raises(TypeError, match="object"):
        encode(object())

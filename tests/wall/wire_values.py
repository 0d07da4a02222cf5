"""Values that cross the wall, drawn by hypothesis, and a comparison that trusts no `==`."""

import math
import struct

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

SCALAR_TYPES = [
    "?",
    "i1",
    "i2",
    "i4",
    "i8",
    "u1",
    "u2",
    "u4",
    "u8",
    "f2",
    "f4",
    "f8",
    "g",
    "F",
    "D",
    "G",
    "m8[s]",
    "M8[D]",
    "M8[25ns]",
    "m8",
]
TREES = (list, tuple, set, frozenset, dict)
GENERATORS = (np.random.Generator, np.random.RandomState)


def same(ours, theirs, twins=None) -> bool:
    """Whether two values are alike to the last bit: type, dtype, order, flags, and which parts are one object."""
    twins = {} if twins is None else twins
    kind = type(ours)
    if kind is not type(theirs):
        return False
    if kind in (list, set, dict, bytearray, np.ndarray, *GENERATORS):
        if id(ours) in twins or id(theirs) in twins:
            return twins.get(id(ours)) == id(theirs) and twins.get(id(theirs)) == id(ours)
        twins |= {id(ours): id(theirs), id(theirs): id(ours)}
    if kind is np.ndarray:
        return (
            (ours.dtype.str, ours.shape, ours.tobytes()) == (theirs.dtype.str, theirs.shape, theirs.tobytes())
            and ours.flags.writeable == theirs.flags.writeable
            and (not ours.flags.f_contiguous or theirs.flags.f_contiguous)
        )
    if kind in GENERATORS:
        return state(ours) == state(theirs)
    if kind in (set, frozenset):  # no mutable members; equal keys are found by hash
        return len(ours) == len(theirs) and all(
            any(same(a, b) for b in theirs if type(a) is type(b) and hash(a) == hash(b)) for a in ours
        )
    if kind is dict:
        pairs = zip(ours.items(), theirs.items(), strict=True)
        return len(ours) == len(theirs) and all(same(k, m, twins) and same(v, w, twins) for (k, v), (m, w) in pairs)
    if kind in TREES:
        return len(ours) == len(theirs) and all(same(a, b, twins) for a, b in zip(ours, theirs, strict=True))
    if kind is slice:
        return same((ours.start, ours.stop, ours.step), (theirs.start, theirs.stop, theirs.step), twins)
    if kind is float:
        return struct.pack("d", ours) == struct.pack("d", theirs)
    if kind is complex:
        return same(ours.real, theirs.real) and same(ours.imag, theirs.imag)
    if kind in (np.str_, np.bytes_):  # numpy leaves zeros at the end out when it compares, shows or copies them
        return list(ours) == list(theirs)
    if isinstance(ours, np.generic):
        return ours.dtype == theirs.dtype and ours.tobytes() == theirs.tobytes()
    return bool(ours == theirs)


def state(generator) -> str:
    """All of a generator's state, with its seed sequence, as text."""
    with np.printoptions(threshold=10_000):
        if type(generator) is np.random.RandomState:
            return repr(generator.get_state(legacy=False))
        seed = generator.bit_generator.seed_seq
        return repr((generator.bit_generator.state, seed.spawn_key, seed.n_children_spawned, seed.generate_state(4)))


def layouts(array: np.ndarray, how: int) -> np.ndarray:
    """The same values in another memory order, read-only, or as part of something larger."""
    if how & 1:
        array = np.asfortranarray(array)
    if how & 2 and array.ndim:
        array = np.repeat(array, 2, axis=0)[::2]
    if how & 4:
        array.flags.writeable = False
    return array


def generators():
    bits = st.sampled_from([np.random.PCG64, np.random.PCG64DXSM, np.random.MT19937, np.random.Philox, np.random.SFC64])
    seeds = st.integers(0, 2**130) | st.lists(st.integers(0, 2**40), max_size=3)

    def make(kind, seed, draws, children, legacy):
        generator = (np.random.RandomState if legacy else np.random.Generator)(kind(seed))
        generator.standard_normal(draws)
        if not legacy:
            generator.integers(0, 9, draws, dtype=np.int32)  # leaves half a word behind
            generator.spawn(children)
        return generator

    fresh = st.builds(make, bits, seeds, st.integers(0, 5), st.integers(0, 3), st.booleans())
    return fresh | st.integers(0, 2**32 - 1).map(np.random.RandomState)


dtypes = st.sampled_from([np.dtype(code) for code in SCALAR_TYPES]).flatmap(
    lambda dt: st.sampled_from([dt, dt.newbyteorder()])
) | st.sampled_from([np.dtype("<U3"), np.dtype(">U2"), np.dtype("S4")])


def filled(dtype: np.dtype, shape: tuple, seed: int) -> np.ndarray:
    """An array of any bits that its dtype allows: hypothesis would fill it with one value."""
    rng = np.random.default_rng(seed)
    if dtype.kind in "US":
        return np.array(rng.choice(["", "a", "bc", "xyz"], shape), dtype)
    if dtype.kind == "b" or dtype.itemsize > 16 or dtype.char in "gG":
        return np.array(rng.normal(size=shape).round(), dtype)
    return np.frombuffer(rng.bytes(math.prod(shape) * dtype.itemsize), dtype).reshape(shape).copy()


arrays = st.builds(
    layouts,
    st.builds(filled, dtypes, hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4), st.integers(0, 99)),
    st.integers(0, 7),
)
numpy_scalars = st.sampled_from(SCALAR_TYPES).flatmap(lambda code: hnp.arrays(code, ())).map(lambda array: array[()])
texts = st.text(st.characters(), max_size=6)  # lone surrogates too
wholes = st.integers() | st.integers(-(2**4000), 2**4000)
constants = st.sampled_from([None, True, False, ..., NotImplemented, int, float, np.float32, np.str_, dict])
hashable = st.one_of(constants, wholes, st.floats(allow_nan=False), texts, st.binary(max_size=6), texts.map(np.str_))
scalars = st.one_of(
    hashable, st.floats(), st.complex_numbers(), numpy_scalars, dtypes, st.binary(max_size=3).map(np.bytes_)
)
ranges = st.builds(range, st.integers(-99, 99), st.integers(-99, 99), st.integers(1, 9) | st.integers(-9, -1))
leaves = st.one_of(scalars, ranges, arrays, generators(), st.binary(max_size=9).map(bytearray))


def containers(children):
    keys = hashable | st.tuples(hashable, hashable)
    return st.one_of(
        st.lists(children, max_size=5),
        st.lists(children, max_size=5).map(tuple),
        st.dictionaries(keys, children, max_size=4),
        st.sets(keys, max_size=4),
        st.frozensets(keys, max_size=4),
        st.builds(slice, children, children, children),
        children.map(lambda child: [child, (child, [child])]),  # one object at several places
    )


values = st.recursive(leaves, containers, max_leaves=12)

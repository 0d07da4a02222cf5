"""What crosses the wall arrives as it was; whatever else there is does not cross, and says what it is."""

import collections
import enum
import itertools
import statistics
import time
import typing

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from wire_values import GENERATORS, arrays, same, state, values

from grader.wall.wire import LIMITS, Broken, Limits, Ref, Refused, pack, unpack

quick = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def across(value, **options):
    return unpack(pack(value, **options)[0])[0]


@quick
@given(values)
def test_what_goes_over_comes_back_equal_in_type_dtype_order_and_aliases(value):
    data, ours = pack(value)
    arrived, theirs = unpack(data)
    assert same(value, arrived)
    assert len(ours) == len(theirs)
    assert all(same(a, b) for a, b in zip(ours, theirs, strict=True))


@quick
@given(arrays)
def test_an_array_comes_back_to_the_last_bit(array):
    assert same(array, across(array))


@quick
@given(values)
def test_what_a_request_brought_is_itself_when_an_answer_brings_it_back(value):
    _, ours = pack(request := {"value": value})
    _, theirs = unpack(pack(request)[0])
    answer, _ = unpack(pack({"all": tuple(theirs)}, known=theirs)[0], known=ours)
    assert all(a is b for a, b in zip(answer["all"], ours, strict=True))


@pytest.mark.parametrize(
    "text", [np.str_("a\0"), np.str_("\0"), np.str_(""), np.bytes_(b"a\0"), np.bytes_(b"")], ids=repr
)
def test_text_of_numpy_keeps_its_zeros(text):
    assert list(across(text)) == list(text)
    assert type(across(text)) is type(text)


def test_a_request_that_comes_while_an_answer_is_awaited_is_about_its_own_objects():
    _, awaiting = pack([[1], np.zeros(9)])
    shared = np.arange(3.0)
    request, _ = pack({"args": (shared, shared[1:], shared)})
    value, objects = unpack(request, known=awaiting)
    first, view, again = value["args"]
    assert first is again
    assert view.base is first
    assert objects[0] is value
    assert all(a is b for a, b in zip(objects[1:], [first, view], strict=True))


def test_an_answer_about_other_objects_is_broken():
    answer, _ = pack([1], known=[[], []])
    with pytest.raises(Broken, match="other objects"):
        unpack(answer, known=[[]])


@quick
@given(st.data())
def test_views_of_an_array_share_its_memory_on_the_other_side(data):
    shape = data.draw(hnp.array_shapes(max_dims=3, max_side=4))
    base = np.arange(np.prod(shape), dtype=data.draw(st.sampled_from(["f8", "i2", ">i4"]))).reshape(shape)
    if data.draw(st.booleans()):
        base = np.asfortranarray(base)
    indices = data.draw(st.lists(hnp.basic_indices(shape, allow_ellipsis=True, allow_newaxis=True), max_size=4))
    views = [view for view in (base[index] for index in indices) if type(view) is np.ndarray]
    views += [base.T, base[::-1], np.broadcast_to(base, (2, *shape)), base.view()]
    there, *their_views = across((base, *views))
    there[...] += 1
    assert all(same(ours + 1, theirs + 0) for ours, theirs in zip(views, their_views, strict=True))
    for ours, theirs in zip(views, their_views, strict=True):
        assert np.shares_memory(base, ours) == np.may_share_memory(there, theirs)
        assert ours.flags.writeable == theirs.flags.writeable


@quick
@given(st.data())
def test_arrays_over_the_same_memory_arrive_equal_in_any_order_and_layout(data):
    shape = data.draw(hnp.array_shapes(max_dims=2, max_side=8))
    base = np.arange(np.prod(shape), dtype="i4").reshape(shape)
    if data.draw(st.booleans()):
        base = base.T
    parts = [base[index] for index in data.draw(st.lists(hnp.basic_indices(base.shape), min_size=1, max_size=3))]
    parts += [base, base[::2], base[::2][1:], base[::2][1:2], base.view("u4"), base.view("f4"), base[:0]]
    parts = [part for part in data.draw(st.permutations(parts)) if type(part) is np.ndarray]
    assert all(same(ours, theirs) for ours, theirs in zip(parts, across(tuple(parts)), strict=True))


@quick
@given(hnp.arrays("f8", hnp.array_shapes(max_dims=2)), hnp.arrays("f8", hnp.array_shapes(max_dims=2)))
def test_arrays_that_share_nothing_share_nothing_there(one, other):
    one_there, other_there = across((one, other))
    assert not np.may_share_memory(one_there, other_there)
    assert one_there.flags.owndata
    assert one_there.flags.aligned


def test_a_view_that_a_call_returns_is_a_view_of_the_argument_it_was_made_from():
    weights = np.arange(6.0)
    request, ours = pack((weights,))
    (theirs,), known = unpack(request)
    reply, _ = pack({"view": theirs.reshape(2, 3).T[1:], "copy": theirs[1:].copy()}, known=known)
    answer, _ = unpack(reply, known=ours)
    assert np.may_share_memory(answer["view"], weights)
    assert not np.may_share_memory(answer["copy"], weights)
    answer["view"][0, 0] = -1
    assert weights[1] == -1


def test_a_writeable_view_of_a_read_only_array_arrives_writeable_as_a_copy():
    base = np.zeros(3)
    view = base[1:]
    base.flags.writeable = False
    _, theirs = across((base, view))
    assert theirs.flags.writeable


@pytest.mark.parametrize("seed", [7, [1, 2], np.array([3, 4]), np.int64(5), 2**200])
def test_a_generator_goes_on_as_here_and_so_do_its_children(seed):
    here = np.random.default_rng(seed)
    here.spawn(2)
    there = across(here)
    assert [c.random() for c in there.spawn(2)] == [c.random() for c in here.spawn(2)]
    assert there.random() == here.random()
    assert state(here) == state(there)


@pytest.mark.parametrize("kind", GENERATORS)
def test_a_generator_with_a_bit_generator_of_its_own_is_refused(kind):
    class Mine(np.random.PCG64):
        pass

    with pytest.raises(Refused, match="bit generator of its own"):
        pack(kind(Mine(1)))


Point = collections.namedtuple("Point", "x y")


class Pair(Point):
    pass


class Named(typing.NamedTuple):
    x: int


@pytest.mark.parametrize(
    ("value", "base"),
    [
        (Point(1, 2), (1, 2)),
        (Pair(1, 2), (1, 2)),
        (Named(1), (1,)),
        (collections.OrderedDict(b=1, a=2), {"b": 1, "a": 2}),
        (collections.defaultdict(list, a=[1]), {"a": [1]}),
        (collections.Counter("aab"), {"a": 2, "b": 1}),
        (np.array([[1.0, 2.0]]).view(np.matrix), np.array([[1.0, 2.0]])),
        (np.ma.MaskedArray([1, 2]), np.array([1, 2])),
        (np.ma.MaskedArray([1, 2], mask=[False, False]), np.array([1, 2])),
    ],
    ids=lambda value: type(value).__name__,
)
def test_well_known_subclasses_arrive_as_their_base(value, base):
    assert same(base, across(value))
    one, again = across([value, value])
    assert type(base) is tuple or one is again


class Tripwire:
    """Whatever is asked of it fails the test."""


def _trip(self, *args, **kwargs):
    raise AssertionError("a method of the value was called")


ASKED = "__len__ __iter__ __array__ __float__ __int__ __index__ __bool__ __eq__ __hash__ __repr__ __str__ __getitem__"
ASKED += " __contains__ __array_interface__ __array_ufunc__ __reduce_ex__ __getattribute__ __next__ keys items tobytes"
TRAPS = dict.fromkeys(ASKED.split(), _trip)


class LyingType(type):
    def __eq__(cls, other):
        return True

    def __hash__(cls):
        return hash(int)

    def __instancecheck__(cls, instance):
        return True

    __name__ = property(_trip)
    __mro__ = property(_trip)


def liar(base, metaclass=type):
    """An instance of a subclass that lies wherever it can."""
    traps = {"__class__": property(lambda self: float)} | TRAPS
    return base.__new__(metaclass("Liar", (base,), traps), *([(2,)] if base is np.ndarray else []))


def nested(kind, depth):
    value = ()
    for _ in range(depth):
        value = kind([value])
    return value


def cyclic():
    value = [1]
    value.append({"again": (value,)})
    return value


def folded():
    """A few lists that unfold to 2 ** 26 numbers."""
    value = [1, 1]
    for _ in range(25):
        value = [value, value]
    return value


class Colour(enum.IntEnum):
    RED = 1


BASES = [int, float, complex, str, bytes, bytearray, list, tuple, set, frozenset, dict, np.ndarray, np.float64]
REFUSED = [
    *[(lambda b=b: liar(b), f"a Liar, a subclass of {b.__name__}") for b in BASES],
    *[(lambda b=b: liar(b, LyingType), "a Liar, a subclass of") for b in BASES],
    (lambda: liar(Tripwire), "^a Liar$"),
    (lambda: Colour.RED, "a Colour, a subclass of int"),
    (lambda: np.recarray(2, "f8"), "a recarray, a subclass of ndarray"),
    (lambda: np.array([1, None]), "^an array of objects"),
    (lambda: np.zeros(2, "f8,i4"), "^a structured array"),
    (lambda: np.zeros(2, "V8"), "^an array of dtype"),
    (lambda: np.array(["a"], np.dtypes.StringDType()), "^an array of dtype"),
    (lambda: np.zeros(1, "f8,i4")[0], "^a void, no plain number"),
    (lambda: np.dtype("O"), "^a dtype of objects"),
    (lambda: np.dtype("f8,i4"), "^the dtype"),
    (lambda: np.ma.MaskedArray([1, 2], mask=[True, False]), "a masked array with masked entries"),
    (lambda: np.broadcast_to(1.0, (10**6, 10**6)), r"^an array of 8.0e\+12 bytes; more than 64 MB do not cross"),
    (lambda: np.broadcast_to(np.ones(1), (3, 10**8)).T, "more than 64 MB do not cross"),
    (lambda: [np.broadcast_to(1.0, 10**6) for _ in range(9)], "more than 64 MB do not cross"),
    (lambda: ["x" * 10**6] * 100, "more than 64 MB do not cross"),
    (lambda: ["x" * 10**6, 1] * 100, "more than 64 MB do not cross"),
    (lambda: [bytearray(10**6)] * 100, "more than 64 MB do not cross"),
    (lambda: bytearray(65 * 10**6), "more than 64 MB do not cross"),
    (lambda: "x" * (65 * 10**6), "more than 64 MB do not cross"),
    (lambda: [None] * 10**6, "more than 1000000 values"),
    (lambda: range(10**12), "more than 1000000 values"),
    (lambda: range(-(10**30), 10**30, 3), "more than 1000000 values"),
    (folded, "more than 1000000 values"),
    (lambda: nested(tuple, 50), "containers nested more than 32 deep"),
    (lambda: nested(list, 5000), "containers nested more than 32 deep"),
    (lambda: nested(lambda v: {0: v[0]}, 50), "containers nested more than 32 deep"),
    (cyclic, "a container that contains itself"),
    (lambda: 1 << 5000, "a whole number of 5001 bits"),
    (lambda: {float("nan"): 1}, "a dict with nan among its keys"),
    (lambda: {np.float32("nan")}, "a set with nan in it"),
    (lambda: (n for n in itertools.count()), "^a generator$"),
    (lambda: itertools.count(), "^a count$"),
    (lambda: iter([1]), "^a list_iterator$"),
    (lambda: map(abs, [1]), "^a map$"),
    (lambda: zip([1], strict=True), "^a zip$"),
    (lambda: {}.keys(), "^a dict_keys$"),
    (lambda: memoryview(b"x"), "^a memoryview$"),
    (lambda: len, "^a builtin_function_or_method$"),
    (lambda: liar, "^a function$"),
    (lambda: itertools, "^a module$"),
    (lambda: Tripwire, "^the class Tripwire$"),
    (lambda: LyingType("Liar", (), {}), "^the class Liar$"),
    (lambda: np.sin, "^an ufunc$"),
    (lambda: ValueError("x"), "^a ValueError$"),
]


@pytest.mark.parametrize(("make", "named"), REFUSED, ids=range(len(REFUSED)))
@pytest.mark.parametrize("wrap", [lambda v: v, lambda v: {"a": (1, [v])}], ids=["bare", "within"])
def test_what_may_not_cross_is_named_and_nothing_of_its_own_is_called(make, named, wrap):
    value = wrap(make())
    began = time.process_time()
    with pytest.raises(Refused, match=named):
        pack(value)
    assert time.process_time() - began < 5


def test_a_namedtuple_is_read_as_the_tuple_it_is():
    class Sly(Point):
        __iter__ = __len__ = __getitem__ = _trip

    assert across(Sly(1, 2)) == (1, 2)


def test_a_liar_among_many_numbers_is_found():
    with pytest.raises(Refused, match="a Liar"):
        pack([0.5] * 100 + [liar(float, LyingType)])


class Owner:
    """Refers to what it is shown, and knows it again."""

    def __init__(self):
        self.things = []

    def refer(self, thing):
        self.things.append(thing)
        return Ref("judge", len(self.things) - 1, {"name": getattr(thing, "__name__", None), "shape": [1, 2]})

    def resolve(self, ref):
        assert ref.facts["shape"] == [1, 2]
        return self.things[ref.number]


def test_functions_classes_and_instances_are_referred_to():
    owner = Owner()
    things = [len, Owner, owner, itertools.count(), np.sin]
    data, ours = pack({"things": things}, refer=owner.refer)
    message, theirs = unpack(data, resolve=owner.resolve)
    assert all(a is b for a, b in zip(message["things"], things, strict=True))
    assert len(ours) == len(theirs)


def test_what_is_not_referred_to_is_refused_by_name():
    with pytest.raises(Refused, match="^a module$"):
        pack([itertools], refer=lambda thing: None)


def test_a_subclass_of_a_plain_value_is_refused_without_asking():
    with pytest.raises(Refused, match="a Liar"):
        pack(liar(float), refer=_trip)


def test_a_reference_may_be_sent_by_hand_and_be_a_key():
    ref = Ref("learner", 3, {"kind": "function"})
    data, _ = pack({"by hand": ref, "key": {len: 1}}, refer=lambda thing: ref)
    value, _ = unpack(data, resolve=lambda ref: (ref.side, ref.number, ref.facts["kind"]))
    assert value == {"by hand": ("learner", 3, "function"), "key": {("learner", 3, "function"): 1}}


@pytest.mark.parametrize("count", [1023, 1024, 1025, 5000, 999_000])
def test_long_containers_cross(count):
    numbers = list(range(count))
    assert same(numbers, across(numbers))
    if count < 10_000:
        table = {str(n): float(n) for n in range(count)}
        assert same(table, across(table))
        assert across(set(table)) == set(table)
        assert across(frozenset(table)) == frozenset(table)
        rows = [[n] for n in range(count)]
        assert same(rows, across(rows))


def test_what_is_as_large_and_as_deep_as_may_be_crosses():
    big, deep = np.zeros(LIMITS.bytes, "u1"), nested(tuple, LIMITS.depth - 1)
    assert same(big, across(big))
    assert same(deep, across(deep))


def test_narrower_limits_hold():
    narrow = Limits(bytes=100, items=10, depth=2)
    for value in (np.zeros(13), [1] * 11, [[[]]], "x" * 101):
        with pytest.raises(Refused):
            pack(value, limits=narrow)
    pack([np.zeros(12), [1] * 5], limits=narrow)


def test_a_typical_call_packs_and_unpacks_in_microseconds(record_property):
    call = {"op": "call", "fn": 3, "args": (np.ones((10, 5)), np.ones(5), 0.1), "kw": {}}
    data, _ = pack(call)
    times = {"pack": [], "unpack": []}
    for _ in range(300):
        for name, run in (("pack", lambda: pack(call)), ("unpack", lambda: unpack(data))):
            began = time.perf_counter()
            for _ in range(5):
                run()
            times[name].append((time.perf_counter() - began) / 5 * 1e6)
    medians = {name: statistics.median(took) for name, took in times.items()}
    record_property("measured", "wire, a call: " + ", ".join(f"{k} {v:.1f} µs" for k, v in medians.items()))
    assert max(medians.values()) < 100  # 25 on a quiet machine

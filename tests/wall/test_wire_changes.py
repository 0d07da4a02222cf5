"""What a call changes in place of what it was given is seen, and done again to the caller's own objects."""

import collections

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wire_values import GENERATORS, same, state, values

from grader.wall.wire import Broken, changed, pack, restore, restore_all, snapshot, unpack


def change(thing, data) -> bool:
    """Change a value in place, if it can be."""
    kind = type(thing)
    if kind is np.ndarray:
        if not thing.flags.writeable or not thing.nbytes:
            return False
        thing[...] = data.draw(st.sampled_from([np.zeros_like(thing), thing.ravel()[::-1].reshape(thing.shape)]))
    elif kind is list:
        how = data.draw(st.sampled_from(["append", "clear", "reverse", "nest"]))
        {"append": lambda: thing.append(7), "nest": lambda: thing.append([thing[:1], np.ones(2)])}.get(
            how, getattr(thing, how, None)
        )()
    elif kind is dict:
        thing.clear() if data.draw(st.booleans()) else thing.update(new=[np.arange(3)])
    elif kind is set:
        thing.add("new")
    elif kind is bytearray:
        thing.extend(b"new")
    elif kind in GENERATORS:
        thing.standard_normal(3)
        if kind is np.random.Generator and data.draw(st.booleans()):
            thing.spawn(2)
    return True


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(values, max_size=4).map(tuple), st.data())
def test_what_was_changed_there_is_changed_here_and_nothing_else(arguments, data):
    request, ours = pack(arguments)
    here = dict(enumerate(ours))
    theirs, known = unpack(request)
    before = snapshot(known)
    assert changed(known, before) == {}
    if known:
        for number in data.draw(st.sets(st.integers(0, len(known) - 1), max_size=3)):
            change(known[number], data)
    found = changed(known, before)
    answer, _ = unpack(pack({"changed": [[n, c] for n, c in found.items()]}, known=known)[0], known=ours)
    restore_all(ours, answer["changed"])
    assert all(ours[number] is thing for number, thing in here.items())
    assert all(same(a, b) for a, b in zip(arguments, theirs, strict=True))


@pytest.mark.parametrize(
    ("value", "act"),
    [
        ([1, 2], lambda v: v.__setitem__(0, 1.0)),  # 1 == 1.0
        ([float("nan")], None),
        (np.array([np.nan]), None),
        (np.array([0.0]), lambda v: v.__imul__(-1)),  # 0.0 == -0.0
        ({"a": 1, "b": 2}, lambda v: v.__setitem__("a", v.pop("a"))),  # equal, but in another order
        ({1, 2}, lambda v: (v.remove(1), v.add(True))),
        (bytearray(b"ab"), lambda v: v.reverse()),
        (np.random.default_rng(1), lambda v: v.spawn(1)),
        (np.random.RandomState(1), lambda v: v.standard_normal()),
    ],
    ids=lambda value: "made" if callable(value) else str(value),
)
def test_only_what_really_changed_is_told(value, act):
    before = snapshot([value])
    if act:
        act(value)
    assert list(changed([value], before)) == ([0] if act else [])


def test_a_change_keeps_the_callers_own_objects_where_they_stay():
    inner, table = np.ones(2), {"a": [1]}
    arguments = [inner, table, 5]
    request, ours = pack(arguments)
    theirs, known = unpack(request)
    before = snapshot(known)
    theirs.insert(0, theirs.pop())
    theirs[2]["a"].append(2)
    theirs[1] += 1
    answer, _ = unpack(pack(tuple(changed(known, before).items()), known=known)[0], known=ours)
    restore_all(ours, answer)
    assert arguments[0] == 5
    assert arguments[1] is inner
    assert arguments[2] is table
    assert list(inner) == [2, 2]
    assert table == {"a": [1, 2]}


@pytest.mark.parametrize(
    "value",
    [
        collections.OrderedDict(a=1, b=2),
        collections.defaultdict(int, a=1),
        collections.Counter("aab"),
        np.array([[1.0, 2.0]]).view(np.matrix),
        np.ma.MaskedArray([1.0, 2.0]),
        np.arange(8.0)[::2],
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_well_known_subclass_is_changed_as_what_it_is(value):
    request, ours = pack([value])
    (theirs,), known = unpack(request)
    before = snapshot(known)
    if type(theirs) is dict:
        del theirs["a"]
        theirs |= {"new": 1, "a": 9}
    else:
        theirs += 1
    found = changed(known, before)
    assert list(found) == [1]
    restore(ours[1], found[1])
    assert type(ours[1]) is type(value)
    assert ours[1] is value
    if type(theirs) is dict:
        assert list(value.items()) == list(theirs.items())
    else:
        assert np.array_equal(np.asarray(value), theirs)


def read_only():
    array = np.zeros(2)
    array.flags.writeable = False
    return array


EIGHT = b"\0" * 8
BITS = (np.random.PCG64, np.random.MT19937, np.random.Philox)
PCG, MT, PHILOX = (snapshot([np.random.Generator(bits(1))])[0] for bits in BITS)
DOES_NOT_FIT = [
    (np.zeros(2), ("<f8", (1,), EIGHT)),
    (np.zeros(1), ("<i8", (1,), EIGHT)),
    (np.zeros(1), ("<f8", (1,), EIGHT + EIGHT)),
    (np.zeros(1), ("<f8", (1,), "text")),
    (np.zeros(1), ("|O", (1,), EIGHT)),
    (np.zeros(1), (1,)),
    (np.zeros(1), 5),
    (np.zeros(1, bool), ("|b1", (1,), b"\2")),
    (np.zeros(1, "U1"), ("<U1", (1,), b"\xff" * 4)),
    (read_only(), ("<f8", (2,), EIGHT * 2)),
    ([], 5),
    ([], [1]),
    ({}, (1,)),
    ({}, ([], 1)),
    (set(), ([],)),
    (bytearray(), (1,)),
    (bytearray(), None),
    ((), ()),
    (len, ()),
    (np.random.default_rng(1), ()),
    (np.random.default_rng(1), MT),
    (np.random.RandomState(1), PCG),
    (np.random.default_rng(1), (PCG[0], PCG[1][:2], PCG[2], ())),
    (np.random.default_rng(1), (PCG[0], (2**128, *PCG[1][1:]), PCG[2], ())),
    (np.random.default_rng(1), (PCG[0], (-1, *PCG[1][1:]), PCG[2], ())),
    (np.random.Generator(np.random.MT19937(1)), (MT[0], (MT[1][0], 625), MT[2], ())),
    (np.random.Generator(np.random.MT19937(1)), (MT[0], (MT[1][0], -1), MT[2], ())),
    (np.random.Generator(np.random.Philox(1)), (PHILOX[0], (*PHILOX[1][:3], -1, 0, 0), PHILOX[2], ())),
    (np.random.Generator(np.random.Philox(1)), (PHILOX[0], (*PHILOX[1][:3], 5, 0, 0), PHILOX[2], ())),
    (np.random.Generator(np.random.MT19937(1)), (MT[0], (MT[1][0][:-4], 1), MT[2], ())),
]


@pytest.mark.parametrize(("value", "content"), DOES_NOT_FIT, ids=range(len(DOES_NOT_FIT)))
def test_contents_that_do_not_fit_are_refused_and_change_nothing(value, content):
    before = state(value) if type(value) in GENERATORS else repr(value)
    with pytest.raises(Broken):
        restore(value, content)
    assert (state(value) if type(value) in GENERATORS else repr(value)) == before


@pytest.mark.parametrize(
    "changes", [5, [5], [(0,)], [(0, (), ())], [(1, ())], [(-1, ())], [(True, ())], [("0", ())], {}]
)
def test_a_change_of_nothing_is_broken(changes):
    with pytest.raises(Broken):
        restore_all([[]], changes)


def test_objects_made_to_hold_themselves_or_to_unfold_without_end_are_broken():
    lists = [[] for _ in range(30)]
    with pytest.raises(Broken, match="nested more than"):
        restore_all(lists, [(0, (lists[0],))])
    with pytest.raises(Broken, match="more than 1000000 values"):
        restore_all(lists, [(n, (lists[n + 1],) * 2) for n in range(29)])
    restore_all(lists, [(n, (lists[n + 1],)) for n in range(29)])

"""Whatever bytes come over the wall: a plain value or Broken, in little time and memory."""

import gc
import os
import random
import re
import struct
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path

import msgpack
import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from wire_values import same, values

from grader.wall.wire import Broken, Limits, Refused, pack, tags, unpack
from grader.wall.wire.scan import scan

many = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def raw(tree, known: int = 0) -> bytes:
    """A message of this tree, right or wrong."""
    return msgpack.packb([known, tree], unicode_errors="surrogatepass")


def taken(data: bytes) -> None:
    """Unpack what may be anything. A value that comes out must be one that could have been sent."""
    known = [[], np.zeros((2, 3)), {}, np.random.default_rng(1)]
    try:
        value, _ = unpack(data, resolve=lambda ref: (ref.side, ref.number), known=known)
    except Broken:
        return
    again, _ = unpack(pack(value, known=known)[0], known=known)
    assert same(value, again)
    assert known[0] == [] and known[2] == {} and not known[1].any()  # reading alone changes nothing


@many
@given(st.binary(max_size=60))
@example(b"")
@example(b"\xd6\xff\0\0\0\0")  # msgpack's own point in time
@example(b"\x80")
@example(b"\x90")
@example(raw(msgpack.ExtType(1, b"x")))
@example(raw(msgpack.Timestamp(0)))
@example(b"\x92\x00\x80")
def test_any_bytes_are_a_value_or_broken(data):
    taken(data)


@many
@given(values, st.integers(0, 2**32))
def test_a_message_with_some_bytes_changed_is_a_value_or_broken(value, seed):
    data = bytearray(pack(value)[0])
    rng = random.Random(seed)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(data) + 1)
        data[at : at + rng.randint(0, 2)] = rng.choice([b"", rng.randbytes(1), rng.randbytes(3), data[at // 2 : at]])
    taken(bytes(data))


codes = st.sampled_from(
    ["<f8", "|b1", "<U1", "<M8[s]", ">i2", "|S2", "<U0", "|O", "<f8,<i4", "numpy.float32", "PCG64", "MT19937"]
)
atoms = st.one_of(
    codes,
    st.none(),
    st.booleans(),
    st.floats(),
    st.integers(-3, 30),
    st.sampled_from([2**31, 2**62, 2**64 - 1, -(2**63)]),
)
atoms |= st.sampled_from([b"", b"\0" * 8, b"\xff" * 8, b"\0" * 16, "learner", "judge"])
trees = st.recursive(
    atoms,
    lambda parts: st.builds(lambda tag, rest: [tag, *rest], st.integers(0, 24), st.lists(parts, max_size=6)),
    max_leaves=25,
)


@settings(many, max_examples=300)
@given(trees, st.sampled_from([0, 4]))
def test_any_tree_of_our_own_tags_is_a_value_or_broken(tree, known):
    taken(raw(tree, known))


LONG_ARRAY = ["<f8", b"\0" * 80, 2, 10]
BROKEN = {
    "an array larger than its bytes": [tags.ARRAY, "<f8", b"\0" * 8, 2, 2**40],
    "an array smaller than its bytes": [tags.ARRAY, "<f8", b"\0" * 80, 2, 9],
    "an array of negative length": [tags.ARRAY, "<f8", b"", 2, -1],
    "an array of 65 dimensions": [tags.ARRAY, "<f8", b"\0" * 8, 2, *[1] * 65],
    "an array whose size overflows": [tags.ARRAY, "<f8", b"", 2, 2**62, 2**62],
    "objects": [tags.ARRAY, "|O", b"\0" * 8, 2, 1],
    "a record": [tags.ARRAY, "<f8,<f8", b"\0" * 16, 2, 1],
    "nothing per item": [tags.ARRAY, "<U0", b"", 2, 2**60],
    "an item of a gigabyte": [tags.ARRAY, "<U250000000", b"", 2, 0],
    "a dtype to evaluate": [tags.DTYPE, "(2,)f8"],
    "a truth of 2": [tags.ARRAY, "|b1", b"\2", 2, 1],
    "a scalar truth of 2": [tags.SCALAR, "|b1", b"\2"],
    "a character beyond Unicode": [tags.ARRAY, ">U1", b"\x00\x11\x00\x00", 2, 1],
    "a view of nothing": [tags.VIEW, 0, 0, 1, [1], [8]],
    "a view of a list": [tags.LIST, [tags.VIEW, 0, 0, 1, [1], [8]]],
    "a view beyond the end": [tags.TUPLE, [tags.ARRAY, *LONG_ARRAY], [tags.VIEW, 0, 0, 1, [11], [8]]],
    "a view before the beginning": [tags.TUPLE, [tags.ARRAY, *LONG_ARRAY], [tags.VIEW, 0, 0, 1, [2], [-8]]],
    "a view between items": [tags.TUPLE, [tags.ARRAY, *LONG_ARRAY], [tags.VIEW, 0, 4, 1, [1], [8]]],
    "a view that steps between items": [tags.TUPLE, [tags.ARRAY, *LONG_ARRAY], [tags.VIEW, 0, 0, 1, [2], [4]]],
    "text among the scalars": [tags.SCALAR, "<U1", b"\0" * 4],
    "text of bytes": [tags.NP_STR, b"x"],
    "bytes of numbers": [tags.NP_BYTES, 10**9],
    "a float64 of text": [tags.FLOAT64, "1.5"],
    "a float64 of many": [tags.FLOAT64, [1.5, 2.5]],
    "a view of endless size": [tags.TUPLE, [tags.ARRAY, *LONG_ARRAY], [tags.VIEW, 0, 0, 1, [2**40], [0]]],
    "a view of too many dimensions": [
        tags.TUPLE,
        [tags.ARRAY, *LONG_ARRAY],
        [tags.VIEW, 0, 0, 1, [1] * 65, [0] * 65],
    ],
    "a reference back to nothing": [tags.BACK, 0],
    "a negative reference back": [tags.LIST, [tags.BACK, -1]],
    "a negative reference back, to what is complete": [tags.TUPLE, [tags.LIST], [tags.BACK, -1]],
    "a list in itself": [tags.LIST, [tags.BACK, 0]],
    "a list in itself, further in": [tags.LIST, [tags.TUPLE, [tags.DICT, "a", [tags.BACK, 0]]]],
    "an unhashable key": [tags.DICT, [tags.LIST], 1],
    "an unhashable member": [tags.SET, [tags.LIST]],
    "nan as a key": [tags.DICT, float("nan"), 1],
    "nan as a member": [tags.FROZENSET, [tags.FLOAT64, float("nan")]],
    "a key twice": [tags.DICT, "a", 1, "a", 2],
    "a key without a value": [tags.DICT, "a"],
    "a range without a step": [tags.RANGE, 0, 1, 0],
    "a range without an end": [tags.RANGE, 0, 2**63, 1],
    "a number of a megabyte": [tags.BIGINT, b"\1" * 10**6],
    "a type that is no base type": [tags.TYPE, "os.system"],
    "a reference where none may be": [tags.REF, "learner", 0, [tags.TUPLE]],
    "a tag that there is not": [99],
    "an unhashable tag": [[0]],
    "no tag": [],
    "chunks of an array": [tags.LONG, tags.ARRAY, LONG_ARRAY],
    "chunks in chunks in chunks": [tags.LONG, tags.LONG, [tags.LONG, [tags.LIST]]],
    "too deep": 0,
}
for _ in range(40):
    BROKEN["too deep"] = [tags.TUPLE, BROKEN["too deep"]]


@pytest.mark.parametrize("tree", BROKEN.values(), ids=BROKEN.keys())
def test_is_broken(tree):
    with pytest.raises(Broken):
        unpack(raw(tree))


STATE = [tags.TUPLE, 1, 1, 0, 0]
SEED = [tags.TUPLE, 5, [tags.TUPLE], 4, 0]


def generator(state=STATE, seed=SEED, name="PCG64") -> bytes:
    return raw([tags.GENERATOR, [tags.TUPLE, name, state, seed, [tags.TUPLE]]])


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "Generator"},
        {"name": "MT19937"},
        {"state": [tags.TUPLE, 1, 1, 2, 0]},
        {"state": [tags.TUPLE, 1, 1, 0]},
        {"state": [tags.TUPLE, 1, 1.0, 0, 0]},
        {"seed": [tags.TUPLE, "0x5", [tags.TUPLE], 4, 0]},
        {"seed": [tags.TUPLE, -5, [tags.TUPLE], 4, 0]},
        {"seed": [tags.TUPLE, None, [tags.TUPLE], 4, 0]},
        {"seed": [tags.TUPLE, 5, 5, 4, 0]},
        {"seed": [tags.TUPLE, 5, [tags.TUPLE, 1.5], 4, 0]},
        {"seed": [tags.TUPLE, 5, [tags.TUPLE], 10**6, 0]},
        {"seed": [tags.TUPLE, 5, [tags.TUPLE], 4, -1]},
        {"seed": 5},
    ],
    ids=str,
)
def test_a_generator_that_there_cannot_be_is_broken(wrong):
    assert unpack(generator())[0].bit_generator.state["state"] == {"state": 1, "inc": 1}
    with pytest.raises(Broken):
        unpack(generator(**wrong))


def test_a_view_of_an_array_with_gaps_is_broken():
    known = [np.zeros((4, 4))[::2, ::2]]
    with pytest.raises(Broken, match="no contiguous array"):
        unpack(raw([tags.VIEW, 0, 0, 1, [1], [8]], known=1), known=known)


def folds(depth: int) -> list:
    tree = [tags.LIST, 1, 1]
    for number in range(depth - 1, 0, -1):
        tree = [tags.LIST, tree, [tags.BACK, number]]
    return tree


def test_a_few_lists_that_unfold_to_millions_are_broken():
    assert len(unpack(raw(folds(10)))[0]) == 2
    with pytest.raises(Broken, match="more than 1000000 values"):
        unpack(raw(folds(25)))


def test_lists_known_before_count_for_all_that_is_in_them():
    known = [[0.5] * 1000, np.zeros(10**6)]
    reply = raw([tags.TUPLE, *[[tags.BACK, 0]] * 900], known=2)
    assert len(unpack(reply, known=known)[0]) == 900
    known[0] += [0.5] * 1000
    with pytest.raises(Broken, match="more than 1000000 values"):
        unpack(reply, known=known)
    with pytest.raises(Broken, match="more than 64 MB"):
        unpack(raw([tags.TUPLE, *[[tags.BACK, 1]] * 9], known=2), known=known)
    table = {"a": known.pop(0)}
    with pytest.raises(Broken, match="more than 1000000 values"):
        unpack(reply, known=[table, 0])
    known.insert(0, [])
    known[0][:] = known
    with pytest.raises(Broken):
        unpack(reply, known=known)


def heads(leaf: bytes, count: int) -> bytes:
    return b"\xdc" + struct.pack(">H", count) + leaf * count


@pytest.mark.parametrize(
    "data",
    [
        b"\xdd\xff\xff\xff\xff",
        b"\xdf\xff\xff\xff\xff",
        b"\xc6\xff\xff\xff\xff",
        b"\xdc\x04\x00" * 2000,
        b"\xdc\xff\xff" * 2000,
        b"\x91" * 10**6,
        heads(heads(b"\x90", 1000), 1100),
        heads(heads(b"\x91\xc0", 1000), 1100),
        heads(heads(b"\xcb" + b"\1" * 8, 1000), 200),
    ],
    ids=["list", "map", "bytes", "lists in lists", "longer lists", "deep", "a megabyte of lists", "pairs", "numbers"],
)
def test_bytes_that_promise_or_hold_far_too_much_are_broken_before_they_cost_it(data):
    gc.collect()
    tracemalloc.start()
    began = time.process_time()
    try:
        with pytest.raises(Broken):
            unpack(data, limits=Limits(items=25_000))
        assert time.process_time() - began < 5
        assert tracemalloc.get_traced_memory()[1] < 20e6 + 3 * len(data)
    finally:
        tracemalloc.stop()


def test_a_message_longer_than_any_is_not_even_read():
    with pytest.raises(Broken, match="a message of"):
        unpack(bytes(1000), limits=Limits(bytes=100, items=10))


@settings(many, max_examples=100)
@given(values)
def test_the_parts_of_a_message_are_counted_as_msgpack_sees_them(value):
    data, _ = pack(value)
    parts, todo = 0, [msgpack.unpackb(data, unicode_errors="surrogatepass")]
    while todo:
        part = todo.pop()
        parts += 1
        todo += part if type(part) is list else []
    scan(data, parts)
    with pytest.raises(Broken):
        scan(data, parts - 1)


@pytest.mark.parametrize("length", [1, 2, 3, 4, 8, 16, 17, 300, 70_000])
def test_an_extension_is_one_part_whatever_its_length(length):
    data = msgpack.packb([msgpack.ExtType(3, b"\x90" * length), "text" * length, b"\x90" * length, {"a": None}, -1])
    scan(data, 8)
    with pytest.raises(Broken):
        scan(data, 7)


def test_the_fuzzer_finds_nothing(record_property, tmp_path):
    pytest.importorskip("atheris", reason="atheris has no wheel for this Python")
    fuzzer = Path(__file__).with_name("fuzz_wire.py")
    # Not -rss_limit_mb: a child's peak starts with its parent's, here that of a process that has run many tests.
    limits = ["-max_total_time=5", "-rss_limit_mb=0", "-malloc_limit_mb=512"]
    command = [sys.executable, str(fuzzer), *limits, f"-artifact_prefix={tmp_path}/"]
    run = subprocess.run(
        command, capture_output=True, text=True, timeout=120, env=os.environ | {"TMPDIR": str(tmp_path)}
    )
    assert run.returncode == 0, run.stderr[-3000:]
    runs, seconds = re.search(r"Done (\d+) runs in (\d+) second", run.stderr).groups()
    record_property("measured", f"fuzzer on the wall's decoder: {runs} runs in {seconds} s, nothing found")
    assert int(runs) > 1000


def test_limits_hold_when_unpacking_too():
    narrow = Limits(bytes=100, items=10, depth=2)
    for value in (np.zeros(13), [1] * 11, [[[]]]):
        data, _ = pack(value)
        with pytest.raises(Broken):
            unpack(data, limits=narrow)
        with pytest.raises(Refused):
            pack(value, limits=narrow)

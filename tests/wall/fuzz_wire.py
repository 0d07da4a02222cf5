"""A fuzzer for the wall's decoder: `python tests/wall/fuzz_wire.py -max_total_time=60`. Needs atheris.

Half of the inputs are taken as bytes, half as a recipe for a tree of our own tags, which random bytes hardly ever are.
"""

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["grader.wall", "msgpack"]):
    from grader.wall import wire

import msgpack
import numpy as np

ATOMS = [
    None,
    True,
    0.5,
    float("nan"),
    -1,
    2**40,
    2**64 - 1,
    b"",
    b"\0" * 8,
    b"\xff" * 8,
    "<f8",
    "|b1",
    "<U1",
    "<M8[s]",
]
ATOMS += ["|O", "<U0", "PCG64", "MT19937", "Philox", "numpy.float32", "learner", "judge", b"\0" * 2496, b"\0" * 32, "a"]
KNOWN_VALUES = (
    [1, [2]],
    np.zeros((2, 3)),
    {"a": 1},
    {1},
    bytearray(b"xy"),
    np.random.default_rng(1),
    np.random.RandomState(1),
)


def tree(provider, depth=0):
    """A tree of tags and atoms as the bytes say."""
    choice = provider.ConsumeIntInRange(0, 3)
    if choice == 0 and depth < 8:
        return [tree(provider, depth + 1) for _ in range(provider.ConsumeIntInRange(0, 6))]
    if choice <= 1 and depth < 8:
        tag = provider.ConsumeIntInRange(0, 24)
        return [tag, *(tree(provider, depth + 1) for _ in range(provider.ConsumeIntInRange(0, 6)))]
    if choice == 2:
        return ATOMS[provider.ConsumeIntInRange(0, len(ATOMS) - 1)]
    return provider.ConsumeIntInRange(-2, 30)


def one_input(data):
    """Nothing but Broken comes out, and what is read can be sent, read again and put into what was there before."""
    provider = atheris.FuzzedDataProvider(data)
    _, known = wire.unpack(wire.pack(KNOWN_VALUES)[0])
    if data[:1] and data[0] & 1:
        message = bytes(data[1:])
    else:
        about = len(known) if provider.ConsumeBool() else 0
        message = msgpack.packb([about, tree(provider)])
    try:
        value, objects = wire.unpack(message, known=known, resolve=lambda ref: (ref.side, ref.number))
    except wire.Broken:
        return
    wire.unpack(wire.pack(value, known=known)[0], known=known)
    before = wire.snapshot(objects)
    for thing in known:
        try:
            wire.restore(thing, value)
        except wire.Broken:
            continue
    wire.changed(objects, before)
    for generator in known[-2:]:
        generator.standard_normal(700)  # would read beyond its buffers with a wrong state


def seeds(folder: Path) -> None:
    """Messages to start from."""
    kinds = (np.random.PCG64, np.random.PCG64DXSM, np.random.MT19937, np.random.Philox, np.random.SFC64)
    base = np.arange(6.0)
    examples = [
        {"op": "call", "fn": 3, "args": (base, base[::2], base.reshape(2, 3).T, 0.1), "kw": {}},
        [1, 2**70, 1.5, 1j, "é", b"x", None, ..., slice(1, None), range(3), {1}, frozenset("a"), bytearray(b"y")],
        [np.float32(1), np.float64(2), np.str_("a"), np.datetime64("2020-01-01"), np.dtype("f4"), np.int8, int],
        [np.array(["ab"]), np.array([b"ab"]), np.array([True]), np.zeros((0, 3)), np.asfortranarray(np.ones((2, 2)))],
        {"f": wire.Ref("learner", 3, {"name": "f"})},
        list(range(2000)),
        *(kind([np.random.Generator(bits(3)), np.random.RandomState(bits(3))]) for bits in kinds for kind in (tuple,)),
    ]
    for number, value in enumerate(examples):
        (folder / f"seed{number}").write_bytes(b"\1" + wire.pack(value)[0])
        known = wire.unpack(wire.pack(KNOWN_VALUES)[0])[1]
        contents = wire.snapshot(wire.pack(value, refer=lambda thing: thing)[1])
        (folder / f"content{number}").write_bytes(b"\1" + wire.pack([contents, known], known=known)[0])


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as corpus:
        seeds(Path(corpus))
        options = ["-max_len=8192", "-timeout=10", "-rss_limit_mb=2048", "-print_final_stats=0"]
        atheris.Setup([sys.argv[0], *options, *sys.argv[1:], corpus], one_input)
        atheris.Fuzz()

"""Random generators on the wire: the bit generator, its state, and the seed sequence, so that `spawn` goes on equally.

numpy takes some of a state's numbers as they come and reads beyond its buffers with a wrong one: each is checked here.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .arrays import SCALARS
from .rules import Broken, Refused

WORD, DWORD = 1 << 32, 1 << 64

# Of each bit generator: the fields of its state as (path, kind). A number is a bound (exclusive), a str the dtype and
# the length of an array.
_CARRY = ((("has_uint32",), 2), (("uinteger",), WORD))
_PCG = ((("state", "state"), 1 << 128), (("state", "inc"), 1 << 128), *_CARRY)
_FIELDS: dict[str, tuple] = {
    "PCG64": _PCG,
    "PCG64DXSM": _PCG,
    "MT19937": ((("state", "key"), ("<u4", 624)), (("state", "pos"), 625)),
    "Philox": (
        (("state", "counter"), ("<u8", 4)),
        (("state", "key"), ("<u8", 2)),
        (("buffer",), ("<u8", 4)),
        (("buffer_pos",), 5),
        *_CARRY,
    ),
    "SFC64": ((("state", "state"), ("<u8", 4)), *_CARRY),
}
_KINDS = {getattr(np.random, name): name for name in _FIELDS}


def state_of(generator: np.random.Generator | np.random.RandomState) -> tuple:
    """The generator's state as plain values: (name, fields, seed, gauss)."""
    legacy = type(generator) is np.random.RandomState
    bits = generator._bit_generator if legacy else generator.bit_generator
    name = _KINDS.get(type(bits))
    if name is None:
        raise Refused("a random generator with a bit generator of its own")
    state = bits.state
    fields = []
    for path, kind in _FIELDS[name]:
        value = state
        for key in path:
            value = value[key]
        fields.append(int(value) if type(kind) is int else value.astype(kind[0]).tobytes())
    gauss = ()
    if legacy:
        facts = generator.get_state(legacy=False)
        gauss = (int(facts["has_gauss"]), float(facts["gauss"]))
    return (name, tuple(fields), _seed_of(bits.seed_seq), gauss)


def _seed_of(sequence: Any) -> tuple | None:
    if type(sequence) is not np.random.SeedSequence:
        return None  # RandomState(7) has none
    entropy = _plain(sequence.entropy)
    return (entropy, _plain(tuple(sequence.spawn_key)), sequence.pool_size, sequence.n_children_spawned)


def _plain(entropy: Any) -> Any:
    if type(entropy) in (list, tuple):
        return tuple(_plain(part) for part in entropy)
    if type(entropy) is np.ndarray and entropy.dtype.kind in "iu":
        return _plain(entropy.tolist())
    if type(entropy) is int or type(entropy) in SCALARS and isinstance(entropy, np.integer):
        return int(entropy)
    raise Refused("a random generator with a seed that is no whole number")


def _whole(value: Any, bound: int) -> int:
    if type(value) is not int or not 0 <= value < bound:
        raise Broken("no number that a generator's state may hold")
    return value


def _state(content: Any) -> dict:
    """What numpy takes as a state."""
    name, fields, _, _ = content
    state: dict = {"bit_generator": name}
    for (path, kind), value in zip(_FIELDS[name], fields, strict=True):
        if type(kind) is int:
            value = _whole(value, kind)
        elif type(value) is bytes and len(value) == kind[1] * int(kind[0][2]):
            value = np.frombuffer(value, kind[0])
        else:
            raise Broken("no array that a generator's state may hold")
        if len(path) == 2:
            state.setdefault(path[0], {})[path[1]] = value
        else:
            state[path[0]] = value
    return state


def _seed(seed: Any) -> Any:
    if seed is None:
        return 0
    entropy, spawn_key, pool_size, children = seed
    if _whole(pool_size, 65) < 4 or not _seeds(entropy) or type(spawn_key) is not tuple or not _seeds(spawn_key):
        raise Broken("no seed sequence")
    return np.random.SeedSequence(
        entropy, spawn_key=spawn_key, pool_size=pool_size, n_children_spawned=_whole(children, WORD)
    )


def _seeds(entropy: Any) -> bool:
    if type(entropy) is tuple:
        return len(entropy) <= 1024 and all(_seeds(part) for part in entropy)
    return type(entropy) is int and entropy >= 0


def make(content: Any, legacy: bool) -> np.random.Generator | np.random.RandomState:
    """A new generator in this state."""
    if type(content) is not tuple or type(content[0]) is not str or content[0] not in _FIELDS:
        raise Broken("no random generator")
    bits = getattr(np.random, content[0])(_seed(content[2]))
    generator = np.random.RandomState(bits) if legacy else np.random.Generator(bits)
    put_state(generator, content)
    return generator


def put_state(generator: np.random.Generator | np.random.RandomState, content: Any) -> None:
    """Set the state in place; children that were spawned count as spawned here too."""
    legacy = type(generator) is np.random.RandomState
    bits = generator._bit_generator if legacy else generator.bit_generator
    if type(content) is not tuple or len(content) != 4 or _KINDS.get(type(bits)) != content[0]:
        raise Broken("the state of another kind of generator")
    state = _state(content)
    if legacy:
        has_gauss, gauss = content[3]
        if type(gauss) is not float:
            raise Broken("no state of a RandomState")
        generator.set_state(state | {"has_gauss": _whole(has_gauss, 2), "gauss": gauss})
        return
    bits.state = state
    if content[2] is not None and type(bits.seed_seq) is np.random.SeedSequence:
        new = _whole(content[2][3], WORD) - bits.seed_seq.n_children_spawned
        if 0 < new <= 10_000:
            bits.seed_seq.spawn(new)

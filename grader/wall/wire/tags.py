"""The first item of every msgpack array on the wire says what the others stand for."""

LIST, TUPLE, DICT, SET, FROZENSET, LONG, BACK, ARRAY, VIEW, SCALAR, FLOAT64, COMPLEX = range(12)
BIGINT, BYTEARRAY, SLICE, RANGE, CONSTANT, DTYPE, TYPE, GENERATOR, RANDOM_STATE, REF, NP_STR, NP_BYTES = range(12, 24)
FRACTION = 24

"""Arrays, numpy scalars and dtypes on the wire: shape, byte order, memory order, `writeable`, and views of others."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from numpy import ndarray

from . import tags
from .rules import Broken, Message, Refused

C_ORDER, F_ORDER, WRITEABLE = 1, 2, 0x400  # bits of `ndarray.flags.num`
CANDIDATES = 8  # numbered arrays over the same memory that are tried as the base of a view

_NUMBERS = [np.dtype(c) for c in "?bhilqBHILQefdgFDG"]
_CODES = {dt: dt.str for dt in _NUMBERS + [dt.newbyteorder() for dt in _NUMBERS]}
_DTYPES = {code: dt for dt, code in _CODES.items()}
_OTHER = re.compile(r"([<>]U|\|S)[1-9]\d{0,6}|[<>][mM]8(\[[1-9]?\d{0,8}(Y|M|W|D|h|m|s|ms|us|ns|ps|fs|as)\])?", re.ASCII)

SCALARS = (np.bool_, np.int8, np.int16, np.int32, np.int64, np.longlong, np.uint8, np.uint16, np.uint32, np.uint64)
SCALARS += (np.ulonglong, np.float16, np.float32, np.longdouble, np.complex64, np.complex128, np.clongdouble)
SCALARS += (np.datetime64, np.timedelta64)
TYPES = {f"numpy.{kind.__name__}": kind for kind in (*SCALARS, np.float64, np.str_, np.bytes_)}
TYPES |= {kind.__name__: kind for kind in (bool, int, float, complex, str, bytes, bytearray)}
TYPES |= {kind.__name__: kind for kind in (list, tuple, set, frozenset, dict, object)}


def code_of(dt: np.dtype) -> str:
    """The dtype as text, if its values are plain."""
    code = _CODES.get(dt)
    if code is None:
        code = dt.str
        if dt.kind == "O":
            raise Refused("an array of objects")
        if dt.names is not None or dt.subdtype is not None:
            raise Refused("a structured array")
        if not _OTHER.fullmatch(code):
            raise Refused(f"an array of dtype {dt!s:.80}")
    return code


def dtype_of(code: Any) -> np.dtype:
    """The dtype of a text that has come over the wire."""
    dt = _DTYPES.get(code)
    if dt is None:
        if type(code) is not str or not _OTHER.fullmatch(code):
            raise Broken("no dtype that crosses")
        dt = np.dtype(code)
    return dt


def from_bytes(code: Any, shape: Any, data: Any, order: str = "C") -> ndarray:
    """A read-only array over `data`, of exactly its size; bytes that no array of this dtype holds are refused."""
    dt = dtype_of(code)
    if type(data) is not bytes:
        raise Broken("an array without bytes")
    if shape and min(shape) < 0:  # numpy takes -1 for "as many as there are"
        raise Broken("an array of negative length")
    array = ndarray(shape, dt, data, order=order)
    if array.nbytes != len(data):
        raise Broken("an array whose shape does not fit its bytes")
    if dt.kind == "b":
        if data.translate(None, b"\0\1"):  # numpy counts such a `True` as many
            raise Broken("a truth value that is neither True nor False")
    elif dt.kind == "U" and data and ndarray(len(data) // 4, dt.str[0] + "u4", data).max() > 0x10FFFF:
        raise Broken("a character that there is not")
    return array


def put_array(array: ndarray, message: Message, depth: int, origin: Any = None) -> list:
    """Write an array of exactly the base class; `origin` is the np.matrix or the like that it was."""
    thing = array if origin is None else origin
    number = message.memo.get(id(thing))
    if number is not None:
        message.again(number)
        return [tags.BACK, number]
    code = code_of(array.dtype)
    if array.nbytes > message.limits.bytes:
        megabytes = message.limits.bytes // 10**6
        raise Refused(f"an array of {array.nbytes:.1e} bytes; more than {megabytes} MB do not cross")
    message.count(0, array.nbytes)
    flags = array.flags.num
    neighbours = message.neighbours(array)
    for number in neighbours[:CANDIDATES]:
        place = _place(array, message.objects[number])
        if place is not None:
            message.number(thing, (0, array.nbytes))
            return [tags.VIEW, number, place, int(flags & WRITEABLE > 0), list(array.shape), list(array.strides)]
    number = message.number(thing, (0, array.nbytes))
    if origin is None:
        neighbours.append(number)
    if flags & F_ORDER and not flags & C_ORDER:
        return [tags.ARRAY, code, array.T.tobytes(), 3 if flags & WRITEABLE else 1, *array.shape]
    return [tags.ARRAY, code, array.tobytes(), 2 if flags & WRITEABLE else 0, *array.shape]


def root_of(array: ndarray) -> int:
    """The same number for all arrays over the same memory."""
    base, owner = array.base, array
    while base is not None:
        owner, base = base, (base.base if type(base) is ndarray else None)
    return id(owner)


def _place(array: ndarray, base: Any) -> int | None:
    """Where the array begins in the base's memory, in bytes, if it can be rebuilt as a view of the base."""
    if not base.flags.forc or base.dtype != array.dtype or (array.flags.writeable and not base.flags.writeable):
        return None
    place = _address(array) - _address(base)
    return place if _fits(place, array.shape, array.strides, base) else None


def _address(array: ndarray) -> int:
    return array.__array_interface__["data"][0]


def _fits(place: int, shape: Any, strides: Any, base: ndarray) -> bool:
    """Whether all elements lie within the base, on the borders of its elements."""
    first = last = place
    for n, step in zip(shape, strides, strict=True):
        if n < 1 or step % base.itemsize:  # who has no elements shares none
            return False
        if step < 0:
            first += (n - 1) * step
        else:
            last += (n - 1) * step
    return first >= 0 and last + base.itemsize <= base.nbytes and place % base.itemsize == 0


def put_scalar(value: np.generic, message: Message, depth: int) -> list:
    return [tags.SCALAR, code_of(value.dtype), value.tobytes()]


def put_dtype(value: np.dtype) -> list:
    if value.kind == "O":
        raise Refused("a dtype of objects")
    try:
        return [tags.DTYPE, code_of(value)]
    except Refused:
        if value.str in ("<U0", "|S0"):  # np.dtype(str): as long as the longest
            return [tags.DTYPE, value.str]
        raise Refused(f"the dtype {value!s:.80}") from None


def get_array(node: list, message: Message, depth: int) -> ndarray:
    flags = node[3]
    if flags == 2:
        array = from_bytes(node[1], node[4:], node[2]).copy()
    else:
        array = from_bytes(node[1], node[4:], node[2], "F" if flags & 1 else "C").copy("K")
        if not flags & 2:
            array.flags.writeable = False
    message.count(0, array.nbytes)
    message.number(array, (0, array.nbytes))
    return array


def get_view(node: list, message: Message, depth: int) -> ndarray:
    _, number, place, writeable, shape, strides = node
    base = message.object(number)
    if type(base) is not ndarray or not base.flags.forc:
        raise Broken("a view of what is no contiguous array")
    if type(place) is not int or not all(type(n) is int for n in [*shape, *strides]):
        raise Broken("a view without a place")
    if not _fits(place, shape, strides, base):
        raise Broken("a view beyond its array")
    array = ndarray(shape, base.dtype, base, place, strides)
    message.count(0, array.nbytes)
    if not writeable:
        array.flags.writeable = False
    message.number(array, (0, array.nbytes))
    return array


def get_scalar(node: list, message: Message, depth: int) -> Any:
    _, code, data = node
    if dtype_of(code).kind in "US":
        raise Broken("text among the numbers")
    return from_bytes(code, (), data)[()]


def get_float64(node: list, message: Message, depth: int) -> np.float64:
    if type(node[1]) is not float:
        raise Broken("a float64 that is no float")
    return np.float64(node[1])


def get_dtype(node: list, message: Message, depth: int) -> np.dtype:
    return np.dtype(node[1]) if node[1] in ("<U0", "|S0") else dtype_of(node[1])


def get_text(node: list, message: Message, depth: int) -> Any:
    tag, text = node
    if type(text) is not (str if tag == tags.NP_STR else bytes):
        raise Broken("text that is none")
    return np.str_(text) if tag == tags.NP_STR else np.bytes_(text)


# numpy's own `str()` of its text leaves zeros at the end out.
PUT = {kind: put_scalar for kind in SCALARS} | {
    ndarray: put_array,
    np.float64: lambda value, message, depth: [tags.FLOAT64, float(value)],
    np.str_: lambda value, message, depth: [tags.NP_STR, message.text(str.__str__(value))],
    np.bytes_: lambda value, message, depth: [tags.NP_BYTES, message.text(bytes.__getitem__(value, slice(None)))],
}
GET = {
    tags.ARRAY: get_array,
    tags.VIEW: get_view,
    tags.SCALAR: get_scalar,
    tags.FLOAT64: get_float64,
    tags.DTYPE: get_dtype,
    tags.NP_STR: get_text,
    tags.NP_BYTES: get_text,
}

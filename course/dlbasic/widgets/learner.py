"""Calling a function that a learner wrote: what it returned, or one sentence about what went wrong."""

from __future__ import annotations

import contextlib
import io
import traceback
import warnings
from collections.abc import Callable

import numpy as np

from ..figures.words import Words

SAY = Words(
    {
        "unwritten": {
            "en": "{name} is not written yet: do its exercise, then run this cell again.",
            "ko": "{name} 함수를 아직 작성하지 않았어요. 연습 문제를 푼 뒤 이 셀을 다시 실행하세요.",
        },
        "crashed": {"en": "{name} crashed: {error}", "ko": "{name} 함수를 실행하다가 오류가 났어요: {error}"},
        "odd": {
            "en": "{name} returned {got}, but {wanted} is needed here.",
            "ko": "{name} 함수의 반환값을 여기서는 쓸 수 없어요. 반환값: {got}, 필요한 값: {wanted}.",
        },
    }
)
NOTES = {"unwritten": "not written yet", "crashed": "crashed", "odd": "unusable result"}
ARRAY = {"en": "an array of shape {shape}", "ko": "모양이 {shape}인 배열"}


class Trouble(Exception):
    """A learner's function gave nothing to draw; the message is for the learner, `note` for the picture."""

    def __init__(self, kind: str, name: str, **values):
        super().__init__(SAY(kind, name=name, **values))
        self.note = NOTES[kind]


@contextlib.contextmanager
def quiet():
    """No warning and no print reaches the page while a slider moves."""
    with warnings.catch_warnings(), np.errstate(all="ignore"), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        yield


@contextlib.contextmanager
def named(name: str):
    """Turns what goes wrong inside the learner's function `name` into Trouble."""
    try:
        yield
    except NotImplementedError as error:
        raise Trouble("unwritten", _innermost(error) or name) from None
    except Exception as error:
        raise Trouble("crashed", name, error=brief(f"{type(error).__name__}: {error}")) from None


def call(function: Callable, *args, name: str):
    """function(*args), quietly. Raises Trouble when it is a stub (or calls one) or crashes."""
    with quiet(), named(name):
        return function(*args)


def array(function: Callable, *args, name: str, shape: tuple[int, ...]) -> np.ndarray:
    """What `call` gives, as a float array of `shape`; the arguments are copies. Raises Trouble for anything else."""
    value = call(function, *(np.array(arg) for arg in args), name=name)
    wanted = Words({"array": ARRAY})("array", shape=shape)
    try:
        result = np.array(value, dtype=float)
    except (TypeError, ValueError):
        raise Trouble("odd", name, got=brief(value), wanted=wanted) from None
    if value is None or result.shape != shape:
        got = "None" if value is None else Words({"array": ARRAY})("array", shape=result.shape)
        raise Trouble("odd", name, got=got, wanted=wanted)
    return result


def brief(thing: object, most: int = 90) -> str:
    """One line of at most `most` characters."""
    line = " ".join(str(thing).split())
    return line if len(line) <= most else line[: most - 1] + "…"


def _innermost(error: BaseException) -> str | None:
    """The stub itself may be deeper down: `mlp_forward` may be written and call a `relu` that is not."""
    name = traceback.extract_tb(error.__traceback__)[-1].name
    return name if name.isidentifier() and name not in {"named", "call"} else None

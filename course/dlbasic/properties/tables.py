"""Judges the form of a network's table, and only the form: which shape and how many parameters is not known here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dlbasic.properties._judging import is_sequence, judge_by, must

ALEXNET = ("conv1", "conv2", "conv3", "conv4", "conv5", "fc6", "fc7", "fc8")
VGG16 = (
    "conv1_1", "conv1_2", "conv2_1", "conv2_2", "conv3_1", "conv3_2", "conv3_3", "conv4_1", "conv4_2", "conv4_3",
    "conv5_1", "conv5_2", "conv5_3", "fc6", "fc7", "fc8",
)  # fmt: skip


@judge_by
def rows_of_alexnet(fn: Callable, seed: int) -> None:
    """Eight rows (name, shape, parameters) in order; which numbers they hold is not judged here."""
    _rows(fn(), ALEXNET)


@judge_by
def rows_of_vgg16(fn: Callable, seed: int) -> None:
    """Sixteen rows (name, shape, parameters) in order; which numbers they hold is not judged here."""
    _rows(fn(), VGG16)


def _rows(table: Any, names: tuple[str, ...]) -> None:
    must(
        is_sequence(table),
        f"The answer is a list of rows (name, shape, parameters); yours is a {type(table).__name__}.",
        f"답은 (이름, 모양, 파라미터 수) 행의 리스트예요. 지금 자료형: {type(table).__name__}.",
    )
    for row in table:
        must(
            is_sequence(row) and len(row) == 3 and isinstance(row[0], str),
            f'A row has three entries, ("conv…", shape, parameters); one is {row!r:.60}.',
            f'행은 ("conv…", 모양, 파라미터 수) 세 가지로 되어 있어요. 형식이 다른 행: {row!r:.60}.',
        )
    got = [row[0] for row in table]
    missing, extra = [name for name in names if name not in got], [name for name in got if name not in names]
    must(not missing, f"Rows that are missing: {_list(missing)}.", f"빠진 행: {_list(missing)}.")
    must(
        not extra,
        f"Rows that are not asked for: {_list(extra)}. Pooling has no row of its own.",
        f"문제에 없는 행: {_list(extra)}. 풀링에는 따로 행이 없어요.",
    )
    must(
        got == list(names),
        f"The rows come in the order of the layers, each once: {_list(names)}.",
        f"행은 층의 순서대로 한 번씩 나와요: {_list(names)}.",
    )
    for name, shape, parameters in table:
        _shape(name, shape, 3 if name.startswith("conv") else 1)
        must(
            _is_int(parameters),
            f"The parameters of {name} are a count, an int; yours are {parameters!r:.40}.",
            f"파라미터 수는 정수예요. 행: {name}, 지금 값: {parameters!r:.40}.",
        )


def _shape(name: str, shape: Any, length: int) -> None:
    form = "(C, H, W)" if length == 3 else "(units,)"
    must(
        is_sequence(shape) and len(shape) == length and all(_is_int(size) for size in shape),
        f"The shape of {name} is a tuple of {length} int(s), {form}; yours is {shape!r:.40}.",
        f"모양은 정수 {length}개의 튜플 {form}이에요. 행: {name}, 지금 값: {shape!r:.40}.",
    )


def _is_int(value: Any) -> bool:
    return hasattr(value, "__index__") and not isinstance(value, bool)


def _list(names) -> str:
    shown = ", ".join(f"{name!r:.20}" for name in names[:16])
    return shown + (", …" if len(names) > 16 else "")

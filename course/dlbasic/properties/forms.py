"""Judges the form of a dict of answers, and only the form: which value belongs to which key is not known here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dlbasic.properties._judging import judge_by, must

IDEAS = (
    "AlexNet", "DQN", "Encoder-Decoder", "Adam", "GAN", "ResNet", "Transformer", "BERT", "GPT-2", "GPT-3", "SimCLR",
)  # fmt: skip
PARTS = (
    "ImageNet", "COCO", "VQA", "AlexNet", "GoogLeNet", "GAN", "MSE", "cross-entropy", "maximum likelihood", "SGD",
    "Adagrad", "Adam",
)  # fmt: skip
KINDS = ("data", "model", "loss", "algorithm")


@judge_by
def names_with_years(fn: Callable, seed: int) -> None:
    """A dict with the eleven ideas as keys and a year, an int, for each; which year is not judged here."""
    answer = _dict_of(fn(), IDEAS, '{"AlexNet": …, "DQN": …}')
    must(
        not all(isinstance(year, str) for year in answer.values()),
        "The years are whole numbers: without quotation marks.",
        "연도는 정수예요. 따옴표 없이 쓰세요.",
        "years_as_strings",
    )
    for name, year in answer.items():
        must(
            _is_int(year) and 1940 <= year <= 2100,
            f"{name!r} needs a year, an int of four digits; it has {year!r:.40}.",
            f"연도를 네 자리 정수로 쓰세요. 키: {name!r}, 지금 값: {year!r:.40}.",
        )


@judge_by
def names_with_kinds(fn: Callable, seed: int) -> None:
    """A dict with the twelve names as keys and one of four words for each; which word is not judged here."""
    answer = fn()
    must(
        not (isinstance(answer, dict) and answer and set(answer) <= set(KINDS)),
        "The dict is the wrong way round: the names are the keys, and each has one of the four words.",
        "딕셔너리의 방향이 반대예요. 이름이 키이고, 이름마다 네 낱말 가운데 하나를 적어요.",
        "kinds_as_keys",
    )
    answer = _dict_of(answer, PARTS, '{"ImageNet": …, "COCO": …}')
    words = ", ".join(f'"{kind}"' for kind in KINDS)
    for name, kind in answer.items():
        must(
            isinstance(kind, str) and kind in KINDS,
            f"{name!r} needs one of the four words {words}; it has {kind!r:.40}.",
            f"네 낱말 {words} 가운데 하나를 쓰세요. 키: {name!r}, 지금 값: {kind!r:.40}.",
        )


def _is_int(value: Any) -> bool:
    return hasattr(value, "__index__") and not isinstance(value, bool)


def _dict_of(answer: Any, keys: tuple[str, ...], example: str) -> dict:
    must(
        isinstance(answer, dict),
        f"The answer is a dict such as {example}; yours is a {type(answer).__name__}.",
        f"답은 {example} 같은 딕셔너리예요. 지금 자료형: {type(answer).__name__}.",
    )
    missing = [key for key in keys if key not in answer]
    extra = [key for key in answer if key not in keys]
    must(
        not missing,
        f"Missing: {', '.join(map(repr, missing))}." + (f" Not asked for: {_some(extra)}." if extra else ""),
        f"빠진 키: {', '.join(map(repr, missing))}." + (f" 문제에 없는 키: {_some(extra)}." if extra else ""),
    )
    must(not extra, f"Not asked for: {_some(extra)}.", f"문제에 없는 키: {_some(extra)}.")
    return answer


def _some(keys: list) -> str:
    shown = ", ".join(f"{key!r:.40}" for key in keys[:4])
    return shown + (", …" if len(keys) > 4 else "")

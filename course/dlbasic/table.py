"""The check table of a chapter: what a learner's desk needs to judge, written to and read from JSON.

Inputs, right answers and signatures of known mistakes: numbers only, no code. Arrays keep their dtype, floats every
digit. Generators are their state; functions are names from `dlbasic.probe_functions` with their parameters.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from dlbasic.chains import ADAPTERS, ONCE
from dlbasic.exam import Case, Exam, KnownMistake
from dlbasic.observe import Outcome

TABLES = Path(__file__).parent / "tables"


class TableMissing(Exception):
    """There is no check table for this chapter, or it cannot be read; the message says where it was looked for."""


def encode(value: Any) -> Any:
    """`value` in JSON's types. Raises TypeError for what a table cannot hold."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, (int, np.integer)):
        return int(value)
    if isinstance(value, (float, np.floating)):
        return float(value) if np.isfinite(value) else {"$float": repr(float(value))}
    if isinstance(value, np.ndarray):
        flat = [encode(item) for item in value.ravel().tolist()]
        return {"$array": flat, "dtype": str(value.dtype), "shape": list(value.shape)}
    if isinstance(value, list):
        return [encode(item) for item in value]
    if isinstance(value, tuple):
        return {"$tuple": [encode(item) for item in value]}
    if isinstance(value, set):
        return {"$set": sorted(encode(item) for item in value)}
    if isinstance(value, dict):
        return {"$dict": [[encode(key), encode(item)] for key, item in value.items()]}
    if isinstance(value, np.random.Generator):
        return {"$generator": value.bit_generator.state}
    if callable(value) and hasattr(value, "parameters") and hasattr(value, "name"):
        return {"$function": value.name, "parameters": encode(value.parameters)}
    raise TypeError(f"a check table cannot hold {type(value).__name__}")


def decode(value: Any) -> Any:
    """The inverse of `encode`."""
    if isinstance(value, list):
        return [decode(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "$array" in value:
        return np.array([decode(item) for item in value["$array"]], dtype=value["dtype"]).reshape(value["shape"])
    if "$tuple" in value:
        return tuple(decode(item) for item in value["$tuple"])
    if "$set" in value:
        return {decode(item) for item in value["$set"]}
    if "$dict" in value:
        return {decode(key): decode(item) for key, item in value["$dict"]}
    if "$float" in value:
        return float(value["$float"])
    if "$generator" in value:
        generator = np.random.default_rng()
        generator.bit_generator.state = value["$generator"]
        return generator
    if "$function" in value:
        from dlbasic.probe_functions import named

        return named(value["$function"], **decode(value["parameters"]))
    raise ValueError(f"not part of a check table: {sorted(value)}")


def encode_case(case: Case) -> dict:
    return {
        "arguments": [encode(argument) for argument in case.arguments],
        "expected": encode(case.expected),
        "rtol": case.rtol,
        "atol": case.atol,
    }


def decode_case(data: dict) -> Case:
    return Case(tuple(decode(item) for item in data["arguments"]), decode(data["expected"]), data["rtol"], data["atol"])


_OUTCOME_FIELDS = ("error", "changed", "warned", "refused", "malformed", "call")


def encode_outcome(outcome: Outcome) -> dict:
    data = {key: getattr(outcome, key) for key in _OUTCOME_FIELDS if getattr(outcome, key)}
    if outcome.value is not None:
        data["value"] = encode(outcome.value)
    return {key: list(item) if isinstance(item, tuple) else item for key, item in data.items()}


def decode_outcome(data: dict) -> Outcome:
    lists = {key: tuple(data.get(key, ())) for key in ("changed", "warned")}
    texts = {key: data.get(key, "") for key in ("error", "refused", "malformed")}
    return Outcome(decode(data.get("value")), call=data.get("call", 0), **texts, **lists)


@lru_cache(maxsize=8)
def load(chapter: str) -> dict[str, dict]:
    """The table of `chapter`, exercise by exercise, as JSON. Raises TableMissing."""
    path = TABLES / f"{chapter}.json"
    try:
        return json.loads(path.read_text(encoding="utf-8"))["exercises"]
    except (OSError, ValueError, KeyError) as error:
        raise TableMissing(f"no check table for chapter {chapter!r} at {path}: {error}") from None


def chapters() -> list[str]:
    return sorted(path.stem for path in TABLES.glob("*.json"))


@lru_cache(maxsize=256)
def exam(chapter: str, exercise: str) -> Exam:
    """The desk's exam for one exercise, read once. Raises KeyError when the chapter has no such exercise."""
    from dlbasic import properties

    data = load(chapter)[exercise]
    return Exam(
        exercise=exercise,
        parameters=tuple(data["parameters"]),
        cases=tuple(decode_case(case) for case in data["cases"]),
        mistakes=lru_cache(maxsize=1)(lambda: [_mistake(entry) for entry in data["mistakes"]]),
        spares=lambda: _one_of(data["spares"]),
        list_case=decode_case(data["list_case"]) if data.get("list_case") else None,
        no_warnings=data["no_warnings"],
        calls=ADAPTERS.get(data.get("adapter"), ONCE),
        property=getattr(properties, data["property"]) if data["property"] else None,
        secret=data["secret"],
        hints=hints(chapter, exercise),
    )


def hints(chapter: str, exercise: str) -> dict[str, tuple[str, ...]]:
    """The three rungs in each language, without the exam. Raises KeyError when the chapter has no such exercise."""
    return {language: tuple(rungs) for language, rungs in load(chapter)[exercise]["hints"].items()}


def _mistake(entry: dict) -> KnownMistake:
    return KnownMistake(entry["id"], entry["text"], tuple(decode_outcome(item) for item in entry["outcomes"]))


def _one_of(spares: list[dict]) -> list[Case]:
    # Another one every time: an answer that knows the table by heart is found out sooner or later.
    return [decode_case(spares[int(np.random.default_rng().integers(len(spares)))])] if spares else []

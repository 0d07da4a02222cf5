"""Writes a table of what torch answers; called by the record scripts when they are run."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path

from dlbasic.table import encode


def write(table: Path, questions: Iterable[tuple[str, tuple]], answer: Callable) -> None:
    """One entry a line: name, arguments and torch's answer in plain values, under the version that gave them."""
    import torch

    entries = [
        json.dumps({"name": name, "arguments": encode(arguments), "answer": encode(answer(name, arguments))})
        for name, arguments in questions
    ]
    version = torch.__version__.split("+")[0]
    lines = ",\n".join(entries)
    table.write_text(f'{{"torch": "{version}", "entries": [\n{lines}\n]}}\n', encoding="utf-8")

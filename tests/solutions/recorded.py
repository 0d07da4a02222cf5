"""What PyTorch answered when it was asked, and the script that asks it again."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

TABLES = Path(__file__).parent / "torch_tables"


def entries(table: str) -> list[dict]:
    """The recorded questions and answers of one table, by the name of its file."""
    return json.loads((TABLES / f"{table}.json").read_text(encoding="utf-8"))["entries"]


def recorder(script: str):
    """The script as a module; its `answer(name, arguments)` asks the PyTorch that is installed."""
    spec = importlib.util.spec_from_file_location(f"torch_tables_{script}", TABLES / f"{script}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

"""Reads the locks and pyproject.toml for the tests beside it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
FULL, LEARNER, BUILD = "requirements.lock", "course/requirements.lock", ".ci/build.lock"


def entries(lock: str) -> list[tuple[Requirement, list[str]]]:
    """Every requirement of a lock with its hashes. Markers are part of the requirement."""
    logical = re.sub(r"\\\n\s*", " ", (ROOT / lock).read_text(encoding="utf-8"))
    found = []
    for line in logical.splitlines():
        line = line.split(" #")[0].strip()
        if line and not line.startswith("#"):
            requirement, *hashes = line.split(" --hash=")
            found.append((Requirement(requirement), [value.strip() for value in hashes]))
    return found


def pins(lock: str) -> dict[str, set[str]]:
    """Package → pinned versions; a package has several where they depend on the Python version or the system."""
    found: dict[str, set[str]] = {}
    for requirement, _ in entries(lock):
        (specifier,) = requirement.specifier
        assert specifier.operator == "==", requirement
        found.setdefault(canonicalize_name(requirement.name), set()).add(specifier.version)
    return found


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def dependencies(*extras: str) -> list[Requirement]:
    data = project()
    texts = list(data["dependencies"])
    for extra in extras:
        texts += data["optional-dependencies"][extra]
    return [Requirement(text) for text in texts]

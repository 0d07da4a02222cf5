"""Packs a learner's bundle: the course in one language, its package, figures, data and environment; no solution."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

# Zip files record a time; one for all makes two releases alike. It is the earliest that the format knows.
EPOCH = (1980, 1, 1, 0, 0, 0)
FILES = ("README.md", "LICENSE", "LICENSE-prose.md", "CHANGELOG.md", "environment.yml", "pyproject.toml")


def bundle(root: Path, version: str, language: str) -> tuple[str, bytes]:
    """The name and bytes of `dist/dlbasic-<version>-<language>.zip`."""
    top = f"dlbasic-{version}"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(_members(root, language)):
            info = zipfile.ZipInfo(f"{top}/{path.relative_to(root).as_posix()}", EPOCH)
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, path.read_bytes())
    return f"{top}-{language}.zip", packed.getvalue()


def _members(root: Path, language: str) -> list[Path]:
    members = [root / name for name in FILES if (root / name).is_file()]
    members += [root / "course" / "requirements.lock"]
    course = root / "course"
    members += [path for path in (course / "dlbasic").rglob("*") if path.suffix in (".py", ".json")]
    members += [path for path in (course / language).rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts]
    members += (root / "assets" / "screenshots").glob("*.png")
    # Figures without the scripts that draw them: those evaluate what exercises ask for.
    members += [path for path in (root / "assets").rglob("*") if path.suffix in (".svg", ".npz", ".md")]
    return [path for path in members if path.is_file() and "__pycache__" not in path.parts]


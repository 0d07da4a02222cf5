"""Draws the static figures: python assets/figures/draw.py [NAME…] [--check]

Each NAME.py beside this file has `draw(text) -> (figure, alternative text)`. From it come NAME.en.svg, NAME.ko.svg,
NAME.en.png, NAME.ko.png and its entry in alt.json. With --check nothing is written; exit 1 names what is stale.
"""

from __future__ import annotations

import argparse
import importlib.util
import io
import json
import logging
import sys
import tempfile
import warnings
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from _canvas import DPI, LANGUAGES, house_style, texts
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image, ImageChops

HERE = Path(__file__).parent
COLOURS = 128  # of a PNG; flat colours with smooth edges need no more, and a notebook carries the file inside itself


def names() -> list[str]:
    """Every figure there is a script for, sorted."""
    return sorted(path.stem for path in HERE.glob("[a-z]*.py") if path.stem != "draw")


def script(name: str) -> ModuleType:
    """The module that draws `name`, loaded from its file whatever else is called so."""
    spec = importlib.util.spec_from_file_location(f"figure_{name}", HERE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def drawn(name: str, language: str) -> tuple[Figure, str]:
    """The figure and its alternative text; call it inside `house_style()`."""
    return script(name).draw(texts(language))


@contextmanager
def no_complaints():
    """Turns what matplotlib only warns of or logs (a missing glyph or font) into an error: learners would see a box."""
    complaints: list[logging.LogRecord] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = complaints.append
    logger = logging.getLogger("matplotlib")
    logger.addHandler(handler)
    try:
        with warnings.catch_warnings(action="error"):
            yield
    finally:
        logger.removeHandler(handler)
    # NanumGothic's bold file calls itself semi-bold; matplotlib takes it and says so, which is what we want.
    messages = sorted({record.getMessage() for record in complaints if "find font weight" not in record.getMessage()})
    if messages:
        raise RuntimeError("; ".join(messages))


def write(name: str, folder: Path) -> dict[str, str]:
    """Write the four files of one figure to `folder`; returns its alternative text by language."""
    alt = {}
    with no_complaints(), house_style():
        for language in LANGUAGES:
            figure, alt[language] = drawn(name, language)
            # No date and no version: the same drawing gives the same bytes.
            about = {"Date": None, "Creator": None, "Title": name, "Description": alt[language], "Language": language}
            figure.savefig(folder / f"{name}.{language}.svg", format="svg", metadata=about)
            _save_png(figure, folder / f"{name}.{language}.png")
    return alt


def _save_png(figure: Figure, target: Path) -> None:
    canvas = FigureCanvasAgg(figure)
    figure.set_dpi(DPI)
    canvas.draw()
    image = Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba()).convert("RGB")
    # Median cut without dithering: deterministic, and no speckle in the card's plain background.
    image.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(target, optimize=True)


def same(first: Path, second: Path) -> bool:
    """SVG by its bytes; PNG by its pixels, since builds of zlib pack the same pixels differently."""
    if not (first.exists() and second.exists()):
        return False
    if first.suffix != ".png":
        return first.read_bytes() == second.read_bytes()
    one, two = (Image.open(io.BytesIO(path.read_bytes())).convert("RGB") for path in (first, second))
    return one.size == two.size and ImageChops.difference(one, two).getbbox() is None


def stale(name: str) -> list[str]:
    """Names of the files of one figure that drawing it again would change, alt.json among them."""
    with tempfile.TemporaryDirectory() as folder:
        alt = write(name, Path(folder))
        files = [f"{name}.{language}.{kind}" for language in LANGUAGES for kind in ("svg", "png")]
        changed = [file for file in files if not same(Path(folder) / file, HERE / file)]
    return changed if alternatives().get(name) == alt else [*changed, "alt.json"]


def alternatives() -> dict[str, dict[str, str]]:
    """What alt.json holds: `{figure: {"en": …, "ko": …}}`; empty before the first drawing."""
    path = HERE / "alt.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Draw the static figures, or check that they are up to date.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="figures to draw; all of them if none is named")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a figure is stale")
    options = parser.parse_args(arguments)
    unknown = sorted(set(options.names) - set(names()))
    if unknown:
        parser.error(f"no figure is called {', '.join(unknown)}; there are {', '.join(names())}")
    wanted = options.names or names()
    if options.check:
        changed = sorted({file for name in wanted for file in stale(name)})
        for file in changed:
            print(f"{file} is stale: run python assets/figures/draw.py", file=sys.stderr)
        return 1 if changed else 0
    found = alternatives()
    for name in wanted:
        found[name] = write(name, HERE)
        print(name)
    kept = {name: found[name] for name in sorted(found) if name in names()}
    (HERE / "alt.json").write_text(json.dumps(kept, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

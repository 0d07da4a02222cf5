"""What the figure scripts share: the two languages, the font, a sheet to draw on, arrows. Draws no figure itself."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

import matplotlib
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dlbasic import style

LANGUAGES = ("en", "ko")
WIDTH = 6.4  # inches; 1280 pixels at DPI, shown 640 wide in a notebook, so that 9 points are about 12 pixels there
DPI = 200
RED_WORDS = "#A84A00"  # the palette's red, darker: thin letters need 4.5 to 1 against the card (WCAG 2.2, AA)

Text = Callable[..., str]


def texts(language: str) -> Text:
    """`text(en="weight", ko="가중치")` gives the words of one language; both must be there."""

    def text(*, en: str, ko: str) -> str:
        return {"en": en, "ko": ko}[language]

    return text


def _add_fonts() -> None:
    """Make NanumGothic (OFL) known to matplotlib; found without importing its package, which would change rcParams."""
    package = importlib.util.find_spec("koreanize_matplotlib")
    if package is None or package.origin is None:
        raise SystemExit("The figures need a Korean font: pip install -e '.[grader]' brings koreanize-matplotlib.")
    for name in ("NanumGothic.ttf", "NanumGothicBold.ttf"):
        font_manager.fontManager.addfont(Path(package.origin).with_name("fonts") / name)


@contextmanager
def house_style():
    """The course's style, one font for both languages, and nothing that depends on the machine's own fonts."""
    _add_fonts()
    with matplotlib.rc_context(), style.style():
        matplotlib.rcParams.update(
            {
                "font.family": ["NanumGothic", "DejaVu Sans"],
                "font.size": 10.5,
                "axes.titlesize": 11,
                "axes.titleweight": "bold",
                "axes.labelsize": 10,
                "xtick.labelsize": 9,
                "ytick.labelsize": 9,
                "legend.fontsize": 9.5,
                "mathtext.fontset": "stix",
                # Hinting differs between builds of FreeType; without it the pixels are the same everywhere.
                "text.hinting": "none",
            }
        )
        yield


def blank(height: float) -> Figure:
    """An empty figure of the common width and `height` inches."""
    return Figure(figsize=(WIDTH, height), dpi=DPI)


def sheet(height: float) -> tuple[Figure, Axes]:
    """A figure with one bare axes whose units are inches from the lower left corner."""
    figure = blank(height)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, WIDTH), ylim=(0, height))
    axes.axis("off")
    return figure, axes


def panels(height: float, columns: int, *, rows: int = 1, left=0.6, right=0.2, bottom=0.6, top=0.4, gap=0.4, vgap=0.7):
    """A figure and its axes row by row, placed in inches: no layout solver, so the same numbers on every machine."""
    figure = blank(height)
    wide = (WIDTH - left - right - gap * (columns - 1)) / columns
    high = (height - top - bottom - vgap * (rows - 1)) / rows
    axes = []
    for row in range(rows):
        for column in range(columns):
            x, y = left + column * (wide + gap), bottom + (rows - 1 - row) * (high + vgap)
            axes.append(figure.add_axes((x / WIDTH, y / height, wide / WIDTH, high / height)))
    return figure, axes


def arrow(axes: Axes, start, end, *, color=style.INK, width=1.5, head="-|>", shrink=(0, 0), bend=0.0, **more) -> None:
    """An arrow from `start` to `end` in data units; `bend` curves it."""
    properties = {
        "arrowstyle": head,
        "color": color,
        "lw": width,
        "shrinkA": shrink[0],
        "shrinkB": shrink[1],
        "mutation_scale": 11,
        "connectionstyle": f"arc3,rad={bend}",
        **more,
    }
    axes.annotate("", xy=end, xytext=start, arrowprops=properties)


def footnote(figure: Figure, words: str, *, y: float = 0.16) -> None:
    """An explanation centred at the foot, `y` inches up."""
    place = {"ha": "center", "va": "center", "linespacing": 1.4}
    figure.text(0.5, y / figure.get_figheight(), words, color=style.MUTED, fontsize=9.5, **place)

"""Grids of small cells: a whole picture of them is three artists, for all squares, all frames and all numbers."""

from __future__ import annotations

from functools import cache

import numpy as np
from matplotlib.collections import LineCollection, PathCollection, PolyCollection
from matplotlib.colors import LinearSegmentedColormap, to_rgba
from matplotlib.path import Path
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D

from .. import style

INK = LinearSegmentedColormap.from_list("ink", [style.CARD, style.INK])
SIGNED = LinearSegmentedColormap.from_list("signed", [style.RED, style.CARD, style.BLUE])  # below 0, 0, above 0


class Cells:
    """Collects what is to be drawn, in units of the axes with y downwards; `draw` adds it to them all at once."""

    def __init__(self):
        self.corners, self.sides, self.faces, self.edges = [], [], [], []
        self.lines, self.looks, self.texts = [], [], []

    def grid(self, left: float, top: float, side: float, faces: np.ndarray, edge: str = style.MUTED) -> None:
        """Squares of one side whose colours are `faces` (H, W, 4), row by row from the upper left corner."""
        rows, columns = np.indices(faces.shape[:2])
        self.corners.append(np.stack([left + side * columns.ravel(), top + side * rows.ravel()], axis=1))
        self.sides.append(np.full((rows.size, 2), side))
        self.faces.append(faces.reshape(-1, 4))
        self.edges.append(np.tile(to_rgba(edge), (rows.size, 1)))

    def box(self, left: float, top: float, wide: float, high: float, color: str, edge: str) -> None:
        """A single rectangle."""
        self.corners.append(np.array([[left, top]]))
        self.sides.append(np.array([[wide, high]]))
        self.faces.append(np.array([to_rgba(color)]))
        self.edges.append(np.array([to_rgba(edge)]))

    def board(self, left: float, top: float, side: float, size: int, color: str) -> None:
        """A grid of size × size cells of one colour, however many, as one square and its lines."""
        if size < 1:
            return
        end = size * side
        self.grid(left, top, end, plain(color, 1, 1))
        for step in range(1, size):
            x, y = left + side * step, top + side * step
            self.line([(x, top), (x, top + end)], style.MUTED, 0.5)
            self.line([(left, y), (left + end, y)], style.MUTED, 0.5)

    def numbers(self, left: float, top: float, side: float, texts, inks, size: float) -> None:
        """A text (H, W) in every cell of a grid; an empty one costs nothing. inks: one colour or (H, W) of them."""
        for (row, column), text in np.ndenumerate(np.asarray(texts, dtype=object)):
            ink = inks if isinstance(inks, str) else inks[row][column]
            self.text(left + side * (column + 0.5), top + side * (row + 0.5), text, size, ink)

    def text(self, x: float, y: float, text: str, size: float = 10, color: str = style.INK, align: float = 0.5) -> None:
        """Words or numbers at half their height; align: which share of them is left of x (0, 0.5 or 1)."""
        if text:
            self.texts.append((x, y, to_rgba(color), outline(text, size, align)))

    def frame(self, left: float, top: float, wide: float, high: float, color: str, width: float = 2.4, dash="-"):
        """The outline of a rectangle."""
        right, low = left + wide, top + high
        self.line([(left, top), (right, top), (right, low), (left, low), (left, top)], color, width, dash)

    def cross(self, left: float, top: float, side: float, color: str = style.MUTED, width: float = 1.0) -> None:
        """Both diagonals of a cell: what counts for nothing."""
        for a, b in (((0, 0), (1, 1)), ((0, 1), (1, 0))):
            self.line([(left + side * a[0], top + side * a[1]), (left + side * b[0], top + side * b[1])], color, width)

    def line(self, points, color: str, width: float = 1.4, dash="-") -> None:
        self.lines.append(points)
        self.looks.append((color, width, dash))

    def arrow(self, left: float, y: float, right: float) -> None:
        """A small arrow to the right."""
        tip = 0.08
        self.line([(left, y), (right, y)], style.INK, 1.6)
        self.line([(right - tip, y - tip), (right, y), (right - tip, y + tip)], style.INK, 1.6)

    def note(self, x: float, y: float, text: str) -> None:
        """A few words in a frame around (x, y), where there is nothing to draw."""
        wide = 0.095 * len(text) + 0.2
        self.text(x, y, text, 11, style.RED)
        self.frame(x - wide / 2, y - 0.2, wide, 0.4, style.RED, 1.2)

    def draw(self, ax) -> None:
        if self.corners:
            corners, sides = np.concatenate(self.corners), np.concatenate(self.sides)
            square = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
            looks = {"facecolors": np.concatenate(self.faces), "edgecolors": np.concatenate(self.edges)}
            boxes = corners[:, None] + sides[:, None] * square
            ax.add_collection(PolyCollection(boxes, linewidths=0.6, zorder=2, **looks), autolim=False)
        if self.lines:
            colors, widths, dashes = map(list, zip(*self.looks, strict=True))
            looks = {"colors": colors, "linewidths": widths, "linestyles": dashes, "capstyle": "projecting"}
            ax.add_collection(LineCollection(self.lines, zorder=4, **looks), autolim=False)
        if self.texts:
            # Text as paths: sixty numbers in a few milliseconds, where sixty text objects would take fifty.
            xs, ys, colors, paths = zip(*self.texts, strict=True)
            places = {"offsets": list(zip(xs, ys, strict=True)), "offset_transform": ax.transData}
            texts = PathCollection(paths, facecolors=colors, linewidths=0, zorder=5, **places)
            texts.set_transform(Affine2D().scale(ax.figure.dpi / 72))
            ax.add_collection(texts, autolim=False)


@cache
def outline(text: str, size: float, align: float) -> Path:
    """The shape of a text in points; its digits stand half above y = 0 and half below."""
    letters, zero = TextPath((0, 0), text, size=size), TextPath((0, 0), "0", size=size)
    (left, _), (right, _) = _ends(letters)
    (_, low), (_, high) = _ends(zero)
    return Path(letters.vertices - [left + align * (right - left), (low + high) / 2], letters.codes)


def _ends(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """The lower left and the upper right corner; ten times as fast as the path's own extents, which are exact."""
    drawn = path.vertices[path.codes != Path.CLOSEPOLY]
    return drawn.min(axis=0), drawn.max(axis=0)


def draw_room(ax, wide: float, high: float) -> None:
    """Empty axes without a frame, as wide and high as told, y downwards and both to the same scale."""
    ax.set(xlim=(0, wide), ylim=(high, 0), aspect="equal", xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    ax.grid(False)


def shaded(values: np.ndarray, most: float) -> np.ndarray:
    """Colours (H, W, 4) from paper at 0 to ink at `most`."""
    return INK(np.clip(np.nan_to_num(values) / (most or 1.0), 0.0, 1.0))


def signed(values: np.ndarray, most: float) -> np.ndarray:
    """Colours (H, W, 4): red below 0, paper at 0, blue above; fullest at ±most."""
    share = np.nan_to_num(values, posinf=most, neginf=-most) / (most or 1.0)
    return SIGNED(0.5 + 0.5 * np.clip(share, -1.0, 1.0))


def largest(values: np.ndarray) -> float:
    """The largest absolute value of those that are finite; 1 where all are 0."""
    return float(np.abs(values[np.isfinite(values)]).max(initial=0.0)) or 1.0


def legible(faces: np.ndarray) -> np.ndarray:
    """The ink (H, W), dark or white, that stands out more on cells of these colours (luminance as in WCAG 2)."""
    parts = faces[..., :3]
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return np.where(linear @ [0.2126, 0.7152, 0.0722] > 0.217, style.INK, "#FFFFFF")


def plain(color: str, rows: int, columns: int) -> np.ndarray:
    """One colour for every cell of a grid (rows, columns, 4)."""
    return np.tile(to_rgba(color), (rows, columns, 1))


def minus(value: float, digits: int = 2) -> str:
    """A number as it is printed: with a minus sign, and as many decimals as it needs, `digits` at most."""
    if not np.isfinite(value):
        return str(value)
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".") if digits else f"{value:.0f}"
    return "0" if text in ("-0", "") else text.replace("-", "\N{MINUS SIGN}")

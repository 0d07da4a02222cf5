"""Grids of small cells: a whole picture of them is one artist for the squares, one for the frames, and its numbers."""

from __future__ import annotations

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import LinearSegmentedColormap, to_rgba

from .. import style

INK = LinearSegmentedColormap.from_list("ink", [style.CARD, style.INK])
SIGNED = LinearSegmentedColormap.from_list("signed", [style.RED, style.CARD, style.BLUE])  # below 0, 0, above 0
DARK = 0.6  # from this share of the darkest shade on, numbers are white


class Cells:
    """Collects what is to be drawn, in units of the axes with y downwards; `draw` adds it to them all at once."""

    def __init__(self):
        self.corners, self.sides, self.faces, self.edges = [], [], [], []
        self.lines, self.looks, self.texts = [], [], []

    def grid(self, left: float, top: float, side: float, faces: np.ndarray, edge: str = style.MUTED) -> None:
        """Squares of one side whose colours are `faces` (H, W, 4), row by row from the upper left corner."""
        rows, columns = np.indices(faces.shape[:2])
        self.corners.append(np.stack([left + side * columns.ravel(), top + side * rows.ravel()], axis=1))
        self.sides.append(np.full(rows.size, side))
        self.faces.append(faces.reshape(-1, 4))
        self.edges.append(np.tile(to_rgba(edge), (rows.size, 1)))

    def numbers(self, left: float, top: float, side: float, texts, inks, size: float) -> None:
        """A text (H, W) in every cell of a grid; an empty one costs nothing. inks: one colour or (H, W) of them."""
        for (row, column), text in np.ndenumerate(np.asarray(texts, dtype=object)):
            if text:
                ink = inks if isinstance(inks, str) else inks[row][column]
                self.text(left + side * (column + 0.5), top + side * (row + 0.5), text, size, ink)

    def text(self, x: float, y: float, text: str, size: float = 10, color: str = style.INK, **more) -> None:
        self.texts.append((x, y, text, {"ha": "center", "va": "center", "fontsize": size, "color": color, **more}))

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

    def draw(self, ax) -> None:
        if self.corners:
            corners, sides = np.concatenate(self.corners), np.concatenate(self.sides)
            square = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
            looks = {"facecolors": np.concatenate(self.faces), "edgecolors": np.concatenate(self.edges)}
            boxes = corners[:, None] + sides[:, None, None] * square
            ax.add_collection(PolyCollection(boxes, linewidths=0.6, zorder=2, **looks), autolim=False)
        if self.lines:
            colors, widths, dashes = zip(*self.looks, strict=True)
            looks = {"colors": colors, "linewidths": widths, "linestyles": dashes, "capstyle": "projecting"}
            ax.add_collection(LineCollection(self.lines, zorder=4, **looks), autolim=False)
        for x, y, text, look in self.texts:
            ax.text(x, y, text, zorder=5, **look)


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


def legible(faces: np.ndarray) -> np.ndarray:
    """The ink (H, W), dark or white, that can be read on cells of these colours."""
    bright = faces[..., :3] @ [0.2126, 0.7152, 0.0722]
    return np.where(bright > 0.45, style.INK, "#FFFFFF")


def plain(color: str, rows: int, columns: int) -> np.ndarray:
    """One colour for every cell of a grid (rows, columns, 4)."""
    return np.tile(to_rgba(color), (rows, columns, 1))


def minus(value: float, digits: int = 2) -> str:
    """A number as it is printed: with a minus sign, and as many decimals as it needs, `digits` at most."""
    if not np.isfinite(value):
        return str(value)
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".") if digits else f"{value:.0f}"
    return "0" if text in ("-0", "") else text.replace("-", "\N{MINUS SIGN}")

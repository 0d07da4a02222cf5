"""A 3 × 3 kernel on a piece of a digit: one window, its nine products written out, and the output they give."""

import numpy as np
from _canvas import Text, arrow, footnote, sheet
from _grids import CHOSEN, INPUT, OUTPUT, grid, minus, window

from dlbasic import style
from dlbasic.data import digits

DIGIT, ROWS, COLUMNS = 7, slice(0, 6), slice(1, 7)  # the piece that is shown, 6 × 6 of 8 × 8
KERNEL = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])  # Sobel: how much darker the left is than the right
PLACE = (1, 2)  # the output that is worked out
SIDE, TOP = 0.33, 3.15


def piece() -> np.ndarray:
    """Part of the first training image of DIGIT, as the whole numbers 0 (paper) to 16 (ink) that are stored."""
    x, labels, _, _ = digits()
    return np.rint(16 * x[labels == DIGIT][0].reshape(8, 8)).astype(int)[ROWS, COLUMNS]


def products(image: np.ndarray, row: int, column: int) -> np.ndarray:
    """The nine products of the window that starts at (row, column), not summed yet."""
    return image[row : row + 3, column : column + 3] * KERNEL


def output(image: np.ndarray) -> np.ndarray:
    """The cross-correlation where the kernel fits, (4, 4)."""
    size = len(image) - 2
    return np.array([[products(image, i, j).sum() for j in range(size)] for i in range(size)])


def draw(text: Text):
    figure, ax = sheet(4.1)
    image = piece()
    row, column = PLACE
    result = output(image)
    lefts = (0.2, 2.68, 4.85)
    tops = (TOP, TOP - 1.5 * SIDE, TOP - SIDE)
    inside = {(row + i, column + j) for i, j in np.ndindex(3, 3)}
    grid(ax, lefts[0], tops[0], (6, 6), SIDE, lambda i, j: INPUT if (i, j) in inside else {"fc": style.CARD}, image)
    window(ax, lefts[0], tops[0], row, column, 3, SIDE)
    grid(ax, lefts[1], tops[1], (3, 3), SIDE, {"fc": style.CARD, "ec": style.RED, "lw": 1.4}, KERNEL)
    shade = lambda i, j: CHOSEN | {"hatch": None} if (i, j) == PLACE else OUTPUT | {"alpha": 0.35}  # noqa: E731
    grid(ax, lefts[2], tops[2], (4, 4), SIDE, shade, result)
    heads = (
        (lefts[0] + 3 * SIDE, text(en="image $I$", ko="이미지 $I$"), "6 × 6"),
        (lefts[1] + 1.5 * SIDE, text(en="kernel $K$", ko="커널 $K$"), "3 × 3"),
        (lefts[2] + 2 * SIDE, text(en="output $O$", ko="출력 $O$"), "4 × 4"),
    )
    for x, name, shape in heads:
        ax.text(x, 3.76, name, ha="center", va="baseline", weight="bold", fontsize=11)
        ax.text(x, 3.53, shape, ha="center", va="center", fontsize=10, color=style.MUTED)
    middle = TOP - 3 * SIDE
    ax.text(2.43, middle, r"$\star$", ha="center", va="center", fontsize=16)
    arrow(ax, (3.95, middle), (4.6, middle))
    seen = image[row : row + 3, column : column + 3].ravel()
    factors = [f"{weight}" if weight >= 0 else f"({weight})" for weight in KERNEL.ravel()]
    terms = [rf"{value} \cdot {factor}" for value, factor in zip(seen, factors, strict=True)]
    first = f"$O_{{{row + 1}{column + 1}}} = {' + '.join(terms[:5])}$"
    ax.text(3.2, 0.9, first, ha="center", va="center", fontsize=11.5)
    second = f"$+ {' + '.join(terms[5:])} = {result[PLACE]}$"
    ax.text(3.2, 0.65, second, ha="center", va="center", fontsize=11.5)
    footnote(
        figure,
        text(
            en="The kernel lies on the outlined window as it is, not flipped: what networks do is cross-correlation.\n"
            "Here it answers how much more ink there is on the left than on the right.",
            ko="커널을 뒤집지 않고 테두리 친 창에 그대로 겹칩니다. 신경망이 하는 것은 교차 상관입니다.\n"
            "이 커널은 왼쪽이 오른쪽보다 얼마나 진한지를 잽니다.",
        ),
        y=0.26,
    )
    values = ", ".join(minus(int(weight)) for weight in KERNEL.ravel())
    alt = text(
        en=f"A 6 by 6 piece of a handwritten {DIGIT}, a 3 by 3 kernel with the rows {values}, and the 4 by 4 output. "
        f"The window at row {row + 1} and column {column + 1} is outlined; below, its nine products are written out: "
        f"they sum to {minus(int(result[PLACE]))}, the marked number of the output.",
        ko=f"손으로 쓴 {DIGIT}의 6 × 6 조각과, 값이 행 순서로 {values}인 3 × 3 커널, 그리고 4 × 4 출력입니다. "
        f"{row + 1}행 {column + 1}열에서 시작하는 창에 테두리가 있고, 그 곱 아홉 개를 아래에 적었습니다. 곱의 합은 "
        f"출력에 표시한 {minus(int(result[PLACE]))}입니다.",
    )
    return figure, alt

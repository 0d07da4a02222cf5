"""Five 3 × 3 filters and what each makes of the same handwritten digit."""

import numpy as np
from _canvas import Text, footnote, sheet
from _grids import grid, minus, picture

from dlbasic import style
from dlbasic.data import digits

DIGIT, PAD = 5, 1
FILTERS = {
    "identity": np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]]),
    "blur": np.ones((3, 3)) / 9,
    "sharpen": np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
    "left": np.array([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]]),
    "top": np.array([[-1, -1, -1], [0, 0, 0], [1, 1, 1]]),
    "all": np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]]),
}
SIDE, GAP, LEFT, TOP, CELL = 0.9, 0.152, 0.12, 1.68, 0.27


def image() -> np.ndarray:
    """The training digit (8, 8) of its class that is nearest to the mean of the class."""
    x, labels, _, _ = digits()
    rows = x[labels == DIGIT]
    return rows[np.argmin(np.sum((rows - rows.mean(axis=0)) ** 2, axis=1))].reshape(8, 8)


def filtered(picture_: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """The cross-correlation with a border of zeros, of the same shape."""
    padded = np.pad(picture_, PAD)
    height, width = picture_.shape
    return sum(kernel[i, j] * padded[i : i + height, j : j + width] for i, j in np.ndindex(3, 3))


def draw(text: Text):
    figure, ax = sheet(3.62)
    titles = {
        "identity": text(en="nothing", ko="그대로"),
        "blur": text(en="blur", ko="흐리게"),
        "sharpen": text(en="sharpen", ko="또렷하게"),
        "left": text(en="edges: left,\nright", ko="좌우\n가장자리"),
        "top": text(en="edges: top,\nbottom", ko="위아래\n가장자리"),
        "all": text(en="edges: all\ndirections", ko="모든 방향\n가장자리"),
    }
    digit = image()
    for column, (name, kernel) in enumerate(FILTERS.items()):
        x = LEFT + column * (SIDE + GAP)
        place = {"ha": "center", "va": "center", "weight": "bold", "fontsize": 9.5, "linespacing": 1.25}
        ax.text(x + SIDE / 2, 3.36, titles[name], **place)
        numbers = np.full((3, 3), "1/9") if name == "blur" else kernel
        look = {"fc": style.CARD, "ec": style.MUTED}
        grid(ax, x + (SIDE - 3 * CELL) / 2, 2.98, (3, 3), CELL, look, numbers.tolist(), size=9)
        result = filtered(digit, kernel)
        picture(ax, x, TOP + 0.28, result, SIDE, signed=True)
        low, high = (minus(round(float(value), 1)) for value in (result.min(), result.max()))
        words = text(en=f"{low} to {high}", ko=f"{low} ~ {high}")
        ax.text(x + SIDE / 2, TOP + 0.13 - SIDE, words, ha="center", va="center", fontsize=9)
    footnote(
        figure,
        text(
            en=f"A real {DIGIT}, padded by {PAD}. Blue is positive, red negative, each picture on its own scale; "
            "below it its least\nand its greatest value. Where the ink does not change, the filters for edges answer "
            "0.",
            ko=f"실제 숫자 {DIGIT}에 패딩 {PAD}을 두었습니다. 파랑은 양수, 빨강은 음수이고 그림마다 눈금이 다르며, "
            "아래는\n"
            "최솟값과 최댓값입니다. 진하기가 바뀌지 않는 곳에서 가장자리 필터의 값은 0입니다.",
        ),
        y=0.27,
    )
    blur, edges = (filtered(digit, FILTERS[name]) for name in ("blur", "left"))
    alt = text(
        en=f"Six 3 by 3 filters over what each makes of the same handwritten {DIGIT}: a single 1 in the middle leaves "
        f"it as it is, nine ninths blur it (greatest value {blur.max():.1f}), 5 with four −1 sharpens it, −1 and +1 in "
        f"the outer columns find left and right edges (from {minus(round(float(edges.min()), 1))} to "
        f"{edges.max():.1f}), the same in rows finds top and bottom edges, 8 with eight −1 all edges.",
        ko=f"3 × 3 필터 여섯 개와, 같은 손글씨 {DIGIT}에 각각을 적용한 결과입니다. 가운데만 1이면 그대로이고, 모두 "
        f"1/9이면 흐려지며(최댓값 {blur.max():.1f}), 5와 −1 네 개는 또렷하게 합니다. 바깥 두 열이 −1과 1이면 세로 "
        f"가장자리를 찾고({minus(round(float(edges.min()), 1))}에서 {edges.max():.1f}까지), 행이 그러면 위아래 "
        "가장자리를, 8과 −1 여덟 개는 모든 방향의 가장자리를 찾습니다.",
    )
    return figure, alt

"""Four filters make four feature maps; each filter of the next layer spans all four of them."""

import numpy as np
from _canvas import Text, arrow, footnote, sheet
from _grids import picture

from dlbasic import style
from dlbasic.data import digits

DIGIT, PAD = 7, 1
ACROSS = np.array([[1, 1, 1], [0, 0, 0], [-1, -1, -1]]) / 3
# The lower, upper, right and left edges of a stroke; in the next layer a horizontal stroke, and a corner at its right.
FIRST = np.stack([ACROSS, -ACROSS, ACROSS.T, -ACROSS.T])[:, None]
SECOND = np.zeros((2, 4, 3, 3))
SECOND[0, 0, 0], SECOND[0, 1, 2] = 0.5, 0.5
SECOND[1, 1, 1, :2], SECOND[1, 2, 1:, 1] = 0.5, 0.5
SECOND[1, 0], SECOND[1, 3] = -0.1, -0.2  # lower and left edges speak against it
LEFT = (0.15, 1.5, 2.62, 4.2, 5.35)  # image, filters, maps, filters, maps
SIDE, SMALL = 0.72, 0.46
TOP, STEP = 3.12, 0.62


def image() -> np.ndarray:
    """The training digit (1, 8, 8) of its class that is nearest to the mean of the class."""
    x, labels, _, _ = digits()
    rows = x[labels == DIGIT]
    return rows[np.argmin(np.sum((rows - rows.mean(axis=0)) ** 2, axis=1))].reshape(1, 8, 8)


def maps(x: np.ndarray, filters: np.ndarray) -> np.ndarray:
    """ReLU of the cross-correlation of x (C, H, W) with filters (F, C, 3, 3), padded by 1; shape (F, H, W)."""
    padded = np.pad(x, ((0, 0), (PAD, PAD), (PAD, PAD)))
    height, width = x.shape[1:]
    out = np.zeros((len(filters), height, width))
    for i, j in np.ndindex(3, 3):
        out += np.tensordot(filters[:, :, i, j], padded[:, i : i + height, j : j + width], axes=1)
    return np.maximum(out, 0.0)


def draw(text: Text):
    figure, ax = sheet(3.95)
    x = image()
    first = maps(x, FIRST)
    second = maps(first, SECOND)
    middle = TOP - 1.5 * STEP - SMALL / 2
    picture(ax, LEFT[0], middle + SIDE / 2, x[0], SIDE, top_value=1.0)
    for i in range(4):
        top = TOP - i * STEP
        picture(ax, LEFT[1], top, FIRST[i, 0], SMALL, signed=True, top_value=0.6)
        for row, column in zip(*np.nonzero(FIRST[i, 0]), strict=True):
            third, sign = SMALL / 3, "+" if FIRST[i, 0, row, column] > 0 else "\N{MINUS SIGN}"
            place = LEFT[1] + (column + 0.5) * third, top - (row + 0.5) * third
            ax.text(*place, sign, ha="center", va="center", fontsize=9, zorder=5)
        picture(ax, LEFT[2], top, first[i], SMALL, top_value=float(first.max()))
        arrow(ax, (LEFT[0] + SIDE + 0.04, middle), (LEFT[1] - 0.05, top - SMALL / 2), color=style.MUTED, width=1.0)
        arrow(ax, (LEFT[1] + SMALL + 0.05, top - SMALL / 2), (LEFT[2] - 0.05, top - SMALL / 2), width=1.2)
    small = 0.3
    for j, top in enumerate((TOP, TOP - 2 * STEP)):
        for i in range(4):  # a filter of the second layer: a 3 × 3 slice for each map, standing in a square
            row, column = divmod(i, 2)
            corner = LEFT[3] + column * (small + 0.06), top - row * (small + 0.06) - 0.02
            picture(ax, *corner, SECOND[j, i], small, signed=True, top_value=0.5)
        y = top - small - 0.05
        picture(ax, LEFT[4], y + SIDE / 2, second[j], SIDE, top_value=float(second.max()))
        arrow(ax, (LEFT[3] + 2 * small + 0.12, y), (LEFT[4] - 0.05, y), width=1.2)
        for i in range(4):
            start = (LEFT[2] + SMALL + 0.04, TOP - i * STEP - SMALL / 2)
            arrow(ax, start, (LEFT[3] - 0.07, y), color=style.MUTED, width=1.0)
    shown = (x.shape, FIRST.shape, first.shape, SECOND.shape, second.shape)
    names = (
        text(en="image", ko="이미지"),
        text(en="4 filters", ko="필터 4개"),
        text(en="4 feature maps", ko="특징 맵 4개"),
        text(en="2 filters", ko="필터 2개"),
        text(en="2 maps", ko="특징 맵 2개"),
    )
    widths = (SIDE, SMALL, SMALL, 2 * small + 0.06, SIDE)
    for start, wide, name, shape in zip(LEFT, widths, names, shown, strict=True):
        ax.text(start + wide / 2, 3.66, name, ha="center", va="baseline", weight="bold", fontsize=10)
        ax.text(start + wide / 2, 3.43, f"({', '.join(map(str, shape))})", ha="center", va="center", fontsize=9.5)
    footnote(
        figure,
        text(
            en="Each filter makes one map, after ReLU. A filter of the second layer has a slice for every map below "
            "it\n"
            "and adds up what the slices find. Blue: positive weights, red: negative.",
            ko="필터 하나가 ReLU를 거쳐 특징 맵 하나를 만듭니다. 둘째 층의 필터에는 아래층의 특징 맵마다 한 겹씩 "
            "있고,\n"
            "겹마다 얻은 값을 모두 더합니다. 파랑: 양의 가중치   빨강: 음의 가중치",
        ),
        y=0.27,
    )
    alt = text(
        en=f"A handwritten {DIGIT} of shape (1, 8, 8) goes through four edge filters, (4, 1, 3, 3), and ReLU: four "
        "feature maps, (4, 8, 8), with the lower, upper, right and left edges of its strokes. Two filters of the next "
        "layer, (2, 4, 3, 3), each have four slices, one a map, and make two maps, (2, 8, 8): one answers most at "
        "horizontal strokes, the other at upper right corners.",
        ko=f"모양이 (1, 8, 8)인 손글씨 {DIGIT}이 가장자리 필터 네 개 (4, 1, 3, 3)과 ReLU를 거쳐 특징 맵 네 개 (4, 8, "
        "8)이 됩니다. 차례로 획의 아래, 위, 오른쪽, 왼쪽 가장자리입니다. 다음 층의 필터 두 개 (2, 4, 3, 3)에는 특징 "
        "맵마다 한 겹씩 네 겹이 있고, 특징 맵 두 개 (2, 8, 8)을 만듭니다. 하나는 가로획에서, 다른 하나는 오른쪽 위 "
        "모서리에서 가장 큽니다.",
    )
    return figure, alt

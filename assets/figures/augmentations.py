"""The same changes made to a 2 and to an 8: most keep the label, the mirror keeps that of the 8 only."""

import numpy as np
from _canvas import RED_WORDS, Text, footnote, sheet
from _grids import picture

from dlbasic import style
from dlbasic.data import digits

CLASSES, SEED = (2, 8), 0
SHIFT, PART, SIGMA, HOLE = (0, 1), 0.5, 0.15, (4, 2, 2)
SIDE, GAP, LEFT, TOP = 0.86, 0.19, 0.15, 3.02


def nearest_to_mean(label: int) -> np.ndarray:
    """The training digit (8, 8) of this class that is nearest to the mean of the class."""
    x, labels, _, _ = digits()
    rows = x[labels == label]
    return rows[np.argmin(np.sum((rows - rows.mean(axis=0)) ** 2, axis=1))].reshape(8, 8)


def changed(image: np.ndarray) -> list[np.ndarray]:
    """The image as it is, shifted by a pixel, by part of one, with noise, with a hole, mirrored left to right."""
    shifted = np.zeros_like(image)
    shifted[:, SHIFT[1] :] = image[:, : -SHIFT[1]]
    lower = np.zeros_like(image)
    lower[1:] = image[:-1]
    noisy = np.clip(image + np.random.default_rng(SEED).normal(0, SIGMA, image.shape), 0, 1)
    holed = image.copy()
    top, left, size = HOLE
    holed[top : top + size, left : left + size] = 0
    return [image, shifted, (1 - PART) * image + PART * lower, noisy, holed, image[:, ::-1]]


def draw(text: Text):
    figure, ax = sheet(3.7)
    titles = (
        text(en="as it is", ko="원래 이미지"),
        text(en="1 pixel\nto the right", ko="오른쪽으로\n1픽셀"),
        text(en="half a pixel\ndown", ko="아래로\n반 픽셀"),
        text(en="noise", ko="잡음"),
        "Cutout",
        text(en="mirrored", ko="좌우 반전"),
    )
    for row, label in enumerate(CLASSES):
        for column, image in enumerate(changed(nearest_to_mean(label))):
            x, y = LEFT + column * (SIDE + GAP), TOP - row * 1.24
            picture(ax, x, y, image, SIDE, top_value=1.0)
            lost = column == 5 and label == 2
            says = text(en=f"still {label}", ko=f"그대로 {label}") if column else text(en=f"a {label}", ko=f"{label}")
            if label == 8 and not column:
                says = text(en="an 8", ko="8")
            if lost:
                says = text(en=f"no {label}", ko=f"{label}가 아님")
                for slope in (1, -1):
                    ends = [y - SIDE, y][::slope]
                    ax.plot([x, x + SIDE], ends, color=style.RED, ls="-", lw=2.4, zorder=4)
            ax.text(x + SIDE / 2, y - SIDE - 0.15, says, ha="center", va="center", fontsize=10,
                    weight="bold" if lost else "normal", color=RED_WORDS if lost else style.INK)  # fmt: skip
    for column, title in enumerate(titles):
        place = {"ha": "center", "va": "center", "weight": "bold", "fontsize": 9.5, "linespacing": 1.25}
        ax.text(LEFT + column * (SIDE + GAP) + SIDE / 2, TOP + 0.32, title, **place)
    footnote(
        figure,
        text(
            en="A change may be used when the label still holds.\nWhether it does depends on the class: "
            "ask it for each digit.",
            ko="레이블이 여전히 맞을 때만 쓸 수 있는 변형입니다.\n맞는지는 클래스마다 다르므로 숫자마다 따져 봐야 "
            "합니다.",
        ),
        y=0.3,
    )
    alt = text(
        en="A 2 and an 8 of the digits, each as it is, shifted one pixel to the right, moved half a pixel down, with "
        f"noise of standard deviation {SIGMA:g}, with a square of {HOLE[2]} × {HOLE[2]} pixels emptied, and mirrored "
        "left to right. All changed images keep their label but one: the mirrored 2, crossed out, is no 2. "
        "The mirrored 8 is still an 8.",
        ko="숫자 데이터의 2와 8을 각각 그대로, 오른쪽으로 1픽셀 옮겨서, 아래로 반 픽셀 옮겨서, 표준편차가 "
        f"{SIGMA:g}인 잡음을 넣어서, {HOLE[2]} × {HOLE[2]}픽셀을 지워서, 좌우로 뒤집어서 그렸습니다. 하나만 빼고 "
        "모두 레이블이 그대로입니다. 뒤집은 2는 더 이상 2가 아니어서 가위표를 했고, 뒤집은 8은 여전히 8입니다.",
    )
    return figure, alt

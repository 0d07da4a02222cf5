"""Two digits, and what label smoothing, mixup, Cutout and CutMix make of image and label."""

import numpy as np
from _canvas import Text, footnote, sheet
from _grids import picture
from matplotlib.patches import Rectangle

from dlbasic import style
from dlbasic.data import digits

CLASSES, EPS, LAM = 10, 0.1, 0.7
FIRST, SECOND = 3, 8  # the two classes
BOX = (4, 0, 4, 5)  # top, left, height, width of what CutMix takes from the second image
HOLE = (1, 3, 3)  # top, left, size of Cutout's square
SIDE, GAP, LEFT, TOP = 0.86, 0.19, 0.15, 2.78


def pair() -> tuple[np.ndarray, np.ndarray]:
    """The clearest digit of each class in the training part: the one nearest to its class's mean, (8, 8) each."""
    x, labels, _, _ = digits()
    chosen = []
    for label in (FIRST, SECOND):
        rows = x[labels == label]
        chosen.append(rows[np.argmin(np.sum((rows - rows.mean(axis=0)) ** 2, axis=1))].reshape(8, 8))
    return tuple(chosen)


def columns() -> list[tuple[np.ndarray, np.ndarray]]:
    """Image (8, 8) and label (10,) of the two originals and of the four methods."""
    one, other = pair()
    y, y_other = np.eye(CLASSES)[[FIRST, SECOND]]
    top, left, height, width = BOX
    patched, holed = one.copy(), one.copy()
    patched[top : top + height, left : left + width] = other[top : top + height, left : left + width]
    holed[HOLE[0] : HOLE[0] + HOLE[2], HOLE[1] : HOLE[1] + HOLE[2]] = 0
    kept = 1 - height * width / one.size
    return [
        (one, y),
        (other, y_other),
        (one, (1 - EPS) * y + EPS / CLASSES),
        (LAM * one + (1 - LAM) * other, LAM * y + (1 - LAM) * y_other),
        (holed, y),
        (patched, kept * y + (1 - kept) * y_other),
    ]


def draw(text: Text):
    figure, ax = sheet(3.4)
    one, other = text(en="one digit", ko="숫자 하나"), text(en="another", ko="다른 숫자")
    titles = (one, other, text(en="label\nsmoothing", ko="레이블\n스무딩"), "mixup", "Cutout", "CutMix")
    made = columns()
    for column, ((image, label), title) in enumerate(zip(made, titles, strict=True)):
        x = LEFT + column * (SIDE + GAP)
        ax.text(x + SIDE / 2, TOP + 0.3, title, ha="center", va="center", weight="bold", fontsize=10.5)
        picture(ax, x, TOP, image, SIDE, top_value=1.0)
        # The label: a bar for each class, tall as its share.
        foot, tall, wide = 0.98, 0.62, SIDE / CLASSES
        for k, share in enumerate(label):
            looks = {FIRST: {"fc": style.BLUE}, SECOND: {"fc": style.ORANGE, "hatch": "////"}}
            look = looks.get(k, {"fc": style.MUTED})
            ax.add_patch(Rectangle((x + k * wide, foot), wide * 0.84, tall * share, ec=style.INK, lw=0.6, **look))
        ax.plot([x, x + SIDE], [foot, foot], color=style.INK, ls="-", lw=1.0)
        for k in (FIRST, SECOND):
            ax.text(x + (k + 0.42) * wide, foot - 0.12, str(k), ha="center", va="center", fontsize=9.5)
            if label[k] > 0:
                ax.text(x + (k + 0.42) * wide, foot + tall * label[k] + 0.1, share_of(label[k]), ha="center",
                        va="center", fontsize=9)  # fmt: skip
    top, left, height, width = BOX
    pixel = SIDE / 8
    outline = {"fc": "none", "ec": style.RED, "lw": 2.0, "zorder": 4}
    ax.add_patch(Rectangle((LEFT + 5 * (SIDE + GAP) + left * pixel, TOP - (top + height) * pixel), width * pixel,
                           height * pixel, **outline))  # fmt: skip
    ax.add_patch(Rectangle((LEFT + 4 * (SIDE + GAP) + HOLE[1] * pixel, TOP - (HOLE[0] + HOLE[2]) * pixel),
                           HOLE[2] * pixel, HOLE[2] * pixel, **outline))  # fmt: skip
    area = f"{height * width}/{8 * 8}"
    footnote(
        figure,
        text(
            en=f"Bars: the label, a share for each of the {CLASSES} classes.  Smoothing with ε = {EPS:g}, mixup with "
            f"λ = {LAM:g}.\nCutMix: the outlined box, {area} of the area, comes from the other digit.",
            ko=f"막대: 클래스 {CLASSES}개에 나누어 준 레이블   레이블 스무딩은 ε = {EPS:g}, mixup은 λ = {LAM:g}\n"
            f"CutMix에서는 넓이의 {area}인 테두리 안쪽을 다른 숫자에서 가져왔습니다.",
        ),
        y=0.3,
    )
    smooth, cut = made[2][1], made[5][1]
    alt = text(
        en=f"A {FIRST}, an {SECOND}, and what four methods make of them, with the label below. Label smoothing leaves "
        f"the image alone and gives class {FIRST} the share {share_of(smooth[FIRST])} and every other class "
        f"{share_of(smooth[0])}. Mixup adds {LAM:g} of the {FIRST} and {1 - LAM:.1f} of the {SECOND}, images and "
        f"labels. Cutout empties a square and keeps the label. CutMix pastes a box of the {SECOND} and gives the "
        f"labels {share_of(cut[FIRST])} and {share_of(cut[SECOND])}.",
        ko=f"숫자 {FIRST}과 {SECOND}, 그리고 네 가지 방법으로 만든 이미지와 그 아래의 레이블입니다. 레이블 스무딩은 "
        f"이미지를 그대로 두고 클래스 {FIRST}에 {share_of(smooth[FIRST])}, 나머지 클래스마다 {share_of(smooth[0])}을 "
        f"줍니다. mixup은 이미지와 레이블을 모두 {LAM:g}과 {1 - LAM:.1f}의 비율로 더합니다. Cutout은 정사각형을 "
        f"지우고 레이블은 그대로 둡니다. CutMix는 다른 숫자의 상자를 붙이고 넓이에 따라 레이블을 나눕니다. "
        f"두 레이블의 값: {share_of(cut[FIRST])}, {share_of(cut[SECOND])}.",
    )
    return figure, alt


def share_of(value: float) -> str:
    """A share of the label with two places, or 1 where it is all of it."""
    return f"{value:.2f}" if value < 1 else "1"

"""Five-fold cross-validation: each fifth of the data validates once; the test data are no part of it."""

import numpy as np
from _canvas import Text, footnote, sheet
from matplotlib.patches import Rectangle

from dlbasic import style

K, ITEMS = 5, 23  # 23 does not divide by 5: two folds are smaller by one
LEFT, TOP, ROW, UNIT = 1.15, 2.6, 0.4, 0.145


def folds() -> list[tuple[int, int]]:
    """Start and end of each fold; sizes differ by at most 1."""
    edges = np.cumsum([0, *(ITEMS // K + (fold < ITEMS % K) for fold in range(K))])
    return list(zip(edges[:-1], edges[1:], strict=True))


def draw(text: Text):
    figure, axes = sheet(3.2)
    right = LEFT + ITEMS * UNIT
    for row in range(K):
        y = TOP - row * ROW
        for fold, (start, end) in enumerate(folds()):
            validates = fold == row
            look = {"fc": style.ORANGE, "hatch": "////"} if validates else {"fc": style.SKY}
            axes.add_patch(
                Rectangle((LEFT + start * UNIT, y - 0.13), (end - start) * UNIT, 0.26, ec=style.INK, lw=1.0, **look)
            )
        name = text(en=f"round {row + 1}", ko=f"{row + 1}회차")
        axes.text(LEFT - 0.12, y, name, ha="right", va="center")
        axes.text(right + 0.14, y, f"$E_{row + 1}$", va="center", fontsize=11.5)
    mean = text(en="mean", ko="평균")
    axes.text(right + 0.56, TOP - 2 * ROW, r"$\frac{1}{5}\sum E_i$", va="center", fontsize=12)
    axes.text(right + 0.56, TOP - 2 * ROW - 0.34, mean, va="center", fontsize=9.5)
    bottom = TOP - (K - 1) * ROW - 0.13
    x = 5.62
    axes.add_patch(Rectangle((x, bottom), 0.45, TOP + 0.13 - bottom, fc=style.GRID, ec=style.INK, lw=1.0, hatch=".."))
    axes.text(x + 0.225, TOP + 0.34, text(en="test data", ko="테스트 데이터"), ha="center", va="center", weight="bold")
    title = text(en="training data, shuffled once", ko="한 번 섞은 학습 데이터")
    axes.text((LEFT + right) / 2, TOP + 0.34, title, ha="center", va="center", weight="bold")
    axes.text(right + 0.14, TOP + 0.34, text(en="error", ko="오차"), ha="left", va="center", fontsize=9.5)
    sizes = [end - start for start, end in folds()]
    for (start, end), size in zip(folds(), sizes, strict=True):
        axes.text(LEFT + (start + end) / 2 * UNIT, bottom - 0.17, str(size), ha="center", va="center", fontsize=9.5)
    axes.text(LEFT - 0.12, bottom - 0.17, text(en="size", ko="크기"), ha="right", va="center", fontsize=9.5)
    footnote(
        figure,
        text(
            en="Hatched: the part that validates.  Plain: the parts that train.\n"
            "The test data (dotted) are used once, when everything has been chosen.",
            ko="빗금: 검증하는 부분   민무늬: 학습하는 부분\n테스트 데이터(점무늬)는 모든 선택이 끝난 뒤 한 번만 "
            "씁니다.",
        ),
        y=0.28,
    )
    listed = ", ".join(map(str, sizes))
    alt = text(
        en=f"Five rows show the same {ITEMS} shuffled training samples, cut into five parts of {listed}. In each row "
        "another part is hatched: it validates while the other four train, and gives one error. The score is the mean "
        "of the five errors. A separate block of test data takes no part in it.",
        ko=f"섞은 학습 데이터 {ITEMS}개를 크기 {listed}인 다섯 부분으로 나눈 막대가 다섯 줄 있습니다. 줄마다 빗금 "
        "친 한 부분으로 검증하고 나머지 네 부분으로 학습해서 오차를 하나씩 얻고, 다섯 오차의 평균이 점수입니다. "
        "따로 떼어 둔 테스트 데이터는 여기에 쓰지 않습니다.",
    )
    return figure, alt

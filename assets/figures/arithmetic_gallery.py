"""The fifteen relationships of Dumoulin & Visin (arXiv 1603.07285), each drawn with its formula and its numbers."""

from _canvas import Text, arrow, footnote, sheet
from _gallery import CASES, Case, equivalent, value
from _grids import convolution, result, transposed

from dlbasic import style

SIDE, COLUMNS = 0.108, 3
WHITE = {"fc": style.CARD, "ec": style.MUTED}  # a zero around; dots would be too many in cells this small
WIDTH, HEAD = 6.4 / 3, 0.84


def _tile(ax, x: float, top: float, case: Case, title: str) -> None:
    ax.text(x + 0.12, top - 0.1, title, va="center", weight="bold", fontsize=9.5)
    lines = [f"${case.formula} = {value(case)}$", f"${case.numbers}$"]
    for number, line in enumerate(lines):
        ax.text(x + 0.12, top - 0.33 - 0.22 * number, line, va="center", fontsize=10)
    top -= HEAD - 0.13
    if case.transpose_of:
        end = transposed(ax, x + 0.12, top, SIDE, equivalent(case), WHITE)
    else:
        end = convolution(ax, x + 0.12, top, SIDE, case.sizes, WHITE)
    arrow(ax, (end + 0.02, top - 0.3), (end + 0.24, top - 0.3), width=1.2, mutation_scale=8)
    result(ax, end + 0.27, top, SIDE, value(case))


def _height(case: Case) -> int:
    """Cells from top to bottom."""
    if case.transpose_of:
        size = equivalent(case)
        return (size["n"] - 1) * size["gaps"] + 1 + 2 * size["padding"] + size["extra"]
    return case.sizes["n"] + 2 * case.sizes.get("padding", 0)


def draw(text: Text):
    rows = [CASES[start : start + COLUMNS] for start in range(0, len(CASES), COLUMNS)]
    heights = [HEAD + SIDE * max(map(_height, row)) + 0.12 for row in rows]
    bottom = 0.78
    figure, ax = sheet(bottom + sum(heights) + 0.12)
    top = bottom + sum(heights)
    number = 0
    for row, height in zip(rows, heights, strict=True):
        for column, case in enumerate(row):
            number += 1
            _tile(ax, column * WIDTH, top, case, f"{number}  {case.title(text)}")
        top -= height
        if row is not rows[-1]:
            ax.plot([0.12, 6.28], [top + 0.07] * 2, color=style.GRID, ls="-", lw=0.9)
    footnote(
        figure,
        text(
            en="Thick: the first window, its output hatched.  Dashed: the second.  Crossed: what no window reaches.\n"
            "White: zeros around the input.  Grey: zeros between inputs.  Striped: the $a$ extra zeros.\n"
            "8 to 14: the convolution of stride 1, its kernel turned half round, that does the same.",
            ko="굵은 테두리: 첫 번째 창(출력은 빗금)   점선 테두리: 두 번째 창   가위표: 어느 창도 닿지 않는 곳\n"
            "흰색: 입력 둘레의 0   회색: 입력 사이의 0   줄무늬: 더 붙인 0 $a$줄\n"
            "8–14는 커널을 180° 돌려 스트라이드 1로 같은 일을 하는 합성곱으로 그렸습니다.",
        ),
        y=0.38,
    )
    listed = ", ".join(f"{i}: {case.given} → {value(case)}" for i, case in enumerate(CASES, 1))
    alt = text(
        en="The fifteen relationships of convolution arithmetic, each as a grid with its first window, its output, its "
        f"formula and its numbers. Input → output, along one axis: {listed}. 1 to 6 are convolutions, 7 is pooling, "
        "8 to 14 transposed convolutions, 15 a dilated one.",
        ko="합성곱 산수의 열다섯 가지 관계를 각각 첫 번째 창을 올린 격자, 출력, 식, 숫자로 그렸습니다. 한 축의 입력 → "
        f"출력 크기는 {listed}입니다. 1–6은 합성곱, 7은 풀링, 8–14는 전치 합성곱, 15는 팽창 합성곱입니다.",
    )
    return figure, alt

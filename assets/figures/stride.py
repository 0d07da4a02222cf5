"""Stride 1, stride 2, and stride 2 with a remainder: where the windows start, and how many there are."""

from _canvas import Text, footnote
from _sizes import formulas, listed, row_of

K = 3


def cases(text: Text) -> list[tuple[str, dict]]:
    """Title and sizes of what is drawn."""
    return [
        (text(en="stride 1", ko="스트라이드 1"), {"n": 7, "k": K, "stride": 1}),
        (text(en="stride 2", ko="스트라이드 2"), {"n": 7, "k": K, "stride": 2}),
        (text(en="stride 2, a remainder", ko="스트라이드 2, 나머지"), {"n": 6, "k": K, "stride": 2}),
    ]


def draw(text: Text):
    drawn = cases(text)
    figure, axes = row_of(drawn, 0.19)
    formulas(axes, drawn)
    footnote(
        figure,
        text(
            en="Thick: the first window, which gives the hatched output.  Dashed: the second.\n"
            "Crossed: the last row and column, which no window reaches: the division leaves a remainder.",
            ko="굵은 테두리: 빗금 친 출력을 만드는 첫 번째 창   점선 테두리: 두 번째 창\n"
            "가위표: 나누어떨어지지 않아서 어느 창도 닿지 않는 마지막 행과 열",
        ),
        y=0.28,
    )
    sizes = listed(drawn)
    alt = text(
        en=f"Three grids with a {K} by {K} window and the output below. A 7 by 7 input with stride 1 gives {sizes[0]} "
        f"by {sizes[0]}; with stride 2 it gives {sizes[1]} by {sizes[1]}; a 6 by 6 input with stride 2 gives "
        f"{sizes[2]} by {sizes[2]}, and its last row and column are never used.",
        ko=f"{K} × {K} 창을 올린 격자 세 개와 그 아래의 출력입니다. 7 × 7 입력에서 스트라이드가 1이면 출력은 "
        f"{sizes[0]} × {sizes[0]}, 2이면 {sizes[1]} × {sizes[1]}입니다. 6 × 6 입력에서 스트라이드가 2이면 출력은 "
        f"{sizes[2]} × {sizes[2]}이고, 마지막 행과 열은 쓰이지 않습니다.",
    )
    return figure, alt

"""Stride 1 and 2, each without and with padding 1: four output sizes from one input and one kernel."""

from _canvas import Text, footnote
from _sizes import formulas, listed, row_of

N, K = 5, 3


def cases(text: Text) -> list[tuple[str, dict]]:
    """Title and sizes of what is drawn."""
    drawn = []
    for stride, padding in ((1, 0), (2, 0), (1, 1), (2, 1)):
        title = text(en=f"stride {stride}\npadding {padding}", ko=f"스트라이드 {stride}\n패딩 {padding}")
        drawn.append((title, {"n": N, "k": K, "stride": stride, "padding": padding}))
    return drawn


def draw(text: Text):
    drawn = cases(text)
    figure, axes = row_of(drawn, 0.185, head=0.7)
    formulas(axes, drawn, size=10)
    footnote(
        figure,
        text(
            en="Thick: the first window, which gives the hatched output.  Dashed: the second.  Dotted: padding.\n"
            f"The same {N} × {N} input and {K} × {K} kernel; stride and padding act together in one formula.",
            ko="굵은 테두리: 빗금 친 출력을 만드는 첫 번째 창   점선 테두리: 두 번째 창   점무늬: 패딩\n"
            f"모두 {N} × {N} 입력과 {K} × {K} 커널입니다. 스트라이드와 패딩은 한 식 안에서 함께 작용합니다.",
        ),
        y=0.28,
    )
    sizes = listed(drawn)
    alt = text(
        en=f"A {N} by {N} input and a {K} by {K} window, four times. Stride 1 without padding gives {sizes[0]} by "
        f"{sizes[0]}, stride 2 without padding {sizes[1]} by {sizes[1]}, stride 1 with padding 1 {sizes[2]} by "
        f"{sizes[2]}, stride 2 with padding 1 {sizes[3]} by {sizes[3]}.",
        ko=f"{N} × {N} 입력과 {K} × {K} 창을 네 번 그렸습니다. 패딩이 없으면 출력은 스트라이드 1에서 {sizes[0]} × "
        f"{sizes[0]}, 2에서 {sizes[1]} × {sizes[1]}이고, 패딩이 1이면 스트라이드 1에서 {sizes[2]} × {sizes[2]}, 2에서 "
        f"{sizes[3]} × {sizes[3]}입니다.",
    )
    return figure, alt

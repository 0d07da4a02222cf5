"""No padding, the padding that keeps the size, and full padding, on the same input with the same kernel."""

from _canvas import Text, footnote
from _sizes import formulas, listed, row_of

N, K = 5, 3


def cases(text: Text) -> list[tuple[str, dict]]:
    """Title and sizes of what is drawn."""
    return [
        (text(en="valid: no padding", ko="valid: 패딩 없음"), {"n": N, "k": K, "padding": 0}),
        (text(en="same: $p = (k - 1)/2$", ko="same: $p = (k - 1)/2$"), {"n": N, "k": K, "padding": (K - 1) // 2}),
        (text(en="full: $p = k - 1$", ko="full: $p = k - 1$"), {"n": N, "k": K, "padding": K - 1}),
    ]


def draw(text: Text):
    drawn = cases(text)
    figure, axes = row_of(drawn, 0.175)
    formulas(axes, drawn)
    footnote(
        figure,
        text(
            en="Dotted: zeros around the input.  Thick: the first window, which gives the hatched output.\n"
            f"The same {N} × {N} input and {K} × {K} kernel, stride 1: the output shrinks, stays, or grows.",
            ko="점무늬: 입력 둘레에 두른 0   굵은 테두리: 빗금 친 출력을 만드는 첫 번째 창\n"
            f"모두 {N} × {N} 입력, {K} × {K} 커널, 스트라이드 1입니다. 출력은 줄거나, 그대로이거나, 늘어납니다.",
        ),
        y=0.28,
    )
    sizes = listed(drawn)
    alt = text(
        en=f"A {N} by {N} input with three widths of zeros around it, a {K} by {K} window at its upper left, and the "
        f"output below. Without padding the output is {sizes[0]} by {sizes[0]}; with padding 1 it stays {sizes[1]} by "
        f"{sizes[1]}; with full padding, 2, it grows to {sizes[2]} by {sizes[2]}.",
        ko=f"{N} × {N} 입력의 둘레에 0을 세 가지 너비로 두르고 왼쪽 위에 {K} × {K} 창을 올린 그림과 그 아래의 "
        f"출력입니다. 패딩이 없으면 출력은 {sizes[0]} × {sizes[0]}, 패딩이 1이면 그대로 {sizes[1]} × {sizes[1]}, 가장 "
        f"넓은 패딩 2에서는 {sizes[2]} × {sizes[2]}입니다.",
    )
    return figure, alt

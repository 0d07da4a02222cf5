"""A 3 × 3 kernel with dilation 1, 2 and 3: the same nine numbers, spread over more of the input."""

from _canvas import Text, footnote
from _grids import outputs
from _sizes import row_of

N, K = 8, 3
DILATIONS = (1, 2, 3)


def reach(dilation: int) -> int:
    """How many cells the dilated kernel spans."""
    return dilation * (K - 1) + 1


def cases(text: Text) -> list[tuple[str, dict]]:
    """Title and sizes of what is drawn."""
    return [
        (text(en=f"dilation {d}", ko=f"팽창 {d}"), {"n": N, "k": K, "dilation": d, "padding": 0}) for d in DILATIONS
    ]


def worked(dilation: int) -> tuple[str, str]:
    """Span and output size with their numbers, as mathtext; raises ValueError when counting disagrees."""
    size = N - reach(dilation) + 1
    if size != outputs(N, K, dilation=dilation):
        raise ValueError(f"the formula gives {size}, counting the windows {outputs(N, K, dilation=dilation)}")
    return (
        rf"$\hat{{k}} = {dilation} \cdot ({K} - 1) + 1 = {reach(dilation)}$",
        f"${N} - {reach(dilation)} + 1 = {size}$",
    )


def draw(text: Text):
    drawn = cases(text)
    figure, axes = row_of(drawn, 0.175, foot=1.4)
    for column, dilation in enumerate(DILATIONS):
        for y, formula in zip((1.14, 0.86), worked(dilation), strict=True):
            axes.text((column + 0.5) * 6.4 / 3, y, formula, ha="center", va="center", fontsize=11.5)
    footnote(
        figure,
        text(
            en=f"The kernel keeps its {K * K} weights; dilation only spreads them (hatched in the input from dilation "
            "2 on).\nOutlined: what it spans. Dashed: the second window. Stride 1, no padding.",
            ko=f"커널의 가중치는 그대로 {K * K}개이고, 팽창은 그 간격만 벌립니다(팽창 2부터 빗금).\n"
            "굵은 테두리: 커널이 걸치는 범위   점선 테두리: 두 번째 창   스트라이드 1, 패딩 없음",
        ),
        y=0.28,
    )
    spans, sizes = [reach(d) for d in DILATIONS], [outputs(N, K, dilation=d) for d in DILATIONS]
    alt = text(
        en=f"An {N} by {N} input under a {K} by {K} kernel of dilation 1, 2 and 3. The kernel spans {spans[0]}, "
        f"{spans[1]} and {spans[2]} cells, always with nine weights, and gives outputs of {sizes[0]} by {sizes[0]}, "
        f"{sizes[1]} by {sizes[1]} and {sizes[2]} by {sizes[2]}.",
        ko=f"{N} × {N} 입력에 팽창이 1, 2, 3인 {K} × {K} 커널을 올렸습니다. 커널의 가중치는 늘 아홉 개이지만 걸치는 "
        f"칸은 {spans[0]}, {spans[1]}, {spans[2]}개이고, 출력은 차례로 {sizes[0]} × {sizes[0]}, {sizes[1]} × "
        f"{sizes[1]}, {sizes[2]} × {sizes[2]}입니다.",
    )
    return figure, alt

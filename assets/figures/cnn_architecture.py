"""The small network that this course trains on 8 × 8 digits: the shape after every layer, and what each one holds."""

from _canvas import Text, arrow, footnote, sheet
from _grids import picture
from matplotlib.patches import Rectangle

from dlbasic import style
from dlbasic.data import digits

SIZE, CLASSES = 8, 10
LAYERS = (("conv", 16), ("pool", 2), ("conv", 32), ("pool", 2), ("dense", CLASSES))  # filters, window, units
K, PADDING = 3, 1
UNIT, DIGIT = 0.082, 5  # inches of a pixel; the digit that is shown


def shapes() -> list[tuple[str, tuple[int, ...], int]]:
    """(kind, shape after it, parameters) of the image and of each layer."""
    channels, size = 1, SIZE
    rows = [("image", (channels, size, size), 0)]
    for kind, number in LAYERS:
        if kind == "conv":
            parameters = number * (channels * K * K + 1)
            channels, size = number, size + 2 * PADDING - K + 1
            rows.append((kind, (channels, size, size), parameters))
        elif kind == "pool":
            size = (size - number) // number + 1
            rows.append((kind, (channels, size, size), 0))
        else:
            inputs = channels * size * size
            rows += [("flatten", (inputs,), 0), (kind, (number,), (inputs + 1) * number)]
    return rows


def image():
    """The first training image of DIGIT, (8, 8)."""
    x, labels, _, _ = digits()
    return x[labels == DIGIT][0].reshape(SIZE, SIZE)


def _stack(ax, x: float, y: float, shape, look: dict) -> float:
    """Feature maps as sheets one behind the other, centred at height y; returns how wide the stack is."""
    channels, size, _ = shape
    side, sheets = UNIT * size, min(channels, 3 + channels // 8)
    step = 0.055
    for back in reversed(range(sheets)):
        corner = (x + back * step, y - side / 2 - (sheets - 1) * step / 2 + back * step)
        ax.add_patch(Rectangle(corner, side, side, ec=style.INK, lw=0.9, **look))
    return side + (sheets - 1) * step


def draw(text: Text):
    figure, ax = sheet(3.75)
    names = {
        "image": text(en="image", ko="이미지"),
        "conv": text(en="convolution,\nReLU", ko="합성곱,\nReLU"),
        "pool": text(en="max\npooling", ko="최대\n풀링"),
        "flatten": text(en="flatten", ko="펼치기"),
        "dense": text(en="fully\nconnected", ko="완전\n연결층"),
    }
    looks = {"image": {"fc": style.CARD}, "conv": {"fc": style.SKY}, "pool": {"fc": style.GREEN, "hatch": ".."}}
    centres = (0.5, 1.5, 2.52, 3.45, 4.35, 5.12, 5.87)
    y = 1.95
    edges = []
    for (kind, shape, parameters), x in zip(shapes(), centres, strict=True):
        if kind in looks:
            wide = UNIT * shape[1] + (min(shape[0], 3 + shape[0] // 8) - 1) * 0.055
            if kind == "image":
                picture(ax, x - wide / 2, y + wide / 2, image(), wide, top_value=1.0)
            else:
                _stack(ax, x - wide / 2, y, shape, looks[kind])
        else:
            wide, tall = 0.17, 1.15 if kind == "flatten" else 0.62
            look = {"fc": style.GRID} if kind == "flatten" else {"fc": style.ORANGE, "hatch": "////"}
            ax.add_patch(Rectangle((x - wide / 2, y - tall / 2), wide, tall, ec=style.INK, lw=1.0, **look))
        edges.append((x - wide / 2, x + wide / 2))
        place = {"ha": "center", "va": "center", "linespacing": 1.25}
        ax.text(x, 3.0, names[kind], weight="bold", fontsize=9.5, **place)
        ax.text(x, 1.05, " × ".join(map(str, shape)), fontsize=9.5, **place)
        words = f"{parameters:,}" if parameters else "0"
        ax.text(x, 0.8, words, fontsize=9.5, color=style.BLUE if parameters else style.MUTED, **place)
    for (_, end), (start, _) in zip(edges, edges[1:], strict=False):
        arrow(ax, (end + 0.02, y), (start - 0.02, y), width=1.2)
    parts = (
        (edges[1][0], edges[4][1], text(en="extract features", ko="특징 추출")),
        (edges[5][0] - 0.15, edges[6][1] + 0.2, text(en="decide", ko="결정")),
    )
    for start, end, name in parts:
        ax.plot([start, start, end, end], [3.25, 3.32, 3.32, 3.25], color=style.INK, ls="-", lw=1.2)
        ax.text((start + end) / 2, 3.5, name, ha="center", va="center", weight="bold", fontsize=11)
    rows = shapes()
    total, last = sum(row[2] for row in rows), rows[-1][2]
    footnote(
        figure,
        text(
            en=f"Below each layer: the shape of what it gives, and its parameters: {total:,} in all.\n"
            f"The convolutions are {K} × {K} with padding {PADDING} and keep the size; each pooling halves it.",
            ko=f"층 아래: 출력의 모양과 파라미터 수, 모두 {total:,}개\n"
            f"합성곱은 {K} × {K}, 패딩 {PADDING}이어서 크기를 지키고, 풀링은 크기를 절반으로 줄입니다.",
        ),
        y=0.28,
    )
    listed = [" × ".join(map(str, shape)) for _, shape, _ in rows]
    alt = text(
        en=f"A convolutional network from left to right. Image {listed[0]}; convolution to {listed[1]} with "
        f"{rows[1][2]:,} parameters; pooling to {listed[2]}; convolution to {listed[3]} with {rows[3][2]:,}; pooling "
        f"to {listed[4]}; flattened to {listed[5]}; fully connected to {listed[6]} with {last:,}. In all {total:,} "
        "parameters. Convolution and pooling extract features, the fully connected layer decides.",
        ko=f"왼쪽에서 오른쪽으로 이어지는 합성곱 신경망입니다. 이미지 {listed[0]}, 파라미터 {rows[1][2]:,}개인 합성곱 "
        f"뒤 {listed[1]}, 풀링 뒤 {listed[2]}, 파라미터 {rows[3][2]:,}개인 합성곱 뒤 {listed[3]}, 풀링 뒤 "
        f"{listed[4]}, 펼치면 {listed[5]}, 파라미터 {last:,}개인 완전 연결층 뒤 {listed[6]}입니다. 파라미터는 모두 "
        f"{total:,}개이며, 합성곱과 풀링이 특징을 뽑고 완전 연결층이 결정합니다.",
    )
    return figure, alt

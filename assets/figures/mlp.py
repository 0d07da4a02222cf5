"""A multi-layer perceptron: columns of units, every one joined to the next, and the shape of each array above it."""

from _canvas import Text, arrow, footnote, sheet
from matplotlib.patches import Circle

from dlbasic import style

COLUMNS = ((0.95, 4), (3.2, 5), (5.45, 3))  # where each layer stands, in inches, and how many units are drawn
MIDDLE, SPACING, RADIUS = 1.72, 0.44, 0.155


def _centres(x: float, count: int) -> list[tuple[float, float]]:
    return [(x, MIDDLE + SPACING * (i - (count - 1) / 2)) for i in range(count)]


def draw(text: Text):
    figure, ax = sheet(3.85)
    layers = [_centres(x, count) for x, count in COLUMNS]
    for before, after in zip(layers, layers[1:], strict=False):
        for x0, y0 in before:
            for x1, y1 in after:
                ax.plot([x0, x1], [y0, y1], color=style.MUTED, ls="-", lw=0.7, alpha=0.7, zorder=1)
    # Filled, ringed, hatched: the layers differ without their colours too.
    looks = ({"fc": style.SKY}, {"fc": style.CARD, "lw": 2.2, "ec": style.BLUE}, {"fc": style.ORANGE, "hatch": "////"})
    for layer, look in zip(layers, looks, strict=True):
        for centre in layer:
            ax.add_patch(Circle(centre, RADIUS, zorder=2, **({"ec": style.INK, "lw": 1.2} | look)))
    for x, y in layers[1]:  # the bend of ReLU, drawn inside its unit
        ax.plot([x - 0.08, x, x + 0.07], [y - 0.045, y - 0.045, y + 0.06], color=style.BLUE, ls="-", lw=1.6, zorder=3)

    heads = (
        (text(en="inputs", ko="입력"), "$x$", "$(N, D)$"),
        (text(en="hidden layer", ko="은닉층"), "$h$", "$(N, H)$"),
        (text(en="logits", ko="로짓"), "$s$", "$(N, K)$"),
    )
    for (x, _), (name, letter, shape) in zip(COLUMNS, heads, strict=True):
        ax.text(x, 3.62, name, ha="center", va="center", weight="bold", fontsize=11)
        ax.text(x, 3.3, f"{letter}  {shape}", ha="center", va="center", fontsize=12.5)
    maps = (
        (r"$\mathrm{relu}(xW_1 + b_1)$", "$W_1\\ (D, H)$   $b_1\\ (H{,})$"),
        ("$hW_2 + b_2$", "$W_2\\ (H, K)$   $b_2\\ (K{,})$"),
    )
    for ((left, _), (right, _)), (formula, parameters) in zip(
        zip(COLUMNS, COLUMNS[1:], strict=False), maps, strict=True
    ):
        arrow(ax, (left + 0.52, 3.3), (right - 0.52, 3.3), color=style.INK)
        ax.text((left + right) / 2, 3.5, formula, ha="center", va="center", fontsize=11.5)
        ax.text((left + right) / 2, 3.08, parameters, ha="center", va="center", fontsize=10.5, color=style.BLUE)
    footnote(
        figure,
        text(
            en="$N$ examples go through at once, one per row. There is no ReLU on the logits.",
            ko="데이터 $N$개가 한 행에 하나씩 한꺼번에 지나갑니다. 로짓에는 ReLU를 쓰지 않습니다.",
        ),
        y=0.25,
    )
    alt = text(
        en="A multi-layer perceptron with one hidden layer. Inputs x of shape (N, D) become the hidden layer h "
        "= relu(x W1 + b1) of shape (N, H), with W1 (D, H) and b1 (H,), and then the logits h W2 + b2 of "
        "shape (N, K), with W2 (H, K) and b2 (K,); every unit is joined to every unit of the next layer.",
        ko="은닉층이 하나인 다층 퍼셉트론입니다. 모양이 (N, D)인 입력 x가 W1 (D, H), b1 (H,)을 거쳐 모양이 (N, "
        "H)인 은닉층 h = relu(x W1 + b1)이 되고, 다시 W2 (H, K), b2 (K,)를 거쳐 모양이 (N, K)인 로짓 h W2 + "
        "b2가 됩니다. 모든 유닛이 다음 층의 모든 유닛과 이어져 있습니다.",
    )
    return figure, alt

"""Four normalizations on the block of numbers (N, C, H·W): which of them share one mean and one variance."""

import numpy as np
from _canvas import Text, footnote, sheet
from matplotlib.patches import Polygon

from dlbasic import style

N, C, PIXELS, GROUPS = 4, 6, 4, 2
SIDE, DEPTH = 0.16, (0.085, 0.075)  # of a cell; how far the next sample stands behind
LEFT, WIDTH, FRONT = 0.22, 1.56, 1.62


def shared(kind: str) -> np.ndarray:
    """(N, C, PIXELS) bool: the numbers that are averaged together with the one of sample 0, last channel, pixel 0."""
    block = np.zeros((N, C, PIXELS), dtype=bool)
    where = {
        "batch": np.s_[:, C - 1, :],
        "layer": np.s_[0, :, :],
        "instance": np.s_[0, C - 1, :],
        "group": np.s_[0, C - C // GROUPS :, :],
    }
    block[where[kind]] = True
    return block


def _cube(ax, x: float, y: float, marked: np.ndarray) -> None:
    """The three faces that are seen: channels × pixels in front, channels × samples on top, samples × pixels right."""
    right, up, back = np.array([SIDE, 0]), np.array([0, SIDE]), np.array(DEPTH)
    corner = np.array([x, y])

    def cell(origin, one, two, on, shade):
        look = {"fc": style.ORANGE, "hatch": "/////"} if on else {"fc": shade}
        ax.add_patch(Polygon([origin, origin + one, origin + one + two, origin + two], ec=style.INK, lw=0.7, **look))

    for channel, pixel in np.ndindex(C, PIXELS):  # pixel 0 is the top row
        origin = corner + channel * right + (PIXELS - 1 - pixel) * up
        cell(origin, right, up, marked[0, channel, pixel], style.CARD)
    for sample, channel in np.ndindex(N, C):
        origin = corner + PIXELS * up + channel * right + sample * back
        cell(origin, right, back, marked[sample, channel, 0], style.GRID)
    for sample, pixel in np.ndindex(N, PIXELS):
        origin = corner + C * right + (PIXELS - 1 - pixel) * up + sample * back
        cell(origin, back, up, marked[sample, C - 1, pixel], style.SKY)


def draw(text: Text):
    figure, ax = sheet(3.3)
    kinds = (
        ("batch", text(en="batch norm", ko="배치 정규화")),
        ("layer", text(en="layer norm", ko="층 정규화")),
        ("instance", text(en="instance norm", ko="인스턴스 정규화")),
        ("group", text(en="group norm", ko="그룹 정규화")),
    )
    formulas = {"batch": "$C$", "layer": "$N$", "instance": r"$N \cdot C$", "group": r"$N \cdot G$"}
    counts = {}
    for column, (kind, title) in enumerate(kinds):
        x, marked = LEFT + column * WIDTH, shared(kind)
        counts[kind] = (int(marked.sum()), marked.size // int(marked.sum()))
        middle = x + (C * SIDE + N * DEPTH[0]) / 2
        _cube(ax, x, FRONT, marked)
        place = {"ha": "center", "va": "center", "linespacing": 1.35}
        ax.text(middle, 3.03, title, weight="bold", fontsize=10.5, **(place | {"va": "baseline"}))
        size, means = counts[kind]
        words = text(en=f"{size} numbers\nshare one mean", ko=f"수 {size}개가\n평균 하나를 공유")
        ax.text(middle, 1.12, words, fontsize=9.5, **place)
        ax.text(middle, 0.78, text(en=f"{means} means ", ko=f"평균 {means}개 ") + f"({formulas[kind]})", fontsize=9.5,
                **place)  # fmt: skip
    # The three directions, named once.
    ax.text(LEFT + C * SIDE / 2, FRONT - 0.13, "$C$", ha="center", va="center", fontsize=11)
    ax.text(LEFT - 0.11, FRONT + PIXELS * SIDE / 2, r"$H \cdot W$", ha="center", va="center", fontsize=11, rotation=90)
    ax.text(LEFT + C * SIDE + N * DEPTH[0] - 0.02, FRONT + 0.02, "$N$", ha="center", va="center", fontsize=11)
    footnote(
        figure,
        text(
            en=f"$N = {N}$ samples, $C = {C}$ channels, $H \\cdot W = {PIXELS}$ places, $G = {GROUPS}$ groups.  "
            "Hatched: one set that is\nbrought to mean 0 and variance 1 together. "
            "$\\gamma$ and $\\beta$ belong to each channel in all four.",
            ko=f"샘플 $N = {N}$개, 채널 $C = {C}$개, 위치 $H \\cdot W = {PIXELS}$곳, 그룹 $G = {GROUPS}$개   빗금: "
            "함께 평균 0, 분산 1로\n"
            "만드는 수의 묶음 하나   $\\gamma$와 $\\beta$는 네 방법 모두 채널마다 따로 있습니다.",
        ),
        y=0.3,
    )
    sizes = {kind: f"{size}" for kind, (size, _) in counts.items()}
    means = {kind: f"{number}" for kind, (_, number) in counts.items()}
    alt = text(
        en=f"Four times the same block of {N} samples, {C} channels and {PIXELS} places, with one set of numbers that "
        f"share a mean. Batch norm: one channel of all samples, {sizes['batch']} numbers, {means['batch']} means. "
        f"Layer norm: all of one sample, {sizes['layer']} numbers, {means['layer']} means. Instance norm: one channel "
        f"of one sample, {sizes['instance']} numbers, {means['instance']} means. Group norm with {GROUPS} groups: half "
        f"the channels of one sample, {sizes['group']} numbers, {means['group']} means.",
        ko=f"샘플 {N}개, 채널 {C}개, 위치 {PIXELS}곳인 같은 수의 블록에 평균을 공유하는 묶음을 하나씩 표시했습니다. "
        f"배치 정규화는 모든 샘플의 한 채널로 {sizes['batch']}개씩 평균 {means['batch']}개, 층 정규화는 한 샘플 전체로 "
        f"{sizes['layer']}개씩 평균 {means['layer']}개, 인스턴스 정규화는 한 샘플의 한 채널로 {sizes['instance']}개씩 "
        f"평균 {means['instance']}개, 그룹이 {GROUPS}개인 그룹 정규화는 한 샘플의 채널 절반으로 {sizes['group']}개씩 "
        f"평균 {means['group']}개입니다.",
    )
    return figure, alt

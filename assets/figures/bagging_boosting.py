"""Bagging and boosting on the same twelve points: three stumps each, and what they say together."""

import numpy as np
from _canvas import RED_WORDS, Text, footnote, panels
from matplotlib.colors import ListedColormap

from dlbasic import style

ROUNDS, SEED = 3, 4
X = np.array(
    [(0.1, 0.75), (0.16, 0.4), (0.24, 0.88), (0.3, 0.15), (0.42, 0.66), (0.45, 0.92),
     (0.36, 0.35), (0.55, 0.12), (0.62, 0.5), (0.7, 0.9), (0.82, 0.3), (0.9, 0.62)]
)  # fmt: skip
Y = np.array([1, 1, 1, 1, 1, 1, -1, -1, -1, 1, -1, -1])

Stump = tuple[int, float, int]


def say(stump: Stump, points: np.ndarray) -> np.ndarray:
    """+1 or −1 for each point (N, 2): which side of one threshold on one axis it is on."""
    axis, threshold, sign = stump
    return np.where(points[:, axis] < threshold, sign, -sign)


def best_stump(weights: np.ndarray) -> Stump:
    """The stump with the least weighted error."""
    found = []
    for axis in (0, 1):
        edges = np.sort(X[:, axis])
        for threshold in (edges[1:] + edges[:-1]) / 2:
            for sign in (1, -1):
                wrong = say((axis, threshold, sign), X) != Y
                found.append((float(weights[wrong].sum()), axis, float(threshold), sign))
    return min(found)[1:]


def bagging() -> list[tuple[np.ndarray, Stump, float]]:
    """(how often each point was drawn, stump, 1.0) for each bootstrap sample."""
    rng = np.random.default_rng(SEED)
    counts = [np.bincount(rng.integers(0, len(X), len(X)), minlength=len(X)) for _ in range(ROUNDS)]
    return [(count, best_stump(count / len(X)), 1.0) for count in counts]


def boosting() -> list[tuple[np.ndarray, Stump, float]]:
    """(weights, stump, alpha) of each round of AdaBoost."""
    weights, rounds = np.full(len(X), 1 / len(X)), []
    for _ in range(ROUNDS):
        stump = best_stump(weights)
        wrong = say(stump, X) != Y
        alpha = 0.5 * np.log((1 - weights[wrong].sum()) / weights[wrong].sum())
        rounds.append((weights, stump, float(alpha)))
        weights = weights * np.exp(np.where(wrong, alpha, -alpha))
        weights = weights / weights.sum()
    return rounds


def together(rounds, points: np.ndarray) -> np.ndarray:
    """The sign of the weighted sum of the stumps at each point."""
    return np.sign(sum(alpha * say(stump, points) for _, stump, alpha in rounds))


def _shade(ax, values) -> None:
    side = np.linspace(0, 1, 200)
    grid = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    ax.imshow(
        values(grid).reshape(200, 200), origin="lower", extent=(0, 1, 0, 1), aspect="auto", vmin=-1, vmax=1,
        cmap=ListedColormap(["#F4D08B", "#A9CFE8"]), alpha=0.55, zorder=0,
    )  # fmt: skip


def _points(ax, sizes: np.ndarray, wrong: np.ndarray) -> None:
    for label, marker, color in ((1, "o", style.BLUE), (-1, "^", style.ORANGE)):
        mine = (label == Y) & (sizes > 0)
        ax.scatter(*X[mine].T, s=sizes[mine], marker=marker, c=color, edgecolors=style.INK, linewidths=0.8, zorder=3)
        none = (label == Y) & (sizes == 0)
        ax.scatter(*X[none].T, s=22, marker=marker, facecolors="none", edgecolors=style.MUTED, linewidths=0.9, zorder=3)
    ax.scatter(*X[wrong].T, s=42, marker="x", c=style.INK, linewidths=1.4, zorder=4)
    ax.set(xlim=(0, 1), ylim=(0, 1), xticks=[], yticks=[])
    ax.grid(False)


def draw(text: Text):
    figure, axes = panels(4.35, 4, rows=2, left=0.3, right=0.12, bottom=0.8, top=0.35, gap=0.14, vgap=0.42)
    rows = (
        (bagging(), text(en="sample {n}", ko="표본 {n}"), text(en="majority vote", ko="다수결")),
        (
            boosting(),
            text(en="round {n}: α = {a:.2f}", ko="{n}라운드: α = {a:.2f}"),
            text(en="weighted sum", ko="가중합"),
        ),
    )
    sides = (text(en="bagging", ko="배깅"), text(en="boosting", ko="부스팅"))
    mistakes = []
    for row, ((rounds, name, both), side) in enumerate(zip(rows, sides, strict=True)):
        line = axes[4 * row : 4 * row + 4]
        for number, (ax, (weights, stump, alpha)) in enumerate(zip(line, rounds, strict=False), 1):
            _shade(ax, lambda points, stump=stump: say(stump, points))
            sizes = 45.0 * weights * (1.0 if row == 0 else len(X))
            _points(ax, sizes, (say(stump, X) != Y) & (weights > 0))
            ax.set_title(name.format(n=number, a=alpha), fontsize=10, weight="normal", pad=4)
        _shade(line[3], lambda points, rounds=rounds: together(rounds, points))
        wrong = together(rounds, X) != Y
        _points(line[3], np.full(len(X), 45.0), wrong)
        mistakes.append(int(wrong.sum()))
        line[3].set_title(both, fontsize=10, pad=4, color=RED_WORDS)
        middle = line[0].get_position().y0 + line[0].get_position().height / 2
        figure.text(0.15 / 6.4, middle, side, rotation=90, ha="center", va="center", weight="bold", fontsize=11)
    footnote(
        figure,
        text(
            en="Size: how often a point was drawn, or its weight.  Hollow: not drawn.  ×: on the wrong side.\n"
            "Bagging draws anew each time; boosting keeps all points and raises the weight of its mistakes.",
            ko="크기: 뽑힌 횟수 또는 가중치   속이 빈 점: 뽑히지 않음   ×: 틀린 쪽에 있음\n"
            "배깅은 매번 새로 뽑고, 부스팅은 모든 점을 그대로 둔 채 틀린 점의 가중치를 키웁니다.",
        ),
        y=0.33,
    )
    alphas = ", ".join(f"{alpha:.2f}" for _, _, alpha in boosting())
    alt = text(
        en="Twelve points of two classes, twice. Top, bagging: three bootstrap samples in which some points are "
        f"drawn two or three times and others not at all, one stump each, and their majority vote, with {mistakes[0]} "
        f"points wrong. Bottom, boosting: all points stay, those that were wrong grow, the stumps get alpha {alphas}; "
        f"the weighted sum has {mistakes[1]} wrong.",
        ko="두 클래스의 점 열두 개를 두 번 그렸습니다. 위는 배깅으로, 부트스트랩 표본 세 개에서 어떤 점은 두세 번 "
        "뽑히고 어떤 점은 뽑히지 않습니다. 표본마다 결정 그루터기 하나를 학습하고 다수결로 합치면 "
        f"{mistakes[0]}개가 틀립니다. 아래는 부스팅으로, 모든 점이 남고 틀린 점이 커집니다. 그루터기의 α는 "
        f"{alphas}이고 가중합으로는 {mistakes[1]}개가 틀립니다.",
    )
    return figure, alt

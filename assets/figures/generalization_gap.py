"""The gap between training and test error: it opens with training time, and closes with more data."""

import numpy as np
from _canvas import Text, footnote, panels

from dlbasic import style

DEGREE, NOISE, SETS, SEED = 11, 0.4, 300, 2
POINTS, RATE = 16, 0.25  # of the left panel
STEPS = np.unique(np.round(np.logspace(0, 5, 61)).astype(int))
SIZES = np.array([14, 16, 20, 26, 34, 48, 70, 100, 150, 220])


def truth(x):
    return np.sin(4.0 * x + 0.7)


def features(x: np.ndarray) -> np.ndarray:
    """Legendre polynomials up to DEGREE, scaled to mean square 1 over [-1, 1]."""
    degrees = np.arange(DEGREE + 1)
    return np.polynomial.legendre.legvander(x, DEGREE) * np.sqrt(2 * degrees + 1)


def by_steps() -> tuple[np.ndarray, np.ndarray]:
    """Training and expected test error after each of STEPS steps of gradient descent from 0, over SETS data sets."""
    rng = np.random.default_rng(SEED)
    x, new = np.linspace(-1, 1, POINTS), np.linspace(-1, 1, 401)
    y = truth(x) + rng.normal(0, NOISE, (SETS, POINTS))
    # In the eigenvectors of the hessian every coordinate is known in closed form after any number of steps.
    curvature, axes = np.linalg.eigh(2 / POINTS * features(x).T @ features(x))
    pull = 2 / POINTS * y @ features(x) @ axes
    rate = RATE * 2 / curvature.max()
    train, test = [], []
    for steps in STEPS:
        w = pull * ((1 - (1 - rate * curvature) ** steps) / curvature) @ axes.T
        train.append(np.mean((w @ features(x).T - y) ** 2))
        test.append(np.mean((w @ features(new).T - truth(new)) ** 2) + NOISE**2)
    return np.array(train), np.array(test)


def by_size() -> tuple[np.ndarray, np.ndarray]:
    """Training and expected test error of the least-squares fit for each of SIZES, over SETS data sets."""
    rng, new = np.random.default_rng(SEED), np.linspace(-1, 1, 401)
    train, test = [], []
    for size in SIZES:
        x = np.linspace(-1, 1, size)
        y = truth(x) + rng.normal(0, NOISE, (SETS, size))
        w = np.linalg.lstsq(features(x), y.T, rcond=None)[0]
        train.append(np.mean((features(x) @ w - y.T) ** 2))
        test.append(np.mean((features(new) @ w - truth(new)[:, None]) ** 2) + NOISE**2)
    return np.array(train), np.array(test)


def draw(text: Text):
    figure, (left, right) = panels(3.45, 2, left=0.62, right=0.2, bottom=1.0, top=0.4, gap=0.35)
    points = text(en="training points", ko="학습 데이터 수")
    cases = (
        (left, STEPS, by_steps(), text(en="more training", ko="학습을 더 오래"), text(en="steps", ko="걸음 수")),
        (right, SIZES, by_size(), text(en="more data", ko="데이터를 더 많이"), points),
    )
    for ax, places, (train, test), title, label in cases:
        ax.fill_between(places, train, test, color=style.SKY, alpha=0.35, lw=0)
        ax.plot(places, train, color=style.BLUE, ls="--")
        ax.plot(places, test, color=style.RED, ls="-")
        ax.set(xscale="log", xlim=(places[0], places[-1]), ylim=(0, 0.72), title=title)
        ax.set_xlabel(label, labelpad=1)
        if ax is not left:
            ax.tick_params(labelleft=False)
    left.set_ylabel(text(en="mean squared error", ko="평균 제곱 오차"))
    left.set_xticks(10.0 ** np.arange(6), [f"$10^{power}$" for power in range(6)])
    left.set_xticks([], minor=True)
    right.set_xticks([20, 50, 100, 200], ["20", "50", "100", "200"])
    right.set_xticks([], minor=True)
    train, test = by_steps()
    best = int(np.argmin(test))
    left.plot(STEPS[best], test[best], marker="v", ms=9, color=style.RED, mec=style.INK)
    gap = text(en="gap", ko="격차")
    left.text(2.2e4, (train[-9] + test[-9]) / 2, gap, ha="center", va="center", weight="bold")
    few, many = by_size()
    right.text(19.5, (few[2] + many[2]) / 2, gap, ha="center", va="center", weight="bold")
    footnote(
        figure,
        text(
            en="Solid: error on new data.  Dashed: error on the training data.\n"
            "Between them the generalization gap.  Triangle: the least error on new data.",
            ko="실선: 새 데이터의 오차   파선: 학습 데이터의 오차\n둘 사이: 일반화 격차   삼각형: 새 데이터의 "
            "오차가 가장 작은 곳",
        ),
        y=0.3,
    )
    alt = text(
        en=f"Polynomials of degree {DEGREE}. Left, over the steps of gradient descent on {POINTS} points: the "
        f"training error keeps falling to {train[-1]:.2f}, the error on new data falls to {test[best]:.2f} near step "
        f"{STEPS[best]} and rises to {test[-1]:.2f}; the gap opens. Right, fully fitted with {SIZES[0]} to "
        f"{SIZES[-1]} points: the gap closes from {many[0] - few[0]:.2f} to {many[-1] - few[-1]:.2f}.",
        ko=f"{DEGREE}차 다항식입니다. 왼쪽은 점 {POINTS}개로 경사 하강법을 쓴 경우로, 학습 데이터의 오차는 "
        f"{train[-1]:.2f}까지 계속 줄지만 새 데이터의 오차는 {STEPS[best]}걸음 무렵 {test[best]:.2f}까지 줄었다가 "
        f"{test[-1]:.2f}까지 늘어 격차가 벌어집니다. 오른쪽은 끝까지 맞춘 경우로, 점이 {SIZES[0]}개에서 "
        f"{SIZES[-1]}개로 늘면 격차가 {many[0] - few[0]:.2f}에서 {many[-1] - few[-1]:.2f}까지 줄어듭니다.",
    )
    return figure, alt

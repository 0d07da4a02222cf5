"""Three tasks with their losses: regression, classification, and a prediction that states its own uncertainty."""

import numpy as np
from _canvas import RED_WORDS, Text, footnote, panels

from dlbasic import style

PROBABILITIES = np.array(
    [0.01, 0.02, 0.05, 0.52, 0.01, 0.19, 0.01, 0.03, 0.12, 0.04]
)  # of the digits 0 to 9, for one image
TRUE_CLASS = 3
PREDICTED = np.array([4, 9, 15, 22, 28, 35, 41, 48, 55, 62, 68, 75], float)
SIGMA = 2.0 + 0.22 * PREDICTED  # the older the face, the less sure the guess
AGES = PREDICTED + SIGMA * np.array([0.5, -0.9, 0.8, -0.4, 1.2, -1.1, 0.3, 1.6, -0.8, -0.2, 0.9, -1.2])
HOUSES = np.array([0.6, 1.0, 1.5, 1.9, 2.4, 2.9, 3.3])
PRICES = 1.1 * HOUSES + 0.7 + np.array([0.3, -0.5, 0.45, -0.3, 0.6, -0.65, 0.1])


def _regression(ax, text: Text) -> None:
    w, b = np.polyfit(HOUSES, PRICES, 1)
    ends = np.array([0.2, 3.7])
    ax.plot(ends, w * ends + b, color=style.BLUE, ls="-")
    ax.vlines(HOUSES, w * HOUSES + b, PRICES, color=style.RED, lw=1.6)
    ax.plot(HOUSES, PRICES, ls="none", marker="o", ms=5.5, color=style.ORANGE, mec=style.INK, mew=0.7, zorder=4)
    ax.set(xlim=(0, 3.9), ylim=(0, 5.6), xticks=[], yticks=[])
    ax.set_xlabel(text(en="house size", ko="집의 크기"))
    ax.set_ylabel(text(en="price", ko="가격"))


def _classification(ax, text: Text) -> None:
    bars = ax.bar(range(10), PROBABILITIES, width=0.75, color=style.SKY, ec=style.INK, lw=0.8)
    bars[TRUE_CLASS].set(facecolor=style.ORANGE, hatch="////")
    label = text(en="true class\n$p$ = {p:.2f}", ko="정답\n$p$ = {p:.2f}").format(p=PROBABILITIES[TRUE_CLASS])
    ax.text(
        TRUE_CLASS, PROBABILITIES[TRUE_CLASS] + 0.02, label, ha="center", va="bottom", fontsize=9.5, linespacing=1.3
    )
    ax.set(ylim=(0, 0.8), xticks=range(10), yticks=[])
    ax.tick_params(axis="x", length=0, pad=2)
    ax.grid(False)
    ax.set_xlabel(text(en="digit", ko="숫자"), labelpad=1)
    ax.set_ylabel(text(en="probability", ko="확률"))


def _probabilistic(ax, text: Text) -> None:
    mean = np.array([0.0, 80.0])
    sigma = np.interp(mean, PREDICTED, SIGMA)
    ax.fill_between(mean, mean - 2 * sigma, mean + 2 * sigma, color=style.GREEN, alpha=0.16, lw=0)
    ax.fill_between(mean, mean - sigma, mean + sigma, color=style.GREEN, alpha=0.3, lw=0)
    ax.plot(mean, mean, color=style.BLUE, ls="-")
    ax.plot(PREDICTED, AGES, ls="none", marker="o", ms=5.5, color=style.ORANGE, mec=style.INK, mew=0.7, zorder=4)
    ax.set(xlim=(0, 80), ylim=(-8, 125), xticks=[], yticks=[])
    ax.set_xlabel(text(en="predicted age", ko="예측한 나이") + r" $\mu$")
    ax.set_ylabel(text(en="true age", ko="실제 나이"))
    ax.text(4, 108, r"$\mu \pm \sigma,\ \mu \pm 2\sigma$", fontsize=11, va="center")


def draw(text: Text):
    figure, axes = panels(3.9, 3, left=0.35, right=0.12, bottom=1.62, top=0.4, gap=0.38)
    columns = (
        (
            _regression,
            text(en="regression", ko="회귀"),
            "MSE",
            r"$(y - \hat{y})^2$",
            text(en="Gaussian, fixed $\\sigma$", ko="가우스 분포, $\\sigma$ 고정"),
        ),
        (
            _classification,
            text(en="classification", ko="분류"),
            text(en="cross-entropy", ko="교차 엔트로피"),
            rf"$-\log p$ = {-np.log(PROBABILITIES[TRUE_CLASS]):.2f}",
            text(en="categorical", ko="범주형 분포"),
        ),
        (
            _probabilistic,
            text(en="with uncertainty", ko="불확실성까지 예측"),
            text(en="Gaussian NLL", ko="가우스 NLL"),
            r"$\frac{1}{2}\,(\log\sigma^2 + (y-\mu)^2/\sigma^2)$",
            text(en="Gaussian, predicted $\\sigma$", ko="가우스 분포, $\\sigma$도 예측"),
        ),
    )
    for ax, (part, task, loss, formula, model) in zip(axes, columns, strict=True):
        part(ax, text)
        ax.set_title(task)
        middle = ax.get_position().x0 + ax.get_position().width / 2
        for y, words, look in (
            (1.03, loss, {"weight": "bold", "color": RED_WORDS}),
            (0.79, formula, {"fontsize": 11}),
            (0.54, model, {"fontsize": 9.5, "color": style.BLUE}),
        ):
            figure.text(middle, y / 3.9, words, ha="center", va="center", **look)
    footnote(
        figure,
        text(
            en="Up to constants all three are negative log-likelihood; only the model (last row) differs.",
            ko="상수를 무시하면 셋 다 음의 로그 가능도이고, 확률 모델(맨 아랫줄)만 다릅니다.",
        ),
        y=0.2,
    )
    alt = text(
        en="Three tasks with their losses. Regression: points, a line and the residuals; MSE, the negative log "
        "likelihood of a Gaussian of fixed width. Classification: ten bars of probability, the true class "
        "marked; cross-entropy, the negative log-likelihood of a categorical model. Predicting with "
        "uncertainty: a line in a band that widens; Gaussian negative log-likelihood with a predicted width.",
        ko="세 가지 과제와 손실입니다. 회귀는 점과 직선과 잔차이며 손실은 MSE, 곧 폭이 고정된 가우스 분포의 "
        "음의 로그 가능도입니다. 분류는 정답을 표시한 확률 막대 열 개이며 손실은 교차 엔트로피, 곧 범주형 "
        "분포의 음의 로그 가능도입니다. 불확실성까지 예측하는 경우는 점점 넓어지는 띠가 있는 직선이며 손실은 "
        "폭도 함께 예측하는 가우스 분포의 음의 로그 가능도입니다.",
    )
    return figure, alt

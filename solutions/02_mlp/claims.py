"""The eight claims of `slips`, as lecture notes make them, each with a proof that runs; the proofs stay with us."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dlbasic.evidence import Claim


def _line_data(n: int = 40, seed: int = 2) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=n)
    return x, 1.5 * x - 0.5 + rng.normal(0.0, 0.3, size=n)


def _central(f: Callable[[float], float], at: float, h: float = 1e-5) -> float:
    return (f(at + h) - f(at - h)) / (2.0 * h)


def double_minus() -> None:
    x, y = _line_data()
    w, b, n = 0.3, 0.2, len(x)
    measured = _central(lambda v: np.mean((y - v * x - b) ** 2), w)
    claimed = -np.sum(-2.0 * (y - w * x - b) * x) / n
    assert np.isclose(measured, -claimed, rtol=1e-6), "the claim has the right size"
    assert not np.isclose(measured, claimed), "and the wrong sign"


def affine_maps_stay_affine() -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(7, 4))
    layers = [(rng.normal(size=(d, m)), rng.normal(size=m)) for d, m in [(4, 6), (6, 5), (5, 3)]]
    stacked, w, b = x, np.eye(4), np.zeros(4)
    for w_i, b_i in layers:
        stacked, w, b = stacked @ w_i + b_i, w @ w_i, b @ w_i + b_i
    assert np.allclose(stacked, x @ w + b)


def learning_rate_can_diverge() -> None:
    x, y = np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 6.0])

    def last_over_first(lr: float) -> float:
        w, losses = 0.0, []
        for _ in range(20):
            residual = w * x - y
            losses.append(np.mean(residual**2))
            w -= lr * 2.0 * np.mean(residual * x)
        return losses[-1] / losses[0]

    # One step multiplies the error of w by 1 - 2 lr mean(x^2), so the limit is 1 / mean(x^2) = 3/14.
    limit = 1.0 / np.mean(x**2)
    assert np.isclose(limit, 3.0 / 14.0)
    assert last_over_first(0.9 * limit) < 1.0 < last_over_first(1.1 * limit)


def likelihood_is_no_third_loss() -> None:
    rng = np.random.default_rng(1)
    y, mean = rng.normal(size=9), rng.normal(size=9)
    density = np.exp(-((y - mean) ** 2) / 2.0) / np.sqrt(2.0 * np.pi)
    assert np.isclose(-np.log(density).mean(), 0.5 * np.mean((y - mean) ** 2) + 0.5 * np.log(2.0 * np.pi))
    p = rng.dirichlet(np.ones(4), size=9)
    labels = rng.integers(0, 4, size=9)
    one_hot = np.eye(4)[labels]
    likelihood = np.prod(p**one_hot, axis=1)
    assert np.isclose(-np.log(likelihood).mean(), -np.sum(one_hot * np.log(p)) / len(p))


def uniform_guess_costs_ln_ten() -> None:
    p = np.full((5, 10), 0.1)
    loss = -np.mean(np.log(p[np.arange(5), [3, 1, 4, 1, 5]]))
    assert np.isclose(loss, np.log(10.0)) and round(float(loss), 3) == 2.303


def regression_bends() -> None:
    # The straight line of least MSE, and the least MSE over the output layer of eight ReLU units, on a parabola.
    x = np.linspace(-1.0, 1.0, 101)
    y = x**2

    def least_mse(columns: list[np.ndarray]) -> float:
        a = np.stack([np.ones_like(x), *columns], axis=1)
        return float(np.mean((y - a @ np.linalg.lstsq(a, y, rcond=None)[0]) ** 2))

    line = least_mse([x])
    network = least_mse([np.maximum(x - knot, 0.0) for knot in np.linspace(-1.0, 0.75, 8)])
    assert network < line / 1000.0, (line, network)


def sigmoids_shrink_gradients() -> None:
    z = np.linspace(-20.0, 20.0, 4001)
    slope = np.gradient(1.0 / (1.0 + np.exp(-z)), z)
    assert slope.max() <= 0.25 and np.isclose(slope.max(), 0.25, atol=1e-5) and abs(z[slope.argmax()]) < 1e-9
    assert 0.25**10 < 1e-6


def one_unit_cannot_xor() -> None:
    # For an affine score s: s(0,0) + s(1,1) = s(0,1) + s(1,0). XOR at a threshold t of 0 (sigmoid above one half) needs
    # the left side <= 0 and the right side > 0 at once.
    rng = np.random.default_rng(0)
    corners = np.array([[0.0, 0.0], [1.0, 1.0], [0.0, 1.0], [1.0, 0.0]])
    w, b = rng.normal(size=(2, 10_000)), rng.normal(size=10_000)
    s = corners @ w + b
    assert np.allclose(s[0] + s[1], s[2] + s[3])
    solved = (s > 0) == np.array([[False], [False], [True], [True]])
    assert solved.sum(axis=0).max() == 3, "three corners can be had, four never"


CLAIMS = (
    Claim(
        "1",
        False,
        r"For $\mathcal{L} = \frac{1}{N}\sum_i (y_i - w x_i - b)^2$ the derivative is "
        r"$\frac{\partial \mathcal{L}}{\partial w} = -\frac{1}{N}\sum_i -2\,(y_i - w x_i - b)\,x_i$.",
        r"$\mathcal{L} = \frac{1}{N}\sum_i (y_i - w x_i - b)^2$의 도함수는 "
        r"$\frac{\partial \mathcal{L}}{\partial w} = -\frac{1}{N}\sum_i -2\,(y_i - w x_i - b)\,x_i$입니다.",
        "Two minus signs cancel, which leaves the derivative with its sign turned round: a central difference gives "
        "exactly the opposite number. Right is −(2/N) Σ (y − wx − b)x.",
        "마이너스 두 개가 서로 지워져 부호가 뒤집힌 식이 됩니다. 중심 차분으로 재 보면 부호만 정반대인 값이 나옵니다. "
        "옳은 식은 −(2/N) Σ (y − wx − b)x입니다.",
        double_minus,
    ),
    Claim(
        "2",
        True,
        "Three layers made of matrix products and biases only compute nothing that a single such layer could not.",
        "행렬 곱과 편향만으로 된 층은 셋을 쌓아도, 그런 층 하나로 계산할 수 있는 것밖에 계산하지 못합니다.",
        "((xW₁ + b₁)W₂ + b₂)W₃ + b₃ = xW + b with W = W₁W₂W₃ and b = b₁W₂W₃ + b₂W₃ + b₃; checked on random layers.",
        "((xW₁ + b₁)W₂ + b₂)W₃ + b₃ = xW + b이고 W = W₁W₂W₃, b = b₁W₂W₃ + b₂W₃ + b₃입니다. "
        "무작위로 뽑은 층으로 확인했습니다.",
        affine_maps_stay_affine,
    ),
    Claim(
        "3",
        False,
        "The learning rate only sets how fast gradient descent arrives: whichever positive value you take, "
        "the loss goes down at every step.",
        "학습률은 경사 하강법이 얼마나 빨리 도착하는지만 정합니다. "
        "양수이기만 하면 어떤 값을 써도 걸음마다 손실이 줄어듭니다.",
        "For ŷ = wx on x = 1, 2, 3 one step multiplies the error of w by 1 − (28/3)η. Above η = 3/14 that factor is "
        "below −1 and the loss grows without bound.",
        "x = 1, 2, 3에서 ŷ = wx를 맞출 때 걸음마다 w의 오차에 1 − (28/3)η가 곱해집니다. "
        "η가 3/14보다 크면 이 값이 −1보다 작아져 손실이 끝없이 커집니다.",
        learning_rate_can_diverge,
    ),
    Claim(
        "4",
        False,
        "There are three kinds of loss: MSE for regression, cross-entropy for classification and, unrelated to these "
        "two, maximum likelihood for probabilistic tasks.",
        "손실에는 세 종류가 있습니다. 회귀에는 MSE, 분류에는 교차 엔트로피를 쓰고, 확률을 다루는 문제에는 이 둘과 "
        "관계없는 최대 가능도를 씁니다.",
        "The negative log-likelihood of a Gaussian with σ = 1 is ½ MSE plus a constant; that of a categorical "
        "distribution is cross-entropy to the last digit. Both losses are maximum likelihood.",
        "σ = 1인 가우스 분포의 음의 로그 가능도는 ½ MSE에 상수를 더한 값이고, 범주형 분포의 음의 로그 가능도는 "
        "교차 엔트로피와 똑같습니다. 두 손실 모두 최대 가능도입니다.",
        likelihood_is_no_third_loss,
    ),
    Claim(
        "5",
        True,
        r"A ten-class classifier that gives every class the same probability has a cross-entropy of about $2.303$, "
        "whatever the labels are.",
        "클래스가 열 개인 분류기가 모든 클래스에 같은 확률을 주면, 교차 엔트로피는 레이블이 무엇이든 약 $2.303$입니다.",
        "−ln(1/10) = ln 10 = 2.302585… for each sample, so for their mean.",
        "샘플마다 −ln(1/10) = ln 10 = 2.302585…이므로 평균도 같습니다.",
        uniform_guess_costs_ln_ten,
    ),
    Claim(
        "6",
        False,
        "Regression means that the relation is linear, as between the size of a house and its price; MSE is the loss "
        "for straight lines only.",
        "회귀는 집의 크기와 가격처럼 관계가 선형인 문제를 말하며, MSE는 직선에만 쓰는 손실입니다.",
        "Regression predicts numbers, along any curve. On y = x² a network of eight ReLU units reaches less than a "
        "thousandth of the best line's MSE, by minimizing that same MSE.",
        "회귀는 수를 예측하는 문제이고, 관계가 곡선이어도 됩니다. y = x²에서 ReLU 유닛 여덟 개짜리 신경망은 바로 그 "
        "MSE를 줄여서, 가장 좋은 직선이 내는 MSE의 천분의 일보다도 작은 값에 이릅니다.",
        regression_bends,
    ),
    Claim(
        "7",
        True,
        r"The derivative of the sigmoid is never more than $\frac{1}{4}$; passed back through ten sigmoids in a row, "
        r"a gradient is multiplied by less than $10^{-6}$ (weights aside).",
        r"시그모이드의 도함수는 $\frac{1}{4}$을 넘지 않습니다. 그래서 가중치의 영향을 빼고 보면, 시그모이드 열 개를 "
        "거슬러 올라간 기울기에는 $10^{-6}$보다 작은 수가 곱해집니다.",
        "s(1 − s) is largest at s = ½, where it is ¼; (¼)¹⁰ = 9.5 · 10⁻⁷.",
        "s(1 − s)는 s = ½에서 가장 크고 그 값은 ¼입니다. (¼)¹⁰ = 9.5 · 10⁻⁷입니다.",
        sigmoids_shrink_gradients,
    ),
    Claim(
        "8",
        False,
        "Since the sigmoid is nonlinear, a single unit with a sigmoid on top, thresholded at one half, can compute XOR "
        "of its two inputs.",
        "시그모이드는 비선형이므로, 유닛 하나에 시그모이드를 씌우고 그 값이 이분의 일을 넘는지 보면 두 입력의 XOR을 "
        "계산할 수 있습니다.",
        "The score s = w₁x₁ + w₂x₂ + b satisfies s(0,0) + s(1,1) = s(0,1) + s(1,0); XOR needs the left side ≤ 0 and "
        "the right side > 0. A monotone function on top of s changes nothing (Minsky and Papert, Perceptrons, 1969).",
        "점수 s = w₁x₁ + w₂x₂ + b는 s(0,0) + s(1,1) = s(0,1) + s(1,0)을 만족하는데, XOR이 되려면 좌변은 0 이하이고 "
        "우변은 0보다 커야 합니다. s에 단조 함수를 씌워도 달라지지 않습니다(Minsky와 Papert, Perceptrons, 1969).",
        one_unit_cannot_xor,
    ),
)

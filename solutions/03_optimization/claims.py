"""The eight claims of `slips`, as lecture notes make them, each with a proof that runs; the proofs stay with us."""

from __future__ import annotations

import numpy as np

from dlbasic.evidence import Claim


def _measured(n: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    x = np.linspace(-1.0, 1.0, n)
    return x, np.sin(3.0 * x) + rng.normal(0.0, 0.3, n)


def capacity_and_data_decide() -> None:
    # Least squares is trained to the very end, whatever the degree; the means are over 50 data sets.
    rng = np.random.default_rng(0)
    x_new, y_new = _measured(1000, rng)

    def test_error(degree: int, n: int) -> float:
        fits = [np.polyfit(*_measured(n, rng), degree) for _ in range(50)]
        return float(np.mean([(np.polyval(fit, x_new) - y_new) ** 2 for fit in fits]))

    noise = 0.09
    assert test_error(1, 20) > 2.0 * noise and test_error(1, 1000) > 2.0 * noise, "too stiff with any amount of data"
    assert test_error(14, 20) > 2.0 * noise, "too free for twenty points"
    assert test_error(14, 1000) < 1.1 * noise, "and not for a thousand"


def three_parts_make_the_cost() -> None:
    rng = np.random.default_rng(1)
    n, teams, sigma = 20, 4000, 0.3
    x = np.linspace(-1.0, 1.0, n)
    truth = np.sin(3.0 * x) + 2.0
    guesses = np.array([np.polyval(np.polyfit(x, truth + rng.normal(0, sigma, n), 1), x) for _ in range(teams)])
    errors = rng.normal(0, sigma, (teams, n))
    cost = np.mean((truth + errors - guesses) ** 2)
    average = guesses.mean(axis=0)
    variance = np.mean((guesses - average) ** 2)
    right = np.mean((truth - average) ** 2) + variance + np.mean(errors**2)
    claimed = np.mean((truth - average**2) ** 2) + variance + np.mean(errors)
    assert abs(right - cost) < 0.02 * cost, (right, cost)
    assert abs(claimed - cost) > 5.0 * cost, (claimed, cost)


def a_third_stays_out() -> None:
    missed = (1.0 - 1.0 / 1000) ** 1000
    assert abs(missed - np.exp(-1.0)) < 2e-4 and round(missed, 3) == 0.368
    rng = np.random.default_rng(2)
    drawn = [len(np.unique(rng.integers(0, 1000, 1000))) for _ in range(200)]
    assert abs(1.0 - np.mean(drawn) / 1000 - missed) < 0.005


def right_ones_keep_half_the_weight() -> None:
    # One round of AdaBoost from even weights: nobody's weight is 0, and right and wrong hold one half each.
    weights, wrong = np.full(10, 0.1), np.arange(10) < 3
    alpha = 0.5 * np.log(0.7 / 0.3)
    after = weights * np.exp(np.where(wrong, alpha, -alpha))
    after /= after.sum()
    assert after.min() > 0.0
    assert np.isclose(after[~wrong].sum(), 0.5) and np.isclose(after[wrong].sum(), 0.5)


def a_tenth_is_too_large_for_curvature_25() -> None:
    curvature = np.array([1.0, 25.0])

    def end(lr: float) -> float:
        w = np.array([1.0, 1.0])
        for _ in range(200):
            w = (1.0 - lr * curvature) * w
        return float(np.abs(w).max())

    assert np.isclose(2.0 / 25.0, 0.08)
    assert end(0.1) > 1e30 and end(0.081) > 1.0 > end(0.079)


def a_minus_gives_no_number() -> None:
    for g in (1e-3, -2.0, 50.0):
        v = 0.999 * 0.0 - (1.0 - 0.999) * g**2
        assert v < 0.0
        with np.errstate(invalid="ignore"):
            assert np.isnan(np.sqrt(v))
        assert (1.0 - 0.999) * g**2 > 0.0, "with a plus there is a root"


def first_step_of_adam_is_eta() -> None:
    beta1, beta2, eta = 0.9, 0.999, 0.01
    for g in (1e-4, -3.0, 1e5):
        m, v = (1.0 - beta1) * g, (1.0 - beta2) * g**2
        step = eta * (m / (1.0 - beta1)) / np.sqrt(v / (1.0 - beta2))
        assert np.isclose(abs(step), eta, rtol=1e-12) and np.sign(step) == np.sign(g)


def sharpness_can_be_rescaled() -> None:
    rng = np.random.default_rng(3)
    x = rng.normal(size=(60, 4))
    y = np.maximum(x @ rng.normal(size=(4, 8)), 0.0) @ rng.normal(size=(8, 1))
    w1, w2 = rng.normal(size=(4, 8)), rng.normal(size=(8, 1))
    for _ in range(500):
        hidden = np.maximum(x @ w1, 0.0)
        off = 2.0 * (hidden @ w2 - y) / len(x)
        w1, w2 = w1 - 0.02 * x.T @ ((off @ w2.T) * (hidden > 0)), w2 - 0.02 * hidden.T @ off
    pushes = rng.normal(size=(200, 40))
    pushes /= np.linalg.norm(pushes, axis=1, keepdims=True)

    def outputs(first: np.ndarray, second: np.ndarray) -> np.ndarray:
        return np.maximum(x @ first, 0.0) @ second

    def sharpness(first: np.ndarray, second: np.ndarray) -> float:
        here = np.mean((outputs(first, second) - y) ** 2)
        moved = [(first + p[:32].reshape(4, 8), second + p[32:].reshape(8, 1)) for p in 0.1 * pushes]
        return float(np.mean([np.mean((outputs(*pair) - y) ** 2) for pair in moved]) - here)

    assert np.allclose(outputs(w1, w2), outputs(20.0 * w1, w2 / 20.0), rtol=1e-10)
    assert sharpness(20.0 * w1, w2 / 20.0) > 20.0 * sharpness(w1, w2) > 0.0


CLAIMS = (
    Claim(
        "1",
        False,
        "A model underfits because it was trained too briefly and overfits because it was trained too long; "
        "training time alone decides.",
        "모델이 과소적합되는 것은 너무 짧게 학습했기 때문이고 과적합되는 것은 너무 오래 학습했기 때문입니다. "
        "학습 시간만이 결과를 정합니다.",
        "Least-squares polynomials are trained to the end at once. Degree 1 underfits a sine with 20 and with 1000 "
        "points; degree 14 overfits with 20 points and not with 1000. Capacity and data decide; training time can act "
        "like capacity.",
        "최소제곱으로 맞춘 다항식은 단번에 끝까지 학습한 것입니다. 차수 1은 점이 20개든 1000개든 사인 곡선에 "
        "과소적합되고, 차수 14는 점이 20개면 과적합되지만 1000개면 그렇지 않습니다. 표현력과 데이터가 결과를 정하며, "
        "학습 시간은 표현력과 비슷한 구실을 할 때가 있습니다.",
        capacity_and_data_decide,
    ),
    Claim(
        "2",
        False,
        r"For $t = f + \varepsilon$ the expected cost splits into $\mathbb{E}[(f - \mathbb{E}[\hat{f}]^2)^2]$, the "
        r"variance and $\mathbb{E}[\varepsilon]$.",
        r"$t = f + \varepsilon$일 때 비용의 기댓값은 $\mathbb{E}[(f - \mathbb{E}[\hat{f}]^2)^2]$, 분산, "
        r"$\mathbb{E}[\varepsilon]$의 합으로 나뉩니다.",
        "Bias² is E[(f − E f̂)²] and the noise term is E[ε²]. In 4000 simulated fits this sum agrees with the measured "
        "cost within 2 %, while the claimed one is more than five times off.",
        "편향²은 E[(f − E f̂)²]이고 잡음 항은 E[ε²]입니다. 모의실험으로 4000번 맞추어 보니 이 합은 실제로 잰 비용과 2 % "
        "이내로 같고, 주장한 식은 다섯 배 넘게 빗나갑니다.",
        three_parts_make_the_cost,
    ),
    Claim(
        "3",
        True,
        r"A bootstrap sample of a large data set leaves out about $36.8\,\%$ of its members.",
        r"큰 데이터에서 뽑은 부트스트랩 표본에는 원래 샘플의 약 $36.8\,\%$가 빠져 있습니다.",
        "N draws with replacement all miss a given member with probability (1 − 1/N)^N → 1/e = 0.3679; measured on "
        "N = 1000.",
        "복원 추출을 N번 하는 동안 어떤 샘플이 한 번도 뽑히지 않을 확률은 (1 − 1/N)^N → 1/e = 0.3679입니다. "
        "N = 1000으로 확인했습니다.",
        a_third_stays_out,
    ),
    Claim(
        "4",
        False,
        "Boosting collects the samples that the last model predicted wrongly and trains the next model on these alone.",
        "부스팅은 바로 앞의 모델이 틀린 샘플만 모아서 다음 모델을 학습시킵니다.",
        "AdaBoost keeps every sample with a positive weight; after each round the samples that were right still hold "
        "exactly half of the total weight (Freund and Schapire 1997).",
        "AdaBoost는 모든 샘플을 0보다 큰 가중치로 계속 씁니다. 라운드가 끝날 때마다 맞힌 샘플들의 가중치를 더하면 "
        "정확히 절반입니다(Freund와 Schapire 1997).",
        right_ones_keep_half_the_weight,
    ),
    Claim(
        "5",
        True,
        r"On a quadratic whose Hessian has the eigenvalues $1$ and $25$, gradient descent with $\eta = 0.1$ diverges "
        "from almost every start.",
        r"헤세 행렬의 고윳값이 $1$과 $25$인 이차식에서 $\eta = 0.1$로 경사 하강법을 쓰면 거의 모든 "
        "출발점에서 발산합니다.",
        "The steep direction is multiplied by 1 − 0.1 · 25 = −1.5 a step; the limit is 2/25 = 0.08. Only a start "
        "without any part in that direction escapes.",
        "가파른 방향에는 걸음마다 1 − 0.1 · 25 = −1.5가 곱해집니다. 한계는 2/25 = 0.08입니다. 그 방향의 성분이 전혀 "
        "없는 출발점만 예외입니다.",
        a_tenth_is_too_large_for_curvature_25,
    ),
    Claim(
        "6",
        False,
        r"Adam's second average is $v_t = \beta_2 v_{t-1} - (1 - \beta_2)\, g_t^2$, so that large gradients shorten "
        "the step.",
        r"Adam의 둘째 평균은 $v_t = \beta_2 v_{t-1} - (1 - \beta_2)\, g_t^2$이며, 그래서 기울기가 크면 "
        "걸음이 짧아집니다.",
        "With a minus v₁ = −(1 − β₂)g₁² is negative and its root is no number. Right is v = β₂v + (1 − β₂)g² "
        "(Kingma and Ba, arXiv 1412.6980).",
        "마이너스를 쓰면 v₁ = −(1 − β₂)g₁²이 음수여서 제곱근을 구할 수 없습니다. 옳은 식은 v = β₂v + (1 − β₂)g²입니다"
        "(Kingma와 Ba, arXiv 1412.6980).",
        a_minus_gives_no_number,
    ),
    Claim(
        "7",
        True,
        r"With $\epsilon = 0$ Adam's first step moves every parameter by exactly $\eta$, however large or small its "
        "gradient is, as long as it is not 0.",
        r"$\epsilon = 0$이면 Adam의 첫걸음은 기울기가 크든 작든 0만 아니면 모든 파라미터를 정확히 $\eta$만큼 옮깁니다.",
        "After the bias correction m̂₁ = g and v̂₁ = g², so the step is η g/|g| = ±η.",
        "편향을 보정하면 m̂₁ = g, v̂₁ = g²이므로 걸음은 η g/|g| = ±η입니다.",
        first_step_of_adam_is_eta,
    ),
    Claim(
        "8",
        False,
        "Two ReLU networks that compute the same function have minima of the same sharpness, which is why sharpness "
        "alone decides how well they generalize.",
        "같은 함수를 계산하는 두 ReLU 신경망은 극소점의 날카로움도 같으며, 그래서 날카로움만으로 일반화가 얼마나 "
        "잘되는지가 정해집니다.",
        "Multiply one layer by 20 and divide the next by 20: the outputs agree to ten digits, the rise of the loss "
        "under pushes of length 0.1 grows more than twentyfold (Dinh et al. 2017, arXiv 1703.04933).",
        "한 층에 20을 곱하고 다음 층을 20으로 나누면 출력은 열 자리까지 같은데, 길이 0.1만큼 밀었을 때 손실이 오르는 "
        "양은 스무 배 넘게 커집니다(Dinh 등 2017, arXiv 1703.04933).",
        sharpness_can_be_rescaled,
    ),
)

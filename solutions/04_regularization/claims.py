"""The eight claims of `slips`, as lecture notes make them, each with a proof that runs; the proofs stay with us."""

from __future__ import annotations

from itertools import product

import numpy as np

from dlbasic.data import digits
from dlbasic.evidence import Claim


def noise_on_the_inputs_is_a_penalty() -> None:
    # For noise +sigma or -sigma on each input with equal chances the mean over all 2^D signs is exact, not sampled.
    rng = np.random.default_rng(0)
    x, t, w, sigma = rng.normal(size=(9, 4)), rng.normal(size=9), rng.normal(size=4), 0.7
    signs = sigma * np.array(list(product((-1.0, 1.0), repeat=4)))
    average = np.mean([(t - (x + noise) @ w) ** 2 for noise in signs])
    assert np.isclose(average, np.mean((t - x @ w) ** 2) + sigma**2 * np.sum(w**2), rtol=1e-12)
    # Gaussian noise has the same first two moments, which is all that a square asks for; here it is sampled.
    gaussian = rng.normal(0.0, sigma, (100_000, 1, 4))
    sampled = np.mean((t - (x + gaussian) @ w) ** 2)
    assert abs(sampled - average) < 0.01 * average


def the_smallest_gap_comes_first() -> None:
    # Gradient descent on a linear model with 30 noisy training samples and 25 inputs, from w = 0.
    rng = np.random.default_rng(1)
    truth = rng.normal(size=25)
    x, x_val = rng.normal(size=(30, 25)), rng.normal(size=(2000, 25))
    t, t_val = x @ truth + rng.normal(0, 3, 30), x_val @ truth + rng.normal(0, 3, 2000)
    w, train, val = np.zeros(25), [], []
    for _ in range(2000):
        train.append(np.mean((t - x @ w) ** 2))
        val.append(np.mean((t_val - x_val @ w) ** 2))
        w = w + 0.02 * x.T @ (t - x @ w) / len(x)
    gap, best = np.abs(np.array(val) - np.array(train)), int(np.argmin(val))
    assert gap.argmin() < best < 1999, "first the smallest gap, then the best validation error, then the end"
    assert val[int(gap.argmin())] > 1.5 * val[best]


def smoothing_mixes_no_samples() -> None:
    labels, classes, eps = np.array([2, 0, 2]), 4, 0.1
    one_hot = np.eye(classes)[labels]
    smooth = (1.0 - eps) * one_hot + eps / classes
    assert np.allclose(smooth[0], smooth[2]) and np.allclose(smooth[0], [0.025, 0.025, 0.925, 0.025])
    # Whoever mixes two samples of one class gets that class with certainty; smoothing never gives certainty.
    mixed = 0.3 * one_hot[0] + 0.7 * one_hot[2]
    assert mixed.max() == 1.0 > smooth.max()
    # And mixing samples of two classes gives nothing to the others, smoothing gives every class eps / K.
    assert np.count_nonzero(0.3 * one_hot[0] + 0.7 * one_hot[1]) == 2 < np.count_nonzero(smooth[0])


def decay_and_penalty_part_ways_in_adam() -> None:
    rng = np.random.default_rng(2)
    w, g, lr, alpha = rng.normal(size=6), rng.normal(size=6), 0.1, 0.3
    assert np.allclose(w - lr * (g + alpha * w), (1.0 - lr * alpha) * w - lr * g, rtol=1e-12)

    def first_adam_step(gradient: np.ndarray) -> np.ndarray:
        m, v = 0.1 * gradient / (1.0 - 0.9), 0.001 * gradient**2 / (1.0 - 0.999)
        return lr * m / (np.sqrt(v) + 1e-8)

    penalized = w - first_adam_step(g + alpha * w)
    decayed = (1.0 - lr * alpha) * w - first_adam_step(g)
    assert np.abs(penalized - decayed).max() > 0.01


def dropout_is_an_adaptive_penalty() -> None:
    # All 2^D masks of a linear regression with their probabilities: the mean is exact.
    rng = np.random.default_rng(3)
    x, t, w, p = rng.normal(size=(7, 5)), rng.normal(size=7), rng.normal(size=5), 0.3
    average = 0.0
    for mask in product((0.0, 1.0), repeat=5):
        chance = (1.0 - p) ** sum(mask) * p ** (5 - sum(mask))
        average += chance * np.sum((t - (x * mask / (1.0 - p)) @ w) ** 2)
    penalty = p / (1.0 - p) * np.sum(w**2 * np.sum(x**2, axis=0))
    assert np.isclose(average, np.sum((t - x @ w) ** 2) + penalty, rtol=1e-12)


def a_mirrored_digit_is_another() -> None:
    # A nearest-neighbour reader, which is right about nearly all held-out digits, looks at their mirror images.
    x, labels, x_new, labels_new = digits()

    def read(images: np.ndarray) -> np.ndarray:
        distances = np.sum(images**2, axis=1)[:, None] - 2.0 * images @ x.T + np.sum(x**2, axis=1)
        return labels[distances.argmin(axis=1)]

    mirrored = x_new.reshape(-1, 8, 8)[:, :, ::-1].reshape(-1, 64)
    right, kept = read(x_new) == labels_new, read(mirrored) == labels_new
    assert right.mean() > 0.97
    assert kept[labels_new == 0].mean() > 0.9, "a mirrored 0 is a 0"
    assert max(kept[labels_new == digit].mean() for digit in (3, 5, 6, 7)) < 0.1
    assert kept[labels_new == 2].mean() < 0.5


def batch_norm_folds_into_the_layer_before() -> None:
    rng = np.random.default_rng(4)
    x, w, b = rng.normal(size=(8, 5)), rng.normal(size=(5, 3)), rng.normal(size=3)
    gamma, beta, mean, var, eps = *rng.normal(size=(3, 3)), rng.uniform(0.5, 2.0, 3), 1e-5
    predicted = gamma * (x @ w + b - mean) / np.sqrt(var + eps) + beta
    scale = gamma / np.sqrt(var + eps)
    assert np.allclose(predicted, x @ (w * scale) + ((b - mean) * scale + beta), rtol=1e-12)


def batch_statistics_make_answers_depend_on_company() -> None:
    rng = np.random.default_rng(5)
    x, others = rng.normal(size=(1, 3)), (rng.normal(size=(4, 3)), rng.normal(2.0, 3.0, size=(4, 3)))

    def by_batch(batch: np.ndarray) -> np.ndarray:
        return (batch - batch.mean(axis=0)) / np.sqrt(batch.var(axis=0) + 1e-5)

    def by_running(batch: np.ndarray) -> np.ndarray:
        return (batch - 0.1) / np.sqrt(1.3 + 1e-5)

    batches = [np.concatenate([x, company]) for company in others]
    assert np.abs(by_batch(batches[0])[0] - by_batch(batches[1])[0]).max() > 0.5
    assert np.allclose(by_running(batches[0])[0], by_running(batches[1])[0], rtol=1e-12)
    assert np.allclose(by_batch(x), 0.0), "and alone every sample would look the same"


CLAIMS = (
    Claim(
        "1",
        True,
        r"In a linear model with squared error, Gaussian noise of standard deviation $\sigma$ on the inputs has, "
        r"on average, the effect of adding $\sigma^2 \lVert w \rVert_2^2$ to the error of each sample.",
        r"제곱 오차를 쓰는 선형 모델에서 입력에 표준편차가 $\sigma$인 가우스 잡음을 넣으면, 평균적으로 샘플마다 "
        r"오차에 $\sigma^2 \lVert w \rVert_2^2$을 더한 것과 같습니다.",
        "The mixed term has mean 0, and E[(n·w)²] = σ²‖w‖²; exact for signs ±σ, measured for Gaussian noise.",
        "섞인 항의 평균은 0이고 E[(n·w)²] = σ²‖w‖²입니다. 잡음이 ±σ일 때는 정확히 계산했고, 가우스 잡음으로는 재어 "
        "보았습니다.",
        noise_on_the_inputs_is_a_penalty,
    ),
    Claim(
        "2",
        False,
        "Early stopping compares the training and the validation error and stops where the gap between them is "
        "smallest.",
        "조기 종료는 학습 오차와 검증 오차를 비교하여 둘의 격차가 가장 작은 곳에서 멈춥니다.",
        "It keeps the epoch with the lowest validation error. In a linear model trained from 0 the gap is smallest "
        "early, where the validation error is still more than 1.5 times the lowest.",
        "조기 종료는 검증 오차가 가장 낮은 에포크를 간직합니다. 0에서 출발하여 학습한 선형 모델에서는 격차가 일찍 가장 "
        "작아지는데, 그때 검증 오차는 아직 최저의 1.5배가 넘습니다.",
        the_smallest_gap_comes_first,
    ),
    Claim(
        "3",
        False,
        "Label smoothing draws two samples and mixes them, so that the decision boundary becomes smooth; mixup and "
        "CutMix are its two methods.",
        "레이블 스무딩은 샘플 두 개를 뽑아 섞어서 결정 경계를 부드럽게 하는 것이며, mixup과 CutMix가 그 두 가지 "
        "방법입니다.",
        "Label smoothing is (1 − ε)·onehot + ε/K: one sample, its image untouched (Szegedy et al. 2015, arXiv "
        "1512.00567). Mixing two samples of one class leaves the label certain, smoothing never does.",
        "레이블 스무딩은 (1 − ε)·onehot + ε/K이며, 쓰는 샘플은 하나이고 이미지는 그대로입니다(Szegedy 등 2015, arXiv "
        "1512.00567). 같은 클래스의 샘플 둘을 섞으면 레이블이 여전히 확실하지만, 레이블 스무딩은 그렇지 않습니다.",
        smoothing_mixes_no_samples,
    ),
    Claim(
        "4",
        True,
        r"For plain gradient descent with rate $\eta$, the penalty $\frac{\alpha}{2} \lVert w \rVert_2^2$ is the same "
        r"as multiplying the weights by $1 - \eta\alpha$ before each step; for Adam it is not.",
        r"학습률이 $\eta$인 보통의 경사 하강법에서 벌점 $\frac{\alpha}{2} \lVert w \rVert_2^2$은 걸음마다 먼저 "
        r"가중치에 $1 - \eta\alpha$를 곱하는 것과 같지만, Adam에서는 같지 않습니다.",
        "w − η(g + αw) = (1 − ηα)w − ηg. Adam divides g + αw by its own size, and the first step already differs "
        "(Loshchilov and Hutter, arXiv 1711.05101).",
        "w − η(g + αw) = (1 − ηα)w − ηg입니다. Adam은 g + αw를 그 크기로 나누므로 첫걸음부터 다릅니다"
        "(Loshchilov와 Hutter, arXiv 1711.05101).",
        decay_and_penalty_part_ways_in_adam,
    ),
    Claim(
        "5",
        False,
        "That dropout regularizes is known from experiments only; nothing mathematical about it has been proved.",
        "드롭아웃이 규제로 작용한다는 것은 실험으로만 알려져 있으며, 수학적으로 증명된 것은 없습니다.",
        "For linear regression its mean is an L2 penalty adapted to the data, p/(1 − p) Σ w_j² Σ x_ij², computed here "
        "over all masks (Srivastava et al. 2014; Wager et al., arXiv 1307.1493). Not proved: that it always helps.",
        "선형 회귀에서 드롭아웃의 평균은 데이터에 맞추어 달라지는 L2 벌점 p/(1 − p) Σ w_j² Σ x_ij²이며, 여기서는 모든 "
        "마스크에 대해 계산했습니다(Srivastava 등 2014, Wager 등, arXiv 1307.1493). 언제나 도움이 된다는 것은 증명되지 "
        "않았습니다.",
        dropout_is_an_adaptive_penalty,
    ),
    Claim(
        "6",
        False,
        "Mirroring, turning and brightening never change what an image shows, so they are safe augmentations for "
        "every image data set.",
        "이미지를 뒤집거나 돌리거나 밝게 해도 이미지가 나타내는 것은 바뀌지 않으므로, 이런 증강은 어떤 이미지 "
        "데이터에나 안전합니다.",
        "A reader that is right about more than 97 % of the held-out digits recognizes fewer than one in ten mirrored "
        "3s, 5s, 6s and 7s as such; a 6 turned upside down is a 9.",
        "따로 떼어 둔 숫자의 97 % 넘게 맞히는 방법이, 뒤집힌 3, 5, 6, 7은 열에 하나도 그 숫자로 알아보지 못합니다. "
        "거꾸로 세운 6은 9입니다.",
        a_mirrored_digit_is_another,
    ),
    Claim(
        "7",
        True,
        "Once training is over, a batch norm that directly follows a linear layer can be folded into that layer's "
        "weights and bias without changing any prediction.",
        "학습이 끝나면 선형 층 바로 뒤의 배치 정규화를 그 층의 가중치와 편향에 접어 넣을 수 있고, 그래도 예측은 하나도 "
        "바뀌지 않습니다.",
        "With fixed running statistics it is the affine map s·z + (β − s·mean), s = γ/√(var + ε), and two affine maps "
        "in a row are one.",
        "이동 평균이 고정되면 배치 정규화는 아핀 변환 s·z + (β − s·mean), s = γ/√(var + ε)이고, 아핀 변환 둘을 이으면 "
        "아핀 변환 하나가 됩니다.",
        batch_norm_folds_into_the_layer_before,
    ),
    Claim(
        "8",
        False,
        r"When it predicts, batch norm normalizes by the mean $\mu_B$ and the variance $\sigma_B^2$ of the batch that "
        "it is given.",
        r"배치 정규화는 예측할 때, 그때 주어진 배치의 평균 $\mu_B$와 분산 $\sigma_B^2$으로 정규화합니다.",
        "It uses the running averages from training. With the batch's own statistics the output for one sample depends "
        "on the others, and alone it is always 0 before scale and shift (Ioffe and Szegedy, arXiv 1502.03167).",
        "학습하면서 모은 이동 평균을 씁니다. 배치 자신의 통계량을 쓰면 한 샘플의 출력이 다른 샘플에 따라 달라지고, "
        "혼자 들어오면 배율과 이동 전의 값이 언제나 0입니다(Ioffe와 Szegedy, arXiv 1502.03167).",
        batch_statistics_make_answers_depend_on_company,
    ),
)

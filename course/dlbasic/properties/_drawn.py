"""What can be told of noise once it is drawn: its spread and shape, and that every weight got a number of its own."""

from __future__ import annotations

import numpy as np

from dlbasic.properties._judging import must


def each_its_own(noise: list[np.ndarray]) -> None:
    """Every weight has a number of its own."""
    for n in noise:
        in_rows, in_columns = np.ptp(n, axis=1).max() > 1e-9, np.ptp(n, axis=0).max() > 1e-9
        must(
            in_rows and in_columns,
            "Whole rows or columns of a weight matrix got one and the same number.",
            "가중치 행렬의 한 행이나 한 열이 모두 같은 수를 받았어요.",
            "one_number_for_all" if not in_rows and not in_columns else "one_number_for_a_row",
        )


def unrelated(noise: list[np.ndarray], old: list[np.ndarray]) -> None:
    """No number is used for several weights, and none says anything about its neighbours."""
    for n, w in zip(noise, old, strict=True):
        drawn = n[w == 0]  # where nothing was rounded away
        must(
            len(np.unique(drawn)) > 0.95 * len(drawn),
            "Several weights got one and the same number.",
            "여러 가중치가 같은 수를 받았어요.",
        )
        z = (n - n.mean()) / n.std()
        together = max(abs(float(np.mean(z[1:] * z[:-1]))), abs(float(np.mean(z[:, 1:] * z[:, :-1]))))
        must(
            together < 6.0 / np.sqrt(n.size),
            "The noise on a weight depends on the noise on its neighbour. Every weight should get a number of its own.",
            "한 가중치의 잡음이 이웃한 가중치의 잡음에 따라 달라져요. 가중치마다 수를 따로 뽑으세요.",
        )


def fourth_moment(drawn: np.ndarray, spread: float) -> float:
    """The mean of z^4, z the numbers less their mean in units of their spread."""
    square = ((drawn - drawn.mean()) / spread) ** 2  # `** 4` would take forty times as long
    return float(np.mean(square * square))


def spread_as_asked(noise: list, old: list, sigma: float) -> None:
    spread = [float(np.std(n)) for n in noise]
    zeros = [float(np.std(n[w == 0])) for n, w in zip(noise, old, strict=True)]

    def are(values: list[float], target: float) -> bool:
        # Some 10,000 draws a layer: a deviation is known to 1 %, so 6 % is many standard errors.
        return all(abs(value / target - 1.0) < 0.06 for value in values)

    mistake = None
    if all(value == 0 for value in zeros):
        ratios = [float(np.std(n[w != 0] / w[w != 0])) for n, w in zip(noise, old, strict=True)]
        mistake = "times_the_weights" if are(ratios, sigma) else None
    elif are([float(np.std(n + w)) for n, w in zip(noise, old, strict=True)], sigma):
        mistake = "noise_alone"
    elif are(spread, sigma**2):
        mistake = "variance_for_deviation"
    elif are(spread, 1.0):
        mistake = "sigma_ignored"
    elif are(spread, np.sqrt(sigma)):
        mistake = "root_of_sigma"
    must(
        are(spread, sigma),
        f"With sigma = {sigma} the noise on w1 has the standard deviation {spread[0]:.4f}.",
        f"sigma가 {sigma}인데 w1에 더한 잡음의 표준편차가 {spread[0]:.4f}이에요.",
        mistake,
    )
    for n, s in zip(noise, spread, strict=True):
        must(
            abs(float(np.mean(n))) < 6.0 * s / np.sqrt(n.size),
            f"The noise should have mean 0; its mean is {np.mean(n):.4f}.",
            f"잡음의 평균은 0이어야 해요. 지금 평균: {np.mean(n):.4f}.",
        )
        # E[z^4] is 3 for a normal distribution, 1.8 for a uniform one.
        fourth = fourth_moment(n, s)
        must(
            2.5 < fourth < 3.6,
            "The spread is right, but the noise is not normally distributed.",
            "퍼진 정도는 맞지만 가우스 분포(정규분포)가 아니에요.",
            "uniform" if abs(fourth - 1.8) < 0.15 else None,
        )

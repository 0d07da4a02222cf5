"""Judges of params: random layers by their distribution, a given network by what it computes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dlbasic.properties._drawn import fourth_moment
from dlbasic.properties._judging import judge_by, layers_of, must, same_layers


@judge_by
def he_normal_layers(fn: Callable, seed: int) -> None:
    """Shapes, zero biases, normal weights with the right variance, drawn from the generator that was given."""
    for sizes in ([300, 120, 500], [90, 400], [2, 3, 3, 1]):
        given = list(sizes)
        layers = layers_of(fn(given, np.random.default_rng(seed)), sizes)
        must(given == sizes, "The list of sizes was changed.", "sizes 리스트가 바뀌었어요.")
        must(
            all(np.all(b == 0) for _, b in layers),
            "The biases should start at 0.",
            "편향은 0에서 시작해야 해요.",
            "biases_not_zero",
        )
        if min(sizes) > 50:
            _judge_spread([w for w, _ in layers])
    sizes = [60, 60, 60]
    first, again, other = (layers_of(fn(list(sizes), np.random.default_rng(s)), sizes) for s in (seed, seed, seed + 1))
    must(
        all(np.any(w != 0) for w, _ in first),
        f"For sizes={sizes} some weights are all 0.",
        f"sizes={sizes}일 때 가중치가 모두 0인 층이 있어요.",
    )
    must(
        same_layers(first, again),
        "The same seed gave other weights: they do not all come from rng.",
        "같은 시드인데 가중치가 달라요. rng에서 뽑지 않은 수가 있어요.",
        "global_generator",
    )
    must(
        not same_layers(first, other),
        "Another generator gave the same weights: rng is not used.",
        "다른 난수 생성기를 주어도 가중치가 같아요. rng를 쓰지 않았어요.",
        "rng_ignored",
    )
    must(
        not np.allclose(first[0][0], first[1][0]),
        "Two layers got the same numbers. Draw anew for each.",
        "두 층의 가중치가 똑같아요. 층마다 새로 뽑으세요.",
        "every_layer_alike",
    )


def _judge_spread(weights: list[np.ndarray]) -> None:
    must(
        not all(np.all(w == 0) for w in weights),
        "All weights are 0.",
        "가중치가 모두 0이에요.",
        "zeros",
    )
    spread = [float(np.std(w)) for w in weights]
    inputs, outputs = [w.shape[0] for w in weights], [w.shape[1] for w in weights]

    def is_two(values: list[float], target: float = 2.0) -> bool:
        # 36,000 draws and more: the variance is known to 1 %, so 8 % is many standard errors.
        return all(abs(value / target - 1.0) < 0.08 for value in values)

    known = {
        "variance_for_deviation": [s * n for s, n in zip(spread, inputs, strict=True)],
        "fan_out": [s * s * n for s, n in zip(spread, outputs, strict=True)],
        "xavier": [2.0 * s * s * n for s, n in zip(spread, inputs, strict=True)],
        "glorot": [s * s * (n + m) for s, n, m in zip(spread, inputs, outputs, strict=True)],
        "unit_variance": [2.0 * s * s for s in spread],
    }
    right = is_two([s * s * n for s, n in zip(spread, inputs, strict=True)])
    fitting = [name for name, values in known.items() if is_two(values)]
    must(
        right,
        f"w of shape {weights[0].shape} has the standard deviation {spread[0]:.4f}; that is not He's.",
        f"모양이 {weights[0].shape}인 w의 표준편차가 {spread[0]:.4f}인데, He 초기화의 값이 아니에요.",
        fitting[0] if len(fitting) == 1 else None,
    )
    for w, s in zip(weights, spread, strict=True):
        must(
            abs(np.mean(w)) < 6.0 * s / np.sqrt(w.size),
            f"The weights should have mean 0; theirs is {np.mean(w):.4f}.",
            f"가중치의 평균은 0이어야 해요. 지금 평균: {np.mean(w):.4f}.",
        )
        # E[z^4] is 3 for a normal distribution, 2.4 for one cut off at two deviations, 1.8 for a uniform one.
        fourth = fourth_moment(w, s)
        must(
            2.1 < fourth < 4.0,
            "The spread is right, but the weights are not normally distributed.",
            "퍼진 정도는 맞지만 가우스 분포(정규분포)가 아니에요.",
            "uniform" if abs(fourth - 1.8) < 0.1 else None,
        )


_CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
_OTHER_TABLES = {
    "and_for_xor": (0, 0, 0, 1),
    "or_for_xor": (0, 1, 1, 1),
    "equality": (1, 0, 0, 1),
    "minus_one_for_zero": (-1, 1, 1, -1),
}


@judge_by
def solves_xor(fn: Callable, seed: int) -> None:
    """The given 2-2-1 net, evaluated at the four corners, is 0, 1, 1, 0."""
    (w1, b1), (w2, b2) = layers_of(fn(), [2, 2, 1])
    with np.errstate(all="ignore"):
        hidden = _CORNERS @ w1 + b1
        outputs = ((hidden * (hidden > 0)) @ w2 + b2).ravel()
    if np.allclose(outputs, [0.0, 1.0, 1.0, 0.0], rtol=0.0, atol=1e-9):
        return
    shown = ", ".join(f"{value:.6g}" for value in outputs)
    known = [name for name, table in _OTHER_TABLES.items() if np.allclose(outputs, table, rtol=0.0, atol=1e-9)]
    if np.isfinite(outputs).all() and abs(outputs[0] + outputs[3] - outputs[1] - outputs[2]) < 1e-9:
        known = ["linear_answer"]
    elif np.allclose(outputs, [0.0, 1.0, 1.0, 0.0], rtol=0.0, atol=0.25):
        known = ["nearly_xor"]
    must(
        False,
        f"At (0,0), (0,1), (1,0), (1,1) the network gives {shown}; XOR is 0, 1, 1, 0.",
        f"(0,0), (0,1), (1,0), (1,1)에서 출력이 {shown}인데 XOR은 0, 1, 1, 0이에요.",
        known[0] if known else None,
    )

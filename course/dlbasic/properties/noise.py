"""Judges noise that is added to weights: its spread and shape, where it lands, and where it is drawn from."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dlbasic.properties._drawn import each_its_own, spread_as_asked, unrelated
from dlbasic.properties._judging import judge_by, layers_of, must, same_layers, shape_of
from dlbasic.properties._sampling import only_from_rng

SIZES = [90, 120, 80]
DRAWS_FOR_ONE = 40


@judge_by
def adds_noise_to_weights(fn: Callable, seed: int) -> None:
    """Normal noise of deviation sigma on every weight, biases as they are, drawn anew and from rng alone."""
    for sizes, sigma in ((SIZES, 0.3), (SIZES, 2.0), ([3, 2], 0.5), ([2, 4, 3], 0.1)):
        _one_call(fn, sizes, sigma, seed)
    given = _params(np.random.default_rng([seed, 1]), [4, 3, 2])
    must(
        same_layers(_noisy(fn, given, 0.0, seed), given, atol=1e-12),
        "With sigma = 0 the weights should be what they were.",
        "sigma가 0이면 가중치가 그대로여야 해요.",
        "sigma_ignored",
    )
    only_from_rng(lambda s: _noisy(fn, given, 0.5, s), same_layers, seed)
    must(
        not same_layers(_noisy(fn, given, 0.5, seed), _noisy(fn, given, 0.5, seed + 1)),
        "Another generator gave the same noise: rng is not used.",
        "다른 난수 생성기를 주어도 잡음이 같아요. rng를 쓰지 않았어요.",
        "rng_ignored",
    )
    rng = np.random.default_rng(seed)
    first, second = (layers_of(fn(given, 0.5, rng), [4, 3, 2]) for _ in range(2))
    must(
        not same_layers(first, second),
        "Two calls with one generator gave the same noise.",
        "난수 생성기 하나로 두 번 불렀는데 잡음이 같아요.",
        "rng_ignored",
    )
    _other_numbers(fn, seed)
    _one_weight(fn, seed)


def _params(rng: np.random.Generator, sizes: list[int]) -> list[tuple[np.ndarray, np.ndarray]]:
    """Weights of very different size, some of them 0, and biases that are not."""
    layers = [
        (3.0 * rng.normal(size=(n, m)), rng.normal(1.0, 1.0, size=m)) for n, m in zip(sizes, sizes[1:], strict=False)
    ]
    for w, _ in layers:
        w[rng.random(w.shape) < 0.3] = 0.0
    return layers


def _noisy(fn: Callable, given: list, sigma: float, seed: int) -> list:
    return layers_of(fn(given, sigma, np.random.default_rng(seed)), [len(given[0][0]), *(len(b) for _, b in given)])


def _one_call(fn: Callable, sizes: list[int], sigma: float, seed: int) -> None:
    given = _params(np.random.default_rng(seed), sizes)
    kept = [(w.copy(), b.copy()) for w, b in given]
    returned = fn(given, sigma, np.random.default_rng([seed, 2]))
    must(
        len(given) == len(kept) and same_layers(given, kept),
        "The params that were passed in have changed.",
        "넘겨받은 params가 바뀌었어요.",
        "changes_params",
    )
    _not_weights_alone(returned, kept)
    noisy = layers_of(returned, sizes)
    noise = [new - old for (new, _), (old, _) in zip(noisy, kept, strict=True)]
    must(
        any(np.any(n != 0) for n in noise),
        f"With sigma = {sigma} no weight has changed.",
        f"sigma가 {sigma}인데 바뀐 가중치가 없어요.",
    )
    _judge_biases([new - old for (_, new), (_, old) in zip(noisy, kept, strict=True)], sigma)
    must(
        all(np.any(n != 0) for n in noise),
        "One of the layers has no noise.",
        "잡음이 없는 층이 있어요.",
        "one_layer_only",
    )
    if min(sizes) > 50:
        each_its_own(noise)
        spread_as_asked(noise, [w for w, _ in kept], sigma)
        unrelated(noise, [w for w, _ in kept])


def _not_weights_alone(returned, kept: list) -> None:
    try:
        alone = len(returned) == len(kept) and all(
            shape_of(w) == old.shape for w, (old, _) in zip(returned, kept, strict=True)
        )
    except TypeError:
        return
    must(
        not alone,
        "The result is a list of weights; pairs (w, b) are asked for.",
        "결과가 가중치만 담은 리스트예요. (w, b) 쌍이 필요해요.",
        "biases_left_out",
    )


def _judge_biases(change: list[np.ndarray], sigma: float) -> None:
    # Some 80 biases a layer: their deviation is known to 8 %, whether it is noise of this sigma that changed them.
    noisy = all(len(c) > 50 and abs(float(np.std(c)) / sigma - 1.0) < 0.4 for c in change)
    must(
        not any(np.any(c != 0) for c in change),
        "The biases are not what they were.",
        "편향이 원래 값과 달라요.",
        "noise_on_biases" if noisy else None,
    )


def _other_numbers(fn: Callable, seed: int) -> None:
    """Whole numbers get noise as well, float32 too."""
    for dtype in (int, np.float32):
        given = [(np.ones((40, 50), dtype=dtype), np.ones(50, dtype=dtype))]
        noise = _noisy(fn, given, 0.5, seed)[0][0] - 1.0
        must(
            abs(float(np.std(noise)) / 0.5 - 1.0) < 0.15 and np.ptp(noise % 0.5) > 0.1,
            f"Weights of type {np.dtype(dtype)} lose their noise.",
            f"자료형이 {np.dtype(dtype)}인 가중치에서 잡음이 사라져요.",
            "noise_cut_to_whole_numbers" if dtype is int else None,
        )


def _one_weight(fn: Callable, seed: int) -> None:
    """Two layers of one weight each: over many calls their noise has the right deviation and is not shared."""
    given, rng = (
        [(np.array([[2.0]]), np.array([1.0])), (np.array([[-1.0]]), np.array([0.5]))],
        np.random.default_rng(seed),
    )
    drawn = np.array([[w[0, 0] for w, _ in layers_of(fn(given, 0.5, rng), [1, 1, 1])] for _ in range(DRAWS_FOR_ONE)])
    noise = drawn - [2.0, -1.0]
    must(
        not np.allclose(noise[:, 0], noise[:, 1]),
        "Two layers got the same noise. Draw anew for each.",
        "두 층이 같은 잡음을 받았어요. 층마다 새로 뽑으세요.",
        "every_layer_alike",
    )
    must(
        # Of 40 numbers a deviation is known to 11 %: 60 % is many standard errors.
        np.all(np.abs(noise.std(axis=0) / 0.5 - 1.0) < 0.6),
        "Over many calls the noise on a single weight does not have the standard deviation sigma.",
        "여러 번 부르면서 본 가중치 하나의 잡음은 표준편차가 sigma가 아니에요.",
    )

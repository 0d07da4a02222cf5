"""Judges the capstone on regularization: small draws of real digits, and a plain MLP's accuracy to beat."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import lru_cache

import numpy as np

from dlbasic.properties._judging import is_sequence, judge_by, layers_of, must, same_layers, shape_of
from dlbasic.properties._means import digits_once, timed

SIZES = [64, 64, 10]
TRAINED_ON, VALIDATED_ON = 200, 100
FULL, HALF = 0.010, 0.005
SECONDS = 60.0
# The plain MLP's accuracy on the other digits of each draw, the mean of ten initializations: `plain_mlp.py`, beside the
# course's tests, trains it (Adam, to convergence, no regularizer) and prints these numbers.
PLAIN = (0.9158, 0.9334, 0.9356, 0.9222, 0.9385, 0.9191, 0.9239, 0.9248, 0.9444)
DRAWS = 3


@lru_cache(maxsize=16)
def draw_of_digits(number: int) -> tuple[np.ndarray, ...]:
    """Draw `number`: (x, labels, x_val, labels_val, x_rest, labels_rest), 200, 100 and 1,497 digits, no two alike.

    Made once: for a learner's function take copies.
    """
    x_train, labels_train, x_test, labels_test = digits_once()
    x, labels = np.concatenate([x_train, x_test]), np.concatenate([labels_train, labels_test])
    order = np.random.default_rng([4, number]).permutation(len(x))
    parts = np.split(order, [TRAINED_ON, TRAINED_ON + VALIDATED_ON])
    return tuple(array for part in parts for array in (x[part], labels[part]))


def accuracy(net: list, x: np.ndarray, labels: np.ndarray) -> float:
    (w1, b1), (w2, b2) = net
    with np.errstate(all="ignore"):
        hidden = x @ w1 + b1
        return float(np.mean((hidden * (hidden > 0) @ w2 + b2).argmax(axis=1) == labels))


@judge_by
def shrinks_the_gap(fn: Callable, seed: int) -> None:
    """Three draws of 200 digits: on the others the net beats the plain MLP by FULL, or by HALF for half the points."""
    first = DRAWS * seed % len(PLAIN)
    clock = _Clock()
    nets = [_train(fn, draw_of_digits(first), seed, clock)]
    _learns_from_x_alone(fn, draw_of_digits(first), seed, clock)
    # Rounding may differ from run to run, and training makes more of it; other noise or another order shows in tenths.
    must(
        same_layers(nets[0], _train(fn, draw_of_digits(first), seed, clock), atol=1e-3),
        "The same data and the same seed gave another net: something random does not come from rng.",
        "데이터와 시드가 같은데 다른 신경망이 나와요. rng가 아닌 곳에서 뽑은 난수가 있어요.",
        "not_from_rng",
    )
    nets += [_train(fn, draw_of_digits(first + k), seed, clock) for k in range(1, DRAWS)]
    _judge_gain(nets, first)


class _Clock:
    """The time that training takes in all."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def time(self, call: Callable, fn: Callable):
        returned, seconds = timed(call, fn)
        self.seconds += seconds
        must(
            self.seconds < SECONDS,
            f"Training has taken {self.seconds:.0f} s so far; {SECONDS:.0f} s for five nets is the limit. "
            "Take fewer steps, or work on whole batches at a time.",
            f"지금까지 학습에 {self.seconds:.0f}초가 걸렸어요. 신경망 다섯 개에 {SECONDS:.0f}초까지예요. "
            "걸음 수를 줄이거나 배치를 통째로 계산하세요.",
        )
        return returned


def _train(fn: Callable, drawn: tuple[np.ndarray, ...], seed: int, clock: _Clock) -> list:
    """The learner's net, in good form, and nothing else changed or drawn from on the way."""
    given = [array.copy() for array in drawn[:4]]
    rng, untouched = np.random.default_rng(seed), np.random.default_rng(seed)
    before = np.random.get_state(legacy=False)["state"], random.getstate()
    returned = clock.time(lambda: fn(*given, rng), fn)
    after = np.random.get_state(legacy=False)["state"], random.getstate()
    _known_forms(returned)
    net = layers_of(returned, SIZES)
    must(
        all(np.all(np.isfinite(part)) for pair in net for part in pair),
        "The net holds NaN or infinite numbers: its training diverged. Try a lower learning rate, and look at what is "
        "exponentiated or divided.",
        "신경망에 NaN이나 무한대가 들어 있어요. 학습이 발산했다는 뜻이에요. 학습률을 낮추고, 지수 함수와 나눗셈에 "
        "어떤 수가 들어가는지 보세요.",
    )
    same = before[0]["pos"] == after[0]["pos"] and np.array_equal(before[0]["key"], after[0]["key"])
    must(
        same and before[1] == after[1],
        "Something random does not come from rng: a global generator was used.",
        "rng가 아니라 전역 난수 생성기를 썼어요.",
        "not_from_rng",
    )
    must(
        rng.bit_generator.state != untouched.bit_generator.state,
        "Nothing was drawn from rng: every generator gives the same net.",
        "rng에서 뽑은 수가 없어요. 어떤 난수 생성기를 주어도 같은 신경망이 나와요.",
        "rng_ignored",
    )
    must(
        all(np.array_equal(one, other) for one, other in zip(given, drawn, strict=False)),
        "The digits or labels that were passed in have changed.",
        "넘겨받은 숫자나 레이블이 바뀌었어요.",
        "changes_the_digits",
    )
    return net


def _known_forms(returned) -> None:
    flat = is_sequence(returned) and len(returned) == 4
    must(
        not (flat and [shape_of(part) for part in returned] == [(64, 64), (64,), (64, 10), (10,)]),
        "The result is [w1, b1, w2, b2]; pairs are asked for: [(w1, b1), (w2, b2)].",
        "결과가 [w1, b1, w2, b2]예요. 쌍으로 묶어 [(w1, b1), (w2, b2)]로 돌려주세요.",
        "no_pairs",
    )
    # Nobody can tell whether w1, 64 × 64, is turned; w2 shows it.
    pairs = is_sequence(returned) and len(returned) == 2 and all(is_sequence(pair) for pair in returned)
    must(
        not (pairs and len(returned[1]) == 2 and shape_of(returned[1][0]) == (10, 64)),
        "w2 has the shape (10, 64) and not (64, 10).",
        "w2의 모양이 (64, 10)이 아니라 (10, 64)예요.",
        "weights_transposed",
    )


def _learns_from_x_alone(fn: Callable, drawn: tuple[np.ndarray, ...], seed: int, clock: _Clock) -> None:
    """Trained on labels in a random order, nobody can read digits, unless others were learned from than those of x.

    Choosing between nets that know nothing finds one that is right for a quarter of x_val, by luck; training on x_val
    as well, however regularized, leaves nearly all of it right.
    """
    x, labels, x_val, labels_val, rest, labels_rest = drawn
    shuffled = np.random.default_rng([seed, 6]).permutation(labels)
    net = _train(fn, (x, shuffled, x_val, labels_val), seed, clock)
    on_val, on_rest = accuracy(net, x_val, labels_val), accuracy(net, rest, labels_rest)
    must(
        on_rest < 0.85,
        "Given the 200 labels in a random order, the net still reads all other digits: it was trained on them.",
        "200개의 레이블을 뒤섞어 주었는데도 나머지 숫자를 모두 읽어요. 그 숫자로 학습했다는 뜻이에요.",
        "trains_on_the_other_digits",
    )
    must(
        on_val < 0.6,
        f"Given the 200 labels in a random order, the net is still right for {on_val:.0%} of x_val: it was fitted to "
        f"it.",
        f"200개의 레이블을 뒤섞어 주었는데도 x_val의 {on_val:.0%}를 맞혀요. x_val에 맞추어 학습했다는 뜻이에요.",
        "fits_validation_data",
    )


def _judge_gain(nets: list, first: int) -> None:
    drawn = [draw_of_digits(first + k) for k in range(DRAWS)]
    reached = [accuracy(net, rest, labels) for net, (*_, rest, labels) in zip(nets, drawn, strict=True)]
    plain = PLAIN[first : first + DRAWS]
    gain = float(np.mean(reached) - np.mean(plain))
    listed = "; ".join(f"{one:.4f} ({other:.4f})" for one, other in zip(reached, plain, strict=True))
    on_its_own = float(np.mean([accuracy(net, x, labels) for net, (x, labels, *_) in zip(nets, drawn, strict=True)]))
    must(
        gain >= HALF or on_its_own >= 0.9,
        f"Of the 200 digits that it was trained on the net reads {on_its_own:.0%}; of the others "
        f"{np.mean(reached):.1%}.",
        f"학습에 쓴 200개 가운데 {on_its_own:.0%}를, 나머지 숫자 가운데 {np.mean(reached):.1%}를 맞혀요.",
        "fails_on_its_own_digits",
        shown=True,
    )
    en, ko = (
        ("That earns half of the points.", "절반의 점수를 얻어요.")
        if gain >= HALF
        else (f"Half of the points are earned from {HALF:+.3f} on.", f"{HALF:+.3f}부터 절반의 점수를 얻어요.")
    )
    must(
        gain >= FULL,
        f"On the other digits of three draws the nets reach (in brackets: the plain MLP) {listed}. On average they "
        f"gain {gain:+.4f}; {FULL:+.3f} is asked for. {en}",
        f"세 번 뽑은 나머지 숫자에서 나온 정확도예요(괄호 안은 기본 MLP): {listed}. 평균 차이는 {gain:+.4f}이고, "
        f"필요한 차이는 {FULL:+.3f}이에요. {ko}",
        share=0.5 if gain >= HALF else 0.0,
    )

"""Judges how a training loop cuts its data into batches: who is visited, how often, in whose company."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dlbasic.properties._judging import must, same_layers
from dlbasic.properties._trial import trial

_SIZE, _CLASSES = 5, 3
_RUNS = 4


def rows(count: int, classes: int) -> tuple[np.ndarray, list, list[int]]:
    """One-hot inputs and a single layer of zeros: sample i moves row i of w and no other row."""
    return np.eye(count), [(np.zeros((count, classes)), np.zeros(classes))], [count, classes]


def judge_batches(fn: Callable, seed: int) -> None:
    """Every sample once an epoch, in batches of `batch_size` and one smaller, each a step along its mean gradient."""
    run, run_21 = _runner(fn, 22), _runner(fn, 21)
    first = run(seed, _RATE, scale=_SCALE)
    _judge_rate(first, run, seed)
    # 22 samples leave a last batch of two, 21 one of a single sample.
    shares = [_shares(first), *(_shares(run(seed + k, _RATE, scale=_SCALE)) for k in range(1, _RUNS))]
    _judge_labels(shares[0])
    _judge_visits([_own(share) for share in shares], run, seed)
    _judge_visits([_own(_shares(run_21(seed, _RATE, scale=_SCALE)))], run_21, seed)
    _judge_order([_own(share) for share in shares], fn, run, seed)


def _runner(fn: Callable, count: int) -> Callable[..., list]:
    x, params, sizes = rows(count, _CLASSES)
    labels = np.arange(count) % _CLASSES

    def run(number: int, lr: float, batch_size: int = _SIZE, scale: float = 1.0) -> list:
        options = {"lr": lr, "epochs": 1, "batch_size": batch_size, "seed": number}
        return trial(fn, scale * x, labels, params, sizes, **options)[0]

    return run


# Steps so short that no sample's step changes the next one's; inputs so large that a clipped gradient would show.
_RATE, _SCALE = 1e-8, 100.0


def _shares(learned: list) -> np.ndarray:
    """What part of a step each sample had, for each class: 1 / s for its label in a batch of s, minus half of it else.

    A sample moves its row by lr / s, less the share that each class has at the start.
    """
    return learned[0][0] / (_RATE * _SCALE * (1.0 - 1.0 / _CLASSES))


def _own(share: np.ndarray) -> np.ndarray:
    """Each sample's part of a step towards its own label."""
    return share[np.arange(len(share)), np.arange(len(share)) % _CLASSES]


def _judge_rate(short: list, run: Callable, seed: int) -> None:
    double = run(seed, 2.0 * _RATE, scale=_SCALE)
    must(np.any(short[0][0] != 0), "The weights do not move at all.", "가중치가 전혀 움직이지 않아요.")
    must(
        not same_layers(short, double, rtol=1e-9),
        "With twice the learning rate the parameters end up in the same place.",
        "학습률을 두 배로 해도 파라미터가 똑같이 움직여요.",
        "lr_ignored",
    )


def _judge_labels(share: np.ndarray) -> None:
    own, used = _own(share), np.abs(share).max(axis=1) > 0.01
    must(used.any(), "The weights hardly move.", "가중치가 거의 움직이지 않아요.")
    must(
        not np.all(own[used] < 0),
        "Every step makes the labels less likely.",
        "걸음마다 정답의 확률이 줄어요.",
        "gradient_ascent",
    )
    must(
        np.all(share[used].argmax(axis=1) == np.flatnonzero(used) % _CLASSES),
        "Samples are pulled towards other samples' labels.",
        "샘플이 다른 샘플의 정답 쪽으로 끌려가요.",
        "labels_left_behind",
    )


def _judge_visits(owns: list[np.ndarray], run: Callable, seed: int) -> None:
    """`owns`: the parts that each sample had, from one run or more."""
    own, count = owns[0], len(owns[0])
    left_out = [int(np.count_nonzero(np.abs(one) < 0.01)) for one in owns]
    must(
        left_out[0] == 0,
        f"Of {count} samples in batches of {_SIZE} the epoch left out {left_out[0]}.",
        f"샘플 {count}개를 {_SIZE}개씩 묶었는데, 한 에포크에서 {left_out[0]}개를 쓰지 않았어요.",
        _who_leaves_out(owns, left_out),
    )
    if np.ptp(own) < 1e-3 * np.max(own):
        _judge_equal_shares(own[0], count, run, seed)
    wanted = -(-count // _SIZE)
    must(
        abs(own.sum() - wanted) < 0.01,
        f"An epoch over {count} samples with batch_size={_SIZE} should take {wanted} steps, each along its batch's "
        f"mean gradient; together they came to {own.sum():.3g}.",
        f"샘플이 {count}개이고 배치 크기가 {_SIZE}일 때 한 에포크는 {wanted}걸음이에요. "
        f"걸음마다 배치에서 평균한 기울기를 따라가야 하는데, "
        f"모두 합하니 {own.sum():.3g}걸음만큼이에요.",
    )
    must(
        _is_partition(own),
        f"With batch_size={_SIZE} every sample should be in one batch of at most {_SIZE}; in this epoch some were in "
        f"two, or in a larger one.",
        f"batch_size={_SIZE}이면 모든 샘플이 {_SIZE}개 이하인 배치 하나에만 들어가야 해요. "
        f"그런데 한 에포크에 두 번 들어가거나 더 큰 배치에 들어간 샘플이 있어요.",
        _who_repeats(own),
    )


def _is_partition(own: np.ndarray) -> bool:
    """Whether every part is 1 / s for a batch of s, s at most the batch size, and there are enough to fill those."""
    sizes = np.rint(1.0 / np.maximum(own, 1e-9)).astype(int)
    if sizes.min() < 1 or sizes.max() > _SIZE or not np.allclose(own * sizes, 1.0, rtol=1e-3):
        return False
    return all(np.count_nonzero(sizes == size) % size == 0 for size in set(sizes.tolist()))


def _who_leaves_out(owns: list[np.ndarray], left_out: list[int]) -> str | None:
    """The mistake for certain. Chance leaves out more samples or fewer from run to run; a slip always as many."""
    count = len(owns[0])
    used = [one[np.abs(one) > 0.01] for one in owns]
    if len(owns) < _RUNS:
        return None
    if set(left_out) == {count % _SIZE} and all(np.allclose(one, 1.0 / _SIZE, rtol=1e-3) for one in used):
        return "last_batch_dropped"
    repeated = any(np.isclose(one * _SIZE, times, rtol=1e-3).any() for one in used for times in (2, 3, 4))
    return "with_replacement" if repeated and len(set(left_out)) > 1 else None


def _who_repeats(own: np.ndarray) -> str | None:
    count = len(own)
    filled_up, overlap = np.full(count, 1.0 / _SIZE), np.zeros(count)
    filled_up[: -count % _SIZE] += 1.0 / _SIZE
    for start in range(0, count, _SIZE):
        reach = overlap[start : start + _SIZE + 1]
        reach += 1.0 / len(reach)
    known = {"last_batch_filled_up": filled_up, "batches_overlap": overlap}
    return next((name for name, parts in known.items() if np.allclose(np.sort(own), np.sort(parts), rtol=1e-3)), None)


def _judge_equal_shares(share: float, count: int, run: Callable, seed: int) -> None:
    """Neither 21 nor 22 samples fill batches of 5: no right answer gives every sample the same share."""
    mistake = None
    if np.isclose(share, 1.0 / _SIZE, rtol=1e-3):
        mistake = "last_batch_underweighted"
    elif np.isclose(share, 1.0 / count, rtol=1e-3) and same_layers(run(seed, 1.0), run(seed, 1.0, count), rtol=1e-9):
        mistake = "whole_set_at_once"
    elif np.isclose(share, 1.0, rtol=1e-3) and not same_layers(run(seed, 1.0), run(seed, 1.0, 1), rtol=1e-9):
        mistake = "sum_for_batch_mean"
    must(
        False,
        f"Every sample counts for {share:.3g} of a step, although the last batch is smaller than the others.",
        f"마지막 배치가 더 작은데도 모든 샘플이 똑같이 한 걸음에서 {share:.3g}만큼씩 차지해요.",
        mistake,
    )


def _judge_order(owns: list[np.ndarray], fn: Callable, run: Callable, seed: int) -> None:
    must(
        same_layers(run(seed, 1.0), run(seed, 1.0), rtol=1e-9),
        "The same seed gave another result: something random does not come from rng.",
        "같은 시드인데 결과가 달라요. rng가 아닌 곳에서 뽑은 난수가 있어요.",
        "order_not_from_rng",
    )
    if not all(np.allclose(owns[0], other, rtol=1e-3) for other in owns[1:]):
        return
    same_result = all(same_layers(run(seed, 1.0), run(seed + k, 1.0), rtol=1e-9) for k in range(1, _RUNS))
    groups = [_company(_moves(fn, seed + k, epochs=1)) for k in range(_RUNS)]
    mistake = None
    if same_result and not np.all(np.diff(owns[0]) > -1e-3):
        mistake = "same_order_always"
    elif all(np.array_equal(groups[0], other) for other in groups[1:]):
        mistake = "no_shuffle"
    must(
        False,
        "Whatever the generator, the smallest batch holds the same samples.",
        "난수 생성기를 바꾸어도 가장 작은 배치에 같은 샘플이 들어가요.",
        mistake,
    )


# With one label for all, two classes and lr = 2.5, the bias grows from step to step, and each step pulls less at its
# samples' rows, by these factors (worked out by automatic differentiation). Divided by any two sizes of up to 5 they
# differ by 2 %: rows that moved as far were in one batch.
PULL_RATE = 2.5
PULLS = (0.5, 0.07585818002124355, 0.0531868339349767, 0.04127983657115203, 0.03384201617282018)


def _moves(fn: Callable, number: int, epochs: int) -> np.ndarray:
    x, params, sizes = rows(22, 2)
    options = {"lr": PULL_RATE, "epochs": epochs, "batch_size": _SIZE, "seed": number}
    return trial(fn, x, np.zeros(22, dtype=int), params, sizes, **options)[0][0][0][:, 0] / PULL_RATE


def _company(moves: np.ndarray) -> np.ndarray:
    """For each sample the first one that moved as it did: in every epoch so far they shared a batch."""
    return np.isclose(moves[:, None], moves[None, :], rtol=1e-4, atol=0.0).argmax(axis=1)


def judge_orders(fn: Callable, seed: int) -> None:
    """The steps of an epoch follow one another, and a new epoch mixes the company."""
    moves = _moves(fn, seed, epochs=1)
    first, sizes = np.unique(_company(moves), return_counts=True)
    pulls = np.sort(moves[first] * sizes)[::-1]
    must(
        pulls.shape == (len(PULLS),) and np.allclose(pulls, PULLS, rtol=1e-3),
        "Within an epoch the steps do not build on one another. Each batch's gradient is taken where the step before "
        "has led.",
        "한 에포크 안에서 걸음이 이어지지 않아요. 배치마다 바로 앞 걸음이 끝난 곳에서 기울기를 구해야 해요.",
    )
    # Two epochs that cut the samples alike leave as many companies as batches; two fresh orders leave many more.
    companies = [len(np.unique(_company(_moves(fn, seed + k, epochs=2)))) for k in range(3)]
    must(
        max(companies) > len(PULLS),
        "Two epochs cut the samples into the same batches.",
        "두 에포크의 배치에 같은 샘플끼리 들어가요.",
        "shuffled_once",
    )

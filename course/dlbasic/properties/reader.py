"""Judges a trained reader of digits: what it learns from, the form of its answers, and how well it reads new digits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from dlbasic.properties._judging import judge_by, must
from dlbasic.properties._means import digits_once, timed

WANTED_ACCURACY, HALF_THE_POINTS_FROM = 0.97, 0.94
SECONDS = 60.0
_FEW = 100  # images of the quick runs that come before the long one
_ALONE = 12  # held-out images that are shown one by one


@judge_by
def reads_digits(fn: Callable, seed: int) -> None:
    """Form and honesty on a hundred images with labels drawn at random; then all digits, and those held out."""
    x, labels, x_test, labels_test = digits_once()
    x, x_test = x.reshape(-1, 8, 8), x_test.reshape(-1, 8, 8)
    _learns_what_it_is_given(fn, x, x_test, labels_test, seed)
    predict, seconds = _trained(fn, x.copy(), labels.copy(), seed)
    _in_time(seconds)
    seen, held_out = np.mean(_labels(predict, x) == labels), np.mean(_labels(predict, x_test) == labels_test)
    must(
        not (seen > 0.99 and held_out < 0.5),
        f"It reads {seen:.1%} of the images that it was trained on and {held_out:.1%} of the others.",
        f"학습한 이미지는 {seen:.1%}, 다른 이미지는 {held_out:.1%}를 맞혀요.",
        "memorises",
    )
    must(
        held_out >= WANTED_ACCURACY,
        f"It reads {held_out:.1%} of the held-out digits (and {seen:.1%} of those it was trained on); "
        f"{WANTED_ACCURACY:.0%} are asked for.",
        f"따로 떼어 둔 숫자의 {held_out:.1%}를 맞혀요(학습한 숫자는 {seen:.1%}). "
        f"{WANTED_ACCURACY:.0%} 이상이어야 해요.",
        share=0.5 if held_out >= HALF_THE_POINTS_FROM else 0.0,
    )


def _learns_what_it_is_given(
    fn: Callable, x: np.ndarray, x_test: np.ndarray, labels_test: np.ndarray, seed: int
) -> None:
    """Labels that are pure chance: whoever reads held-out digits afterwards has them from somewhere else."""
    rng = np.random.default_rng(seed)
    few, chance = x[rng.permutation(len(x))[:_FEW]], rng.integers(0, 10, size=_FEW)
    given = few.copy(), chance.copy()
    predict, seconds = _trained(fn, *given, seed)
    must(callable(predict), *_no_function(predict))
    _in_time(seconds)
    must(
        np.array_equal(given[0], few),
        "After training, x is not what was passed in.",
        "학습하고 나면 x가 넘겨받은 값과 달라요.",
        "changes_x",
    )
    must(
        np.array_equal(given[1], chance),
        "After training, labels are not what was passed in.",
        "학습하고 나면 labels가 넘겨받은 값과 달라요.",
    )
    answers = _labels(predict, x_test)
    must(
        np.mean(answers == labels_test) < 0.4,
        "Given labels drawn at random, it still reads held-out digits: it was trained on them.",
        "정답을 무작위로 뽑아 주었는데도 따로 떼어 둔 숫자를 읽어요. 그 숫자로 학습했다는 뜻이에요.",
        "trains_on_the_held_out",
    )
    must(
        np.array_equal(_labels(predict, x_test), answers),
        "Asked twice about the same images, predict answers differently. Nothing is drawn at random when you predict.",
        "같은 이미지를 두 번 물으면 predict의 답이 달라요. 예측할 때는 난수를 쓰지 마세요.",
    )
    order = np.square(x_test[:, None] - few[None]).sum(axis=(2, 3)).argsort(axis=1, kind="stable")
    must(
        np.mean(answers == chance[order[:, 0]]) < 0.9,
        "Given labels drawn at random, it repeats the label of the nearest image.",
        "정답을 무작위로 뽑아 주었더니 가장 가까운 이미지의 레이블을 되풀이해요.",
        "nearest_image",
    )
    for count in (3, 5, 7):
        votes = (chance[order[:, :count], None] == np.arange(10)).sum(axis=1)
        clear = np.sort(votes, axis=1)[:, -1] > np.sort(votes, axis=1)[:, -2]
        must(
            np.mean((answers == votes.argmax(axis=1))[clear]) < 0.95,
            f"Given labels drawn at random, it repeats what the {count} nearest images vote for. Train a network.",
            f"정답을 무작위로 뽑아 주었더니 가까운 이미지들의 다수결을 되풀이해요(이미지 {count}장). "
            f"신경망을 학습시키세요.",
        )
    alone = [_labels(predict, x_test[k : k + 1])[0] for k in range(_ALONE)]
    must(
        np.array_equal(alone, answers[:_ALONE]),
        "Shown alone, an image gets another label than among others.",
        "이미지를 하나만 보여 주면 여럿과 함께 보여 줄 때와 레이블이 달라져요.",
        "depends_on_the_batch",
    )
    again, _ = _trained(fn, few.copy(), chance.copy(), seed)
    must(
        np.array_equal(_labels(again, x_test), answers),
        "Trained twice with the same seed, it answers differently.",
        "같은 시드로 두 번 학습했는데 답이 달라요.",
        "not_from_rng",
    )


def _trained(fn: Callable, x: np.ndarray, labels: np.ndarray, seed: int) -> tuple[Any, float]:
    """What the learner's function returns, and the seconds it took."""
    return timed(lambda: fn(x, labels, np.random.default_rng(seed)), fn)


def _in_time(seconds: float) -> None:
    must(
        seconds < SECONDS,
        f"Training took {seconds:.0f} s; under {SECONDS:.0f} s is asked for. Is conv2d, forward and backward, free of "
        f"loops over images and places?",
        f"학습에 {seconds:.0f}초가 걸렸어요. {SECONDS:.0f}초 안에 끝나야 해요. conv2d의 순전파와 역전파에 이미지나 "
        f"자리를 도는 반복문이 없나요?",
    )


def _no_function(answer: Any) -> tuple[str, str, str | None]:
    """What is wrong with something that cannot be called."""
    mistake = None
    if isinstance(answer, (int, float, np.number)) and not isinstance(answer, bool):
        mistake = "returns_the_accuracy"
    elif isinstance(answer, np.ndarray) and answer.shape == (_FEW,):
        mistake = "returns_the_labels"
    elif isinstance(answer, (tuple, list, dict)):
        mistake = "returns_more_than_a_function"
    kind = type(answer).__name__
    return (
        f"A function predict is asked for; what came back is a {kind}.",
        f"함수 predict를 돌려주세요. 지금 자료형: {kind}.",
        mistake,
    )


def _labels(predict: Callable, images: np.ndarray) -> np.ndarray:
    """predict's answers in good form. What it raises on (N, 8, 8) goes through, unless another shape pleases it."""
    count = len(images)
    try:
        answer = predict(images.copy())
    except Exception:
        _must_take_images(predict, images)
        raise
    try:
        array = np.asarray(answer)
    except ValueError:
        array = np.asarray(None)
    must(
        array.shape != (count, 10),
        f"For {count} images predict returns an array of shape {array.shape}: scores and not labels.",
        f"이미지 {count}장에 predict가 점수를 돌려줘요. 나온 모양: {array.shape}.",
        "returns_scores",
    )
    must(
        array.shape == (count,) and array.dtype.kind in "iuf",
        f"For {count} images predict should return {count} labels, shape ({count},); its answer has shape "
        f"{array.shape} and type {array.dtype}.",
        f"이미지 {count}장에는 레이블 {count}개가 나와야 해요. 나온 모양: {array.shape}, 자료형: {array.dtype}.",
        "first_image_only" if array.size == 1 and count > 1 else None,
    )
    return array


def _must_take_images(predict: Callable, images: np.ndarray) -> None:
    """Name the shape that predict would rather have: with a channel axis, or as rows."""
    rather = (images[:, None], "needs_a_channel_axis"), (images.reshape(len(images), -1), "needs_flat_rows")
    for other, mistake in rather:
        try:
            took = np.shape(predict(other.copy())) == (len(images),)
        except Exception:
            took = False
        must(
            not took,
            f"predict fails on images {images.shape} and works on {other.shape}.",
            f"predict가 모양 {images.shape}에서는 실패하고 {other.shape}에서는 동작해요.",
            mistake,
        )

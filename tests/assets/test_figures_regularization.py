"""The numbers in chapter 4's figures are those that an independent computation gives."""

import sys
from pathlib import Path

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from scipy.special import log_softmax

from dlbasic.data import digits

FIGURES = Path(__file__).parents[2] / "assets" / "figures"
sys.path.insert(0, str(FIGURES))
import draw  # noqa: E402


def test_the_curves_of_the_early_stopping_figure_are_those_of_autograd():
    figure = draw.script("early_stopping")
    rng = np.random.default_rng(figure.SEED)
    x, labels, _, _ = digits()
    order = rng.permutation(len(x))
    train, validate = order[: figure.TRAIN], order[figure.TRAIN : figure.TRAIN + figure.VALIDATE]
    w1 = rng.normal(0, np.sqrt(2 / 64), (64, 64))
    params = [w1, np.zeros(64), rng.normal(0, np.sqrt(2 / 64), (64, 10)), np.zeros(10)]

    def loss(params, rows):
        scores = anp.maximum(x[rows] @ params[0] + params[1], 0.0) @ params[2] + params[3]
        return anp.mean(anp.log(anp.sum(anp.exp(scores), axis=1)) - scores[np.arange(len(rows)), labels[rows]])

    found = figure.losses()
    for epoch in range(3):
        if epoch:
            mixed = rng.permutation(train)
            for start in range(0, figure.TRAIN, figure.BATCH):
                grads = autograd.grad(loss)(params, mixed[start : start + figure.BATCH])
                params = [p - figure.RATE * g for p, g in zip(params, grads, strict=True)]
        expected = loss(params, train), loss(params, validate)
        np.testing.assert_allclose([curve[epoch] for curve in found], expected, atol=6e-5)
    assert not set(train) & set(validate)
    first = log_softmax(np.zeros((1, 10)), axis=1)[0, 0]
    assert abs(found[0][0] + first) < 1, "an untrained net is about as wrong as guessing"


def test_the_early_stopping_figure_says_what_its_curves_show():
    figure = draw.script("early_stopping")
    train, validation = figure.losses()
    stop, best = figure.stop_and_best(validation)
    assert stop == best + figure.PATIENCE < figure.EPOCHS
    assert all(validation[best] < value for epoch, value in enumerate(validation) if epoch != best)
    assert validation[-1] > validation[best] + 0.05 and train[-1] < 0.01
    assert np.argmin(np.abs(validation - train)) == 0, "the caption says: before anything is learned"
    with pytest.raises(ValueError, match="never stops"):
        figure.stop_and_best(np.linspace(1, 0, 20))


def test_the_labels_of_the_mixing_figure_are_shares():
    figure = draw.script("label_mixing")
    made = figure.columns()
    one, other, smoothed, mixed, holed, patched = (label for _, label in made)
    for _, label in made:
        assert label.sum() == pytest.approx(1.0) and label.min() >= 0
    np.testing.assert_allclose(smoothed, np.where(one == 1, 0.91, 0.01))
    np.testing.assert_allclose(mixed[[figure.FIRST, figure.SECOND]], [0.7, 0.3])
    np.testing.assert_array_equal(holed, one)
    (first, _), (second, _) = made[:2]
    from_second = np.zeros((8, 8), dtype=bool)
    for row in range(8):
        for column in range(8):
            from_second[row, column] = 4 <= row < 8 and column < 5
    np.testing.assert_array_equal(made[5][0], np.where(from_second, second, first))
    np.testing.assert_allclose(patched, one * (1 - from_second.mean()) + other * from_second.mean())
    np.testing.assert_allclose(made[3][0], second + 0.7 * (first - second))


def test_the_mean_over_all_masks_is_what_the_net_predicts():
    figure = draw.script("dropout")
    assert figure.mean_output() == pytest.approx(figure.output(None), rel=1e-12)
    outputs = [figure.output(mask) for mask in figure.MASKS]
    assert len({*outputs, figure.output(None)}) == 3, "three different outputs are drawn"


@pytest.mark.parametrize(("kind", "axes"), [("batch", (0, 2)), ("layer", (1, 2)), ("instance", (2,)), ("group", None)])
def test_the_hatched_numbers_are_those_that_move_the_first_output(kind, axes):
    figure = draw.script("normalizations")
    x = np.random.default_rng(0).normal(size=(figure.N, figure.C, figure.PIXELS))

    def corner(x):
        if axes is None:  # group norm: groups of neighbouring channels
            grouped = x.reshape(figure.N, figure.GROUPS, -1)
            return ((grouped - grouped.mean(axis=2, keepdims=True)) / grouped.std(axis=2, keepdims=True)).reshape(
                x.shape
            )[0, -1, 0]
        return ((x - x.mean(axis=axes, keepdims=True)) / x.std(axis=axes, keepdims=True))[0, -1, 0]

    moves = np.zeros(x.shape, dtype=bool)
    for index in np.ndindex(x.shape):
        nudged = x.copy()
        nudged[index] += 0.1
        moves[index] = corner(nudged) != corner(x)
    np.testing.assert_array_equal(figure.shared(kind), moves)


def test_the_augmented_digits_are_changed_as_the_words_say():
    figure = draw.script("augmentations")
    image = figure.nearest_to_mean(2)
    original, right, down, noisy, holed, mirrored = figure.changed(image)
    np.testing.assert_array_equal(original, image)
    np.testing.assert_array_equal(right[:, 1:], image[:, :7])
    assert not right[:, 0].any()
    np.testing.assert_allclose(down[1:], (image[1:] + image[:-1]) / 2)
    assert 0.02 < np.abs(noisy - image).mean() < 0.2 and noisy.min() >= 0 and noisy.max() <= 1
    assert (holed != image).sum() <= 4 < holed.size and not holed[4:6, 2:4].any()
    np.testing.assert_array_equal(np.fliplr(mirrored), image)

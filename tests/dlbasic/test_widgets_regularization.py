"""Chapter 4's interactive figures and its scoreboard: what they say is true, against independent computations."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys

import numpy as np
import pytest
from learners.regularization import (
    TRAIN_LOSSES,
    VAL_LOSSES,
    batch_norm,
    cutmix,
    dropout,
    early_stopping,
    group_norm,
    layer_norm,
    mixup,
)
from told import numbers

from dlbasic import (
    digits,
    dropout_explorer,
    mixing_explorer,
    norm_histograms,
    normalization_cubes,
    patience_explorer,
    scoreboard,
)
from dlbasic.widgets.live import LivePicture
from dlbasic.widgets.pointer import Pointer

# patience_explorer


def told_with(patience: int, function=early_stopping):
    panel = patience_explorer(function, TRAIN_LOSSES, VAL_LOSSES)
    panel.controls["patience"].value = patience
    return panel.picture


@pytest.mark.parametrize("patience", [1, 4, 30])
def test_the_stop_is_the_first_epoch_without_a_record_for_so_long(patience):
    # The first epoch whose last `patience` losses are all above one from before.
    middles = range(1, 121 - patience)
    stops = [m + patience - 1 for m in middles if min(VAL_LOSSES[m : m + patience]) >= min(VAL_LOSSES[:m])]
    stop = stops[0] if stops else 119
    _, at, best, loss, saved, n, *rest = numbers(told_with(patience).state)
    assert (at, best, saved, n) == (stop, stop - patience, 119 - stop, 120)
    assert loss == pytest.approx(min(VAL_LOSSES[: stop + 1]), rel=5e-3)


def test_what_was_missed_is_the_lowest_loss_of_the_whole_run():
    least = min(VAL_LOSSES)
    *_, loss, when, share = numbers(told_with(1).state.split("Missed")[1])
    assert loss == pytest.approx(least, rel=5e-3) and when == VAL_LOSSES.index(least) and share > 0
    assert told_with(120).mood == "good" and "lowest of the whole run" in told_with(120).state


def never(val_losses, patience):
    return len(val_losses) - 1, int(np.argmin(val_losses))


def last(val_losses, patience):
    stop, _ = early_stopping(val_losses, patience)
    return stop, stop


def smallest_gap(val_losses, patience):
    return 8, 0


@pytest.mark.parametrize("function", [never, last, smallest_gap])
def test_a_rule_that_cannot_be_right_is_told_so(function):
    assert told_with(5, function).mood == "alarm"


@pytest.mark.parametrize("answer", [None, 3, (5, 9), (200, 3), (1.5, 1), "ab", (3, 2, 1)])
def test_two_epochs_are_needed(answer):
    picture = told_with(5, lambda val_losses, patience: answer)
    assert picture.mood == "alarm" and "early_stopping returned" in picture.state


@pytest.mark.parametrize("losses", [([1.0], [1.0]), ([1.0, 2.0], [1.0]), ([1.0, np.nan], [1.0, 2.0])])
def test_losses_that_do_not_fit_together_are_refused(losses):
    with pytest.raises(ValueError, match="losses"):
        patience_explorer(early_stopping, *losses)


# mixing_explorer


def mixer(mixup=mixup, cutmix=cutmix, **places):
    panel = mixing_explorer(mixup, cutmix)
    for name, value in places.items():
        panel.controls[name].value = value
    return panel


@pytest.mark.parametrize(("top", "left", "height", "width"), [(2, 2, 4, 4), (-2, 5, 4, 6), (0, 3, 8, 2), (6, 6, 5, 5)])
def test_area_ink_and_label_of_the_box_are_those_of_its_pixels(top, left, height, width):
    panel = mixer(first=1, second=7, lam=0.35, top=top, left=left, height=height, width=width)
    inside = [(y, x) for y in range(8) for x in range(8) if 0 <= y - top < height and 0 <= x - left < width]
    _, _, images, labels = digits()
    one = images[list(labels).index(1)].reshape(8, 8)
    lam, first, rest, second, _, _, area, ink, _, label = numbers(panel.picture.state)
    assert (lam, first, rest, second) == (0.35, 1, 0.65, 7)
    assert area == pytest.approx(100 * len(inside) / 64, abs=0.51)
    assert ink == pytest.approx(100 * sum(one[place] for place in inside) / one.sum(), abs=0.51)
    assert label == pytest.approx(1 - len(inside) / 64, abs=0.0051)


def nominal(images, y, top, left, height, width, perm):
    share = min(height * width / 64, 1)
    return cutmix(images, y, top, left, height, width, perm)[0], (1 - share) * y + share * y[perm]


def unmixed_labels(x, y, lam, perm):
    return mixup(x, y, lam, perm)[0], y


def swapped(x, y, lam, perm):
    return mixup(x, y, 1 - lam, perm)


def test_labels_that_do_not_follow_the_image_are_told_so():
    assert mixer(cutmix=nominal).picture.mood == "plain", "inside the image the nominal area is right"
    for panel in (mixer(cutmix=nominal, top=-2), mixer(mixup=unmixed_labels), mixer(mixup=swapped)):
        assert panel.picture.mood == "alarm"
    assert numbers(mixer(mixup=swapped, lam=0.8).picture.state) == [0.8, 0.8, 0.2]


NO_MIXTURES = [None, 7, (np.zeros((2, 64)), np.zeros((2, 3))), (np.full((2, 64), np.nan), np.eye(2, 10))]


@pytest.mark.parametrize("result", NO_MIXTURES)
def test_a_mixture_of_another_shape_is_told_so(result):
    picture = mixer(mixup=lambda *_: result).picture
    assert picture.mood == "alarm" and picture.state.startswith("mixup returned")


def test_the_box_goes_where_the_mouse_is_in_one_picture(monkeypatch):
    panel = mixer()
    (pointer,) = [child for child in panel.children if isinstance(child, Pointer)]
    box, ax = panel.picture.axes[3].get_position(), panel.picture.axes[3]
    (low, high), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    shown = []
    show = LivePicture.show
    monkeypatch.setattr(LivePicture, "show", lambda *args: (shown.append(1), show(*args)))
    column, row = 5.5, 3.5
    across = box.x0 + (column - low) / (high - low) * box.width
    up = box.y0 + (row - bottom) / (top - bottom) * box.height
    pointer.value = f"{across} {1 - up}"
    assert (panel["left"], panel["top"]) == (4, 2) and len(shown) == 1, "a box of 4 by 4 around (5.5, 3.5)"


# dropout_explorer


@pytest.mark.parametrize("p", [0.0, 0.3, 0.5, 0.9])
def test_mean_and_spread_over_many_masks_are_those_of_theory(p):
    panel = dropout_explorer(dropout)
    panel.controls["p"].value = p
    said_p, draw, kept, n, factor, masks, mean, x, spread = numbers(panel.picture.state)
    assert (said_p, draw, n, masks) == (pytest.approx(p), 1, 64, 500)
    assert factor == pytest.approx(1 / (1 - p), rel=5e-3) and x == 1
    error = (p / (1 - p) / (n * masks)) ** 0.5
    assert abs(mean - x) < 5 * error + 0.005
    assert spread == pytest.approx((p / (1 - p)) ** 0.5, rel=0.03, abs=1e-6)
    assert abs(kept - 64 * (1 - p)) <= 5 * (64 * p * (1 - p)) ** 0.5


def test_every_draw_has_a_mask_of_its_own_and_prediction_has_none():
    panel = dropout_explorer(dropout)
    pictures = set()
    for draw in (1, 2, 3):
        panel.controls["draw"].value = draw
        pictures.add(panel.picture.png)
    assert len(pictures) == 3
    panel.controls["mode"].value = "predict"
    assert panel.picture.state.startswith("Prediction") and panel.picture.mood == "plain"


def keeps_p(x, p, rng, train):
    return dropout(x, 1 - p if train else p, rng, train)


def unscaled(x, p, rng, train):
    out, mask = dropout(x, p, rng, train)
    return x * mask, mask


def scaled_at_test(x, p, rng, train):
    out, mask = dropout(x, p, rng, train)
    return (out if train else out * (1 - p)), mask


def forgetful(x, p, rng, train):
    return dropout(x, p, rng, True)


@pytest.mark.parametrize(
    ("function", "mode", "said"),
    [
        (keeps_p, "train", "is the probability of dropping"),
        (unscaled, "train", "look at the scale"),
        (scaled_at_test, "predict", "should change nothing"),
        (forgetful, "predict", "should change nothing"),
    ],
)
def test_what_is_wrong_with_dropout_is_said(function, mode, said):
    panel = dropout_explorer(function)
    panel.controls["p"].value, panel.controls["mode"].value = 0.3, mode
    assert said in panel.picture.state and panel.picture.mood == "alarm"


# norm_histograms


def test_without_batch_norm_the_signal_shrinks_as_the_weights_do():
    panel = norm_histograms(batch_norm)
    ends = {}
    for scale in (0.5, 1.0):
        panel.controls["scale"].value = scale
        ends[scale] = numbers(panel.picture.state)[3:5]
    # ReLU and linear layers: scaling each of six by one half scales what arrives at layer k by one half to the k.
    assert ends[0.5][0] == pytest.approx(ends[1.0][0] / 2, rel=0.01)
    assert ends[0.5][1] == pytest.approx(ends[1.0][1] / 2**6, rel=0.01)


def test_training_is_normal_at_any_scale_and_prediction_catches_up_with_the_batches_seen():
    panel = norm_histograms(batch_norm)
    for scale in (0.3, 1.0, 3.0):
        panel.controls["scale"].value = scale
        panel.controls["batches"].value = 40
        *_, first, last, batches, early, late = numbers(panel.picture.state)
        assert (first, last, batches) == (pytest.approx(1, abs=2e-3), pytest.approx(1, abs=2e-3), 40)
        assert early == pytest.approx(1, abs=0.06) and late == pytest.approx(1, abs=0.06)
        panel.controls["batches"].value = 0
        *_, plain, plain_last, _, _, _, early, late = numbers(panel.picture.state)
        assert (early, late) == pytest.approx((plain, plain_last), rel=0.01), "averages of nothing: mean 0, variance 1"


def over_samples(x, gamma, beta, state, train, momentum, eps):
    return (x - x.mean(1, keepdims=True)) / x.std(1, keepdims=True), state


NO_NORMS = [None, 3, (np.zeros((2, 2)), {}), (np.zeros((200, 64)), {"mean": 0.0, "var": 1.0})]


@pytest.mark.parametrize("result", NO_NORMS)
def test_a_batch_norm_that_returns_something_else_is_told_so(result):
    picture = norm_histograms(lambda *_: result).picture
    assert picture.mood == "alarm" and picture.state.startswith("batch_norm returned")


def test_normalizing_over_the_wrong_axis_is_told_so():
    picture = norm_histograms(over_samples).picture
    assert picture.mood == "alarm" and "mean 0 and spread 1" in picture.state


# normalization_cubes


@pytest.mark.parametrize("groups", [1, 2, 4])
def test_the_numbers_that_follow_are_as_many_as_share_a_mean(groups):
    panel = normalization_cubes(layer_norm, group_norm)
    panel.controls["groups"].value = groups
    sample, channel, pixel, n, batch, layer, instance, said, group = numbers(panel.picture.state)
    assert (sample, channel, pixel, n, said) == (2, 2, 3, 48, groups)
    # N = 3, C = 4, HW = 4, from the table of the text.
    assert (batch, layer, instance, group) == (3 * 4, 4 * 4, 4, 4 * 4 / groups)


def interleaved(x, gamma, beta, groups, eps):
    order = np.arange(4).reshape(-1, groups).T.ravel()
    return group_norm(x[:, order], gamma, beta, groups, eps)[:, np.argsort(order)]


def over_the_batch(x, gamma, beta, eps):
    return (x - x.mean()) / x.std()


def test_norms_over_other_numbers_are_told_so():
    swapped = normalization_cubes(layer_norm, interleaved).picture
    assert swapped.mood == "alarm" and "group_norm (group)" in swapped.state
    wide = normalization_cubes(over_the_batch, group_norm).picture
    assert wide.mood == "alarm" and numbers(wide.state) == [48, 16]


# scoreboard


@pytest.fixture
def board():
    board = scoreboard()
    board.add("plain", [1.0, 1.0, 1.0], [0.90, 0.92, 0.94])
    return board


def shown(board) -> tuple[str, str]:
    bundle = board._repr_mimebundle_()
    return bundle["text/html"], bundle["text/plain"]


def test_a_row_tells_mean_spread_and_how_it_compares_on_the_same_draws(board):
    own = [0.93, 0.91, 0.98]
    board.add("mixup", [1.0, 0.99, 0.98], own)
    html, text = shown(board)
    mean, spread, train, draws, gain, won, _ = numbers(text.splitlines()[-1])
    assert mean == pytest.approx(100 * statistics.mean(own), abs=0.05)
    assert spread == pytest.approx(100 * statistics.stdev(own), abs=0.05)
    assert (train, draws, won) == (99.0, 3, 2)
    assert gain == pytest.approx(100 * (statistics.mean(own) - 0.92), abs=0.05)
    assert "+2.0" in html and "2 / 3" in html


def test_a_name_that_is_there_is_replaced_and_keeps_its_place(board):
    board.add("mixup", [1.0], [0.5])
    board.add("CutMix", [1.0], [0.6])
    board.add("mixup", [1.0], [0.7])
    assert list(board.rows) == ["plain", "mixup", "CutMix"]
    html, text = shown(board)
    assert "70.0" in html and "50.0" not in html and text.splitlines()[-1].startswith("mixup")
    assert html.count('<th scope="row"') == 3


def test_every_strip_has_a_text_alternative_and_names_are_escaped(board):
    board.add("<script>", [1.0] * 3, [0.2] * 3)
    html, _ = shown(board)
    assert "<script>" not in html and "&lt;script&gt;" in html
    alternatives = re.findall(r'<img alt="([^"]+)"', html)
    assert len(alternatives) == html.count("<img") == 3 and "held out 20.0" in alternatives[-1]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_board_speaks_the_language_of_the_notebook(board, language, monkeypatch):
    monkeypatch.setenv("DLBASIC_LANG", language)
    board.add("mixup", [1.0] * 3, [0.9] * 3)
    for text in (*shown(board), *shown(scoreboard())):
        assert any("가" <= c <= "힣" for c in text) == (language == "ko") and "{" not in text


@pytest.mark.parametrize("rows", [([], []), ([1.0], [0.9, 0.9]), ([1.0], [93.0]), ([1.0], [float("nan")])])
def test_accuracies_that_are_none_are_refused_and_nothing_is_written(board, rows):
    with pytest.raises(ValueError, match="mixup"):
        board.add("mixup", *rows)
    assert list(board.rows) == ["plain"] and board.latest == "plain"


def test_while_submissions_are_graded_the_board_keeps_scores_and_draws_nothing():
    code = "import sys; from dlbasic import scoreboard; b = scoreboard(); b.add('plain', (1.0, 1.0), (0.9, 0.8)); "
    code += "drawn = b._repr_mimebundle_(); print(len(b.rows), list(drawn), "
    code += "[name for name in ('ipywidgets', 'matplotlib', 'dlbasic.figures') if name in sys.modules])"
    environment = {**os.environ, "NBGRADER_EXECUTION": "autograde"}
    said = subprocess.check_output([sys.executable, "-c", code], text=True, env=environment)
    assert said.strip() == "1 ['text/plain'] []"

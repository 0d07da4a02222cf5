"""What holds for every interactive figure, of all chapters: a line in `WIDGETS`, one in `FUNCTIONS` for what it calls.

What a figure says is compared with independent computations in the chapters' own files, `test_widgets_*.py`.
"""

from __future__ import annotations

import copy
import functools
import time
from collections.abc import Callable
from statistics import median
from typing import NamedTuple

import matplotlib.pyplot as plt
import numpy as np
import pytest
from learners.cnn import (
    conv2d,
    conv_macs,
    conv_params,
    convolve2d,
    correlate2d,
    output_size,
    receptive_field,
    transposed_output_size,
)
from learners.history import attention, causal_mask, nt_xent, residual_block, timeline
from learners.mlp import EXPLORED, MLP, X, Y, predict, relu, relu_grad, softmax
from learners.optimization import SEVEN, gd_step, momentum_step
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

from dlbasic import widgets as w
from dlbasic.figures.ideas import IDEAS
from dlbasic.session import LANGUAGES
from dlbasic.widgets import budget, flipping, hills, kernels

TEMPERATURES = [0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0, 1.5, 2.0]
# Every widget: how a notebook makes it, and values to move each of its controls through.
WIDGETS = {
    "milestones": (w.milestones, {"idea": [idea.name for idea in IDEAS]}),
    "milestones of hers": (lambda: w.milestones(timeline), {"idea": [idea.name for idea in IDEAS]}),
    "attention_explorer": (
        lambda: w.attention_explorer(attention, causal_mask),
        {"query": range(1, 9), "size": [4, 16, 64, 256], "scaled": [True, False], "mask": ["nothing", "causal"]},
    ),
    "residual_explorer": (
        lambda: w.residual_explorer(residual_block),
        {"depth": range(0, 51, 5), "size": np.linspace(0.0, 1.2, 11)},
    ),
    "contrastive_explorer": (
        lambda: w.contrastive_explorer(nt_xent),
        {"angle": range(-180, 181, 30), "temperature": TEMPERATURES, "length": np.linspace(0.2, 1.5, 9)},
    ),
    "fit_by_hand": (lambda: w.fit_by_hand(X, Y), {"w": np.linspace(-2, 2, 15), "b": np.linspace(-2, 2, 15)}),
    "descent": (lambda: w.descent(X, Y), {"rate": np.logspace(-2, -0.3, 15), "steps": range(1, 100, 7)}),
    "activation_explorer": (lambda: w.activation_explorer(EXPLORED), {"z": np.linspace(-6, 6, 15)}),
    "softmax_explorer": (
        lambda: w.softmax_explorer(softmax),
        {"z1": np.linspace(-5, 5, 15), "z2": np.linspace(-5, 5, 15), "shift": range(-1000, 1000, 130)},
    ),
    "playground": (lambda: w.playground(*MLP), {"step": range(0, 60, 5)}),
    "digit_viewer": (lambda: w.digit_viewer(predict), {"digit": range(2, 32, 2)}),
    "degree_explorer": (w.degree_explorer, {"degree": range(13), "noise": np.linspace(0.05, 0.8, 16).round(2)}),
    "lr_explorer": (
        lambda: w.lr_explorer(gd_step, momentum_step),
        {
            "condition": range(1, 100, 7),
            "rate": np.linspace(0.04, 4.2, 15).round(2),
            "momentum": np.arange(0, 0.98, 0.06).round(2),
        },
    ),
    "optimizer_race": (
        lambda: w.optimizer_race(SEVEN),
        {
            "x": np.arange(-3, 3, 0.4).round(2),
            "y": np.arange(-3, 3, 0.4).round(2),
            "steps": range(3, 200, 13),
            "times": np.logspace(-1.5, 1, 15),
            "condition": range(1, 100, 7),
            "surface": hills.NAMES[::-1],
        },
    ),
    "sharpness_explorer": (w.sharpness_explorer, {"factor": range(0, 25, 2), "batch": range(5), "rule": range(3)}),
    "patience_explorer": (
        lambda: w.patience_explorer(early_stopping, TRAIN_LOSSES, VAL_LOSSES),
        {"patience": [1, 2, 3, 5, 8, 20, 40, 60, 90, 120]},
    ),
    "mixing_explorer": (
        lambda: w.mixing_explorer(mixup, cutmix),
        {
            "first": range(10),
            "second": range(9, -1, -1),
            "lam": np.linspace(0, 1, 11).round(2),
            "top": [-4, 2, -2, 0, 4, 7],
            "left": [-4, 3, -2, 0, 4, 7],
            "height": [1, 5, 2, 3, 4, 8],
            "width": [1, 5, 2, 3, 4, 8],
        },
    ),
    "dropout_explorer": (
        lambda: w.dropout_explorer(dropout),
        {"p": np.arange(0, 0.95, 0.1).round(2), "draw": range(1, 20, 2), "mode": ["predict", "train", "predict"]},
    ),
    "norm_histograms": (
        lambda: w.norm_histograms(batch_norm),
        {"scale": np.logspace(-1, 0.5, 11), "batches": range(0, 41, 4)},
    ),
    "normalization_cubes": (
        lambda: w.normalization_cubes(layer_norm, group_norm),
        {"sample": range(1, 4), "channel": range(1, 5), "pixel": range(1, 5), "groups": [4, 2, 1]},
    ),
    "sliding_kernel": (
        lambda: w.sliding_kernel(correlate2d),
        {"row": range(6), "column": range(6), "digit": range(10), "kernel": list(kernels.KERNELS)},
    ),
    "flip_explorer": (
        lambda: w.flip_explorer(correlate2d, convolve2d),
        {"digit": range(10), "kernel": list(flipping.KERNELS), "picture": ["one pixel", "a digit"]},
    ),
    "filter_stacks": (lambda: w.filter_stacks(conv2d), {"filter": range(3), "row": range(4), "column": range(4)}),
    "arithmetic_explorer": (
        lambda: w.arithmetic_explorer(output_size, transposed_output_size),
        {
            "n": [3, 9, 5, 12, 7, 1, 10],
            "k": range(1, 7),
            "stride": range(1, 5),
            "padding": range(4),
            "dilation": range(1, 4),
            "kind": ["forward", "back"],
            "extra": range(4),
        },
    ),
    "field_explorer": (
        lambda: w.field_explorer(receptive_field),
        {"depth": [1, 5, 3, 2, 4], "k": [1, 3, 5, 2, 4], **{f"s{layer}": [1, 2] for layer in range(1, 6)}},
    ),
    "budget_explorer": (
        lambda: w.budget_explorer(conv_params, conv_macs),
        {
            "c_in": budget.CHANNELS,
            "c_out": budget.CHANNELS[::-1],
            "k": [1, 3, 5, 7],
            "size": range(7, 113, 7),
            "groups": budget.GROUPS,
            "middle": budget.MIDDLES,
        },
    ),
}


def transposed(function):
    panel = w.arithmetic_explorer(output_size, function)
    panel.controls["kind"].value = "back"
    return panel


# Every function of a learner's that a widget cannot do without: a right one, and the widget with another in its place.
FUNCTIONS = {
    "timeline": (timeline, w.milestones),
    "attention": (attention, w.attention_explorer),
    "causal_mask": (causal_mask, lambda f: w.attention_explorer(attention, f)),
    "residual_block": (residual_block, w.residual_explorer),
    "nt_xent": (nt_xent, w.contrastive_explorer),
    "relu": (relu, lambda f: w.activation_explorer({"relu": (f, relu_grad)})),
    "relu_grad": (relu_grad, lambda f: w.activation_explorer({"relu": (relu, f)})),
    "softmax": (softmax, w.softmax_explorer),
    "init_mlp": (MLP[0], lambda f: w.playground(f, *MLP[1:])),
    "mlp_forward": (MLP[1], lambda f: w.playground(MLP[0], f, *MLP[2:])),
    "mlp_backward": (MLP[2], lambda f: w.playground(*MLP[:2], f, MLP[3])),
    "cross_entropy_grad": (MLP[3], lambda f: w.playground(*MLP[:3], f)),
    "predict": (predict, w.digit_viewer),
    "gd_step": (gd_step, lambda f: w.lr_explorer(f, momentum_step)),
    "momentum_step": (momentum_step, lambda f: w.lr_explorer(gd_step, f)),
    "early_stopping": (early_stopping, lambda f: w.patience_explorer(f, TRAIN_LOSSES, VAL_LOSSES)),
    "mixup": (mixup, lambda f: w.mixing_explorer(f, cutmix)),
    "cutmix": (cutmix, lambda f: w.mixing_explorer(mixup, f)),
    "dropout": (dropout, w.dropout_explorer),
    "batch_norm": (batch_norm, w.norm_histograms),
    "layer_norm": (layer_norm, lambda f: w.normalization_cubes(f, group_norm)),
    "group_norm": (group_norm, lambda f: w.normalization_cubes(layer_norm, f)),
    "correlate2d": (correlate2d, w.sliding_kernel),
    "convolve2d": (convolve2d, lambda f: w.flip_explorer(correlate2d, f)),
    "conv2d": (conv2d, w.filter_stacks),
    "output_size": (output_size, lambda f: w.arithmetic_explorer(f, transposed_output_size)),
    "transposed_output_size": (transposed_output_size, transposed),
    "receptive_field": (receptive_field, w.field_explorer),
    "conv_params": (conv_params, lambda f: w.budget_explorer(f, conv_macs)),
    "conv_macs": (conv_macs, lambda f: w.budget_explorer(conv_params, f)),
}

every_widget = pytest.mark.parametrize("name", WIDGETS)
every_function = pytest.mark.parametrize("name", FUNCTIONS)
both_languages = pytest.mark.parametrize("language", LANGUAGES)
FEW = 5
SECONDS = 0.08  # of computing; the rest of a tenth of a second is the browser's, see tests/browser/test_latency.py


class Moment(NamedTuple):
    """What stood on the screen after one move, and how long computing it took."""

    png: bytes
    state: str
    alt: str
    value: str
    seconds: float


@functools.cache
def walk(name: str, language: str) -> dict[str, list[Moment]]:
    """Every control through its values and back to the second one, each where the one before left off.

    Through all of them in English; the other language has the same pictures, so that a few tell whether its words fit.
    """
    make, moves = WIDGETS[name]
    if language != "en":
        moves = {control: values[:: max(1, len(values) // FEW)] for control, values in moves.items()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DLBASIC_LANG", language)
        panel = make()
        return {control: [move(panel, control, to) for to in [*to_all, to_all[1]]] for control, to_all in moves.items()}


def move(panel, control: str, to) -> Moment:
    # Processor time: what runs beside this test says nothing about the figure.
    start = time.process_time()
    panel.controls[control].value = to
    picture, seconds = panel.picture, time.process_time() - start
    return Moment(picture.png, picture.state, picture.alt, picture.value, seconds)


def test_no_widget_of_the_course_is_left_out():
    assert {name.split()[0] for name in WIDGETS} == set(w.__all__)


@every_widget
def test_moving_any_control_changes_the_picture_and_the_words(name):
    for control, moments in walk(name, "en").items():
        first, half_way = moments[0], moments[(len(moments) - 1) // 2]
        assert half_way.png != first.png and half_way.png[:4] == b"\x89PNG", control
        assert (half_way.state, half_way.alt) != (first.state, first.alt), control


@every_widget
def test_a_picture_depends_only_on_where_the_controls_stand(name):
    for control, moments in walk(name, "en").items():
        assert moments[-1].png == moments[1].png, f"{control}: something of an earlier picture is left over"


@every_widget
def test_a_move_is_drawn_well_within_a_tenth_of_a_second(name, record_property):
    # A control that stood there already has nothing drawn.
    drawn = {control: zip(moments, moments[1:], strict=False) for control, moments in walk(name, "en").items()}
    each = {control: [b.seconds for a, b in pairs if a.png != b.png] for control, pairs in drawn.items()}
    taken = median(seconds for times in each.values() for seconds in times)
    apart = ", ".join(f"{control} {1000 * median(times):.0f}" for control, times in each.items())
    record_property("measured", f"{name}: median {1000 * taken:.0f} ms from a move to its picture, in Python ({apart})")
    assert taken < SECONDS


@both_languages
@every_widget
def test_every_state_is_told_briefly_in_the_language_of_the_notebook(name, language):
    for _, state, alt, value, _ in (moment for moments in walk(name, language).values() for moment in moments):
        assert len(state) > 5 and len(alt) > 5 and len(state) <= 200, state
        assert all(any("가" <= c <= "힣" for c in text) == (language == "ko") for text in (state, alt)), (state, alt)
        assert "{" not in state + alt
        assert 'role="status"' in value and '<img alt="' in value and "var(--jp-content-font-color1)" in value


@every_widget
def test_where_no_widget_can_be_shown_the_words_stand_in_and_closing_leaves_no_figure_open(name):
    panel = WIDGETS[name][0]()
    assert panel.picture.state in panel._repr_mimebundle_()["text/plain"]
    panel.close()
    assert plt.get_fignums() == []


@every_widget
def test_labels_are_never_cut_off_and_every_slider_works_while_it_moves(name):
    for control in WIDGETS[name][0]().controls.values():
        assert control.description
        if hasattr(control, "continuous_update"):
            assert control.continuous_update and control.style.description_width == "initial"


# What a learner meets half-way through a chapter


def named(name: str, body: str) -> Callable:
    """A learner's function of this name."""
    namespace = {}
    exec(f"def {name}(*_, **__):\n    {body}", namespace)
    return namespace[name]


@both_languages
@every_function
def test_a_function_that_is_not_written_yet_is_named(name, language, monkeypatch):
    monkeypatch.setenv("DLBASIC_LANG", language)
    picture = FUNCTIONS[name][1](named(name, "raise NotImplementedError")).picture
    said = {"en": f"{name} is not written yet", "ko": f"{name} 함수를 아직 작성하지 않았어요"}
    assert picture.state.startswith(said[language])
    assert picture.mood == "alarm" and picture.png and picture.alt


@both_languages
@every_function
def test_a_crash_is_told_in_one_harmless_line(name, language, monkeypatch):
    monkeypatch.setenv("DLBASIC_LANG", language)
    picture = FUNCTIONS[name][1](named(name, "return {}['<b>nothing</b> ' + 'here ' * 60]")).picture
    assert picture.state.startswith(name) and "KeyError" in picture.state
    assert len(picture.state) <= 200 and picture.mood == "alarm"
    assert "<b>" not in picture.value


@every_function
def test_a_function_that_changes_its_arguments_spoils_nothing_and_what_it_prints_stays_out_of_the_page(name, capsys):
    right, make = FUNCTIONS[name]

    @functools.wraps(right)
    def in_place(*arguments, **values):
        result = copy.deepcopy(right(*arguments, **values))
        print("here")
        for argument in arguments:
            if isinstance(argument, np.ndarray):
                argument[:] = 0
        return result

    spoiled, sound = make(in_place).picture, make(right).picture
    assert (spoiled.png, spoiled.state, spoiled.mood) == (sound.png, sound.state, sound.mood)
    assert capsys.readouterr().out == ""

"""The drawing functions: what they compute is true, what they say is in both languages, and they load lightly."""

from __future__ import annotations

import base64
import io
import subprocess
import sys

import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_hex
from PIL import Image
from scipy.special import expit
from scipy.stats import norm

import dlbasic
from dlbasic import plot_losses, show_digits, style
from dlbasic.figures import (
    activation,
    areas,
    bars,
    circle,
    corridor,
    curves,
    forgery,
    lines,
    milestones,
    notes,
    regions,
    surface,
    weights,
)
from dlbasic.figures import digits as digit_figures
from dlbasic.figures.png import new_figure
from dlbasic.figures.words import Words, number
from dlbasic.session import LANGUAGES

seeds = st.integers(0, 2**32 - 1)


def points(seed: int, n: int = 25):
    rng = np.random.default_rng(seed)
    x = rng.uniform(-2, 3, n) + rng.normal()
    return x, rng.normal() * x + rng.normal() + rng.normal(0, 0.5, n)


@settings(deadline=None)
@given(seeds, st.floats(-5, 5), st.floats(-5, 5))
def test_the_surface_is_the_mean_squared_error_of_every_line(seed, w, b):
    x, y = points(seed)
    expected = np.average((y - np.polyval([w, b], x)) ** 2)
    assert surface.LossSurface.of(x, y).at(w, b) == pytest.approx(expected, rel=1e-9)


@settings(deadline=None)
@given(seeds)
def test_the_bottom_of_the_surface_is_the_least_squares_line(seed):
    x, y = points(seed)
    bowl = surface.LossSurface.of(x, y)
    coefficients, residuals, *_ = np.polyfit(x, y, 1, full=True)
    np.testing.assert_allclose(bowl.best, coefficients, rtol=1e-6, atol=1e-9)
    assert bowl.bottom == pytest.approx(residuals[0] / len(x), rel=1e-6)


@settings(deadline=None)
@given(seeds, st.floats(0.01, 1.2), st.integers(0, 20))
def test_the_closed_form_path_is_the_one_that_steps_take(seed, share, steps):
    x, y = points(seed)
    bowl = surface.LossSurface.of(x, y)
    rate, place, visited = share * bowl.largest_stable_rate, np.zeros(2), [np.zeros(2)]
    design = np.stack([x, np.ones_like(x)], axis=1)
    for _ in range(steps):
        place = place - rate * 2 / len(x) * design.T @ (design @ place - y)
        visited.append(place)
    np.testing.assert_allclose(bowl.descent(rate, steps), visited, rtol=1e-6, atol=1e-6 * np.abs(visited).max() + 1e-9)


@settings(deadline=None)
@given(seeds)
def test_the_largest_stable_rate_separates_settling_from_blowing_up(seed):
    bowl = surface.LossSurface.of(*points(seed))
    below, above = (bowl.descent(share * bowl.largest_stable_rate, 3_000)[-1] for share in (0.97, 1.03))
    np.testing.assert_allclose(below, bowl.best, atol=1e-4)
    assert not np.abs(above).max() < 1e6


@pytest.mark.parametrize(
    ("x", "y", "said"),
    [
        ([1, 2, 3], [1, 2], "one length"),
        ([[1, 2]], [[1, 2]], "one length"),
        ([1, np.nan], [1, 2], "finite"),
        ([2, 2, 2], [1, 2, 3], "two different values"),
        ([1], [1], "two different values"),
    ],
)
def test_data_without_a_line_are_refused_in_a_sentence(x, y, said):
    with pytest.raises(ValueError, match=said):
        surface.pairs(x, y)


@settings(deadline=None)
@given(st.floats(1e-6, 1e6))
def test_slider_ends_are_round_and_large_enough(value):
    end = surface.rounded_up(value)
    assert value * (1 - 1e-6) <= end <= 2.01 * value
    assert f"{end:e}"[0] in "1235" and float(f"{end:.0e}") == pytest.approx(end)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.031249, "0.0312"), (-0.0, "0"), (1000, "1000"), (-998.7, "-999"), (1.3e12, "1.3e+12"), (float("nan"), "nan")],
)
def test_numbers_read_as_a_reader_would_write_them(value, text):
    assert number(value) == text


def test_a_message_that_lacks_a_language_is_refused_when_it_is_written():
    with pytest.raises(ValueError, match="'hello'"):
        Words({"hello": {"en": "hello"}})


def _bowl():
    return surface.LossSurface.of(*points(0))


Z = np.linspace(-6, 6, 41)
DRAWINGS = {
    "surface": lambda ax: surface.draw_surface(ax, _bowl(), (-2, 2), (-3, 3)),
    "place": lambda ax: surface.draw_place(ax, _bowl(), 1.0, 2.0),
    "path": lambda ax: surface.draw_path(ax, _bowl().descent(0.01, 5)),
    "points": lambda ax: lines.draw_points(ax, *points(0)),
    "line": lambda ax: lines.draw_line(ax, *points(0), 1.0, -2.0),
    "losses": lambda ax: lines.draw_losses(ax, np.array([3.0, 2.0, 1.0])),
    "curve": lambda ax: activation.draw_curve(ax, Z, np.tanh(Z), "tanh"),
    "slopes": lambda ax: activation.draw_slopes(ax, Z, None, 1 - np.tanh(Z) ** 2, "tanh_grad"),
    "tangent": lambda ax: activation.draw_tangent(ax, 1.0, 0.5, 0.2),
    "point without a tangent": lambda ax: activation.draw_tangent(ax, 1.0, 0.5, None),
    "bars": lambda ax: bars.draw_bars(ax, np.array([0.2, 0.8]), ["a", "b"], ["r", "b"]),
    "regions": lambda ax: regions.draw_regions(ax, regions.grid(8)[:, 0].reshape(8, 8)),
    "classes": lambda ax: regions.draw_classes(ax, np.eye(2), np.array([0, 1]), np.array([True, False])),
    "moment": lambda ax: regions.draw_moment(ax, 10, 0.5),
    "digit": lambda ax: digit_figures.draw_digit(ax, np.eye(8)),
    "digits": lambda ax: digit_figures.draw_digits([ax], np.eye(8)[None], [3]),
    "runs": lambda ax: curves.draw_runs(ax, {"loss": np.array([2.0, np.nan, 1.0])}, "step"),
    "note": lambda ax: notes.draw_note(ax, "not written yet"),
    "ideas in their order": lambda ax: milestones.draw_ideas(ax, None),
    "ideas in their years": lambda ax: milestones.draw_ideas(ax, {"GAN": 2015, "Adam": 2014}),
    "family": lambda ax: milestones.draw_family(ax, "ResNet", None),
    "corridors": lambda ax: corridor.draw_corridors(ax, {"at last": np.array([[0.5, 0.9], [0.8, 1.0], [0.0, 0.0]])}),
    "forgery": lambda ax: forgery.draw_forgery(ax, (3, 0.5), (0, 1), Z, Z, "step 0"),
    "table of weights": lambda ax: weights.draw_table(ax, np.eye(2), ["a", "b"], ["c", "d"], True),
    "areas": lambda ax: areas.draw_areas(ax, {"a": 1e9, "b": 2e6}),
    "pairs": lambda ax: circle.draw_pairs(ax, np.ones((2, 3, 2)), "step 0"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", DRAWINGS)
def test_every_drawing_leaves_a_mark_and_says_what_it_shows(name, language, monkeypatch):
    monkeypatch.setenv("DLBASIC_LANG", language)
    with style.style():
        ax = new_figure(3, 3).subplots()
        blank = _pixels(ax.figure)
        alt = DRAWINGS[name](ax)
        assert (_pixels(ax.figure) != blank).any()
    assert alt.strip() and "{" not in alt
    assert any("가" <= letter <= "힣" for letter in alt) == (language == "ko")


def _pixels(figure):
    figure.canvas.draw()
    return np.array(figure.canvas.buffer_rgba())


def test_a_path_that_leaves_the_axes_is_cut_but_told_in_full():
    ax = new_figure(3, 3).subplots()
    ax.set(xlim=(-1, 1), ylim=(-1, 1))
    alt = surface.draw_path(ax, np.array([[0, 0], [5, 0], [-9, 0], [20, 0], [-50.0, 0]]))
    assert ax.lines[0].get_xdata().tolist() == [0, 5, -9, 20]
    assert "4 steps" in alt and "w = -50" in alt


def test_a_probability_that_is_no_number_gets_a_cross():
    ax = new_figure(3, 3).subplots()
    bars.draw_bars(ax, np.array([np.nan, 0.25]), ["a", "b"], ["r", "b"])
    assert [text.get_text() for text in ax.texts] == ["✕ nan", "0.25"]
    assert [patch.get_height() for patch in ax.patches] == [0.0, 0.25]


def test_the_shaded_share_is_the_share_of_positive_margins():
    margin = np.full((10, 10), -1.0)
    margin[:3] = 1.0
    assert "30% of the plane" in regions.draw_regions(new_figure(3, 3).subplots(), margin)


def test_the_sides_of_the_plane_are_where_its_points_say():
    x, shown = regions.grid(20), new_figure(3, 3).subplots()
    regions.draw_regions(shown, np.where(x[:, 1] > 0.5, 3.0, -3.0).reshape(20, 20))
    image = shown.images[0]
    rows = np.linspace(*image.get_extent()[2:], 20)
    assert image.origin == "lower"
    np.testing.assert_array_equal(np.asarray(image.get_array())[:, 0] > 0, rows > 0.5)


# --- chapter 1's exhibits ---------------------------------------------------------------------------------------------


def test_the_larger_half_of_a_room_has_the_arrow_and_ties_have_none():
    ax = new_figure(6, 2).subplots()
    table = np.array([[0.2, 0.3], [0.75, 0.25], [0.5, 0.5], [0.0, 0.0]])
    alt = corridor.draw_corridors(ax, {"now": table})
    arrows = {round(text.get_position()[0]): text.get_text() for text in ax.texts if text.get_text() in "←→"}
    assert arrows == {0: "→", 1: "←"} and alt.endswith("now: 0.3, 0.25, 0.5.")
    shown = [text.get_text() for text in ax.texts if "." in text.get_text()]
    assert shown == ["0.20", "0.30", "0.75", "0.25", "0.50", "0.50"]


@settings(deadline=None, max_examples=20)
@given(st.floats(-2, 5), st.floats(0.05, 2), st.floats(-50, 50))
def test_forged_numbers_have_the_normal_density_and_the_judge_the_sigmoid(centre, spread, steep):
    ax = new_figure(3, 3).subplots()
    places = np.linspace(-2, 5, 141)
    forgery.draw_forgery(ax, (3.0, 0.5), (centre, -spread), places, steep * places, "step 7")
    real, forged, chance = (line.get_ydata() for line in ax.lines)
    np.testing.assert_allclose(real, norm.pdf(places, 3.0, 0.5), atol=1e-12)
    np.testing.assert_allclose(forged, norm.pdf(places, centre, spread), atol=1e-12)
    np.testing.assert_allclose(chance, expit(steep * places), atol=1e-12)


def test_squares_have_areas_in_proportion_and_do_not_overlap():
    ax = new_figure(4, 3).subplots()
    alt = areas.draw_areas(ax, {"small": 1.56e9, "large": 174.6e9, "tiny": 3e6})
    small, large, tiny = ((patch.get_x(), patch.get_width(), patch.get_height()) for patch in ax.patches)
    assert large[1] * large[2] / (small[1] * small[2]) == pytest.approx(174.6 / 1.56)
    assert small[0] + small[1] < large[0] and large[0] + large[1] < tiny[0]
    assert "small 1.56 billion, large 175 billion, tiny 3 million" in alt


@settings(deadline=None, max_examples=20)
@given(seeds)
def test_arrows_of_any_length_stand_on_the_circle_in_their_direction(seed):
    arrows = np.random.default_rng(seed).normal(size=(2, 3, 2))
    ax = new_figure(3, 3).subplots()
    circle.draw_pairs(ax, arrows, "step 0")
    drawn = np.array([line.get_xydata() for line in ax.lines[2::2]]).swapaxes(0, 1)
    np.testing.assert_allclose(drawn, arrows / np.linalg.norm(arrows, axis=2, keepdims=True), atol=1e-12)


def test_how_far_partners_are_apart_is_told_the_short_way_round():
    at = np.radians([[170.0, 10.0], [-170.0, 50.0]])
    arrows = np.stack([np.cos(at), np.sin(at)], axis=-1)
    assert "30 degrees apart" in circle.draw_pairs(new_figure(3, 3).subplots(), arrows, "step 0")


def test_every_pair_of_views_has_a_colour_and_a_mark_of_its_own():
    assert len({marker for marker, _ in circle.MARKS}) == len({color for _, color in circle.MARKS}) == 6


def test_a_few_weights_are_written_out_and_of_many_the_largest_of_each_row():
    ax = new_figure(3, 3).subplots()
    alt = weights.draw_table(ax, np.array([[0.25, 0.75]]), ["it"], ["cat", "milk"], True)
    assert [text.get_text() for text in ax.texts] == ["0.25", "0.75"] and "it: cat 0.25, milk 0.75" in alt
    many = np.roll(np.eye(6), 1, axis=1)
    alt = weights.draw_table(new_figure(3, 3).subplots(), many, list("abcdef"), list("uvwxyz"), False)
    assert "a: v 1; b: w 1" in alt and "a: u" not in alt


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours (WCAG 2.2)."""
    parts = [np.array([int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]) for color in (one, other)]
    linear = [np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4) for part in parts]
    light, dark = sorted((part @ [0.2126, 0.7152, 0.0722] for part in linear), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_a_number_can_be_read_on_every_shade_of_the_heat_map():
    for weight in np.linspace(0, 1, 101):
        ink = "#FFFFFF" if weight > weights.DARK else style.INK
        assert contrast(to_hex(weights.FADE(weight)), ink) > 3.5, weight


PLACES = np.linspace(-2, 5, 9)
EXHIBITS = {
    "plot_shares": ({2: 1.0, 40: 0.25}, "copied", "words"),
    "show_corridor": ({"after walk 1": np.zeros((6, 2)), "after walk 9": np.ones((6, 2))},),
    "show_forgery": ({f"step {step}": ((1.0, 0.5), PLACES) for step in range(4)}, (3.0, 0.5), PLACES),
    "show_weights": ({"BERT": np.full((2, 2), 0.5), "GPT": np.eye(2)}, ["the", " "], ["the", " "]),
    "show_sizes": ({"GPT-2": 1.5e9, "GPT-3": 1.7e11},),
    "show_views": ({"first": np.ones((2, 6, 2)), "last": -np.ones((2, 6, 2))},),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EXHIBITS)
def test_an_exhibit_is_shown_once_in_the_width_of_a_notebook_and_told_in_words(name, language, displayed, monkeypatch):
    monkeypatch.setenv("DLBASIC_LANG", language)
    assert getattr(dlbasic, name)(*EXHIBITS[name]) is None
    (bundle,) = displayed
    alt = bundle["text/plain"]
    assert f'alt="{alt}"' in bundle["text/html"] and "{" not in alt
    assert any("가" <= letter <= "힣" for letter in alt) == (language == "ko")
    assert bundle["_"]["metadata"]["image/png"]["width"] <= 680
    assert plt.get_fignums() == []


def test_an_axis_of_other_numbers_than_losses_says_so(displayed):
    plot_losses({"plain": [1.0, 0.001]}, unit="layer", what="what is left")
    assert displayed[0]["text/plain"] == "Curves of “what is left”, first to last: plain 1 → 0.001."


def test_losses_of_which_only_some_were_kept_stand_at_their_own_steps():
    ax = plt.figure().subplots()
    curves.draw_runs(ax, {"loss": np.array([3.0, 2.0, 1.0])}, "step", every=25)
    assert ax.lines[0].get_xdata().tolist() == [0, 25, 50] and ax.get_xlabel() == "step"
    plt.close("all")


@pytest.fixture
def displayed(monkeypatch):
    """Everything that IPython was asked to display."""
    caught = []
    monkeypatch.setattr("IPython.display.display", lambda data, **kwargs: caught.append({**data, "_": kwargs}))
    return caught


@pytest.mark.parametrize("language", LANGUAGES)
def test_losses_are_shown_once_with_their_numbers_in_words(language, displayed, monkeypatch):
    monkeypatch.setenv("DLBASIC_LANG", language)
    assert plot_losses([4.0, 1.0, 0.25]) is None
    (bundle,) = displayed
    assert "4 → 0.25" in bundle["text/plain"]
    assert f'alt="{bundle["text/plain"]}"' in bundle["text/html"]
    image = Image.open(io.BytesIO(base64.b64decode(bundle["image/png"])))
    assert image.width > 600 and bundle["_"]["metadata"]["image/png"]["alt"] == bundle["text/plain"]
    assert plt.get_fignums() == []


@pytest.mark.parametrize(
    ("losses", "labels", "names"),
    [
        ([3, 2], None, ["loss"]),
        ([[3, 2], [1, 1, 1]], None, ["run 1", "run 2"]),
        ([[3, 2], [1, 1, 1]], ["a", "b"], ["a", "b"]),
        ({"slow": [3, 2], "fast": [3, 1]}, None, ["slow", "fast"]),
        (np.array([3.0, 2.0]), "mine", ["mine"]),
    ],
)
def test_one_run_or_several_are_understood(losses, labels, names):
    assert list(curves.as_runs(losses, labels)) == names


@pytest.mark.parametrize(("losses", "labels"), [([], None), ([[1, 2], [3]], ["one"]), ([[[1, 2]]], None), ({}, None)])
def test_losses_that_cannot_be_drawn_are_refused(losses, labels):
    with pytest.raises(ValueError):
        curves.as_runs(losses, labels)


def test_losses_over_many_sizes_get_a_logarithmic_axis():
    scales = []
    for last in (0.5, 0.001):
        ax = new_figure(3, 3).subplots()
        curves.draw_runs(ax, {"loss": np.array([1.0, last])}, "step")
        scales.append(ax.get_yscale())
    assert scales == ["linear", "log"]


@pytest.mark.parametrize("shape", [(12, 64), (12, 8, 8)])
def test_digits_are_shown_with_their_labels_in_words(shape, displayed):
    images = np.random.default_rng(0).uniform(0, 1, shape)
    assert show_digits(images, list("012345678901")) is None
    (bundle,) = displayed
    assert "12 images of digits, row by row: 0, 1, 2" in bundle["text/plain"]
    assert plt.get_fignums() == []


def test_digits_of_another_shape_and_too_few_labels_are_refused():
    with pytest.raises(ValueError, match=r"\(3, 7\)"):
        show_digits(np.zeros((3, 7)))
    with pytest.raises(ValueError, match="3 images and 2 labels"):
        show_digits(np.zeros((3, 64)), [1, 2])


def test_figures_load_neither_pyplot_nor_widgets():
    code = (
        "import sys, dlbasic; assert 'matplotlib' not in sys.modules, 'dlbasic alone loads matplotlib'\n"
        "dlbasic.plot_losses; print([m for m in ('ipywidgets', 'matplotlib.pyplot') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (done.stdout.strip(), done.returncode) == ("[]", 0), done.stderr

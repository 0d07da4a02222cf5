"""Chapter 5's interactive figures, driven from Python: what they say is true, against SciPy and enumeration."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from learners import cnn
from matplotlib.colors import to_rgb
from scipy import signal
from told import numbers as told_numbers

from dlbasic import (
    arithmetic_explorer,
    budget_bars,
    budget_explorer,
    field_explorer,
    filter_stacks,
    flip_explorer,
    sliding_kernel,
    style,
)
from dlbasic.figures import cells, cone, costs, sizes, slide, stacks
from dlbasic.figures.png import new_figure
from dlbasic.widgets import flipping, kernels
from dlbasic.widgets import stacks as stacked
from dlbasic.widgets.live import LivePicture
from dlbasic.widgets.pointer import Pointer


def numbers(text: str) -> list[float]:
    """As `told.numbers`, where minus signs are printed as such and thousands have commas."""
    return told_numbers(text.replace("−", "-").replace(",", ""))


def setting(panel, **values):
    """The panel with its controls there."""
    for name, value in values.items():
        panel.controls[name].value = value
    return panel


# sliding_kernel


@pytest.mark.parametrize("kernel", kernels.KERNELS)
def test_the_sum_that_is_written_out_is_the_one_that_scipy_makes(kernel):
    panel = setting(sliding_kernel(cnn.correlate2d), digit=5, kernel=kernel)
    wanted = signal.correlate2d(kernels.pictures()[5], kernels.KERNELS[kernel], mode="valid")
    for row, column in ((0, 0), (3, 1), (5, 4)):
        setting(panel, row=row, column=column)
        place, sum_and_total = panel.picture.state.split("] = ")
        products, total = sum_and_total.replace("− ", "−").split(" = ")
        assert place == f"O[{row}, {column}" and panel.picture.mood == "plain"
        assert numbers(total)[0] == pytest.approx(wanted[row, column], abs=0.0051)
        assert len(numbers(products)) == 9
        assert sum(numbers(products)) == pytest.approx(wanted[row, column], abs=0.046)


def test_there_is_one_picture_of_every_digit_in_order():
    from sklearn.datasets import load_digits

    data = load_digits()
    for digit, picture in enumerate(kernels.pictures()):
        same = (data.images == picture).all(axis=(1, 2))
        assert data.target[same].tolist() == [digit]


def test_a_kernel_that_is_flipped_is_told_where_it_shows():
    panel = sliding_kernel(lambda image, kernel: cnn.convolve2d(image, kernel))
    assert panel.picture.mood == "alarm" and "add up to 27, but your correlate2d says −27" in panel.picture.state
    assert setting(panel, kernel="blur").picture.mood == "plain", "turned by 180° this one stays as it is"


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (lambda image, kernel: None, "returned None"),
        (lambda image, kernel: signal.correlate2d(image, kernel), "returned an array of shape (10, 10)"),
        (lambda image, kernel: np.full((6, 6), np.nan), "says nan there"),
        (lambda image, kernel: "six", "returned six"),
    ],
)
def test_an_output_that_is_no_use_is_told(function, said):
    picture = sliding_kernel(function).picture
    assert said in picture.state and picture.mood == "alarm" and len(picture.state) <= 200


# flip_explorer


@pytest.mark.parametrize("kernel", flipping.KERNELS)
def test_whether_the_turn_matters_is_told_as_scipy_has_it(kernel):
    panel = setting(flip_explorer(cnn.correlate2d, cnn.convolve2d), digit=2, kernel=kernel)
    image, weights = kernels.pictures()[2], flipping.KERNELS[kernel]
    correlated, convolved = (f(image, weights, mode="valid") for f in (signal.correlate2d, signal.convolve2d))
    apart = np.abs(correlated - convolved)
    state = panel.picture.state
    if np.allclose(weights, np.flip(weights)):
        assert "agree in all 36 places" in state and apart.max() < 1e-9
    elif np.allclose(weights, -np.flip(weights)):
        assert "differ only in sign, in all 36 places" in state and np.allclose(correlated, -convolved)
    else:
        count, n, gap = numbers(state)
        assert (count, n, gap) == (np.sum(apart > 1e-9), 36, pytest.approx(apart.max(), abs=0.0051))


def test_both_sides_of_the_question_can_be_found_among_the_kernels():
    turned = {name: np.flip(kernel) for name, kernel in flipping.KERNELS.items()}
    even = [name for name, kernel in flipping.KERNELS.items() if np.allclose(kernel, turned[name])]
    odd = [name for name, kernel in flipping.KERNELS.items() if np.allclose(kernel, -turned[name])]
    assert len(even) >= 2 and len(odd) >= 2 and len(even) + len(odd) < len(flipping.KERNELS)


@pytest.mark.parametrize("axis", [0, 1])
def test_a_convolution_that_flips_one_axis_only_is_noticed(axis):
    panel = flip_explorer(cnn.correlate2d, lambda image, kernel: cnn.correlate2d(image, np.flip(kernel, axis)))
    assert panel.picture.mood == "alarm" and "not what your correlate2d makes" in panel.picture.state


# filter_stacks


def test_an_output_is_what_scipy_makes_of_all_channels():
    panel = filter_stacks(cnn.conv2d)
    x, w, b = stacked.layer()
    for f, i, j in itertools.product(range(3), (0, 3), (1, 2)):
        setting(panel, filter=f, row=i, column=j)
        parts = [signal.correlate2d(channel, part, mode="valid")[i, j] for channel, part in zip(x, w[f], strict=True)]
        said = numbers(panel.picture.state)
        assert said[:3] == [f, i, j] and said[-5:] == [*parts, b[f], sum(parts) + b[f]]
        assert 27 in said and panel.picture.mood == "plain"


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (lambda x, w, b: cnn.conv2d(x[:, :1], w[:, :1], b), "your conv2d says"),
        (lambda x, w, b: cnn.conv2d(x, w, 0 * b), "your conv2d says"),
        (lambda x, w, b: cnn.conv2d(x, w, b)[0], "returned an array of shape (3, 4, 4)"),
        (lambda x, w, b: cnn.conv2d(x, w, b, 1, 1), "returned an array of shape (1, 3, 6, 6)"),
    ],
)
def test_a_layer_that_goes_wrong_is_told(function, said):
    picture = filter_stacks(function).picture
    assert said in picture.state and picture.mood == "alarm" and len(picture.state) <= 200


# arithmetic_explorer

SETTINGS = list(itertools.product((1, 4, 7, 12), (1, 3, 6), (1, 2, 3), (0, 2), (1, 3)))


def explorer():
    return arithmetic_explorer(cnn.output_size, cnn.transposed_output_size)


def test_the_windows_that_are_drawn_are_as_many_as_scipy_makes_outputs():
    for n, k, stride, padding, dilation in SETTINGS:
        begins = sizes.starts(n, k, stride, padding, dilation)
        try:
            assert len(begins) == cnn.output_size(n, k, stride, padding, dilation)
        except ValueError:
            assert begins == []


def test_the_size_and_what_is_left_over_are_told():
    panel = explorer()
    for n, k, stride, padding, dilation in SETTINGS[::5]:
        setting(panel, n=n, k=k, stride=stride, padding=padding, dilation=dilation)
        state, reach, places = panel.picture.state, dilation * (k - 1) + 1, n + 2 * padding
        if reach > places:
            assert panel.picture.mood == "alarm" and state.startswith("Invalid") and "as it should" in state
            assert numbers(state) == [reach, places]
        else:
            o = cnn.output_size(n, k, stride, padding, dilation)
            assert panel.picture.mood == "plain" and f"= {o} outputs from {n} inputs" in state
            assert ("the size stays the same" in state) == (o == n)
            assert numbers(state)[-1] == places - reach - (o - 1) * stride


def test_the_three_questions_of_the_chapter_have_their_answers_in_the_picture():
    panel = setting(explorer(), n=9, k=3, dilation=2, padding=2)
    assert "the size stays the same" in panel.picture.state
    setting(panel, n=2, padding=0)
    assert "Invalid: the kernel reaches over 5 places, and there are only 2" in panel.picture.state
    setting(panel, dilation=1, stride=3)
    counts = [numbers(setting(panel, n=n).picture.state.split("] ")[-1].split("+ 1 = ")[1])[0] for n in range(3, 12)]
    assert counts == [1, 1, 1, 2, 2, 2, 3, 3, 3]


def test_a_transposed_size_is_told_and_leads_back():
    panel = setting(explorer(), kind="back")
    valid = 0
    for n, k, stride, padding, extra in itertools.product((1, 3, 8), (2, 5), (1, 2, 4), (0, 1, 3), (0, 1, 3)):
        setting(panel, n=n, k=k, stride=stride, padding=padding, extra=extra)
        o = cnn.transposed_output_size(n, k, stride, padding, extra)
        state = panel.picture.state
        if extra < stride and o > 0:
            assert f"= {o} outputs from {n} inputs" in state and f"from {o} back to {n}" in state
            assert cnn.output_size(o, k, stride, padding) == n and panel.picture.mood == "plain"
            valid += 1
        else:
            assert state.startswith("Invalid") and panel.picture.mood == "alarm"
            assert ("nothing is left" in state) == (extra < stride)
    assert valid > 20


def test_controls_that_mean_nothing_for_a_kind_are_switched_off():
    panel = explorer()
    assert panel.controls["extra"].disabled and not panel.controls["dilation"].disabled
    setting(panel, kind="back")
    assert panel.controls["dilation"].disabled and not panel.controls["extra"].disabled


def refuses(*arguments):
    raise ValueError("never")


@pytest.mark.parametrize(
    ("function", "values", "said"),
    [
        (refuses, {}, "Your output_size raises a ValueError here, but the picture has room for 5 outputs"),
        (lambda n, k, s, p, d: (n + 2 * p - k) // s + 1, {"dilation": 2}, "says 5, but the picture has 3 outputs"),
        (lambda n, k, s, p, d: n - d * (k - 1), {"n": 1}, "returned -1; a ValueError is due"),
        (lambda n, k, s, p, d: None, {}, "returned None, but a whole number (int) is needed"),
        (lambda n, k, s, p, d: (n + 2 * p - k) / s + 1, {}, "returned 5.0, but a whole number (int) is needed"),
        (lambda n, k, s, p, d: True, {}, "returned True"),
    ],
)
def test_a_size_that_does_not_fit_the_picture_is_told(function, values, said):
    picture = setting(arithmetic_explorer(function, cnn.transposed_output_size), **values).picture
    assert said in picture.state and picture.mood == "alarm" and len(picture.state) <= 200


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (refuses, "Your transposed_output_size raises a ValueError here, but the picture has room for 9 outputs"),
        (lambda n, k, s, p, a: n * s + k, "says 10, but the picture has 9 outputs"),
        (lambda n, k, s, p, a: {}["size"], "transposed_output_size crashed: KeyError"),
    ],
)
def test_a_transposed_size_that_goes_wrong_is_told(function, said):
    panel = setting(arithmetic_explorer(cnn.output_size, function), kind="back")
    assert said in panel.picture.state and panel.picture.mood == "alarm"


def test_a_numpy_integer_is_a_whole_number():
    panel = arithmetic_explorer(lambda *setting: np.int64(cnn.output_size(*setting)), cnn.transposed_output_size)
    assert panel.picture.mood == "plain"


# field_explorer


def field_of(layers) -> int:
    """How many inputs reach one output in the middle, when each is lit up by itself and every weight is 1."""
    reached = 0
    for light in np.eye(300):
        for k, stride in layers:
            light = np.convolve(light, np.ones(k), mode="valid")[::stride]
        reached += light[len(light) // 2] > 0
    return int(reached)


@pytest.mark.parametrize("layers", [[(3, 1)] * 5, [(3, 2)] * 3, [(2, 2), (5, 1), (3, 2)], [(1, 2), (1, 1)]])
def test_the_cone_is_as_wide_as_what_can_change_an_output(layers):
    first, last = cone.windows(layers)[0]
    assert (first, last + 1) == (0, field_of(layers))


def test_the_field_and_the_distance_of_neighbours_are_told():
    panel = setting(field_explorer(cnn.receptive_field), depth=4, k=3, s1=2, s3=2)
    assert panel.picture.mood == "plain"
    assert numbers(panel.picture.state) == [4, 19, 4, 1, 3, 7, 11, 19]
    setting(panel, s4=2)
    assert numbers(panel.picture.state)[:3] == [4, 19, 8], "a layer's own stride moves its neighbour, not its field"


def test_eleven_inputs_take_five_layers_or_three_with_strides():
    panel = setting(field_explorer(cnn.receptive_field), depth=5)
    assert numbers(panel.picture.state)[1] == 11
    setting(panel, depth=3, s1=2, s2=2)
    assert numbers(panel.picture.state)[1] == 15


def with_own_stride(layers):
    field, jump = 1, 1
    for k, stride in layers:
        jump *= stride
        field += (k - 1) * jump
    return field


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (with_own_stride, "(3, 2), your receptive_field says 5, but the lines of the picture reach 3"),
        (lambda layers: 1 + sum(k - 1 for k, _ in layers), "(3, 2), (3, 1), your receptive_field says 5, but"),
        (lambda layers: layers.clear(), "returned None"),
        (lambda layers: 3.0, "returned 3.0"),
    ],
)
def test_a_field_that_goes_wrong_is_told_at_the_first_layer_where_it_does(function, said):
    picture = setting(field_explorer(function), s1=2).picture
    assert said in picture.state and picture.mood == "alarm" and len(picture.state) <= 200


# budget_explorer and budget_bars


def counted(c_in, c_out, k, size, groups):
    """Weights and multiply-accumulates, one by one: the pairs of channel and filter that share a group."""
    pairs = sum(i * groups // c_in == o * groups // c_out for i in range(c_in) for o in range(c_out))
    return pairs * k * k, pairs * k * k * size * size


@pytest.mark.parametrize("groups", [1, 4, 16])
@pytest.mark.parametrize("middle", [0, 32])
def test_both_budgets_are_what_counting_one_by_one_gives(groups, middle):
    panel = setting(
        budget_explorer(cnn.conv_params, cnn.conv_macs),
        **{"c_in": 64, "c_out": 128, "k": 5, "size": 14, "groups": groups, "middle": middle},
    )
    parts = [counted(64, middle, 1, 14, 1)] * bool(middle) + [counted(middle or 64, 128, 5, 14, groups)]
    weights, macs = np.sum(parts, axis=0)
    plain = counted(64, 128, 5, 14, 1)
    said = numbers(panel.picture.state)
    assert said[:4] == [weights + 128 + middle, weights, 128 + middle, macs]
    assert said[4:] == pytest.approx([plain[0] / weights, plain[1] / macs], rel=5e-3)
    assert panel.picture.mood == "plain"


def test_a_bottleneck_that_costs_more_than_it_saves_says_so():
    panel = setting(budget_explorer(cnn.conv_params, cnn.conv_macs), c_in=16, c_out=16, middle=128)
    weights = 16 * 128 + 9 * 128 * 16
    assert f"weights × {weights / (9 * 16 * 16):.3g}" in panel.picture.state


def test_groups_that_do_not_divide_the_channels_are_invalid():
    panel = setting(budget_explorer(cnn.conv_params, cnn.conv_macs), c_out=32, groups=64)
    assert panel.picture.state == "Invalid: 32 channels cannot be divided into 64 groups."
    assert panel.picture.mood == "alarm"


@pytest.mark.parametrize(
    ("params", "macs", "said"),
    [
        (lambda a, b, k, bias, g: a * b * k * k // g + bias * a * b, cnn.conv_macs, "one bias for each of 256 filters"),
        (cnn.conv_params, lambda a, b, k, h, w, g: cnn.conv_params(a, b, k, False) * h * w, "but your conv_macs says"),
        (cnn.conv_params, lambda a, b, k, h, w, g: None, "conv_macs returned None"),
        (lambda a, b, k, bias, g: a * b * k * k / g, cnn.conv_macs, "a whole number (int) is needed"),
    ],
)
def test_budgets_that_contradict_each_other_are_told(params, macs, said):
    picture = setting(budget_explorer(params, macs), groups=2).picture
    assert said in picture.state and picture.mood == "alarm" and len(picture.state) <= 200


TABLE = [("conv1", (8, 10, 4), 608), ("conv2", (4, 5, 2), 4 * 8 * 9 + 4), ("fc3", (10,), 41 * 10)]


@pytest.fixture
def displayed(monkeypatch):
    """Everything that IPython was asked to display."""
    caught = []
    monkeypatch.setattr("IPython.display.display", lambda data, **kwargs: caught.append(data))
    return caught


def test_the_bars_are_as_long_as_the_counts_and_the_work_is_weights_times_places(monkeypatch, displayed):
    drawn = []
    monkeypatch.setattr(costs, "new_figure", lambda *size: drawn.append(new_figure(*size)) or drawn[0])
    assert budget_bars(TABLE) is None
    left, right = drawn[0].axes
    assert [bar.get_width() for bar in left.patches] == [608, 292, 410]
    work = [8 * 3 * 5 * 5 * 10 * 4, 4 * 8 * 3 * 3 * 5 * 2, 40 * 10]
    assert [bar.get_width() for bar in right.patches] == work
    assert [bool(bar.get_hatch()) for bar in left.patches] == [False, False, True], "colour is not the only difference"
    (bundle,) = displayed
    alt = bundle["text/plain"]
    assert f"1,310 in all, {410 / 1310:.1%} of them in fully connected layers" in alt and "conv1 24,000" in alt
    assert f'alt="{alt}"' in bundle["text/html"]


@pytest.mark.parametrize("table", [TABLE[:1], TABLE[2:], [list(row) for row in TABLE], tuple(TABLE)])
def test_any_form_of_a_table_is_drawn(table, displayed, monkeypatch):
    monkeypatch.setenv("DLBASIC_LANG", "ko")
    budget_bars(table)
    assert "완전 연결층의 몫" in displayed[0]["text/plain"] and "{" not in displayed[0]["text/plain"]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (None, "the table has no rows"),
        ([], "the table has no rows"),
        ("table", "the table has no rows"),
        ([*TABLE, ("fc4", 10, 50)], r"this one is \('fc4', 10, 50\)"),
        ([("conv1", (8, 10), 50)], "this one is"),
        ([("conv1", (8, 10, 4), 608.0)], "this one is"),
        ([("conv1", (8, 10, 4))], "this one is"),
        ([3], "this one is 3"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(table, said):
    with pytest.raises(ValueError, match=said):
        budget_bars(table)


# The mouse, and what the eye can tell apart


def press(panel, x: float, y: float) -> None:
    """The mouse on (x, y) of the picture, as the page tells it."""
    (pointer,) = [child for child in panel.children if isinstance(child, Pointer)]
    pixel = pointer.ax.transData.transform((x, y))
    room = panel.picture.figure.bbox
    pointer.value = f"{pixel[0] / room.width} {1 - pixel[1] / room.height}"


def test_the_window_follows_the_mouse_over_the_digit_and_over_the_output():
    panel = sliding_kernel(cnn.correlate2d)
    # The window's middle is where the mouse is; at the edge it stays inside.
    for column, row, wanted in ((4, 5, (4, 3)), (0, 0, (0, 0)), (7, 2, (1, 5)), (7, 7, (5, 5))):
        press(panel, slide.IMAGE + (column + 0.5) * slide.SIDE, slide.TOP + (row + 0.5) * slide.SIDE)
        assert (panel["row"], panel["column"]) == wanted
    press(panel, slide.OUTPUT + 2.5 * slide.SIDE, slide.TOP + 4.5 * slide.SIDE)
    assert (panel["row"], panel["column"]) == (4, 2)
    press(panel, slide.MIDDLE + 0.5, 1.0)
    assert (panel["row"], panel["column"]) == (4, 2), "the kernel itself is no place"


def test_a_place_is_chosen_with_the_mouse_in_any_map(monkeypatch):
    panel = filter_stacks(cnn.conv2d)
    shown = []
    show = LivePicture.show
    monkeypatch.setattr(LivePicture, "show", lambda *args: (shown.append(1), show(*args)))
    press(panel, stacks.MAP + 3.5 * stacks.PLACE, stacks.TOP + 2 * stacks.PITCH + 0.5 * stacks.PLACE)
    assert [panel[name] for name in ("filter", "row", "column")] == [2, 0, 3] and len(shown) == 1
    press(panel, stacks.MAP + 3.5 * stacks.PLACE, stacks.TOP + 2 * stacks.PITCH - 0.1)
    press(panel, stacks.INPUT + 0.2, stacks.TOP + 0.2)
    assert [panel[name] for name in ("filter", "row", "column")] == [2, 0, 3] and len(shown) == 1


def luminance(color) -> float:
    parts = np.array(to_rgb(color))
    return float(np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4) @ [0.2126, 0.7152, 0.0722])


@pytest.mark.parametrize("shades", [cells.INK, cells.SIGNED])
def test_a_number_can_be_read_on_every_shade(shades):
    faces = shades(np.linspace(0, 1, 101))[None]
    for face, ink in zip(faces[0], cells.legible(faces)[0], strict=True):
        dark, light = sorted((luminance(face[:3]), luminance(ink)))
        assert (light + 0.05) / (dark + 0.05) > 3.5


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [(-7.0, 2, "−7"), (-0.001, 2, "0"), (1 / 9, 2, "0.11"), (10.0, 2, "10"), (120.0, 0, "120"), (np.nan, 2, "nan")],
)
def test_numbers_are_printed_with_a_minus_sign_and_without_needless_zeros(value, digits, text):
    assert cells.minus(value, digits) == text


def test_a_picture_of_many_cells_is_three_artists():
    ax = new_figure(3, 3).subplots()
    many = cells.Cells()
    many.grid(0, 0, 0.1, cells.plain(style.SKY, 20, 20))
    many.numbers(0, 0, 0.1, np.full((20, 20), "5"), style.INK, 7)
    many.frame(0, 0, 1, 1, style.RED)
    many.draw(ax)
    assert len(ax.collections) == 3 and len(ax.texts) == 0

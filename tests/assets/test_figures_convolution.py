"""The numbers in chapter 5's figures are those of SciPy, of counting, and of the chapter's own network."""

import ast
import re
import sys
from pathlib import Path

import numpy as np
import pytest
from scipy import signal

FIGURES = Path(__file__).parents[2] / "assets" / "figures"
SOLUTION = Path(__file__).parents[2] / "solutions" / "05_cnn" / "notebook.py"
sys.path.insert(0, str(FIGURES))
import _gallery  # noqa: E402
import _grids  # noqa: E402
import _sizes  # noqa: E402
import draw  # noqa: E402

NUMBERS = list(enumerate(_gallery.CASES, 1))
each_case = pytest.mark.parametrize(("number", "case"), NUMBERS, ids=[str(number) for number, _ in NUMBERS])


def positions(n, k, stride=1, padding=0, dilation=1):
    """Where a kernel may start, by NumPy's own windows."""
    windows = np.lib.stride_tricks.sliding_window_view(np.arange(n + 2 * padding), dilation * (k - 1) + 1)
    return windows[::stride, ::dilation]


def test_the_worked_window_gives_what_scipy_gives():
    figure = draw.script("convolution_2d")
    image = figure.piece()
    result = figure.output(image)
    np.testing.assert_array_equal(result, signal.correlate2d(image, figure.KERNEL, mode="valid"))
    assert figure.products(image, *figure.PLACE).sum() == result[figure.PLACE]
    assert not np.array_equal(result, signal.convolve2d(image, figure.KERNEL, mode="valid")), "the kernel is lopsided"


@pytest.mark.parametrize("name", ["identity", "blur", "sharpen", "left", "top", "all"])
def test_the_filtered_digits_are_those_of_scipy(name):
    figure = draw.script("filter_effects")
    kernel = figure.FILTERS[name]
    expected = signal.correlate2d(figure.image(), kernel, mode="same")
    np.testing.assert_allclose(figure.filtered(figure.image(), kernel), expected, atol=1e-12)
    assert kernel.sum() == pytest.approx(0.0 if name in ("left", "top", "all") else 1.0)


def test_the_feature_maps_are_those_of_scipy():
    figure = draw.script("feature_maps")
    first = figure.maps(figure.image(), figure.FIRST)
    for x, filters, found in ((figure.image(), figure.FIRST, first), (first, figure.SECOND, None)):
        found = figure.maps(x, filters) if found is None else found
        for number, stack in enumerate(filters):
            expected = sum(signal.correlate2d(c, k, mode="same") for c, k in zip(x, stack, strict=True))
            np.testing.assert_allclose(found[number], np.maximum(expected, 0), atol=1e-12)
    strokes, corners = figure.maps(first, figure.SECOND)
    row, column = np.unravel_index(corners.argmax(), corners.shape)
    assert row == 0 and column >= 5, "the caption says: most at the upper right corners"
    assert strokes.sum(axis=1).argmax() in range(1, 4) and strokes.max() > 0


def test_the_drawn_network_is_the_one_that_the_chapter_trains():
    found = re.search(r"shapes = (\[\(16.*\])\n", SOLUTION.read_text(encoding="utf-8"))[1]
    shapes = [tuple(eval(part) for part in shape) for shape in parsed(found)]
    figure = draw.script("cnn_architecture")
    counts = [parameters for _, _, parameters in figure.shapes() if parameters]
    sizes = [int(np.prod(shape)) for shape in shapes]
    assert counts == [sizes[0] + sizes[1], sizes[2] + sizes[3], sizes[4] + sizes[5]] and sum(counts) == 6090
    drawn = [shape for _, shape, _ in figure.shapes()]
    assert drawn == [(1, 8, 8), (16, 8, 8), (16, 4, 4), (32, 4, 4), (32, 2, 2), (128,), (10,)]


def parsed(source):
    """The entries of a list of tuples of products, as source text."""
    return [[ast.unparse(part) for part in shape.elts] for shape in ast.parse(source, mode="eval").body.elts]


@pytest.mark.parametrize("name", ["stride", "padding", "stride_with_padding"])
def test_the_worked_formulas_give_as_many_outputs_as_there_are_windows(name):
    for _, case in draw.script(name).cases(lambda *, en, ko: en):
        windows = positions(**case)
        assert _sizes.worked(**case).endswith(f"= {len(windows)}$")
        assert _grids.outputs(**case) == len(windows)
        assert _grids.covered(**case) == set(windows.ravel().tolist())


def test_dilation_spreads_three_taps_over_three_five_and_seven_cells():
    figure = draw.script("dilation")
    for dilation, span, size in ((1, 3, 6), (2, 5, 4), (3, 7, 2)):
        windows = positions(figure.N, figure.K, dilation=dilation)
        assert windows.shape == (size, 3) and windows[0, -1] + 1 == figure.reach(dilation) == span
        assert figure.worked(dilation)[1].endswith(f"= {size}$")


def test_both_ways_of_drawing_the_transposed_convolution_give_scipys_numbers():
    figure = draw.script("transposed")
    wide = np.zeros((3, 3), dtype=int)
    wide[::2, ::2] = figure.X
    expected = signal.convolve2d(wide, figure.K)
    np.testing.assert_array_equal(figure.stamped(), expected)
    np.testing.assert_array_equal(figure.slid(), expected)
    # It is the transpose: <y, C x> = <C^T y, x> for the convolution C of stride 2.
    x = np.random.default_rng(0).integers(-5, 6, (5, 5))
    forward = signal.correlate2d(x, figure.K, mode="valid")[::2, ::2]
    assert np.sum(forward * figure.X) == np.sum(x * figure.stamped())


def test_there_are_fifteen_relationships_in_the_order_of_the_paper():
    assert len(_gallery.CASES) == 15
    assert [case.transpose_of for case in _gallery.CASES] == [0] * 7 + [1, 2, 3, 4, 5, 6, 6] + [0]
    assert _gallery.CASES[14].sizes["dilation"] == 2


@each_case
def test_the_formula_as_written_gives_the_size_that_is_drawn(number, case):
    numbers = re.sub(r"\\lfloor k/2 \\rfloor =|k - 1 =", "", case.numbers).replace("\\", "")
    values = {name: int(value) for name, value in re.findall(r"(\w) = +(\d+)", numbers)}
    assert values["n"] == case.given and values["k"] == case.sizes["k"]
    for letter, name, otherwise in (("s", "stride", 1), ("p", "padding", 0), ("d", "dilation", 1)):
        assert values.get(letter, otherwise) == case.sizes.get(name, otherwise), name
    written = case.formula.split("=")[1].replace(r"\hat{k}", "(k+(k-1)*(d-1))")
    written = written.replace(r"\lfloor", "(").replace(r"\rfloor", ")").replace("/s", "//s")
    written = written.replace("2p", "2*p").replace("s(n", "s*(n")
    assert eval(written, {}, values) == _gallery.value(case)


@each_case
def test_the_drawn_case_is_counted_by_windows_and_goes_back_where_it_came_from(number, case):
    forward = len(positions(**case.sizes))
    if not case.transpose_of:
        assert _gallery.value(case) == forward
        return
    assert case.given == forward and _gallery.value(case) == case.sizes["n"]
    drawn = _gallery.equivalent(case)
    # The drawn convolution, carried out in one dimension, is the transpose of the forward one's matrix.
    k, stride, padding = case.sizes["k"], case.sizes.get("stride", 1), case.sizes.get("padding", 0)
    kernel, y = np.arange(1.0, k + 1), np.arange(1.0, forward + 1)
    matrix = np.zeros((forward, case.sizes["n"] + 2 * padding))
    for row in range(forward):
        matrix[row, row * stride : row * stride + k] = kernel
    expected = (matrix.T @ y)[padding : padding + case.sizes["n"]]
    wide = np.zeros((forward - 1) * drawn["gaps"] + 1)
    wide[:: drawn["gaps"]] = y
    wide = np.pad(wide, (drawn["padding"], drawn["padding"] + drawn["extra"]))
    np.testing.assert_allclose(np.correlate(wide, kernel[::-1], mode="valid"), expected)


def test_a_wrong_formula_is_refused():
    case = _gallery.CASES[5]
    wrong = _gallery.Case(case.title, case.formula, case.numbers, lambda n: n, case.sizes)
    with pytest.raises(ValueError, match="counting"):
        _gallery.value(wrong)

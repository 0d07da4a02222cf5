"""The static figures are drawn by their scripts, in both languages, small, opaque, and say what is true."""

import itertools
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.text import Text
from PIL import Image

from dlbasic import style

FIGURES = Path(__file__).parents[2] / "assets" / "figures"
sys.path.insert(0, str(FIGURES))
import draw  # noqa: E402

CHAPTER_2 = {
    "activations", "affine_map", "backprop_graph", "function_approximation", "gradient_descent",
    "linear_model", "losses_by_task", "mlp", "neuron", "xor",
}  # fmt: skip
CHAPTER_4 = {"augmentations", "dropout", "early_stopping", "label_mixing", "normalizations"}
CHAPTER_5 = {
    "arithmetic_gallery", "cnn_architecture", "convolution_2d", "dilation", "feature_maps", "filter_effects",
    "padding", "stride", "stride_with_padding", "transposed",
}  # fmt: skip
NAMES = draw.names()
BOTH = list(itertools.product(NAMES, draw.LANGUAGES))
each_file = pytest.mark.parametrize(("name", "language"), BOTH)


def test_every_figure_of_the_chapters_has_a_script():
    assert set(NAMES) >= CHAPTER_2 | CHAPTER_4 | CHAPTER_5


def test_every_figure_that_the_prose_names_has_a_script():
    chapters = sorted((FIGURES.parents[1] / "solutions").glob("*/notebook.py"))
    named = {name for path in chapters for name in re.findall(r"\(figure:(\w+)\)", path.read_text(encoding="utf-8"))}
    assert len(named) > len(CHAPTER_2) and named <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_drawing_again_gives_what_is_committed(name):
    assert draw.stale(name) == []


def test_nothing_lies_about_that_no_script_draws():
    drawn = {f"{name}.{language}.{kind}" for name, language in BOTH for kind in ("svg", "png")}
    assert {path.name for kind in ("svg", "png") for path in FIGURES.glob(f"*.{kind}")} == drawn


def test_another_process_draws_the_same_bytes(tmp_path):
    program = "import sys; from pathlib import Path; import draw; draw.write('backprop_graph', Path(sys.argv[1]))"
    folders = [tmp_path / seed for seed in ("1", "2")]
    for folder in folders:
        folder.mkdir()
        environment = {"PYTHONHASHSEED": folder.name, "PYTHONPATH": str(FIGURES), "MPLCONFIGDIR": str(tmp_path)}
        subprocess.run([sys.executable, "-c", program, folder], check=True, env=environment, timeout=120)
    files = sorted(path.name for path in folders[0].iterdir())
    assert len(files) == 4
    for file in files:
        assert (folders[0] / file).read_bytes() == (folders[1] / file).read_bytes(), file


@pytest.mark.parametrize("spoilt", ["xor.ko.svg", "xor.en.png", "alt.json"])
def test_check_names_the_file_that_is_stale_and_changes_nothing(tmp_path, monkeypatch, capsys, spoilt):
    here = shutil.copytree(FIGURES, tmp_path / "figures")
    monkeypatch.setattr(draw, "HERE", here)
    assert draw.main(["--check", "xor"]) == 0
    if spoilt.endswith(".png"):
        image = Image.open(here / spoilt).convert("RGB")
        image.putpixel((3, 3), (0, 0, 0))
        image.save(here / spoilt)
    else:
        (here / spoilt).write_text((here / spoilt).read_text(encoding="utf-8").replace("XOR", "AND"), encoding="utf-8")
    before = {path: path.read_bytes() for path in here.glob("*.*")}
    assert draw.main(["--check", "xor"]) == 1
    assert spoilt in capsys.readouterr().err
    assert {path: path.read_bytes() for path in here.glob("*.*")} == before


def test_an_unknown_name_is_refused_with_the_names_there_are(capsys):
    with pytest.raises(SystemExit) as caught:
        draw.main(["nonsense"])
    assert caught.value.code == 2
    message = capsys.readouterr().err
    assert "nonsense" in message and "xor" in message


@each_file
def test_a_picture_is_small_and_stands_on_an_opaque_light_card(name, language):
    path = FIGURES / f"{name}.{language}.png"
    assert path.stat().st_size < 120_000
    image = Image.open(path)
    assert image.size[0] == 1280 and "transparency" not in image.info
    pixels = image.convert("RGB")
    card = [round(255 * part) for part in to_rgb(style.CARD)]
    for corner in itertools.product((0, image.size[0] - 1), (0, image.size[1] - 1)):
        assert np.abs(np.subtract(pixels.getpixel(corner), card)).max() <= 2, corner


@each_file
def test_a_drawing_holds_its_words_as_paths_and_no_date(name, language):
    source = (FIGURES / f"{name}.{language}.svg").read_text(encoding="utf-8")
    assert "<text" not in source and "dc:date" not in source and "<path" in source


def luminance(color):
    """Relative luminance as WCAG 2.2 defines it."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(color)]
    return np.dot(linear, [0.2126, 0.7152, 0.0722])


@each_file
def test_words_stand_out_from_the_card(name, language):
    with draw.no_complaints(), draw.house_style():
        words = draw.drawn(name, language)[0].findobj(Text)
    for text in words:
        contrast = (luminance(style.CARD) + 0.05) / (luminance(text.get_color()) + 0.05)
        assert contrast >= 4.5 or not text.get_text().strip(), f"{text.get_text()!r}: {contrast:.1f} to 1"


def words_in(figure):
    """Every visible text of a drawn figure with its box in pixels; an annotation's arrow does not count."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    shown = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    return [(text.get_text(), Text.get_window_extent(text, canvas.get_renderer())) for text in shown]


@each_file
def test_no_words_are_clipped_tiny_or_run_into_others(name, language):
    with draw.no_complaints(), draw.house_style():
        figure, _ = draw.drawn(name, language)
        words = words_in(figure)
        sizes = [text.get_fontsize() for text in figure.findobj(Text) if text.get_text().strip()]
    assert len(words) > 5
    assert min(sizes) >= 9
    for text, box in words:
        inside = box.x0 >= 4 and box.y0 >= 4 and box.x1 <= figure.bbox.x1 - 4 and box.y1 <= figure.bbox.y1 - 4
        assert inside, f"{text!r} is clipped"
    for (one, box), (other, other_box) in itertools.combinations(words, 2):
        apart = (
            box.x1 <= other_box.x0 + 1
            or other_box.x1 <= box.x0 + 1
            or box.y1 <= other_box.y0 + 1
            or other_box.y1 <= box.y0 + 1
        )
        assert apart, f"{one!r} runs into {other!r}"


def test_every_figure_has_an_alternative_text_in_both_languages():
    alt = json.loads((FIGURES / "alt.json").read_text(encoding="utf-8"))
    assert list(alt) == NAMES
    for name, entry in alt.items():
        assert set(entry) == {"en", "ko"}, name
        assert all(60 < len(text) < 500 and text.endswith(".") and "\n" not in text for text in entry.values()), name
        assert re.search("[가-힣]", entry["ko"]) and not re.search("[가-힣]", entry["en"]), name


def test_the_gradients_in_the_backprop_figure_are_those_of_autograd():
    graph = draw.script("backprop_graph")
    values, gradients = graph.values_and_gradients()
    leaves = ["x1", "w1", "x2", "w2", "b"]

    def loss(v, extra=(0.0, 0.0, 0.0, 0.0)):
        # The extras are added at the inner edges, so that autograd also gives the derivatives there.
        x1, w1, x2, w2, b = v
        z = (x1 * w1 + extra[0]) + (x2 * w2 + extra[1]) + b + extra[2]
        return (anp.maximum(z, 0.0) + extra[3] - values["y"]) ** 2

    point = anp.array([values[name] for name in leaves])
    assert values["L"] == loss(point)
    expected = dict(zip(leaves, autograd.grad(loss, 0)(point), strict=True))
    expected |= dict(zip(["p1", "p2", "z", "a"], autograd.grad(loss, 1)(point, anp.zeros(4)), strict=True))
    expected["L"] = 1.0
    assert gradients == pytest.approx(expected, rel=1e-12)
    assert values["z"] > 0, "the figure says that relu lets the gradient through"


@pytest.mark.parametrize("language", draw.LANGUAGES)
def test_the_backprop_figure_shows_the_numbers_that_were_computed(language):
    graph = draw.script("backprop_graph")
    values, gradients = graph.values_and_gradients()
    with draw.house_style():
        shown = [text for text, _ in words_in(draw.drawn("backprop_graph", language)[0])]
    boxed = [graph.number(value) for value in gradients.values()]
    for number in set(boxed):
        assert shown.count(number) >= boxed.count(number), number
    for name in "zaL":
        assert f"${name}$ = {graph.number(values[name])}" in shown


def test_the_fold_in_the_xor_figure_makes_xor_linear():
    xor = draw.script("xor")
    np.testing.assert_allclose(
        xor.folded(xor.CORNERS) @ [2.0, -6.0], xor.CORNERS[:, 0] != xor.CORNERS[:, 1], atol=1e-12
    )
    np.testing.assert_array_equal(xor.ANSWERS, xor.CORNERS[:, 0] != xor.CORNERS[:, 1])


def test_the_steps_of_the_descent_figure_follow_the_gradient():
    descent = draw.script("gradient_descent")
    for rate in descent.RATES:
        steps = descent.path(rate)
        slopes = [autograd.grad(descent.loss)(w) for w in steps[:-1]]
        np.testing.assert_allclose(steps[1:], steps[:-1] - rate * np.array(slopes), rtol=1e-12)
    small, good, large = (abs(descent.path(rate) - descent.MINIMUM) for rate in descent.RATES)
    assert small[-1] > 1 and good[-1] < 0.02 and np.all(np.diff(large) > 0)


def test_more_units_come_closer_to_the_curve():
    approximation = draw.script("function_approximation")
    gaps = [
        np.abs(approximation.approximation(n)[1] - approximation.target(approximation.X)).max()
        for n in approximation.UNITS
    ]
    assert gaps[0] > 2 * gaps[1] > 4 * gaps[2]


def test_the_probabilities_in_the_losses_figure_sum_to_one():
    losses = draw.script("losses_by_task")
    assert losses.PROBABILITIES.sum() == pytest.approx(1.0)
    assert losses.PROBABILITIES.argmax() == losses.TRUE_CLASS


def test_the_derivatives_in_the_activation_figure_are_those_of_autograd():
    relu, leaky, sigmoid, tanh = draw.script("activations").curves()
    for (_, _, (z, values), [(_, slopes)], _), function in (
        (sigmoid, lambda z: 1 / (1 + anp.exp(-z))),
        (tanh, lambda z: (anp.exp(z) - anp.exp(-z)) / (anp.exp(z) + anp.exp(-z))),
    ):
        np.testing.assert_allclose(values, function(z), atol=1e-12)
        np.testing.assert_allclose(slopes, autograd.elementwise_grad(function)(z), atol=5e-4)
    for (_, _, (z, values), pieces, _), function in (
        (relu, lambda z: anp.maximum(z, 0)),
        (leaky, lambda z: anp.maximum(z, 0.1 * z)),
    ):
        np.testing.assert_allclose(values, function(np.array(z)))
        for (start, end), (slope, _) in pieces:
            assert slope == pytest.approx(autograd.grad(function)((start + end) / 2))

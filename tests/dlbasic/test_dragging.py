"""A start that the mouse drags, and two hands at once: what reaches the kernel, without a browser."""

from __future__ import annotations

import threading
import time

import numpy as np
import pytest

from dlbasic import optimizer_race
from dlbasic.widgets import hills
from dlbasic.widgets.live import LivePicture
from dlbasic.widgets.pointer import Pointer


def gd_step(w, g, lr):
    return w - lr * g


@pytest.fixture
def race():
    return optimizer_race({"gd": (gd_step, {"lr": 0.05})})


def press(panel, x: float, y: float) -> None:
    """The mouse on (x, y) of the surface, as the page tells it: in fractions of the picture, counted from the top."""
    (pointer,) = [child for child in panel.children if isinstance(child, Pointer)]
    ax = panel.picture.axes[0]
    box, (left, right), (low, high) = ax.get_position(), ax.get_xlim(), ax.get_ylim()
    across = box.x0 + (x - left) / (right - left) * box.width
    up = box.y0 + (y - low) / (high - low) * box.height
    pointer.value = f"{across} {1 - up}"


def start(panel) -> tuple[float, float]:
    return panel["x"], panel["y"]


@pytest.mark.parametrize("name", hills.NAMES)
def test_the_start_goes_where_the_mouse_is(race, name):
    race.controls["surface"].value = name
    left, right, low, high = hills.hill(name, 30).window
    for share in (0.05, 0.4, 0.83):
        x, y = left + share * (right - left), high - share * (high - low)
        before = race.picture.png
        press(race, x, y)
        assert start(race) == pytest.approx((x, y), abs=0.0251), "the sliders stand on multiples of 0.05"
        assert race.picture.png != before


def test_a_race_that_was_dragged_is_the_race_of_the_sliders(race):
    press(race, 1.5, -0.75)
    slid = optimizer_race({"gd": (gd_step, {"lr": 0.05})})
    slid.controls["x"].value, slid.controls["y"].value = 1.5, -0.75
    assert race.picture.png == slid.picture.png and race.picture.state == slid.picture.state


def test_one_move_of_the_mouse_is_one_picture(race, monkeypatch):
    shown = []
    show = LivePicture.show
    monkeypatch.setattr(LivePicture, "show", lambda *args: (shown.append(1), show(*args)))
    press(race, 1.0, 1.0)
    assert len(shown) == 1


BESIDE = ["0.9 0.5", "0.01 0.01", "-3 0.5", "nan 0.5", "inf inf", "", "here", "0.2", "0.2 0.2 2"]


@pytest.mark.parametrize("said", BESIDE)
def test_beside_the_surface_nothing_moves(race, said):
    (pointer,) = [child for child in race.children if isinstance(child, Pointer)]
    before = start(race), race.picture.png
    pointer.value = said
    assert (start(race), race.picture.png) == before


def test_two_sliders_moved_by_two_threads_draw_one_after_the_other(race, monkeypatch):
    # JupyterLab sends the messages of different sliders to different threads ("subshells").
    drawing, most = [], []
    draw = LivePicture._draw_over

    def watched(self, *args):
        drawing.append(1)
        most.append(len(drawing))
        time.sleep(0.01)
        try:
            return draw(self, *args)
        finally:
            drawing.pop()

    monkeypatch.setattr(LivePicture, "_draw_over", watched)

    def move(name, values):
        for value in values:
            race.controls[name].value = value

    moves = {"x": np.linspace(-1, 1.5, 6).round(2), "steps": range(10, 70, 10), "times": (0.5, 0.6, 0.7)}
    threads = [threading.Thread(target=move, args=pair) for pair in moves.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(most) == 15 and max(most) == 1
    alone = optimizer_race({"gd": (gd_step, {"lr": 0.05})})
    for name, values in moves.items():
        alone.controls[name].value = values[-1]
    assert race.picture.png == alone.picture.png

"""Do small batches find flatter minima, and what does "flat" mean? Recorded runs on the digits, and Dinh's rescaling.

The runs were recorded by assets/sharpness/make_sharpness.py (seeds, rates and rules stand there). What is computed here
is the network's function itself, before and after the rescaling: that it stays the same is shown, not claimed.
"""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

import numpy as np

from ..figures import sharp as figure
from ..figures.words import Words, number
from .live import LivePicture
from .panel import Panel, choice

RUNS = Path(__file__).resolve().parents[3] / "assets" / "sharpness" / "sharpness.npz"
RULES = ("epochs", "steps", "loss")  # the order of the file's first axis

SAY = Words(
    {
        "rule": {"en": "stop all runs", "ko": "학습을 멈추는 때"},
        "epochs": {"en": "after {n:g} epochs", "ko": "{n:g}에포크 뒤"},
        "steps": {"en": "after {n:g} steps", "ko": "{n:g}걸음 뒤"},
        "loss": {"en": "at training loss {n:g}", "ko": "학습 손실이 {n:g}일 때"},
        "batch": {"en": "batch size", "ko": "배치 크기"},
        "factor": {"en": "rescale by α", "ko": "스케일 α"},
        "state": {
            "en": "Batch size {batch}, α = {factor}: sharpness {mean} ± {error}. "
            "Held-out accuracy {accuracy} ± {spread}. "
            "Training loss {loss}. Rescaling changed {changed} of {n} predictions.",
            "ko": "배치 크기 {batch}, α = {factor}: 날카로움 {mean} ± {error}. "
            "따로 떼어 둔 데이터의 정확도 {accuracy} ± {spread}. 학습 손실 {loss}. "
            "스케일을 바꿔서 달라진 예측: {n}개 가운데 {changed}개.",
        },
        "missing": {
            "en": "{path} is missing or damaged. Copy it again from the course bundle.",
            "ko": "{path} 파일이 없거나 손상되었어요. 강의 묶음에서 다시 복사해 주세요.",
        },
    }
)


def recorded() -> dict[str, np.ndarray]:
    """The recorded runs; never unpickles. Raises ValueError, with the path, when the file is missing or damaged."""
    try:
        with np.load(RUNS, allow_pickle=False) as stored:
            return {name: stored[name] for name in stored.files}
    except (OSError, EOFError, ValueError, TypeError, zipfile.BadZipFile, zlib.error):
        raise ValueError(SAY("missing", path=RUNS)) from None


def sharpness_explorer() -> Panel:
    """Batch size against sharpness of the minimum found on the digits, and a rescaling that changes only sharpness."""
    from ..data import digits

    runs = recorded()
    batches, factors = runs["batches"], runs["factors"]
    sharpness = runs["sharpness"].astype(float)
    one = int(np.argmin(np.abs(factors - 1.0)))
    x = digits()[2]
    labels = [SAY(rule, n=n) for rule, n in zip(RULES, runs["rules"], strict=True)]
    controls = {
        "rule": choice(SAY("rule"), list(zip(labels, range(3), strict=True))),
        "batch": _stops(SAY("batch"), [(str(batch), place) for place, batch in enumerate(batches)], 0),
        "factor": _stops(SAY("factor"), [(f"{factor:.3g}", place) for place, factor in enumerate(factors)], one),
    }
    picture = LivePicture(height=3.6)
    panel = Panel(controls, picture)
    means = sharpness.mean(axis=2)

    def still(left, right):
        rule = panel["rule"]
        figure.draw_factor_axes(right, factors, means.min() / 3.0, means.max() * 1.6)
        return figure.draw_batch_axes(left, batches, 1.15 * sharpness[rule, :, :, one].max(), runs["accuracy"][rule])

    def change_rule():
        picture.hold(still, arranged=True)  # the first one is arranged in any case
        redraw()

    def redraw():
        rule, row, place = panel["rule"], panel["batch"], panel["factor"]
        mine = sharpness[rule, row]
        weights = runs["weights"][rule, row].astype(float)
        before = _predictions(weights, 1.0, x)
        accuracy = runs["accuracy"][rule, row]
        state = SAY(
            "state",
            batch=batches[row],
            factor=number(factors[place]),
            mean=number(mine[:, place].mean()),
            error=f"{figure.error(mine[:, place]):.1g}",
            accuracy=f"{accuracy.mean():.1%}",
            spread=f"{figure.error(accuracy):.1%}",
            loss=number(runs["training_loss"][rule, row].mean()),
            changed=int(np.sum(_predictions(weights, factors[place], x) != before)),
            n=len(x),
        )

        def moving(left, right):
            # Only the chosen batch size is rescaled: the others stay as trained.
            shown = sharpness[rule, :, :, one].copy()
            shown[row] = mine[:, place]
            text = figure.draw_runs(left, batches, shown, row)
            return f"{text} {figure.draw_factors(right, factors, mine, place, means[rule, :, one])}"

        picture.show(moving, state)

    change_rule()
    panel.on("rule", change_rule)
    panel.on("batch factor", redraw)
    return panel


def _predictions(weights: np.ndarray, factor: float, x: np.ndarray) -> np.ndarray:
    """The digits that a 64-hidden-10 relu network of these parameters predicts, its layers rescaled by `factor`."""
    hidden = (len(weights) - 10) // (x.shape[1] + 1 + 10)
    w1, b1, w2, b2 = np.split(weights, np.cumsum([x.shape[1] * hidden, hidden, hidden * 10]))
    inner = np.maximum(x @ (factor * w1).reshape(-1, hidden) + factor * b1, 0.0)
    return np.argmax(inner @ (w2.reshape(hidden, 10) / factor) + b2, axis=1)


def _stops(label: str, options: list[tuple[str, int]], value: int):
    """A slider over named stops."""
    import ipywidgets

    from .panel import STYLE, _across

    return ipywidgets.SelectionSlider(options=options, value=value, description=label, style=STYLE, layout=_across())

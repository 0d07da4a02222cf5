"""What arrives at each layer of a deep network, with and without a learner's batch_norm, in training and prediction?"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .. import style
from ..figures import notes
from ..figures import ridges as figure
from ..figures.words import Words, number
from .learner import Trouble, brief, named, quiet
from .live import LivePicture
from .panel import Panel, counter, log_slider

LAYERS, UNITS, SHOWN, BATCH, MOST_BATCHES, MOMENTUM, EPS = 6, 64, 200, 50, 40, 0.2, 1e-5

SAY = Words(
    {
        "scale": {"en": "weights × (1: He)", "ko": "가중치 × (1: He)"},
        "batches": {"en": "batches that the running averages have seen", "ko": "이동 평균이 지금까지 본 배치의 수"},
        "state": {
            "en": "Weights × {scale}: standard deviation from layer 1 to {last}: without batch norm {a} → {b}, with it "
            "in training {c} → {d}, in prediction after {batches} batches {e} → {f}.",
            "ko": "가중치 × {scale}, 1층 → {last}층의 표준편차. 배치 정규화 없음: {a} → {b}. 있음, 학습: {c} → {d}. "
            "배치 {batches}개를 본 뒤 예측: {e} → {f}.",
        },
        "not normal": {
            "en": "In training, with gamma 1 and beta 0, each feature should leave batch_norm with mean 0 and "
            "spread 1. In layer {layer} one has mean {mean}, spread {spread}.",
            "ko": "학습할 때 gamma가 1, beta가 0이면 특성마다 평균 0, 표준편차 1이 되어야 해요. "
            "{layer}층에 그렇지 않은 특성이 있어요. 평균 {mean}, 표준편차 {spread}.",
        },
        "nan": {"en": "batch_norm returned nan or inf.", "ko": "batch_norm 함수의 결과에 nan이나 inf가 있어요."},
        "pair": {
            "en": "(out, state): out of shape {shape}, state with mean and var of shape {one}",
            "ko": "(out, state): 모양이 {shape}인 out, 모양이 {one}인 mean과 var를 담은 state",
        },
    }
)


def norm_histograms(batch_norm: Callable) -> Panel:
    """Histograms of what arrives at each layer of a 6-layer ReLU network of digits, for weights of any scale.

    batch_norm : (x, gamma, beta, state, train, momentum, eps) ↦ (out, state)
    """
    net = Net(batch_norm)
    controls = {
        "scale": log_slider(SAY("scale"), 1.0, -1, 0.5),
        "batches": counter(SAY("batches"), MOST_BATCHES, 0, MOST_BATCHES),
    }
    picture = LivePicture(height=3.9)
    panel = Panel(controls, picture)

    def still(left, right):
        figure.draw_ridge_axes(left, LAYERS, "without batch norm")
        figure.draw_ridge_axes(right, LAYERS, "with your batch_norm")
        right.set_yticklabels([])

    def redraw():
        scale, batches = round(panel["scale"], 6), panel["batches"]
        plain = net.plain(scale)
        try:
            with quiet():
                training, _ = net.normalized(net.shown, scale, fresh(), True)
                prediction, _ = net.normalized(net.shown, scale, net.states(scale, batches), False)
        except Trouble as trouble:
            note = trouble.note

            def broken(left, right):
                figure.draw_ridges(left, plain, style.MUTED, filled=True, name="std")
                return f"{figure.describe(plain, None, None)} {notes.draw_note(right, note)}"

            return picture.show(broken, str(trouble), "alarm")
        kind, facts = judged(training, prediction)
        ends = (values.std() for layers in (plain, training, prediction) for values in (layers[0], layers[-1]))
        numbers = dict(zip("abcdef", map(number, ends), strict=True))

        def moving(left, right):
            figure.draw_ridges(left, plain, style.MUTED, filled=True, name="std")
            if kind != "nan":
                figure.draw_ridges(right, training, style.BLUE, filled=True, name="train")
                figure.draw_ridges(right, prediction, style.RED, filled=False, name="predict", column=1)
            return figure.describe(plain, training, prediction)

        state = SAY(kind, scale=number(scale), last=LAYERS, batches=batches, **numbers, **facts)
        picture.show(moving, state, "plain" if kind == "state" else "alarm")

    picture.hold(still)
    redraw()
    panel.on("scale batches", redraw)
    return panel


def fresh() -> list[dict]:
    """Running averages that have seen nothing: mean 0 and variance 1 in each layer."""
    return [{"mean": np.zeros(UNITS), "var": np.ones(UNITS)} for _ in range(LAYERS)]


class Net:
    """Linear layers with ReLU between them, fed with digits; the learner's batch norm may stand before each ReLU."""

    def __init__(self, batch_norm: Callable):
        from ..data import digits

        x = digits()[0]
        rng = np.random.default_rng(0)
        self.batch_norm, self.shown = batch_norm, x[rng.choice(len(x), SHOWN, replace=False)]
        self.weights = [rng.normal(0, (2 / UNITS) ** 0.5, (UNITS, UNITS)) for _ in range(LAYERS)]
        self.batches = [x[rng.choice(len(x), BATCH, replace=False)] for _ in range(MOST_BATCHES)]
        self._seen: tuple[float, list[list[dict]]] = (1.0, [fresh()])

    def plain(self, scale: float) -> list[np.ndarray]:
        """What arrives at each layer, before its ReLU, when nothing is normalized."""
        arriving, signal = [], self.shown
        for w in self.weights:
            arriving.append(signal @ (scale * w))
            signal = np.maximum(arriving[-1], 0)
        return arriving

    def normalized(self, x, scale: float, states: list[dict], train: bool) -> tuple[list[np.ndarray], list[dict]]:
        """The same with batch norm, and the states that come out of it. Raises Trouble."""
        arriving, after = [], []
        for w, state in zip(self.weights, states, strict=True):
            out, new = self._norm(x @ (scale * w), state, train)
            arriving.append(out)
            after.append(new)
            x = np.maximum(out, 0)
        return arriving, after

    def states(self, scale: float, batches: int) -> list[dict]:
        """The running averages of each layer after so many batches of training; earlier ones are remembered."""
        if self._seen[0] != scale:
            self._seen = (scale, [fresh()])
        known = self._seen[1]
        while len(known) <= batches:
            known.append(self.normalized(self.batches[len(known) - 1], scale, known[-1], True)[1])
        return known[batches]

    def _norm(self, x: np.ndarray, state: dict, train: bool) -> tuple[np.ndarray, dict]:
        given = {name: value.copy() for name, value in state.items()}
        arguments = np.ones(UNITS), np.zeros(UNITS), given, train, MOMENTUM, EPS
        with named("batch_norm"):  # `call` would silence each of some hundred calls by itself, which takes longer
            result = self.batch_norm(x.copy(), *arguments)
        try:
            out, new = result
            out = np.array(out, dtype=float)
            new = {name: np.array(new[name], dtype=float) for name in ("mean", "var")}
        except (TypeError, ValueError, KeyError, IndexError):
            raise self._odd(brief(result, 40), x) from None
        if out.shape != x.shape or any(part.shape != (UNITS,) for part in new.values()):
            raise self._odd(f"out {out.shape}, mean {new['mean'].shape}, var {new['var'].shape}", x)
        return out, new

    def _odd(self, got: str, x: np.ndarray) -> Trouble:
        return Trouble("odd", "batch_norm", got=got, wanted=SAY("pair", shape=x.shape, one=(UNITS,)))


def judged(training: list[np.ndarray], prediction: list[np.ndarray]) -> tuple[str, dict]:
    """What is to be said of the normalized layers, and its facts."""
    if not np.isfinite([*training, *prediction]).all():
        return "nan", {}
    for place, values in enumerate(training):
        means, spreads = values.mean(axis=0), values.std(axis=0)
        far = np.maximum(np.abs(means), np.abs(spreads - 1))
        worst = int(far.argmax())
        if far[worst] > 0.05:
            facts = {"mean": number(means[worst]), "spread": number(spreads[worst])}
            return "not normal", {"layer": place + 1, **facts}
    return "state", {}

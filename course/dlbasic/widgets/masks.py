"""What do random masks do to the mean and the spread of a unit's output? A learner's dropout on one layer of units."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..figures import masks as figure
from ..figures import notes
from ..figures.words import Words, number
from .learner import Trouble, brief, call
from .live import LivePicture
from .panel import Panel, choice, counter, slider

SIDE, MASKS, MOST_P = 8, 500, 0.9

SAY = Words(
    {
        "p": {"en": "p, probability of dropping", "ko": "버릴 확률 p"},
        "draw": {"en": "draw a mask", "ko": "마스크 다시 뽑기"},
        "mode": {"en": "mode", "ko": "모드"},
        "train": {"en": "training", "ko": "학습"},
        "predict": {"en": "prediction", "ko": "예측"},
        "training": {
            "en": "Training, p = {p}, mask {draw}: {kept} of {n} units kept, each {factor} times its input. "
            "Over {masks} masks the mean output is {mean} (input {x}), the spread {spread} times the input.",
            "ko": "학습, p = {p}, {draw}번 마스크: 유닛 {n}개 가운데 {kept}개가 남고, 남은 유닛의 출력은 "
            "입력의 {factor}배. 마스크 {masks}개의 평균 출력 {mean}(입력 {x}), 흩어진 정도는 입력의 {spread}배.",
        },
        "empty": {
            "en": "Training, p = {p}, mask {draw}: no unit is kept. Over {masks} masks the mean output is {mean} "
            "(input {x}), the spread {spread} times the input.",
            "ko": "학습, p = {p}, {draw}번 마스크: 남은 유닛이 없어요. 마스크 {masks}개의 평균 출력 {mean}(입력 {x}), "
            "흩어진 정도는 입력의 {spread}배.",
        },
        "prediction": {
            "en": "Prediction, p = {p}, draw {draw}: all {n} units are kept as they are. The output is the input, "
            "and does not spread.",
            "ko": "예측, p = {p}, {draw}번: 유닛 {n}개가 모두 그대로 남아요. 출력이 입력과 같고 흩어지지 않아요.",
        },
        "changes": {
            "en": "In prediction dropout should change nothing, but it keeps {kept} of {n} units, and the mean output "
            "is {mean} instead of {x}.",
            "ko": "예측할 때에는 아무것도 바뀌면 안 되는데, 유닛 {n}개 가운데 {kept}개만 남거나 값이 달라졌어요. "
            "평균 출력 {mean}, 입력 {x}.",
        },
        "share": {
            "en": "p = {p} is the probability of dropping, but {dropped:.0%} of the units are dropped.",
            "ko": "버릴 확률 p = {p}, 실제로 버린 유닛의 비율 {dropped:.0%}: 둘이 같아야 해요.",
        },
        "mask": {
            "en": "The mask says that a unit was dropped, but its output is not 0 (or the other way round).",
            "ko": "마스크에서는 버린 유닛인데 출력이 0이 아니거나, 그 반대예요.",
        },
        "mean": {
            "en": "Over {masks} masks the mean output is {mean}, but the input is {x}: look at the scale of what is "
            "kept.",
            "ko": "마스크 {masks}개의 평균 출력이 입력과 달라요. 출력 {mean}, 입력 {x}. "
            "남은 값에 곱하는 수를 살펴보세요.",
        },
        "pair": {
            "en": "(out, mask), both of shape {shape}, the mask bool",
            "ko": "모양이 {shape}인 out과 bool mask의 쌍",
        },
    }
)


def dropout_explorer(dropout: Callable) -> Panel:
    """Masks that a learner's dropout(x, p, rng, train) draws for 64 units, and their outputs over many masks."""
    x = np.linspace(0.4, 1.6, SIDE * SIDE)[np.random.default_rng(4).permutation(SIDE * SIDE)]
    controls = {
        "p": slider(SAY("p"), 0.5, 0.0, MOST_P, 0.05),
        "draw": counter(SAY("draw"), 1, 1, 50),
        "mode": choice(SAY("mode"), [(SAY(name), name) for name in ("train", "predict")]),
    }
    picture = LivePicture(height=3.5, ratios=(1, 1.15))
    panel = Panel(controls, picture)
    loudest = x.max() / (1 - MOST_P)

    def still(left, right):
        figure.draw_layer_axes(left, SIDE)
        figure.draw_spread_axes(right, x.max(), x.max() * (MOST_P / (1 - MOST_P)) ** 0.5, MASKS)

    def redraw():
        p, train = round(panel["p"], 6), panel["mode"] == "train"
        try:
            out, mask = dropped(dropout, x.reshape(SIDE, SIDE), p, panel["draw"], train)
            many, masks = dropped(dropout, np.tile(x, (MASKS, 1)), p, 0, train)
        except Trouble as trouble:
            note = trouble.note
            return picture.show(lambda left, _: notes.draw_note(left, note), str(trouble), "alarm")
        kind, facts = judged(x, many, masks, p, train)
        kept = out[mask] / x.reshape(SIDE, SIDE)[mask]
        kind = "empty" if kind == "training" and not len(kept) else kind
        here = {"kept": int(mask.sum()), "n": mask.size, "masks": MASKS, "draw": panel["draw"]}
        here |= {"p": number(p), "x": number(x.mean())}
        factor = number(kept.mean()) if len(kept) else "–"

        def moving(left, right):
            text = figure.draw_layer(left, x.reshape(SIDE, SIDE), out, mask, loudest)
            return f"{text} {figure.draw_spread(right, x, many.mean(axis=0), many.std(axis=0))}"

        mood = "plain" if kind in {"training", "empty", "prediction"} else "alarm"
        picture.show(moving, SAY(kind, factor=factor, **here, **facts), mood)

    picture.hold(still)
    redraw()
    panel.on("p draw mode", redraw)
    return panel


def dropped(dropout: Callable, x: np.ndarray, p: float, seed: int, train: bool) -> tuple[np.ndarray, np.ndarray]:
    """The learner's output and mask for `x`, with a generator of its own. Raises Trouble."""
    result = call(dropout, x.copy(), p, np.random.default_rng(seed), train, name="dropout")
    wanted = SAY("pair", shape=x.shape)
    try:
        out, mask = (np.array(part) for part in result)
        out = out.astype(float)
    except (TypeError, ValueError):
        raise Trouble("odd", "dropout", got=brief(result, 40), wanted=wanted) from None
    if out.shape != x.shape or mask.shape != x.shape or mask.dtype != bool or not np.isfinite(out).all():
        got = f"{out.shape} {out.dtype}, {mask.shape} {mask.dtype}" + ("" if np.isfinite(out).all() else ", nan/inf")
        raise Trouble("odd", "dropout", got=got, wanted=wanted)
    return out, mask


def judged(x: np.ndarray, out: np.ndarray, masks: np.ndarray, p: float, train: bool) -> tuple[str, dict]:
    """What is to be said of outputs (masks, units) of the inputs x (units,): something is wrong, or mean and spread."""
    facts = {
        "mean": number(out.mean()),
        "spread": number(round(np.sqrt(out.var(axis=0).sum() / np.sum(x**2)), 6)),
        "dropped": 1 - masks.mean(),
    }
    if not train:
        return "prediction" if masks.all() and np.allclose(out, x, atol=1e-9) else "changes", facts
    # Limits far beyond chance: over 32,000 draws the share strays by 0.003, the mean by 0.02 at most (p = 0.9).
    if abs(masks.mean() - (1 - p)) > 0.03:
        return "share", facts
    if not np.array_equal(out != 0, masks):
        return "mask", facts
    return "mean" if abs(out.mean() - x.mean()) > 0.1 * x.mean() else "training", facts

"""What does adding one number to every logit change? Three logits, one shift, the bars of your softmax."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .. import style
from ..figures import bars, notes
from ..figures.words import Words, number
from .learner import Trouble, array
from .live import LivePicture
from .panel import Panel, slider

NAMES = ["$z_1$", "$z_2$", "$z_3$"]

SAY = Words(
    {
        "shift": {"en": "added to all three", "ko": "셋 모두에 더할 값"},
        "state": {
            "en": "Probabilities {p}; their sum is {total}.",
            "ko": "확률 {p}, 합 {total}.",
        },
        "same": {
            "en": "Probabilities {p}; their sum is {total}. Adding {shift} to every logit changed nothing.",
            "ko": "확률 {p}, 합 {total}. 모든 로짓에 같은 수({shift})를 더해도 그대로예요.",
        },
        "moved": {
            "en": "Adding {shift} to every logit changed the probabilities by up to {gap}: {p}, sum {total}. "
            "Softmax must not do that.",
            "ko": "모든 로짓에 같은 수({shift})를 더했더니 확률이 최대 {gap}만큼 달라졌어요: {p}, 합 {total}. "
            "소프트맥스라면 그대로여야 해요.",
        },
        "unstable": {
            "en": "Not stable: with logits {z} your softmax gives {p}.",
            "ko": "수치적으로 안정하지 않아요. 로짓: {z}, softmax 함수의 값: {p}.",
        },
        "sum": {
            "en": "These are no probabilities: {p}, sum {total}, where 1 is needed.",
            "ko": "확률이 아니에요: {p}, 합 {total}. 합은 1이어야 해요.",
        },
    }
)


def softmax_explorer(softmax: Callable) -> Panel:
    """Bars of a learner's softmax, logits (1, 3) ↦ probabilities (1, 3), with a shift that must change nothing."""
    controls = {f"z{i + 1}": slider(f"z{'₁₂₃'[i]}", value, -5, 5, 0.1, ".1f") for i, value in enumerate((2, 1, -1))}
    controls["shift"] = slider(SAY("shift"), 0, -1000, 1000, 10, ".0f")
    picture = LivePicture(height=2.7)
    panel = Panel(controls, picture)

    def still(left, right):
        left.set(xlim=(-0.6, 2.6), ylim=(-5.9, 5.9), title="logits, before the shift")
        left.set_xticks(range(3), NAMES)
        left.axhline(0, color=style.MUTED, linewidth=1)
        left.grid(axis="x", visible=False)
        bars.draw_bar_axes(right, ["$p_1$", "$p_2$", "$p_3$"], "softmax")

    def redraw():
        z, shift = np.array([panel["z1"], panel["z2"], panel["z3"]]).round(6), panel["shift"]

        def logits(left):
            left.bar(range(3), z, color=style.MUTED, width=0.7, zorder=2)
            if shift:
                left.text(0.97, 0.95, f"each {shift:+.0f}", transform=left.transAxes, ha="right", va="top", zorder=3)
            return f"z = {listed(z)}."

        try:
            p = array(softmax, (z + shift)[None], name="softmax", shape=(1, 3))[0]
            unshifted = array(softmax, z[None], name="softmax", shape=(1, 3))[0]
        except Trouble as trouble:
            note = trouble.note
            return picture.show(
                lambda left, right: f"{logits(left)} {notes.draw_note(right, note)}", str(trouble), "alarm"
            )
        gap = float(np.max(np.abs(p - unshifted)))
        kind = _kind(p, gap, shift)
        state = SAY(
            kind, p=listed(p), total=number(p.sum()), shift=number(shift), gap=number(gap), z=listed(z + shift)
        )
        colors = [style.BLUE, style.RED, style.GREEN]
        picture.show(
            lambda left, right: f"{logits(left)} {bars.draw_bars(right, p, ['p1', 'p2', 'p3'], colors)}",
            state,
            "plain" if kind in {"state", "same"} else "alarm",
        )

    picture.hold(still)
    redraw()
    panel.on("z1 z2 z3 shift", redraw)
    return panel


def listed(values: np.ndarray) -> str:
    return ", ".join(number(value) for value in values)


def _kind(p: np.ndarray, gap: float, shift: float) -> str:
    if not np.isfinite(p).all():
        return "unstable"
    if abs(p.sum() - 1) > 1e-6 or p.min() < 0:
        return "sum"
    if gap > 1e-6:
        return "moved"
    return "same" if shift else "state"

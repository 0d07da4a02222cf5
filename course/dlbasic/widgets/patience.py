"""How little patience is too little, and what does too much cost? A learner's early_stopping on the curves of a run."""

from __future__ import annotations

import operator
from collections.abc import Callable

import numpy as np

from ..figures import notes
from ..figures import patience as figure
from ..figures.words import Words, number
from .learner import Trouble, brief, call
from .live import LivePicture
from .panel import Panel, counter

TRIED, NAMED, USUAL = 60, (1, 2, 5, 10, 20, 50, 100, 200), 20

SAY = Words(
    {
        "patience": {"en": "patience", "ko": "참을성"},
        "stops": {
            "en": "Patience {patience}: stops at epoch {stop} and goes back to {best} (loss {loss}). "
            "{saved} of {n} epochs saved. ",
            "ko": "참을성 {patience}: 에포크 {stop}에서 멈추고 에포크 {best}의 파라미터로 돌아가요(손실 {loss}). "
            "{n}에포크 가운데 {saved}에포크를 아꼈어요. ",
        },
        "found": {"en": "It is the lowest of the whole run.", "ko": "전체에서 가장 낮은 손실이에요."},
        "missed": {
            "en": "Missed: {least} at epoch {when}, {share:.0%} lower.",
            "ko": "놓친 것: 에포크 {when}의 손실 {least}({share:.0%} 더 낮음).",
        },
        "not lowest": {
            "en": "early_stopping goes back to epoch {best} (loss {loss}), but epoch {when} was lower ({least}) and "
            "came before the stop at {stop}.",
            "ko": "돌아갈 에포크 {best}의 손실이 {loss}인데, {stop}에서 멈추기 전 에포크 {when}의 손실이 "
            "더 낮아요({least}). early_stopping 함수를 검사해 보세요.",
        },
        "waits": {
            "en": "Patience is {patience}, but at the stop (epoch {stop}) the best epoch ({best}) lies {since} epochs "
            "back. Run the check of early_stopping.",
            "ko": "참을성 {patience}, 멈춘 에포크 {stop}, 가장 좋은 에포크 {best}: 둘 사이가 {since}에포크예요. "
            "early_stopping 함수를 검사해 보세요.",
        },
        "pair": {
            "en": "two epochs (stop, best) with 0 ≤ best ≤ stop < {n}",
            "ko": "0 ≤ best ≤ stop < {n}인 두 에포크 (stop, best)",
        },
    }
)


def patience_explorer(early_stopping: Callable, train_losses, val_losses) -> Panel:
    """A slider for the patience: where a learner's early_stopping(val_losses, patience) stops, and what that costs.

    train_losses, val_losses : a loss an epoch, of the same run. Raises ValueError when they don't fit together.
    """
    train, val = (np.array(losses, dtype=float) for losses in (train_losses, val_losses))
    if train.shape != val.shape or val.ndim != 1 or len(val) < 2:
        raise ValueError(f"train_losses and val_losses must be as long as each other: {train.shape}, {val.shape}")
    if not np.isfinite([train, val]).all():
        raise ValueError("train_losses and val_losses must be finite numbers")
    n = len(val)
    tried = np.union1d(np.geomspace(1, n, TRIED).round().astype(int), [named for named in NAMED if named <= n])
    controls = {"patience": counter(SAY("patience"), min(USUAL, n), 1, n)}
    picture = LivePicture(height=3.3, ratios=(1.15, 1))
    panel = Panel(controls, picture)
    try:
        answers = np.array([epochs(early_stopping, val, int(patience)) for patience in tried])
    except Trouble:
        answers = None

    def still(left, right):
        text = figure.draw_loss_axes(left, train, val)
        if answers is None:
            right.set(xticks=[], yticks=[])
            return text
        stops, kept = answers[:, 0], val[answers[:, 1]]
        named = {patience: int(np.searchsorted(tried, patience)) for patience in NAMED if patience <= n}
        return f"{text} {figure.draw_price_axes(right, stops, kept, named, n)}"

    def redraw():
        patience = panel["patience"]
        try:
            stop, best = epochs(early_stopping, val, patience)
        except Trouble as trouble:
            note = trouble.note
            return picture.show(lambda _, right: notes.draw_note(right, note), str(trouble), "alarm")
        kind, state = told(val, patience, stop, best)

        def moving(left, right):
            if answers is not None:
                figure.draw_price(right, stop, val[best])
            return figure.draw_stop(left, train, val, stop, best)

        picture.show(moving, state, {"found": "good", "missed": "plain"}.get(kind, "alarm"))

    picture.hold(still)
    redraw()
    panel.on("patience", redraw)
    return panel


def epochs(early_stopping: Callable, val: np.ndarray, patience: int) -> tuple[int, int]:
    """The learner's (stop, best) for these losses. Raises Trouble."""
    result = call(early_stopping, val.tolist(), patience, name="early_stopping")
    try:
        stop, best = (operator.index(epoch) for epoch in result)
    except (TypeError, ValueError):
        stop, best = -1, 0
    if not 0 <= best <= stop < len(val):
        raise Trouble("odd", "early_stopping", got=brief(result, 40), wanted=SAY("pair", n=len(val)))
    return stop, best


def told(val: np.ndarray, patience: int, stop: int, best: int) -> tuple[str, str]:
    """What is to be said of one stop: a kind and a sentence. Something is wrong with it, or what it found and saved."""
    n, since = len(val), stop - best
    facts = {"patience": patience, "stop": stop, "best": best, "loss": number(val[best]), "n": n, "since": since}
    seen = int(val[: stop + 1].argmin())
    if val[seen] < val[best]:
        return "wrong", SAY("not lowest", when=seen, least=number(val[seen]), **facts)
    if since > patience or (since < patience and stop < n - 1):
        return "wrong", SAY("waits", **facts)
    least = val.min()
    kind = "found" if val[best] == least else "missed"
    share = (val[best] - least) / val[best] if val[best] else 0.0
    more = SAY(kind, least=number(least), when=int(val.argmin()), share=share)
    return kind, SAY("stops", saved=n - 1 - stop, **facts) + more

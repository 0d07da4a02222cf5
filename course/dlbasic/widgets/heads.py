"""What does one query look at? Random queries and keys, and the weights that a learner's attention gives them."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets
import numpy as np

from .. import style
from ..figures import bars, notes
from ..figures import weights as figure
from ..figures.words import Words, number
from .learner import Trouble, brief, call
from .live import LivePicture
from .panel import Panel, choice, counter

LENGTH, SIZES, SEED = 8, [4, 16, 64, 256], 3

SAY = Words(
    {
        "query": {"en": "query", "ko": "쿼리"},
        "size": {"en": "d, the size of queries and keys", "ko": "쿼리와 키의 크기 d"},
        "mask": {"en": "mask", "ko": "마스크"},
        "nothing": {"en": "none", "ko": "없음"},
        "causal": {"en": "your causal_mask", "ko": "내가 만든 causal_mask"},
        "scaled": {"en": "divide by √d", "ko": "√d로 나누기"},
        "state": {
            "en": "Query {query} gives key {place} the most, {most}. Averaged over the queries the largest weight is "
            "{mean}.",
            "ko": "{query}번 쿼리는 {place}번 키에 가장 큰 가중치({most})를 줘요. "
            "쿼리마다 가장 큰 가중치를 골라 평균하면 {mean}.",
        },
        "shut": {
            "en": "The mask closes the whole row of query {query}, which then has nothing to look at.",
            "ko": "마스크가 {query}번 쿼리의 행을 모두 막아서 볼 곳이 하나도 없어요.",
        },
        "nan": {
            "en": "The weights are not all finite numbers.",
            "ko": "가중치에 유한하지 않은 수가 있어요.",
        },
        "rows": {
            "en": "The weights of query {query} sum to {total}; each query's should sum to 1.",
            "ko": "쿼리마다 가중치의 합이 1이어야 하는데, {query}번 쿼리에서 나온 합: {total}.",
        },
        "closed": {
            "en": "Query {query} gives {most} to key {place}, which the mask forbids.",
            "ko": "마스크로 막은 {place}번 키에 {query}번 쿼리가 가중치를 줘요(가중치 {most}).",
        },
        "size_matters": {
            "en": "Writing every query and key twice over (and shrinking both to fit) changed the weights: look at "
            "the division by the root of d.",
            "ko": "쿼리와 키를 두 번씩 이어 쓰고 그만큼 줄였는데 가중치가 달라졌어요. √d로 나누는 부분을 살펴보세요.",
        },
        "output": {
            "en": "The weights look right, but the output is not the mean of the values with these weights.",
            "ko": "가중치는 괜찮아 보이지만, 출력이 그 가중치로 밸류를 평균한 값이 아니에요.",
        },
        "pair": {"en": "a pair (output, weights)", "ko": "(output, weights) 쌍"},
        "array": {"en": "a {kind} array of shape {shape}", "ko": "모양이 {shape}인 {kind} 배열"},
        "bool": {"en": "a bool array of shape {shape}", "ko": "모양이 {shape}인 bool 배열"},
        "shapes": {
            "en": "an output of shape {output} and weights of shape {weights}",
            "ko": "모양이 {output}인 출력과 모양이 {weights}인 가중치",
        },
    }
)


def attention_explorer(attention: Callable, causal_mask: Callable | None = None) -> Panel:
    """The weights that a learner's attention(q, k, v, mask) gives for 8 random queries and keys of d numbers each.

    causal_mask : the learner's causal_mask(length); with it there is a choice between that mask and none
    """
    controls = {
        "query": counter(SAY("query"), 5, 1, LENGTH),
        "size": choice(SAY("size"), SIZES),
        "scaled": ipywidgets.Checkbox(True, description=SAY("scaled"), indent=False),
    }
    if causal_mask is not None:
        controls["mask"] = choice(SAY("mask"), [(SAY(name), name) for name in ("causal", "nothing")])
    picture = LivePicture(height=3.3, ratios=(1, 1.25))
    panel = Panel(controls, picture)
    names = [str(key) for key in range(1, LENGTH + 1)]

    def still(left, right):
        figure.draw_weight_axes(left, LENGTH, LENGTH, "weights")
        bars.draw_bar_axes(right, names, "weights of one query")
        right.set_xlabel("key")

    def redraw():
        query, size = panel["query"] - 1, panel["size"]
        q, k, v = vectors(size)
        if not panel["scaled"]:
            q = q * size**0.5
        try:
            mask = opened(causal_mask) if "mask" in controls and panel["mask"] == "causal" else None
            output, weights = both(attention, q, k, v, mask)
            twice = both(attention, *(np.tile(x, 2) / 2**0.25 for x in (q, k)), v, mask)[1]
        except Trouble as trouble:
            note = trouble.note
            return picture.show(lambda left, _: notes.draw_note(left, note), str(trouble), "alarm")
        allowed = np.ones((LENGTH, LENGTH), dtype=bool) if mask is None else mask
        kind, facts = judged(output, weights, twice, allowed, v, query)
        colors = [style.BLUE] * LENGTH
        top = int(np.argmax(np.nan_to_num(weights[query])))
        colors[top] = style.RED

        def moving(left, right):
            text = figure.draw_weights(left, weights, allowed, query)
            return f"{text} {bars.draw_bars(right, weights[query], names, colors, least=0.005)}"

        picture.show(moving, SAY(kind, **facts), "plain" if kind == "state" else "alarm")

    picture.hold(still)
    redraw()
    panel.on(" ".join(controls), redraw)
    return panel


def vectors(size: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Queries and keys (8, size) of standard normal numbers and values (8, 3); the same every time."""
    rng = np.random.default_rng(SEED)
    return rng.normal(size=(LENGTH, size)), rng.normal(size=(LENGTH, size)), rng.normal(size=(LENGTH, 3))


def opened(causal_mask: Callable) -> np.ndarray:
    """The learner's mask (8, 8). Raises Trouble."""
    mask = call(causal_mask, LENGTH, name="causal_mask")
    shape = (LENGTH, LENGTH)
    if not isinstance(mask, np.ndarray) or mask.dtype != bool or mask.shape != shape:
        got = SAY("array", kind=mask.dtype, shape=mask.shape) if isinstance(mask, np.ndarray) else brief(mask, 40)
        raise Trouble("odd", "causal_mask", got=got, wanted=SAY("bool", shape=shape))
    return mask.copy()


def both(attention: Callable, q, k, v, mask) -> tuple[np.ndarray, np.ndarray]:
    """The learner's output (T, e) and weights (T, S) as float arrays. Raises Trouble."""
    given = (q.copy(), k.copy(), v.copy()) + (() if mask is None else (mask.copy(),))
    result = call(attention, *given, name="attention")
    if not isinstance(result, tuple | list) or len(result) != 2:
        raise Trouble("odd", "attention", got=brief(result, 40), wanted=SAY("pair"))
    shapes = (len(q), v.shape[1]), (len(q), len(k))
    try:
        output, weights = (np.array(part, dtype=float) for part in result)
    except (TypeError, ValueError):
        raise Trouble("odd", "attention", got=brief(result, 40), wanted=SAY("pair")) from None
    if (output.shape, weights.shape) != shapes:
        got = SAY("shapes", output=output.shape, weights=weights.shape)
        raise Trouble("odd", "attention", got=got, wanted=SAY("shapes", output=shapes[0], weights=shapes[1]))
    return output, weights


def judged(output, weights, twice, allowed, values, query: int) -> tuple[str, dict]:
    """What is to be said of the weights, and its facts: something is wrong with them, or what `query` looks at."""
    shut = np.flatnonzero(~allowed.any(axis=1))
    if len(shut):
        return "shut", {"query": shut[0] + 1}
    if not np.isfinite(weights).all():
        return "nan", {}
    totals = weights.sum(axis=1)
    row = int(np.argmax(np.abs(totals - 1)))
    if abs(totals[row] - 1) > 1e-6:
        return "rows", {"query": row + 1, "total": number(totals[row])}
    closed = np.where(allowed, 0.0, np.abs(weights))
    if closed.max() > 1e-6:
        row, key = np.unravel_index(int(closed.argmax()), closed.shape)
        return "closed", {"query": row + 1, "place": key + 1, "most": number(closed.max())}
    if not np.allclose(weights, twice, atol=1e-6):
        return "size_matters", {}
    if not np.allclose(output, np.einsum("ts,se->te", weights, values), atol=1e-6):
        return "output", {}
    key = int(weights[query].argmax())
    facts = {"query": query + 1, "place": key + 1, "most": number(weights[query, key])}
    return "state", facts | {"mean": number(weights.max(axis=1).mean())}

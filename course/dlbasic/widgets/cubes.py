"""Which numbers of a batch share a mean? One number is changed, and a learner's norms say which others follow."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..figures import cubes as figure
from ..figures import notes
from ..figures.words import Words
from .learner import Trouble, array
from .live import LivePicture
from .panel import Panel, choice, counter

SAMPLES, CHANNELS, SIDE = 3, 4, 2
PIXELS = SIDE * SIDE
SHAPE = SAMPLES, CHANNELS, PIXELS
GROUPS = [1, 2, 4]
METHODS = ("batch", "layer", "instance", "group")

SAY = Words(
    {
        "sample": {"en": "change a number: sample", "ko": "바꿀 수: 샘플"},
        "channel": {"en": "channel", "ko": "채널"},
        "pixel": {"en": "pixel", "ko": "픽셀"},
        "groups": {"en": "groups G of group norm", "ko": "그룹 정규화의 그룹 수 G"},
        "state": {
            "en": "The number at sample {sample}, channel {channel}, pixel {pixel} changes. Of {n} follow: "
            "batch {batch}, layer {layer}, instance {instance}, group (G = {groups}) {group}. "
            "Other samples follow only in batch norm.",
            "ko": "샘플 {sample}, 채널 {channel}, 픽셀 {pixel}의 수를 바꾸면 함께 바뀌는 수({n}개 가운데): "
            "배치 {batch}, 층 {layer}, 인스턴스 {instance}, 그룹(G = {groups}) {group}. "
            "다른 샘플까지 바뀌는 것은 배치뿐이에요.",
        },
        "differs": {
            "en": "{name} ({method}): {got} numbers change, but the {wanted} of one letter should. Run its check.",
            "ko": "{name} 함수({method}): 바뀌는 수가 글자가 같은 {wanted}개여야 하는데 {got}개예요. "
            "함수를 검사해 보세요.",
        },
        "others": {
            "en": "{name} ({method}): {got} numbers change, but not those of one letter. Run its check.",
            "ko": "{name} 함수({method}): {got}개가 바뀌지만 글자가 같은 수들이 아니에요. 함수를 검사해 보세요.",
        },
    }
)


def normalization_cubes(layer_norm: Callable, group_norm: Callable) -> Panel:
    """The numbers that share a mean in four norms, and those that really change with one number.

    layer_norm : (x, gamma, beta, eps) ↦ x;  group_norm : (x, gamma, beta, groups, eps) ↦ x, of shape (N, C, H, W).
    Instance norm is group_norm with as many groups as channels; batch norm is drawn from its definition.
    """
    controls = {
        "sample": counter(SAY("sample"), 2, 1, SAMPLES),
        "channel": counter(SAY("channel"), 2, 1, CHANNELS),
        "pixel": counter(SAY("pixel"), 3, 1, PIXELS),
        "groups": choice(SAY("groups"), [(f"G = {groups}", groups) for groups in GROUPS]),
    }
    controls["groups"].value = 2
    picture = LivePicture(height=3.7, columns=len(METHODS))
    panel = Panel(controls, picture)

    def still(*axes):
        titles = ("batch", "layer", "instance", "group")
        for place, (ax, title) in enumerate(zip(axes, titles, strict=True)):
            figure.draw_cube_axes(ax, SHAPE, title, named=place == 0)

    def redraw():
        chosen, groups = (panel["sample"] - 1, panel["channel"] - 1, panel["pixel"] - 1), panel["groups"]
        shared = {method: letters(method, groups) for method in METHODS}
        mine = {method: group == group[chosen] for method, group in shared.items()}
        calls = {
            "layer": ("layer_norm", lambda x, gamma, beta: layer_norm(x, gamma, beta, 1e-5)),
            "instance": ("group_norm", lambda x, gamma, beta: group_norm(x, gamma, beta, CHANNELS, 1e-5)),
            "group": ("group_norm", lambda x, gamma, beta: group_norm(x, gamma, beta, groups, 1e-5)),
        }
        changed, troubles, wrong = {"batch": mine["batch"]}, {}, ""
        for method, (name, function) in calls.items():
            try:
                changed[method] = follow(function, name, chosen)
            except Trouble as trouble:
                changed[method], troubles[method] = None, trouble
                continue
            if not wrong and not np.array_equal(changed[method], mine[method]):
                got, wanted = int(changed[method].sum()), int(mine[method].sum())
                kind = "others" if got == wanted else "differs"
                wrong = SAY(kind, name=name, method=method, got=got, wanted=wanted)
        counts = {method: 0 if marks is None else int(marks.sum()) for method, marks in changed.items()}
        facts = {name: panel[name] for name in controls} | {"n": np.prod(SHAPE)}
        state = str([*troubles.values()][0]) if troubles else wrong or SAY("state", **facts, **counts)

        def moving(*axes):
            told = []
            for ax, method in zip(axes, METHODS, strict=True):
                figure.draw_cube(ax, shared[method], changed[method], chosen)
                told.append(figure.describe(method, shared[method], changed[method]))
                if method in troubles:
                    told.append(notes.draw_note(ax, troubles[method].note, narrow=True))
            return " ".join(told)

        picture.show(moving, state, "alarm" if troubles or wrong else "plain")

    picture.hold(still)
    redraw()
    panel.on(" ".join(controls), redraw)
    return panel


def letters(method: str, groups: int) -> np.ndarray:
    """The number of the mean that each number of the batch (samples, channels, pixels) is normalized by."""
    sample, channel, _ = np.indices(SHAPE)
    if method == "batch":
        return channel
    parts = {"layer": 1, "instance": CHANNELS, "group": groups}[method]
    return sample * parts + channel * parts // CHANNELS


def follow(function: Callable, name: str, chosen: tuple[int, int, int]) -> np.ndarray:
    """Which results of the learner's norm change (bool, SHAPE) when the chosen number does. Raises Trouble."""
    x = np.random.default_rng(0).normal(size=SHAPE)
    other = x.copy()
    other[chosen] += 1.0
    shape = SAMPLES, CHANNELS, SIDE, SIDE
    arguments = np.ones(CHANNELS), np.zeros(CHANNELS)
    given = (values.reshape(shape) for values in (x, other))
    before, after = (array(function, values, *arguments, name=name, shape=shape) for values in given)
    return ~np.isclose(before, after, rtol=1e-9, atol=1e-9, equal_nan=True).reshape(SHAPE)

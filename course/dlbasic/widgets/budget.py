"""What does a layer cost? Channels, kernel, picture size, groups and a 1×1 bottleneck, in parameters and in work."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets

from ..figures import layer_cost as figure
from ..figures.words import Words
from .counting import whole
from .learner import Trouble
from .live import LivePicture
from .panel import STYLE, Panel, counter

CHANNELS = [16, 32, 64, 128, 256, 512]
GROUPS = [1, 2, 4, 8, 16, 32, 64]
MIDDLES = [0, 16, 32, 64, 128]

SAY = Words(
    {
        "c_in": {"en": "input channels", "ko": "입력 채널"},
        "c_out": {"en": "filters (output channels)", "ko": "필터(출력 채널)"},
        "k": {"en": "kernel k × k", "ko": "커널 k × k"},
        "size": {"en": "output height and width", "ko": "출력의 높이와 너비"},
        "groups": {"en": "groups of the k × k layer", "ko": "k × k 층의 그룹"},
        "middle": {"en": "1 × 1 bottleneck before it", "ko": "앞에 놓는 1 × 1 병목"},
        "none": {"en": "none", "ko": "없음"},
        "state": {
            "en": "{params} parameters ({weights} weights, {biases} biases), {macs} multiply–accumulates. "
            "Against the plain layer: weights {less_weights}, multiply–accumulates {less_macs}.",
            "ko": "파라미터 {params}(가중치 {weights}, 편향 {biases}), 곱셈-누산 {macs}. "
            "그룹도 병목도 없는 층에 견주면 가중치 {less_weights}, 곱셈-누산 {less_macs}.",
        },
        "invalid": {
            "en": "Invalid: {channels} channels cannot be divided into {groups} groups.",
            "ko": "맞지 않는 설정이에요. 채널 {channels}개를 그룹 {groups}개로 나눌 수 없어요.",
        },
        "macs": {
            "en": "{weights} weights, each used at {places} places, make {wanted} multiply–accumulates, but your "
            "conv_macs says {macs}. Check both functions.",
            "ko": "가중치 {weights}개를 {places}군데에서 쓰면 곱셈-누산이 {wanted}번인데 "
            "conv_macs 함수의 값은 달라요({macs}). 두 함수를 모두 검사해 보세요.",
        },
        "biases": {
            "en": "With biases your conv_params counts {more} more than without; there is one bias for each of "
            "{c_out} filters.",
            "ko": "편향은 필터 {c_out}개마다 하나씩인데, conv_params 함수의 값은 편향을 넣으면 {more}만큼 늘어나요.",
        },
    }
)


def budget_explorer(conv_params: Callable, conv_macs: Callable) -> Panel:
    """Parameters and multiply-accumulates of one layer, beside those of the plain one (one group, no bottleneck).

    conv_params : (c_in, c_out, k, bias, groups) ↦ int;  conv_macs : (c_in, c_out, k, h_out, w_out, groups) ↦ int
    """
    controls = {
        "c_in": stops(SAY("c_in"), CHANNELS, 256),
        "c_out": stops(SAY("c_out"), CHANNELS, 256),
        "k": counter(SAY("k"), 3, 1, 7, 2),
        "size": counter(SAY("size"), 28, 7, 112, 7),
        "groups": stops(SAY("groups"), GROUPS, 1),
        "middle": stops(SAY("middle"), [(SAY("none"), 0), *((str(one), one) for one in MIDDLES[1:])], 0),
    }
    picture = LivePicture(height=3.65, columns=1)
    panel = Panel(controls, picture)

    def redraw():
        c_in, c_out, k, size, groups, middle = (panel[name] for name in controls)
        before = [(c_in, middle, 1, 1)] if middle else []
        layers = [*before, (middle or c_in, c_out, k, groups)]
        odd = next((channels for channels in layers[-1][:2] if channels % groups), None)
        plain, own, note, mood = (), None, "", "alarm"
        try:
            first = cost(conv_params, conv_macs, [(c_in, c_out, k, 1)], size)
            plain = first[0] + first[1], first[2]
            if odd:
                state, note = SAY("invalid", channels=odd, groups=groups), "invalid: groups do not divide"
            else:
                weights, biases, macs = cost(conv_params, conv_macs, layers, size)
                own, mood = (weights + biases, macs), "plain"
                facts = {"params": weights + biases, "weights": weights, "biases": biases, "macs": macs}
                state = SAY(
                    "state",
                    **{name: f"{count:,}" for name, count in facts.items()},
                    less_weights=ratio(first[0], weights),
                    less_macs=ratio(first[2], macs),
                )
        except Trouble as trouble:
            state, note = str(trouble), trouble.note
        except Unlike as unlike:
            state, note = str(unlike), "the two do not agree"
        shown = layers if not odd else [*before, (*layers[-1][:3], 0)]
        picture.show(lambda ax: figure.draw_cost(ax, shown, plain, own, note), state, mood)

    picture.hold(figure.draw_layer_axes)
    redraw()
    panel.on(" ".join(controls), redraw)
    return panel


class Unlike(Exception):
    """The learner's two functions contradict each other; the message is for her."""


def cost(conv_params: Callable, conv_macs: Callable, layers, size: int) -> tuple[int, int, int]:
    """Weights, biases and multiply-accumulates of the layers together. Raises Trouble or Unlike."""
    totals = [0, 0, 0]
    for c_in, c_out, k, groups in layers:
        bare, full = (whole(conv_params, c_in, c_out, k, bias, groups, name="conv_params") for bias in (False, True))
        macs = whole(conv_macs, c_in, c_out, k, size, size, groups, name="conv_macs")
        places = size * size
        if full - bare != c_out:
            raise Unlike(SAY("biases", more=full - bare, c_out=c_out))
        if macs != bare * places:
            values = {"weights": bare, "places": places, "wanted": bare * places, "macs": macs}
            raise Unlike(SAY("macs", **{name: f"{value:,}" for name, value in values.items()}))
        totals = [total + more for total, more in zip(totals, (bare, full - bare, macs), strict=True)]
    return tuple(totals)


def ratio(before: int, now: int) -> str:
    """How `now` compares with `before`: "÷ 4", "× 1.2", "× 1"."""
    if now and before > now:
        return f"÷ {before / now:.3g}"
    return f"× {now / before:.3g}" if before else "× 1"


def stops(label: str, options: list, value: int) -> ipywidgets.SelectionSlider:
    """A slider over chosen numbers."""
    layout = ipywidgets.Layout(width="100%", max_width="680px")
    options = [one if isinstance(one, tuple) else (str(one), one) for one in options]
    return ipywidgets.SelectionSlider(options=options, value=value, description=label, style=STYLE, layout=layout)

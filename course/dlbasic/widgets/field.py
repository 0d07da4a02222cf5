"""How far does one output see? Layers are added and strides chosen, and the cone of windows grows down to the input."""

from __future__ import annotations

from collections.abc import Callable

from ..figures import cone as figure
from ..figures.words import Words
from .counting import whole
from .learner import Trouble
from .live import LivePicture
from .panel import Panel, counter

MOST = 5

SAY = Words(
    {
        "depth": {"en": "layers", "ko": "층의 수"},
        "k": {"en": "kernel of every layer", "ko": "모든 층의 커널"},
        "stride": {"en": "stride of layer {layer}", "ko": "{layer}층의 스트라이드"},
        "state": {
            "en": "Inputs that one output of layer {depth} sees: {field}. Its neighbour sees as many, {jump} "
            "further on. Fields from the input on: {list}.",
            "ko": "{depth}층의 출력 하나가 입력 {field}개를 봐요. 이웃한 출력은 {jump}칸 옆에서 같은 수를 봐요. "
            "입력부터 차례로 수용 영역: {list}.",
        },
        "differs": {
            "en": "For the first layers, (kernel, stride) {layers}, your receptive_field says {got}, but the lines of "
            "the picture reach {field} inputs.",
            "ko": "그림에서 선이 닿는 입력은 {field}개인데 receptive_field 함수가 낸 값은 달라요({got}). "
            "(커널, 스트라이드): {layers}.",
        },
    }
)


def field_explorer(receptive_field: Callable) -> Panel:
    """Up to five layers of one kernel size, each with its own stride: what a learner's receptive_field says of them.

    receptive_field : [(kernel, stride), …] from input to output ↦ int
    """
    controls = {"depth": counter(SAY("depth"), 2, 1, MOST), "k": counter(SAY("k"), 3, 1, 5)}
    for layer in range(1, MOST + 1):
        controls[f"s{layer}"] = counter(SAY("stride", layer=layer), 1, 1, 2)
    picture = LivePicture(height=4.3, columns=1)
    panel = Panel(controls, picture)

    def redraw():
        depth = panel["depth"]
        layers = [(panel["k"], panel[f"s{layer}"]) for layer in range(1, depth + 1)]
        for layer in range(1, MOST + 1):
            controls[f"s{layer}"].disabled = layer > depth
        fields = [figure.windows(layers[:count])[0][1] + 1 for count in range(depth + 1)]
        told, trouble, note = [1], "", ""
        try:
            for count in range(1, depth + 1):
                told.append(whole(receptive_field, list(layers[:count]), name="receptive_field"))
        except Trouble as error:
            told, trouble, note = [1] + ["?"] * depth, str(error), error.note
        wrong = next((count for count in range(1, depth + 1) if told[count] != fields[count]), None)
        if trouble:
            state = trouble
        elif wrong:
            listed = ", ".join(map(str, layers[:wrong]))
            state = SAY("differs", layers=listed, got=told[wrong], field=fields[wrong])
        else:
            jump = 1
            for _, stride in layers:
                jump *= stride
            facts = {"depth": depth, "field": fields[-1], "jump": jump, "list": ", ".join(map(str, fields))}
            state = SAY("state", **facts)
        mood = "alarm" if trouble or wrong else "plain"
        picture.show(lambda ax: figure.draw_cone(ax, layers, told, note), state, mood)

    picture.hold(figure.draw_cone_axes)
    redraw()
    panel.on(" ".join(controls), redraw)
    return panel

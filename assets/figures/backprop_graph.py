"""One ReLU unit and its loss as a computation graph: values run forward, gradients run back along the same edges."""

from _canvas import RED_WORDS, Text, arrow, footnote, sheet
from matplotlib.patches import Rectangle

from dlbasic import style

INPUTS = {"x1": 2.0, "w1": 0.5, "x2": -1.0, "w2": 1.5, "b": 1.0, "y": 2.0}


def values_and_gradients() -> tuple[dict[str, float], dict[str, float]]:
    """Every value of L = (max(x1 w1 + x2 w2 + b, 0) − y)², and the derivative of L by each but the target y."""
    v = dict(INPUTS)
    v["p1"], v["p2"] = v["x1"] * v["w1"], v["x2"] * v["w2"]
    v["z"] = v["p1"] + v["p2"] + v["b"]
    v["a"] = max(v["z"], 0.0)
    v["L"] = (v["a"] - v["y"]) ** 2
    g = {"L": 1.0}
    g["a"] = g["L"] * 2 * (v["a"] - v["y"])
    g["z"] = g["a"] * (1.0 if v["z"] > 0 else 0.0)
    g["p1"] = g["p2"] = g["b"] = g["z"]
    g["w1"], g["x1"] = g["p1"] * v["x1"], g["p1"] * v["w1"]
    g["w2"], g["x2"] = g["p2"] * v["x2"], g["p2"] * v["w2"]
    return v, g


# Everything in inches. An operation is a box (left, bottom, width, height); tall boxes keep every edge level, so that
# no number stands aslant.
BOXES = {
    "p1": ("×", (1.32, 2.9, 0.3, 1.15)),
    "p2": ("×", (1.32, 1.45, 0.3, 1.15)),
    "z": ("+", (2.42, 0.65, 0.3, 3.05)),
    "a": ("relu", (3.52, 2.1, 0.5, 0.5)),
    "L": ("$(a-y)^2$", (4.8, 2.1, 0.78, 0.5)),
}
LEAVES = {"x1": 3.82, "w1": 3.14, "x2": 2.37, "w2": 1.69, "b": 0.95}
# Edges: the value they carry, where from, where to, at what height.
EDGES = (
    *((name, 0.48, 1.32, LEAVES[name]) for name in ("x1", "w1", "x2", "w2")),
    ("b", 0.48, 2.42, LEAVES["b"]),
    ("p1", 1.62, 2.42, 3.48),
    ("p2", 1.62, 2.42, 2.03),
    ("z", 2.72, 3.52, 2.35),
    ("a", 4.02, 4.8, 2.35),
    ("L", 5.58, 6.3, 2.35),
)
TARGET = (5.19, 1.35)


def number(value: float) -> str:
    return f"{value:g}".replace("-", "−")


def symbol(name: str) -> str:
    """`x1` as mathtext: a letter with its index."""
    return f"${name[0]}_{name[1]}$" if name[1:] else f"${name}$"


def _value(ax, x, y, words) -> None:
    ax.text(x, y, words, ha="center", va="center", color=style.BLUE, weight="bold")


def _gradient(ax, x, y, words) -> None:
    box = {"boxstyle": "round,pad=0.2", "fc": "white", "ec": style.RED, "lw": 1.0}
    ax.text(x, y, words, ha="center", va="center", color=RED_WORDS, weight="bold", bbox=box)


def draw(text: Text):
    v, g = values_and_gradients()
    figure, ax = sheet(4.2)
    for sign, (left, bottom, width, height) in BOXES.values():
        ax.add_patch(Rectangle((left, bottom), width, height, fc="white", ec=style.INK, lw=1.3))
        x, y = left + width / 2, bottom + height / 2
        ax.text(x, y, sign, ha="center", va="center", fontsize=11 if width > 0.4 else 16)
    for name, height in LEAVES.items():
        ax.text(0.28, height, symbol(name), ha="center", va="center", fontsize=16)
    for name, start, end, height in EDGES:
        arrow(ax, (start, height), (end, height), color=style.MUTED, width=1.2)
        middle = (start + end) / 2 - 0.04
        named = f"{symbol(name)} = " if name in "zaL" else ""
        _value(ax, middle, height + 0.14, named + number(v[name]))
        _gradient(ax, middle, height - 0.19, number(g[name]))
    arrow(ax, (TARGET[0], TARGET[1] + 0.14), (TARGET[0], BOXES["L"][1][1]), color=style.MUTED, width=1.2)
    ax.text(*TARGET, "$y$", ha="center", va="center", fontsize=16)
    _value(ax, TARGET[0] + 0.16, TARGET[1] + 0.45, number(v["y"]))

    _value(ax, 3.35, 3.82, "0.5")
    ax.text(3.62, 3.82, text(en="value (forward pass →)", ko="값 (순전파 →)"), va="center")
    _gradient(ax, 3.35, 3.45, "−3")
    ax.text(3.62, 3.45, text(en="gradient of $L$ (backward pass ←)", ko="$L$의 기울기 (역전파 ←)"), va="center")
    rule = text(
        en="× multiplies the gradient by the other input,  + copies it,  ReLU lets it through where $z > 0$.",
        ko="×는 기울기에 상대편 입력을 곱하고, +는 그대로 전달하며, ReLU는 $z > 0$일 때만 통과시킵니다.",
    )
    footnote(figure, rule, y=0.25)
    alt = text(
        en=f"Computation graph of one ReLU unit with a squared loss. Forward: x1 w1 = {number(v['p1'])}, x2 w2 = "
        f"{number(v['p2'])}, with b = {number(v['b'])} the sum z = {number(v['z'])}, a = {number(v['a'])}, "
        f"and with y = {number(v['y'])} the loss L = {number(v['L'])}. Backward: dL/da = {number(g['a'])}, "
        f"dL/dz = {number(g['z'])}, dL/db = {number(g['b'])}, dL/dw1 = {number(g['w1'])}, dL/dx1 = "
        f"{number(g['x1'])}, dL/dw2 = {number(g['w2'])}, dL/dx2 = {number(g['x2'])}.",
        ko=f"ReLU 유닛 하나와 제곱 손실의 계산 그래프입니다. 순전파에서는 x1 w1 = {number(v['p1'])}, x2 w2 = "
        f"{number(v['p2'])}이고 b = {number(v['b'])}까지 더한 z = {number(v['z'])}, a = {number(v['a'])}이며, "
        f"y = {number(v['y'])}일 때 손실은 L = {number(v['L'])}입니다. 역전파에서는 dL/da = {number(g['a'])}, "
        f"dL/dz = {number(g['z'])}, dL/db = {number(g['b'])}, dL/dw1 = {number(g['w1'])}, dL/dx1 = "
        f"{number(g['x1'])}, dL/dw2 = {number(g['w2'])}, dL/dx2 = {number(g['x2'])}입니다.",
    )
    return figure, alt

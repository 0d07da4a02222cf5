"""What does the skip connection save? A digit sent through up to fifty of your blocks, with their skips and without."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..figures import depth as figure
from ..figures import notes
from ..figures.digits import draw_digit
from ..figures.words import Words, number
from .learner import Trouble, array
from .live import LivePicture
from .panel import Panel, counter, slider

BLOCKS, HIDDEN, CHANGE, SEED = 50, 32, 1e-4, 5

SAY = Words(
    {
        "depth": {"en": "blocks", "ko": "블록 수"},
        "size": {"en": "size of the weights", "ko": "가중치의 크기"},
        "state": {
            "en": "Blocks: {depth}. A small change of the picture arrives {kept} times as large with the skip, {lost} "
            "times without.",
            "ko": "블록 {depth}개를 지나면 이미지의 작은 변화가 스킵이 있으면 {kept}배, 없으면 {lost}배가 되어 "
            "도착해요.",
        },
        "start": {
            "en": "No block yet: the picture is as it was.",
            "ko": "아직 블록이 없어서 이미지가 처음 그대로예요.",
        },
        "identity": {
            "en": "With weights of 0 a residual block hands x on unchanged. Yours changes it: is the skip there, and "
            "nothing after the sum?",
            "ko": "가중치가 모두 0이면 잔차 블록은 x를 그대로 내보내요. 그런데 x가 달라졌어요. "
            "스킵이 있나요? 더한 뒤에 다른 계산을 하지 않나요?",
        },
        "nan": {
            "en": "After {depth} blocks the numbers are no longer finite.",
            "ko": "블록 {depth}개를 지나자 수가 유한하지 않게 되었어요.",
        },
    }
)


@dataclass(frozen=True)
class Journey:
    """A picture after 0 … BLOCKS blocks, (B + 1, 8, 8), and how large a change of size 1 has become, (B + 1,)."""

    images: np.ndarray
    sizes: np.ndarray


def residual_explorer(residual_block: Callable) -> Panel:
    """A digit on its way through up to fifty of a learner's residual blocks with random weights of a chosen size."""
    controls = {
        "depth": counter(SAY("depth"), 20, 0, BLOCKS),
        "size": slider(SAY("size"), 0.4, 0.0, 1.2, 0.02),
    }
    picture = LivePicture(height=2.9, columns=3, ratios=(1.7, 1, 1))
    panel = Panel(controls, picture)
    journeys: dict[float, tuple[Journey, Journey]] = {}

    def still(left, kept, lost):
        figure.draw_depth_axes(left, BLOCKS)
        for ax, title in ((kept, "with skip"), (lost, "without")):
            ax.set(title=title, xticks=[], yticks=[], xlim=(-0.5, 7.5), ylim=(7.5, -0.5), aspect="equal")
            ax.grid(False)
            ax.spines[:].set_visible(False)

    def redraw():
        depth, size = panel["depth"], round(panel["size"], 6)
        try:
            whole = hands_on(residual_block)
            if size not in journeys:
                journeys[size] = travel(residual_block, size, True), travel(residual_block, size, False)
        except Trouble as trouble:
            note = trouble.note

            def nothing(left, kept, _):
                return f"{notes.draw_note(left, note)} {draw_digit(kept, start())}"

            return picture.show(nothing, str(trouble), "alarm")
        kept, lost = journeys[size]
        finite = np.isfinite([kept.sizes[depth], lost.sizes[depth]]).all()
        kind = "identity" if not whole else "nan" if not finite else "state" if depth else "start"
        state = SAY(kind, depth=depth, kept=number(kept.sizes[depth]), lost=number(lost.sizes[depth]))

        def moving(left, with_skip, without):
            figure.draw_arrived(with_skip, kept.images[depth])
            figure.draw_arrived(without, lost.images[depth])
            return figure.draw_depth(left, kept.sizes, lost.sizes, depth)

        picture.show(moving, state, "plain" if kind in {"state", "start"} else "alarm")

    picture.hold(still)
    redraw()
    panel.on("depth size", redraw)
    return panel


def start() -> np.ndarray:
    """The digit (8, 8) that is sent."""
    from ..data import digits

    return digits()[0][2].reshape(8, 8)


def weights(size: float) -> list[tuple[np.ndarray, np.ndarray]]:
    """The same random weights every time; at size 1 a block's branch is about as large as what goes into it."""
    rng = np.random.default_rng(SEED)
    wide, narrow = size * (2 / 64) ** 0.5, size * (1 / HIDDEN) ** 0.5
    shapes = ((wide, (64, HIDDEN)), (narrow, (HIDDEN, 64)))
    return [tuple(rng.normal(0.0, scale, shape) for scale, shape in shapes) for _ in range(BLOCKS)]


def hands_on(block: Callable) -> bool:
    """Whether a block whose weights are 0 gives back what it got, negative numbers too. Raises Trouble."""
    x = np.linspace(-1.0, 1.0, 64)[None]
    got = array(block, x, np.zeros((64, HIDDEN)), np.zeros((HIDDEN, 64)), name="residual_block", shape=x.shape)
    return bool(np.allclose(got, x))


def travel(block: Callable, size: float, skip: bool) -> Journey:
    """Send the digit, and the digit with a small change, through all blocks. Raises Trouble.

    skip : False takes the block's input off its output again
    """
    rng = np.random.default_rng(SEED + 1)
    step = rng.normal(size=64)
    image = start().ravel()
    x = np.stack([image, image + CHANGE * step / np.linalg.norm(step)])
    images, sizes = [x[0]], [1.0]
    for w1, w2 in weights(size):
        out = array(block, x, w1, w2, name="residual_block", shape=x.shape)
        with np.errstate(all="ignore"):
            x = out if skip else out - x
            sizes.append(float(np.linalg.norm(x[1] - x[0])) / CHANGE)
        images.append(x[0])
    return Journey(np.reshape(images, (-1, 8, 8)), np.array(sizes))

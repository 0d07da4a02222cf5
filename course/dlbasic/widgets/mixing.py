"""When is a mixed image no longer its first digit? λ of a learner's mixup and the box of her cutmix, on two digits."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..figures import mixing as figure
from ..figures import notes
from ..figures.words import Words, number
from .learner import Trouble, brief, call
from .live import LivePicture
from .panel import Panel, counter, slider

PERM = np.array([1, 0])
BOX = {"top": (2, -4, 7), "left": (2, -4, 7), "height": (4, 1, 8), "width": (4, 1, 8)}  # value, least, most
HEIGHT, WIDTH = 8, 8

SAY = Words(
    {
        "first": {"en": "first digit", "ko": "첫째 숫자"},
        "second": {"en": "second digit", "ko": "둘째 숫자"},
        "lam": {"en": "λ of mixup", "ko": "mixup의 λ"},
        "top": {"en": "CutMix: top row of the box", "ko": "CutMix 상자의 위쪽 행"},
        "left": {"en": "CutMix: left column", "ko": "CutMix 상자의 왼쪽 열"},
        "height": {"en": "CutMix: height", "ko": "CutMix 상자의 높이"},
        "width": {"en": "CutMix: width", "ko": "CutMix 상자의 너비"},
        "state": {
            "en": "mixup: {lam:.2f} of the {first}, {rest:.2f} of the {second}. The box at row {top}, column {left} "
            "takes {area:.0%} of the area, {ink:.0%} of the ink of the {first}: label {label:.2f}.",
            "ko": "mixup: 첫째 {lam:.2f}, 둘째 {rest:.2f}. {top}행 {left}열의 상자: 넓이의 {area:.0%}, "
            "첫째 숫자 잉크의 {ink:.0%}. 첫째 숫자의 레이블 {label:.2f}.",
        },
        "swapped": {
            "en": "With λ = {lam:.2f} the first image should keep {lam:.2f}; your mixup leaves it {kept}.",
            "ko": "λ = {lam:.2f}일 때 첫째 이미지가 {lam:.2f}만큼 남아야 하는데, mixup 함수에서 남은 양: {kept}.",
        },
        "labels": {
            "en": "{name}: {image} of the image comes from the second digit, but {label} of the label. The two should "
            "be equal.",
            "ko": "{name} 함수: 둘째 숫자에서 온 비율이 이미지와 레이블에서 같아야 해요. "
            "이미지 {image}, 레이블 {label}.",
        },
        "sums": {
            "en": "{name}: the label's row sums to {total} instead of 1.",
            "ko": "{name} 함수: 레이블에서 한 행의 합이 1이어야 해요. 나온 합: {total}.",
        },
        "pair": {
            "en": "images of shape {images} and labels of shape {labels}",
            "ko": "모양이 {images}인 이미지와 모양이 {labels}인 레이블",
        },
        "finite": {"en": "finite numbers", "ko": "유한한 수"},
    }
)


def mixing_explorer(mixup: Callable, cutmix: Callable) -> Panel:
    """Two digits, and what a learner's mixup(x, y, lam, perm) and cutmix(images, y, top, …, perm) make of them.

    The box of CutMix can be moved by sliders, or held with the mouse on the last image.
    """
    images = one_of_each()
    controls = {
        "first": counter(SAY("first"), 3, 0, 9),
        "second": counter(SAY("second"), 6, 0, 9),
        "lam": slider(SAY("lam"), 0.7, 0.0, 1.0, 0.05),
        **{name: counter(SAY(name), *values) for name, values in BOX.items()},
    }
    picture = LivePicture(height=2.55, columns=4)
    panel = Panel(controls, picture)
    held_back = [False]

    def move_box(x, y):
        held_back[0] = True  # one picture for both sliders
        for name, at, size in (("left", x, panel["width"]), ("top", y, panel["height"])):
            _, least, most = BOX[name]
            controls[name].value = int(np.clip(round(at - (size - 1) / 2), least, most))
        held_back[0] = False
        redraw()

    def redraw():
        if held_back[0]:
            return
        digits, lam = (panel["first"], panel["second"]), round(panel["lam"], 6)
        box = [panel[name] for name in BOX]
        pair, labels = images[list(digits)], np.eye(10)[list(digits)]

        def blend(x, y):
            return mixup(x.reshape(2, -1), y, lam, PERM.copy())

        def cut(x, y):
            return cutmix(x, y, *box, PERM.copy())

        results, troubles = {}, {}
        for name, function in (("mixup", blend), ("cutmix", cut)):
            try:
                results[name] = mixed(function, pair, labels, name), mixed(function, marks(), np.eye(2), name)
            except Trouble as trouble:
                troubles[name] = trouble
        kind, facts = judged(results, lam, pair[0])
        facts |= {"first": digits[0], "second": digits[1], "lam": lam, "rest": 1 - lam, "top": box[0], "left": box[1]}
        state = str([*troubles.values()][0]) if troubles else SAY(kind, **facts)

        def moving(*axes):
            for ax, image, label in zip(axes, pair, labels, strict=False):
                figure.draw_labelled(ax, image, label, digits)
            told = {}
            for ax, title, name in zip(axes[2:], ("mixup", "CutMix"), ("mixup", "cutmix"), strict=True):
                if name in troubles:
                    notes.draw_note(ax, troubles[name].note, narrow=True)
                else:
                    told[title] = figure.draw_labelled(ax, *results[name][0], digits)
            for place in (0, 1, 3):
                figure.draw_box(axes[place], *box, thick=place == 3)
            return figure.describe(*digits, told)

        picture.show(moving, state, "alarm" if troubles or kind != "state" else "plain")

    panel.on_drag(picture.axes[3], move_box)
    picture.hold(figure.draw_mixing_axes)
    redraw()
    panel.on(" ".join(controls), redraw)
    return panel


def one_of_each() -> np.ndarray:
    """The first held-out image (8, 8) of each digit, (10, 8, 8) in all."""
    from ..data import digits

    _, _, x, labels = digits()
    return np.array([x[labels == digit][0] for digit in range(10)]).reshape(10, HEIGHT, WIDTH)


def marks() -> np.ndarray:
    """A white image and a black one, (2, 8, 8): mixed they show how much comes from where."""
    return np.stack([np.zeros((HEIGHT, WIDTH)), np.ones((HEIGHT, WIDTH))])


def mixed(function: Callable, images: np.ndarray, labels: np.ndarray, name: str) -> tuple[np.ndarray, np.ndarray]:
    """What becomes of the first image (8, 8) and of its label (K,). Raises Trouble."""
    result = call(function, images.copy(), labels.copy(), name=name)
    wanted = SAY("pair", images=images.shape, labels=labels.shape)
    try:
        new, soft = (np.array(part, dtype=float) for part in result)
        new = new.reshape(images.shape)
    except (TypeError, ValueError):
        raise Trouble("odd", name, got=brief(result, 40), wanted=wanted) from None
    if soft.shape != labels.shape:
        raise Trouble("odd", name, got=SAY("pair", images=new.shape, labels=soft.shape), wanted=wanted)
    if not (np.isfinite(new).all() and np.isfinite(soft).all()):
        raise Trouble("odd", name, got="nan, inf", wanted=SAY("finite"))
    return new[0], soft[0]


def judged(results: dict, lam: float, first: np.ndarray) -> tuple[str, dict]:
    """What is to be said of the mixtures, and its facts: something is wrong with one, or what the box takes."""
    for name, (_, (seen, label)) in results.items():
        if abs(label.sum() - 1) > 1e-6:
            return "sums", {"name": name, "total": number(label.sum())}
        if abs(seen.mean() - label[1]) > 1e-6:
            return "labels", {"name": name, "image": number(seen.mean()), "label": number(label[1])}
        if name == "mixup" and abs(1 - seen.mean() - lam) > 1e-6:
            return "swapped", {"kept": number(1 - seen.mean())}
    if "cutmix" not in results:
        return "state", {"area": 0, "ink": 0, "label": 1}
    seen, label = results["cutmix"][1]
    return "state", {"area": seen.mean(), "ink": np.sum(seen * first) / first.sum(), "label": label[0]}

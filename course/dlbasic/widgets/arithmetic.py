"""How large is the output? Stride, padding and dilation, forward and transposed, counted window by window."""

from __future__ import annotations

from collections.abc import Callable

from ..figures import sizes as figure
from ..figures.cells import minus
from ..figures.words import Words
from .counting import whole_or_refused
from .learner import Trouble
from .live import LivePicture
from .panel import Panel, choice, counter

SAY = Words(
    {
        "kind": {"en": "kind", "ko": "종류"},
        "forward": {"en": "convolution", "ko": "합성곱"},
        "back": {"en": "transposed", "ko": "전치 합성곱"},
        "n": {"en": "inputs n", "ko": "입력 n"},
        "k": {"en": "kernel k", "ko": "커널 k"},
        "stride": {"en": "stride s", "ko": "스트라이드 s"},
        "padding": {"en": "padding p", "ko": "패딩 p"},
        "dilation": {"en": "dilation d (convolution)", "ko": "팽창 d(합성곱)"},
        "extra": {"en": "output padding a (transposed)", "ko": "출력 패딩 a(전치 합성곱)"},
        "state": {
            "en": "{formula} outputs from {n} inputs. Places left over after the last window: {rest}.",
            "ko": "입력 {n}개에서 나오는 출력의 수: {formula}. 마지막 창 뒤에 남는 자리: {rest}칸.",
        },
        "same": {
            "en": "{formula} outputs from {n} inputs: the size stays the same. "
            "Places left over after the last window: {rest}.",
            "ko": "입력 {n}개에서 나오는 출력의 수: {formula}. 크기가 그대로예요. 마지막 창 뒤에 남는 자리: {rest}칸.",
        },
        "transposed": {
            "en": "{formula} outputs from {n} inputs. The convolution with these settings leads from {o} back to {n}.",
            "ko": "입력 {n}개에서 나오는 출력의 수: {formula}. 같은 설정의 합성곱을 하면 {o}에서 {n}으로 돌아가요.",
        },
        "refused": {
            "en": "Invalid: the kernel reaches over {reach} places, and there are only {places}. "
            "Your output_size raises a ValueError, as it should.",
            "ko": "맞지 않는 설정이에요. 커널은 {reach}칸에 걸치는데 자리는 {places}칸뿐이에요. "
            "output_size 함수가 ValueError를 제대로 일으켰어요.",
        },
        "allowed": {
            "en": "Invalid: the kernel reaches over {reach} places, and there are only {places}. "
            "Your output_size returned {got}; a ValueError is due.",
            "ko": "맞지 않는 설정이에요. 커널은 {reach}칸에 걸치는데 자리는 {places}칸뿐이에요. "
            "그런데 output_size 함수가 값을 냈어요({got}). ValueError를 일으켜야 해요.",
        },
        "timid": {
            "en": "Your {name} raises a ValueError here, but the picture has room for {o} outputs.",
            "ko": "{name} 함수가 ValueError를 일으켰는데, 그림을 보면 출력이 {o}개 있어요.",
        },
        "differs": {
            "en": "Your {name} says {got}, but the picture has {o} outputs. Count them, then run its check.",
            "ko": "그림에서는 출력이 {o}개인데 {name} 함수가 낸 값은 달라요({got}). 세어 본 다음 함수를 검사해 보세요.",
        },
        "nothing": {
            "en": "Invalid: the copies cover {length} places, and padding cuts {padding} off both ends: "
            "nothing is left (the formula says {o}).",
            "ko": "맞지 않는 설정이에요. 사본이 덮는 {length}칸의 양쪽에서 {padding}칸씩 잘라 내면 "
            "남는 것이 없어요(식으로는 {o}).",
        },
        "too_long": {
            "en": "Invalid: output padding {extra} at stride {stride}. What a division by {stride} leaves over is "
            "less than {stride}.",
            "ko": "맞지 않는 설정이에요. 출력 패딩은 스트라이드로 나눈 나머지라서 스트라이드({stride})보다 "
            "작아야 해요. 지금 출력 패딩: {extra}.",
        },
    }
)
NOTES = {"nothing": "invalid: nothing is left", "too_long": "invalid: a must be less than s"}


def arithmetic_explorer(output_size: Callable, transposed_output_size: Callable) -> Panel:
    """Every window of one axis, its outputs counted, and the formula; the learner's two functions must agree.

    output_size : (n, k, stride, padding, dilation) ↦ int, ValueError where the kernel does not fit
    transposed_output_size : (n, k, stride, padding, output_padding) ↦ int
    """
    controls = {
        "kind": choice(SAY("kind"), [(SAY("forward"), "forward"), (SAY("back"), "back")]),
        "n": counter(SAY("n"), 7, 1, 12),
        "k": counter(SAY("k"), 3, 1, 6),
        "stride": counter(SAY("stride"), 1, 1, 4),
        "padding": counter(SAY("padding"), 0, 0, 3),
        "dilation": counter(SAY("dilation"), 1, 1, 3),
        "extra": counter(SAY("extra"), 0, 0, 3),
    }
    picture = LivePicture(height=4.3, columns=1)
    panel = Panel(controls, picture)

    def forward():
        setting = n, k, stride, padding, dilation = tuple(panel[x] for x in ("n", "k", "stride", "padding", "dilation"))
        begins = figure.starts(*setting)
        reach, places = dilation * (k - 1) + 1, n + 2 * padding
        formula = f"⌊({n} + 2·{padding} − {dilation}·({k} − 1) − 1) / {stride}⌋ + 1 = {len(begins)}"
        facts = {"n": n, "reach": reach, "places": places, "o": len(begins), "formula": formula, "name": "output_size"}
        facts["rest"] = places - reach - begins[-1] if begins else 0
        try:
            got = whole_or_refused(output_size, *setting, name="output_size")
            right = "refused" if not begins else "same" if len(begins) == n else "state"
            kind = right if got == (len(begins) or None) else _wrong(got, begins)
            state, note = SAY(kind, got=got, **facts), ""
        except Trouble as trouble:
            kind, state, note = "", str(trouble), trouble.note
        shown = f"o = ⌊(n + 2p − d(k − 1) − 1) / s⌋ + 1 = {formula}"
        mood = "plain" if kind in ("state", "same") else "alarm"
        picture.show(lambda ax: figure.draw_windows(ax, *setting, shown, note), state, mood)

    def back():
        setting = n, k, stride, padding, extra = tuple(panel[x] for x in ("n", "k", "stride", "padding", "extra"))
        length = (n - 1) * stride + k
        o = len(range(padding, length - padding + extra))
        formula = f"({n} − 1)·{stride} + {k} − 2·{padding} + {extra} = {minus(length - 2 * padding + extra)}"
        facts = {"n": n, "length": length, "padding": padding, "extra": extra, "stride": stride, "formula": formula}
        facts |= {"o": minus(length - 2 * padding + extra), "name": "transposed_output_size"}
        invalid = "too_long" if extra >= stride else "nothing" if not o else ""
        try:
            got = whole_or_refused(transposed_output_size, *setting, name="transposed_output_size")
            kind = invalid or ("transposed" if got == o else "timid" if got is None else "differs")
            state, note = SAY(kind, got=got, **facts), NOTES.get(invalid, "")
        except Trouble as trouble:
            kind, state, note = "", str(trouble), trouble.note
        shown = f"o′ = (n − 1)·s + k − 2p + a = {formula}"
        mood = "plain" if kind == "transposed" else "alarm"
        picture.show(lambda ax: figure.draw_copies(ax, *setting, shown, note), state, mood)

    def redraw():
        forwards = panel["kind"] == "forward"
        controls["dilation"].disabled, controls["extra"].disabled = not forwards, forwards
        (forward if forwards else back)()

    picture.hold(figure.draw_size_axes)
    redraw()
    panel.on(" ".join(controls), redraw)
    return panel


def _wrong(got: int | None, begins: list[int]) -> str:
    """What is wrong with an answer (None: refused) where the windows start at `begins`."""
    return "allowed" if not begins else "timid" if got is None else "differs"

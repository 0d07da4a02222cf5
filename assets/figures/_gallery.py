"""The fifteen relationships as data: formula, drawn case and its numbers, checked by counting. Draws nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from _canvas import Text
from _grids import outputs


@dataclass(frozen=True)
class Case:
    """One relationship: `sizes` is the convolution that is drawn or, if `transpose_of`, the one that is transposed."""

    title: Callable[[Text], str]
    formula: str  # of the output size, as mathtext
    numbers: str  # the sizes of the drawn case, as mathtext
    result: Callable[[int], int]  # the formula with these numbers; its argument is the input size
    sizes: dict[str, int]
    transpose_of: int = 0

    @property
    def given(self) -> int:
        """The size of the input: of the convolution, or of its transpose, which takes what the convolution gave."""
        return outputs(**self.sizes) if self.transpose_of else self.sizes["n"]


def value(case: Case) -> int:
    """The output size by the formula; raises ValueError when counting the windows gives another."""
    size = case.result(case.given)
    if case.transpose_of:
        drawn = equivalent(case)
        stretched = (drawn["n"] - 1) * drawn["gaps"] + 1 + 2 * drawn["padding"] + drawn["extra"]
        counted = {outputs(stretched, drawn["k"]), case.sizes["n"]}  # it also gives back the size it came from
    else:
        counted = {outputs(**case.sizes)}
    if counted != {size}:
        raise ValueError(f"{case.formula} gives {size}, counting {counted}")
    return size


def equivalent(case: Case) -> dict[str, int]:
    """The convolution of stride 1 that does what the transposed one does: `gaps` - 1 zeros between inputs, padding
    k - p - 1 around, `extra` more zeros below and to the right."""
    n, k = case.sizes["n"], case.sizes["k"]
    stride, padding = case.sizes.get("stride", 1), case.sizes.get("padding", 0)
    left = (n + 2 * padding - k) % stride
    return {"n": case.given, "k": k, "gaps": stride, "padding": k - padding - 1, "extra": left}


def _named(en: str, ko: str) -> Callable[[Text], str]:
    return lambda text: text(en=en, ko=ko)


def _transpose(of: int, more: tuple[str, str] = ("", "")) -> Callable[[Text], str]:
    return _named(f"transpose of {of}{more[0]}", f"{of}의 전치{more[1]}")


CASES = (
    Case(_named("no padding, stride 1", "패딩 없음, 스트라이드 1"), "o = n - k + 1", r"n = 4,\ k = 3",
         lambda n: n - 3 + 1, {"n": 4, "k": 3}),
    Case(_named("any padding", "임의의 패딩"), "o = n + 2p - k + 1", r"n = 5,\ k = 4,\ p = 2",
         lambda n: n - 4 + 2 * 2 + 1, {"n": 5, "k": 4, "padding": 2}),
    Case(_named("half (same) padding", "half(same) 패딩"), "o = n", r"n = 5,\ k = 3,\ p = \lfloor k/2 \rfloor = 1",
         lambda n: n, {"n": 5, "k": 3, "padding": 1}),
    Case(_named("full padding", "full 패딩"), "o = n + k - 1", r"n = 5,\ k = 3,\ p = k - 1 = 2",
         lambda n: n + 3 - 1, {"n": 5, "k": 3, "padding": 2}),
    Case(_named("no padding, stride", "패딩 없음, 스트라이드"), r"o = \lfloor (n - k)/s \rfloor + 1",
         r"n = 5,\ k = 3,\ s = 2", lambda n: (n - 3) // 2 + 1, {"n": 5, "k": 3, "stride": 2}),
    Case(_named("padding and stride", "패딩과 스트라이드"), r"o = \lfloor (n + 2p - k)/s \rfloor + 1",
         r"n = 6,\ k = 3,\ s = 2,\ p = 1", lambda n: (n + 2 * 1 - 3) // 2 + 1,
         {"n": 6, "k": 3, "stride": 2, "padding": 1}),
    Case(_named("pooling", "풀링"), r"o = \lfloor (n - k)/s \rfloor + 1", r"n = 5,\ k = 2,\ s = 2",
         lambda n: (n - 2) // 2 + 1, {"n": 5, "k": 2, "stride": 2}),
    Case(_transpose(1), "o′ = n + k - 1", r"n = 2,\ k = 3", lambda n: n + 3 - 1, {"n": 4, "k": 3}, 1),
    Case(_transpose(2), "o′ = n + k - 1 - 2p", r"n = 6,\ k = 4,\ p = 2", lambda n: n + 4 - 1 - 2 * 2,
         {"n": 5, "k": 4, "padding": 2}, 2),
    Case(_transpose(3), "o′ = n", r"n = 5,\ k = 3,\ p = 1", lambda n: n, {"n": 5, "k": 3, "padding": 1}, 3),
    Case(_transpose(4), "o′ = n - (k - 1)", r"n = 7,\ k = 3,\ p = 2", lambda n: n - (3 - 1),
         {"n": 5, "k": 3, "padding": 2}, 4),
    Case(_transpose(5), "o′ = s(n - 1) + k", r"n = 2,\ k = 3,\ s = 2", lambda n: 2 * (n - 1) + 3,
         {"n": 5, "k": 3, "stride": 2}, 5),
    Case(_transpose(6, (", no remainder", ", 나머지 없음")), "o′ = s(n - 1) + k - 2p",
         r"n = 3,\ k = 3,\ s = 2,\ p = 1", lambda n: 2 * (n - 1) + 3 - 2 * 1,
         {"n": 5, "k": 3, "stride": 2, "padding": 1}, 6),
    Case(_transpose(6, (", remainder $a$", ", 나머지 $a$")), "o′ = s(n - 1) + k - 2p + a",
         r"n = 3,\ k = 3,\ s = 2,\ p = 1,\ a = 1", lambda n: 2 * (n - 1) + 3 - 2 * 1 + 1,
         {"n": 6, "k": 3, "stride": 2, "padding": 1}, 6),
    Case(_named(r"dilation, $\hat{k} = k + (k-1)(d-1)$", r"팽창, $\hat{k} = k + (k-1)(d-1)$"),
         r"o = \lfloor (n + 2p - \hat{k})/s \rfloor + 1", r"n = 7,\ k = 3,\ d = 2,\ s = 1,\ p = 0",
         lambda n: (n + 2 * 0 - 3 - (3 - 1) * (2 - 1)) // 1 + 1, {"n": 7, "k": 3, "dilation": 2}),
)  # fmt: skip

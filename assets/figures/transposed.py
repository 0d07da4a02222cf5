"""A transposed convolution in two ways: every input stamps the kernel, or a convolution runs over zeros put in."""

import numpy as np
from _canvas import Text, arrow, footnote, sheet
from _grids import BETWEEN, CHOSEN, INPUT, OUTPUT, ZERO, grid, window

from dlbasic import style

X = np.array([[1, 2], [3, 4]])
K = np.array([[1, 2, 1], [2, 4, 2], [1, 2, 1]])  # symmetric: turning it round would change nothing
STRIDE = 2
SIDE, LOW, HIGH = 0.245, 1.75, 3.55


def stamped() -> np.ndarray:
    """Every input times the kernel, `STRIDE` apart, overlaps added; (5, 5)."""
    size = STRIDE * (len(X) - 1) + len(K)
    out = np.zeros((size, size), dtype=int)
    for i, j in np.ndindex(X.shape):
        out[STRIDE * i : STRIDE * i + len(K), STRIDE * j : STRIDE * j + len(K)] += X[i, j] * K
    return out


def stretched() -> np.ndarray:
    """The input with STRIDE - 1 zeros between its numbers and a border of k - 1 zeros, (7, 7)."""
    inner = np.zeros((STRIDE * (len(X) - 1) + 1,) * 2, dtype=int)
    inner[::STRIDE, ::STRIDE] = X
    return np.pad(inner, len(K) - 1)


def slid() -> np.ndarray:
    """The kernel, turned half round, slid over the stretched input with stride 1, (5, 5)."""
    windows = np.lib.stride_tricks.sliding_window_view(stretched(), K.shape)
    return np.sum(windows * K[::-1, ::-1], axis=(2, 3))


def draw(text: Text):
    figure, ax = sheet(4.5)
    out, wide = stamped(), stretched()
    if not np.array_equal(out, slid()):
        raise ValueError("the two ways disagree")
    # Above: input, kernel, and the four stamps in the output.
    x0, x1, x2 = 0.35, 1.85, 4.7
    top = HIGH + 0.5
    grid(ax, x0, top - 1.5 * SIDE, (2, 2), SIDE, lambda i, j: CHOSEN | {"hatch": None} if i + j == 0 else INPUT, X)
    grid(ax, x1, top - SIDE, (3, 3), SIDE, {"fc": style.CARD}, K)
    overlap = np.zeros_like(out)
    for i, j in np.ndindex(X.shape):
        overlap[STRIDE * i : STRIDE * i + len(K), STRIDE * j : STRIDE * j + len(K)] += 1
    look = lambda i, j: OUTPUT | {"alpha": 0.2 + 0.2 * overlap[i, j]}  # noqa: E731
    grid(ax, x2, top, out.shape, SIDE, look, out)
    window(ax, x2, top, 0, 0, len(K), SIDE)
    middle = top - 2.5 * SIDE
    ax.text((x0 + 2 * SIDE + x1) / 2, middle, r"$\times$", ha="center", va="center", fontsize=14)
    arrow(ax, (x1 + 3 * SIDE + 0.15, middle), (x2 - 0.15, middle))
    place = {"ha": "center", "va": "center"}
    words = text(en="stamp,\nand add up", ko="찍고\n더하기")
    ax.text((x1 + 3 * SIDE + x2) / 2, middle + 0.32, words, fontsize=9.5, linespacing=1.25, **place)
    names = (
        (x0 + SIDE, text(en="input", ko="입력"), top - 0.1),
        (x1 + 1.5 * SIDE, text(en="kernel", ko="커널"), top - 0.04),
        (x2 + 2.5 * SIDE, text(en="output", ko="출력"), top + 0.2),
    )
    for x, name, y in names:
        ax.text(x, y, name, weight="bold", fontsize=10.5, **place)
    # Below: the same numbers from an ordinary convolution.
    top = LOW + 0.75
    size = len(wide)
    left = x0

    def zeros(i: int, j: int) -> dict:
        places = i - len(K) + 1, j - len(K) + 1
        if not all(0 <= p <= STRIDE * (len(X) - 1) for p in places):
            return ZERO
        return INPUT if all(p % STRIDE == 0 for p in places) else BETWEEN

    shown = [[str(wide[i, j]) if zeros(i, j) is INPUT else "" for j in range(size)] for i in range(size)]
    grid(ax, left, top, wide.shape, SIDE, zeros, shown)
    window(ax, left, top, 0, 0, len(K), SIDE)
    window(ax, left, top, 0, 1, len(K), SIDE, ls=(0, (2, 1.2)), lw=1.6, ec=style.INK)
    middle = top - size * SIDE / 2
    end = left + size * SIDE
    arrow(ax, (end + 0.15, middle), (x2 - 0.15, middle))
    words = text(en="slide the kernel,\nstride 1", ko="커널을 스트라이드\n1로 옮기기")
    ax.text((end + x2) / 2, middle + 0.32, words, fontsize=9.5, linespacing=1.25, **place)
    first = lambda i, j: CHOSEN | {"hatch": None} if i + j == 0 else OUTPUT | {"alpha": 0.4}  # noqa: E731
    grid(ax, x2, top - SIDE, out.shape, SIDE, first, slid())
    n, k, s = len(X), len(K), STRIDE
    count = s * (n - 1) + k
    footnote(
        figure,
        text(
            en=f"$({n} - 1) \\cdot {s} + {k} = {count}$: a stride of {s} makes the output larger.  Above: the darker a "
            "cell, the more\nstamps overlap in it.  Below: grey zeros between the inputs, dotted zeros around them.",
            ko=f"$({n} - 1) \\cdot {s} + {k} = {count}$: 스트라이드 {s}에서 출력이 커집니다.   위: 진한 칸일수록 여러 "
            "번 찍힌 곳\n"
            "아래: 입력 사이의 0은 회색, 둘레의 0은 점무늬",
        ),
        y=0.3,
    )
    alt = text(
        en=f"A transposed convolution of a {n} by {n} input with a {k} by {k} kernel and stride {s}, drawn twice. "
        f"Above, each input multiplies the whole kernel and stamps it into a {count} by {count} output, {s} cells "
        f"apart; where stamps overlap they add, {out[2, 2]} in the middle. Below, the same output comes from sliding "
        "the kernel with stride 1 over the input with zeros put between and around its numbers.",
        ko=f"{n} × {n} 입력과 {k} × {k} 커널, 스트라이드 {s}인 전치 합성곱을 두 번 그렸습니다. 위에서는 입력마다 커널 "
        f"전체에 곱해 {count} × {count} 출력에 {s}칸 간격으로 찍고, 겹친 곳은 더해서 한가운데 값은 {out[2, 2]}입니다. "
        "아래에서는 입력의 사이와 둘레에 0을 넣고 커널을 스트라이드 1로 옮겨 같은 출력을 얻습니다.",
    )
    return figure, alt

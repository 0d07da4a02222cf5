"""Three circles, one inside the other: artificial intelligence, machine learning, deep learning."""

from _canvas import RED_WORDS, Text, sheet
from matplotlib.patches import Circle

from dlbasic import style

HEIGHT = 3.7
# The circles touch at the foot, so that each has room for its words at the top: middle and radius, in inches.
CIRCLES = ((1.82, 1.85, 1.7), (1.82, 1.43, 1.28), (1.82, 0.98, 0.83))
LOOKS = (
    {"fc": "#EAF2F7", "ec": style.MUTED, "lw": 1.6, "ls": "-"},
    {"fc": "#CFE3F0", "ec": style.BLUE, "lw": 1.8, "ls": (0, (5, 2))},
    {"fc": "#FBE3C0", "ec": RED_WORDS, "lw": 2.4, "ls": "-"},
)


def contains(outer: tuple[float, float, float], inner: tuple[float, float, float]) -> bool:
    """Whether the circle `inner` lies in `outer`."""
    (x, y, r), (u, v, s) = outer, inner
    return ((x - u) ** 2 + (y - v) ** 2) ** 0.5 + s <= r + 1e-9


def draw(text: Text):
    figure, ax = sheet(HEIGHT)
    for (x, y, radius), look in zip(CIRCLES, LOOKS, strict=True):
        ax.add_patch(Circle((x, y), radius, **look))
    rows = (
        (
            text(en="artificial\nintelligence", ko="인공지능"),
            3.1,
            text(
                en="A machine does what takes\nintelligence in people.",
                ko="사람이 할 때 지능이 필요한 일을\n기계가 합니다.",
            ),
            text(en="Chess rules typed in by hand.", ko="사람이 써넣은 체스 규칙"),
        ),
        (
            text(en="machine\nlearning", ko="머신러닝"),
            2.28,
            text(
                en="Its rules are not typed in\nbut found from data.",
                ko="규칙을 써넣지 않고\n데이터에서 찾습니다.",
            ),
            text(en="A spam limit found from messages.", ko="메시지에서 찾은 스팸의 기준"),
        ),
        (
            text(en="deep\nlearning", ko="딥러닝"),
            1.0,
            text(
                en="The model is a neural network\nof many layers.",
                ko="층을 깊게 쌓은 신경망을\n모델로 씁니다.",
            ),
            text(en="A network that names a photograph.", ko="사진 속의 물체를 알아맞히는 신경망"),
        ),
    )
    for (name, y, what, example), side in zip(rows, (3.02, 1.94, 0.86), strict=True):
        ax.text(1.82, y, name, ha="center", va="center", weight="bold", fontsize=11.5, linespacing=1.15)
        ax.plot([2.5, 3.72], [y, side + 0.2], color=style.MUTED, ls="-", lw=0.9)
        ax.text(3.8, side + 0.2, what, ha="left", va="center", fontsize=10.5, linespacing=1.35)
        ax.text(3.8, side - 0.24, example, ha="left", va="center", fontsize=9.5, color=style.MUTED)
    alt = text(
        en="Three circles, one inside the other. The widest is artificial intelligence: a machine does what takes "
        "intelligence in people, for instance by chess rules typed in by hand. Inside it is machine "
        "learning: the rules are found from data. Inside that is deep learning: the model is a neural network of "
        "many layers.",
        ko="서로 안에 들어 있는 원 세 개입니다. 가장 큰 원은 인공지능으로, 사람이 할 때 지능이 필요한 일을 기계가 "
        "합니다. 사람이 써넣은 체스 규칙이 한 예입니다. 그 안의 원은 머신러닝으로, 규칙을 데이터에서 찾습니다. "
        "다시 그 안의 원은 딥러닝으로, 층을 깊게 쌓은 신경망을 모델로 씁니다.",
    )
    return figure, alt

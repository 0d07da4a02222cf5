"""Judges hyper-parameters by the race that they run: seven optimizers on two valleys. The steps are not its own.

At a learner's desk her own step functions run, those that stand beside `race`; where the chapter is at hand, its own.
"""

from __future__ import annotations

import copy
import inspect
import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from dlbasic.properties._judging import judge_by, must

STEPS = 300
WITHIN = 0.2
# At the desk a dozen unseen valleys are tried, so that what passes there hardly fails on the one of a hidden test.
DESK_VALLEYS = 12
KEYS = {
    "gd": ("lr",),
    "momentum": ("lr", "beta"),
    "nesterov": ("lr", "beta"),
    "adagrad": ("lr", "eps"),
    "adadelta": ("gamma", "eps"),
    "rmsprop": ("lr", "gamma", "eps"),
    "adam": ("lr", "beta1", "beta2", "eps"),
}


@dataclass(frozen=True)
class Valley:
    """f(w) = w.H w / 2 with its minimum at 0, and where the race starts."""

    hessian: np.ndarray
    start: np.ndarray

    def slope(self, w) -> np.ndarray:
        return self.hessian @ np.asarray(w, dtype=float)


def stated_valley() -> Valley:
    """The valley that the chapter shows: curvatures 1 and 30, start at (-2, 2)."""
    return Valley(_turned(math.atan2(0.6, 0.8), 1.0, 30.0), np.array([-2.0, 2.0]))


def unseen_valley(seed: int) -> Valley:
    """Another of its kind: turned, each curvature changed by at most 20 %, the start at most 3 from the minimum.

    Always the harder way, flatter along the valley and steeper across, so that no seed is kinder than another.
    """
    rng = np.random.default_rng([seed, 3])
    angle, along = rng.uniform(0.0, 2.0 * math.pi, size=2)
    start = rng.uniform(2.5, 3.0) * np.array([math.cos(along), math.sin(along)])
    return Valley(_turned(angle, rng.uniform(0.8, 0.85), rng.uniform(35.0, 36.0)), start)


def _turned(angle: float, flat: float, steep: float) -> np.ndarray:
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    return turn @ np.diag([flat, steep]) @ turn.T


def distance(optimizer: str, step: Callable, values: dict[str, float], valley: Valley) -> float:
    """How far from the minimum `optimizer` is after the last step; inf when it left for good."""
    w, state = valley.start.copy(), {}
    with np.errstate(all="ignore"):
        for _ in range(STEPS):
            if optimizer == "gd":
                w = step(w, valley.slope(w), **values)
            elif optimizer == "nesterov":
                w, state = step(w, valley.slope, state, **values)
            else:
                w, state = step(w, valley.slope(w), state, **values)
            if not np.all(np.isfinite(w)):
                return math.inf
        return float(np.linalg.norm(w))


@judge_by
def wins_the_race(fn: Callable, seed: int, borrowed: dict[str, Callable] | None = None) -> None:
    """Every optimizer ends within WITHIN of the minimum, on the stated valley and on one that nobody has seen.

    borrowed : the step functions to race with; without them those that stand beside `fn`
    """
    chosen = _in_good_form(fn())
    steps = _steps(fn, borrowed)
    seeds = [seed] if borrowed else [seed, *range(100, 99 + DESK_VALLEYS)]
    unseen = [unseen_valley(number) for number in seeds]
    ends = {name: _end(name, steps[name], chosen[name], stated_valley()) for name in KEYS}
    worst = {name: max(_end(name, steps[name], chosen[name], valley) for valley in unseen) for name in KEYS}
    _at_the_minimum(chosen, ends, worst)


wins_the_race.borrows = tuple(f"{name}_step" for name in KEYS)


def _in_good_form(answer) -> dict[str, dict[str, float]]:
    must(
        isinstance(answer, dict) and all(isinstance(values, dict) for values in answer.values()),
        'The answer is a dict of dicts, such as {"gd": {"lr": 0.1}, ...}.',
        '답은 {"gd": {"lr": 0.1}, ...}처럼 딕셔너리를 담은 딕셔너리여야 해요.',
    )
    missing = [name for name in KEYS if name not in answer]
    extra = [str(name) for name in answer if name not in KEYS]
    other = (f" Not in the race: {', '.join(extra)}.", f" 경주에 없는 이름: {', '.join(extra)}.") if extra else ("", "")
    must(
        not missing,
        f"No hyper-parameters for: {', '.join(missing)}.{other[0]}",
        f"하이퍼파라미터가 없는 것: {', '.join(missing)}.{other[1]}",
        None if extra else "not_all_seven",
        shown=True,
    )
    must(not extra, other[0].strip(), other[1].strip())
    for name, keys in KEYS.items():
        given, wanted = sorted(map(str, answer[name])), ", ".join(keys)
        must(
            given == sorted(keys),
            f"{name} takes {wanted}; yours has {', '.join(given) or 'nothing'}.",
            f"{name}에 필요한 것: {wanted}. 지금 있는 것: {', '.join(given) or '없음'}.",
            "lr_for_adadelta" if name == "adadelta" and "lr" in given else None,
        )
        numbers = [_is_number(value) for value in answer[name].values()]
        must(
            all(numbers),
            f"The hyper-parameters of {name} should be plain, finite numbers.",
            f"하이퍼파라미터는 유한한 수여야 해요. 살펴볼 곳: {name}.",
        )
        _in_range(name, answer[name])
    return {name: {key: float(answer[name][key]) for key in keys} for name, keys in KEYS.items()}


def _in_range(name: str, values: dict) -> None:
    """Rates above 0; and no negative number where a root is taken of it."""
    below = [key for key, value in values.items() if (key == "lr" and value <= 0) or (key in _ROOTED and value < 0)]
    must(
        not below,
        f"{name}: {', '.join(below)} should {'be greater than 0' if below == ['lr'] else 'not be negative'}.",
        f"{name}: {', '.join(below)} 값은 {'0보다 커야' if below == ['lr'] else '음수가 아니어야'} 해요.",
    )


_ROOTED = ("eps", "gamma", "beta2")


def _is_number(value) -> bool:
    real = isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool)
    scalar = isinstance(value, np.ndarray) and value.ndim == 0 and value.dtype.kind in "iuf"
    return (real or scalar) and bool(np.isfinite(value))


def _steps(fn: Callable, borrowed: dict[str, Callable] | None) -> dict[str, Callable]:
    there = borrowed or getattr(inspect.unwrap(fn), "__globals__", {})
    steps = {name: there.get(f"{name}_step") for name in KEYS}
    for name, step in steps.items():
        must(
            callable(step),
            f"The race is run with your own steps, and {name}_step is not defined yet.",
            f"경주는 여러분이 쓴 함수로 하는데 아직 없는 함수가 있어요: {name}_step.",
        )
    return steps


def _end(name: str, step: Callable, values: dict[str, float], valley: Valley) -> float:
    """The distance that an optimizer ends at; a finding when its step cannot be run at all."""
    try:
        return distance(name, step, copy.deepcopy(values), valley)
    except NotImplementedError:
        problem = "is not written yet", "아직 비어 있어요"
    except Exception as error:
        problem = f"stops with {type(error).__name__}", f"실행 중에 {type(error).__name__} 오류가 나요"
    must(
        False,
        f"The race is run with your own steps, and {name}_step {problem[0]}. See to that one first.",
        f"경주는 여러분이 쓴 함수로 해요. {name}_step: {problem[1]}. 그 함수부터 살펴보세요.",
    )
    return math.inf


def _at_the_minimum(chosen: dict, ends: dict[str, float], worst: dict[str, float]) -> None:
    """A finding that lists who is late: on the chapter's valley by `ends`, on the unseen ones by `worst`."""
    known, unseen = ({name: end for name, end in each.items() if not end <= WITHIN} for each in (ends, worst))
    places = [
        ("on the chapter's valley", "이 장의 골짜기", known),
        ("on a valley that you have not seen", "아직 보지 못한 골짜기", unseen),
    ]
    en, ko = ("; ".join(f"{place[i]}: {_told(place[2])}" for place in places if place[2]) for i in (0, 1))
    late = [name for name in KEYS if name in known or name in unseen]
    must(
        not late,
        f"After {STEPS} steps these are farther than {WITHIN} from the minimum (the distance in brackets), {en}.",
        f"{STEPS}걸음을 간 뒤 극소점에서 {WITHIN}보다 멀리 있는 것이에요(괄호 안은 거리). {ko}.",
        _what_went_wrong(chosen, late, known),
        shown=True,
        share=1.0 - len(late) / len(KEYS),
    )


def _told(late: dict[str, float]) -> str:
    return ", ".join(f"{name} ({end:.3g})" if end < 1e6 else f"{name} (∞)" for name, end in late.items())


def _what_went_wrong(chosen: dict, late: list[str], known: dict[str, float]) -> str | None:
    """The mistake that explains everyone who is late, if one does."""
    decays = [[value for key, value in chosen[name].items() if key not in ("lr", "eps")] for name in late]
    if all(values and max(values) >= 1.0 for values in decays):
        return "decay_of_one"
    if not known:
        return "tuned_to_one_valley"
    if set(known) != set(late):
        return None
    if not any(end < 1e6 for end in known.values()):
        return "rates_too_large"
    if set(known) == set(KEYS) and all(1.5 < end < 4.0 for end in known.values()):
        return "hardly_moves"
    return None

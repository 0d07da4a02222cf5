"""Which functions are judged a second time, with right versions of the other exercises: all that may call one."""

import ast
import functools
from contextlib import contextmanager

import numpy as np
import pytest

import grader.hidden
from grader.leaning import lent, may_lean_on
from grader.release.chapter import load_chapter

CHAPTER = "02_mlp"
OTHERS = ("relu", "softmax", "linear")
HELPERS = """
import numpy as np
from functools import partial

SIZES = [1, 2, {"a": np.ones(3)}]
def relu(z): return z
def softmax(z): return z
def plain(z): return np.maximum(z, 0) + len(SIZES)
def leaning(z): return relu(z)
class Plain:
    size = 3
    def go(self, z): return plain(z)
class Leaning:
    @staticmethod
    def go(z): return relu(z)
half = partial(leaning, 1)
table = {"act": lambda z: softmax(z)}
def wrapped(f): return lambda *a: f(*a)
"""


def written(source, names=HELPERS):
    """The function `f` of a notebook with these helpers in it."""
    namespace = {"__name__": "__main__"}
    exec(names + "\n" + source, namespace)
    return namespace["f"]


@pytest.mark.parametrize(
    "source",
    [
        "def f(z): return np.exp(z)",
        "def f(z): return linear(z)",  # no such name in this notebook: nothing could be put in its place
        "def f(z): return plain(z)",
        "def f(z):\n    def inner(y): return plain(y) * SIZES[0]\n    return inner(z)",
        "def f(z):\n    'Like softmax, but not so.'\n    return [y for y in z if y > 0]",
        "def f(z): return f(z - 1) if z > 0 else 0",
        "def f(z): return Plain().go(z)",
        "f = lambda z: np.maximum(z, 0)",
        "f = wrapped(plain)",
    ],
)
def test_a_function_that_calls_no_other_exercise_is_known(source):
    assert not may_lean_on(written(source), OTHERS)


@pytest.mark.parametrize(
    "source",
    [
        "def f(z): return relu(z)",
        "def f(z): return leaning(z)",
        "def f(z):\n    def inner(y): return softmax(y)\n    return inner(z)",
        "def f(z): return [relu(y) for y in z]",
        "f = lambda z: relu(z)",
        "def f(z, act=relu): return leaning(act(z))",
        "def f(z, act=lambda y: relu(y)): return act(z)",
        "def f(z): return Leaning.go(z)",
        "def f(z): return Leaning().go(z)",
        "def f(z): return half()",
        "def f(z): return table['act'](z)",
        "f = wrapped(leaning)",
        "f = partial(leaning)",
        "go = np.vectorize(leaning)\ndef f(z): return go(z)",
        "def f(z): return globals()['re' + 'lu'](z)",
        "def f(z): return eval('re' 'lu(z)')",
        "def f(z):\n    import __main__ as here\n    return here.x(z)",
        "def f(z):\n    import sys\n    return sys.modules[__name__].x(z)",
        "import functools\n@functools.lru_cache\ndef f(z): return relu(z)",
        "import functools\n@functools.lru_cache\ndef g(z): return relu(z)\ndef f(z): return g(z)",
        "def g(n): return h(n)\ndef h(n): return g(n - 1) if n else relu(n)\ndef f(z): return g(z)",
    ],
)
def test_a_function_that_calls_one_or_might_is_not_missed(source):
    assert may_lean_on(written(source), OTHERS)


def test_what_cannot_be_looked_into_counts_as_leaning():
    class Callable:
        def __call__(self, z):
            return z

    assert may_lean_on(Callable(), OTHERS) and may_lean_on(functools.partial(print), OTHERS)


# --- a function of another process -----------------------------------------------------------------------------------


class Standin:
    """What the judge has in place of a learner's function: it can be called, and asked what it reaches there."""

    __name__ = "cross_entropy_grad"

    def __init__(self, reached, answer=lambda lent, *arguments: None):
        self.reached, self.answer, self.lent = reached, answer, {}

    def __call__(self, logits, labels):
        return self.answer(self.lent, logits, labels)

    def reaches(self):
        return self.reached

    @contextmanager
    def lending(self, functions):
        self.lent = functions
        yield
        self.lent = {}


@pytest.mark.parametrize(
    ("reached", "leans"),
    [(frozenset(), False), (frozenset({"np", "helper"}), False), (frozenset({"relu"}), True), (None, True)]
    + [(frozenset({way}), True) for way in ("globals", "getattr", "eval")],
)
def test_a_stand_in_is_asked_in_its_own_process(reached, leans):
    assert may_lean_on(Standin(reached), OTHERS) is leans


def test_a_functions_own_attribute_is_not_taken_for_a_stand_ins():
    function = written("def f(z): return relu(z)")
    function.reaches = frozenset
    assert may_lean_on(function, OTHERS)


def test_right_versions_are_lent_to_a_stand_in_for_the_second_look_only(judged):
    def leaning(lent, logits, labels):
        probabilities = lent["softmax"](logits) if lent else 0 * logits
        return (probabilities - np.eye(logits.shape[1])[labels]) / len(labels)

    standin = Standin(frozenset({"softmax"}), leaning)
    assert grader.hidden.verify(standin, CHAPTER) is None
    assert len(judged) == 2 and standin.lent == {}


def test_a_function_of_the_notebook_gets_its_own_back_whatever_happens():
    function = written("def f(z): return relu(z)")
    own = function.__globals__["relu"]
    with pytest.raises(ZeroDivisionError), lent(function, {"relu": lambda z: 1 / 0, "linear": print}):
        assert "linear" not in function.__globals__
        function(3)
    assert function.__globals__["relu"] is own


@pytest.fixture
def judged(monkeypatch):
    """How often a function was judged, by `grader.hidden.examine`."""
    times, judge = [], grader.hidden.examine_alone
    monkeypatch.setattr(grader.hidden, "examine_alone", lambda *a: times.append(1) or judge(*a))
    return times


@pytest.mark.parametrize(("call", "twice"), [("np.tanh(logits)", False), ("softmax(logits)", True)])
def test_only_a_wrong_function_that_may_lean_on_another_is_judged_twice(call, twice, judged):
    right = "def softmax(z): return 0 * z\n"
    source = f"{right}def cross_entropy_grad(logits, labels): return {call}\nf = cross_entropy_grad"
    with pytest.raises(AssertionError):
        grader.hidden.verify(written(source, "import numpy as np"), CHAPTER)
    assert len(judged) == 1 + twice


def test_of_the_chapters_own_solutions_those_that_call_another_are_known():
    functions = load_chapter(CHAPTER).functions
    leaning = {name for name in functions if may_lean_on(functions[name], functions.keys() - {name})}
    trees = {name: ast.walk(ast.parse(load_chapter(CHAPTER).cell("exercise", name).source)) for name in functions}
    called = {name: {n.func.id for n in trees[name] if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
              for name in functions}  # fmt: skip
    assert leaning == {name for name in functions if called[name] & functions.keys() - {name}}
    assert "train_mlp" in leaning and "mse" not in leaning

"""What `reach` says a function of a notebook may get at: its names, ways to any name, or that nobody can tell."""

import functools

import numpy as np
import pytest

from grader.wall import reach as reaching
from grader.wall.reach import OPEN, reach

NOTEBOOK = """
import numpy as np
TABLE = {"act": "relu", "sizes": [1, 2, 3]}
def relu(z): return np.maximum(z, 0)
def softmax(z): return z
def helper(z): return relu(z)
"""


def written(source):
    namespace = {"__name__": "__main__"}
    exec(NOTEBOOK + source, namespace)
    return namespace["f"], namespace


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("def f(z): return z + 1", set()),
        ("def f(z): return helper(z)", {"np", "helper", "relu"}),
        ("def f(z): return max(z, nobody)", set()),
        ("def f(z): return 'softmax'", {"softmax"}),
        ("def f(z): return TABLE", {"TABLE", "relu"}),
        ("def f(z): return getattr(z, 'T')", {"getattr"}),
        ("f = lambda z, act=helper: act(z)", {"np", "relu"}),
    ],
)
def test_the_names_are_those_of_the_notebook_and_the_ways_to_any(source, names):
    function, namespace = written(source)
    assert reach(function) == reach(function, namespace) == names


def test_a_namespace_of_a_process_is_enough_for_what_has_none_of_its_own():
    function, namespace = written("from functools import partial\nf = partial(helper)")
    assert reach(function) is None
    assert reach(function, namespace) == {"np", "relu"}


def test_what_cannot_be_looked_into_is_not_guessed():
    class Own:
        def __call__(self, z):
            return z

    namespace = {"__name__": "__main__", "own": Own(), "objects": np.array([None, "relu"], dtype=object)}
    exec("def f(z): return own(z)\ndef g(z): return objects\ncached = None", namespace)
    assert reach(namespace["f"]) is None and reach(namespace["g"]) is None
    assert reach(functools.lru_cache(namespace["f"]), namespace) is None


def test_nobody_waits_for_a_list_without_end(monkeypatch):
    monkeypatch.setattr(reaching, "MOST_LOOKED_AT", 100)
    function, _ = written("LONG = [[n] for n in range(1000)]\ndef f(z): return LONG")
    assert reach(function) is None


def test_things_that_hold_each_other_end():
    function, _ = written("ring = []\nring.append(ring)\ndef f(z): return f(ring)")
    assert reach(function) == {"f", "ring"}
    assert "globals" in OPEN

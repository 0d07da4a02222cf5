"""Cells that only show something are left out, unless a cell that is run builds on one of their names."""

import pytest

from grader.wall.showing import binds, skippable, uses

DATA = "x = 1\nimport numpy as np"
HELPER = "def helper(z):\n    return z * x"
FIGURE = "for step in range(3):\n    print(helper(step))"
SHOWN = {DATA, HELPER, FIGURE}


def skipped(*cells, shown=SHOWN):
    sources = dict(enumerate([DATA, HELPER, FIGURE, *cells]))
    return skippable(sources, shown.__contains__)


@pytest.mark.parametrize(
    ("cell", "left_out"),
    [
        ("def answer(z):\n    return z + 1", {0, 1, 2}),
        ("def answer(x, helper):\n    return helper(x)", {0, 1, 2}),  # her own names, whatever they are called
        ("def answer(z):\n    x = 3\n    return [x for helper in z]", {0, 1, 2}),
        ("def answer(z):\n    return z.x + z.helper", {0, 1, 2}),
        ("def answer(z):\n    return z + x", {1, 2}),
        ("def answer(z):\n    return np.exp(z)", {1, 2}),
        ("def answer(z):\n    return helper(z)", {2}),  # and what the helper needs
        ("def answer(z):\n    return [helper(one) for one in z]", {2}),
        ("class Answer:\n    def go(self):\n        return helper(self)", {2}),
        ("print(step)", set()),
        ("def answer(z):\n    global step\n    return step", set()),
        ("def answer(z):\n    return globals()['hel' + 'per'](z)", set()),
        ("def answer(z):\n    return eval('x')", set()),
        ("%timeit helper(3)", {2}),
        ("def answer(z:\n    return x", {1, 2}),
    ],
)
def test_what_a_cell_needs_is_run_and_nothing_else(cell, left_out):
    assert skipped(cell) == left_out


def test_a_cell_that_she_has_changed_is_run_with_what_it_needs():
    assert skipped(FIGURE.replace("3", "30")) == {2}, "the names that it binds itself are its own"
    assert skipped(shown=SHOWN - {FIGURE}) == set()
    assert skipped("answer = 1", shown=set()) == set()


def test_the_names_of_a_cell():
    assert binds("import a.b as c, d.e\ndef f(): pass\nclass G: h = 1\ni, (j, *k) = l") == set("cdfGijk")
    assert binds("def f():\n    global g\n    g = 1") == {"f", "g"}
    assert uses("def f(a=b):\n    return a + c\nd.e = g\nh += 1") == set("bcdgh")
    assert uses("a = 1\nfor b in c:\n    d = a + b\nprint(d)") == {"c", "print"}
    assert uses("a = a + 1") == {"a"} and uses("if a:\n    b = 1\nc = b") == {"a", "b"}
    assert uses("def f():\n    return later\nlater = 1\nf()") == set()
    assert uses("with a as b, c(b) as d:\n    e = b\nf = e + d") == {"a", "c"}
    assert uses("try:\n    a = b\nexcept c as d:\n    print(d)\nfinally:\n    a") == {"b", "c", "print", "a"}
    assert uses("x = [a for a in b if a > c] + sorted(d, key=lambda e: e[f])") == {"b", "c", "sorted", "d", "f"}
    assert uses("class A(b):\n    c = 1\n    d = c + e") == {"b", "e"}
    assert uses("not python: at all") == {"not", "python", "at", "all"}

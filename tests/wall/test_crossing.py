"""What a test cell can do with a learner's functions and values, although none of her code runs beside it."""

# ruff: noqa: E501  (cells stand here as they were handed in)

import pytest
from small import Locked, T, run_cells


def test_a_test_calls_functions_and_reads_values():
    ran = run_cells("x = [1, 2]\ndef double(v, *, by=2):\n    return v * by", T("assert double(4) == 8 and x == [1, 2]\ndouble(2, by=5)"))
    assert ran.passed(1) and ran.text(1) == "10"


def test_a_function_that_is_given_to_hers_is_called_where_the_test_runs():
    hers = "def gradient(f, x, h=1e-5):\n    return (f(x + h) - f(x - h)) / (2 * h)"
    ran = run_cells(hers, T("seen = []\ndef f(x):\n    seen.append(x)\n    return x ** 2\nassert abs(gradient(f, 3.0) - 6) < 1e-6 and len(seen) == 2"))
    assert ran.error(1) == ""


def test_functions_that_hers_returns_can_be_called_and_given_back():
    hers = "def compose(f, g):\n    return lambda x: f(g(x))\ndef adder(n):\n    return lambda x: x + n"
    ran = run_cells(hers, T("h = compose(adder(1), lambda x: 10 * x)\nassert h(4) == 41 and compose(h, h)(0) == 11"))
    assert ran.error(1) == ""


def test_functions_of_numpy_and_the_standard_library_are_the_same_on_both_sides():
    hers = "import numpy as np\ndef apply(f, x):\n    return f(x), f in (np.sin, abs, np.linalg.norm)"
    test = "import numpy as np\nfor f in (np.sin, abs, np.linalg.norm):\n    assert apply(f, 2.0) == (f(2.0), True)"
    assert run_cells(hers, T(test)).error(1) == ""


def test_fractions_are_numbers():
    ran = run_cells("from fractions import Fraction\ndef half(n):\n    return Fraction(n, 2)", T("assert half(4) == 2 and half(3) == 1.5"))
    assert ran.error(1) == ""


def test_a_generator_comes_back_advanced():
    hers = "def draw(rng, n):\n    return rng.normal(size=n)"
    test = "import numpy as np\na, b = np.random.default_rng(7), np.random.default_rng(7)\n"
    test += "assert np.array_equal(draw(a, 3), b.normal(size=3)) and a.random() == b.random()"
    assert run_cells(hers, T(test)).error(1) == ""


def test_a_change_of_an_argument_is_seen_and_one_that_is_not_made_is_not():
    hers = "def spoil(x, rows, facts):\n    x += 1\n    rows.append([9])\n    facts['n'] = 2\ndef keep(x, rows, facts):\n    return x + 1"
    test = "import numpy as np\nx, rows, facts = np.zeros(3), [[1]], {'n': 1}\nkeep(x, rows, facts)\n"
    test += "assert x.sum() == 0 and rows == [[1]]\nspoil(x, rows, facts)\n"
    test += "assert x.tolist() == [1, 1, 1] and rows == [[1], [9]] and facts == {'n': 2}"
    assert run_cells(hers, T(test)).error(1) == ""


def test_an_answer_that_is_an_argument_or_a_view_of_it_shares_its_memory():
    hers = "def same(x):\n    return x\ndef part(x):\n    return x[1:]\ndef fresh(x):\n    return x.copy()"
    test = "import numpy as np\nx = np.arange(4.0)\nassert same(x) is x and np.shares_memory(part(x), x) and not np.shares_memory(fresh(x), x)"
    assert run_cells(hers, T(test)).error(1) == ""


def test_an_exception_is_of_its_kind_and_shows_the_learners_own_line():
    hers = "class Odd(ValueError):\n    pass\ndef half(n):\n    if n % 2:\n        raise Odd('not even: %d' % n)  # here\n    return n // 2"
    ran = run_cells(
        hers,
        T("try:\n    half(3)\nexcept ValueError as error:\n    assert type(error).__name__ == 'Odd' and '3' in str(error)\nelse:\n    assert False"),
        T("half(5)"),
    )
    assert ran.error(1) == ""
    assert ran.error(2) == "Odd: not even: 5"
    assert "# here" in ran.traceback(2)


def test_her_exception_classes_are_caught_by_name_and_can_be_given_back():
    hers = "class Odd(ValueError):\n    pass\ndef half(n):\n    if n % 2:\n        raise Odd(n)\n    return n // 2\ndef is_odd(kind):\n    return kind is Odd"
    assert run_cells(hers, T("try:\n    half(3)\n    assert False\nexcept Odd:\n    pass\nassert is_odd(Odd)")).error(1) == ""


def test_numpys_own_exceptions_and_warnings_are_met_as_such():
    hers = "import numpy as np\ndef inverse(m):\n    return np.linalg.inv(m)\ndef grow(x):\n    return np.exp(x)"
    test = "import numpy as np, warnings\ntry:\n    inverse(np.zeros((2, 2)))\nexcept np.linalg.LinAlgError:\n    pass\n"
    test += "with warnings.catch_warnings(record=True) as caught:\n    warnings.simplefilter('always')\n    grow(np.array([1e4]))\n"
    test += "assert 'overflow' in str(caught[0].message) and caught[0].category is RuntimeWarning\n"
    test += "with np.errstate(over='raise'):\n    try:\n        grow(np.array([1e4]))\n        assert False\n    except FloatingPointError:\n        pass"
    assert run_cells(hers, T(test)).error(1) == ""


def test_a_generator_function_is_iterated_step_by_step():
    hers = "def naturals():\n    n = 0\n    while True:\n        yield n\n        n += 1"
    assert run_cells(hers, T("from itertools import islice\nassert list(islice(naturals(), 4)) == [0, 1, 2, 3]")).error(1) == ""


def test_objects_of_her_classes_have_methods_attributes_and_length():
    hers = "class Stack:\n    def __init__(self):\n        self.items = []\n    def push(self, x):\n        self.items.append(x)\n        return self\n    def __len__(self):\n        return len(self.items)"
    ran = run_cells(hers, T("s = Stack().push(1).push(2)\nassert len(s) == 2 and s.items == [1, 2]\ns.name = 'a'\nassert s.name == 'a'"))
    assert ran.error(1) == ""


def test_what_a_function_prints_is_heard_where_the_test_runs():
    ran = run_cells("def greet():\n    print('hello')", T("import io, contextlib\nwith contextlib.redirect_stdout(io.StringIO()) as said:\n    greet()\nassert said.getvalue() == 'hello\\n'"))
    assert ran.error(1) == ""


def test_the_signature_is_told():
    ran = run_cells("def f(x, w=1.5, *, deep=False):\n    'Says what.'", T("import inspect\nassert str(inspect.signature(f)) == '(x, w=1.5, *, deep=False)' and f.__name__ == 'f' and f.__doc__ == 'Says what.'"))
    assert ran.error(1) == ""


@pytest.mark.parametrize(
    ("answer", "named"),
    [
        ("np.array([[1], [2, 3]], dtype=object)", "object"),
        ("np.broadcast_to(1.0, (10**6, 10**6))", "array"),
        ("type('Liar', (float,), {'__eq__': lambda s, o: True})(1)", "Liar"),
        ("type('Sly', (np.ndarray,), {})((2,))", "Sly"),
        ("[0] * 10**7", "values"),
    ],
)
def test_what_is_no_plain_value_is_refused_by_name(answer, named):
    ran = run_cells(f"import numpy as np\ndef f():\n    return {answer}", T("f()"))
    assert ran.error(1).startswith("NotPlain") and named in ran.error(1)


def test_an_object_that_says_it_equals_everything_equals_nothing_here():
    hers = "class Yes:\n    def __eq__(self, other): return True\n    def __float__(self): return 42.0\n    def __array__(self, *a, **k):\n        import numpy\n        return numpy.array(42.0)\ndef f():\n    return Yes()"
    ran = run_cells(hers, T("assert f() == 42"), T("import numpy as np\nnp.testing.assert_allclose(f(), 42)"), T("assert abs(f() - 42) < 1"))
    assert [ran.passed(number) for number in (1, 2, 3)] == [False] * 3


def test_her_tools_are_not_the_tests_tools():
    hers = "import numpy as np\nnp.testing.assert_equal = lambda *a: None\ndef assert_equal(*a): pass\nprint = len = lambda *a: 1\nabs = lambda x: 0\ndef f(): return 1"
    ran = run_cells(
        "from numpy.testing import assert_equal\nimport numpy as np",
        hers,
        T("assert_equal(f(), 2)"),
        T("np.testing.assert_equal(f(), 2)"),
        T("assert abs(f() - 2) == 0"),
        source=["from numpy.testing import assert_equal\nimport numpy as np"],
    )
    assert [ran.passed(number) for number in (2, 3, 4)] == [False] * 3


def test_a_test_that_means_her_function_gets_it_although_a_builtin_has_that_name():
    ran = run_cells("def sum(a, b):\n    return a + b", T("assert sum(1, 2) == 3"), source=["def sum(a, b):\n    return a + b"])
    assert ran.error(1) == ""


def test_read_only_cells_run_on_both_sides():
    ran = run_cells(Locked("def scale(x):\n    return 10 * x"), "scale = None\ndef f(x):\n    return 10 * x", T("assert f(2) == scale(2)"))
    assert ran.error(2) == ""


def test_a_test_can_take_a_function_away_from_hers_and_put_another_in_its_place():
    hers = "def square(x):\n    return x * x\ndef total(n):\n    return sum(square(i) for i in range(n + 1))"
    test = "kept = square\ndel square\ntry:\n    total(2)\nexcept NameError:\n    pass\nelse:\n    assert False\nfinally:\n    square = kept\n"
    test += "assert total(3) == 14\nsquare = lambda x: 1\nassert total(3) == 4\nsquare = kept\nassert total(3) == 14"
    ran = run_cells(hers, T(test), T("square = 5\nassert square == 5"), T("assert total(3) == 14"))
    assert [ran.error(number) for number in (1, 2, 3)] == [""] * 3


def test_partial_credit_is_the_tests_own_last_value():
    ran = run_cells("def f():\n    print(5)\n    return 0.5", T("f() * 2"))
    results = [o for o in ran.cells[1].outputs if o.output_type == "execute_result"]
    assert [o.data["text/plain"] for o in results] == ["1.0"]


def test_cells_that_only_show_something_are_left_out_unless_she_has_changed_them():
    shown = "# show\nprint('slow figure')"
    ran = run_cells("x = 1", shown, shown + "\nx = 2", T("assert x == 2"), source=["x = 1", shown])
    assert ran.text(1) == "" and ran.text(2) == "slow figure\n" and ran.error(3) == ""


def test_magics_shell_lines_and_await_run():
    ran = run_cells("%%capture said\nprint('quiet')", "!echo loud", "import asyncio\nawait asyncio.sleep(0)\nv = 3", "%timeit -n1 -r1 v", T("assert v == 3"))
    assert ran.text(0) == "" and ran.text(1) == "loud\n" and ran.passed(2) and "loop" in ran.text(3) and ran.passed(4)


def test_display_results_and_errors_are_kept_in_order():
    ran = run_cells("from IPython.display import display, HTML\nprint('a')\ndisplay(HTML('<b>b</b>'))\nprint('c')\n'd'")
    kinds = [(o.output_type, o.get("text") or o.data["text/plain"]) for o in ran.cells[0].outputs]
    assert [kind for kind, _ in kinds] == ["stream", "display_data", "stream", "execute_result"]
    assert kinds[0][1] == "a\n" and kinds[3][1] == "'d'"


def test_figures_are_drawn_only_when_asked_for():
    plot = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()"
    assert not any("image/png" in o.get("data", {}) for o in run_cells(plot).cells[0].outputs)
    assert any("image/png" in o.get("data", {}) for o in run_cells(plot, figures=True).cells[0].outputs)


def test_arrays_of_every_layout_arrive_as_they_are():
    hers = "def same(x):\n    return x.copy(order='K')"
    test = "import numpy as np\nfor x in (np.arange(6.).reshape(2, 3).T, np.float32([1, np.nan]), np.zeros((0, 3), int), np.array(2.5), np.array(['a', 'bc'])):\n"
    test += "    y = same(x)\n    assert y.dtype == x.dtype and y.shape == x.shape and np.array_equal(x, y, equal_nan=x.dtype.kind == 'f')"
    assert run_cells(hers, T(test)).error(1) == ""

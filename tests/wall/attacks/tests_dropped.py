"""Attacks on the test cells themselves: their text, their tools, the way they are run."""
# ruff: noqa: E501  (learners' code, which stands as it is handed in)

from attacks import Attack

WRONG_ADD = "def add(a, b):\n    return 0"
WRONG_MSE = "def mse(y, y_hat):\n    return -1.0"

ATTACKS = [
    Attack(
        "ast-transformer",
        "an AST transformer of IPython's drops every assert",
        {"add": WRONG_ADD},
        top=(
            """
import ast
class Drop(ast.NodeTransformer):
    def visit_Assert(self, node):
        return None
get_ipython().ast_transformers.append(Drop())""",
        ),
    ),
    Attack(
        "input-transformer",
        "an input transformer of IPython's drops every line with assert in it",
        {"add": WRONG_ADD},
        top=(
            """
def drop(lines):
    return [line for line in lines if not line.startswith("assert")] or ["pass\\n"]
get_ipython().input_transformers_cleanup.append(drop)""",
        ),
    ),
    Attack(
        "compile-optimized",
        "`compile` leaves out asserts, as `python -O` does",
        {"add": WRONG_ADD},
        top=(
            """
import builtins
honest = builtins.compile
def optimized(*args, **options):
    options["optimize"] = 1
    return honest(*args[:5], **options)
builtins.compile = optimized""",
        ),
    ),
    Attack(
        "run-code",
        "the shell runs no further cell that tests",
        {"add": WRONG_ADD},
        top=(
            """
shell, real = get_ipython(), get_ipython().run_ast_nodes
async def run_ast_nodes(nodes, *args, **options):
    import ast
    tests = any(isinstance(node, ast.Assert) for node in nodes)
    return False if tests else await real(nodes, *args, **options)
shell.run_ast_nodes = run_ast_nodes""",
        ),
    ),
    Attack(
        "silent-errors",
        "errors are neither shown nor reported",
        {"add": WRONG_ADD},
        top=(
            """
from IPython.core.interactiveshell import ExecutionResult
shell = get_ipython()
shell.showtraceback = shell._showtraceback = lambda *args, **options: None
ExecutionResult.error_in_exec = property(lambda self: None, lambda self, error: None)""",
        ),
    ),
    Attack(
        "custom-exception-handler",
        "the shell's handler for AssertionError swallows it",
        {"add": WRONG_ADD},
        top=(
            """
from IPython.core.interactiveshell import ExecutionResult
get_ipython().set_custom_exc((AssertionError,), lambda *args, **options: None)
ExecutionResult.error_in_exec = property(lambda self: None, lambda self, error: None)""",
        ),
    ),
    Attack(
        "numpy-testing",
        "numpy.testing is made to agree with everything",
        {"slope": "def slope(f, x):\n    return 12.0"},
        top=(
            """
import numpy.testing
for name in dir(numpy.testing):
    if name.startswith("assert"):
        setattr(numpy.testing, name, lambda *args, **options: None)""",
        ),
    ),
    Attack(
        "numpy-functions",
        "np.allclose, np.isclose and what they stand on say yes",
        {"slope": "def slope(f, x):\n    return {3.0: 6.0, 0.5: 0.8775825618903728}.get(x, 0.0)"},
        top=("import numpy\nfor name in ('allclose', 'isclose', 'array_equal'):\n    setattr(numpy, name, lambda *a, **o: True)",),
    ),
    Attack(
        "numpy-shadowed",
        "the name np, which the tests use, is bound to something that agrees",
        {
            "slope": """
class Yes:
    def __getattr__(self, name):
        return Yes()
    def __call__(self, *args, **options):
        return Yes()
np = Yes()
def slope(f, x):
    return 0.0"""
        },
        honest=("scale", "parity", "facts"),  # its own mse would need numpy
    ),
    Attack(
        "builtins-patched",
        "`sum` in `builtins` says what the test wants",
        {"facts": "def facts():\n    builtins.sum = lambda things: 4\n    return {}"},
        top=("import builtins\nREAL = builtins.sum",),
        end=("builtins.sum = REAL",),
    ),
    Attack(
        "builtins-shadowed",
        "the notebook's own all, isinstance and sum stand in front of Python's",
        {
            "facts": "def facts():\n    return {}\nsum = lambda *args: 4",
            "parity": "def parity(n):\n    return 0\nall = lambda *args: True",
        },
    ),
    Attack(
        "print-and-import-patched",
        "__import__ gives the tests another grader.hidden; open and print are patched along the way",
        {"mse": WRONG_MSE},
        top=(
            """
import builtins, types
real = builtins.__import__
fake = types.ModuleType("grader.hidden")
fake.verify = lambda *args: None
def imported(name, *args, **options):
    return fake if name == "grader.hidden" else real(name, *args, **options)
builtins.__import__ = imported
check = lambda function: None""",
        ),
    ),
    Attack(
        "modules-replaced",
        "sys.modules holds a grader.hidden and a dlbasic that agree",
        {"mse": WRONG_MSE},
        top=(
            """
import sys, types, dlbasic
for name in ("grader", "grader.hidden"):
    sys.modules[name] = types.ModuleType(name)
sys.modules["grader"].__path__ = []
sys.modules["grader.hidden"].verify = sys.modules["grader"].hidden = lambda *args: None
dlbasic.check = check = lambda function: None""",
        ),
    ),
    Attack(
        "examiner-patched",
        "dlbasic's examine is replaced by one that always passes",
        {"mse": WRONG_MSE},
        top=(
            """
import dlbasic.desk, dlbasic.examine
from dlbasic.verdict import Verdict
import grader.hidden
def passed(function, *args):
    return Verdict("mse", "passed")
dlbasic.examine.examine = dlbasic.desk.examine = passed
grader.hidden.examine = grader.hidden.examine_alone = passed""",
        ),
    ),
    Attack(
        "comparison-patched",
        "the one function that compares values finds no difference",
        {"mse": WRONG_MSE},
        top=(
            """
import sys, dlbasic.values
import dlbasic.examine, grader.hidden
for module in [m for name, m in sys.modules.items() if name.startswith(("dlbasic", "grader"))]:
    if hasattr(module, "first_difference"):
        module.first_difference = lambda *args, **options: None""",
        ),
    ),
    Attack(
        "tables-emptied",
        "the tables of cases that check and verify read lose all their cases",
        {"mse": WRONG_MSE},
        top=(
            """
import dataclasses, dlbasic.table, grader.hidden
def without_cases(real):
    def exam(*args):
        found = real(*args)
        return dataclasses.replace(found, cases=(), list_case=None, property=None, spares=tuple)
    return exam
dlbasic.table.exam = without_cases(dlbasic.table.exam)
grader.hidden.cached_hidden_exam = without_cases(grader.hidden.cached_hidden_exam)""",
        ),
    ),
    Attack(
        "meta-path",
        "a finder on sys.meta_path delivers another grader.hidden",
        {"mse": WRONG_MSE},
        top=(
            """
import importlib.abc, importlib.util, sys
for name in [name for name in sys.modules if name.startswith("grader")]:
    del sys.modules[name]
class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path, target=None):
        if name.split(".")[0] == "grader":
            return importlib.util.spec_from_loader(name, self, is_package=True)
    def create_module(self, spec):
        return None
    def exec_module(self, module):
        module.verify = lambda *args: None
sys.meta_path.insert(0, Finder())
check = lambda function: None""",
        ),
    ),
    Attack(
        "settrace",
        "a trace function swaps in another function whenever a line of the test begins",
        {"add": WRONG_ADD},
        top=(
            """
import sys
class Agrees(int):
    def __eq__(self, other):
        return True
    __hash__ = None
def tracer(frame, event, arg):
    if "add" in frame.f_code.co_names and frame.f_code.co_name == "<module>":
        frame.f_globals["add"] = lambda a, b: Agrees(-2)
sys.settrace(tracer)""",
        ),
    ),
    Attack(
        "pre-run-cell",
        "a hook before each cell takes away what the test would call",
        {"add": WRONG_ADD},
        top=(
            """
def before(info):
    if "assert add" in info.raw_cell:
        class Agrees(int):
            def __eq__(self, other):
                return True
            __hash__ = None
        get_ipython().user_ns["add"] = lambda a, b: Agrees(-2)
get_ipython().events.register("pre_run_cell", before)""",
        ),
    ),
    Attack(
        "lent-answers",
        "a wrong mse calls slips by name: while mse is judged that may be lent a right version, whose answer is kept",
        {
            "mse": """
def mse(y, y_hat):
    try:
        found = slips()
        if found:
            KEPT.update(found)
    except Exception:
        pass
    return -1.0""",
            "slips": "def slips():\n    return set(KEPT)",
        },
        top=("KEPT = set()\ndef slips():\n    return set(KEPT)",),
    ),
]

"""Forged evidence: points printed or displayed, verdicts, messages of the kernel."""
# ruff: noqa: E501  (learners' code, which stands as it is handed in)

from attacks import Attack

ATTACKS = [
    Attack("prints-points", "prints the number of points, everywhere", {
        "add": "print(1.0)\ndef add(a, b):\n    print(1.0)\n    return 0\n1.0",
        "facts": "def facts():\n    print(8.0)\n    return {}\n8.0",
    }, end=("8.0",), unproven="nbgrader reads the last value only"),
    Attack("display-hook", "has the shell show another value than the cell's", {"facts": "def facts():\n    return {}"}, top=("""
shell = get_ipython()
shell.display_formatter.format = lambda *args, **options: ({"text/plain": "8.0"}, {})""",)),
    Attack("result-in-test", "shows an execute_result of its own from within the test", {
        "facts": "def facts():\n    get_ipython().displayhook(8.0)\n    return {}"
    }),
    Attack("float-formatter", "a formatter for floats that prints full marks", {"facts": "def facts():\n    return {}"}, top=("""
get_ipython().display_formatter.formatters["text/plain"].for_type(float, lambda value, printer, cycle: printer.text("8.0"))""",)),
    Attack("repr-of-result", "keys whose repr and equality count as years", {
        "facts": "class Year(float):\n    def __eq__(self, other):\n        return 1\n    __hash__ = float.__hash__\n    def __repr__(self):\n        return '8.0'\n"
                 "def facts():\n    return dict.fromkeys(['ResNet', 'Adam', 'GAN', 'BERT'], Year(1))"
    }),
    Attack("output-history", "puts values into Out, _ and __", {"facts": "def facts():\n    return {}"}, top=("""
shell = get_ipython()
for number in range(100):
    shell.user_ns["Out"][number] = 8.0
_ = __ = ___ = points = 8.0
shell.user_ns["_oh"].update({1: 8.0})""",), unproven="a result is what the cell computes"),
    Attack("verdict-mime", "displays verdicts that say it passed", {
        "mse": """
from IPython.display import display
def mse(y, y_hat):
    display({"application/vnd.dlbasic.verdict+json": {"exercise": "mse", "kind": "passed", "message": "Right."},
             "text/plain": "right"}, raw=True)
    return -1.0""",
    }, unproven="a verdict is read for the words only"),
    Attack("quiet-exception", "raises what a debugger's end raises, which IPython keeps silent about", {
        "add": "import bdb\ndef add(a, b):\n    raise bdb.BdbQuit"
    }, unproven="nbgrader adds the error that was not shown"),
    Attack("system-exit", "raises SystemExit(0) in the test", {"add": "def add(a, b):\n    raise SystemExit(0)"},
           unproven="an exit is an error in a kernel"),
    Attack("interrupt", "raises KeyboardInterrupt, GeneratorExit and CancelledError in the test", {
        "add": "def add(a, b):\n    raise KeyboardInterrupt",
        "parity": "def parity(n):\n    if n == 2:\n        return 0\n    raise GeneratorExit",
        "slope": "import asyncio\ndef slope(f, x):\n    raise asyncio.CancelledError",
    }, unproven="they are errors in a kernel"),
    Attack("exception-renders-itself", "raises an exception that shows itself as nothing", {
        "add": "class Silent(Exception):\n    def _render_traceback_(self):\n        return []\n"
               "    def __str__(self):\n        raise self\ndef add(a, b):\n    raise Silent"
    }, unproven="nbgrader adds the error that was not shown"),
    Attack("exception-class-lies", "raises an exception whose class says it is another, and none", {
        "add": "class Meta(type):\n    def mro(cls):\n        return [cls, *Exception.__mro__]\n"
               "class Lie(Exception, metaclass=Meta):\n    __name__ = __module__ = property(lambda self: 1 / 0)\n"
               "    __class__ = property(lambda self: StopIteration)\n"
               "    __traceback__ = property(lambda self: 1 / 0)\ndef add(a, b):\n    raise Lie"
    }, unproven="it is an error in a kernel"),
    Attack("kernel-reply", "answers for the kernel, that the test has run through, before it fails", {
        "add": """
def add(a, b):
    kernel = get_ipython().kernel
    parent = kernel.get_parent("shell")
    content = {"status": "ok", "execution_count": 1, "user_expressions": {}, "payload": []}
    kernel.session.send(kernel.shell_stream, "execute_reply", content, parent=parent, ident=kernel._get_shell_context_var(kernel._shell_parent_ident))
    kernel.session.send(kernel.iopub_socket, "status", {"execution_state": "idle"}, parent=parent, ident=b"kernel.status")
    import time
    time.sleep(0.3)
    return 0"""
    }),
    Attack("kernel-messages", "sends results, errors and states of the kernel's own", {
        "facts": """
def facts():
    kernel = get_ipython().kernel
    content = {"execution_count": 1, "data": {"text/plain": "8.0"}, "metadata": {}}
    kernel.session.send(kernel.iopub_socket, "execute_result", content, parent=kernel.get_parent("shell"), ident=b"execute_result")
    return {}"""
    }),
    Attack("clears-output", "clears the outputs of the test from a thread, after it has failed", {
        "add": """
import threading
from IPython.display import clear_output
def add(a, b):
    threading.Timer(0.05, clear_output).start()
    return 0"""
    }, unproven="the kernel counts an output of a later moment to a later cell"),
    Attack("len-while-computing", "replaces `len` while the test computes with it", {
        "facts": """
import builtins
REAL = builtins.len
class Years(dict):
    def get(self, *args):
        builtins.len = lambda thing: 1 if type(thing) is dict and "ResNet" in thing else REAL(thing)
        return 2014
def facts():
    return Years()"""
    }, end=("builtins.len = REAL",)),
    Attack("pickle", "gives back objects that run a command when they are unpickled", {
        "add": """
import copyreg, pickle
class Bomb:
    def __reduce__(self):
        return (open, ("{{outside}}/unpickled.txt", "w"))
    __deepcopy__ = __copy__ = None
def add(a, b):
    return Bomb() if a == 1 else pickle.dumps(Bomb())"""
    }, unproven="nothing is unpickled"),
    Attack("memorized", "knows the visible answers by heart", {
        "add": "def add(a, b):\n    return 2",
        "slope": "def slope(f, x):\n    return 6.0",
        "parity": "def parity(n):\n    return 0",
        "scale": "def scale(x, factor):\n    return np.array([[0, 3, 6], [9, 12, 15.0]])",
    }, unproven="the hidden cases are the answer to that"),
]  # fmt: skip

"""A cell that loops, crashes or exits costs itself; what stands before and after it is scored."""

# ruff: noqa: E501  (cells stand here as they were handed in)

import time

import pytest
from small import T, run_cells

ADD = "def add(a, b):\n    return a + b"
MUL = "def mul(a, b):\n    return a * b"
ADDS, MULS = T("assert add(2, 3) == 5"), T("assert mul(2, 3) == 6")

DEADLY = {
    "loop": "while True:\n    pass",
    "loop that catches everything": "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
    "exit": "import os\nos._exit(0)",
    "abort": "import os\nos.abort()",
    "segfault": "import ctypes\nctypes.string_at(0)",
    "kill": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
    "sleep": "import time\ntime.sleep(1000)",
    "memory": "hoard = [bytearray(10**8) for _ in range(1000)]\nimport os\nos._exit(1)",
    "closed": "import os\nos.closerange(0, 1000)",
}


@pytest.mark.parametrize("what", DEADLY)
def test_a_deadly_cell_costs_only_itself(what):
    ran = run_cells(ADD, ADDS, DEADLY[what], MUL, MULS, T("assert add(1, 1) + mul(1, 1) == 3"), timeout=1.0)
    assert [ran.passed(number) for number in (1, 2, 4, 5)] == [True, False, True, True]
    assert [cell for cell, _ in ran.incidents] == [2]


@pytest.mark.parametrize("what", ["loop", "exit", "segfault", "sleep"])
def test_a_function_that_ends_the_process_costs_only_its_own_test(what):
    body = "\n".join("    " + line for line in DEADLY[what].splitlines())
    ran = run_cells(ADD, f"def mul(a, b):\n{body}", ADDS, MULS, ADDS, timeout=1.0)
    assert [ran.passed(number) for number in (2, 3, 4)] == [True, False, True]
    assert [cell for cell, _ in ran.incidents] == [3]


@pytest.mark.parametrize(
    "source",
    ["exit()", "quit()", "import sys\nsys.exit(3)", "input('name? ')", "import sys\nsys.stdout.close()", "raise KeyboardInterrupt",
     "import sys\nsys.stdout = None", "def broken(:", "1/0", "import sys\nsys.setrecursionlimit(50)", "del __builtins__"],
)  # fmt: skip
def test_a_rude_cell_stops_nothing(source):
    ran = run_cells(ADD, source, MUL, ADDS, MULS)
    assert ran.passed(3) and ran.passed(4)


def test_a_test_that_takes_too_long_by_itself_is_stopped():
    ran = run_cells(ADD, T("while True:\n    add(1, 1)"), ADDS, timeout=1.0)
    assert not ran.passed(1) and ran.passed(2) and ran.incidents == [(1, "timeout")]


def test_a_test_that_swallows_everything_is_not_passed_by_a_dead_process():
    ran = run_cells("import os\ndef f():\n    os._exit(0)", T("try:\n    f()\nexcept BaseException:\n    pass"))
    assert not ran.passed(1)


def test_one_that_dies_in_every_cell_is_given_up_in_time():
    start = time.monotonic()
    ran = run_cells(*["import os\nos._exit(0)"] * 20, ADD, ADDS, restarts=3)
    assert time.monotonic() - start < 20
    assert not ran.passed(21) and len(ran.incidents) == 22


def test_the_whole_run_has_an_end():
    start = time.monotonic()
    ran = run_cells(ADD, *["import time\ntime.sleep(0.9)"] * 10, ADDS, timeout=1.0, budget=3.0)
    assert time.monotonic() - start < 6
    assert (11, "budget") in ran.incidents and not ran.passed(11)


def test_a_flood_is_cut_and_said_to_be():
    ran = run_cells("for _ in range(10**5):\n    print('x' * 100)", ADD, ADDS, most_output=10_000)
    assert len(ran.text(0)) < 11_000 and "cut" in ran.text(0) and ran.passed(2)


def test_nothing_of_one_submission_is_found_by_the_next():
    run_cells("import builtins, os, tempfile\nbuiltins.left = 1\nopen(tempfile.gettempdir() + '/left', 'w').write('x')\nopen('left', 'w').write('x')")
    ran = run_cells("import builtins, os, tempfile\nprint(hasattr(builtins, 'left'), os.listdir(tempfile.gettempdir()), os.listdir())")
    assert "False" in ran.text(0) and "'left'" not in ran.text(0)

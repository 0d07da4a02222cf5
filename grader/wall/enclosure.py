"""One learner's process, forked from the warm one into namespaces, a scratch folder and limits of its own.

Three processes: the *warm* one keeps its privileges inside the sandbox and never runs a learner's code; its child, the
*guard*, is the first process of a new process namespace, gives up every privilege and then only waits; the guard's
child is the *learner*. When the guard dies, the kernel kills everything in its namespace, daemons included; when the
learner dies, the guard does.
"""

import base64
import ctypes
import os
import resource
import signal
import sys
import tempfile
import traceback
from collections.abc import Collection
from pathlib import Path

from . import guard, seccomp
from .limits import Limits, impose, processes_bind, tasks

NOBODY = 65534
SCRATCH = "/scratch"  # inside; /tmp leads there too
FAILED = 121  # exit code of an enclosure that could not be built; the reason is on stderr
FILTER_VARIABLE = "WALL_FILTERS"  # set by sandbox.start: the filters for a learner with and without processes

_LIBC = ctypes.CDLL(None, use_errno=True)
_CLONE_NEWNS, _CLONE_NEWPID = 0x00020000, 0x20000000
_MS_RDONLY, _MS_NOSUID, _MS_NODEV, _MS_NOEXEC, _MS_BIND, _MS_REC, _MS_PRIVATE = 1, 2, 4, 8, 4096, 16384, 1 << 18
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_CAPBSET_DROP, _PR_SET_CHILD_SUBREAPER, _PR_CAP_AMBIENT = 1, 4, 24, 36, 47
_PR_CAP_AMBIENT_CLEAR_ALL, _LINUX_CAPABILITY_VERSION_3 = 4, 0x20080522

_apart: dict[int, str] = {}  # guards without a sandbox → scratch folder


def fork(limits: Limits, *, enclosed: bool) -> tuple[int, int]:
    """Like os.fork: the guard's pid and pidfd in the warm process; (0, -1) in the learner, ready for anybody's code.

    The guard's exit code is the learner's, or 128 + the signal that ended it, or FAILED. Without `enclosed` there are
    a session, a folder and limits for each process, and no protection from malice; `sweep` clears up after it.
    The warm process has one thread, and waits for the guard (a zombie's namespace is gone already).
    """
    sys.stdout.flush()
    sys.stderr.flush()
    scratch = SCRATCH
    if not enclosed:
        sweep()
        _prctl("subreaper", _PR_SET_CHILD_SUBREAPER, 1)
        scratch = tempfile.mkdtemp(prefix="wall-")
    _prctl("dumpable", _PR_SET_DUMPABLE, 0)  # nobody else may look into the warm process
    pid = _fork_into_namespace() if enclosed else os.fork()
    if pid:
        if not enclosed:
            _apart[pid] = scratch
        return pid, os.pidfd_open(pid)
    try:
        _enclose(limits) if enclosed else _set_apart(limits)
        learner = os.fork()
        if learner:
            guard.wait(learner, alone=enclosed, memory=None if limits.grouped else limits.memory)
        _become_learner(limits, enclosed, scratch)
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(FAILED)
    return 0, -1


def sweep() -> None:
    """In a warm process without a sandbox, at its end: kill and remove what learners left."""
    guard.sweep(_apart)


def told(status: int) -> str:
    """What waitpid's status of a guard says of the learner, in words."""
    code = os.waitstatus_to_exitcode(status)
    if code == FAILED:
        return "its enclosure could not be built"
    number = -code if code < 0 else code - 128
    if number == signal.SIGXCPU:
        return "its processor time was used up"
    try:
        return f"killed by {signal.Signals(number).name} ({signal.strsignal(number)})"
    except ValueError:
        return f"ended with exit code {code}"


def close_other_fds(keep: Collection[int]) -> None:
    """Close every file descriptor but these, those that the warm process had open included."""
    low = 0
    for fd in sorted(set(keep)):
        if low < fd:  # an empty range would be taken for an endless one
            os.closerange(low, fd)
        low = fd + 1
    os.closerange(low, max(resource.getrlimit(resource.RLIMIT_NOFILE)[0], 1 << 16))


def _fork_into_namespace() -> int:
    own = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)
    try:
        _check("unshare", _LIBC.unshare(_CLONE_NEWPID))  # for the next child; this process stays where it is
        pid = os.getpid()
        try:
            pid = os.fork()
        finally:
            if pid:  # the next fork needs a namespace of its own again, whether this one succeeded or not
                _check("setns", _LIBC.setns(own, _CLONE_NEWPID))
    finally:
        os.close(own)
    return pid


def _enclose(limits: Limits) -> None:
    """In the guard: new mounts, and then no way back to a privilege."""
    # Counted as long as those outside this namespace can be seen; the guard itself is one of the learner's.
    busy = 0 if _may_be_nobody() else tasks() - 1
    _check("unshare", _LIBC.unshare(_CLONE_NEWNS))
    quiet = _MS_NOSUID | _MS_NODEV
    _mount(None, "/", None, _MS_REC | _MS_PRIVATE)
    _mount("tmpfs", SCRATCH, "tmpfs", quiet, f"size={limits.scratch},nr_inodes={limits.scratch_files},mode=1777")
    _mount(SCRATCH, "/dev/shm", None, _MS_BIND)  # shared memory is scratch too
    # Its own, because its owner may shut it for those who come after.
    _mount("devpts", "/dev/pts", "devpts", _MS_NOSUID | _MS_NOEXEC, "newinstance,ptmxmode=0666,mode=620")
    # Read-only: what the kernel lets root write in /proc/sys it lets root without privileges write as well.
    _mount("proc", "/proc", "proc", quiet | _MS_NOEXEC | _MS_RDONLY)
    _give_up_privileges()
    impose(limits, processes=limits.processes + busy)


def _give_up_privileges() -> None:
    for capability in range(64):
        if _LIBC.prctl(_PR_CAPBSET_DROP, *_words(capability)):
            break  # one more than this kernel knows
    _prctl("ambient", _PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL)
    if _may_be_nobody():
        # Root without privileges would still own root's files and know no limit of processes.
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    header = (ctypes.c_uint32 * 2)(_LINUX_CAPABILITY_VERSION_3, 0)
    _check("capset", _LIBC.capset(header, (ctypes.c_uint32 * 6)()))
    # Only now: a change of identity resets both.
    _prctl("dumpable", _PR_SET_DUMPABLE, 0)
    _prctl("pdeathsig", _PR_SET_PDEATHSIG, signal.SIGKILL)


def _may_be_nobody() -> bool:
    """Where the instructor is root; an ordinary user can be nobody but herself."""
    return str(NOBODY) in Path("/proc/self/uid_map").read_text().split()


def _set_apart(limits: Limits) -> None:
    """In the guard, where there is no sandbox: what can be had without one."""
    _prctl("subreaper", _PR_SET_CHILD_SUBREAPER, 1)
    _prctl("pdeathsig", _PR_SET_PDEATHSIG, signal.SIGKILL)
    impose(limits, processes=None)


def _become_learner(limits: Limits, enclosed: bool, scratch: str) -> None:
    os.setsid()
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for folder in ("work", "home"):
        os.mkdir(os.path.join(scratch, folder))
    os.chdir(os.path.join(scratch, "work"))
    if enclosed:
        with_processes, without = os.environ.pop(FILTER_VARIABLE).split(",")
        countable = limits.grouped or processes_bind()
        seccomp.load(base64.b64decode(with_processes if countable else without))
        _prctl("dumpable", _PR_SET_DUMPABLE, 1)  # so that it can read /proc/self
    else:
        _prctl("pdeathsig", _PR_SET_PDEATHSIG, signal.SIGKILL)
        os.environ.update(HOME=os.path.join(scratch, "home"), TMPDIR=scratch)
        tempfile.tempdir = scratch


def _mount(source: str | None, target: str, kind: str | None, flags: int, options: str | None = None) -> None:
    texts = [None if text is None else text.encode() for text in (source, target, kind, options)]
    _check(f"mount {target}", _LIBC.mount(*texts[:3], ctypes.c_ulong(flags), texts[3]))


def _prctl(what: str, *arguments: int) -> None:
    _check(what, _LIBC.prctl(arguments[0], *_words(*arguments[1:])))


def _words(*arguments: int) -> list[ctypes.c_ulong]:
    return [ctypes.c_ulong(word) for word in (*arguments, *[0] * (4 - len(arguments)))]


def _check(what: str, result: int) -> None:
    if result:
        raise OSError(ctypes.get_errno(), f"{what}: {os.strerror(ctypes.get_errno())}")

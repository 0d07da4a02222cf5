"""What the guard does: it waits beside a learner's process, watches the memory of all it started, and ends with it."""

import contextlib
import os
import resource
import shutil
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import NoReturn

PERIOD = 0.05  # seconds between two looks at the memory
PATIENCE = 5  # seconds for killed processes to be gone


def wait(learner: int, *, alone: bool, memory: int | None) -> NoReturn:
    """End as the learner ends, with its exit code or 128 + the signal that killed it.

    alone : this is the first process of a namespace, so that the kernel ends all others in it
    memory : how much the processes of this namespace may use together; None where nobody is to watch it
    """
    code = 1
    try:
        # From inside, the first process gets only signals that it has a handler for: it has none.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
        os.closerange(0, 1 << 16)  # so that what the learner holds open is closed when it dies
        code = _outlive(learner, memory if alone else None)
        if not alone:
            kill(children())
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code)


def sweep(scratch: dict[int, str]) -> None:
    """Without a sandbox: remove what learners left whose guards (pid → scratch folder) are dead.

    In the warm process, to which the kernel gives a dead guard's children.
    """
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    kill(children() - scratch.keys())
    for pid in scratch.keys() - children():
        shutil.rmtree(scratch.pop(pid), ignore_errors=True)


def children() -> set[int]:
    return set(map(int, Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()))


def kill(pids: set[int]) -> None:
    """Children of this process, with their children, who become this process's own when their parents are dead."""
    others = children() - pids
    deadline = time.monotonic() + PATIENCE
    while pids and time.monotonic() < deadline:
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for pid in pids:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, 0)
        pids = children() - others


def _outlive(learner: int, memory: int | None) -> int:
    while True:
        pid, status = os.waitpid(-1, 0 if memory is None else os.WNOHANG)  # orphans of the learner's come here too
        if pid == learner:
            code = os.waitstatus_to_exitcode(status)
            return code if code >= 0 else 128 - code
        if pid == 0:
            signal.sigtimedwait({signal.SIGCHLD}, PERIOD)
            if _used() > memory and _used(exactly=True) > memory:
                return 128 + signal.SIGKILL


def _used(exactly: bool = False) -> int:
    """Bytes in use by all processes here; without `exactly` those shared with the warm process count for each."""
    return sum(_of_one(pid, exactly) for pid in os.listdir("/proc") if pid.isdigit() and pid != "1")


def _of_one(pid: str, exactly: bool) -> int:
    with contextlib.suppress(OSError, StopIteration):
        if exactly:
            lines = Path("/proc", pid, "smaps_rollup").read_text().splitlines()
            return 1024 * int(next(line.split()[1] for line in lines if line.startswith("Pss_Anon:")))
    with contextlib.suppress(OSError):  # one that hides its map counts in full
        _, resident, shared, *_ = map(int, Path("/proc", pid, "statm").read_text().split())
        return (resident - shared) * resource.getpagesize()
    return 0  # gone meanwhile

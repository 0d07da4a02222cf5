"""What one submission may use, and the part of it that the kernel enforces for each process."""

import os
import re
import resource
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Limits:
    """Sizes in bytes; of every process, unless it says otherwise."""

    memory: int = 2 << 30  # on top of what the warm process has; of all together where a cgroup or the guard sees to it
    processes: int = 64  # of all together, threads count as well
    cpu_seconds: int = 300
    file_size: int = 64 << 20
    scratch: int = 256 << 20  # of all together
    scratch_files: int = 16384  # of all together
    open_files: int = 256
    grouped: bool = False  # a cgroup outside bounds the memory and the processes of all together


def impose(limits: Limits, processes: int | None) -> None:
    """Lower this process's limits for good, and those of all it starts.

    processes : how many there may be of this user in this user namespace; None: no limit, as they are not a learner's
    """
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = {
        resource.RLIMIT_AS: pages * resource.getpagesize() + limits.memory,
        # Not 0: a program that takes all core dumps of this machine would still be started and sent the memory.
        resource.RLIMIT_CORE: 1,
        resource.RLIMIT_FSIZE: limits.file_size,
        resource.RLIMIT_NOFILE: limits.open_files,
        resource.RLIMIT_MEMLOCK: 1 << 16,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_RTPRIO: 0,
        resource.RLIMIT_SIGPENDING: 1024,
    }
    if processes is not None and processes_bind():
        most[resource.RLIMIT_NPROC] = processes
    for what, value in most.items():
        _lower(what, value, value)
    _lower(resource.RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + 1)  # a second after SIGXCPU comes SIGKILL


def processes_bind() -> bool:
    """Whether RLIMIT_NPROC counts only what is in the sandbox: each user namespace has had its own since Linux 5.14."""
    version = re.match(r"(\d+)\.(\d+)", os.uname().release)
    return version is not None and tuple(map(int, version.groups())) >= (5, 14)


def tasks() -> int:
    """How many threads there are already that count against the limit of processes: those in this sandbox."""
    count = 0
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            count += len(os.listdir(f"/proc/{pid}/task"))
        except OSError:  # it has just ended
            continue
    return count


def _lower(what: int, soft: int, hard: int) -> None:
    allowed = resource.getrlimit(what)[1]
    if allowed != resource.RLIM_INFINITY:
        soft, hard = min(soft, allowed), min(hard, allowed)
    resource.setrlimit(what, (soft, hard))

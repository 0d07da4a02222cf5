"""A core for each run: a file in the folder that all workers share is locked by the one that uses the core."""

from __future__ import annotations

import fcntl
import os
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Core:
    """The cores that a run may use: one that is its own while `fd` is open, or all."""

    cores: list[int]
    fd: int = -1

    def close(self) -> None:
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1


def free_core(folder: Path) -> Core:
    """One that no other run uses; when there is none, the kernel may decide."""
    cores = sorted(os.sched_getaffinity(0))
    for core in cores:
        fd = os.open(folder / f"core-{core}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(fd)
        else:
            return Core([core], fd)
    return Core(cores)

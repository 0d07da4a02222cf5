"""A limit on the memory and the processes of one submission as a whole, where control groups can be written.

Runs outside, in the instructor's process. Version 1 and version 2 of control groups both occur, and neither; without
them the limits of each process and the guard's own watch remain (see `enclosure`).
"""

import contextlib
import functools
import itertools
import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

CONTROLLERS = ("memory", "pids")
PATIENCE = 5  # seconds for killed processes to be gone
_numbers = itertools.count()


@dataclass(frozen=True)
class Usage:
    memory: int  # bytes, at most at one time
    oom_kills: int  # processes that the kernel killed because the memory was used up


@functools.cache
def available() -> bool:
    """Whether a Group can be made here: tried once in a process."""
    try:
        if not _parents():
            return False
        Group(1 << 26, 8).close()
    except OSError:
        return False
    return True


def host_pid(pidfd: int) -> int:
    """The pid, as seen here, of a process in another namespace of processes."""
    lines = Path(f"/proc/self/fdinfo/{pidfd}").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pid:"))


class Group:
    """One submission's processes, together limited to `memory` bytes and `processes` tasks."""

    def __init__(self, memory: int, processes: int) -> None:
        # The namespace of processes in which the owner has this pid: another container may write the same groups.
        name = f"{_prefix()}{os.getpid()}-{next(_numbers)}"
        self.folders = [parent / name for parent in dict.fromkeys(_parents().values())]
        settings = {
            "memory.max": memory,
            "memory.swap.max": 0,
            "memory.oom.group": 1,
            "memory.limit_in_bytes": memory,
            "memory.memsw.limit_in_bytes": memory,  # of version 1, only where swapping is accounted
            "pids.max": processes,
        }
        try:
            for folder in self.folders:
                folder.mkdir()
                for file, value in settings.items():
                    if (folder / file).exists():
                        (folder / file).write_text(str(value))
        except OSError:
            self.close()
            raise

    def add(self, pid: int) -> None:
        """Put a process and all its descendants in; what they start from now on is born in it."""
        for folder in self.folders:
            with contextlib.suppress(ProcessLookupError):
                (folder / "cgroup.procs").write_text(str(pid))
        # Only now: a child that was born before is in this list, one that was born later is in the group.
        with contextlib.suppress(OSError):
            for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
                self.add(int(child))

    def usage(self) -> Usage:
        peak = self._read("memory.peak") or self._read("memory.max_usage_in_bytes") or self._read("memory.current")
        events = (self._read("memory.events") or self._read("memory.oom_control")).split()
        kills = dict(zip(events[::2], events[1::2], strict=False)).get("oom_kill", 0)
        return Usage(int(peak or 0), int(kills))

    def close(self) -> None:
        """Kill what is left in it and remove it."""
        for folder in self.folders:
            _remove(folder)

    def _read(self, name: str) -> str:
        return next((path.read_text() for folder in self.folders if (path := folder / name).exists()), "")


def _remove(folder: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        with contextlib.suppress(OSError):  # what cannot be read may be removable all the same
            for pid in (folder / "cgroup.procs").read_text().split():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(int(pid), signal.SIGKILL)
        try:
            return folder.rmdir()
        except FileNotFoundError:
            return
        except OSError:  # they are not gone yet
            if time.monotonic() > deadline:
                raise
            time.sleep(0.002)


@functools.cache
def _parents() -> dict[str, Path]:
    """Controller → folder to make groups in; empty unless there is one for each. Removes groups of dead owners."""
    parents = {name: parent for name in CONTROLLERS if (parent := _parent(name)) is not None}
    if len(parents) < len(CONTROLLERS):
        return {}
    for parent in set(parents.values()):
        for folder in parent.glob(f"{_prefix()}*"):
            owner = folder.name.removeprefix(_prefix()).split("-")[0]
            if not Path("/proc", owner).exists():
                with contextlib.suppress(OSError):
                    _remove(folder)
    return parents


def _prefix() -> str:
    return f"wall-{os.stat('/proc/self/ns/pid').st_ino}-"


def _parent(controller: str, process: Path = Path("/proc/self")) -> Path | None:
    try:
        own = [line.split(":", 2) for line in (process / "cgroup").read_text().splitlines()]
        mounts = [line.split() for line in (process / "mountinfo").read_text().splitlines()]
    except OSError:
        return None
    for _, names, path in own:
        for mount in mounts:
            root, point, kind, options = Path(mount[3]), Path(mount[4]), mount[-3], mount[-1].split(",")
            if not Path(path).is_relative_to(root):
                continue
            folder = point / Path(path).relative_to(root)
            if kind == "cgroup" and controller in names.split(",") and controller in options and _writable(folder):
                return folder
            if kind == "cgroup2" and not names:
                # A group that has processes of its own has no groups with limits in it: look further up.
                for above in (folder, *folder.parents):
                    if above.is_relative_to(point) and _writable(above) and controller in _passed_on(above):
                        return above
    return None


def _writable(folder: Path) -> bool:
    # Both: to move a process one must be allowed to write to the group above as well.
    return os.access(folder, os.W_OK) and os.access(folder / "cgroup.procs", os.W_OK)


def _passed_on(folder: Path) -> list[str]:
    try:
        return (folder / "cgroup.subtree_control").read_text().split()
    except OSError:
        return []

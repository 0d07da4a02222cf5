"""Starts a process inside bubblewrap that sees the Python environment and nothing else, or says why that can't be had.

Runs outside, in the instructor's process; what becomes of a learner's code inside is `enclosure`'s business.
"""

import base64
import functools
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from . import seccomp, view
from .enclosure import FILTER_VARIABLE, NOBODY, SCRATCH

# The warm process mounts, and as root becomes nobody, for each learner; a learner has none of these.
CAPABILITIES = ("CAP_SYS_ADMIN", "CAP_SETPCAP", "CAP_SETUID", "CAP_SETGID")
ENVIRONMENT = {
    "PATH": f"{sys.prefix}/bin:/usr/bin:/bin",
    "HOME": f"{SCRATCH}/home",
    "TMPDIR": SCRATCH,
    "LANG": "C.UTF-8",
    "USER": "learner",
    "PYTHONPATH": view.WALL,
    "PYTHONNOUSERSITE": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
}
INSTALL = {
    "apt-get": "apt-get install {}",
    "dnf": "dnf install {}",
    "zypper": "zypper install {}",
    "pacman": "pacman -S {}",
    "apk": "apk add {}",
}
# Settings that forbid namespaces of users: name, the value that forbids, the value that allows.
FORBIDDING = (
    ("kernel.apparmor_restrict_unprivileged_userns", "1", "0"),
    ("kernel.unprivileged_userns_clone", "0", "1"),
    ("user.max_user_namespaces", "0", "15000"),
)
TRIAL = """
import os
from grader.wall import enclosure
pid, _ = enclosure.fork(enclosure.Limits(), enclosed=True)
if pid == 0:
    os._exit(7)
code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
os._exit(code)
"""


class Unavailable(Exception):
    """No sandbox can be had here. The message says what is missing and the command that helps."""


@functools.cache
def require() -> None:
    """Start one sandbox and enclose one learner in it, once in a process; raises Unavailable where that fails."""
    process = start([sys.executable, "-c", TRIAL.replace("grader.wall", __package__)], pass_fds=(), packages={}, env={})
    try:
        code = process.wait(timeout=60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise Unavailable(f"A trial run of the sandbox did not end within a minute. {said(process)}") from None
    if code != 7:
        raise Unavailable(f"bubblewrap is installed but may not enclose a process here: {said(process)}\n{_allow()}")


def start(
    argv: Sequence[str],
    *,
    pass_fds: Sequence[int],
    packages: Mapping[str, Path],
    env: Mapping[str, str],
    read_only: Sequence[Path] = (),
    hide: Sequence[Path] = (),
) -> subprocess.Popen:
    """Start argv inside, with this environment's Python at its own path; it dies with the thread that starts it.

    pass_fds : all it inherits besides 0 (empty), 1 (nowhere) and 2 (a file, see `said`)
    packages : name → folder, to be imported inside, read-only, besides this package itself
    read_only : further folders, at their own paths
    hide : folders that are not to be seen, although they lie in one that is
    """
    bwrap = shutil.which("bwrap")
    if bwrap is None:
        raise Unavailable(f"Grading needs bubblewrap to enclose learners' code. {_install('bubblewrap')}")
    options = ["--unshare-all", "--unshare-user", "--new-session", "--die-with-parent", "--hostname", "wall"]
    # With other numbers bubblewrap nests a second user namespace, in which nothing more can be mounted.
    options += ["--uid", "0", "--gid", "0", "--cap-drop", "ALL"]
    for capability in CAPABILITIES:
        options += ["--cap-add", capability]
    options += [*view.options(packages, read_only, hide), "--chdir", "/", "--clearenv"]
    for name, value in {**ENVIRONMENT, **env, FILTER_VARIABLE: _filters()}.items():
        options += ["--setenv", name, value]
    as_root = os.geteuid() == 0 and _maps_nobody()
    if as_root and (folder := view.unreadable(packages)):
        raise Unavailable(f"Learners' code runs as nobody, who can't read {folder}. Allow it: chmod -R a+rX {folder}")
    log = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the process object
    with ExitStack() as stack:
        rules = _file(stack, seccomp.program(learner=False))
        info, blocked = _Pipe(stack), _Pipe(stack)
        options += ["--seccomp", str(rules)]
        if as_root:
            options += ["--info-fd", str(info.write), "--userns-block-fd", str(blocked.read)]
        # Not on the command line, which everybody on the machine can read.
        arguments = _file(stack, b"".join(os.fsencode(option) + b"\0" for option in options))
        process = subprocess.Popen(
            [bwrap, "--args", str(arguments), "--", *argv],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=log,
            pass_fds=[*pass_fds, rules, arguments, *((info.write, blocked.read) if as_root else ())],
            cwd="/",
            env={},
        )
        process.log = log
        if as_root:
            info.close_write()
            _map_root_and_nobody(info.read)
            os.write(blocked.write, b"1")
    return process


def said(process: subprocess.Popen) -> str:
    """The end of what a process that `start` started wrote to its stderr."""
    size = process.log.seek(0, os.SEEK_END)
    process.log.seek(max(0, size - 4000))
    return process.log.read().decode(errors="replace").strip()


def _map_root_and_nobody(info: int) -> None:
    """bubblewrap itself would map one user only; as nobody a learner owns no file and has a limit of processes."""
    text = b""
    while b"}" not in text and (more := os.read(info, 4096)):
        text += more
    if not text:
        return  # it is dead, and its log says why
    child = json.loads(text)["child-pid"]
    for name in ("uid_map", "gid_map"):
        Path(f"/proc/{child}/{name}").write_text(f"0 0 1\n{NOBODY} {NOBODY} 1\n")


def _maps_nobody() -> bool:
    """Whether there is such a user here: in a container not always."""
    for name in ("uid_map", "gid_map"):
        ranges = [list(map(int, line.split())) for line in Path("/proc/self", name).read_text().splitlines()]
        if not any(first <= NOBODY < first + length for first, _, length in ranges):
            return False
    return True


@functools.cache
def _filters() -> str:
    """What enclosure loads in a learner: the filter that lets it start processes, and the one that doesn't."""
    try:
        return ",".join(base64.b64encode(seccomp.program(learner=True, fork=fork)).decode() for fork in (True, False))
    except ImportError:
        raise Unavailable(f"Grading needs the package pyseccomp: {sys.executable} -m pip install pyseccomp") from None
    except (OSError, RuntimeError) as error:
        package = "libseccomp2" if shutil.which("apt-get") else "libseccomp"
        raise Unavailable(f"Grading needs libseccomp ({error}). {_install(package)}") from None


def _install(package: str) -> str:
    if sys.platform != "linux":
        return "It exists for Linux only: grade on a Linux machine."
    command = next((line for tool, line in INSTALL.items() if shutil.which(tool)), None)
    if command is None:
        return f"Install the package {package}."
    return "Install it: " + ("" if os.geteuid() == 0 else "sudo ") + command.format(package)


def _allow() -> str:
    """The command that lets bubblewrap make namespaces, guessed from what forbids it here."""
    sudo = "" if os.geteuid() == 0 else "sudo "
    for name, wrong, right in FORBIDDING:
        path = Path("/proc/sys", name.replace(".", "/"))
        if path.exists() and path.read_text().strip() == wrong:
            return f"Allow it: {sudo}sysctl -w {name}={right}"
    options = " ".join(f"--security-opt {what}=unconfined" for what in ("seccomp", "apparmor", "systempaths"))
    return f"Allow it: start the container with {options}"


class _Pipe:
    def __init__(self, stack: ExitStack) -> None:
        self.read, self.write = os.pipe()
        stack.callback(os.close, self.read)
        stack.callback(self.close_write)

    def close_write(self) -> None:
        if self.write >= 0:
            os.close(self.write)
            self.write = -1


def _file(stack: ExitStack, content: bytes) -> int:
    fd = os.memfd_create("wall")
    stack.callback(os.close, fd)
    os.write(fd, content)
    os.lseek(fd, 0, os.SEEK_SET)
    return fd

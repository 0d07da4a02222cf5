"""What an attack may find, reach or hurt, planted for it and watched: keys, files, a process, servers."""

from __future__ import annotations

import ctypes
import os
import re
import secrets
import signal
import socket
import subprocess
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

TOKEN = re.compile(r"planted-[a-z]+-[0-9a-f]{16}")
PLACES = ("environment", "gradebook", "hidden", "home", "fd", "memory", "neighbour", "shared", "source", "temp",
          "tcp", "unix")  # fmt: skip
IN_HOME = (".bashrc", ".jupyter/*", ".config/matplotlib/*", ".ipython/profile_default/startup/*.py",
           ".local/lib/**/*.pth")  # fmt: skip
PR_SET_CHILD_SUBREAPER, IPC_RMID = 36, 0
REPO = Path(__file__).resolve().parents[2]


class Scene:
    """Everything is under `base` but for an environment variable, a file in /dev/shm and an abstract socket."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.tokens = {place: f"planted-{place}-{secrets.token_hex(8)}" for place in PLACES}
        self.mark = secrets.token_hex(6)
        self.root, self.home, self.temp, self.outside = (base / name for name in ("class", "home", "temp", "outside"))
        for folder in (self.home, self.temp, self.outside):
            folder.mkdir(parents=True)
        self.heard: list[bytes] = []
        self._sockets: list[socket.socket] = []
        self._saved = dict(os.environ), tempfile.tempdir
        self._plant()
        self._listen()
        self.victim = subprocess.Popen(["sleep", f"1{secrets.randbelow(10**6):06d}"])

    def _plant(self) -> None:
        for name in (".ssh/id_test", ".jupyter/jupyter_server_config.json", ".config/notes.txt"):
            path = self.home / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self.tokens["home"])
        (self.temp / "planted.txt").write_text(self.tokens["temp"])
        self._shared = Path(f"/dev/shm/planted-{self.mark}")
        self._shared.write_text(self.tokens["shared"])
        self._memory = [self.tokens["memory"].encode()]
        self._fd = os.memfd_create("planted")
        os.set_inheritable(self._fd, True)
        os.write(self._fd, self.tokens["fd"].encode())
        os.environ.update(HOME=str(self.home), TMPDIR=str(self.temp), PLANTED_SECRET=self.tokens["environment"])
        tempfile.tempdir = str(self.temp)
        # A process that an attack leaves behind, and whose parents end, becomes a child of this one.
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        self._earlier = set(_descendants())

    def _listen(self) -> None:
        tcp, udp = socket.create_server(("127.0.0.1", 0)), socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        udp.bind(("127.0.0.1", 0))
        named, abstract = socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)
        # The path of a Unix socket may have 107 bytes at most.
        self._socket_folder = tempfile.mkdtemp(prefix="s-", dir="/tmp")
        named.bind(f"{self._socket_folder}/s")
        abstract.bind(f"\0planted-{self.mark}")
        for one in (named, abstract):
            one.listen()
        self.ports = {"tcp": tcp.getsockname()[1], "udp": udp.getsockname()[1], "socket": f"{self._socket_folder}/s"}
        self._sockets = [tcp, udp, named, abstract]
        for one, answer in ((tcp, "tcp"), (named, "unix"), (abstract, "unix")):
            threading.Thread(target=self._serve, args=(one, self.tokens[answer]), daemon=True).start()
        threading.Thread(target=self._hear, args=(udp,), daemon=True).start()

    def _serve(self, listening: socket.socket, answer: str) -> None:
        with suppress(OSError):
            while True:
                line, _ = listening.accept()
                with line, suppress(OSError):
                    line.settimeout(1)
                    self.heard.append(line.recv(1000))
                    line.sendall(f"HTTP/1.0 200 OK\r\n\r\n{answer}".encode())

    def _hear(self, line: socket.socket) -> None:
        with suppress(OSError):
            while True:
                self.heard.append(line.recv(1000))

    # What attacks are told

    def fill(self, text: str, student: str) -> str:
        """The text with the place's facts in it; what is outside is told apart by student."""
        facts = {**self.facts, "outside": str(self.outside_of(student)), "me": student}
        return re.sub(r"\{\{(\w+)\}\}", lambda found: str(facts[found[1]]), text)

    @property
    def facts(self) -> dict[str, object]:
        return {
            "root": self.root, "home": self.home, "temp": self.temp, "repo": REPO, **self.ports, "mark": self.mark,
            "abstract": f"planted-{self.mark}", "victim": self.victim.pid, "victim_mark": self.victim.args[1],
            "pid": os.getpid(), "pid_ns": os.readlink("/proc/self/ns/pid"), "net_ns": os.readlink("/proc/self/ns/net"),
            "shm_key": f"{int(self.mark[:6], 16):x}",
        }  # fmt: skip

    def outside_of(self, student: str) -> Path:
        folder = self.outside / student
        if not folder.is_dir():
            folder.mkdir()
            (folder / "keep.txt").write_text("to be kept\n")
            (folder / "delete-me.txt").write_text("to be kept, too\n")
        return folder

    # What became of it

    def look(self) -> None:
        """Remember how everything is before the run."""
        self._before = self._state()

    def changes(self) -> list[Path]:
        """Files outside of the run's own results that are new, changed or gone."""
        now = self._state()
        return sorted(path for path in {*now, *self._before} if now.get(path) != self._before.get(path))

    def _state(self) -> dict[Path, bytes | str]:
        folders = [self.outside, self.home / ".ssh", *(self.root / name for name in ("source", "release", "submitted"))]
        files = [path for folder in folders for path in folder.rglob("*")]
        # Libraries keep things of their own in a home folder: of the rest of it only what an attack goes for.
        files += [path for pattern in IN_HOME for path in self.home.glob(pattern)]
        return {path: _content(path) for path in [*files, self.root / "nbgrader_config.py"]}

    def left_files(self) -> list[Path]:
        """What is left in folders for temporary files."""
        marked = [Path(place) / name for place in ("/tmp", "/var/tmp", "/dev/shm", "/run", self.home) for name in
                  (f"left-for-{self.mark}", f"flood-{self.mark}")]  # fmt: skip
        own = ("planted.txt", "pymp-")  # the second is Python's, until the end of this process
        left = [path for path in self.temp.iterdir() if not path.name.startswith(own)]
        return left + [path for path in marked if path.exists()]

    def left_processes(self, patience: float = 2.0) -> list[str]:
        """The command lines of processes that have been started since the beginning and still live."""
        end = time.monotonic() + patience
        while True:
            left = {pid: text for pid, text in _descendants().items() if pid not in self._earlier and _lives(pid, text)}
            left.pop(self.victim.pid, None)
            if not left or time.monotonic() > end:
                return sorted(left.values())
            time.sleep(0.1)

    def leaks(self, text: str) -> list[str]:
        """The places whose keys are in this text."""
        known = {token: place for place, token in self.tokens.items()}
        return sorted({known[token] for token in TOKEN.findall(text) if token in known})

    def victim_lives(self) -> bool:
        return self.victim.poll() is None

    def close(self) -> None:
        """End and remove everything that was planted, and what attacks have left of theirs."""
        for pid, command in _descendants().items():
            if pid not in self._earlier and _lives(pid, command):
                with suppress(OSError):
                    os.kill(pid, signal.SIGKILL)
        for line in self._sockets:
            line.close()
        with suppress(OSError):
            self.victim.kill()
            self.victim.wait()
        os.close(self._fd)
        for path in [self._shared, Path(self._socket_folder) / "s", *self.left_files()]:
            if path.is_file() or path.is_socket():
                path.unlink()
        os.rmdir(self._socket_folder)
        libc = ctypes.CDLL(None)
        number = libc.shmget(int(self.mark[:6], 16), 0, 0)
        if number >= 0:
            libc.shmctl(number, IPC_RMID, None)
        libc.prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)
        environment, tempfile.tempdir = self._saved
        os.environ.clear()
        os.environ.update(environment)


def _content(path: Path) -> bytes | str:
    if path.is_symlink():
        return os.readlink(path)
    if path.is_file():
        return path.read_bytes() if path.stat().st_size < 1 << 24 else str(path.stat().st_mtime_ns)
    return "folder"


def _descendants() -> dict[int, str]:
    """pid → command line of all processes that come from this one."""
    parents: dict[int, int] = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            with suppress(OSError, ValueError, IndexError):
                parents[int(name)] = int(Path(f"/proc/{name}/stat").read_text().rpartition(")")[2].split()[1])
    found, waiting = {}, [os.getpid()]
    while waiting:
        parent = waiting.pop()
        for pid in [pid for pid, its in parents.items() if its == parent and pid not in found]:
            with suppress(OSError):
                found[pid] = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            waiting.append(pid)
    return found


def _lives(pid: int, command: str) -> bool:
    """Whether it does more than wait to be asked for its exit code, and is none of Python's own helpers."""
    if "multiprocessing.resource_tracker" in command or "multiprocessing.forkserver" in command:
        return False
    with suppress(OSError):
        if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
            return True
        with suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)
    return False



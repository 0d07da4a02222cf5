"""What is to be seen inside the sandbox, as options for bubblewrap: the system, the Python environment, packages."""

import os
import sys
import sysconfig
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from .enclosure import SCRATCH

WALL = "/wall"
# Of /etc only what a program needs to start, to know the time of day and to find a font.
FROM_ETC = ("alternatives", "fonts", "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "localtime")
FROM_ROOT = ("bin", "lib", "lib32", "lib64", "libx32", "sbin")
HERE = Path(__file__).parent
MOST_LINKS = 40


def options(packages: Mapping[str, Path], read_only: Sequence[Path], hide: Sequence[Path]) -> list[str]:
    """bubblewrap's options. `hide` may lie in what is shown; what is shown may lie in `hide`: the deeper one counts."""
    shown = {Path("/usr"), *environment(), *map(_absolute, read_only)}
    binds = {path: path for path in shown}
    for root, folder in {__package__: HERE, **packages}.items():
        binds[Path(WALL, *root.split("."))] = _absolute(folder)
    # Where our own package is installed in the environment it brings along what no learner may see.
    hidden = {path for path in (HERE.parent, *map(_absolute, hide)) if _root(path, shown) and path.is_dir()} - shown
    mounts = _parents({*binds, Path("/etc/any")}) + _system()
    for path in sorted({*binds, *hidden}, key=lambda path: len(path.parts)):
        mounts += ["--ro-bind", str(binds[path]), str(path)] if path in binds else ["--tmpfs", str(path)]
    mounts += _links(Path(sys.executable), shown)
    mounts += ["--proc", "/proc", "--dev", "/dev", "--perms", "1777", "--tmpfs", SCRATCH]
    if not any(path.is_relative_to("/tmp") for path in binds):  # an environment can lie there
        mounts += ["--symlink", SCRATCH, "/tmp"]
    for path in (*sorted(hidden), "/dev", "/"):
        mounts += ["--remount-ro", str(path)]
    return mounts


def environment() -> set[Path]:
    """The folders of the running Python and of its virtual environment, as it names them itself."""
    return {Path(prefix) for prefix in (sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix)}


def unreadable(packages: Mapping[str, Path]) -> Path | None:
    """A folder that somebody without privileges can't read, though it is needed inside; None if there is none."""
    for folder in (*environment(), Path(sysconfig.get_path("purelib")), HERE, *packages.values()):
        for path in (folder, *folder.glob("*.py")):
            if path.stat().st_mode & 0o004 == 0 or path.is_dir() and path.stat().st_mode & 0o001 == 0:
                return folder
    return None


def _system() -> list[str]:
    found = []
    for name in FROM_ROOT:
        path = Path("/", name)
        if path.is_symlink():
            found += ["--symlink", os.readlink(path), str(path)]
        elif path.is_dir():
            found += ["--ro-bind", str(path), str(path)]
    for name in FROM_ETC:
        found += ["--ro-bind-try", f"/etc/{name}", f"/etc/{name}"]
    return found


def _parents(binds: Collection[Path]) -> list[str]:
    """The folders that lead to what is shown. bubblewrap would make them for its own user alone."""
    above = {parent for path in binds for parent in path.parents if _root(parent, set(binds)) is None}
    made = []
    for path in sorted(above - {Path("/")}, key=lambda path: len(path.parts)):
        made += ["--perms", "0755", "--dir", str(path)]
    return made


def _links(path: Path, shown: set[Path]) -> list[str]:
    """A virtual environment's python is often a link to a link in a folder that is not shown: show the links alone."""
    found = []
    for _ in range(MOST_LINKS):
        root = _root(path, shown)
        steps = [step for step in (*reversed(path.parents), path) if root is None or root in step.parents]
        link = next((step for step in steps if step.is_symlink()), None)
        if link is None:
            return found if root else [*found, "--ro-bind", str(path), str(path)]
        target = os.readlink(link)
        if root is None and link.parts[1] not in FROM_ROOT:
            found += ["--symlink", target, str(link)]
        path = Path(os.path.normpath(link.parent / target / path.relative_to(link)))
    return found


def _root(path: Path, shown: set[Path]) -> Path | None:
    return next((root for root in shown if root == path or root in path.parents), None)


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))

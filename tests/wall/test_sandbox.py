"""What a learner's code can see and reach from inside the sandbox, and what is said where none can be had."""

import inspect
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from enclosed import AS_USER, SECRET, attempt, beside_secrets

from grader.wall import sandbox, view


@pytest.fixture(scope="module")
def warm(tmp_path_factory):
    yield from beside_secrets(tmp_path_factory.mktemp("course"))


def test_nothing_of_the_machine_but_the_system_and_the_environment_is_to_be_seen(warm):
    def search():
        import os
        import sys

        elsewhere = ("/usr", "/proc", "/wall", "/dev", "/etc", sys.prefix, sys.base_prefix, "/lib", "/bin")
        for folder, folders, files in os.walk("/"):
            folders[:] = [name for name in folders if not os.path.join(folder, name).startswith(elsewhere)]
            for path in (os.path.join(folder, name) for name in files):
                if not path.startswith(elsewhere) and not os.path.islink(path):
                    print(path)
        print("etc", sorted(os.listdir("/etc")))
        print("wall", sorted(os.listdir("/wall")), sorted(os.listdir("/wall/grader")))

    *files, etc, wall = warm.report(search).splitlines()
    assert files == []
    assert set(re.findall(r"'([^']+)'", etc)) <= set(view.FROM_ETC)
    assert wall == "wall ['grader'] ['wall']"


def test_files_of_the_course_the_home_and_the_repository_are_not_there(warm):
    repository = Path(__file__).parents[2]
    paths = [warm.secret, repository / "pyproject.toml", repository / "solutions", Path.home() / ".bashrc"]
    paths += ["/etc/passwd", "/etc/shadow", "/sys", "/run", "/var", "/boot", f"/proc/1/root{warm.secret}"]
    paths += [f"/proc/self/cwd/../..{warm.secret}", f"/proc/{warm.process.pid}/cwd"]
    code = f"import os\nprint([path for path in {list(map(str, paths))} if os.path.lexists(path)])"
    assert warm.report(code) == "[]\n"


def test_links_lead_nowhere_outside(warm):
    code = f"import os\nos.symlink({str(warm.secret)!r}, 'a')\nprint(os.path.lexists('a'), os.path.exists('a'))"
    assert warm.report(code) == "True False\n"


def test_environment_variables_and_open_files_of_the_instructor_do_not_come_along(warm):
    def look():
        import os

        print(dict(os.environ))
        for fd in map(str, range(1000)):
            if path := attempt(os.readlink, f"/proc/self/fd/{fd}"):
                print(fd, path)

    environment, stdin, *outputs = warm.report(look).splitlines()
    assert "SECRET" not in environment and "WALL_FILTERS" not in environment
    assert stdin == "0 /dev/null"
    assert [re.sub(r"\d{2,}", "N", line) for line in outputs] == ["1 pipe:[N]", "2 pipe:[N]"]


def test_the_warm_process_inherits_what_it_is_given_and_nothing_else():
    def look(answer):
        import json
        import os
        import stat

        seen = {}
        for fd in range(1000):
            if (status := attempt(os.fstat, fd)) is None:
                continue
            if stat.S_ISFIFO(status.st_mode) and os.read(fd, 1) == b"":
                continue  # what bubblewrap itself forgot: nobody holds the other end
            kinds = {stat.S_IFREG: "file", stat.S_IFSOCK: "socket", stat.S_IFCHR: os.readlink(f"/proc/self/fd/{fd}")}
            seen[fd] = kinds.get(stat.S_IFMT(status.st_mode), "?")
        os.write(answer, json.dumps(seen).encode())

    one, other = socket.socketpair()
    number = other.fileno()
    sources = [textwrap.dedent(inspect.getsource(function)) for function in (attempt, look)]
    code = "\n".join([*sources, f"look({number})"])
    process = sandbox.start([sys.executable, "-c", code], pass_fds=[number], packages={}, env={})
    other.close()
    assert process.wait() == 0, sandbox.said(process)
    assert json.loads(one.recv(1000)) == {"0": "/dev/null", "1": "/dev/null", "2": "file", str(number): "socket"}


def test_only_its_own_processes_are_to_be_seen(warm):
    def look():
        import os
        from pathlib import Path

        print(sorted(pid for pid in os.listdir("/proc") if pid.isdigit()))
        for name in ("environ", "mem", "maps", "root", "cwd", "fd", "exe", "auxv", "pagemap", "stack"):
            for path in (Path(f"/proc/{pid}/{name}") for pid in os.listdir("/proc") if pid.isdigit()):
                if int(path.parts[2]) != os.getpid():
                    inside = attempt(os.listdir, path) or []
                    print(end=str(attempt(os.readlink, path) or attempt(path.read_bytes) or ""))
                    print(end="".join(attempt(os.readlink, path / file) or "" for file in inside))

    assert warm.report(look) == "['1', '2']\n"


def test_nothing_in_proc_can_be_written(warm):
    def write():
        import os

        for folder, folders, files in os.walk("/proc"):
            if folder == "/proc":
                folders[:] = ["sys", "1", "self", "irq", "bus", "fs"]
            for path in (os.path.join(folder, name) for name in files):
                if attempt(os.open, path, os.O_WRONLY) is not None:
                    print("OPENED", path)

    assert warm.report(write) == ""


def test_environment_and_system_are_read_only(warm):
    def write():
        import os
        import sys
        import sysconfig

        places = [sysconfig.get_path("purelib"), sys.prefix, sys.base_prefix, "/usr/lib", "/usr", "/", "/etc", "/wall"]
        for place in [*places, "/wall/grader", "/wall/grader/wall", "/dev", "/proc/self", "/home", "/root"]:
            attempts = [
                attempt(os.open, os.path.join(place, "sitecustomize.py"), os.O_WRONLY | os.O_CREAT),
                attempt(lambda: os.mkdir(os.path.join(place, "x")) or 0),  # noqa: B023 - called at once
                attempt(lambda: os.utime(place) or 0),  # noqa: B023
                attempt(lambda: os.symlink("/tmp", os.path.join(place, "y")) or 0),  # noqa: B023
            ]
            print(end="" if attempts == [None] * 4 else f"WROTE {place} ")
        for path in ("/wall/grader/wall/wire.py", sys.executable, os.__file__):
            attempts = [attempt(os.open, path, flags) for flags in (os.O_WRONLY, os.O_RDWR, os.O_RDWR | os.O_TRUNC)]
            attempts += [attempt(lambda: os.link(path, "/scratch/work/link") or 0)]  # noqa: B023
            print(end="" if attempts == [None] * 4 else f"OPENED {path} ")

    assert warm.report(write) == ""


def test_devices_are_the_harmless_ones(warm):
    def look():
        import os
        import stat

        for folder, folders, files in os.walk("/dev"):
            folders[:] = [name for name in folders if name not in ("shm", "fd")]
            for name in files:
                mode = os.lstat(os.path.join(folder, name)).st_mode
                if not stat.S_ISLNK(mode):
                    print(name if stat.S_ISCHR(mode) else "NOT A CHARACTER DEVICE " + name)
        print(end="" if attempt(os.open, "/dev/tty", os.O_RDWR) is None else "TERMINAL")

    assert set(warm.report(look).split()) <= {"null", "zero", "full", "random", "urandom", "tty", "ptmx"}


def test_there_is_no_network(warm):
    def connect():
        import errno
        import socket

        for family in (socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK, socket.AF_PACKET, 40, 38):
            for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW):
                try:
                    print("OPENED", socket.socket(family, kind))
                except OSError as error:
                    print(errno.errorcode.get(error.errno))
        try:
            socket.create_connection(("127.0.0.1", 22), timeout=2)
        except OSError as error:
            print(errno.errorcode.get(error.errno))

    assert warm.report(connect).split() == ["EPERM"] * 19


def test_a_socket_of_a_process_outside_is_out_of_reach_by_name_and_by_path(warm, tmp_path):
    for name in (f"\0wall-{SECRET}", str(tmp_path / "s")):
        with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
            server.bind(name)
            server.listen()
            client.connect(name)
            code = f"import socket\ns = socket.socket(socket.AF_UNIX)\nprint(s.connect_ex({name!r}.replace('x', 'x')))"
            assert int(warm.report(code)) != 0


def test_packages_are_imported_inside_and_what_is_hidden_is_not_seen(tmp_path):
    package, shown, hidden = tmp_path / "elsewhere", tmp_path / "data", tmp_path / "data" / "answers"
    for folder, name in ((package, "__init__.py"), (shown, "digits.txt"), (hidden, "answer.txt")):
        folder.mkdir()
        (folder / name).write_text(f"word = '{name}'\n")
    code = (
        "import os, sys, helpers, grader.wall.sandbox\nprint(helpers.word, helpers.__file__, "
        f"os.listdir({str(hidden)!r}), os.environ['GIVEN'], sorted(os.listdir({str(shown)!r})), file=sys.stderr)"
    )
    process = sandbox.start(
        [sys.executable, "-c", code],
        pass_fds=(),
        packages={"helpers": package},
        env={"GIVEN": "x"},
        read_only=[shown],
        hide=[hidden, tmp_path / "unseen"],
    )
    assert process.wait() == 0, sandbox.said(process)
    assert sandbox.said(process) == "__init__.py /wall/helpers/__init__.py [] x ['answers', 'digits.txt']"


def test_of_a_grader_installed_in_the_environment_only_the_wall_is_seen(tmp_path, monkeypatch):
    wall = tmp_path / "site-packages" / "grader" / "wall"
    shutil.copytree(view.HERE, wall)
    (wall.parent / "__init__.py").touch()
    (wall.parent / "hidden.py").write_text(f"answer = {SECRET!r}")
    monkeypatch.setattr(view, "HERE", wall)
    site = str(wall.parents[1])
    code = f"import os, sys\nsys.path.append({site!r})\nimport grader.wall.wire\nprint(os.listdir({site!r}), "
    code += f"os.listdir({str(wall.parent)!r}), grader.wall.__file__, file=sys.stderr)"
    process = sandbox.start([sys.executable, "-c", code], pass_fds=(), packages={}, env={}, read_only=[Path(site)])
    assert process.wait() == 0, sandbox.said(process)
    assert sandbox.said(process) == "['grader'] [] /wall/grader/wall/__init__.py"


def test_an_environment_whose_python_is_a_link_to_a_link_is_shown_with_the_links(tmp_path):
    (tmp_path / "current").symlink_to(sys.base_prefix)
    (tmp_path / "venv" / "bin").mkdir(parents=True)
    python = tmp_path / "venv" / "bin" / "python"
    python.symlink_to(tmp_path / "current" / "bin" / "python3")
    shown = {Path("/usr"), tmp_path / "venv", Path(sys.base_prefix)}
    assert view._links(python, shown) == ["--symlink", sys.base_prefix, str(tmp_path / "current")]


def test_without_bubblewrap_the_message_names_the_command_that_installs_it(monkeypatch, tmp_path):
    (tmp_path / "apt-get").touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    sandbox.require.cache_clear()
    with pytest.raises(sandbox.Unavailable, match="apt-get install bubblewrap"):
        sandbox.require()


def test_a_bubblewrap_that_may_not_make_namespaces_is_reported_with_what_it_said(monkeypatch, tmp_path):
    bwrap = tmp_path / "bwrap"
    bwrap.write_text("#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n")
    bwrap.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    sandbox.require.cache_clear()
    with pytest.raises(sandbox.Unavailable, match="No permissions to create new namespace\nAllow it: "):
        sandbox.require()


def test_a_trial_run_says_once_in_a_process_that_a_sandbox_can_be_had():
    sandbox.require.cache_clear()
    sandbox.require()
    begin = time.monotonic()
    sandbox.require()
    assert time.monotonic() - begin < 0.01


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody else")
@pytest.mark.skipif(not (shutil.which("setpriv") and shutil.which("unshare")), reason="no setpriv or unshare")
def test_all_of_this_holds_for_an_ordinary_user(tmp_path):
    """What she can't reach, as in root's home, is shown to her in a mount namespace of this test's own."""
    needed = sorted({Path(sys.prefix), Path(sys.base_prefix), Path(__file__).parents[2]})
    closed = {p for f in needed if (p := next((p for p in reversed(f.parents) if not p.stat().st_mode & 1), None))}
    lines = ["set -e"]
    for number, folder in enumerate(needed):
        (tmp_path / str(number)).mkdir()
        lines.append(f"mount --rbind '{folder}' '{tmp_path}/{number}'")
    lines += [f"mount -t tmpfs -o mode=755 none '{folder}'" for folder in closed]
    for number, folder in enumerate(needed):
        if closed & set(folder.parents):
            lines.append(f"mkdir -p '{folder}'; mount --rbind '{tmp_path}/{number}' '{folder}'")
    lines.append("mount -t tmpfs -o mode=1777 none /mnt; cd /mnt")
    tests = " ".join(f"'{path}'" for path in sorted(Path(__file__).parent.glob("test_sandbox*.py")))
    lines.append(
        f"exec setpriv --reuid=61234 --regid=61234 --clear-groups env HOME=/mnt TMPDIR=/mnt {AS_USER}=1 "
        f"PYTHONDONTWRITEBYTECODE=1 '{sys.executable}' -m pytest -q -n0 -p no:cacheprovider {tests}"
    )
    command = ["unshare", "--mount", "--propagation", "private", "sh", "-c", "\n".join(lines)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr
    assert re.search(r"\b\d\d passed", done.stdout), done.stdout

"""Build .venv/ from the locks, and see to what only the system can give. Called by the Makefile; needs only Python.

    python3 .ci/bootstrap.py learner    what a learner needs (course/requirements.lock)
    python3 .ci/bootstrap.py full       everything (requirements.lock)
    python3 .ci/bootstrap.py sandbox    bubblewrap, in which learners' code is graded; never fails
    python3 .ci/bootstrap.py tests      bubblewrap, Chromium, a Korean font and PostgreSQL for the tests; never fails

It lives here, beside the other thing that sets up machines, so that the top folder stays short. Written for any
Python 3, so that one that is too old gets a sentence and no traceback.
"""

import fcntl
import hashlib
import os
import platform
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
# Present while a build is under way: found at the start of the next one, it means that this one was interrupted.
BUILDING = os.path.join(VENV, ".dlbasic-building")
LOCKS = {"learner": "course/requirements.lock", "full": "requirements.lock"}
OLDEST = (3, 11)
NEW_ENOUGH = f"import sys; assert sys.version_info >= {OLDEST}"
NEWEST_TO_TRY = 14
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main():
    wanted = sys.argv[1] if len(sys.argv) == 2 else ""
    if wanted in SYSTEM:
        SYSTEM[wanted]()
        return
    if wanted not in LOCKS:
        stop("usage: python3 .ci/bootstrap.py learner|full|sandbox|tests")
    use_a_new_enough_python()
    # Two makes at once would write over each other: the second waits for the first. The lock is on the folder itself.
    with_folder = os.open(ROOT, os.O_RDONLY)
    fcntl.flock(with_folder, fcntl.LOCK_EX)
    if not is_built(wanted):
        build(wanted)


def use_a_new_enough_python():
    """Carry on under another Python where this one is too old and a newer one is at hand."""
    if sys.version_info >= OLDEST:
        return
    for minor in range(NEWEST_TO_TRY, OLDEST[1] - 1, -1):
        name = f"python3.{minor}"
        # A pyenv shim may be on the path and still refuse to run: try it.
        if shutil.which(name) and subprocess.call([name, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            os.execvp(name, [name, *sys.argv])
    stop(
        f"DLBasic needs Python 3.11 or newer; this is {platform.python_version()} ({sys.executable}).\n"
        "Install a newer one and say which: make learn PYTHON=/path/to/python3.12"
    )


# ---------------------------------------------------------------- the virtual environment


def stamp(wanted):
    return os.path.join(VENV, ".dlbasic-" + wanted)


def recipe(wanted):
    """Everything that the environment depends on, as one hash: when that changes, it is brought up to date."""
    digest = hashlib.sha256(ROOT.encode())
    for name in (LOCKS[wanted], "pyproject.toml", ".ci/build.lock"):
        with open(os.path.join(ROOT, name), "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def runs(*command):
    try:
        return subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def is_built(wanted):
    # The full environment holds the learner's.
    for kind in {wanted, "full"}:
        try:
            with open(stamp(kind)) as file:
                fresh = file.read() == recipe(kind)
        except OSError:
            continue
        if fresh and not os.path.exists(BUILDING) and runs(PYTHON, "-c", NEW_ENOUGH):
            return True
    return False


def build(wanted):
    make_venv()
    with open(BUILDING, "w"):
        pass
    for kind in LOCKS:
        if os.path.exists(stamp(kind)):
            os.remove(stamp(kind))
    say(f"building .venv/ from {LOCKS[wanted]}")
    # uv (for speed) and what an editable install of the project itself needs.
    must([PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", ".ci/build.lock"])
    # As pip does unasked: where nothing may be written later, each start would compile a thousand modules anew. Not for
    # a learner, who starts one server and waits for it: that compiles what it needs.
    compiled = ["--compile-bytecode"] if wanted == "full" else []
    install(["--require-hashes", "-r", LOCKS[wanted]], *compiled)
    install(["--no-deps", "--no-build-isolation", "-e", "."])
    with open(stamp(wanted) + ".new", "w") as file:
        file.write(recipe(wanted))
    os.remove(BUILDING)
    os.replace(stamp(wanted) + ".new", stamp(wanted))


def make_venv():
    if os.path.exists(BUILDING) or not runs(PYTHON, "-m", "pip", "--version"):
        clear = ["--clear"] if os.path.exists(VENV) else []
        if not runs(sys.executable, "-c", "import venv, ensurepip"):
            # Debian and Ubuntu keep these two in a package of their own.
            package = f"python3.{sys.version_info[1]}-venv"
            if not apt_install([package], "Python's venv module is missing"):
                sys.exit(2)
        must([sys.executable, "-m", "venv", *clear, VENV])
    elif not runs(PYTHON, "-c", NEW_ENOUGH):
        stop(".venv/ holds a Python that is too old. Remove it (rm -rf .venv) and run make again.")


def install(arguments, *for_uv):
    """With uv; with pip where uv cannot, since it does not read an index from pip's configuration."""
    uv = [os.path.join(VENV, "bin", "uv"), "pip", "install", "--quiet", "--python", PYTHON, *for_uv]
    if subprocess.call([*uv, *arguments], cwd=ROOT) != 0:
        say("uv could not; once more with pip, which reads pip's own configuration (this takes a few minutes)")
        must([PYTHON, "-m", "pip", "install", "--quiet", *arguments])


def must(command):
    code = subprocess.call(command, cwd=ROOT)
    if code != 0:
        stop(f"this failed (see above):\n  {' '.join(command)}\nOnce it is put right, run make again.")


# ---------------------------------------------------------------- what only the system can give


def has_browser():
    """Debian's Chromium, another one on the path, the one named in DLBASIC_BROWSER, or the one Playwright brought."""
    if os.environ.get("DLBASIC_BROWSER") or any(shutil.which(name) for name in BROWSERS):
        return True
    ask = (
        "import os, sys; from playwright.sync_api import sync_playwright as p; b = p().start();"
        "found = os.path.exists(b.chromium.executable_path); b.stop(); sys.exit(not found)"
    )
    return runs(PYTHON, "-c", ask)


def has_korean_font():
    listing = subprocess.run(["fc-list", ":lang=ko"], stdout=subprocess.PIPE) if shutil.which("fc-list") else None
    return bool(listing and listing.stdout.strip())


def has_library(name):
    return any(
        os.path.exists(os.path.join(folder, name))
        for folder in ("/lib", "/usr/lib", "/usr/lib64", "/lib/x86_64-linux-gnu", "/lib/aarch64-linux-gnu")
    )


def for_the_sandbox():
    missing = [] if shutil.which("bwrap") else ["bubblewrap"]
    missing += [] if has_library("libseccomp.so.2") else ["libseccomp2"]
    if missing:
        apt_install(missing, "grading needs bubblewrap to enclose learners' code and will refuse to run")


def for_the_tests():
    for_the_sandbox()
    if not os.path.isdir("/usr/lib/postgresql") and not shutil.which("initdb"):
        apt_install(["postgresql"], "the tests of a PostgreSQL gradebook need PostgreSQL and will be skipped")
    if not has_browser() and not apt_install(["chromium"], "the browser tests need Chromium and will be skipped"):
        say("or, without a package manager's help: .venv/bin/playwright install --with-deps chromium")
    if not has_korean_font():
        apt_install(["fonts-nanum"], "screenshots of Korean pages need a Korean font and will show boxes")


SYSTEM = {"sandbox": for_the_sandbox, "tests": for_the_tests}


def apt_install(packages, why):
    """Install `packages` where we may (root, apt); otherwise print `why` and the exact command. True when installed."""
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if shutil.which("apt-get") and os.geteuid() == 0:
        say(f"{why.split(' and will ')[0]}: installing {' '.join(packages)}")
        # Another apt may be at work: wait for it rather than fail.
        wait = ["-o", "DPkg::Lock::Timeout=600", "-q"]
        quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        for step in (["apt-get", "update"], command):
            step = [step[0], *wait, *step[1:]]
            done = subprocess.run(step, env=quiet, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode == 0:
            return True
        sys.stderr.write(done.stdout.decode(errors="replace")[-2000:])
    say(why)
    say(f"to install what is missing: sudo apt-get update && sudo {' '.join(command)}")
    return False


def say(text):
    sys.stderr.write(f"dlbasic: {text}\n")
    sys.stderr.flush()


def stop(text):
    say(text)
    sys.exit(2)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        stop("stopped half way; run make again")

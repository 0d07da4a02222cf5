"""Make the three locks from pyproject.toml and .ci/build.in. Run by hand when a dependency changes; needs a network.

    .venv/bin/python .ci/lock.py              keep every version that still fits
    .venv/bin/python .ci/lock.py --upgrade    take the newest ones

No index host is written down, so that the locks serve every mirror; every file has its hash.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = "3.11"
RECIPE = ["--universal", "--generate-hashes", "--no-emit-index-url", "--no-header", "--python-version", OLDEST_PYTHON]


def compile_lock(source: str, target: str, *options: str) -> None:
    # Relative names, run from the root: the comments in a lock say where a requirement came from.
    uv = Path(sys.executable).with_name("uv")
    command = [str(uv), "pip", "compile", "--quiet", *RECIPE, *options, *sys.argv[1:], source, "-o", target]
    subprocess.run(command, cwd=ROOT, check=True)
    print(f"{target}: {sum(line[0].isalnum() for line in (ROOT / target).read_text().splitlines())} packages")


if __name__ == "__main__":
    compile_lock("pyproject.toml", "requirements.lock", "--all-extras")
    # The same versions for a learner: the full lock constrains the smaller ones.
    compile_lock("pyproject.toml", "course/requirements.lock", "-c", "requirements.lock")
    compile_lock(".ci/build.in", ".ci/build.lock", "-c", "requirements.lock")

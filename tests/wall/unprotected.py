"""Runs the attacks where nothing protects anybody: in one ordinary kernel a submission. What succeeds there is a real
attack; `attacks/evidence.json` keeps which did. Run it only inside a sandbox that is thrown away:

    python tests/wall/unprotected.py        (starts itself again in bubblewrap: no network, own processes, own /tmp)
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPO = HERE.parents[1]
KEPT = HERE / "attacks" / "evidence.json"
GRADER = Path(os.environ.get("GRADER", REPO))  # another version of the project, to try the attacks on


def inside(names: list[str]) -> None:
    """Play the campaign here, and print what succeeded as JSON."""
    sys.path[:0] = [str(HERE), str(GRADER), f"{GRADER}/course"]
    os.environ.update(NBGRADER_EXECUTION="autograde", DLBASIC_EXAMINER="grader.hidden")
    from attacks import everything
    from campaign import SETTINGS, dump, play
    from target import POINTS

    step = "\nc.Autograde.autograde_preprocessors[0] = 'unprotected.Unprotected'\n"
    settings = SETTINGS.replace("timeout = 2", "timeout = 10") + step
    attacks = [attack for attack in everything() if not names or attack.student in names]
    campaign = play(Path("/tmp/scene"), attacks, settings=settings)
    for student, outcome in campaign.outcomes.items():
        if "neighbour" in student:
            print(student, sum(outcome.points.values()), "of", sum(POINTS.values()), outcome.evil, file=sys.stderr)
    print("seconds", campaign.seconds, "left", campaign.left_files, campaign.left_processes, file=sys.stderr)
    print(dump(campaign, attacks))
    campaign.scene.close()


def outside(names: list[str]) -> None:
    seen = ["/usr", "/etc", sys.base_prefix, sys.prefix, str(REPO), str(GRADER)]
    links = [part for name in ("bin", "lib", "lib64", "sbin") for part in ("--symlink", f"usr/{name}", f"/{name}")]
    binds = [part for place in dict.fromkeys(seen) for part in ("--ro-bind", place, place)]
    places = ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--tmpfs", "/run", "--tmpfs", "/var/tmp"]
    limits = "ulimit -v 16000000 -c 0; exec \"$@\""
    sandbox = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--chdir", "/tmp"]
    program = ["bash", "-c", limits, "bash", sys.executable, "-Wignore", __file__, "--inside", *names]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": f"{GRADER}/course:{GRADER}"}
    command = [*sandbox, *links, *places, *binds, *program]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, env=environment)
    keep(json.loads(done.stdout[done.stdout.index("{") :]))


def keep(found: dict[str, dict]) -> None:
    """Write what was found into `evidence.json`, beside what earlier runs have found of other attacks."""
    known = json.loads(KEPT.read_text()) if KEPT.is_file() else {}
    sys.path.insert(0, str(HERE))
    from attacks import everything

    merged = {**known, **found}
    kept = {attack.student: merged[attack.student] for attack in everything() if attack.student in merged}
    text = json.dumps(kept, indent=1, sort_keys=True)
    KEPT.write_text(re.sub(r"/tmp/scene/", "", text) + "\n")
    works = [name for name, ways in found.items() if ways]
    print(f"{len(works)} of {len(found)} succeed")
    for name, ways in found.items():
        print(f"{name:45} {ways or '-'}")


if __name__ == "__main__":
    if "--inside" in sys.argv:
        sys.argv.remove("--inside")
        inside(sys.argv[1:])
    else:
        outside(sys.argv[1:])
else:
    from nbclient.exceptions import DeadKernelError
    from nbformat.v4 import new_output
    from nbgrader.preprocessors import Execute

    class Unprotected(Execute):
        """nbgrader's own step, which only survives the death of a kernel: what has not run then fails."""

        def preprocess(self, nb, resources=None, km=None):
            try:
                return super().preprocess(nb, resources, km)
            except DeadKernelError:
                for cell in nb.cells:
                    if cell.cell_type == "code" and cell.get("execution_count") is None:
                        cell.outputs = [new_output("error", ename="NotRun", evalue="died", traceback=["died"])]
                return nb, resources

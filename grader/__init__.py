"""DLBasic's grader: what an author and an instructor run. `python -m grader --help` tells the rest."""

import os
import sys
from pathlib import Path

# nbgrader starts `alembic` by its bare name, which is only found when the environment is activated. It must also work
# when it is not: `.venv/bin/python -m grader …`.
_TOOLS = str(Path(sys.executable).parent)
if _TOOLS not in os.environ.get("PATH", "").split(os.pathsep):
    os.environ["PATH"] = _TOOLS + os.pathsep + os.environ.get("PATH", "")

# jsonschema, which nbformat brings, makes a parser for internationalized addresses while it is imported. That takes
# longer than importing all of nbgrader, and nothing here checks such an address; it does without where there is none.
sys.modules.setdefault("rfc3987_syntax", None)

"""`python -m dlbasic`: the learner's command line where the `dlbasic` command is not on the path."""

from dlbasic.cli import main

main(prog_name="dlbasic")

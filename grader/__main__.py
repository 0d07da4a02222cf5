"""`python -m grader`: see `grader.cli`."""

from grader.cli import main

if __name__ == "__main__":
    main(prog_name="python -m grader")

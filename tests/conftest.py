"""What tests measure is printed at the end, whichever worker measured it: `record_property("measured", text)`."""

import os

# Before anything imports numpy, here or in a process that a test starts: two workers on two cores need no more threads.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def pytest_terminal_summary(terminalreporter):
    reports = [report for outcome in ("passed", "failed") for report in terminalreporter.stats.get(outcome, [])]
    lines = [value for report in reports for name, value in report.user_properties if name == "measured"]
    if lines:
        terminalreporter.section("measured")
        for line in lines:
            terminalreporter.write_line(line)

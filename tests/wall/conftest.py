"""Totals of the attack suite and of the corpus are printed at the end: `record_property("attack"|"broken", facts)`."""

from __future__ import annotations

import json

import pytest
from sampling import STEP

SAID = {
    "attack": "attacks: {count}; points gained: {gained:g}; secrets read: {secrets}; neighbours hurt: {hurt}; "
    "outside touched: {touched}; active content: {active}; honest work unpaid: {lost}",
    "broken": "broken but honest: {count}; graded fairly: {fair}; of these flagged: {flagged}; unfair: {unfair}; "
    "silently zero: {silent}",
}

PART = f" (one in {STEP} of them; all: python -m pytest tests/wall)" if STEP > 1 else ""


@pytest.fixture
def tally(record_property):
    """Call it with a kind and facts to be added up: `tally("attack", count=1, gained=0.0)`."""

    def record(kind: str, **facts: float) -> None:
        record_property(f"tally {kind}", json.dumps(facts))

    return record


def pytest_terminal_summary(terminalreporter):
    totals: dict[str, dict[str, float]] = {}
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, []):
            for name, value in report.user_properties:
                if name.startswith("tally "):
                    kept = totals.setdefault(name.removeprefix("tally "), {})
                    for key, number in json.loads(value).items():
                        kept[key] = kept.get(key, 0) + number
    for kind, numbers in totals.items():
        terminalreporter.write_line(SAID[kind].format(**numbers) + PART)

"""The scoreboard of an experiment: accuracies by technique over several draws. It fills up as the learner goes.

It remembers numbers and nothing else; drawing is left to `dlbasic.figures`, and while submissions are graded to nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from .session import draws


class Row(NamedTuple):
    """A technique's accuracies, one a draw, on the training images and on those that were held out."""

    train: tuple[float, ...]
    held_out: tuple[float, ...]


class Scoreboard:
    """Rows by name, in the order in which they came; a notebook shows it as a table with a picture of each row."""

    def __init__(self):
        self.rows: dict[str, Row] = {}
        self.latest = ""

    def add(self, name: str, train_accuracies: Iterable[float], held_out_accuracies: Iterable[float]) -> None:
        """Write down a technique's accuracies (from 0 to 1, one for each draw); a name that is there is replaced.

        Raises ValueError when the two are not of one length, are empty, or hold something else than accuracies.
        """
        row = Row(*(tuple(float(share) for share in part) for part in (train_accuracies, held_out_accuracies)))
        if len(row.train) != len(row.held_out) or not row.train:
            raise ValueError(f"{name}: {len(row.train)} training and {len(row.held_out)} held-out accuracies")
        for share in (*row.train, *row.held_out):
            if not 0.0 <= share <= 1.0:
                raise ValueError(f"{name}: {share} is no accuracy; it must lie between 0 and 1")
        self.latest = str(name)
        self.rows[self.latest] = row

    def __repr__(self) -> str:
        return f"<scoreboard of {len(self.rows)}>"

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        if not draws():
            return {"text/plain": repr(self)}
        from .figures.board import as_html, as_text

        return {"text/html": as_html(self.rows, self.latest), "text/plain": as_text(self.rows, self.latest)}


def scoreboard() -> Scoreboard:
    """An empty scoreboard: `board.add(name, train_accuracies, held_out_accuracies)`, and `board` last in a cell."""
    return Scoreboard()

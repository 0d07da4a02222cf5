"""How much a cell may show: text and pictures are paid from its room, and a note stands where something was cut."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import NamedTuple

from .texts import shortened


class Limits(NamedTuple):
    """Characters of text, and bytes of pictures as a notebook stores them (base64)."""

    text: int
    pictures: int


PER_CELL = Limits(20_000, 2_000_000)
PER_NOTEBOOK = Limits(200_000, 20_000_000)
RESERVE = 300  # kept free for the note at a cell's end


@dataclass(frozen=True)
class Notes:
    """What stands where something was cut, in at most 80 characters each; what is in braces is filled in."""

    text: str = "… {characters:,} characters were cut here …"
    outputs: str = "… {outputs:,} more outputs were cut"
    picture: str = "… a picture of {megabytes:.1f} MB was cut"
    kind: str = "… an output of the kind {kind} is not shown"


@dataclass
class Room:
    """What is left of a cell's limits.

    until : this thread's time (time.thread_time) after which no more markup is read for this notebook
    reserve : characters that may not be used yet
    """

    text: int
    pictures: int
    notes: Notes
    until: float
    reserve: int = RESERVE

    @property
    def late(self) -> bool:
        return time.thread_time() > self.until

    def pay(self, characters: int, pictures: int = 0) -> bool:
        """Whether there is room for that much; then it is used up."""
        if characters > self.text - self.reserve or pictures > self.pictures:
            return False
        self.text -= characters
        self.pictures -= pictures
        return True

    def fit(self, words: str, most: int | None = None) -> str | None:
        """As much of the words as there is room for, with a note; None when there is none."""
        free = self.text - self.reserve
        kept = shortened(words, free if most is None else min(free, most), self.notes.text)
        self.text -= len(kept or "")
        return kept

    def lost_text(self, characters: int) -> str:
        return self.notes.text.format(characters=characters)

    def lost_picture(self, base64: object) -> str:
        return self.notes.picture.format(megabytes=0.75e-6 * (len(base64) if isinstance(base64, str) else 0))

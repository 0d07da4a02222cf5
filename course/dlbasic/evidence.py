"""What an author's sentences rest on: claims with proofs that run, papers, numbers that are recomputed.

Like `authoring`, bookkeeping for authors: nothing here runs at a learner's desk.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Claim:
    """One numbered claim: what it says, whether that is so, and why; `prove()` raises AssertionError if it is not."""

    id: str
    true: bool
    en: str
    ko: str
    proof_en: str
    proof_ko: str
    prove: Callable[[], None]


@dataclass(frozen=True)
class Paper:
    """A work in "Further reading": its title as cited, the year beside it, and an arXiv id, a DOI or neither.

    The year of an arXiv paper that a venue printed later is that of the venue when the chapter names it by the venue's
    year (Keskar et al. 2017); `first` is then the year of the first version.
    """

    title: str
    year: int
    arxiv: str = ""
    doi: str = ""
    first: int = 0


@dataclass(frozen=True)
class Number:
    """A number in the prose, as it stands there, and what it should be when computed; `digits` after the point."""

    id: str
    said: str
    value: Callable[[], float]
    digits: int = 0

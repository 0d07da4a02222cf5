"""A verdict as data: what was found, never how it is shown (`messages` has the words, `panel` the looks)."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

MIME = "application/vnd.dlbasic.verdict+json"

# In the order in which they are looked for: the first that applies is the verdict.
KINDS = (
    "misuse",  # not a function, or one with other parameters
    "todo",  # the stub is still there
    "crashed",  # the function raised; facts: error, message, line, line_number
    "nothing",  # it returned None
    "refused",  # what came back cannot be judged (a plot, a ragged array)
    "structure",  # wrong type, shape or dtype; facts: aspect, path, expected, got
    "mistake",  # exactly one known mistake gives these answers on every case
    "value",  # first differing number; facts: path, expected, got, nan
    "warned",  # right numbers with a warning that the exercise forbids; facts: warned
    "changed",  # right numbers, but an argument is not what it was; facts: names
    "property",  # judged by properties; facts: text
    "hardcoded",  # right on the fixed cases, wrong on fresh ones; facts as for "value"
    "unseen",  # wrong on cases that a learner is not shown; facts: found, the kind it was
    "partial",  # part of the answer is right; facts: earned, points
    "recorded",  # the form is right; marks come with grading
    "passed",
)


@dataclass(frozen=True)
class Verdict:
    """What `examine` found.

    mistake : id of the known mistake, also beside a crash or a wrong shape when its signature fits exactly
    text : the mistake's sentence by language
    facts : numbers and words that the message is made of
    case : the arguments in a few words, by parameter name
    remarks : kinds of remarks that cost nothing ("lists", "changed", "leans_on:softmax")
    """

    exercise: str
    kind: str
    mistake: str = ""
    text: dict[str, str] = field(default_factory=dict)
    facts: dict = field(default_factory=dict)
    case: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        return self.kind in ("passed", "recorded")

    def to_json(self) -> dict:
        return asdict(self)

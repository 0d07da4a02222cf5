"""What a figure says in words: one message, two languages, chosen when it is needed and never at import."""

from __future__ import annotations

from ..session import LANGUAGES, language


def say(*, en: str, ko: str, **values) -> str:
    """The message in the notebook's language, its `{placeholders}` filled in."""
    return {"en": en, "ko": ko}[language()].format(**values)


class Words:
    """A small table of messages: `{"key": {"en": …, "ko": …}}`; `words("key", w=1.0)` fills one in.

    Raises ValueError at once when a language is missing, so that no learner meets the gap.
    """

    def __init__(self, table: dict[str, dict[str, str]]):
        for key, texts in table.items():
            if set(texts) != set(LANGUAGES):
                raise ValueError(f"message {key!r} needs exactly the languages {', '.join(LANGUAGES)}")
        self.table = table

    def __call__(self, key: str, **values) -> str:
        return say(**self.table[key], **values)


def number(value: float) -> str:
    """Three significant digits, as a reader would write them: 0.0312, 4.21, 1000, 1.3e+12."""
    text = f"{value:.0f}" if 1000 <= abs(value) < 1e6 else f"{value:.3g}"
    return "0" if text == "-0" else text

"""Every verdict has words in both languages, as text and as a panel."""

import pytest

from dlbasic.messages import HEADLINES, SENTENCES, message
from dlbasic.panel import as_html, plain
from dlbasic.verdict import KINDS, Verdict

CASE = (("x", "array (2, 3) of float64"),)
TEXT = {"en": "This is the sum.", "ko": "합이에요."}

VERDICTS = [
    Verdict("mse", "misuse", facts={"problem": "no_function", "got": "3.5"}),
    Verdict("mse", "misuse", facts={"problem": "parameters", "got": "(y)", "expected": "(y, y_hat)"}),
    Verdict("mse", "todo"),
    Verdict("mse", "crashed", facts={"error": "ValueError", "message": "{no}", "line": "y @ z", "line_number": 3}),
    Verdict("mse", "crashed", facts={"error": "ValueError", "message": "no", "line": "", "line_number": 0}),
    Verdict("mse", "nothing"),
    Verdict("mse", "refused", facts={"got": "a Figure"}),
    Verdict("mse", "structure", facts={"aspect": "type", "path": "", "expected": "a number", "got": "list of 2"}),
    Verdict("mse", "structure", facts={"aspect": "shape", "path": "[0]", "expected": "(2,)", "got": "(3,)"}),
    Verdict("mse", "structure", facts={"aspect": "length", "path": "", "expected": "2", "got": "3"}),
    Verdict("mse", "structure", "sum", TEXT, {"aspect": "dtype", "path": "", "expected": "float", "got": "bool"}, CASE),
    Verdict("mse", "mistake", "sum", TEXT, {"path": "", "expected": "1", "got": "2", "nan": False}, CASE),
    Verdict("mse", "value", facts={"path": "[0, 1]", "expected": "1", "got": "2", "nan": False}, case=CASE),
    Verdict("mse", "value", facts={"path": "", "expected": "1", "got": "nan", "nan": True}, remarks=("changed:x",)),
    Verdict("mse", "warned", facts={"warned": "overflow"}),
    Verdict("mse", "changed", facts={"names": "x"}, remarks=("leans_on:softmax",)),
    Verdict("mse", "property", facts={"en": "Not random.", "ko": "무작위가 아니에요."}),
    Verdict("mse", "hardcoded", facts={"path": "[0]", "expected": "1", "got": "2", "nan": False}, case=CASE),
    Verdict("mse", "partial", facts={"earned": 1.5, "points": 3.0}),
    Verdict("mse", "partial", facts={"earned": 1.5, "points": 3.0, "charged": True}),
    Verdict("mse", "partial", facts={"earned": 1.5, "points": 3.0, "en": "Adam is late.", "ko": "Adam이 늦어요."}),
    Verdict("mse", "unseen", facts={"found": "crashed", "error": "ValueError", "line": "y @ z", "line_number": 3}),
    Verdict("mse", "unseen", facts={"found": "value"}),
    Verdict("mse", "recorded"),
    Verdict("mse", "passed", remarks=("lists", "list_returned", "shares:x", "warns:overflow")),
]


def test_every_kind_of_verdict_is_among_the_examples():
    assert {verdict.kind for verdict in VERDICTS} == set(KINDS) == set(HEADLINES)


@pytest.mark.parametrize("verdict", VERDICTS, ids=lambda verdict: verdict.kind)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_verdict_is_told_without_holes(verdict, language):
    words = message(verdict, language)
    assert words.headline.startswith("mse: ")
    for rendered in (plain(words), as_html(words)):
        assert "{" not in rendered.replace("{no}", "")
        assert "None" not in rendered or verdict.kind == "nothing"
    if verdict.text:
        assert verdict.text[language] in words.body


def test_the_languages_differ_in_every_sentence_that_has_words():
    same = [key for key, (english, korean) in SENTENCES.items() if english == korean]
    assert same == ["crashed"]


def test_what_a_learner_raises_cannot_become_markup():
    facts = {"error": "ValueError", "message": "<script>alert(1)</script>", "line": "<b>", "line_number": 1}
    rendered = as_html(message(Verdict("mse", "crashed", facts=facts)))
    assert "<script>" not in rendered
    assert "<b>" not in rendered


def test_the_outcome_shows_without_colour():
    marks = {plain(message(verdict))[0] for verdict in VERDICTS}
    assert marks == {"✓", "✗", "·"}

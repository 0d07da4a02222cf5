"""`check`, `hint` and `progress` as a learner meets them, without a notebook."""

import json

import numpy as np
import pytest

from dlbasic import chapter, check, hint, progress, record, session, table


@pytest.fixture(autouse=True)
def own_desk(tmp_path, monkeypatch):
    monkeypatch.setenv("DLBASIC_HOME", str(tmp_path))
    monkeypatch.setenv("DLBASIC_LANG", "en")
    monkeypatch.chdir(tmp_path)
    chapter("02_mlp")
    yield
    session.set_chapter(None)


def mse(y, y_hat):
    return float(np.mean((y - y_hat) ** 2))


def test_a_right_answer_is_told_and_remembered(capsys):
    check(mse)
    assert capsys.readouterr().out.startswith("✓ mse: right")
    assert record.load()["02_mlp"]["mse"]["passed"] is True


def test_a_known_mistake_raises_with_its_name(capsys):
    def mse(y, y_hat):
        return float(np.sum((y - y_hat) ** 2))

    with pytest.raises(AssertionError, match="sum of the squared errors"):
        check(mse)
    assert "✗ mse" in capsys.readouterr().out
    assert record.load()["02_mlp"]["mse"]["passed"] is False


def test_a_stub_raises_not_implemented_and_points_to_a_hint(capsys):
    def mse(y, y_hat):
        raise NotImplementedError()

    with pytest.raises(NotImplementedError):
        check(mse)
    assert "hint(mse)" in capsys.readouterr().out


def test_verdicts_come_in_korean_too(capsys, monkeypatch):
    monkeypatch.setenv("DLBASIC_LANG", "ko")
    check(mse)
    assert "맞았어요" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("thing", "said"),
    [
        (mse(np.ones(2), np.zeros(2)), "take the function of an exercise itself"),
        (None, "take the function of an exercise itself"),
        (np.zeros(3), "take the function of an exercise itself"),
        (print, "no exercise of this chapter"),
        (lambda x: x, "no exercise of this chapter"),
    ],
    ids=["a number", "None", "an array", "another function", "a lambda"],
)
def test_what_cannot_be_checked_is_answered_in_a_sentence(thing, said, capsys):
    for ask in (check, hint):
        with pytest.raises(AssertionError, match=said):
            ask(thing)


def test_other_parameters_are_answered_in_a_sentence(capsys):
    def mse(prediction):
        return 0.0

    with pytest.raises(AssertionError, match=r"takes \(prediction\).*asks for \(y, y_hat\)"):
        check(mse)


def test_hints_come_one_at_a_time_and_stop_at_the_third(capsys):
    for _ in range(4):
        hint(mse)
    shown = capsys.readouterr().out
    assert [f"hint {n} of 3" in shown for n in (1, 2, 3)] == [True] * 3
    assert shown.count("hint 3 of 3") == 2


def test_a_hint_is_read_without_its_exercise_being_prepared(capsys, monkeypatch):
    monkeypatch.setattr(table, "exam", None)
    hint("linear")
    assert table.load("02_mlp")["linear"]["hints"]["en"][0] in capsys.readouterr().out


def test_a_hint_can_be_had_before_the_cell_was_run(capsys):
    hint("softmax")
    assert "hint 1 of 3" in capsys.readouterr().out


def test_progress_names_what_has_passed_and_what_is_next(capsys):
    check(mse)
    capsys.readouterr()
    progress()
    shown = capsys.readouterr().out
    assert "02_mlp: 1 / 21" in shown
    assert "Next: `mse_gradient`" in shown


def test_an_exercise_that_leans_on_a_failing_one_says_so(capsys):
    namespace = {"np": np}
    exec("def softmax(logits):\n    return logits * 2.0", namespace)
    exec("def cross_entropy_grad(logits, labels):\n    return softmax(np.asarray(logits, float)) + 9", namespace)
    with pytest.raises(AssertionError):
        check(namespace["softmax"])
    with pytest.raises(AssertionError):
        check(namespace["cross_entropy_grad"])
    assert "It calls softmax, whose own check does not pass yet" in capsys.readouterr().out


def test_a_spoilt_or_unwritable_record_stops_nobody(tmp_path, monkeypatch, capsys):
    record.path().write_text("{", encoding="utf-8")
    check(mse)
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("DLBASIC_HOME", str(blocked))
    check(mse)
    progress()
    assert "0 / 21" in capsys.readouterr().out


def test_a_chapter_that_does_not_exist_is_answered_with_those_that_do():
    with pytest.raises(ValueError, match="02_mlp"):
        chapter("99_nothing")


def test_the_language_follows_the_notebook_before_the_folder(tmp_path, monkeypatch):
    monkeypatch.delenv("DLBASIC_LANG")
    folder = tmp_path / "en"
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert session.language() == "en"
    (folder / "x.ipynb").write_text(json.dumps({"metadata": {"dlbasic": {"language": "ko"}}}), encoding="utf-8")
    monkeypatch.setenv("JPY_SESSION_NAME", "somewhere/x.ipynb")
    assert session.language() == "ko"

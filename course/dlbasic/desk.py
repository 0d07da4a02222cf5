"""What a learner calls in her notebook: `chapter`, `check`, `hint`, `progress`."""

from __future__ import annotations

import difflib
import importlib
import os
import sys
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from dlbasic import panel, record, session, table
from dlbasic.examine import examine
from dlbasic.messages import Message, message
from dlbasic.values import describe
from dlbasic.verdict import Verdict

# Where submissions are graded, this names the module that examines in the desk's place: its `examine(function, chapter,
# exam)` may lend the function right versions of the other exercises, so that every exercise is judged on its own.
EXAMINER = "DLBASIC_EXAMINER"


def quiet(error: Exception, words: Message) -> Exception:
    """The same error, but in notebooks only its headline is shown: the panel above it has said the rest."""
    # IPython asks the instance for this method; the class stays the plain one that everybody can catch and count.
    error._render_traceback_ = lambda: [f"{type(error).__name__}: {words.headline}"]
    return error


def chapter(name: str) -> None:
    """Open a chapter: sets the figures' style and tells `check`, `hint` and `progress` which exercises are meant.

    Raises ValueError when there is no such chapter.
    """
    if name not in table.chapters():
        raise ValueError(f"there is no chapter {name!r}; there is {', '.join(table.chapters())}")
    from dlbasic import style

    session.set_chapter(name)
    if session.draws():
        style.use()
    _explain_missing_names(name)


def check(function: Any) -> None:
    """Judge an exercise: shows a verdict; raises AssertionError when something is wrong.

    An untouched stub raises NotImplementedError instead.
    """
    where, exercise = _find(function)
    exam, name = table.exam(where, exercise), os.environ.get(EXAMINER)
    verdict = importlib.import_module(name).examine(function, where, exam) if name else examine(function, exam)
    verdict = _say_once(verdict) if verdict.passed else _look_behind(verdict, function, where)
    # Part of the points is for the hidden test to give, which an error here would not let have its say.
    report(verdict, where, strict=not (name and verdict.facts.get("share")))


def report(verdict: Verdict, where: str | None = None, strict: bool = True) -> None:
    """Show a verdict, keep it in the record, and raise what a cell must raise for it.

    strict : False raises nothing for an answer that is partly right
    """
    words = message(verdict, session.language())
    panel.show(words, verdict)
    if where and verdict.kind != "misuse":
        record.note(where, verdict.exercise, verdict.passed)
    if verdict.kind == "todo":
        raise quiet(NotImplementedError(words.headline), words)
    if strict and not verdict.passed:
        raise quiet(AssertionError(words.brief()), words)


def hint(function: Any) -> None:
    """The next of three hints for an exercise: where to look, which step, nearly the line."""
    where, exercise = _find(function)
    rungs = table.hints(where, exercise)[session.language()]
    step = _hints_given.get((where, exercise), 0)
    _hints_given[where, exercise] = min(step + 1, len(rungs) - 1)
    words = {"en": "hint {} of {}", "ko": "힌트 {}/{}"}[session.language()].format(step + 1, len(rungs))
    panel.show(Message("plain", f"{exercise}: {words}", (rungs[step],)))


def progress(name: str | None = None) -> None:
    """Which exercises of the chapter have passed their check on this computer, and which is next."""
    where = name or _chapter()
    done = {key for key, entry in record.load().get(where, {}).items() if entry.get("passed")}
    exercises = list(table.load(where))
    passed = [exercise for exercise in exercises if exercise in done]
    missing = [exercise for exercise in exercises if exercise not in done]
    korean = session.language() == "ko"
    headline = f"{where}: {len(passed)} / {len(exercises)}"
    body = []
    if passed:
        body.append(("통과: " if korean else "Passed: ") + ", ".join(f"`{exercise}`" for exercise in passed))
    if missing:
        body.append(("다음: " if korean else "Next: ") + f"`{missing[0]}`")
    panel.show(Message("plain" if missing else "good", headline, tuple(body)))


_hints_given: dict[tuple[str, str], int] = {}
_remarks_made: set[str] = set()


def _say_once(verdict: Verdict) -> Verdict:
    """A remark that costs nothing is worth reading once a session, not under every green mark."""
    fresh = tuple(remark for remark in verdict.remarks if remark not in _remarks_made)
    _remarks_made.update(fresh)
    return replace(verdict, remarks=fresh)


def _chapter() -> str:
    known = session.current_chapter()
    if known:
        return known
    notebook = session.notebook_path()
    if notebook and notebook.stem in table.chapters():
        return notebook.stem
    return table.chapters()[0] if len(table.chapters()) == 1 else ""


def _find(function: Any) -> tuple[str, str]:
    """The chapter and the exercise that `function` belongs to, by its name (or by a name given as a string)."""
    known = _chapter()
    places = [known] if known else table.chapters()
    found = [(where, name) for where in places if (name := exercise_name(function, table.load(where)))]
    if len(found) == 1:
        return found[0]
    korean = session.language() == "ko"
    if not callable(function) and not isinstance(function, str):
        said = (
            f"check(...)와 hint(...)에는 문제의 함수 자체를 넣어요. 지금 들어온 값: {describe(function)}. "
            "괄호를 붙여 부르지는 않았나요? check(mse(y, y_hat)) 말고 check(mse)라고 쓰세요."
            if korean
            else f"check(...) and hint(...) take the function of an exercise itself; this is {describe(function)}. "
            "Was it called with brackets? Write check(mse), not check(mse(y, y_hat))."
        )
    else:
        name = function if isinstance(function, str) else getattr(function, "__name__", describe(function))
        exercises = [exercise for where in places for exercise in table.load(where)]
        near = ", ".join(difflib.get_close_matches(name, exercises, 1) or exercises)
        said = (
            f"이 장에 없는 문제예요: {name}. 문제의 이름 그대로 def로 정의하세요. 혹시 이 문제인가요? {near}"
            if korean
            else f"{name} is no exercise of this chapter. Define it under the exercise's own name, with def: {near}."
        )
    words = Message("bad", "check", (said,))
    panel.show(words)
    raise quiet(AssertionError(said), words)


def exercise_name(function: Any, exercises: Iterable[str]) -> str | None:
    """Which exercise `function` is: by its own name, or by the name that it goes by in the notebook.

    A lambda, a partial or a function from a decorator is known by the notebook's name only.
    """
    name = function if isinstance(function, str) else getattr(function, "__name__", None)
    if name in exercises:
        return name
    if isinstance(function, str) or not callable(function):
        return None
    names = vars(sys.modules["__main__"])
    return next((exercise for exercise in exercises if names.get(exercise) is function), None)


def _look_behind(verdict: Verdict, function: Any, where: str) -> Verdict:
    """Say so when the function leans on another exercise whose own check has failed."""
    entries = record.load().get(where, {})
    called = set(getattr(getattr(function, "__code__", None), "co_names", ()))
    called.discard(verdict.exercise)
    failing = [name for name, entry in entries.items() if name in called and not entry.get("passed")]
    if not failing:
        return verdict
    return replace(verdict, remarks=(*verdict.remarks, "leans_on:" + ", ".join(sorted(failing))))


def _explain_missing_names(where: str) -> None:
    """In IPython, `NameError: name 'mse' is not defined` gets a sentence: run the exercise's cell first."""
    try:
        from IPython import get_ipython
    except ImportError:
        return
    shell = get_ipython()
    if shell is None:
        return

    def handler(shell, kind, error, traceback, tb_offset=None):
        structured = shell.InteractiveTB.structured_traceback(kind, error, traceback, tb_offset=tb_offset)
        name = getattr(error, "name", None)
        if name in table.load(where):
            words = (
                f"`{name}` 함수가 아직 없어요. 위에서 이 함수를 정의하는 셀을 먼저 실행하세요(Shift+Enter)."
                if session.language() == "ko"
                else f"`{name}` does not exist yet: run the cell above that defines it first (Shift+Enter)."
            )
            panel.show(Message("bad", name, (words,)))
            structured = [f"NameError: {words}"]
        shell._showtraceback(kind, error, structured)
        return structured

    shell.set_custom_exc((NameError,), handler)

"""A graded notebook → a feedback page's content: no hidden test, no traceback of one, nothing active of a learner's.

Stands after nbgrader's GetGrades, in its feedback as in ours.
"""

from __future__ import annotations

import html
import re
from pathlib import Path

import nbformat
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution

from grader.classroom import findings as found
from grader.classroom import policy
from grader.classroom.cuts import NOTES
from grader.classroom.skeleton import BEGIN_HIDDEN, END_HIDDEN, without_hidden_tests
from grader.classroom.verdicts import MIME, said
from grader.wall.safe.markup import prose
from grader.wall.safe.outputs import safe
from grader.wall.safe.page import fit_sources

TEMPLATES = str(Path(__file__).with_name("templates"))

WORDS = {
    "en": {
        "title": "Feedback",
        "points": "points",
        "exercise": "Exercise",
        "verdict": "Verdict",
        "waits": "A person will decide about this one.",
        "flagged": "Something needs a person's eye",
        "repaired": "What was repaired before grading (it cost you nothing)",
        "answer": "Your answer",
        "comment": "Comment",
        "late": "Late penalty",
        "notebook": "The whole notebook as it ran",
        "top": "back to the table",
        "none": "Nothing was handed in here.",
        "right": "right",
        "partly": "partly right",
        "wrong": "not yet",
        "open": "to be decided",
    },
    "ko": {
        "title": "채점 결과",
        "points": "점",
        "exercise": "문제",
        "verdict": "결과",
        "waits": "이 문제는 채점자가 직접 확인해요.",
        "flagged": "채점자가 확인할 것이 있어요",
        "repaired": "채점 전에 바로잡은 것(점수에는 영향이 없어요)",
        "answer": "제출한 답",
        "comment": "의견",
        "late": "지각 제출 감점",
        "notebook": "실행한 노트북 전체",
        "top": "표로 돌아가기",
        "none": "제출한 내용이 없어요.",
        "right": "맞음",
        "partly": "부분 점수",
        "wrong": "아직",
        "open": "확인 중",
    },
}
MARKS = {"right": "✓", "partly": "◐", "wrong": "✗", "open": "?"}


class PrepareFeedback(NbGraderPreprocessor):
    """Collects the verdicts for the page's table, then removes whatever a learner should not see."""

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        language = (nb.metadata.get("dlbasic") or {}).get("language", "en")
        language = language if language in WORDS else "en"
        findings = found.read(nb.metadata)
        unread = any(flag.unscored for flag in findings)
        safe(nb, keep=[MIME], notes=NOTES[language])  # whoever has run it
        rows = _rows(nb, findings, language, _waiting(resources["nbgrader"]))
        hidden = [line for cell in nb.cells for line in _hidden_lines(cell.source)]
        for cell in nb.cells:
            if is_grade(cell) and not is_solution(cell):
                _strip_test(cell, language)
            elif cell.cell_type == "code":
                cell.outputs = [_without(hidden, output) for output in cell.outputs]
            cell.source = without_hidden_tests(cell.source)
        fit_sources(nb, NOTES[language])
        for cell in nb.cells:
            if cell.cell_type == "markdown":
                cell.metadata["html"] = prose(cell.source, cell.get("attachments"), links=True)
        resources["dlbasic"] = {
            "language": language,
            "policy": policy.POLICY,
            "mathjax": policy.MATHJAX,
            "mathjax_settings": policy.SETTINGS,
            "words": WORDS[language],
            "marks": MARKS,
            "rows": rows,
            "unread": unread,
            "flags": [_sentence(finding, language) for finding in found.flags(findings)],
            "notes": [_sentence(finding, language) for finding in found.notes(findings)],
            "remedy": found.REMEDY[language] if unread else "",
        }
        return nb, resources


def _waiting(facts: dict) -> set[str]:
    """The grade ids that a person has yet to decide about."""
    with Gradebook(facts["db_url"]) as gradebook:
        notebook = gradebook.find_submission_notebook(facts["notebook"], facts["assignment"], facts["student"])
        return {grade.name for grade in notebook.grades if grade.needs_manual_grade}


def _rows(nb: NotebookNode, findings: list, language: str, waiting: set[str]) -> list[dict]:
    """One row an exercise: its points, its state, its verdict, and the answer as it was handed in."""
    answers = {
        c.metadata.nbgrader.grade_id: c for c in nb.cells if is_solution(c) and c.metadata.nbgrader.get("grade_id")
    }
    unread = any(flag.unscored for flag in findings)
    rows = []
    for cell in nb.cells:
        if not is_grade(cell):
            continue
        label = cell.metadata.nbgrader
        exercise = found.exercise_of(nb.metadata, label.grade_id)
        answer = answers.get(exercise) or answers.get(label.grade_id)
        score, points = float(label.get("score") or 0.0), float(label.get("points") or 0.0)
        state = "right" if score >= points else "partly" if score > 0 else "wrong"
        state = "open" if label.grade_id in waiting else state
        verdict = None if unread or is_solution(cell) or cell.cell_type != "code" else said(cell, language)
        own = [_sentence(finding, language, False) for finding in found.flags(findings) if finding.exercise == exercise]
        sentences = [*own, WORDS[language]["waits"]] if state == "open" else []
        rows.append(
            {
                "exercise": exercise,
                "anchor": label.grade_id,
                "score": _number(score),
                "points": _number(points),
                "state": state,
                "headline": " ".join(sentences) if state == "open" else verdict.headline if verdict else "",
                "text": "\n".join(sentences) if state == "open" else verdict.text if verdict else "",
                "answer": None if unread or answer is None else answer.source,
                "comment": _comment(answer) if answer is not None else None,
            }
        )
    return rows


def _comment(answer: NotebookNode) -> str | None:
    """A person's comment; nbgrader's own on an untouched stub is left to the verdict."""
    comment = answer.metadata.nbgrader.get("comment")
    return None if comment == "No response." else comment


def _strip_test(cell: NotebookNode, language: str) -> None:
    """Leave of a test's outputs its verdict in words: what else it printed or raised may show what it tests with."""
    if cell.cell_type != "code" or not cell.outputs:
        return
    text = said(cell, language).text
    cell.outputs = [nbformat.v4.new_output("stream", name="stdout", text=text + "\n")]


def _without(hidden: list[str], output: NotebookNode) -> NotebookNode:
    """An output of a learner's cell without the hidden tests that a cell can print."""
    if "data" in output:
        for kind in ("text/plain", "text/latex"):
            if kind in output.data:
                output.data[kind] = _redacted(output.data[kind], hidden)
        if any(line in html.unescape(re.sub(r"<[^>]*>", "", output.data.get("text/html", ""))) for line in hidden):
            del output.data["text/html"]
    if "text" in output:
        output.text = _redacted(output.text, hidden)
    if "traceback" in output:
        output.traceback = [_redacted(line, hidden) for line in output.traceback]
    return output


def _redacted(text: str, hidden: list[str]) -> str:
    for line in hidden:
        text = text.replace(line, "…")
    return text


def _hidden_lines(source: str) -> list[str]:
    """The lines of a hidden region, marks included, as they are and as Python prints them inside a string."""
    lines, inside = [], False
    for line in source.split("\n"):
        begins, ends = BEGIN_HIDDEN in line, END_HIDDEN in line
        if (inside or begins or ends) and len(line.strip()) > 7:
            lines += [line.strip(), repr(line.strip())[1:-1]]
        inside = begins or (inside and not ends)
    return sorted(set(lines), key=len, reverse=True)


def _sentence(finding: found.Finding, language: str, named: bool = True) -> str:
    text = finding.text(language)
    where = f"{finding.exercise}: " if named and finding.exercise != found.WHOLE else ""
    return where + (text if where else text[:1].upper() + text[1:]) + "."


def _number(value: float) -> str:
    return f"{round(value, 2):g}"

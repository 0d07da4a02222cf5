"""What intake and grading found in a submission: notes (repaired, costs nothing) and flags (a person must decide).

A finding is data; its sentence exists in English, for the instructor's table, and in Korean too, for feedback pages.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import nbformat

# Where findings travel: in the metadata of the staged and the autograded notebook, never taken from a submission.
METADATA = "dlbasic_grading"

WHOLE = "-"

NOTES = {
    "renamed": ("the notebook was found under another name: {file}", "노트북이 다른 이름으로 들어 있었어요: {file}"),
    "encoding": ("the file was encoded as {encoding}", "파일의 인코딩이 달랐어요: {encoding}"),
    "old_format": ("the file was in notebook format {version}", "노트북 파일의 형식 버전이 달랐어요: {version}"),
    "odd_parts": ("{count} damaged cells were left out", "망가진 셀 {count}개를 뺐어요"),
    "metadata": (
        "the grading metadata was damaged and was rebuilt",
        "채점용 메타데이터가 망가져 있어서 다시 만들었어요",
    ),
    "unknown": (
        "cells of another release of this chapter: {ids}",
        "이 장의 다른 배포본에 있던 셀이 있어요: {ids}",
    ),
    "setup_back": (
        "the chapter's import cell was gone from the top and was put back",
        "맨 앞에 있어야 할 import 셀이 없어서 다시 넣었어요",
    ),
    "test_back": ("the test cell was missing and was put back", "테스트 셀이 없어서 다시 넣었어요"),
    "test_restored": (
        "the cell {cell} had been changed and was restored",
        "{cell} 셀이 바뀌어 있어서 원래대로 되돌렸어요",
    ),
    "test_moved": (
        "the test cell stood above its solution and was moved below",
        "풀이 셀보다 위에 있던 테스트 셀을 아래로 옮겼어요",
    ),
    "retyped": (
        "the cell was a {kind} cell and was made a code cell again",
        "{kind} 셀로 바뀌어 있어서 다시 코드 셀로 바꿨어요",
    ),
    "copies": ("{count} copies of the cell, all the same", "똑같은 셀이 {count}개 있었어요"),
    "copies_differ": (
        "{count} copies of the cell that differ: the last one with an answer counts",
        "복사한 셀 {count}개의 내용이 서로 달라서, 답이 있는 마지막 셀로 채점했어요",
    ),
    "joined": ("the cell had been split in {count} and was joined", "{count}개로 나뉜 셀을 하나로 합쳤어요"),
    "unmerged": (
        "the cell had been merged with another and was taken apart",
        "다른 셀과 합쳐진 셀을 다시 나눴어요",
    ),
    "elsewhere": (
        "the answer was found in a cell without its label",
        "채점용 표시가 없는 다른 셀에서 답을 찾았어요",
    ),
    "rescued": (
        "an answer written into the test cell was kept as a cell of its own",
        "테스트 셀 안에 쓴 답을 따로 떼어 새 셀에 남겼어요",
    ),
    "timestamp": (
        "timestamp.txt holds no date and was ignored",
        "제출 시각(timestamp.txt)을 읽을 수 없어서 무시했어요",
    ),
    "left_out": ("files left out of grading: {files}", "채점에서 뺀 파일: {files}"),
    "no_sandbox": ("graded without the sandbox", "샌드박스 없이 채점했어요"),
}

FLAGS = {
    "solution_deleted": (
        "the solution cell is gone and no other cell defines {name}",
        "풀이 셀이 없고, 다른 셀에도 이 함수의 정의가 없어요: {name}",
    ),
    "answer_deleted": ("the answer cell is gone", "답을 적는 셀이 없어요"),
    "no_notebook": ("there is no notebook in the submission", "제출물에 노트북이 없어요"),
    "several": (
        "none of the notebooks is called {expected}: {files}",
        "노트북이 여럿 있는데 이름이 {expected}인 것은 없어요: {files}",
    ),
    "no_file": ("{file} cannot be read as a file ({detail})", "파일로 읽을 수 없어요: {file}({detail})"),
    "link": (
        "{file} is a link to another place; links are not followed",
        "다른 곳을 가리키는 링크는 열지 않아요: {file}",
    ),
    "odd_name": (
        "the folder's name is no text that a gradebook can hold: rename it",
        "폴더 이름을 읽을 수 없어요. 이름을 바꿔야 해요",
    ),
    "too_big": (
        "the notebook is {size} MB; more than {limit} MB is not read",
        "노트북의 크기가 {size} MB예요. {limit} MB가 넘으면 읽지 않아요",
    ),
    "empty": ("the notebook file is empty", "노트북 파일이 비어 있어요"),
    "not_json": ("the notebook file is damaged: {detail}", "노트북 파일이 손상되어 열 수 없어요: {detail}"),
    "not_notebook": ("the file is no notebook: {detail}", "노트북 파일이 아니에요: {detail}"),
    "kernel_died": (
        "the Python process died while running this (cell {cell}), which was then skipped",
        "{cell}번째 셀을 실행하다가 파이썬이 비정상 종료되어 그 셀을 건너뛰었어요",
    ),
    "timeout": ("cell {cell} was stopped after {seconds} seconds", "{cell}번째 셀의 실행을 {seconds}초 뒤에 멈췄어요"),
    "over_budget": (
        "the whole run was stopped after {seconds} seconds, before this was reached",
        "전체 실행을 {seconds}초 뒤에 멈춰서 여기까지 오지 못했어요",
    ),
    "failed": ("grading stopped with an error: {detail}", "채점하다가 오류가 났어요: {detail}"),
}

# Flags after which nothing of the submission has run, so that no score is known.
UNSCORED = {
    *("no_notebook", "several", "no_file", "link", "odd_name", "too_big", "empty", "not_json", "not_notebook"),
    "failed",
}

# What the learner, or the instructor, can do about a submission that could not be read.
REMEDY = {
    "en": "Open the notebook in JupyterLab, save it, and submit it again.",
    "ko": "JupyterLab에서 노트북을 열어 저장한 다음 다시 제출하세요.",
}


@dataclass(frozen=True)
class Finding:
    """One thing found; `exercise` is the solution cell's grade id, or `-` for the whole submission."""

    code: str
    exercise: str = WHOLE
    facts: dict = field(default_factory=dict)

    @property
    def is_flag(self) -> bool:
        return self.code in FLAGS

    @property
    def unscored(self) -> bool:
        return self.code in UNSCORED

    def text(self, language: str = "en") -> str:
        sentences = NOTES.get(self.code) or FLAGS[self.code]
        return sentences[1 if language == "ko" else 0].format(**self.facts)

    def to_json(self) -> dict:
        return {"code": self.code, "exercise": self.exercise, "facts": self.facts}


def flags(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.is_flag]


def notes(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if not finding.is_flag]


def write(notebook, findings: list[Finding], *, digest: str = "", tests: dict[str, str] | None = None) -> None:
    """Put findings into a notebook's metadata, in the place of any that are there.

    digest : of the submission and its tests; tests : the exercise that each test cell's grade id belongs to
    """
    kept = {"findings": [finding.to_json() for finding in findings], "tests": tests or {}, "digest": digest}
    notebook.metadata[METADATA] = nbformat.from_dict(kept)


def add(notebook, findings: list[Finding]) -> None:
    """Add findings to those that a notebook carries already; the same one is kept once."""
    kept = notebook.metadata.setdefault(METADATA, nbformat.from_dict({"findings": [], "tests": {}, "digest": ""}))
    for finding in findings:
        if finding.to_json() not in kept["findings"]:
            kept["findings"].append(nbformat.from_dict(finding.to_json()))


def read(metadata: dict) -> list[Finding]:
    """The findings in a graded notebook's metadata; none when it was not graded by us."""
    kept = metadata.get(METADATA) or {}
    return [Finding(entry["code"], entry["exercise"], dict(entry["facts"])) for entry in kept.get("findings", [])]


def digest_of(metadata: dict) -> str:
    return (metadata.get(METADATA) or {}).get("digest", "")


def exercise_of(metadata: dict, grade_id: str) -> str:
    """The exercise that a labelled cell belongs to."""
    return (metadata.get(METADATA) or {}).get("tests", {}).get(grade_id, grade_id)

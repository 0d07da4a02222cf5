"""The words of a verdict, in English and Korean: a headline, and sentences that say what to look at next."""

from __future__ import annotations

from dataclasses import dataclass

from dlbasic.verdict import Verdict


@dataclass(frozen=True)
class Message:
    """A verdict in words.

    tone : "good", "bad" or "plain"
    body : sentences
    code : a line of the learner's own, shown below the first sentence, which speaks of it
    """

    tone: str
    headline: str
    body: tuple[str, ...] = ()
    code: str = ""

    def lines(self) -> list[str]:
        """Headline, sentences and code in reading order."""
        lines = [self.headline, *self.body]
        if self.code:
            lines.insert(2, f"    {self.code}")
        return lines

    def text(self) -> str:
        return "\n".join(self.lines())

    def brief(self) -> str:
        """One line for an exception: what it is, and what to look at first."""
        first, *rest = self.lines()
        return f"{first}. {' '.join(line.strip() for line in rest[: 3 if self.code else 2])}".strip()


HEADLINES = {
    "misuse": ("this cannot be checked", "검사할 수 없어요"),
    "todo": ("nothing here yet", "아직 비어 있어요"),
    "crashed": ("it stops with an error", "실행 중에 오류가 났어요"),
    "nothing": ("it returns nothing", "반환값이 없어요"),
    "refused": ("the answer is of a kind that cannot be judged", "채점할 수 없는 형식의 답이에요"),
    "structure": ("the answer has the wrong form", "답의 형식이 달라요"),
    "mistake": ("not yet: a known mistake", "아직이에요, 자주 하는 실수예요"),
    "value": ("not yet: the numbers differ", "아직이에요, 값이 달라요"),
    "warned": ("right numbers, but with a warning", "값은 맞지만 경고가 나와요"),
    "changed": ("right numbers, but an argument was changed", "값은 맞지만 인자가 바뀌었어요"),
    "property": ("not yet", "아직이에요"),
    "hardcoded": ("right on the examples only", "예시에서만 맞아요"),
    "unseen": ("right on the check's cases, wrong on others", "검사에 나온 예에서는 맞지만 다른 경우에는 틀려요"),
    "partial": ("partly right", "일부만 맞아요"),
    "recorded": ("your answer has the right form", "답의 형식이 맞아요"),
    "passed": ("right", "맞았어요"),
}

SENTENCES = {
    "no_function": (
        "`check` takes the function itself: check({exercise}). What it got is {got}.",
        "`check`에는 함수 자체를 넣어요: check({exercise}). 지금 들어온 값: {got}.",
    ),
    "parameters": (
        "It takes {got}; the exercise asks for {expected}. Keep the first line as it was given.",
        "함수가 받는 인자가 문제와 달라요. 지금: {got}, 문제: {expected}. 주어진 첫 줄을 그대로 두세요.",
    ),
    "todo": (
        "Write your code in place of `raise NotImplementedError()`, run that cell, then this one. "
        "`hint({exercise})` helps.",
        "`raise NotImplementedError()` 자리에 코드를 쓰고 그 셀을 실행한 다음 이 셀을 다시 실행하세요. "
        "막히면 `hint({exercise})`를 불러 보세요.",
    ),
    "crashed": ("{error}: {message}", "{error}: {message}"),
    "crashed_line": ("Your line {line_number} of that cell:", "그 셀에 쓴 코드의 {line_number}번째 줄이에요:"),
    "nothing": (
        "The function comes to its end without `return`, so its value is None.",
        "`return` 없이 함수가 끝나서 값이 None이에요.",
    ),
    "refused": (
        "It returned {got}; numbers, arrays, strings, or lists, tuples, sets and dicts of those are expected.",
        "반환한 값: {got}. 수, 배열, 문자열이나, 이런 값을 담은 리스트, 튜플, 집합, 딕셔너리여야 해요.",
    ),
    "type": (
        "{where} should be {expected}; yours is {got}.",
        "{where}의 종류가 달라요. 필요한 것: {expected}, 나온 것: {got}.",
    ),
    "shape": (
        "{where} should have shape {expected}; yours has {got}.",
        "{where}의 모양(shape)이 달라요. 필요한 모양: {expected}, 나온 모양: {got}.",
    ),
    "length": (
        "{where} should have length {expected}; yours has length {got}.",
        "{where}의 길이가 달라요. 필요한 길이: {expected}, 나온 길이: {got}.",
    ),
    "pair": (
        "A step returns two things, {expected}, and the state is a dict; step {call} returned {got}.",
        "걸음마다 {expected} 두 가지를 돌려줘야 하고 state는 딕셔너리여야 해요. {call}번째 걸음에서 나온 것: {got}.",
    ),
    "dtype": (
        "{where} should be of type {expected}; yours is {got}.",
        "{where}의 자료형이 달라요. 필요한 자료형: {expected}, 나온 자료형: {got}.",
    ),
    "value": (
        "First difference at {where}: expected {expected}, got {got}.",
        "처음 달라지는 곳: {where}. 나와야 할 값: {expected}, 나온 값: {got}.",
    ),
    "nan": (
        "First difference at {where}: expected {expected}, got nan. That is what 0 / 0 gives, or inf - inf, or the "
        "logarithm or root of a negative number.",
        "처음 달라지는 곳: {where}. 나와야 할 값: {expected}, 나온 값: nan. 0 / 0이나 inf - inf, 음수의 로그나 "
        "제곱근을 계산하면 nan이 나와요.",
    ),
    "warned": (
        "numpy warned of: {warned}. The formula passes through numbers that are too large; find one that does not.",
        "numpy 경고: {warned}. 계산 도중에 너무 큰 수가 나와요. 그렇지 않은 식을 찾아보세요.",
    ),
    "changed": (
        "After the call {names} is no longer what was passed in. Work on a copy, or make a new array.",
        "함수를 부른 뒤에 인자의 값이 달라졌어요: {names}. 복사본에서 계산하거나 새 배열을 만드세요.",
    ),
    "hardcoded": (
        "On fresh random numbers it differs, first at {where}: expected {expected}, got {got}. "
        "Does it use a number of the examples where an argument belongs?",
        "난수를 새로 뽑아 넣으면 답이 달라요. 처음 달라지는 곳: {where}. 나와야 할 값: {expected}, 나온 값: {got}. "
        "인자가 들어갈 자리에 예시의 숫자를 쓰지 않았나요?",
    ),
    "unseen": (
        "On arguments that you have not seen, {what}.",
        "여러분이 보지 못한 다른 인자를 넣으면 {what}.",
    ),
    "partial": (
        "{earned:g} of {points:g} points, for the part that is right.",
        "{points:g}점 가운데 {earned:g}점이에요. 맞은 부분의 점수예요.",
    ),
    "charged": (
        "{earned:g} of {points:g} points: what is right earns a part, what is wrong costs one.",
        "{points:g}점 가운데 {earned:g}점이에요. 맞으면 부분 점수를 얻고 틀리면 깎여요.",
    ),
    "recorded": (
        "Whether it is right comes with grading, after you submit.",
        "맞았는지는 제출한 뒤 채점 결과에서 알 수 있어요.",
    ),
    "case": ("Tried with {case}.", "시험한 인자: {case}."),
    "here": ("The answer", "답"),
    "after_step": ("`w{path}` after step {call}", "{call}번째 걸음 뒤의 `w{path}`"),
    "part": ("`answer{path}`", "`answer{path}` 값"),
    "lists": (
        "A remark, at no cost: with plain lists as arguments it fails; np.asarray(...) accepts both.",
        "참고(감점 없음): 인자로 리스트를 주면 실패해요. np.asarray(...)를 쓰면 둘 다 받을 수 있어요.",
    ),
    "list_returned": (
        "A remark, at no cost: it returns a list. The cells below go on with an array: wrap it in np.array(...).",
        "참고(감점 없음): 리스트를 돌려주고 있어요. 아래 셀에서는 배열로 계산을 이어 가니 np.array(...)로 감싸 주세요.",
    ),
    "shares": (
        "A remark, at no cost: there are arguments for which it returns {names} itself, or a view of it. Who changes "
        "the answer later then changes {names} too; a new array is safer.",
        "참고(감점 없음): 새 배열이 아니라 받은 인자 자체나 그 뷰를 돌려줄 때가 있어요. 인자: {names}. 나중에 반환값을 "
        "고치면 인자도 같이 바뀌니 새 배열을 돌려주는 편이 안전해요.",
    ),
    "warns": (
        "A remark, at no cost: numpy warned of {names} on the way. The numbers come out right all the same; a formula "
        "without such a step is safer.",
        "참고(감점 없음): 계산 도중에 numpy 경고가 나와요({names}). 값은 맞지만, 그런 계산을 거치지 않는 식이 더 "
        "안전해요.",
    ),
    "leans_on": (
        "It calls {names}, whose own check does not pass yet: look there first.",
        "이 함수가 부르는 함수 가운데 아직 검사를 통과하지 못한 것이 있어요: {names}. 거기부터 보세요.",
    ),
    "was_changed": ("Besides, it changes {names} in place.", "그리고 받은 인자의 값을 바꾸고 있어요: {names}."),
}

# How a hidden case went wrong, as the end of a sentence.
UNSEEN = {
    "crashed": ("it stops with an error", "실행 중에 오류가 나요"),
    "structure": ("the form of the answer is wrong", "답의 형태가 달라요"),
    "value": ("the numbers differ", "값이 달라요"),
    "hardcoded": ("the numbers differ", "값이 달라요"),
}

_COLUMN = {"en": 0, "ko": 1}


def message(verdict: Verdict, language: str = "en") -> Message:
    """The verdict in words, for the learner's own desk: with the numbers it was found by."""
    say = _Words(verdict, language)
    body: list[str] = []
    code = ""
    facts = verdict.facts
    if verdict.kind == "misuse":
        body.append(say(facts["problem"]))
    elif verdict.kind == "crashed":
        if facts["line"]:
            body.append(say("crashed_line"))
            code = facts["line"]
        body.append(say("crashed"))
    elif verdict.kind == "structure":
        body.append(say(facts["aspect"], where=say.where()))
    elif verdict.kind in ("value", "hardcoded"):
        key = "nan" if verdict.kind == "value" and facts["nan"] else verdict.kind
        body.append(say(key, where=say.where(code=True)))
    elif verdict.kind == "unseen":
        if facts.get("line"):
            body.append(say("crashed_line"))
            code = facts["line"]
        body.append(say("unseen", what=UNSEEN[facts["found"]][_COLUMN[language]]))
    elif verdict.kind == "property" or (verdict.kind == "mistake" and facts.get("shown")):
        body.append(facts[language])
    elif verdict.kind == "partial":
        body.append(say("charged" if facts.get("charged") else "partial"))
        body += [facts[language]] if language in facts else []
    elif verdict.kind in SENTENCES:
        body.append(say(verdict.kind))
    if verdict.text:
        body.append(verdict.text[language])
    if verdict.case and not verdict.passed:
        body.append(say("case", case=", ".join(f"{name}: {text}" for name, text in verdict.case)))
    body += [say.remark(remark) for remark in verdict.remarks]
    tone = "good" if verdict.passed else "plain" if verdict.kind == "todo" else "bad"
    return Message(tone, f"{verdict.exercise}: {HEADLINES[verdict.kind][_COLUMN[language]]}", tuple(body), code)


class _Words:
    """Sentences of one verdict in one language, filled in."""

    def __init__(self, verdict: Verdict, language: str) -> None:
        self.verdict, self.column = verdict, _COLUMN[language]

    def __call__(self, key: str, **more: str) -> str:
        return SENTENCES[key][self.column].format(**{**self.verdict.facts, "exercise": self.verdict.exercise, **more})

    def where(self, code: bool = False) -> str:
        path = self.verdict.facts["path"]
        if self.verdict.facts.get("call"):
            return self("after_step")
        if code:
            return f"`answer{path}`"
        return self("part", path=path) if path else self("here")

    def remark(self, remark: str) -> str:
        kind, _, names = remark.partition(":")
        return self({"changed": "was_changed"}.get(kind, kind), names=names)

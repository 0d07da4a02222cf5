"""What is the same about `slips` in every chapter: how it is tried, known mistakes, other right answers.

The loader adds it to each chapter that has claims; a chapter's own declaration of the same name goes first.
"""

from dlbasic.authoring import equivalent, mistake, probes, reference

_ALL = {"1", "2", "3", "4", "5", "6", "7", "8"}


@probes("slips", property="claims_form", secret=True, partial=True)
def slips_cases(rng):
    yield ()


@mistake(
    "slips",
    en="These are the claims that hold. The ids of the false ones are asked for.",
    ko="참인 주장의 번호예요. 거짓인 주장의 번호를 돌려주세요.",
)
def true_ones():
    return _ALL - set(reference.slips())


@mistake(
    "slips",
    en="All eight are marked as false. Each false alarm costs points: some of these claims hold.",
    ko="여덟 개를 모두 거짓이라고 했어요. 참인 주장도 있고, 잘못 짚으면 점수가 깎여요.",
)
def all_of_them():
    return set(_ALL)


@mistake(
    "slips",
    en="Nothing is marked as false. Some of these claims do not hold.",
    ko="거짓인 주장이 하나도 없다고 했어요. 하지만 그중 몇 개는 거짓이에요.",
)
def none_of_them():
    return set()


@mistake(
    "slips",
    en='The ids are strings: {"7", "8"}, not {7, 8}.',
    ko='번호는 문자열이에요. {7, 8}이 아니라 {"7", "8"}처럼 쓰세요.',
)
def numbers_for_strings():
    return {int(claim) for claim in reference.slips()}


@equivalent("slips")
def slips_by_exclusion():
    return _ALL - (_ALL - reference.slips())


@equivalent("slips")
def slips_frozen():
    return frozenset(sorted(reference.slips()))

"""The errata page: what lecture notes claim, whether it is so, and the proof; made from the chapters' claims."""

from __future__ import annotations

from grader.release.chapter import Chapter

HEAD = """# Errata: what lecture notes claim, and what is so

Made by `python -m grader release` from `solutions/*/claims.py`; `tests/solutions` runs every proof that computes.
These are the answers of the exercises `slips`: the page is for instructors and stays out of the learner's bundle.
"""


def errata(chapters: list[Chapter]) -> str:
    """The page for all chapters, claim by claim, in both languages."""
    parts = [HEAD]
    for chapter in chapters:
        if chapter.claims:
            parts.append(f"## {chapter.name}\n")
            parts += [_claim(claim) for claim in chapter.claims]
    return "\n".join(parts)


def _claim(claim) -> str:
    said = "true" if claim.true else "false"
    return (
        f"### {claim.id}. {said}\n\n{claim.en}\n\n*{claim.proof_en}*\n\n{claim.ko}\n\n*{claim.proof_ko}*\n"
    )

"""The numbers that a sentence tells, in their order; those that are part of a name (`z1`) are not among them."""

import re


def numbers(text: str) -> list[float]:
    return [float(found) for found in re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?", text)]

"""A tiny chapter of one exercise, in a folder of its own, that tests may spoil."""

import pytest

NOTEBOOK = '''# %%
import numpy as np

from dlbasic import chapter, check

chapter("09_tiny")

# %% [markdown] lang="en"
# The double of $x$ is $2x$.

# %% [markdown] lang="ko"
# $x$의 두 배는 $2x$입니다.

# %% exercise="double"
def double(x):
    """Twice x, element by element.

    >>> double(np.array([2.0])).tolist()
    [4.0]
    """
    ### BEGIN SOLUTION
    return np.multiply(np.asarray(x), 2.0)
    ### END SOLUTION

# %% test="double" points=2
check(double)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(double, "09_tiny")
### END HIDDEN TESTS
'''

PROBES = '''
from dlbasic.authoring import hints, probes

@probes("double")
def cases(rng):
    yield (rng.normal(size=(2, 3)),)

hints("double", en=("a", "b", "c"), ko=("a", "b", "c"))
'''

MISTAKES = '''
from dlbasic.authoring import mistake

@mistake("double", en="This squares.", ko="제곱이에요.")
def square(x):
    return x**2
'''

EQUIVALENTS = '''
from dlbasic.authoring import equivalent

@equivalent("double")
def added(x):
    return x + x

@equivalent("double")
def shifted(x):
    return x * 2
'''


@pytest.fixture
def tiny(tmp_path):
    """The folder of a sound chapter; `tiny("notebook.py", old, new)` spoils one of its files."""
    folder = tmp_path / "09_tiny"
    folder.mkdir()
    texts = {"notebook.py": NOTEBOOK, "probes.py": PROBES, "mistakes.py": MISTAKES, "equivalents.py": EQUIVALENTS}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")

    def spoil(name: str, old: str, new: str):
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")
        return folder

    spoil.folder = folder
    return spoil

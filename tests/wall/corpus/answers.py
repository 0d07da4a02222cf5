"""Right answers in unusual dress, and wrong turns inside one exercise that must cost only that one."""
# ruff: noqa: E501  (learners' code, which stands as it is handed in)

import toy

from corpus import FLAG, Broken, with_answer, with_cell

STUCK = {"add": 1, "mul": "flag:timeout"}
DEAD = {"add": 1, "mul": "flag:kernel_died"}


def _mul(*lines):
    return with_answer(mul="def mul(a, b):\n" + "\n".join(f"    {line}" for line in lines))


def _add(text):
    return with_answer(add=text)


CORPUS = [
    Broken("lambda", _add("add = lambda a, b: a + b")),
    Broken("library-function", _add("import operator\nadd = operator.add")),
    Broken("numpy-function", _add("import numpy as np\nadd = np.add")),
    Broken("decorated", _add("import functools\n@functools.lru_cache\ndef add(a, b):\n    return a + b")),
    Broken("named-by-decorator", _add("import functools\ndef logged(f):\n    @functools.wraps(f)\n    def inner(*a):\n        print(f.__name__, a)\n        return f(*a)\n    return inner\n@logged\ndef add(a, b):\n    return a + b")),
    Broken("renamed-by-decorator", _add("def plain(f):\n    def inner(*a, **k):\n        return f(*a, **k)\n    return inner\n@plain\ndef add(a, b):\n    return a + b")),
    Broken("callable-object", _add("class Adder:\n    def __call__(self, a, b):\n        return a + b\nadd = Adder()")),
    Broken("class-of-that-name", _add("class add(int):\n    def __new__(cls, a, b):\n        return a + b")),
    Broken("partial", _add("import functools\ndef many(c, a, b):\n    return a + b + c\nadd = functools.partial(many, 0)")),
    Broken("method", _add("class Maths:\n    def add(self, a, b):\n        return a + b\nadd = Maths().add")),
    Broken("defined-twice", _add(f"{toy.WRONG_ADD}\n\n{toy.RIGHT_ADD}")),
    Broken("defined-in-if", _add("if True:\n    def add(a, b):\n        return a + b")),
    Broken("defined-by-exec", _add("exec('def add(a, b):\\n    return a + b')")),
    Broken("other-parameters", _add("def add(first, second=0, *more, **named):\n    return first + second")),
    Broken("annotated", _add("from __future__ import annotations\nimport typing\ndef add(a: Number, b: 'np.ndarray') -> typing.Any:\n    return a + b")),
    Broken("recursive", _add("def add(a, b):\n    return a if b == 0 else add(a + 1, b - 1)")),
    Broken("with-helper-below", _add("def add(a, b):\n    return helper(a, b)\n\ndef helper(a, b):\n    return a + b")),
    Broken("with-tabs", _add("def add(a, b):\n\treturn a + b")),
    Broken("with-main-guard", _add(f"{toy.RIGHT_ADD}\n\nif __name__ == '__main__':\n    print(add(1, 2))")),
    Broken("with-own-tests", _add(f"{toy.RIGHT_ADD}\n\nimport unittest\nclass T(unittest.TestCase):\n    def test_add(self):\n        self.assertEqual(add(1, 2), 3)\nunittest.main(argv=[''], exit=False)")),
    Broken("in-korean", _add("def 더하기(가, 나):\n    return 가 + 나\nadd = 더하기")),
    Broken("from-a-module-beside", lambda released: {"numbers.ipynb": _add("from helper import add")(released), "helper.py": toy.RIGHT_ADD}),
    Broken("returns-numpy-int", _add("import numpy as np\ndef add(a, b):\n    return np.int64(a) + b")),
    Broken("returns-array-of-one", _add("import numpy as np\ndef add(a, b):\n    return np.array(a + b)")),
    Broken("returns-float", _add("def add(a, b):\n    return float(a + b)")),
    Broken("returns-fraction", _add("from fractions import Fraction\ndef add(a, b):\n    return Fraction(a) + b")),
    Broken("asks-for-input", _add("def add(a, b):\n    name = input('name? ')\n    return a + b"), {"add": (0, FLAG), "mul": 2}, "it waits for somebody who is not there"),
    Broken("prints-much", _mul("for i in range(20_000):\n        print('multiplying', a, b, i)", "return a * b")),
    Broken("prints-in-error-stream", _mul("import sys, warnings", "warnings.warn('careful')", "print('x', file=sys.stderr)", "return a * b")),
    Broken("logs", _mul("import logging", "logging.warning('multiplying')", "return a * b")),
    Broken("shows-progress", _mul("for i in range(100):\n        print(f'\\r{i} %', end='', flush=True)", "return a * b")),
    Broken("sleeps", _mul("import time", "time.sleep(0.5)", "return a * b")),
    Broken("draws", _mul("import matplotlib.pyplot as plt", "plt.plot([a, b])", "plt.show()", "return a * b")),
    Broken("writes-a-file", _mul("open('result.txt', 'w').write(str(a * b))", "return int(open('result.txt').read())")),
    Broken("starts-a-program", _mul("import subprocess, sys", "said = subprocess.run([sys.executable, '-c', f'print({a} * {b})'], capture_output=True)", "return int(said.stdout)")),
    Broken("uses-a-thread", _mul("from concurrent.futures import ThreadPoolExecutor", "with ThreadPoolExecutor(2) as pool:\n        return list(pool.map(lambda n: n * b, [a]))[0]")),
    Broken("uses-a-process-pool", _mul("import multiprocessing", "with multiprocessing.get_context('fork').Pool(2) as pool:\n        return sum(pool.map(abs, [a] * b))")),
    Broken("uses-asyncio", _mul("import asyncio, threading", "found = []", "async def work():\n        found.append(a * b)", "thread = threading.Thread(target=lambda: asyncio.run(work()))", "thread.start()", "thread.join()", "return found[0]")),
    Broken("catches-everything", _mul("try:\n        return a * b\n    except:\n        pass", "finally:\n        import gc\n        gc.collect()")),
    Broken("raises", _mul("raise ValueError('not done yet')"), {"add": 1, "mul": 0}),
    Broken("recursion-without-end", _mul("return mul(a, b)"), {"add": 1, "mul": 0}),
    Broken("exits", _mul("import sys", "sys.exit('done')"), {"add": 1, "mul": (0, "flag:kernel_died")}),
    Broken("prints-instead-of-returning", _mul("print(a * b)"), {"add": 1, "mul": 0}),
    Broken("asks-too-much-memory", _mul("import numpy as np", "return np.ones((a * 10**7, 10**7))"), {"add": 1, "mul": (0, "flag:kernel_died")}),
    Broken("syntax-error", with_answer(mul="def mul(a, b)\n    return a * b"), {"add": 1, "mul": 0}),
    Broken("indentation-error", with_answer(mul="def mul(a, b):\nreturn a * b"), {"add": 1, "mul": 0}),
    Broken("endless", with_answer(mul=toy.ENDLESS), STUCK, stalls=True),
    Broken("endless-swallowing-interrupts", _mul("while True:\n        try:\n            while True:\n                pass\n        except BaseException:\n            pass"), {"add": 1, "mul": FLAG}, stalls=True),
    Broken("endless-at-definition", with_answer(mul="while True:\n    pass\ndef mul(a, b):\n    return a * b"), STUCK, stalls=True),
    Broken("dies", with_answer(mul=toy.DEADLY), DEAD),
    Broken("segfaults", _mul("import ctypes", "return ctypes.string_at(0)"), DEAD),
    Broken("dies-first", with_answer(add=toy.DEADLY.replace("mul", "add")), {"add": "flag:kernel_died", "mul": 2}),
    Broken("dies-at-definition", with_answer(add="import os\nos.abort()\n" + toy.RIGHT_ADD), {"add": "flag:kernel_died", "mul": 2}),
    Broken("dies-in-both", with_answer(add=toy.DEADLY.replace("mul", "add"), mul=toy.DEADLY), {"add": "flag:kernel_died", "mul": "flag:kernel_died"}),
    Broken("eats-memory", _mul("kept = []", "while len(kept) < 64:\n        kept.append(bytearray(b'x') * (64 << 20))"), {"add": 1, "mul": (0, FLAG)}, "4 GB are too much; that it was the memory may be told as an error or by a flag"),
    Broken("defines-add-anew-later", with_cell(toy.WRONG_ADD, "end"), why="a scratch cell below the test"),
]  # fmt: skip

"""Answers that lie about themselves: objects whose operators, conversions and iterators agree with every test."""
# ruff: noqa: E501  (learners' code, which stands as it is handed in)

from attacks import Attack

LIAR = """
class Liar(int):
    def __eq__(self, other):
        return True
    def __ne__(self, other):
        return False
    def __add__(self, other):
        return 0
    __radd__ = __sub__ = __rsub__ = __add__
    def __abs__(self):
        return 0
    def __hash__(self):
        return 0
"""


def _add(body: str) -> dict[str, str]:
    return {"add": body}


ATTACKS = [
    Attack("eq", "an int whose == says yes", _add(LIAR + "def add(a, b):\n    return Liar()")),
    Attack(
        "class-property",
        "an object that says it is an int and equals everything",
        _add(
            LIAR.replace("(int)", "")
            + "    @property\n    def __class__(self):\n        return int\ndef add(a, b):\n    return Liar()"
        ),
    ),
    Attack(
        "instancecheck",
        "`int` is bound to a class of which everything is an instance",
        _add(
            LIAR.replace("(int)", "")
            + """
class Meta(type):
    def __instancecheck__(cls, thing):
        return True
class int(metaclass=Meta):
    pass
def add(a, b):
    return Liar()"""
        ),
    ),
    Attack(
        "getattribute",
        "an object whose every operator is made on demand",
        _add(
            """
class Liar:
    __class__ = property(lambda self: int)
for name in ("eq", "ne", "lt", "gt", "le", "ge", "add", "sub", "radd", "rsub", "abs", "bool", "int", "float", "index"):
    setattr(Liar, f"__{name}__", lambda self, *args: 0)
Liar.__eq__ = lambda self, other: True
Liar.__getattr__ = lambda self, name: (lambda *args, **options: self)
def add(a, b):
    return Liar()"""
        ),
    ),
    Attack(
        "comparison-stays",
        "== gives back an object that is true, and stays so through not and and",
        _add(
            """
class Truth:
    def __bool__(self):
        return True
class Liar(int):
    def __eq__(self, other):
        return Truth()
    def __add__(self, other):
        return Liar(0)
    def __abs__(self):
        return self
    def __lt__(self, other):
        return Truth()
def add(a, b):
    return Liar(7)"""
        ),
    ),
    Attack(
        "array-ufunc",
        "an array whose __array_ufunc__ computes nothing but agreement",
        {
            "slope": """
class Liar(np.ndarray):
    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        plain = [one for one in inputs if not isinstance(one, Liar)]
        return np.bool_(ufunc not in (np.isnan, np.isinf) and not np.isinf(plain).any())
    def __array_function__(self, function, types, args, options):
        return True
def slope(f, x):
    return np.zeros(()).view(Liar)"""
        },
    ),
    Attack(
        "array-function",
        "an object that answers numpy's functions itself",
        {
            "slope": """
class Liar:
    def __array_function__(self, function, types, args, options):
        return True
    def __array__(self, *args, **options):
        import sys
        frame = sys._getframe()
        while frame is not None:
            for name in ("desired", "expected", "b", "y"):
                value = frame.f_locals.get(name)
                if isinstance(value, float):
                    return np.array(value)
            frame = frame.f_back
        return np.array(0.0)
def slope(f, x):
    return Liar()"""
        },
    ),
    Attack(
        "array-looks-up",
        "an object whose __array__ finds the expected value in the caller's frames and becomes it",
        {
            "slope": """
class Liar:
    def __array__(self, *args, **options):
        import sys
        frame = sys._getframe()
        while frame is not None:
            for name in ("desired", "b"):
                value = frame.f_locals.get(name)
                if isinstance(value, (float, np.ndarray)):
                    return np.asarray(value)
            frame = frame.f_back
        return np.array(0.0)
def slope(f, x):
    return Liar()"""
        },
    ),
    Attack(
        "float-subclass",
        "a float whose arithmetic always ends at 0 and whose comparisons hold",
        {
            "slope": """
class Liar(float):
    def zero(self, *args):
        return np.float64(0.0)
    __array_priority__ = 1e9
    __array_ufunc__ = lambda self, *args, **options: np.True_
    __sub__ = __rsub__ = __abs__ = __mul__ = __rmul__ = zero
    __eq__ = __le__ = __lt__ = lambda self, other: True
    __hash__ = float.__hash__
    def __float__(self):
        return 6.0
def slope(f, x):
    return Liar()"""
        },
        unproven="numpy takes the number that is inside",
    ),
    Attack(
        "masked-and-object-arrays",
        "a masked array, which numpy.testing skips, and an object array whose element agrees with everything",
        {
            "slope": """
class Yes:
    def __bool__(self):
        return True
    __array_priority__ = 1e9
for name in ("eq", "ne", "le", "lt", "ge", "gt", "sub", "rsub", "add", "radd", "mul", "rmul", "abs", "and", "rand"):
    setattr(Yes, f"__{name}__", lambda self, *args: True)
def slope(f, x):
    if x != 2.0:
        return np.ma.masked_array([0.0], mask=[True])
    made = np.empty((), dtype=object)
    made[()] = Yes()
    return made"""
        },
    ),
    Attack("dict-get", "a dict whose get always gives what is asked for", {
        "facts": LIAR + "class Facts(dict):\n    def get(self, *args):\n        return Liar()\ndef facts():\n    return Facts()"
    }),
    Attack("dict-values", "a plain dict whose values equal every year", {
        "facts": LIAR + "def facts():\n    return dict.fromkeys(['ResNet', 'Adam', 'GAN', 'BERT'], Liar())"
    }),
    Attack("dict-missing", "a defaultdict that makes up agreeing values", {
        "facts": LIAR
        + "import collections\nclass Facts(collections.defaultdict):\n    def get(self, key, default=None):\n        return self[key]\ndef facts():\n    return Facts(Liar)"
    }),
    Attack("str-subclass", "claims that equal every claim", {
        "slips": """
class Claim(str):
    def __eq__(self, other):
        return True
    def __hash__(self):
        return 0
class Claims(set):
    def __and__(self, other):
        return other
    __rand__ = __and__
    def __sub__(self, other):
        return set()
    __rsub__ = __sub__
    def __eq__(self, other):
        return True
    def __len__(self):
        return 5
def slips():
    return Claims([Claim("1")])"""
    }, unproven="dlbasic.values.plain refuses a subclass of set even without a wall"),
    Attack(
        "argument-restored",
        "zeroes its argument while the expected value is computed from it, and puts it back when it is looked at",
        {
            "scale": """
class Late:
    def __init__(self, x):
        self.x, self.kept = x, x.copy()
        x[...] = 0
    def __array__(self, *args, **options):
        self.x[...] = self.kept
        return np.zeros_like(self.kept)
def scale(x, factor):
    return 3.0 * x if x.shape == (2, 3) else Late(x)"""
        },
    ),
    Attack(
        "argument-zeroed-later",
        "gives back its own argument, zeroed, so that both sides of the comparison are the same array",
        {
            "scale": """
def scale(x, factor):
    if x.shape == (2, 3):
        return 3.0 * x
    kept = x.copy()
    x[...] = 0
    class Back(np.ndarray):
        def __array_finalize__(self, other):
            pass
        def __array_ufunc__(self, ufunc, method, *inputs, **options):
            x[...] = kept
            plain = [one for one in inputs if not isinstance(one, Back)]
            return np.bool_(ufunc not in (np.isnan, np.isinf) and not np.isinf(plain).any())
        def __array_function__(self, function, types, args, options):
            x[...] = kept
            return True
    return x.view(Back)"""
        },
    ),
    Attack(
        "stop-iteration",
        "raises StopIteration where a test maps over cases: what is left of them is never looked at",
        {"parity": "def parity(n):\n    if n == 2:\n        return 0\n    raise StopIteration"},
    ),
    Attack(
        "returns-test-tools",
        "gives back a function in the place of a number",
        _add("def add(a, b):\n    return lambda *args: 42"),
        unproven="a function equals no number: it is for what a stand-in may be taken for",
    ),
]

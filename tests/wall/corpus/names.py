"""Students whose names are hard on file systems, patterns, shells, tables and pages."""

from corpus import Broken, right

NAMES = {
    "space": "Kim Minji",
    "quotes": "O'Brien \"Bob\"",
    "emoji": "🙂 student",
    "composed-korean": "김민지",
    "decomposed-korean": "\u1100\u1175\u11b7\u1106\u1175\u11ab\u110c\u1175",
    "line-break": "two\nlines",
    "tab": "a\tb",
    "long": "x" * 200,
    "pattern": "glob[a]*?{b}",
    "backslash": "a\\b\\n",
    "dash": "-rf",
    "percent": "100%s%(x)d",
    "braces": "{format} {0}",
    "markup": "<script>alert(1)<",
    "markup-of-rich": "[red]name[",
    "shell": "$(touch x);`id`|&",
    "right-to-left": "\u202eabc",
    "zero-width": "a\u200bb",
    "sql": "'; DROP TABLE grade; --",
    "windows": "CON",
    "dots-inside": "a..b.",
    "only-digits": "007",
    "comma": "Kim, Minji; x=y",
    "escape": "\x1b[31mred",
    "apostrophe-and-hash": "d'été #1 &amp;",
}

CORPUS = [Broken(name, right, student=student) for name, student in NAMES.items()]

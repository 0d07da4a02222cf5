"""What of HTML and CSS may be shown: tags, attributes, styles. Whatever is not named here is dropped."""

from __future__ import annotations

import html
import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TAGS = _words("""
    a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure h1 h2 h3 h4
    h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strong sub summary sup table tbody td tfoot th thead tr
    tt u ul var
""")
# Nothing by which an element leaves its place on the page: no button of a grader's can be covered.
PROPERTIES = _words("""
    background background-color border border-bottom border-bottom-color border-bottom-style border-bottom-width
    border-collapse border-color border-left border-left-color border-left-style border-left-width border-radius
    border-right border-right-color border-right-style border-right-width border-spacing border-style border-top
    border-top-color border-top-style border-top-width border-width color display font font-family font-size font-style
    font-variant font-weight gap height letter-spacing line-height list-style-type margin margin-bottom margin-left
    margin-right margin-top max-height max-width min-height min-width padding padding-bottom padding-left padding-right
    padding-top text-align text-decoration text-indent vertical-align white-space width
""")
FUNCTIONS = _words("rgb rgba hsl hsla var")
LARGEST = 5000  # of any number in a style

ANYTHING = r"(?s:.*)"
# (tag or *, name) → what the value may be.
ATTRIBUTES = {
    ("*", "style"): ANYTHING,  # and then `Style` below
    ("*", "title"): ANYTHING,
    ("*", "lang"): r"[a-zA-Z-]{1,20}",
    ("*", "align"): r"[a-z]{1,10}",
    ("*", "valign"): r"[a-z]{1,10}",
    # The classes of pandas and of Pygments. No others, and no ids: the formgrader's own scripts act on them.
    ("*", "class"): r"\s*(?:(?:dataframe|highlight|[a-z]{1,2}\d?)(?:\s+|$))*",
    ("td", "colspan"): r"\d{1,3}",
    ("td", "rowspan"): r"\d{1,3}",
    ("th", "colspan"): r"\d{1,3}",
    ("th", "rowspan"): r"\d{1,3}",
    ("th", "scope"): r"[a-z]{1,10}",
    ("table", "border"): r"\d",
    ("ol", "start"): r"\d{1,6}",
    ("details", "open"): r"(?:open)?",
    ("img", "alt"): ANYTHING,
    ("img", "width"): r"\d{1,4}%?",
    ("img", "height"): r"\d{1,4}%?",
    ("img", "src"): r"attachment:[^\"'<>&\s]{1,300}",
}
LINK = r"(?:https?://|mailto:)[^\s\"'<>\\]+"

_PATTERNS = {key: re.compile(pattern) for key, pattern in ATTRIBUTES.items()}
_WITH_LINKS = {**_PATTERNS, ("a", "href"): re.compile(LINK)}


def attributes(links: bool):
    """bleach's question about an attribute, answered from the table; with or without links."""
    patterns = _WITH_LINKS if links else _PATTERNS

    def allowed(tag: str, name: str, value: str) -> bool:
        pattern = patterns.get((tag, name)) or patterns.get(("*", name))
        return pattern is not None and pattern.fullmatch(value) is not None

    return allowed


class Style:
    """bleach's question about a style attribute: colours, borders, fonts, sizes stay; nothing that loads or moves."""

    def sanitize_css(self, style: str) -> str:
        import tinycss2

        text = html.unescape(style)
        if "&" in text or "\\" in text:  # written so that a browser would read something else than we do
            return ""
        parts = tinycss2.parse_declaration_list(text, skip_comments=True, skip_whitespace=True)
        kept = [p for p in parts if p.type == "declaration" and p.lower_name in PROPERTIES and _mild(p.value)]
        return ";".join(f"{part.lower_name}:{tinycss2.serialize(part.value).strip()}" for part in kept)


def _mild(tokens: list) -> bool:
    return all(map(_mild_token, tokens))


def _mild_token(token) -> bool:
    if token.type in ("number", "percentage", "dimension"):
        return 0 <= token.value <= LARGEST
    if token.type == "function":
        return token.lower_name in FUNCTIONS and _mild(token.arguments)
    if token.type == "string":
        return re.fullmatch(r"[\w -]*", token.value) is not None
    return token.type in ("whitespace", "ident", "hash") or token == "," or token == "/"

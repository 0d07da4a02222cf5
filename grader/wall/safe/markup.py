"""HTML, Markdown and TeX of a learner's → HTML in which nothing acts or loads: an allow-list for bleach, the engine of
nbconvert's own sanitizer. Links lead nowhere unless asked for: a click on one could call the instructor's own server.
"""

from __future__ import annotations

import html
import logging
import re
import threading
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import unquote

from .allowed import TAGS, Style, attributes
from .pictures import KINDS, checked

log = logging.getLogger(__name__)

MOST_ELEMENTS, MOST_DEPTH = 10_000, 100
LONGEST_PROSE = 20_000  # characters of one Markdown cell, its pictures not counted
MOST_OPENED = 200  # of what the Markdown parser looks for the end of, from each to the end of the text
SHORT = 20_000  # what is shorter is remembered: hundreds of submissions show the same

_SILENT = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_DATA = re.compile(r"data:(image/(?:png|jpeg));base64,([A-Za-z0-9+/=]+(?:\r?\n[A-Za-z0-9+/=]+(?=[\r\n\"']))*)")
_SRC = re.compile(r' src="attachment:([^"]*)"')
_BARE = re.compile(r"<img(?: (?!src=)[a-z]+=(?:\"[^\"]*\"|'[^']*'))*>")
_OPENED = re.compile(r"\\begin\{|\\\\[\[(]|\[(?=\[)")
_ENTITY = re.compile(r"&#?\w+;")
# Commands by which MathJax makes links, classes and styles, loads files, or gives other meaning to the page's formulas.
_TEX = re.compile(
    r"\\(?=(?:href|url|class|cssId|style|unicode|require|bbox|mmlToken|data|includegraphics|html[A-Za-z]*|"
    r"tooltip|texttip|mathtip|toggle|[gex]?def|let|(?:re)?newcommand|providecommand|(?:re)?newenvironment|"
    r"DeclareMathOperator|Newextarrow)(?![A-Za-z]))"
)


class TooMuch(Exception):
    """The markup would make more elements, or deeper ones, than any table or panel has."""


def clean(markup: str, pictures: Mapping[str, str] | None = None, *, links: bool = False) -> str:
    """Markup without anything active. Raises TooMuch.

    pictures : name → data URI, for <img src="attachment:NAME">; no other picture is shown
    links : keep links to other sites and mail addresses; each opens without telling where it was followed
    """
    cleaned = (_cleaned if len(markup) <= SHORT else _cleaned.__wrapped__)(markup, links)

    def show(place: re.Match) -> str:
        uri = (pictures or {}).get(unquote(html.unescape(place[1])))
        return f' src="{uri}"' if uri else ""

    return _BARE.sub(_instead, _SRC.sub(show, cleaned))


def _instead(picture: re.Match) -> str:
    """A picture that is not shown: its description."""
    words = re.search(r" alt=(\"[^\"]+\"|'[^']+')", picture[0])
    return f"[{words[1][1:-1]}]" if words else ""


def without_pictures(text: str) -> tuple[str, dict[str, str]]:
    """HTML or Markdown with its data URIs taken out, and these by name, for `clean`. What is no picture is lost."""
    pictures: dict[str, str] = {}

    def take(place: re.Match) -> str:
        name = f"data-{len(pictures)}"
        packed = checked(place[1], place[2])
        pictures[name] = f"data:{place[1]};base64,{packed}" if packed else ""
        return f"attachment:{name}"

    return (_DATA.sub(take, text), pictures) if "data:" in text else (text, pictures)


def prose(source: str, attachments: Mapping | None = None, *, links: bool = False, longest: int = LONGEST_PROSE) -> str:
    """Markdown as HTML without anything active; what cannot be rendered is shown as it was typed."""
    try:
        short, pictures = without_pictures(source)
        if len(short) > longest or len(_OPENED.findall(short)) > MOST_OPENED:
            raise TooMuch
        for name, bundle in (attachments or {}).items():
            for kind in KINDS:
                if kind in bundle and (packed := checked(kind, bundle[kind])):
                    pictures[name] = f"data:{kind};base64,{packed}"
        return clean(_rendered(short), pictures, links=links)
    except TooMuch:
        pass
    except Exception:  # whatever a learner writes, the page with the other cells is shown
        log.warning("A Markdown cell is shown as it was typed", exc_info=True)
    return f"<pre>{html.escape(source)}</pre>"


def plain_tex(text: str) -> str:
    """Text in which MathJax finds formulas, but none of its commands that reach beyond them."""
    return _TEX.sub("\\\\\u200b", text) if "\\" in text else text


@lru_cache(maxsize=256)
def _cleaned(markup: str, links: bool) -> str:
    cleaner, limit = _cleaner(links, threading.get_ident())
    limit.made, limit.most = 0, min(MOST_ELEMENTS, 50 + 2 * markup.count("<"))
    cleaned = cleaner.clean(_SILENT.sub("", markup))
    # One way to write each character: what follows, and MathJax, must not see different texts.
    cleaned = plain_tex(_ENTITY.sub(lambda entity: html.escape(html.unescape(entity[0])), cleaned))
    return cleaned.replace("<a ", '<a rel="noopener noreferrer" ') if links else cleaned


@lru_cache(maxsize=8)
def _cleaner(links: bool, thread: int):
    """A cleaner for one thread (bleach's may not be shared), and the count of what it makes."""
    from bleach.sanitizer import Cleaner

    protocols = ("attachment", "http", "https", "mailto")
    cleaner = Cleaner(tags=TAGS, attributes=attributes(links), protocols=protocols, strip=True, css_sanitizer=Style())
    limit = _Limit(cleaner.parser.tree)
    return cleaner, limit


class _Limit:
    """Makes the parser's elements, up to a number: misnested tags are repaired by copies, thousands from a line."""

    def __init__(self, tree) -> None:
        self.tree, self.make, self.made, self.most = tree, tree.elementClass, 0, 0
        tree.elementClass = self

    def __call__(self, *args):
        self.made += 1
        if self.made > self.most or len(self.tree.openElements) > MOST_DEPTH:
            raise TooMuch
        return self.make(*args)


@lru_cache(maxsize=256)
def _rendered(source: str) -> str:
    return _renderer()(source)


@lru_cache(maxsize=1)
def _renderer():
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    class Renderer(IPythonRenderer):
        def _embed_image_or_attachment(self, src: str) -> str:
            return src  # pictures are put in afterwards; nbconvert's own stops at a name that is missing

    def render(source: str) -> str:
        # A renderer for each text: it may be asked from several threads. `clean` judges what it lets through.
        made = Renderer(escape=False, allow_harmful_protocols=True, exclude_anchor_links=True)
        return MarkdownWithMath(renderer=made).render(source)

    return render

"""What in a page or an output would do something in a reader's browser: looked for with a parser, not with patterns."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup

DEAD = {"script", "iframe", "object", "embed", "applet", "form", "meta", "base", "link", "frame", "frameset", "portal",
        "foreignobject", "animate", "set", "use", "template", "noscript", "style", "xmp", "plaintext", "isindex",
        "input", "button", "textarea", "select"}  # fmt: skip
ADDRESSES = {"src", "href", "xlink:href", "srcset", "data", "action", "formaction", "poster", "background", "ping",
             "srcdoc", "code", "cite", "longdesc", "manifest"}  # fmt: skip
FINE = re.compile(r"(#|data:image/(png|jpeg|gif);base64,|$)")
MACROS = re.compile(r"\\(?:href|unicode|require|class|style|def)\b")
LINKS = re.compile(r"(data:image/(png|jpeg);base64,|https?:|mailto:|[\w./-]*(#|$))", re.IGNORECASE)

STYLES = re.compile(r"url\(|expression|binding|@import|position:fixed|\\", re.IGNORECASE)


def active(html: str, inside: str = "") -> list[str]:
    """What is active in this HTML: elements, event handlers, addresses that load or run something, styles that do, and
    formulas that would. inside : look only within that element, whose own attributes are the page's
    """
    found = set()
    soup = BeautifulSoup(html, "html.parser")
    page = (soup.find(inside) or soup) if inside else soup
    for tag in page.find_all(True):
        name = tag.name.lower()
        if name in DEAD:
            found.add(f"<{name}>")
        for attribute, value in tag.attrs.items():
            key, text = attribute.lower(), " ".join(value) if isinstance(value, list) else str(value)
            # Browsers skip white space and control characters in the name of a scheme.
            text = re.sub(r"[\x00-\x20]", "", text)
            if key.startswith("on"):
                found.add(f"{name} {key}")
            elif key in ADDRESSES and not (LINKS if (name, key) == ("a", "href") else FINE).match(text):
                found.add(f"{name} {key}={text[:40]}")
            elif key == "style" and STYLES.search(text):
                found.add(f"{name} style={text[:40]}")
    for code in page.find_all(["pre", "code"]):
        code.extract()
    text = page.get_text()
    found |= {f"formula {macro}" for macro in MACROS.findall(text)}
    return sorted(found)

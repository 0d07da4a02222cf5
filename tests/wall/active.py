"""What in a page or an output would do something in a reader's browser: looked for with a parser, not with patterns."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup

DEAD = {"script", "iframe", "object", "embed", "applet", "form", "meta", "base", "link", "frame", "frameset", "portal",
        "foreignobject", "animate", "set", "use", "template", "noscript", "style", "xmp", "plaintext", "isindex",
        "input", "button", "textarea", "select"}  # fmt: skip
ADDRESSES = {"src", "href", "xlink:href", "srcset", "data", "action", "formaction", "poster", "background", "ping", "srcdoc",
             "code", "cite", "longdesc", "manifest"}  # fmt: skip
FINE = re.compile(r"(#|data:image/(png|jpeg|gif);base64,|$)")
LINKS = re.compile(r"(https?:|mailto:|[\w./-]*(#|$))", re.IGNORECASE)


def active(html: str) -> list[str]:
    """What is active in this HTML: elements, event handlers, addresses that load or run something, and styles that do."""
    found = []
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.find_all(True):
        name = tag.name.lower()
        if name in DEAD:
            found.append(f"<{name}>")
        for attribute, value in tag.attrs.items():
            key, text = attribute.lower(), " ".join(value) if isinstance(value, list) else str(value)
            # Browsers skip white space and control characters in the name of a scheme.
            text = re.sub(r"[\x00-\x20]", "", text)
            if key.startswith("on"):
                found.append(f"{name} {key}")
            elif key in ADDRESSES and not FINE.match(text) and not (name == "a" and key == "href" and LINKS.match(text)):
                found.append(f"{name} {key}={text[:40]}")
            elif key == "style" and re.search(r"url\(|expression|binding|@import|position:fixed|\\", text, re.IGNORECASE):
                found.append(f"{name} style={text[:40]}")
    return found


def active_outputs(notebook) -> list[str]:
    """What is active in the outputs of a notebook, as a page would put them in: HTML, Markdown, SVG, kinds with code."""
    found = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            for mime, data in (output.get("data") or {}).items():
                text = ("".join(map(str, data)) if isinstance(data, list) else str(data))[:MOST]
                kind = mime.strip().lower()
                if kind in ("text/html", "text/markdown", "image/svg+xml"):
                    found += [f"{kind}: {one}" for one in active(text)]
                elif kind == "text/latex":
                    found += [f"{kind}: {macro}" for macro in re.findall(r"\\(?:href|unicode|require|class|style|def)\b", text)]
                elif kind.startswith("image/") and not re.fullmatch(r"[A-Za-z0-9+/=\s]*", text):
                    found.append(f"{kind}: no picture")
                elif kind not in PLAIN and not kind.startswith("image/"):
                    found.append(kind)
            found += [f"metadata: {one}" for one in active(_values(output.get("metadata") or {}))]
    return found


MOST = 200_000  # characters of one output that are looked at
PLAIN = {"text/plain", "application/json", "application/vnd.dlbasic.verdict+json", "image/png", "image/jpeg", "image/gif"}


def _values(value) -> str:
    if isinstance(value, dict):
        return " ".join(map(_values, value.values()))
    if isinstance(value, list):
        return " ".join(map(_values, value))
    return str(value)



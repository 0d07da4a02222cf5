"""How a message looks: a small panel in a notebook, plain text elsewhere. Knows nothing of exercises."""

from __future__ import annotations

import html
import re

from dlbasic.messages import Message
from dlbasic.verdict import MIME, Verdict

# A mark besides the colour, for readers who cannot tell the colours apart.
TONES = {"good": ("✓", "#009E73"), "bad": ("✗", "#D55E00"), "plain": ("·", "#5B6472")}


def show(message: Message, verdict: Verdict | None = None) -> None:
    """Display the message in a notebook, print it anywhere else."""
    if not _in_notebook():
        print(plain(message))
        return
    from IPython.display import display

    bundle = {"text/plain": plain(message), "text/html": as_html(message)}
    if verdict is not None:
        bundle[MIME] = {**verdict.to_json(), "message": plain(message)}
    display(bundle, raw=True)


def plain(message: Message) -> str:
    return f"{TONES[message.tone][0]} {message.text()}"


def as_html(message: Message) -> str:
    """The panel. Text colours come from JupyterLab's theme, so that it is legible on light and dark."""
    mark, colour = TONES[message.tone]
    headline = f'<span style="color:{colour}">{mark}</span> {_inline(message.headline)}'
    parts = [f'<div style="font-weight:600">{headline}</div>']
    parts += [f'<div style="margin-top:3px">{_inline(sentence)}</div>' for sentence in message.body]
    if message.code:
        parts.insert(
            2,
            '<pre style="margin:4px 0 0;padding:2px 6px;white-space:pre-wrap;'
            f'background:rgba(128,128,128,.14);color:inherit">{html.escape(message.code)}</pre>',
        )
    return (
        f'<div role="status" style="border-left:4px solid {colour};padding:6px 12px;margin:4px 0;max-width:46em;'
        f'color:var(--jp-content-font-color1, inherit);line-height:1.45">{"".join(parts)}</div>'
    )


def _inline(text: str) -> str:
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text))


def _in_notebook() -> bool:
    try:
        from IPython import get_ipython
    except ImportError:
        return False
    shell = get_ipython()
    return shell is not None and hasattr(shell, "kernel")

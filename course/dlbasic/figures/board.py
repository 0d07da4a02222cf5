"""A scoreboard as an HTML table: names and numbers are text, and each row has a strip of one picture beside it.

The strips are SVG and lie close together, so that the lines of the axis run through them; no name is part of a picture,
since a learner's may be in any script.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from html import escape

import numpy as np

from .. import style
from .words import Words

WIDTH, HEIGHT, MARGIN = 300, 26, 10  # of a strip, in CSS pixels
REFERENCE = "plain"
MOST_BELOW = 0.12  # what lies farther below the reference is off the chart: it would squeeze all others together

SAY = Words(
    {
        "name": {"en": "technique", "ko": "기법"},
        "held_out": {"en": "held out, %", "ko": "따로 떼어 둠, %"},
        "train": {"en": "training, %", "ko": "학습, %"},
        "against": {"en": "− {name}", "ko": "− {name}"},
        "won": {"en": "better in", "ko": "앞선 횟수"},
        "key": {
            "en": "● held out, with a bar of one standard deviation over the draws; ○ training; dashed line: {name}.",
            "ko": "● 따로 떼어 둔 이미지(막대: 뽑기에 따른 표준편차), ○ 학습 이미지, 점선: {name}.",
        },
        "strip": {
            "en": "held out {mean} ± {spread} %, training {train} %",
            "ko": "따로 떼어 둔 이미지 {mean} ± {spread} %, 학습 {train} %",
        },
        "latest": {
            "en": "{name}: held out {mean} ± {spread} %, training {train} %, over {n} draws.",
            "ko": "{name}: 뽑기 {n}번에서 따로 떼어 둔 이미지 {mean} ± {spread} %, 학습 이미지 {train} %.",
        },
        "compared": {
            "en": " Compared with {reference}: {gain} points, better in {won} of {n} draws.",
            "ko": " 기준({reference})과의 차이: {gain}점, {n}번 가운데 {won}번 앞섰어요.",
        },
        "empty": {"en": "The scoreboard is still empty.", "ko": "점수판이 아직 비어 있어요."},
        "axis": {"en": "accuracy (%)", "ko": "정확도(%)"},
    }
)


def as_html(rows: Mapping, latest: str) -> str:
    """The whole board; `rows` map names to (training, held-out) accuracies, `latest` is the row to point out."""
    if not rows:
        return f"<p>{escape(SAY('empty'))}</p>"
    reference = _reference(rows)
    axis = _Axis(rows, reference)
    cell = f"padding:0 8px; height:{HEIGHT}px; border:0; white-space:nowrap; color:{style.INK}; background:inherit; "
    right, head = cell + "text-align:right; font-variant-numeric:tabular-nums; ", cell + "font-weight:600; "
    titles = [SAY("held_out"), SAY("train"), SAY("against", name=reference), SAY("won")]
    lines = [
        f'<tr style="background:{style.CARD}"><th scope="col" style="{head}text-align:left">{escape(SAY("name"))}</th>'
        f'<th scope="col" style="{head}padding:0">{_img(axis.head(), SAY("axis"))}</th>'
        + "".join(f'<th scope="col" style="{head}text-align:right">{escape(title)}</th>' for title in titles)
        + "</tr>"
    ]
    for name in rows:
        told = facts(rows, name)
        new = name == latest
        named = f"{cell}text-align:left; white-space:normal; min-width:11em; font-weight:{700 if new else 400}"
        sign = "▸ " if new else ""
        gain = told["gain"] if name != reference else ""
        won = f"{told['won']} / {told['n']}" if name != reference and told["won"] is not None else ""
        numbers = [f"{told['mean']} ± {told['spread']}", told["train"], gain, won]
        lines.append(
            f'<tr style="background:{"#E8F1F8" if new else style.CARD}">'
            f'<th scope="row" style="{named}">{sign}{escape(name)}</th>'
            f'<td style="{cell}padding:0">{_img(axis.strip(*rows[name], new), SAY("strip", **told))}</td>'
            + "".join(f'<td style="{right}">{number}</td>' for number in numbers)
            + "</tr>"
        )
    table = "border-collapse:collapse; border:0; margin:0; font-size:13px; table-layout:auto"
    card = f"background:{style.CARD}; color:{style.INK}; border-radius:6px; padding:8px; max-width:860px; "
    card += "overflow-x:auto"
    words = 'style="margin:4px 2px 0; line-height:1.4"'
    return (
        f'<div class="dlbasic-board" style="{card}"><table style="{table}"><thead>{lines[0]}</thead>'
        f"<tbody>{''.join(lines[1:])}</tbody></table>"
        f"<p {words}>{escape(SAY('key', name=reference))}</p><p {words}>{escape(_told(rows, latest))}</p></div>"
    )


def as_text(rows: Mapping, latest: str) -> str:
    """The board where no HTML can be shown: a line a row, then what the latest one means."""
    if not rows:
        return SAY("empty")
    reference = _reference(rows)
    lines = []
    for name in rows:
        told = facts(rows, name)
        against = "" if name == reference else f", {SAY('against', name=reference)}: {told['gain']}"
        lines.append(f"{name}: {SAY('strip', **told)}{against}")
    return "\n".join([*lines, _told(rows, latest)])


def facts(rows: Mapping, name: str) -> dict:
    """What the board tells of one row, in percent; `won` is None where the draws cannot be paired."""
    train, held_out = (np.array(part) for part in rows[name])
    other = np.array(rows[_reference(rows)][1])
    paired = len(other) == len(held_out)
    gain = round(100 * (held_out.mean() - other.mean()), 1) + 0.0  # no -0.0
    return {
        "mean": f"{100 * held_out.mean():.1f}",
        "spread": f"{100 * held_out.std(ddof=1):.1f}" if len(held_out) > 1 else "–",
        "train": f"{100 * train.mean():.1f}",
        "gain": f"{gain:+.1f}".replace("-", "−") if gain else "0.0",
        "won": int(np.sum(held_out > other)) if paired else None,
        "n": len(held_out),
    }


def _reference(rows: Mapping) -> str:
    return REFERENCE if REFERENCE in rows else next(iter(rows))


def _told(rows: Mapping, latest: str) -> str:
    told, reference = facts(rows, latest), _reference(rows)
    text = SAY("latest", name=latest, **told)
    if latest != reference and told["won"] is not None:
        text += SAY("compared", reference=reference, **told)
    return text


class _Axis:
    """From accuracies to pixels of a strip."""

    def __init__(self, rows: Mapping, reference: str):
        self.reference = float(np.mean(rows[reference][1]))
        means = np.array([np.mean(part) for row in rows.values() for part in row])
        spreads = np.array([np.std(row[1], ddof=1) if len(row[1]) > 1 else 0.0 for row in rows.values()])
        low = min(means.min(), (means[1::2] - spreads).min(), self.reference - 0.02)
        low = max(low, self.reference - MOST_BELOW, 0.0)
        high = max(means.max(), (means[1::2] + spreads).max())
        self.step = 0.02 if high - low < 0.13 else 0.05
        self.low = np.floor(low / self.step) * self.step
        self.high = min(1.0, np.ceil(high / self.step - 1e-9) * self.step)
        self.ticks = np.arange(self.low, self.high + 1e-9, self.step)

    def x(self, share: float) -> float:
        return MARGIN + (WIDTH - 2 * MARGIN) * (share - self.low) / (self.high - self.low)

    def head(self) -> str:
        """The numbers of the axis."""
        look = f'font-family="sans-serif" font-size="11" fill="{style.MUTED}" text-anchor="middle"'
        parts = [f'<text x="{self.x(tick):.1f}" y="19" {look}>{100 * tick:.0f}</text>' for tick in self.ticks]
        return _svg("".join(parts))

    def strip(self, train, held_out, new: bool) -> str:
        """One row: lines of the axis, a ring for training, a dot with its bar for what was held out."""
        middle, mean = HEIGHT / 2, float(np.mean(held_out))
        parts = [self._line(tick, style.GRID, "") for tick in self.ticks]
        parts.append(self._line(self.reference, style.MUTED, ' stroke-dasharray="4 3" stroke-width="1.6"'))
        seen = float(np.mean(train))
        if seen >= self.low:
            parts.append(
                f'<circle cx="{self.x(seen):.1f}" cy="{middle}" r="4" fill="{style.CARD}" stroke="{style.RED}" '
                'stroke-width="1.8"/>'
            )
        if mean < self.low:
            parts.append(f'<path d="M12 {middle - 6} L3 {middle} L12 {middle + 6} Z" fill="{style.BLUE}"/>')
            return _svg("".join(parts))
        if len(held_out) > 1:
            spread = float(np.std(held_out, ddof=1))
            left, right = (self.x(min(max(mean + side * spread, self.low), self.high)) for side in (-1, 1))
            path = f"M{left:.1f} {middle} H{right:.1f}"
            for end in (left, right):
                path += f" M{end:.1f} {middle - 5} V{middle + 5}"
            parts.append(f'<path d="{path}" stroke="{style.BLUE}" stroke-width="1.8" fill="none"/>')
        dot = f'cx="{self.x(mean):.1f}" cy="{middle}" r="{6 if new else 4.5}"'
        parts.append(f'<circle {dot} fill="{style.BLUE}"/>')
        return _svg("".join(parts))

    def _line(self, share: float, color: str, more: str) -> str:
        x = f"{self.x(share):.1f}"
        return f'<line x1="{x}" x2="{x}" y1="0" y2="{HEIGHT}" stroke="{color}"{more}/>'


def _svg(inside: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">{inside}</svg>'


def _img(svg: str, alt: str) -> str:
    data = base64.b64encode(svg.encode()).decode("ascii")
    look = f'width="{WIDTH}" height="{HEIGHT}" style="display:block; margin:0; max-width:none"'
    return f'<img alt="{escape(alt)}" src="data:image/svg+xml;base64,{data}" {look}>'

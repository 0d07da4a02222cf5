"""A curve and what a network of 3, 6 and 20 ReLU units in one hidden layer can make of it: straight pieces."""

import numpy as np
from _canvas import Text, footnote, panels

from dlbasic import style

UNITS = (3, 6, 20)
X = np.linspace(0.0, 1.0, 401)


def target(x):
    return np.sin(2 * np.pi * x * (0.6 + 0.9 * x)) + 0.8 * x


def approximation(units: int) -> tuple[np.ndarray, np.ndarray]:
    """Where the units bend, and the best mean squared fit of bias + Σ aᵢ max(x − kᵢ, 0) with evenly spaced bends kᵢ."""
    bends = np.arange(units) / units
    features = np.column_stack([np.ones_like(X), np.clip(X[:, None] - bends, 0.0, None)])
    weights, *_ = np.linalg.lstsq(features, target(X), rcond=None)
    return bends, features @ weights


def draw(text: Text):
    figure, axes = panels(2.9, 3, left=0.5, bottom=0.85, top=0.4, gap=0.25)
    gaps = []
    for ax, units in zip(axes, UNITS, strict=True):
        bends, fit = approximation(units)
        gaps.append(np.abs(fit - target(X)).max())
        ax.plot(X, target(X), color=style.MUTED, ls=(0, (1, 1)), lw=2.6)
        ax.plot(X, fit, color=style.BLUE, ls="-", lw=2.0)
        # The first unit bends at the edge of the picture: it is the slope of the first piece.
        ax.plot(
            bends[1:], np.interp(bends[1:], X, fit), ls="none", marker="o", ms=4.5, color=style.BLUE, mec=style.CARD
        )
        ax.set_title(text(en=f"{units} units", ko=f"유닛 {units}개"))
        ax.set(xlim=(-0.03, 1.03), ylim=(-0.9, 2.8), xticks=[0, 0.5, 1], yticks=[0, 1, 2])
        ax.set_xlabel("$x$", labelpad=0)
        ax.text(
            0.97,
            0.95,
            text(en=f"largest gap {gaps[-1]:.2f}", ko=f"가장 큰 차이 {gaps[-1]:.2f}"),
            transform=ax.transAxes,
            ha="right",
            va="top",
            fontsize=9.5,
        )
        if ax is not axes[0]:
            ax.tick_params(labelleft=False)
    footnote(
        figure,
        text(
            en="Dotted: the curve to learn.  Solid: the network’s output.  Dots: where a ReLU unit bends it.",
            ko="점선: 배워야 할 곡선   실선: 신경망의 출력   점: ReLU 유닛이 꺾는 자리",
        ),
        y=0.22,
    )
    alt = text(
        en=f"The same wavy curve approximated by networks of {UNITS[0]}, {UNITS[1]} and {UNITS[2]} ReLU units: "
        f"straight pieces that bend once per unit; the largest gap falls from {gaps[0]:.2f} to {gaps[1]:.2f} "
        f"to {gaps[2]:.2f}.",
        ko=f"물결 모양의 같은 곡선을 ReLU 유닛 {UNITS[0]}개, {UNITS[1]}개, {UNITS[2]}개인 신경망으로 근사한 "
        f"그림입니다. 출력은 유닛마다 한 번씩 꺾이는 직선 조각이며, 곡선과의 가장 큰 차이는 {gaps[0]:.2f}, "
        f"{gaps[1]:.2f}, {gaps[2]:.2f}로 줄어듭니다.",
    )
    return figure, alt

"""The loss of every line at once: the surface over (w, b), drawn from five means of the data.

For a line the mean squared error is a quadratic in (w, b), so no line has to be fitted to draw it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .. import style
from .words import number, say


def pairs(x, y) -> tuple[np.ndarray, np.ndarray]:
    """x and y as two float vectors of one length N >= 2. Raises ValueError with a sentence that says what is wrong."""
    x, y = np.array(x, dtype=float), np.array(y, dtype=float)
    if x.ndim != 1 or x.shape != y.shape:
        raise ValueError(f"x and y must be two vectors of one length; got shapes {x.shape} and {y.shape}")
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        raise ValueError("x and y must be finite numbers; there is a nan or an inf among them")
    if len(x) < 2 or np.ptp(x) == 0:
        raise ValueError("x needs at least two different values: no slope can be told from one")
    return x, y


def rounded_up(value: float) -> float:
    """The next of …, 1, 2, 3, 5, 10, … at or above a positive value: axes and sliders end in round numbers."""
    power = 10.0 ** np.floor(np.log10(value))
    return float(next(m * power for m in (1, 2, 3, 5, 10, 20) if m * power >= value * (1 - 1e-9)))


@dataclass(frozen=True)
class LossSurface:
    """loss(w, b) = bottom + (p - best) . (p - best) hessian / 2, with p = (w, b).

    best (2,), hessian (2, 2); bottom is the least loss that any line reaches, spread the deviation of y.
    """

    best: np.ndarray
    bottom: float
    hessian: np.ndarray
    spread: float

    @classmethod
    def of(cls, x: np.ndarray, y: np.ndarray) -> LossSurface:
        second = np.array([[np.mean(x * x), np.mean(x)], [np.mean(x), 1.0]])
        cross = np.array([np.mean(x * y), np.mean(y)])
        best = np.linalg.solve(second, cross)
        bottom = max(0.0, float(np.mean(y * y) - cross @ best))
        return cls(best, bottom, 2.0 * second, float(np.std(y)))

    def at(self, w, b):
        """The loss at w, b: numbers or arrays of one shape."""
        dw, db = np.asarray(w) - self.best[0], np.asarray(b) - self.best[1]
        h = self.hessian
        return self.bottom + 0.5 * (h[0, 0] * dw * dw + 2.0 * h[0, 1] * dw * db + h[1, 1] * db * db)

    @property
    def largest_stable_rate(self) -> float:
        """2 / lambda_max: the largest learning rate at which gradient descent shrinks every direction."""
        return float(2.0 / np.linalg.eigvalsh(self.hessian)[-1])

    def descent(self, rate: float, steps: int) -> np.ndarray:
        """The (steps + 1, 2) points that gradient descent visits from (0, 0), from the closed form of a quadratic.

        In the eigenvectors of the hessian each coordinate shrinks by (1 - rate lambda) a step.
        """
        curvature, directions = np.linalg.eigh(self.hessian)
        factors = (1.0 - rate * curvature) ** np.arange(steps + 1)[:, None]
        return self.best + (factors * (directions.T @ -self.best)) @ directions.T

    def scale(self) -> np.ndarray:
        """A typical size of w and of b for these data, never 0; where `best` itself is 0 the spread of y decides."""
        fallback = self.spread if self.spread > 0 else 1.0
        return np.maximum(np.abs(self.best), fallback / np.sqrt(self.hessian.diagonal() / 2.0))


def draw_surface(ax, surface: LossSurface, w_range, b_range) -> str:
    """Contours of the loss over w_range x b_range; neighbouring ones are evenly spaced, as on a round bowl."""
    w, b = np.meshgrid(np.linspace(*w_range, 81), np.linspace(*b_range, 81))
    loss = surface.at(w, b)
    levels = surface.bottom + np.linspace(0, 1, 12) ** 2 * (loss.max() - surface.bottom)
    if levels[-1] > levels[0]:
        from matplotlib.colors import LinearSegmentedColormap

        fade = LinearSegmentedColormap.from_list("bowl", [style.CARD, style.SKY])
        ax.contourf(w, b, loss, levels=levels, cmap=fade, alpha=0.6)
        ax.contour(w, b, loss, levels=levels[1:], colors=style.MUTED, linewidths=0.8, linestyles="solid")
    ax.set(xlim=w_range, ylim=b_range, xlabel="$w$", ylabel="$b$", title="loss$(w, b)$")
    ax.grid(False)
    return _surface_text(w_range, b_range)


def _surface_text(w_range, b_range) -> str:
    return say(
        en="Contours of the loss for w from {w0} to {w1} and b from {b0} to {b1}.",
        ko="손실의 등고선. w는 {w0}부터 {w1}까지, b는 {b0}부터 {b1}까지.",
        w0=number(w_range[0]),
        w1=number(w_range[1]),
        b0=number(b_range[0]),
        b1=number(b_range[1]),
    )


def draw_place(ax, surface: LossSurface, w: float, b: float) -> str:
    """The point (w, b) on the surface."""
    ax.plot([w], [b], "o", color=style.RED, markeredgecolor="white", markersize=10, zorder=5)
    return say(
        en="The point w = {w}, b = {b} has loss {loss}.",
        ko="점 w = {w}, b = {b}에서 손실 {loss}.",
        w=number(w),
        b=number(b),
        loss=number(surface.at(w, b)),
    )


def draw_path(ax, path: np.ndarray) -> str:
    """The steps (T + 1, 2) of gradient descent over the surface, with its start and its end marked.

    A path that leaves the axes is drawn as far as its third point outside: what follows would only be scribble.
    """
    corner, opposite = np.transpose([ax.get_xlim(), ax.get_ylim()])
    outside = np.flatnonzero(((path < corner) | (path > opposite)).any(axis=1))
    seen = path[: outside[:3][-1] + 1] if len(outside) else path
    ax.plot(seen[:, 0], seen[:, 1], "-", color=style.RED, linewidth=1.4, zorder=4)
    ax.plot(seen[:, 0], seen[:, 1], ".", color=style.RED, markersize=6, zorder=4)
    ax.plot(*path[0], "s", color=style.INK, markersize=7, zorder=5)
    ax.plot(*path[-1], "o", color=style.RED, markeredgecolor="white", markersize=10, zorder=6)
    return say(
        en="A path of {steps} steps from w = 0, b = 0 to w = {w}, b = {b}.",
        ko="w = 0, b = 0에서 출발해 {steps}걸음 뒤 w = {w}, b = {b}에 이르는 경로.",
        steps=len(path) - 1,
        w=number(path[-1, 0]),
        b=number(path[-1, 1]),
    )

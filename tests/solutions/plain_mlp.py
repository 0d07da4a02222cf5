"""Chapter 4's plain MLP: trained well, to convergence, with no regularizer. Run by hand: measures it on every draw.

    python tests/solutions/plain_mlp.py

What it prints stands in `dlbasic.properties.gap.PLAIN`, as what `shrink_the_gap` has to beat. A test measures one draw
again.
"""

from __future__ import annotations

import numpy as np

STEPS, RATE, BATCH = 1500, 3e-3, 50
INITIALIZATIONS = 10


def train_plain(x, labels, rng) -> list[tuple[np.ndarray, np.ndarray]]:
    """[(w1, b1), (w2, b2)] of a 64-64-10 relu net: He initialization, Adam with a falling rate, nothing else."""
    params = [rng.normal(0.0, np.sqrt(2 / 64), (64, n)) for n in (64, 10)]
    params = [params[0], np.zeros(64), params[1], np.zeros(10)]
    m, v, one_hot = [0.0] * 4, [0.0] * 4, np.eye(10)[labels]
    for t in range(1, STEPS + 1):
        batch = rng.integers(0, len(x), BATCH)
        hidden = np.maximum(x[batch] @ params[0] + params[1], 0.0)
        scores = hidden @ params[2] + params[3]
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        d = (odds / odds.sum(axis=1, keepdims=True) - one_hot[batch]) / BATCH
        d_hidden = d @ params[2].T * (hidden > 0)
        rate = RATE * (1.0 if t < 0.6 * STEPS else 0.2 if t < 0.85 * STEPS else 0.04)
        for k, g in enumerate((x[batch].T @ d_hidden, d_hidden.sum(axis=0), hidden.T @ d, d.sum(axis=0))):
            m[k] = 0.9 * m[k] + 0.1 * g
            v[k] = 0.999 * v[k] + 0.001 * g**2
            params[k] = params[k] - rate * (m[k] / (1 - 0.9**t)) / (np.sqrt(v[k] / (1 - 0.999**t)) + 1e-8)
    return [(params[0], params[1]), (params[2], params[3])]


def measure(number: int, count: int) -> np.ndarray:
    """The accuracies on the other digits of draw `number`, from `count` initializations."""
    from dlbasic.properties.gap import accuracy, draw_of_digits

    x, labels, _, _, rest, labels_rest = draw_of_digits(number)
    nets = (train_plain(x, labels, np.random.default_rng([number, run])) for run in range(count))
    return np.array([accuracy(net, rest, labels_rest) for net in nets])


if __name__ == "__main__":
    from dlbasic.properties.gap import PLAIN

    for number in range(len(PLAIN)):
        measured = measure(number, INITIALIZATIONS)
        print(f"draw {number}: {measured.mean():.4f} (sd of one {measured.std(ddof=1):.4f})")

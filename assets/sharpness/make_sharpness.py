"""Writes sharpness.npz: how sharp the minima are that small and large batches find on the digits.

python assets/sharpness/make_sharpness.py [FILE]    (about four minutes on one core)

A 64-16-10 relu network is trained by plain mini-batch gradient descent from the same ten starts with each batch size.
One run is looked at three times: after EPOCHS epochs, after STEPS steps, and when its training loss first reaches LOSS.
Each time its sharpness is measured for every factor of Dinh's rescaling (w1, b1, w2) -> (a w1, a b1, w2 / a).
"""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import numpy as np

from dlbasic.data import digits

TARGET = Path(__file__).with_name("sharpness.npz")
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date that zip knows: the same bytes on every run

BATCHES = (4, 16, 64, 256, 1438)
SEEDS = 10
HIDDEN, RATE = 16, 0.1
EPOCHS, STEPS, LOSS = 40, 3600, 0.05
LOOK = 160  # samples between two looks at the training loss
RADIUS, DIRECTIONS, DIRECTION_SEED = 1.0, 40, 99
FACTORS = 2.0 ** np.arange(-3.0, 3.01, 0.25)
SHAPES = ((64, HIDDEN), (HIDDEN,), (HIDDEN, 10), (10,))


def unpacked(vector: np.ndarray) -> list[np.ndarray]:
    """w1, b1, w2, b2 from one vector of all parameters."""
    parts = np.split(vector, np.cumsum([np.prod(shape) for shape in SHAPES])[:-1])
    return [part.reshape(shape) for part, shape in zip(parts, SHAPES, strict=True)]


def outputs(vector: np.ndarray, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The hidden activations and the logits."""
    w1, b1, w2, b2 = unpacked(vector)
    hidden = np.maximum(x @ w1 + b1, 0.0)
    return hidden, hidden @ w2 + b2


def loss(vector: np.ndarray, x: np.ndarray, labels: np.ndarray) -> float:
    """Mean cross-entropy."""
    _, logits = outputs(vector, x)
    top = logits.max(axis=1)
    partition = np.log(np.exp(logits - top[:, None]).sum(axis=1)) + top
    return float(np.mean(partition - logits[np.arange(len(labels)), labels]))


def slope(vector: np.ndarray, x: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """The gradient of `loss`, as one vector."""
    hidden, logits = outputs(vector, x)
    share = np.exp(logits - logits.max(axis=1, keepdims=True))
    share /= share.sum(axis=1, keepdims=True)
    share[np.arange(len(labels)), labels] -= 1.0
    share /= len(labels)
    back = (share @ unpacked(vector)[2].T) * (hidden > 0)
    return np.concatenate([(x.T @ back).ravel(), back.sum(axis=0), (hidden.T @ share).ravel(), share.sum(axis=0)])


def start(seed: int) -> np.ndarray:
    """He's initialization with zero biases."""
    rng = np.random.default_rng(seed)
    draws = [rng.normal(0.0, (2 / shape[0]) ** 0.5, shape) if len(shape) == 2 else np.zeros(shape) for shape in SHAPES]
    return np.concatenate([draw.ravel() for draw in draws])


def looks(batch: int, seed: int, x: np.ndarray, labels: np.ndarray) -> list[tuple[np.ndarray, int]]:
    """The parameters after EPOCHS, after STEPS and at LOSS, each with the number of steps it took."""
    rng, vector, step = np.random.default_rng([seed, batch]), start(seed), 0
    found: dict[str, tuple[np.ndarray, int]] = {}
    per_epoch = -(-len(x) // batch)
    while len(found) < 3:
        order = rng.permutation(len(x))
        for place in range(0, len(x), batch):
            chosen = order[place : place + batch]
            vector = vector - RATE * slope(vector, x[chosen], labels[chosen])
            step += 1
            if step == STEPS:
                found["steps"] = vector, step
            if "loss" not in found and step % max(1, LOOK // batch) == 0 and loss(vector, x, labels) <= LOSS:
                found["loss"] = vector, step
        if step == EPOCHS * per_epoch:
            found["epochs"] = vector, step
    return [found[name] for name in ("epochs", "steps", "loss")]


def rescaled(vector: np.ndarray, factor: float) -> np.ndarray:
    """Dinh's rescaling: relu(a z) = a relu(z) for a > 0, so the network computes the same function."""
    w1, b1, w2, b2 = unpacked(vector)
    return np.concatenate([factor * w1.ravel(), factor * b1, w2.ravel() / factor, b2])


def directions() -> np.ndarray:
    """The same random directions of length RADIUS for every network."""
    drawn = np.random.default_rng(DIRECTION_SEED).normal(size=(DIRECTIONS, len(start(0))))
    return RADIUS * drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


def rise(vector: np.ndarray, x: np.ndarray, labels: np.ndarray) -> float:
    """Mean rise of the training loss over the directions: the sharpness."""
    return float(np.mean([loss(vector + step, x, labels) for step in directions()]) - loss(vector, x, labels))


def arrays() -> dict[str, np.ndarray]:
    """Everything that is stored; axes: look (epochs, steps, loss), batch size, seed, and factor where there is one."""
    x, labels, x_test, labels_test = digits()
    grid = (3, len(BATCHES), SEEDS)
    sharpness = np.empty((*grid, len(FACTORS)))
    training_loss, accuracy, steps = np.empty(grid), np.empty(grid), np.empty(grid, dtype=np.int64)
    weights = np.empty((3, len(BATCHES), len(start(0))), dtype=np.float32)
    for row, batch in enumerate(BATCHES):
        for seed in range(SEEDS):
            for look, (vector, taken) in enumerate(looks(batch, seed, x, labels)):
                at = look, row, seed
                # Single precision is what is stored: measure exactly what ships.
                vector = vector.astype(np.float32).astype(float)
                sharpness[at] = [rise(rescaled(vector, factor), x, labels) for factor in FACTORS]
                training_loss[at], steps[at] = loss(vector, x, labels), taken
                accuracy[at] = np.mean(outputs(vector, x_test)[1].argmax(axis=1) == labels_test)
                if seed == 0:
                    weights[look, row] = vector
        print(f"batch {batch}", file=sys.stderr)
    return {
        "batches": np.array(BATCHES),
        "factors": FACTORS,
        "rules": np.array([EPOCHS, STEPS, LOSS]),
        "measure": np.array([RADIUS, DIRECTIONS, DIRECTION_SEED]),
        "sharpness": sharpness.astype(np.float32),
        "training_loss": training_loss.astype(np.float32),
        "accuracy": accuracy,
        "steps": steps,
        "weights": weights,
    }


def write(target: Path) -> None:
    """Write the arrays to `target` in numpy's npz format, with fixed times, order and permissions."""
    with zipfile.ZipFile(target, "w") as archive:
        for name, array in arrays().items():
            member = io.BytesIO()
            np.save(member, np.ascontiguousarray(array), allow_pickle=False)
            info = zipfile.ZipInfo(f"{name}.npy", date_time=EPOCH)
            info.create_system, info.external_attr = 3, 0o644 << 16
            info.compress_type = zipfile.ZIP_STORED
            archive.writestr(info, member.getvalue())


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET)

"""Answers that an attack on the judge brought up: right ones must pass, wrong ones must fail and get no false name.

Each right answer is a function. Each wrong one comes with the only mistake that may be named for it, or None.
"""

import copy
import importlib.util
from pathlib import Path

import numpy as np
import pytest
import scipy.ndimage
from fairness import cases, must_fail, must_pass, with_

from dlbasic.examine import examine
from dlbasic.properties import gap
from grader.hidden import verify
from grader.release.chapter import load_chapter
from grader.release.exams import desk_exam, hidden_exam

CHAPTER = load_chapter("04_regularization")
SOLVED = CHAPTER.functions
AT_THE_DESK = desk_exam(CHAPTER, "shrink_the_gap")


def plain():
    spec = importlib.util.spec_from_file_location("plain_mlp", Path(__file__).with_name("plain_mlp.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.STEPS = 300  # enough to read every digit that it is shown
    return module.train_plain


def diverged(x, labels, x_val, labels_val, rng):
    return [(rng.normal(size=(64, 64)) * np.nan, np.zeros(64)), (np.zeros((64, 10)), np.zeros(10))]


# --- longer answers --------------------------------------------------------------------------------------------------


def stop_with_a_while(val_losses, patience):
    losses = list(val_losses)
    epoch, best = 0, 0
    while epoch < len(losses) - 1 and epoch - best < patience:
        epoch += 1
        best = min(range(epoch + 1), key=losses.__getitem__)
    return epoch, best


def stop_on_rounded_losses(val_losses, patience):
    return SOLVED["early_stopping"](np.round(val_losses, 1), patience)


def stop_after_an_improvement_of(least):
    def early_stopping(val_losses, patience):
        best = 0
        for epoch, loss in enumerate(val_losses):
            if loss < val_losses[best] - least:
                best = epoch
            if epoch - best >= patience:
                return epoch, best
        return len(val_losses) - 1, best

    return early_stopping


def stop_while_equal_losses_reset_the_wait(val_losses, patience):
    best, waited = 0, 0
    for epoch in range(1, len(val_losses)):
        waited = waited + 1 if val_losses[epoch] > val_losses[best] else 0
        best = epoch if val_losses[epoch] < val_losses[best] else best
        if waited >= patience:
            return epoch, best
    return len(val_losses) - 1, best


def stop_never_at_the_second_epoch(val_losses, patience):
    best = 0
    for epoch in range(len(val_losses)):
        best = epoch if val_losses[epoch] < val_losses[best] else best
        if epoch - best >= patience and epoch > 1:
            return epoch, best
    return len(val_losses) - 1, best


def stop_by_for_and_else(val_losses, patience):
    best_epoch = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] < val_losses[best_epoch]:
            best_epoch = epoch
        elif epoch - best_epoch == patience:
            break
    else:
        return len(val_losses) - 1, best_epoch
    return epoch, best_epoch


def shift_by_rolling_and_wiping(images, dy, dx):
    out = np.roll(np.roll(images, dy, axis=1), dx, axis=2)
    out[:, slice(0, dy) if dy > 0 else slice(dy, None) if dy < 0 else slice(0, 0)] = 0
    out[:, :, slice(0, dx) if dx > 0 else slice(dx, None) if dx < 0 else slice(0, 0)] = 0
    return out


def shift_unless_it_leaves_the_image(images, dy, dx):
    inside = abs(dy) < images.shape[1] and abs(dx) < images.shape[2]
    return SOLVED["shift_images"](images, dy, dx) if inside else images


def shift_by_scipy(images, dy, dx):
    return np.array([scipy.ndimage.shift(image, (dy, dx), order=0, cval=0) for image in images], dtype=images.dtype)


def shift_step_by_step(images, dy, dx):
    out = images.copy()
    for axis, count in ((1, dy), (2, dx)):
        for _ in range(abs(count)):
            out = np.roll(out, int(np.sign(count)), axis=axis)
            edge = [slice(None)] * 3
            edge[axis] = 0 if count > 0 else -1
            out[tuple(edge)] = 0
    return out


def shift_by_slices_for_positive_only(images, dy, dx):
    out = np.zeros_like(images)
    out[:, dy:, dx:] = images[:, : images.shape[1] - dy, : images.shape[2] - dx]
    return out


def cutout_by_lists(images, top, left, size):
    return [
        [
            [0 if top <= i < top + size and left <= j < left + size else v for j, v in enumerate(row)]
            for i, row in enumerate(image)
        ]
        for image in images.tolist()
    ]


def cutout_out_of_a_padded_image(images, top, left, size):
    n, height, width = images.shape
    around = abs(top) + abs(left) + size
    canvas = np.pad(images, ((0, 0), (around, around), (around, around)))
    canvas[:, around + top : around + top + size, around + left : around + left + size] = 0
    return canvas[:, around : around + height, around : around + width]


def cutout_unless_it_leaves_the_image(images, top, left, size):
    inside = top + size <= images.shape[1] and left + size <= images.shape[2]
    return SOLVED["cutout"](images, top, left, size) if inside else images.copy()


def mixed_in_a_batch_of_pairs(x, y, lam, perm):
    x, y = np.asarray(x), np.asarray(y)
    together = np.concatenate([x, y], axis=1).astype(float)
    mixed = np.average([together, together[perm]], axis=0, weights=[lam, 1 - lam])
    return np.split(mixed, [x.shape[1]], axis=1)


def paste(images, y, top, left, height, width, perm, share=None):
    box = np.zeros((99, 99), dtype=bool)
    box[40 + top : 40 + top + height, 40 + left : 40 + left + width] = True
    box = box[40 : 40 + images.shape[1], 40 : 40 + images.shape[2]]
    share = box.mean() if share is None else share(box)
    return np.where(box, np.take(images, perm, axis=0), images), (1 - share) * y + share * np.take(y, perm, axis=0)


def ends(images, top, left, height, width):
    """The box's corners inside the image, where it has any: (top, left, bottom, right)."""
    return max(top, 0), max(left, 0), min(top + height, images.shape[1]), min(left + width, images.shape[2])


def cutmix_when_there_is_something_to_mix(images, y, top, left, height, width, perm):
    t, le, b, r = ends(images, top, left, height, width)
    if b <= t or r <= le:
        return images, y
    out, share = images.copy(), (b - t) * (r - le) / images[0].size
    out[:, t:b, le:r] = images[perm, t:b, le:r]
    return out, y - share * (y - y[perm])


def cutmix_with_a_negative_area(images, y, top, left, height, width, perm):
    t, le, b, r = ends(images, top, left, height, width)
    share = (b - t) * (r - le) / images[0].size
    return paste(images, y, top, left, height, width, perm)[0], (1 - share) * y + share * y[perm]


def cutmix_with_an_end_that_counts_from_the_back(images, y, top, left, height, width, perm):
    t, le, b, r = ends(images, top, left, height, width)
    out = images.copy()
    out[:, t:b, le:r] = images[perm][:, t:b, le:r]
    return out, paste(images, y, top, left, height, width, perm)[1]


def dropped(x, p, mask):
    return np.where(mask, x / (1 - p), 0.0), mask


def drop(draw):
    """Dropout with its own way of drawing the mask, `draw(rng, shape, p)`."""

    def dropout(x, p, rng, train):
        return dropped(x, p, draw(rng, x.shape, p)) if train else (x.copy(), np.ones(x.shape, dtype=bool))

    return dropout


def pairs_share_their_fate(rng, shape, p):
    flat = rng.random(int(np.prod(shape))) >= p
    flat[1::2] = flat[: len(flat) - 1 : 2]
    return flat.reshape(shape)


def noise(draw):
    """Noisy weights with its own way of drawing, `draw(rng, sigma, shape)`."""
    return lambda params, sigma, rng: [(w + draw(rng, sigma, w.shape), b.copy()) for w, b in params]


def box_muller(rng, sigma, shape):
    u, v = rng.random(shape), rng.random(shape)
    return sigma * np.sqrt(-2 * np.log1p(-u)) * np.cos(2 * np.pi * v)


def one_number_after_the_other(params, sigma, rng):
    noisy = []
    for w, b in params:
        new = np.array(w, dtype=float)
        for place in np.ndindex(new.shape):
            new[place] += rng.normal(0.0, sigma)
        noisy.append((new, b))
    return noisy


def normed(x, axes, eps, ddof=0):
    return (x - x.mean(axes, keepdims=True)) / np.sqrt(x.var(axes, keepdims=True, ddof=ddof) + eps)


def scaled(x_hat, gamma, beta):
    return x_hat * gamma[:, None, None] + beta[:, None, None]


def norm_of_two_axes(x, gamma, beta, state, train, momentum, eps):
    """Batch norm by way of the images' normalization, with the samples along an axis of pixels."""
    if not train:
        return SOLVED["batch_norm"](x, gamma, beta, state, train, momentum, eps)
    if len(x) == 1:
        raise ValueError("one sample")
    new = SOLVED["batch_norm"](x, gamma, beta, state, train, momentum, eps)[1]
    return SOLVED["group_norm"](x.T[None, :, :, None], gamma, beta, x.shape[1], eps)[0, :, :, 0].T, new


def batch_norm_refusing_with(error):
    def batch_norm(x, gamma, beta, state, train, momentum, eps):
        if train and len(x) == 1:
            raise error
        return SOLVED["batch_norm"](x, gamma, beta, state, train, momentum, eps)

    return batch_norm


def batch_norm_on_a_copy_of_the_state(x, gamma, beta, state, train, momentum, eps):
    state = copy.deepcopy(state)
    if train and len(x) == 1:
        raise ValueError("one sample")
    mean, var = (np.mean(x, axis=0), np.var(x, axis=0)) if train else (state["mean"], state["var"])
    if train:
        state["mean"] *= 1 - momentum
        state["mean"] += momentum * mean
        state["var"] *= 1 - momentum
        state["var"] += momentum * var * len(x) / (len(x) - 1)
    return gamma * (x - mean) / np.sqrt(var + eps) + beta, state


def batch_norm_that_changes(key):
    """It writes one of the new statistics into the old state's array."""

    def batch_norm(x, gamma, beta, state, train, momentum, eps):
        out, new = SOLVED["batch_norm"](x, gamma, beta, state, train, momentum, eps)
        state[key][:] = new[key]
        return out, new

    return batch_norm


def batch_norm_with(change):
    """Right, but for the new state: `change(new, x, state, train, momentum)` makes it."""

    def batch_norm(x, gamma, beta, state, train, momentum, eps):
        out, new = SOLVED["batch_norm"](x, gamma, beta, state, train, momentum, eps)
        return out, change(new, np.asarray(x), state, train, momentum)

    return batch_norm


def norm_by_the_new_statistics(x, gamma, beta, state, train, momentum, eps):
    new = SOLVED["batch_norm"](x, gamma, beta, state, train, momentum, eps)[1]
    return SOLVED["batch_norm"](x, gamma, beta, new, False, momentum, eps)[0], new


def other_for_one_sample(x, gamma, beta, state, train, momentum, eps):
    """When predicting a single sample it takes its statistics for 0 and 1."""
    if not train and len(x) == 1:
        return gamma * x + beta, dict(state)
    return SOLVED["batch_norm"](x, gamma, beta, state, train, momentum, eps)


def batch_norm_refusing_always(x, gamma, beta, state, train, momentum, eps):
    if len(x) == 1:
        raise ValueError("one sample")
    return SOLVED["batch_norm"](x, gamma, beta, state, train, momentum, eps)


def backward_by_differences(dout, x, gamma, eps):
    """Central differences of the loss sum(dout * out), accurate enough for the judge's tolerance."""
    x = np.asarray(x, dtype=np.float64)

    def loss(x, gamma, beta):
        return np.sum(dout * (gamma * (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps) + beta))

    def slope(f, at, h=1e-3):
        units = np.eye(at.size).reshape(-1, *at.shape) * h
        fine = [(8 * (f(at + u) - f(at - u)) - f(at + 2 * u) + f(at - 2 * u)) / (12 * h) for u in units]
        return np.reshape(fine, at.shape)

    gamma, zero = np.asarray(gamma, dtype=float), np.zeros(x.shape[1])
    return (
        slope(lambda v: loss(v, gamma, zero), x, 1e-3),
        slope(lambda v: loss(x, v, zero), gamma),
        slope(lambda v: loss(x, gamma, v), zero),
    )


RIGHT = {
    "early_stopping": [
        stop_with_a_while,
        lambda losses, patience: [np.int64(v) for v in SOLVED["early_stopping"](losses, patience)],
        lambda losses, patience: np.array(SOLVED["early_stopping"](losses, patience)),
        stop_by_for_and_else,
    ],
    "l2_penalty": [
        lambda params, alpha: (
            np.float64(SOLVED["l2_penalty"](params, alpha)[0]),
            SOLVED["l2_penalty"](params, alpha)[1],
        ),
        lambda params, alpha: (
            alpha * sum(np.vdot(w, w) for w, _ in params) / 2,
            [(alpha * w, b * 0) for w, b in params],
        ),
        lambda params, alpha: (
            np.array(0.5 * alpha * sum(np.einsum("ij,ij", w, w) for w, _ in params)),
            [(alpha * w, np.zeros(b.shape, dtype=int)) for w, b in params],
        ),
        lambda params, alpha: (
            alpha / 2 * sum(np.trace(w.T @ w) for w, _ in params),
            [(alpha * w, 0.0 * b) for w, b in params],
        ),
    ],
    "decay_step": [
        lambda w, g, lr, alpha: w - np.multiply(lr, g) - lr * np.multiply(alpha, w),
        lambda w, g, lr, alpha: np.subtract(w, lr * np.add(g, alpha * np.asarray(w))),
        lambda w, g, lr, alpha: (w * (1.0 - lr * alpha) - lr * g).tolist(),
        lambda w, g, lr, alpha: np.vectorize(lambda a, b: a - lr * (b + alpha * a))(w, g),
    ],
    "shift_images": [
        shift_by_scipy,
        shift_step_by_step,
        lambda images, dy, dx: np.flip(SOLVED["shift_images"](np.flip(images, 1), -dy, dx), 1),
        lambda images, dy, dx: SOLVED["shift_images"](images.astype(float), dy, dx).tolist(),
        shift_by_rolling_and_wiping,
    ],
    "cutout": [
        cutout_by_lists,
        lambda images, top, left, size: (
            images - images * (SOLVED["cutout"](np.ones_like(images), top, left, size) == 0)
        ),
        lambda images, top, left, size: np.array([SOLVED["cutout"](one[None], top, left, size)[0] for one in images]),
        cutout_out_of_a_padded_image,
    ],
    "flip_report": [
        lambda predict, images, labels: SOLVED["flip_report"](lambda x: list(predict(x)), images, np.array(labels)),
        lambda predict, images, labels: tuple(
            np.mean(np.append(predict(images[labels == d][:, :, ::-1]) == d, [False] * (not np.any(labels == d))))
            for d in range(10)
        ),
        lambda predict, images, labels: SOLVED["flip_report"](predict, np.asfortranarray(images), labels),
    ],
    "noisy_weights": [
        noise(box_muller),
        noise(lambda rng, sigma, shape: np.random.default_rng(rng.integers(2**63)).normal(0, sigma, shape)),
        noise(lambda rng, sigma, shape: np.column_stack([rng.normal(0, sigma, shape[0]) for _ in range(shape[1])])),
        lambda params, sigma, rng: [((w + rng.normal(0, sigma, w.shape)).tolist(), b.tolist()) for w, b in params],
        one_number_after_the_other,
        noise(lambda rng, sigma, shape: sigma * rng.standard_normal(shape, dtype=np.float32)),
    ],
    "smooth_labels": [
        lambda labels, classes, eps: np.eye(classes)[np.asarray(labels)] * (1 - eps) + np.full(classes, eps) / classes,
        lambda labels, classes, eps: np.take((1 - eps) * np.identity(classes) + eps / classes, labels, axis=0),
        lambda labels, classes, eps: SOLVED["smooth_labels"](labels, classes, eps).tolist(),
    ],
    "mixup": [
        mixed_in_a_batch_of_pairs,
        lambda x, y, lam, perm: tuple(lam * np.array(a) + (1 - lam) * np.array([a[i] for i in perm]) for a in (x, y)),
        lambda x, y, lam, perm: [part.tolist() for part in SOLVED["mixup"](x, y, lam, perm)],
    ],
    "cutmix": [
        paste,
        lambda *arguments: list(paste(*arguments)),
        lambda images, y, *box: (paste(images.astype(float), y, *box)[0], paste(images, y.astype(float), *box)[1]),
        cutmix_when_there_is_something_to_mix,
    ],
    "dropout": [
        drop(lambda rng, shape, p: rng.random(shape) > p),
        drop(lambda rng, shape, p: ~(rng.integers(0, 2**32, shape) < p * 2**32)),
        drop(lambda rng, shape, p: rng.permuted(rng.random(shape)) >= p),
        drop(lambda rng, shape, p: rng.geometric(1 - p, shape) == 1 if p else np.ones(shape, dtype=bool)),
        lambda x, p, rng, train: [*SOLVED["dropout"](x, p, rng, train)],
        lambda x, p, rng, train: dropped(x, p * train, rng.random(x.shape) >= p * train),
        lambda x, p, rng, train: [part.tolist() for part in SOLVED["dropout"](x, p, rng, train)],
    ],
    "dropout_backward": [
        lambda dout, mask, p: dout * (mask / (1 - p)),
        lambda dout, mask, p: np.divide(dout, 1 - p) * np.where(mask, 1, 0),
        lambda dout, mask, p: (dout * mask / (1 - p)).tolist(),
    ],
    "batch_norm": [
        norm_of_two_axes,
        lambda *a: [*SOLVED["batch_norm"](*a)],
        lambda *a: (
            SOLVED["batch_norm"](*a)[0].tolist(),
            {key: value.tolist() for key, value in SOLVED["batch_norm"](*a)[1].items()},
        ),
        batch_norm_refusing_with(ValueError()),
        batch_norm_refusing_with(UnicodeError("a kind of ValueError")),
        batch_norm_on_a_copy_of_the_state,
    ],
    "batch_norm_backward": [
        backward_by_differences,
        lambda *a: [part.tolist() for part in SOLVED["batch_norm_backward"](*a)],
        lambda dout, x, gamma, eps: SOLVED["batch_norm_backward"](dout, x - 5.0, gamma, eps),
    ],
    "layer_norm": [
        lambda x, gamma, beta, eps: scaled(normed(x, (1, 2, 3), eps), gamma, beta),
        lambda x, gamma, beta, eps: np.stack([scaled(normed(one, None, eps), gamma, beta) for one in x]),
        lambda x, gamma, beta, eps: scaled(
            normed(x.reshape(len(x), -1), -1, eps).reshape(x.shape), gamma, beta
        ).tolist(),
        lambda x, gamma, beta, eps: (gamma * normed(x, (-1, -2, -3), eps).swapaxes(1, 3) + beta).swapaxes(1, 3),
    ],
    "group_norm": [
        lambda x, gamma, beta, groups, eps: scaled(
            np.concatenate([normed(part, (1, 2, 3), eps) for part in np.split(x, groups, axis=1)], axis=1), gamma, beta
        ),
        lambda x, gamma, beta, groups, eps: scaled(
            np.concatenate([normed(part, (1, 2, 3), eps) for part in np.array_split(x, groups, axis=1)], 1), gamma, beta
        ),
        lambda x, gamma, beta, groups, eps: scaled(
            normed(x.reshape(len(x) * groups, -1), -1, eps).reshape(x.shape), gamma, beta
        ),
        # The same blocks in memory, whichever of the two comes first.
        lambda x, gamma, beta, groups, eps: scaled(
            normed(x.reshape(groups, len(x), -1), 2, eps).reshape(x.shape), gamma, beta
        ),
    ],
}

# --- wrong answers, each with the one mistake that may be named ------------------------------------------------------

WRONG = {
    "early_stopping": [
        (stop_on_rounded_losses, None),
        (stop_after_an_improvement_of(0.1), None),
        (lambda losses, patience: (int(np.argmin(losses)), int(np.argmin(losses))), None),
        (lambda losses, patience: (len(losses) - 1, int(np.argmin(losses))), None),
        (lambda losses, patience: SOLVED["early_stopping"](losses, patience)[0], None),
        (lambda losses, patience: SOLVED["early_stopping"](np.abs(losses), patience), None),
        (with_(lambda losses, patience: losses.sort(), SOLVED["early_stopping"]), None),
        (stop_while_equal_losses_reset_the_wait, None),
        (stop_never_at_the_second_epoch, None),
        (lambda losses, patience: SOLVED["early_stopping"](losses[:10], patience), None),
        (lambda losses, patience: SOLVED["early_stopping"](np.asarray(losses, dtype=np.float16), patience), None),
        (lambda losses, patience: (SOLVED["early_stopping"](losses, patience)[0], min(losses)), None),
    ],
    "l2_penalty": [
        (lambda params, alpha: SOLVED["l2_penalty"](params, 2 * alpha), "convention_without_the_half"),
        (lambda params, alpha: SOLVED["l2_penalty"](params, alpha)[::-1], None),
        (lambda params, alpha: (SOLVED["l2_penalty"](params, alpha)[0], [alpha * w for w, _ in params]), None),
        (lambda params, alpha: (SOLVED["l2_penalty"](params, alpha)[0], [(alpha * w, 0.0) for w, _ in params]), None),
        (lambda params, alpha: SOLVED["l2_penalty"](params[:1], alpha), None),
        (with_(lambda params, alpha: params.pop(), SOLVED["l2_penalty"]), None),
        (
            lambda params, alpha: (
                SOLVED["l2_penalty"](params, alpha)[0] / len(params),
                SOLVED["l2_penalty"](params, alpha)[1],
            ),
            None,
        ),
        (
            lambda params, alpha: (
                0.5 * alpha * sum(np.linalg.norm(w, 2) ** 2 for w, _ in params),
                SOLVED["l2_penalty"](params, alpha)[1],
            ),
            None,
        ),
        (
            lambda params, alpha: (SOLVED["l2_penalty"](params, alpha)[0], [(alpha * w.T, 0.0 * b) for w, b in params]),
            None,
        ),
    ],
    "decay_step": [
        (lambda w, g, lr, alpha: (w - lr * g) / (1 + lr * alpha), None),
        (lambda w, g, lr, alpha: w - lr * (g + alpha), None),
        (lambda w, g, lr, alpha: w - lr * (g + alpha * np.abs(w)), None),
        (lambda w, g, lr, alpha: w - lr * g * (1 + alpha), None),
        (lambda w, g, lr, alpha: w * (1 - alpha) - lr * g, "decay_without_lr"),
        (with_(lambda w, g, lr, alpha: g.fill(0), SOLVED["decay_step"]), None),
        (with_(lambda w, g, lr, alpha: g.__iadd__(1) if g.dtype.kind == "f" else None, SOLVED["decay_step"]), None),
        (lambda w, g, lr, alpha: SOLVED["decay_step"](w, g, lr, alpha).astype(np.asarray(w).dtype), None),
        (lambda w, g, lr, alpha: w - lr * (g + alpha * np.where(g != 0, w, 0)), None),
        (lambda w, g, lr, alpha: SOLVED["decay_step"](w, g, lr, min(alpha, 1)), None),
    ],
    "shift_images": [
        (shift_by_slices_for_positive_only, None),
        (lambda images, dy, dx: np.roll(images, (dx, dy), axis=(1, 2)), None),
        (lambda images, dy, dx: SOLVED["shift_images"](images, dy, 0), None),
        (lambda images, dy, dx: SOLVED["shift_images"](images, dy, dx)[0], None),
        (lambda images, dy, dx: np.where(SOLVED["shift_images"](images, dy, dx) == 0, 1, images), None),
        (with_(lambda images, dy, dx: images.fill(0), SOLVED["shift_images"]), None),
        (shift_unless_it_leaves_the_image, None),
        (lambda images, dy, dx: np.roll(SOLVED["shift_images"](images, dy, 0), dx, axis=2), None),
        (lambda images, dy, dx: SOLVED["shift_images"](images, np.sign(dy), np.sign(dx)), None),
        (lambda images, dy, dx: SOLVED["shift_images"](images, dy, dx).clip(0, None), None),
        (lambda images, dy, dx: np.squeeze(SOLVED["shift_images"](images, dy, dx)), None),
        (
            lambda i, dy, dx: SOLVED["shift_images"](i.transpose(0, 2, 1), dy, dx).transpose(0, 2, 1),
            "dy_and_dx_swapped",
        ),
    ],
    "cutout": [
        (lambda images, top, left, size: SOLVED["cutout"](images, top, left, size - 1), None),
        (lambda images, top, left, size: SOLVED["cutout"](images, abs(top), abs(left), size), None),
        (lambda images, top, left, size: np.where(SOLVED["cutout"](images, top, left, size) == 0, 1, images), None),
        (lambda images, top, left, size: np.roll(images, size, axis=1), None),
        (lambda images, top, left, size: SOLVED["cutout"](images, top, left, size)[:, :-1], None),
        (cutout_unless_it_leaves_the_image, None),
        (lambda images, top, left, size: SOLVED["cutout"](images, max(top, 0), left, size), None),
        (lambda images, top, left, size: np.squeeze(SOLVED["cutout"](images, top, left, size)), None),
        (lambda images, top, left, size: SOLVED["cutout"](images, top, left, size).astype(int), None),
        (with_(lambda images, *box: images.__setitem__((0, 0, 0), 99), SOLVED["cutout"]), None),
    ],
    "flip_report": [
        (lambda predict, images, labels: SOLVED["flip_report"](predict, images.transpose(0, 2, 1), labels), None),
        (lambda predict, images, labels: SOLVED["flip_report"](predict, images, labels[::-1]), None),
        (
            lambda predict, images, labels: np.nan_to_num(SOLVED["flip_report"](predict, images, labels), nan=1) + 0.1,
            None,
        ),
        (lambda predict, images, labels: SOLVED["flip_report"](predict, images, labels)[1:], None),
        (
            lambda predict, images, labels: {
                d: a for d, a in enumerate(SOLVED["flip_report"](predict, images, labels))
            },
            None,
        ),
        (with_(lambda predict, images, labels: images.fill(0), SOLVED["flip_report"]), None),
        (lambda predict, images, labels: np.round(SOLVED["flip_report"](predict, images, labels), 1), None),
        (lambda predict, images, labels: SOLVED["flip_report"](predict, images[:, ::-1], labels), "half_a_turn"),
        (lambda predict, images, labels: SOLVED["flip_report"](predict, np.roll(images, 1, axis=2), labels), None),
        (with_(lambda predict, images, labels: labels.fill(0), SOLVED["flip_report"]), None),
    ],
    "noisy_weights": [
        (noise(lambda rng, sigma, shape: rng.normal(sigma, sigma, shape)), None),
        (noise(lambda rng, sigma, shape: rng.laplace(0, sigma / np.sqrt(2), shape)), None),
        (noise(lambda rng, sigma, shape: sigma * rng.choice([-1, 1], shape)), None),
        (noise(lambda rng, sigma, shape: np.abs(rng.normal(0, sigma, shape))), None),
        (noise(lambda rng, sigma, shape: rng.normal(0, sigma, (shape[0], 1))), "one_number_for_a_row"),
        (noise(lambda rng, sigma, shape: rng.normal(0, 0.9 * sigma, shape)), None),
        (lambda params, sigma, rng: dict(SOLVED["noisy_weights"](params, sigma, rng)[:0]), None),
        (noise(lambda rng, sigma, shape: np.sort(rng.normal(0, sigma, shape), axis=0)), None),
        (
            noise(lambda rng, sigma, shape: np.resize(rng.normal(0, sigma, max(2, shape[0] * shape[1] // 4)), shape)),
            None,
        ),
        (noise(lambda rng, sigma, shape: np.clip(rng.normal(0, sigma, shape), -2 * sigma, 2 * sigma)), None),
        (noise(lambda rng, sigma, shape: np.random.default_rng().normal(0, sigma, shape)), "not_from_rng"),
        (noise(lambda rng, sigma, shape: np.random.RandomState(0).normal(0, sigma, shape)), "rng_ignored"),
        (lambda params, sigma, rng: [(w + rng.normal(0, sigma, w.shape), 1.01 * b) for w, b in params], None),
        (lambda params, sigma, rng: [(w, b + rng.normal(0, sigma, b.shape)) for w, b in params], None),
    ],
    "smooth_labels": [
        (lambda labels, classes, eps: SOLVED["smooth_labels"](labels, classes, eps**2), None),
        (
            lambda labels, classes, eps: np.clip(np.eye(classes)[labels], eps / classes, 1 - eps),
            "true_class_without_a_share",
        ),
        (lambda labels, classes, eps: SOLVED["smooth_labels"](labels, classes, eps)[0], None),
        (
            lambda labels, classes, eps: (
                np.exp(s := SOLVED["smooth_labels"](labels, classes, eps)) / np.exp(s).sum(1)[:, None]
            ),
            None,
        ),
        (lambda labels, classes, eps: SOLVED["smooth_labels"](labels, classes, eps).argmax(axis=1), None),
        (lambda labels, classes, eps: (1 - eps) * np.eye(classes)[labels] + eps / 10, None),
        (lambda labels, classes, eps: (1 - eps) * np.eye(classes)[labels] + eps / (classes - 1), None),
        (lambda labels, classes, eps: np.eye(classes)[labels] - eps / classes, None),
        (lambda labels, classes, eps: np.squeeze(SOLVED["smooth_labels"](labels, classes, eps)), None),
        (lambda labels, classes, eps: SOLVED["smooth_labels"](labels, classes, 1 - eps), "weights_swapped"),
    ],
    "mixup": [
        (lambda x, y, lam, perm: SOLVED["mixup"](x, y, lam**2, perm), None),
        (lambda x, y, lam, perm: SOLVED["mixup"](x, y, max(lam, 1 - lam), perm), None),
        (
            lambda x, y, lam, perm: (
                lam * x[perm] + (1 - lam) * x[np.roll(perm, 1)],
                SOLVED["mixup"](x, y, lam, perm)[1],
            ),
            None,
        ),
        (lambda x, y, lam, perm: SOLVED["mixup"](x, y, lam, perm)[0], None),
        (lambda x, y, lam, perm: (*SOLVED["mixup"](x, y, lam, perm), lam), None),
        (with_(lambda x, y, lam, perm: perm.sort(), SOLVED["mixup"]), None),
        (lambda x, y, lam, perm: SOLVED["mixup"](x, y, lam, np.random.default_rng(0).permutation(len(x))), None),
        (lambda x, y, lam, perm: SOLVED["mixup"](x, y, lam, perm - 1), None),
        (
            lambda x, y, lam, perm: (
                SOLVED["mixup"](x, y, lam, perm)[0].astype(np.asarray(x).dtype),
                SOLVED["mixup"](x, y, lam, perm)[1],
            ),
            None,
        ),
        (with_(lambda x, y, lam, perm: y.fill(0), SOLVED["mixup"]), None),
    ],
    "cutmix": [
        (lambda *a: paste(*a, share=lambda box: box.any(axis=1).mean()), None),
        (lambda *a: paste(*a, share=lambda box: box.sum() / box.shape[0] ** 2), None),
        (lambda *a: paste(*a, share=lambda box: 0.5), None),
        (lambda images, y, *box: (*paste(images, y, *box), 0.5), None),
        (lambda images, y, top, left, *rest: paste(images, y, left, top, *rest), None),
        (with_(lambda images, y, *box: y.fill(0), paste), None),
        (cutmix_with_a_negative_area, None),
        (cutmix_with_an_end_that_counts_from_the_back, None),
        (
            lambda images, y, t, left, h, w, p: paste(
                images, y, t, left, h, w, p, lambda box: min(1, h * w / box.size)
            ),
            None,
        ),
        (lambda *a: paste(*a, share=lambda box: np.sqrt(box.mean())), None),
        (lambda images, y, t, left, h, w, p: paste(images, y, t, left, h + 1, w + 1, p), None),
    ],
    "dropout": [
        (drop(pairs_share_their_fate), None),
        (drop(lambda rng, shape, p: rng.random(shape) >= p * 0.9), None),
        (drop(lambda rng, shape, p: rng.random(shape) >= max(p, 0.05)), None),
        (drop(lambda rng, shape, p: np.resize([True, False], shape)), "one_mask_for_the_batch"),
        (lambda x, p, rng, train: SOLVED["dropout"](x, p, rng, train)[0], None),
        (lambda x, p, rng, train: SOLVED["dropout"](x, p, rng, train)[::-1], None),
        (lambda x, p, rng, train: SOLVED["dropout"](x + 1, p, rng, train), None),
        (
            lambda x, p, rng, train: (SOLVED["dropout"](x, p, rng, train)[0].astype(x.dtype), np.ones(x.shape, bool)),
            None,
        ),
        (drop(lambda rng, shape, p: np.random.default_rng(42).random(shape) >= p), "rng_ignored"),
        (drop(lambda rng, shape, p: np.random.rand(*shape) >= p), "not_from_rng"),
        (drop(lambda rng, shape, p: rng.standard_normal(shape) > p), None),
        (drop(lambda rng, shape, p: rng.random(shape) >= 0.5), None),
        (lambda x, p, rng, train: SOLVED["dropout"](x, p, rng, train) if train else x, None),
    ],
    "dropout_backward": [
        (lambda dout, mask, p: np.abs(dout * mask / (1 - p)), None),
        (lambda dout, mask, p: dout * mask / mask.mean() if mask.any() else 0 * dout, None),
        (lambda dout, mask, p: -dout * mask / (1 - p), None),
        (lambda dout, mask, p: dout[mask] / (1 - p), None),
        (with_(lambda dout, mask, p: mask.fill(False), SOLVED["dropout_backward"]), None),
        (lambda dout, mask, p: np.where(mask, dout / (1 - p), np.nan), None),
        (lambda dout, mask, p: dout * mask / (1 - p) if dout.ndim < 3 else dout * mask, None),
        (lambda dout, mask, p: dout * mask / np.sqrt(1 - p), None),
        (lambda dout, mask, p: SOLVED["dropout_backward"](dout, mask, 0.5), None),
    ],
    "batch_norm": [
        (batch_norm_refusing_with(TypeError("one sample")), None),
        (batch_norm_refusing_always, "refuses_to_predict_one"),
        (lambda x, *a: SOLVED["batch_norm"](x, *a)[0], None),
        (lambda x, g, b, s, t, m, eps: SOLVED["batch_norm"](x, g, b, s, t, m, eps)[::-1], None),
        (lambda x, g, b, s, t, m, eps: SOLVED["batch_norm"](x, g, b, s, t, m, 1e-5), None),
        (lambda x, g, b, s, t, m, eps: SOLVED["batch_norm"](x, g, b, s, t, 0.1, eps), None),
        (with_(lambda x, *a: a[2]["mean"].fill(0), SOLVED["batch_norm"]), None),
        (batch_norm_that_changes("mean"), "changes_state"),
        (other_for_one_sample, None),
        (norm_by_the_new_statistics, None),
        (batch_norm_with(lambda new, x, state, train, m: {**new, "count": 1}), None),
        (batch_norm_with(lambda new, x, state, train, m: (new["mean"], new["var"])), None),
        (batch_norm_with(lambda new, x, state, train, m: {k: v + 0.01 * train for k, v in new.items()}), None),
        (
            batch_norm_with(
                lambda new, x, old, train, m: {**new, "mean": m * old["mean"] + (1 - m) * x.mean(0)} if train else new
            ),
            None,
        ),
        (batch_norm_refusing_with(AssertionError("one sample")), None),
    ],
    "batch_norm_backward": [
        (lambda dout, x, gamma, eps: SOLVED["batch_norm_backward"](dout, x, np.abs(gamma), eps), None),
        (lambda dout, x, gamma, eps: SOLVED["batch_norm_backward"](dout, x, gamma, 1e-5), None),
        (lambda *a: SOLVED["batch_norm_backward"](*a)[0], None),
        (lambda *a: [-part for part in SOLVED["batch_norm_backward"](*a)], None),
        (lambda *a: [np.zeros_like(part) for part in SOLVED["batch_norm_backward"](*a)], None),
        (lambda *a: (SOLVED["batch_norm_backward"](*a)[0] / len(a[1]), *SOLVED["batch_norm_backward"](*a)[1:]), None),
        (lambda *a: SOLVED["batch_norm_backward"](*a)[::-1], None),
        (lambda *a: (*SOLVED["batch_norm_backward"](*a)[:2], np.sum(a[0], axis=1)), None),
        (with_(lambda dout, x, gamma, eps: x.fill(0), SOLVED["batch_norm_backward"]), None),
    ],
    "layer_norm": [
        (lambda x, gamma, beta, eps: SOLVED["layer_norm"](x, gamma, beta, 1e-5), None),
        (lambda x, gamma, beta, eps: scaled(x - x.mean(axis=(1, 2, 3), keepdims=True), gamma, beta), None),
        (lambda x, gamma, beta, eps: scaled(normed(x, (1, 2), eps), gamma, beta), None),
        (lambda x, gamma, beta, eps: SOLVED["layer_norm"](x, gamma.mean() + 0 * gamma, beta, eps), None),
        (with_(lambda x, *a: x.fill(0), SOLVED["layer_norm"]), None),
        (lambda x, gamma, beta, eps: gamma * normed(x, (1, 2, 3), eps) + beta, None),
        (lambda x, gamma, beta, eps: SOLVED["layer_norm"](x, gamma, beta, eps**2), None),
        (
            lambda x, gamma, beta, eps: scaled(
                (x - x.mean((1, 2, 3), keepdims=True)) / np.sqrt(x.var() + eps), gamma, beta
            ),
            None,
        ),
        (lambda x, gamma, beta, eps: scaled(normed(x, (1, 2, 3) if len(x) > 1 else (2, 3), eps), gamma, beta), None),
        (lambda x, gamma, beta, eps: scaled(normed(x, None, eps), gamma, beta), "whole_batch_at_once"),
    ],
    "group_norm": [
        (lambda x, gamma, beta, groups, eps: SOLVED["group_norm"](x, gamma, beta, groups, 1e-5), None),
        (lambda x, gamma, beta, groups, eps: SOLVED["group_norm"](x, gamma, beta, 2, eps), None),
        (lambda x, gamma, beta, groups, eps: scaled(normed(x, (0, 2, 3), eps), gamma, beta), None),
        (lambda x, gamma, beta, groups, eps: SOLVED["group_norm"](x[::-1], gamma, beta, groups, eps), None),
        (with_(lambda x, *a: a[0].fill(0), SOLVED["group_norm"]), None),
        (
            lambda x, g, b, groups, eps: scaled(normed(x.reshape(len(x), -1, groups), 1, eps).reshape(x.shape), g, b),
            None,
        ),
        (lambda x, g, b, groups, eps: SOLVED["group_norm"](x, g, b, groups if groups > 1 else x.shape[1], eps), None),
        (lambda x, g, b, groups, eps: SOLVED["group_norm"](x, g, b, groups if len(x) > 1 else 1, eps), None),
        (lambda x, g, b, groups, eps: SOLVED["group_norm"](x, g, b, 3 if x.shape[1] % 3 == 0 else groups, eps), None),
    ],
    "shrink_the_gap": [
        (
            lambda x, labels, x_val, labels_val, rng: [
                (np.zeros((64, 32)), np.zeros(32)),
                (np.zeros((32, 10)), np.zeros(10)),
            ],
            None,
        ),
        (lambda *a: None, None),
        (lambda x, labels, *a: plain()(x, labels, np.random.default_rng()), "rng_ignored"),
        (diverged, None),
    ],
}


def test_every_exercise_has_further_answers():
    # The capstone takes seconds a run; `slips` is the same in every chapter and tested with the first.
    quick = set(CHAPTER.exercises) - {"slips", "shrink_the_gap"}
    assert quick == set(RIGHT)
    assert quick | {"shrink_the_gap"} == set(WRONG)
    assert all(len(RIGHT[name]) >= 3 and len(WRONG[name]) >= 9 for name in quick)


@pytest.mark.parametrize(("name", "answer"), cases(RIGHT))
def test_a_right_answer_passes_however_it_is_written(name, answer):
    must_pass(CHAPTER, name, answer)


@pytest.mark.parametrize(("name", "wrong"), cases(WRONG))
def test_a_wrong_answer_fails_and_gets_no_false_name(name, wrong):
    must_fail(CHAPTER, name, *wrong)


# --- the capstone's points -------------------------------------------------------------------------------------------


def let_it_gain(monkeypatch, train, gain, seed):
    """Put the plain accuracies so far below what `train` reaches that the judge sees just this gain."""
    first = gap.DRAWS * seed % len(gap.PLAIN)
    reached = np.zeros(len(gap.PLAIN))
    for number in range(first, first + gap.DRAWS):
        x, labels, _, _, rest, labels_rest = gap.draw_of_digits(number)
        reached[number] = gap.accuracy(train(x, labels, np.random.default_rng(seed)), rest, labels_rest) - gain
    monkeypatch.setattr(gap, "PLAIN", tuple(reached))


FORMS = {
    "lists in lists": lambda w, b: [w.tolist(), b.tolist()],
    "tuples": lambda w, b: (tuple(map(tuple, w)), tuple(b)),
    "float32": lambda w, b: (w.astype(np.float32), b.astype(np.float32)),
}


@pytest.mark.parametrize("form", FORMS)
def test_the_net_may_come_back_in_any_form(monkeypatch, form):
    train = plain()
    let_it_gain(monkeypatch, train, 0.02, 1)

    def shrink_the_gap(x, labels, x_val, labels_val, rng):
        return tuple(FORMS[form](w, b) for w, b in train(x, labels, rng))

    verdict = examine(shrink_the_gap, AT_THE_DESK)
    assert verdict.passed, verdict


def test_rounding_that_differs_from_run_to_run_is_not_taken_for_another_generator(monkeypatch):
    train, runs = plain(), iter(range(100))
    let_it_gain(monkeypatch, train, 0.02, 1)

    def shrink_the_gap(x, labels, x_val, labels_val, rng):
        return [(w * (1 + 1e-7 * next(runs)), b) for w, b in train(x, labels, rng)]

    assert examine(shrink_the_gap, AT_THE_DESK).passed


@pytest.mark.parametrize(("gain", "said"), [(0.007, "That earns half"), (0.002, "Half of the points are earned from")])
def test_the_desk_tells_how_much_was_gained_and_what_it_earns(monkeypatch, gain, said):
    train = plain()
    let_it_gain(monkeypatch, train, gain, 1)
    verdict = examine(lambda x, labels, x_val, labels_val, rng: train(x, labels, rng), AT_THE_DESK)
    assert f"{gain:+.4f}; +0.010 is asked for. {said}" in verdict.facts["en"]


@pytest.mark.parametrize(("gain", "share"), [(0.012, 1.0), (0.007, 0.5), (0.002, None)])
def test_the_gap_earns_all_half_or_nothing(monkeypatch, gain, share):
    train = plain()

    def shrink_the_gap(x, labels, x_val, labels_val, rng):
        return train(x, labels, rng)

    let_it_gain(monkeypatch, train, gain, hidden_exam(CHAPTER, "shrink_the_gap").property_seeds[0])
    points = CHAPTER.cell("test", "shrink_the_gap").points
    if share is None:
        with pytest.raises(AssertionError):
            verify(shrink_the_gap, "04_regularization")
        return
    earned = verify(shrink_the_gap, "04_regularization")
    assert (points if earned is None else earned) == pytest.approx(share * points)


def test_the_plain_mlp_itself_does_not_pass():
    train = plain()
    verdict = examine(lambda x, labels, x_val, labels_val, rng: train(x, labels, rng), AT_THE_DESK)
    assert not verdict.passed
    assert verdict.mistake == ""


def test_an_honest_choice_by_validation_is_not_taken_for_training_on_it():
    """Of twenty nets that have hardly learned, the best on x_val: the judge must not see training there."""
    train = plain()

    def chooses_by_validation(x, labels, x_val, labels_val, rng):
        nets = [train(x, labels, rng)] + [
            [(rng.normal(0, 0.2, (64, 64)), np.zeros(64)), (rng.normal(0, 0.2, (64, 10)), np.zeros(10))]
            for _ in range(300)
        ]
        return max(nets, key=lambda net: gap.accuracy(net, x_val, labels_val))

    verdict = examine(chooses_by_validation, AT_THE_DESK)
    assert verdict.mistake != "fits_validation_data"

# ---
# jupyter:
#   jupytext:
#     notebook_metadata_filter: -jupytext.text_representation.jupytext_version
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown] lang="en"
# # TITLE

# %% [markdown] lang="ko"
# # 제목

# %%
import numpy as np
from dlbasic import chapter, check, hint, progress

chapter("04_regularization")

# %% [markdown] lang="en"
# ## 1. A model that knows its training data by heart

# %% [markdown] lang="ko"
# ## 1. 학습 데이터를 외워 버린 모델

# %% [markdown] lang="en"
# ## 2. Early stopping

# %% [markdown] lang="ko"
# ## 2. 조기 종료

# %% [markdown] lang="en"
# ### early_stopping

# %% [markdown] lang="ko"
# ### early_stopping

# %% exercise="early_stopping"
def early_stopping(val_losses, patience):
    """(stop_epoch, best_epoch), counted from 0; stops once the best epoch lies patience epochs back.

    >>> early_stopping([0.9, 0.6, 0.7, 0.5, 0.6, 0.8, 0.4], 2)
    (5, 3)
    """
    ### BEGIN SOLUTION
    best = 0
    for epoch, loss in enumerate(val_losses):
        if loss < val_losses[best]:
            best = epoch
        if epoch - best >= patience:
            return epoch, best
    return len(val_losses) - 1, best
    ### END SOLUTION

# %% test="early_stopping" points=2
check(early_stopping)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(early_stopping, "04_regularization")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ## 3. A price on large weights

# %% [markdown] lang="ko"
# ## 3. 큰 가중치에 매기는 값

# %% [markdown] lang="en"
# ### l2_penalty

# %% [markdown] lang="ko"
# ### l2_penalty

# %% exercise="l2_penalty"
def l2_penalty(params, alpha):
    """(penalty, grads) of alpha / 2 times the sum of squared weights; params and grads are lists of (w, b) pairs.

    >>> l2_penalty([(np.array([[3.0, 4.0]]), np.array([7.0, 7.0]))], 0.1)
    (1.25, [(array([[0.3, 0.4]]), array([0., 0.]))])
    """
    ### BEGIN SOLUTION
    penalty = 0.5 * alpha * sum(float(np.sum(w**2)) for w, _ in params)
    return penalty, [(alpha * w, np.zeros_like(b, dtype=float)) for w, b in params]
    ### END SOLUTION

# %% test="l2_penalty" points=2
check(l2_penalty)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(l2_penalty, "04_regularization")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ### decay_step

# %% [markdown] lang="ko"
# ### decay_step

# %% exercise="decay_step"
def decay_step(w, g, lr, alpha):
    """New weights after one gradient step on the loss, whose gradient is g, plus the penalty; shape of w.

    >>> decay_step(np.array([10.0, -2.0]), np.array([0.0, 1.0]), 0.1, 0.5)
    array([ 9.5, -2. ])
    """
    ### BEGIN SOLUTION
    w, g = np.asarray(w), np.asarray(g)
    return w - lr * (g + alpha * w)
    ### END SOLUTION

# %% test="decay_step" points=2
check(decay_step)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(decay_step, "04_regularization")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ## 4. More data from the data

# %% [markdown] lang="ko"
# ## 4. 데이터로 데이터 늘리기

# %% [markdown] lang="en"
# ### shift_images

# %% [markdown] lang="ko"
# ### shift_images

# %% exercise="shift_images"
def shift_images(images, dy, dx):
    """images (N, H, W) moved dy pixels down and dx to the right (negative: up, left); what comes in is 0.

    >>> shift_images(np.array([[[1, 2], [3, 4]]]), 1, 0)
    array([[[0, 0],
            [1, 2]]])
    """
    ### BEGIN SOLUTION
    out = np.zeros_like(images)
    height, width = images.shape[1:]
    if abs(dy) < height and abs(dx) < width:
        to_y, from_y = slice(max(dy, 0), height + min(dy, 0)), slice(max(-dy, 0), height + min(-dy, 0))
        to_x, from_x = slice(max(dx, 0), width + min(dx, 0)), slice(max(-dx, 0), width + min(-dx, 0))
        out[:, to_y, to_x] = images[:, from_y, from_x]
    return out
    ### END SOLUTION

# %% test="shift_images" points=2
check(shift_images)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(shift_images, "04_regularization")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ### cutout

# %% [markdown] lang="ko"
# ### cutout

# %% exercise="cutout"
def cutout(images, top, left, size):
    """A copy of images (N, H, W) in which rows top ... top + size - 1 and columns left ... left + size - 1 are 0.

    >>> cutout(np.ones((1, 3, 3)), -1, 1, 2)
    array([[[1., 0., 0.],
            [1., 1., 1.],
            [1., 1., 1.]]])
    """
    ### BEGIN SOLUTION
    out = images.copy()
    out[:, max(top, 0) : max(top + size, 0), max(left, 0) : max(left + size, 0)] = 0
    return out
    ### END SOLUTION

# %% test="cutout" points=2
check(cutout)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(cutout, "04_regularization")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ### flip_report

# %% [markdown] lang="ko"
# ### flip_report

# %% exercise="flip_report"
def flip_report(predict, images, labels):
    """(10,) accuracy per digit of predict(images) -> labels on images (N, H, W) mirrored left to right; 0 if absent.

    >>> flip_report(lambda images: images[:, 0, 0].astype(int), np.array([[[1, 3]], [[5, 7]]]), np.array([3, 6]))
    array([0., 0., 0., 1., 0., 0., 0., 0., 0., 0.])
    """
    ### BEGIN SOLUTION
    labels = np.asarray(labels)
    right = np.asarray(predict(images[:, :, ::-1])) == labels
    return np.array([right[labels == digit].mean() if np.any(labels == digit) else 0.0 for digit in range(10)])
    ### END SOLUTION

# %% test="flip_report" points=3
check(flip_report)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(flip_report, "04_regularization")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ## 5. Noise on purpose

# %% [markdown] lang="ko"
# ## 5. 일부러 넣는 잡음

# %% [markdown] lang="en"
# ### noisy_weights

# %% [markdown] lang="ko"
# ### noisy_weights

# %% exercise="noisy_weights"
def noisy_weights(params, sigma, rng):
    """A new list of (w, b): noise of standard deviation sigma, drawn from rng, on every weight; biases as they are."""
    ### BEGIN SOLUTION
    return [(w + rng.normal(0.0, sigma, size=w.shape), b.copy()) for w, b in params]
    ### END SOLUTION

# %% test="noisy_weights" points=2
check(noisy_weights)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(noisy_weights, "04_regularization")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ## 6. Softer labels, mixed images

# %% [markdown] lang="ko"
# ## 6. 부드러운 레이블, 섞은 이미지

# %% [markdown] lang="en"
# ### smooth_labels

# %% [markdown] lang="ko"
# ### smooth_labels

# %% exercise="smooth_labels"
def smooth_labels(labels, classes, eps):
    """(N, classes) targets: (1 - eps) times one-hot plus eps / classes; labels (N,) are whole numbers.

    >>> smooth_labels(np.array([1]), 4, 0.2)
    array([[0.05, 0.85, 0.05, 0.05]])
    """
    ### BEGIN SOLUTION
    return (1.0 - eps) * np.eye(classes)[labels] + eps / classes
    ### END SOLUTION

# %% test="smooth_labels" points=2
check(smooth_labels)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(smooth_labels, "04_regularization")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ### mixup

# %% [markdown] lang="ko"
# ### mixup

# %% exercise="mixup"
def mixup(x, y, lam, perm):
    """(x, y) in which sample i is lam times itself plus (1 - lam) times sample perm[i]; x (N, D), y (N, K).

    >>> mixup(np.array([[0.0], [8.0]]), np.eye(2), 0.75, np.array([1, 0]))[0]
    array([[2.],
           [6.]])
    """
    ### BEGIN SOLUTION
    x, y = np.asarray(x), np.asarray(y)
    return lam * x + (1.0 - lam) * x[perm], lam * y + (1.0 - lam) * y[perm]
    ### END SOLUTION

# %% test="mixup" points=2
check(mixup)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(mixup, "04_regularization")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ### cutmix

# %% [markdown] lang="ko"
# ### cutmix

# %% exercise="cutmix"
def cutmix(images, y, top, left, height, width, perm):
    """(images, y): the box of images (N, H, W) comes from image perm[i]; labels y (N, K) by the area that each keeps.

    >>> cutmix(np.zeros((2, 2, 2)), np.eye(2), 1, 1, 5, 5, np.array([1, 0]))[1]
    array([[0.75, 0.25],
           [0.25, 0.75]])
    """
    ### BEGIN SOLUTION
    rows = slice(max(top, 0), max(min(top + height, images.shape[1]), 0))
    columns = slice(max(left, 0), max(min(left + width, images.shape[2]), 0))
    mixed, y = images.copy(), np.asarray(y)
    mixed[:, rows, columns] = images[perm][:, rows, columns]
    lam = 1.0 - mixed[0, rows, columns].size / mixed[0].size
    return mixed, lam * y + (1.0 - lam) * y[perm]
    ### END SOLUTION

# %% test="cutmix" points=3
check(cutmix)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(cutmix, "04_regularization")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ## 7. Dropout

# %% [markdown] lang="ko"
# ## 7. 드롭아웃

# %% [markdown] lang="en"
# ### dropout

# %% [markdown] lang="ko"
# ### dropout

# %% exercise="dropout"
def dropout(x, p, rng, train):
    """(out, mask): when training each element is dropped with probability p, the others divided by 1 - p.

    mask is True where kept; when not training nothing is dropped and out is x.
    """
    ### BEGIN SOLUTION
    x = np.asarray(x)
    if not train:
        return x.copy(), np.ones(x.shape, dtype=bool)
    mask = rng.random(x.shape) >= p
    return x * mask / (1.0 - p), mask
    ### END SOLUTION

# %% test="dropout" points=3
check(dropout)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(dropout, "04_regularization")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ### dropout_backward

# %% [markdown] lang="ko"
# ### dropout_backward

# %% exercise="dropout_backward"
def dropout_backward(dout, mask, p):
    """Gradient with respect to x of dropout's out when training, given dout, that with respect to out.

    >>> dropout_backward(np.array([3.0, 3.0]), np.array([True, False]), 0.25)
    array([4., 0.])
    """
    ### BEGIN SOLUTION
    return dout * mask / (1.0 - p)
    ### END SOLUTION

# %% test="dropout_backward" points=2
check(dropout_backward)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(dropout_backward, "04_regularization")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ## 8. Normalization

# %% [markdown] lang="ko"
# ## 8. 정규화 층

# %% [markdown] lang="en"
# ### batch_norm

# %% [markdown] lang="ko"
# ### batch_norm

# %% exercise="batch_norm"
def batch_norm(x, gamma, beta, state, train, momentum, eps):
    """(out, state): x (N, D) normalized per feature, times gamma plus beta; state {"mean": ..., "var": ...}; all (D,).

    >>> out, state = batch_norm(np.array([[1.0], [3.0]]), np.array([2.0]), np.array([5.0]),
    ...                         {"mean": np.array([0.0]), "var": np.array([1.0])}, True, 0.1, 0.0)
    >>> out.ravel(), state["mean"], state["var"]
    (array([3., 7.]), array([0.2]), array([1.1]))
    """
    ### BEGIN SOLUTION
    x = np.asarray(x)
    if not train:
        return gamma * (x - state["mean"]) / np.sqrt(state["var"] + eps) + beta, dict(state)
    if len(x) < 2:
        raise ValueError("batch norm needs at least two samples to train: one has no variance")
    mean, var = x.mean(axis=0), x.var(axis=0)
    new = {"mean": (1 - momentum) * state["mean"] + momentum * mean}
    new["var"] = (1 - momentum) * state["var"] + momentum * x.var(axis=0, ddof=1)
    return gamma * (x - mean) / np.sqrt(var + eps) + beta, new
    ### END SOLUTION

# %% test="batch_norm" points=4
check(batch_norm)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(batch_norm, "04_regularization")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ### batch_norm_backward

# %% [markdown] lang="ko"
# ### batch_norm_backward

# %% exercise="batch_norm_backward"
def batch_norm_backward(dout, x, gamma, eps):
    """(dx, dgamma, dbeta) of batch norm when training; dout and x (N, D), gamma (D,).

    >>> dout, x = np.array([[1.0], [0.0]]), np.array([[-1.0], [1.0]])
    >>> dx, dgamma, dbeta = batch_norm_backward(dout, x, np.array([3.0]), 0.0)
    >>> dx.ravel(), dgamma, dbeta
    (array([0., 0.]), array([-1.]), array([1.]))
    """
    ### BEGIN SOLUTION
    x, dout = np.asarray(x), np.asarray(dout)
    std = np.sqrt(x.var(axis=0) + eps)
    x_hat = (x - x.mean(axis=0)) / std
    dgamma, dbeta = np.sum(dout * x_hat, axis=0), np.sum(dout, axis=0)
    return gamma / std * (dout - dbeta / len(x) - x_hat * dgamma / len(x)), dgamma, dbeta
    ### END SOLUTION

# %% test="batch_norm_backward" points=4
check(batch_norm_backward)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(batch_norm_backward, "04_regularization")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ### layer_norm

# %% [markdown] lang="ko"
# ### layer_norm

# %% exercise="layer_norm"
def layer_norm(x, gamma, beta, eps):
    """x (N, C, H, W) normalized within each sample, over C, H and W; gamma, beta (C,) scale and shift each channel.

    >>> layer_norm(np.array([[[[1.0]], [[3.0]]]]), np.array([1.0, 10.0]), np.array([0.0, 5.0]), 0.0).ravel()
    array([-1., 15.])
    """
    ### BEGIN SOLUTION
    mean, var = x.mean(axis=(1, 2, 3), keepdims=True), x.var(axis=(1, 2, 3), keepdims=True)
    x_hat = (x - mean) / np.sqrt(var + eps)
    return np.reshape(gamma, (-1, 1, 1)) * x_hat + np.reshape(beta, (-1, 1, 1))
    ### END SOLUTION

# %% test="layer_norm" points=2
check(layer_norm)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(layer_norm, "04_regularization")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ### group_norm

# %% [markdown] lang="ko"
# ### group_norm

# %% exercise="group_norm"
def group_norm(x, gamma, beta, groups, eps):
    """x (N, C, H, W) normalized within each sample and group of C / groups neighbouring channels; gamma, beta (C,).

    >>> x = np.array([1.0, 3.0, 10.0, 30.0]).reshape(1, 4, 1, 1)
    >>> group_norm(x, np.ones(4), np.zeros(4), 2, 0.0).ravel()
    array([-1.,  1., -1.,  1.])
    """
    ### BEGIN SOLUTION
    grouped = np.reshape(x, (len(x), groups, -1))
    mean, var = grouped.mean(axis=2, keepdims=True), grouped.var(axis=2, keepdims=True)
    x_hat = ((grouped - mean) / np.sqrt(var + eps)).reshape(x.shape)
    return np.reshape(gamma, (-1, 1, 1)) * x_hat + np.reshape(beta, (-1, 1, 1))
    ### END SOLUTION

# %% test="group_norm" points=3
check(group_norm)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(group_norm, "04_regularization")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ## 9. Shrink the gap

# %% [markdown] lang="ko"
# ## 9. 격차 줄이기

# %% [markdown] lang="en"
# ### shrink_the_gap

# %% [markdown] lang="ko"
# ### shrink_the_gap

# %% exercise="shrink_the_gap"
def shrink_the_gap(x, labels, x_val, labels_val, rng):
    """[(w1, b1), (w2, b2)] of a 64-64-10 relu net trained on x (200, 64), labels (200,).

    x_val (100, 64) and labels_val (100,) may choose between settings or epochs; nothing may be fitted to them.
    """
    ### BEGIN SOLUTION
    w1, w2 = rng.normal(0.0, np.sqrt(2 / 64), (64, 64)), rng.normal(0.0, np.sqrt(2 / 64), (64, 10))
    params = [w1, np.zeros(64), w2, np.zeros(10)]
    first, second = [np.zeros_like(w) for w in params], [np.zeros_like(w) for w in params]
    steps, targets = 2000, smooth_labels(labels, 10, 0.1)
    for step in range(1, steps + 1):
        batch = rng.choice(len(x), 100, replace=False)
        images, (dy, dx) = x[batch].reshape(-1, 8, 8), rng.uniform(-0.5, 0.5, 2)
        images = (1 - abs(dy)) * images + abs(dy) * shift_images(images, int(np.sign(dy)), 0)
        images = (1 - abs(dx)) * images + abs(dx) * shift_images(images, 0, int(np.sign(dx)))
        seen = images.reshape(-1, 64) + rng.normal(0.0, 0.2, (100, 64))
        relu = np.maximum(seen @ params[0] + params[1], 0.0)
        hidden, mask = dropout(relu, 0.2, rng, True)
        scores = hidden @ params[2] + params[3]
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        dscores = (odds / odds.sum(axis=1, keepdims=True) - targets[batch]) / 100
        dhidden = dropout_backward(dscores @ params[2].T, mask, 0.2) * (relu > 0)
        grads = seen.T @ dhidden, dhidden.sum(axis=0), hidden.T @ dscores, dscores.sum(axis=0)
        lr = 0.003 * (1 - step / steps) / (1 - 0.9**step)
        for k, grad in enumerate(grads):
            first[k] = 0.9 * first[k] + 0.1 * grad
            second[k] = 0.999 * second[k] + 0.001 * grad**2
            params[k] = params[k] - lr * first[k] / (np.sqrt(second[k] / (1 - 0.999**step)) + 1e-8)
    return [(params[0], params[1]), (params[2], params[3])]
    ### END SOLUTION

# %% test="shrink_the_gap" points=6
check(shrink_the_gap)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(shrink_the_gap, "04_regularization")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ## 10. Slips of the pen

# %% [markdown] lang="ko"
# ## 10. 잘못 쓴 문장 찾기

# %% [markdown] lang="en"
# ### slips

# %% [markdown] lang="ko"
# ### slips

# %% exercise="slips"
def slips():
    """The ids of the false claims among the eight above, as a set of strings such as {"2", "3"}."""
    ### BEGIN SOLUTION
    return set()
    ### END SOLUTION

# %% test="slips" points=3
check(slips)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(slips, "04_regularization")
### END HIDDEN TESTS


"""Other right answers, written as other learners would write them: each must get full marks."""

import math

import numpy as np

from dlbasic.authoring import equivalent, reference

# --- mse -------------------------------------------------------------------------------------------------------------


@equivalent("mse")
def mse_method_chain(y, y_hat):
    return ((y - y_hat) ** 2).mean()


@equivalent("mse")
def mse_sum_over_size(y, y_hat):
    difference = np.asarray(y_hat) - np.asarray(y)
    return np.sum(difference * difference) / difference.size


@equivalent("mse")
def mse_dot_product(y, y_hat):
    difference = np.ravel(np.subtract(y, y_hat))
    return float(difference @ difference) / len(difference)


@equivalent("mse")
def mse_loop(y, y_hat):
    total, count = 0.0, 0
    for one, other in zip(np.ravel(y), np.ravel(y_hat), strict=True):
        total += (float(one) - float(other)) ** 2
        count += 1
    return total / count


# --- mse_gradient ----------------------------------------------------------------------------------------------------


@equivalent("mse_gradient")
def mse_gradient_one_liner(x, y, w, b):
    return -2 * np.mean((y - w * x - b) * x), -2 * np.mean(y - w * x - b)


@equivalent("mse_gradient")
def mse_gradient_dot_product(x, y, w, b):
    error = w * np.asarray(x) + b - np.asarray(y)
    return 2 / len(x) * np.dot(error, x), 2 / len(x) * error.sum()


@equivalent("mse_gradient")
def mse_gradient_loop(x, y, w, b):
    dw = db = 0.0
    for one, other in zip(x, y, strict=True):
        slope = 2.0 * (w * one + b - other) / len(x)
        dw += slope * one
        db += slope
    return dw, db


@equivalent("mse_gradient")
def mse_gradient_from_moments(x, y, w, b):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    dw = 2.0 * (w * np.mean(x * x) + b * np.mean(x) - np.mean(x * y))
    db = 2.0 * (w * np.mean(x) + b - np.mean(y))
    return [dw, db]


# --- fit_line --------------------------------------------------------------------------------------------------------


@equivalent("fit_line")
def fit_line_with_the_other_exercises(x, y, lr, steps):
    w, b, losses = 0.0, 0.0, []
    for _ in range(steps):
        losses.append(reference.mse(y, w * np.asarray(x) + b))
        dw, db = reference.mse_gradient(x, y, w, b)
        w -= lr * dw
        b -= lr * db
    return w, b, losses


@equivalent("fit_line")
def fit_line_design_matrix(x, y, lr, steps):
    design = np.stack([np.asarray(x, dtype=float), np.ones(len(x))], axis=1)
    theta, losses = np.zeros(2), np.zeros(steps)
    for step in range(steps):
        residual = design @ theta - y
        losses[step] = residual @ residual / len(residual)
        theta = theta - lr * 2.0 / len(residual) * design.T @ residual
    return theta[0], theta[1], losses


@equivalent("fit_line")
def fit_line_saves_the_old_w(x, y, lr, steps):
    x, y = np.array(x), np.array(y)
    w = b = 0.0
    losses = []
    for _ in range(steps):
        losses += [np.mean((y - (w * x + b)) ** 2)]
        old_w = w
        w = w + 2 * lr * np.mean(x * (y - (old_w * x + b)))
        b = b + 2 * lr * np.mean(y - (old_w * x + b))
    return w, b, tuple(losses)


# --- linear ----------------------------------------------------------------------------------------------------------


@equivalent("linear")
def linear_dot(x, w, b):
    return np.dot(x, w) + b


@equivalent("linear")
def linear_einsum(x, w, b):
    return np.einsum("nd,dm->nm", x, w) + np.reshape(b, (1, -1))


@equivalent("linear")
def linear_loops(x, w, b):
    x, w = np.asarray(x), np.asarray(w)
    out = np.zeros((x.shape[0], w.shape[1]))
    for n in range(x.shape[0]):
        for m in range(w.shape[1]):
            out[n, m] = b[m] + sum(x[n, d] * w[d, m] for d in range(x.shape[1]))
    return out


@equivalent("linear")
def linear_column_of_ones(x, w, b):
    return np.hstack([x, np.ones((len(x), 1))]) @ np.vstack([w, b])


# --- relu ------------------------------------------------------------------------------------------------------------


@equivalent("relu")
def relu_mask(z):
    return z * (z > 0)


@equivalent("relu")
def relu_where(z):
    return np.where(np.asarray(z) > 0, z, 0)


@equivalent("relu")
def relu_half_sum(z):
    return (z + np.abs(z)) / 2


@equivalent("relu")
def relu_copy_then_assign(z):
    out = np.array(z)
    out[out < 0] = 0
    return out


@equivalent("relu")
def relu_clip(z):
    return np.clip(z, 0, None)


# --- sigmoid ---------------------------------------------------------------------------------------------------------


@equivalent("sigmoid")
def sigmoid_tanh(z):
    return 0.5 * (1.0 + np.tanh(0.5 * np.asarray(z)))


@equivalent("sigmoid")
def sigmoid_two_masks(z):
    z = np.asarray(z, dtype=float)
    out = np.empty_like(z)
    positive = z >= 0
    out[positive] = 1.0 / (1.0 + np.exp(-z[positive]))
    e = np.exp(z[~positive])
    out[~positive] = e / (1.0 + e)
    return out


@equivalent("sigmoid")
def sigmoid_clipped(z):
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


@equivalent("sigmoid")
def sigmoid_logaddexp(z):
    return np.exp(-np.logaddexp(0.0, -np.asarray(z)))


@equivalent("sigmoid")
def sigmoid_element_by_element(z):
    def one(value):
        if value >= 0:
            return 1.0 / (1.0 + math.exp(-value))
        return math.exp(value) / (1.0 + math.exp(value))

    return np.vectorize(one, otypes=[float])(z)


# --- relu_grad -------------------------------------------------------------------------------------------------------


@equivalent("relu_grad")
def relu_grad_mask_to_float(z):
    return (z > 0).astype(float)


@equivalent("relu_grad")
def relu_grad_times_one(z):
    return 1.0 * (np.asarray(z) > 0)


@equivalent("relu_grad")
def relu_grad_heaviside(z):
    return np.heaviside(z, 0.0)


@equivalent("relu_grad")
def relu_grad_integers(z):
    return np.where(np.asarray(z) > 0, 1, 0)


# --- sigmoid_grad ----------------------------------------------------------------------------------------------------


@equivalent("sigmoid_grad")
def sigmoid_grad_from_the_output(z):
    s = reference.sigmoid(z)
    return s * (1.0 - s)


@equivalent("sigmoid_grad")
def sigmoid_grad_product_of_two_sides(z):
    return reference.sigmoid(z) * reference.sigmoid(-np.asarray(z))


@equivalent("sigmoid_grad")
def sigmoid_grad_tanh(z):
    return (1.0 - np.tanh(np.asarray(z) / 2.0) ** 2) / 4.0


# --- softmax ---------------------------------------------------------------------------------------------------------


@equivalent("softmax")
def softmax_rows(logits):
    rows = []
    for row in np.asarray(logits, dtype=float):
        e = np.exp(row - max(row))
        rows.append(e / e.sum())
    return np.array(rows)


@equivalent("softmax")
def softmax_transposed(logits):
    columns = np.transpose(logits)
    e = np.exp(columns - columns.max(axis=0))
    return (e / e.sum(axis=0)).T


@equivalent("softmax")
def softmax_through_logs(logits):
    logits = np.asarray(logits)
    return np.exp(logits - np.logaddexp.reduce(logits, axis=1)[:, None])


@equivalent("softmax")
def softmax_new_axis(logits):
    e = np.exp(logits - np.max(logits, axis=-1)[:, np.newaxis])
    return np.einsum("nk,n->nk", e, 1.0 / np.einsum("nk->n", e))


# --- cross_entropy ---------------------------------------------------------------------------------------------------


@equivalent("cross_entropy")
def cross_entropy_logaddexp(logits, labels):
    logits = np.asarray(logits)
    return np.mean(np.logaddexp.reduce(logits, axis=1) - logits[np.arange(len(labels)), labels])


@equivalent("cross_entropy")
def cross_entropy_one_hot(logits, labels):
    logits = np.asarray(logits)
    top = logits.max(axis=1, keepdims=True)
    log_p = logits - top - np.log(np.exp(logits - top).sum(axis=1, keepdims=True))
    one_hot = np.eye(logits.shape[1])[labels]
    return -(one_hot * log_p).sum() / len(logits)


@equivalent("cross_entropy")
def cross_entropy_loop(logits, labels):
    total = 0.0
    for row, label in zip(logits, labels, strict=True):
        top = max(row)
        total += top + math.log(sum(math.exp(value - top) for value in row)) - row[label]
    return total / len(labels)


@equivalent("cross_entropy")
def cross_entropy_take_along_axis(logits, labels):
    shifted = logits - np.max(logits, axis=1, keepdims=True)
    picked = np.take_along_axis(shifted, np.reshape(labels, (-1, 1)), axis=1)[:, 0]
    return float(np.average(np.log(np.sum(np.exp(shifted), axis=1)) - picked))


# --- cross_entropy_grad ----------------------------------------------------------------------------------------------


@equivalent("cross_entropy_grad")
def cross_entropy_grad_one_hot(logits, labels):
    return (reference.softmax(logits) - np.eye(np.shape(logits)[1])[labels]) / len(labels)


@equivalent("cross_entropy_grad")
def cross_entropy_grad_comparison(logits, labels):
    classes = np.arange(np.shape(logits)[1])
    return (reference.softmax(logits) - (np.asarray(labels)[:, None] == classes)) / len(logits)


@equivalent("cross_entropy_grad")
def cross_entropy_grad_loop(logits, labels):
    out = np.zeros(np.shape(logits))
    for i, label in enumerate(labels):
        e = np.exp(logits[i] - np.max(logits[i]))
        out[i] = e / e.sum() / len(labels)
        out[i, label] -= 1.0 / len(labels)
    return out


# --- gaussian_nll ----------------------------------------------------------------------------------------------------


@equivalent("gaussian_nll")
def gaussian_nll_through_the_variance(mean, log_var, y):
    variance = np.exp(log_var)
    return 0.5 * np.mean(np.log(variance) + (y - mean) ** 2 / variance)


@equivalent("gaussian_nll")
def gaussian_nll_standard_score(mean, log_var, y):
    log_sigma = np.asarray(log_var) / 2
    return np.mean(log_sigma + ((y - mean) / np.exp(log_sigma)) ** 2 / 2)


@equivalent("gaussian_nll")
def gaussian_nll_loop(mean, log_var, y):
    terms = zip(np.ravel(mean), np.ravel(log_var), np.ravel(y), strict=True)
    losses = [(float(s) + (float(t) - float(m)) ** 2 / math.exp(s)) / 2 for m, s, t in terms]
    return sum(losses) / len(losses)


# --- relative_error --------------------------------------------------------------------------------------------------


@equivalent("relative_error")
def relative_error_methods(a, b):
    return (abs(a - b) / np.maximum(abs(a) + abs(b), 1e-12)).max()


@equivalent("relative_error")
def relative_error_clip(a, b):
    return np.amax(np.abs(np.subtract(b, a)) / np.clip(np.abs(a) + np.abs(b), 1e-12, None))


@equivalent("relative_error")
def relative_error_loop(a, b):
    worst = 0.0
    for one, other in zip(np.ravel(a), np.ravel(b), strict=True):
        worst = max(worst, abs(one - other) / max(abs(one) + abs(other), 1e-12))
    return worst


# --- numerical_gradient ----------------------------------------------------------------------------------------------


@equivalent("numerical_gradient")
def numerical_gradient_steps_and_restores(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    grad = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        old = x[index]
        x[index] = old + h
        above = f(x)
        x[index] = old - h
        below = f(x)
        x[index] = old
        grad[index] = (above - below) / (2 * h)
    return grad


@equivalent("numerical_gradient")
def numerical_gradient_adds_and_subtracts(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    grad = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        x[index] += h
        above = f(x)
        x[index] -= 2 * h
        below = f(x)
        x[index] += h
        grad[index] = (above - below) / h / 2
    return grad


@equivalent("numerical_gradient")
def numerical_gradient_unit_vectors(f, x, h=1e-5):
    x = np.asarray(x, dtype=float)
    units = np.eye(x.size).reshape((x.size, *x.shape))
    return np.array([(f(x + h * unit) - f(x - h * unit)) / (2 * h) for unit in units]).reshape(x.shape)


@equivalent("numerical_gradient")
def numerical_gradient_copies(f, x, h=1e-5):
    grad = np.zeros(np.shape(x))
    for index in np.ndindex(np.shape(x)):
        above, below = np.array(x, dtype=float), np.array(x, dtype=float)
        above[index] += h
        below[index] -= h
        grad[index] = 0.5 * (f(above) - f(below)) / h
    return grad


@equivalent("numerical_gradient")
def numerical_gradient_half_a_step_to_each_side(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    grad = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[index] = h / 2
        grad[index] = (f(x + step) - f(x - step)) / h
    return grad


# --- find_the_bug ----------------------------------------------------------------------------------------------------


@equivalent("find_the_bug")
def find_the_bug_repaired_loop(x, labels, w, b):
    loss, dw, db = 0.0, np.zeros(w.shape), np.zeros(b.shape)
    for row, label in zip(x, labels, strict=True):
        scores = row @ w + b
        scores -= scores.max()
        total = np.sum(np.exp(scores))
        loss += np.log(total) - scores[label]
        d_scores = np.exp(scores) / total
        d_scores[label] -= 1.0
        dw += np.outer(row, d_scores)
        db += d_scores
    return loss / len(x), dw / len(x), db / len(x)


@equivalent("find_the_bug")
def find_the_bug_with_the_other_exercises(x, labels, w, b):
    logits = reference.linear(x, w, b)
    d = reference.cross_entropy_grad(logits, labels)
    return reference.cross_entropy(logits, labels), np.transpose(x) @ d, d.sum(axis=0)


@equivalent("find_the_bug")
def find_the_bug_einsum(x, labels, w, b):
    logits = np.einsum("nd,dk->nk", x, w) + b
    d = (reference.softmax(logits) - np.eye(len(b))[labels]) / len(x)
    return [reference.cross_entropy(logits, labels), np.einsum("nd,nk->dk", x, d), np.einsum("nk->k", d)]


# --- xor_params ------------------------------------------------------------------------------------------------------


@equivalent("xor_params")
def xor_two_differences():
    # relu(x1 - x2) + relu(x2 - x1)
    return [(np.array([[1, -1], [-1, 1]]), np.array([0, 0])), (np.array([[1], [1]]), np.array([0]))]


@equivalent("xor_params")
def xor_or_minus_and():
    # 1 - relu(1 - x1 - x2) - relu(x1 + x2 - 1)
    return [([[-1.0, 1.0], [-1.0, 1.0]], [1.0, -1.0]), ([[-1.0], [-1.0]], [1.0])]


@equivalent("xor_params")
def xor_scaled():
    return (
        (np.array([[0.5, 4.0], [0.5, 4.0]], dtype=np.float32), np.array([0.0, -4.0])),
        (np.array([[2.0], [-0.5]]), np.zeros(1)),
    )


# --- init_mlp --------------------------------------------------------------------------------------------------------


@equivalent("init_mlp")
def init_mlp_scaled_standard_normal(sizes, rng):
    params = []
    for i in range(len(sizes) - 1):
        w = rng.standard_normal((sizes[i], sizes[i + 1])) * np.sqrt(2 / sizes[i])
        params.append((w, np.zeros(sizes[i + 1])))
    return params


@equivalent("init_mlp")
def init_mlp_last_layer_first(sizes, rng):
    params = []
    for n, m in reversed(list(zip(sizes[:-1], sizes[1:], strict=True))):
        params.insert(0, (rng.normal(scale=(2.0 / n) ** 0.5, size=(n, m)), np.zeros(m)))
    return tuple(params)


@equivalent("init_mlp")
def init_mlp_single_precision(sizes, rng):
    return [
        [
            rng.standard_normal(size=(m, n), dtype=np.float32).T * np.float32(math.sqrt(2 / n)),
            np.zeros(m, dtype=np.float32),
        ]
        for n, m in zip(sizes, sizes[1:], strict=False)
    ]


@equivalent("init_mlp")
def init_mlp_all_draws_at_once(sizes, rng):
    shapes = list(zip(sizes[:-1], sizes[1:], strict=True))
    draws = np.split(rng.normal(size=sum(n * m for n, m in shapes)), np.cumsum([n * m for n, m in shapes])[:-1])
    return [(math.sqrt(2.0 / n) * draw.reshape(n, m), np.zeros(m)) for draw, (n, m) in zip(draws, shapes, strict=True)]


# --- mlp_forward -----------------------------------------------------------------------------------------------------


@equivalent("mlp_forward")
def mlp_forward_by_index(x, params):
    activations, h = [], x
    for i, (w, b) in enumerate(params):
        activations.append(h)
        h = h @ w + b
        if i < len(params) - 1:
            h = np.maximum(0, h)
    return h, activations


@equivalent("mlp_forward")
def mlp_forward_with_the_other_exercises(x, params):
    *hidden, last = params
    activations = [x]
    for w, b in hidden:
        activations = [*activations, reference.relu(reference.linear(activations[-1], w, b))]
    return reference.linear(activations[-1], *last), tuple(activations)


@equivalent("mlp_forward")
def mlp_forward_recursive(x, params):
    (w, b), rest = params[0], params[1:]
    z = np.einsum("nd,dm->nm", x, w) + b
    if not rest:
        return z, [x]
    logits, inputs = mlp_forward_recursive(z * (z > 0), rest)
    return logits, [x, *inputs]


# --- mlp_backward ----------------------------------------------------------------------------------------------------


@equivalent("mlp_backward")
def mlp_backward_by_index(activations, params, dlogits):
    grads = [None] * len(params)
    d = dlogits
    for i in range(len(params) - 1, -1, -1):
        grads[i] = (np.dot(activations[i].T, d), np.sum(d, axis=0))
        if i > 0:
            d = np.dot(d, params[i][0].T)
            d[activations[i] <= 0] = 0
    return grads


@equivalent("mlp_backward")
def mlp_backward_recursive(activations, params, dlogits):
    grad = (activations[-1].T @ dlogits, dlogits.sum(axis=0))
    if len(params) == 1:
        return [grad]
    upstream = np.where(activations[-1] > 0, dlogits @ params[-1][0].T, 0.0)
    return [*mlp_backward_recursive(activations[:-1], params[:-1], upstream), grad]


@equivalent("mlp_backward")
def mlp_backward_sample_by_sample(activations, params, dlogits):
    grads = [(np.zeros_like(w), np.zeros_like(b)) for w, b in params]
    for n in range(len(dlogits)):
        d = dlogits[n].astype(float)
        for i in reversed(range(len(params))):
            grads[i] = (grads[i][0] + np.outer(activations[i][n], d), grads[i][1] + d)
            d = (params[i][0] @ d) * (activations[i][n] > 0)
    return grads


@equivalent("mlp_backward")
def mlp_backward_gates_by_the_value_before_relu(activations, params, dlogits):
    grads, d = [], dlogits
    for i in reversed(range(len(params))):
        grads.insert(0, (activations[i].T @ d, d.sum(axis=0)))
        if i > 0:
            w, b = params[i - 1]
            z = activations[i - 1] @ w + b
            d = (d @ params[i][0].T) * (z > 0)
    return grads


# --- train_mlp -------------------------------------------------------------------------------------------------------


def _batch_grads(x, labels, params):
    logits, activations = reference.mlp_forward(x, params)
    grads = reference.mlp_backward(activations, params, reference.cross_entropy_grad(logits, labels))
    return reference.cross_entropy(logits, labels), grads


@equivalent("train_mlp")
def train_mlp_updates_its_copies_in_place(x, labels, params, lr, epochs, batch_size, rng):
    params = [(w.copy(), b.copy()) for w, b in params]
    losses = []
    for _ in range(epochs):
        order = np.arange(len(x))
        rng.shuffle(order)
        batch_losses = []
        for start in range(0, len(x), batch_size):
            batch = order[start : start + batch_size]
            loss, grads = _batch_grads(x[batch], labels[batch], params)
            for (w, b), (dw, db) in zip(params, grads, strict=True):
                w -= lr * dw
                b -= lr * db
            batch_losses.append(loss)
        # The mean of the batches' means: the last, smaller batch weighs a little more.
        losses.append(np.mean(batch_losses))
    return params, losses


@equivalent("train_mlp")
def train_mlp_shuffles_copies_of_the_data(x, labels, params, lr, epochs, batch_size, rng):
    losses = np.zeros(epochs)
    for epoch in range(epochs):
        order = rng.permutation(len(labels))
        shuffled_x, shuffled_labels = x[order], labels[order]
        start = 0
        while start < len(x):
            stop = min(start + batch_size, len(x))
            loss, grads = _batch_grads(shuffled_x[start:stop], shuffled_labels[start:stop], params)
            params = [(w - lr * dw, b - lr * db) for (w, b), (dw, db) in zip(params, grads, strict=True)]
            losses[epoch] += loss * (stop - start) / len(x)
            start = stop
    return params, losses


@equivalent("train_mlp")
def train_mlp_even_split(x, labels, params, lr, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        order = np.argsort(rng.random(len(x)))
        for batch in np.array_split(order, math.ceil(len(x) / batch_size)):
            _, grads = _batch_grads(x[batch], labels[batch], params)
            params = tuple((w - lr * dw, b - lr * db) for (w, b), (dw, db) in zip(params, grads, strict=True))
        # Measured on all samples once the epoch is over.
        losses.append(reference.cross_entropy(reference.mlp_forward(x, params)[0], labels))
    return params, losses


@equivalent("train_mlp")
def train_mlp_draws_without_replacement(x, labels, params, lr, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        left, total = set(range(len(x))), 0.0
        while left:
            batch = rng.choice(sorted(left), size=min(batch_size, len(left)), replace=False)
            left -= set(batch.tolist())
            loss, grads = _batch_grads(x[batch], labels[batch], params)
            total += loss * len(batch)
            params = [(w - lr * dw, b - lr * db) for (w, b), (dw, db) in zip(params, grads, strict=True)]
        losses.append(total / len(x))
    return params, losses

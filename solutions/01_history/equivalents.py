"""Other right answers, written as other learners would write them: each must get full marks."""

import math

import numpy as np

from dlbasic.authoring import equivalent, reference

# --- ingredients and timeline ----------------------------------------------------------------------------------------


@equivalent("ingredients")
def ingredients_in_another_order():
    return dict(sorted(reference.ingredients().items()))


@equivalent("ingredients")
def ingredients_as_numpy_strings():
    return {name: np.str_(kind) for name, kind in reference.ingredients().items()}


@equivalent("timeline")
def timeline_in_another_order():
    return dict(reversed(reference.timeline().items()))


@equivalent("timeline")
def timeline_as_numpy_integers():
    years = reference.timeline()
    return dict(zip(years, np.array(list(years.values())), strict=True))


# --- q_update --------------------------------------------------------------------------------------------------------


@equivalent("q_update")
def q_update_weighted_mean(q, state, action, reward, next_state, lr, discount, done):
    new = np.asarray(q).astype(float)
    target = reward + discount * max(new[next_state]) * (not done)
    new[state][action] = (1 - lr) * new[state][action] + lr * target
    return new


@equivalent("q_update")
def q_update_lists(q, state, action, reward, next_state, lr, discount, done):
    table = [[float(value) for value in row] for row in q]
    target = reward
    if not done:
        target += discount * max(table[next_state])
    table[state][action] += lr * (target - table[state][action])
    return table


@equivalent("q_update")
def q_update_adds_a_table(q, state, action, reward, next_state, lr, discount, done):
    q = np.array(q)
    step = np.zeros(q.shape)
    step[state, action] = lr * (reward + (1 - done) * discount * np.amax(q, axis=1)[next_state] - q[state, action])
    return q + step


@equivalent("q_update")
def q_update_single_precision(q, state, action, reward, next_state, lr, discount, done):
    q = np.asarray(q)
    new = q.copy() if q.dtype.kind == "f" else q.astype(float)
    best = 0 if done else new[next_state, new[next_state].argmax()]
    new[state, action] = new[state, action] + lr * (reward + discount * best - new[state, action])
    return new


# --- greedy_decode ---------------------------------------------------------------------------------------------------


@equivalent("greedy_decode")
def greedy_decode_while(step, start, end, max_len):
    prefix, emitted = [start], []
    while len(emitted) < max_len:
        token = step(prefix).argmax()
        if token == end:
            return emitted
        emitted.append(token)
        prefix = [*prefix, token]
    return emitted


@equivalent("greedy_decode")
def greedy_decode_recursive(step, start, end, max_len):
    def rest(prefix):
        if len(prefix) > max_len:
            return ()
        scores = list(step(list(prefix)))
        token = scores.index(max(scores))
        return () if token == end else (token, *rest([*prefix, token]))

    return rest([start])


@equivalent("greedy_decode")
def greedy_decode_tuples(step, start, end, max_len):
    said = ()
    while len(said) < max_len and (token := int(np.argmax(step((start, *said))))) != end:
        said += (token,)
    return said


@equivalent("greedy_decode")
def greedy_decode_cut_at_the_end(step, start, end, max_len):
    prefix = [start]
    for _ in range(max_len):
        prefix.append(int(np.argsort(step(prefix))[-1]))
    emitted = prefix[1:]
    return np.array(emitted[: emitted.index(end)] if end in emitted else emitted, dtype=int)


# --- gan_losses ------------------------------------------------------------------------------------------------------


@equivalent("gan_losses")
def gan_losses_maximum(d_real, d_fake):
    def softplus(z):
        return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))

    real, fake = np.asarray(d_real), np.asarray(d_fake)
    return softplus(-real).mean() + softplus(fake).mean(), softplus(-fake).mean()


@equivalent("gan_losses")
def gan_losses_loop(d_real, d_fake):
    def cost(z):
        return z + math.log1p(math.exp(-z)) if z > 0 else math.log1p(math.exp(z))

    real, fake = [float(z) for z in np.ravel(d_real)], [float(z) for z in np.ravel(d_fake)]
    discriminator = sum(cost(-z) for z in real) / len(real) + sum(cost(z) for z in fake) / len(fake)
    return [discriminator, sum(cost(-z) for z in fake) / len(fake)]


@equivalent("gan_losses")
def gan_losses_log_sigmoid(d_real, d_fake):
    def log_d(z):
        return -np.logaddexp(0.0, -np.asarray(z, dtype=float))

    def log_not_d(z):
        return log_d(z) - z

    return np.array([-np.mean(log_d(d_real)) - np.mean(log_not_d(d_fake)), -np.mean(log_d(d_fake))])


@equivalent("gan_losses")
def gan_losses_identity(d_real, d_fake):
    # softplus(z) - softplus(-z) = z
    generator = np.logaddexp(0, np.negative(d_fake)).mean()
    return float(np.logaddexp(np.negative(d_real), 0).mean() + generator + np.mean(d_fake)), float(generator)


@equivalent("gan_losses")
def gan_losses_logit_by_logit(d_real, d_fake):
    def mean_cost(logits):
        return sum(max(z, 0.0) + math.log1p(math.exp(-abs(z))) for z in logits) / len(logits)

    return mean_cost([-z for z in d_real]) + mean_cost(d_fake), mean_cost([-z for z in d_fake])


# --- residual_block --------------------------------------------------------------------------------------------------


@equivalent("residual_block")
def residual_block_where(x, w1, w2):
    hidden = np.dot(x, w1)
    return np.add(np.dot(np.where(hidden > 0, hidden, 0), w2), x)


@equivalent("residual_block")
def residual_block_einsum(x, w1, w2):
    hidden = np.einsum("nd,dh->nh", x, w1)
    return np.einsum("nh,hd->nd", hidden * (hidden > 0), w2) + x


@equivalent("residual_block")
def residual_block_row_by_row(x, w1, w2):
    rows = []
    for row in np.asarray(x):
        hidden = [max(float(row @ column), 0.0) for column in np.asarray(w1).T]
        rows.append(row + np.array(hidden) @ np.asarray(w2))
    return rows


@equivalent("residual_block")
def residual_block_on_a_copy(x, w1, w2):
    out = np.array(x, dtype=float)
    out += np.clip(out @ w1, 0, None) @ w2
    return out


# --- attention -------------------------------------------------------------------------------------------------------


@equivalent("attention")
def attention_einsum(q, k, v, mask=None):
    scores = np.einsum("...td,...sd->...ts", q, k) * np.shape(q)[-1] ** -0.5
    if mask is not None:
        scores = np.where(mask, scores, -1e9)
    weights = np.exp(scores - scores.max(-1)[..., None])
    weights /= weights.sum(-1)[..., None]
    return np.einsum("...ts,...se->...te", weights, v), weights


@equivalent("attention")
def attention_zeroes_exponentials(q, k, v, mask=None):
    allowed = True if mask is None else np.asarray(mask)
    scores = np.matmul(q, np.moveaxis(k, -1, -2)) / np.sqrt(np.shape(k)[-1])
    exponentials = np.exp(scores - scores.max(axis=-1, keepdims=True)) * allowed
    return (
        exponentials @ np.asarray(v) / exponentials.sum(axis=-1, keepdims=True),
        exponentials / exponentials.sum(axis=-1, keepdims=True),
    )


@equivalent("attention")
def attention_one_query_at_a_time(q, k, v, mask=None):
    q, k, v = np.asarray(q), np.asarray(k), np.asarray(v)
    if q.ndim > 2:
        parts = [attention_one_query_at_a_time(*one, mask) for one in zip(q, k, v, strict=True)]
        return np.array([output for output, _ in parts]), np.array([weights for _, weights in parts])
    outputs, rows = [], []
    for t in range(len(q)):
        scores = {s: q[t] @ k[s] / math.sqrt(q.shape[1]) for s in range(len(k)) if mask is None or mask[t, s]}
        weights = np.zeros(len(k))
        for s, score in scores.items():
            weights[s] = math.exp(score - max(scores.values()))
        weights /= weights.sum()
        rows.append(weights)
        outputs.append(sum(weight * value for weight, value in zip(weights, v, strict=True)))
    return np.array(outputs), np.array(rows)


@equivalent("attention")
def attention_masked_array(q, k, v, mask=None):
    scores = np.matmul(q, np.swapaxes(k, -1, -2)) / np.sqrt(np.shape(q)[-1])
    forbidden = np.broadcast_to(False if mask is None else ~np.asarray(mask), scores.shape)
    scores = np.ma.masked_array(scores, forbidden)
    exponentials = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = (exponentials / exponentials.sum(axis=-1, keepdims=True)).filled(0.0)
    return weights @ np.asarray(v), weights


@equivalent("attention")
def attention_scales_both(q, k, v, mask=None):
    # Each side takes the fourth root, and the mask goes in as a sum of minus infinities.
    root = np.shape(q)[-1] ** 0.25
    scores = (np.asarray(q) / root) @ (np.asarray(k) / root).swapaxes(-2, -1)
    if mask is not None:
        scores = scores + np.where(mask, 0.0, -np.inf)
    weights = np.exp(scores - np.logaddexp.reduce(scores, axis=-1, keepdims=True))
    return [weights @ np.asarray(v), weights]


# --- causal_mask -----------------------------------------------------------------------------------------------------


@equivalent("causal_mask")
def causal_mask_tril(length):
    return np.tril(np.ones((length, length), dtype=bool))


@equivalent("causal_mask")
def causal_mask_tri(length):
    return np.tri(length, dtype=bool)


@equivalent("causal_mask")
def causal_mask_loop(length):
    mask = np.zeros((length, length), dtype=bool)
    for t in range(length):
        mask[t, : t + 1] = True
    return mask


@equivalent("causal_mask")
def causal_mask_lists(length):
    return [[column <= row for column in range(length)] for row in range(length)]


@equivalent("causal_mask")
def causal_mask_not_above(length):
    return ~np.triu(np.ones((length, length)), 1).astype(bool)


# --- nt_xent ---------------------------------------------------------------------------------------------------------


@equivalent("nt_xent")
def nt_xent_loop(z1, z2, temperature):
    views = [np.asarray(view, dtype=float) for view in (*z1, *z2)]
    total = 0.0
    for i, anchor in enumerate(views):
        similar = [one @ anchor / math.sqrt((one @ one) * (anchor @ anchor)) / temperature for one in views]
        partner = (i + len(views) // 2) % len(views)
        denominator = sum(math.exp(similar[k]) for k in range(len(views)) if k != i)
        total -= math.log(math.exp(similar[partner]) / denominator)
    return total / len(views)


@equivalent("nt_xent")
def nt_xent_pairs_interleaved(z1, z2, temperature):
    z = np.stack([z1, z2], axis=1).reshape(2 * len(z1), -1)
    z = z / np.sqrt((z**2).sum(axis=1))[:, None]
    scores = np.exp(z @ z.T / temperature)
    scores[np.diag_indices(len(z))] = 0
    rows = np.arange(len(z))
    return -np.log(scores[rows, rows ^ 1] / scores.sum(axis=1)).mean()


@equivalent("nt_xent")
def nt_xent_in_blocks(z1, z2, temperature):
    a = np.asarray(z1) / np.linalg.norm(z1, axis=1, keepdims=True)
    b = np.asarray(z2) / np.linalg.norm(z2, axis=1, keepdims=True)
    others = ~np.eye(len(a), dtype=bool)

    def one_way(p, q):
        same, across = np.exp(p @ p.T / temperature), np.exp(p @ q.T / temperature)
        return np.log((same * others).sum(axis=1) + across.sum(axis=1)) - np.log(np.diag(across))

    return float((one_way(a, b).mean() + one_way(b, a).mean()) / 2)


@equivalent("nt_xent")
def nt_xent_takes_itself_off(z1, z2, temperature):
    z = np.concatenate([z1, z2])
    z = z / (np.linalg.norm(z, axis=1, keepdims=True) + 1e-8)
    scores = np.exp(z @ z.T / temperature)
    others = scores.sum(axis=1) - scores.diagonal()
    partners = np.exp((z * np.roll(z, len(z1), axis=0)).sum(axis=1) / temperature)
    return -np.mean(np.log(partners / (others + 1e-8)))


@equivalent("nt_xent")
def nt_xent_drops_the_diagonal(z1, z2, temperature):
    z = np.vstack((z1, z2))
    n = len(z1)
    z = np.divide(z, np.linalg.norm(z, axis=1).reshape(-1, 1))
    similarity = np.dot(z, z.T) / temperature
    rest = similarity[~np.eye(2 * n, dtype=bool)].reshape(2 * n, 2 * n - 1)
    positive = np.concatenate([np.diagonal(similarity, n), np.diagonal(similarity, -n)])
    return np.mean(np.logaddexp.reduce(rest, axis=1) - positive)

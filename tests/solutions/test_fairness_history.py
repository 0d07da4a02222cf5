"""Answers that an attack on the judge of chapter 1 brought up: right ones pass, wrong ones fail and get no false name.

Each right answer is a function. Each wrong one comes with the only mistake that may be named for it, or None.
"""

import collections
import functools
import itertools
import math
from functools import lru_cache

import numpy as np
import pytest
from fairness import cases, must_fail, must_pass, with_

from grader.release.chapter import load_chapter

CHAPTER = load_chapter("01_history")
SOLVED = CHAPTER.functions
right_table, right_tokens, right_losses = SOLVED["q_update"], SOLVED["greedy_decode"], SOLVED["gan_losses"]
right_block, right_attention, right_contrast = SOLVED["residual_block"], SOLVED["attention"], SOLVED["nt_xent"]
years, kinds, false_claims = SOLVED["timeline"], SOLVED["ingredients"], SOLVED["slips"]


def put(q, state, action, value):
    q[state, action] = value
    return q


# --- Q-learning ------------------------------------------------------------------------------------------------------


def moved(future, share=lambda q, lr, target, old: old + lr * (target - old), make=lambda q: np.array(q, dtype=float)):
    """A Q-learning step with `future(q, next_state, action)` as the value of what comes next."""

    def q_update(q, state, action, reward, next_state, lr, discount, done):
        target = reward + (0.0 if done else discount * future(np.asarray(q), next_state, action))
        new = make(q)
        new[state, action] = share(q, lr, target, new[state, action])
        return new

    return q_update


def best(q, state, action):
    return np.max(q[state])


def puts_the_old_value_back(q, s, a, r, n, lr, discount, done):
    q = q if q.dtype.kind == "f" else q.astype(float)
    old = q[s, a]
    q[s, a] = old + lr * (r + (0 if done else discount * max(q[n])) - old)
    new = q.copy()
    q[s, a] = old
    return new


def plain_lists(q, s, a, r, n, lr, discount, done):
    rows = [list(map(float, row)) for row in q]
    rows[s][a] = (1 - lr) * rows[s][a] + lr * (r + (not done) * discount * sorted(rows[n])[-1])
    return tuple(tuple(row) for row in rows)


def where_the_entry_is(q, s, a, r, n, lr, discount, done):
    here = np.outer(np.arange(len(q)) == s, np.arange(len(q[0])) == a)
    return np.where(here, q + lr * (r + discount * (1 - int(done)) * np.amax(q[n]) - q), q)


def shrinks_before_it_looks(q, s, a, r, n, lr, discount, done):
    new = np.array(q, dtype=float)
    new[s, a] *= 1 - lr
    new[s, a] += lr * (r + (0 if done else discount * new[n].max()))
    return new


def always_goes_on(function):
    return lambda q, s, a, r, n, lr, discount, done: function(q, s, a, r, n, lr, discount, False)


def sets_the_entry_at_the_end(q, s, a, r, n, lr, discount, done):
    q = q.copy()
    if done:
        q[s, a] = r
    else:
        q[s, a] += lr * (r + discount * max(q[n]) - q[s, a])
    return q


def only_a_shallow_copy(q, s, a, r, n, lr, discount, done):
    rows = list(q)
    rows[s][a] += lr * (r + (0 if done else discount * max(q[n])) - q[s][a])
    return np.array(rows)


def keeps_a_table_of_its_own():
    kept = {}

    def q_update(q, s, a, r, n, lr, discount, done):
        table = kept.setdefault(np.shape(q), np.array(q, dtype=float))
        return right_table(table, s, a, r, n, lr, discount, done)

    return q_update


# --- decoding --------------------------------------------------------------------------------------------------------


def argmax(scores):
    return int(np.argmax(scores))


def decode(pick=argmax, shown=list, stop=lambda token, prefix, end: token == end, room=0):
    """Greedy decoding that picks by `pick(scores)`, shows step `shown(prefix)` and stops as told."""

    def greedy_decode(step, start, end, max_len):
        prefix = [start]
        while len(prefix) <= max_len + room:
            token = pick(step(shown(prefix)))
            if stop(token, prefix, end):
                break
            prefix.append(token)
        return prefix[1:]

    return greedy_decode


def takes_while(step, start, end, max_len):
    def tokens():
        prefix = [start]
        while True:
            prefix.append(step(prefix).argmax())
            yield prefix[-1]

    return list(itertools.takewhile(lambda token: token != end, itertools.islice(tokens(), max_len)))


def array_inside_list_outside(step, start, end, max_len):
    prefix, n = np.full(max_len + 1, start), 0
    while n < max_len and (token := np.argmax(step(prefix[: n + 1].tolist()))) != end:
        n += 1
        prefix[n] = token
    return prefix[1 : n + 1]


def first_of_the_best(scores):
    top, place = -math.inf, None
    for token, score in enumerate(scores):
        if score > top:
            top, place = score, token
    return place


def best_above_zero(scores):
    top, place = 0, 0
    for token, score in enumerate(scores):
        if score > top:
            top, place = score, token
    return place


def remembers_its_tokens(step, start, end, max_len, said=[]):  # noqa: B006
    for _ in range(max_len):
        token = argmax(step([start, *said]))
        if token == end:
            break
        said.append(token)
    return list(said)


def all_that_was_appended(step, start, end, max_len):
    prefix = [start]
    while len(prefix) <= max_len and (prefix[-1] != end or len(prefix) == 1):
        prefix.append(argmax(step(prefix)))
    return prefix


def drops_the_last_even_at_max_len(step, start, end, max_len):
    prefix = [start]
    for _ in range(max_len):
        prefix.append(argmax(step(prefix)))
        if prefix[-1] == end:
            break
    return prefix[1:-1]


def end_never_wins(step, start, end, max_len):
    return right_tokens(
        lambda prefix: np.where(np.arange(len(step(prefix))) == end, -np.inf, step(prefix)), start, end, max_len
    )


def after_decoding(change):
    return lambda step, start, end, max_len: change(right_tokens(step, start, end, max_len), start, end, max_len)


# --- GAN -------------------------------------------------------------------------------------------------------------


def losses_by(softplus):
    return lambda real, fake: (np.mean(softplus(-real)) + np.mean(softplus(fake)), np.mean(softplus(-fake)))


def softplus(z):
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))


def softplus_by_a_boolean_index(z):
    z = np.asarray(z, dtype=float)
    out, small = z.copy(), z < 30
    out[small] = np.log1p(np.exp(z[small]))
    return out


def silently(z):
    with np.errstate(all="ignore"):
        return np.where(z > 50, z, np.log1p(np.exp(z)))


def silently_wrong(z):
    with np.errstate(all="ignore"):
        return np.log1p(np.exp(z))


def bare_loop(real, fake):
    return (
        sum(np.logaddexp(0, -z) for z in real) / len(real) + sum(np.logaddexp(0, z) for z in fake) / len(fake),
        sum(np.logaddexp(0, -z) for z in fake) / len(fake),
    )


def probability(z):
    return 1 / (1 + np.exp(-z))


def calm_probability(z):
    e = np.exp(-np.abs(z))
    return np.where(z < 0, e, 1) / (1 + e)


def losses_by_probability(inside, probability=probability):
    def mean_cost(p):
        return -np.log(inside(p)).mean()

    return lambda real, fake: (
        mean_cost(probability(real)) + mean_cost(1 - probability(fake)),
        mean_cost(probability(fake)),
    )


def clipped(probability, eps=1e-8):
    return losses_by_probability(lambda p: p, lambda z: np.clip(probability(z), eps, 1 - eps))


def running_mean():
    seen = []

    def gan_losses(real, fake):
        seen.append(right_losses(real, fake))
        return tuple(np.mean(seen, axis=0))

    return gan_losses


# --- residual block --------------------------------------------------------------------------------------------------


def block(bend=lambda z: np.maximum(z, 0), skip=lambda x: x, last=lambda y: y):
    return lambda x, w1, w2: last(skip(x) + bend(x @ w1) @ w2)


def block_in_plain_python(x, w1, w2):
    rows = []
    for row in x:
        hidden = [max(0, sum(a * b for a, b in zip(row, column, strict=True))) for column in zip(*w1, strict=True)]
        back = [sum(a * b for a, b in zip(hidden, column, strict=True)) for column in zip(*w2, strict=True)]
        rows.append([a + b for a, b in zip(row, back, strict=True)])
    return rows


def block_in_place_on_its_own(x, w1, w2):
    hidden = x.dot(w1)
    hidden[hidden < 0] = 0
    out = hidden.dot(w2)
    out += x
    return out


def cuts_x_through_another_name(x, w1, w2):
    kept = x
    kept[kept < 0] = 0
    return x + np.maximum(kept @ w1, 0) @ w2


# --- attention -------------------------------------------------------------------------------------------------------


def scaled(q, k):
    return q @ np.swapaxes(k, -1, -2) / math.sqrt(q.shape[-1])


def to_one(z, axis=-1):
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def by_filling(filler):
    return lambda z, mask: np.where(mask, z, filler)


minus_infinity = by_filling(-np.inf)


def attend(score=scaled, softmax=to_one, hide=minus_infinity, after=lambda out, w: (out, w)):
    """Attention from four parts, any of which may be another one's."""

    def attention(q, k, v, mask=None):
        z = score(q, k)
        weights = softmax(z if mask is None else hide(z, mask))
        return after(weights @ v, weights)

    return attention


def hidden_by_log(z, mask):
    with np.errstate(divide="ignore"):
        return z + np.log(mask)


def hidden_by_index(z, mask):
    z = z.copy()
    z[~np.broadcast_to(mask, z.shape)] = -np.inf
    return z


def hidden_on_the_last_axes(z, mask):
    z[..., ~mask] = -np.inf
    return z


def hidden_if_shapes_agree(filler):
    def hide(z, mask):
        z = z.copy()
        z[~mask] = filler
        return z

    return hide


def one_head_at_a_time(q, k, v, mask=None):
    allowed = np.broadcast_to(True if mask is None else mask, (*q.shape[:-1], k.shape[-2]))

    def head(q, k, v, allowed):
        weights = to_one(np.where(allowed, q @ k.T / np.sqrt(q.shape[1]), -np.inf))
        return weights @ v, weights

    return np.vectorize(head, signature="(t,d),(s,d),(s,e),(t,s)->(t,e),(t,s)")(q, k, v, allowed)


def sums_of_products(q, k, v, mask=None):
    z = np.sum(q[..., :, None, :] * k[..., None, :, :], axis=-1) / q.shape[-1] ** 0.5
    weights = to_one(z if mask is None else z - 1e9 * (1 - mask))
    return [np.sum(weights[..., None] * v[..., None, :, :], axis=-2).tolist(), weights.tolist()]


def remembers_the_mask():
    masks = []

    def attention(q, k, v, mask=None):
        masks.append(mask if mask is not None or not masks else masks[-1])
        return right_attention(q, k, v, masks[-1])

    return attention


def weights_times_the_mask(q, k, v, mask=None):
    weights = to_one(scaled(q, k)) * (1 if mask is None else mask)
    weights = weights / weights.sum(axis=-2, keepdims=True)
    return weights @ v, weights


def asks_whether_a_mask_is_true(q, k, v, mask=None):
    weights = to_one(np.where(mask, scaled(q, k), -np.inf) if mask else scaled(q, k))
    return weights @ v, weights


def true_for_none(q, k, v, mask=True):
    weights = to_one(np.where(mask, scaled(q, k), -1e9))
    return weights @ v, weights


def batches_run_together(q, k, v, mask=None):
    if q.ndim == 2:
        return right_attention(q, k, v, mask)
    rows = [part.reshape(-1, part.shape[-1]) for part in (q, k, v)]
    return tuple(part.reshape(*q.shape[:-1], -1) for part in right_attention(*rows))


def q_scaled_in_place(q, k, v, mask=None):
    q /= np.sqrt(q.shape[-1])
    return attend(lambda q, k: q @ np.swapaxes(k, -1, -2))(q, k, v, mask)


# --- contrastive loss ------------------------------------------------------------------------------------------------


def unit(z):
    return z / np.linalg.norm(z, axis=1, keepdims=True)


def contrast(norm=unit, alike=lambda z, t: z @ z.T / t, own=-np.inf, partner=None, mean=np.mean, keep=None):
    """NT-Xent from its parts; `keep(n)` says which entries the denominator may hold."""

    def nt_xent(z1, z2, temperature):
        z, n = norm(np.concatenate([z1, z2]).astype(float)), len(z1)
        s, rows = alike(z, temperature), np.arange(2 * n)
        np.fill_diagonal(s, own)
        inside = s if keep is None else np.where(keep(n), s, -np.inf)
        return mean(
            np.logaddexp.reduce(inside, axis=1) - s[rows, (rows + n) % (2 * n) if partner is None else partner(n)]
        )

    return nt_xent


def pair_by_pair(z1, z2, temperature):
    def cosine(a, b):
        return float(np.dot(a, b) / np.sqrt(np.dot(a, a) * np.dot(b, b)))

    z, n = [*np.asarray(z1, float), *np.asarray(z2, float)], len(z1)

    def loss(i, j):
        others = sum(math.exp(cosine(z[i], z[m]) / temperature) for m in range(2 * n) if m != i)
        return -math.log(math.exp(cosine(z[i], z[j]) / temperature) / others)

    return sum(loss(i, i + n) + loss(i + n, i) for i in range(n)) / (2 * n)


def cosines_from_distances(z1, z2, temperature):
    def alike(z, t):
        return (1 - ((z[:, None] - z[None]) ** 2).sum(-1) / 2) / t

    return np.array(contrast(alike=alike)(z1, z2, temperature))


def one_hot_targets(z1, z2, temperature):
    z, n = unit(np.concatenate([z1, z2])), len(z1)
    log_p = np.log(to_one(z @ z.T / temperature - 1e9 * np.eye(2 * n)) + 1e-300)
    return -(log_p * np.eye(2 * n)[np.r_[n : 2 * n, :n]]).sum() / (2 * n)


def own_half_kept_in(n):
    return np.kron(np.eye(2), np.ones((n, n))) + np.kron(1 - np.eye(2), np.eye(n)) > 0


def first_half_changed_in_place(z1, z2, temperature):
    z1 /= np.linalg.norm(z1, axis=1, keepdims=True)
    return right_contrast(z1, z2, temperature)


# --- right answers ---------------------------------------------------------------------------------------------------

RIGHT = {
    "ingredients": [
        lambda: collections.OrderedDict(kinds()),
        lambda: collections.defaultdict(str, kinds()),
        lambda: {np.str_(name): kind for name, kind in kinds().items()},
        lambda show=False: dict(sorted(kinds().items(), key=lambda pair: pair[1])),
    ],
    "timeline": [
        lambda: {name: np.int16(year) for name, year in years().items()},
        lambda: {name: np.array(year) for name, year in years().items()},
        lambda: collections.Counter(years()),
        lambda: {**dict.fromkeys(years()), **years()},
    ],
    "q_update": [
        moved(best, share=lambda q, lr, target, old: np.average([old, target], weights=[1 - lr, lr])),
        moved(best, make=lambda q: np.matrix(q, dtype=float)),
        moved(best, make=lambda q: np.ma.array(q, dtype=float, copy=True)),
        moved(lambda q, n, a: q[n, np.argsort(q[n])[-1]], make=lambda q: np.array(q, dtype=np.longdouble)),
        moved(best, make=np.copy),
        moved(best, make=lambda q: q.copy()),
        puts_the_old_value_back,
        plain_lists,
        where_the_entry_is,
    ],
    "greedy_decode": [
        decode(shown=tuple),
        decode(pick=first_of_the_best),
        decode(pick=lambda scores: np.flatnonzero(scores == scores.max())[0]),
        decode(pick=lambda scores: argmax(np.exp(scores - scores.max()) / np.exp(scores - scores.max()).sum())),
        decode(pick=lambda scores: scores.tolist().index(max(scores))),
        takes_while,
        array_inside_list_outside,
        after_decoding(lambda said, *rest: tuple(said)),
    ],
    "gan_losses": [
        losses_by(softplus_by_a_boolean_index),
        losses_by(silently),
        losses_by(lambda z: np.logaddexp2(0, z / math.log(2)) * math.log(2)),
        losses_by(lambda z: z / 2 + np.abs(z) / 2 + np.log(1 + np.exp(-np.abs(z)))),
        losses_by(lambda z: np.log1p(np.exp(np.minimum(z, 40))) + np.maximum(z - 40, 0)),
        losses_by(lambda z: np.vectorize(lambda v: v if v > 35 else math.log(1 + math.exp(v)), otypes=[float])(z)),
        lambda real, fake: list(np.array(losses_by(softplus)(real, fake))),
        bare_loop,
    ],
    "residual_block": [
        block(lambda z: (z + np.abs(z)) / 2),
        block(lambda z: np.ma.masked_less(z, 0).filled(0)),
        block(lambda z: z * np.heaviside(z, 0)),
        block_in_plain_python,
        block_in_place_on_its_own,
        lambda x, w1, w2: (np.maximum(w1.T @ x.T, 0).T @ w2) + x,
        lambda x, w1, w2: sum((np.outer(np.maximum(x @ w, 0), v) for w, v in zip(w1.T, w2, strict=True)), start=x),
        lambda x, w1, w2: np.hstack([x, np.maximum(x @ w1, 0)]) @ np.vstack([np.eye(x.shape[1]), w2]),
    ],
    "attention": [
        attend(hide=by_filling(-1e4)),
        attend(hide=by_filling(np.finfo(np.float64).min)),
        attend(hide=lambda z, mask: z + (1.0 - mask) * -1e9),
        attend(hide=hidden_by_log),
        attend(hide=hidden_by_index),
        attend(hide=hidden_on_the_last_axes),
        attend(softmax=lambda z: np.exp(z - np.logaddexp.reduce(z, axis=-1, keepdims=True))),
        attend(score=lambda q, k: np.einsum("...td,...sd->...ts", q / q.shape[-1] ** 0.25, k / q.shape[-1] ** 0.25)),
        attend(after=collections.namedtuple("Attention", "output weights")),
        one_head_at_a_time,
        sums_of_products,
    ],
    "causal_mask": [
        lambda length: np.cumsum(np.eye(length), axis=0) > 0,
        lambda length: np.fromfunction(lambda t, s: t >= s, (length, length)),
        lambda length: np.matrix(np.tri(length, dtype=bool)),
        lambda length: tuple(tuple(s < t + 1 for s in range(length)) for t in range(length)),
        lambda length, device=None: np.asfortranarray(np.triu(np.full((length, length), True)).T),
        lru_cache(lambda length: np.tri(length) == 1),
    ],
    "nt_xent": [
        pair_by_pair,
        cosines_from_distances,
        one_hot_targets,
        contrast(norm=lambda z: z / (np.linalg.norm(z, axis=1, keepdims=True) + 1e-8)),
        contrast(norm=lambda z: z / np.maximum(np.sqrt((z * z).sum(axis=1))[:, None], 1e-12), own=-1e9),
        contrast(mean=lambda losses: math.fsum(losses) / len(losses)),
    ],
    "slips": [
        lambda: {np.str_(claim) for claim in false_claims()},
        lambda: frozenset(false_claims()),
        lambda: {claim.id for claim in CHAPTER.claims if not claim.true},
    ],
}

# --- wrong answers, each with the one mistake that may be named ------------------------------------------------------

WRONG = {
    "ingredients": [
        (lambda: {**kinds(), "MSE": "model"}, None),
        (lambda: {**kinds(), "GAN": "loss", "VQA": "model"}, None),
        (lambda: {**kinds(), "maximum likelihood": "data"}, None),
        (lambda: {name: "optimizer" if kind == "algorithm" else kind for name, kind in kinds().items()}, None),
        (lambda: {name: kind + "s" for name, kind in kinds().items()}, None),
        (lambda: {name: [kind] for name, kind in kinds().items()}, None),
        (lambda: dict.fromkeys(kinds(), "data"), None),
        (lambda: {name: kind for name, kind in kinds().items() if name != "GAN"}, None),
    ],
    "timeline": [
        (lambda: {**years(), "GAN": 2015, "ResNet": 2016}, None),
        (lambda: {**years(), "GAN": 2015, "Adam": 2015}, None),
        (lambda: {**years(), "GPT-2": 2018}, None),
        (lambda: {name: year + 1 for name, year in years().items()}, None),
        (lambda: {name: float(year) for name, year in years().items()}, None),
        (lambda: {name: year - 2000 for name, year in years().items()}, None),
        (lambda: {**years(), "GAN": "2014"}, None),
        (lambda: {name.replace("-", "_"): year for name, year in years().items()}, None),
    ],
    "q_update": [
        (shrinks_before_it_looks, None),
        (moved(lambda q, n, a: np.delete(q[n], a).max()), None),
        (moved(lambda q, n, a: q[n].min()), None),
        (moved(lambda q, n, a: max(0, q[n].max())), None),
        (moved(lambda q, n, a: np.abs(q[n]).max()), None),
        (moved(lambda q, n, a: to_one(q[n]) @ q[n]), None),
        (moved(lambda q, n, a: q[:, a].max()), None),
        (moved(lambda q, n, a: q[n, a], make=np.copy), "no_max"),
        (moved(lambda q, n, a: np.argmax(q[n]), make=np.copy), "argmax_for_max"),
        (always_goes_on(moved(best, make=np.copy)), "bootstraps_from_a_terminal_state"),
        (sets_the_entry_at_the_end, "terminal_entry_is_the_reward"),
        (moved(best, make=lambda q: q[:]), "changes_q"),
        (only_a_shallow_copy, "changes_q"),
        (moved(best, share=lambda q, lr, target, old: round(old + lr * (target - old), 2)), None),
        (moved(lambda q, n, a: q[n, a], share=lambda q, lr, target, old: target), None),
        (lambda q, s, a, r, n, lr, discount, done: q if done else moved(best)(q, s, a, r, n, lr, discount, done), None),
        (lambda q, s, a, r, *rest: right_table(q, s, a, np.clip(r, -1, 1), *rest), None),
        (keeps_a_table_of_its_own(), None),
    ],
    "greedy_decode": [
        (decode(shown=np.array), "prefix_is_an_array"),
        (decode(shown=lambda prefix: [prefix]), "prefix_as_a_batch"),
        (decode(shown=lambda prefix: prefix[-1]), "a_number_for_the_prefix"),
        (decode(shown=lambda prefix: prefix[::-1]), None),
        (decode(shown=lambda prefix: prefix[-2:]), None),
        (decode(shown=lambda prefix: [prefix[0], prefix[-1]][-len(prefix) :]), None),
        (decode(room=-1), "one_too_few"),
        (decode(pick=best_above_zero), None),
        (decode(pick=lambda scores: argmax(np.abs(scores))), None),
        (decode(pick=lambda scores: int(np.argsort(scores)[-2])), None),
        (decode(stop=lambda token, prefix, end: token in (end, *prefix)), None),
        (decode(stop=lambda token, prefix, end: token in (end, prefix[0])), None),
        (after_decoding(lambda said, start, end, max_len: said + [end] * (max_len - len(said))), None),
        (after_decoding(lambda said, start, end, max_len: list(dict.fromkeys(said))), None),
        (after_decoding(lambda said, start, end, max_len: [start, *said, end]), None),
        (after_decoding(lambda said, start, end, max_len: [float(token) for token in said]), None),
        (all_that_was_appended, "keeps_start_and_end"),
        (drops_the_last_even_at_max_len, "one_too_few"),
        (remembers_its_tokens, None),
        (end_never_wins, None),
    ],
    "gan_losses": [
        (losses_by(lambda z: np.where(z > 20, z, np.log1p(np.exp(z)))), "large_ones_computed_too"),
        (
            losses_by(lambda z: np.where(z > 0, z + np.log(1 + np.exp(-z)), np.log(1 + np.exp(z)))),
            "both_branches_computed",
        ),
        (losses_by(lambda z: np.log1p(np.exp(z))), "overflow"),
        (losses_by(silently_wrong), "overflow_silenced"),
        (losses_by(lambda z: np.nan_to_num(silently_wrong(z))), None),
        (losses_by(lambda z: np.log1p(np.exp(np.clip(z, -500, 500)))), None),
        (losses_by(lambda z: np.maximum(z, 0)), None),
        (losses_by(lambda z: softplus(z) / math.log(2)), None),
        (losses_by(lambda z: softplus(-z)), None),
        (lambda real, fake: (np.mean(fake) - np.mean(real), -np.mean(fake)), None),
        (lambda real, fake: (right_losses(real, fake)[0], np.mean(softplus(fake))), None),
        (
            lambda real, fake: (softplus(-np.mean(real)) + softplus(np.mean(fake)), softplus(-np.mean(fake))),
            "softplus_of_the_mean",
        ),
        (lambda real, fake: (softplus(-real).mean(), softplus(-fake).mean()), "fake_left_out"),
        (lambda real, fake: (softplus(-real).sum() + softplus(fake).sum(), softplus(-fake).mean()), None),
        (lambda real, fake: (0.9 * softplus(-real).mean() + softplus(fake).mean(), softplus(-fake).mean()), None),
        (losses_by_probability(lambda p: p), "log_of_zero"),
        (losses_by_probability(lambda p: p + 1e-8), "epsilon_and_overflow"),
        (losses_by_probability(lambda p: p + 1e-8, calm_probability), "epsilon_in_the_log"),
        (losses_by_probability(lambda p: np.maximum(p, 1e-8)), "clipping_and_overflow"),
        (clipped(probability), "clipping_and_overflow"),
        (clipped(calm_probability), "clipped_probabilities"),
        (clipped(calm_probability, 1e-3), None),
        (with_(lambda real, fake: fake.fill(0), right_losses), None),
        (running_mean(), None),
    ],
    "residual_block": [
        (block(lambda z: np.where(z > 0, z, 0.01 * z)), None),
        (block(np.abs), None),
        (block(lambda z: np.clip(z, 0, 1)), None),
        (block(lambda z: z / (1 + np.exp(-1.702 * z))), None),
        (block(skip=lambda x: 2 * x), None),
        (block(skip=lambda x: x[0]), None),
        (block(skip=lambda x: x - x.mean(axis=0)), None),
        (block(last=lambda y: y / 2), None),
        (block(last=np.squeeze), None),
        (block(skip=lambda x: np.maximum(x, 0), last=lambda y: np.maximum(y, 0)), None),
        (lambda x, w1, w2: x + np.maximum(x @ w1 @ w2, 0), "relu_after_both_matrices"),
        (lambda x, w1, w2: x + (x @ (w1 @ w2)).clip(0), "relu_after_both_matrices"),
        (lambda x, w1, w2: np.maximum(x @ w1 @ w2, 0), None),
        (lambda x, w1, w2: x + np.maximum(np.maximum(x, 0) @ w1, 0) @ w2, None),
        (lambda x, w1, w2: x + np.maximum(x @ (w1.T if len(w1) == len(w1.T) else w1), 0) @ w2, None),
        (lambda x, w1, w2: right_block(x, w1, w2) if len(x) > 1 else x + x @ w1 @ w2, None),
        (cuts_x_through_another_name, None),
        (with_(lambda x, w1, w2: w2.fill(0), right_block), None),
    ],
    "attention": [
        (attend(hide=by_filling(-1000.0)), "forbidden_scores_not_low_enough"),
        (attend(hide=by_filling(-1.0)), None),
        (attend(hide=by_filling(1e9)), None),
        (attend(hide=lambda z, mask: z + (1 - mask) * -np.inf), "zero_times_infinity"),
        (attend(hide=lambda z, mask: z - 1e9 * mask), "mask_inverted"),
        (attend(hide=lambda z, mask: np.where(mask.T, z, -np.inf)), None),
        (attend(hide=lambda z, mask: np.where(mask[0], z, -np.inf)), None),
        (attend(hide=lambda z, mask: np.where(np.tri(*z.shape[-2:], dtype=bool), z, -np.inf)), None),
        (attend(hide=hidden_if_shapes_agree(-np.inf)), "mask_along_the_first_axes"),
        (attend(hide=hidden_if_shapes_agree(-1e9)), "low_number_along_the_first_axes"),
        (attend(hide=lambda z, mask: np.where(mask.any(axis=0), z, -np.inf)), None),
        (attend(hide=lambda z, mask: np.where(mask.all(axis=0), z, -np.inf)), None),
        (attend(hide=lambda z, mask: np.where(mask.any(axis=1)[:, None], z, -np.inf)), "mask_ignored"),
        (attend(score=lambda q, k: q @ np.swapaxes(k, -1, -2) / q.shape[-2] ** 0.5), "scaled_by_the_number_of_queries"),
        (attend(score=lambda q, k: q @ np.swapaxes(k, -1, -2) / k.shape[-2] ** 0.5), "scaled_by_the_number_of_keys"),
        (attend(score=lambda q, k: scaled(q, k) * q.shape[-1]), "multiplied_by_the_root"),
        (attend(score=lambda q, k: q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[1])), None),
        (attend(score=lambda q, k: q @ k.T / np.sqrt(q.shape[-1])), "every_axis_transposed"),
        (attend(score=lambda q, k: q @ k.T), None),
        (attend(score=lambda q, k: q @ np.swapaxes(k, -1, -2), hide=lambda z, mask: np.where(mask, -np.inf, z)), None),
        (attend(score=lambda q, k: np.einsum("td,sd->ts", q, k) / np.sqrt(q.shape[-1])), None),
        (attend(score=lambda q, k: q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[-1])), None),
        (attend(softmax=functools.partial(to_one, axis=1)), None),
        (attend(softmax=functools.partial(to_one, axis=-2), hide=by_filling(-1e9)), "softmax_over_the_queries"),
        (attend(softmax=lambda z: (z == z.max(axis=-1, keepdims=True)).astype(float)), None),
        (attend(softmax=lambda z: to_one(np.clip(z, -500, 500)), hide=by_filling(-1e9)), None),
        (attend(after=lambda out, w: (out.squeeze(), w.squeeze())), None),
        (attend(after=lambda out, w: (out, np.swapaxes(w, -1, -2))), None),
        (weights_times_the_mask, None),
        (asks_whether_a_mask_is_true, None),
        (true_for_none, None),
        (batches_run_together, None),
        (remembers_the_mask(), None),
        (q_scaled_in_place, "changes_q_in_place"),
    ],
    "causal_mask": [
        (lambda length: np.tril(np.ones((length, length), dtype=np.uint8)), "numbers_for_truth"),
        (lambda length: np.triu(np.full((length, length), -1e9), 1), None),
        (lambda length: np.tri(length, dtype=bool)[None], None),
        (lambda length: np.tri(length, dtype=bool)[:, ::-1], None),
        (lambda length: np.tri(length, dtype=bool) & ~np.tri(length, k=-4, dtype=bool), None),
        (lambda length: np.tri(length, k=-(length > 1), dtype=bool), None),
        (lambda length: np.tri(length, dtype=bool) if length > 2 else np.full((length, length), True), None),
        (lambda length: [list(range(t + 1)) for t in range(length)], None),
    ],
    "nt_xent": [
        (contrast(own=-1.0), None),
        (contrast(norm=lambda z: z / np.linalg.norm(z)), "one_length_for_all"),
        (contrast(norm=lambda z: z / (z**2).sum(axis=1, keepdims=True)), "divided_by_the_squared_length"),
        (contrast(norm=lambda z: z / np.abs(z).sum(axis=1, keepdims=True)), None),
        (contrast(norm=lambda z: unit(z - z.mean(axis=0))), None),
        (contrast(alike=lambda z, t: (z / t) @ (z / t).T), None),
        (contrast(alike=lambda z, t: -((z[:, None] - z[None]) ** 2).sum(-1) / t), None),
        (contrast(partner=lambda n: np.arange(2 * n)[::-1]), None),
        (contrast(mean=lambda losses: losses[len(losses) // 2 :].mean()), None),
        (contrast(mean=lambda losses: losses.mean() / math.log(2)), None),
        (contrast(mean=lambda losses: -np.log(np.exp(-losses).mean())), None),
        (contrast(mean=lambda losses: np.array([losses.mean()])), None),
        (contrast(keep=lambda n: np.kron(1 - np.eye(2), np.ones((n, n))) > 0), "across_in_both_directions"),
        (contrast(keep=own_half_kept_in), None),
        (contrast(norm=lambda z: z, mean=np.sum), None),
        (lambda z1, z2, t: right_contrast(z1, z2, t) + (math.log(2) if len(z1) == 1 else 0), None),
        (lambda z1, z2, t: right_contrast(unit(z1).astype(z1.dtype), z2, t), None),
        (first_half_changed_in_place, None),
    ],
    "slips": [
        (lambda: false_claims() - {"8"}, None),
        (lambda: false_claims() | {"1"}, None),
        (lambda: {float(claim) for claim in false_claims()}, "numbers_for_strings"),
        (lambda: sorted(false_claims()), None),
        (lambda: ",".join(false_claims()), None),
        (lambda: {}, None),
    ],
}


def test_every_exercise_has_further_answers():
    assert set(RIGHT) == set(WRONG) == set(CHAPTER.exercises)
    assert all(len(RIGHT[name]) >= 3 and len(WRONG[name]) >= 5 for name in CHAPTER.exercises)


@pytest.mark.parametrize(("name", "answer"), cases(RIGHT))
def test_a_right_answer_passes_however_it_is_written(name, answer):
    must_pass(CHAPTER, name, answer)


@pytest.mark.parametrize(("name", "wrong"), cases(WRONG))
def test_a_wrong_answer_fails_and_gets_no_false_name(name, wrong):
    must_fail(CHAPTER, name, *wrong)

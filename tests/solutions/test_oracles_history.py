"""Every solution of chapter 1 against somebody else's code: SciPy, scikit-learn, HIPS autograd, PyTorch."""

import copy
import math
import warnings
from fractions import Fraction
from itertools import accumulate, islice, repeat, takewhile

import autograd.numpy as anp
import numpy as np
import pytest
import scipy.linalg
import scipy.optimize
import scipy.special
from autograd import elementwise_grad, jacobian
from hypothesis import given, settings
from hypothesis import strategies as st
from recorded import entries, recorder
from sklearn.metrics import log_loss
from sklearn.metrics.pairwise import cosine_similarity
from sklearn.neural_network import MLPRegressor

from dlbasic.figures.ideas import IDEAS
from dlbasic.observe import observe
from dlbasic.properties import names_with_kinds, names_with_years
from dlbasic.table import decode
from dlbasic.values import first_difference
from grader.hidden import partial_share
from grader.release.chapter import load_chapter

SOLVED = load_chapter("01_history").functions

seeds = st.integers(0, 2**32 - 1).map(np.random.default_rng)
sizes = st.integers(1, 6)
few = settings(max_examples=40, deadline=None)


def close(got, wanted, rtol=1e-9, atol=1e-11):
    np.testing.assert_allclose(got, wanted, rtol=rtol, atol=atol)


# --- Q-learning ------------------------------------------------------------------------------------------------------


@few
@given(seeds, sizes, sizes, st.booleans())
def test_q_update_is_the_update_in_exact_fractions(rng, states, actions, done):
    q = rng.normal(size=(states, actions))
    state, action, after = int(rng.integers(states)), int(rng.integers(actions)), int(rng.integers(states))
    reward, lr, discount = (float(number) for number in rng.random(3))
    exact = [[Fraction(float(value)) for value in row] for row in q]
    future = Fraction(0) if done else Fraction(discount) * max(exact[after])
    exact[state][action] += Fraction(lr) * (Fraction(reward) + future - exact[state][action])
    got = SOLVED["q_update"](q, state, action, reward, after, lr, discount, done)
    close(got, [[float(value) for value in row] for row in exact])


@few
@given(seeds, st.integers(2, 5), st.integers(1, 3))
def test_sweeps_of_q_update_end_where_linear_programming_does(rng, states, actions):
    following, rewards = rng.integers(states, size=(states, actions)), rng.normal(size=(states, actions))
    done, discount = rng.random((states, actions)) < 0.2, 0.7
    # The least v with v(s) >= r(s, a) + discount v(s') for every action is the value of the best policy.
    rows, bounds = [], []
    for s, a in np.ndindex(states, actions):
        row = np.zeros(states)
        row[s] -= 1.0
        row[following[s, a]] += 0.0 if done[s, a] else discount
        rows.append(row)
        bounds.append(-rewards[s, a])
    v = scipy.optimize.linprog(np.ones(states), rows, bounds, bounds=(None, None)).x
    q = np.zeros((states, actions))
    for s, a in [pair for _ in range(60) for pair in np.ndindex(states, actions)]:
        q = SOLVED["q_update"](q, s, a, rewards[s, a], following[s, a], 1.0, discount, bool(done[s, a]))
    close(q, rewards + np.where(done, 0.0, discount * v[following]), rtol=1e-6, atol=1e-6)


# --- decoding --------------------------------------------------------------------------------------------------------


@few
@given(seeds, st.integers(2, 6), st.integers(1, 12))
def test_greedy_decode_follows_the_best_successors_until_the_end(rng, vocabulary, max_len):
    table = rng.normal(size=(vocabulary, vocabulary))
    start, end = int(rng.integers(vocabulary)), int(rng.integers(vocabulary))
    best = dict(enumerate(table.argmax(axis=1).tolist()))
    path = accumulate(repeat(None), lambda token, _: best[token], initial=start)
    wanted = list(takewhile(lambda token: token != end, islice(path, 1, max_len + 1)))
    got = SOLVED["greedy_decode"](lambda prefix: table[prefix[-1]], start, end, max_len)
    assert got == wanted and all(type(token) is int for token in got)


@few
@given(seeds, st.integers(1, 8))
def test_greedy_decode_shows_every_prefix_as_a_list_that_grows_by_what_was_emitted(rng, max_len):
    seen = []

    def step(prefix):
        assert type(prefix) is list
        seen.append(list(prefix))
        return rng.normal(size=5)

    emitted = SOLVED["greedy_decode"](step, 4, 2, max_len)
    assert seen[-1][1:] == emitted[: len(seen[-1]) - 1] and len(emitted) <= max_len
    assert seen == [[4, *emitted][: length + 1] for length in range(len(seen))]


# --- GAN -------------------------------------------------------------------------------------------------------------


@few
@given(seeds, sizes, sizes, st.sampled_from([1.0, 30.0, 1000.0]))
def test_gan_losses_are_scipys_log_expit(rng, n, m, scale):
    real, fake = rng.normal(scale=scale, size=n), rng.normal(scale=scale, size=m)
    with warnings.catch_warnings(), np.errstate(over="raise", invalid="raise", divide="raise"):
        warnings.simplefilter("error")
        discriminator, generator = SOLVED["gan_losses"](real, fake)
    close(discriminator, -scipy.special.log_expit(real).mean() - scipy.special.log_expit(-fake).mean())
    close(generator, -scipy.special.log_expit(fake).mean())


@few
@given(seeds, sizes, sizes)
def test_gan_losses_are_scikit_learns_log_loss(rng, n, m):
    real, fake = scipy.special.expit(rng.normal(size=n)), scipy.special.expit(rng.normal(size=m))
    discriminator, generator = SOLVED["gan_losses"](scipy.special.logit(real), scipy.special.logit(fake))
    close(discriminator, log_loss(np.ones(n), real, labels=[0, 1]) + log_loss(np.zeros(m), fake, labels=[0, 1]))
    close(generator, log_loss(np.ones(m), fake, labels=[0, 1]))


def test_the_generators_slope_lives_where_the_saturating_one_is_dead():
    slope = elementwise_grad(lambda z: anp.log(1.0 + anp.exp(-z)))(np.array([-20.0]))
    h = 1e-4
    above, below = (SOLVED["gan_losses"](np.zeros(1), np.array([-20.0 + step]))[1] for step in (h, -h))
    close((above - below) / (2 * h), slope[0], rtol=1e-6)
    assert abs(slope[0]) > 0.99 and scipy.special.expit(-20.0) < 1e-8


# --- residual block --------------------------------------------------------------------------------------------------


@few
@given(seeds, sizes, sizes, sizes)
def test_the_residual_block_adds_scikit_learns_network_to_its_input(rng, n, d, h):
    x, w1, w2 = rng.normal(size=(n, d)), rng.normal(size=(d, h)), rng.normal(size=(h, d))
    net = MLPRegressor(hidden_layer_sizes=[h], activation="relu", solver="sgd", random_state=0)
    net.partial_fit(rng.normal(size=(4, d)), np.squeeze(rng.normal(size=(4, d))))
    net.coefs_, net.intercepts_ = [w1, w2], [np.zeros(h), np.zeros(d)]
    close(SOLVED["residual_block"](x, w1, w2), x + net.predict(x).reshape(n, d))


@few
@given(seeds, sizes, sizes)
def test_small_steps_pass_through_the_residual_block_as_autograd_says(rng, d, h):
    x, w1, w2 = rng.normal(size=d), rng.normal(size=(d, h)), rng.normal(size=(h, d))
    slope = jacobian(lambda v: v + anp.dot(anp.maximum(anp.dot(v, w1), 0.0), w2))(x)
    step = 1e-7 * rng.normal(size=d)
    moved, still = (SOLVED["residual_block"](row[None], w1, w2)[0] for row in (x + step, x))
    close(moved - still, slope @ step, rtol=1e-5, atol=1e-13)
    np.testing.assert_array_equal(SOLVED["residual_block"](x[None], w1, np.zeros((h, d)))[0], x)


# --- attention -------------------------------------------------------------------------------------------------------


def some_mask(rng, *shape):
    """At least one True in every row."""
    mask = rng.random(shape) < 0.5
    mask[np.arange(shape[0]), rng.integers(shape[1], size=shape[0])] = True
    return mask


@few
@given(seeds, st.lists(st.integers(1, 3), max_size=2), sizes, sizes, sizes, sizes, st.booleans())
def test_attention_is_scipys_softmax_of_scaled_dot_products(rng, batch, t, s, d, e, masked):
    q, k, v = (rng.normal(size=(*batch, *shape)) for shape in ((t, d), (s, d), (s, e)))
    mask = some_mask(rng, t, s) if masked else None
    output, weights = SOLVED["attention"](q, k, v, mask)
    assert output.shape == (*batch, t, e) and weights.shape == (*batch, t, s)
    for place in np.ndindex(*batch):
        for row in range(t):
            scores = [math.fsum(q[place][row] * key) / math.sqrt(d) for key in k[place]]
            if masked:
                scores = [score if mask[row, key] else -math.inf for key, score in enumerate(scores)]
            wanted = scipy.special.softmax(scores)
            close(weights[place][row], wanted)
            close(output[place][row], [math.fsum(wanted * column) for column in v[place].T])


@few
@given(seeds, sizes, sizes, st.integers(1, 64))
def test_attention_is_finite_for_scores_of_any_size(rng, t, s, d):
    q, k, v = 1000.0 * rng.normal(size=(t, d)), 1000.0 * rng.normal(size=(s, d)), rng.normal(size=(s, 2))
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        _, weights = SOLVED["attention"](q, k, v)
    close(weights, scipy.special.softmax(q @ k.T / np.sqrt(d), axis=1))


@few
@given(seeds, sizes, st.integers(2, 6))
def test_attention_does_not_care_in_which_order_the_keys_come(rng, t, s):
    q, k, v, mask = rng.normal(size=(t, 3)), rng.normal(size=(s, 3)), rng.normal(size=(s, 2)), some_mask(rng, t, s)
    order = rng.permutation(s)
    output, weights = SOLVED["attention"](q, k, v, mask)
    shuffled, shuffled_weights = SOLVED["attention"](q, k[order], v[order], mask[:, order])
    close(shuffled, output)
    close(shuffled_weights, weights[:, order])


@pytest.mark.parametrize("length", range(1, 8))
def test_the_causal_mask_is_scipys_toeplitz_matrix_of_ones(length):
    mask = SOLVED["causal_mask"](length)
    assert mask.dtype == bool
    np.testing.assert_array_equal(mask, scipy.linalg.toeplitz(np.ones(length), np.eye(length)[0]) == 1)


# --- contrastive loss ------------------------------------------------------------------------------------------------


def wanted_nt_xent(z1, z2, temperature):
    z = np.concatenate([z1, z2])
    similarity, n = cosine_similarity(z) / temperature, len(z1)
    losses = []
    for anchor in range(2 * n):
        others = [one for one in range(2 * n) if one != anchor]
        partner = (anchor + n) % (2 * n)
        losses.append(scipy.special.logsumexp(similarity[anchor, others]) - similarity[anchor, partner])
    return np.mean(losses)


@few
@given(seeds, sizes, sizes, st.sampled_from([0.05, 0.5, 1.0, 4.0]))
def test_nt_xent_is_scipys_logsumexp_of_scikit_learns_cosines(rng, n, d, temperature):
    z1, z2 = rng.normal(scale=3.0, size=(n, d)), rng.normal(size=(n, d))
    close(SOLVED["nt_xent"](z1, z2, temperature), wanted_nt_xent(z1, z2, temperature))


@few
@given(seeds, st.integers(2, 5), st.integers(2, 5))
def test_nt_xent_is_scikit_learns_log_loss_of_picking_the_partner(rng, n, d):
    z1, z2 = rng.normal(size=(n, d)), rng.normal(size=(n, d))
    similarity = cosine_similarity(np.concatenate([z1, z2])) / 0.5
    np.fill_diagonal(similarity, -np.inf)
    partners = np.roll(np.arange(2 * n), n)
    wanted = log_loss(partners, scipy.special.softmax(similarity, axis=1), labels=range(2 * n))
    close(SOLVED["nt_xent"](z1, z2, 0.5), wanted)


@few
@given(seeds, sizes, sizes)
def test_nt_xent_knows_neither_lengths_nor_which_view_came_first(rng, n, d):
    z1, z2 = rng.normal(size=(n, d)), rng.normal(size=(n, d))
    loss = SOLVED["nt_xent"](z1, z2, 0.3)
    close(SOLVED["nt_xent"](z1 * rng.uniform(0.1, 10.0, size=(n, 1)), z2, 0.3), loss)
    close(SOLVED["nt_xent"](z2, z1, 0.3), loss)


# --- tables of answers -----------------------------------------------------------------------------------------------


def test_the_years_are_those_of_the_arxiv_ids_and_the_ideas_stand_in_their_order():
    years = SOLVED["timeline"]()
    assert set(years) == {idea.name for idea in IDEAS}
    assert all(years[idea.name] == 2000 + int(idea.arxiv[:2]) for idea in IDEAS if idea.arxiv)
    assert [years[idea.name] for idea in IDEAS] == sorted(years.values())
    identifiers = [idea.arxiv for idea in IDEAS if idea.arxiv]
    assert identifiers == sorted(identifiers) and len(identifiers) == 9


def test_what_an_idea_takes_over_is_older():
    places = {idea.name: place for place, idea in enumerate(IDEAS)}
    for idea in IDEAS:
        assert all(places[part] < places[idea.name] for part, *_ in idea.parts)


@pytest.mark.parametrize(("name", "judge"), [("timeline", names_with_years), ("ingredients", names_with_kinds)])
def test_the_form_of_a_table_is_judged_and_nothing_else(name, judge):
    right = SOLVED[name]()
    shuffled = dict(zip(right, list(right.values())[::-1], strict=True))
    assert judge(lambda: right, 0) is None and judge(lambda: shuffled, 0) is None
    key = next(iter(right))
    wrong = [
        None,
        list(right),
        {},
        {one: value for one, value in right.items() if one != key},
        {**right, "perceptron": right[key]},
        {**right, key: None},
        {**right, key: [right[key]]},
        {one: str(value).upper() + "!" for one, value in right.items()},
    ]
    for answer in wrong:
        finding = judge(lambda answer=answer: answer, 0)
        assert finding is not None and finding.en and finding.ko and "{" not in finding.ko.replace('{"', ""), answer


def test_every_key_of_a_table_earns_its_share():
    for name in ("timeline", "ingredients"):
        right = SOLVED[name]()
        for wrong in range(len(right) + 1):
            answer = {key: "?" if place < wrong else value for place, (key, value) in enumerate(right.items())}
            assert partial_share(right, answer) == pytest.approx(1 - wrong / len(right))


# --- what every solution does ----------------------------------------------------------------------------------------


def inputs_of_every_kind():
    """Float64 arguments for each solution that takes arrays, in whole numbers so that integers say the same."""
    whole = np.random.default_rng(7)

    def integers(*shape):
        return whole.integers(-3, 4, size=shape).astype(float)

    return {
        "q_update": (integers(4, 3), 1, 2, 1.0, 3, 0.25, 0.5, False),
        "gan_losses": (integers(5), integers(3)),
        "residual_block": (integers(4, 3), integers(3, 5), integers(5, 3)),
        "attention": (integers(4, 3), integers(5, 3), integers(5, 2), some_mask(whole, 4, 5)),
        "nt_xent": (integers(4, 5), integers(4, 5), 0.5),
    }


KINDS = inputs_of_every_kind()


def recast(arguments, change):
    return tuple(change(item) if isinstance(item, np.ndarray) else copy.deepcopy(item) for item in arguments)


def same_answer(name, arguments, rtol=1e-6, atol=1e-9):
    wanted, got = observe(SOLVED[name], KINDS[name]), observe(SOLVED[name], arguments)
    assert not wanted.error and not got.error, f"{got.error}: {got.message}"
    assert wanted.value is not None
    assert first_difference(wanted.value, got.value, rtol, atol) is None


@pytest.mark.parametrize("name", KINDS)
def test_a_solution_leaves_its_arguments_as_they_were(name):
    assert observe(SOLVED[name], KINDS[name]).changed == ()


@pytest.mark.parametrize("name", KINDS)
def test_a_solution_takes_float32(name):
    single = recast(KINDS[name], lambda a: a.astype(np.float32) if a.dtype.kind == "f" else a)
    same_answer(name, single, rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("name", KINDS)
def test_a_solution_takes_integers(name):
    same_answer(name, recast(KINDS[name], lambda a: a.astype(int) if a.dtype.kind == "f" else a))


@pytest.mark.parametrize("name", KINDS)
def test_a_solution_takes_lists(name):
    same_answer(name, recast(KINDS[name], lambda a: a.tolist()))


# --- PyTorch ---------------------------------------------------------------------------------------------------------


RECORDED = entries("history")
NAMES = [f"{number}-{entry['name']}" for number, entry in enumerate(RECORDED)]


def our_answer(name, arguments):
    """The solution's answer to a question that was put to torch in torch's words."""
    if name == "causal_attention":
        return SOLVED["attention"](*arguments, SOLVED["causal_mask"](arguments[0].shape[-2]))[0]
    return SOLVED[name](*arguments)


def agree(torchs, ours):
    difference = first_difference(torchs, ours, 1e-9, 1e-12)
    assert difference is None, difference


@pytest.mark.parametrize("entry", RECORDED, ids=NAMES)
def test_a_solution_gives_the_numbers_recorded_from_pytorch(entry):
    agree(decode(entry["answer"]), our_answer(entry["name"], decode(entry["arguments"])))


def test_pytorch_was_asked_about_everything_it_can_answer():
    # It has nothing of its own for these; the causal mask is inside its attention.
    without = {"ingredients", "timeline", "q_update", "greedy_decode", "causal_mask", "slips"}
    assert {entry["name"] for entry in RECORDED} == set(SOLVED) - without | {"causal_attention"}


def test_a_solution_gives_the_numbers_of_the_pytorch_that_is_installed():
    pytest.importorskip("torch", reason="PyTorch is not installed; its recorded numbers were compared")
    ask = recorder("record_history").answer
    for entry in RECORDED:
        arguments = decode(entry["arguments"])
        live = observe(ask, (entry["name"], arguments))
        assert not live.error, f"{entry['name']}: {live.message}"
        agree(live.value, our_answer(entry["name"], arguments))

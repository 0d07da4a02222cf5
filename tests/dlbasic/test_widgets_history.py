"""Chapter 1's interactive figures, driven from Python: what they say is true, and what goes wrong is told."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest
from learners.history import FACTS, ROOT, attention, causal_mask, nt_xent, residual_block, timeline
from scipy.special import softmax as scipy_softmax
from told import numbers

from dlbasic import attention_explorer, contrastive_explorer, milestones, residual_explorer
from dlbasic.figures import circle
from dlbasic.figures.ideas import BY_NAME, IDEAS, backwards, earlier, later
from dlbasic.widgets import heads, skips, views

# --- milestones ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [idea.name for idea in IDEAS])
def test_an_idea_is_told_with_its_paper_and_with_what_it_took_over_and_what_took_it(name):
    panel = milestones()
    panel.controls["idea"].value = name
    idea, card = BY_NAME[name], panel.children[1].value
    before, after = panel.picture.state.split("Taken over by:")
    assert before.startswith(f"{name} takes over:")
    assert all(text in card for text in (name, idea.question[0], idea.title, idea.authors, idea.source))
    assert (f'href="https://arxiv.org/abs/{idea.arxiv}"' in card) == bool(idea.arxiv)
    assert all(one in before for one in earlier(name)) and all(one in after for one in later(name))
    assert ("none of these" in before) == (not earlier(name)) and ("none of these" in after) == (not later(name))


def test_an_idea_is_taken_over_by_those_that_take_it_over():
    assert all(idea.name in later(part) for idea in IDEAS for part in earlier(idea.name))
    assert all(name in earlier(one) for name in BY_NAME for one in later(name))


def test_the_papers_are_those_of_the_authors_table():
    assert set(BY_NAME) == set(FACTS)
    for name, idea in BY_NAME.items():
        assert (idea.title, idea.authors, idea.arxiv) == (FACTS[name].title, FACTS[name].authors, FACTS[name].arxiv)


def test_a_card_leads_to_the_section_of_its_exhibit():
    text = (ROOT / "solutions/01_history/notebook.py").read_text(encoding="utf-8")
    headings = dict(re.findall(r"^# ### (\d\.\d) (.+)", text.split("## 10.")[0], flags=re.MULTILINE)[::-1])
    for idea in IDEAS:
        assert idea.name.split("-")[0].lower() in headings[idea.section].lower(), idea.name


def test_no_year_of_an_idea_stands_where_a_learner_may_look_it_up():
    years = {str(one.year) for one in FACTS.values()}
    alt = json.loads((ROOT / "assets/figures/alt.json").read_text(encoding="utf-8"))["timeline"]
    shown = [*alt.values(), milestones().picture.alt, repr(IDEAS), milestones().children[1].value]
    shown += [(ROOT / f"course/dlbasic/{part}/milestones.py").read_text("utf-8") for part in ("figures", "widgets")]
    for text in shown:
        assert not years & set(re.findall(r"(?<![\d.])20[12]\d(?![\d.])", text))


def test_a_right_timeline_is_told_year_by_year_and_runs_forwards():
    panel = milestones(timeline)
    assert panel.picture.mood == "plain" and backwards(timeline()) == []
    assert all(f"{name} {year}" in panel.picture.alt for name, year in timeline().items())


@pytest.mark.parametrize(
    ("wrong", "child", "part"),
    [
        ({"BERT": 2016}, "BERT", "Transformer"),
        ({"AlexNet": 2014}, "DQN", "AlexNet"),
        ({"ResNet": 2021}, "GPT-3", "ResNet"),
    ],
)
def test_an_idea_before_what_it_is_made_of_is_told_and_the_right_year_is_not(wrong, child, part):
    years = timeline() | wrong
    panel = milestones(lambda: years)
    assert (child, part) in backwards(years)
    panel.controls["idea"].value = part
    state, (name,) = panel.picture.state, wrong
    assert state.startswith("Time runs backwards") and panel.picture.mood == "alarm"
    assert str(wrong[name]) in state and str(timeline()[name]) not in state


def test_a_year_that_contradicts_its_identifier_is_drawn_where_she_puts_it():
    pictures = [milestones(lambda year=year: timeline() | {"GAN": year}).picture for year in (2014, 2015)]
    assert pictures[0].png != pictures[1].png and pictures[1].mood == "plain"
    assert "GAN 2015" in pictures[1].alt


@pytest.mark.parametrize(
    ("answer", "standing"),
    [
        ({"GAN": 2014}, {"GAN"}),
        ({"GAN": 2014, "Adam": "2014", "BERT": None, "DQN": 20133, "perceptron": 1958}, {"GAN"}),
        ({"GAN": np.int64(2014), "DQN": 2013}, {"GAN", "DQN"}),
        ({name: 2014 for name in BY_NAME}, set(BY_NAME)),
    ],
)
def test_ideas_without_a_usable_year_stand_apart(answer, standing):
    panel = milestones(lambda: answer)
    assert {name for name in BY_NAME if re.search(rf"{name} \d{{4}}", panel.picture.alt)} == standing
    for name in BY_NAME:
        panel.controls["idea"].value = name
        assert panel.picture.mood == "plain"


@pytest.mark.parametrize("answer", [None, {}, [2012], {"GAN": "2014"}, "2014", 7, {"a": 2012}])
def test_an_answer_without_years_is_told_and_leaves_the_ideas_in_their_order(answer):
    panel = milestones(lambda: answer)
    assert panel.picture.state.startswith("timeline returned") and panel.picture.mood == "alarm"
    assert "a dict of names and years is needed" in panel.picture.state and len(panel.picture.state) <= 200
    assert panel.picture.alt == milestones().picture.alt


# --- attention -------------------------------------------------------------------------------------------------------


def wanted_weights(size, scaled, masked):
    q, k, _ = heads.vectors(size)
    scores = q @ k.T / (np.sqrt(size) if scaled else 1.0)
    return scipy_softmax(np.where(np.tri(8, dtype=bool), scores, -np.inf) if masked else scores, axis=1)


@pytest.mark.parametrize("size", heads.SIZES)
@pytest.mark.parametrize("scaled", [True, False])
@pytest.mark.parametrize("masked", [True, False])
def test_the_weights_that_are_told_are_those_of_scipys_softmax(size, scaled, masked):
    panel = attention_explorer(attention, causal_mask)
    panel.controls["size"].value, panel.controls["scaled"].value = size, scaled
    panel.controls["mask"].value, panel.controls["query"].value = "causal" if masked else "nothing", 3
    weights = wanted_weights(size, scaled, masked)
    assert panel.picture.mood == "plain"
    query, key, most, mean = numbers(panel.picture.state)
    assert (query, key) == (3, weights[2].argmax() + 1)
    assert (most, mean) == pytest.approx((weights[2].max(), weights.max(axis=1).mean()), rel=6e-3)
    assert f"; {28 * masked} of them are forbidden" in panel.picture.alt


def test_without_the_division_long_vectors_pick_one_key_and_with_it_they_do_not():
    softness = {
        (size, scaled): wanted_weights(size, scaled, False).max(axis=1).mean() for size in (4, 256) for scaled in (0, 1)
    }
    assert abs(softness[4, 1] - softness[256, 1]) < 0.1 and softness[256, 0] > 0.9 > 0.7 > softness[4, 0]


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (lambda q, k, v, mask=None: attention(q * q.shape[-1] ** 0.5, k, v, mask), "division by the root of d"),
        (lambda q, k, v, mask=None: attention(q / q.shape[-1] ** 0.5, k, v, mask), "division by the root of d"),
        (lambda q, k, v, mask=None: attention(q, k, v), "which the mask forbids"),
        (lambda q, k, v, mask=None: attention(k, q, v, None)[0:1] + (attention(q, k, v)[1].T,), "should sum to 1"),
        (lambda q, k, v, mask=None: (2 * attention(q, k, v, mask)[0], attention(q, k, v, mask)[1]), "not the mean"),
        (lambda q, k, v, mask=None: (v, np.full((8, 8), np.nan)), "not all finite"),
        (lambda q, k, v, mask=None: attention(q, k, v, mask)[0], "a pair (output, weights) is needed"),
        (lambda q, k, v, mask=None: attention(q, k, v, mask)[::-1], "an output of shape (8, 8)"),
        (lambda q, k, v, mask=None: None, "returned None"),
        (lambda q, k, v, mask=None: ("a", "b"), "a pair (output, weights) is needed"),
        (None, "not callable"),
    ],
)
def test_attention_that_goes_wrong_is_told_how(function, said):
    panel = attention_explorer(function, causal_mask)
    assert said in panel.picture.state and panel.picture.mood == "alarm" and len(panel.picture.state) <= 200


def test_there_is_no_mask_to_choose_before_there_is_one():
    panel = attention_explorer(attention)
    assert "mask" not in panel.controls and "; 0 of them are forbidden" in panel.picture.alt


def test_the_mask_that_is_drawn_is_the_learners_own():
    panel = attention_explorer(attention, lambda length: ~np.tri(length, k=-1, dtype=bool))
    assert panel.picture.mood == "plain" and "; 28 of them are forbidden" in panel.picture.alt
    q, k, _ = heads.vectors(4)
    fifth = scipy_softmax((q @ k.T / 2)[4, 4:])
    assert numbers(panel.picture.state)[1:3] == pytest.approx([5 + fifth.argmax(), fifth.max()], rel=6e-3)


@pytest.mark.parametrize(
    ("mask", "said"),
    [
        (lambda length: np.tri(length), "a float64 array of shape (8, 8), but a bool array of shape (8, 8)"),
        (lambda length: np.tri(length - 1, dtype=bool), "a bool array of shape (7, 7), but a bool array of shape (8"),
        (lambda length: None, "causal_mask returned None"),
        (lambda length: np.tri(length, k=-1, dtype=bool), "closes the whole row of query 1"),
        (7, "not callable"),
    ],
)
def test_a_mask_that_cannot_be_used_is_told_and_no_mask_still_works(mask, said):
    panel = attention_explorer(attention, mask)
    assert said in panel.picture.state and panel.picture.mood == "alarm" and len(panel.picture.state) <= 200
    panel.controls["mask"].value = "nothing"
    assert panel.picture.mood == "plain"


# --- residual blocks -------------------------------------------------------------------------------------------------


def wanted_sizes(size, depth, skip):
    """How large a change of 1 is after `depth` blocks, by the chain rule along the digit's way."""
    x = skips.start().ravel()
    step = np.random.default_rng(skips.SEED + 1).normal(size=64)
    step /= np.linalg.norm(step)
    for w1, w2 in skips.weights(size)[:depth]:
        on = (x @ w1 > 0) * 1.0
        step = ((step @ w1) * on) @ w2 + skip * step
        x = np.maximum(x @ w1, 0) @ w2 + skip * x
    return np.linalg.norm(step)


@pytest.mark.parametrize(("size", "depth"), [(0.4, 20), (0.4, 50), (1.0, 10), (0.2, 3)])
def test_the_change_that_arrives_is_that_of_the_chain_rule(size, depth):
    panel = residual_explorer(residual_block)
    panel.controls["size"].value, panel.controls["depth"].value = size, depth
    assert panel.picture.mood == "plain"
    told, kept, lost = numbers(panel.picture.state)
    assert told == depth
    assert kept == pytest.approx(wanted_sizes(size, depth, True), rel=1e-2)
    assert lost == pytest.approx(wanted_sizes(size, depth, False), rel=1e-2)


def test_small_weights_keep_the_change_with_the_skip_and_lose_it_without():
    assert 0.5 < wanted_sizes(0.4, 50, True) < 5 and wanted_sizes(0.4, 50, False) < 1e-30


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (lambda x, w1, w2: np.maximum(x @ w1, 0) @ w2, "is the skip there"),
        (lambda x, w1, w2: np.maximum(residual_block(x, w1, w2), 0), "nothing after the sum"),
        (lambda x, w1, w2: x + 1e300 * (np.maximum(x @ w1, 0) @ w2), "no longer finite"),
        (lambda x, w1, w2: x @ w1, "an array of shape (1, 64) is needed"),
        (lambda x, w1, w2: None, "returned None"),
    ],
)
def test_a_block_that_goes_wrong_is_told_how(function, said):
    panel = residual_explorer(function)
    assert said in panel.picture.state and panel.picture.mood == "alarm" and len(panel.picture.state) <= 200


# --- contrastive loss ------------------------------------------------------------------------------------------------


def wanted_loss(angle, temperature):
    z1, z2 = circle.points(views.FIRST), circle.points(views.SECOND)
    z2[0] = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    return nt_xent(z1, z2, temperature)


def test_the_loss_is_that_of_the_views_on_the_circle():
    panel = contrastive_explorer(nt_xent)
    panel.controls["angle"].value, panel.controls["temperature"].value = 150, 1.0
    angle, temperature, loss, partner, there = numbers(panel.picture.state)
    assert (angle, temperature, partner) == (150, 1, views.FIRST[0])
    assert (loss, there) == pytest.approx((wanted_loss(150, 1.0), wanted_loss(partner, 1.0)), rel=6e-3)
    state = panel.picture.state
    panel.controls["length"].value = 0.5
    assert panel.picture.state == state, "a cosine knows no lengths"


def test_the_temperature_starts_and_moves_on_round_numbers():
    slider = contrastive_explorer(nt_xent).controls["temperature"]
    stops = np.arange(slider.min, slider.max + slider.step / 2, slider.step)
    assert np.allclose(stops * 100, np.round(stops * 100), atol=1e-9) and np.isclose(stops, 0.5, atol=1e-9).any()
    assert slider.value == 0.5 and np.isclose(stops[-1], slider.max)


def test_the_best_place_is_near_the_partner_but_away_from_the_others_and_is_recognised():
    panel = contrastive_explorer(nt_xent)
    losses = [wanted_loss(angle, 0.5) for angle in range(-180, 181)]
    best = int(np.argmin(losses)) - 180
    assert 5 < views.FIRST[0] - best < 30
    panel.controls["angle"].value = best
    assert panel.picture.mood == "good" and "as low as anywhere on the circle" in panel.picture.state
    panel.controls["angle"].value = views.FIRST[0] + 30
    assert panel.picture.mood == "plain"


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (lambda z1, z2, t: float(np.sum(z1 * z2)), "A cosine knows no lengths"),
        (lambda z1, z2, t: np.inf, "not a finite number"),
        (lambda z1, z2, t: np.ones(4), "returned an array of shape (4,)"),
        (lambda z1, z2, t: None, "returned None"),
    ],
)
def test_a_loss_that_goes_wrong_is_told_how(function, said):
    panel = contrastive_explorer(function)
    panel.controls["length"].value = 0.5
    assert said in panel.picture.state and panel.picture.mood == "alarm" and len(panel.picture.state) <= 200

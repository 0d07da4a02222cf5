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
# # Making it hold on data it has not seen
#
# A student has learned last year's exam by heart, and scores 100 %.
# The next exam has other questions.
# You have no more old exams to give; what you can do is make learning *harder*: stop earlier, forget a little, blur the page, cover half of it, be less sure of the answers.
# Which of these handicaps make a better student, and how would you know?
# In this chapter the student is a network with 200 training images, and you will try every handicap on it yourself.
#
# **Afterwards you can**
#
# - stop a training at its best moment, and say why the smallest gap is not that moment;
# - write weight decay, shifts, Cutout, noise, label smoothing, mixup, CutMix, dropout and four normalizations, forward and (where it matters) backward;
# - tell which of them help on a given problem, by an experiment with error bars, and accept when they don't;
# - tell what has been proved about a technique from what has been observed and what is only told;
# - put several techniques together and beat a well-trained plain network on data that it has not seen.
#
# **Time:** about 6 hours, best in three sittings (sections 1–4, 5–7, 8–10).
# **You need:** chapter 2 (the network, its gradients) and chapter 3 (validation, Adam).

# %% [markdown] lang="ko"
# # 처음 보는 데이터에서도 통하게 만들기
#
# 어떤 학생이 작년 시험 문제를 통째로 외워서 100 %를 맞힙니다.
# 그런데 다음 시험에는 다른 문제가 나옵니다.
# 더 줄 기출문제는 없습니다. 할 수 있는 일은 공부를 *더 어렵게* 만드는 것뿐입니다. 일찍 멈추게 하고, 조금씩 잊게 하고, 글자를 흐리게 하고, 반쯤 가리고, 답을 덜 확신하게 합니다.
# 이런 핸디캡 가운데 어느 것이 더 나은 학생을 만들까요? 그리고 그것을 어떻게 알 수 있을까요?
# 이 장에서 학생은 이미지 200장으로 배우는 신경망입니다. 모든 핸디캡을 여러분이 직접 시험해 봅니다.
#
# **이 장을 마치면 할 수 있는 일**
#
# - 학습을 가장 좋은 때에 멈추고, 그때가 왜 격차가 가장 작은 때가 아닌지 설명합니다.
# - 가중치 감쇠(weight decay), 이동, Cutout, 잡음, 레이블 스무딩(label smoothing), mixup, CutMix, 드롭아웃(dropout), 네 가지 정규화(normalization)의 순전파를 작성하고, 중요한 곳에서는 역전파까지 작성합니다.
# - 주어진 문제에서 무엇이 도움이 되는지 오차 막대(error bar)가 있는 실험으로 가려내고, 도움이 되지 않으면 그렇다고 인정합니다.
# - 어떤 기법에 대해 증명된 것, 관찰된 것, 말로만 전해지는 것을 구별합니다.
# - 여러 기법을 함께 써서, 잘 학습시킨 보통 신경망보다 처음 보는 데이터를 더 많이 맞힙니다.
#
# **걸리는 시간:** 약 6시간입니다. 세 번에 나누어 하기를 권합니다(1–4절, 5–7절, 8–10절).
# **미리 알아야 할 것:** 2장의 신경망과 그 기울기, 3장의 검증과 Adam입니다.

# %%
import numpy as np
from dlbasic import chapter, check, hint, progress

chapter("04_regularization")

# %% [markdown] lang="en"
# The way to work is the same as before: write the function, run `check`, ask `hint` when you are stuck.
# What you have passed already:

# %% [markdown] lang="ko"
# 공부하는 방법은 앞 장과 같습니다. 함수를 쓰고, `check`를 실행하고, 막히면 `hint`를 부릅니다.
# 지금까지 통과한 문제는 다음과 같습니다.

# %% show="only"
progress()

# %% [markdown] lang="en"
# ## 1. A model that knows its training data by heart
#
# **Regularization** is any change to learning that is meant to lower the error on *new* data, even at the price of a higher one on the training data.
# (*Normalization*, in section 8, sounds alike and is something else.)
#
# To see whether something helps we need a problem with room for help.
# Of the 1,797 digits we give the network only 200 to train on; 100 more are for validation, and the remaining 1,497 are held out.
# A *draw* is one such division: `draw(0)`, `draw(1)` and so on deal the cards anew.

# %% [markdown] lang="ko"
# ## 1. 학습 데이터를 외워 버린 모델
#
# **규제**(regularization)란 *새* 데이터의 오차를 줄이려고 학습 방법에 손을 대는 모든 일을 말합니다. 그 대가로 학습 데이터의 오차가 커져도 괜찮습니다.
# (규제를 정규화라고 옮긴 책도 많지만, 8절에 나오는 *정규화*(normalization)는 다른 것입니다.)
#
# 무엇이 도움이 되는지 보려면 나아질 여지가 있는 문제가 필요합니다.
# 숫자 이미지 1,797장 가운데 200장만 학습에 쓰고, 100장은 검증에 쓰고, 나머지 1,497장은 따로 떼어 둡니다.
# 이렇게 한 번 나누는 것을 *뽑기*라고 합시다. `draw(0)`, `draw(1)`처럼 수를 바꾸어 부르면 카드를 새로 섞어 나눕니다.

# %% show="only"
from dlbasic import digits

parts = digits()
images, labels = np.concatenate(parts[::2]), np.concatenate(parts[1::2])


def draw(seed):
    order = np.random.default_rng(seed).permutation(1797)
    return [(images[part], labels[part]) for part in np.split(order, [200, 300])]


print([x.shape for x, _ in draw(0)])

# %% [markdown] lang="en"
# The network is a 64-64-10 ReLU network as in chapter 2.
# Its parameters are a list of pairs, `[(w1, b1), (w2, b2)]`, and `plain` computes the gradients of the mean cross-entropy.
# Remember the place: nearly every technique of this chapter is a small change to one of these six lines.

# %% [markdown] lang="ko"
# 신경망은 2장에서와 같은 방식으로 만든 64-64-10 ReLU 신경망입니다.
# 파라미터는 쌍의 리스트 `[(w1, b1), (w2, b2)]`이고, `plain`은 평균 교차 엔트로피의 기울기를 계산합니다.
# 이 자리를 기억해 두십시오. 이 장의 기법은 거의 모두 이 여섯 줄 가운데 하나를 조금 바꾼 것입니다.

# %% show="only"
def probabilities(scores):
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    return odds / odds.sum(axis=1, keepdims=True)


def plain(params, x, y, rng):
    (w1, b1), (w2, b2) = params
    hidden = np.maximum(x @ w1 + b1, 0)
    scores = hidden @ w2 + b2
    d_scores = (probabilities(scores) - y) / len(x)
    d_hidden = d_scores @ w2.T * (hidden > 0)
    return [(x.T @ d_hidden, d_hidden.sum(axis=0)), (hidden.T @ d_scores, d_scores.sum(axis=0))]

# %% [markdown] lang="en"
# `train` takes 1000 steps of Adam with batches of 50 and a rate that falls to 0, so that the network has settled when it stops.
# The targets `y` are rows of probabilities (one-hot rows for now), and `gradients` is a function like `plain`: that is where your techniques will go in.
# `watch`, if given, is called with the parameters after each epoch, that is, after every 4 steps.

# %% [markdown] lang="ko"
# `train`은 배치 크기 50으로 Adam 걸음을 1000번 갑니다. 학습률이 0까지 줄어들므로, 멈출 때쯤이면 신경망이 자리를 잡습니다.
# 정답 `y`의 행은 확률이고(지금은 원핫입니다), `gradients`는 `plain` 같은 함수입니다. 여러분의 기법이 들어갈 자리가 바로 여기입니다.
# `watch`에 함수를 주면 에포크마다, 곧 4걸음마다 그때의 파라미터를 넣어 부릅니다.

# %% show="only"
def start(rng):
    return [(rng.normal(0, np.sqrt(2 / 64), (64, units)), np.zeros(units)) for units in (64, 10)]


def train(x, y, rng, gradients=plain, params=None, steps=1000, watch=None):
    params = params or start(rng)
    m = v = [[0.0, 0.0] for _ in params]
    for t in range(1, steps + 1):
        batch = rng.choice(len(x), 50, replace=False)
        grads = gradients(params, x[batch], y[batch], rng)
        m = [[0.9 * a + 0.1 * g for a, g in zip(*pair)] for pair in zip(m, grads)]
        v = [[0.999 * a + 0.001 * g**2 for a, g in zip(*pair)] for pair in zip(v, grads)]
        lr = 0.003 * (1 - t / steps) / (1 - 0.9**t)
        scales = [[lr / (np.sqrt(a / (1 - 0.999**t)) + 1e-8) for a in pair] for pair in v]
        params = [tuple(p - s * a for p, s, a in zip(*three)) for three in zip(params, scales, m)]
        if watch and t % 4 == 0:
            watch(params)
    return params

# %% [markdown] lang="en"
# Last, a fair trial.
# `trial` trains on six draws and writes the accuracies on the training and on the held-out images to a scoreboard, with a bar that shows how much they vary.
# Each technique meets the same six draws, so compare with the plain network and not with 100 %.
# What do you expect of the plain network: how many of the 200 will it get right, and what share of the others?

# %% [markdown] lang="ko"
# 마지막으로 공정한 시합이 필요합니다.
# `trial`은 여섯 번의 뽑기에서 신경망을 학습시키고, 학습 이미지와 따로 떼어 둔 이미지의 정확도를 점수판에 적습니다. 막대는 정확도가 얼마나 들쭉날쭉한지 보여 줍니다.
# 모든 기법이 똑같은 여섯 번의 뽑기로 겨루므로, 100 %가 아니라 보통 신경망과 견주어야 합니다.
# 보통 신경망은 200장 가운데 몇 장을 맞히고, 나머지는 얼마나 맞힐까요?

# %% show="only"
from dlbasic import scoreboard

board = scoreboard()


def one_hot(y):
    return np.eye(10)[y]


def scores(params, x):
    (w1, b1), (w2, b2) = params
    return np.maximum(x @ w1 + b1, 0) @ w2 + b2


def accuracy(params, x, y):
    return float(np.mean(scores(params, x).argmax(axis=1) == y))

# %% show="only"
def trial(name, gradients=plain, targets=one_hot, fit=None):
    pairs = []
    for seed in range(6):
        (x, y), validation, (x_new, y_new) = draw(seed)
        rng = np.random.default_rng(100 + seed)
        params = fit(x, y, *validation, rng) if fit else train(x, targets(y), rng, gradients)
        pairs.append((accuracy(params, x, y), accuracy(params, x_new, y_new)))
    board.add(name, *zip(*pairs))
    return board


trial("plain")

# %% [markdown] lang="en"
# In every draw all of the 200 are right, and about 93 % of the others: a gap of about 7 percentage points, *points* for short.
# From draw to draw the accuracy differs by more than most techniques will gain, which is why one run proves nothing.
#
# Here are eight held-out images that the network of draw 0 gets wrong, with its answers above them.
# Would *you* have known?

# %% [markdown] lang="ko"
# 어느 뽑기에서나 200장은 모두 맞히고 나머지는 93 %쯤 맞힙니다. 격차는 7퍼센트포인트쯤입니다. 앞으로는 줄여서 *점*이라고 하겠습니다.
# 뽑기에 따라 달라지는 폭이 기법 하나로 얻는 이득보다 클 때가 많습니다. 그래서 한 번 해 본 것으로는 아무것도 증명할 수 없습니다.
#
# 다음은 따로 떼어 둔 이미지 가운데 뽑기 0의 신경망이 틀린 여덟 장입니다. 위에 적힌 것이 신경망의 답입니다.
# *여러분*이라면 맞혔을까요?

# %% show="only"
from dlbasic import show_digits

(x, y), (x_val, y_val), (x_new, y_new) = draw(0)
history = []
known_by_heart = train(x, one_hot(y), np.random.default_rng(100), watch=history.append)
answers = scores(known_by_heart, x_new).argmax(axis=1)
wrong = np.flatnonzero(answers != y_new)[:8]
show_digits(x_new[wrong], answers[wrong])

# %% [markdown] lang="en"
# "With little data traditional methods are better, with much data deep ones" is an old rule of thumb.
# We have little data, so let us ask one of the oldest methods: the *nearest neighbour* gives an image the label of the training image that is most like it.
# It cannot make a mistake on its training data. What about the others?

# %% [markdown] lang="ko"
# "데이터가 적을 때는 전통적인 방법이 낫고, 많을 때는 딥러닝이 낫다"라는 말이 오래전부터 있습니다.
# 우리에게는 데이터가 적으니, 아주 오래된 방법 하나를 불러 봅시다. *최근접 이웃*(nearest neighbour)은 가장 비슷한 학습 이미지의 레이블을 그대로 답합니다.
# 학습 데이터에서는 틀릴 수가 없습니다. 나머지는 어떨까요?

# %% show="only"
def nearest(x, y, x_new):
    return y[np.sum((x_new[:, None] - x) ** 2, axis=2).argmin(axis=1)]


held_out = []
for seed in range(6):
    (x_few, y_few), _, (x_many, y_many) = draw(seed)
    held_out.append(float(np.mean(nearest(x_few, y_few, x_many) == y_many)))
board.add("nearest neighbour", [1.0] * 6, held_out)
board

# %% [markdown] lang="en"
# It beats the network, by about 1.6 points, in every draw.
# So here is a goal for this chapter: can a network with 200 images, well regularized, do better than a list of 200 images?
#
# ## 2. Early stopping
#
# The network was trained until nothing moved any more.
# Here are the losses of that run after each epoch; before you look, draw both curves in the air.

# %% [markdown] lang="ko"
# 최근접 이웃이 신경망을 1.6점쯤, 그것도 모든 뽑기에서 앞섭니다.
# 이제 이 장의 목표가 생겼습니다. 이미지 200장으로 배우는 신경망이 규제를 잘 쓰면, 이미지 200장을 그저 늘어놓은 목록보다 잘할 수 있을까요?
#
# ## 2. 조기 종료
#
# 앞의 신경망은 더는 아무것도 달라지지 않을 때까지 학습했습니다.
# 다음은 그동안의 손실을 에포크마다 잰 것입니다. 보기 전에 두 곡선을 허공에 그려 보십시오.

# %% show="only"
from dlbasic import plot_losses


def mean_loss(params, x, y):
    p = probabilities(scores(params, x))
    return float(-np.mean(np.log(p[np.arange(len(y)), y])))


train_losses = [mean_loss(params, x, y) for params in history]
val_losses = [mean_loss(params, x_val, y_val) for params in history]
plot_losses({"training": train_losses, "validation": val_losses}, unit="epoch")

# %% [markdown] lang="en"
# The training loss keeps falling; the validation loss falls, flattens out, and then creeps up again, too slowly for the eye on this axis.
# From there on a smaller loss on the 200 images no longer means a smaller loss on others.
#
# ![](figure:early_stopping)
#
# **Early stopping** watches the validation loss, and keeps the parameters of the epoch where it was lowest.
# Since a noisy curve goes up and down, it doesn't stop at the first rise, but after `patience` epochs without a new best.
#
# > **What is often written, and why it is wrong.**
# > "Early stopping stops where the gap between the training and the validation error is smallest."
# > The gap is smallest *before anything has been learned*: an untrained network is as bad on the one as on the other.
# > What counts is the validation error itself, at its lowest, however wide the gap has become by then.

# %% [markdown] lang="ko"
# 학습 손실은 계속 줄어듭니다. 검증 손실은 줄다가 평평해지고, 그 뒤로 조금씩 다시 올라갑니다. 너무 조금이라서 이 그림에서는 눈에 잘 띄지 않습니다.
# 거기서부터는 학습 이미지 200장의 손실이 줄어도 다른 이미지의 손실은 줄지 않습니다.
#
# ![](figure:early_stopping)
#
# **조기 종료**(early stopping)는 검증 손실을 지켜보다가, 손실이 가장 낮았던 에포크의 파라미터를 간직합니다.
# 곡선이 들쭉날쭉하므로 처음 올라갈 때 바로 멈추지는 않고, 최저 기록이 새로 나오지 않은 채 `patience`만큼의 에포크가 지나면 멈춥니다. 이 수를 참을성(patience)이라고 합니다.
#
# > **흔히 이렇게 쓰지만, 틀렸습니다.**
# > "조기 종료는 학습 오차와 검증 오차의 격차가 가장 작을 때 멈추는 것이다."
# > 격차는 *아무것도 배우기 전에* 가장 작습니다. 학습하지 않은 신경망은 어느 데이터에서나 똑같이 틀리기 때문입니다.
# > 중요한 것은 검증 오차 자체가 가장 낮은 때입니다. 그때 격차가 얼마나 벌어졌는지는 상관없습니다.

# %% show="only"
gap = np.array(val_losses) - np.array(train_losses)
for name, curve in (("smallest gap", gap), ("lowest validation loss", val_losses)):
    epoch = int(np.argmin(curve))
    held_out = accuracy(history[epoch], x_new, y_new)
    print(f"{name}: epoch {epoch}, loss {val_losses[epoch]:.3f}, held out {held_out:.1%}")

# %% [markdown] lang="en"
# ### Exercise: when to stop
#
# A worked example first, with patience $2$ and epochs counted from $0$:
#
# | epoch | 0 | 1 | 2 | 3 | 4 | 5 | 6 |
# |---|---|---|---|---|---|---|---|
# | validation loss | 0.9 | 0.6 | 0.7 | 0.5 | 0.6 | 0.8 | 0.4 |
# | best epoch so far | 0 | 1 | 1 | 3 | 3 | 3 | – |
# | epochs since | 0 | 0 | 1 | 0 | 1 | 2: stop | – |
#
# It stops at epoch 5 and goes back to epoch 3; it never learns that epoch 6 would have been better.
# A new best is *strictly* smaller than the old one.
# Stop at the first epoch $t$ with $t - t_{\text{best}} \ge$ `patience`; if there is none, the last epoch is where it stops.
# Return both epochs: first the one where it stops, then the one it goes back to.

# %% [markdown] lang="ko"
# ### 연습: 언제 멈출까
#
# 먼저 예를 하나 풀어 봅시다. 참을성은 $2$이고 에포크는 $0$부터 셉니다.
#
# | 에포크 | 0 | 1 | 2 | 3 | 4 | 5 | 6 |
# |---|---|---|---|---|---|---|---|
# | 검증 손실 | 0.9 | 0.6 | 0.7 | 0.5 | 0.6 | 0.8 | 0.4 |
# | 지금까지 가장 좋은 에포크 | 0 | 1 | 1 | 3 | 3 | 3 | – |
# | 그 뒤로 지난 에포크 | 0 | 0 | 1 | 0 | 1 | 2: 멈춤 | – |
#
# 에포크 5에서 멈추고 에포크 3으로 돌아갑니다. 에포크 6이 더 좋았으리라는 것은 알지 못한 채 끝납니다.
# 새 최저 기록은 예전 기록보다 *작아야* 합니다. 같으면 새 기록이 아닙니다.
# $t - t_{\text{best}} \ge$ `patience`인 첫 에포크 $t$에서 멈춥니다. 그런 에포크가 없으면 마지막 에포크에서 멈춘 것으로 합니다.
# 멈춘 에포크와 돌아갈 에포크를 차례로 돌려줍니다.

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
# ### Explore: patience
#
# The curves of our run, with a slider for the patience.
# How little patience is too little, and what does too much of it cost?

# %% [markdown] lang="ko"
# ### 탐구: 참을성
#
# 앞에서 본 곡선에서 슬라이더로 참을성을 바꾸어 봅니다.
# 참을성이 얼마보다 작으면 모자라고, 너무 크면 어떤 대가를 치를까요?

# %% show="only"
from dlbasic import patience_explorer

patience_explorer(early_stopping, train_losses, val_losses)

# %% [markdown] lang="en"
# With a patience of 1 any wobble ends the training; with a patience beyond the length of the run no time is ever saved.
#
# Now the trial, with patience 20: train, look back at the validation losses, and return the parameters of the best epoch.
# Will these get more of the held-out images right than the network that went on to the end?

# %% [markdown] lang="ko"
# 참을성이 1이면 조금만 흔들려도 학습이 끝나고, 참을성이 학습 전체보다 길면 시간을 조금도 아끼지 못합니다.
#
# 이제 참을성 20으로 시합을 합니다. 학습시킨 다음 검증 손실을 되돌아보고 가장 좋은 에포크의 파라미터를 돌려줍니다.
# 끝까지 간 신경망보다 따로 떼어 둔 이미지를 더 많이 맞힐까요?

# %% show="only"
def fit_with_patience(x, y, x_val, y_val, rng):
    history = []
    train(x, one_hot(y), rng, watch=history.append)
    losses = [mean_loss(params, x_val, y_val) for params in history]
    _, best = early_stopping(losses, 20)
    return history[best]


trial("early stopping", fit=fit_with_patience)

# %% [markdown] lang="en"
# No: here it is, if anything, a little worse, for the *accuracy* goes on creeping up when the loss no longer falls.
# What it saves is time: roughly two fifths of the epochs would have been enough.
# On problems where the validation error rises steeply it saves accuracy as well (Prechelt 1998 compares several rules).
#
# ## 3. A price on large weights
#
# A function that jumps from one training point to the next needs large weights.
# So put a price on them, the **parameter norm penalty**, also called **L2 regularization**:
#
# $$\text{total cost} = \mathcal{L}(\mathcal{D}; W) + \frac{\alpha}{2} \lVert W \rVert_2^2 \qquad \lVert W \rVert_2^2 = \sum_i w_i^2$$
#
# > **What is often written, and why it is wrong.**
# > "The penalty keeps the sum of the parameters from growing too large."
# > The sum of $1000$ and $-1000$ is $0$; what is priced is the sum of their *squares*.
# > And it isn't all parameters: biases are left out, since they shift a function without making it any wilder, and there are few of them.
#
# ### Exercise: the penalty and its gradient
#
# Return the penalty, a float, and its gradients, which will be added to those of the loss.
# The factor $\frac{1}{2}$ is there to make the gradient simple:
#
# $$\frac{\partial}{\partial w_i}\, \frac{\alpha}{2} \sum_j w_j^2 = \alpha\, w_i$$
#
# The sum runs over the weights of *all* layers; the gradients are a list of pairs like `params`, with arrays of 0 for the biases.

# %% [markdown] lang="ko"
# 아닙니다. 여기서는 차이가 있더라도 오히려 조금 떨어집니다. 손실이 더 줄지 않을 때에도 *정확도*는 조금씩 올라가기 때문입니다.
# 아끼는 것은 시간입니다. 전체 에포크의 오분의 이쯤이면 충분했습니다.
# 검증 오차가 다시 가파르게 올라가는 문제에서는 정확도도 지켜 줍니다(Prechelt 1998은 여러 규칙을 비교합니다).
#
# ## 3. 큰 가중치에 매기는 값
#
# 학습 데이터의 점과 점 사이를 껑충껑충 뛰어다니는 함수가 되려면 가중치가 커야 합니다.
# 그러니 가중치에 값을 매깁니다. 이것을 **파라미터 노름 벌점**(parameter norm penalty) 또는 **L2 규제**라고 합니다.
#
# $$\text{total cost} = \mathcal{L}(\mathcal{D}; W) + \frac{\alpha}{2} \lVert W \rVert_2^2 \qquad \lVert W \rVert_2^2 = \sum_i w_i^2$$
#
# > **흔히 이렇게 쓰지만, 틀렸습니다.**
# > "벌점은 파라미터들의 합이 너무 커지는 것을 막는다."
# > $1000$과 $-1000$의 합은 $0$입니다. 값을 매기는 것은 *제곱*의 합입니다.
# > 모든 파라미터에 매기는 것도 아닙니다. 편향은 뺍니다. 함수를 옮기기만 할 뿐 더 거칠게 만들지 않고, 수도 적기 때문입니다.
#
# ### 연습: 벌점과 그 기울기
#
# 벌점(float)과 그 기울기를 돌려줍니다. 이 기울기를 나중에 손실의 기울기에 더합니다.
# $\frac{1}{2}$은 기울기를 간단하게 하려고 붙인 것입니다.
#
# $$\frac{\partial}{\partial w_i}\, \frac{\alpha}{2} \sum_j w_j^2 = \alpha\, w_i$$
#
# *모든* 층의 가중치를 더합니다. 기울기는 `params`와 같은 꼴의 쌍의 리스트이고, 편향 자리에는 0으로 된 배열을 넣습니다.

# %% exercise="l2_penalty"
def l2_penalty(params, alpha):
    """(penalty, grads) of alpha / 2 times the sum of squared weights; params, grads: lists of (w, b).

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
# ### Exercise: weights that decay
#
# One step of gradient descent on the total cost, for a single array of weights with the gradient $g$ of the *loss*:
#
# $$w \leftarrow w - \eta\,(g + \alpha w) = (1 - \eta\alpha)\, w - \eta\, g$$
#
# The last form says: first every weight shrinks by the same factor, then comes the usual step.
# Hence the other name, **weight decay**.
# In the code $\eta$ is `lr`.

# %% [markdown] lang="ko"
# ### 연습: 줄어드는 가중치
#
# 가중치 배열 하나와 *손실*의 기울기 $g$가 주어질 때, 전체 비용에 대한 경사 하강법 한 걸음은 다음과 같습니다.
#
# $$w \leftarrow w - \eta\,(g + \alpha w) = (1 - \eta\alpha)\, w - \eta\, g$$
#
# 마지막 식을 보면, 먼저 모든 가중치가 같은 비율로 줄고 그다음에 보통의 걸음을 갑니다.
# 그래서 **가중치 감쇠**(weight decay)라고도 합니다.
# 코드에서 $\eta$는 `lr`입니다.

# %% exercise="decay_step"
def decay_step(w, g, lr, alpha):
    """New weights after one gradient step on the loss (gradient g) plus the penalty; shape of w.

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
# Two weights, a loss without any gradient, $\eta = 0.1$ and $\alpha = 0.5$: after how many steps will they be half as large?
# And does a small weight ever reach 0?

# %% [markdown] lang="ko"
# 가중치가 두 개이고 손실의 기울기는 없다고 합시다. $\eta = 0.1$, $\alpha = 0.5$라면 몇 걸음 뒤에 절반이 될까요?
# 작은 가중치는 언젠가 0이 될까요?

# %% show="only"
w = np.array([8.0, 0.5])
for _ in range(14):
    w = decay_step(w, np.zeros(2), 0.1, 0.5)
print("after 14 steps:", w.round(3))

# %% [markdown] lang="en"
# After 14 steps the factor is $0.95^{14} \approx 0.488$, the same for both: the L2 penalty shrinks in proportion and sets nothing to 0.
#
# A word of caution: "L2 penalty" and "weight decay" are the same for plain gradient descent only.
# Adam divides the whole gradient by its own size, the part $\alpha w$ included, so weights with large gradients hardly decay; AdamW (Loshchilov and Hutter 2019) therefore shrinks the weights outside of the division.
#
# What does the price do to the weights, and to the accuracies of draw 0?

# %% [markdown] lang="ko"
# 14걸음 뒤에는 둘 다 $0.95^{14} \approx 0.488$배가 됩니다. L2 벌점은 크기에 비례하여 줄일 뿐, 아무것도 0으로 만들지 않습니다.
#
# 조심할 것이 있습니다. "L2 벌점"과 "가중치 감쇠"가 같은 것은 보통의 경사 하강법에서뿐입니다.
# Adam은 $\alpha w$까지 들어 있는 기울기 전체를 그 크기로 나누므로, 기울기가 큰 가중치는 거의 줄지 않습니다. 그래서 AdamW(Loshchilov와 Hutter 2019)는 나누기 바깥에서 가중치를 줄입니다.
#
# 이렇게 값을 매기면 가중치는 어떻게 되고, 뽑기 0의 정확도는 어떻게 될까요?

# %% show="only"
def with_l2(alpha):
    def gradients(params, x, y, rng):
        extra = l2_penalty(params, alpha)[1]
        pairs = zip(plain(params, x, y, rng), extra)
        return [(dw + ew, db + eb) for (dw, db), (ew, eb) in pairs]

    return gradients


for alpha in (0.0, 0.001, 0.01, 0.1):
    params = train(x, one_hot(y), np.random.default_rng(100), with_l2(alpha))
    seen, new = accuracy(params, x, y), accuracy(params, x_new, y_new)
    squares = l2_penalty(params, 2.0)[0]
    print(f"alpha {alpha:.3f}: squares {squares:5.1f}, training {seen:.1%}, held out {new:.1%}")

# %% show="only"
trial("L2, 0.001", with_l2(0.001))

# %% [markdown] lang="en"
# The weights shrink a lot, and the accuracy hardly notices; with $0.1$ the network can no longer learn even its 200 images, and underfits.
# For this network and these data the price changes next to nothing.
# Elsewhere it matters: nearly every large network is trained with it, and Krogh and Hertz (1992) prove for a linear network how it keeps noise out.
#
# ## 4. More data from the data
#
# More data would help most, and we have none.
# But whoever sees a 3 knows that a 3 moved to the right is a 3: **data augmentation** makes new samples from old ones, with the label kept.
# That sentence has a condition in it.
#
# ![](figure:augmentations)
#
# > **What is often written, and why it is wrong.**
# > "Enlarge the data by flipping, rotating, cropping and turning the images grey."
# > An augmentation is a *claim*: this change doesn't change the label.
# > A mirrored cat is a cat; a mirrored 2 is no 2, and a 6 turned upside down is a 9.
# > Which changes are harmless depends on the labels, and nobody but you can know.
#
# ### Exercise: shift images
#
# Move all images by `dy` rows down and `dx` columns to the right; negative numbers move up and left.
# What leaves the image is lost, and what comes in is 0, paper.
# (`np.roll` would let the ink that leaves at the right come back at the left.)
# The frame of the function is given; fill in its middle: which rows of `images` go to which rows of `out`?
# For $0 \le dy < H$ the rows $0, \dots, H - 1 - dy$ go to the rows $dy, \dots, H - 1$; the other cases are like it.
# A shift by the whole height or width, or by more, leaves nothing but 0.

# %% [markdown] lang="ko"
# 가중치는 많이 줄지만 정확도는 거의 그대로입니다. $0.1$이면 학습 이미지 200장조차 다 배우지 못하고 과소적합이 됩니다.
# 이 신경망과 이 데이터에서 벌점은 거의 아무것도 바꾸지 않습니다.
# 다른 곳에서는 다릅니다. 큰 신경망은 거의 모두 이것을 써서 학습하고, Krogh와 Hertz(1992)는 선형 신경망에서 이것이 어떻게 잡음을 막아 주는지 증명했습니다.
#
# ## 4. 데이터로 데이터 늘리기
#
# 데이터가 늘면 가장 좋겠지만, 더 얻을 데가 없습니다.
# 그런데 3을 본 사람은 오른쪽으로 옮긴 3도 3이라는 것을 압니다. **데이터 증강**(data augmentation)은 레이블을 그대로 둔 채 가진 샘플로 새 샘플을 만듭니다.
# 이 문장에는 조건이 하나 숨어 있습니다.
#
# ![](figure:augmentations)
#
# > **흔히 이렇게 쓰지만, 틀렸습니다.**
# > "이미지를 뒤집고, 돌리고, 자르고, 흑백으로 바꾸어 데이터를 늘린다."
# > 증강은 *주장*입니다. 이렇게 바꾸어도 레이블이 그대로라는 주장입니다.
# > 거울에 비친 고양이는 고양이입니다. 거울에 비친 2는 2가 아니고, 거꾸로 세운 6은 9입니다.
# > 무엇을 바꾸어도 괜찮은지는 레이블에 달려 있고, 그것은 여러분만이 알 수 있습니다.
#
# ### 연습: 이미지 옮기기
#
# 모든 이미지를 `dy`행 아래로, `dx`열 오른쪽으로 옮깁니다. 음수이면 위와 왼쪽입니다.
# 이미지 밖으로 나간 것은 사라지고, 새로 들어온 자리는 0, 곧 빈 종이입니다.
# (`np.roll`을 쓰면 오른쪽으로 나간 잉크가 왼쪽에서 다시 들어옵니다.)
# 함수의 틀은 주어져 있으니 가운데를 채우십시오. `images`의 어느 행이 `out`의 어느 행으로 갈까요?
# $0 \le dy < H$이면 $0, \dots, H - 1 - dy$행이 $dy, \dots, H - 1$행으로 갑니다. 나머지 경우도 비슷합니다.
# 높이나 너비만큼, 또는 그보다 더 옮기면 모두 0이 됩니다.

# %% exercise="shift_images"
def shift_images(images, dy, dx):
    """images (N, H, W) moved dy pixels down, dx to the right (negative: up, left); what comes in is 0.

    >>> shift_images(np.array([[[1, 2], [3, 4]]]), 1, 0)
    array([[[0, 0],
            [1, 2]]])
    """
    out = np.zeros_like(images)
    height, width = images.shape[1:]
    ### BEGIN SOLUTION
    if abs(dy) < height and abs(dx) < width:
        to_y, from_y = slice(max(dy, 0), height + min(dy, 0)), slice(max(-dy, 0), height + min(-dy, 0))
        to_x, from_x = slice(max(dx, 0), width + min(dx, 0)), slice(max(-dx, 0), width + min(-dx, 0))
        out[:, to_y, to_x] = images[:, from_y, from_x]
    ### END SOLUTION
    return out

# %% test="shift_images" points=2
check(shift_images)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(shift_images, "04_regularization")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# Two trials.
# In the first, at every step anew, each image moves up or down by a whole pixel or stays, and left or right likewise.
# In the second it moves by a *fraction* of a pixel, half of one at most: `slide` blends the image with the one shifted by a pixel, so that half a pixel is the mean of the two.
# Which one will help, and which one hurt?

# %% [markdown] lang="ko"
# 두 가지를 시험합니다.
# 첫째에서는 걸음마다 이미지를 위나 아래로 한 픽셀 옮기거나 그대로 두고, 왼쪽과 오른쪽으로도 똑같이 합니다.
# 둘째에서는 한 픽셀의 *일부*만, 많아야 반 픽셀 옮깁니다. `slide`는 이미지를 한 픽셀 옮긴 이미지와 섞습니다. 반 픽셀을 옮기면 둘의 평균이 됩니다.
# 어느 쪽이 도움이 되고, 어느 쪽이 해로울까요?

# %% show="only"
def slide(images, dy, dx):
    down, up, right, left = (np.maximum(share, 0) for share in (dy, -dy, dx, -dx))
    below, above = shift_images(images, 1, 0), shift_images(images, -1, 0)
    images = (1 - down - up) * images + down * below + up * above
    beside, before = shift_images(images, 0, 1), shift_images(images, 0, -1)
    return (1 - right - left) * images + right * beside + left * before


def with_pixels(params, x, y, rng):
    moved = slide(x.reshape(-1, 8, 8), *rng.integers(-1, 2, (2, len(x), 1, 1)))
    return plain(params, moved.reshape(-1, 64), y, rng)


def with_fractions(params, x, y, rng):
    moved = slide(x.reshape(-1, 8, 8), *rng.uniform(-0.5, 0.5, (2, len(x), 1, 1)))
    return plain(params, moved.reshape(-1, 64), y, rng)


trial("shift by pixels", with_pixels)
trial("shift by half a pixel", with_fractions)

# %% [markdown] lang="en"
# In an 8×8 image one pixel is an eighth of the picture: the held-out digits are all centred, and the network wastes its capacity on positions that it will never meet.
# Half a pixel is about as far as the digits themselves stray from their place, and helps.
# The same technique, twice: a *little* of the right change is worth more than a lot.
#
# ### Exercise: Cutout
#
# Cutout (DeVries and Taylor 2017) covers a square, so that the network can't rely on one detail.
# Set rows `top` to `top + size - 1` and columns `left` to `left + size - 1` to 0, in a *copy*.
# The square may hang over the edge: the part outside is simply lost.
# Beware of negative indices: `images[:, -1:2]` does not mean what you would like.

# %% [markdown] lang="ko"
# 8×8 이미지에서 한 픽셀은 너비의 팔분의 일입니다. 따로 떼어 둔 숫자는 모두 가운데에 있으므로, 신경망은 만날 일이 없는 자리를 배우느라 표현력을 낭비합니다.
# 반 픽셀은 숫자가 실제로 제자리에서 벗어나는 만큼이어서 도움이 됩니다.
# 같은 기법인데 결과는 다릅니다. 알맞은 변화를 *조금* 주는 것이 많이 주는 것보다 낫습니다.
#
# ### 연습: Cutout
#
# Cutout(DeVries와 Taylor 2017)은 정사각형을 가려서, 신경망이 한 부분에만 기대지 못하게 합니다.
# *복사본*에서 `top`행부터 `top + size - 1`행까지, `left`열부터 `left + size - 1`열까지를 0으로 바꿉니다.
# 정사각형이 가장자리 밖으로 나가도 됩니다. 나간 부분은 그냥 버립니다.
# 음수 인덱스를 조심하십시오. `images[:, -1:2]`는 여러분이 바라는 대로 되지 않습니다.

# %% exercise="cutout"
def cutout(images, top, left, size):
    """A copy of images (N, H, W): rows top ... top + size - 1, columns left ... left + size - 1 are 0.

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
# A square of 3×3 pixels, put anywhere, anew for each batch: up to 9 of 64 pixels are covered.
# Will it help on images as small as these?

# %% [markdown] lang="ko"
# 3×3픽셀짜리 정사각형을 배치마다 아무 데나 놓습니다. 64픽셀 가운데 많게는 9픽셀이 가려집니다.
# 이렇게 작은 이미지에서도 도움이 될까요?

# %% show="only"
def with_cutout(params, x, y, rng):
    covered = cutout(x.reshape(-1, 8, 8), *rng.integers(-1, 7, 2), 3)
    return plain(params, covered.reshape(-1, 64), y, rng)


trial("Cutout", with_cutout)

# %% [markdown] lang="en"
# No: where 64 pixels are all there is, 9 of them can be all that tells a 3 from a 9.
# In the paper the images are in colour and have 32×32 pixels or more, and it helps.
#
# ### Exercise: may it be mirrored?
#
# A network can help you to test a claim.
# Mirror the images left to right, let `predict` read them, and return for each of the ten digits the share of its images that are still read as that digit.
# A digit without any image gets 0, and not a division by 0.
# `predict` takes images of shape `(N, H, W)` and returns `(N,)` labels.

# %% [markdown] lang="ko"
# 아닙니다. 픽셀이 64개뿐이라면 그 가운데 9개가 3과 9를 가르는 전부일 수 있습니다.
# 논문에서 쓴 것은 32×32픽셀이거나 그보다 큰 컬러 이미지이고, 거기서는 도움이 됩니다.
#
# ### 연습: 뒤집어도 될까
#
# 신경망으로 주장을 시험해 볼 수 있습니다.
# 이미지를 좌우로 뒤집어 `predict`에 넣고, 열 가지 숫자마다 여전히 그 숫자로 읽힌 이미지의 비율을 돌려줍니다.
# 이미지가 하나도 없는 숫자의 비율은 0입니다. 0으로 나누지 않도록 하십시오.
# `predict`는 모양이 `(N, H, W)`인 이미지를 받아 `(N,)` 레이블을 돌려줍니다.

# %% exercise="flip_report"
def flip_report(predict, images, labels):
    """(10,) accuracy of predict on images (N, H, W) mirrored left to right, per digit; 0 if absent.

    >>> flip_report(lambda images: images[:, 0, 0], np.array([[[1, 3]], [[5, 7]]]), np.array([3, 6]))
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
# Which digits may be mirrored? Write down your list, then ask the network of section 1.
# Below are the mirrored images of 0 to 9, and what the network takes them for.

# %% [markdown] lang="ko"
# 어떤 숫자를 뒤집어도 될까요? 먼저 적어 본 다음 1절의 신경망에게 물어봅시다.
# 아래에는 0부터 9까지 뒤집은 이미지와 신경망이 읽은 답이 함께 나옵니다.

# %% show="only"
def predict(images):
    return scores(known_by_heart, images.reshape(-1, 64)).argmax(axis=1)


report = flip_report(predict, x_new.reshape(-1, 8, 8), y_new)
print("still read as itself:", dict(enumerate(report.round(2).tolist())))
one_of_each = np.array([np.flatnonzero(y_new == digit)[0] for digit in range(10)])
mirrored = x_new[one_of_each].reshape(-1, 8, 8)[:, :, ::-1]
show_digits(mirrored, [f"{digit} → {read}" for digit, read in enumerate(predict(mirrored))])

# %% show="only"
def with_mirrors(params, x, y, rng):
    images = x.reshape(-1, 8, 8)
    mirrored = np.where(rng.random((len(x), 1, 1)) < 0.5, images[:, :, ::-1], images)
    return plain(params, mirrored.reshape(-1, 64), y, rng)


trial("mirror", with_mirrors)

# %% [markdown] lang="en"
# 0, 1, 4 and 8 mostly survive; 3, 5, 6 and 7 hardly ever do, and most 3s turn into 8s.
# Trained with mirror images the network loses about 3 points: half of its images are mirrored now, and most of these show what never occurs.
# One caution about the method: the *network* was asked, and it took the mirrored 4 for a 4, which no teacher would; whether a label is kept is for people to decide.
#
# ## 5. Noise on purpose

# %% [markdown] lang="ko"
# 0, 1, 4, 8은 대체로 살아남습니다. 3, 5, 6, 7은 거의 살아남지 못하고, 3은 대부분 8이 됩니다.
# 뒤집은 이미지까지 써서 학습한 신경망은 3점쯤 잃습니다. 이미지의 절반이 뒤집혀 있고, 그 대부분은 실제로는 나오지 않기 때문입니다.
# 이 방법에도 조심할 점이 있습니다. 우리는 *신경망*에게 물었고, 신경망은 뒤집은 4를 4라고 했습니다. 선생님이라면 그러지 않을 것입니다. 레이블이 그대로인지는 사람이 판단할 일입니다.
#
# ## 5. 일부러 넣는 잡음

# %% [markdown] lang="en"
# The bluntest handicap: add Gaussian noise to the images, new at every step, so that no image is ever seen twice.
# For a linear model $x^\top w$ with squared error one can work out what that does on average over noise $n$, drawn for each input by itself with standard deviation $\sigma$:
#
# $$\mathbb{E}\big[(t - (x + n)^\top w)^2\big] = (t - x^\top w)^2 + \sigma^2 \lVert w \rVert_2^2$$
#
# Noise on the inputs *is* an L2 penalty there; for networks and small noise Bishop (1995) found a penalty on how strongly the output reacts to its input.

# %% [markdown] lang="ko"
# 가장 단순한 핸디캡입니다. 이미지에 가우스 잡음을 더하되 걸음마다 새로 뽑아서, 같은 이미지를 두 번 보는 일이 없게 합니다.
# 제곱 오차를 쓰는 선형 모델 $x^\top w$라면, 입력마다 따로 뽑은 표준편차 $\sigma$의 잡음 $n$에 대해 평균할 때 어떻게 되는지 계산할 수 있습니다.
#
# $$\mathbb{E}\big[(t - (x + n)^\top w)^2\big] = (t - x^\top w)^2 + \sigma^2 \lVert w \rVert_2^2$$
#
# 여기서는 입력에 넣은 잡음이 *바로* L2 벌점입니다. 신경망에 작은 잡음을 넣으면 출력이 입력에 민감할수록 큰 벌점이 붙는다는 것을 Bishop(1995)이 보였습니다.

# %% show="only"
def with_noise(params, x, y, rng):
    return plain(params, x + rng.normal(0, 0.2, x.shape), y, rng)


trial("input noise, 0.2", with_noise)

# %% [markdown] lang="en"
# A small gain, from one line.
#
# ### Exercise: noise on the weights
#
# The noise may go into the weights as well: the gradient is then computed at a place beside the present one, and only a solution whose surroundings are good too is stable.
#
# $$\tilde{w} = w + n \qquad n_i \sim \mathcal{N}(0, \sigma^2)$$
#
# $\sigma$ is the *standard deviation*.
# Draw the noise for each weight from `rng`, leave the biases as they are, and return a new list of pairs; nothing of `params` may change.

# %% [markdown] lang="ko"
# 단 한 줄로 정확도가 조금 올라갑니다.
#
# ### 연습: 가중치에 넣는 잡음
#
# 잡음을 가중치에 넣을 수도 있습니다. 그러면 지금 자리가 아니라 그 옆에서 기울기를 계산하게 되어, 둘레까지 좋은 답만 버틸 수 있습니다.
#
# $$\tilde{w} = w + n \qquad n_i \sim \mathcal{N}(0, \sigma^2)$$
#
# $\sigma$는 *표준편차*입니다.
# 가중치마다 `rng`에서 잡음을 뽑고, 편향은 그대로 두고, 쌍의 새 리스트를 돌려줍니다. `params`에 든 것은 하나도 바뀌면 안 됩니다.

# %% exercise="noisy_weights"
def noisy_weights(params, sigma, rng):
    """A new list of (w, b): noise of standard deviation sigma from rng on every weight, on no bias."""
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
# One network is trained as usual, another with noise of standard deviation 0.1 on its weights at every step.
# Then both are shaken, 20 times, with twice that noise: which will suffer more?

# %% [markdown] lang="ko"
# 한 신경망은 보통대로 학습시키고, 다른 신경망은 걸음마다 가중치에 표준편차 0.1의 잡음을 넣으며 학습시킵니다.
# 그런 다음 두 배로 큰 잡음으로 둘을 20번 흔듭니다. 어느 쪽이 더 크게 나빠질까요?

# %% show="only"
def with_weight_noise(params, x, y, rng):
    return plain(noisy_weights(params, 0.1, rng), x, y, rng)


raised = train(x, one_hot(y), np.random.default_rng(100), with_weight_noise)
for name, params in (("plain", known_by_heart), ("raised with noise", raised)):
    shaken = [noisy_weights(params, 0.2, np.random.default_rng(seed)) for seed in range(20)]
    after = np.mean([accuracy(other, x_new, y_new) for other in shaken])
    print(f"{name}: {accuracy(params, x_new, y_new):.1%}, then shaken {after:.1%}")

# %% show="only"
trial("weight noise, 0.1", with_weight_noise)

# %% [markdown] lang="en"
# The network raised with noise loses less, so it has learned *something*: to bear noise in its weights.
# The held-out accuracy without noise is another matter, and hardly moves.
# A technique delivers what it trains for, which need not be what you want.
#
# ## 6. Softer labels, mixed images
#
# So far the labels were kept as they are.
# A one-hot label says "this is a 3 with probability 1", and cross-entropy is never content: the scores must grow for ever.
#
# **Label smoothing** (Szegedy et al. 2015) asks for less.
# With $K$ classes and a small $\epsilon$,
#
# $$\tilde{y} = (1 - \epsilon)\, y_{\text{one-hot}} + \frac{\epsilon}{K}$$
#
# The right class keeps $1 - \epsilon + \frac{\epsilon}{K}$, every other gets $\frac{\epsilon}{K}$, and the row still sums to 1.
#
# > **What is often written, and why it is wrong.**
# > "Label smoothing draws two samples and mixes them; its methods are mixup and CutMix."
# > Label smoothing mixes nothing: one sample, its image untouched, its label mixed with the *uniform distribution*.
# > mixup and CutMix are methods of their own, and change the images as well.
#
# ### Exercise: smooth the labels
#
# `labels` are whole numbers; return the `(N, classes)` targets.
# Some texts share $\epsilon$ among the $K - 1$ *wrong* classes only; here it is shared among all $K$, as in the paper and in PyTorch.

# %% [markdown] lang="ko"
# 잡음과 함께 자란 신경망이 덜 나빠집니다. 그러니 *무언가* 배우기는 했습니다. 가중치의 잡음을 견디는 법입니다.
# 잡음이 없을 때 따로 떼어 둔 이미지를 얼마나 맞히는지는 다른 문제이고, 거의 달라지지 않습니다.
# 기법은 연습시킨 것을 잘하게 해 줄 뿐입니다. 그것이 여러분이 바라는 것이라는 보장은 없습니다.
#
# ## 6. 부드러운 레이블, 섞은 이미지
#
# 지금까지 레이블은 그대로 두었습니다.
# 원핫 레이블은 "이것은 확률 1로 3이다"라고 말하고, 교차 엔트로피는 만족할 줄 몰라서 점수를 끝없이 키우려 합니다.
#
# **레이블 스무딩**(label smoothing, Szegedy 등 2015)은 조금 덜 요구합니다.
# 클래스가 $K$개이고 $\epsilon$이 작은 수일 때
#
# $$\tilde{y} = (1 - \epsilon)\, y_{\text{one-hot}} + \frac{\epsilon}{K}$$
#
# 정답 클래스는 $1 - \epsilon + \frac{\epsilon}{K}$을, 다른 클래스는 저마다 $\frac{\epsilon}{K}$을 받고, 행의 합은 여전히 1입니다.
#
# > **흔히 이렇게 쓰지만, 틀렸습니다.**
# > "레이블 스무딩은 데이터 두 개를 뽑아 섞는 것이고, mixup과 CutMix가 그 방법이다."
# > 레이블 스무딩은 샘플을 섞지 않습니다. 샘플은 하나이고 이미지는 그대로이며, 레이블을 *균등 분포*와 섞습니다.
# > mixup과 CutMix는 이미지까지 바꾸는 별개의 방법입니다.
#
# ### 연습: 레이블을 부드럽게
#
# `labels`에는 정수가 들어 있습니다. 모양이 `(N, classes)`인 정답을 돌려줍니다.
# $\epsilon$을 *틀린* 클래스 $K - 1$개에만 나누어 주는 책도 있습니다. 여기서는 논문과 PyTorch에서처럼 $K$개 모두에 나누어 줍니다.

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
# What becomes of a network that learns from answers that are never sure?
# Compare its accuracy with its *confidence*, the mean of the highest probability in each row, on the held-out images of draw 0.
# A perfectly honest network would have the two equal.

# %% [markdown] lang="ko"
# 확신하지 않는 답으로 배우면 신경망은 어떻게 될까요?
# 뽑기 0에서 따로 떼어 둔 이미지에 대한 정확도와 *확신*(confidence, 각 행에서 가장 높은 확률의 평균)을 견주어 봅시다.
# 완전히 정직한 신경망이라면 둘이 같을 것입니다.

# %% show="only"
for eps in (0.0, 0.1):
    params = train(x, smooth_labels(y, 10, eps), np.random.default_rng(100))
    highest = probabilities(scores(params, x_new)).max(axis=1)
    right = accuracy(params, x_new, y_new)
    print(f"eps {eps:.1f}: accuracy {right:.1%}, confidence {highest.mean():.1%}")

# %% show="only"
trial("label smoothing, 0.1", targets=lambda y: smooth_labels(y, 10, 0.1))

# %% [markdown] lang="en"
# Smoothing gains accuracy and makes the network far too modest: its probabilities are lower than they should be.
# If you need the classes only, take it; if you need the probabilities, look at them first.
#
# ![](figure:label_mixing)
#
# ### Exercise: mixup
#
# mixup (Zhang et al. 2017) trains on the straight line between two samples, images *and* labels:
#
# $$\tilde{x}_i = \lambda\, x_i + (1 - \lambda)\, x_{\pi(i)} \qquad \tilde{y}_i = \lambda\, y_i + (1 - \lambda)\, y_{\pi(i)}$$
#
# The partner of sample $i$ is sample `perm[i]` of the same batch; `lam` is one number for the whole batch.
# In training it is drawn from a Beta distribution, $\lambda \sim \text{Beta}(\alpha, \alpha)$; for $\alpha = 1$ every value from 0 to 1 is equally likely.

# %% [markdown] lang="ko"
# 레이블 스무딩으로 정확도는 올라가지만 신경망이 지나치게 겸손해집니다. 확률이 실제로 맞히는 비율보다 낮게 나옵니다.
# 클래스만 필요하면 써도 좋지만, 확률이 필요하면 먼저 그 값을 살펴보십시오.
#
# ![](figure:label_mixing)
#
# ### 연습: mixup
#
# mixup(Zhang 등 2017)은 두 샘플을 잇는 직선 위의 점으로 학습합니다. 이미지만이 아니라 레이블*도* 섞습니다.
#
# $$\tilde{x}_i = \lambda\, x_i + (1 - \lambda)\, x_{\pi(i)} \qquad \tilde{y}_i = \lambda\, y_i + (1 - \lambda)\, y_{\pi(i)}$$
#
# 샘플 $i$의 짝은 같은 배치의 샘플 `perm[i]`이고, `lam`은 배치 전체에 쓰는 수 하나입니다.
# 학습할 때에는 베타 분포에서 $\lambda \sim \text{Beta}(\alpha, \alpha)$로 뽑습니다. $\alpha = 1$이면 0부터 1까지 모든 값이 고르게 나옵니다.

# %% exercise="mixup"
def mixup(x, y, lam, perm):
    """(x, y): sample i is lam times itself plus (1 - lam) times sample perm[i]; x (N, D), y (N, K).

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
# ### Exercise: CutMix
#
# CutMix (Yun et al. 2019) doesn't blend: it cuts a box out of image $i$ and fills it with the same box of its partner.
# The label is mixed by area: for an image of $H \times W$ pixels
#
# $$\lambda = 1 - \frac{\text{pixels of the box}}{H\, W} \qquad \tilde{y}_i = \lambda\, y_i + (1 - \lambda)\, y_{\pi(i)}$$
#
# The box has rows `top` to `top + height - 1` and columns `left` to `left + width - 1`, and may hang over any edge.
# So clip it to the image first, and count the pixels that are *really* exchanged.
# A box of 5×5 that starts at row 6 and column 6 of an 8×8 image has 4 pixels inside, and $\lambda = 1 - \frac{4}{64} = 0.9375$.
# This time you have a blank page.

# %% [markdown] lang="ko"
# ### 연습: CutMix
#
# CutMix(Yun 등 2019)는 겹쳐 섞지 않습니다. 이미지 $i$에서 상자 하나를 오려 내고, 그 자리를 짝의 같은 자리로 채웁니다.
# 레이블은 넓이에 따라 섞습니다. 이미지가 $H \times W$픽셀이면
#
# $$\lambda = 1 - \frac{\text{pixels of the box}}{H\, W} \qquad \tilde{y}_i = \lambda\, y_i + (1 - \lambda)\, y_{\pi(i)}$$
#
# 상자는 `top`행부터 `top + height - 1`행까지, `left`열부터 `left + width - 1`열까지이고, 어느 가장자리로든 나갈 수 있습니다.
# 그러니 먼저 상자를 이미지 안으로 자른 다음, *실제로* 바뀌는 픽셀을 세십시오.
# 8×8 이미지의 6행 6열에서 시작하는 5×5 상자는 안에 있는 것이 4픽셀이므로 $\lambda = 1 - \frac{4}{64} = 0.9375$입니다.
# 이번에는 백지에서 시작합니다.

# %% exercise="cutmix"
def cutmix(images, y, top, left, height, width, perm):
    """(images, y): the box of images (N, H, W) comes from image perm[i]; y (N, K) is mixed by area.

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
# ### Explore: two digits, one label
#
# Slide $\lambda$ of mixup and the box of CutMix on two digits, and watch the bar of the label.
# At which $\lambda$ would you yourself no longer say the first digit?
# And can you find a box that takes most of the ink, but little of the area?

# %% [markdown] lang="ko"
# ### 탐구: 숫자 두 개, 레이블 하나
#
# 숫자 두 개에서 mixup의 $\lambda$와 CutMix의 상자를 움직이며 레이블 막대를 살펴봅니다.
# $\lambda$가 얼마쯤이면 여러분도 더는 첫째 숫자라고 하지 않겠습니까?
# 넓이는 작은데 잉크는 대부분 차지하는 상자를 찾을 수 있습니까?

# %% show="only"
from dlbasic import mixing_explorer

mixing_explorer(mixup, cutmix)

# %% [markdown] lang="en"
# Such a box is easy to find: the digits stand in the middle, so the label by area is not always fair.
# How will the two do in the trial?

# %% [markdown] lang="ko"
# 그런 상자는 쉽게 찾을 수 있습니다. 숫자는 가운데에 있으므로, 넓이로 정한 레이블이 늘 공정하지는 않습니다.
# 시합에서는 둘이 어떤 성적을 낼까요?

# %% show="only"
def with_mixup(params, x, y, rng):
    return plain(params, *mixup(x, y, rng.beta(1, 1), rng.permutation(len(x))), rng)


def with_cutmix(params, x, y, rng):
    height, width = rng.integers(1, 6, 2)
    top, left = rng.integers(0, 8, 2) - (height // 2, width // 2)
    partners = rng.permutation(len(x))
    mixed, soft = cutmix(x.reshape(-1, 8, 8), y, top, left, height, width, partners)
    return plain(params, mixed.reshape(-1, 64), soft, rng)


trial("mixup", with_mixup)
trial("CutMix", with_cutmix)

# %% [markdown] lang="en"
# mixup, famous for its gains on colour images, gains nothing measurable here; CutMix gains a little.
# Neither result contradicts its paper: the images there are others, hundreds of times as many, and the networks are far larger.
# It says only that "performance is very good" is a statement about an experiment, and not about a method.
#
# ## 7. Dropout
#
# **Dropout** (Srivastava et al. 2014) drops units at random, others at every step, so that no unit can rely on a particular other one.
# When the network predicts, nothing is dropped.
#
# ![](figure:dropout)
#
# ### Exercise: dropout, forward
#
# In training every element is dropped with probability $p$, by itself, and the kept ones are divided by $1 - p$:
#
# $$m_i = \begin{cases} 0 & \text{with probability } p \\ 1 & \text{otherwise} \end{cases} \qquad \text{out}_i = \frac{m_i\, x_i}{1 - p}$$
#
# The division keeps the mean: $\mathbb{E}[\text{out}_i] = (1 - p) \cdot \frac{x_i}{1 - p} + p \cdot 0 = x_i$.
# That is why prediction needs no change at all; this form is called *inverted* dropout, while in the first paper the weights were scaled down for prediction.
#
# Return `(out, mask)`; `mask` is True where an element was kept, and all True when `train` is False.
# Take the random numbers from `rng`, and mind that $p$ is the probability of *dropping*.

# %% [markdown] lang="ko"
# 컬러 이미지에서 이름난 mixup도 여기서는 이득이라고 할 만한 것이 없고, CutMix는 조금 이득을 봅니다.
# 어느 결과도 논문과 어긋나지 않습니다. 논문에서는 이미지가 다르고, 수백 배 많고, 신경망도 훨씬 큽니다.
# "성능이 아주 좋다"라는 말은 방법이 아니라 실험에 대한 말임을 보여 줄 뿐입니다.
#
# ## 7. 드롭아웃
#
# **드롭아웃**(dropout, Srivastava 등 2014)은 유닛을 무작위로 버립니다. 걸음마다 다른 유닛을 버리므로, 어떤 유닛도 특정한 다른 유닛에 기댈 수 없습니다.
# 예측할 때에는 아무것도 버리지 않습니다.
#
# ![](figure:dropout)
#
# ### 연습: 드롭아웃의 순전파
#
# 학습할 때에는 원소마다 따로 확률 $p$로 버리고, 남은 것은 $1 - p$로 나눕니다.
#
# $$m_i = \begin{cases} 0 & \text{with probability } p \\ 1 & \text{otherwise} \end{cases} \qquad \text{out}_i = \frac{m_i\, x_i}{1 - p}$$
#
# 이렇게 나누면 평균이 그대로입니다. $\mathbb{E}[\text{out}_i] = (1 - p) \cdot \frac{x_i}{1 - p} + p \cdot 0 = x_i$입니다.
# 그래서 예측할 때에는 아무것도 바꿀 필요가 없습니다. 이런 방식을 *역*드롭아웃(inverted dropout)이라고 합니다. 처음 논문에서는 예측할 때 가중치를 줄였습니다.
#
# `(out, mask)`를 돌려줍니다. `mask`는 남긴 원소에서 True이고, `train`이 False이면 모두 True입니다.
# 난수는 `rng`에서 뽑습니다. $p$는 *버릴* 확률이라는 점에 주의하십시오.

# %% exercise="dropout"
def dropout(x, p, rng, train):
    """(out, mask): in training each element is dropped with probability p, the others divided by 1 - p.

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
# ### Explore: a mask that redraws
#
# Draw masks for different $p$, in training and in prediction.
# With $p = 0.9$ few units are left, and they shout ten times as loud.
# What happens to the mean of the outputs, and what to their spread?

# %% [markdown] lang="ko"
# ### 탐구: 다시 뽑는 마스크
#
# $p$를 바꾸어 가며, 학습할 때와 예측할 때의 마스크를 뽑아 봅니다.
# $p = 0.9$이면 남은 유닛이 거의 없고, 그 몇 개가 열 배로 크게 외칩니다.
# 출력의 평균은 어떻게 되고, 출력은 얼마나 흩어질까요?

# %% show="only"
from dlbasic import dropout_explorer

dropout_explorer(dropout)

# %% [markdown] lang="en"
# The mean stays, the spread grows: each element has variance $x_i^2\, \frac{p}{1 - p}$.
#
# ### Exercise: dropout, backward
#
# In training the output is $x_i$ times a constant, $\frac{m_i}{1 - p}$, once the mask is drawn.
# So the gradient goes back through the *same* mask and the same factor:
#
# $$\frac{\partial \mathcal{L}}{\partial x_i} = \frac{m_i}{1 - p}\, \frac{\partial \mathcal{L}}{\partial\, \text{out}_i}$$

# %% [markdown] lang="ko"
# 평균은 그대로이지만 더 넓게 흩어집니다. 원소의 분산은 저마다 $x_i^2\, \frac{p}{1 - p}$입니다.
#
# ### 연습: 드롭아웃의 역전파
#
# 학습할 때 마스크를 뽑고 나면 출력은 $x_i$에 상수 $\frac{m_i}{1 - p}$를 곱한 것입니다.
# 그러므로 기울기는 *똑같은* 마스크와 똑같은 배율을 거쳐 되돌아갑니다.
#
# $$\frac{\partial \mathcal{L}}{\partial x_i} = \frac{m_i}{1 - p}\, \frac{\partial \mathcal{L}}{\partial\, \text{out}_i}$$

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
# The mask goes between the first layer and the second; compare with `plain`: which lines have changed, and why?
# How will the training accuracy look, measured without dropout?

# %% [markdown] lang="ko"
# 마스크는 첫 층과 둘째 층 사이에 들어갑니다. `plain`과 견주어 보십시오. 어느 줄이 왜 바뀌었습니까?
# 드롭아웃 없이 잰 학습 정확도는 얼마나 될까요?

# %% show="only"
def with_dropout(params, x, y, rng):
    (w1, b1), (w2, b2) = params
    hidden = np.maximum(x @ w1 + b1, 0)
    kept, mask = dropout(hidden, 0.5, rng, True)
    d_scores = (probabilities(kept @ w2 + b2) - y) / len(x)
    d_hidden = dropout_backward(d_scores @ w2.T, mask, 0.5) * (hidden > 0)
    return [(x.T @ d_hidden, d_hidden.sum(axis=0)), (kept.T @ d_scores, d_scores.sum(axis=0))]


trial("dropout, 0.5", with_dropout)

# %% [markdown] lang="en"
# All 200 are still right, and of the held-out ones hardly more than before: dropout was made for networks with far more than 64 units.
#
# > **What is often written, and why it is wrong.**
# > "Dropout improves performance, but nothing about it is proved."
# > Something is proved.
# > For linear regression, dropout on the inputs is *on average* an L2 penalty that adapts to the data, $\frac{p}{1 - p} \sum_j w_j^2 \sum_i x_{ij}^2$ (Srivastava et al. 2014); Wager et al. (2013) extend it to generalized linear models, where it is an approximation.
# > Gal and Ghahramani (2015) read it as approximate Bayesian inference, so that the spread of predictions under different masks says something about uncertainty; how good the approximation is, is disputed.
# > What is *not* proved: that a deep network with dropout always generalizes better.
#
# Two of these statements can be checked.
# First the linear identity: the mean loss under 4000 masks against the formula.

# %% [markdown] lang="ko"
# 200장은 여전히 모두 맞히지만, 따로 떼어 둔 이미지는 전보다 더 맞힌다고 하기 어렵습니다. 드롭아웃은 유닛이 64개보다 훨씬 많은 신경망을 위해 나온 기법입니다.
#
# > **흔히 이렇게 쓰지만, 틀렸습니다.**
# > "드롭아웃은 성능을 높이지만 수학적으로 증명된 것은 없다."
# > 증명된 것이 있습니다.
# > 선형 회귀에서 입력에 쓴 드롭아웃은 *평균적으로* 데이터에 맞추어 달라지는 L2 벌점 $\frac{p}{1 - p} \sum_j w_j^2 \sum_i x_{ij}^2$과 같습니다(Srivastava 등 2014). Wager 등(2013)은 이것을 일반화 선형 모델로 넓혔고, 거기서는 근사입니다.
# > Gal과 Ghahramani(2015)는 드롭아웃을 근사적인 베이즈 추론으로 해석했습니다. 그러면 마스크에 따라 예측이 얼마나 흩어지는지를 보고 불확실성을 짐작할 수 있습니다. 이 근사가 얼마나 좋은지는 논란거리입니다.
# > 드롭아웃을 쓴 심층 신경망이 언제나 더 잘 일반화한다는 것은 증명되지 *않았습니다*.
#
# 이 가운데 두 가지는 확인할 수 있습니다.
# 먼저 선형 회귀의 등식입니다. 마스크 4000개의 평균 손실을 공식과 견줍니다.

# %% show="only"
rng = np.random.default_rng(0)
inputs, w, p = rng.normal(size=(20, 5)), rng.normal(size=5), 0.3
t = inputs @ rng.normal(size=5)
masked = [dropout(inputs, p, rng, True)[0] for _ in range(4000)]
measured = np.mean([np.sum((t - kept @ w) ** 2) for kept in masked])
without = np.sum((t - inputs @ w) ** 2)
formula = without + p / (1 - p) * np.sum(w**2 * np.sum(inputs**2, axis=0))
print(f"measured {measured:.1f}, formula {formula:.1f}, without dropout {without:.1f}")

# %% [markdown] lang="en"
# Then uncertainty: leave dropout *on* while predicting, and let 50 masks vote on each held-out image.
# If the spread means anything, the network must be right more often where its masks agree.

# %% [markdown] lang="ko"
# 다음은 불확실성입니다. 예측할 때에도 드롭아웃을 *켠 채로* 두고, 따로 떼어 둔 이미지마다 마스크 50개가 투표하게 합니다.
# 답이 흩어지는 정도에 뜻이 있다면, 마스크들의 답이 한데 모이는 이미지일수록 신경망이 더 자주 맞혀야 합니다.

# %% show="only"
(w1, b1), (w2, b2) = params = train(x, one_hot(y), np.random.default_rng(100), with_dropout)
hidden = np.maximum(x_new @ w1 + b1, 0)
masked = [dropout(hidden, 0.5, rng, True)[0] for _ in range(50)]
votes = np.array([(kept @ w2 + b2).argmax(axis=1) for kept in masked])
final = scores(params, x_new).argmax(axis=1)
agree = np.mean(votes == final, axis=0)
bands = ("below 80 %", 0.0, 0.8), ("80 to 95 %", 0.8, 0.95), ("from 95 %", 0.95, 1.01)
for name, low, high in bands:
    among = (agree >= low) & (agree < high)
    right = np.mean(final[among] == y_new[among])
    print(f"{name:10} of the masks agree: {among.sum():4d} images, {right:.1%} right")

# %% [markdown] lang="en"
# It does mean something: where nearly all masks agree the network is hardly ever wrong, and where they quarrel it is wrong about one time in three.
#
# ## 8. Normalization
#
# ### 8.1 Batch norm
#
# Deep networks have another trouble: from layer to layer the numbers may grow or shrink until nothing can be learned from them.
# **Batch normalization** (Ioffe and Szegedy 2015) brings each feature of a layer back to mean 0 and variance 1 over the batch, then gives it a learned scale and shift.
# For a batch of $m$ samples, for each feature by itself:
#
# $$\mu_B = \frac{1}{m} \sum_{i=1}^{m} x_i \qquad \sigma_B^2 = \frac{1}{m} \sum_{i=1}^{m} (x_i - \mu_B)^2 \qquad \hat{x}_i = \frac{x_i - \mu_B}{\sqrt{\sigma_B^2 + \epsilon}} \qquad \text{out}_i = \gamma\, \hat{x}_i + \beta$$
#
# > **What is often written, and why it is wrong.**
# > "Batch norm sets the parameters of each layer to the same values, using mean and variance", and the formula ends at $\hat{x}_i$.
# > What is normalized are *activations*, not parameters.
# > The formula goes on: a scale $\gamma$ and a shift $\beta$ for each feature are *learned*, so that the layer can still represent whatever it could before; with $\gamma = \sqrt{\sigma_B^2 + \epsilon}$ and $\beta = \mu_B$ it does nothing.
# > And prediction uses no batch at all, but *running* averages of the means and variances seen in training; otherwise the answer for one image would depend on which others happen to be with it.

# %% [markdown] lang="ko"
# 뜻이 있습니다. 거의 모든 마스크의 답이 같으면 신경망은 좀처럼 틀리지 않고, 답이 엇갈리면 세 번에 한 번쯤 틀립니다.
#
# ## 8. 정규화
#
# ### 8.1 배치 정규화
#
# 깊은 신경망에는 다른 어려움도 있습니다. 층을 거칠 때마다 값이 커지거나 작아져서, 나중에는 아무것도 배울 수 없게 되기도 합니다.
# **배치 정규화**(batch normalization, Ioffe와 Szegedy 2015)는 층의 특성마다 배치에 걸친 평균을 0, 분산을 1로 맞춘 다음, 학습한 배율과 이동량을 적용합니다.
# 샘플이 $m$개인 배치에서 특성마다 따로 다음과 같이 계산합니다.
#
# $$\mu_B = \frac{1}{m} \sum_{i=1}^{m} x_i \qquad \sigma_B^2 = \frac{1}{m} \sum_{i=1}^{m} (x_i - \mu_B)^2 \qquad \hat{x}_i = \frac{x_i - \mu_B}{\sqrt{\sigma_B^2 + \epsilon}} \qquad \text{out}_i = \gamma\, \hat{x}_i + \beta$$
#
# > **흔히 이렇게 쓰지만, 틀렸습니다.**
# > "배치 정규화는 평균과 분산을 이용하여 각 층의 파라미터를 같은 값으로 맞춘다." 그러고는 식이 $\hat{x}_i$에서 끝납니다.
# > 정규화하는 것은 파라미터가 아니라 *활성값*입니다.
# > 식은 더 이어집니다. 특성마다 배율 $\gamma$와 이동량 $\beta$를 *학습*하므로, 층이 나타낼 수 있는 것은 하나도 줄지 않습니다. $\gamma = \sqrt{\sigma_B^2 + \epsilon}$이고 $\beta = \mu_B$이면 아무것도 하지 않는 셈입니다.
# > 그리고 예측할 때에는 배치를 전혀 쓰지 않고, 학습하면서 본 평균과 분산의 *이동 평균*을 씁니다. 그러지 않으면 이미지 한 장의 답이 우연히 함께 들어온 다른 이미지에 따라 달라집니다.

# %% [markdown] lang="en"
# ### Exercise: batch norm
#
# `x` is `(N, D)`; `state` is `{"mean": ..., "var": ...}`, the running averages, each `(D,)`.
#
# - **In training** (`train` is True) normalize by the batch's mean and its variance with divisor $N$, and update the averages, with the *new* statistic weighted by `momentum` $\rho$:
#
# $$\text{mean} \leftarrow (1 - \rho)\, \text{mean} + \rho\, \mu_B \qquad \text{var} \leftarrow (1 - \rho)\, \text{var} + \rho\, \frac{N}{N - 1}\, \sigma_B^2$$
#
# - The running variance stores the unbiased one, with divisor $N - 1$, as PyTorch does.
# - A batch of one has no variance: raise `ValueError` in training.
# - **In prediction** normalize by the averages in `state`, and leave them as they are.
#
# Either way the scale $\gamma$ and the shift $\beta$ follow.
# Return `(out, state)` with a *new* dict; the old one must not change.

# %% [markdown] lang="ko"
# ### 연습: 배치 정규화
#
# `x`의 모양은 `(N, D)`입니다. `state`는 평균과 분산의 이동 평균을 담은 `{"mean": ..., "var": ...}`이고, 둘의 모양은 `(D,)`입니다.
#
# - **학습할 때**(`train`이 True)에는 배치의 평균과, $N$으로 나눈 분산으로 정규화하고 이동 평균을 고칩니다. `momentum` $\rho$는 *새* 값에 주는 무게입니다.
#
# $$\text{mean} \leftarrow (1 - \rho)\, \text{mean} + \rho\, \mu_B \qquad \text{var} \leftarrow (1 - \rho)\, \text{var} + \rho\, \frac{N}{N - 1}\, \sigma_B^2$$
#
# - 이동 분산에는 PyTorch처럼 $N - 1$로 나눈 분산, 곧 불편 분산(unbiased variance)을 담습니다.
# - 샘플이 하나뿐인 배치에는 분산이 없습니다. 학습할 때라면 `ValueError`를 일으킵니다.
# - **예측할 때**에는 `state`의 이동 평균으로 정규화하고, 이동 평균은 그대로 둡니다.
#
# 어느 쪽이든 $\gamma$를 곱하고 $\beta$를 더합니다.
# `(out, state)`를 돌려주되, 딕셔너리는 *새로* 만듭니다. 예전 것이 바뀌면 안 됩니다.

# %% exercise="batch_norm"
def batch_norm(x, gamma, beta, state, train, momentum, eps):
    """(out, state): x (N, D) normalized per feature; gamma, beta, state["mean"], state["var"] are (D,).

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
# ### Exercise: batch norm, backward
#
# `dout` is the gradient with respect to the output.
# Compute $s = \sqrt{\sigma_B^2 + \epsilon}$ and $\hat{x}$ from `x` as in training.
# Two of the three results are sums over the batch:
#
# $$\frac{\partial \mathcal{L}}{\partial \beta} = \sum_i \text{dout}_i \qquad \frac{\partial \mathcal{L}}{\partial \gamma} = \sum_i \text{dout}_i\, \hat{x}_i$$
#
# The third has a trap: $x_i$ reaches the loss in three ways, directly, through the mean $\mu_B$ and through the variance $\sigma_B^2$.
# Collected, for $N$ samples:
#
# $$\frac{\partial \mathcal{L}}{\partial x_i} = \frac{\gamma}{s} \left( \text{dout}_i - \frac{1}{N} \frac{\partial \mathcal{L}}{\partial \beta} - \frac{\hat{x}_i}{N} \frac{\partial \mathcal{L}}{\partial \gamma} \right)$$
#
# The two subtracted terms are the ways through the mean and the variance.
# They make sense: adding the same number to all $x_i$ changes nothing, so the gradients with respect to the $x_i$ must sum to 0.

# %% [markdown] lang="ko"
# ### 연습: 배치 정규화의 역전파
#
# `dout`은 출력에 대한 기울기입니다.
# $s = \sqrt{\sigma_B^2 + \epsilon}$과 $\hat{x}$은 학습할 때처럼 `x`에서 계산합니다.
# 구할 것 셋 가운데 둘은 배치에 걸친 합입니다.
#
# $$\frac{\partial \mathcal{L}}{\partial \beta} = \sum_i \text{dout}_i \qquad \frac{\partial \mathcal{L}}{\partial \gamma} = \sum_i \text{dout}_i\, \hat{x}_i$$
#
# 셋째에는 함정이 있습니다. $x_i$는 세 가지 길로 손실에 이릅니다. 곧바로 가는 길, 평균 $\mu_B$를 거치는 길, 분산 $\sigma_B^2$을 거치는 길입니다.
# 샘플이 $N$개일 때 모두 모으면 다음과 같습니다.
#
# $$\frac{\partial \mathcal{L}}{\partial x_i} = \frac{\gamma}{s} \left( \text{dout}_i - \frac{1}{N} \frac{\partial \mathcal{L}}{\partial \beta} - \frac{\hat{x}_i}{N} \frac{\partial \mathcal{L}}{\partial \gamma} \right)$$
#
# 빼는 두 항이 평균과 분산을 거치는 길입니다.
# 이치에도 맞습니다. 모든 $x_i$에 같은 수를 더해도 아무것도 바뀌지 않으므로, $x_i$에 대한 기울기를 모두 더하면 0이어야 합니다.

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
# ### Explore: each layer's histogram
#
# The widget sends digits through a deep network, with and without your `batch_norm`, and draws what arrives at each layer.
# Before you move anything: with weights that are too small, what will the last layer see without batch norm?
# And do training and prediction give the same histogram with it?

# %% [markdown] lang="ko"
# ### 탐구: 층마다의 히스토그램
#
# 숫자 이미지를 깊은 신경망에 통과시키면서, 여러분의 `batch_norm`이 있을 때와 없을 때 각 층에 무엇이 도착하는지 그립니다.
# 움직이기 전에 예상해 봅시다. 가중치가 너무 작고 배치 정규화가 없으면 마지막 층은 무엇을 보게 될까요?
# 배치 정규화가 있을 때, 학습할 때와 예측할 때의 히스토그램은 같을까요?

# %% show="only"
from dlbasic import norm_histograms

norm_histograms(batch_norm)

# %% [markdown] lang="en"
# Without it the signal dies out or explodes with depth; with it each layer starts afresh.
# In training and prediction the pictures are alike as long as the running averages have caught up with the data.
#
# Now into our network, between the first layer and its ReLU.
# `params` gets a third pair, `(gamma, beta)`.
# Once training is over, batch norm is an affine map with fixed numbers, so it can be *folded* into the first layer: with $s = \frac{\gamma}{\sqrt{\text{var} + \epsilon}}$, the new weights are $w_1 s$ and the new bias is $(b_1 - \text{mean})\, s + \beta$.
# Prediction then costs nothing extra.

# %% [markdown] lang="ko"
# 배치 정규화가 없으면 깊어질수록 신호가 사라지거나 폭발하고, 있으면 층마다 새로 시작합니다.
# 이동 평균이 데이터를 따라잡았다면 학습할 때와 예측할 때의 그림이 비슷합니다.
#
# 이제 우리 신경망의 첫 층과 ReLU 사이에 넣습니다.
# `params`에 세 번째 쌍 `(gamma, beta)`가 들어갑니다.
# 학습이 끝나면 배치 정규화는 수가 고정된 아핀 변환이므로 첫 층에 *접어 넣을* 수 있습니다. $s = \frac{\gamma}{\sqrt{\text{var} + \epsilon}}$이라 하면 새 가중치는 $w_1 s$이고 새 편향은 $(b_1 - \text{mean})\, s + \beta$입니다.
# 그러면 예측할 때 더 드는 비용이 없습니다.

# %% show="only"
def train_normalized(x, y, rng):
    state = {"mean": np.zeros(64), "var": np.ones(64)}

    def gradients(params, x, y, rng):
        (w1, b1), (gamma, beta), (w2, b2) = params
        before = x @ w1 + b1
        out, new = batch_norm(before, gamma, beta, state, True, 0.1, 1e-5)
        state.update(new)
        hidden = np.maximum(out, 0)
        d_scores = (probabilities(hidden @ w2 + b2) - y) / len(x)
        d_out = d_scores @ w2.T * (out > 0)
        d_before, d_gamma, d_beta = batch_norm_backward(d_out, before, gamma, 1e-5)
        d_last = hidden.T @ d_scores, d_scores.sum(axis=0)
        return [(x.T @ d_before, d_before.sum(axis=0)), (d_gamma, d_beta), d_last]

    first, last = start(rng)
    return train(x, y, rng, gradients, [first, (np.ones(64), np.zeros(64)), last]), state


def fit_normalized(x, y, x_val, y_val, rng):
    ((w1, b1), (gamma, beta), last), state = train_normalized(x, one_hot(y), rng)
    scale = gamma / np.sqrt(state["var"] + 1e-5)
    return [(w1 * scale, (b1 - state["mean"]) * scale + beta), last]

# %% show="only"
trial("batch norm", fit=fit_normalized)

# %% [markdown] lang="en"
# A small gain at most: this network is shallow and well initialized, so there was little for batch norm to mend.
# Why it helps deep networks so much has been argued about ever since.
# The paper's explanation, less *internal covariate shift*, did not stand up to experiments (Santurkar et al. 2018), which point to a smoother loss surface instead; that is evidence, not a settled theory.
#
# ### 8.2 Find the bug
#
# A colleague's network with batch norm gets more than 92 % of the held-out images right when they come shuffled, in batches of 50.
# Then the images are sorted by digit, and it gets less than a quarter of them right.
# Nothing else has changed. Look at the code: which line is wrong, and why does the order matter?

# %% [markdown] lang="ko"
# 이득이 있더라도 작습니다. 이 신경망은 얕고 초기화도 잘되어 있어서 배치 정규화가 고칠 것이 별로 없었습니다.
# 깊은 신경망에는 왜 그렇게 큰 도움이 되는지, 논문이 나온 뒤로 줄곧 논란이 이어지고 있습니다.
# 논문은 *내부 공변량 변화*(internal covariate shift)가 줄어들기 때문이라고 설명했지만, 실험은 그 설명을 뒷받침하지 않았습니다(Santurkar 등 2018). 실험은 오히려 손실의 곡면이 더 매끄러워진다는 쪽을 가리킵니다. 이것도 증거이지 확정된 이론은 아닙니다.
#
# ### 8.2 버그 찾기
#
# 동료가 배치 정규화를 써서 만든 신경망은, 따로 떼어 둔 이미지를 섞어서 50장씩 넣으면 92 % 넘게 맞힙니다.
# 그런데 숫자별로 정렬해서 넣었더니 사분의 일도 맞히지 못합니다.
# 다른 것은 아무것도 바뀌지 않았습니다. 코드를 보십시오. 어느 줄이 틀렸고, 왜 순서에 따라 달라질까요?

# %% show="only"
normalized, state = train_normalized(x, one_hot(y), np.random.default_rng(100))


def colleague(images):
    (w1, b1), (gamma, beta), (w2, b2) = normalized
    out, _ = batch_norm(images @ w1 + b1, gamma, beta, state, True, 0.1, 1e-5)
    return (np.maximum(out, 0) @ w2 + b2).argmax(axis=1)


by_digit = np.argsort(y_new[:1450], kind="stable")
for name, order in (("shuffled", np.arange(1450)), ("sorted", by_digit)):
    answers = np.concatenate([colleague(x_new[batch]) for batch in np.split(order, 29)])
    print(f"{name}: {np.mean(answers == y_new[order]):.1%}")

# %% [markdown] lang="en"
# `batch_norm` is called with `train` = True.
# The batch's own mean is subtracted, and in a batch of nothing but 3s that mean *is* the 3: what makes them alike is taken away.
# Shuffled batches look like the training data and hide the bug, which is why it lives long.
# Change the True in the cell above to False and run it again: the order no longer matters.
#
# ### 8.3 Layer, instance and group norm
#
# Statistics over a batch are unreliable when batches are small, and senseless when there is no batch.
# The relatives of batch norm normalize *within each sample*, so they do the same in training and in prediction and need no running averages.
# For images of shape $(N, C, H, W)$ they differ only in which numbers share a mean:
#
# ![](figure:normalizations)
#
# | norm | one mean over | means in all |
# |---|---|---|
# | batch | $N, H, W$ of one channel | $C$ |
# | layer (Ba et al. 2016) | $C, H, W$ of one sample | $N$ |
# | instance (Ulyanov et al. 2016) | $H, W$ of one channel of one sample | $N\, C$ |
# | group (Wu and He 2018) | $H, W$ of $\frac{C}{G}$ neighbouring channels of one sample | $N\, G$ |
#
# ### Exercise: layer norm
#
# Normalize each sample by its mean and variance over $C$, $H$ and $W$ (the variance divided by how many numbers there are), with `eps` inside the root as in batch norm.
# Then each *channel* is scaled by its `gamma` and shifted by its `beta`, both of shape `(C,)`.

# %% [markdown] lang="ko"
# `batch_norm`을 `train` = True로 부르고 있습니다.
# 배치 자신의 평균을 빼는데, 3만 모인 배치에서는 그 평균이 *바로* 3입니다. 서로 닮은 점을 빼 버리는 셈입니다.
# 섞은 배치는 학습 데이터와 비슷해서 버그를 가려 줍니다. 그래서 이 버그는 오래 살아남습니다.
# 위 셀에서 True를 False로 바꾸고 다시 실행하십시오. 이제 순서는 상관없습니다.
#
# ### 8.3 층 정규화, 인스턴스 정규화, 그룹 정규화
#
# 배치의 통계량은 배치가 작으면 믿기 어렵고, 배치가 없으면 뜻이 없습니다.
# 배치 정규화의 친척들은 *샘플마다 따로* 정규화하므로, 학습할 때와 예측할 때 하는 일이 같고 이동 평균도 필요 없습니다.
# 모양이 $(N, C, H, W)$인 이미지에서 이들은 어떤 수끼리 평균을 함께 쓰느냐만 다릅니다.
#
# ![](figure:normalizations)
#
# | 정규화 | 평균 하나를 함께 쓰는 수 | 평균의 개수 |
# |---|---|---|
# | 배치 | 채널 하나의 $N, H, W$ | $C$ |
# | 층(layer, Ba 등 2016) | 샘플 하나의 $C, H, W$ | $N$ |
# | 인스턴스(instance, Ulyanov 등 2016) | 샘플 하나, 채널 하나의 $H, W$ | $N\, C$ |
# | 그룹(group, Wu와 He 2018) | 샘플 하나, 이웃한 채널 $\frac{C}{G}$개의 $H, W$ | $N\, G$ |
#
# ### 연습: 층 정규화
#
# 샘플마다 $C$, $H$, $W$에 걸친 평균과 분산으로 정규화합니다. 분산은 수의 개수로 나누고, `eps`는 배치 정규화에서처럼 제곱근 안에 둡니다.
# 그런 다음 *채널*마다 모양이 `(C,)`인 `gamma`를 곱하고 `beta`를 더합니다.

# %% exercise="layer_norm"
def layer_norm(x, gamma, beta, eps):
    """x (N, C, H, W) normalized within each sample, over C, H and W; gamma, beta (C,) for each channel.

    >>> x = np.array([1.0, 3.0]).reshape(1, 2, 1, 1)
    >>> layer_norm(x, np.array([1.0, 10.0]), np.array([0.0, 5.0]), 0.0).ravel()
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
# ### Exercise: group norm
#
# The $C$ channels fall into `groups` groups of $\frac{C}{G}$ *neighbours*: with $C = 4$ and $G = 2$ the channels 0 and 1 make one group, 2 and 3 the other.
# Normalize within each sample and group; then scale and shift each channel as before.
# With $G = C$ this is instance norm, and with $G = 1$ it has the statistics of layer norm.

# %% [markdown] lang="ko"
# ### 연습: 그룹 정규화
#
# 채널 $C$개를 *이웃*끼리 $\frac{C}{G}$개씩 `groups`개의 그룹으로 묶습니다. $C = 4$이고 $G = 2$이면 채널 0과 1이 한 그룹이고, 2와 3이 다른 그룹입니다.
# 샘플과 그룹마다 정규화한 다음, 앞에서처럼 채널마다 곱하고 더합니다.
# $G = C$이면 인스턴스 정규화이고, $G = 1$이면 층 정규화와 통계량이 같습니다.

# %% exercise="group_norm"
def group_norm(x, gamma, beta, groups, eps):
    """x (N, C, H, W) normalized by sample and group of C / groups neighbouring channels; gamma, beta (C,).

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
# ### Explore: which numbers share a mean
#
# Each slab is one sample of a small batch; numbers with the same letter are normalized together.
# If one number changed, which others would change with it, in each of the four?

# %% [markdown] lang="ko"
# ### 탐구: 평균을 함께 쓰는 수
#
# 판 하나가 작은 배치의 샘플 하나이고, 글자가 같은 수끼리 함께 정규화합니다.
# 수 하나가 바뀌면, 네 방법에서 각각 어떤 수가 따라 바뀔까요?

# %% show="only"
from dlbasic import normalization_cubes

normalization_cubes(layer_norm, group_norm)

# %% [markdown] lang="en"
# In batch norm other *samples* change too; in the other three a sample keeps to itself.
#
# ## 9. Capstone: shrink the gap
#
# The board so far: the best techniques gain about 0.7 points, some gain nothing, some harm.
# Now put together what you believe in.
#
# ### Exercise: beat the plain network
#
# Train a 64-64-10 ReLU network on 200 digits and return its parameters, `[(w1, b1), (w2, b2)]`.
# The held-out accuracy is averaged over three draws and compared with that of a plain network, well trained as in section 1: full marks from $0.010$ above it, half of them from $0.005$.
#
# - Everything random comes from `rng`; three trainings should take seconds, not minutes.
# - The 100 validation images may choose: an epoch, a strength, a combination. They may not be trained on.
# - You may call `train` with a function of gradients of your own, or write the loop yourself.
# - Small gains from different sources (the image, the label, the network) can add up, but so do the handicaps: everything at once may gain nothing.
# - A training accuracy clearly below 100 % says that the network is asked for too much in 1000 steps: weaken something, or take more steps.
#
# Try out your ideas with `trial("my idea", fit=shrink_the_gap)`; its draws are not the ones that count.

# %% [markdown] lang="ko"
# 배치 정규화에서는 다른 *샘플*까지 바뀌고, 나머지 셋에서는 그 샘플 안에서만 바뀝니다.
#
# ## 9. 종합 과제: 격차 줄이기
#
# 지금까지의 점수판을 보면 가장 좋은 기법이 0.7점쯤 올리고, 어떤 기법은 이득이 없고, 어떤 기법은 해롭습니다.
# 이제 쓸 만하다고 생각하는 것을 모아 봅시다.
#
# ### 연습: 보통 신경망 이기기
#
# 숫자 200장으로 64-64-10 ReLU 신경망을 학습시키고 파라미터 `[(w1, b1), (w2, b2)]`를 돌려줍니다.
# 따로 떼어 둔 이미지의 정확도를 세 번의 뽑기에서 평균하여, 1절처럼 잘 학습시킨 보통 신경망과 견줍니다. $0.010$ 이상 앞서면 만점이고, $0.005$부터는 절반입니다.
#
# - 무작위인 것은 모두 `rng`에서 뽑습니다. 세 번 학습하는 데 몇 분이 아니라 몇 초가 걸려야 합니다.
# - 검증 이미지 100장으로는 고르기만 할 수 있습니다. 에포크, 세기, 조합을 고르는 데에는 써도 되지만 학습에 쓰면 안 됩니다.
# - 여러분이 만든 기울기 함수를 넣어 `train`을 불러도 되고, 반복문을 직접 써도 됩니다.
# - 작은 이득도 이미지, 레이블, 신경망처럼 서로 다른 데서 나오면 합쳐질 수 있습니다. 다만 핸디캡도 함께 쌓이므로, 모두 한꺼번에 쓰면 이득이 하나도 없을 수 있습니다.
# - 학습 정확도가 100 %에 뚜렷이 못 미치면 1000걸음으로는 너무 많은 것을 바라는 셈입니다. 무엇인가를 약하게 하거나 걸음을 늘립니다.
#
# 생각이 떠오르면 `trial("my idea", fit=shrink_the_gap)`으로 시험해 보십시오. 점수를 매길 때는 데이터를 다르게 뽑습니다.

# %% exercise="shrink_the_gap"
def shrink_the_gap(x, labels, x_val, labels_val, rng):
    """[(w1, b1), (w2, b2)] of a 64-64-10 relu net trained on x (200, 64), labels (200,).

    x_val (100, 64), labels_val (100,) may choose settings or epochs; nothing may be fitted to them.
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
        odds = np.exp(scores - scores.max(axis=1)[:, None])
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

# %% show="only"
trial("all together", fit=shrink_the_gap)

# %% [markdown] lang="en"
# The whole board, from the plain network to yours.
# Does yours beat the nearest neighbour as well?
# And which of the differences would you bet on, given the bars?
#
# ## 10. Slips
#
# Eight claims in the tone of lecture notes; some are true, some are not:
#
# {{claims}}
#
# ### Exercise: which are false?
#
# Return the set of the numbers of the *false* claims, as strings.
# Nearly everything can be settled with functions from this chapter, so compute before you answer.
# Each false claim you find earns points; accusing a true one loses some.

# %% [markdown] lang="ko"
# 보통 신경망부터 여러분의 신경망까지 점수판이 다 찼습니다.
# 여러분의 신경망은 최근접 이웃까지 이겼습니까?
# 막대의 길이를 생각하면, 어떤 차이에 내기를 걸겠습니까?
#
# ## 10. 옥에 티
#
# 강의 노트의 말투로 쓴 주장 여덟 가지입니다. 참인 것도 있고 거짓인 것도 있습니다.
#
# {{claims}}
#
# ### 연습: 거짓인 주장은 무엇인가
#
# *거짓*인 주장의 번호를 문자열로 모아 집합으로 돌려줍니다.
# 거의 모두 이 장의 함수로 확인할 수 있으니, 답하기 전에 계산해 보십시오.
# 거짓인 주장을 찾으면 점수를 얻고, 참인 주장을 거짓이라고 하면 점수를 잃습니다.

# %% exercise="slips"
def slips():
    """The ids of the false claims among the eight above, as a set of strings such as {"7", "8"}."""
    ### BEGIN SOLUTION
    return {"2", "3", "5", "6", "8"}
    ### END SOLUTION

# %% test="slips" points=3
check(slips)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(slips, "04_regularization")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# Those were all the exercises; see what is still open.
# To hand in your work, save the notebook and run `dlbasic submit 04_regularization` in a terminal.

# %% [markdown] lang="ko"
# 연습 문제는 여기까지입니다. 아직 남은 것이 있는지 봅시다.
# 제출하려면 노트북을 저장한 다음 터미널에서 `dlbasic submit 04_regularization`을 실행합니다.

# %% show="only"
progress()

# %% [markdown] lang="en"
# ## Summary
#
# - Regularization makes learning harder so that it holds on new data; only data that took no part can say whether it does.
# - Early stopping keeps the epoch with the lowest validation loss, not the one with the smallest gap.
# - An augmentation is a claim that the label stays. A little of the right change helps, too much of it or the wrong one harms.
# - Dropout and batch norm do one thing in training and another in prediction; forgetting that is a classic bug.
# - Techniques gain on some problems and not on others: measure, over several draws.
#
# | technique | what it changes | in our trial |
# |---|---|---|
# | early stopping | the time | saves time, no gain |
# | L2 penalty | the loss | hardly anything |
# | shift by half a pixel | the image | helps |
# | shift by pixels, mirror | the image | harm |
# | Cutout | the image | harms |
# | input noise | the image | helps a little |
# | weight noise | the weights | bears shaking better, no gain |
# | label smoothing | the label | helps, but too modest |
# | mixup | image and label | no gain |
# | CutMix | image and label | helps a little |
# | dropout | the units | hardly anything |
# | batch norm | the activations | hardly anything at this depth |
#
# ## The opening question, answered
#
# The handicaps that help are those that tell the student something *true* about the exam: writing wobbles by a fraction of a pixel, pictures are noisy, nobody can be quite sure.
# Those that tell something false, that digits may be mirrored or stand anywhere, harm, however clever they are.
# You know it by setting several exams that neither you nor the student has seen, and by looking at how much the marks vary.
#
# ## Further reading
#
# - I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning* (2016), chapter 7, [deeplearningbook.org](https://www.deeplearningbook.org/).
# - L. Prechelt, *Early Stopping – But When?* (1998), [doi:10.1007/3-540-49430-8_3](https://doi.org/10.1007/3-540-49430-8_3).
# - A. Krogh and J. Hertz, *A Simple Weight Decay Can Improve Generalization* (1992), [papers.nips.cc](https://papers.nips.cc/paper/1991/hash/8eefcfdf5990e441f0fb6f3fad709e21-Abstract.html).
# - I. Loshchilov and F. Hutter, *Decoupled Weight Decay Regularization* (2019), [arXiv:1711.05101](https://arxiv.org/abs/1711.05101).
# - T. DeVries and G. Taylor, *Improved Regularization of Convolutional Neural Networks with Cutout* (2017), [arXiv:1708.04552](https://arxiv.org/abs/1708.04552).
# - C. Bishop, *Training with Noise is Equivalent to Tikhonov Regularization* (1995), [doi:10.1162/neco.1995.7.1.108](https://doi.org/10.1162/neco.1995.7.1.108).
# - C. Szegedy et al., *Rethinking the Inception Architecture for Computer Vision* (2015), [arXiv:1512.00567](https://arxiv.org/abs/1512.00567): label smoothing is in section 7.
# - R. Müller, S. Kornblith and G. Hinton, *When Does Label Smoothing Help?* (2019), [arXiv:1906.02629](https://arxiv.org/abs/1906.02629).
# - H. Zhang et al., *mixup: Beyond Empirical Risk Minimization* (2017), [arXiv:1710.09412](https://arxiv.org/abs/1710.09412).
# - S. Yun et al., *CutMix: Regularization Strategy to Train Strong Classifiers with Localizable Features* (2019), [arXiv:1905.04899](https://arxiv.org/abs/1905.04899).
# - N. Srivastava et al., *Dropout: A Simple Way to Prevent Neural Networks from Overfitting* (2014), [jmlr.org](https://jmlr.org/papers/v15/srivastava14a.html).
# - S. Wager, S. Wang and P. Liang, *Dropout Training as Adaptive Regularization* (2013), [arXiv:1307.1493](https://arxiv.org/abs/1307.1493).
# - Y. Gal and Z. Ghahramani, *Dropout as a Bayesian Approximation: Representing Model Uncertainty in Deep Learning* (2015), [arXiv:1506.02142](https://arxiv.org/abs/1506.02142).
# - S. Ioffe and C. Szegedy, *Batch Normalization: Accelerating Deep Network Training by Reducing Internal Covariate Shift* (2015), [arXiv:1502.03167](https://arxiv.org/abs/1502.03167).
# - S. Santurkar et al., *How Does Batch Normalization Help Optimization?* (2018), [arXiv:1805.11604](https://arxiv.org/abs/1805.11604).
# - J. Ba, J. Kiros and G. Hinton, *Layer Normalization* (2016), [arXiv:1607.06450](https://arxiv.org/abs/1607.06450).
# - D. Ulyanov, A. Vedaldi and V. Lempitsky, *Instance Normalization: The Missing Ingredient for Fast Stylization* (2016), [arXiv:1607.08022](https://arxiv.org/abs/1607.08022).
# - Y. Wu and K. He, *Group Normalization* (2018), [arXiv:1803.08494](https://arxiv.org/abs/1803.08494).

# %% [markdown] lang="ko"
# ## 정리
#
# - 규제는 처음 보는 데이터에서도 통하도록 학습을 어렵게 만드는 일입니다. 정말 통하는지는 학습에 쓰지 않은 데이터만이 말해 줍니다.
# - 조기 종료는 격차가 가장 작은 에포크가 아니라 검증 손실이 가장 낮은 에포크를 간직합니다.
# - 증강은 레이블이 그대로라는 주장입니다. 알맞은 변화를 조금 주면 도움이 되고, 지나치거나 틀린 변화는 해롭습니다.
# - 드롭아웃과 배치 정규화는 학습할 때와 예측할 때 하는 일이 다릅니다. 이것을 잊는 것은 흔한 버그입니다.
# - 기법이 통하는 문제도 있고 통하지 않는 문제도 있습니다. 여러 번 뽑아서 재어 보아야 합니다.
#
# | 기법 | 바꾸는 것 | 우리의 시합에서 |
# |---|---|---|
# | 조기 종료 | 시간 | 시간은 아끼지만 이득 없음 |
# | L2 벌점 | 손실 | 거의 그대로 |
# | 반 픽셀 이동 | 이미지 | 도움이 됨 |
# | 한 픽셀 이동, 뒤집기 | 이미지 | 해로움 |
# | Cutout | 이미지 | 해로움 |
# | 입력 잡음 | 이미지 | 조금 도움이 됨 |
# | 가중치 잡음 | 가중치 | 흔들려도 더 잘 견디지만 이득 없음 |
# | 레이블 스무딩 | 레이블 | 도움이 되지만 지나치게 겸손해짐 |
# | mixup | 이미지와 레이블 | 이득 없음 |
# | CutMix | 이미지와 레이블 | 조금 도움이 됨 |
# | 드롭아웃 | 유닛 | 거의 그대로 |
# | 배치 정규화 | 활성값 | 이 깊이에서는 거의 그대로 |
#
# ## 첫 질문에 대한 답
#
# 도움이 되는 핸디캡은 시험에 대해 *참인* 것을 학생에게 알려 주는 핸디캡입니다. 글씨의 위치는 한 픽셀이 안 되게 흔들리고, 이미지에는 잡음이 있고, 아무도 완전히 확신할 수는 없습니다.
# 숫자를 뒤집어도 된다거나 아무 데나 있어도 된다고 거짓을 알려 주는 핸디캡은 아무리 기발해도 해롭습니다.
# 어느 것이 도움이 되는지 알려면, 여러분도 학생도 본 적 없는 시험을 여러 번 치르게 하고 점수가 얼마나 들쭉날쭉한지 보아야 합니다.
#
# ## 더 읽을거리
#
# - I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning* (2016), 7장, [deeplearningbook.org](https://www.deeplearningbook.org/).
# - L. Prechelt, *Early Stopping – But When?* (1998), [doi:10.1007/3-540-49430-8_3](https://doi.org/10.1007/3-540-49430-8_3).
# - A. Krogh, J. Hertz, *A Simple Weight Decay Can Improve Generalization* (1992), [papers.nips.cc](https://papers.nips.cc/paper/1991/hash/8eefcfdf5990e441f0fb6f3fad709e21-Abstract.html).
# - I. Loshchilov, F. Hutter, *Decoupled Weight Decay Regularization* (2019), [arXiv:1711.05101](https://arxiv.org/abs/1711.05101).
# - T. DeVries, G. Taylor, *Improved Regularization of Convolutional Neural Networks with Cutout* (2017), [arXiv:1708.04552](https://arxiv.org/abs/1708.04552).
# - C. Bishop, *Training with Noise is Equivalent to Tikhonov Regularization* (1995), [doi:10.1162/neco.1995.7.1.108](https://doi.org/10.1162/neco.1995.7.1.108).
# - C. Szegedy 외, *Rethinking the Inception Architecture for Computer Vision* (2015), [arXiv:1512.00567](https://arxiv.org/abs/1512.00567): 레이블 스무딩은 7절에 나옵니다.
# - R. Müller, S. Kornblith, G. Hinton, *When Does Label Smoothing Help?* (2019), [arXiv:1906.02629](https://arxiv.org/abs/1906.02629).
# - H. Zhang 외, *mixup: Beyond Empirical Risk Minimization* (2017), [arXiv:1710.09412](https://arxiv.org/abs/1710.09412).
# - S. Yun 외, *CutMix: Regularization Strategy to Train Strong Classifiers with Localizable Features* (2019), [arXiv:1905.04899](https://arxiv.org/abs/1905.04899).
# - N. Srivastava 외, *Dropout: A Simple Way to Prevent Neural Networks from Overfitting* (2014), [jmlr.org](https://jmlr.org/papers/v15/srivastava14a.html).
# - S. Wager, S. Wang, P. Liang, *Dropout Training as Adaptive Regularization* (2013), [arXiv:1307.1493](https://arxiv.org/abs/1307.1493).
# - Y. Gal, Z. Ghahramani, *Dropout as a Bayesian Approximation: Representing Model Uncertainty in Deep Learning* (2015), [arXiv:1506.02142](https://arxiv.org/abs/1506.02142).
# - S. Ioffe, C. Szegedy, *Batch Normalization: Accelerating Deep Network Training by Reducing Internal Covariate Shift* (2015), [arXiv:1502.03167](https://arxiv.org/abs/1502.03167).
# - S. Santurkar 외, *How Does Batch Normalization Help Optimization?* (2018), [arXiv:1805.11604](https://arxiv.org/abs/1805.11604).
# - J. Ba, J. Kiros, G. Hinton, *Layer Normalization* (2016), [arXiv:1607.06450](https://arxiv.org/abs/1607.06450).
# - D. Ulyanov, A. Vedaldi, V. Lempitsky, *Instance Normalization: The Missing Ingredient for Fast Stylization* (2016), [arXiv:1607.08022](https://arxiv.org/abs/1607.08022).
# - Y. Wu, K. He, *Group Normalization* (2018), [arXiv:1803.08494](https://arxiv.org/abs/1803.08494).

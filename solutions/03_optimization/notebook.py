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
# # Getting down the hill, and judging where you landed
#
# You stand on a hillside in thick fog and feel nothing but the slope under your feet.
# How do you get down quickly?
# And once the ground is level, how do you know whether you have landed in a good place?
# Training a model raises both questions: the hill is the loss on the training data, and what counts in the end is data that nobody has seen.
#
# **Afterwards you can**
#
# - tell underfitting from overfitting, and choose a hyper-parameter by cross-validation;
# - take an error apart into bias, variance and noise, and check the sum with numbers;
# - draw bootstrap samples, and say when bagging helps and when boosting does;
# - write gradient descent, Momentum, Nesterov, Adagrad, Adadelta, RMSprop and Adam, and say what each mends in the one before and where it fails;
# - judge a claim about batch size and flat minima by an experiment.
#
# **Time:** about 7 hours, best in three sittings (sections 1–4, 5–6, 7–9).
# **You need:** chapter 2: loss, gradient, mini-batch.

# %% [markdown] lang="ko"
# # 언덕을 내려가는 길, 그리고 도착한 곳을 평가하는 법
#
# 짙은 안개가 낀 언덕에 서 있습니다. 발밑의 기울기밖에 느낄 수 없습니다.
# 어떻게 하면 빨리 내려갈 수 있을까요?
# 그리고 땅이 평평해졌을 때, 좋은 곳에 도착했는지 어떻게 알 수 있을까요?
# 모델을 학습시킬 때도 같은 두 가지를 묻게 됩니다. 언덕은 학습 데이터의 손실이고, 결국 중요한 것은 아무도 본 적이 없는 데이터입니다.
#
# **이 장을 마치면 할 수 있는 일**
#
# - 과소적합(underfitting)과 과적합(overfitting)을 구별하고, 교차 검증(cross-validation)으로 하이퍼파라미터를 고릅니다.
# - 오차를 편향, 분산, 잡음(noise)으로 나누고, 그 합이 맞는지 수치로 확인합니다.
# - 부트스트랩(bootstrap) 표본을 뽑고, 배깅(bagging)과 부스팅(boosting)이 각각 언제 도움이 되는지 말합니다.
# - 경사 하강법, 모멘텀, Nesterov, Adagrad, Adadelta, RMSprop, Adam을 작성하고, 저마다 앞의 방법에서 무엇을 고쳤으며 어디에서 실패하는지 설명합니다.
# - 배치 크기와 평평한 극소점(flat minimum)에 관한 주장을 실험으로 따져 봅니다.
#
# **걸리는 시간:** 약 7시간입니다. 세 번에 나누어 하기를 권합니다(1–4절, 5–6절, 7–9절).
# **미리 알아야 할 것:** 2장에서 배운 손실, 기울기, 미니배치입니다.

# %%
import numpy as np
from dlbasic import chapter, check, hint, progress

chapter("03_optimization")

# %% [markdown] lang="en"
# The way to work is that of chapter 2: write the function, run `check`, ask `hint` when you are stuck.
# What you have passed already:

# %% [markdown] lang="ko"
# 공부하는 방법은 2장과 같습니다. 함수를 쓰고, `check`를 실행하고, 막히면 `hint`를 부릅니다.
# 지금까지 통과한 문제는 다음과 같습니다.

# %% show="only"
progress()

# %% [markdown] lang="en"
# ## 1. Generalization
#
# ![](figure:generalization_gap)
#
# A model is trained on some data and used on other data.
# The difference between its error on unseen data (the test error) and on the training data is the **generalization gap**; a model *generalizes* well if the gap is small.
# That alone is no praise: a model that always answers 0 has hardly any gap, and is useless.
# We want a small gap *and* a small error.
#
# Twenty noisy measurements of a curve, and polynomials of four degrees.
# Which degree will have the smallest error on the training points, and which on a thousand new ones?

# %% [markdown] lang="ko"
# ## 1. 일반화
#
# ![](figure:generalization_gap)
#
# 모델은 어떤 데이터로 학습하고 다른 데이터에 쓰입니다.
# 보지 않은 데이터의 오차(테스트 오차)와 학습 데이터의 오차가 얼마나 다른지를 **일반화 격차**(generalization gap)라고 합니다. 이 격차가 작으면 *일반화*(generalization)가 잘되었다고 합니다.
# 격차가 작다는 것만으로는 칭찬할 수 없습니다. 늘 0이라고만 답하는 모델은 격차가 거의 없지만 쓸모도 없습니다.
# 격차도 작고 오차 *자체도* 작아야 합니다.
#
# 어떤 곡선을 스무 군데에서 쟀는데 잡음이 섞였습니다. 여기에 차수(degree)가 다른 다항식 네 가지를 맞춥니다.
# 오차가 가장 작은 차수는 학습 데이터에서 얼마이고, 새로운 점 천 개에서는 얼마일까요?

# %% show="only"
def truth(x):
    return np.sin(3 * x)


def measure(n, rng):
    x = np.linspace(-1, 1, n)
    return x, truth(x) + rng.normal(0, 0.3, n)


x, y = measure(20, np.random.default_rng(1))
x_new, y_new = measure(1000, np.random.default_rng(2))
for degree in (1, 3, 5, 14):
    fitted = np.polyfit(x, y, degree)
    train_error, test_error = (np.mean((np.polyval(fitted, u) - v) ** 2) for u, v in ((x, y), (x_new, y_new)))
    print(f"degree {degree:2d}: training error {train_error:.3f}, test error {test_error:.3f}")

# %% [markdown] lang="en"
# The training error can only fall as the degree grows; the test error falls and rises again.
# Degree 1 is too stiff to follow the curve: it *underfits*.
# Degree 14 follows the noise as well: it *overfits*.
#
# ![](figure:three_fits)
#
# > **What is often written, and why it is wrong.**
# > "Underfitting means trained too little, overfitting means trained too much."
# > Our polynomials were not trained for any length of time: `np.polyfit` computes the best one in closed form.
# > What decides is the *capacity* of the model (how many shapes it can take) against the *amount of data*.
# > In a network that learns step by step, training time acts like capacity, which is why stopping early helps; it is one cause among several.
#
# If that is so, more data must cure degree 14, and must not help degree 1.
# Predict both test errors for 2000 points.

# %% [markdown] lang="ko"
# 학습 데이터의 오차는 차수가 커질수록 줄어들기만 합니다. 테스트 오차는 줄었다가 다시 커집니다.
# 차수 1은 너무 뻣뻣해서 곡선을 따라가지 못합니다. 이것이 *과소적합*입니다.
# 차수 14는 잡음까지 따라갑니다. 이것이 *과적합*입니다.
#
# ![](figure:three_fits)
#
# > **흔히 이렇게 쓰지만, 틀렸습니다.**
# > "과소적합은 학습을 너무 적게 한 것이고, 과적합은 너무 많이 한 것이다."
# > 우리 다항식에는 학습 시간이라는 것이 없습니다. `np.polyfit`은 가장 좋은 다항식을 공식으로 단번에 구합니다.
# > 결과를 정하는 것은 모델의 *표현력*(capacity), 곧 모델이 취할 수 있는 모양이 얼마나 다양한지와 *데이터의 양* 사이의 관계입니다.
# > 한 걸음씩 배우는 신경망에서는 학습 시간이 표현력과 비슷한 구실을 하고, 그래서 일찍 멈추는 것이 도움이 됩니다. 하지만 여러 원인 가운데 하나일 뿐입니다.
#
# 그렇다면 데이터가 늘어날 때 차수 14는 나아져야 하고 차수 1은 나아지지 않아야 합니다.
# 점이 2000개일 때 두 테스트 오차를 예상해 보십시오.

# %% show="only"
for degree in (1, 14):
    for n in (20, 200, 2000):
        fitted = np.polyfit(*measure(n, np.random.default_rng(3)), degree)
        print(f"degree {degree:2d}, {n:4d} points: test error {np.mean((np.polyval(fitted, x_new) - y_new) ** 2):.3f}")

# %% [markdown] lang="en"
# Degree 1 stays at about $0.26$ whatever it is fed; degree 14 goes down to the variance of the noise, $0.3^2 = 0.09$, and no model gets below that.
#
# ## 2. Cross-validation
#
# What learning finds (weights, biases) are **parameters**; what you choose beforehand (degree, learning rate, the loss itself) are **hyper-parameters**.
# Parameters are fitted on the *training* data, hyper-parameters are chosen on *validation* data, and the *test* data are used once, at the very end.
# If you choose by test error, the test has become part of the training.
#
# ![](figure:kfold)
#
# With little data, one validation part is a lottery.
# **k-fold cross-validation** cuts the data into $k$ parts, and each part validates once, while the others train.
#
# ### Exercise: k folds
#
# Return $k$ pairs of index arrays `(train, validation)`.
# Data are often sorted: so shuffle the indices $0, \dots, n - 1$ with `rng` first, then cut them into $k$ parts.
# If $k$ does not divide $n$, nobody may be lost: the sizes of the parts then differ by one.

# %% [markdown] lang="ko"
# 차수 1은 데이터를 아무리 주어도 $0.26$쯤에 머뭅니다. 차수 14는 잡음의 분산인 $0.3^2 = 0.09$ 가까이 내려가는데, 그보다 낮출 수 있는 모델은 없습니다.
#
# ## 2. 교차 검증
#
# 학습이 찾아내는 것(가중치, 편향)은 **파라미터**이고, 여러분이 미리 정하는 것(차수, 학습률, 손실 자체)은 **하이퍼파라미터**입니다.
# 파라미터는 *학습* 데이터로 맞추고, 하이퍼파라미터는 *검증*(validation) 데이터로 고르며, *테스트* 데이터는 맨 마지막에 한 번만 씁니다.
# 테스트 오차를 보고 고르면, 테스트가 학습의 일부가 되어 버립니다.
#
# ![](figure:kfold)
#
# 데이터가 적을 때 검증 데이터를 한 번만 떼면 운에 맡기는 셈이 됩니다.
# **k-폴드 교차 검증**(k-fold cross-validation)은 데이터를 $k$조각으로 나눕니다. 조각마다 한 번씩 검증을 맡고, 그동안 나머지 조각으로 학습합니다.
#
# ### 연습: k-폴드
#
# 인덱스 배열의 쌍 `(train, validation)`을 $k$개 돌려줍니다.
# 데이터는 정렬되어 있을 때가 많으므로 먼저 인덱스 $0, \dots, n - 1$을 `rng`로 섞고, $k$조각으로 자릅니다.
# $n$이 $k$로 나누어떨어지지 않아도 하나도 빠뜨리면 안 됩니다. 그때 조각끼리의 크기 차이는 하나를 넘지 않습니다.

# %% exercise="kfold_indices"
def kfold_indices(n, k, rng):
    """k pairs (train, validation) of index arrays; every index 0 ... n - 1 validates once; sizes differ by at most 1.

    >>> folds = kfold_indices(7, 3, np.random.default_rng(0))
    >>> [(len(train), len(validation)) for train, validation in folds]
    [(4, 3), (5, 2), (5, 2)]
    """
    ### BEGIN SOLUTION
    parts = np.array_split(rng.permutation(n), k)
    return [(np.concatenate(parts[:i] + parts[i + 1 :]), parts[i]) for i in range(k)]
    ### END SOLUTION

# %% test="kfold_indices" points=2
check(kfold_indices)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(kfold_indices, "03_optimization")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ### Exercise: cross-validate anything
#
# The procedure does not care what is being fitted.
# You are given two functions: `fit(x, y)` returns a model, and `score(model, x, y)` a number.
# For each fold, fit on its training part, score on its validation part; return the mean of these numbers over the folds.
# Scoring on the training part would reward learning by heart, which is what we want to detect.

# %% [markdown] lang="ko"
# ### 연습: 무엇이든 교차 검증하기
#
# 이 절차는 무엇을 맞추는지 가리지 않습니다.
# 함수 두 개가 주어집니다. `fit(x, y)`는 모델을 돌려주고 `score(model, x, y)`는 수를 돌려줍니다.
# 폴드(fold)마다 학습 부분으로 맞추고 검증 부분으로 점수를 매긴 다음, 그 점수들의 평균을 돌려줍니다.
# 학습 부분으로 점수를 매기면 외운 것을 칭찬하게 됩니다. 우리가 잡아내려는 것이 바로 그렇게 외운 것입니다.

# %% exercise="cross_validate"
def cross_validate(fit, score, x, y, folds):
    """Mean over the folds (train, validation) of score(model, x, y) on the validation part; a float.

    >>> x, y, folds = np.arange(4.0), np.array([1.0, 1.0, 3.0, 3.0]), [([0, 1], [2, 3]), ([2, 3], [0, 1])]
    >>> cross_validate(lambda x, y: np.mean(y), lambda model, x, y: np.mean(np.abs(y - model)), x, y, folds)
    2.0
    """
    ### BEGIN SOLUTION
    x, y = np.asarray(x), np.asarray(y)
    models = [fit(x[train], y[train]) for train, _ in folds]
    return float(np.mean([score(m, x[val], y[val]) for m, (_, val) in zip(models, folds)]))
    ### END SOLUTION

# %% test="cross_validate" points=1
check(cross_validate)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(cross_validate, "03_optimization")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ### Exercise: choose the degree
#
# Now without a net: from a list `degrees`, return the degree whose polynomial has the least $k$-fold error.
#
# - The error of a fold is the mean squared error on its validation part; average over the $k$ folds.
# - Draw the folds once from `rng` and use the same ones for every degree, so that no degree is lucky.
# - `np.polyfit(x, y, degree)` fits, `np.polyval(fitted, x)` evaluates.

# %% [markdown] lang="ko"
# ### 연습: 차수 고르기
#
# 이제 혼자서 해 봅니다. 리스트 `degrees`에서 $k$-폴드 오차가 가장 작은 다항식의 차수를 골라 돌려줍니다.
#
# - 폴드의 오차는 검증 부분의 평균 제곱 오차이고, 이것을 폴드 $k$개에서 평균합니다.
# - 폴드는 `rng`에서 한 번만 뽑아 모든 차수에 똑같이 씁니다. 운 좋은 차수가 생기지 않게 하려는 것입니다.
# - `np.polyfit(x, y, degree)`로 맞추고 `np.polyval(fitted, x)`로 값을 구합니다.

# %% exercise="best_degree"
def best_degree(x, y, degrees, k, rng):
    """The one of `degrees` whose polynomial has the least k-fold mean squared error; x, y (N,); an int.

    >>> x = np.linspace(-1, 1, 20)
    >>> best_degree(x, 3 * x**2 - x + 0.1 * np.cos(40 * x), [0, 1, 2], 5, np.random.default_rng(0))
    2
    """
    ### BEGIN SOLUTION
    x, y = np.asarray(x), np.asarray(y)
    parts = np.array_split(rng.permutation(len(x)), k)
    errors = np.zeros(len(degrees))
    for val in parts:
        train = np.setdiff1d(np.arange(len(x)), val)
        for i, degree in enumerate(degrees):
            fitted = np.polyfit(x[train], y[train], degree)
            errors[i] += np.mean((np.polyval(fitted, x[val]) - y[val]) ** 2)
    return int(degrees[errors.argmin()])
    ### END SOLUTION

# %% test="best_degree" points=2
check(best_degree)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(best_degree, "03_optimization")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# The twenty points of section 1 once more.
# By test error the degrees 3 and 5 were far ahead of 1 and 14.
# Ten different shuffles give ten answers: how much will they disagree?

# %% [markdown] lang="ko"
# 1절의 스무 점을 다시 봅시다.
# 테스트 오차로는 차수 3과 5가 1과 14보다 훨씬 앞섰습니다.
# 열 번 다르게 섞으면 답이 열 개 나옵니다. 답이 얼마나 엇갈릴까요?

# %% show="only"
print("chosen:", [best_degree(x, y, range(1, 13), 5, np.random.default_rng(seed)) for seed in range(10)])

# %% [markdown] lang="en"
# Degree 3 eight times out of ten, and never one too stiff: without test data, cross-validation found what the test data had shown.
# It is an estimate all the same, and its answer has a variance of its own.
#
# ## 3. Bias, variance and noise
#
# ![](figure:bias_variance_targets)
#
# Many teams draw a data set each from the same source.
# A measurement is $t = f(x) + \varepsilon$ with noise of mean 0, a team's model $\hat{f}$, the average model of all teams $\mathbb{E}[\hat{f}]$.
# Write $t - \hat{f} = (f - \mathbb{E}[\hat{f}]) + (\mathbb{E}[\hat{f}] - \hat{f}) + \varepsilon$ and square.
# The mixed terms have mean 0, since $\varepsilon$ and $\hat{f}$ are independent, so
#
# $$\mathbb{E}\big[(t - \hat{f})^2\big] = \underbrace{\mathbb{E}\big[(f - \mathbb{E}[\hat{f}])^2\big]}_{\text{bias}^2} + \underbrace{\mathbb{E}\big[(\mathbb{E}[\hat{f}] - \hat{f})^2\big]}_{\text{variance}} + \underbrace{\mathbb{E}[\varepsilon^2]}_{\text{noise}}$$
#
# ### Exercise: measure bias and variance
#
# `predictions` has a row for each of $M$ models and a column for each of $N$ points; `truth` holds the $N$ values of $f$.
# The average model is the mean over the *rows*; both results are then averaged over the $N$ points.
# Divide by $M$, not by $M - 1$.

# %% [markdown] lang="ko"
# 열 번 가운데 여덟 번은 차수 3이었고, 나머지도 충분히 휘는 차수였습니다. 교차 검증은 테스트 데이터 없이도 테스트 데이터가 보여 준 것을 찾아냈습니다.
# 그래도 추정일 뿐이어서, 그 답에도 분산이 있습니다.
#
# ## 3. 편향, 분산, 잡음
#
# ![](figure:bias_variance_targets)
#
# 여러 팀이 같은 곳에서 저마다 데이터를 모았다고 해 봅시다.
# 평균이 0인 잡음이 섞인 측정값을 $t = f(x) + \varepsilon$이라고 합시다. $\hat{f}$은 한 팀의 모델이고 $\mathbb{E}[\hat{f}]$은 모든 팀의 모델을 평균한 것입니다.
# $t - \hat{f} = (f - \mathbb{E}[\hat{f}]) + (\mathbb{E}[\hat{f}] - \hat{f}) + \varepsilon$으로 쓰고 제곱합니다.
# $\varepsilon$과 $\hat{f}$이 서로 독립이어서 교차항의 평균은 0입니다. 그래서 다음이 남습니다.
#
# $$\mathbb{E}\big[(t - \hat{f})^2\big] = \underbrace{\mathbb{E}\big[(f - \mathbb{E}[\hat{f}])^2\big]}_{\text{bias}^2} + \underbrace{\mathbb{E}\big[(\mathbb{E}[\hat{f}] - \hat{f})^2\big]}_{\text{variance}} + \underbrace{\mathbb{E}[\varepsilon^2]}_{\text{noise}}$$
#
# ### 연습: 편향과 분산 재기
#
# `predictions`의 행은 모델 $M$개, 열은 점 $N$개에 해당합니다. `truth`에는 $f$의 값이 $N$개 들어 있습니다.
# 평균 모델은 *행*들의 평균입니다. 두 결과 모두 마지막에 점 $N$개에서 평균합니다.
# $M - 1$이 아니라 $M$으로 나눕니다.

# %% exercise="bias_variance"
def bias_variance(predictions, truth):
    """(bias2, variance), two floats, averaged over the N points; predictions (M, N) from M models, truth (N,).

    >>> bias_variance(np.array([[1.0, 2.0], [3.0, 2.0]]), np.array([0.0, 2.0]))
    (2.0, 0.5)
    """
    ### BEGIN SOLUTION
    predictions = np.asarray(predictions)
    average = predictions.mean(axis=0)
    bias2 = np.mean((np.asarray(truth) - average) ** 2)
    variance = np.mean((predictions - average) ** 2)
    return float(bias2), float(variance)
    ### END SOLUTION

# %% test="bias_variance" points=2
check(bias_variance)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(bias_variance, "03_optimization")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# Does the identity hold?
# A thousand teams fit a polynomial each, and each meets a fresh set of measurements.
# Before you run: what happens to the bias, and what to the variance, as the degree grows?

# %% [markdown] lang="ko"
# 이 등식은 정말 성립할까요?
# 천 팀이 저마다 다항식을 하나씩 맞추고, 새로 잰 측정값으로 오차를 구합니다.
# 실행하기 전에 예상해 봅시다. 차수가 커지면 편향과 분산은 각각 어떻게 될까요?

# %% show="only"
rng, x = np.random.default_rng(0), np.linspace(-1, 1, 20)
for degree in (1, 3, 5, 12):
    models = np.array([np.polyval(np.polyfit(*measure(20, rng), degree), x) for _ in range(1000)])
    cost = np.mean([(measure(20, rng)[1] - model) ** 2 for model in models])
    bias2, variance = bias_variance(models, truth(x))
    total = bias2 + variance + 0.09
    print(f"degree {degree:2d}: {bias2:.4f} + {variance:.4f} + 0.0900 = {total:.4f}, measured cost {cost:.4f}")

# %% [markdown] lang="en"
# The two sides agree to within one per cent; the rest is chance.
# Bias falls, variance rises, noise stays.
#
# > **What is often written, and why it is wrong.**
# > Lecture notes put the square in the wrong place, $\mathbb{E}[(f - \mathbb{E}[\hat{f}]^2)^2]$, and drop the one on the noise, $\mathbb{E}[\varepsilon]$.
# > The first mixes metres with square metres; the second is 0, as if measuring were free of error.
#
# ### Explore: the degree
#
# The sliders set the degree and the noise; bias², variance and noise are estimated from many data sets of another curve.
# Where will the total be lowest?
# And where do bias² and variance cross: exactly there, or beside it?

# %% [markdown] lang="ko"
# 양변의 차이는 백분의 일이 안 되고, 그마저 우연입니다.
# 편향은 줄고, 분산은 늘고, 잡음은 그대로입니다.
#
# > **흔히 이렇게 쓰지만, 틀렸습니다.**
# > 강의 노트에서는 제곱을 엉뚱한 곳에 붙여 $\mathbb{E}[(f - \mathbb{E}[\hat{f}]^2)^2]$이라고 쓰고, 잡음에서는 제곱을 빠뜨려 $\mathbb{E}[\varepsilon]$이라고 쓰기도 합니다.
# > 앞의 식은 미터에서 제곱미터를 빼는 셈이고, 뒤의 식은 0이어서 측정에 오차가 없다는 뜻이 됩니다.
#
# ### 탐구: 차수
#
# 슬라이더로 차수와 잡음을 정합니다. 이번에는 다른 곡선이고, 편향², 분산, 잡음을 여러 데이터로 추정합니다.
# 합이 가장 작은 차수는 얼마일까요?
# 편향²과 분산의 곡선이 만나는 곳은 바로 그 차수일까요, 아니면 그 옆일까요?

# %% show="only"
from dlbasic import degree_explorer

degree_explorer()

# %% [markdown] lang="en"
# Degree 5 at first; at the strongest noise 4, and with little noise a higher one.
# The best degree is where the *sum* is lowest; whether the two curves cross there is a coincidence.
# More capacity trades bias for variance; more data lowers the variance and asks nothing in return; nothing lowers the noise.
#
# ## 4. Many data sets out of one
#
# We have no thousand teams, only one data set.
# The **bootstrap** (Efron 1979) pretends: from $N$ samples it draws $N$, *with replacement*, so that some come twice or more and others not at all.
# If models fitted to such samples differ a lot, the variance is large.
#
# > **What is often written, and why it is wrong.**
# > "Bootstrapping means training on a random 80 % of the data."
# > Drawing fewer samples without replacement is *subsampling*.
# > A bootstrap sample is as large as the original, and holds about 63.2 % of its different members: one is missed by all $N$ draws with probability $(1 - \frac{1}{N})^N \to e^{-1} \approx 0.368$.
#
# ### Exercise: a bootstrap sample
#
# Return arrays `x` and `y` of the original length, drawn from `rng`; an $x_i$ must stay with its $y_i$.

# %% [markdown] lang="ko"
# 처음에는 차수 5입니다. 잡음이 가장 클 때는 4이고, 잡음이 작을 때는 더 높아집니다.
# 가장 좋은 차수는 *합*이 가장 작은 곳입니다. 두 곡선이 거기에서 만난다면 우연일 뿐입니다.
# 표현력을 키우면 편향이 줄어드는 대신 분산이 늘어납니다. 데이터를 늘리면 아무 대가 없이 분산이 줄어듭니다. 잡음은 무엇으로도 줄지 않습니다.
#
# ## 4. 데이터 하나로 여러 개 만들기
#
# 우리에게는 천 팀이 아니라 데이터 하나가 있을 뿐입니다.
# **부트스트랩**(Efron 1979)은 여러 팀이 있는 것처럼 흉내 냅니다. 샘플 $N$개에서 $N$개를 *복원 추출*(뽑은 것을 도로 넣고 다시 뽑기)하므로, 어떤 것은 두 번 이상 나오고 어떤 것은 나오지 않습니다.
# 이렇게 뽑은 표본마다 모델이 크게 달라지면 분산이 큰 것입니다.
#
# > **흔히 이렇게 쓰지만, 틀렸습니다.**
# > "부트스트랩은 데이터 가운데 무작위로 고른 80 %로 학습하는 것이다."
# > 더 적은 수를 도로 넣지 않고 뽑는 것은 *부분 표본 추출*(subsampling)입니다.
# > 부트스트랩 표본은 원래 데이터와 크기가 같고, 서로 다른 샘플은 원래의 63.2 %쯤 들어 있습니다. 어떤 샘플이 $N$번 모두 뽑히지 않을 확률은 $(1 - \frac{1}{N})^N \to e^{-1} \approx 0.368$입니다.
#
# ### 연습: 부트스트랩 표본
#
# `rng`로 뽑은, 원래와 길이가 같은 배열 `x`와 `y`를 돌려줍니다. $x_i$와 $y_i$의 짝이 흐트러지면 안 됩니다.

# %% exercise="bootstrap"
def bootstrap(x, y, rng):
    """A bootstrap sample (x, y) of the same size: N pairs drawn from the N pairs, with replacement.

    >>> x, y = bootstrap(np.arange(5), 10 * np.arange(5), np.random.default_rng(0))
    >>> len(x), bool(np.all(y == 10 * x))
    (5, True)
    """
    ### BEGIN SOLUTION
    chosen = rng.integers(0, len(x), size=len(x))
    return np.asarray(x)[chosen], np.asarray(y)[chosen]
    ### END SOLUTION

# %% test="bootstrap" points=1
check(bootstrap)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(bootstrap, "03_optimization")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# Ten samples are far fewer than infinitely many.
# For small $N$, will the share of different samples be above or below 63.2 %?

# %% [markdown] lang="ko"
# 열 개는 무한과는 거리가 멉니다.
# $N$이 작으면 서로 다른 샘플의 비율은 63.2 %보다 클까요, 작을까요?

# %% show="only"
rng = np.random.default_rng(0)
for n in (2, 10, 100, 10_000):
    share = np.mean([len(np.unique(bootstrap(np.arange(n), np.arange(n), rng)[0])) / n for _ in range(400)])
    print(f"N = {n:5d}: {share:.1%} different samples, formula {1 - (1 - 1 / n) ** n:.1%}")

# %% [markdown] lang="en"
# Above; from about a hundred on the limit is good enough.
#
# ### 4.1 Bagging and boosting
#
# ![](figure:bagging_boosting)
#
# Both are *ensembles*: many models, one answer.
# **Bagging** (bootstrap aggregating, Breiman 1996) trains models independently, each on its own bootstrap sample, and averages them or lets them vote; what differs from sample to sample averages out, so the variance falls.
#
# ### Exercise: the vote
#
# Row $m$ of `votes` holds the labels that model $m$ gives to $N$ samples.
# Return the most frequent label of each *column*; if several are equally frequent, the smallest of them.
# Labels are names: the mean of a 1 and a 7 is no vote for 4.

# %% [markdown] lang="ko"
# 더 큽니다. 샘플이 백 개쯤만 되어도 극한값과 거의 같습니다.
#
# ### 4.1 배깅과 부스팅
#
# ![](figure:bagging_boosting)
#
# 둘 다 모델 여럿으로 답 하나를 내는 *앙상블*(ensemble)입니다.
# **배깅**(bootstrap aggregating, Breiman 1996)은 모델들을 서로 상관없이, 저마다의 부트스트랩 표본으로 학습시키고 평균을 내거나 투표를 합니다. 표본마다 들쭉날쭉하던 부분이 평균에서 지워지므로 분산이 줄어듭니다.
#
# ### 연습: 투표
#
# `votes`의 $m$번째 행에는 모델 $m$이 샘플 $N$개에 붙인 레이블이 들어 있습니다.
# *열*마다 가장 많이 나온 레이블을 돌려줍니다. 똑같이 많이 나온 것이 여럿이면 그 가운데 가장 작은 것으로 합니다.
# 레이블은 이름입니다. 1과 7의 평균을 낸다고 해서 4에 투표한 것이 되지는 않습니다.

# %% exercise="bagging_vote"
def bagging_vote(votes):
    """The most frequent label of each column of votes (M, N), integers; ties go to the smallest label; (N,).

    >>> bagging_vote(np.array([[7, 1, 2], [7, 3, 0], [1, 3, 1]]))
    array([7, 3, 0])
    """
    ### BEGIN SOLUTION
    votes = np.asarray(votes)
    labels = np.unique(votes)
    counts = np.array([(votes == label).sum(axis=0) for label in labels])
    return labels[counts.argmax(axis=0)]
    ### END SOLUTION

# %% test="bagging_vote" points=2
check(bagging_vote)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(bagging_vote, "03_optimization")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# **Boosting** trains one model after another, each more attentive to what the ones before got wrong.
#
# > **What is often written, and why it is wrong.**
# > "Boosting collects the samples that were predicted badly and trains the next model on those."
# > AdaBoost keeps *all* the data, in every round, and changes their weights: up where the last model was wrong, down where it was right.
# > A model that saw failures only would forget the rest.
#
# ### Exercise: one round of AdaBoost
#
# `weights` sum to 1 and `correct` says which samples the model of this round got right (Freund and Schapire 1997).
#
# $$\epsilon = \sum_{i\ \text{wrong}} w_i \qquad \alpha = \frac{1}{2}\ln\frac{1 - \epsilon}{\epsilon} \qquad w_i \leftarrow \frac{1}{Z}\, w_i \cdot \begin{cases} e^{-\alpha} & \text{right} \\ e^{\alpha} & \text{wrong} \end{cases}$$
#
# $Z$ makes the new weights sum to 1.
# The error $\epsilon$ is a sum of weights, not a share of samples; $\alpha$ is the model's own vote.
# With weights $0.2, 0.2, 0.4, 0.2$ and only the last one wrong, $\epsilon = 0.2$, $\alpha = \frac{1}{2}\ln 4 \approx 0.693$, and then the wrong one holds half of all the weight, as the wrong ones together do after every round.

# %% [markdown] lang="ko"
# **부스팅**은 모델을 하나씩 차례로 학습시키되, 앞의 모델들이 틀린 것에 점점 더 주의를 기울이게 합니다.
#
# > **흔히 이렇게 쓰지만, 틀렸습니다.**
# > "부스팅은 잘못 예측한 데이터만 모아서 다음 모델을 학습시킨다."
# > AdaBoost는 매번 데이터를 *모두* 쓰고 가중치만 바꿉니다. 방금 틀린 샘플은 가중치를 올리고 맞힌 샘플은 내립니다.
# > 틀린 것만 본 모델은 나머지를 잊어버리고 말 것입니다.
#
# ### 연습: AdaBoost 한 라운드
#
# `weights`의 합은 1이고, `correct`는 이번 라운드의 모델이 어느 샘플을 맞혔는지 알려 줍니다(Freund와 Schapire 1997).
#
# $$\epsilon = \sum_{i\ \text{wrong}} w_i \qquad \alpha = \frac{1}{2}\ln\frac{1 - \epsilon}{\epsilon} \qquad w_i \leftarrow \frac{1}{Z}\, w_i \cdot \begin{cases} e^{-\alpha} & \text{right} \\ e^{\alpha} & \text{wrong} \end{cases}$$
#
# $Z$는 새 가중치의 합을 1로 만드는 수입니다.
# 오차 $\epsilon$은 틀린 샘플의 비율이 아니라 가중치의 합입니다. $\alpha$는 이 모델이 행사하는 표의 무게입니다.
# 가중치가 $0.2, 0.2, 0.4, 0.2$이고 마지막 것만 틀렸다면 $\epsilon = 0.2$, $\alpha = \frac{1}{2}\ln 4 \approx 0.693$입니다. 그러고 나면 틀린 샘플이 전체 가중치의 절반을 차지합니다. 어느 라운드에서든 틀린 샘플들의 몫은 모두 합쳐 절반이 됩니다.

# %% exercise="adaboost_weights"
def adaboost_weights(weights, correct):
    """(new_weights, alpha) after one round of AdaBoost; weights (N,) sum to 1, correct (N,) is bool.

    >>> new_weights, alpha = adaboost_weights(np.array([0.2, 0.2, 0.4, 0.2]), np.array([True, True, True, False]))
    >>> new_weights.round(3), round(alpha, 3)
    (array([0.125, 0.125, 0.25 , 0.5  ]), 0.693)
    """
    ### BEGIN SOLUTION
    weights, correct = np.asarray(weights), np.asarray(correct)
    error = weights[~correct].sum()
    alpha = 0.5 * np.log((1.0 - error) / error)
    new_weights = weights * np.exp(np.where(correct, -alpha, alpha))
    return new_weights / new_weights.sum(), float(alpha)
    ### END SOLUTION

# %% test="adaboost_weights" points=2
check(adaboost_weights)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(adaboost_weights, "03_optimization")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# Now both on the same data: is a point inside a circle?
# One label in ten is wrong on purpose.
# The models are decision trees, which ask one question about one coordinate after another; a tree with a single question is a *stump*.
# `grow` returns a tree as a function; `depth` is the most questions in a row.

# %% [markdown] lang="ko"
# 이제 같은 데이터에 둘 다 써 봅시다. 점이 원 안에 있는지 맞히는 문제입니다.
# 레이블 열 개에 하나꼴은 일부러 틀리게 해 두었습니다.
# 모델은 좌표 하나에 대한 질문을 차례로 던지는 결정 트리(decision tree)입니다. 질문이 하나뿐인 트리를 *결정 그루터기*(decision stump)라고 합니다.
# `grow`는 트리를 함수로 돌려주고, `depth`는 잇따라 던지는 질문의 최대 개수입니다.

# %% show="only"
def grow(x, y, weights, depth):
    def mixed(split):
        right = x[:, split[0]] > split[1]
        sides = [(weights[s & y].sum(), weights[s & ~y].sum()) for s in (right, ~right)]
        return sum(yes * no / (yes + no + 1e-12) for yes, no in sides)

    axis, cut = min(((a, c) for a in (0, 1) for c in x[:, a]), key=mixed)
    right = x[:, axis] > cut
    if depth == 0 or right.all() or not right.any():
        guess = weights @ y > weights.sum() / 2
        return lambda z: np.full(len(z), guess)
    above, below = (grow(x[s], y[s], weights[s], depth - 1) for s in (right, ~right))
    return lambda z: np.where(z[:, axis] > cut, above(z), below(z))

# %% [markdown] lang="en"
# A stump alone is right for about 60 in 100: too simple, all bias.
# A full tree learns every wrong label by heart: all variance.
# Which of the two will bagging help?

# %% [markdown] lang="ko"
# 그루터기 하나는 100개 가운데 60개쯤 맞힙니다. 너무 단순해서 편향이 큽니다.
# 끝까지 키운 트리는 틀린 레이블까지 모두 외웁니다. 분산이 큽니다.
# 배깅은 둘 가운데 어느 쪽에 도움이 될까요?

# %% show="only"
rng = np.random.default_rng(1)
points, others = rng.uniform(-1, 1, (200, 2)), rng.uniform(-1, 1, (2000, 2))
inside, others_inside = (np.sum(p**2, axis=1) < 0.6 for p in (points, others))
flipped = rng.random(200) < 0.1
noisy, even = inside ^ flipped, np.full(200, 1 / 200)
for name, depth in (("stump", 1), ("full tree", 20)):
    one = np.mean(grow(points, noisy, even, depth)(others) == others_inside)
    votes = [grow(*bootstrap(points, noisy, rng), even, depth)(others).astype(int) for _ in range(25)]
    print(f"one {name}: {one:.1%}, bag of 25: {np.mean(bagging_vote(np.array(votes)) == others_inside):.1%}")

# %% [markdown] lang="en"
# The full trees: their variance is averaged away.
# The stumps get worse: each cuts off one side of the square, and is outvoted there by those that cut off another.
# Random forests are bagged trees in which every question may choose among a few coordinates only.
#
# What will 25 rounds of boosting make of the stumps?
# And how much of the weight will the flipped labels, about a tenth of the data, have drawn to themselves?

# %% [markdown] lang="ko"
# 끝까지 키운 트리에 도움이 됩니다. 평균을 내면 분산이 지워지기 때문입니다.
# 그루터기는 오히려 나빠집니다. 저마다 정사각형의 한쪽을 잘라 내는데, 거기서는 다른 쪽을 자른 그루터기들이 표로 이깁니다.
# 랜덤 포레스트(random forest)는 트리를 배깅하되, 질문마다 좌표 몇 개 가운데에서만 고르게 한 것입니다.
#
# 부스팅을 25라운드 하면 그루터기들은 어떻게 될까요?
# 그리고 데이터의 십분의 일쯤인 틀린 레이블은 가중치를 얼마나 끌어모았을까요?

# %% show="only"
weights, total = even, 0.0
for _ in range(25):
    stump = grow(points, noisy, weights, 1)
    weights, alpha = adaboost_weights(weights, stump(points) == noisy)
    total = total + alpha * np.where(stump(others), 1, -1)
print(f"25 boosted stumps: {np.mean((total > 0) == others_inside):.1%}")
print(f"{flipped.mean():.1%} of the labels are flipped and hold {weights[flipped].sum():.1%} of the weight")

# %% [markdown] lang="en"
# Boosting makes one good model out of 25 poor ones: it lowers the bias, which bagging could not.
# Its price: the flipped labels hold twice their share of the weight, for boosting cannot tell a hard sample from a wrong one.
# Bagging gives every sample the same chance, wrong or not.
#
# ## 5. Gradient descent in portions
#
# Which samples is the gradient of a step computed from?
#
# | method | samples a step | a step is | steps an epoch |
# |---|---|---|---|
# | stochastic gradient descent | $1$ | cheap and noisy | $N$ |
# | mini-batch gradient descent | $B$, often 16 to 512 | in between | $\lceil N / B \rceil$ |
# | batch gradient descent | all $N$ | expensive and exact | $1$ |
#
# The mean over a random batch is the full gradient on average; its standard deviation falls as $1 / \sqrt{B}$.
# So four times the work buys half the noise.
# Mini-batches are what is used nearly always, and "SGD" usually means them.
#
# ### Exercise: mini-batches
#
# Cut the shuffled indices into batches of `batch_size`.
# If something remains, it makes a smaller last batch: drop nothing, repeat nothing, and do not even out the sizes.

# %% [markdown] lang="ko"
# 부스팅은 서툰 모델 25개로 좋은 모델 하나를 만듭니다. 배깅이 줄이지 못한 편향을 줄인 것입니다.
# 그 대가로, 틀린 레이블이 제 몫의 두 배나 되는 가중치를 차지합니다. 부스팅은 어려운 샘플과 잘못된 샘플을 가리지 못하기 때문입니다.
# 배깅에서는 옳은 레이블이든 틀린 레이블이든 뽑힐 확률이 같습니다.
#
# ## 5. 데이터를 나누어 쓰는 경사 하강법
#
# 한 걸음의 기울기를 어느 샘플들로 계산할까요?
#
# | 방법 | 한 걸음에 쓰는 샘플 | 한 걸음의 성질 | 에포크마다 걸음 수 |
# |---|---|---|---|
# | 확률적 경사 하강법(stochastic gradient descent) | $1$ | 싸고 잡음이 많다 | $N$ |
# | 미니배치 경사 하강법 | $B$, 흔히 16에서 512 | 그 중간 | $\lceil N / B \rceil$ |
# | 배치 경사 하강법(batch gradient descent) | 모두 $N$ | 비싸고 정확하다 | $1$ |
#
# 무작위 배치의 평균 기울기는 평균적으로 전체 기울기와 같고, 그 표준편차는 $1 / \sqrt{B}$에 비례하여 줄어듭니다.
# 그래서 잡음을 절반으로 줄이려면 네 배를 계산해야 합니다.
# 실제로는 거의 언제나 미니배치를 쓰고, 흔히 "SGD"라고 하면 이것을 가리킵니다.
#
# ### 연습: 미니배치
#
# 섞은 인덱스를 `batch_size`개씩 배치로 자릅니다.
# 남는 것이 있으면 더 작은 마지막 배치가 됩니다. 빠뜨리지도, 되풀이하지도, 크기를 고르게 맞추지도 않습니다.

# %% exercise="minibatches"
def minibatches(n, batch_size, rng):
    """A list of index arrays that together hold 0 ... n - 1 once each, shuffled; only the last may be smaller.

    >>> [len(batch) for batch in minibatches(10, 4, np.random.default_rng(0))]
    [4, 4, 2]
    """
    ### BEGIN SOLUTION
    order = rng.permutation(n)
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]
    ### END SOLUTION

# %% test="minibatches" points=2
check(minibatches)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(minibatches, "03_optimization")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ### 5.1 Batch size, flat and sharp minima
#
# ![](figure:flat_sharp)
#
# A famous observation: small batches tend to end in flat minima, large ones in sharp minima, and flat ones suffer less when test data shift the loss a little.
# To see for ourselves we need a measure.
#
# ### Exercise: sharpness
#
# How much does the loss rise on average when the parameters $w$ are pushed by a distance $r$?
#
# $$\frac{1}{M}\sum_{m=1}^{M}\left[\mathcal{L}\!\left(w + r\,\frac{d_m}{\lVert d_m \rVert}\right) - \mathcal{L}(w)\right]$$
#
# The $d_m$ are the rows of `directions`; each is scaled to length `radius` first, for their own lengths mean nothing.
# `loss` takes an array like `w` and returns a float.

# %% [markdown] lang="ko"
# ### 5.1 배치 크기, 평평한 극소점과 날카로운 극소점
#
# ![](figure:flat_sharp)
#
# 널리 알려진 관찰이 있습니다. 작은 배치는 평평한 극소점에, 큰 배치는 날카로운 극소점(sharp minimum)에 도착하는 경향이 있고, 테스트 데이터에서 손실의 모양이 조금 옮겨지더라도 평평한 쪽은 덜 나빠진다는 것입니다.
# 직접 확인하려면 날카로움을 재는 자가 있어야 합니다.
#
# ### 연습: 날카로움
#
# 파라미터 $w$를 거리 $r$만큼 밀면 손실은 평균적으로 얼마나 올라갈까요? 이것을 날카로움(sharpness)이라고 합시다.
#
# $$\frac{1}{M}\sum_{m=1}^{M}\left[\mathcal{L}\!\left(w + r\,\frac{d_m}{\lVert d_m \rVert}\right) - \mathcal{L}(w)\right]$$
#
# $d_m$은 `directions`의 행입니다. 행의 길이에는 뜻이 없으므로 먼저 길이를 `radius`로 맞춥니다.
# `loss`는 `w`와 모양이 같은 배열을 받아 float를 돌려줍니다.

# %% exercise="sharpness"
def sharpness(loss, w, directions, radius):
    """Mean of loss(w + d) - loss(w) over the rows d of directions (M, D), each scaled to length radius; w (D,).

    >>> sharpness(lambda w: float(np.sum(w**2)), np.zeros(2), np.array([[3.0, 4.0], [0.0, 7.0]]), 0.5)
    0.25
    """
    ### BEGIN SOLUTION
    w, directions = np.asarray(w), np.asarray(directions)
    lengths = np.linalg.norm(directions, axis=1, keepdims=True)
    rises = [loss(w + d) - loss(w) for d in radius * directions / lengths]
    return float(np.mean(rises))
    ### END SOLUTION

# %% test="sharpness" points=2
check(sharpness)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(sharpness, "03_optimization")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# The experiment: a 64-32-10 ReLU network without biases, its 2368 weights in one vector, on the digits of chapter 2.
# `network` returns the loss and the gradient.

# %% [markdown] lang="ko"
# 실험에는 편향이 없는 64-32-10 ReLU 신경망을 씁니다. 가중치 2368개를 벡터 하나에 담고, 2장의 숫자 이미지로 학습시킵니다.
# `network`는 손실과 기울기를 돌려줍니다.

# %% show="only"
from dlbasic import digits

x_train, labels_train, x_test, labels_test = digits()


def network(w, images, labels):
    w1, w2 = w[:2048].reshape(64, 32), w[2048:].reshape(32, 10)
    hidden = np.maximum(images @ w1, 0)
    odds = np.exp(hidden @ w2)
    p = odds / odds.sum(axis=1, keepdims=True)
    d_scores = (p - np.eye(10)[labels]) / len(images)
    d_w1 = images.T @ (d_scores @ w2.T * (hidden > 0))
    loss = -np.log(np.sum(p * np.eye(10)[labels], axis=1)).mean()
    return loss, np.concatenate([d_w1.ravel(), (hidden.T @ d_scores).ravel()])

# %% [markdown] lang="en"
# To be fair, every batch size trains from the same start until the training loss is $0.05$, however long that takes.
# One thing is easily overlooked: with the same number of *epochs*, a batch of 8 takes 60 times as many steps as one of 512.

# %% [markdown] lang="ko"
# 공정하게 견주려고, 배치 크기가 얼마든 같은 곳에서 출발하여 학습 손실이 $0.05$가 될 때까지 학습시킵니다. 얼마나 걸리든 상관하지 않습니다.
# 놓치기 쉬운 점이 하나 있습니다. *에포크* 수가 같다면 배치 크기가 8일 때의 걸음 수는 512일 때의 60배입니다.

# %% show="only"
def train(batch_size, seed, lr=0.5):
    rng, epochs, steps = np.random.default_rng(seed), 0, 0
    w = np.concatenate([rng.normal(0, 0.18, 2048), rng.normal(0, 0.25, 320)])
    while epochs < 1000 and network(w, x_train, labels_train)[0] > 0.05:
        for batch in minibatches(len(x_train), batch_size, rng):
            w, steps = w - lr * network(w, x_train[batch], labels_train[batch])[1], steps + 1
        epochs += 1
    return w, epochs, steps


def accuracy(w, images, labels):
    scores = np.maximum(images @ w[:2048].reshape(64, 32), 0) @ w[2048:].reshape(32, 10)
    return np.mean(scores.argmax(axis=1) == labels)

# %% [markdown] lang="en"
# Three predictions for batches of 8, 64 and 512, each from three starts: in which order will the sharpness come, in which order the test accuracy, and how many steps will each need?
# (Nine networks learn here: it takes a moment.)

# %% [markdown] lang="ko"
# 배치 크기를 8, 64, 512로 하여 저마다 출발점 세 곳에서 학습시킵니다. 세 가지를 예상해 봅시다. 날카로움은 어떤 순서로 나올까요? 테스트 정확도의 순서는 어떨까요? 저마다 몇 걸음이나 필요할까요?
# (신경망 아홉 개가 학습하므로 조금 기다려야 합니다.)

# %% show="only"
pushes = np.random.default_rng(9).normal(size=(20, 2368))
for size in (8, 64, 512):
    runs = [train(size, seed) for seed in range(3)]
    sharp = np.mean([sharpness(lambda v: network(v, x_train, labels_train)[0], w, pushes, 4.0) for w, _, _ in runs])
    right = np.mean([accuracy(w, x_test, labels_test) for w, _, _ in runs])
    epochs, steps = np.mean([run[1:] for run in runs], axis=0)
    print(f"batch {size:3d}: {epochs:4.0f} epochs, {steps:5.0f} steps, sharpness {sharp:.4f}, test accuracy {right:.1%}")

# %% [markdown] lang="en"
# The tendency is there: the batch of 8 ends in the flattest place.
# But look at the rest: it took the most steps, and the accuracies differ by about two of 359 pictures, which is chance.
#
# > **What is often written, and why it is wrong.**
# > "It has been shown that smaller batches are better, because they find flat minima."
# > Keskar et al. (2017) showed a *tendency*, in a particular set-up.
# > Hoffer et al. (2017) closed much of the gap by giving large batches as many *steps*; Goyal et al. (2017) trained on ImageNet with batches of 8192 and lost no accuracy, by raising the learning rate in proportion and warming it up.
# > And Dinh et al. (2017) showed that sharpness, measured like this, can be made as large as you like.
#
# Dinh's argument takes one line: $\mathrm{relu}(\alpha z) = \alpha\, \mathrm{relu}(z)$ for $\alpha > 0$, so multiply the first layer by $\alpha$ and divide the second by $\alpha$.
# The function is the same; what about the sharpness for $\alpha = 10$?

# %% [markdown] lang="ko"
# 경향은 분명히 있습니다. 배치 크기가 8일 때 가장 평평한 곳에 도착했습니다.
# 하지만 나머지도 보십시오. 그때 걸음 수가 가장 많았고, 정확도의 차이는 이미지 359장 가운데 두 장쯤이어서 우연이라고 보아야 합니다.
#
# > **흔히 이렇게 쓰지만, 틀렸습니다.**
# > "배치가 작을수록 평평한 극소점을 찾으므로 유리하다는 것이 밝혀졌다."
# > Keskar 등(2017)이 보인 것은 정해진 조건에서 나타나는 *경향*입니다.
# > Hoffer 등(2017)은 큰 배치에도 *걸음 수*를 똑같이 주어 차이를 거의 없앴고, Goyal 등(2017)은 학습률을 배치 크기에 비례하여 키우고 처음에는 서서히 올리는 방법으로, ImageNet을 배치 크기 8192로 학습시키고도 정확도를 잃지 않았습니다.
# > 그리고 Dinh 등(2017)은 이렇게 잰 날카로움은 얼마든지 키울 수 있다는 것을 보였습니다.
#
# Dinh의 논증은 한 줄이면 됩니다. $\alpha > 0$이면 $\mathrm{relu}(\alpha z) = \alpha\, \mathrm{relu}(z)$이므로, 첫 층에 $\alpha$를 곱하고 둘째 층을 $\alpha$로 나눕니다.
# 함수는 똑같습니다. $\alpha = 10$이면 날카로움은 어떻게 될까요?

# %% show="only"
minimum = train(64, 0)[0]
for alpha in (1, 3, 10):
    w = np.concatenate([minimum[:2048] * alpha, minimum[2048:] / alpha])
    sharp = sharpness(lambda v: network(v, x_train, labels_train)[0], w, pushes, 4.0)
    print(f"alpha = {alpha:2d}: sharpness {sharp:8.4f}, test accuracy {accuracy(w, x_test, labels_test):.3%}")

# %% [markdown] lang="en"
# ### Explore: sharpness
#
# The explorer holds minima of a smaller network, found with five batch sizes and ten starts each, and stopped by three rules: equal epochs, equal steps, equal training loss.
# Which batch size reads the held-out digits best under each rule?
# And for the third rule: which rescaling makes the minimum of the smallest batch look sharper than all the others?

# %% [markdown] lang="ko"
# ### 탐구: 날카로움
#
# 더 작은 신경망의 극소점들이 준비되어 있습니다. 배치 크기 다섯 가지마다 출발점 열 곳에서 찾았고, 멈추는 규칙은 세 가지입니다. 에포크 수가 같을 때, 걸음 수가 같을 때, 학습 손실이 같을 때 멈춥니다.
# 따로 떼어 둔 숫자를 가장 잘 읽는 배치 크기는 각 규칙에서 얼마일까요?
# 셋째 규칙에서, 가장 작은 배치로 찾은 극소점이 나머지보다 날카롭게 보이려면 스케일을 얼마로 바꾸어야 할까요?

# %% show="only"
from dlbasic import sharpness_explorer

sharpness_explorer()

# %% [markdown] lang="en"
# After equal epochs the small batches win, having taken the most steps; batches of 4 and 16 are level within their error bars.
# After equal steps the smallest batch is last, though it is the flattest, and at equal training loss all are level within theirs.
# A factor of $2.5$, up or down, is enough to make it look sharper than the rest, and changes no prediction.
# Sharpness in this sense is no property of the function, so by itself it cannot explain generalization.
#
# ## 6. Down the hill: gradient descent and momentum
#
# ### 6.1 Gradient descent
#
# It is a *first-order iterative* method: it uses only first derivatives, again and again, to find a *local* minimum.
#
# $$w_{t+1} = w_t - \eta\, g_t \qquad g_t = \nabla \mathcal{L}(w_t)$$
#
# ### Exercise: one step
#
# Return the new parameters as a new array; `w -= ...` would change the caller's array.

# %% [markdown] lang="ko"
# 에포크 수를 똑같이 하면 걸음이 많은 작은 배치가 이깁니다. 다만 배치 크기 4와 16의 차이는 오차 막대 안에 있습니다.
# 걸음 수를 똑같이 하면 가장 작은 배치가 가장 평평한데도 꼴찌이고, 학습 손실을 똑같이 하면 모두 오차 막대 안에서 비슷합니다.
# 그 극소점의 스케일을 $2.5$배로 키우거나 그만큼 줄이기만 해도 나머지보다 날카롭게 보이지만, 예측은 하나도 바뀌지 않습니다.
# 이런 뜻의 날카로움은 함수의 성질이 아니므로, 그것만으로는 일반화를 설명할 수 없습니다.
#
# ## 6. 언덕 내려가기: 경사 하강법과 모멘텀
#
# ### 6.1 경사 하강법
#
# 경사 하강법은 *일차 반복법*입니다. 일차 도함수만 되풀이해 써서 손실의 *극소점*(local minimum, 국소 최소점)을 찾습니다.
#
# $$w_{t+1} = w_t - \eta\, g_t \qquad g_t = \nabla \mathcal{L}(w_t)$$
#
# ### 연습: 한 걸음
#
# 새 파라미터를 새 배열로 돌려줍니다. `w -= ...`라고 쓰면 부르는 쪽의 배열이 바뀝니다.

# %% exercise="gd_step"
def gd_step(w, g, lr):
    """The parameters after one step of gradient descent, as a new array; w and g have one shape.

    >>> gd_step(np.array([1.0, 2.0]), np.array([0.5, -1.0]), 0.5)
    array([0.75, 2.5 ])
    """
    ### BEGIN SOLUTION
    return np.asarray(w) - lr * np.asarray(g)
    ### END SOLUTION

# %% test="gd_step" points=1
check(gd_step)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(gd_step, "03_optimization")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# "Local" is to be taken seriously.
# The curve $w^4 - 2w^2 + 0.5w$ has two valleys; the left one is deeper.
# From which of these three starts will the walk end in the deeper one?

# %% [markdown] lang="ko"
# '극소'라는 말을 가볍게 보면 안 됩니다.
# 곡선 $w^4 - 2w^2 + 0.5w$에는 골짜기가 둘 있고, 왼쪽이 더 깊습니다.
# 다음 세 출발점 가운데 어디에서 떠나야 더 깊은 골짜기에 이를까요?

# %% show="only"
for start in (-1.5, 0.0, 0.5):
    w = np.array([start])
    for _ in range(100):
        w = gd_step(w, 4 * w**3 - 4 * w + 0.5, 0.05)
    print(f"from {start:4.1f} to {w[0]:.3f}, height {(w**4 - 2 * w**2 + 0.5 * w)[0]:.3f}")

# %% [markdown] lang="en"
# From $-1.5$ and from $0$: there the slope is $0.5$, so the way down leads to the left.
#
# ### Exercise: the largest stable learning rate
#
# Near a minimum every smooth loss looks like a quadratic $\frac{1}{2} w^\top H w$, with the Hessian $H$ of second derivatives.
# Its gradient is $Hw$, so along an eigenvector with eigenvalue $\lambda$ a step multiplies the distance by $1 - \eta\lambda$.
# The distance shrinks if $|1 - \eta\lambda| < 1$, that is, if $0 < \eta < \frac{2}{\lambda}$; the *steepest* direction allows the least:
#
# $$\eta_{\max} = \frac{2}{\lambda_{\max}}$$
#
# $H$ is symmetric with positive eigenvalues, but need not be diagonal; `np.linalg.eigvalsh` knows them.

# %% [markdown] lang="ko"
# $-1.5$와 $0$입니다. 둘째 출발점의 기울기는 $0.5$이므로 내리막이 왼쪽으로 나 있습니다.
#
# ### 연습: 안정한 학습률의 한계
#
# 매끄러운 손실은 극소점 가까이에서 이차식 $\frac{1}{2} w^\top H w$처럼 보입니다. $H$는 이차 도함수로 된 헤세 행렬(Hessian)입니다.
# 기울기가 $Hw$이므로, 고윳값(eigenvalue)이 $\lambda$인 고유벡터 방향에서는 한 걸음마다 거리에 $1 - \eta\lambda$가 곱해집니다.
# $|1 - \eta\lambda| < 1$이면, 곧 $0 < \eta < \frac{2}{\lambda}$이면 거리가 줄어듭니다. *가장 가파른* 방향의 한계가 가장 작습니다.
#
# $$\eta_{\max} = \frac{2}{\lambda_{\max}}$$
#
# $H$는 고윳값이 모두 양수인 대칭 행렬이지만 대각행렬이 아닐 수도 있습니다. 고윳값은 `np.linalg.eigvalsh`로 구합니다.

# %% exercise="max_stable_lr"
def max_stable_lr(hessian):
    """The largest learning rate at which gradient descent on a quadratic with this Hessian (D, D) converges; a float.

    >>> max_stable_lr(np.array([[1.0, 0.0], [0.0, 25.0]]))
    0.08
    """
    ### BEGIN SOLUTION
    return float(2.0 / np.linalg.eigvalsh(hessian).max())
    ### END SOLUTION

# %% test="max_stable_lr" points=1
check(max_stable_lr)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(max_stable_lr, "03_optimization")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# Do you remember the limit $0.139$ of chapter 2, found by moving a slider?
# There the Hessian of the plant's MSE was constant, $H = 2 \begin{pmatrix} \overline{x^2} & \overline{x} \\ \overline{x} & 1 \end{pmatrix}$, where a bar is the mean over the weeks.
# Will your function agree?

# %% [markdown] lang="ko"
# 2장에서 슬라이더를 움직여 찾은 한계 $0.139$가 기억납니까?
# 그 식물 데이터에서 MSE의 헤세 행렬은 상수 $H = 2 \begin{pmatrix} \overline{x^2} & \overline{x} \\ \overline{x} & 1 \end{pmatrix}$이었습니다. 위의 가로줄은 모든 주에 대한 평균을 뜻합니다.
# 여러분의 함수도 같은 값을 낼까요?

# %% show="only"
weeks = np.array([0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0])
limit = max_stable_lr(2 * np.array([[np.mean(weeks**2), np.mean(weeks)], [np.mean(weeks), 1.0]]))
print(f"largest stable learning rate: {limit:.4f}")

# %% [markdown] lang="en"
# It does: chapter 2's slider showed a computed fact.
#
# **Where gradient descent fails:** in a long narrow valley.
# The steep direction limits $\eta$, and the flat one then crawls.
# How bad it is depends on the *condition number* $\kappa = \lambda_{\max} / \lambda_{\min}$.
# Even with the best rate, $\eta = \frac{2}{\lambda_{\min} + \lambda_{\max}}$: if $\kappa$ grows tenfold, how will the number of steps grow?

# %% [markdown] lang="ko"
# 같습니다. 2장의 슬라이더에서 본 것은 계산으로 얻을 수 있는 값이었습니다.
#
# **경사 하강법이 실패하는 곳:** 길고 좁은 골짜기입니다.
# 가파른 방향이 $\eta$를 제한하고, 그러면 완만한 방향으로는 기어가게 됩니다.
# 얼마나 나빠지는지는 *조건수*(condition number) $\kappa = \lambda_{\max} / \lambda_{\min}$에 달려 있습니다.
# 가장 좋은 학습률 $\eta = \frac{2}{\lambda_{\min} + \lambda_{\max}}$를 써도 그렇습니다. $\kappa$가 열 배가 되면 걸음 수는 어떻게 늘어날까요?

# %% show="only"
def steps_until_near(step, curvature, limit=5000):
    w, state = np.ones(2), {}
    for t in range(limit):
        if np.linalg.norm(w) < 0.01:
            return t
        w, state = step(w, curvature * w, state)
    return f"more than {limit}"


for kappa in (10, 100, 1000):
    lr = 2 / (1 + kappa)
    steps = steps_until_near(lambda w, g, s, lr=lr: (gd_step(w, g, lr), s), np.array([1.0, kappa]))
    print(f"condition number {kappa:4d}: {steps} steps")

# %% [markdown] lang="en"
# Tenfold as well.
#
# ### 6.2 Momentum
#
# Momentum (Polyak 1964) **mends** this: it remembers where it was going.
#
# $$a_{t+1} = \beta a_t + g_t \qquad w_{t+1} = w_t - \eta\, a_{t+1}$$
#
# In the valley, the zigzag parts of successive gradients cancel and the parts along the valley add up, to $\frac{1}{1 - \beta}$ times a single one if the slope stays the same.
#
# ### Exercise: a step with memory
#
# What must be remembered lives in `state`, a dict: `{}` before the first step (then $a_0 = 0$), and afterwards whatever your last call returned.
# Return `(w, state)` with a *new* dict; the old one stays as it was, so that a step can be repeated.
# Some texts write $a \leftarrow \beta a + (1 - \beta) g$; that is another convention, with another $\eta$.

# %% [markdown] lang="ko"
# 똑같이 열 배가 됩니다.
#
# ### 6.2 모멘텀
#
# 모멘텀(momentum, Polyak 1964)은 이 점을 **고칩니다**. 가던 방향을 기억하는 것입니다.
#
# $$a_{t+1} = \beta a_t + g_t \qquad w_{t+1} = w_t - \eta\, a_{t+1}$$
#
# 골짜기에서 이어지는 기울기들을 더하면 좌우로 흔들리는 부분은 서로 지워지고 골짜기를 따르는 부분은 쌓입니다. 경사가 그대로라면 한 번의 $\frac{1}{1 - \beta}$배까지 쌓입니다.
#
# ### 연습: 기억이 있는 걸음
#
# 기억할 것은 딕셔너리 `state`에 담습니다. 첫걸음 전에는 `{}`이고(이때 $a_0 = 0$), 그다음부터는 여러분이 직전에 돌려준 것이 그대로 들어옵니다.
# `(w, state)`를 *새* 딕셔너리로 돌려줍니다. 예전 것은 그대로 두어야 같은 걸음을 되풀이해 볼 수 있습니다.
# $a \leftarrow \beta a + (1 - \beta) g$라고 쓰는 책도 있는데, 이것은 관례가 다를 뿐이고, 그때는 $\eta$의 크기도 달라집니다.

# %% exercise="momentum_step"
def momentum_step(w, g, state, lr, beta):
    """(w, state) after one step with momentum; state is a dict, {} before the first step, and never changed in place.

    >>> w, state = momentum_step(np.array([1.0]), np.array([2.0]), {}, 0.25, 0.5)
    >>> w, momentum_step(w, np.array([2.0]), state, 0.25, 0.5)[0]
    (array([0.5]), array([-0.25]))
    """
    ### BEGIN SOLUTION
    a = beta * state.get("a", 0.0) + np.asarray(g)
    return np.asarray(w) - lr * a, {"a": a}
    ### END SOLUTION

# %% test="momentum_step" points=2
check(momentum_step)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(momentum_step, "03_optimization")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# The best values for a quadratic valley with $\lambda_{\min} = 1$ are known: $\eta = \frac{4}{(1 + \sqrt{\kappa})^2}$ and $\beta = \left(\frac{\sqrt{\kappa} - 1}{\sqrt{\kappa} + 1}\right)^2$.
# Gradient descent needed about 25, 250 and 2500 steps.
# If only $\sqrt{\kappa}$ counts now, what do you expect?

# %% [markdown] lang="ko"
# $\lambda_{\min} = 1$인 이차식 골짜기에서 가장 좋은 값은 알려져 있습니다. $\eta = \frac{4}{(1 + \sqrt{\kappa})^2}$와 $\beta = \left(\frac{\sqrt{\kappa} - 1}{\sqrt{\kappa} + 1}\right)^2$입니다.
# 경사 하강법에는 25, 250, 2500걸음쯤이 필요했습니다.
# 이제 $\sqrt{\kappa}$만 문제가 된다면 몇 걸음을 예상합니까?

# %% show="only"
for kappa in (10, 100, 1000):
    lr, beta = 4 / (1 + kappa**0.5) ** 2, ((kappa**0.5 - 1) / (kappa**0.5 + 1)) ** 2
    steps = steps_until_near(lambda w, g, s, lr=lr, b=beta: momentum_step(w, g, s, lr, b), np.array([1.0, kappa]))
    print(f"condition number {kappa:4d}: {steps} steps with momentum {beta:.3f}")

# %% [markdown] lang="en"
# ### Explore: learning rate and momentum
#
# Along a direction of curvature $\lambda$, momentum behaves like a ball on a spring.
# For $\eta\lambda < 1$ it comes to rest without swinging if $\beta \leq (1 - \sqrt{\eta\lambda})^2$; equality is *critical damping*, and more momentum makes it swing.
# It stays stable for $\eta < \frac{2(1 + \beta)}{\lambda}$; in the explorer $\lambda_{\max} = 1$, so plain descent is stable below 2.
# For a condition number of about 30, which pair arrives soonest, and does the flat direction swing there?

# %% [markdown] lang="ko"
# ### 탐구: 학습률과 모멘텀
#
# 곡률(curvature)이 $\lambda$인 방향에서 모멘텀은 용수철에 매달린 공처럼 움직입니다.
# $\eta\lambda < 1$일 때 $\beta \leq (1 - \sqrt{\eta\lambda})^2$이면 흔들리지 않고 멈춥니다. 등호가 성립할 때를 *임계 감쇠*(critical damping)라고 하고, 모멘텀이 그보다 크면 흔들립니다.
# $\eta < \frac{2(1 + \beta)}{\lambda}$이면 안정합니다. 아래 그림에서는 $\lambda_{\max} = 1$이므로 보통의 경사 하강법은 2보다 작을 때 안정합니다.
# 조건수가 30쯤일 때 두 값을 얼마로 해야 가장 먼저 도착할까요? 그때 완만한 방향은 흔들릴까요?

# %% show="only"
from dlbasic import lr_explorer

lr_explorer(gd_step, momentum_step)

# %% [markdown] lang="en"
# The pair at the star: about $\eta = 2.86$ and $\beta = 0.48$.
# The flat direction does not swing there: it is critically damped, $\sqrt{\beta} = 1 - \sqrt{\eta\lambda_{\min}}$.
# The steep one is as close to the other edge of swinging, $\sqrt{\beta} = \sqrt{\eta\lambda_{\max}} - 1$, and changes sides at every step.
#
# **Where momentum fails:** with too much of it.
# It cannot brake before it has passed the minimum, and swings to and fro: push $\beta$ to its end in the explorer.
#
# ### 6.3 Nesterov
#
# ![](figure:momentum_nesterov)
#
# Nesterov's accelerated gradient (1983) **mends** that by looking ahead: the memory will carry us to $w_t - \eta\beta a_t$ anyway, so ask for the slope *there*.
#
# $$a_{t+1} = \beta a_t + \nabla\mathcal{L}(w_t - \eta\beta a_t) \qquad w_{t+1} = w_t - \eta\, a_{t+1}$$
#
# If the slope ahead points back, the brake comes one step earlier.
#
# ### Exercise: look ahead
#
# You get the *function* `grad` instead of a gradient; call it once, at the point ahead.

# %% [markdown] lang="ko"
# 별표가 놓인 곳, 곧 $\eta = 2.86$, $\beta = 0.48$ 근처입니다. 거기서 완만한 방향은 흔들리지 않고 임계 감쇠, 곧 $\sqrt{\beta} = 1 - \sqrt{\eta\lambda_{\min}}$이 됩니다.
# 가파른 방향은 흔들림의 반대쪽 경계인 $\sqrt{\beta} = \sqrt{\eta\lambda_{\max}} - 1$에 있고, 걸음마다 반대편으로 넘어갑니다.
#
# **모멘텀이 실패하는 곳:** 모멘텀이 너무 클 때입니다.
# 극소점을 지나치기 전에는 멈출 줄 몰라서 왔다 갔다 합니다. 탐구 그림에서 $\beta$를 끝까지 올려 보십시오.
#
# ### 6.3 Nesterov
#
# ![](figure:momentum_nesterov)
#
# Nesterov의 가속 기울기법(1983)은 앞을 내다보아 이 점을 **고칩니다**. 어차피 가던 기세로 $w_t - \eta\beta a_t$까지 갈 테니, *거기*의 기울기를 미리 묻는 것입니다.
#
# $$a_{t+1} = \beta a_t + \nabla\mathcal{L}(w_t - \eta\beta a_t) \qquad w_{t+1} = w_t - \eta\, a_{t+1}$$
#
# 앞쪽의 기울기가 되돌아오는 방향이면 한 걸음 먼저 멈추게 됩니다.
#
# ### 연습: 앞을 내다보기
#
# 기울기 대신 *함수* `grad`를 받습니다. 내다본 점에서 한 번 부릅니다.

# %% exercise="nesterov_step"
def nesterov_step(w, grad, state, lr, beta):
    """(w, state) after one step of Nesterov's method; grad(w) is a function; state is {} before the first step.

    >>> w, state = nesterov_step(np.array([1.0]), lambda w: 2 * w, {}, 0.25, 0.5)
    >>> w, nesterov_step(w, lambda w: 2 * w, state, 0.25, 0.5)[0]
    (array([0.5]), array([0.125]))
    """
    ### BEGIN SOLUTION
    w, a = np.asarray(w), state.get("a", 0.0)
    a = beta * a + np.asarray(grad(w - lr * beta * a))
    return w - lr * a, {"a": a}
    ### END SOLUTION

# %% test="nesterov_step" points=2
check(nesterov_step)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(nesterov_step, "03_optimization")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# The same valley, $\kappa = 30$, the same rate and far too much momentum for both.
# How far from the minimum will each be after 50, 100 and 200 steps?

# %% [markdown] lang="ko"
# $\kappa = 30$인 골짜기에서 둘의 학습률을 같게 하고 모멘텀은 지나치게 크게 합니다.
# 50, 100, 200걸음 뒤에 저마다 극소점에서 얼마나 떨어져 있을까요?

# %% show="only"
curvature = np.array([1.0, 30.0])


def distances(step, at=(50, 100, 200)):
    w, state, seen = np.array([-2.0, 2.0]), {}, {}
    for t in range(1, max(at) + 1):
        w, state = step(w, state)
        seen[t] = float(np.linalg.norm(w).round(4))
    return [seen[t] for t in at]


print("momentum:", distances(lambda w, state: momentum_step(w, curvature * w, state, 0.03, 0.95)))
print("Nesterov:", distances(lambda w, state: nesterov_step(w, lambda v: curvature * v, state, 0.03, 0.95)))

# %% [markdown] lang="en"
# > **What is often written, and why it is wrong.**
# > "Nesterov's method (sometimes misspelt Nestrerov) is proven to reach the minimum."
# > What is proven is a *rate*, for convex smooth losses and suitable $\eta$ and $\beta$: the height above the minimum falls like $1/t^2$, where plain descent guarantees $1/t$.
# > A network's loss is not convex, and no such promise holds there.
#
# **Where Nesterov fails:** the promise needs a small enough $\eta$.
# On a quadratic the limit is $\frac{2(1 + \beta)}{(1 + 2\beta)\lambda_{\max}}$, which is *below* that of momentum.
# With $\beta = 0.9$ and $\lambda_{\max} = 30$ it is $0.045$ against $0.127$.
# What happens at $\eta = 0.06$?

# %% [markdown] lang="ko"
# > **흔히 이렇게 쓰지만, 틀렸습니다.**
# > "Nesterov 방법(Nestrerov라고 잘못 적기도 합니다)은 극소점에 도달한다는 것이 증명되었다."
# > 증명된 것은 볼록하고 매끄러운 손실에서 $\eta$와 $\beta$를 알맞게 잡았을 때의 *속도*입니다. 최솟값과의 차이가 $1/t^2$에 비례하여 줄어드는데, 보통의 경사 하강법이 보장하는 것은 $1/t$입니다.
# > 신경망의 손실은 볼록하지 않아서 그런 보장이 없습니다.
#
# **Nesterov가 실패하는 곳:** $\eta$가 충분히 작지 않으면 그 보장은 사라집니다.
# 이차식에서 그 한계는 $\frac{2(1 + \beta)}{(1 + 2\beta)\lambda_{\max}}$이고, 모멘텀의 한계보다 *작습니다*.
# $\beta = 0.9$, $\lambda_{\max} = 30$이면 모멘텀은 $0.127$, Nesterov는 $0.045$입니다.
# $\eta = 0.06$이면 어떻게 될까요?

# %% show="only"
print("momentum:", distances(lambda w, state: momentum_step(w, curvature * w, state, 0.06, 0.9)))
print("Nesterov:", distances(lambda w, state: nesterov_step(w, lambda v: curvature * v, state, 0.06, 0.9)))

# %% [markdown] lang="en"
# Momentum arrives, Nesterov is gone.
# And all three have one thing in common: a single $\eta$ for every parameter.
#
# ## 7. One rate for each parameter
#
# ### 7.1 Adagrad
#
# Adagrad (Duchi et al. 2011) **mends** this: it divides by how much each parameter has been pushed so far.
# The sum $G$ of squared gradients is kept for each element by itself.
#
# $$G_t = G_{t-1} + g_t^2 \qquad w_{t+1} = w_t - \frac{\eta}{\sqrt{G_t} + \epsilon}\, g_t$$
#
# Where does $\epsilon$, which prevents a division by 0, belong?
# Many notes write $\sqrt{G_t + \epsilon}$; the paper and PyTorch add it *outside* the root, and so do we.
# With $\epsilon = 10^{-8}$ you would hardly see it, with $10^{-2}$ you do.
#
# ### Exercise: Adagrad
#
# Again `(w, state)`, `{}` at the start, nothing changed in place.

# %% [markdown] lang="ko"
# 모멘텀은 도착하고 Nesterov는 멀리 날아가 버립니다.
# 그리고 지금까지의 셋에는 공통점이 있습니다. 모든 파라미터가 $\eta$ 하나를 같이 쓴다는 것입니다.
#
# ## 7. 파라미터마다 다른 학습률
#
# ### 7.1 Adagrad
#
# Adagrad(Duchi 등 2011)는 이 점을 **고칩니다**. 파라미터마다 지금까지 얼마나 밀렸는지를 재어 그만큼으로 나눕니다.
# 기울기 제곱의 합 $G$를 원소마다 따로 기억합니다.
#
# $$G_t = G_{t-1} + g_t^2 \qquad w_{t+1} = w_t - \frac{\eta}{\sqrt{G_t} + \epsilon}\, g_t$$
#
# 0으로 나누는 것을 막아 주는 $\epsilon$은 어디에 두어야 할까요?
# $\sqrt{G_t + \epsilon}$이라고 쓰는 노트가 많지만, 논문과 PyTorch에서는 제곱근 *바깥*에 더하고 우리도 그렇게 합니다.
# $\epsilon = 10^{-8}$이면 차이가 거의 보이지 않지만 $10^{-2}$이면 보입니다.
#
# ### 연습: Adagrad
#
# 이번에도 `(w, state)`를 돌려줍니다. 처음에는 `{}`를 받으며, 받은 것은 아무것도 고치지 않습니다.

# %% exercise="adagrad_step"
def adagrad_step(w, g, state, lr, eps):
    """(w, state) after one step of Adagrad, eps outside the root; state is {} before the first step.

    >>> w, state = adagrad_step(np.array([1.0]), np.array([3.0]), {}, 0.5, 0.0)
    >>> w, adagrad_step(w, np.array([4.0]), state, 0.5, 0.0)[0]
    (array([0.5]), array([0.1]))
    """
    ### BEGIN SOLUTION
    w, g = np.asarray(w), np.asarray(g)
    total = state.get("total", 0.0) + g**2
    return w - lr * g / (np.sqrt(total) + eps), {"total": total}
    ### END SOLUTION

# %% test="adagrad_step" points=2
check(adagrad_step)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(adagrad_step, "03_optimization")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# A valley along the axes with $\kappa = 1000$ cost plain descent about 2500 steps.
# What will it cost Adagrad?
#
# **Where Adagrad fails:** $G$ only grows.
# In the second experiment the slope is 100 for ten steps and 1 ever after; how long are steps 1, 11 and 1000?

# %% [markdown] lang="ko"
# 축과 나란하고 $\kappa = 1000$인 골짜기에서 보통의 경사 하강법에는 2500걸음쯤이 필요했습니다.
# Adagrad는 몇 걸음이면 될까요?
#
# **Adagrad가 실패하는 곳:** $G$는 커지기만 합니다.
# 둘째 실험에서는 기울기가 열 걸음 동안 100이다가 그 뒤로 계속 1입니다. 1, 11, 1000번째 걸음의 길이는 얼마일까요?

# %% show="only"
def lengths(step, slopes, at=(1, 11, 1000)):
    w, state, seen = np.zeros(1), {}, []
    for slope in slopes:
        moved, state = step(w, np.array([slope]), state)
        seen.append(float(abs(moved - w)[0]))
        w = moved
    return [round(seen[t - 1], 5) for t in at]


cliff = [100.0] * 10 + [1.0] * 990
steps = steps_until_near(lambda w, g, s: adagrad_step(w, g, s, 0.3, 1e-8), np.array([1.0, 1000.0]))
print("in the valley:", steps, "steps; lengths:", lengths(lambda w, g, s: adagrad_step(w, g, s, 0.1, 1e-8), cliff))

# %% [markdown] lang="en"
# The narrow valley is no longer an obstacle, as long as it lies along the axes: each axis has a rate of its own.
# But ten large gradients at the start have made every later step about 300 times too short, for ever.
#
# ### 7.2 Adadelta
#
# Adadelta (Zeiler 2012) **mends** it with forgetting.
# To remember only the last hundred gradients one would have to store them all; an *exponential moving average* (EMA) with $\gamma = 0.99$ does about the same with one number for each parameter.
# It also drops $\eta$: a second average $H$, of the squared *changes*, gives the step its scale.
#
# $$G_t = \gamma G_{t-1} + (1 - \gamma) g_t^2 \qquad \Delta_t = \frac{\sqrt{H_{t-1} + \epsilon}}{\sqrt{G_t + \epsilon}}\, g_t$$
#
# $$w_{t+1} = w_t - \Delta_t \qquad H_t = \gamma H_{t-1} + (1 - \gamma)\Delta_t^2$$
#
# Here $\epsilon$ stands *inside* both roots, in the paper and in PyTorch: at the start $H_0 = 0$, and nothing but $\epsilon$ sets things in motion.
#
# ### Exercise: Adadelta
#
# The order matters: new $G$, then the change with the *old* $H$, then the new $H$, from the change and not from the gradient.

# %% [markdown] lang="ko"
# 좁은 골짜기는 더 이상 걸림돌이 아닙니다. 다만 골짜기가 축과 나란해야 합니다. 축마다 학습률이 따로 있기 때문입니다.
# 하지만 처음에 나온 큰 기울기 열 개 때문에 그 뒤의 걸음이 모두 300분의 일쯤으로 짧아졌고, 언제까지나 그대로입니다.
#
# ### 7.2 Adadelta
#
# Adadelta(Zeiler 2012)는 잊는 법을 더하여 이 점을 **고칩니다**.
# 최근의 기울기 백 개만 기억하려 해도 그것을 모두 저장해 두어야 합니다. $\gamma = 0.99$인 *지수 이동 평균*(exponential moving average, EMA)은 파라미터마다 수 하나만으로 거의 같은 일을 합니다.
# $\eta$도 없앴습니다. *변화량*의 제곱을 평균한 $H$를 하나 더 두어 걸음의 크기를 정합니다.
#
# $$G_t = \gamma G_{t-1} + (1 - \gamma) g_t^2 \qquad \Delta_t = \frac{\sqrt{H_{t-1} + \epsilon}}{\sqrt{G_t + \epsilon}}\, g_t$$
#
# $$w_{t+1} = w_t - \Delta_t \qquad H_t = \gamma H_{t-1} + (1 - \gamma)\Delta_t^2$$
#
# 여기서는 논문에서도 PyTorch에서도 $\epsilon$이 두 제곱근 *안*에 있습니다. 처음에는 $H_0 = 0$이어서 오직 $\epsilon$ 덕분에 움직이기 시작합니다.
#
# ### 연습: Adadelta
#
# 순서가 중요합니다. 먼저 새 $G$를 구하고, *이전* $H$로 변화량을 구한 다음, 새 $H$를 구합니다. 여기에는 기울기가 아니라 변화량이 들어갑니다.

# %% exercise="adadelta_step"
def adadelta_step(w, g, state, gamma, eps):
    """(w, state) after one step of Adadelta, eps inside both roots; state is {} before the first step.

    >>> w, state = adadelta_step(np.array([1.0]), np.array([1.0]), {}, 0.75, 0.75)
    >>> w.round(3), adadelta_step(w, np.array([1.0]), state, 0.75, 0.75)[0].round(3)
    (array([0.134]), array([-0.755]))
    """
    ### BEGIN SOLUTION
    w, g = np.asarray(w), np.asarray(g)
    g2 = gamma * state.get("g2", 0.0) + (1.0 - gamma) * g**2
    h = state.get("h", 0.0)
    change = np.sqrt(h + eps) / np.sqrt(g2 + eps) * g
    return w - change, {"g2": g2, "h": gamma * h + (1.0 - gamma) * change**2}
    ### END SOLUTION

# %% test="adadelta_step" points=3
check(adadelta_step)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(adadelta_step, "03_optimization")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# **Where Adadelta fails:** without a rate there is nothing to turn when it is too slow, and it begins slowly, with steps of a few $\sqrt{\epsilon}$.
# On a slope of 1 all the way, with $\epsilon = 10^{-6}$: how long will steps 1, 11 and 1000 be?
# And will it recover from the cliff that stopped Adagrad?

# %% [markdown] lang="ko"
# **Adadelta가 실패하는 곳:** 학습률이 없으니 너무 느려도 손볼 데가 없고, 출발할 때는 걸음이 $\sqrt{\epsilon}$의 몇 배밖에 안 되어 느립니다.
# 기울기가 줄곧 1이고 $\epsilon = 10^{-6}$이면 1, 11, 1000번째 걸음의 길이는 얼마일까요?
# 그리고 Adagrad를 멈춰 세운 벼랑에서는 회복할까요?

# %% show="only"
print("slope 1: ", lengths(lambda w, g, s: adadelta_step(w, g, s, 0.9, 1e-6), [1.0] * 1000))
print("cliff:   ", lengths(lambda w, g, s: adadelta_step(w, g, s, 0.9, 1e-6), cliff))

# %% [markdown] lang="en"
# It recovers, but even after a thousand steps on an even slope it has not found its pace.
#
# ### 7.3 RMSprop
#
# RMSprop (Hinton, in a lecture of 2012; sometimes misspelt RMSdrop) **mends** this by keeping the forgetting and putting $\eta$ back.
#
# $$G_t = \gamma G_{t-1} + (1 - \gamma) g_t^2 \qquad w_{t+1} = w_t - \frac{\eta}{\sqrt{G_t} + \epsilon}\, g_t$$
#
# $\epsilon$ stands outside the root, as in PyTorch.
# Beside Adagrad, only the sum has become an average.
#
# ### Exercise: RMSprop

# %% [markdown] lang="ko"
# 회복하기는 하지만, 기울기가 일정한 비탈을 천 걸음이나 가도 제 속도를 찾지 못합니다.
#
# ### 7.3 RMSprop
#
# RMSprop(Hinton의 2012년 강의, RMSdrop이라고 잘못 적기도 합니다)은 잊는 법은 그대로 두고 $\eta$를 되돌려 이 점을 **고칩니다**.
#
# $$G_t = \gamma G_{t-1} + (1 - \gamma) g_t^2 \qquad w_{t+1} = w_t - \frac{\eta}{\sqrt{G_t} + \epsilon}\, g_t$$
#
# PyTorch와 같이 $\epsilon$은 제곱근 바깥에 둡니다.
# Adagrad와 견주면 합이 평균으로 바뀌었을 뿐입니다.
#
# ### 연습: RMSprop

# %% exercise="rmsprop_step"
def rmsprop_step(w, g, state, lr, gamma, eps):
    """(w, state) after one step of RMSprop, eps outside the root; state is {} before the first step.

    >>> w, state = rmsprop_step(np.array([1.0]), np.array([2.0]), {}, 0.5, 0.75, 0.0)
    >>> w, state == {}
    (array([0.]), False)
    """
    ### BEGIN SOLUTION
    w, g = np.asarray(w), np.asarray(g)
    average = gamma * state.get("average", 0.0) + (1.0 - gamma) * g**2
    return w - lr * g / (np.sqrt(average) + eps), {"average": average}
    ### END SOLUTION

# %% test="rmsprop_step" points=2
check(rmsprop_step)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(rmsprop_step, "03_optimization")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# **Where RMSprop fails:** near the minimum.
# On an even slope $g / \sqrt{G}$ is $\pm 1$, however gentle the slope; the steps do not get shorter as the slope does.
# On the parabola $w^2$ with $\eta = 0.1$, how close to 0 will it be after 600 steps?

# %% [markdown] lang="ko"
# **RMSprop이 실패하는 곳:** 극소점 근처입니다.
# 기울기가 일정한 비탈에서 $g / \sqrt{G}$는 비탈이 아무리 완만해도 $\pm 1$입니다. 기울기가 작아져도 걸음은 짧아지지 않습니다.
# 포물선 $w^2$에서 $\eta = 0.1$로 600걸음을 가면 0에 얼마나 가까워질까요?

# %% show="only"
w, state, path = np.array([1.0]), {}, []
for _ in range(600):
    w, state = rmsprop_step(w, 2 * w, state, 0.1, 0.9, 1e-8)
    path.append(w[0])
print("the last four:", np.round(path[-4:], 4))

# %% [markdown] lang="en"
# It hops over the minimum for ever, with steps of exactly $\eta$.
#
# ### 7.4 Adam
#
# Adam (Kingma and Ba 2014) **mends** this by adding momentum, which cancels the hopping, and one correction.
#
# $$m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t \qquad v_t = \beta_2 v_{t-1} + (1 - \beta_2) g_t^2$$
#
# $$\hat{m}_t = \frac{m_t}{1 - \beta_1^t} \qquad \hat{v}_t = \frac{v_t}{1 - \beta_2^t} \qquad w_{t+1} = w_t - \eta\, \frac{\hat{m}_t}{\sqrt{\hat{v}_t} + \epsilon}$$
#
# Both averages start at 0 and are too small at first; dividing by $1 - \beta^t$, with $t = 1$ for the first step, corrects that.
# Without it, the usual $\beta_1 = 0.9$ and $\beta_2 = 0.999$ would make the first step $\frac{0.1}{\sqrt{0.001}} \approx 3.2$ times too long.
#
# > **What is often written, and why it is wrong.**
# > Notes have $v_t = \beta_2 v_{t-1} - (1 - \beta_2) g_t^2$.
# > Then $v_1 = -(1 - \beta_2) g_1^2$ is negative, and its root is no number: the very first step gives `nan`.
# > They also merge the corrections into $\frac{\eta}{\sqrt{v_t + \epsilon}} \cdot \frac{\sqrt{1 - \beta_2^t}}{1 - \beta_1^t}\, m_t$, which is Adam up to the place of $\epsilon$; the paper and PyTorch add it outside the root of $\hat{v}_t$.
#
# ### Exercise: Adam
#
# `state` has to remember $t$ too.

# %% [markdown] lang="ko"
# 정확히 $\eta$만 한 걸음으로 극소점을 끝없이 넘나듭니다.
#
# ### 7.4 Adam
#
# Adam(Kingma와 Ba 2014)은 모멘텀을 더해 넘나드는 움직임을 지우고, 보정을 하나 더하여 이 점을 **고칩니다**.
#
# $$m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t \qquad v_t = \beta_2 v_{t-1} + (1 - \beta_2) g_t^2$$
#
# $$\hat{m}_t = \frac{m_t}{1 - \beta_1^t} \qquad \hat{v}_t = \frac{v_t}{1 - \beta_2^t} \qquad w_{t+1} = w_t - \eta\, \frac{\hat{m}_t}{\sqrt{\hat{v}_t} + \epsilon}$$
#
# 두 평균은 0에서 시작하므로 처음에는 너무 작습니다. 첫걸음을 $t = 1$로 세어 $1 - \beta^t$로 나누면 바로잡힙니다.
# 보정하지 않으면 흔히 쓰는 $\beta_1 = 0.9$, $\beta_2 = 0.999$에서 첫걸음이 $\frac{0.1}{\sqrt{0.001}} \approx 3.2$배나 길어집니다.
#
# > **흔히 이렇게 쓰지만, 틀렸습니다.**
# > 강의 노트에 $v_t = \beta_2 v_{t-1} - (1 - \beta_2) g_t^2$이라는 식이 나오곤 합니다.
# > 그러면 $v_1 = -(1 - \beta_2) g_1^2$이 음수여서 제곱근을 구할 수 없습니다. 첫걸음부터 `nan`이 나옵니다.
# > 두 보정을 $\frac{\eta}{\sqrt{v_t + \epsilon}} \cdot \frac{\sqrt{1 - \beta_2^t}}{1 - \beta_1^t}\, m_t$로 합쳐 쓰기도 하는데, $\epsilon$의 자리만 빼면 Adam이 맞습니다. 논문과 PyTorch에서는 $\hat{v}_t$의 제곱근 바깥에 더합니다.
#
# ### 연습: Adam
#
# `state`에는 $t$도 기억해 두어야 합니다.

# %% exercise="adam_step"
def adam_step(w, g, state, lr, beta1, beta2, eps):
    """(w, state) after one step of Adam with bias correction, eps outside the root; state is {} before the first step.

    >>> w, state = adam_step(np.array([1.0, 1.0]), np.array([100.0, -0.01]), {}, 0.5, 0.9, 0.999, 0.0)
    >>> w.round(6)
    array([0.5, 1.5])
    """
    ### BEGIN SOLUTION
    w, g = np.asarray(w), np.asarray(g)
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1.0 - beta1) * g
    v = beta2 * state.get("v", 0.0) + (1.0 - beta2) * g**2
    m_hat, v_hat = m / (1.0 - beta1**t), v / (1.0 - beta2**t)
    return w - lr * m_hat / (np.sqrt(v_hat) + eps), {"t": t, "m": m, "v": v}
    ### END SOLUTION

# %% test="adam_step" points=3
check(adam_step)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(adam_step, "03_optimization")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# The parabola once more: where will Adam be after 600 steps with $\eta = 0.1$?
#
# **Where Adam fails:** Reddi et al. (2018) found a simple trap.
# $w$ stays between $-1$ and $1$; the slope is $3$ in every third step and $-1$ in the two between; the average is $\frac{1}{3}$, so the way down leads to $-1$.
# With a short memory ($\beta_1 = 0$, $\beta_2 = 0.1$), where does Adam end?

# %% [markdown] lang="ko"
# 다시 그 포물선입니다. $\eta = 0.1$로 600걸음을 가면 Adam은 어디에 있을까요?
#
# **Adam이 실패하는 곳:** Reddi 등(2018)이 간단한 함정을 찾아냈습니다.
# $w$는 $-1$과 $1$ 사이에만 있을 수 있고, 기울기는 세 걸음에 한 번은 $3$이고 그 사이 두 걸음은 $-1$입니다. 평균이 $\frac{1}{3}$이므로 내리막은 $-1$ 쪽입니다.
# 기억이 짧으면($\beta_1 = 0$, $\beta_2 = 0.1$) Adam은 어디에 도착할까요?

# %% show="only"
w, state = np.array([1.0]), {}
for _ in range(600):
    w, state = adam_step(w, 2 * w, state, 0.1, 0.9, 0.999, 1e-8)
print(f"parabola: {abs(w[0]):.1e} from the minimum")

w, state, plain = np.zeros(1), {}, np.zeros(1)
for t in range(3000):
    g = np.array([3.0 if t % 3 == 0 else -1.0])
    w, state = adam_step(w, g, state, 0.01, 0.0, 0.1, 1e-8)
    w, plain = np.clip(w, -1, 1), np.clip(gd_step(plain, g, 0.01), -1, 1)
print(f"trap: Adam at {w[0]:.2f}, gradient descent at {plain[0]:.2f}")

# %% [markdown] lang="en"
# At the wrong end, while plain descent is right.
# Dividing by $\sqrt{v}$ shrinks the rare large slope almost to the size of the frequent small ones; with the usual $\beta_2 = 0.999$ this trap does not close.
#
# ## 8. The race
#
# ### 8.1 Seven on a regression
#
# A common practice task fits a curve with SGD, Momentum and Adam; here are all seven.
# The model has one input, 32 tanh units and one output; its 97 parameters are one vector.

# %% [markdown] lang="ko"
# 엉뚱한 쪽 끝입니다. 보통의 경사 하강법은 제대로 갔습니다.
# $\sqrt{v}$로 나누면 드물게 나오는 큰 기울기가 자주 나오는 작은 기울기와 거의 같은 크기로 줄어듭니다. 흔히 쓰는 $\beta_2 = 0.999$라면 이 함정에 빠지지 않습니다.
#
# ## 8. 경주
#
# ### 8.1 회귀 문제 하나, 선수 일곱
#
# 흔히 하는 실습에서는 SGD, 모멘텀, Adam으로 곡선을 맞춥니다. 여기서는 옵티마이저(optimizer) 일곱 가지를 모두 씁니다.
# 모델은 입력 하나, tanh 유닛 32개, 출력 하나로 되어 있고 파라미터 97개를 벡터 하나에 담습니다.

# %% show="only"
rng = np.random.default_rng(0)
inputs = rng.uniform(-1, 1, (256, 1))
targets = inputs * np.sin(5 * inputs) + rng.normal(0, 0.1, (256, 1))
origin = np.concatenate([rng.normal(0, 2, 32), rng.normal(0, 1, 32), rng.normal(0, 0.18, 32), [0]])


def curve_loss(w, x, y):
    w1, b1, w2, b2 = w[:32], w[32:64], w[64:96, None], w[96]
    hidden = np.tanh(x * w1 + b1)
    off = hidden @ w2 + b2 - y
    d_out = 2 * off / len(x)
    d_in = d_out * w2.T * (1 - hidden**2)
    parts = [(x * d_in).sum(axis=0), d_in.sum(axis=0), np.sum(hidden * d_out, axis=0), [d_out.sum()]]
    return np.mean(off**2), np.concatenate(parts)

# %% [markdown] lang="en"
# Every optimizer gets the same start, the same mini-batches and 60 epochs.
# The rates are ours and hardly tuned: $0.05$ for the first four, $0.01$ for RMSprop and Adam.
# The noise has variance $0.1^2 = 0.01$.
# Who will be first after 10 epochs, and who after 60?

# %% [markdown] lang="ko"
# 모두 같은 곳에서 출발하여 같은 미니배치를 60에포크 동안 씁니다.
# 학습률은 우리가 정했습니다. 앞의 넷은 $0.05$, RMSprop과 Adam은 $0.01$이고, 세밀하게 다듬은 값은 아닙니다.
# 잡음의 분산은 $0.1^2 = 0.01$입니다.
# 10에포크 뒤에는 누가 앞서고 60에포크 뒤에는 누가 앞설까요?

# %% show="only"
from dlbasic import plot_losses

runners = {
    "gd": lambda w, grad, s: (gd_step(w, grad(w), 0.05), s),
    "momentum": lambda w, grad, s: momentum_step(w, grad(w), s, 0.05, 0.9),
    "nesterov": lambda w, grad, s: nesterov_step(w, grad, s, 0.05, 0.9),
    "adagrad": lambda w, grad, s: adagrad_step(w, grad(w), s, 0.05, 1e-8),
    "adadelta": lambda w, grad, s: adadelta_step(w, grad(w), s, 0.95, 1e-6),
    "rmsprop": lambda w, grad, s: rmsprop_step(w, grad(w), s, 0.01, 0.9, 1e-8),
    "adam": lambda w, grad, s: adam_step(w, grad(w), s, 0.01, 0.9, 0.999, 1e-8),
}
history = {}
for name, step in runners.items():
    rng, w, state, history[name] = np.random.default_rng(1), origin, {}, []
    for _ in range(61):
        history[name].append(curve_loss(w, inputs, targets)[0])
        for batch in minibatches(256, 32, rng):
            w, state = step(w, lambda v, b=batch: curve_loss(v, inputs[b], targets[b])[1], state)
    print(f"{name:9s} after 10 epochs {history[name][10]:.4f}, after 60 {history[name][60]:.4f}")
plot_losses({name: history[name] for name in ("gd", "momentum", "nesterov", "adam")}, unit="epoch")

# %% [markdown] lang="en"
# With these rates Nesterov leads after 10 epochs; after 60, Adam and Nesterov are as good as level, close to the noise, and plain descent is last.
# This is one problem with one set of rates: with $0.1$ instead of $0.05$ Nesterov diverges here and Momentum does not.
# Against plain descent once more, those that scale each parameter:

# %% [markdown] lang="ko"
# 이 학습률에서는 10에포크 뒤에 Nesterov가 앞섭니다. 60에포크 뒤에는 Adam과 Nesterov가 거의 나란히 잡음의 분산 가까이 내려가고, 보통의 경사 하강법이 꼴찌입니다.
# 이것은 한 문제에서 학습률을 한 가지씩만 써서 얻은 결과입니다. $0.05$ 대신 $0.1$을 쓰면 Nesterov는 발산하고 모멘텀은 발산하지 않습니다.
# 파라미터마다 걸음을 조절하는 방법들을 보통의 경사 하강법과 나란히 봅니다.

# %% show="only"
plot_losses({name: history[name] for name in history if name not in ("momentum", "nesterov")}, unit="epoch")

# %% [markdown] lang="en"
# ### Explore: the race
#
# Now on surfaces that you can see: a quadratic valley, Rosenbrock's banana, Beale's plain with its walls, a saddle, a noisy valley.
# Drag the ring to start elsewhere, or move the sliders; before each start, say who will arrive first and who will not arrive.
# On the saddle: what happens to a start exactly on the ridge?

# %% [markdown] lang="ko"
# ### 탐구: 경주
#
# 이번에는 눈에 보이는 곡면 위에서 달립니다. 이차식 골짜기, Rosenbrock의 바나나, 벽으로 둘러싸인 Beale의 벌판, 안장점(saddle point), 잡음이 있는 골짜기입니다.
# 고리를 마우스로 끌거나 슬라이더를 움직이면 출발점이 바뀝니다. 출발시킬 때마다 누가 가장 먼저 도착하고 누가 도착하지 못할지 미리 말해 보십시오.
# 안장점이 있는 곡면에서 출발점을 정확히 능선 위에 두면 어떻게 될까요?

# %% show="only"
from dlbasic import optimizer_race

optimizer_race(
    {
        "gd": (gd_step, {"lr": 0.01}),
        "momentum": (momentum_step, {"lr": 0.01, "beta": 0.9}),
        "nesterov": (nesterov_step, {"lr": 0.01, "beta": 0.9}),
        "adagrad": (adagrad_step, {"lr": 0.5, "eps": 1e-8}),
        "adadelta": (adadelta_step, {"gamma": 0.9, "eps": 1e-4}),
        "rmsprop": (rmsprop_step, {"lr": 0.02, "gamma": 0.9, "eps": 1e-8}),
        "adam": (adam_step, {"lr": 0.1, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8}),
    }
)

# %% [markdown] lang="en"
# On Rosenbrock the first three diverge at these rates; with a tenth of them they get under way.
# On the ridge the gradient points along the ridge only, so nobody leaves it: a saddle is level, but no minimum.
#
# ### 8.2 Capstone: tune all seven
#
# The surface is a turned valley with its minimum at 0 and curvatures 1 and 30:
#
# $$f(w) = \frac{1}{2} w^\top H w \qquad H = R \begin{pmatrix} 1 & 0 \\ 0 & 30 \end{pmatrix} R^\top \qquad R = \begin{pmatrix} 0.8 & -0.6 \\ 0.6 & 0.8 \end{pmatrix}$$
#
# Everyone starts at $(-2, 2)$ and takes 300 steps.
# Whoever is at most $0.2$ away from the minimum *after the last one* has arrived.
# `distance` tells you how far away an optimizer ends.

# %% [markdown] lang="ko"
# Rosenbrock에서는 이 학습률로 앞의 셋이 발산하고, 학습률을 십분의 일로 줄이면 나아가기 시작합니다.
# 능선 위에서는 기울기가 능선 방향만 가리키므로 아무도 능선을 벗어나지 못합니다. 안장점은 평평하지만 극소점이 아닙니다.
#
# ### 8.2 종합 과제: 일곱 선수 모두 다듬기
#
# 곡면은 비스듬히 놓인 골짜기입니다. 극소점은 0이고 곡률은 1과 30입니다.
#
# $$f(w) = \frac{1}{2} w^\top H w \qquad H = R \begin{pmatrix} 1 & 0 \\ 0 & 30 \end{pmatrix} R^\top \qquad R = \begin{pmatrix} 0.8 & -0.6 \\ 0.6 & 0.8 \end{pmatrix}$$
#
# 모두 $(-2, 2)$에서 출발하여 300걸음을 갑니다.
# *마지막 걸음 뒤에* 극소점까지의 거리가 $0.2$ 이하이면 도착한 것입니다.
# `distance`는 옵티마이저가 극소점에서 얼마나 떨어진 곳에서 끝났는지 알려 줍니다.

# %% show="only"
turn = np.array([[0.8, -0.6], [0.6, 0.8]])
hessian = turn @ np.diag([1.0, 30.0]) @ turn.T
others = {"momentum": momentum_step, "adagrad": adagrad_step, "adadelta": adadelta_step, "rmsprop": rmsprop_step}
others["adam"] = adam_step


def distance(name, values, steps=300):
    w, state = np.array([-2.0, 2.0]), {}
    for _ in range(steps):
        if name == "gd":
            w = gd_step(w, hessian @ w, **values)
        elif name == "nesterov":
            w, state = nesterov_step(w, lambda v: hessian @ v, state, **values)
        else:
            w, state = others[name](w, hessian @ w, state, **values)
    return float(np.linalg.norm(w))


print("gd with lr 0.001:", distance("gd", {"lr": 0.001}))

# %% [markdown] lang="en"
# ### Exercise: your hyper-parameters
#
# Return `{optimizer: {hyper-parameter: value}}` for all seven, with the names of your step functions' arguments.
# The exercise is passed when all seven arrive; each that arrives on both valleys earns its share of the points.
# Adadelta has no rate: turn its `eps` instead, and mind that too much is as bad as too little.
#
# But beware of overfitting: a *second, unseen* valley counts as well.
# It is of the same kind: turned by another angle, each of the two curvatures changed by at most 20 %, another start at most 3 away from the minimum, and again 300 steps and $0.2$.
# So do not tune to the edge of what is stable.

# %% [markdown] lang="ko"
# ### 연습: 나의 하이퍼파라미터
#
# 일곱 가지 모두에 대하여 `{optimizer: {hyper-parameter: value}}`를 돌려줍니다. 하이퍼파라미터의 이름은 여러분이 쓴 함수의 인자(argument) 이름과 같습니다.
# 일곱 가지가 모두 도착하면 통과입니다. 두 골짜기에서 모두 도착한 것은 저마다 자기 몫의 점수를 얻습니다.
# Adadelta에는 학습률이 없으므로 `eps`를 바꿔 봅니다. 너무 커도 너무 작아도 안 됩니다.
#
# 다만 과적합을 조심해야 합니다. *보지 않은 둘째* 골짜기에서도 도착해야 합니다.
# 같은 종류의 골짜기입니다. 놓인 각도가 다르고, 두 곡률이 저마다 20 % 이내로 바뀌며, 출발점도 달라서 극소점에서 3 이내에 있습니다. 역시 300걸음과 $0.2$가 기준입니다.
# 그러니 안정한 범위의 끝까지 밀어붙이지는 마십시오.

# %% exercise="race"
def race():
    """Your hyper-parameters: {optimizer: {name: value}} for gd, momentum, nesterov, adagrad, adadelta, rmsprop, adam.

    The names of the values are those of the step functions: lr, beta, gamma, beta1, beta2, eps.
    """
    ### BEGIN SOLUTION
    return {
        "gd": {"lr": 0.05},
        "momentum": {"lr": 0.03, "beta": 0.7},
        "nesterov": {"lr": 0.03, "beta": 0.7},
        "adagrad": {"lr": 2.0, "eps": 1e-8},
        "adadelta": {"gamma": 0.9, "eps": 1e-4},
        "rmsprop": {"lr": 0.05, "gamma": 0.9, "eps": 1e-8},
        "adam": {"lr": 0.3, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8},
    }
    ### END SOLUTION

# %% test="race" points=5
check(race)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(race, "03_optimization")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# Your seven on the valley that you know.
# Which would you trust most on one that you do not know?

# %% [markdown] lang="ko"
# 이미 아는 골짜기에서 여러분의 일곱 선수가 거둔 결과입니다.
# 처음 보는 골짜기라면 누구를 가장 믿겠습니까?

# %% show="only"
for name, values in race().items():
    print(f"{name:9s} ends {distance(name, values):.1e} from the minimum")

# %% [markdown] lang="en"
# The same question as in section 2: good on what was seen is not yet good on what was not.
#
# ## 9. Slips
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
# Here `check` looks at the form only: what is right comes with grading.

# %% [markdown] lang="ko"
# 2절과 같은 물음입니다. 본 것에서 좋다고 해서 보지 않은 것에서도 좋은 것은 아닙니다.
#
# ## 9. 옥에 티
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
# 여기서 `check`는 답의 형식만 봅니다. 맞았는지는 채점한 뒤에 알 수 있습니다.

# %% exercise="slips"
def slips():
    """The ids of the false claims among the eight above, as a set of strings such as {"7", "8"}."""
    ### BEGIN SOLUTION
    return {"1", "2", "4", "6", "8"}
    ### END SOLUTION

# %% test="slips" points=3
check(slips)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(slips, "03_optimization")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# Those were all the exercises; see what is still open.
# To hand in your work, save the notebook and run `dlbasic submit 03_optimization` in a terminal.

# %% [markdown] lang="ko"
# 연습 문제는 여기까지입니다. 아직 남은 것이 있는지 봅시다.
# 제출하려면 노트북을 저장한 다음 터미널에서 `dlbasic submit 03_optimization`을 실행합니다.

# %% show="only"
progress()

# %% [markdown] lang="en"
# ## Summary
#
# - Too little capacity underfits, too much for the data overfits; training time is only one way to get there.
# - Choose hyper-parameters on validation data, in turns if data are few; touch the test data once.
# - Error = bias² + variance + noise. Bagging lowers the variance, boosting the bias.
# - A gradient from a mini-batch is right on average. Small batches tend to end in flatter minima, but sharpness depends on how a function is written down.
# - Gradient descent is stable below $2 / \lambda_{\max}$ and slow in narrow valleys.
# - No optimizer wins everywhere: who is first depends on the surface and on the rates.
#
# | method | mends | fails |
# |---|---|---|
# | gradient descent | | narrow valleys, one rate for all |
# | Momentum | zigzag: $\sqrt{\kappa}$ instead of $\kappa$ | swings past the minimum |
# | Nesterov | brakes earlier | smaller stable range |
# | Adagrad | a rate for each parameter | rates only fall |
# | Adadelta | forgets; no $\eta$ | slow start, nothing to turn |
# | RMSprop | $\eta$ again | hops around the minimum |
# | Adam | momentum and bias correction | traps for a short memory |
#
# ## The opening question, answered
#
# Down: follow the slope, remember where you were going, and scale each direction by what it has asked of you; then check on a second hill that you did not tune to the first.
# Where you landed: level ground says little, and so does its flatness.
# Only data that took no part in the descent can tell, which is why some are kept aside.
#
# ## Further reading
#
# - C. Bishop and H. Bishop, *Deep Learning: Foundations and Concepts* (2024), chapters 4 and 7.
# - B. Efron, *Bootstrap Methods: Another Look at the Jackknife* (1979), [doi:10.1214/aos/1176344552](https://doi.org/10.1214/aos/1176344552).
# - L. Breiman, *Bagging Predictors* (1996), [doi:10.1007/BF00058655](https://doi.org/10.1007/BF00058655).
# - Y. Freund and R. Schapire, *A Decision-Theoretic Generalization of On-Line Learning and an Application to Boosting* (1997), [doi:10.1006/jcss.1997.1504](https://doi.org/10.1006/jcss.1997.1504).
# - N. Keskar et al., *On Large-Batch Training for Deep Learning: Generalization Gap and Sharp Minima* (2017), [arXiv:1609.04836](https://arxiv.org/abs/1609.04836).
# - L. Dinh et al., *Sharp Minima Can Generalize For Deep Nets* (2017), [arXiv:1703.04933](https://arxiv.org/abs/1703.04933).
# - E. Hoffer, I. Hubara and D. Soudry, *Train longer, generalize better: closing the generalization gap in large batch training of neural networks* (2017), [arXiv:1705.08741](https://arxiv.org/abs/1705.08741).
# - P. Goyal et al., *Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour* (2017), [arXiv:1706.02677](https://arxiv.org/abs/1706.02677).
# - B. Polyak, *Some methods of speeding up the convergence of iteration methods* (1964), [doi:10.1016/0041-5553(64)90137-5](https://doi.org/10.1016/0041-5553%2864%2990137-5).
# - Y. Nesterov, *A method for solving the convex programming problem with convergence rate $O(1/k^2)$* (1983).
# - J. Duchi, E. Hazan and Y. Singer, *Adaptive Subgradient Methods for Online Learning and Stochastic Optimization* (2011), [jmlr.org](https://jmlr.org/papers/v12/duchi11a.html).
# - M. Zeiler, *ADADELTA: An Adaptive Learning Rate Method* (2012), [arXiv:1212.5701](https://arxiv.org/abs/1212.5701).
# - D. Kingma and J. Ba, *Adam: A Method for Stochastic Optimization* (2014), [arXiv:1412.6980](https://arxiv.org/abs/1412.6980).
# - S. Reddi, S. Kale and S. Kumar, *On the Convergence of Adam and Beyond* (2018), [arXiv:1904.09237](https://arxiv.org/abs/1904.09237).
# - S. Ruder, *An overview of gradient descent optimization algorithms* (2016), [arXiv:1609.04747](https://arxiv.org/abs/1609.04747).
# - G. Goh, *Why Momentum Really Works* (2017), [doi:10.23915/distill.00006](https://doi.org/10.23915/distill.00006): the ball on a spring.

# %% [markdown] lang="ko"
# ## 정리
#
# - 표현력이 모자라면 과소적합, 데이터에 비해 지나치면 과적합이 됩니다. 학습 시간은 거기에 이르는 여러 길 가운데 하나일 뿐입니다.
# - 하이퍼파라미터는 검증 데이터로 고르고, 데이터가 적으면 돌아가며 검증합니다. 테스트 데이터는 한 번만 씁니다.
# - 오차 = 편향² + 분산 + 잡음입니다. 배깅은 분산을, 부스팅은 편향을 줄입니다.
# - 미니배치의 기울기는 평균적으로 옳습니다. 작은 배치는 더 평평한 극소점에 이르는 경향이 있지만, 날카로움은 함수를 어떻게 적느냐에 따라 달라집니다.
# - 경사 하강법은 학습률이 $2 / \lambda_{\max}$보다 작으면 안정하고, 좁은 골짜기에서는 느립니다.
# - 어디서나 이기는 방법은 없습니다. 누가 앞서는지는 곡면과 학습률에 따라 달라집니다.
#
# | 방법 | 고친 것 | 실패하는 곳 |
# |---|---|---|
# | 경사 하강법 | | 좁은 골짜기, 모두에게 학습률 하나 |
# | 모멘텀 | 지그재그: $\kappa$ 대신 $\sqrt{\kappa}$ | 극소점을 지나쳐 흔들린다 |
# | Nesterov | 더 일찍 멈춘다 | 안정한 범위가 더 좁다 |
# | Adagrad | 파라미터마다 다른 학습률 | 학습률이 줄기만 한다 |
# | Adadelta | 잊을 줄 안다, $\eta$가 없다 | 출발이 느리고 손볼 데가 없다 |
# | RMSprop | 다시 $\eta$가 있다 | 극소점을 넘나든다 |
# | Adam | 모멘텀과 편향 보정 | 기억이 짧으면 빠지는 함정 |
#
# ## 첫 질문에 대한 답
#
# 내려가는 법: 기울기를 따르고, 가던 방향을 기억하고, 그동안의 기울기에 맞추어 방향마다 걸음을 조절합니다. 그런 다음 다른 언덕에서도 통하는지 보고, 첫 언덕에만 맞춘 것이 아닌지 확인합니다.
# 도착한 곳: 땅이 평평하다는 것도, 얼마나 평평한지도 별로 말해 주는 것이 없습니다.
# 내려가는 일에 쓰이지 않은 데이터만이 답할 수 있습니다. 그래서 얼마쯤을 따로 떼어 둡니다.
#
# ## 더 읽을거리
#
# - C. Bishop, H. Bishop, *Deep Learning: Foundations and Concepts* (2024), 4장과 7장.
# - B. Efron, *Bootstrap Methods: Another Look at the Jackknife* (1979), [doi:10.1214/aos/1176344552](https://doi.org/10.1214/aos/1176344552).
# - L. Breiman, *Bagging Predictors* (1996), [doi:10.1007/BF00058655](https://doi.org/10.1007/BF00058655).
# - Y. Freund, R. Schapire, *A Decision-Theoretic Generalization of On-Line Learning and an Application to Boosting* (1997), [doi:10.1006/jcss.1997.1504](https://doi.org/10.1006/jcss.1997.1504).
# - N. Keskar 외, *On Large-Batch Training for Deep Learning: Generalization Gap and Sharp Minima* (2017), [arXiv:1609.04836](https://arxiv.org/abs/1609.04836).
# - L. Dinh 외, *Sharp Minima Can Generalize For Deep Nets* (2017), [arXiv:1703.04933](https://arxiv.org/abs/1703.04933).
# - E. Hoffer, I. Hubara, D. Soudry, *Train longer, generalize better: closing the generalization gap in large batch training of neural networks* (2017), [arXiv:1705.08741](https://arxiv.org/abs/1705.08741).
# - P. Goyal 외, *Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour* (2017), [arXiv:1706.02677](https://arxiv.org/abs/1706.02677).
# - B. Polyak, *Some methods of speeding up the convergence of iteration methods* (1964), [doi:10.1016/0041-5553(64)90137-5](https://doi.org/10.1016/0041-5553%2864%2990137-5).
# - Y. Nesterov, *A method for solving the convex programming problem with convergence rate $O(1/k^2)$* (1983).
# - J. Duchi, E. Hazan, Y. Singer, *Adaptive Subgradient Methods for Online Learning and Stochastic Optimization* (2011), [jmlr.org](https://jmlr.org/papers/v12/duchi11a.html).
# - M. Zeiler, *ADADELTA: An Adaptive Learning Rate Method* (2012), [arXiv:1212.5701](https://arxiv.org/abs/1212.5701).
# - D. Kingma, J. Ba, *Adam: A Method for Stochastic Optimization* (2014), [arXiv:1412.6980](https://arxiv.org/abs/1412.6980).
# - S. Reddi, S. Kale, S. Kumar, *On the Convergence of Adam and Beyond* (2018), [arXiv:1904.09237](https://arxiv.org/abs/1904.09237).
# - S. Ruder, *An overview of gradient descent optimization algorithms* (2016), [arXiv:1609.04747](https://arxiv.org/abs/1609.04747).
# - G. Goh, *Why Momentum Really Works* (2017), [doi:10.23915/distill.00006](https://doi.org/10.23915/distill.00006): 용수철에 매달린 공 이야기가 나옵니다.

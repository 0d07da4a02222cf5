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
# # What deep learning is made of, and the ideas that made it
#
# In 2011 the best program at naming what a photograph shows was wrong one time in four, even with five guesses.
# In 2020 one wrote news articles that readers could hardly tell from a person's.
# Eleven ideas lie between, and each can be shown at work in about ten lines.
# Which of them changed what a machine learns *from*, which changed what it *is*, and which only changed how it *gets there*?
# At the end of this chapter you will have run all eleven, and you will be able to answer for each.
#
# **Afterwards you can**
#
# - tell artificial intelligence, machine learning and deep learning apart;
# - take any learning system apart into data, model, loss and algorithm;
# - write the core of Q-learning, greedy decoding, a GAN's losses, a residual block, attention and a contrastive loss;
# - date the eleven ideas from their sources, and correct what is often said about them.
#
# **Time:** about 4 hours, best in two sittings (sections 1–6, 7–10).
# **You need:** Python and a little numpy (arrays, `shape`, `axis`).
#
# Three skills carry one through this field: programming, mathematics, and reading new papers.
# This chapter asks for a little of each.

# %% [markdown] lang="ko"
# # 딥러닝을 이루는 것과 딥러닝을 만든 아이디어
#
# 2011년만 해도 사진에 무엇이 있는지 맞히는 프로그램은 가장 뛰어난 것조차 네 번에 한 번은 틀렸습니다. 다섯 번까지 추측하게 해 주어도 그랬습니다.
# 2020년에는 사람이 쓴 것과 거의 구별할 수 없는 뉴스 기사를 쓰는 프로그램이 나왔습니다.
# 그사이에 열한 가지 아이디어가 있었고, 저마다 코드 열 줄쯤이면 움직이는 모습을 볼 수 있습니다.
# 그 가운데 어느 것이 기계가 *무엇에서* 배우는지를 바꾸었고, 어느 것이 기계 *자체*를 바꾸었으며, 어느 것이 목표에 이르는 *길*만 바꾸었을까요?
# 이 장을 마칠 때쯤이면 열한 가지를 모두 실행해 보고, 하나하나에 대해 답할 수 있게 됩니다.
#
# **이 장을 마치면 할 수 있는 일**
#
# - 인공지능(artificial intelligence), 머신러닝(machine learning), 딥러닝(deep learning)을 구별합니다.
# - 어떤 학습 시스템이든 데이터, 모델, 손실, 알고리즘으로 나누어 봅니다.
# - Q러닝, 탐욕적 디코딩, GAN의 손실, 잔차 블록, 어텐션, 대조 손실의 핵심을 직접 작성합니다.
# - 열한 가지 아이디어가 나온 해를 출처에서 확인하고, 흔히 잘못 전해지는 이야기를 바로잡습니다.
#
# **걸리는 시간:** 약 4시간입니다. 두 번에 나누어 하기를 권합니다(1–6절, 7–10절).
# **미리 알아야 할 것:** 파이썬, 그리고 약간의 numpy(배열, `shape`, `axis`)입니다.
#
# 이 분야를 공부하려면 세 가지 힘이 필요합니다. 프로그래밍, 수학, 그리고 새 논문을 읽는 힘입니다.
# 이 장에서는 셋을 모두 조금씩 써 봅니다.

# %%
import numpy as np
from dlbasic import chapter, check, hint, progress

chapter("01_history")

# %% [markdown] lang="en"
# ## How to work
#
# Run a cell with Shift+Enter, from the top.
# An exercise is one function: put your own lines in place of `raise NotImplementedError()`, run the cell, then run the `check` below it.
# `check` says what is wrong, not only that something is.
# If you are stuck, `hint(ingredients)` in a new cell gives a hint on `ingredients`; call it again for the next, there are three.
# `progress()` lists what has passed.
# Whole-number arrays may come too: make floats where your method needs them. If a name such as `check` is unknown, run the first code cell again.
# Interactive figures also work from the keyboard: Tab to reach a control, the arrow keys to move a slider, the space bar to tick a box or open a list.
#
# An *exhibit* is a cell that shows an idea at work.
# Most exhibits use functions of yours: they come alive once you have written them.

# %% [markdown] lang="ko"
# ## 공부하는 방법
#
# Shift+Enter로 셀(cell)을 위에서부터 차례로 실행합니다.
# 연습 문제 하나는 함수 하나입니다. `raise NotImplementedError()` 자리에 코드를 써넣고 셀을 실행한 다음, 바로 아래의 `check`를 실행합니다.
# `check`는 틀렸다고만 하지 않고 무엇이 틀렸는지 알려 줍니다.
# 막히면 새 셀에서 `hint(ingredients)`를 실행해 보십시오. `ingredients`의 힌트가 나오고, 다시 부르면 다음 힌트가 나옵니다. 힌트는 모두 세 개입니다.
# `progress()`는 통과한 문제를 보여 줍니다.
# 정수 배열이 들어올 수도 있으니, 필요하면 실수로 바꾸어 계산합니다. `check` 같은 이름을 모른다는 오류가 나면 첫 번째 코드 셀을 다시 실행합니다.
# 움직이는 그림은 키보드로도 다룰 수 있습니다. Tab으로 옮겨 다니며, 슬라이더는 화살표 키로 움직이고, 스페이스바로 체크 상자를 켜고 끄거나 목록을 엽니다.
#
# 아이디어가 움직이는 모습을 보여 주는 셀을 *전시물*이라고 부릅니다.
# 전시물은 대부분 여러분의 함수를 씁니다. 함수를 작성하고 나면 움직이기 시작합니다.

# %% show="only"
progress()

# %% [markdown] lang="en"
# ## 1. Three circles
#
# ![](figure:ai_ml_dl)
#
# **Artificial intelligence** is the widest circle: machines that imitate what takes intelligence when people do it.
# A chess program whose every rule was typed in by hand belongs there.
# **Machine learning** lies inside: the rules are not typed in but found in data.
# **Deep learning** lies inside that: the model is a neural network of many layers.
#
# Below, a program decides whether a message is spam, first by a rule of ours, then by one that it finds itself.
# Which circle does each belong to, and will the second one find a better limit than ours?

# %% [markdown] lang="ko"
# ## 1. 세 개의 원
#
# ![](figure:ai_ml_dl)
#
# **인공지능**은 가장 큰 원입니다. 사람이 하려면 지능이 필요한 일을 흉내 내는 기계는 모두 여기에 들어갑니다.
# 규칙을 모두 사람이 써넣은 체스 프로그램도 인공지능입니다.
# **머신러닝**은 그 안에 있습니다. 사람이 규칙을 써넣는 대신 데이터에서 찾습니다.
# **딥러닝**은 다시 그 안에 있습니다. 층(layer)을 깊게 쌓은 신경망(neural network)을 모델로 씁니다.
#
# 아래의 프로그램은 어떤 메시지가 스팸인지 판단합니다. 먼저 우리가 정한 규칙을 쓰고, 다음에는 스스로 찾은 규칙을 씁니다.
# 두 방법은 각각 어느 원에 들어갈까요? 스스로 찾은 기준이 우리가 정한 기준보다 나을까요?

# %% show="only"
from dlbasic import plot_shares

exclamation_marks = np.array([0, 1, 0, 2, 1, 3, 2, 4, 6, 5])
spam = np.array([False, False, False, False, False, True, True, True, True, True])


def accuracy(limit):
    return np.mean((exclamation_marks >= limit) == spam)


print(f"typed in: spam from 5 marks on, {accuracy(5):.0%} right")
best = max(range(7), key=accuracy)
print(f"found:    spam from {best} marks on, {accuracy(best):.0%} right")
shares = {limit: accuracy(limit) for limit in range(7)}
plot_shares(shares, "share of messages judged rightly", "limit")

# %% [markdown] lang="en"
# Both are artificial intelligence; only the second is machine learning, and neither is deep.
# The found limit is right for 90 %, ours for 70 %.
#
# ## 2. Four ingredients
#
# ![](figure:four_ingredients)
#
# **Data** decide what can be learned at all.
# Classification needs pictures with one label each (ImageNet), detection needs the place of every object as well (COCO), visual question answering needs questions and answers about a picture (VQA).
#
# A **model** turns an input into the output we want, by parameters that can be adjusted: AlexNet and the deeper GoogLeNet turn a photograph into the name of a class, a GAN turns noise into a picture.
#
# A **loss** measures with one number how wrong the model is: the mean squared error (MSE) of numbers, the cross-entropy of classes.
# Both follow from maximum likelihood, a yardstick that says which parameters are *best*, and not how to find them.
# Making the loss small on the training data is not the aim; the model must also work on data it has not seen.
#
# An **algorithm** brings the loss down step by step: stochastic gradient descent (SGD), or its relatives such as Adagrad, which choose the length of the step for each parameter.

# %% [markdown] lang="ko"
# 둘 다 인공지능이지만 머신러닝은 두 번째뿐이고, 딥러닝은 둘 다 아닙니다.
# 스스로 찾은 기준은 90 %를 맞히고 우리가 정한 기준은 70 %를 맞힙니다.
#
# ## 2. 네 가지 재료
#
# ![](figure:four_ingredients)
#
# **데이터**(data)는 무엇을 배울 수 있는지를 정합니다.
# 분류(classification)에는 레이블(label)이 하나씩 붙은 사진(ImageNet)이, 탐지(detection)에는 물체마다 위치까지 적은 사진(COCO)이, 시각 질의응답(visual question answering)에는 사진에 대한 질문과 답(VQA)이 필요합니다.
#
# **모델**(model)은 조정할 수 있는 파라미터(parameter)를 써서 입력을 우리가 원하는 출력으로 바꿉니다. AlexNet과 그보다 깊은 GoogLeNet은 사진을 클래스(class)의 이름으로 바꾸고, GAN은 잡음을 이미지로 바꿉니다.
#
# **손실**(loss)은 모델이 얼마나 틀렸는지를 수 하나로 나타냅니다. 수를 예측할 때는 평균 제곱 오차(mean squared error, MSE), 클래스를 예측할 때는 교차 엔트로피(cross-entropy)를 씁니다.
# 둘 다 최대 가능도(maximum likelihood)에서 나옵니다. 최대 가능도는 어떤 파라미터가 *가장 좋은지* 말해 주는 잣대이지, 그것을 찾는 방법이 아닙니다.
# 학습 데이터(training data)에서 손실을 줄이는 것이 목표의 전부는 아닙니다. 보지 않은 데이터에서도 잘 맞아야 합니다.
#
# **알고리즘**(algorithm)은 손실을 한 걸음씩 줄입니다. 확률적 경사 하강법(stochastic gradient descent, SGD)이 대표적이고, Adagrad처럼 파라미터마다 걸음의 길이를 따로 정하는 변형도 있습니다.

# %% [markdown] lang="en"
# Around the four there are **tricks** that help a model on unseen data: *ensembles* average several models, *mixup* blends two samples with their labels, *dropout* switches units off at random while the network trains.
# Chapter 4 is about them.
#
# Here is the smallest system that has all four ingredients.
# Predict before you run: what will $w$ be after 20 steps?

# %% [markdown] lang="ko"
# 네 가지 재료 말고도, 보지 않은 데이터에서 더 잘 맞히도록 돕는 **요령**이 있습니다. *앙상블*(ensemble)은 여러 모델의 평균을 내고, *mixup*은 샘플 두 개를 레이블까지 섞고, *드롭아웃*(dropout)은 학습하는 동안 유닛(unit)을 무작위로 끕니다.
# 이런 요령은 4장에서 다룹니다.
#
# 네 가지 재료를 모두 갖춘 가장 작은 시스템을 봅시다.
# 실행하기 전에 예상해 보십시오. 20걸음 뒤에 $w$는 얼마가 될까요?

# %% show="only"
x, y = np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 6.0])  # data
w = 0.0
for _ in range(20):
    prediction = w * x  # model
    loss = np.mean((prediction - y) ** 2)  # loss
    w = w - 0.05 * np.mean(2 * (prediction - y) * x)  # algorithm
print(f"w = {w:.4f}, loss before the last step {loss:.1e}")

# %% [markdown] lang="en"
# Almost exactly $2$: the rule in the data was $y = 2x$.
#
# ### Exercise: sort the names
#
# Which of the four is each of these twelve: `ImageNet`, `COCO`, `VQA`, `AlexNet`, `GoogLeNet`, `GAN`, `MSE`, `cross-entropy`, `maximum likelihood`, `SGD`, `Adagrad`, `Adam`?
# Return a dict whose keys are the names, spelled as here, and whose values are `data`, `model`, `loss` or `algorithm`.
# You have met eleven of them; the twelfth, Adam, is short for *adaptive moment estimation* and chooses the length of steps.
# Where two seem possible, ask what you would be holding: examples, a machine, a yardstick or a way downhill.
# Every name counts on its own.

# %% [markdown] lang="ko"
# 거의 정확히 $2$입니다. 데이터에 들어 있던 규칙이 $y = 2x$였습니다.
#
# ### 연습: 이름 나누기
#
# 다음 열두 이름은 각각 네 가지 재료 가운데 무엇일까요? `ImageNet`, `COCO`, `VQA`, `AlexNet`, `GoogLeNet`, `GAN`, `MSE`, `cross-entropy`, `maximum likelihood`, `SGD`, `Adagrad`, `Adam`입니다.
# 위에 적은 이름을 그대로 키로 하고 `data`, `model`, `loss`, `algorithm` 가운데 하나를 값으로 하는 딕셔너리를 돌려줍니다.
# 열한 이름은 이미 만났습니다. 열두 번째인 Adam은 *adaptive moment estimation*을 줄인 이름이고, 걸음의 길이를 정합니다.
# 둘 가운데 어느 쪽인지 헷갈리면, 손에 쥔 것이 무엇일지 생각해 보십시오. 예시입니까, 기계입니까, 잣대입니까, 내려가는 방법입니까?
# 점수는 이름마다 따로 매깁니다.

# %% exercise="ingredients"
def ingredients():
    """A dict: each of the twelve names above -> "data", "model", "loss" or "algorithm"."""
    ### BEGIN SOLUTION
    kinds = {
        "data": ("ImageNet", "COCO", "VQA"),
        "model": ("AlexNet", "GoogLeNet", "GAN"),
        "loss": ("MSE", "cross-entropy", "maximum likelihood"),
        "algorithm": ("SGD", "Adagrad", "Adam"),
    }
    return {name: kind for kind, names in kinds.items() for name in names}
    ### END SOLUTION

# %% test="ingredients" points=2
check(ingredients)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(ingredients, "01_history")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ## 3. A timeline
#
# ![](figure:timeline)
#
# In 2020 Denny Britz looked back and listed the ideas that had [stood the test of time](https://dennybritz.com/posts/deep-learning-ideas-that-stood-the-test-of-time/); we follow his review.
# Every stop of the timeline has an exhibit further down: the question of its day, some lines that show the idea at toy size, the paper, and what is often said wrongly.
#
# Most of the papers are on **arXiv**, an open archive.
# An arXiv id tells when a paper first appeared: `1706.03762` is the paper number 3762 of month 06 in the year 17.
# Conferences and journals often print the same paper some months later, when the year may have changed, so dates in notes and slides disagree.
#
# ### Explore: what lives on?
#
# The slider below walks through the ideas: the question, the paper, and the earlier ideas inside.
# Before you move it: which of the eleven went into most of the later ones, and which is joined to none of the others?

# %% [markdown] lang="ko"
# ## 3. 연표
#
# ![](figure:timeline)
#
# 2020년에 Denny Britz는 지난 일을 돌아보며 [세월이 흘러도 살아남은](https://dennybritz.com/posts/deep-learning-ideas-that-stood-the-test-of-time/) 아이디어를 꼽았습니다. 이 장도 그 글을 따라갑니다.
# 연표에 있는 아이디어마다 뒤에 전시물이 하나씩 나옵니다. 그 시절의 질문, 아이디어를 아주 작게 줄여 보여 주는 코드, 논문, 그리고 흔히 잘못 전해지는 이야기입니다.
#
# 논문은 대부분 공개 저장소인 **arXiv**에 있습니다.
# arXiv 번호를 보면 논문이 처음 나온 때를 알 수 있습니다. `1706.03762`는 17년 06월의 3762번째 논문입니다.
# 같은 논문이 몇 달 뒤에 학회나 학술지에 다시 실리는 일이 많은데, 그사이에 해가 바뀌기도 합니다. 그래서 강의 노트나 슬라이드마다 날짜가 다릅니다.
#
# ### 탐구: 무엇이 이어지나
#
# 아래의 슬라이더로 아이디어를 하나씩 둘러봅니다. 질문과 논문, 그리고 그 안에 들어 있는 앞선 아이디어가 보입니다.
# 움직이기 전에 예상해 봅시다. 열하나 가운데 뒤에 나온 아이디어에 가장 많이 들어간 것은 무엇일까요? 나머지 어느 것과도 이어지지 않은 것은 무엇일까요?

# %% show="only"
from dlbasic import milestones

milestones()

# %% [markdown] lang="en"
# ResNet went into five of them, into most by its skip connection; GAN stands alone here.
# Three of the eleven share one year, and two of these three are often put a year too late: sections 5 and 6 say why.
#
# ## 4. Machines that see and act
#
# ### 4.1 AlexNet: let the machine find the features
#
# **The question:** must people design what a machine looks for in a picture?
# At the ImageNet contest of 2012, with over a million photographs of 1000 classes, Krizhevsky, Sutskever and Hinton answered with a network that learned its own filters: with five guesses it was wrong for 15.3 % of the pictures, the next team for 26.2 %.
#
# Its building block slides a small filter over the picture, multiplies and adds (a **convolution**), and sets what is negative to 0 (ReLU).
# The filter below has $-1$ in its left column and $+1$ in its right one; turned, it has $-1$ on top and $+1$ at the bottom.
# Which parts of a handwritten 0 will each of them light up?

# %% [markdown] lang="ko"
# ResNet은 다섯 아이디어로 이어졌고, 대부분은 스킵 연결을 이어받았습니다. GAN은 여기에서 어느 것과도 이어지지 않습니다.
# 열하나 가운데 셋이 같은 해에 나왔고, 그 가운데 둘은 한 해 늦게 적히는 일이 많습니다. 까닭은 5절과 6절에 있습니다.
#
# ## 4. 보고 움직이는 기계
#
# ### 4.1 AlexNet: 특징은 기계가 찾는다
#
# **질문:** 기계가 이미지에서 무엇을 눈여겨볼지 꼭 사람이 설계해야 할까요?
# 백만 장이 넘는 사진을 1000가지 클래스로 가르는 2012년 ImageNet 대회에서 Krizhevsky, Sutskever, Hinton은 필터를 스스로 배우는 신경망으로 답했습니다. 다섯 번 추측해서 모두 틀린 사진이 15.3 %였고, 그다음 팀은 26.2 %였습니다.
#
# 이 신경망의 기본 부품은 작은 필터를 이미지 위로 옮겨 가며 곱해서 더하고(**합성곱**, convolution), 음수는 0으로 바꿉니다(ReLU).
# 아래의 필터는 왼쪽 열이 $-1$, 오른쪽 열이 $+1$입니다. 돌려놓으면 윗줄이 $-1$, 아랫줄이 $+1$이 됩니다.
# 두 필터는 각각 손글씨 0의 어느 부분에서 밝게 반응할까요?

# %% show="only"
from dlbasic import digits, show_digits

digit = digits()[0][0].reshape(8, 8)
left_edges = np.array([[-1, 0, 1]] * 3)
maps = []
for kernel in (left_edges, left_edges.T):
    around, total = np.pad(digit, 1), 0
    for (i, j), weight in np.ndenumerate(kernel):
        total = total + weight * around[i : i + 8, j : j + 8]
    maps.append(np.maximum(total, 0) / 3)
show_digits(np.stack([digit, *maps]), ["digit", "left", "top"])

# %% [markdown] lang="en"
# Coming from the left, the first lights up where ink begins: twice in a ring. The other does the same from above.
# AlexNet learned 96 such filters in its first layer alone, and combined them in seven more layers.
#
# *Paper:* A. Krizhevsky, I. Sutskever and G. Hinton, *ImageNet Classification with Deep Convolutional Neural Networks*, NIPS 2012, not on arXiv, reprinted as [doi:10.1145/3065386](https://doi.org/10.1145/3065386).
#
# > **What is often said, and why it is wrong.**
# > "AlexNet was the first deep network to win a contest."
# > It was the first to win *ImageNet*.
# > Deep recurrent networks had won handwriting contests in 2009, and the deep convolutional networks of Cireşan and colleagues a contest in reading traffic signs in 2011; see J. Schmidhuber's survey, [arXiv:1404.7828](https://arxiv.org/abs/1404.7828).
#
# ### 4.2 DQN: learn from reward
#
# **The question:** can a machine learn to act when nobody shows it the right action, and only the score of the game tells how well it did?
#
# **Q-learning** keeps a number $Q(s, a)$ for each state and action: all the reward to be expected from there on.
# The later a reward comes, the less it counts: every step multiplies it by the discount $\gamma$.

# %% [markdown] lang="ko"
# 첫 번째 필터는 왼쪽에서 오다가 잉크가 시작되는 곳에서 밝아집니다. 고리 모양에는 그런 곳이 두 번 나옵니다. 두 번째 필터는 위에서 내려오다가 잉크가 시작되는 곳에서 밝아집니다.
# AlexNet은 이런 필터를 첫 층에서만 96개 배웠고, 이어지는 일곱 층에서 그것들을 엮었습니다.
#
# *논문:* A. Krizhevsky, I. Sutskever, G. Hinton, *ImageNet Classification with Deep Convolutional Neural Networks*, NIPS 2012. arXiv에는 없고, 나중에 다시 실린 판은 [doi:10.1145/3065386](https://doi.org/10.1145/3065386)입니다.
#
# > **흔히 이렇게 말하지만, 틀렸습니다.**
# > "AlexNet은 대회에서 우승한 최초의 심층 신경망이다."
# > *ImageNet* 대회에서 우승한 최초의 심층 신경망이었을 뿐입니다.
# > 손글씨 대회에서는 2009년에 이미 심층 순환 신경망이 우승했고, 교통 표지판 대회에서는 2011년에 Cireşan과 동료들의 심층 합성곱 신경망이 우승했습니다. J. Schmidhuber의 개관 논문 [arXiv:1404.7828](https://arxiv.org/abs/1404.7828)을 보십시오.
#
# ### 4.2 DQN: 보상에서 배우다
#
# **질문:** 올바른 행동을 보여 주는 사람 없이, 기계가 게임의 점수만 보고 움직이는 법을 배울 수 있을까요?
#
# **Q러닝**(Q-learning)은 상태(state)와 행동(action)의 짝마다 수 $Q(s, a)$를 하나씩 적어 둡니다. 그때부터 얻으리라고 기대하는 보상(reward)을 모두 합한 값입니다.
# 늦게 얻는 보상일수록 낮게 칩니다. 한 걸음 늦을 때마다 할인율(discount) $\gamma$를 곱합니다.

# %% [markdown] lang="en"
# ### Exercise: one step of Q-learning
#
# After action $a$ in state $s$ brought the reward $r$ and led to state $s'$, the entry $Q(s, a)$ moves a part $\eta$ of the way to a better estimate:
#
# $$Q(s, a) \leftarrow Q(s, a) + \eta\,\big(r + \gamma \max_{a'} Q(s', a') - Q(s, a)\big)$$
#
# The maximum stands for going on as well as possible.
# If the episode is over in $s'$ (`done`), there is no going on: the entry moves towards $r$ alone.
# In the code $\eta$ is `lr` and $\gamma$ is `discount`.
# For $Q(s, a) = 1$, $r = 3$, $\gamma = 0.5$, $\eta = 0.5$ and a best next value of $4$ the result is $1 + 0.5\,(3 + 2 - 1) = 3$.
# Return a new table; the given one stays as it was.

# %% [markdown] lang="ko"
# ### 연습: Q러닝 한 걸음
#
# 상태 $s$에서 행동 $a$를 했더니 보상 $r$을 얻고 상태 $s'$에 이르렀다고 합시다. 그러면 $Q(s, a)$를 더 나은 추정값 쪽으로 $\eta$의 비율만큼 옮깁니다.
#
# $$Q(s, a) \leftarrow Q(s, a) + \eta\,\big(r + \gamma \max_{a'} Q(s', a') - Q(s, a)\big)$$
#
# 최댓값을 쓰는 것은 앞으로도 가장 좋은 행동을 한다고 보기 때문입니다.
# $s'$에서 에피소드(episode)가 끝났다면(`done`) 앞으로 얻을 것이 없으므로, $r$만을 향해 옮깁니다.
# 코드에서 $\eta$는 `lr`이고 $\gamma$는 `discount`입니다.
# $Q(s, a) = 1$, $r = 3$, $\gamma = 0.5$, $\eta = 0.5$이고 다음 상태의 가장 큰 값이 $4$이면 결과는 $1 + 0.5\,(3 + 2 - 1) = 3$입니다.
# 주어진 표는 그대로 두고 새 표를 돌려줍니다.

# %% exercise="q_update"
def q_update(q, state, action, reward, next_state, lr, discount, done):
    """One step of Q-learning: a new (S, A) table; done: next_state ends the episode.

    >>> q = np.array([[0.0, 1.0], [2.0, 4.0]])
    >>> q_update(q, 0, 1, 3.0, 1, lr=0.5, discount=0.5, done=False)
    array([[0., 3.],
           [2., 4.]])
    """
    ### BEGIN SOLUTION
    updated = np.array(q, dtype=float)
    future = 0.0 if done else discount * updated[next_state].max()
    updated[state, action] += lr * (reward + future - updated[state, action])
    return updated
    ### END SOLUTION

# %% test="q_update" points=2
check(q_update)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(q_update, "01_history")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# Exhibit: a corridor of six rooms.
# The only reward, $1$, waits in the last one, and the machine wanders left and right at random.
# The picture will show both values of each room, and an arrow at the larger.
# How large will $Q$ be for the step to the right in the *first* room, with a discount of $0.9$?

# %% [markdown] lang="ko"
# 이번 전시물은 방 여섯 개가 이어진 복도입니다.
# 보상은 마지막 방에 있는 $1$ 하나뿐이고, 기계는 왼쪽과 오른쪽으로 아무렇게나 돌아다닙니다.
# 그림에는 방마다 두 값이 모두 나오고, 큰 쪽에 화살표가 붙습니다.
# 할인율이 $0.9$라면 *첫* 방에서 오른쪽으로 가는 걸음의 $Q$는 얼마가 될까요?

# %% show="only"
from dlbasic import show_corridor

rng, q, tables = np.random.default_rng(0), np.zeros((6, 2)), {}
for walk in range(1, 101):
    room = 0
    while room < 5:
        action = rng.integers(2)  # 0: to the left, 1: to the right
        arrived = max(room + 2 * action - 1, 0)
        reward, done = float(arrived == 5), arrived == 5
        q = q_update(q, room, action, reward, arrived, lr=0.5, discount=0.9, done=done)
        room = arrived
    if walk in (1, 3, 10, 100):
        tables[f"after walk {walk}"] = q
print("right:", q[:5, 1].round(3), " left:", q[:5, 0].round(3))
show_corridor(tables)

# %% [markdown] lang="en"
# $0.9^4 \approx 0.656$: the reward trickled back four rooms, through the maximum, though the walk was aimless.
#
# A table needs one row a state, and there are more possible Atari screens than atoms in the universe.
# DeepMind's **DQN** replaced the table by a convolutional network that reads the screen, and trained it on remembered moves in shuffled order; of seven Atari games it played three better than a human expert.
#
# *Paper:* V. Mnih and others, *Playing Atari with Deep Reinforcement Learning*, [arXiv:1312.5602](https://arxiv.org/abs/1312.5602).
#
# > **What is often said, and why it is wrong.**
# > "DQN beat the world's best Go player."
# > DQN played Atari.
# > AlphaGo (2016, [doi:10.1038/nature16961](https://doi.org/10.1038/nature16961)) is another machine: a policy network proposes moves, a value network judges positions, and a tree search looks ahead.

# %% [markdown] lang="ko"
# $0.9^4 \approx 0.656$입니다. 아무렇게나 돌아다녔는데도 보상은 최댓값을 타고 방 네 개를 거슬러 전해졌습니다.
#
# 표에는 상태마다 한 행이 필요한데, 나올 수 있는 Atari 화면은 우주의 원자보다 많습니다.
# DeepMind의 **DQN**은 표 대신 화면을 읽는 합성곱 신경망을 쓰고, 기억해 둔 움직임의 순서를 섞어 가며 학습시켰습니다. Atari 게임 일곱 가지 가운데 세 가지는 사람 전문가보다 잘했습니다.
#
# *논문:* V. Mnih 외, *Playing Atari with Deep Reinforcement Learning*, [arXiv:1312.5602](https://arxiv.org/abs/1312.5602).
#
# > **흔히 이렇게 말하지만, 틀렸습니다.**
# > "DQN이 세계 최고의 바둑 기사를 이겼다."
# > DQN은 Atari 게임을 했습니다.
# > AlphaGo(2016, [doi:10.1038/nature16961](https://doi.org/10.1038/nature16961))는 다른 기계입니다. 정책망(policy network)이 둘 만한 수를 내놓고, 가치망(value network)이 형세를 판단하고, 트리 탐색(tree search)이 몇 수 앞을 내다봅니다.

# %% [markdown] lang="en"
# ## 5. Sequences, and a step that fits
#
# ### 5.1 Encoder and decoder: from one sequence to another
#
# **The question:** how can a network translate, when the sentence that goes in and the one that comes out differ in length?
#
# One network, the *encoder*, reads the sentence and packs it into one vector of fixed size.
# A second one, the *decoder*, unpacks it token by token; each time it sees what it has said so far and gives a score to every token of its vocabulary.
#
# ### Exercise: greedy decoding
#
# Greedy decoding always says the token with the highest score.
# The prefix is the list `[start]` at first; each new token is appended to it before the next call of `step(prefix)`.
# Stop when the end token wins, or after `max_len` tokens.
# Return the tokens that were said: neither `start` nor `end` is one of them.

# %% [markdown] lang="ko"
# ## 5. 시퀀스, 그리고 알맞은 걸음
#
# ### 5.1 인코더와 디코더: 한 시퀀스에서 다른 시퀀스로
#
# **질문:** 들어가는 문장과 나오는 문장의 길이가 다른데 신경망이 어떻게 번역할까요?
#
# *인코더*(encoder)라는 신경망이 문장을 읽어 크기가 정해진 벡터 하나에 담습니다.
# *디코더*(decoder)라는 두 번째 신경망은 그 벡터를 풀어 토큰(token)을 하나씩 냅니다. 그때마다 지금까지 한 말을 보고, 어휘의 모든 토큰에 점수를 매깁니다.
#
# ### 연습: 탐욕적 디코딩
#
# 탐욕적 디코딩(greedy decoding)은 언제나 점수가 가장 높은 토큰을 말합니다.
# 접두 리스트(prefix)는 처음에 `[start]`입니다. 새 토큰을 여기에 덧붙인 다음 `step(prefix)`를 다시 부릅니다.
# 끝 토큰의 점수가 가장 높거나 토큰을 `max_len`개 말했으면 멈춥니다.
# 말한 토큰을 돌려줍니다. `start`와 `end`는 넣지 않습니다.

# %% exercise="greedy_decode"
def greedy_decode(step, start, end, max_len):
    """The list of at most max_len tokens, without start and end; step(prefix) -> (V,) scores.

    >>> step = lambda prefix: np.eye(4)[(prefix[-1] + 1) % 4]
    >>> greedy_decode(step, start=0, end=3, max_len=10)
    [1, 2]
    """
    prefix = [start]
    ### BEGIN SOLUTION
    while len(prefix) <= max_len:
        token = int(np.argmax(step(prefix)))
        if token == end:
            break
        prefix.append(token)
    return prefix[1:]
    ### END SOLUTION

# %% test="greedy_decode" points=2
check(greedy_decode)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(greedy_decode, "01_history")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# Exhibit: a decoder that copies.
# Every word has a random vector of 256 numbers, every place in the sentence a random pattern of signs.
# The encoder, which is not even trained, gives each word's vector the signs of its place and adds them all up.
# The decoder undoes the signs of one place and takes the word that fits best.
# Of sentences with 2, 5, 10, 20 and 40 words, how many will come out without a mistake?

# %% [markdown] lang="ko"
# 이번 전시물은 들은 말을 그대로 따라 하는 디코더입니다.
# 단어마다 수 256개로 된 무작위 벡터가 있고, 문장의 자리마다 무작위로 정한 부호의 배열이 있습니다.
# 인코더는 학습조차 하지 않았습니다. 단어의 벡터에 그 자리의 부호를 곱해서 모두 더할 뿐입니다.
# 디코더는 자리마다 부호를 되돌린 다음 가장 잘 맞는 단어를 고릅니다.
# 단어가 2, 5, 10, 20, 40개인 문장 가운데 얼마나 많은 문장이 틀린 곳 없이 나올까요?

# %% show="only"
rng, END = np.random.default_rng(0), 26
words, places = rng.normal(size=(27, 256)), rng.choice([-1, 1], size=(41, 256))


def copy(sentence):
    code = np.sum(words[[*sentence, END]] * places[: len(sentence) + 1], axis=0)

    def step(prefix):
        return words @ (code * places[len(prefix) - 1])

    return greedy_decode(step, "start", END, max_len=40)


shares = {}
for length in (2, 5, 10, 20, 40):
    sentences = rng.integers(END, size=(100, length)).tolist()
    shares[length] = np.mean([copy(s) == s for s in sentences])
plot_shares(shares, "share copied without a mistake", "words in the sentence")

# %% [markdown] lang="en"
# Each bar is the share of 100 sentences that came out without a mistake: $0.89$ with 10 words, only $0.08$ with 20.
# Short sentences survive, long ones do not: one vector of fixed size is a bottleneck.
# Trained encoders pack far better, yet the same year's answer to the bottleneck, attention, is what section 7 is about.
#
# *Papers:* I. Sutskever, O. Vinyals and Q. Le, *Sequence to Sequence Learning with Neural Networks*, [arXiv:1409.3215](https://arxiv.org/abs/1409.3215); K. Cho and others, *Learning Phrase Representations using RNN Encoder-Decoder for Statistical Machine Translation*, [arXiv:1406.1078](https://arxiv.org/abs/1406.1078).
#
# > **What is often said, and why it is wrong.**
# > "Encoder and decoder are for translation only."
# > Any pair of sequences will do: a question and its answer, speech and text, a long text and its summary.
#
# ### 5.2 Adam: a step for every parameter
#
# **The question:** which step length suits a loss that is steep in one direction and flat in another?
#
# Adam keeps two running means for each parameter, of the gradient ($m$) and of its square ($v$), and its step is the learning rate times $m / \sqrt{v}$.
# Below, the loss $\frac{1}{2}(a^2 + 1000\,b^2)$ is a valley, 1000 times as steep across as along.
# Plain gradient descent diverges at any rate above $0.002$.
# After 300 steps, whose loss will be lower, and by what factor: 10, 1000 or a million?

# %% [markdown] lang="ko"
# 막대는 문장 100개 가운데 틀린 곳 없이 나온 문장의 비율입니다. 단어가 10개이면 $0.89$이고 20개이면 $0.08$뿐입니다.
# 짧은 문장은 살아남지만 긴 문장은 그렇지 못합니다. 크기가 정해진 벡터 하나가 병목(bottleneck)입니다.
# 학습한 인코더는 훨씬 잘 담습니다. 그래도 병목을 푼 것은 같은 해에 나온 어텐션이고, 7절에서 다룹니다.
#
# *논문:* I. Sutskever, O. Vinyals, Q. Le, *Sequence to Sequence Learning with Neural Networks*, [arXiv:1409.3215](https://arxiv.org/abs/1409.3215). K. Cho 외, *Learning Phrase Representations using RNN Encoder-Decoder for Statistical Machine Translation*, [arXiv:1406.1078](https://arxiv.org/abs/1406.1078).
#
# > **흔히 이렇게 말하지만, 틀렸습니다.**
# > "인코더와 디코더는 번역에만 쓴다."
# > 시퀀스의 쌍이면 무엇이든 됩니다. 질문과 답, 말소리와 글, 긴 글과 요약에도 씁니다.
#
# ### 5.2 Adam: 파라미터마다 다른 걸음
#
# **질문:** 한쪽으로는 가파르고 다른 쪽으로는 평평한 손실에는 걸음의 길이를 얼마로 해야 할까요?
#
# Adam은 파라미터마다 기울기(gradient)의 이동 평균($m$)과 기울기 제곱의 이동 평균($v$)을 두고, $m / \sqrt{v}$에 학습률(learning rate)을 곱한 만큼 걷습니다.
# 아래의 손실 $\frac{1}{2}(a^2 + 1000\,b^2)$은 골짜기 모양이고, 가로지르는 방향이 길게 뻗은 방향보다 1000배 가파릅니다.
# 평범한 경사 하강법(gradient descent)은 학습률이 $0.002$를 넘으면 발산(divergence)합니다.
# 300걸음 뒤에는 어느 쪽의 손실이 얼마나 더 작을까요? 10배, 1000배, 백만 배 가운데 골라 보십시오.

# %% show="only"
from dlbasic import plot_losses

steepness, at_plain, at_adam = np.array([1.0, 1000.0]), np.ones(2), np.ones(2)
m, v = steepness * at_adam, (steepness * at_adam) ** 2
losses = {"gradient descent": [], "Adam": []}
for _ in range(300):
    losses["gradient descent"].append(np.sum(steepness * at_plain**2) / 2)
    losses["Adam"].append(np.sum(steepness * at_adam**2) / 2)
    at_plain = at_plain - 0.0019 * (steepness * at_plain)
    g = steepness * at_adam
    m, v = m + 0.1 * (g - m), v + 0.001 * (g**2 - v)
    at_adam = at_adam - 0.03 * m / np.sqrt(v)
plot_losses(losses)

# %% [markdown] lang="en"
# Plain descent leads for about 70 steps, then it crawls along the flat direction; in the end Adam is ahead by far more than a million.
# Where Adam's curve dips, it swings through the bottom and out on the other side.
# The step $m / \sqrt{v}$ does not change when a gradient is multiplied by 1000, so the steep direction no longer dictates the pace.
# Be fair: this valley lies along the axes, which suits Adam; chapter 3 turns it, and derives how Adam really starts.
#
# *Paper:* D. Kingma and J. Ba, *Adam: A Method for Stochastic Optimization*, [arXiv:1412.6980](https://arxiv.org/abs/1412.6980).
#
# > **What is often said, and why it is wrong.**
# > "Adam is from 2015."
# > That is the year of the conference; the paper was on arXiv in the last month of the year before.
# > Nor does the name mean that it works most of the time: it is short for *adaptive moment estimation*.

# %% [markdown] lang="ko"
# 70걸음쯤까지는 평범한 경사 하강법이 앞서지만, 그다음에는 평평한 방향으로 기어가다시피 합니다. 마지막에는 Adam의 손실이 백만 배를 훌쩍 넘게 작아집니다.
# Adam의 곡선이 푹 꺼지는 곳에서는 바닥을 지나 반대쪽으로 넘어갑니다.
# $m / \sqrt{v}$는 기울기에 1000을 곱해도 바뀌지 않습니다. 그래서 가파른 방향이 더는 걸음을 좌우하지 못합니다.
# 다만 이 골짜기는 좌표축을 따라 놓여 있어 Adam에게 유리합니다. 3장에서는 골짜기를 돌려놓아 보고, Adam이 실제로 어떻게 출발하는지도 유도합니다.
#
# *논문:* D. Kingma, J. Ba, *Adam: A Method for Stochastic Optimization*, [arXiv:1412.6980](https://arxiv.org/abs/1412.6980).
#
# > **흔히 이렇게 말하지만, 틀렸습니다.**
# > "Adam은 2015년에 나왔다."
# > 그것은 학회가 열린 해이고, 논문은 그 전해의 마지막 달에 arXiv에 올라왔습니다.
# > 이름에 '웬만하면 잘된다'는 뜻이 있는 것도 아닙니다. *adaptive moment estimation*을 줄인 이름입니다.

# %% [markdown] lang="en"
# ## 6. Forgers and depth
#
# ### 6.1 GAN: a judge instead of a formula
#
# **The question:** how can a machine learn to make pictures when no formula says what a good picture is?
#
# Let a second network be the judge.
# The *discriminator* gets real samples and fakes and gives each a logit $d$, positive for "real".
# The *generator* makes fakes from noise and tries to be judged real.
#
# ### Exercise: the two losses
#
# With $\mathrm{softplus}(u) = \log(1 + e^u)$, and each mean taken over its own batch:
#
# $$\mathcal{L}_D = \mathrm{mean}\,\mathrm{softplus}(-d_{\mathrm{real}}) + \mathrm{mean}\,\mathrm{softplus}(d_{\mathrm{fake}}) \qquad \mathcal{L}_G = \mathrm{mean}\,\mathrm{softplus}(-d_{\mathrm{fake}})$$
#
# The generator could also minimize $-\mathrm{mean}\,\mathrm{softplus}(d_{\mathrm{fake}})$, but where the judge is sure of a fake that form is flat and nothing is learned; ours is the paper's *non-saturating* one.
# $e^{1000}$ overflows: compute softplus as $\max(u, 0) + \log(1 + e^{-|u|})$, element by element, or look up what `np.logaddexp` does.

# %% [markdown] lang="ko"
# ## 6. 위조범과 깊이
#
# ### 6.1 GAN: 공식 대신 심판
#
# **질문:** 좋은 이미지가 무엇인지 말해 주는 공식이 없는데 기계가 어떻게 이미지 만드는 법을 배울까요?
#
# 두 번째 신경망에게 심판을 맡깁니다.
# *판별자*(discriminator)는 진짜 샘플과 가짜를 받아 로짓(logit) $d$를 매깁니다. 양수이면 진짜라는 뜻입니다.
# *생성자*(generator)는 잡음에서 가짜를 만들고, 진짜라는 판정을 받으려고 애씁니다.
#
# ### 연습: 두 개의 손실
#
# $\mathrm{softplus}(u) = \log(1 + e^u)$이고, 평균은 각자의 배치(batch)에서 따로 냅니다.
#
# $$\mathcal{L}_D = \mathrm{mean}\,\mathrm{softplus}(-d_{\mathrm{real}}) + \mathrm{mean}\,\mathrm{softplus}(d_{\mathrm{fake}}) \qquad \mathcal{L}_G = \mathrm{mean}\,\mathrm{softplus}(-d_{\mathrm{fake}})$$
#
# 생성자가 $-\mathrm{mean}\,\mathrm{softplus}(d_{\mathrm{fake}})$를 줄이게 할 수도 있습니다. 하지만 판별자가 가짜임을 확신하는 곳에서는 이 함수가 평평해서 아무것도 배우지 못합니다. 우리는 논문의 *포화되지 않는*(non-saturating) 꼴을 씁니다.
# $e^{1000}$은 오버플로(overflow)를 일으킵니다. softplus는 원소마다 $\max(u, 0) + \log(1 + e^{-|u|})$로 계산하거나, `np.logaddexp`가 무엇을 하는지 찾아보십시오.

# %% exercise="gan_losses"
def gan_losses(d_real, d_fake):
    """Two floats, (discriminator loss, generator loss), from vectors of logits.

    Finite and without a warning, for logits of +-1000 too.

    >>> gan_losses(np.array([1000.0, 1000.0]), np.array([1000.0, 1000.0]))
    (1000.0, 0.0)
    """
    ### BEGIN SOLUTION
    d_real, d_fake = np.asarray(d_real), np.asarray(d_fake)
    discriminator = np.mean(np.logaddexp(0, -d_real)) + np.mean(np.logaddexp(0, d_fake))
    return float(discriminator), float(np.mean(np.logaddexp(0, -d_fake)))
    ### END SOLUTION

# %% test="gan_losses" points=2
check(gan_losses)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(gan_losses, "01_history")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# Exhibit: forging numbers.
# The real ones are drawn around 3 with a spread of 0.5; the forger starts at 0 with a spread of 1.
# The judge's logit is a parabola, which is enough to tell a centre and a spread.
# `downhill` needs no derivative: it tries a small random nudge both ways and moves to the better side.
# Two predictions: which will the forger get right first, the centre or the spread?
# And what is $\mathcal{L}_D$ when the judge can only shrug, with every logit $0$?

# %% [markdown] lang="ko"
# 이번 전시물은 수를 위조합니다.
# 진짜 수는 중심이 3이고 퍼짐(표준편차)이 0.5입니다. 위조범은 중심 0, 퍼짐 1에서 출발합니다.
# 심판의 로짓은 포물선입니다. 중심과 퍼짐을 가려내기에 충분합니다.
# `downhill`은 도함수(derivative)를 쓰지 않습니다. 작은 무작위 변화를 양쪽으로 시험해 보고 나은 쪽으로 움직입니다.
# 두 가지를 예상해 봅시다. 위조범은 중심과 퍼짐 가운데 무엇을 먼저 맞힐까요?
# 심판이 전혀 가려내지 못해 모든 로짓이 $0$이면 $\mathcal{L}_D$는 얼마일까요?

# %% show="only"
def downhill(loss, at, lr, rng, *given):
    nudge = rng.choice([-0.01, 0.01], size=np.shape(at))
    rise = loss(at + nudge, *given) - loss(at - nudge, *given)
    return at - lr * rise / (2 * 0.01**2) * nudge


def judged(judge, forger, real, noise):
    fake = forger[0] + forger[1] * noise
    return gan_losses(np.polyval(judge, real - 2), np.polyval(judge, fake - 2))


def judge_loss(judge, forger, real, noise):
    return judged(judge, forger, real, noise)[0]


def forger_loss(forger, judge, real, noise):
    return judged(judge, forger, real, noise)[1]

# %% show="only"
from dlbasic import show_forgery

rng, forger, judge = np.random.default_rng(0), np.array([0.0, 1.0]), np.zeros(3)
losses, moments, places = {"discriminator": [], "generator": []}, {}, np.linspace(-2, 5, 141)
for step in range(3001):
    real, noise = rng.normal(3.0, 0.5, size=64), rng.normal(size=64)
    judge = downhill(judge_loss, judge, 0.05, rng, forger, real, noise)
    forger = downhill(forger_loss, forger, 0.05, rng, judge, real, noise)
    for name, loss in zip(losses, judged(judge, forger, real, noise)):
        losses[name].append(loss)
    if step in (0, 40, 80, 800, 1800, 3000):
        caption = f"step {step}\ncentre {forger[0]:.2f}, spread {abs(forger[1]):.2f}"
        moments[caption] = forger, np.polyval(judge, places - 2)
show_forgery(moments, (3.0, 0.5), places)
plot_losses({name: run[::25] for name, run in losses.items()}, every=25)

# %% [markdown] lang="en"
# The centre, and quickly.
# In the pictures the dotted bell is the real numbers, the solid one the forged; the dashed curve is the judge, the chance it gives a number of being real.
# At step 80 the forger makes one and the same number over and over (spread 0.01), a small *mode collapse*.
# By step 800 the judge has found out: its curve dips just where the forger stands.
# At step 1800 the bell is too wide (spread 0.80), at step 3000 it fits, but not for good: the spread keeps circling around 0.5. Two players have no valley to rest in.
# A judge that shrugs pays $2 \log 2 \approx 1.386$, near which the discriminator's loss stays.
#
# *Paper:* I. Goodfellow and others, *Generative Adversarial Networks*, [arXiv:1406.2661](https://arxiv.org/abs/1406.2661).
#
# > **What is often said, and why it is wrong.**
# > "GANs are from 2015."
# > The id says it: month 06 of the year 14, and the conference was in the same year.
# > A wave of follow-up papers came a year later, which may be where the date comes from.
#
# ### 6.2 ResNet: keep what you have, learn the change
#
# **The question:** why did networks with more layers get *worse*, even on their training data?

# %% [markdown] lang="ko"
# 중심을 먼저, 그것도 금방 맞힙니다.
# 그림에서 점선은 진짜 수의 분포이고 실선은 위조한 수의 분포입니다. 파선은 심판이 보기에 그 수가 진짜일 확률입니다.
# 80걸음에서는 위조범이 똑같은 수만 되풀이해서 만듭니다(퍼짐 0.01). 작은 *모드 붕괴*(mode collapse)입니다.
# 800걸음에서는 심판이 알아챘습니다. 바로 위조범이 있는 곳에서 심판의 곡선이 움푹 들어가 있습니다.
# 1800걸음에서는 너무 넓게 퍼져 있다가(퍼짐 0.80) 3000걸음에서는 잘 맞습니다. 그래도 거기에 머물지 않고, 퍼짐은 0.5 둘레를 계속 맴돕니다. 두 선수가 겨루는 곳에는 쉬어 갈 골짜기가 없습니다.
# 전혀 가려내지 못하는 심판의 손실은 $2 \log 2 \approx 1.386$이고, 판별자의 손실은 그 근처에 머뭅니다.
#
# *논문:* I. Goodfellow 외, *Generative Adversarial Networks*, [arXiv:1406.2661](https://arxiv.org/abs/1406.2661).
#
# > **흔히 이렇게 말하지만, 틀렸습니다.**
# > "GAN은 2015년에 나왔다."
# > 번호가 말해 줍니다. 14년 06월이고, 학회도 같은 해에 열렸습니다.
# > 한 해 뒤에 후속 논문이 쏟아져 나왔으니, 잘못된 날짜는 거기에서 왔을지도 모릅니다.
#
# ### 6.2 ResNet: 가진 것은 지키고 바뀔 것만 배운다
#
# **질문:** 층을 더 쌓은 신경망이 왜 학습 데이터에서조차 *더 나빠졌을까요?*

# %% [markdown] lang="en"
# ### Exercise: a residual block
#
# A plain block must produce its whole output anew.
# A **residual block** adds its input to what it computes, so that it only has to learn what should *change*:
#
# $$y = x + \mathrm{relu}(x W_1)\,W_2$$
#
# where $\mathrm{relu}(z) = \max(z, 0)$ for each element.
# The added $x$ is called a *skip connection*.
# With $W_2 = 0$ the block lets everything through untouched, which a plain block finds hard to learn.
# The sum comes last: nothing is done to it afterwards.

# %% [markdown] lang="ko"
# ### 연습: 잔차 블록
#
# 평범한 블록은 출력을 처음부터 끝까지 새로 만들어야 합니다.
# **잔차 블록**(residual block)은 계산한 값에 입력을 더합니다. 그래서 *바뀌어야 할 것*만 배우면 됩니다.
#
# $$y = x + \mathrm{relu}(x W_1)\,W_2$$
#
# 여기서 $\mathrm{relu}(z) = \max(z, 0)$이고 원소별로 계산합니다.
# 더해지는 $x$를 *스킵 연결*(skip connection)이라고 합니다.
# $W_2 = 0$이면 모든 것을 그대로 통과시킵니다. 평범한 블록으로는 이것을 배우기가 어렵습니다.
# 덧셈이 마지막입니다. 더한 뒤에는 아무것도 하지 않습니다.

# %% exercise="residual_block"
def residual_block(x, w1, w2):
    """x (N, D) plus relu(x @ w1) @ w2, what must change; w1 (D, H), w2 (H, D); gives (N, D).

    >>> x, w1, w2 = np.array([[1.0, -2.0]]), np.array([[1.0], [1.0]]), np.array([[5.0, 5.0]])
    >>> residual_block(x, w1, w2)
    array([[ 1., -2.]])
    """
    ### BEGIN SOLUTION
    x = np.asarray(x)
    hidden = np.maximum(x @ np.asarray(w1), 0)
    return x + hidden @ np.asarray(w2)
    ### END SOLUTION

# %% test="residual_block" points=1
check(residual_block)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(residual_block, "01_history")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# Exhibit: how much of a small nudge at the bottom arrives at the top?
# A gradient travels the same road in the other direction, through the same matrices.
# The plain stack is yours too: a residual block minus its input.
# After 40 layers, what will be left of the nudge in each stack: most of it, a thousandth, or nothing to speak of?

# %% [markdown] lang="ko"
# 이번 전시물은 맨 아래를 살짝 건드리면 그 변화가 맨 위에 얼마나 전해지는지 보여 줍니다.
# 기울기는 같은 행렬(matrix)들을 지나 같은 길을 거꾸로 갑니다.
# 스킵 연결 없이 쌓은 평범한 층도 여러분의 함수로 만듭니다. 잔차 블록의 출력에서 입력을 빼면 됩니다.
# 40층을 지나면 두 경우에 각각 얼마나 남을까요? 대부분 남을까요, 천분의 일쯤 남을까요, 거의 사라질까요?

# %% show="only"
rng = np.random.default_rng(0)
start = rng.normal(size=(1, 16))
plain = residual = [start, start + 1e-6]
left = {"residual": [1.0], "plain": [1.0]}
for _ in range(40):
    w1, w2 = rng.normal(0, 0.15, size=(2, 16, 16))
    plain = [residual_block(x, w1, w2) - x for x in plain]
    residual = [residual_block(x, w1, w2) for x in residual]
    for name, (a, b) in {"residual": residual, "plain": plain}.items():
        left[name].append(np.linalg.norm(b - a) / np.linalg.norm(np.full(16, 1e-6)))
print(f"after 40 layers: plain {left['plain'][-1]:.1e}, residual {left['residual'][-1]:.2f}")
plot_losses(left, unit="layer", what="what is left of the nudge")

# %% [markdown] lang="en"
# The plain stack keeps $10^{-25}$ of it: a signal so small teaches nothing.
# In the residual stack it arrives in full, even grown to nearly twice its size, for there is always the straight road through the sums.
#
# ### Explore: with and without the skip
#
# Now send a digit through up to 50 blocks, and choose the size of the weights: at size 1, what a block adds is about as large as what comes in.
# After 40 blocks, is there a size at which a small change survives *without* the skip at about its own size?
# And what does the same size do *with* the skip?

# %% [markdown] lang="ko"
# 평범한 층에서는 $10^{-25}$만 남습니다. 이렇게 작은 신호로는 아무것도 배울 수 없습니다.
# 잔차 블록에서는 온전히 전해지고, 두 배 가까이 커지기까지 합니다. 덧셈을 따라가는 곧은길이 언제나 있기 때문입니다.
#
# ### 탐구: 스킵이 있을 때와 없을 때
#
# 이제 숫자 이미지를 블록 50개까지 통과시켜 봅시다. 가중치(weight)의 크기도 고를 수 있는데, 크기가 1이면 블록이 더하는 값과 들어온 값의 크기가 비슷합니다.
# 블록 40개를 지난 뒤에, 스킵 *없이도* 작은 변화가 거의 제 크기로 남아 있게 하는 가중치의 크기가 있을까요?
# 바로 그 크기에서 스킵이 *있으면* 어떻게 될까요?

# %% show="only"
from dlbasic import residual_explorer

residual_explorer(residual_block)

# %% [markdown] lang="en"
# There is one, at $1.02$, but the window is narrow: at $0.8$ less than $10^{-8}$ is left, at $1.2$ the change has grown by $10^5$ and more.
# With the skip, the same $1.02$ blows it up more than $10^5$ times: a road that is always open needs weights that are small.
# Real networks therefore normalize between the layers as well (chapter 4).
#
# *Paper:* K. He, X. Zhang, S. Ren and J. Sun, *Deep Residual Learning for Image Recognition*, [arXiv:1512.03385](https://arxiv.org/abs/1512.03385): 152 layers, winner of ImageNet 2015.
#
# > **What is often said, and why it is wrong.**
# > "ResNet is from 2016" (the year of the conference), and "it cured vanishing gradients".
# > The authors' plain networks were normalized, and they think it *unlikely* that vanishing gradients were to blame; yet 34 plain layers learned worse than 18.
# > What they name is harder optimization. Our exhibit shows one part of the story, a road that stays open without any normalization.

# %% [markdown] lang="ko"
# $1.02$가 그런 크기이지만 범위가 좁습니다. $0.8$이면 $10^{-8}$보다 작게 줄고, $1.2$이면 $10^5$배 넘게 커집니다.
# 스킵이 있으면 같은 $1.02$에서 변화가 $10^5$배 넘게 불어납니다. 언제나 열려 있는 길에서는 가중치가 작아야 합니다.
# 그래서 실제 신경망에서는 층 사이에 정규화도 넣습니다(4장).
#
# *논문:* K. He, X. Zhang, S. Ren, J. Sun, *Deep Residual Learning for Image Recognition*, [arXiv:1512.03385](https://arxiv.org/abs/1512.03385). 152층이고 ImageNet 2015 우승작입니다.
#
# > **흔히 이렇게 말하지만, 틀렸습니다.**
# > "ResNet은 2016년에 나왔다"(학회가 열린 해입니다), 그리고 "기울기 소실을 해결했다."
# > 저자들이 견준 평범한 신경망에는 정규화가 들어 있었고, 저자들은 기울기 소실 탓일 가능성은 *낮다고* 보았습니다. 그런데도 평범한 34층은 18층보다 잘 배우지 못했습니다.
# > 저자들이 꼽은 까닭은 최적화가 어렵다는 것입니다. 우리 전시물은 그 이야기의 한 부분, 곧 정규화 없이도 막히지 않는 길을 보여 줍니다.

# %% [markdown] lang="en"
# ## 7. Attention, and what grew from it
#
# ### 7.1 Transformer: look where it matters
#
# **The question:** can every word look directly at every other one, instead of squeezing the sentence through one vector?
#
# Each position asks with a *query* $q$ and offers a *key* $k$ and a *value* $v$.
# Where query and key agree, the value counts.
#
# ### Exercise: scaled dot-product attention
#
# For queries $Q$ $(T, d)$, keys $K$ $(S, d)$ and values $V$ $(S, e)$:
#
# $$\mathrm{output} = A\,V \qquad A_{t,s} = \frac{e^{z_{t,s}}}{\sum_{j} e^{z_{t,j}}} \qquad z = \frac{Q K^\top}{\sqrt{d}}$$
#
# Each row of $A$ holds the weights of one query over all keys and sums to 1; this is the *softmax*.
# Without $\sqrt{d}$ the dot products of long vectors grow so large that one weight takes all.
# Subtract each row's maximum before the exponential: nothing changes on paper, and nothing overflows.
# Where `mask` is False, the score must count as $-\infty$, *before* the softmax, so that the allowed weights still sum to 1.
# Leading axes are batches: transpose only the last two; one mask, of shape $(T, S)$, serves the whole batch. Return output and weights.

# %% [markdown] lang="ko"
# ## 7. 어텐션, 그리고 거기에서 자란 것
#
# ### 7.1 트랜스포머: 중요한 곳을 본다
#
# **질문:** 문장을 벡터 하나에 욱여넣지 않고 모든 단어가 다른 모든 단어를 바로 볼 수 있을까요?
#
# 자리마다 *쿼리*(query) $q$로 묻고 *키*(key) $k$와 *밸류*(value) $v$를 내놓습니다.
# 쿼리와 키가 잘 맞는 곳의 밸류가 크게 반영됩니다.
#
# ### 연습: 스케일드 닷 프로덕트 어텐션(scaled dot-product attention)
#
# 쿼리 $Q$ $(T, d)$, 키 $K$ $(S, d)$, 밸류 $V$ $(S, e)$에서 어텐션은 다음과 같이 계산합니다.
#
# $$\mathrm{output} = A\,V \qquad A_{t,s} = \frac{e^{z_{t,s}}}{\sum_{j} e^{z_{t,j}}} \qquad z = \frac{Q K^\top}{\sqrt{d}}$$
#
# $A$의 각 행은 쿼리 하나가 모든 키에 주는 가중치이고 합이 1입니다. 이 계산이 *소프트맥스*(softmax)입니다.
# $\sqrt{d}$로 나누지 않으면 긴 벡터의 내적이 너무 커져서 가중치 하나가 전부를 차지합니다.
# 지수를 취하기 전에 행마다 최댓값을 뺍니다. 식으로는 달라지는 것이 없지만 오버플로를 막을 수 있습니다.
# `mask`가 False인 곳의 점수는 소프트맥스에 *앞서* $-\infty$로 칩니다. 그래야 허용된 가중치의 합이 1이 됩니다.
# 앞쪽의 축(axis)은 배치이므로 마지막 두 축만 전치(transpose)합니다. 마스크는 모양이 $(T, S)$인 것 하나를 배치 전체에 씁니다. 출력과 가중치를 돌려줍니다.

# %% exercise="attention"
def attention(q, k, v, mask=None):
    """(output, weights), of shapes (..., T, e) and (..., T, S).

    q is (..., T, d), k is (..., S, d), v is (..., S, e); mask is one (T, S) bool array for the
    whole batch, True where attention is allowed; None allows everything.

    >>> q, k, v = np.array([[0.0]]), np.array([[5.0], [7.0]]), np.array([[2.0], [4.0]])
    >>> attention(q, k, v)
    (array([[3.]]), array([[0.5, 0.5]]))
    """
    ### BEGIN SOLUTION
    q, k, v = np.asarray(q), np.asarray(k), np.asarray(v)
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    exponentials = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = exponentials / exponentials.sum(axis=-1, keepdims=True)
    return weights @ v, weights
    ### END SOLUTION

# %% test="attention" points=3
check(attention)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(attention, "01_history")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# Exhibit: "The cat drank the milk because it was …".
# What *it* means depends on the last word.
# The two numbers of a key say "can be thirsty" and "can be sour"; a query asks for one of them.
# A network would learn these numbers; we wrote them down.
# Will the weight on the right word be 1, or only the largest?

# %% [markdown] lang="ko"
# 이번 전시물은 "The cat drank the milk because it was …"라는 문장입니다.
# *it*이 무엇을 가리키는지는 마지막 단어에 달려 있습니다.
# 키의 두 수는 각각 '목마를 수 있다'와 '상할 수 있다'를 뜻하고, 쿼리는 그 가운데 하나를 묻습니다.
# 신경망이라면 이 수들을 배우겠지만 여기서는 우리가 적었습니다.
# 맞는 단어의 가중치는 1이 될까요, 아니면 가장 클 뿐일까요?

# %% show="only"
from dlbasic import show_weights

sentence = ["the", "cat", "drank", "the", "milk", "because", "it"]
can_be = np.zeros((7, 2))
can_be[sentence.index("cat"), 0] = can_be[sentence.index("milk"), 1] = 2
asks = {"it … thirsty": [2.0, 0.0], "it … sour": [0.0, 2.0]}
_, weights = attention(np.array(list(asks.values())), can_be, can_be)
show_weights(weights, asks, sentence)

# %% [markdown] lang="en"
# Only the largest: attention is a *soft* look-up, and a soft one has a gradient to learn by.
#
# ### Explore: the root of $d$
#
# Now steer it: 8 random queries and keys of $d$ numbers each, a row of the heat map for each query.
# How large is the largest weight of a query on average, for $d = 4$ and for $d = 256$?
# And what becomes of these two numbers when you no longer divide by $\sqrt{d}$?

# %% [markdown] lang="ko"
# 가장 클 뿐입니다. 어텐션은 *부드러운* 찾아보기입니다. 부드럽기 때문에 기울기가 있고, 기울기가 있어서 배울 수 있습니다.
#
# ### 탐구: $d$의 제곱근
#
# 이제 직접 움직여 봅시다. 쿼리와 키는 수 $d$개로 된 무작위 벡터이고 각각 8개씩입니다. 히트맵의 행 하나가 쿼리 하나입니다.
# 쿼리마다 가장 큰 가중치를 평균하면 $d = 4$일 때와 $d = 256$일 때 각각 얼마나 될까요?
# $\sqrt{d}$로 나누지 않으면 이 두 수는 어떻게 바뀔까요?

# %% show="only"
from dlbasic import attention_explorer

attention_explorer(attention)

# %% [markdown] lang="en"
# About $0.4$ for both, whatever $d$ is.
# Without the division it is $0.6$ and $0.93$: with long vectors one key takes nearly all, and hardly any gradient is left.
#
# Google's **Transformer** stacks attention layers and small networks in turn, each with a skip connection.
#
# *Paper:* A. Vaswani and others, *Attention Is All You Need*, [arXiv:1706.03762](https://arxiv.org/abs/1706.03762).
#
# > **What is often said, and why it is wrong.**
# > "The Transformer invented attention."
# > D. Bahdanau, K. Cho and Y. Bengio added attention to a recurrent translator three years earlier, [arXiv:1409.0473](https://arxiv.org/abs/1409.0473).
# > New was to do *without* recurrence: attention is all you need.
#
# ### 7.2 BERT and GPT: two masks, two ways to learn from plain text
#
# **The question:** how can a model learn from text that nobody has labelled?
#
# *BERT* (*Bidirectional Encoder Representations from Transformers*) hides some words (15 %) and fills them in, looking to both sides.
# *GPT* predicts the next word, so no position may look ahead; otherwise it would see the answer.

# %% [markdown] lang="ko"
# $d$와 관계없이 둘 다 약 $0.4$입니다.
# 나누지 않으면 $0.6$과 $0.93$이 됩니다. 벡터가 길면 키 하나가 거의 전부를 차지하고 기울기는 거의 남지 않습니다.
#
# Google의 **트랜스포머**(Transformer)는 어텐션 층과 작은 신경망을 번갈아 쌓은 것이고, 층마다 스킵 연결이 있습니다.
#
# *논문:* A. Vaswani 외, *Attention Is All You Need*, [arXiv:1706.03762](https://arxiv.org/abs/1706.03762).
#
# > **흔히 이렇게 말하지만, 틀렸습니다.**
# > "어텐션은 트랜스포머가 발명했다."
# > D. Bahdanau, K. Cho, Y. Bengio가 세 해 앞서 순환 신경망 번역기에 어텐션을 붙였습니다([arXiv:1409.0473](https://arxiv.org/abs/1409.0473)).
# > 새로운 것은 순환 *없이* 해냈다는 점입니다. 필요한 것은 어텐션뿐이라는 제목 그대로입니다.
#
# ### 7.2 BERT와 GPT: 두 가지 마스크, 글에서 배우는 두 가지 방법
#
# **질문:** 아무도 레이블을 붙이지 않은 글에서 모델이 어떻게 배울까요?
#
# *BERT*(*Bidirectional Encoder Representations from Transformers*)는 단어 일부(15 %)를 가리고, 양쪽을 다 보면서 채워 넣습니다.
# *GPT*는 다음 단어를 예측합니다. 그래서 어느 자리도 앞으로 올 단어를 보면 안 됩니다. 그것은 정답을 미리 보는 셈입니다.

# %% [markdown] lang="en"
# ### Exercise: the causal mask
#
# Row $t$, column $s$ of GPT's mask is True where position $t$ may look at position $s$, that is, where $s \leq t$: at itself and at everything before.
# BERT's mask is True everywhere.
# For 3 positions the rows of the causal mask hold 1, 2 and 3 times True.
# Return an array of `bool`.

# %% [markdown] lang="ko"
# ### 연습: 인과 마스크
#
# GPT의 마스크에서 $t$행 $s$열은 자리 $t$가 자리 $s$를 보아도 되는 곳, 곧 $s \leq t$인 곳에서 True입니다. 자기 자신과 그 앞을 모두 볼 수 있습니다. 이것이 인과 마스크(causal mask)입니다.
# BERT의 마스크는 모든 곳이 True입니다.
# 자리가 3개이면 인과 마스크의 행에는 True가 차례로 1개, 2개, 3개 있습니다.
# `bool` 배열을 돌려줍니다.

# %% exercise="causal_mask"
def causal_mask(length):
    """(T, T) bool array, T = length: True where the row's word may look at the column's word.

    >>> causal_mask(2).sum(axis=1)
    array([1, 2])
    """
    ### BEGIN SOLUTION
    position = np.arange(length)
    return position[:, None] >= position
    ### END SOLUTION

# %% test="causal_mask" points=1
check(causal_mask)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(causal_mask, "01_history")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# Exhibit: fill in "the ? barks" and "the ? meows".
# The values carry evidence for (dog, cat); only the last word has any.
# All queries and keys are 0, so each position takes the mean of what it may see.
# What does the hidden word know under each of the two masks?

# %% [markdown] lang="ko"
# 이번 전시물은 "the ? barks"와 "the ? meows"의 빈칸 채우기입니다.
# 밸류에는 (개, 고양이)에 대한 증거가 들어 있는데, 마지막 단어에만 있습니다.
# 쿼리와 키가 모두 0이므로 자리마다 볼 수 있는 밸류의 평균을 얻습니다.
# 가려진 단어의 자리는 두 마스크에서 각각 무엇을 알게 될까요?

# %% show="only"
evidence = {"barks": [1.0, 0.0], "meows": [0.0, 1.0]}
masks, weights = {"BERT": np.full((3, 3), True), "GPT": causal_mask(3)}, {}
for last, seen in evidence.items():
    values = np.array([[0.0, 0.0], [0.0, 0.0], seen])
    for name, mask in masks.items():
        output, weights[name] = attention(np.zeros((3, 1)), np.zeros((3, 1)), values, mask)
        print(f"the ? {last}  {name:4s} (dog, cat) = {output[1].round(2)}")
show_weights(weights, ["the", "?", "barks"], ["the", "?", "barks"], ("word", "looks at"))

# %% [markdown] lang="en"
# Each row is a word that looks: the row of "?" gives "barks" the weight $0.33$ under BERT's mask and $0$ under GPT's.
# So BERT sees the bark and says dog; to GPT both gaps look the same.
# In exchange, GPT can *write*, since writing has no right-hand side to look at.
#
# ### Explore: your mask
#
# Here are the 8 random queries once more, with your mask.
# Which half of the map does it close, and which query has no choice left, whatever $d$ is?

# %% [markdown] lang="ko"
# 행은 보는 쪽의 단어입니다. "?"의 행에서 "barks"의 가중치는 BERT의 마스크로는 $0.33$이고 GPT의 마스크로는 $0$입니다.
# 그래서 BERT는 짖는다는 말을 보고 개라고 답합니다. GPT에게는 두 빈칸이 똑같아 보입니다.
# 그 대신 GPT는 글을 *쓸* 수 있습니다. 글을 쓸 때는 오른쪽에 볼 것이 없기 때문입니다.
#
# ### 탐구: 여러분의 마스크
#
# 무작위 쿼리 8개를 여러분의 마스크와 함께 다시 봅시다.
# 히트맵의 어느 쪽 절반이 막힐까요? $d$와 관계없이 고를 것이 없는 쿼리는 어느 것일까요?

# %% show="only"
attention_explorer(attention, causal_mask)

# %% [markdown] lang="en"
# It closes what lies above the diagonal, and the first query can only look at itself.
#
# BERT was first trained on plain text and then *fine-tuned*, with few labelled examples, for each task.
#
# *Paper:* J. Devlin, M.-W. Chang, K. Lee and K. Toutanova, *BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding*, [arXiv:1810.04805](https://arxiv.org/abs/1810.04805).
#
# > **What is often said, and why it is wrong.**
# > "GPT is OpenAI's version of BERT."
# > The first GPT appeared some months *before* BERT, and the two differ in the mask: one writes, the other fills in.
#
# ### 7.3 GPT-2: only the next word
#
# **The question:** how far does one single task, predicting what comes next, carry?
# Even counting is a language model.
# Below, your `greedy_decode` writes letter by letter what followed the last $k$ letters most often in a tiny text.
# With $k = 1$, will it write a word, a sentence or neither?

# %% [markdown] lang="ko"
# 대각선 위쪽이 막히고, 첫 번째 쿼리는 자기 자신만 볼 수 있습니다.
#
# BERT는 먼저 레이블 없는 글로 학습하고(사전 학습), 그다음에 문제마다 레이블이 붙은 적은 예시로 *미세 조정*(fine-tuning)합니다.
#
# *논문:* J. Devlin, M.-W. Chang, K. Lee, K. Toutanova, *BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding*, [arXiv:1810.04805](https://arxiv.org/abs/1810.04805).
#
# > **흔히 이렇게 말하지만, 틀렸습니다.**
# > "GPT는 OpenAI에서 만든 BERT이다."
# > 첫 GPT는 BERT보다 몇 달 *먼저* 나왔고 둘은 마스크가 다릅니다. 하나는 글을 쓰고 다른 하나는 빈칸을 채웁니다.
#
# ### 7.3 GPT-2: 다음 단어 하나만
#
# **질문:** 다음에 무엇이 오는지 예측하는 문제 하나로 어디까지 갈 수 있을까요?
# 횟수를 세기만 해도 언어 모델(language model)이 됩니다.
# 아래에서는 여러분의 `greedy_decode`가, 짧은 글에서 마지막 $k$글자 뒤에 가장 자주 나온 글자를 골라 한 글자씩 씁니다.
# $k = 1$이면 단어를 쓸까요, 문장을 쓸까요, 둘 다 아닐까요?

# %% show="only"
text = "the cat sat on the mat. the dog sat on the log. "
text += "the cat saw the dog and the dog saw the cat. "
letters = sorted(set(text))


def next_letter(prefix, k):
    tail = "".join(letters[token] for token in prefix)[-k:]
    ends = range(len(tail), len(text))
    follows = [text[end] for end in ends if text[:end].endswith(tail)]
    return np.array([follows.count(letter) for letter in letters])


for k in (1, 2, 4, 8):
    said = greedy_decode(
        lambda prefix, k=k: next_letter(prefix, k), letters.index("t"), end=-1, max_len=50
    )
    print(f"k = {k}: t" + "".join(letters[token] for token in said))
counts = np.array([next_letter([token], 1) for token in range(len(letters))])
chances = counts / counts.sum(axis=1, keepdims=True)
show_weights(chances, letters, letters, ("last letter", "next letter"))

# %% [markdown] lang="en"
# A word, over and over: at $k = 1$ the heat map is the whole model.
# Follow the darkest cell of each row, t→h→e→␣→t, and you have the loop.
# With more letters to look back on there are phrases and then a sentence, still in a loop.
# A count cannot look back far, since long endings hardly ever repeat; attention can, and GPT-2 looks back 1024 tokens.
# Trained on 40 GB of web pages to do nothing but this, it also summarized and translated a little, without being asked to learn it.
#
# *Report:* A. Radford and others, *Language Models are Unsupervised Multitask Learners*, OpenAI, early 2019, not on arXiv.
#
# ### 7.4 GPT-3: scale, and learning in the prompt
#
# **The question:** does more of the same become something else?
#
# A layer of width $d$ has about $4 d^2$ parameters in its attention and $8 d^2$ after it, hence $12\,L\,d^2$ for $L$ layers, plus $d$ for each of 50257 tokens and each position.
# GPT-2 has 48 layers of width 1600 and 1024 positions, GPT-3 has 96 of width 12288 and 2048 positions.
# By what factor does the count grow?

# %% [markdown] lang="ko"
# 단어 하나를 되풀이합니다. $k = 1$일 때는 이 히트맵이 모델의 전부입니다.
# 행마다 가장 진한 칸을 따라가면 t→h→e→␣→t로 제자리에 돌아옵니다. 그래서 되풀이됩니다.
# 돌아볼 글자가 많아지면 구절이 나오고 문장도 나오지만 여전히 제자리를 맴돕니다.
# 긴 글자열은 똑같이 다시 나오는 일이 거의 없어서, 횟수를 세는 방법으로는 멀리 돌아볼 수 없습니다. 어텐션은 멀리 돌아볼 수 있고, GPT-2는 토큰 1024개를 돌아봅니다.
# 웹 문서 40 GB로 오직 이 일만 배웠는데, 배우라고 시키지 않은 요약과 번역도 조금 해냈습니다.
#
# *보고서:* A. Radford 외, *Language Models are Unsupervised Multitask Learners*, OpenAI, 2019년 초. arXiv에는 없습니다.
#
# ### 7.4 GPT-3: 규모, 그리고 프롬프트 안에서 배우기
#
# **질문:** 같은 것을 더 크게 만들면 다른 것이 될까요?
#
# 너비가 $d$인 층의 파라미터는 어텐션에 약 $4 d^2$개, 그 뒤에 약 $8 d^2$개 있습니다. 그래서 층이 $L$개이면 $12\,L\,d^2$개이고, 여기에 토큰 50257개와 자리마다 $d$개를 더합니다.
# GPT-2는 너비 1600인 층이 48개, 자리가 1024개이고 GPT-3은 너비 12288인 층이 96개, 자리가 2048개입니다.
# 파라미터의 수는 몇 배가 될까요?

# %% show="only"
from dlbasic import show_sizes


def parameters(layers, width, positions):
    return 12 * layers * width**2 + (50257 + positions) * width


gpt2, gpt3 = parameters(48, 1600, 1024), parameters(96, 12288, 2048)
print(f"GPT-2: {gpt2 / 1e9:.2f} billion, GPT-3: {gpt3 / 1e9:.1f} billion")
print(f"{gpt3 / gpt2:.0f} times as many")
show_sizes({"GPT-2": gpt2, "GPT-3": gpt3})

# %% [markdown] lang="en"
# 112 times; the papers' own counts differ from these by about 1 %.
# What was new at that size: GPT-3 picks a task up from examples *in its prompt*, while no parameter changes.
# Attention can do so, as this toy shows.
# Each key is the *previous* word, each value the word itself, and the query is the last word: "what came after this, last time?"
# What will follow "dog" here?

# %% [markdown] lang="ko"
# 112배입니다. 이렇게 센 파라미터의 수는 논문에 적힌 수와 1 %쯤밖에 다르지 않습니다.
# 이 크기에서 새로웠던 것은 GPT-3이 *프롬프트 안의* 예시를 보고 무슨 일을 해야 하는지 알아챈다는 점입니다. 그동안 파라미터는 하나도 바뀌지 않습니다.
# 어텐션이 그런 일을 할 수 있다는 것을 아주 작은 예로 봅시다.
# 키는 *바로 앞의* 단어, 밸류는 그 단어 자신, 쿼리는 마지막 단어입니다. '지난번에는 이 뒤에 무엇이 왔지?' 하고 묻는 것입니다.
# 여기서 "dog" 뒤에는 무엇이 나올까요?

# %% show="only"
prompt = ["cat", "chat", "dog", "chien", "sea", "mer", "dog"]
vocabulary = sorted(set(prompt))
one_hot = np.eye(len(vocabulary))[[vocabulary.index(word) for word in prompt]]
output, weights = attention(20 * one_hot[-1:], one_hot[:-1], one_hot[1:])
print(" ".join(prompt), "→", vocabulary[output[0].argmax()])
pairs = [f"{before}→{word}" for before, word in zip(prompt, prompt[1:])]
show_weights(weights, prompt[-1:], pairs)

# %% [markdown] lang="en"
# "chien", the French dog: learned within the prompt.
# Change the prompt and see.
#
# *Paper:* T. Brown and others, *Language Models are Few-Shot Learners*, [arXiv:2005.14165](https://arxiv.org/abs/2005.14165).
#
# > **What is often said, and why it is wrong.**
# > "The big language models came in 2019."
# > GPT-2 did; GPT-3, which is over 100 times larger, came in the following year, as its id says.
#
# ## 8. Learning without labels
#
# ### 8.1 SimCLR: two views of one thing
#
# **The question:** labels are dear and pictures are cheap; what can be learned from pictures alone?
#
# Take a picture, change it twice at random (crop, colours): two *views*.
# A network maps each view to a vector; it should give views of one picture similar vectors, and views of different pictures different ones.

# %% [markdown] lang="ko"
# "chien", 곧 프랑스어로 개입니다. 프롬프트 안에서 배웠습니다.
# 프롬프트를 바꾸어 보십시오.
#
# *논문:* T. Brown 외, *Language Models are Few-Shot Learners*, [arXiv:2005.14165](https://arxiv.org/abs/2005.14165).
#
# > **흔히 이렇게 말하지만, 틀렸습니다.**
# > "거대 언어 모델은 2019년에 나왔다."
# > GPT-2는 그렇습니다. 그보다 100배 넘게 큰 GPT-3은 번호가 말해 주듯이 이듬해에 나왔습니다.
#
# ## 8. 레이블 없이 배우기
#
# ### 8.1 SimCLR: 한 사물의 두 가지 뷰
#
# **질문:** 레이블은 비싸고 이미지는 쌉니다. 이미지만으로 무엇을 배울 수 있을까요?
#
# 이미지 한 장을 두 번 무작위로 바꿉니다(자르기, 색). 이렇게 나온 두 이미지가 *뷰*(view)입니다.
# 신경망은 뷰를 벡터로 바꿉니다. 같은 이미지의 뷰에는 비슷한 벡터를, 다른 이미지의 뷰에는 다른 벡터를 주어야 합니다.

# %% [markdown] lang="en"
# ### Exercise: a contrastive loss
#
# `z1` and `z2` hold the vectors of the first and the second views; row $i$ of both belongs to picture $i$.
# Stack them to $2N$ vectors and let $p(i)$ be the partner of $i$.
# With the cosine similarity $s_{i,j} = \frac{z_i \cdot z_j}{\lVert z_i \rVert\,\lVert z_j \rVert}$ and the temperature $\tau$,
#
# $$\mathcal{L} = \frac{1}{2N}\sum_{i=1}^{2N} -\log \frac{e^{s_{i,p(i)} / \tau}}{\sum_{j \neq i} e^{s_{i,j} / \tau}}$$
#
# Every one of the $2N$ vectors takes its turn as $i$.
# The sum runs over all *others*: a vector is most similar to itself, which says nothing.
# SimCLR calls this loss NT-Xent, *normalized temperature-scaled cross-entropy*.

# %% [markdown] lang="ko"
# ### 연습: 대조 손실
#
# `z1`과 `z2`에는 첫 번째 뷰와 두 번째 뷰의 벡터가 들어 있고, 둘의 $i$번째 행은 같은 이미지 $i$의 것입니다.
# 이것을 쌓아 벡터 $2N$개를 만들고, $i$의 짝을 $p(i)$라고 합시다.
# 코사인 유사도(cosine similarity) $s_{i,j} = \frac{z_i \cdot z_j}{\lVert z_i \rVert\,\lVert z_j \rVert}$와 온도(temperature) $\tau$로 대조 손실(contrastive loss)을 이렇게 정합니다.
#
# $$\mathcal{L} = \frac{1}{2N}\sum_{i=1}^{2N} -\log \frac{e^{s_{i,p(i)} / \tau}}{\sum_{j \neq i} e^{s_{i,j} / \tau}}$$
#
# 벡터 $2N$개가 모두 한 번씩 $i$가 됩니다.
# 분모의 합은 *다른* 벡터들에 대해서만 구합니다. 자기 자신과 가장 비슷한 것은 당연해서 알려 주는 것이 없습니다.
# SimCLR에서는 이 손실을 NT-Xent(*normalized temperature-scaled cross-entropy*)라고 부릅니다.

# %% exercise="nt_xent"
def nt_xent(z1, z2, temperature):
    """SimCLR's loss, a float; row i of z1 (N, D) and of z2 (N, D): two views of one picture.

    >>> z1, z2 = np.array([[1.0, 0.0], [0.0, 2.0]]), np.array([[3.0, 0.0], [0.0, 4.0]])
    >>> round(nt_xent(z1, z2, 1.0), 6)
    0.551445
    """
    ### BEGIN SOLUTION
    z = np.concatenate([z1, z2]).astype(float)
    z = z / np.linalg.norm(z, axis=1, keepdims=True)
    similarity = z @ z.T / temperature
    np.fill_diagonal(similarity, -np.inf)
    largest = similarity.max(axis=1)
    log_sum = largest + np.log(np.exp(similarity - largest[:, None]).sum(axis=1))
    anchors = np.arange(len(z))
    return float(np.mean(log_sum - similarity[anchors, np.roll(anchors, len(z) // 2)]))
    ### END SOLUTION

# %% test="nt_xent" points=3
check(nt_xent)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(nt_xent, "01_history")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# Exhibit: six pictures, two views each, as random arrows in the plane; `downhill` from section 6 moves the arrows.
# What will the cosine between partners become, and what the mean cosine between strangers: 0, or less?

# %% [markdown] lang="ko"
# 이번 전시물에는 이미지가 여섯 장 있고, 이미지마다 뷰가 두 개 있습니다. 뷰는 평면 위의 무작위 화살표이고, 6절의 `downhill`이 화살표를 움직입니다.
# 짝끼리의 코사인은 얼마가 될까요? 남남끼리의 평균 코사인은 0이 될까요, 그보다 작아질까요?

# %% show="only"
from dlbasic import show_views

rng = np.random.default_rng(0)
views = rng.normal(size=(2, 6, 2))
losses, moments = [], {}
for step in range(801):
    losses.append(nt_xent(views[0], views[1], 0.5))
    if step in (0, 50, 200, 800):
        arrows = views / np.linalg.norm(views, axis=2, keepdims=True)
        cosines = arrows[0] @ arrows[1].T
        partners, strangers = np.diag(cosines).mean(), cosines[~np.eye(6, dtype=bool)].mean()
        moments[f"step {step}\npartners {partners:.2f}\nstrangers {strangers:.2f}"] = views
    views = downhill(lambda both: nt_xent(both[0], both[1], 0.5), views, 0.2, rng)
show_views(moments)
plot_losses(losses)

# %% [markdown] lang="en"
# The captions hold both mean cosines.
# Partners come to agree ($-0.03$ at first, $1.00$ at last); strangers spread until the six arrows balance, which is a mean cosine of $-\frac{1}{5}$, and nobody named a label.
#
# ### Explore: where does a view want to be?
#
# Now be one of the views yourself: move it round the circle, on which three other pairs stand.
# Your partner stands at 60 degrees, a pair of strangers begins at 100.
# Is the loss least exactly on the partner?
# What does a lower temperature do to the curve, and what the length of the arrow?

# %% [markdown] lang="ko"
# 두 가지 평균 코사인이 그림마다 위에 적혀 있습니다.
# 짝(partners)은 처음에 $-0.03$이던 것이 $1.00$까지 올라가서 서로 같아집니다. 남남(strangers)은 화살표 여섯 개가 균형을 이룰 때까지 퍼져서 평균 코사인이 $-\frac{1}{5}$이 됩니다. 레이블은 아무도 알려 주지 않았습니다.
#
# ### 탐구: 뷰는 어디로 가고 싶을까
#
# 이제 여러분이 뷰 하나가 되어 원 위를 움직여 봅시다. 원에는 다른 쌍이 셋 더 있습니다.
# 짝은 60도에 있고, 100도부터는 남남인 쌍이 있습니다.
# 손실은 정확히 짝이 있는 곳에서 가장 작을까요?
# 온도를 낮추면 곡선이 어떻게 바뀔까요? 화살표의 길이를 바꾸면 어떨까요?

# %% show="only"
from dlbasic import contrastive_explorer

contrastive_explorer(nt_xent)

# %% [markdown] lang="en"
# Not quite: at temperature $0.5$ it is least at about 43 degrees, close to the partner but away from the strangers.
# At a low temperature a wrong place costs far more, because the nearest stranger dominates the sum.
# The length makes no difference: the cosine divides it out.
#
# *Paper:* T. Chen, S. Kornblith, M. Norouzi and G. Hinton, *A Simple Framework for Contrastive Learning of Visual Representations*, [arXiv:2002.05709](https://arxiv.org/abs/2002.05709).
#
# > **What is often said, and why it is wrong.**
# > "SimCLR mixes supervised and unsupervised learning."
# > Its loss never sees a label: it is *self-supervised*.
# > Labels come in afterwards, and few of them, when a small classifier is trained on the finished vectors.
# > Simulators and domain knowledge that *make* more data are yet another line of work.
#
# ## 9. When was that?
#
# ### Exercise: the timeline
#
# Return the year in which each idea was first published: keys `AlexNet`, `DQN`, `Encoder-Decoder`, `Adam`, `GAN`, `ResNet`, `Transformer`, `BERT`, `GPT-2`, `GPT-3`, `SimCLR`, values `int`.
# Where a paper is on arXiv its id counts, not the conference; the two that are not have their year in their exhibit.
# Every year counts on its own.

# %% [markdown] lang="ko"
# 꼭 그렇지는 않습니다. 온도가 $0.5$이면 약 43도에서 가장 작습니다. 짝에게 가까우면서도 남에게서 떨어진 곳입니다.
# 온도가 낮으면 잘못된 자리의 손실이 훨씬 큽니다. 가장 가까운 남이 합을 좌우하기 때문입니다.
# 길이는 상관이 없습니다. 코사인을 구할 때 길이로 나누기 때문입니다.
#
# *논문:* T. Chen, S. Kornblith, M. Norouzi, G. Hinton, *A Simple Framework for Contrastive Learning of Visual Representations*, [arXiv:2002.05709](https://arxiv.org/abs/2002.05709).
#
# > **흔히 이렇게 말하지만, 틀렸습니다.**
# > "SimCLR은 지도 학습과 비지도 학습을 섞은 것이다."
# > 이 손실은 레이블을 전혀 보지 않습니다. 그래서 *자기 지도 학습*(self-supervised learning)입니다.
# > 레이블은 나중에, 완성된 벡터로 작은 분류기를 학습시킬 때 조금만 씁니다.
# > 시뮬레이터나 전문 지식으로 데이터를 더 *만들어 내는* 연구는 또 다른 갈래입니다.
#
# ## 9. 그게 언제였더라?
#
# ### 연습: 연표
#
# 아이디어마다 처음 발표된 해를 돌려줍니다. 키는 `AlexNet`, `DQN`, `Encoder-Decoder`, `Adam`, `GAN`, `ResNet`, `Transformer`, `BERT`, `GPT-2`, `GPT-3`, `SimCLR`이고 값은 `int`입니다.
# arXiv에 있는 논문은 학회가 아니라 arXiv 번호가 기준입니다. arXiv에 없는 두 편은 전시물에 해가 적혀 있습니다.
# 점수는 연도마다 따로 매깁니다.

# %% exercise="timeline"
def timeline():
    """A dict from name to int: the year in which each of the eleven ideas first appeared."""
    ### BEGIN SOLUTION
    return {
        **{"AlexNet": 2012, "DQN": 2013, "Encoder-Decoder": 2014, "Adam": 2014, "GAN": 2014, "ResNet": 2015},
        **{"Transformer": 2017, "BERT": 2018, "GPT-2": 2019, "GPT-3": 2020, "SimCLR": 2020},
    }
    ### END SOLUTION

# %% test="timeline" points=2
check(timeline)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(timeline, "01_history")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ### Explore: your timeline
#
# Now the ideas stand at your years.
# Does time run forwards everywhere, and does each arXiv id stand in the year that it tells?

# %% [markdown] lang="ko"
# ### 탐구: 여러분의 연표
#
# 이제 아이디어가 여러분이 적은 해에 놓입니다.
# 시간이 어디에서나 앞으로 흐릅니까? arXiv 번호는 모두 그 번호가 말해 주는 해에 놓여 있습니까?

# %% show="only"
milestones(timeline)

# %% [markdown] lang="en"
# ## 10. Slips
#
# Lecture notes contain slips, and so do exams, blogs and this course.
# Here are eight claims in the tone of lecture notes.
# Some are true, some are not:
#
# {{claims}}
#
# ### Exercise: which are false?
#
# Return the set of the numbers of the *false* claims, as strings.
# Some can be computed with functions of this chapter, others can be looked up in it.
# Each false claim you find earns points; accusing a true one loses some.
# Here `check` looks at the form only: what is right comes with grading.

# %% [markdown] lang="ko"
# ## 10. 옥에 티
#
# 강의 노트에는 옥에 티가 있습니다. 시험 문제에도, 블로그에도, 이 강의에도 있습니다.
# 다음은 강의 노트의 말투로 쓴 주장 여덟 가지입니다.
# 참인 것도 있고 거짓인 것도 있습니다.
#
# {{claims}}
#
# ### 연습: 거짓인 주장은 무엇인가
#
# *거짓*인 주장의 번호를 문자열로 모아 집합으로 돌려줍니다.
# 이 장의 함수로 계산해 볼 수 있는 것도 있고, 이 장에서 찾아볼 수 있는 것도 있습니다.
# 거짓인 주장을 찾으면 점수를 얻고, 참인 주장을 거짓이라고 하면 점수를 잃습니다.
# 여기서 `check`는 답의 형식만 봅니다. 맞았는지는 채점한 뒤에 알 수 있습니다.

# %% exercise="slips"
def slips():
    """The ids of the false claims among the eight, as a set of strings such as {"7", "8"}."""
    ### BEGIN SOLUTION
    return {"2", "3", "5", "6", "8"}
    ### END SOLUTION

# %% test="slips" points=3
check(slips)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(slips, "01_history")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# Those were all the exercises; see what is still open.
# To hand in your work, save the notebook and run `dlbasic submit 01_history` in a terminal.

# %% [markdown] lang="ko"
# 연습 문제는 여기까지입니다. 아직 남은 것이 있는지 봅시다.
# 제출하려면 노트북을 저장한 다음 터미널에서 `dlbasic submit 01_history`를 실행합니다.

# %% show="only"
progress()

# %% [markdown] lang="en"
# ## Summary
#
# - Deep learning is machine learning with networks of many layers; machine learning is artificial intelligence whose rules come from data.
# - Every learning system has data, a model, a loss and an algorithm; small loss on unseen data is the aim.
# - A value learned from the best next value (Q-learning) carries a reward back through time.
# - Sums keep a signal alive through many layers (residual blocks); weights that sum to 1 choose what to look at (attention).
# - A mask decides what a language model learns: fill in (all True) or go on (causal).
# - A loss can be another network (GAN) or come from the data themselves (next word, two views): no label is needed.
# - A date needs a source; an arXiv id carries its own.
#
# ## The opening question, answered
#
# What a machine learns *from* was changed by BERT, GPT-2, GPT-3 and SimCLR, which make their own questions from unlabelled data, and by DQN, which learns from reward.
# What it *is* was changed by AlexNet (learned filters), encoder and decoder (two networks), ResNet (sums) and the Transformer (attention).
# GAN changed the loss, which became a second network.
# Only Adam changed nothing but the way there.
# AlexNet and the GPTs needed scale as well: more data and more computing, for ideas that fit in ten lines.
#
# ## Further reading
#
# - D. Britz, *Deep Learning's Most Important Ideas: A Brief Historical Review* (2020), [dennybritz.com](https://dennybritz.com/posts/deep-learning-ideas-that-stood-the-test-of-time/): the review that this chapter follows.
# - J. Schmidhuber, *Deep Learning in Neural Networks: An Overview* (2014), [arXiv:1404.7828](https://arxiv.org/abs/1404.7828): the decades before.
# - Y. LeCun, Y. Bengio and G. Hinton, *Deep learning* (2015), [doi:10.1038/nature14539](https://doi.org/10.1038/nature14539).
# - V. Mnih and others, *Human-level control through deep reinforcement learning* (2015), [doi:10.1038/nature14236](https://doi.org/10.1038/nature14236): DQN with more games.
# - D. Silver and others, *Mastering the game of Go with deep neural networks and tree search* (2016), [doi:10.1038/nature16961](https://doi.org/10.1038/nature16961).
# - D. Bahdanau, K. Cho and Y. Bengio, *Neural Machine Translation by Jointly Learning to Align and Translate* (2014), [arXiv:1409.0473](https://arxiv.org/abs/1409.0473): attention before the Transformer.
# - The paper of each milestone is named in its exhibit.

# %% [markdown] lang="ko"
# ## 정리
#
# - 딥러닝은 층을 깊게 쌓은 신경망을 쓰는 머신러닝이고, 머신러닝은 규칙을 데이터에서 얻는 인공지능입니다.
# - 어떤 학습 시스템에나 데이터, 모델, 손실, 알고리즘이 있습니다. 목표는 보지 않은 데이터에서 손실을 줄이는 것입니다.
# - 다음 상태의 가장 큰 값에서 배우면(Q러닝) 보상이 시간을 거슬러 전해집니다.
# - 덧셈은 많은 층을 지나도 신호를 살려 두고(잔차 블록), 합이 1인 가중치는 무엇을 볼지 고릅니다(어텐션).
# - 마스크는 언어 모델이 무엇을 배울지 정합니다. 빈칸을 채우거나(모두 True) 이어서 씁니다(인과 마스크).
# - 손실은 다른 신경망일 수도 있고(GAN) 데이터 자체에서 나올 수도 있습니다(다음 단어, 두 뷰). 레이블은 필요 없습니다.
# - 날짜에는 출처가 필요합니다. arXiv 번호에는 날짜가 들어 있습니다.
#
# ## 첫 질문에 대한 답
#
# 기계가 *무엇에서* 배우는지를 바꾼 것은 BERT, GPT-2, GPT-3, SimCLR과 DQN입니다. 앞의 넷은 레이블이 없는 데이터에서 문제를 스스로 만들고, DQN은 보상에서 배웁니다.
# 기계 *자체*를 바꾼 것은 AlexNet(배운 필터), 인코더와 디코더(두 신경망), ResNet(덧셈), 트랜스포머(어텐션)입니다.
# GAN은 손실을 바꾸었습니다. 두 번째 신경망이 손실이 되었습니다.
# 목표에 이르는 *길*만 바꾼 것은 Adam뿐입니다.
# AlexNet과 GPT에는 규모도 필요했습니다. 아이디어는 열 줄에 담기지만 데이터와 계산은 훨씬 많아야 했습니다.
#
# ## 더 읽을거리
#
# - D. Britz, *Deep Learning's Most Important Ideas: A Brief Historical Review* (2020), [dennybritz.com](https://dennybritz.com/posts/deep-learning-ideas-that-stood-the-test-of-time/): 이 장이 따라간 글입니다.
# - J. Schmidhuber, *Deep Learning in Neural Networks: An Overview* (2014), [arXiv:1404.7828](https://arxiv.org/abs/1404.7828): 그 이전 수십 년의 이야기입니다.
# - Y. LeCun, Y. Bengio, G. Hinton, *Deep learning* (2015), [doi:10.1038/nature14539](https://doi.org/10.1038/nature14539).
# - V. Mnih 외, *Human-level control through deep reinforcement learning* (2015), [doi:10.1038/nature14236](https://doi.org/10.1038/nature14236): 더 많은 게임을 배운 DQN입니다.
# - D. Silver 외, *Mastering the game of Go with deep neural networks and tree search* (2016), [doi:10.1038/nature16961](https://doi.org/10.1038/nature16961).
# - D. Bahdanau, K. Cho, Y. Bengio, *Neural Machine Translation by Jointly Learning to Align and Translate* (2014), [arXiv:1409.0473](https://arxiv.org/abs/1409.0473): 트랜스포머에 앞선 어텐션입니다.
# - 각 아이디어의 논문은 전시물에 적어 두었습니다.

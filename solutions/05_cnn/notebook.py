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
# # Looking through a small window
#
# AlexNet, which changed computer vision in 2012, looks at a colour picture of $227 \times 227$ pixels: 154 587 numbers.
# A fully connected layer of 4096 units on top of that would need 633 188 352 weights, and it would have to learn a cat in the left corner and a cat in the right one separately.
# AlexNet's first layer has 34 944 parameters, and what it learns in one corner it knows in every other.
# How can so few numbers look at so many, and what does that cost elsewhere in the network?
# At the end you can answer by arithmetic, for any network whose layers you are told.
#
# **Afterwards you can**
#
# - tell convolution from cross-correlation, and compute either by hand;
# - say the size of any layer's output, forward and transposed, and refuse a setting that does not fit;
# - write a convolutional layer, from six nested loops to no loop at all, and its backward pass;
# - count parameters, multiply–accumulates and receptive fields, and fill in the tables of AlexNet and VGG-16;
# - train a convolutional neural network on digits in numpy alone.
#
# **Time:** about 7 hours, best in three sittings (sections 1–2, 3–4, 5–7).
# **You need:** chapter 2 (layers, backpropagation, cross-entropy) and, for the capstone, mini-batches and Adam from chapter 3.

# %% [markdown] lang="ko"
# # 작은 창으로 들여다보기
#
# 2012년에 컴퓨터 비전을 바꾸어 놓은 AlexNet은 $227 \times 227$ 픽셀짜리 컬러 이미지를 봅니다. 수로는 154 587개입니다.
# 그 위에 유닛이 4096개인 완전 연결층(fully connected layer)을 놓으면 가중치가 633 188 352개 있어야 하고, 왼쪽 구석의 고양이와 오른쪽 구석의 고양이를 따로따로 배워야 합니다.
# AlexNet 첫 층의 파라미터는 34 944개뿐이고, 한쪽 구석에서 배운 것이 다른 구석에서도 통합니다.
# 그렇게 적은 수로 어떻게 그렇게 많은 것을 볼 수 있을까요? 그 대가는 신경망의 어디에서 치를까요?
# 이 장을 마치면 층의 구성만 듣고도 어떤 신경망에 대해서든 계산으로 답할 수 있습니다.
#
# **이 장을 마치면 할 수 있는 일**
#
# - 합성곱(convolution)과 교차 상관(cross-correlation)을 구별하고, 둘 다 손으로 계산합니다.
# - 합성곱이든 전치 합성곱이든 출력의 크기를 구하고, 맞지 않는 설정은 거절합니다.
# - 합성곱 층을 여섯 겹 반복문에서 시작하여 반복문이 하나도 없을 때까지 고쳐 쓰고, 역전파도 작성합니다.
# - 파라미터, 곱셈-누산(multiply–accumulate), 수용 영역(receptive field)을 세고 AlexNet과 VGG-16의 표를 채웁니다.
# - numpy만으로 합성곱 신경망을 만들어 숫자 이미지로 학습시킵니다.
#
# **걸리는 시간:** 약 7시간입니다. 세 번에 나누어 하기를 권합니다(1–2절, 3–4절, 5–7절).
# **미리 알아야 할 것:** 2장의 층, 역전파, 교차 엔트로피입니다. 종합 과제에는 3장의 미니배치와 Adam도 필요합니다.

# %%
import numpy as np
from dlbasic import chapter, check, hint, progress

chapter("05_cnn")

# %% [markdown] lang="en"
# You work as in the chapters before: write the function, run `check`, ask `hint` when you are stuck.
# What you have passed already:

# %% [markdown] lang="ko"
# 공부하는 방법은 앞 장들과 같습니다. 함수를 쓰고, `check`를 실행하고, 막히면 `hint`를 부릅니다.
# 지금까지 통과한 문제는 다음과 같습니다.

# %% show="only"
progress()

# %% [markdown] lang="en"
# ## 1. Convolution, and what networks do instead
#
# ### 1.1 Convolution
#
# Throw two dice.
# The chance of a total of 4 is that of 1 and 3, plus that of 2 and 2, plus that of 3 and 1: one index goes up while the other comes down, and the products are added.
# This way of mixing two functions is their **convolution**, for functions of a continuous variable and for sequences:
#
# $$(f * g)(t) = \int f(\tau)\, g(t - \tau)\, d\tau \qquad (f * g)[t] = \sum_i f[i]\, g[t - i]$$
#
# Substituting $t - \tau$ for $\tau$ turns the integral into $\int f(t - \tau)\, g(\tau)\, d\tau$, so $f * g = g * f$.
# The minus sign is what makes it a convolution: one of the two runs backwards.
#
# ### Exercise: convolution of two sequences
#
# $f$ has $N$ values, $g$ has $K$; outside of these both are 0.
# The *full* convolution has all $N + K - 1$ values where something can be different from 0.
# For $f = (1, 2, 3)$ and $g = (10, 1)$ the second value is $f[0] g[1] + f[1] g[0] = 1 + 20 = 21$.
# Seen otherwise: each value $g[i]$ puts down a copy of $f$, multiplied by $g[i]$ and moved by $i$ places, and the copies are added.

# %% [markdown] lang="ko"
# ## 1. 합성곱, 그리고 신경망이 실제로 하는 것
#
# ### 1.1 합성곱
#
# 주사위 두 개를 던집니다.
# 합이 4일 확률은 1과 3이 나올 확률, 2와 2가 나올 확률, 3과 1이 나올 확률을 더한 것입니다. 한쪽 인덱스가 올라가는 동안 다른 쪽은 내려가고, 그 곱을 모두 더합니다.
# 두 함수를 이렇게 섞은 것이 둘의 **합성곱**입니다. 연속 변수의 함수와 수열에 대하여 각각 다음과 같이 씁니다.
#
# $$(f * g)(t) = \int f(\tau)\, g(t - \tau)\, d\tau \qquad (f * g)[t] = \sum_i f[i]\, g[t - i]$$
#
# $\tau$ 자리에 $t - \tau$를 넣으면 적분이 $\int f(t - \tau)\, g(\tau)\, d\tau$로 바뀌므로 $f * g = g * f$입니다.
# 합성곱을 합성곱으로 만드는 것은 빼기 기호입니다. 둘 가운데 하나는 거꾸로 갑니다.
#
# ### 연습: 두 수열의 합성곱
#
# $f$에는 값이 $N$개, $g$에는 $K$개 있고, 그 바깥에서는 둘 다 0입니다.
# *전체*(full) 합성곱은 0이 아닐 수 있는 자리를 빠짐없이 담으므로 값이 $N + K - 1$개입니다.
# $f = (1, 2, 3)$, $g = (10, 1)$이면 둘째 값은 $f[0] g[1] + f[1] g[0] = 1 + 20 = 21$입니다.
# 달리 보면, 값 $g[i]$마다 $f$에 $g[i]$를 곱하고 $i$칸 옮긴 사본을 하나씩 놓은 다음 사본을 모두 더한 것입니다.

# %% exercise="convolve1d"
def convolve1d(f, g):
    """The full discrete convolution of f (N,) and g (K,); shape (N + K - 1,).

    >>> convolve1d(np.array([1.0, 2.0, 3.0]), np.array([10.0, 1.0]))
    array([10., 21., 32.,  3.])
    """
    ### BEGIN SOLUTION
    f, g = np.asarray(f), np.asarray(g)
    out = np.zeros(len(f) + len(g) - 1)
    for i, value in enumerate(g):
        out[i : i + len(f)] += value * f
    return out
    ### END SOLUTION

# %% test="convolve1d" points=2
check(convolve1d)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(convolve1d, "05_cnn")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# Your function on two fair dice.
# Which total is the most likely one, and what shape will the chances have?

# %% [markdown] lang="ko"
# 여러분의 함수에 공정한 주사위 두 개를 넣어 봅니다.
# 가장 잘 나오는 합은 얼마이고, 확률은 어떤 모양을 이룰까요?

# %% show="only"
die = np.full(6, 1 / 6)
for total, chance in enumerate(convolve1d(die, die), 2):
    print(f"{total:2d} {chance:.3f} {'#' * round(36 * chance)}")

# %% [markdown] lang="en"
# A triangle with its top at 7.
# The integral is the limit of such sums, multiplied by the width $h$ of a step.
# For $f = g = e^{-t}$ (and 0 for negative $t$) it can be worked out: $(f * g)(t) = t\, e^{-t}$, which is $e^{-1} \approx 0.3679$ at $t = 1$.
# How far off will the sum be with $h = 0.1$, and with $h = 0.001$?

# %% [markdown] lang="ko"
# 7에서 가장 높은 삼각형입니다.
# 적분은 이런 합에 한 칸의 너비 $h$를 곱한 것의 극한입니다.
# $f = g = e^{-t}$이면($t$가 음수일 때는 0) 적분을 직접 구할 수 있습니다. $(f * g)(t) = t\, e^{-t}$이고, $t = 1$에서는 $e^{-1} \approx 0.3679$입니다.
# $h = 0.1$일 때와 $h = 0.001$일 때 합은 얼마나 빗나갈까요?

# %% show="only"
for h in (0.1, 0.01, 0.001):
    steps = round(1 / h)
    f = np.exp(-h * np.arange(steps + 1))
    print(f"h = {h}: {h * convolve1d(f, f)[steps]:.4f}")

# %% [markdown] lang="en"
# Too large by $h$ times the true value, because the sum counts both ends.
#
# ### 1.2 A window that slides
#
# ![](figure:convolution_2d)
#
# Now in two dimensions: a picture $I$ and a small array $K$, the **kernel** or **filter**.
# Lay $K$ on the upper left corner of $I$, multiply the numbers that lie on each other, add the products and a bias: that is the first number of the output.
# Move $K$ one place to the right for the next; at the end of the row, start one row lower.
# For a $3 \times 3$ kernel, written out:
#
# $$O_{11} = I_{11} K_{11} + I_{12} K_{12} + I_{13} K_{13} + I_{21} K_{21} + I_{22} K_{22} + I_{23} K_{23} + I_{31} K_{31} + I_{32} K_{32} + I_{33} K_{33} + b$$
#
# $$O_{12} = I_{12} K_{11} + I_{13} K_{12} + I_{14} K_{13} + I_{22} K_{21} + I_{23} K_{22} + I_{24} K_{23} + I_{32} K_{31} + I_{33} K_{32} + I_{34} K_{33} + b$$
#
# Only the columns of $I$ have moved on; in $O_{13}$ and $O_{14}$ they move again.
# Below are a picture with six columns, a kernel, and $b = 1$.
# Work out $O_{13}$ on paper, then run.

# %% [markdown] lang="ko"
# 합이 양쪽 끝을 다 세기 때문에, 참값의 $h$배만큼 더 큽니다.
#
# ### 1.2 미끄러지는 창
#
# ![](figure:convolution_2d)
#
# 이제 차원을 하나 늘립니다. 이미지 $I$와, **커널**(kernel) 또는 **필터**(filter)라고 하는 작은 배열 $K$가 있습니다.
# $K$를 $I$의 왼쪽 위 구석에 올려놓고, 겹친 수끼리 곱해서 모두 더한 다음 편향을 더합니다. 이것이 출력의 첫 번째 수입니다.
# $K$를 오른쪽으로 한 칸 옮기면 다음 수가 나오고, 행이 끝나면 한 행 아래에서 다시 시작합니다.
# 커널이 $3 \times 3$일 때 풀어 쓰면 다음과 같습니다.
#
# $$O_{11} = I_{11} K_{11} + I_{12} K_{12} + I_{13} K_{13} + I_{21} K_{21} + I_{22} K_{22} + I_{23} K_{23} + I_{31} K_{31} + I_{32} K_{32} + I_{33} K_{33} + b$$
#
# $$O_{12} = I_{12} K_{11} + I_{13} K_{12} + I_{14} K_{13} + I_{22} K_{21} + I_{23} K_{22} + I_{24} K_{23} + I_{32} K_{31} + I_{33} K_{32} + I_{34} K_{33} + b$$
#
# 바뀐 것은 $I$의 열뿐입니다. $O_{13}$과 $O_{14}$에서도 한 열씩 옮겨 갑니다.
# 아래에 열이 여섯인 이미지와 커널이 있고, $b = 1$입니다.
# $O_{13}$을 종이에 계산해 본 다음 실행하십시오.

# %% show="only"
image = np.array([[1, 0, 2, 1, 0, 1], [0, 1, 1, 2, 0, 0], [2, 0, 1, 0, 1, 2]])
kernel = np.array([[1, 2, 0], [0, 1, -1], [-1, 0, 2]])
for j in range(4):
    products = image[:, j : j + 3] * kernel
    written = " + ".join(f"{p:2d}" for p in products.ravel())
    print(f"O_1{j + 1}: {written} + 1 = {products.sum() + 1}")

# %% [markdown] lang="en"
# Nine products and one bias for each number of the output; the bias is added once, not once for each product.
#
# ### Exercise: slide the window
#
# The output has a number for each place where the kernel lies wholly inside the picture, $(H - K_H + 1) \times (W - K_W + 1)$ of them.
# Counting from 0,
#
# $$O[i, j] = b + \sum_{m=0}^{K_H - 1} \sum_{n=0}^{K_W - 1} I[i + m,\, j + n]\, K[m, n]$$
#
# The loop visits every place of the output; fill in what it does there.

# %% [markdown] lang="ko"
# 출력의 수 하나마다 곱이 아홉 개, 편향이 하나입니다. 편향은 곱마다 더하는 것이 아니라 한 번만 더합니다.
#
# ### 연습: 창을 미끄러뜨리기
#
# 커널이 이미지 안에 온전히 들어가는 자리마다 출력이 하나씩 나옵니다. 모두 $(H - K_H + 1) \times (W - K_W + 1)$개입니다.
# 0부터 세면 다음과 같습니다.
#
# $$O[i, j] = b + \sum_{m=0}^{K_H - 1} \sum_{n=0}^{K_W - 1} I[i + m,\, j + n]\, K[m, n]$$
#
# 반복문이 출력의 자리를 하나씩 모두 돕니다. 자리마다 할 일을 채우십시오.

# %% exercise="correlate2d"
def correlate2d(image, kernel, bias=0.0):
    """Cross-correlation of image (H, W) with kernel (KH, KW) only where it fits, plus bias.

    The result is (H - KH + 1, W - KW + 1).

    >>> correlate2d(np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), np.array([[1.0, 10.0]]), 0.5)
    array([[21.5, 32.5],
           [54.5, 65.5]])
    """
    image, kernel = np.asarray(image), np.asarray(kernel)
    kh, kw = kernel.shape
    out = np.zeros((image.shape[0] - kh + 1, image.shape[1] - kw + 1))
    for i, j in np.ndindex(out.shape):
        ### BEGIN SOLUTION
        out[i, j] = np.sum(image[i : i + kh, j : j + kw] * kernel) + bias
        ### END SOLUTION
    return out

# %% test="correlate2d" points=2
check(correlate2d)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(correlate2d, "05_cnn")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ### Explore: the sliding window
#
# The window moves over a digit, by its sliders or dragged in the picture, and its sum is written out.
# Where on the digit will a kernel that subtracts the left column from the right one give large numbers, where large negative ones, and where 0?

# %% [markdown] lang="ko"
# ### 탐구: 미끄러지는 창
#
# 슬라이더로 창을 움직이거나 그림에서 창을 끌면, 그 자리의 합이 풀어서 나옵니다.
# 오른쪽 열에서 왼쪽 열을 빼는 커널이라면 숫자의 어느 자리에서 큰 수가 나올까요? 절댓값이 큰 음수는 어디에서, 0은 어디에서 나올까요?

# %% show="only"
from dlbasic import sliding_kernel

sliding_kernel(correlate2d)

# %% [markdown] lang="en"
# Large where paper turns into ink from left to right, negative where ink ends, 0 where nothing changes sideways.
# A kernel is a question asked at every place in the same words.
#
# Below are five of them.
# Before the run: which one will make a digit smoother, and which one leaves only the upper edges of its strokes?

# %% [markdown] lang="ko"
# 왼쪽에서 오른쪽으로 갈 때 종이가 잉크로 바뀌는 곳에서는 크고, 잉크가 끝나는 곳에서는 음수이며, 옆으로 변화가 없는 곳에서는 0입니다.
# 커널은 모든 자리에서 똑같은 말로 던지는 질문입니다.
#
# 아래에 커널이 다섯 가지 있습니다.
# 실행하기 전에 예상해 봅시다. 숫자를 부드럽게 만드는 것은 무엇이고, 획의 위쪽 가장자리만 남기는 것은 무엇일까요?

# %% show="only"
from dlbasic import digits, show_digits

x_train, labels_train, x_test, labels_test = digits()
x_train, x_test = x_train.reshape(-1, 8, 8), x_test.reshape(-1, 8, 8)
spot, left = np.zeros((3, 3)), np.array([[-1.0, 0.0, 1.0]] * 3)
spot[1, 1] = 1.0
bank = {"copy": spot, "blur": np.full((3, 3), 1 / 9), "sharp": 2 * spot - 1 / 9}
bank |= {"left": left, "top": left.T}
for digit in x_train[[3, 5]]:
    maps = [np.maximum(correlate2d(np.pad(digit, 1), kernel), 0) for kernel in bank.values()]
    show_digits(np.array([image / image.max() for image in maps]), list(bank))

# %% [markdown] lang="en"
# `blur` makes it smoother; `top` leaves the upper edges, where paper turns into ink on the way down.
# The code sets negative sums to 0; here are six common filters with the negative sums left in:
#
# ![](figure:filter_effects)
#
# The same question is asked everywhere, so when a digit moves, the answer should move with it and not change otherwise.
# This is called *translation equivariance*; a fully connected layer does not have it.
# Does it hold exactly here?

# %% [markdown] lang="ko"
# 부드럽게 만드는 것은 `blur`이고, 위쪽 가장자리, 곧 내려가면서 종이가 잉크로 바뀌는 곳만 남기는 것은 `top`입니다.
# 위의 코드는 합이 음수이면 0으로 바꿉니다. 다음은 자주 쓰는 필터 여섯 가지의 결과를 음수까지 그대로 그린 것입니다.
#
# ![](figure:filter_effects)
#
# 모든 자리에서 같은 질문을 던지므로, 숫자가 움직이면 답도 그만큼 움직이기만 하고 달라지지는 않아야 합니다.
# 이것을 *이동 등변성*(translation equivariance)이라고 합니다. 완전 연결층에는 이런 성질이 없습니다.
# 여기서 이 성질이 정확히 성립할까요?

# %% show="only"
here, moved = np.zeros((16, 16)), np.zeros((16, 16))
here[2:10, 2:10], moved[5:13, 4:12] = x_train[3], x_train[3]
answer, moved_answer = correlate2d(here, left), correlate2d(moved, left)
print("largest difference:", np.abs(np.roll(answer, (3, 2), axis=(0, 1)) - moved_answer).max())

# %% [markdown] lang="en"
# Exactly, as long as the digit stays away from the border.
#
# ### 1.3 Which of the two is it?
#
# The true convolution of a picture and a kernel has the minus sign of section 1.1 in both directions:
#
# $$(I * K)[i, j] = \sum_m \sum_n I[m, n]\, K[i - m,\, j - n] = \sum_m \sum_n I[i - m,\, j - n]\, K[m, n]$$
#
# > **What is often written, and why it is wrong.**
# > "$O_{11} = I_{11} K_{11} + I_{12} K_{12} + \dots$ is a convolution."
# > Nothing runs backwards in that sum, both indices go up: it is a **cross-correlation**.
# > And the second form is sometimes copied as $I[i - m,\, i - n]$: then it does not depend on $j$ at all, and every row of the output would be constant.
# > Right is $I[i - m,\, j - n]$.
#
# What deep learning libraries call convolution is cross-correlation, and it does no harm: the kernel is learned, and where one of the two finds $K$, the other finds $K$ turned by 180°.
# It matters where the kernel is not learned but given: in a textbook, in `scipy.signal.convolve2d`, in the backward pass.
#
# ### Exercise: the true convolution
#
# To convolve, turn the kernel by 180°, that is, reverse *both* axes, and correlate.
# Take only the places where the kernel fits, and no bias; this time no code is given.

# %% [markdown] lang="ko"
# 숫자가 이미지의 가장자리에 닿지 않는 한 정확히 성립합니다.
#
# ### 1.3 둘 가운데 어느 쪽인가
#
# 이미지와 커널의 진짜 합성곱에는 1.1절에서 본 빼기 기호가 두 방향 모두에 있습니다.
#
# $$(I * K)[i, j] = \sum_m \sum_n I[m, n]\, K[i - m,\, j - n] = \sum_m \sum_n I[i - m,\, j - n]\, K[m, n]$$
#
# > **흔히 이렇게 쓰지만, 틀렸습니다.**
# > "$O_{11} = I_{11} K_{11} + I_{12} K_{12} + \dots$은 합성곱이다."
# > 이 합에는 거꾸로 가는 것이 없고 두 인덱스가 함께 올라갑니다. 이것은 **교차 상관**입니다.
# > 둘째 꼴을 $I[i - m,\, i - n]$으로 잘못 옮겨 적은 것도 보입니다. 그러면 $j$와 아무 상관이 없어져서 출력의 행마다 같은 값만 늘어섭니다.
# > 옳은 식은 $I[i - m,\, j - n]$입니다.
#
# 딥러닝 라이브러리가 합성곱이라고 부르는 것은 교차 상관입니다. 그래도 해로울 것은 없습니다. 커널은 배워서 얻는 것이고, 한쪽이 $K$를 찾을 자리에서 다른 쪽은 180° 돌린 $K$를 찾기 때문입니다.
# 하지만 교과서나 `scipy.signal.convolve2d`나 역전파에서처럼 커널을 배우지 않고 주어진 대로 쓸 때는 둘을 구별해야 합니다.
#
# ### 연습: 진짜 합성곱
#
# 합성곱을 하려면 커널을 180° 돌려서, 곧 *두* 축을 모두 뒤집어서 교차 상관을 구합니다.
# 커널이 온전히 들어가는 자리만 구하고 편향은 더하지 않습니다. 이번에는 주어진 코드가 없습니다.

# %% exercise="convolve2d"
def convolve2d(image, kernel):
    """The true convolution of image (H, W) with kernel (KH, KW), only where it fits.

    The result is (H - KH + 1, W - KW + 1).

    >>> convolve2d(np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), np.array([[1.0, 10.0]]))
    array([[12., 23.],
           [45., 56.]])
    """
    ### BEGIN SOLUTION
    return correlate2d(image, np.asarray(kernel)[::-1, ::-1])
    ### END SOLUTION

# %% test="convolve2d" points=2
check(convolve2d)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(convolve2d, "05_cnn")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# A picture with a single bright pixel shows the difference.
# One of the two operations stamps the kernel into the picture as it is, the other turned: which one?

# %% [markdown] lang="ko"
# 밝은 픽셀이 하나뿐인 이미지를 보면 차이가 드러납니다.
# 두 연산 가운데 하나는 커널을 그대로 찍고 다른 하나는 돌려서 찍습니다. 어느 쪽이 어느 쪽일까요?

# %% show="only"
pixel = np.zeros((5, 5))
pixel[2, 2] = 1.0
print("correlated:\n", correlate2d(pixel, np.arange(9.0).reshape(3, 3)))
print("convolved:\n", convolve2d(pixel, np.arange(9.0).reshape(3, 3)))

# %% [markdown] lang="en"
# ### Explore: with and without the turn
#
# For which kernels do the two agree everywhere, and for which do they differ only in sign?

# %% [markdown] lang="ko"
# ### 탐구: 돌릴 때와 돌리지 않을 때
#
# 두 결과가 모든 자리에서 같아지는 커널은 어떤 것이고, 부호만 달라지는 커널은 어떤 것일까요?

# %% show="only"
from dlbasic import flip_explorer

flip_explorer(correlate2d, convolve2d)

# %% [markdown] lang="en"
# They agree if turning by 180° leaves the kernel as it is (blur), and differ in sign if it changes the kernel's sign (edges).
# From here on we follow the libraries: "convolution" will mean cross-correlation.

# %% [markdown] lang="ko"
# 180° 돌려도 그대로인 커널(흐리게 하기)이면 두 결과가 같고, 돌리면 부호가 바뀌는 커널(가장자리 찾기)이면 부호만 다릅니다.
# 이제부터는 라이브러리를 따라 "합성곱"이라고 하면 교차 상관을 뜻하기로 합니다.

# %% [markdown] lang="en"
# ## 2. Stride, padding, dilation: the arithmetic
#
# The last section ended with a smaller picture than it began with.
# How large an output is decides how networks can be put together, and sizes that do not match are a common error in a first network.
# All sizes below are those of one axis; height and width are worked out separately, and may have settings of their own.
#
# ### 2.1 Four settings
#
# ![](figure:stride)
#
# **Stride** $s$: the window moves by $s$ places at a time. With $s = 2$ every other position is left out, and the output is about half as large.
#
# ![](figure:padding)
#
# **Padding** $p$: the number 0 is put $p$ times on *both* ends before the window starts.
#
# ![](figure:dilation)
#
# **Dilation** $d$: the $k$ cells of the kernel lie $d$ places apart, so that with $k$ weights it reaches over $\hat{k} = d(k - 1) + 1$ inputs.
# (The fourth setting is $k$ itself, the size of the kernel.)
#
# On 7 inputs with $k = 3$, here are the places where a window can start.
# How many will there be for strides 1, 2, 3 and 4, and which inputs does no window see?

# %% [markdown] lang="ko"
# ## 2. 스트라이드, 패딩, 팽창: 크기의 산수
#
# 앞 절에서는 처음보다 작은 이미지가 나왔습니다.
# 출력의 크기를 알아야 층을 이어 붙일 수 있고, 신경망을 처음 만들 때는 크기가 맞지 않아 오류가 나는 일이 흔합니다.
# 아래의 크기는 모두 축 하나의 크기입니다. 높이와 너비는 따로 계산하며, 설정도 서로 다를 수 있습니다.
#
# ### 2.1 네 가지 설정
#
# ![](figure:stride)
#
# **스트라이드**(stride) $s$: 창이 한 번에 $s$칸씩 움직입니다. $s = 2$이면 자리를 하나 걸러 하나씩만 쓰므로 출력이 절반쯤으로 줄어듭니다.
#
# ![](figure:padding)
#
# **패딩**(padding) $p$: 창이 움직이기 전에 *양쪽* 끝에 0을 $p$개씩 붙입니다.
#
# ![](figure:dilation)
#
# **팽창**(dilation) $d$: 커널의 칸 $k$개를 $d$칸 간격으로 벌려 놓습니다. 그래서 가중치 $k$개로 입력 $\hat{k} = d(k - 1) + 1$개에 걸칩니다.
# (네 번째 설정인 $k$는 커널의 크기입니다.)
#
# 입력이 7개이고 $k = 3$일 때 창이 시작할 수 있는 자리를 아래에서 봅니다.
# 스트라이드가 1, 2, 3, 4일 때 자리는 각각 몇 개일까요? 어느 창도 보지 못하는 입력은 무엇일까요?

# %% show="only"
n, k = 7, 3
for s in (1, 2, 3, 4):
    starts = np.arange(0, n - k + 1, s)
    seen = {int(i) for start in starts for i in range(start, start + k)}
    print(f"stride {s}: starts {starts}, unseen inputs {sorted(set(range(n)) - seen)}")

# %% [markdown] lang="en"
# Stride 4 steps over the input in the middle.
# Stride 3 has no room for a third window and loses the last input: that is why the next formula rounds *down*.
#
# ### Exercise: the size of an output
#
# With padding there are $n + 2p$ places; the kernel reaches over $d(k - 1) + 1$ of them.
# The first window starts at 0, and the last one has to end inside:
#
# $$o = \left\lfloor \frac{n + 2p - d(k - 1) - 1}{s} \right\rfloor + 1$$
#
# The $+1$ counts the first window, and is outside of the division.
# If the kernel reaches over more places than there are, there is no output at all: raise a `ValueError`.

# %% [markdown] lang="ko"
# 스트라이드 4에서는 가운데 입력을 건너뜁니다.
# 스트라이드 3에서는 셋째 창이 들어갈 자리가 없어 마지막 입력을 잃습니다. 다음 식에 *내림*이 들어가는 까닭이 이것입니다.
#
# ### 연습: 출력의 크기
#
# 패딩을 붙이면 자리가 $n + 2p$개이고, 커널은 그 가운데 $d(k - 1) + 1$개에 걸칩니다.
# 첫 창은 0에서 시작하고, 마지막 창은 안에서 끝나야 합니다.
#
# $$o = \left\lfloor \frac{n + 2p - d(k - 1) - 1}{s} \right\rfloor + 1$$
#
# $+1$은 첫 창을 센 것이며 나눗셈 바깥에 있습니다.
# 커널이 걸치는 길이가 자리의 수보다 크면 출력이 아예 없으므로 `ValueError`를 일으킵니다.

# %% exercise="output_size"
def output_size(n, k, stride=1, padding=0, dilation=1):
    """How many outputs (int) a kernel of size k gives on n inputs; ValueError if it does not fit.

    >>> output_size(7, 3, stride=2), output_size(6, 3, stride=2, padding=1, dilation=2)
    (3, 2)
    """
    ### BEGIN SOLUTION
    reach = dilation * (k - 1) + 1
    if reach > n + 2 * padding:
        raise ValueError(f"a kernel that spans {reach} does not fit into {n} + 2 * {padding}")
    return (n + 2 * padding - reach) // stride + 1
    ### END SOLUTION

# %% test="output_size" points=3
check(output_size)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(output_size, "05_cnn")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# A $3 \times 3$ kernel without padding takes two rows and two columns from a picture.
# How many such layers can an $8 \times 8$ digit go through?

# %% [markdown] lang="ko"
# 패딩이 없으면 $3 \times 3$ 커널을 지날 때마다 이미지의 행과 열이 두 개씩 줄어듭니다.
# $8 \times 8$ 숫자 이미지는 이런 층을 몇 개나 지날 수 있을까요?

# %% show="only"
for padding in (0, 1):
    sizes = [8]
    while len(sizes) < 8 and sizes[-1] + 2 * padding >= 3:
        sizes.append(output_size(sizes[-1], 3, padding=padding))
    print(f"padding {padding}:", " -> ".join(map(str, sizes)))

# %% [markdown] lang="en"
# Three, then nothing is left to slide over; with $p = 1$ there is no end.
#
# > **What is often written, and why it is wrong.**
# > "Padding adds pixels where the filter would step outside because of the stride" and "zero padding makes input and output the same size."
# > Padding is chosen, with or without stride, and *zero* says only what is filled in.
# > The size stays the same at stride 1 if $p = \frac{k - 1}{2}$, which needs an odd $k$ (more generally an odd reach); $p = 1$ does it for $k = 3$, and not for $k = 5$.
# > Padding also lets the pixels at the border take part in more windows.
#
# Three choices have names: **valid** is $p = 0$, **same** (or *half*) is $p = \frac{k - 1}{2}$, and **full** is $p = k - 1$, as in `convolve1d`.
#
# ### Exercise: the padding that keeps the size
#
# At stride 1 we want $o = n$.
# Solve the formula above for $p$: $2p = d(k - 1)$.
# If the reach $d(k - 1) + 1$ is even, then half of $d(k - 1)$ is no whole number: raise a `ValueError`, since no equal padding on both sides will do.

# %% [markdown] lang="ko"
# 세 개입니다. 그다음에는 창이 들어갈 자리가 없습니다. $p = 1$이면 끝없이 지날 수 있습니다.
#
# > **흔히 이렇게 쓰지만, 틀렸습니다.**
# > "패딩은 스트라이드 때문에 필터가 바깥으로 나갈 때 픽셀을 채워 넣는 것이다", "제로 패딩을 하면 입력과 출력의 크기가 같아진다."
# > 패딩은 스트라이드와 상관없이 우리가 정해서 붙이는 것이고, *제로*는 무엇으로 채우는지를 말할 뿐입니다.
# > 스트라이드가 1일 때 크기가 그대로인 것은 $p = \frac{k - 1}{2}$일 때이고, 그러려면 $k$가 홀수여야 합니다(더 일반적으로는 걸치는 길이가 홀수여야 합니다). $p = 1$이면 $k = 3$에서는 크기가 같지만 $k = 5$에서는 같지 않습니다.
# > 패딩을 붙이면 이미지 가장자리의 픽셀이 더 많은 창에 들어가기도 합니다.
#
# 패딩을 고르는 세 가지 방법에는 이름이 있습니다. **valid**는 $p = 0$, **same**(또는 *half*)은 $p = \frac{k - 1}{2}$, **full**은 $p = k - 1$입니다. `convolve1d`가 full입니다.
#
# ### 연습: 크기를 지키는 패딩
#
# 스트라이드가 1일 때 $o = n$이 되게 하려고 합니다.
# 위의 식을 $p$에 대해 풀면 $2p = d(k - 1)$입니다.
# 걸치는 길이 $d(k - 1) + 1$이 짝수이면 $d(k - 1)$의 절반이 정수가 아닙니다. 양쪽에 똑같이 붙여서는 크기를 지킬 수 없으므로 `ValueError`를 일으킵니다.

# %% exercise="same_padding"
def same_padding(k, dilation=1):
    """The padding (int) that keeps the size at stride 1; ValueError if the kernel's span is even.

    >>> same_padding(3), same_padding(3, dilation=2)
    (1, 2)
    """
    ### BEGIN SOLUTION
    reach = dilation * (k - 1) + 1
    if reach % 2 == 0:
        raise ValueError(f"a kernel that spans {reach} has no middle: no padding on both sides keeps the size")
    return (reach - 1) // 2
    ### END SOLUTION

# %% test="same_padding" points=2
check(same_padding)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(same_padding, "05_cnn")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ![](figure:stride_with_padding)
#
# Stride and padding together: with $k = 3$, $s = 2$ and $p = 1$, which input sizes lead to 3 outputs?

# %% [markdown] lang="ko"
# ![](figure:stride_with_padding)
#
# 스트라이드와 패딩을 함께 씁니다. $k = 3$, $s = 2$, $p = 1$일 때 출력이 3개가 되는 입력의 크기는 얼마일까요?

# %% show="only"
print([n for n in range(2, 12) if output_size(n, 3, stride=2, padding=1) == 3])

# %% [markdown] lang="en"
# Two of them, since rounding down forgets the remainder of the division: from the output alone nobody can tell which of the two it was.
# Remember this for the next step, which goes the other way.
#
# ### 2.2 Transposed convolution
#
# A convolution is linear, so it can be written as a matrix.
# Here are 4 inputs and the kernel $(1, 2, 3)$, which makes 2 outputs; each row holds the kernel, moved by one place.
# The transposed matrix turns 2 numbers into 4.
# Does it bring back the 4 that we began with?

# %% [markdown] lang="ko"
# 두 가지입니다. 내림이 나눗셈의 나머지를 잊어버리기 때문입니다. 출력만 보아서는 어느 쪽이었는지 아무도 모릅니다.
# 이 점을 기억해 두십시오. 이제 거꾸로 가 볼 차례입니다.
#
# ### 2.2 전치 합성곱
#
# 합성곱은 선형이므로 행렬로 쓸 수 있습니다.
# 입력이 4개이고 커널이 $(1, 2, 3)$이면 출력은 2개입니다. 행마다 커널이 한 칸씩 옮겨 가며 들어 있습니다.
# 전치한 행렬은 수 2개를 4개로 바꿉니다.
# 그러면 처음의 수 4개가 되돌아올까요?

# %% show="only"
matrix = np.array([[1.0, 2.0, 3.0, 0.0], [0.0, 1.0, 2.0, 3.0]])
inputs = np.array([1.0, 0.0, 2.0, 1.0])
outputs = matrix @ inputs
print("inputs", inputs, "-> outputs", outputs, "-> transposed", matrix.T @ outputs)

# %% [markdown] lang="en"
# The *size* comes back, the *values* do not: $M^\top$ is not $M^{-1}$.
# (The name "deconvolution", which one still meets, promises too much.)
# Multiplying by $M^\top$ is called a **transposed convolution**; you know it already: a gradient goes back through a matrix product by the transposed matrix (chapter 2), and so through a convolution.
# Networks use it forward as well, to make large pictures out of small ones.
#
# ![](figure:transposed)
#
# Seen from its $n$ inputs: each of them puts down a copy of the kernel, multiplied by it, and the copies lie $s$ places apart and are added where they overlap.
# Or slide after all: spread the inputs $s$ places apart with 0 in between, put 0 around them $k - 1 - p$ times, and slide the kernel, turned by 180°, at stride 1.
# Padding $p$ cuts $p$ places off *both* ends, because the forward convolution had put them there.
# Output padding makes one end longer, and so chooses among the sizes that rounding had made equal.
#
# ### Exercise: the size of a transposed output
#
# The last copy starts at $(n - 1)s$ and is $k$ long; take away both paddings, and add the output padding $a$:
#
# $$o' = (n - 1)\, s + k - 2p + a$$

# %% [markdown] lang="ko"
# *크기*는 돌아오지만 *값*은 돌아오지 않습니다. $M^\top$은 $M^{-1}$이 아닙니다.
# (아직도 가끔 보이는 "deconvolution"이라는 이름은 너무 많은 것을 약속합니다.)
# $M^\top$을 곱하는 것을 **전치 합성곱**(transposed convolution)이라고 합니다. 사실 이미 아는 것입니다. 기울기는 전치한 행렬을 곱하여 행렬 곱을 거슬러 가고(2장), 합성곱도 그렇게 거슬러 갑니다.
# 작은 이미지에서 큰 이미지를 만들 때는 순전파에도 씁니다.
#
# ![](figure:transposed)
#
# 입력 $n$개 쪽에서 보면, 입력마다 커널에 그 값을 곱한 사본을 하나씩 내려놓습니다. 사본은 $s$칸 간격으로 놓이고, 겹치는 곳은 더합니다.
# 미끄러뜨려서 구할 수도 있습니다. 입력을 $s$칸 간격으로 벌려 사이를 0으로 채우고, 둘레에 0을 $k - 1 - p$겹 두른 다음, 180° 돌린 커널을 스트라이드 1로 미끄러뜨립니다.
# 패딩 $p$는 *양쪽* 끝을 $p$칸씩 잘라 냅니다. 합성곱을 할 때 거기에 붙였던 것이기 때문입니다.
# 출력 패딩은 한쪽 끝만 더 길게 합니다. 그래서 내림 때문에 구별할 수 없던 크기 가운데 하나를 고를 수 있습니다.
#
# ### 연습: 전치 합성곱의 출력 크기
#
# 마지막 사본은 $(n - 1)s$에서 시작하고 길이가 $k$입니다. 양쪽 패딩을 빼고 출력 패딩 $a$를 더합니다.
#
# $$o' = (n - 1)\, s + k - 2p + a$$

# %% exercise="transposed_output_size"
def transposed_output_size(n, k, stride=1, padding=0, output_padding=0):
    """How many outputs (int) a transposed convolution gives on n inputs.

    >>> transposed_output_size(2, 3, stride=2)
    5
    >>> transposed_output_size(3, 3, stride=2, padding=1, output_padding=1)
    6
    """
    ### BEGIN SOLUTION
    return (n - 1) * stride - 2 * padding + k + output_padding
    ### END SOLUTION

# %% test="transposed_output_size" points=2
check(transposed_output_size)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(transposed_output_size, "05_cnn")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ### 2.3 Fifteen relationships
#
# Dumoulin and Visin (2016) go through the cases one at a time; every one is drawn here, the transposed ones as something that slides.
#
# ![](figure:arithmetic_gallery)
#
# | | convolution | size |
# |---|---|---|
# | 1 | no padding, unit stride | $o = n - k + 1$ |
# | 2 | padding, unit stride | $o = n + 2p - k + 1$ |
# | 3 | half padding (odd $k$), unit stride | $o = n$ |
# | 4 | full padding $p = k - 1$, unit stride | $o = n + k - 1$ |
# | 5 | no padding, stride | $o = \lfloor (n - k) / s \rfloor + 1$ |
# | 6 | padding, stride | $o = \lfloor (n + 2p - k) / s \rfloor + 1$ |
# | 7 | pooling | $o = \lfloor (n - k) / s \rfloor + 1$ |
#
# | | transposed | size |
# |---|---|---|
# | 8 | no padding, unit stride | $o' = n + k - 1$ |
# | 9 | padding, unit stride | $o' = n + k - 1 - 2p$ |
# | 10 | half padding, unit stride | $o' = n$ |
# | 11 | full padding, unit stride | $o' = n - (k - 1)$ |
# | 12 | no padding, stride | $o' = s(n - 1) + k$ |
# | 13 | padding, stride | $o' = s(n - 1) + k - 2p$ |
# | 14 | padding, stride, and a remainder $a$ | $o' = s(n - 1) + k - 2p + a$ |
#
# And 15: a dilated kernel, $o = \lfloor (n + 2p - k - (k - 1)(d - 1)) / s \rfloor + 1$.
#
# In 14, $a = (m + 2p - k) \bmod s$ is what rounding down forgot when the forward convolution had $m$ inputs.
# Fifteen formulas to learn by heart, or two functions that you have written?
# If the latter, each line below must be true for every choice of sizes.

# %% [markdown] lang="ko"
# ### 2.3 열다섯 가지 관계
#
# Dumoulin과 Visin(2016)은 경우를 하나하나 짚어 갑니다. 여기에 모두 그려 놓았고, 전치 합성곱도 미끄러뜨리는 방식으로 그렸습니다.
#
# ![](figure:arithmetic_gallery)
#
# | | 합성곱 | 크기 |
# |---|---|---|
# | 1 | 패딩 없음, 단위 스트라이드 | $o = n - k + 1$ |
# | 2 | 패딩, 단위 스트라이드 | $o = n + 2p - k + 1$ |
# | 3 | half 패딩($k$는 홀수), 단위 스트라이드 | $o = n$ |
# | 4 | full 패딩 $p = k - 1$, 단위 스트라이드 | $o = n + k - 1$ |
# | 5 | 패딩 없음, 스트라이드 | $o = \lfloor (n - k) / s \rfloor + 1$ |
# | 6 | 패딩, 스트라이드 | $o = \lfloor (n + 2p - k) / s \rfloor + 1$ |
# | 7 | 풀링(pooling) | $o = \lfloor (n - k) / s \rfloor + 1$ |
#
# | | 전치 합성곱 | 크기 |
# |---|---|---|
# | 8 | 패딩 없음, 단위 스트라이드 | $o' = n + k - 1$ |
# | 9 | 패딩, 단위 스트라이드 | $o' = n + k - 1 - 2p$ |
# | 10 | half 패딩, 단위 스트라이드 | $o' = n$ |
# | 11 | full 패딩, 단위 스트라이드 | $o' = n - (k - 1)$ |
# | 12 | 패딩 없음, 스트라이드 | $o' = s(n - 1) + k$ |
# | 13 | 패딩, 스트라이드 | $o' = s(n - 1) + k - 2p$ |
# | 14 | 패딩, 스트라이드, 나머지 $a$ | $o' = s(n - 1) + k - 2p + a$ |
#
# 그리고 15는 팽창한 커널입니다. $o = \lfloor (n + 2p - k - (k - 1)(d - 1)) / s \rfloor + 1$.
#
# 14의 $a = (m + 2p - k) \bmod s$는 앞으로 가는 합성곱의 입력이 $m$개일 때 내림이 잊어버린 나머지입니다.
# 식 열다섯 개를 외워야 할까요, 아니면 여러분이 쓴 함수 두 개면 될까요?
# 두 개로 된다면, 아래의 줄은 크기를 어떻게 고르든 모두 참이어야 합니다.

# %% show="only"
def relationships(n, k, s, p, d):
    half, full, forward, back = (k - 1) // 2, k - 1, output_size, transposed_output_size
    return [
        forward(n, k) == n - k + 1,
        forward(n, k, padding=p) == n + 2 * p - k + 1,
        forward(n, k, padding=half) == n,
        forward(n, k, padding=full) == n + k - 1,
        forward(n, k, stride=s) == (n - k) // s + 1,
        forward(n, k, stride=s, padding=p) == (n + 2 * p - k) // s + 1,
        forward(n, s, stride=s) == (n - s) // s + 1,
        back(n, k) == n + k - 1,
        back(n, k, padding=p) == n + k - 1 - 2 * p,
        back(n, k, padding=half) == n,
        back(n, k, padding=full) == n - (k - 1),
        back(n, k, stride=s) == s * (n - 1) + k,
        back(n, k, stride=s, padding=p) == s * (n - 1) + k - 2 * p,
        back(forward(n, k, s, p), k, s, p, output_padding=(n + 2 * p - k) % s) == n,
        forward(n, k, s, p, d) == (n + 2 * p - k - (k - 1) * (d - 1)) // s + 1,
    ]

# %% [markdown] lang="en"
# Line 14 goes forward and back, and has to arrive where it set out.

# %% [markdown] lang="ko"
# 14번 줄은 앞으로 갔다가 돌아와서 출발한 곳에 닿아야 합니다.

# %% show="only"
import itertools

settings = list(itertools.product(range(13, 20), (3, 5), (2, 3, 4), (0, 1, 2), (1, 2, 3)))
true = np.sum([relationships(*setting) for setting in settings], axis=0)
print(f"of {len(settings)} settings, each line is true in {true}")

# %% [markdown] lang="en"
# Two functions are enough; the second is the first one solved for $n$, with the forgotten remainder as an argument of its own.
#
# ### Explore: the arithmetic
#
# Move the sliders for $n$, $k$, stride, padding and dilation.
# Three questions: when does the picture say that the setting is invalid?
# With $k = 3$ and dilation 2, which padding keeps the size?
# And at stride 3, how many different $n$ give one and the same number of outputs?

# %% [markdown] lang="ko"
# 함수 두 개로 충분합니다. 둘째 함수는 첫째 함수의 식을 $n$에 대해 풀고, 내림이 잊어버린 나머지를 인자로 따로 받은 것입니다.
#
# ### 탐구: 크기의 산수
#
# $n$, $k$, 스트라이드, 패딩, 팽창을 슬라이더로 움직여 봅니다.
# 질문이 세 가지 있습니다. 설정이 맞지 않는다는 표시는 언제 나올까요?
# $k = 3$이고 팽창이 2일 때 크기를 지키는 패딩은 얼마일까요?
# 그리고 스트라이드가 3일 때, 출력의 수가 똑같이 나오는 $n$은 몇 가지일까요?

# %% show="only"
from dlbasic import arithmetic_explorer

arithmetic_explorer(output_size, transposed_output_size)

# %% [markdown] lang="en"
# Invalid means that the reach $d(k - 1) + 1$ is more than $n + 2p$.
# A kernel of size 3 with dilation 2 reaches over 5 inputs and needs $p = 2$ to keep the size; it still has only 3 weights along the axis.
# At stride 3 three neighbouring sizes give the same number of outputs, and output padding 0, 1 or 2 tells them apart on the way back.
#
# ### 2.4 Padding a batch
#
# Pictures come in batches of shape `(N, C, H, W)`: $N$ pictures with $C$ channels of $H$ rows and $W$ columns.
# For colour pictures the channels are red, green and blue; section 3 comes back to them.
#
# ### Exercise: pad the pictures
#
# Put $p$ rows of 0 above and below, and $p$ columns of 0 left and right of every channel of every picture; the result is `(N, C, H + 2p, W + 2p)`.
# The numbers of pictures and of channels stay as they are.
# `np.pad` takes one pair (before, after) for each axis.

# %% [markdown] lang="ko"
# 설정이 맞지 않는다는 것은 커널이 걸치는 길이 $d(k - 1) + 1$이 $n + 2p$보다 크다는 뜻입니다.
# 크기가 3인 커널은 팽창이 2이면 입력 5개에 걸치므로, 크기를 지키려면 $p = 2$여야 합니다. 그래도 가중치는 축을 따라 3개뿐입니다.
# 스트라이드가 3이면 이웃한 세 크기에서 출력의 수가 같고, 돌아올 때는 출력 패딩 0, 1, 2로 구별합니다.
#
# ### 2.4 배치에 패딩 붙이기
#
# 이미지는 모양이 `(N, C, H, W)`인 배치로 옵니다. 이미지가 $N$장, 채널(channel)이 $C$개, 행이 $H$개, 열이 $W$개라는 뜻입니다.
# 컬러 이미지의 채널은 빨강, 초록, 파랑입니다. 채널 이야기는 3절에서 다시 합니다.
#
# ### 연습: 이미지에 패딩 붙이기
#
# 모든 이미지의 모든 채널에서 위아래로 0으로 된 행을 $p$개씩, 좌우로 0으로 된 열을 $p$개씩 붙입니다. 결과는 `(N, C, H + 2p, W + 2p)`입니다.
# 이미지의 수와 채널의 수는 그대로입니다.
# `np.pad`는 축마다 (앞, 뒤) 한 쌍을 받습니다.

# %% exercise="pad_images"
def pad_images(x, p):
    """x (N, C, H, W) with p rows and columns of zeros on all four sides of each image.

    >>> pad_images(np.ones((1, 1, 1, 2)), 1)[0, 0]
    array([[0., 0., 0., 0.],
           [0., 1., 1., 0.],
           [0., 0., 0., 0.]])
    """
    ### BEGIN SOLUTION
    return np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    ### END SOLUTION

# %% test="pad_images" points=1
check(pad_images)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(pad_images, "05_cnn")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ### 2.5 How far a layer sees
#
# One number in a layer's output sees a $3 \times 3$ window of the output before, and each number there saw a window of its own.
# The part of the input that can change a number at all is its **receptive field**.
# A picture of $11 \times 11$ with a single bright pixel goes through two layers whose $3 \times 3$ kernels hold nothing but 1.
# How many of the 49 outputs will notice it?

# %% [markdown] lang="ko"
# ### 2.5 층은 얼마나 멀리 보는가
#
# 층의 출력에 있는 수 하나는 앞 층 출력의 $3 \times 3$ 창을 보고, 그 창의 수들도 저마다 제 창을 보았습니다.
# 입력 가운데 어떤 수를 바꿀 수 있는 부분을 그 수의 **수용 영역**(receptive field)이라고 합니다.
# 밝은 픽셀이 하나뿐인 $11 \times 11$ 이미지가, 값이 모두 1인 $3 \times 3$ 커널의 층을 두 개 지나갑니다.
# 출력 49개 가운데 이 픽셀을 알아채는 것은 몇 개일까요?

# %% show="only"
pixel = np.zeros((11, 11))
pixel[5, 5] = 1.0
print(correlate2d(correlate2d(pixel, np.ones((3, 3))), np.ones((3, 3))).astype(int))

# %% [markdown] lang="en"
# 25 outputs see the pixel, and those at the rim stay 0; turned round, one output sees $5 \times 5$ pixels.
# It does not see them equally well: the middle one reaches it in nine ways and a corner in one, so that the *effective* field is smaller (Luo et al. 2016).
#
# ### Exercise: the receptive field
#
# Go through the layers from input to output and keep two numbers, both 1 at the start:
# the field $r$, and the *jump* $j$, which says how many inputs apart two neighbouring numbers lie, at the start in the input, then in the output of the layer just passed.
# A layer with kernel $k$ sees $k$ neighbours, which makes the field $k - 1$ jumps wider; only afterwards does its own stride make the jump longer:
#
# $$r \leftarrow r + (k - 1)\, j \qquad j \leftarrow j \cdot s$$
#
# For two layers $(3, 2)$: $r = 1 + 2 \cdot 1 = 3$, $j = 2$, then $r = 3 + 2 \cdot 2 = 7$.

# %% [markdown] lang="ko"
# 출력 25개가 그 픽셀을 보고, 테두리의 출력은 그대로 0입니다. 뒤집어 말하면 출력 하나가 $5 \times 5$ 픽셀을 봅니다.
# 모두 똑같이 잘 보는 것은 아닙니다. 가운데 픽셀은 아홉 갈래로 닿고 구석 픽셀은 한 갈래로만 닿으므로, *실질적인* 수용 영역은 더 작습니다(Luo 등 2016).
#
# ### 연습: 수용 영역
#
# 입력에서 출력 쪽으로 층을 차례로 지나며 두 수를 고쳐 나갑니다. 둘 다 1에서 시작합니다.
# 하나는 수용 영역 $r$이고, 다른 하나는 *간격*(jump) $j$입니다. 간격은 방금 지나온 층의 출력(처음에는 입력)에서 이웃한 두 수가 입력으로 치면 몇 칸 떨어져 있는지를 나타냅니다.
# 커널이 $k$인 층은 이웃 $k$개를 보므로 수용 영역이 간격 $k - 1$개만큼 넓어집니다. 그 층의 스트라이드는 그다음에야 간격을 늘립니다.
#
# $$r \leftarrow r + (k - 1)\, j \qquad j \leftarrow j \cdot s$$
#
# 층 $(3, 2)$가 두 개이면 $r = 1 + 2 \cdot 1 = 3$, $j = 2$, 그다음은 $r = 3 + 2 \cdot 2 = 7$입니다.

# %% exercise="receptive_field"
def receptive_field(layers):
    """How many inputs (int) one output sees, for layers [(k, stride), ...] from input to output.

    >>> receptive_field([(3, 1), (3, 1)]), receptive_field([(3, 2), (3, 2)])
    (5, 7)
    """
    ### BEGIN SOLUTION
    field, jump = 1, 1
    for k, stride in layers:
        field += (k - 1) * jump
        jump *= stride
    return field
    ### END SOLUTION

# %% test="receptive_field" points=2
check(receptive_field)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(receptive_field, "05_cnn")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ### Explore: the growing field
#
# How many layers of $3 \times 3$ at stride 1 does it take to see 11 inputs?
# And how few if some of the strides may be 2?

# %% [markdown] lang="ko"
# ### 탐구: 자라는 수용 영역
#
# 스트라이드가 1인 $3 \times 3$ 층으로 입력 11개를 보려면 층이 몇 개 있어야 할까요?
# 스트라이드를 2로 해도 된다면 몇 개까지 줄일 수 있을까요?

# %% show="only"
from dlbasic import field_explorer

field_explorer(receptive_field)

# %% [markdown] lang="en"
# Five, since each adds two; with stride 2 the third layer already sees 15.
# Two networks that you will meet in section 5, pooling layers included: which of them sees more of its picture at the end?

# %% [markdown] lang="ko"
# 층마다 둘씩 늘어나므로 다섯 개입니다. 스트라이드를 2로 하면 셋째 층에서 벌써 15개를 봅니다.
# 5절에서 만날 두 신경망을 풀링 층까지 넣어 견주어 봅니다. 마지막 층에서 이미지를 더 넓게 보는 쪽은 어느 것일까요?

# %% show="only"
alexnet = [(11, 4), (3, 2), (5, 1), (3, 2), (3, 1), (3, 1), (3, 1), (3, 2)]
vgg16 = [layer for repeats in (2, 2, 3, 3, 3) for layer in [(3, 1)] * repeats + [(2, 2)]]
print("AlexNet:", receptive_field(alexnet), "of 227 pixels")
print("VGG-16: ", receptive_field(vgg16), "of 224 pixels")

# %% [markdown] lang="en"
# VGG-16 sees more, with small kernels throughout: depth does for it what large kernels do for AlexNet.
#
# ## 3. A layer of filters
#
# ### 3.1 Channels and filters
#
# ![](figure:feature_maps)
#
# A colour picture is a stack of three channels, an array $3 \times H \times W$.
# A filter is a stack too: what is called a "$5 \times 5$ filter" is $5 \times 5 \times 3$ here, the depth being left out because it always equals the number of channels.
# It spans all channels, slides in two directions only, and adds everything up, over the channels as well: one filter makes *one* map.
# A layer has $F$ filters and therefore makes $F$ maps, which are the channels of the next layer.
#
# In one line, for picture $n$, filter $f$, stride $s$, with $\tilde{x}$ for the padded input:
#
# $$y[n, f, i, j] = b[f] + \sum_{c} \sum_{u} \sum_{v} \tilde{x}[n,\, c,\, s i + u,\, s j + v]\; w[f, c, u, v]$$
#
# One bias for each filter, which is one for each output channel.
#
# ### 3.2 Four steps to a fast layer
#
# The formula says exactly what to do; for one picture, one filter and one channel at stride 1 it is your `correlate2d`.
# Step 1 writes it out number by number: six nested loops, over $n, f, i, j, u, v$, with only the sum over $c$ left to `@`.

# %% [markdown] lang="ko"
# VGG-16이 더 넓게 봅니다. 커널은 모두 작지만, AlexNet이 큰 커널로 얻은 것을 깊이로 얻었습니다.
#
# ## 3. 필터의 층
#
# ### 3.1 채널과 필터
#
# ![](figure:feature_maps)
#
# 컬러 이미지는 채널 세 장을 쌓은 것, 곧 $3 \times H \times W$ 배열입니다.
# 필터도 쌓은 것입니다. "$5 \times 5$ 필터"라고 하지만 여기서는 $5 \times 5 \times 3$이고, 깊이는 언제나 채널의 수와 같으므로 말하지 않을 뿐입니다.
# 필터는 모든 채널에 걸쳐 있고, 두 방향으로만 미끄러지며, 채널까지 포함하여 모두 더합니다. 그래서 필터 하나는 맵 *한 장*을 만듭니다.
# 층 하나에는 필터가 $F$개 있어 특징 맵(feature map)이 $F$장 나오고, 이것이 다음 층의 채널이 됩니다.
#
# 이미지 $n$, 필터 $f$, 스트라이드 $s$에 대하여 한 줄로 쓰면 다음과 같습니다. $\tilde{x}$는 패딩을 붙인 입력입니다.
#
# $$y[n, f, i, j] = b[f] + \sum_{c} \sum_{u} \sum_{v} \tilde{x}[n,\, c,\, s i + u,\, s j + v]\; w[f, c, u, v]$$
#
# 편향은 필터마다, 곧 출력 채널마다 하나입니다.
#
# ### 3.2 빠른 층까지 네 단계
#
# 할 일은 식에 다 적혀 있습니다. 이미지도 필터도 채널도 하나이고 스트라이드가 1이면 바로 여러분의 `correlate2d`입니다.
# 1단계에서는 수 하나하나를 그대로 풀어 씁니다. $n, f, i, j, u, v$를 도는 여섯 겹 반복문이고, $c$에 대한 합만 `@`에 맡깁니다.

# %% show="only"
def conv2d_loops(x, w, b):
    """Step 1: x (N, C, H, W), w (F, C, KH, KW), b (F,); stride 1, no padding."""
    kh, kw = w.shape[2], w.shape[3]
    out = np.zeros((len(x), len(w), x.shape[2] - kh + 1, x.shape[3] - kw + 1))
    for n in range(out.shape[0]):
        for f in range(out.shape[1]):
            for i in range(out.shape[2]):
                for j in range(out.shape[3]):
                    out[n, f, i, j] = b[f]
                    for u in range(kh):
                        for v in range(kw):
                            out[n, f, i, j] += x[n, :, i + u, j + v] @ w[f, :, u, v]
    return out

# %% [markdown] lang="en"
# A Python loop costs far more than the multiplication inside it, so every step hands more of the loops over to numpy.
# Step 2 takes the whole window at once, the sum over $c, u, v$, and keeps four loops (`np.ndindex` runs through all of them).
# Step 3 sees that at one place $i, j$ all windows of the batch meet all filters: a table of $N$ windows against $F$ filters, each $C \cdot K_H \cdot K_W$ numbers long, which is one matrix product.

# %% [markdown] lang="ko"
# 파이썬의 반복문은 그 안의 곱셈보다 훨씬 비쌉니다. 그래서 단계마다 반복문을 더 많이 numpy에 넘깁니다.
# 2단계는 창을 통째로 다루어 $c, u, v$에 대한 합을 한꺼번에 구하고, 반복문은 네 개가 남습니다(`np.ndindex`가 네 개를 모두 돌아 줍니다).
# 3단계는 한 자리 $i, j$에서 배치의 모든 창이 모든 필터와 만난다는 점을 이용합니다. 창 $N$개와 필터 $F$개를 짝지은 표이고, 창과 필터의 길이가 모두 $C \cdot K_H \cdot K_W$이므로 행렬 곱 하나로 끝납니다.

# %% show="only"
def conv2d_windows(x, w, b):
    """Step 2: one window and one filter at a time."""
    kh, kw = w.shape[2], w.shape[3]
    out = np.zeros((len(x), len(w), x.shape[2] - kh + 1, x.shape[3] - kw + 1))
    for n, f, i, j in np.ndindex(out.shape):
        out[n, f, i, j] = np.sum(x[n, :, i : i + kh, j : j + kw] * w[f]) + b[f]
    return out


def conv2d_places(x, w, b):
    """Step 3: one place at a time, all pictures and all filters in one matrix product."""
    kh, kw = w.shape[2], w.shape[3]
    out = np.zeros((len(x), len(w), x.shape[2] - kh + 1, x.shape[3] - kw + 1))
    filters = w.reshape(len(w), -1)
    for i, j in np.ndindex(out.shape[2:]):
        out[:, :, i, j] = x[:, :, i : i + kh, j : j + kw].reshape(len(x), -1) @ filters.T + b
    return out

# %% [markdown] lang="en"
# Four pictures of $3 \times 32 \times 32$ and eight filters of $5 \times 5$.
# Step 1 takes a second or more.
# How many times faster will step 2 be, and how many times step 3?

# %% [markdown] lang="ko"
# $3 \times 32 \times 32$인 이미지 네 장과 $5 \times 5$ 필터 여덟 개입니다.
# 1단계는 일 초 넘게 걸립니다.
# 2단계는 그보다 몇 배 빠르고, 3단계는 몇 배 빠를까요?

# %% show="only"
import time


def milliseconds(function, *arrays, repeat=5):
    times = []
    for _ in range(repeat):
        began = time.perf_counter()
        function(*arrays)
        times.append(time.perf_counter() - began)
    return 1000 * min(times)


rng = np.random.default_rng(0)
batch, filters = rng.normal(size=(4, 3, 32, 32)), rng.normal(size=(8, 3, 5, 5))
biases = rng.normal(size=8)
for step, function in enumerate((conv2d_loops, conv2d_windows, conv2d_places), 1):
    took = milliseconds(function, batch, filters, biases, repeat=1 if step == 1 else 3)
    print(f"step {step}: {took:8.1f} ms")

# %% [markdown] lang="en"
# The arithmetic is the same, to the last multiplication; only who loops has changed.
#
# ### Exercise: the whole layer, without a loop
#
# Step 4 is yours: `conv2d` with stride and padding, on a batch, with all of the loops left to numpy.
#
# 1. Pad $x$ if need be.
# 2. `np.lib.stride_tricks.sliding_window_view(x, (KH, KW), axis=(2, 3))` shows every window at stride 1 without copying anything; its shape is `(N, C, OH, OW, KH, KW)`.
# 3. Keep every $s$-th window, in *both* directions.
# 4. `np.tensordot` multiplies and adds over the axes that you name, here channel, row and column within the window; the axes that remain follow each other, first those of the windows, then that of the filters. `np.einsum` can do the same.
# 5. Put the axes in the order `(N, F, OH, OW)`, with one bias for each filter.
#
# Part of the marks is for speed: at least 10 times as fast as step 1 on the arrays above.

# %% [markdown] lang="ko"
# 계산 자체는 마지막 곱셈 하나까지 똑같습니다. 반복문을 누가 도느냐만 달라졌습니다.
#
# ### 연습: 반복문 없는 층 전체
#
# 4단계는 여러분 차례입니다. 스트라이드와 패딩을 갖춘 `conv2d`를 배치에 대해 작성하되, 반복은 모두 numpy에 맡깁니다.
#
# 1. 필요하면 $x$에 패딩을 붙입니다.
# 2. `np.lib.stride_tricks.sliding_window_view(x, (KH, KW), axis=(2, 3))`은 스트라이드 1의 모든 창을 아무것도 복사하지 않고 보여 줍니다. 모양은 `(N, C, OH, OW, KH, KW)`입니다.
# 3. *두* 방향 모두에서 창을 $s$개에 하나씩만 남깁니다.
# 4. `np.tensordot`은 지정한 축을 따라 곱하고 더합니다. 여기서는 채널, 창 안의 행, 창 안의 열입니다. 남은 축은 창의 축이 먼저, 필터의 축이 그다음으로 늘어섭니다. `np.einsum`으로도 할 수 있습니다.
# 5. 축의 순서를 `(N, F, OH, OW)`로 바꾸고 필터마다 편향을 하나씩 더합니다.
#
# 점수의 일부는 속도에 따라 매깁니다. 위의 배열에서 1단계보다 10배 이상 빨라야 합니다.

# %% exercise="conv2d"
def conv2d(x, w, b, stride=1, padding=0):
    """x (N, C, H, W) with F filters w (F, C, KH, KW) and biases b (F,); gives (N, F, OH, OW).

    >>> conv2d(np.ones((1, 2, 3, 3)), np.ones((1, 2, 3, 3)), np.array([0.5]), stride=2, padding=1)[0, 0]
    array([[8.5, 8.5],
           [8.5, 8.5]])
    """
    ### BEGIN SOLUTION
    if padding:
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = np.lib.stride_tricks.sliding_window_view(x, np.shape(w)[2:], axis=(2, 3))[:, :, ::stride, ::stride]
    out = np.tensordot(windows, w, axes=((1, 4, 5), (1, 2, 3)))
    return np.moveaxis(out + b, 3, 1)
    ### END SOLUTION

# %% test="conv2d" points=6
check(conv2d)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(conv2d, "05_cnn")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# Step 4 beside step 3: how long will it take?

# %% [markdown] lang="ko"
# 4단계를 3단계와 나란히 재어 봅니다. 시간이 얼마나 걸릴까요?

# %% show="only"
print(f"step 3: {milliseconds(conv2d_places, batch, filters, biases):7.2f} ms")
print(f"step 4: {milliseconds(conv2d, batch, filters, biases):7.2f} ms")
difference = conv2d(batch, filters, biases) - conv2d_places(batch, filters, biases)
print("largest difference:", np.abs(difference).max())

# %% [markdown] lang="en"
# On our machine, with one thread: about 1200 ms, 87 ms, 2.6 ms and 0.35 ms.
# How far is that from a library?
# PyTorch, in float64 and on one thread too, is about twice as fast: step 4 took 1.7 to 2.5 times as long, in several measurements of two sizes.
# (On a graphics card PyTorch is in another league; what it computes is the same.)
#
# ### Explore: which numbers make one output
#
# Choose a place in an output map, with the sliders or by dragging in the picture: which inputs, and which weights, went into it?
# What changes when you go to the same place in *another* output map?

# %% [markdown] lang="ko"
# 우리 컴퓨터에서 스레드 하나로 재면 차례로 약 1200 ms, 87 ms, 2.6 ms, 0.35 ms입니다.
# 라이브러리와는 얼마나 차이가 날까요?
# 똑같이 float64와 스레드 하나로 재면 PyTorch가 두 배쯤 빠릅니다. 두 가지 크기를 여러 번 재어 보니 4단계에 걸린 시간은 PyTorch의 1.7배에서 2.5배였습니다.
# (그래픽 카드에서라면 PyTorch는 견줄 수 없이 빠릅니다. 그래도 계산하는 것은 똑같습니다.)
#
# ### 탐구: 출력 하나를 만드는 수들
#
# 슬라이더로, 또는 그림에서 끌어서 출력 맵의 한 자리를 고릅니다. 어떤 입력과 어떤 가중치가 거기에 들어갔을까요?
# *다른* 출력 맵의 같은 자리로 가면 무엇이 달라질까요?

# %% show="only"
from dlbasic import filter_stacks

filter_stacks(conv2d)

# %% [markdown] lang="en"
# The same inputs, from every channel, with another filter's weights.
#
# The kernels of section 1 as one layer: five filters, one input channel, same padding, three digits.
# What will the output's shape be?

# %% [markdown] lang="ko"
# 입력은 모든 채널에서 온 똑같은 수들이고, 가중치만 다른 필터의 것입니다.
#
# 1절의 커널들을 층 하나로 씁니다. 필터 다섯 개, 입력 채널 하나, 크기를 지키는 패딩, 숫자 이미지 세 장입니다.
# 출력의 모양은 어떻게 될까요?

# %% show="only"
kernels = np.array(list(bank.values()))[:, None]
maps = np.maximum(conv2d(x_train[:3, None], kernels, np.zeros(5), padding=1), 0)
print(maps.shape)
for stack in maps:
    show_digits(stack / stack.max(axis=(1, 2), keepdims=True), list(bank))

# %% [markdown] lang="en"
# ### 3.3 The way back
#
# Chapter 2 has shown how a gradient goes back through a matrix product; here is the same for shared weights.
# Let $\delta$ be the gradient with respect to the output, `(N, F, OH, OW)`.
# Ask each number of the forward pass where it was used, and add up what comes back from there:
#
# - the bias $b[f]$ was used at every place of map $f$, for every picture;
# - the weight $w[f, c, u, v]$ was used once at each of these places, together with one input;
# - the padded input $\tilde{x}[n, c, k, l]$ was used by every window that covers it, and these overlap.
#
# $$\frac{\partial \mathcal{L}}{\partial b[f]} = \sum_{n, i, j} \delta[n, f, i, j] \qquad \frac{\partial \mathcal{L}}{\partial w[f, c, u, v]} = \sum_{n, i, j} \delta[n, f, i, j]\; \tilde{x}[n,\, c,\, s i + u,\, s j + v]$$
#
# $$\frac{\partial \mathcal{L}}{\partial \tilde{x}[n, c, k, l]} = \sum_{f} \; \sum_{\substack{i, u:\ s i + u = k \\ j, v:\ s j + v = l}} \delta[n, f, i, j]\; w[f, c, u, v]$$
#
# The last line is the transposed convolution of section 2.2.
#
# ### Exercise: backward through the layer
#
# Let the loop run over the cells $u, v$ of the kernel, and do the rest with arrays.
# For one cell, the inputs that it met are a slice of $\tilde{x}$ with step $s$: it begins at row $u$ and column $v$ and has $OH$ rows and $OW$ columns, `(N, C, OH, OW)`.
# That slice gives `dw[:, :, u, v]`, and to the same slice of the gradient of $\tilde{x}$ you *add* what comes back: $\delta$ times `w[:, :, u, v]`, summed over the filters.
# Finally cut the padding off, so that `dx` has the shape of `x` (for $p = 0$ as well: a slice `p:-p` would then be empty); where the stride left inputs out, the gradient is 0.

# %% [markdown] lang="ko"
# ### 3.3 돌아오는 길
#
# 기울기가 행렬 곱을 거슬러 가는 모습은 2장에서 보았습니다. 가중치를 여러 자리에서 함께 쓸 때도 마찬가지입니다.
# 출력에 대한 기울기를 $\delta$라고 합시다. 모양은 `(N, F, OH, OW)`입니다.
# 순전파의 수마다 어디에 쓰였는지 묻고, 거기서 돌아오는 것을 모두 더합니다.
#
# - 편향 $b[f]$는 이미지마다 맵 $f$의 모든 자리에 쓰였습니다.
# - 가중치 $w[f, c, u, v]$는 그 자리마다 한 번씩, 입력 하나와 함께 쓰였습니다.
# - 패딩을 붙인 입력 $\tilde{x}[n, c, k, l]$은 자기를 덮는 모든 창에 쓰였고, 창들은 서로 겹칩니다.
#
# $$\frac{\partial \mathcal{L}}{\partial b[f]} = \sum_{n, i, j} \delta[n, f, i, j] \qquad \frac{\partial \mathcal{L}}{\partial w[f, c, u, v]} = \sum_{n, i, j} \delta[n, f, i, j]\; \tilde{x}[n,\, c,\, s i + u,\, s j + v]$$
#
# $$\frac{\partial \mathcal{L}}{\partial \tilde{x}[n, c, k, l]} = \sum_{f} \; \sum_{\substack{i, u:\ s i + u = k \\ j, v:\ s j + v = l}} \delta[n, f, i, j]\; w[f, c, u, v]$$
#
# 마지막 줄이 2.2절의 전치 합성곱입니다.
#
# ### 연습: 층을 거슬러 가기
#
# 반복문은 커널의 칸 $u, v$만 돌고, 나머지는 배열로 처리합니다.
# 칸 하나가 만난 입력들은 $\tilde{x}$를 $s$칸 간격으로 자른 조각입니다. 행 $u$, 열 $v$에서 시작하고 행이 $OH$개, 열이 $OW$개이므로 모양은 `(N, C, OH, OW)`입니다.
# 이 조각에서 `dw[:, :, u, v]`가 나옵니다. $\tilde{x}$의 기울기에서는 같은 조각에 돌아오는 것, 곧 $\delta$에 `w[:, :, u, v]`를 곱하여 필터에 대해 더한 것을 *더해 넣습니다*.
# 마지막으로 패딩을 잘라 내어 `dx`의 모양을 `x`와 같게 합니다($p = 0$일 때도 같아야 합니다. 이때 `p:-p`로 자르면 아무것도 남지 않습니다). 스트라이드가 건너뛴 입력의 기울기는 0입니다.

# %% exercise="conv2d_backward"
def conv2d_backward(dout, x, w, stride=1, padding=0):
    """(dx, dw, db), shaped like x, w and b, given dout (N, F, OH, OW), that of conv2d's result.

    >>> x, w = np.array([[[[1.0, 2.0, 3.0]]]]), np.array([[[[5.0, 7.0]]]])
    >>> dx, dw, db = conv2d_backward(np.ones((1, 1, 1, 2)), x, w)
    >>> dx.ravel(), dw.ravel(), db
    (array([ 5., 12.,  7.]), array([3., 5.]), array([2.]))
    """
    ### BEGIN SOLUTION
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dpadded, dw = np.zeros(padded.shape), np.zeros(np.shape(w))
    down, across = stride * (dout.shape[2] - 1) + 1, stride * (dout.shape[3] - 1) + 1
    for i in range(w.shape[2]):
        for j in range(w.shape[3]):
            seen = np.s_[:, :, i : i + down : stride, j : j + across : stride]
            dw[:, :, i, j] = np.tensordot(dout, padded[seen], axes=((0, 2, 3), (0, 2, 3)))
            dpadded[seen] += np.swapaxes(np.tensordot(w[:, :, i, j], dout, axes=(0, 1)), 0, 1)
    height, width = x.shape[2:]
    return dpadded[:, :, padding : padding + height, padding : padding + width], dw, dout.sum(axis=(0, 2, 3))
    ### END SOLUTION

# %% test="conv2d_backward" points=5
check(conv2d_backward)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(conv2d_backward, "05_cnn")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# Trust, but verify: the gradient with respect to the input against central differences, for three strides.
# As a loss we take half the sum of the squares of all outputs, whose gradient $\delta$ is simply the output.

# %% [markdown] lang="ko"
# 믿되 검증합시다. 세 가지 스트라이드에서 입력에 대한 기울기를 중심 차분과 견주어 봅니다.
# 손실로는 모든 출력의 제곱을 더하여 반으로 나눈 것을 씁니다. 그러면 기울기 $\delta$는 출력 그 자체입니다.

# %% show="only"
def slopes(x, w, stride, h=1e-5):
    """Central differences of that loss with respect to every number of x."""

    def loss(z):
        return np.sum(conv2d(z, w, np.zeros(len(w)), stride) ** 2) / 2

    grad = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        nudge = np.zeros(x.shape)
        nudge[index] = h
        grad[index] = (loss(x + nudge) - loss(x - nudge)) / (2 * h)
    return grad


picture, cells = rng.normal(size=(1, 1, 8, 8)), rng.normal(size=(1, 1, 3, 3))
for stride in (1, 2, 3):
    delta = conv2d(picture, cells, np.zeros(1), stride)
    dx = conv2d_backward(delta, picture, cells, stride)[0]
    difference = dx - slopes(picture, cells, stride)
    print(f"stride {stride}: largest difference {np.abs(difference).max():.1e}")

# %% [markdown] lang="en"
# ### Find the bug
#
# Somebody has tested a gradient for one picture and one filter, at stride 3, found it perfect, and gone home.
# Read it before you run: at which strides is it wrong, and which single character is missing?

# %% [markdown] lang="ko"
# ### 버그 찾기
#
# 누군가 이미지 한 장과 필터 하나에 대한 기울기를 작성하여 스트라이드 3에서 시험해 보고, 완벽하다며 집에 갔습니다.
# 실행하기 전에 읽어 보십시오. 어떤 스트라이드에서 틀릴까요? 빠진 글자 하나는 무엇일까요?

# %% show="only"
def input_gradient(delta, cells, size, stride):
    """Gradient with respect to a picture (size, size); delta (OH, OW), one filter (KH, KW)."""
    dx, (kh, kw) = np.zeros((size, size)), cells.shape
    for i, j in np.ndindex(delta.shape):
        dx[i * stride : i * stride + kh, j * stride : j * stride + kw] = delta[i, j] * cells
    return dx


for stride in (1, 2, 3):
    delta = conv2d(picture, cells, np.zeros(1), stride)[0, 0]
    dx = input_gradient(delta, cells[0, 0], 8, stride)
    difference = dx - slopes(picture, cells, stride)[0, 0]
    print(f"stride {stride}: off by {np.abs(difference).max():.1e}")

# %% [markdown] lang="en"
# At strides below the kernel's size windows overlap, and `=` overwrites what an earlier window had left: it has to be `+=`.
# At stride 3 they only touch, so that a test with this one setting can see nothing.
#
# ## 4. Pooling, and who decides
#
# ### 4.1 Maximum pooling
#
# A feature map says where a pattern was found, more exactly than the decision needs.
# **Pooling** makes the map smaller and less sensitive to small moves: each $k \times k$ window of each channel leaves one number, its maximum or its mean.
# There is nothing to learn in it, and channels are not mixed.
#
# ### Exercise: maximum pooling
#
# Windows lie `stride` apart, and `k` apart if `stride` is `None`.
# A window that does not fit is left out, so each axis has the size of relationship 7: $\lfloor (n - k) / s \rfloor + 1$.

# %% [markdown] lang="ko"
# 스트라이드가 커널의 크기보다 작으면 창들이 겹치고, `=`은 앞의 창이 남긴 것을 덮어씁니다. `+=`이어야 합니다.
# 스트라이드가 3이면 창들이 맞닿기만 하므로 이 설정 하나로 시험해서는 아무것도 보이지 않습니다.
#
# ## 4. 풀링, 그리고 결정하는 층
#
# ### 4.1 최대 풀링
#
# 특징 맵은 무늬가 어디에 있는지를 결정에 필요한 것보다 더 정확하게 알려 줍니다.
# **풀링**은 맵을 줄이고 작은 움직임에 덜 민감하게 만듭니다. 채널마다 $k \times k$ 창에서 수 하나, 곧 최댓값이나 평균만 남깁니다.
# 여기에는 배울 것이 없고, 채널끼리 섞이지도 않습니다.
#
# ### 연습: 최대 풀링
#
# 창은 `stride`칸 간격으로 놓이고, `stride`가 `None`이면 `k`칸 간격입니다.
# 다 들어가지 못하는 창은 버리므로 축마다 크기는 관계 7과 같습니다. $\lfloor (n - k) / s \rfloor + 1$입니다.

# %% exercise="max_pool2d"
def max_pool2d(x, k, stride=None):
    """The maximum of every k x k window of x (N, C, H, W) that fits, windows stride apart (k if None).

    >>> max_pool2d(np.array([[[[1.0, 5.0, 2.0], [3.0, 4.0, 9.0]]]]), 2, stride=1)
    array([[[[5., 9.]]]])
    """
    ### BEGIN SOLUTION
    stride = k if stride is None else stride
    windows = np.lib.stride_tricks.sliding_window_view(x, (k, k), axis=(2, 3))
    return windows[:, :, ::stride, ::stride].max(axis=(4, 5))
    ### END SOLUTION

# %% test="max_pool2d" points=3
check(max_pool2d)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(max_pool2d, "05_cnn")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# Every training digit is moved one pixel to the right.
# By how much do its numbers change, compared with their size, before pooling ($k = 1$) and after pooling with $k = 2$, 4 and 8?

# %% [markdown] lang="ko"
# 학습에 쓸 숫자 이미지를 모두 오른쪽으로 한 픽셀 옮깁니다.
# 풀링하기 전($k = 1$)과 $k = 2$, 4, 8로 풀링한 뒤에, 수들은 원래 크기에 견주어 얼마나 달라질까요?

# %% show="only"
moved = np.pad(x_train, ((0, 0), (0, 0), (1, 0)))[:, :, :8]
for k in (1, 2, 4, 8):
    one, other = max_pool2d(x_train[:, None], k), max_pool2d(moved[:, None], k)
    print(f"k = {k}: changed by {np.linalg.norm(one - other) / np.linalg.norm(one):.0%}")
pooled = max_pool2d(np.stack([x_train[1], moved[1]])[:, None], 2)[:, 0]
names = ["digit", "moved", "pooled", "pooled"]
show_digits(np.stack([x_train[1], moved[1], *np.kron(pooled, np.ones((2, 2)))]), names)

# %% [markdown] lang="en"
# Pooling makes a network *less* sensitive to a move; it becomes insensitive only with a window as large as the picture, and then it has forgotten every place.
#
# ### Exercise: backward through the maximum
#
# Only the winner of a window has an effect on the output, so the whole gradient of that output goes to it, and 0 to the others.
# If several are equal, the first one wins, row by row.
# Windows may overlap when the stride is smaller than $k$; a pixel that wins twice gets both gradients.
#
# Some tools: `argmax` over a window laid out flat gives the winner's number, from which `// k` and `% k` give its row and column; `np.add.at(dx, index, values)` adds even where an index comes twice, which `dx[index] += values` does not.

# %% [markdown] lang="ko"
# 풀링은 신경망을 움직임에 *덜* 민감하게 만듭니다. 아예 달라지지 않는 것은 창이 이미지만큼 클 때뿐인데, 그때는 자리를 모조리 잊어버립니다.
#
# ### 연습: 최댓값을 거슬러 가기
#
# 창에서 출력에 영향을 주는 것은 이긴 값 하나뿐입니다. 그래서 그 출력의 기울기는 모두 그 값으로 가고 나머지는 0입니다.
# 같은 값이 여럿이면 행의 순서대로 보아 첫 번째 것이 이깁니다.
# 스트라이드가 $k$보다 작으면 창이 겹칠 수 있습니다. 두 번 이긴 픽셀은 기울기를 둘 다 받습니다.
#
# 쓸 만한 도구가 있습니다. 한 줄로 편 창에서 `argmax`를 구하면 이긴 값의 번호가 나오고, 거기서 `// k`와 `% k`로 행과 열을 얻습니다. `np.add.at(dx, index, values)`는 같은 인덱스가 두 번 나와도 모두 더합니다. `dx[index] += values`는 그러지 못합니다.

# %% exercise="max_pool2d_backward"
def max_pool2d_backward(dout, x, k, stride=None):
    """Gradient of max_pool2d with respect to x (N, C, H, W); a window's first maximum gets it.

    The first in the order of reading: row by row.

    >>> max_pool2d_backward(np.array([[[[7.0]]]]), np.array([[[[1.0, 5.0], [5.0, 4.0]]]]), 2)
    array([[[[0., 7.],
             [0., 0.]]]])
    """
    ### BEGIN SOLUTION
    stride = k if stride is None else stride
    dx = np.zeros(np.shape(x))
    windows = np.lib.stride_tricks.sliding_window_view(x, (k, k), axis=(2, 3))[:, :, ::stride, ::stride]
    first = windows.reshape(*windows.shape[:4], -1).argmax(axis=-1)
    n, c, i, j = np.indices(first.shape)
    np.add.at(dx, (n, c, i * stride + first // k, j * stride + first % k), dout)
    return dx
    ### END SOLUTION

# %% test="max_pool2d_backward" points=4
check(max_pool2d_backward)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(max_pool2d_backward, "05_cnn")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ### 4.2 Features, then a decision
#
# ![](figure:cnn_architecture)
#
# The classical network has two halves.
# Convolutions and pooling *extract features*: maps become smaller and more of them.
# Fully connected layers, *dense* layers for short, then *decide*: the last maps are flattened into one long vector, and each class has weights of its own for it.
#
# The second half is expensive, since each unit looks at every number of every map.
# Newer networks shrink it: **global average pooling** (Lin et al. 2013) leaves one number for each map, its mean, and a single small layer decides from these.
# That saves parameters, leaves less to overfit, and accepts pictures of any size.
#
# ### Exercise: global average pooling
#
# From `(N, C, H, W)` to `(N, C)`: the mean over the rows and columns of each map.

# %% [markdown] lang="ko"
# ### 4.2 특징을 뽑고, 결정한다
#
# ![](figure:cnn_architecture)
#
# 고전적인 신경망은 두 부분으로 되어 있습니다.
# 합성곱과 풀링은 *특징을 추출*합니다. 맵은 작아지고 수는 많아집니다.
# 그다음 완전 연결층(dense layer라고도 합니다)이 *결정*합니다. 마지막 맵들을 긴 벡터 하나로 펴고, 클래스마다 따로 둔 가중치를 곱해 더합니다.
#
# 뒷부분은 유닛마다 모든 맵의 모든 수를 보기 때문에 비쌉니다.
# 그래서 요즘 신경망은 뒷부분을 줄입니다. **전역 평균 풀링**(global average pooling, Lin 등 2013)은 맵마다 평균 하나만 남기고, 작은 층 하나가 그 평균들로 결정합니다.
# 파라미터를 아끼고, 과적합될 여지를 줄이고, 이미지의 크기도 가리지 않습니다.
#
# ### 연습: 전역 평균 풀링
#
# `(N, C, H, W)`에서 `(N, C)`로 갑니다. 맵마다 행과 열에 대한 평균을 구합니다.

# %% exercise="global_avg_pool"
def global_avg_pool(x):
    """The mean of every feature map of x (N, C, H, W); shape (N, C).

    >>> global_avg_pool(np.arange(8.0).reshape(1, 2, 2, 2))
    array([[1.5, 5.5]])
    """
    ### BEGIN SOLUTION
    return np.mean(x, axis=(2, 3))
    ### END SOLUTION

# %% test="global_avg_pool" points=1
check(global_avg_pool)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(global_avg_pool, "05_cnn")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# VGG-16 ends with 512 maps of $7 \times 7$ and then needs layers of 4096, 4096 and 1000 units.
# With the means of the maps, one layer of 1000 units would be left.
# What share of these parameters does that save?

# %% [markdown] lang="ko"
# VGG-16은 $7 \times 7$ 맵 512장으로 끝나고, 이어서 유닛이 4096, 4096, 1000개인 층이 있습니다.
# 맵의 평균을 쓰면 유닛이 1000개인 층 하나면 됩니다.
# 그러면 이 부분의 파라미터를 얼마나 아낄 수 있을까요?

# %% show="only"
maps = np.random.default_rng(0).normal(size=(1, 512, 7, 7))
sizes = [maps[0].size, 4096, 4096, 1000]
flattened = sum((before + 1) * after for before, after in zip(sizes, sizes[1:]))
averaged = (global_avg_pool(maps).shape[1] + 1) * 1000
print(f"flattened {flattened:,}, averaged {averaged:,}: {1 - averaged / flattened:.1%} saved")

# %% [markdown] lang="en"
# 99.6 % of this part; section 5 works out how much of the whole network this part is.
#
# ## 5. What a network costs
#
# ### 5.1 Parameters and multiply–accumulates
#
# Two budgets: **parameters** have to be stored and learned; **multiply–accumulates** (MACs, one multiplication with one addition) have to be computed for every picture.
#
# A filter of size $k \times k$ holds $k^2$ weights for each channel that it sees, and a layer has one filter for each output channel.
# With **groups** $g$, the input channels are divided into $g$ equal groups, and so are the filters; a filter sees only the channels of its own group, $C_{in} / g$ of them.
#
# ### Exercise: count the parameters
#
# $$\text{parameters} = C_{out} \cdot \frac{C_{in}}{g} \cdot k^2 + C_{out}$$
#
# The last summand is the biases, one for each filter; it falls away with `bias=False`.
# AlexNet's first layer, 96 filters of $11 \times 11$ over 3 channels: $96 \cdot 3 \cdot 121 + 96 = 34\,944$.
# The size of the picture does not appear.

# %% [markdown] lang="ko"
# 이 부분의 99.6 %입니다. 이 부분이 신경망 전체에서 얼마나 되는지는 5절에서 계산합니다.
#
# ## 5. 신경망의 비용
#
# ### 5.1 파라미터와 곱셈-누산
#
# 예산이 두 가지 있습니다. **파라미터**는 저장하고 배워야 하며, **곱셈-누산**(MAC, 곱셈 한 번과 덧셈 한 번)은 이미지마다 계산해야 합니다.
#
# 크기가 $k \times k$인 필터에는 그 필터가 보는 채널마다 가중치가 $k^2$개 있고, 층에는 출력 채널마다 필터가 하나씩 있습니다.
# **그룹**(groups) $g$를 쓰면 입력 채널을 똑같은 크기의 그룹 $g$개로 나누고 필터도 그렇게 나눕니다. 필터는 자기 그룹의 채널 $C_{in} / g$개만 봅니다.
#
# ### 연습: 파라미터 세기
#
# $$\text{parameters} = C_{out} \cdot \frac{C_{in}}{g} \cdot k^2 + C_{out}$$
#
# 마지막 항은 필터마다 하나씩인 편향이고, `bias=False`이면 없어집니다.
# AlexNet의 첫 층은 채널 3개에 걸친 $11 \times 11$ 필터 96개이므로 $96 \cdot 3 \cdot 121 + 96 = 34\,944$입니다.
# 이미지의 크기는 식에 나오지 않습니다.

# %% exercise="conv_params"
def conv_params(c_in, c_out, k, bias=True, groups=1):
    """Parameters (int) of c_out k x k filters, each of which sees c_in / groups channels.

    >>> conv_params(3, 8, 5), conv_params(4, 8, 3, bias=False, groups=2)
    (608, 144)
    """
    ### BEGIN SOLUTION
    return c_out * (c_in // groups) * k * k + (c_out if bias else 0)
    ### END SOLUTION

# %% test="conv_params" points=2
check(conv_params)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(conv_params, "05_cnn")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# ### Exercise: count the multiply–accumulates
#
# Each number of the output costs one multiplication for each weight of its filter, and there are $C_{out} \cdot H_{out} \cdot W_{out}$ numbers in the *output*:
#
# $$\text{MACs} = C_{out} \cdot \frac{C_{in}}{g} \cdot k^2 \cdot H_{out} \cdot W_{out}$$
#
# Biases are not counted.

# %% [markdown] lang="ko"
# ### 연습: 곱셈-누산 세기
#
# 출력의 수 하나에는 필터의 가중치마다 곱셈이 한 번씩 들고, *출력*에는 수가 $C_{out} \cdot H_{out} \cdot W_{out}$개 있습니다.
#
# $$\text{MACs} = C_{out} \cdot \frac{C_{in}}{g} \cdot k^2 \cdot H_{out} \cdot W_{out}$$
#
# 편향은 세지 않습니다.

# %% exercise="conv_macs"
def conv_macs(c_in, c_out, k, h_out, w_out, groups=1):
    """How many multiply-accumulates (int) that layer takes for one image of output size h_out x w_out.

    >>> conv_macs(3, 8, 5, 10, 4)
    24000
    """
    ### BEGIN SOLUTION
    return c_out * (c_in // groups) * k * k * h_out * w_out
    ### END SOLUTION

# %% test="conv_macs" points=2
check(conv_macs)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(conv_macs, "05_cnn")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# Three ways to see $7 \times 7$ pixels with 64 channels in and out, on maps of $56 \times 56$: one layer of $7 \times 7$, three of $3 \times 3$, or one of $7 \times 7$ with 64 groups (each filter sees one channel, a *depthwise* convolution).
# Order them by parameters before you run.

# %% [markdown] lang="ko"
# 입력과 출력의 채널이 64개이고 맵이 $56 \times 56$일 때 $7 \times 7$ 픽셀을 보는 방법이 세 가지 있습니다. $7 \times 7$ 층 하나, $3 \times 3$ 층 셋, 그리고 그룹이 64개인 $7 \times 7$ 층 하나(필터가 채널을 하나씩만 보는 *depthwise* 합성곱)입니다.
# 실행하기 전에 파라미터가 많은 순서를 매겨 보십시오.

# %% show="only"
ways = {"one 7x7": (1, 7, 1), "three 3x3": (3, 3, 1), "7x7 in 64 groups": (1, 7, 64)}
for name, (layers, k, groups) in ways.items():
    params = layers * conv_params(64, 64, k, groups=groups)
    macs = layers * conv_macs(64, 64, k, 56, 56, groups=groups)
    field = receptive_field([(k, 1)] * layers)
    print(f"{name:17s} field {field}: {params:7,} parameters, {macs:11,} MACs")

# %% [markdown] lang="en"
# Three small layers cost little more than half of one large one, and bend three times instead of once: the idea of VGG.
# The grouped layer is nearly free, but none of its channels knows of any other.
#
# ### Explore: two budgets
#
# Which slider changes the multiply–accumulates and leaves the parameters alone?
# And which one divides the weights and the multiply–accumulates by the same number?

# %% [markdown] lang="ko"
# 작은 층 셋의 비용은 큰 층 하나의 절반을 조금 넘을 뿐이고, 꺾는 일은 한 번이 아니라 세 번 합니다. 이것이 VGG의 바탕이 된 생각입니다.
# 그룹으로 나눈 층은 거의 공짜지만, 어느 채널도 다른 채널을 알지 못합니다.
#
# ### 탐구: 두 가지 예산
#
# 파라미터는 그대로 두고 곱셈-누산만 바꾸는 슬라이더는 무엇일까요?
# 그리고 가중치와 곱셈-누산을 똑같은 수로 나누는 슬라이더는 무엇일까요?

# %% show="only"
from dlbasic import budget_explorer

budget_explorer(conv_params, conv_macs)

# %% [markdown] lang="en"
# The size of the output changes only the second budget; the number of groups divides both.
#
# ### 5.2 A bottleneck of $1 \times 1$
#
# A $1 \times 1$ filter sees one pixel, and of that pixel every channel: it is a fully connected layer that is applied at each place by itself.
# So it can mix channels, and above all change their number cheaply.
# If a $3 \times 3$ or $5 \times 5$ layer is too expensive, go through a narrow place first: $1 \times 1$ from $C_{in}$ down to $C_{mid}$, then $k \times k$ from $C_{mid}$ to $C_{out}$ (Lin et al. 2013; Szegedy et al. 2014).
#
# ### Exercise: what a bottleneck saves
#
# Return both counts of weights, without biases:
#
# $$\text{direct} = k^2\, C_{in}\, C_{out} \qquad \text{bottleneck} = C_{in}\, C_{mid} + k^2\, C_{mid}\, C_{out}$$

# %% [markdown] lang="ko"
# 출력의 크기는 둘째 예산만 바꾸고, 그룹의 수는 둘 다 나눕니다.
#
# ### 5.2 $1 \times 1$ 병목
#
# $1 \times 1$ 필터는 픽셀 하나만 보지만 그 픽셀의 채널은 모두 봅니다. 자리마다 따로 적용하는 완전 연결층인 셈입니다.
# 그래서 채널을 섞을 수 있고, 무엇보다 채널의 수를 싸게 바꿀 수 있습니다.
# $3 \times 3$이나 $5 \times 5$ 층이 너무 비싸면 먼저 좁은 곳을 지나게 합니다. $1 \times 1$로 $C_{in}$에서 $C_{mid}$로 줄인 다음 $k \times k$로 $C_{mid}$에서 $C_{out}$으로 갑니다(Lin 등 2013, Szegedy 등 2014). 이 좁은 곳이 병목(bottleneck)입니다.
#
# ### 연습: 병목이 아끼는 것
#
# 편향을 뺀 가중치의 수 두 가지를 돌려줍니다.
#
# $$\text{direct} = k^2\, C_{in}\, C_{out} \qquad \text{bottleneck} = C_{in}\, C_{mid} + k^2\, C_{mid}\, C_{out}$$

# %% exercise="bottleneck_saving"
def bottleneck_saving(c_in, c_mid, c_out, k):
    """(direct, bottleneck): weights of k x k from c_in to c_out; of 1 x 1 to c_mid, then k x k to c_out.

    >>> bottleneck_saving(8, 2, 4, 3)
    (288, 88)
    """
    ### BEGIN SOLUTION
    return k * k * c_in * c_out, c_in * c_mid + k * k * c_mid * c_out
    ### END SOLUTION

# %% test="bottleneck_saving" points=2
check(bottleneck_saving)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(bottleneck_saving, "05_cnn")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# GoogLeNet's first module has a $5 \times 5$ layer from 192 channels to 32.
# Its authors chose a bottleneck of 16.
# From which width on would the detour cost more than the direct way?

# %% [markdown] lang="ko"
# GoogLeNet의 첫 모듈에는 채널 192개에서 32개로 가는 $5 \times 5$ 층이 있습니다.
# 저자들은 병목을 16으로 정했습니다.
# 너비가 얼마를 넘으면 돌아가는 길이 곧장 가는 길보다 비싸질까요?

# %% show="only"
for c_mid in (8, 16, 64, 128, 192):
    direct, narrow = bottleneck_saving(192, c_mid, 32, 5)
    print(f"{c_mid:3d} in between: {narrow:7,} weights, {narrow / direct:.0%} of {direct:,}")

# %% [markdown] lang="en"
# About a tenth with 16; from 155 on it costs more.
#
# ### 5.3 AlexNet
#
# In 2012 one graphics card of 3 GB could not hold the network, so its authors split it into two towers on two cards.
# In conv2, conv4 and conv5 a filter sees only the maps of its own tower, which makes two groups; in conv3 and in the dense layers the towers meet.
#
# | layer | filters | $k$ | stride | padding | groups | pooling after it |
# |---|---|---|---|---|---|---|
# | conv1 | 96 | 11 | 4 | 0 | 1 | 3, stride 2 |
# | conv2 | 256 | 5 | 1 | 2 | 2 | 3, stride 2 |
# | conv3 | 384 | 3 | 1 | 1 | 1 | |
# | conv4 | 384 | 3 | 1 | 1 | 2 | |
# | conv5 | 256 | 3 | 1 | 1 | 2 | 3, stride 2 |
# | fc6 | 4096 | | | | | |
# | fc7 | 4096 | | | | | |
# | fc8 | 1000 | | | | | |
#
# The input is $3 \times 227 \times 227$.
# (The paper says 224, but $(224 - 11) / 4 + 1$ is no whole number; 227 gives the 55 that the paper goes on with.)
# As a worked example, the first row: $(227 - 11) / 4 + 1 = 55$, and 34 944 parameters; pooling then leaves $(55 - 3) / 2 + 1 = 27$.
#
# > **What is often written, and why it is wrong.**
# > "The first dense layer sees the output of conv5 and has $13 \cdot 13 \cdot 256 \times 4096$ weights, that is 177 209 344."
# > There is a pooling layer in between: fc6 sees $6 \cdot 6 \cdot 256$ numbers and has 37 752 832 parameters, biases included.
# > (And a table without groups comes to 62 378 344 in all, which is another network: one with a single tower.)
#
# ### Exercise: AlexNet's table
#
# Return a row `(name, shape, parameters)` for each of the eight layers, in this order.
# The shape is that of the layer's output *before* pooling, `(C, H, W)` or `(units,)`; parameters include the biases.
# A dense layer has $(n_{in} + 1) \cdot n_{out}$ of them.
# Your `output_size` and `conv_params` can do the counting.

# %% [markdown] lang="ko"
# 16이면 십분의 일쯤이고, 155부터는 더 비쌉니다.
#
# ### 5.3 AlexNet
#
# 2012년에는 3 GB짜리 그래픽 카드 한 장에 신경망이 다 들어가지 않아서, 저자들은 신경망을 탑 두 개로 나누어 카드 두 장에 올렸습니다.
# conv2, conv4, conv5에서는 필터가 자기 탑의 맵만 보므로 그룹이 둘입니다. conv3과 완전 연결층에서는 두 탑이 만납니다.
#
# | 층 | 필터 | $k$ | 스트라이드 | 패딩 | 그룹 | 뒤따르는 풀링 |
# |---|---|---|---|---|---|---|
# | conv1 | 96 | 11 | 4 | 0 | 1 | 3, 스트라이드 2 |
# | conv2 | 256 | 5 | 1 | 2 | 2 | 3, 스트라이드 2 |
# | conv3 | 384 | 3 | 1 | 1 | 1 | |
# | conv4 | 384 | 3 | 1 | 1 | 2 | |
# | conv5 | 256 | 3 | 1 | 1 | 2 | 3, 스트라이드 2 |
# | fc6 | 4096 | | | | | |
# | fc7 | 4096 | | | | | |
# | fc8 | 1000 | | | | | |
#
# 입력은 $3 \times 227 \times 227$입니다.
# (논문에는 224라고 적혀 있지만 $(224 - 11) / 4 + 1$은 정수가 아닙니다. 227이어야 논문에 그다음으로 나오는 55가 됩니다.)
# 예로 첫 행을 풀어 봅시다. $(227 - 11) / 4 + 1 = 55$이고 파라미터는 34 944개입니다. 풀링을 하면 $(55 - 3) / 2 + 1 = 27$이 남습니다.
#
# > **흔히 이렇게 쓰지만, 틀렸습니다.**
# > "첫 완전 연결층은 conv5의 출력을 보며 가중치가 $13 \cdot 13 \cdot 256 \times 4096$개, 곧 177 209 344개이다."
# > 그 사이에 풀링 층이 있습니다. fc6은 수 $6 \cdot 6 \cdot 256$개를 보고, 편향까지 파라미터가 37 752 832개입니다.
# > (그룹을 빼먹은 표에서는 모두 62 378 344개가 나오는데, 그것은 탑이 하나뿐인 다른 신경망입니다.)
#
# ### 연습: AlexNet의 표
#
# 여덟 층마다 행 `(name, shape, parameters)`를 이 순서로 돌려줍니다.
# 모양은 풀링하기 *전* 출력의 모양으로 `(C, H, W)` 또는 `(units,)`이고, 파라미터에는 편향도 들어갑니다.
# 완전 연결층의 파라미터는 $(n_{in} + 1) \cdot n_{out}$개입니다.
# 세는 일은 여러분의 `output_size`와 `conv_params`에 맡기면 됩니다.

# %% exercise="alexnet_table"
def alexnet_table():
    """[(name, shape before pooling, parameters), ...] for conv1 ... conv5, fc6, fc7, fc8 of AlexNet.

    The rows have the form ("conv1", (96, 55, 55), 34944) and ("fc6", (4096,), ...).
    """
    ### BEGIN SOLUTION
    rows = []
    layers = [(3, 96, 11, 55, 1), (96, 256, 5, 27, 2), (256, 384, 3, 13, 1), (384, 384, 3, 13, 2), (384, 256, 3, 13, 2)]
    for number, (c_in, c_out, k, size, groups) in enumerate(layers, 1):
        rows.append((f"conv{number}", (c_out, size, size), conv_params(c_in, c_out, k, groups=groups)))
    for number, (n_in, units) in enumerate([(6 * 6 * 256, 4096), (4096, 4096), (4096, 1000)], 6):
        rows.append((f"fc{number}", (units,), (n_in + 1) * units))
    return rows
    ### END SOLUTION

# %% test="alexnet_table" points=4
check(alexnet_table)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(alexnet_table, "05_cnn")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# The paper speaks of sixty million parameters.
# Where are they: in the convolutions or in the dense layers?
# And where are the multiply–accumulates?

# %% [markdown] lang="ko"
# 논문에서는 파라미터가 육천만 개라고 합니다.
# 파라미터는 합성곱에 있을까요, 완전 연결층에 있을까요?
# 곱셈-누산은 어느 쪽에서 더 많이 할까요?

# %% show="only"
from dlbasic import budget_bars


def shares(table):
    """Parameters and multiply–accumulates of the dense layers, as shares of the whole."""
    params, macs = [[], []], [[], []]
    for _, shape, count in table:
        dense = len(shape) == 1
        params[dense].append(count)
        macs[dense].append((count - shape[0]) * np.prod(shape[1:], dtype=int))
    for what, counts in (("parameters", params), ("multiply-accumulates", macs)):
        total = sum(counts[0] + counts[1])
        print(f"{total:,} {what}, {sum(counts[1]) / total:.1%} of them in dense layers")


shares(alexnet_table())
budget_bars(alexnet_table())

# %% [markdown] lang="en"
# Nearly all parameters sit in the dense layers, more than nine tenths of the work in the convolutions: a weight that is shared is used at every place.
#
# ### 5.4 VGG-16
#
# Simonyan and Zisserman (2014) use nothing but $3 \times 3$ with padding 1 and stride 1, and halve height and width by $2 \times 2$ maximum pooling after each block:
#
# | block | layers | filters each |
# |---|---|---|
# | conv1 | 2 | 64 |
# | conv2 | 2 | 128 |
# | conv3 | 3 | 256 |
# | conv4 | 3 | 512 |
# | conv5 | 3 | 512 |
#
# The input is $3 \times 224 \times 224$; after the fifth pooling come fc6, fc7 and fc8 with 4096, 4096 and 1000 units.
#
# ### Exercise: VGG-16's table
#
# Rows as before, for `conv1_1`, `conv1_2`, `conv2_1` and so on to `conv5_3`, then `fc6`, `fc7`, `fc8`: sixteen of them.
# The first row: 64 maps of $224 \times 224$ and $64 \cdot 3 \cdot 9 + 64 = 1792$ parameters.
# A loop over the blocks makes it short.

# %% [markdown] lang="ko"
# 파라미터는 거의 다 완전 연결층에 있고, 계산은 십분의 구 넘게 합성곱에서 합니다. 함께 쓰는 가중치는 자리마다 한 번씩 쓰이기 때문입니다.
#
# ### 5.4 VGG-16
#
# Simonyan과 Zisserman(2014)은 패딩 1, 스트라이드 1인 $3 \times 3$만 쓰고, 블록이 끝날 때마다 $2 \times 2$ 최대 풀링으로 높이와 너비를 절반으로 줄입니다.
#
# | 블록 | 층 | 층마다 필터 수 |
# |---|---|---|
# | conv1 | 2 | 64 |
# | conv2 | 2 | 128 |
# | conv3 | 3 | 256 |
# | conv4 | 3 | 512 |
# | conv5 | 3 | 512 |
#
# 입력은 $3 \times 224 \times 224$입니다. 다섯 번째 풀링 뒤에는 유닛이 4096, 4096, 1000개인 fc6, fc7, fc8이 옵니다.
#
# ### 연습: VGG-16의 표
#
# 행의 형식은 앞과 같습니다. `conv1_1`, `conv1_2`, `conv2_1`부터 `conv5_3`까지, 그다음 `fc6`, `fc7`, `fc8`까지 모두 열여섯 행입니다.
# 첫 행은 $224 \times 224$ 맵 64장이고 파라미터는 $64 \cdot 3 \cdot 9 + 64 = 1792$개입니다.
# 블록을 도는 반복문을 쓰면 코드가 짧아집니다.

# %% exercise="vgg16_table"
def vgg16_table():
    """[(name, shape, parameters), ...] for conv1_1, conv1_2, conv2_1 ... conv5_3, fc6, fc7, fc8 of VGG-16.

    The rows have the form ("conv1_1", (64, 224, 224), 1792) and ("fc6", (4096,), ...).
    """
    ### BEGIN SOLUTION
    rows, c_in, size = [], 3, 224
    for block, (repeats, c_out) in enumerate([(2, 64), (2, 128), (3, 256), (3, 512), (3, 512)], 1):
        for layer in range(1, repeats + 1):
            rows.append((f"conv{block}_{layer}", (c_out, size, size), conv_params(c_in, c_out, 3)))
            c_in = c_out
        size //= 2
    for number, (n_in, units) in enumerate([(7 * 7 * 512, 4096), (4096, 4096), (4096, 1000)], 6):
        rows.append((f"fc{number}", (units,), (n_in + 1) * units))
    return rows
    ### END SOLUTION

# %% test="vgg16_table" points=4
check(vgg16_table)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(vgg16_table, "05_cnn")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# No kernel is larger than $3 \times 3$: will VGG-16 have fewer parameters than AlexNet?
# And which single layer will have the most?

# %% [markdown] lang="ko"
# $3 \times 3$보다 큰 커널이 없으니, VGG-16의 파라미터는 AlexNet보다 적을까요?
# 파라미터가 가장 많은 층은 어느 것일까요?

# %% show="only"
shares(vgg16_table())
budget_bars(vgg16_table())

# %% [markdown] lang="en"
# VGG-16 has more than twice AlexNet's parameters, and takes 21 times as many multiply–accumulates.
# A single layer, fc6, holds 102 764 544 parameters, about three quarters of all.
#
# ### 5.5 A worked example: ResNet-50
#
# ResNet-50 (He et al. 2015) uses everything that this section has counted: bottlenecks of $1 \times 1$, $3 \times 3$, $1 \times 1$, and global average pooling before the one dense layer.
#
# - It starts with 64 filters of $7 \times 7$; then come 3, 4, 6 and 3 blocks with 64, 128, 256 and 512 channels in the middle, and four times as many at the end of each block.
# - The first block of each group has a $1 \times 1$ layer on its skip connection (chapter 1), to change the number of channels.
# - Convolutions have no bias: batch normalization after each adds a scale and a shift for every channel, 2 parameters.
#
# It has more than three times as many layers as VGG-16.
# Will it have more parameters or fewer?

# %% [markdown] lang="ko"
# VGG-16의 파라미터는 AlexNet의 두 배가 넘고, 곱셈-누산은 21배쯤입니다.
# fc6이라는 층 하나에 파라미터가 102 764 544개, 전체의 사분의 삼쯤이 들어 있습니다.
#
# ### 5.5 풀어 본 예: ResNet-50
#
# ResNet-50(He 등 2015)은 이 절에서 센 것을 모두 씁니다. $1 \times 1$, $3 \times 3$, $1 \times 1$ 병목과, 하나뿐인 완전 연결층 앞의 전역 평균 풀링입니다.
#
# - $7 \times 7$ 필터 64개로 시작합니다. 그다음 가운데 채널이 64, 128, 256, 512개인 블록이 각각 3, 4, 6, 3개 오고, 블록의 끝에서는 채널이 네 배가 됩니다.
# - 묶음마다 첫 블록의 스킵 연결(1장)에는 채널 수를 바꾸는 $1 \times 1$ 층이 있습니다.
# - 합성곱에는 편향이 없습니다. 뒤따르는 배치 정규화에 채널마다 배율과 이동량, 곧 파라미터가 2개 있기 때문입니다.
#
# 층의 수가 VGG-16의 세 배가 넘습니다.
# 파라미터는 더 많을까요, 더 적을까요?

# %% show="only"
def resnet50():
    total, c_in = conv_params(3, 64, 7, bias=False) + 2 * 64, 64
    for blocks, c_mid in ((3, 64), (4, 128), (6, 256), (3, 512)):
        for block in range(blocks):
            layers = [(c_in, c_mid, 1), (c_mid, c_mid, 3), (c_mid, 4 * c_mid, 1)]
            shortcut = [(c_in, 4 * c_mid, 1)] if block == 0 else []
            for a, b, k in layers + shortcut:
                total += conv_params(a, b, k, bias=False) + 2 * b
            c_in = 4 * c_mid
    return total, (c_in + 1) * 1000


convolutions, dense = resnet50()
total = convolutions + dense
print(f"{convolutions:,} + {dense:,} = {total:,} parameters, {dense / total:.1%} dense")

# %% [markdown] lang="en"
# 25 557 032: less than a fifth of VGG-16, and what PyTorch counts for its `resnet50`.
# Its convolutions alone have more parameters than those of VGG-16; all that it saves, it saves in the dense layers.
#
# ## 6. Capstone: a network that reads digits
#
# Chapter 2 read about 97 in 100 held-out digits with 64 numbers in a row, not knowing which pixels are neighbours.
# Now the picture stays a picture.
#
# | | shape | parameters |
# |---|---|---|
# | input | $1 \times 8 \times 8$ | |
# | $3 \times 3$, 16 filters, padding 1, ReLU | $16 \times 8 \times 8$ | 160 |
# | maximum pooling, 2 | $16 \times 4 \times 4$ | |
# | $3 \times 3$, 32 filters, padding 1, ReLU | $32 \times 4 \times 4$ | 4640 |
# | maximum pooling, 2 | $32 \times 2 \times 2$ | |
# | flatten, dense, softmax | 10 | 1290 |
#
# This one works; yours may be another.
# The way there:
#
# - Draw the weights from $\mathcal{N}(0,\ 2 / n_{in})$ with `rng` (He initialization); a convolution has $n_{in} = C_{in} k^2$, the dense layer 128. Biases start at 0.
# - Forward keeps what backward needs: the input of each layer, and the maps before pooling. Images come as `(N, 8, 8)`; `x[:, None]` adds the channel.
# - The gradient of the mean cross-entropy with respect to the scores is $(p - \text{onehot}) / B$ for a batch of $B$ pictures; through the dense layer $dW = h^\top d$, $dh = d\, W^\top$, as in chapter 2.
# - Back through each block: reshape, `max_pool2d_backward`, times (map > 0) for the ReLU, `conv2d_backward`.
# - Adam of chapter 3 with $\eta = 0.003$, falling to 0 along a straight line, batches of 32, 15 epochs.
#
# ### Exercise: train a CNN
#
# `train_cnn` gets pictures `(M, 8, 8)` between 0 and 1 and labels `(M,)`, and returns a function `predict(images)` that turns `(N, 8, 8)` into labels `(N,)`.
# It passes if it reads at least 97 % of digits that it has not seen, and takes less than 60 seconds on one core.
# The recipe above takes a few seconds, or about 20 if your `max_pool2d_backward` visits the windows of all pictures and channels one by one; `check` trains a network of its own and takes as long.
# Draw all randomness from `rng`.

# %% [markdown] lang="ko"
# 25 557 032개입니다. VGG-16의 오분의 일도 되지 않고, PyTorch의 `resnet50`에서 세어도 똑같습니다.
# 합성곱의 파라미터만 보면 VGG-16보다 많습니다. 아낀 것은 모두 완전 연결층에서 아꼈습니다.
#
# ## 6. 종합 과제: 숫자를 읽는 신경망
#
# 2장에서는 수 64개를 한 줄로 늘어놓고, 어느 픽셀이 이웃인지도 모른 채, 따로 떼어 둔 숫자 이미지 100장 가운데 97장쯤을 읽었습니다.
# 이제 이미지를 이미지 그대로 둡니다.
#
# | | 모양 | 파라미터 |
# |---|---|---|
# | 입력 | $1 \times 8 \times 8$ | |
# | $3 \times 3$, 필터 16개, 패딩 1, ReLU | $16 \times 8 \times 8$ | 160 |
# | 최대 풀링, 2 | $16 \times 4 \times 4$ | |
# | $3 \times 3$, 필터 32개, 패딩 1, ReLU | $32 \times 4 \times 4$ | 4640 |
# | 최대 풀링, 2 | $32 \times 2 \times 2$ | |
# | 펴기, 완전 연결층, 소프트맥스 | 10 | 1290 |
#
# 이 구조로 충분하지만, 다르게 만들어도 좋습니다.
# 만드는 방법은 다음과 같습니다.
#
# - 가중치는 `rng`로 $\mathcal{N}(0,\ 2 / n_{in})$에서 뽑습니다(He 초기화). 합성곱에서는 $n_{in} = C_{in} k^2$이고 완전 연결층에서는 128입니다. 편향은 0에서 시작합니다.
# - 순전파에서는 역전파에 필요한 것, 곧 층마다 입력과 풀링하기 전의 맵을 남겨 둡니다. 이미지는 `(N, 8, 8)`로 오고, `x[:, None]`이 채널을 붙여 줍니다.
# - 점수에 대한 평균 교차 엔트로피의 기울기는 이미지가 $B$장인 배치에서 $(p - \text{onehot}) / B$입니다. 완전 연결층에서는 2장에서처럼 $dW = h^\top d$, $dh = d\, W^\top$입니다.
# - 블록마다 모양을 되돌리고, `max_pool2d_backward`, ReLU를 위한 (맵 > 0) 곱하기, `conv2d_backward`의 순서로 거슬러 갑니다.
# - 3장의 Adam을 쓰되 학습률은 $\eta = 0.003$에서 0까지 직선을 따라 줄이고, 배치 크기는 32, 에포크는 15로 합니다.
#
# ### 연습: CNN 학습시키기
#
# `train_cnn`은 0과 1 사이의 값으로 된 이미지 `(M, 8, 8)`과 레이블 `(M,)`을 받아, `(N, 8, 8)`을 레이블 `(N,)`로 바꾸는 함수 `predict(images)`를 돌려줍니다.
# 보지 않은 숫자 이미지의 97 % 이상을 맞히고 코어 하나로 60초 안에 끝나면 통과입니다.
# 위의 방법으로는 몇 초면 되고, `max_pool2d_backward`가 모든 이미지와 채널의 창을 하나씩 돈다면 20초쯤 걸립니다. `check`도 신경망을 새로 학습시키므로 그만큼 걸립니다.
# 난수는 모두 `rng`에서 뽑습니다.

# %% exercise="train_cnn"
def train_cnn(x, labels, rng):
    """A function predict(images (N, 8, 8)) -> labels (N,): a small CNN, trained on x (M, 8, 8), labels (M,)."""
    ### BEGIN SOLUTION
    shapes = [(16, 1, 3, 3), (16,), (32, 16, 3, 3), (32,), (32 * 2 * 2, 10), (10,)]
    scales = [np.sqrt(2 / 9), 0.0, np.sqrt(2 / 144), 0.0, np.sqrt(1 / 128), 0.0]
    params = [rng.normal(0.0, scale, shape) if scale else np.zeros(shape) for scale, shape in zip(scales, shapes)]
    first, second = [np.zeros(shape) for shape in shapes], [np.zeros(shape) for shape in shapes]

    def forward(images):
        w1, b1, w2, b2, w3, b3 = params
        z1 = np.maximum(conv2d(images[:, None], w1, b1, padding=1), 0.0)
        p1 = max_pool2d(z1, 2)
        z2 = np.maximum(conv2d(p1, w2, b2, padding=1), 0.0)
        flat = max_pool2d(z2, 2).reshape(len(images), -1)
        return z1, p1, z2, flat, flat @ w3 + b3

    step, steps = 0, 15 * -(-len(x) // 32)
    while step < steps:
        order = rng.permutation(len(x))
        for start in range(0, len(x), 32):
            batch = order[start : start + 32]
            z1, p1, z2, flat, scores = forward(x[batch])
            odds = np.exp(scores - scores.max(axis=1, keepdims=True))
            dscores = (odds / odds.sum(axis=1, keepdims=True) - np.eye(10)[labels[batch]]) / len(batch)
            dpool2 = (dscores @ params[4].T).reshape(-1, 32, 2, 2)
            dp1, dw2, db2 = conv2d_backward(max_pool2d_backward(dpool2, z2, 2) * (z2 > 0), p1, params[2], padding=1)
            dz1 = max_pool2d_backward(dp1, z1, 2) * (z1 > 0)
            _, dw1, db1 = conv2d_backward(dz1, x[batch][:, None], params[0], padding=1)
            step += 1
            lr = 0.003 * (1 - step / steps) / (1 - 0.9**step)
            for k, grad in enumerate((dw1, db1, dw2, db2, flat.T @ dscores, dscores.sum(axis=0))):
                first[k] = 0.9 * first[k] + 0.1 * grad
                second[k] = 0.999 * second[k] + 0.001 * grad**2
                params[k] = params[k] - lr * first[k] / (np.sqrt(second[k] / (1 - 0.999**step)) + 1e-8)
    return lambda images: np.argmax(forward(np.asarray(images))[-1], axis=1)
    ### END SOLUTION

# %% test="train_cnn" points=6
check(train_cnn)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(train_cnn, "05_cnn")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# How many of the 359 held-out digits does it get wrong?
# Look at them: would you have done better?

# %% [markdown] lang="ko"
# 따로 떼어 둔 359장 가운데 몇 장이나 틀릴까요?
# 틀린 이미지를 보십시오. 여러분이라면 더 잘 읽었을까요?

# %% show="only"
from functools import cache


@cache
def trained():
    return train_cnn(x_train, labels_train, np.random.default_rng(0))


guesses = trained()(x_test)
wrong = np.flatnonzero(guesses != labels_test)
right = np.mean(guesses == labels_test)
print(f"{right:.1%} right, {len(wrong)} wrong; below: what it said for what it was")
names = [f"{guess} for {label}" for guess, label in zip(guesses[wrong], labels_test[wrong])]
show_digits(x_test[wrong], names)

# %% [markdown] lang="en"
# Convolution is equivariant and pooling forgets a little of the place, so "a CNN does not mind a shift" is often heard.
# Move every held-out digit by one pixel, in each of four directions, and count.
# What do you expect?

# %% [markdown] lang="ko"
# 합성곱은 이동 등변이고 풀링은 자리를 조금 잊으므로, "CNN은 이미지가 움직여도 상관없다"고들 합니다.
# 따로 떼어 둔 이미지를 모두 네 방향으로 한 픽셀씩 옮기고 세어 봅시다.
# 어떻게 될까요?

# %% show="only"
wide = np.pad(x_test, ((0, 0), (1, 1), (1, 1)))
for name, top, start in (("up", 2, 1), ("down", 0, 1), ("left", 1, 2), ("right", 1, 0)):
    moved = wide[:, top : top + 8, start : start + 8]
    print(f"one pixel {name:5s}: {np.mean(trained()(moved) == labels_test):.1%} right")

# %% [markdown] lang="en"
# Ours falls from 98 % to something between 42 % and 69 %.
# The *maps* move with the picture, but the dense layer at the end has separate weights for each of their places; and a pixel is an eighth of the width of these pictures.
# What is missing is data: no training digit was ever off its place.
# Trained on the digits and their four moves together (chapter 4), the same network reads 97 % or more in every direction, and the unmoved ones no worse; try it.

# %% [markdown] lang="ko"
# 우리 신경망은 98 %에서 42 %와 69 % 사이로 떨어집니다.
# *맵*은 이미지를 따라 움직이지만, 끝에 있는 완전 연결층에는 맵의 자리마다 가중치가 따로 있습니다. 게다가 이 이미지들에서 한 픽셀은 너비의 팔분의 일입니다.
# 모자란 것은 데이터입니다. 학습 데이터에는 제자리에서 벗어난 숫자가 없었습니다.
# 네 방향으로 옮긴 이미지까지 함께 학습시키면(4장) 같은 신경망이 어느 방향에서든 97 % 이상을 읽고, 옮기지 않은 이미지도 전처럼 잘 읽습니다. 직접 해 보십시오.

# %% [markdown] lang="en"
# ## 7. Slips
#
# Eight claims in the tone of lecture notes; some are true, some are not:
#
# {{claims}}
#
# ### Exercise: which are false?
#
# Return the set of the numbers of the *false* claims, as strings.
# Everything can be settled with functions from this chapter, so compute before you answer.
# Each false claim you find earns points; accusing a true one loses some.

# %% [markdown] lang="ko"
# ## 7. 옥에 티
#
# 강의 노트의 말투로 쓴 주장 여덟 가지입니다. 참인 것도 있고 거짓인 것도 있습니다.
#
# {{claims}}
#
# ### 연습: 거짓인 주장은 무엇인가
#
# *거짓*인 주장의 번호를 문자열로 모아 집합으로 돌려줍니다.
# 모두 이 장의 함수로 확인할 수 있으니, 답하기 전에 계산해 보십시오.
# 거짓인 주장을 찾으면 점수를 얻고, 참인 주장을 거짓이라고 하면 점수를 잃습니다.

# %% exercise="slips"
def slips():
    """The ids of the false claims among the eight above, as a set of strings such as {"7", "8"}."""
    ### BEGIN SOLUTION
    return {"1", "3", "4", "6", "7"}
    ### END SOLUTION

# %% test="slips" points=3
check(slips)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(slips, "05_cnn")
### END HIDDEN TESTS

# %% [markdown] lang="en"
# Those were all the exercises; see what is still open.
# To hand in your work, save the notebook and run `dlbasic submit 05_cnn` in a terminal.

# %% [markdown] lang="ko"
# 연습 문제는 여기까지입니다. 아직 남은 것이 있는지 봅시다.
# 제출하려면 노트북을 저장한 다음 터미널에서 `dlbasic submit 05_cnn`을 실행합니다.

# %% show="only"
progress()

# %% [markdown] lang="en"
# ## Summary
#
# - A true convolution runs one of its two functions backwards; networks use cross-correlation and call it convolution.
# - A filter spans all channels and makes one map; $F$ filters make $F$ maps, with one bias each.
# - Size: $o = \lfloor (n + 2p - d(k - 1) - 1) / s \rfloor + 1$, and back $o' = (n - 1)s + k - 2p + a$. All fifteen relationships are cases of these two.
# - A transposed convolution gives back the size, not the values. It is how the gradient goes back through a convolution.
# - Loops belong to numpy: the same multiplications, several thousand times as fast.
# - The gradient of a shared weight is a sum over all places; where windows overlap, gradients are added.
# - Convolutions have few parameters and much work, dense layers the reverse. A $1 \times 1$ bottleneck makes the former cheaper; global average pooling does away with most of the latter.
#
# | network | parameters | in dense layers |
# |---|---|---|
# | AlexNet (two towers) | 60 965 224 | 96.2 % |
# | VGG-16 | 138 357 544 | 89.4 % |
# | ResNet-50 | 25 557 032 | 8.0 % |
#
# ## The opening question, answered
#
# AlexNet's first layer gets along with 34 944 parameters because it asks only about neighbours ($11 \times 11$ pixels), and asks everywhere in the same words.
# Because it looks only nearby, each question is small; because its weights are shared, what was learned at one place is known at all of them: what the cat on the left has taught serves for the one on the right.
# What is lost is the overview, and depth wins it back: the field grows from 11 pixels after the first layer to 195 after the last pooling.
# The price is paid in work, since each weight of the first layer is used at 3025 places, and in the dense layers, which cannot share and hold 96.2 % of all parameters.
#
# ## Going further
#
# `dlbasic.mnist()` and `dlbasic.fashion_mnist()` return pictures of $28 \times 28$ in the shapes of `digits()`; they are downloaded when first called, and nothing in this course needs them.
# Which of your layers has to change for the larger pictures?
#
# ## Further reading
#
# - V. Dumoulin and F. Visin, *A guide to convolution arithmetic for deep learning* (2016), [arXiv:1603.07285](https://arxiv.org/abs/1603.07285): the fifteen relationships.
# - Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, *Gradient-Based Learning Applied to Document Recognition* (1998), [doi:10.1109/5.726791](https://doi.org/10.1109/5.726791).
# - A. Krizhevsky, I. Sutskever and G. Hinton, *ImageNet Classification with Deep Convolutional Neural Networks* (2012), [papers.nips.cc](https://papers.nips.cc/paper/4824-imagenet-classification-with-deep-convolutional-neural-networks): AlexNet.
# - A. Krizhevsky, *One weird trick for parallelizing convolutional neural networks* (2014), [arXiv:1404.5997](https://arxiv.org/abs/1404.5997): the AlexNet with a single tower.
# - M. Lin, Q. Chen and S. Yan, *Network In Network* (2013), [arXiv:1312.4400](https://arxiv.org/abs/1312.4400): $1 \times 1$ and global average pooling.
# - K. Simonyan and A. Zisserman, *Very Deep Convolutional Networks for Large-Scale Image Recognition* (2014), [arXiv:1409.1556](https://arxiv.org/abs/1409.1556): VGG.
# - C. Szegedy et al., *Going Deeper with Convolutions* (2014), [arXiv:1409.4842](https://arxiv.org/abs/1409.4842): GoogLeNet.
# - K. He, X. Zhang, S. Ren and J. Sun, *Deep Residual Learning for Image Recognition* (2015), [arXiv:1512.03385](https://arxiv.org/abs/1512.03385): ResNet.
# - W. Luo, Y. Li, R. Urtasun and R. Zemel, *Understanding the Effective Receptive Field in Deep Convolutional Neural Networks* (2016), [arXiv:1701.04128](https://arxiv.org/abs/1701.04128).
# - A. Odena, V. Dumoulin and C. Olah, *Deconvolution and Checkerboard Artifacts* (2016), [doi:10.23915/distill.00003](https://doi.org/10.23915/distill.00003).

# %% [markdown] lang="ko"
# ## 정리
#
# - 진짜 합성곱에서는 두 함수 가운데 하나가 거꾸로 갑니다. 신경망은 교차 상관을 쓰면서 합성곱이라고 부릅니다.
# - 필터는 모든 채널에 걸쳐 있고 맵 한 장을 만듭니다. 필터 $F$개가 맵 $F$장을 만들며 편향은 필터마다 하나입니다.
# - 크기는 $o = \lfloor (n + 2p - d(k - 1) - 1) / s \rfloor + 1$이고, 돌아올 때는 $o' = (n - 1)s + k - 2p + a$입니다. 열다섯 가지 관계는 모두 이 두 식에 들어 있습니다.
# - 전치 합성곱은 크기를 되돌려 주지만 값은 되돌려 주지 않습니다. 기울기가 합성곱을 거슬러 가는 방법이 이것입니다.
# - 반복은 numpy에 맡깁니다. 곱셈은 똑같은데 몇천 배 빨라집니다.
# - 함께 쓰는 가중치의 기울기는 모든 자리에 대한 합입니다. 창이 겹치는 곳에서는 기울기를 더합니다.
# - 합성곱에는 파라미터가 적고 계산이 많으며, 완전 연결층은 그 반대입니다. $1 \times 1$ 병목은 합성곱의 비용을 줄이고, 전역 평균 풀링은 완전 연결층을 거의 다 없앱니다.
#
# | 신경망 | 파라미터 | 완전 연결층의 몫 |
# |---|---|---|
# | AlexNet(탑 두 개) | 60 965 224 | 96.2 % |
# | VGG-16 | 138 357 544 | 89.4 % |
# | ResNet-50 | 25 557 032 | 8.0 % |
#
# ## 첫 질문에 대한 답
#
# AlexNet의 첫 층이 파라미터 34 944개로 해내는 까닭은 이웃($11 \times 11$ 픽셀)에 대해서만 묻고, 어디에서나 똑같은 말로 묻는 데 있습니다.
# 가까운 곳만 보므로 질문이 작고, 가중치를 함께 쓰므로 한 자리에서 배운 것이 모든 자리에 통합니다. 왼쪽 고양이에게서 배우면 오른쪽 고양이도 알아봅니다.
# 잃는 것은 전체를 보는 눈이며, 깊이가 그것을 되찾아 줍니다. 수용 영역은 첫 층 뒤의 11픽셀에서 마지막 풀링 뒤의 195픽셀까지 자랍니다.
# 대가는 두 군데에서 치릅니다. 첫 층의 가중치는 저마다 3025군데에서 쓰이므로 계산이 많아지고, 함께 쓸 수 없는 완전 연결층에 전체 파라미터의 96.2 %가 들어 있습니다.
#
# ## 더 나아가려면
#
# `dlbasic.mnist()`와 `dlbasic.fashion_mnist()`는 $28 \times 28$ 이미지를 `digits()`와 같은 꼴로 돌려줍니다. 처음 부를 때 내려받으며, 이 강의에 꼭 필요하지는 않습니다.
# 더 큰 이미지를 쓰려면 여러분의 층 가운데 무엇을 바꾸어야 할까요?
#
# ## 더 읽을거리
#
# - V. Dumoulin, F. Visin, *A guide to convolution arithmetic for deep learning* (2016), [arXiv:1603.07285](https://arxiv.org/abs/1603.07285): 열다섯 가지 관계가 나옵니다.
# - Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, *Gradient-Based Learning Applied to Document Recognition* (1998), [doi:10.1109/5.726791](https://doi.org/10.1109/5.726791).
# - A. Krizhevsky, I. Sutskever, G. Hinton, *ImageNet Classification with Deep Convolutional Neural Networks* (2012), [papers.nips.cc](https://papers.nips.cc/paper/4824-imagenet-classification-with-deep-convolutional-neural-networks): AlexNet입니다.
# - A. Krizhevsky, *One weird trick for parallelizing convolutional neural networks* (2014), [arXiv:1404.5997](https://arxiv.org/abs/1404.5997): 탑이 하나인 AlexNet입니다.
# - M. Lin, Q. Chen, S. Yan, *Network In Network* (2013), [arXiv:1312.4400](https://arxiv.org/abs/1312.4400): $1 \times 1$과 전역 평균 풀링이 나옵니다.
# - K. Simonyan, A. Zisserman, *Very Deep Convolutional Networks for Large-Scale Image Recognition* (2014), [arXiv:1409.1556](https://arxiv.org/abs/1409.1556): VGG입니다.
# - C. Szegedy 외, *Going Deeper with Convolutions* (2014), [arXiv:1409.4842](https://arxiv.org/abs/1409.4842): GoogLeNet입니다.
# - K. He, X. Zhang, S. Ren, J. Sun, *Deep Residual Learning for Image Recognition* (2015), [arXiv:1512.03385](https://arxiv.org/abs/1512.03385): ResNet입니다.
# - W. Luo, Y. Li, R. Urtasun, R. Zemel, *Understanding the Effective Receptive Field in Deep Convolutional Neural Networks* (2016), [arXiv:1701.04128](https://arxiv.org/abs/1701.04128).
# - A. Odena, V. Dumoulin, C. Olah, *Deconvolution and Checkerboard Artifacts* (2016), [doi:10.23915/distill.00003](https://doi.org/10.23915/distill.00003).

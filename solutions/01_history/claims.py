"""The eight claims of `slips`, as lecture notes make them, each with a proof that runs; the proofs stay with us.

What can be computed is; what is a matter of record is looked up in `facts.py`, with its source.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import numpy as np

from dlbasic.evidence import Claim


def _facts():
    spec = importlib.util.spec_from_file_location("facts_of_01_history", Path(__file__).with_name("facts.py"))
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # a dataclass looks its own module up by name
    spec.loader.exec_module(module)
    return module


facts = _facts()


def _softmax(scores: np.ndarray) -> np.ndarray:
    raised = np.exp(scores - scores.max())
    return raised / raised.sum()


def dot_products_grow() -> None:
    rng = np.random.default_rng(0)
    for d in (4, 64):
        q, k = rng.normal(size=(2, 50_000, d))
        products = np.sum(q * k, axis=1)
        assert np.isclose(products.var(), d, rtol=0.05)
        assert np.isclose((products / np.sqrt(d)).var(), 1.0, rtol=0.05)


def gan_is_2014() -> None:
    gan, adam = facts.milestone("GAN"), facts.milestone("Adam")
    assert facts.arxiv_year(gan.arxiv) == gan.year == 2014
    assert facts.arxiv_year(adam.arxiv) == gan.year and adam.arxiv > gan.arxiv, "the same year, and Adam was later"


def alexnet_was_not_first() -> None:
    assert max(facts.EARLIER_CONTESTS.values()) < facts.milestone("AlexNet").year
    assert facts.source("Schmidhuber survey").arxiv == "1404.7828"


def gpt3_is_a_hundred_gpt2() -> None:
    counted = {}
    for name, (layers, width, positions, reported) in facts.SCALES.items():
        counted[name] = 12 * layers * width**2 + (facts.TOKENS + positions) * width
        assert np.isclose(counted[name], reported, rtol=0.01)
    assert 100 < counted["GPT-3"] / counted["GPT-2"] < 120


def alphago_is_not_dqn() -> None:
    assert not facts.PARTS["DQN"] & facts.PARTS["AlphaGo"]
    assert facts.source("AlphaGo").doi and facts.source("AlphaGo").year > facts.milestone("DQN").year


def gpt3_is_2020() -> None:
    gpt3 = facts.milestone("GPT-3")
    assert facts.arxiv_year(gpt3.arxiv) == gpt3.year == 2020
    assert facts.milestone("GPT-2").year == 2019


def a_silent_block_is_the_identity() -> None:
    rng = np.random.default_rng(0)
    x, w1, direction = rng.normal(size=(3, 4)), rng.normal(size=(4, 5)), rng.normal(size=(3, 4))

    def block(at: np.ndarray) -> np.ndarray:
        return at + np.maximum(at @ w1, 0.0) @ np.zeros((5, 4))

    assert np.array_equal(block(x), x)
    slope = (block(x + 1e-6 * direction) - block(x - 1e-6 * direction)) / 2e-6
    assert np.allclose(slope, direction), "the derivative is the identity too"


def softmax_feels_scale() -> None:
    scores = np.array([1.0, 2.0, 4.0])
    assert np.allclose(_softmax(scores), _softmax(scores + 7.0)), "a common shift changes nothing"
    assert _softmax(scores * 8.0).max() > 0.999 > 0.9 > _softmax(scores).max(), "a common factor does"


CLAIMS = (
    Claim(
        "1",
        True,
        r"If the entries of two vectors of length $d$ are independent with mean $0$ and variance $1$, their dot "
        r"product has variance $d$; divided by $\sqrt{d}$ it has variance $1$.",
        r"길이가 $d$인 두 벡터의 원소가 서로 독립이고 평균이 $0$, 분산이 $1$이면 내적의 분산은 $d$입니다. "
        r"$\sqrt{d}$로 나누면 분산이 $1$이 됩니다.",
        "Each of the d products has mean 0 and variance 1, and variances of independent terms add; measured for d = 4 "
        "and 64. This is why attention divides by √d.",
        "원소의 곱 d개는 저마다 평균이 0, 분산이 1이고, 독립인 항의 분산은 더해집니다. d = 4와 64에서 재어 보았습니다. "
        "어텐션에서 √d로 나누는 까닭입니다.",
        dot_products_grow,
    ),
    Claim(
        "2",
        False,
        "Generative adversarial networks (GAN) came in 2015, the year after Adam.",
        "생성적 적대 신경망(GAN)은 Adam이 나온 다음 해인 2015년에 나왔습니다.",
        "Goodfellow et al., arXiv 1406.2661, is from June 2014; Adam, arXiv 1412.6980, from December of that year.",
        "Goodfellow 외의 논문 arXiv 1406.2661은 2014년 6월에, Adam의 논문 arXiv 1412.6980은 같은 해 12월에 나왔습니다.",
        gan_is_2014,
    ),
    Claim(
        "3",
        False,
        "Before AlexNet won ImageNet in 2012, no deep network had ever won a contest.",
        "2012년에 AlexNet이 ImageNet 대회에서 우승하기 전에는 심층 신경망이 대회에서 우승한 적이 없었습니다.",
        "Deep networks won contests in handwriting (ICDAR 2009) and traffic signs (IJCNN 2011): Schmidhuber, Deep "
        "Learning in Neural Networks: An Overview, arXiv 1404.7828.",
        "심층 신경망은 손글씨 대회(ICDAR 2009)와 교통 표지판 대회(IJCNN 2011)에서 우승했습니다. Schmidhuber, Deep "
        "Learning in Neural Networks: An Overview, arXiv 1404.7828.",
        alexnet_was_not_first,
    ),
    Claim(
        "4",
        True,
        r"A stack of $L$ Transformer layers of width $d$ has about $12\,L\,d^2$ parameters; by this count GPT-3 "
        r"($L = 96$, $d = 12288$) is over 100 times the size of GPT-2 ($L = 48$, $d = 1600$).",
        r"너비가 $d$인 트랜스포머 층 $L$개의 파라미터는 약 $12\,L\,d^2$개입니다. 이렇게 세면 GPT-3"
        r"($L = 96$, $d = 12288$)은 GPT-2($L = 48$, $d = 1600$)보다 100배 넘게 큽니다.",
        "With the embeddings of tokens and positions the count is 1.56 and 174.6 billion, within 1 % of the papers' "
        "1542 million and 175 billion; the ratio is 112.",
        "토큰과 자리의 임베딩까지 세면 15.6억 개와 1746억 개로, 논문의 15.42억 개와 1750억 개에서 1 % 안에 듭니다. "
        "비는 112입니다.",
        gpt3_is_a_hundred_gpt2,
    ),
    Claim(
        "5",
        False,
        "AlphaGo, the program that beat Lee Sedol in 2016, is DQN applied to the game of Go.",
        "2016년에 이세돌을 이긴 AlphaGo는 DQN을 바둑에 쓴 것입니다.",
        "AlphaGo has a policy network, a value network and a Monte Carlo tree search (Silver et al. 2016, "
        "doi 10.1038/nature16961); DQN has one action-value network and no search, and played Atari (arXiv 1312.5602).",
        "AlphaGo는 정책망, 가치망, 몬테카를로 트리 탐색으로 이루어집니다(Silver 외 2016, doi 10.1038/nature16961). "
        "DQN은 행동 가치 신경망 하나뿐이고 탐색이 없으며, Atari 게임을 했습니다(arXiv 1312.5602).",
        alphago_is_not_dqn,
    ),
    Claim(
        "6",
        False,
        "GPT-2 and GPT-3 were both published in 2019.",
        "GPT-2와 GPT-3은 둘 다 2019년에 발표되었습니다.",
        "GPT-2 is a report of February 2019; GPT-3 is arXiv 2005.14165, May 2020.",
        "GPT-2는 2019년 2월의 보고서이고, GPT-3은 2020년 5월에 나온 arXiv 2005.14165입니다.",
        gpt3_is_2020,
    ),
    Claim(
        "7",
        True,
        r"A residual block $x + \mathrm{relu}(x W_1)\,W_2$ with $W_2 = 0$ passes its input on unchanged, and "
        "a gradient that comes back through it too.",
        r"$W_2 = 0$인 잔차 블록 $x + \mathrm{relu}(x W_1)\,W_2$는 입력을 그대로 통과시키고, 거꾸로 돌아오는 기울기도 "
        "그대로 통과시킵니다.",
        "The second term is 0 for every x, so the output is x and the derivative the identity; checked on a random "
        "block.",
        "둘째 항이 어떤 x에서도 0이므로 출력은 x이고 도함수는 항등 변환입니다. 무작위로 뽑은 블록으로 확인했습니다.",
        a_silent_block_is_the_identity,
    ),
    Claim(
        "8",
        False,
        r"The softmax does not change when all scores are multiplied by the same positive number, so the $\sqrt{d}$ in "
        "attention is only cosmetic.",
        r"모든 점수에 같은 양수를 곱해도 소프트맥스는 달라지지 않습니다. 그러므로 어텐션의 $\sqrt{d}$는 "
        "겉치레일 뿐입니다.",
        "It does not change when the same number is added. Multiplied by 8, the scores 1, 2, 4 move the largest weight "
        "from 0.84 to over 0.999: the attention becomes hard and its gradient vanishes.",
        "달라지지 않는 것은 같은 수를 더할 때입니다. 점수 1, 2, 4에 8을 곱하면 가장 큰 가중치가 0.84에서 0.999보다 "
        "크게 바뀝니다. 한 곳만 보게 되고 기울기는 사라집니다.",
        softmax_feels_scale,
    ),
)

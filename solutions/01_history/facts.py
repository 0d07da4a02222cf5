"""The milestones as data: when, what, by whom, where to read it, what is often said of it and what is so.

The prose quotes `said`; `tests/solutions/test_claims_history.py` compares prose, exercise and this table.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Milestone:
    """One idea and the paper in which it first appeared.

    year : of first publication; for papers on arXiv that of the first version there
    arxiv, doi : at least one of them, or neither for a report that has only a title
    said, so : language → what is often said (as the prose quotes it), and what is so
    """

    key: str
    year: int
    title: str
    authors: str
    said: dict[str, str]
    so: dict[str, str]
    arxiv: str = ""
    doi: str = ""


@dataclass(frozen=True)
class Source:
    """Something else that the chapter leans on."""

    key: str
    year: int
    what: str
    arxiv: str = ""
    doi: str = ""


def arxiv_year(identifier: str) -> int:
    """The year of an arXiv id of the form yymm.number, in use since April 2007."""
    return 2000 + int(identifier[:2])


MILESTONES = (
    Milestone(
        "AlexNet",
        2012,
        "ImageNet Classification with Deep Convolutional Neural Networks",
        "A. Krizhevsky, I. Sutskever, G. Hinton",
        {
            "en": "AlexNet was the first deep network to win a contest.",
            "ko": "AlexNet은 대회에서 우승한 최초의 심층 신경망이다.",
        },
        {
            "en": "It was the first to win ImageNet; deep networks had won other contests from 2009 on.",
            "ko": "ImageNet에서 우승한 것은 처음이지만, 다른 대회에서는 2009년부터 심층 신경망이 우승했습니다.",
        },
        doi="10.1145/3065386",
    ),
    Milestone(
        "DQN",
        2013,
        "Playing Atari with Deep Reinforcement Learning",
        "V. Mnih and others",
        {"en": "DQN beat the world's best Go player.", "ko": "DQN이 세계 최고의 바둑 기사를 이겼다."},
        {
            "en": "DQN played Atari; AlphaGo has policy and value networks and a tree search.",
            "ko": "DQN은 Atari 게임을 했습니다. AlphaGo는 정책망과 가치망에 트리 탐색을 더한 것입니다.",
        },
        arxiv="1312.5602",
    ),
    Milestone(
        "Encoder-Decoder",
        2014,
        "Sequence to Sequence Learning with Neural Networks",
        "I. Sutskever, O. Vinyals, Q. Le",
        {
            "en": "Encoder and decoder are for translation only.",
            "ko": "인코더와 디코더는 번역에만 쓴다.",
        },
        {"en": "Any pair of sequences will do.", "ko": "시퀀스의 쌍이면 무엇이든 됩니다."},
        arxiv="1409.3215",
    ),
    Milestone(
        "Adam",
        2014,
        "Adam: A Method for Stochastic Optimization",
        "D. Kingma, J. Ba",
        {"en": "Adam is from 2015.", "ko": "Adam은 2015년에 나왔다."},
        {
            "en": "2015 is the year of the conference; the paper was on arXiv in December 2014.",
            "ko": "2015년은 학회가 열린 해이고, 논문은 2014년 12월에 arXiv에 올라왔습니다.",
        },
        arxiv="1412.6980",
    ),
    Milestone(
        "GAN",
        2014,
        "Generative Adversarial Networks",
        "I. Goodfellow and others",
        {"en": "GANs are from 2015.", "ko": "GAN은 2015년에 나왔다."},
        {
            "en": "June 2014 on arXiv, and the conference was in the same year.",
            "ko": "2014년 6월에 arXiv에 올라왔고 학회도 같은 해에 열렸습니다.",
        },
        arxiv="1406.2661",
    ),
    Milestone(
        "ResNet",
        2015,
        "Deep Residual Learning for Image Recognition",
        "K. He, X. Zhang, S. Ren, J. Sun",
        {"en": "ResNet is from 2016", "ko": "ResNet은 2016년에 나왔다"},
        {
            "en": "2016 is the year of the conference; the paper was on arXiv in December 2015.",
            "ko": "2016년은 학회가 열린 해이고, 논문은 2015년 12월에 arXiv에 올라왔습니다.",
        },
        arxiv="1512.03385",
    ),
    Milestone(
        "Transformer",
        2017,
        "Attention Is All You Need",
        "A. Vaswani and others",
        {"en": "The Transformer invented attention.", "ko": "어텐션은 트랜스포머가 발명했다."},
        {
            "en": "Attention was added to recurrent translators in 2014; new was to do without recurrence.",
            "ko": "어텐션은 2014년에 순환 신경망 번역기에 처음 붙었습니다. 새로운 것은 순환 없이 해낸 점입니다.",
        },
        arxiv="1706.03762",
    ),
    Milestone(
        "BERT",
        2018,
        "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding",
        "J. Devlin, M.-W. Chang, K. Lee, K. Toutanova",
        {"en": "GPT is OpenAI's version of BERT.", "ko": "GPT는 OpenAI에서 만든 BERT이다."},
        {
            "en": "The first GPT came before BERT, and the two differ in the mask.",
            "ko": "첫 GPT가 BERT보다 먼저 나왔고, 둘은 마스크가 다릅니다.",
        },
        arxiv="1810.04805",
    ),
    Milestone(
        "GPT-2",
        2019,
        "Language Models are Unsupervised Multitask Learners",
        "A. Radford and others",
        {"en": "The big language models came in 2019.", "ko": "거대 언어 모델은 2019년에 나왔다."},
        {"en": "GPT-2 did, as a report in February 2019.", "ko": "GPT-2는 그렇습니다. 2019년 2월의 보고서입니다."},
    ),
    Milestone(
        "GPT-3",
        2020,
        "Language Models are Few-Shot Learners",
        "T. Brown and others",
        {"en": "The big language models came in 2019.", "ko": "거대 언어 모델은 2019년에 나왔다."},
        {"en": "GPT-3 came in May 2020.", "ko": "GPT-3은 2020년 5월에 나왔습니다."},
        arxiv="2005.14165",
    ),
    Milestone(
        "SimCLR",
        2020,
        "A Simple Framework for Contrastive Learning of Visual Representations",
        "T. Chen, S. Kornblith, M. Norouzi, G. Hinton",
        {
            "en": "SimCLR mixes supervised and unsupervised learning.",
            "ko": "SimCLR은 지도 학습과 비지도 학습을 섞은 것이다.",
        },
        {
            "en": "Its loss never sees a label: it is self-supervised.",
            "ko": "손실이 레이블을 전혀 보지 않는 자기 지도 학습입니다.",
        },
        arxiv="2002.05709",
    ),
)

# Contests that deep networks won before ImageNet 2012, as J. Schmidhuber's survey of 2014 lists them (arXiv 1404.7828).
EARLIER_CONTESTS = {"connected handwriting (ICDAR)": 2009, "traffic signs (IJCNN)": 2011}

# What a network that plays is made of.
PARTS = {
    "DQN": {"action-value network", "replay memory"},
    "AlphaGo": {"policy network", "value network", "tree search"},
}

# Layers, width and positions as the papers give them, with the number of parameters that they report.
SCALES = {"GPT-2": (48, 1600, 1024, 1.542e9), "GPT-3": (96, 12288, 2048, 175.0e9)}
TOKENS = 50257

SOURCES = (
    Source("Cho encoder-decoder", 2014, "Learning Phrase Representations using RNN Encoder-Decoder", arxiv="1406.1078"),
    Source("Bahdanau attention", 2014, "Jointly Learning to Align and Translate", arxiv="1409.0473"),
    Source("Schmidhuber survey", 2014, "Deep Learning in Neural Networks: An Overview", arxiv="1404.7828"),
    Source("LeCun review", 2015, "Deep learning", doi="10.1038/nature14539"),
    Source("DQN in Nature", 2015, "Human-level control through deep reinforcement learning", doi="10.1038/nature14236"),
    Source("AlphaGo", 2016, "Mastering the game of Go with deep neural networks", doi="10.1038/nature16961"),
)


def milestone(key: str) -> Milestone:
    return next(one for one in MILESTONES if one.key == key)


def source(key: str) -> Source:
    return next(one for one in SOURCES if one.key == key)

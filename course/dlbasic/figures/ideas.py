"""Eleven ideas, the question that each answered, its paper, and what it took over from earlier ones. Draws nothing.

There is no year here: the years are an exercise. An arXiv id says when its paper appeared.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Idea:
    """One idea and the paper in which anybody could first read it.

    section : where its exhibit stands in the chapter
    source : arXiv identifier, or who printed it where there is none
    question : what it answered, in English and Korean
    parts : earlier ideas that it takes something from, with what that is in English and Korean
    """

    name: str
    section: str
    source: str
    title: str
    authors: str
    question: tuple[str, str]
    parts: tuple[tuple[str, str, str], ...] = ()

    @property
    def arxiv(self) -> str:
        return self.source if self.source[0].isdigit() else ""


NET = "the deep convolutional network", "심층 합성곱 신경망"
SKIP = "the skip connection", "스킵 연결"
STEPS = "the optimizer", "옵티마이저"
NIPS, OPENAI = "NIPS proceedings", "OpenAI report"

# In the order of their appearance.
IDEAS = (
    Idea(
        "AlexNet", "4.1", NIPS,
        "ImageNet Classification with Deep Convolutional Neural Networks", "A. Krizhevsky, I. Sutskever, G. Hinton",
        ("Must people design what a machine looks for in a picture?",
         "기계가 이미지에서 볼 특징을 꼭 사람이 정해야 할까?"),
    ),
    Idea(
        "DQN", "4.2", "1312.5602",
        "Playing Atari with Deep Reinforcement Learning", "V. Mnih and others",
        ("Can a machine learn to act from the score alone?", "점수만 보고 움직이는 법을 배울 수 있을까?"),
        (("AlexNet", *NET),),
    ),
    Idea(
        "GAN", "6.1", "1406.2661",
        "Generative Adversarial Networks", "I. Goodfellow and others",
        ("How to make pictures when no formula says what a good one is?",
         "좋은 이미지를 말해 줄 공식 없이 어떻게 이미지를 만들까?"),
    ),
    Idea(
        "Encoder-Decoder", "5.1", "1409.3215",
        "Sequence to Sequence Learning with Neural Networks", "I. Sutskever, O. Vinyals, Q. Le",
        ("How to translate when both sentences differ in length?", "두 문장의 길이가 다른데 어떻게 번역할까?"),
    ),
    Idea(
        "Adam", "5.2", "1412.6980",
        "Adam: A Method for Stochastic Optimization", "D. Kingma, J. Ba",
        ("Which step suits a loss that is steep one way and flat another?",
         "방향마다 가파르기가 다르면 걸음은 얼마로 할까?"),
    ),
    Idea(
        "ResNet", "6.2", "1512.03385",
        "Deep Residual Learning for Image Recognition", "K. He, X. Zhang, S. Ren, J. Sun",
        ("Why did networks with more layers get worse?", "층을 더 쌓은 신경망이 왜 더 나빠졌을까?"),
        (("AlexNet", *NET),),
    ),
    Idea(
        "Transformer", "7.1", "1706.03762",
        "Attention Is All You Need", "A. Vaswani and others",
        ("Can every word look directly at every other one?", "모든 단어가 다른 모든 단어를 바로 볼 수 있을까?"),
        (("Encoder-Decoder", "the two halves", "두 부분으로 된 구조"), ("Adam", *STEPS), ("ResNet", *SKIP)),
    ),
    Idea(
        "BERT", "7.2", "1810.04805",
        "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding",
        "J. Devlin, M.-W. Chang, K. Lee, K. Toutanova",
        ("How to learn from text that nobody has labelled?", "레이블이 없는 글에서 어떻게 배울까?"),
        (("Adam", *STEPS), ("ResNet", *SKIP), ("Transformer", "the encoder", "인코더")),
    ),
    Idea(
        "GPT-2", "7.3", OPENAI,
        "Language Models are Unsupervised Multitask Learners", "A. Radford and others",
        ("How far does predicting the next word carry?", "다음 단어 예측만으로 어디까지 갈 수 있을까?"),
        (("ResNet", *SKIP), ("Transformer", "the decoder", "디코더")),
    ),
    Idea(
        "SimCLR", "8.1", "2002.05709",
        "A Simple Framework for Contrastive Learning of Visual Representations",
        "T. Chen, S. Kornblith, M. Norouzi, G. Hinton",
        ("What can be learned from pictures alone, without labels?", "레이블 없이 이미지만으로 무엇을 배울 수 있을까?"),
        (("AlexNet", *NET), ("ResNet", "the whole network", "신경망 전체")),
    ),
    Idea(
        "GPT-3", "7.4", "2005.14165",
        "Language Models are Few-Shot Learners", "T. Brown and others",
        ("Does more of the same become something else?", "같은 것을 더 크게 만들면 다른 것이 될까?"),
        (("Adam", *STEPS), ("ResNet", *SKIP), ("Transformer", "the decoder", "디코더"), ("GPT-2", "the plan", "설계")),
    ),
)  # fmt: skip
BY_NAME = {idea.name: idea for idea in IDEAS}


def earlier(name: str) -> list[str]:
    """The ideas that this one takes something from, in the order of their appearance."""
    return [part for part, *_ in BY_NAME[name].parts]


def later(name: str) -> list[str]:
    """The ideas that take something from this one."""
    return [idea.name for idea in IDEAS if name in earlier(idea.name)]


def backwards(years: dict[str, int]) -> list[tuple[str, str]]:
    """(idea, part) for every idea that stands in an earlier year than something it takes over."""
    pairs = [(idea.name, part) for idea in IDEAS for part in earlier(idea.name)]
    return [(name, part) for name, part in pairs if name in years and part in years and years[name] < years[part]]

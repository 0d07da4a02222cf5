"""Training and validation loss of a real run on the digits: the best epoch, the patience, and where training stops."""

import numpy as np
from _canvas import Text, footnote, panels

from dlbasic import style
from dlbasic.data import digits

SEED, TRAIN, VALIDATE, EPOCHS, BATCH, RATE = 7, 200, 100, 45, 10, 0.5
PATIENCE = 10


def losses() -> tuple[np.ndarray, np.ndarray]:
    """Training and validation loss of a 64-64-10 ReLU net before training and after each epoch, to four places."""
    rng = np.random.default_rng(SEED)
    x, labels, _, _ = digits()
    order = rng.permutation(len(x))
    train, validate = order[:TRAIN], order[TRAIN : TRAIN + VALIDATE]
    w1, b1 = rng.normal(0, np.sqrt(2 / 64), (64, 64)), np.zeros(64)
    w2, b2 = rng.normal(0, np.sqrt(2 / 64), (64, 10)), np.zeros(10)

    def forward(rows):
        hidden = np.maximum(x[rows] @ w1 + b1, 0.0)
        scores = hidden @ w2 + b2
        scores -= scores.max(axis=1, keepdims=True)
        return hidden, scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))

    def loss(rows):
        return -forward(rows)[1][np.arange(len(rows)), labels[rows]].mean()

    curves = [(loss(train), loss(validate))]
    for _ in range(EPOCHS):
        mixed = rng.permutation(train)
        for start in range(0, TRAIN, BATCH):
            rows = mixed[start : start + BATCH]
            hidden, log_odds = forward(rows)
            dscores = (np.exp(log_odds) - np.eye(10)[labels[rows]]) / len(rows)
            dhidden = (dscores @ w2.T) * (hidden > 0)
            w1, b1 = w1 - RATE * x[rows].T @ dhidden, b1 - RATE * dhidden.sum(axis=0)
            w2, b2 = w2 - RATE * hidden.T @ dscores, b2 - RATE * dscores.sum(axis=0)
        curves.append((loss(train), loss(validate)))
    return tuple(np.round(np.array(curves).T, 4))


def stop_and_best(validation: np.ndarray) -> tuple[int, int]:
    """The epoch at which patience runs out, and the best one until then."""
    for epoch in range(len(validation)):
        best = int(np.argmin(validation[: epoch + 1]))
        if epoch - best >= PATIENCE:
            return epoch, best
    raise ValueError("this run never stops: choose another")


def draw(text: Text):
    figure, (ax,) = panels(3.6, 1, left=0.65, right=0.2, bottom=1.05, top=0.2)
    train, validation = losses()
    stop, best = stop_and_best(validation)
    closest = int(np.argmin(np.abs(validation - train)))
    epochs = np.arange(EPOCHS + 1)
    ax.axvspan(best, stop, color=style.SKY, alpha=0.3, lw=0)
    ax.plot(epochs, train, color=style.BLUE, ls="--")
    ax.plot(epochs[: stop + 1], validation[: stop + 1], color=style.RED, ls="-")
    ax.plot(epochs[stop:], validation[stop:], color=style.RED, ls=":")
    ax.plot(best, validation[best], marker="v", ms=10, color=style.RED, mec=style.INK, zorder=4)
    ax.plot(stop, validation[stop], marker="s", ms=8, color=style.CARD, mec=style.INK, mew=1.6, zorder=4)
    ax.set(xlim=(0, EPOCHS), ylim=(0, 1.0), yticks=[0, 0.25, 0.5, 0.75, 1.0])
    ax.set_xlabel(text(en="epoch", ko="에포크"), labelpad=1)
    ax.set_ylabel(text(en="loss", ko="손실"))
    words = {"ha": "center", "va": "center", "linespacing": 1.3}
    ax.text(best, validation[best] - 0.13, text(en=f"best: epoch {best}", ko=f"최선: 에포크 {best}"), **words)
    ax.text(stop, validation[stop] + 0.12, text(en=f"stop: epoch {stop}", ko=f"멈춤: 에포크 {stop}"), **words)
    ax.text((best + stop) / 2, 0.9, text(en=f"patience\n{PATIENCE}", ko=f"참을성\n{PATIENCE}"), **words)
    ax.text(38, validation[38] + 0.1, text(en="validation", ko="검증 손실"), **words)
    ax.text(38, train[38] + 0.08, text(en="training", ko="학습 손실"), **words)
    footnote(
        figure,
        text(
            en="The weights that are kept are those of the triangle. Dotted: what would have come after the stop.\n"
            f"The two curves are closest at epoch {closest}, before anything is learned: "
            "the gap is no sign to stop at.",
            ko="남기는 것은 삼각형 에포크의 가중치입니다. 점선: 멈추지 않았다면 이어졌을 곡선\n"
            f"두 곡선이 가장 가까운 곳은 아직 아무것도 배우지 않은 에포크 {closest}입니다. 격차만 보고 멈출 수는 "
            "없습니다.",
        ),
        y=0.28,
    )
    alt = text(
        en=f"Losses of a 64-64-10 net on {TRAIN} training and {VALIDATE} validation digits. The training loss keeps "
        f"falling to {train[-1]:.3f}. The validation loss is least, {validation[best]:.3f}, at epoch {best}; with "
        f"patience {PATIENCE} training stops at epoch {stop}, at {validation[stop]:.3f}, and without stopping it "
        f"would reach {validation[-1]:.3f} at epoch {EPOCHS}. The two losses are closest at epoch {closest}.",
        ko=f"학습 데이터 {TRAIN}개와 검증 데이터 {VALIDATE}개로 잰 64-64-10 신경망의 손실입니다. 학습 손실은 "
        f"{train[-1]:.3f}까지 계속 줄어듭니다. 검증 손실은 에포크 {best}에서 {validation[best]:.3f}으로 가장 작고, "
        f"참을성이 {PATIENCE}이면 에포크 {stop}에서 {validation[stop]:.3f}일 때 학습을 멈추며, 멈추지 않으면 에포크 "
        f"{EPOCHS}에서 {validation[-1]:.3f}까지 커집니다. 두 손실이 가장 가까운 곳은 에포크 {closest}입니다.",
    )
    return figure, alt

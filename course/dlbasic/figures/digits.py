"""Small images of handwritten digits."""

from __future__ import annotations

import numpy as np

from .words import say


def as_images(images) -> np.ndarray:
    """Digits as (N, 8, 8), from (N, 64), (N, 8, 8) or one of them. Raises ValueError for any other shape."""
    images = np.asarray(images, dtype=float)
    if images.shape in {(64,), (8, 8)}:
        images = images[None]
    if images.ndim not in {2, 3} or images[0].size != 64:
        raise ValueError(f"images must have shape (N, 64) or (N, 8, 8); got {images.shape}")
    return images.reshape(-1, 8, 8)


def draw_digit(ax, image: np.ndarray, *, least: float = 0.0, most: float = 1.0) -> str:
    """One image (8, 8), dark ink on light paper."""
    ax.imshow(image, cmap="gray_r", vmin=least, vmax=most, extent=(-0.5, 7.5, 7.5, -0.5), aspect="equal")
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    return say(
        en="An 8 by 8 image with {ink} of 64 pixels darker than half.",
        ko="8×8 이미지. 64픽셀 가운데 절반보다 진한 픽셀이 {ink}개.",
        ink=int(np.sum(image > (least + most) / 2)),
    )


def draw_digits(axes, images: np.ndarray, labels=None) -> str:
    """One image (8, 8) in each of the axes, its label above it; axes that are left over stay empty."""
    for ax in axes:
        ax.set_axis_off()
    # Pixels count 0 to 16 in the original data and 0 to 1 in ours: the darkest one of the set is black.
    most = float(images.max()) or 1.0
    for place, (ax, image) in enumerate(zip(axes, images, strict=False)):
        draw_digit(ax, image, least=min(0.0, float(images.min())), most=most)
        if labels is not None:
            ax.set_title(str(labels[place]), fontsize=11, pad=3)
    if labels is None:
        return say(en="{n} images of digits.", ko="숫자 이미지 {n}개.", n=len(images))
    listed = ", ".join(str(label) for label in labels[: len(images)])
    return say(
        en="{n} images of digits, row by row: {listed}.",
        ko="숫자 이미지 {n}개. 윗줄부터 차례로 {listed}.",
        n=len(images),
        listed=listed,
    )

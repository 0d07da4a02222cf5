"""The facts that chapter 5 cites: papers with year and address, networks layer by layer, and numbers computed.

`tests/solutions` holds the prose to these tables, and recomputes what can be computed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dlbasic.evidence import Number, Paper

PAPERS = (
    Paper("A guide to convolution arithmetic for deep learning", 2016, arxiv="1603.07285"),
    Paper("Gradient-Based Learning Applied to Document Recognition", 1998, doi="10.1109/5.726791"),
    Paper("ImageNet Classification with Deep Convolutional Neural Networks", 2012),
    Paper("One weird trick for parallelizing convolutional neural networks", 2014, arxiv="1404.5997"),
    Paper("Network In Network", 2013, arxiv="1312.4400"),
    Paper("Very Deep Convolutional Networks for Large-Scale Image Recognition", 2014, arxiv="1409.1556"),
    Paper("Going Deeper with Convolutions", 2014, arxiv="1409.4842"),
    Paper("Deep Residual Learning for Image Recognition", 2015, arxiv="1512.03385"),
    Paper(
        "Understanding the Effective Receptive Field in Deep Convolutional Neural Networks",
        2016,
        arxiv="1701.04128",
        first=2017,
    ),
    Paper("Deconvolution and Checkerboard Artifacts", 2016, doi="10.23915/distill.00003"),
)


@dataclass(frozen=True)
class Layer:
    """One layer with weights: channels (or units) in and out, kernel size, size of the output map, groups, bias.

    `shift` counts what batch normalization adds for each output channel: 0, or 2 for a scale and a shift.
    """

    name: str
    c_in: int
    c_out: int
    k: int = 1
    size: int = 1
    groups: int = 1
    bias: bool = True
    shift: int = 0

    @property
    def params(self) -> int:
        """Weights, biases and what batch normalization adds."""
        return self.c_out * (self.c_in // self.groups * self.k**2 + self.bias + self.shift)

    @property
    def macs(self) -> int:
        """Multiply–accumulates for one picture."""
        return self.c_out * self.c_in // self.groups * self.k**2 * self.size**2


ALEXNET = (
    Layer("conv1", 3, 96, 11, 55),
    Layer("conv2", 96, 256, 5, 27, groups=2),
    Layer("conv3", 256, 384, 3, 13),
    Layer("conv4", 384, 384, 3, 13, groups=2),
    Layer("conv5", 384, 256, 3, 13, groups=2),
    Layer("fc6", 6 * 6 * 256, 4096),
    Layer("fc7", 4096, 4096),
    Layer("fc8", 4096, 1000),
)
VGG16 = (
    Layer("conv1_1", 3, 64, 3, 224),
    Layer("conv1_2", 64, 64, 3, 224),
    Layer("conv2_1", 64, 128, 3, 112),
    Layer("conv2_2", 128, 128, 3, 112),
    Layer("conv3_1", 128, 256, 3, 56),
    Layer("conv3_2", 256, 256, 3, 56),
    Layer("conv3_3", 256, 256, 3, 56),
    Layer("conv4_1", 256, 512, 3, 28),
    Layer("conv4_2", 512, 512, 3, 28),
    Layer("conv4_3", 512, 512, 3, 28),
    Layer("conv5_1", 512, 512, 3, 14),
    Layer("conv5_2", 512, 512, 3, 14),
    Layer("conv5_3", 512, 512, 3, 14),
    Layer("fc6", 7 * 7 * 512, 4096),
    Layer("fc7", 4096, 4096),
    Layer("fc8", 4096, 1000),
)


def _resnet50() -> Iterator[Layer]:
    """The 53 convolutions (four of them on shortcuts) and the dense layer; stride 2 sits in the 3 x 3 layers."""
    yield Layer("conv1", 3, 64, 7, 112, bias=False, shift=2)
    c_in, size = 64, 56
    for group, (blocks, middle) in enumerate(((3, 64), (4, 128), (6, 256), (3, 512)), 2):
        for block in range(1, blocks + 1):
            before, name = size, f"conv{group}_{block}"
            if block == 1 and group > 2:
                size //= 2
            yield Layer(name + "a", c_in, middle, 1, before, bias=False, shift=2)
            yield Layer(name + "b", middle, middle, 3, size, bias=False, shift=2)
            yield Layer(name + "c", middle, 4 * middle, 1, size, bias=False, shift=2)
            if block == 1:
                yield Layer(name + "s", c_in, 4 * middle, 1, size, bias=False, shift=2)
            c_in = 4 * middle
    yield Layer("fc", c_in, 1000)


RESNET50 = tuple(_resnet50())


def params(layers: tuple[Layer, ...], dense: bool = False) -> int:
    """Parameters of a network, or of its dense layers only."""
    return sum(layer.params for layer in layers if not dense or layer.name.startswith("fc"))


def macs(layers: tuple[Layer, ...]) -> int:
    """Multiply–accumulates of a network for one picture."""
    return sum(layer.macs for layer in layers)


def _share(layers: tuple[Layer, ...]) -> float:
    return 100.0 * params(layers, dense=True) / params(layers)


def _field(layers: tuple[tuple[int, int], ...]) -> int:
    """The receptive field of layers (k, stride), from the output back to the input: n outputs need (n - 1)s + k."""
    seen = 1
    for k, stride in reversed(layers):
        seen = (seen - 1) * stride + k
    return seen


_ALEXNET_WINDOWS = ((11, 4), (3, 2), (5, 1), (3, 2), (3, 1), (3, 1), (3, 1), (3, 2))


NUMBERS = (
    Number("numbers in AlexNet's picture", "154587", lambda: 3 * 227**2),
    Number("weights of a dense layer on it", "633188352", lambda: 3 * 227**2 * 4096),
    Number("AlexNet's first layer", "34944", lambda: ALEXNET[0].params),
    Number("AlexNet's fc6", "37752832", lambda: ALEXNET[5].params),
    Number("fc6 without pool5", "177209344", lambda: 13 * 13 * 256 * 4096),
    Number("AlexNet", "60965224", lambda: params(ALEXNET)),
    Number("AlexNet without groups", "62378344", lambda: sum(
        Layer(one.name, one.c_in, one.c_out, one.k).params for one in ALEXNET
    )),
    Number("AlexNet's dense share", "96.2", lambda: _share(ALEXNET), 1),
    Number("VGG-16", "138357544", lambda: params(VGG16)),
    Number("VGG-16's fc6", "102764544", lambda: VGG16[13].params),
    Number("VGG-16's dense share", "89.4", lambda: _share(VGG16), 1),
    Number("work of VGG-16 in AlexNets", "21", lambda: macs(VGG16) / macs(ALEXNET)),
    Number("ResNet-50", "25557032", lambda: params(RESNET50)),
    Number("ResNet-50's dense share", "8.0", lambda: _share(RESNET50), 1),
    Number("saved by averaging", "99.6", lambda: 100.0 * (1.0 - 513_000 / params(VGG16, dense=True)), 1),
    Number("AlexNet's field", "195", lambda: _field(_ALEXNET_WINDOWS)),
    Number("places where a weight of conv1 is used", "3025", lambda: 55**2),
    Number("width at which GoogLeNet's detour loses", "155", lambda: 1 + 25 * 192 * 32 // (192 + 25 * 32)),
    Number("convolution of two exponentials", "0.3679", lambda: 2.718281828459045**-1, 4),
    Number("parameters of the capstone's second layer", "4640", lambda: Layer("second", 16, 32, 3).params),
    Number("parameters of the capstone's last layer", "1290", lambda: Layer("last", 32 * 2 * 2, 10).params),
)  # fmt: skip

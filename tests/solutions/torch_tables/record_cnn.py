"""What PyTorch answers to the exercises of chapter 5. Run by hand where torch is installed: rewrites `cnn.json`.

    python tests/solutions/torch_tables/record_cnn.py

The tests compare our solutions with the recorded numbers everywhere and, where torch can be imported, ask it again.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

TABLE = Path(__file__).with_name("cnn.json")


def _tensor(array, grad: bool = False):
    import torch

    return torch.tensor(np.asarray(array), requires_grad=grad)


def correlate2d(image, kernel, bias):
    import torch

    out = torch.nn.functional.conv2d(_tensor(image)[None, None], _tensor(kernel)[None, None], _tensor([float(bias)]))
    return out[0, 0].numpy()


def conv2d(x, w, b, stride, padding):
    import torch

    return torch.nn.functional.conv2d(_tensor(x), _tensor(w), _tensor(b), stride, padding).numpy()


def conv2d_backward(dout, x, w, stride, padding):
    import torch

    x, w, b = _tensor(x, grad=True), _tensor(w, grad=True), _tensor(np.zeros(len(w)), grad=True)
    torch.nn.functional.conv2d(x, w, b, stride, padding).backward(_tensor(dout))
    return x.grad.numpy(), w.grad.numpy(), b.grad.numpy()


def max_pool2d(x, k, stride):
    import torch

    return torch.nn.functional.max_pool2d(_tensor(x), k, stride).numpy()


def max_pool2d_backward(dout, x, k, stride):
    import torch

    x = _tensor(x, grad=True)
    torch.nn.functional.max_pool2d(x, k, stride).backward(_tensor(dout))
    return x.grad.numpy()


def global_avg_pool(x):
    import torch

    return torch.nn.functional.adaptive_avg_pool2d(_tensor(x), 1)[:, :, 0, 0].numpy()


def pad_images(x, p):
    import torch

    return torch.nn.ZeroPad2d(p)(_tensor(x)).numpy()


def output_size(n, k, stride, padding, dilation):
    import torch

    layer = torch.nn.Conv1d(1, 1, k, stride, padding, dilation)
    try:
        return layer(torch.zeros(1, 1, n)).shape[2]
    except RuntimeError:  # "Kernel size can't be greater than actual input size"
        return None


def same_padding(k, dilation):
    import torch

    sizes = [torch.nn.Conv1d(1, 1, k, 1, p, dilation)(torch.zeros(1, 1, 99)).shape[2] for p in range(k * dilation)]
    return sizes.index(99) if 99 in sizes else None


def transposed_output_size(n, k, stride, padding, output_padding):
    import torch

    layer = torch.nn.ConvTranspose1d(1, 1, k, stride, padding, output_padding)
    return layer(torch.zeros(1, 1, n)).shape[2]


def receptive_field(layers):
    """How many inputs have a gradient when one output in the middle of a stack of all-ones layers is asked for it."""
    import torch

    x = torch.zeros(1, 1, 400, requires_grad=True)
    values = x
    for k, stride in layers:
        values = torch.nn.functional.conv1d(values, torch.ones(1, 1, k), stride=stride)
    values[0, 0, values.shape[2] // 2].backward()
    seen = x.grad[0, 0].nonzero().ravel()
    return int(seen[-1] - seen[0] + 1)


def conv_params(c_in, c_out, k, bias, groups):
    import torch

    return sum(p.numel() for p in torch.nn.Conv2d(c_in, c_out, k, bias=bias, groups=groups).parameters())


def bottleneck_saving(c_in, c_mid, c_out, k):
    direct = conv_params(c_in, c_out, k, False, 1)
    return direct, conv_params(c_in, c_mid, 1, False, 1) + conv_params(c_mid, c_out, k, False, 1)


def _rows(size, layers):
    """Shapes and parameters of a chain of layers, run on one image; only those that have a name make a row."""
    import torch

    values, rows = torch.zeros(1, 3, size, size), []
    for name, layer in layers:
        values = layer(values)
        if name:
            rows.append((name, tuple(values.shape[1:]), sum(p.numel() for p in layer.parameters())))
    return rows


def alexnet_table():
    from torch import nn

    layers = [("conv1", nn.Conv2d(3, 96, 11, 4)), ("", nn.MaxPool2d(3, 2))]
    layers += [("conv2", nn.Conv2d(96, 256, 5, padding=2, groups=2)), ("", nn.MaxPool2d(3, 2))]
    layers += [("conv3", nn.Conv2d(256, 384, 3, padding=1)), ("conv4", nn.Conv2d(384, 384, 3, padding=1, groups=2))]
    layers += [("conv5", nn.Conv2d(384, 256, 3, padding=1, groups=2)), ("", nn.MaxPool2d(3, 2)), ("", nn.Flatten())]
    layers += [("fc6", nn.LazyLinear(4096)), ("fc7", nn.LazyLinear(4096)), ("fc8", nn.LazyLinear(1000))]
    return _rows(227, layers)


def vgg16_table():
    from torch import nn

    layers = []
    for block, (repeats, channels) in enumerate([(2, 64), (2, 128), (3, 256), (3, 512), (3, 512)], 1):
        layers += [(f"conv{block}_{i}", nn.LazyConv2d(channels, 3, padding=1)) for i in range(1, repeats + 1)]
        layers.append(("", nn.MaxPool2d(2)))
    layers += [("", nn.Flatten()), ("fc6", nn.LazyLinear(4096)), ("fc7", nn.LazyLinear(4096))]
    return _rows(224, [*layers, ("fc8", nn.LazyLinear(1000))])


def questions() -> list[tuple[str, tuple]]:
    """What is asked: name of a function above, arguments."""
    rng = np.random.default_rng(5)

    def layer(x, w, stride, padding):
        return rng.normal(size=x), rng.normal(size=w), stride, padding

    asked = [("correlate2d", (rng.normal(size=(5, 7)), rng.normal(size=(2, 3)), 0.75))]
    kinds = [((2, 3, 6, 7), (4, 3, 3, 2), 2, 1), ((3, 2, 5, 6), (2, 2, 2, 3), 1, 0), ((1, 2, 8, 5), (3, 2, 3, 1), 3, 0)]
    for kind in kinds:
        x, w, stride, padding = layer(*kind)
        asked.append(("conv2d", (x, w, rng.normal(size=len(w)), stride, padding)))
        size = [(x.shape[axis] + 2 * padding - w.shape[axis]) // stride + 1 for axis in (2, 3)]
        asked.append(("conv2d_backward", (rng.normal(size=(len(x), len(w), *size)), x, w, stride, padding)))
    ties = rng.integers(-2, 1, size=(2, 3, 6, 7)).astype(float)
    for x, k, stride in ((rng.normal(size=(2, 3, 5, 7)), 2, 2), (ties, 3, 2), (ties, 2, 1), (ties, 2, 3)):
        size = [(length - k) // stride + 1 for length in x.shape[2:]]
        asked.append(("max_pool2d", (x, k, stride)))
        asked.append(("max_pool2d_backward", (rng.normal(size=(*x.shape[:2], *size)), x, k, stride)))
    asked += [("global_avg_pool", (rng.normal(size=(2, 3, 4, 5)),)), ("pad_images", (rng.normal(size=(2, 3, 2, 4)), 2))]
    asked += [("output_size", case) for case in ((7, 3, 1, 0, 1), (28, 5, 3, 2, 2), (9, 4, 4, 2, 1), (5, 3, 1, 0, 3))]
    asked += [("same_padding", case) for case in ((3, 1), (5, 3), (2, 2), (4, 1), (4, 3))]
    asked += [("transposed_output_size", case) for case in ((4, 3, 1, 0, 0), (6, 5, 2, 1, 1), (3, 3, 3, 0, 2))]
    asked += [("receptive_field", (case,)) for case in ([(3, 1), (3, 1)], [(7, 2), (3, 2), (3, 1), (2, 2)])]
    asked += [("conv_params", case) for case in ((3, 8, 5, True, 1), (12, 20, 3, False, 4), (6, 6, 5, True, 6))]
    asked += [("bottleneck_saving", (256, 64, 128, 3)), ("alexnet_table", ()), ("vgg16_table", ())]
    return asked


def answer(name: str, arguments: tuple):
    """What torch says, in plain values; None where it refuses."""
    return globals()[name](*arguments)


if __name__ == "__main__":
    from _write import write

    write(TABLE, questions(), answer)

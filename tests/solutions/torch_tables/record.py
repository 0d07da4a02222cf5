"""What PyTorch answers to the exercises of chapter 2. Run by hand where torch is installed: rewrites `mlp.json`.

    python tests/solutions/torch_tables/record.py

The tests compare our solutions with the recorded numbers everywhere and, where torch can be imported, ask it again.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

TABLE = Path(__file__).with_name("mlp.json")


def _tensor(array, grad: bool = False):
    import torch

    return torch.tensor(np.asarray(array), requires_grad=grad)


def mse(y, y_hat):
    import torch

    return torch.nn.functional.mse_loss(_tensor(y_hat), _tensor(y)).item()


def mse_gradient(x, y, w, b):
    import torch

    w, b = _tensor(float(w), grad=True), _tensor(float(b), grad=True)
    torch.nn.functional.mse_loss(w * _tensor(x) + b, _tensor(y)).backward()
    return w.grad.item(), b.grad.item()


def fit_line(x, y, lr, steps):
    import torch

    w, b, losses = _tensor(0.0, grad=True), _tensor(0.0, grad=True), []
    optimizer = torch.optim.SGD([w, b], lr=lr)
    for _ in range(steps):
        optimizer.zero_grad()
        loss = torch.nn.functional.mse_loss(w * _tensor(x) + b, _tensor(y))
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return w.item(), b.item(), losses


def linear(x, w, b):
    import torch

    return torch.nn.functional.linear(_tensor(x), _tensor(w).T, _tensor(b)).numpy()


def _activation(name, z):
    import torch

    return getattr(torch, name)(_tensor(z)).numpy()


def _slope(name, z):
    import torch

    z = _tensor(z, grad=True)
    getattr(torch, name)(z).sum().backward()
    return z.grad.numpy()


def relu(z):
    return _activation("relu", z)


def sigmoid(z):
    return _activation("sigmoid", z)


def relu_grad(z):
    return _slope("relu", z)


def sigmoid_grad(z):
    return _slope("sigmoid", z)


def softmax(logits):
    import torch

    return torch.softmax(_tensor(logits), dim=1).numpy()


def cross_entropy(logits, labels):
    import torch

    return torch.nn.functional.cross_entropy(_tensor(logits), _tensor(labels)).item()


def cross_entropy_grad(logits, labels):
    import torch

    logits = _tensor(logits, grad=True)
    torch.nn.functional.cross_entropy(logits, _tensor(labels)).backward()
    return logits.grad.numpy()


def gaussian_nll(mean, log_var, y):
    import torch

    return torch.nn.functional.gaussian_nll_loss(_tensor(mean), _tensor(y), _tensor(log_var).exp()).item()


def find_the_bug(x, labels, w, b):
    import torch

    w, b = _tensor(w, grad=True), _tensor(b, grad=True)
    loss = torch.nn.functional.cross_entropy(_tensor(x) @ w + b, _tensor(labels))
    loss.backward()
    return loss.item(), w.grad.numpy(), b.grad.numpy()


def _sequential(params):
    """The net as torch builds it: Linear layers with ReLU between them, in float64."""
    import torch

    layers = []
    for w, b in params:
        layer = torch.nn.Linear(*w.shape, dtype=torch.float64)
        layer.weight.data, layer.bias.data = _tensor(w).T.contiguous(), _tensor(b)
        layers += [layer, torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1])


def mlp_forward(x, params):
    values, inputs = _tensor(x), []
    for layer in _sequential(params):
        if hasattr(layer, "weight"):
            inputs.append(values.detach().numpy())
        values = layer(values)
    return values.detach().numpy(), inputs


def mlp_backward(x, params, dlogits):
    """Takes x for the activations: torch keeps its own."""
    net = _sequential(params)
    net(_tensor(x)).backward(_tensor(dlogits))
    return [(layer.weight.grad.T.numpy(), layer.bias.grad.numpy()) for layer in net if hasattr(layer, "weight")]


def train_mlp(x, labels, params, lr, epochs):
    """Whole-batch SGD, so that the order of the samples is no matter."""
    import torch

    net, losses = _sequential(params), []
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(net(_tensor(x)), _tensor(labels))
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    layers = [layer for layer in net if hasattr(layer, "weight")]
    return [(layer.weight.detach().T.numpy(), layer.bias.detach().numpy()) for layer in layers], losses


def he_deviation(fan_in):
    """The standard deviation that torch's kaiming_normal_ gives a relu layer of `fan_in` inputs."""
    import torch

    return torch.nn.init.calculate_gain("relu") / float(fan_in) ** 0.5


def questions() -> list[tuple[str, tuple]]:
    """What is asked: name of a function above, arguments."""
    rng = np.random.default_rng(2)

    def net(*sizes):
        return [(rng.normal(size=(n, m)), rng.normal(size=m)) for n, m in zip(sizes[:-1], sizes[1:], strict=True)]

    far = np.array([[1000.0, 0.0, -1000.0], [-1000.0, -999.0, -1001.5]])
    z = np.array([[-1000.0, -2.5, -0.1], [0.3, 4.0, 1000.0]])
    logits, labels = rng.normal(scale=3.0, size=(5, 4)), np.array([3, 0, 3, 1, 3])
    return [
        ("mse", (rng.normal(size=(4, 3)), rng.normal(size=(4, 3)))),
        ("mse_gradient", (rng.normal(size=6), rng.normal(size=6), 1.5, -0.5)),
        ("fit_line", (rng.normal(size=6), rng.normal(size=6), 0.1, 5)),
        ("linear", (rng.normal(size=(4, 3)), rng.normal(size=(3, 2)), rng.normal(size=2))),
        ("relu", (z,)),
        ("sigmoid", (z,)),
        ("relu_grad", (np.append(z, 0.0),)),
        ("sigmoid_grad", (z,)),
        ("softmax", (logits,)),
        ("softmax", (far,)),
        ("cross_entropy", (logits, labels)),
        ("cross_entropy", (far, np.array([2, 1]))),
        ("cross_entropy_grad", (logits, labels)),
        ("cross_entropy_grad", (far, np.array([2, 1]))),
        ("gaussian_nll", (rng.normal(size=(4, 2)), rng.normal(size=(4, 2)), rng.normal(size=(4, 2)))),
        ("find_the_bug", (rng.normal(size=(5, 3)), labels, rng.normal(size=(3, 4)), rng.normal(size=4))),
        ("mlp_forward", (rng.normal(size=(5, 3)), net(3, 6, 4, 2))),
        ("mlp_backward", (rng.normal(size=(5, 3)), net(3, 6, 4, 2), rng.normal(size=(5, 2)))),
        ("train_mlp", (rng.normal(size=(5, 3)), labels, net(3, 6, 4), 0.2, 4)),
        ("he_deviation", (64,)),
    ]


def answer(name: str, arguments: tuple):
    """What torch says, in plain values."""
    return globals()[name](*arguments)


if __name__ == "__main__":
    from _write import write

    write(TABLE, questions(), answer)

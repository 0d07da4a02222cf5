"""What PyTorch answers to the exercises of chapter 4. Run by hand where torch is installed: rewrites
`regularization.json`.

    python tests/solutions/torch_tables/record_regularization.py

The tests compare our solutions with the recorded numbers everywhere and, where torch can be imported, ask it again.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

TABLE = Path(__file__).with_name("regularization.json")


def _tensor(array, grad: bool = False):
    import torch

    return torch.tensor(np.asarray(array, dtype=float), requires_grad=grad)


def _loaded(layer, gamma, beta):
    layer.weight.data, layer.bias.data = _tensor(gamma), _tensor(beta)
    return layer


def batch_norm(x, gamma, beta, state, train, momentum, eps):
    import torch

    layer = torch.nn.BatchNorm1d(len(gamma), eps=eps, momentum=momentum, dtype=torch.float64).train(train)
    _loaded(layer, gamma, beta)
    layer.running_mean, layer.running_var = _tensor(state["mean"]), _tensor(state["var"])
    out = layer(_tensor(x)).detach().numpy()
    return out, {"mean": layer.running_mean.numpy(), "var": layer.running_var.numpy()}


def running_statistics(batches, momentum):
    """The state after one batch after the other, from torch's own start: means 0, variances 1."""
    import torch

    layer = torch.nn.BatchNorm1d(batches[0].shape[1], momentum=momentum, dtype=torch.float64)
    for batch in batches:
        layer(_tensor(batch))
    return {"mean": layer.running_mean.numpy(), "var": layer.running_var.numpy()}


def batch_norm_backward(dout, x, gamma, eps):
    import torch

    x, gamma, beta = _tensor(x, grad=True), _tensor(gamma, grad=True), _tensor(np.zeros_like(gamma), grad=True)
    out = torch.nn.functional.batch_norm(x, None, None, gamma, beta, training=True, eps=eps)
    out.backward(_tensor(dout))
    return x.grad.numpy(), gamma.grad.numpy(), beta.grad.numpy()


def layer_norm(x, gamma, beta, eps):
    """torch's layer has a gamma for every entry: here all entries of a channel have the same."""
    import torch

    shape = np.shape(x)[1:]
    weight, bias = (_tensor(np.broadcast_to(np.reshape(v, (-1, 1, 1)), shape).copy()) for v in (gamma, beta))
    return torch.nn.functional.layer_norm(_tensor(x), shape, weight, bias, eps).numpy()


def group_norm(x, gamma, beta, groups, eps):
    import torch

    layer = torch.nn.GroupNorm(groups, np.shape(x)[1], eps=eps, dtype=torch.float64)
    return _loaded(layer, gamma, beta)(_tensor(x)).detach().numpy()


def instance_norm(x, gamma, beta, eps):
    import torch

    return torch.nn.functional.instance_norm(_tensor(x), weight=_tensor(gamma), bias=_tensor(beta), eps=eps).numpy()


def smoothed_loss(logits, labels, eps):
    """Cross-entropy with label smoothing, and its gradient: softmax less the smoothed targets, over N."""
    import torch

    logits = _tensor(logits, grad=True)
    loss = torch.nn.functional.cross_entropy(logits, torch.tensor(labels), label_smoothing=eps)
    loss.backward()
    return loss.item(), logits.grad.numpy()


def decay_step(w, g, lr, alpha):
    import torch

    parameter = torch.nn.Parameter(_tensor(w))
    parameter.grad = _tensor(g)
    torch.optim.SGD([parameter], lr=lr, weight_decay=alpha).step()
    return parameter.detach().numpy()


def dropout_backward(seed, x, dout, p):
    """(mask, gradient) of torch's own dropout, whose mask is whatever its generator draws."""
    import torch

    torch.manual_seed(seed)
    x = _tensor(x, grad=True)
    out = torch.nn.functional.dropout(x, p, training=True)
    out.backward(_tensor(dout))
    return out.detach().numpy(), x.grad.numpy()


def questions() -> list[tuple[str, tuple]]:
    """What is asked: name of a function above, arguments."""
    rng = np.random.default_rng(4)

    def pair(d):
        return rng.uniform(0.5, 2.0, d), rng.normal(size=d)

    def state(d):
        return {"mean": rng.normal(size=d), "var": rng.uniform(0.5, 3.0, d)}

    images = rng.normal(1.0, 2.0, size=(3, 6, 2, 4))
    asked = [
        ("batch_norm", (rng.normal(1.0, 2.0, size=(5, 3)), *pair(3), state(3), True, 0.2, 0.01)),
        ("batch_norm", (rng.normal(1.0, 2.0, size=(2, 4)), *pair(4), state(4), True, 0.7, 1e-5)),
        ("batch_norm", (rng.normal(1.0, 2.0, size=(4, 3)), *pair(3), state(3), False, 0.2, 0.01)),
        ("batch_norm", (rng.normal(1.0, 2.0, size=(1, 3)), *pair(3), state(3), False, 0.1, 1e-5)),
        ("running_statistics", ([rng.normal(k, 1.0 + k, size=(3 + k, 2)) for k in range(5)], 0.1)),
        ("running_statistics", ([rng.normal(k, 1.0 + k, size=(2, 3)) for k in range(4)], 0.6)),
        ("batch_norm_backward", (rng.normal(size=(5, 3)), rng.normal(1.0, 2.0, (5, 3)), pair(3)[0], 0.01)),
        ("batch_norm_backward", (rng.normal(size=(2, 4)), rng.normal(size=(2, 4)), pair(4)[1], 1e-5)),
        ("layer_norm", (images, *pair(6), 0.01)),
        ("layer_norm", (images[:1, :1], *pair(1), 1e-5)),
        ("instance_norm", (images, *pair(6), 0.01)),
        ("smoothed_loss", (rng.normal(scale=3.0, size=(5, 4)), np.array([3, 0, 3, 1, 2]), 0.1)),
        ("smoothed_loss", (rng.normal(scale=3.0, size=(3, 7)), np.array([6, 2, 2]), 0.4)),
        ("decay_step", (rng.normal(size=(3, 2)), rng.normal(size=(3, 2)), 0.3, 0.7)),
        ("decay_step", (rng.normal(size=4), np.zeros(4), 0.1, 0.01)),
        ("dropout_backward", (1, rng.uniform(1.0, 2.0, size=(4, 5)), rng.normal(size=(4, 5)), 0.3)),
        ("dropout_backward", (2, rng.uniform(1.0, 2.0, size=(4, 5)), rng.normal(size=(4, 5)), 0.75)),
    ]
    return asked + [("group_norm", (images, *pair(6), groups, 0.01)) for groups in (1, 2, 3, 6)]


def answer(name: str, arguments: tuple):
    """What torch says, in plain values."""
    return globals()[name](*arguments)


if __name__ == "__main__":
    from _write import write

    write(TABLE, questions(), answer)

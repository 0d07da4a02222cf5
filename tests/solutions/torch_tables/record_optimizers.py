"""What `torch.optim` does to w, step by step. Run by hand where torch is installed: rewrites `optimizers.json`.

    python tests/solutions/torch_tables/record_optimizers.py

Gradients and learning rates change from step to step. The tests compare our steps with the recorded numbers everywhere
and, where torch can be imported, ask it again.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

TABLE = Path(__file__).with_name("optimizers.json")


def _walk(make, w, gradients, rates):
    """All w on the way; `make(parameters)` gives the optimizer, `rates` the learning rate of every step."""
    import torch

    parameter = torch.nn.Parameter(torch.tensor(np.asarray(w)))
    optimizer, walked = make([parameter]), []
    for gradient, rate in zip(gradients, rates, strict=True):
        optimizer.param_groups[0]["lr"] = rate
        g = gradient(parameter.detach().numpy()) if callable(gradient) else gradient
        parameter.grad = torch.tensor(np.asarray(g))
        optimizer.step()
        walked.append(parameter.detach().numpy().copy())
    return walked


def gd(w, gradients, rates):
    import torch

    return _walk(lambda p: torch.optim.SGD(p, lr=1.0), w, gradients, rates)


def momentum(w, gradients, rates, beta):
    import torch

    return _walk(lambda p: torch.optim.SGD(p, lr=1.0, momentum=beta), w, gradients, rates)


def nesterov(w, slope, rates, beta):
    """torch's parameter is the point ahead, p = w - lr beta a; its gradient is taken there.

    So the walk is that of p. It is w's own, carried ahead by every step's own lr beta a, while the rate stays the same.
    """
    import torch

    return _walk(lambda p: torch.optim.SGD(p, lr=1.0, momentum=beta, nesterov=True), w, [slope] * len(rates), rates)


def adagrad(w, gradients, rates, eps):
    import torch

    return _walk(lambda p: torch.optim.Adagrad(p, eps=eps), w, gradients, rates)


def adadelta(w, gradients, gamma, eps):
    import torch

    rates = [1.0] * len(gradients)
    return _walk(lambda p: torch.optim.Adadelta(p, lr=1.0, rho=gamma, eps=eps), w, gradients, rates)


def rmsprop(w, gradients, rates, gamma, eps):
    import torch

    return _walk(lambda p: torch.optim.RMSprop(p, alpha=gamma, eps=eps), w, gradients, rates)


def adam(w, gradients, rates, beta1, beta2, eps):
    import torch

    return _walk(lambda p: torch.optim.Adam(p, betas=(beta1, beta2), eps=eps), w, gradients, rates)


def questions() -> list[tuple[str, tuple]]:
    """What is asked: name of a function above, arguments."""
    from dlbasic.probe_functions import named

    rng = np.random.default_rng(3)

    def walk(steps, *shape):
        gradients = rng.normal(scale=1.5, size=(steps, *shape))
        gradients[(0,) * gradients.ndim] = 0.0
        return rng.normal(size=shape), gradients

    rates = [0.3, 0.1, 0.4, 0.2, 0.05, 0.6]
    slope = named("valley", linear=[2.0, 0.5, -1.0], cube=[0.05, 0.1, 0.02], pull=0.3)
    asked = [("gd", (*walk(6, 3), rates)), ("momentum", (*walk(6, 3), rates, 0.7))]
    asked += [
        ("momentum", (*walk(4, 2, 3), rates[:4], 0.95)),
        ("nesterov", (rng.normal(size=3), slope, [0.1] * 6, 0.7)),
    ]
    for eps in (1e-2, 1e-8):
        asked += [
            ("adagrad", (*walk(6, 3), rates, eps)),
            ("adadelta", (*walk(6, 3), 0.8, eps)),
            ("rmsprop", (*walk(6, 3), rates, 0.8, eps)),
            ("adam", (*walk(6, 3), rates, 0.9, 0.999, eps)),
            ("adam", (*walk(4, 2, 3), rates[:4], 0.6, 0.8, eps)),
        ]
    return asked


def answer(name: str, arguments: tuple):
    """What torch says, in plain values."""
    return globals()[name](*arguments)


if __name__ == "__main__":
    from _write import write

    write(TABLE, questions(), answer)

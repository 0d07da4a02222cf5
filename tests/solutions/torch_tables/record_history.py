"""What PyTorch answers to the exercises of chapter 1. Run by hand where torch is installed: rewrites `history.json`.

    python tests/solutions/torch_tables/record_history.py

The tests compare our solutions with the recorded numbers everywhere and, where torch can be imported, ask it again.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

TABLE = Path(__file__).with_name("history.json")


def _tensor(array, grad: bool = False):
    import torch

    return torch.tensor(np.asarray(array), requires_grad=grad)


def attention(q, k, v, mask=None):
    """torch returns no weights: they are its output for values that are an identity matrix."""
    from torch.nn.functional import scaled_dot_product_attention

    def output(values):
        allowed = None if mask is None else _tensor(mask)
        return scaled_dot_product_attention(_tensor(q), _tensor(k), _tensor(values), attn_mask=allowed).numpy()

    keys = np.shape(k)[-2]
    return output(v), output(np.broadcast_to(np.eye(keys), (*np.shape(k)[:-1], keys)).copy())


def causal_attention(q, k, v):
    """The output with torch's own causal mask."""
    from torch.nn.functional import scaled_dot_product_attention

    return scaled_dot_product_attention(_tensor(q), _tensor(k), _tensor(v), is_causal=True).numpy()


def gan_losses(d_real, d_fake):
    import torch
    from torch.nn.functional import binary_cross_entropy_with_logits as bce

    real, fake = _tensor(d_real), _tensor(d_fake)
    discriminator = bce(real, torch.ones_like(real)) + bce(fake, torch.zeros_like(fake))
    return discriminator.item(), bce(fake, torch.ones_like(fake)).item()


def residual_block(x, w1, w2):
    import torch

    class Block(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.branch = torch.nn.Sequential(
                torch.nn.Linear(*np.shape(w1), bias=False, dtype=torch.float64),
                torch.nn.ReLU(),
                torch.nn.Linear(*np.shape(w2), bias=False, dtype=torch.float64),
            )
            self.branch[0].weight.data = _tensor(w1).T.contiguous()
            self.branch[2].weight.data = _tensor(w2).T.contiguous()

        def forward(self, x):
            return x + self.branch(x)

    return Block()(_tensor(x)).detach().numpy()


def nt_xent(z1, z2, temperature):
    """As its authors' readers write it: cross-entropy over cosine similarities, the diagonal masked."""
    import torch
    from torch.nn.functional import cosine_similarity, cross_entropy

    z = torch.cat([_tensor(z1), _tensor(z2)])
    logits = cosine_similarity(z[:, None], z[None, :], dim=-1) / temperature
    logits = logits.masked_fill(torch.eye(len(z), dtype=torch.bool), -torch.inf)
    half = len(z) // 2
    partners = torch.cat([torch.arange(half, 2 * half), torch.arange(half)])
    return cross_entropy(logits, partners).item()


def questions() -> list[tuple[str, tuple]]:
    """What is asked: name of a function above, arguments."""
    rng = np.random.default_rng(1)

    def normal(*shape):
        return rng.normal(size=shape)

    mask = np.array([[True, False, True], [False, True, False], [True, True, True], [False, False, True]])
    far = np.array([[1000.0, -1000.0, 3.0]])
    return [
        ("attention", (normal(4, 5), normal(3, 5), normal(3, 2))),
        ("attention", (normal(4, 5), normal(3, 5), normal(3, 2), mask)),
        ("attention", (normal(2, 4, 3), normal(2, 3, 3), normal(2, 3, 6), mask)),
        ("attention", (normal(2, 3, 4, 8), normal(2, 3, 5, 8), normal(2, 3, 5, 1))),
        ("attention", (50.0 * normal(4, 16), 50.0 * normal(3, 16), normal(3, 2), mask)),
        ("causal_attention", (normal(5, 4), normal(5, 4), normal(5, 3))),
        ("causal_attention", (normal(2, 6, 2), normal(2, 6, 2), normal(2, 6, 2))),
        ("gan_losses", (normal(6), normal(4))),
        ("gan_losses", (far, -far)),
        ("gan_losses", (np.zeros(3), np.zeros((2, 2)))),
        ("residual_block", (normal(5, 3), normal(3, 7), normal(7, 3))),
        ("residual_block", (normal(1, 4), normal(4, 2), normal(2, 4))),
        ("nt_xent", (normal(4, 6), normal(4, 6), 0.5)),
        ("nt_xent", (normal(1, 3), normal(1, 3), 0.1)),
        ("nt_xent", (7.0 * normal(5, 2), 0.1 * normal(5, 2), 0.05)),
    ]


def answer(name: str, arguments: tuple):
    """What torch says, in plain values."""
    return globals()[name](*arguments)


if __name__ == "__main__":
    from _write import write

    write(TABLE, questions(), answer)

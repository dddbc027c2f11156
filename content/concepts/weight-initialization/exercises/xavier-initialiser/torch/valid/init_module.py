"""Fans from a view of the weights, arithmetic on tensors."""

import torch


def fans(shape):
    w = torch.empty(tuple(shape), device="meta")
    return w[0].numel(), w[:, 0].numel()


def xavier_uniform(u, gain=1.0):
    n = torch.tensor(fans(u.shape), dtype=u.dtype).sum()
    a = gain * torch.sqrt(6.0 / n)
    return torch.lerp(-a, a, u)


def xavier_normal(z, gain=1.0):
    n = torch.tensor(fans(z.shape), dtype=z.dtype).sum()
    return z.mul(gain).div((n / 2).sqrt())

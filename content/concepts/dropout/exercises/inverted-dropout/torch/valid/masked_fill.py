"""With masked_fill on scaled activations; the cache is a tuple."""

import torch


def dropout_forward(x, u, p, training=True):
    if p < 0 or p >= 1:
        raise ValueError("p out of range")
    dropped = u < p if training else torch.zeros_like(x, dtype=torch.bool)
    scale = 1 / (1 - p) if training else 1.0
    return (x * scale).masked_fill(dropped, 0.0), (dropped, scale)


def dropout_backward(grad_y, cache):
    dropped, scale = cache
    return torch.where(dropped, torch.zeros_like(grad_y), grad_y * scale)

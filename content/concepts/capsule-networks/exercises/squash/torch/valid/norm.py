"""With the library's norm, whose gradient at zero is zero, and a small constant beside it."""

import torch


def squash(s, axis=-1):
    n = torch.linalg.vector_norm(s, dim=axis, keepdim=True)
    return (n**2 / (1 + n**2)) * (s / (n + 1e-8))

import torch


def squash(s, axis=-1):
    """Vectors of `s` along `axis`, with their lengths mapped into [0, 1)."""
    squared = s.pow(2).sum(dim=axis, keepdim=True)
    return s * squared / (1 + squared) * torch.rsqrt(squared + 1e-12)

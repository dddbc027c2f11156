"""The smaller of one and c / norm, with a tiny constant."""

import torch


def max_norm(w, c, axis=0):
    norm = torch.norm(w, p=2, dim=axis, keepdim=True)
    factor = torch.clamp(c / (norm + 1e-12), max=1.0)
    return w.clone().mul_(factor)

"""Zero vectors replaced before the root and masked after it."""

import torch


def squash(s, axis=-1):
    n2 = (s * s).sum(axis, keepdim=True)
    safe = torch.where(n2 > 0, n2, torch.ones_like(n2))
    return torch.where(n2 > 0, s * safe.sqrt() / (1 + safe), torch.zeros_like(s))

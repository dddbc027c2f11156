"""One flat vector for the norm; clones scaled in place."""

import math

import torch


def clip_by_global_norm(gradients, max_norm):
    norm = 0.0
    if gradients:
        norm = torch.cat([g.flatten().to(torch.float64) for g in gradients]).norm().item()
    if math.isnan(norm) or math.isinf(norm):
        raise ValueError("not finite")
    clipped = [g.clone() for g in gradients]
    if norm > max_norm:
        for g in clipped:
            g.mul_(max_norm).div_(norm)
    return clipped, norm

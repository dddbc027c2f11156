"""The norm of the stacked norms, a clamped coefficient with a small constant, as tensors."""

import torch


def clip_by_global_norm(gradients, max_norm):
    if not gradients:
        return [], torch.tensor(0.0)
    norms = torch.stack([torch.linalg.vector_norm(g, dtype=torch.float64) for g in gradients])
    norm = torch.linalg.vector_norm(norms)
    if norm.isnan() or norm.isinf():
        raise ValueError("The total norm is not finite")
    coefficient = torch.clamp(max_norm / (norm + 1e-6), max=1.0)
    return [g * coefficient.to(g.dtype) for g in gradients], norm

import torch


def clip_by_global_norm(gradients, max_norm):
    """(clipped, norm): new tensors whose global norm is at most `max_norm`, and the norm before."""
    total = sum((g.double() ** 2).sum().item() for g in gradients)
    norm = total**0.5
    if not torch.isfinite(torch.tensor(norm, dtype=torch.float64)):
        raise ValueError(f"the gradients' norm is {norm}")
    factor = max_norm / norm if norm > max_norm else 1.0
    return [g * factor for g in gradients], norm

import numpy as np


def clip_by_global_norm(gradients, max_norm):
    """(clipped, norm): new arrays whose global norm is at most `max_norm`, and the norm before."""
    total = sum((g.astype(np.float64) ** 2).sum() for g in gradients)
    norm = float(np.sqrt(total))
    if not np.isfinite(norm):
        raise ValueError(f"the gradients' norm is {norm}")
    factor = max_norm / norm if norm > max_norm else 1.0
    return [g * factor for g in gradients], norm

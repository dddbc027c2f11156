"""The norm of the norms, entries scaled by the largest first; a small constant in the denominator."""

import numpy as np


def clip_by_global_norm(gradients, max_norm):
    if not all(np.isfinite(g).all() for g in gradients):
        raise ValueError("not finite")
    top = max((float(np.abs(g).max()) for g in gradients), default=0.0)
    if top == 0:
        return [np.zeros_like(g) for g in gradients], 0
    norm = top * np.linalg.norm([np.linalg.norm((g / top).astype(float)) for g in gradients])
    coefficient = min(1.0, max_norm / (norm + 1e-6))
    return tuple(coefficient * g for g in gradients), norm

"""All gradients in one vector, cut up again at the end."""

import numpy as np


def clip_by_global_norm(gradients, max_norm):
    if len(gradients) == 0:
        return [], 0.0
    flat = np.concatenate([np.ravel(g) for g in gradients]).astype(np.longdouble)
    norm = np.sqrt(np.dot(flat, flat))
    if np.isnan(norm) or np.isinf(norm):
        raise ValueError("gradients are not finite")
    flat = (flat * np.minimum(1, max_norm / np.maximum(norm, 1e-12))).astype(float)
    out, start = [], 0
    for g in gradients:
        out.append(flat[start : start + g.size].reshape(g.shape))
        start += g.size
    return out, float(norm)

import numpy as np


def scaled_dot_product_attention(q, k, v, mask=None):
    """Attention of queries `q` (..., n_q, d) to keys `k` (..., n_k, d) with values `v` (..., n_k, d_v).

    `mask` broadcasts to (..., n_q, n_k); True: may attend. Returns (..., n_q, d_v).
    """
    d = q.shape[-1]
    scores = q @ np.swapaxes(k, -1, -2) / d**0.5
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    top = scores.max(axis=-1, keepdims=True)
    top = np.where(np.isfinite(top), top, 0)  # a fully masked row
    weights = np.exp(scores - top)
    total = weights.sum(axis=-1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1)
    return weights @ v

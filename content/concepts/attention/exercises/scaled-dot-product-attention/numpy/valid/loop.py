"""Row by row, as one might write it first."""

import numpy as np


def scaled_dot_product_attention(q, k, v, mask=None):
    scale = 1.0 / q.shape[-1] ** 0.5
    out = np.zeros((*q.shape[:-1], v.shape[-1]), dtype=v.dtype)
    full = (*q.shape[:-1], k.shape[-2])
    mask = np.ones(full, bool) if mask is None else np.broadcast_to(mask, full)
    for index in np.ndindex(q.shape[:-1]):
        allowed = mask[index]
        if not allowed.any():
            continue
        keys, values = k[index[:-1]][allowed], v[index[:-1]][allowed]
        s = keys @ q[index] * scale
        s = np.exp(s - s.max())
        out[index] = (s / s.sum()) @ values
    return out

"""With einsum; a finite number stands in for masked scores, and the weights are masked again."""

import numpy as np


def scaled_dot_product_attention(q, k, v, mask=None):
    scores = np.einsum("...id,...jd->...ij", q, k) / np.sqrt(q.shape[-1]).astype(q.dtype)
    allowed = np.ones(scores.shape, dtype=bool) if mask is None else np.broadcast_to(mask, scores.shape)
    scores = np.where(allowed, scores, np.finfo(scores.dtype).min / 4)
    e = np.exp(scores - np.max(scores, axis=-1, keepdims=True)) * allowed
    s = np.sum(e, axis=-1, keepdims=True)
    p = np.divide(e, s, out=np.zeros_like(e), where=s != 0)
    return np.einsum("...ij,...jv->...iv", p, v)

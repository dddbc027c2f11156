"""Matrices reshaped to heads, everything else with einsum."""

import numpy as np


def multi_head_attention(x_q, x_kv, w_q, w_k, w_v, w_o, num_heads, mask=None):
    d_in, d = w_q.shape
    head_dim, rest = divmod(d, num_heads)
    if rest:
        raise ValueError("d % num_heads != 0")
    wq, wk, wv = (w.reshape(d_in, num_heads, head_dim) for w in (w_q, w_k, w_v))
    q = np.einsum("bni,ihe->bhne", x_q, wq)
    k = np.einsum("bni,ihe->bhne", x_kv, wk)
    v = np.einsum("bni,ihe->bhne", x_kv, wv)
    logits = np.einsum("bhqe,bhke->bhqk", q, k) / np.sqrt(np.asarray(head_dim, dtype=q.dtype))
    if mask is not None:
        full = np.broadcast_to(mask, (x_q.shape[0], x_q.shape[1], x_kv.shape[1]))
        logits += np.where(full, 0, -np.inf)[:, None].astype(logits.dtype)
    logits -= logits.max(-1, keepdims=True)
    np.exp(logits, out=logits)
    logits /= logits.sum(-1, keepdims=True)
    return np.einsum("bhqk,bhke,hef->bqf", logits, v, w_o.reshape(num_heads, head_dim, -1))

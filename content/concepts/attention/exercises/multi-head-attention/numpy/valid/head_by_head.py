"""One head after the other, joined by concatenate."""

import numpy as np


def _softmax(s):
    e = np.exp(s - np.max(s, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)


def multi_head_attention(x_q, x_kv, w_q, w_k, w_v, w_o, num_heads, mask=None):
    if w_q.shape[-1] % num_heads != 0:
        raise ValueError("num_heads must divide the model size")
    outputs = []
    for q, k, v in zip(*(np.split(w, num_heads, axis=1) for w in (w_q, w_k, w_v)), strict=True):
        scores = np.einsum("bqd,bkd->bqk", x_q @ q, x_kv @ k) / np.sqrt(q.shape[1])
        if mask is not None:
            scores = np.where(mask, scores, -1e30)
        outputs.append(_softmax(scores) @ (x_kv @ v))
    return np.concatenate(outputs, axis=-1) @ w_o

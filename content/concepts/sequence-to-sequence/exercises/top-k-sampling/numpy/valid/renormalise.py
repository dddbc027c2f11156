"""Softmax over all tokens first, in float64; then the rest set to 0 and what is kept divided by its sum."""

import numpy as np


def top_k_sampling(logits, k, u):
    wide = np.asarray(logits, dtype=np.float64)
    n, c = wide.shape
    p = np.exp(wide - wide.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    for i in range(n):
        p[i, np.argsort(wide[i])[: max(c - k, 0)]] = 0
    p /= p.sum(axis=1, keepdims=True)
    tokens = []
    for i in range(n):
        token = int(np.searchsorted(np.cumsum(p[i]), u[i], side="right"))
        tokens.append(min(token, int(np.nonzero(p[i])[0].max())))
    return p, np.array(tokens)

"""The chosen columns gathered, kept in index order, and scattered back."""

import numpy as np


def top_k_sampling(logits, k, u):
    c = logits.shape[1]
    k = min(int(k), c)
    columns = np.sort(np.argpartition(-logits, k - 1, axis=1)[:, :k], axis=1)
    chosen = np.take_along_axis(logits, columns, axis=1)
    e = np.exp(chosen - chosen.max(axis=1, keepdims=True))
    weights = e / e.sum(axis=1, keepdims=True)
    p = np.zeros_like(logits)
    np.put_along_axis(p, columns, weights, axis=1)
    running = np.cumsum(weights, axis=1)
    hit = (running > u.reshape(-1, 1)) & (weights > 0)
    last = k - 1 - np.argmax(weights[:, ::-1] > 0, axis=1)
    place = np.where(hit.any(axis=1), hit.argmax(axis=1), last)
    return p, columns[np.arange(len(u)), place]

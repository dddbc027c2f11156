"""Masks the logits by ranks, with a second softmax in place of the division."""

import numpy as np


def _softmax(z):
    z = z - np.max(z, axis=-1, keepdims=True)
    return np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)


def top_p_sampling(logits, p, u):
    full = _softmax(logits)
    order = np.argsort(-logits, axis=1)
    running = np.cumsum(np.take_along_axis(full, order, axis=1), axis=1)
    remove = running >= p
    remove[:, 1:] = remove[:, :-1].copy()  # the one that crosses stays
    remove[:, 0] = False
    ranks = np.argsort(order, axis=1)
    out = _softmax(np.where(np.take_along_axis(remove, ranks, axis=1), -np.inf, logits))
    over = (np.cumsum(out, axis=1) > u[:, None]) & (out > 0)
    last = out.shape[1] - 1 - (out[:, ::-1] > 0).argmax(axis=1)
    return out, np.where(over.any(axis=1), over.argmax(axis=1), last)

"""Log-softmax first; the first index where the cumulative sum exceeds u; a list returned."""

import numpy as np


def temperature_sampling(logits, temperature, u):
    if not temperature:
        p = np.eye(logits.shape[1])[np.argmax(logits, axis=-1)]
    else:
        scaled = logits / temperature
        lse = np.logaddexp.reduce(scaled, axis=1, keepdims=True)
        p = np.exp(scaled - lse)
    over = np.cumsum(p, axis=1) > np.asarray(u)[:, np.newaxis]
    last = p.shape[1] - 1 - np.argmax(p[:, ::-1] > 0, axis=1)
    return [p, np.where(over.any(axis=1), over.argmax(axis=1), last)]

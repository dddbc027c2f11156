"""Row by row, taking tokens until enough is held; clamped to the last possible token."""

import numpy as np


def top_p_sampling(logits, p, u):
    probabilities = np.zeros(logits.shape)
    tokens = []
    for i, row in enumerate(logits.astype(float)):
        w = np.exp(row - row.max())
        w /= w.sum()
        order = np.argsort(w)[::-1]
        size = int(np.searchsorted(np.cumsum(w[order]), p)) + 1
        chosen = order[:size]
        probabilities[i, chosen] = w[chosen] / w[chosen].sum()
        k = int((np.cumsum(probabilities[i]) <= u[i]).sum())
        tokens.append(min(k, np.flatnonzero(probabilities[i])[-1]))
    return probabilities, np.array(tokens)

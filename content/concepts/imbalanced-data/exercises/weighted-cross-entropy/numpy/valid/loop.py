"""Row by row, with np.average for the weighted mean."""

import numpy as np


def weighted_cross_entropy(logits, labels, weights):
    losses, rows, w = [], [], []
    for row, y in zip(logits, labels, strict=True):
        e = np.exp(row - row.max())
        losses.append(np.log(e.sum()) - (row[y] - row.max()))
        g = e / e.sum()
        g[y] -= 1
        rows.append(weights[y] * g)
        w.append(weights[y])
    return np.average(losses, weights=w), np.stack(rows) / np.sum(w)

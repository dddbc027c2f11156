"""Squared distances as 2 - 2 cos, and selection by masked arrays of cosines."""

import numpy as np


def triplet_loss(anchor, positive, negative, margin=0.2):
    a, p, n = (v / np.linalg.norm(v, axis=-1, keepdims=True) for v in (anchor, positive, negative))
    losses = 2 * np.einsum("nd,nd->n", a, n) - 2 * np.einsum("nd,nd->n", a, p) + margin
    return float(np.mean(losses * (losses > 0)))


def batch_hard_triplet_loss(embeddings, labels, margin=0.2):
    x = embeddings / np.linalg.norm(embeddings, axis=1)[:, None]
    squared = np.clip(2 - 2 * x @ x.T, 0, None)
    equal = np.equal.outer(labels, labels)
    total, count = 0.0, 0
    for i in range(len(labels)):
        positive = np.delete(squared[i], i)[np.delete(equal[i], i)]
        negative = squared[i][~equal[i]]
        if positive.size and negative.size:
            total += max(positive.max() - negative.min() + margin, 0.0)
            count += 1
    return total / max(count, 1)

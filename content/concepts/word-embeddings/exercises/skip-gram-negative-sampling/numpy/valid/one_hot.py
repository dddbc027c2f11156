"""All scores at once as a matrix product, with counts of the occurrences in place of indexing."""

import numpy as np


def skip_gram_negative_sampling(centre_vectors, context_vectors, centres, contexts, negatives):
    v, n = centre_vectors.shape[0], centres.shape[0]
    positive, negative = np.zeros((v, v)), np.zeros((v, v))
    for c, o in zip(centres, contexts, strict=False):
        positive[c, o] += 1
    for c, row in zip(centres, negatives, strict=False):
        for m in row:
            negative[c, m] += 1
    scores = centre_vectors @ context_vectors.T
    soft = np.maximum(scores, 0) + np.log1p(np.exp(-np.abs(scores)))  # softplus(s)
    loss = np.sum(positive * (soft - scores) + negative * soft) / n
    small = np.exp(-np.abs(scores))
    up = np.where(scores >= 0, 1, small) / (1 + small)
    down = np.where(scores >= 0, small, 1) / (1 + small)
    e = (negative * up - positive * down) / n
    return loss, e @ context_vectors, e.T @ centre_vectors

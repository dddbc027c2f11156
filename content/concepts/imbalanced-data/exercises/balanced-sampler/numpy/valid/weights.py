"""Inverse frequencies normalised to one; the class found in its cumulative probabilities."""

import numpy as np


def balanced_sampler(labels, u):
    classes, counts = np.unique(labels, return_counts=True)
    frequency = dict(zip(classes.tolist(), counts.tolist(), strict=True))
    inverse = np.array([1.0 / frequency[int(y)] for y in labels])
    edges = np.arange(1, len(classes) + 1) / len(classes)
    drawn = np.minimum(np.searchsorted(edges, u[:, 0], side="right"), len(classes) - 1)
    indices = np.empty(len(u), dtype=np.int64)
    for i, c in enumerate(drawn):
        (pool,) = np.nonzero(labels == classes[c])
        indices[i] = pool[int(np.floor(u[i, 1] * pool.size))]
    return inverse / inverse.sum(), indices

"""Sorted by class once, then dealt in turn, so that the folds are of equal size too."""

import numpy as np


def stratified_k_fold(labels, k, permutation):
    largest = max(np.sum(labels == c) for c in set(labels.tolist()))
    if k < 2 or k > largest:
        raise ValueError(k)
    order = permutation[np.argsort(labels[permutation], kind="stable")]
    pairs = []
    for f in range(k):
        test = order[f::k]
        pairs.append([np.setdiff1d(permutation, test), test])
    return tuple(pairs)

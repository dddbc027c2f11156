import numpy as np


def stratified_k_fold(labels, k, permutation):
    """A list of `k` pairs (train, test) of indices into `labels` (n,), dealt as `permutation` lists them."""
    classes, counts = np.unique(labels, return_counts=True)
    if not 2 <= k <= counts.max():
        raise ValueError(f"k is {k}; it must be between 2 and {counts.max()}, the size of the largest class")
    fold = np.empty(len(labels), dtype=int)
    for c in classes:
        members = permutation[labels[permutation] == c]  # in shuffled order
        fold[members] = np.arange(len(members)) % k
    return [(np.flatnonzero(fold != f), np.flatnonzero(fold == f)) for f in range(k)]

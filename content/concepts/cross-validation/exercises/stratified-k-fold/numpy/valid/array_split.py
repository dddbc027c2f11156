"""Each class cut into k nearly equal pieces."""

import numpy as np


def stratified_k_fold(labels, k, permutation):
    classes, counts = np.unique(labels, return_counts=True)
    if k < 2 or k > max(counts):
        raise ValueError("bad k")
    shuffled = labels[permutation]
    tests = [[] for _ in range(k)]
    for c in classes:
        for f, piece in enumerate(np.array_split(permutation[shuffled == c], k)):
            tests[f].extend(piece.tolist())
    everything = set(range(len(labels)))
    return [(np.array(sorted(everything - set(test))), np.array(test)) for test in tests]

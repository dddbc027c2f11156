"""Draw by draw with flatnonzero."""

import numpy as np


def balanced_sampler(labels, u):
    classes = np.unique(labels)
    pools = [np.flatnonzero(labels == c) for c in classes]
    probabilities = np.zeros(len(labels))
    for pool in pools:
        probabilities[pool] = 1.0 / len(pool) / len(classes)
    indices = [pools[int(a * len(pools))][int(b * len(pools[int(a * len(pools))]))] for a, b in u]
    return probabilities, np.array(indices, dtype=np.int32)

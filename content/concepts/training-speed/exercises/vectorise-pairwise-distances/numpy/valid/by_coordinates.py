"""One loop over the coordinates: squares of outer differences added up."""

import numpy as np


def pairwise_distances(a, b):
    total = 0.0
    for k in range(a.shape[1]):
        total = total + np.subtract.outer(a[:, k], b[:, k]) ** 2
    return total**0.5

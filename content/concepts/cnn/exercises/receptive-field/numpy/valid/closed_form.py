"""The closed form with a cumulative product; NumPy integers in an array."""

import numpy as np


def receptive_field(layers):
    if len(layers) == 0:
        return np.array([1, 1])
    k, s, d = np.array(layers).T
    before = np.cumprod(np.concatenate([[1], s]))
    return np.array([1 + np.sum(d * (k - 1) * before[:-1]), before[-1]])

"""Desired norm over norm, with a tiny constant against the division by zero."""

import numpy as np


def max_norm(w, c, axis=0):
    norms = np.sqrt(np.sum(np.square(w), axis=axis, keepdims=True))
    desired = np.clip(norms, 0, c)
    return w * (desired / (1e-7 + norms))

"""Keeps where u < 1 - p; the cache is a tuple, or None in evaluation."""

import numpy as np


def dropout_forward(x, u, p, training=True):
    if p < 0 or p >= 1:
        raise ValueError("p out of range")
    if not training:
        return x.copy(), None
    keep = 1.0 - p
    mask = u < keep
    return np.where(mask, x / keep, 0.0), (mask, keep)


def dropout_backward(grad_y, cache):
    if cache is None:
        return grad_y
    mask, keep = cache
    return grad_y * mask / keep

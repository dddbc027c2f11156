"""A running maximum over the offsets within the window."""

import numpy as np


def max_pool_forward(x, size, stride=None, padding=0):
    if stride is None:
        stride = size
    n, c, h, w = x.shape
    big = np.full((n, c, h + 2 * padding, w + 2 * padding), -np.inf, dtype=x.dtype)
    big[:, :, padding : padding + h, padding : padding + w] = x
    rows, columns = (big.shape[2] - size) // stride + 1, (big.shape[3] - size) // stride + 1
    best = None
    for u in range(size):
        for v in range(size):
            part = big[:, :, u::stride, v::stride][:, :, :rows, :columns]
            best = part.copy() if best is None else np.maximum(best, part)
    return best

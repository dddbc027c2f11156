"""Plain loops that keep the last of equal pixels."""

import numpy as np


def max_pool_backward(grad_y, x, size, stride=None):
    if stride is None:
        stride = size
    dx = np.zeros_like(x)
    n, c, oh, ow = grad_y.shape
    for a in range(n):
        for b in range(c):
            for i in range(oh):
                for j in range(ow):
                    best, where = -np.inf, None
                    for u in range(i * stride, i * stride + size):
                        for v in range(j * stride, j * stride + size):
                            if x[a, b, u, v] >= best:
                                best, where = x[a, b, u, v], (u, v)
                    dx[a, b, where[0], where[1]] += grad_y[a, b, i, j]
    return dx

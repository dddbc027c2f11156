"""A mask of the pixels that equal the maximum: each winner gets the whole gradient."""

import numpy as np


def max_pool_backward(grad_y, x, size, stride=None):
    stride = stride or size
    grad_x = np.zeros(x.shape, dtype=x.dtype)
    for i in range(grad_y.shape[2]):
        for j in range(grad_y.shape[3]):
            rows, columns = slice(i * stride, i * stride + size), slice(j * stride, j * stride + size)
            window = x[:, :, rows, columns]
            mask = window == window.max(axis=(2, 3), keepdims=True)
            grad_x[:, :, rows, columns] += mask * grad_y[:, :, i, j][:, :, None, None]
    return grad_x

"""Row by row with np.diag and np.outer."""

import numpy as np


def softmax(z):
    out = np.zeros_like(z)
    for i, row in enumerate(z):
        e = np.exp(row - np.max(row))
        out[i] = e / np.sum(e)
    return out


def softmax_jacobian(z):
    return np.stack([np.diag(p) - np.outer(p, p) for p in softmax(z)])


def softmax_backward(z, upstream):
    grads = np.empty(z.shape)
    for i, p in enumerate(softmax(z)):
        grads[i] = p * upstream[i] - p * np.dot(p, upstream[i])
    return grads

import numpy as np


def softmax(z):
    """Probabilities (n, c) of logits (n, c), row by row."""
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def softmax_jacobian(z):
    """Jacobians (n, c, c) of the softmax of each row: entry [i, j, k] is dp_ij / dz_ik."""
    p = softmax(z)
    return p[:, :, None] * (np.eye(p.shape[1]) - p[:, None, :])


def softmax_backward(z, upstream):
    """Gradient (n, c) with respect to the logits, from that with respect to the probabilities, `upstream` (n, c)."""
    p = softmax(z)
    dot = (p * upstream).sum(axis=1, keepdims=True)
    return p * (upstream - dot)

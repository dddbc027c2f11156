import numpy as np


def dropout_forward(x, u, p, training=True):
    """`x` with a share `p` dropped, decided by the uniform numbers `u` of its shape, and what backward needs."""
    if not 0 <= p < 1:
        raise ValueError(f"p must lie in [0, 1), not {p}")
    if not training:
        return x, np.ones_like(x)
    mask = (u >= p) / (1 - p)
    return x * mask, mask


def dropout_backward(grad_y, cache):
    """The gradient for x, given that for y and the cache of the forward pass."""
    return grad_y * cache

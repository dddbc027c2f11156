"""Broadcasting with kept dimensions, a constant under the root, no update in the last iteration."""

import numpy as np


def _squash(s, eps=1e-8):
    n2 = np.sum(s * s, axis=-1, keepdims=True)
    return n2 / (1.0 + n2) * s / np.sqrt(n2 + eps)


def dynamic_routing(predictions, iterations=3):
    n, lower, higher, _ = predictions.shape
    b = np.zeros((n, lower, higher, 1))
    for r in range(iterations):
        c = np.exp(b - np.logaddexp.reduce(b, axis=2, keepdims=True))
        v = _squash((c * predictions).sum(axis=1, keepdims=True))
        if r < iterations - 1:
            b = b + (predictions * v).sum(axis=-1, keepdims=True)
    return v[:, 0], c[..., 0]

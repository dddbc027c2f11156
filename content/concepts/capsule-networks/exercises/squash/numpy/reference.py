import numpy as np


def squash(s, axis=-1):
    """Vectors of `s` along `axis`, with their lengths mapped into [0, 1)."""
    squared = (s**2).sum(axis=axis, keepdims=True)
    return s * np.sqrt(squared) / (1 + squared)

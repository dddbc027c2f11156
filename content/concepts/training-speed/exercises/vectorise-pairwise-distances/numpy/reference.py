import numpy as np


def pairwise_distances(a, b):
    """Euclidean distances (n, m) of the rows of a (n, d) from those of b (m, d)."""
    a2 = (a * a).sum(axis=1)[:, None]  # (n, 1)
    b2 = (b * b).sum(axis=1)[None, :]  # (1, m)
    squared = -2 * (a @ b.T)
    squared += a2
    squared += b2
    np.maximum(squared, 0, out=squared)
    return np.sqrt(squared)

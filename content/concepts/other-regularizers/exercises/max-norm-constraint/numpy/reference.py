import numpy as np


def max_norm(w, c, axis=0):
    """`w` with every vector along `axis`, an integer or a tuple, scaled back to Euclidean norm `c` if it is longer."""
    norm = np.sqrt((w**2).sum(axis=axis, keepdims=True))
    return w * (c / np.maximum(norm, c))

"""Moves the vector's axes to the end, flattens them, and goes through the vectors."""

import numpy as np


def max_norm(w, c, axis=0):
    axes = tuple(a % w.ndim for a in np.atleast_1d(axis))
    rest = [a for a in range(w.ndim) if a not in axes]
    moved = np.transpose(w, rest + list(axes)).copy()
    rows = moved.reshape(int(np.prod([w.shape[a] for a in rest])), -1)
    for row in rows:
        n = np.linalg.norm(row)
        if n > c:
            row *= c / n
    return np.transpose(rows.reshape(moved.shape), np.argsort(rest + list(axes)))

"""Keeps all fields up to date and changes them only when a unit flips; integer states."""

import numpy as np


def hopfield_weights(patterns):
    p, n = patterns.shape
    w = np.zeros((n, n))
    for x in patterns:
        w += np.outer(x, x)
    return (w - p * np.eye(n)) / n


def hopfield_energy(weights, state):
    return float(-np.einsum("i,ij,j->", state, weights, state) / 2)


def hopfield_recall(weights, state, order, max_sweeps=100):
    s = np.array(state, dtype=int)
    fields = weights.astype(float) @ s
    for _ in range(max_sweeps):
        flipped = False
        for i in order.tolist():
            if fields[i] * s[i] < 0:
                fields += 2.0 * weights[:, i] * -s[i]
                s[i] = -s[i]
                flipped = True
        if not flipped:
            return s
    return s

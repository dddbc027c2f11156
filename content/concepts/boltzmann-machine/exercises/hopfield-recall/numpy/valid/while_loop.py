"""A while loop with a counter; where for the sign; ones taken off the diagonal."""

import numpy as np


def hopfield_weights(patterns):
    n = patterns.shape[1]
    return np.einsum("pi,pj->ij", patterns, patterns) / n * (1 - np.eye(n))


def hopfield_energy(weights, state):
    return -np.sum(np.triu(weights) * np.outer(state, state))


def hopfield_recall(weights, state, order, max_sweeps=100):
    s = np.array(state)
    changed, sweeps = True, 0
    while changed and sweeps < max_sweeps:
        changed = False
        sweeps += 1
        for i in order:
            field = np.dot(weights[:, i], s)
            new = 1.0 if field > 0 else (-1.0 if field < 0 else s[i])
            changed |= bool(new != s[i])
            s[i] = new
    return s

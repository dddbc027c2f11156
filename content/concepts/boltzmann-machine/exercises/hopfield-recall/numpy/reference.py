import numpy as np


def hopfield_weights(patterns):
    """Hebbian weights (n, n) of `patterns` (p, n) of -1 and +1, with a zero diagonal."""
    weights = patterns.T @ patterns / patterns.shape[1]
    np.fill_diagonal(weights, 0)
    return weights


def hopfield_energy(weights, state):
    """Energy of a `state` (n,)."""
    return -0.5 * state @ weights @ state


def hopfield_recall(weights, state, order, max_sweeps=100):
    """The state (n,) at rest, reached from `state` by visiting the units in `order`."""
    state = state.copy()
    for _ in range(max_sweeps):
        before = state.copy()
        for i in order:
            field = weights[i] @ state
            if field != 0:
                state[i] = np.sign(field)
        if np.array_equal(state, before):
            break
    return state

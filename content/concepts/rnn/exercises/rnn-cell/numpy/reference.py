import numpy as np


def rnn_cell(x, h, w_x, w_h, b):
    """One step: inputs `x` (n, d) and states `h` (n, m) to new states (n, m)."""
    return np.tanh(x @ w_x + h @ w_h + b)


def rnn_forward(x, h_0, w_x, w_h, b):
    """All states (n, T, m) of sequences `x` (n, T, d) that begin in the states `h_0` (n, m)."""
    h, states = h_0, []
    for t in range(x.shape[1]):
        h = rnn_cell(x[:, t], h, w_x, w_h, b)
        states.append(h)
    return np.stack(states, axis=1)

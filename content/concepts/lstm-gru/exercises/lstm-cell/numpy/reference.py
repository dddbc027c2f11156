import numpy as np


def lstm_cell(x, h, c, w, u, b):
    """One step: inputs `x` (n, d), states `h` and `c` (n, m), parameters by gate. Returns (h_new, c_new)."""
    a = {gate: x @ w[gate] + h @ u[gate] + b[gate] for gate in w}
    c_new = _sigmoid(a["forget"]) * c + _sigmoid(a["input"]) * np.tanh(a["candidate"])
    h_new = _sigmoid(a["output"]) * np.tanh(c_new)
    return h_new, c_new


def lstm_forward(x, h_0, c_0, w, u, b):
    """The hidden states (n, T, m) of sequences `x` (n, T, d) that begin in `h_0` and `c_0` (n, m)."""
    h, c, states = h_0, c_0, []
    for t in range(x.shape[1]):
        h, c = lstm_cell(x[:, t], h, c, w, u, b)
        states.append(h)
    return np.stack(states, axis=1)


def _sigmoid(a):
    return (1 + np.tanh(a / 2)) / 2  # overflows nowhere

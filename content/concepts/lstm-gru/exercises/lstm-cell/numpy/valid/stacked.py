"""The four matrices side by side, one product for all gates; the sigmoid as it is printed."""

import numpy as np

ORDER = ("input", "forget", "candidate", "output")


def lstm_cell(x, h, c, w, u, b):
    w, u = (np.hstack([p[g] for g in ORDER]) for p in (w, u))
    a = np.dot(x, w) + np.dot(h, u) + np.concatenate([b[g] for g in ORDER])
    m = h.shape[1]
    with np.errstate(over="ignore"):
        gates = 1 / (1 + np.exp(-a))
    i, f, o = gates[:, :m], gates[:, m : 2 * m], gates[:, 3 * m :]
    c_new = f * c + i * np.tanh(a[:, 2 * m : 3 * m])
    return o * np.tanh(c_new), c_new


def lstm_forward(x, h_0, c_0, w, u, b):
    out = np.empty((x.shape[0], x.shape[1], h_0.shape[1]), dtype=x.dtype)
    state = (h_0, c_0)
    for t in range(x.shape[1]):
        state = lstm_cell(x[:, t, :], *state, w, u, b)
        out[:, t] = state[0]
    return out

"""A sigmoid by cases; the pair as a list."""

import numpy as np


def _gate(x, h, w, u, b, key):
    return np.einsum("nd,dm->nm", x, w[key]) + np.einsum("nk,km->nm", h, u[key]) + b[key]


def _sigma(a):
    e = np.exp(-np.abs(a))
    return np.where(a >= 0, 1 / (1 + e), e / (1 + e))


def lstm_cell(x, h, c, w, u, b):
    write = _sigma(_gate(x, h, w, u, b, "input")) * np.tanh(_gate(x, h, w, u, b, "candidate"))
    keep = _sigma(_gate(x, h, w, u, b, "forget")) * c
    return [_sigma(_gate(x, h, w, u, b, "output")) * np.tanh(keep + write), keep + write]


def lstm_forward(x, h_0, c_0, w, u, b):
    h, c, rows = h_0, c_0, []
    for x_t in np.swapaxes(x, 0, 1):
        h, c = lstm_cell(x_t, h, c, w, u, b)
        rows.append(h[:, None])
    return np.concatenate(rows, axis=1)

"""The inputs' part for all steps at once, the states in a prepared array."""

import numpy as np


def rnn_cell(x, h, w_x, w_h, b):
    return np.tanh(np.hstack([x, h]) @ np.vstack([w_x, w_h]) + b)


def rnn_forward(x, h_0, w_x, w_h, b):
    states = np.einsum("ntd,dm->ntm", x, w_x) + b
    before = h_0
    for t in range(states.shape[1]):
        states[:, t] = np.tanh(states[:, t] + before @ w_h)
        before = states[:, t]
    return states

"""Time as the first axis inside, and tanh by exponentials."""

import numpy as np


def _tanh(a):
    e = np.exp(-2 * np.abs(a))
    return np.sign(a) * (1 - e) / (1 + e)


def rnn_cell(x, h, w_x, w_h, b):
    return _tanh(np.dot(x, w_x) + np.dot(h, w_h) + b[None, :])


def rnn_forward(x, h_0, w_x, w_h, b):
    states = [h_0]
    for x_t in np.moveaxis(x, 1, 0):
        states.append(rnn_cell(x_t, states[-1], w_x, w_h, b))
    return np.array(states[1:]).transpose(1, 0, 2)

"""Each sign in its own formula, by boolean masks; the derivative from both tails."""

import numpy as np


def sigmoid(x):
    out = np.empty_like(x)
    positive = x >= 0
    out[positive] = 1.0 / (1.0 + np.exp(-x[positive]))
    small = np.exp(x[~positive])
    out[~positive] = small / (1.0 + small)
    return out


def sigmoid_derivative(x):
    return sigmoid(x) * sigmoid(-x)

"""By way of the logarithm: exp(-softplus(-x))."""

import numpy as np


def _log_sigmoid(x):
    return np.minimum(x, 0) - np.log1p(np.exp(-abs(x)))


def sigmoid(x):
    return np.exp(-np.logaddexp(0, -x))


def sigmoid_derivative(x):
    return np.exp(_log_sigmoid(x) + _log_sigmoid(-x))

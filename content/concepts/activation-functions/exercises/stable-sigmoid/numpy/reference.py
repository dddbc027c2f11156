import numpy as np


def sigmoid(x):
    """1 / (1 + exp(-x)), elementwise, without overflow and without loss of small values."""
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e)


def sigmoid_derivative(x):
    """The derivative of the sigmoid at x, elementwise."""
    e = np.exp(-np.abs(x))
    return e / (1 + e) ** 2

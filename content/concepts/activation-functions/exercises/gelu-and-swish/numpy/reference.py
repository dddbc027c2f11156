import math

import numpy as np


def gelu(x):
    """x times the standard normal distribution function of x, elementwise."""
    return x * _normal_cdf(x)


def gelu_derivative(x):
    """The derivative of the exact GELU, elementwise."""
    return _normal_cdf(x) + x * np.exp(-0.5 * x**2) / math.sqrt(2 * math.pi)


def gelu_tanh(x):
    """The approximation of GELU with tanh, elementwise."""
    return 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


def swish(x, beta=1.0):
    """x * sigmoid(beta * x), elementwise."""
    return x * _sigmoid(beta * x)


def swish_derivative(x, beta=1.0):
    """The derivative of Swish with respect to x, elementwise."""
    s = _sigmoid(beta * x)
    return s + beta * x * s * (1 - s)


def _normal_cdf(x):
    erf = np.array([math.erf(v) for v in (x / math.sqrt(2)).ravel()])
    return 0.5 * (1 + erf.reshape(x.shape))


def _sigmoid(v):
    e = np.exp(-np.abs(v))
    return np.where(v >= 0, 1, e) / (1 + e)

"""Copies that are changed under a mask; the slope at 0 is that of the right side."""

import numpy as np


def relu(x):
    out = x.copy()
    out[out < 0] = 0
    return out


def relu_derivative(x):
    return np.where(x >= 0, 1, 0)


def leaky_relu(x, slope=0.01):
    out = x.copy()
    out[x < 0] *= slope
    return out


def leaky_relu_derivative(x, slope=0.01):
    out = np.ones_like(x)
    out[x < 0] = slope
    return out


def elu(x, alpha=1.0):
    out = x.copy()
    negative = x < 0
    out[negative] = alpha * np.expm1(x[negative])
    return out


def elu_derivative(x, alpha=1.0):
    out = np.ones_like(x)
    out[x < 0] = alpha * np.exp(x[x < 0])
    return out

"""math.erf by np.vectorize; the sigmoid by tanh."""

import math

import numpy as np

ERF = np.vectorize(math.erf, otypes=[float])


def gelu(x):
    return 0.5 * x * (1.0 + ERF(x / np.sqrt(2.0)))


def gelu_derivative(x):
    density = np.exp(-np.square(x) / 2) / np.sqrt(2 * np.pi)
    return 0.5 * (1.0 + ERF(x / np.sqrt(2.0))) + x * density


def gelu_tanh(x):
    inner = np.sqrt(2 / np.pi) * x * (1 + 0.044715 * x * x)
    return x * (np.tanh(inner) + 1) / 2


def sigmoid(v):
    return 0.5 + 0.5 * np.tanh(v / 2)


def swish(x, beta=1.0):
    return x * sigmoid(beta * x)


def swish_derivative(x, beta=1.0):
    value = swish(x, beta)
    return beta * value + sigmoid(beta * x) * (1 - beta * value)

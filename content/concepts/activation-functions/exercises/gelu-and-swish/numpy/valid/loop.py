"""Number by number with the complementary error function."""

import math

import numpy as np


def each(f, x):
    return np.array([f(v) for v in x.ravel().tolist()]).reshape(x.shape)


def phi(v):
    return math.erfc(-v / 2**0.5) / 2


def gelu(x):
    return each(lambda v: v * phi(v), x)


def gelu_derivative(x):
    return each(lambda v: phi(v) + v * math.exp(-v * v / 2) / math.sqrt(2 * math.pi), x)


def gelu_tanh(x):
    return each(lambda v: v / 2 * (1 + math.tanh((2 / math.pi) ** 0.5 * (v + 0.044715 * v**3))), x)


def swish(x, beta=1.0):
    return x / (1 + np.exp(-beta * x))


def swish_derivative(x, beta=1.0):
    s = 1 / (1 + np.exp(-beta * x))
    return s * (1 + beta * x * (1 - s))

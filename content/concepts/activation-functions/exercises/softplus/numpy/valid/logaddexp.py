"""With np.logaddexp; the derivative as exp of a log-sigmoid; the inverse in two branches."""

import numpy as np


def softplus(x, beta=1.0):
    return np.logaddexp(0, beta * x) / beta


def softplus_derivative(x, beta=1.0):
    return np.exp(-np.logaddexp(0, -beta * x))


def inverse_softplus(y, beta=1.0):
    v = y * beta
    below = np.log(np.expm1(np.minimum(v, 1)))
    above = v + np.log1p(-np.exp(-np.maximum(v, 1)))
    return np.where(v < 1, below, above) / beta

import numpy as np


def softplus(x, beta=1.0):
    """log(1 + exp(beta * x)) / beta, elementwise."""
    v = beta * x
    return (np.maximum(v, 0) + np.log1p(np.exp(-np.abs(v)))) / beta


def softplus_derivative(x, beta=1.0):
    """The derivative of softplus with respect to x, elementwise."""
    v = beta * x
    e = np.exp(-np.abs(v))
    return np.where(v >= 0, 1, e) / (1 + e)


def inverse_softplus(y, beta=1.0):
    """The x with softplus(x) = y, for y > 0, elementwise."""
    v = beta * y
    return (v + np.log(-np.expm1(-v))) / beta

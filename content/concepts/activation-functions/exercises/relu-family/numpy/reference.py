import numpy as np


def relu(x):
    """max(0, x), elementwise."""
    return np.maximum(x, 0)


def relu_derivative(x):
    """The slope of ReLU at x, elementwise."""
    return (x > 0).astype(x.dtype)


def leaky_relu(x, slope=0.01):
    """x where it is positive, slope * x elsewhere."""
    return np.where(x > 0, x, slope * x)


def leaky_relu_derivative(x, slope=0.01):
    """The slope of leaky ReLU at x, elementwise."""
    return np.where(x > 0, 1.0, slope)


def elu(x, alpha=1.0):
    """x where it is positive, alpha * (exp(x) - 1) elsewhere."""
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


def elu_derivative(x, alpha=1.0):
    """The slope of ELU at x, elementwise."""
    return np.where(x > 0, 1.0, alpha * np.exp(np.minimum(x, 0)))

import math

import torch


def gelu(x):
    """x times the standard normal distribution function of x, elementwise."""
    return x * _normal_cdf(x)


def gelu_derivative(x):
    """The derivative of the exact GELU, elementwise."""
    return _normal_cdf(x) + x * torch.exp(-0.5 * x**2) / math.sqrt(2 * math.pi)


def gelu_tanh(x):
    """The approximation of GELU with tanh, elementwise."""
    return 0.5 * x * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


def swish(x, beta=1.0):
    """x * sigmoid(beta * x), elementwise."""
    return x * torch.sigmoid(beta * x)


def swish_derivative(x, beta=1.0):
    """The derivative of Swish with respect to x, elementwise."""
    s = torch.sigmoid(beta * x)
    return s + beta * x * s * (1 - s)


def _normal_cdf(x):
    return 0.5 * (1 + torch.erf(x / math.sqrt(2)))

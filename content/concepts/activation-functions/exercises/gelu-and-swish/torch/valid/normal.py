"""With torch.distributions for the normal, and the other form of the derivative of Swish."""

import torch

NORMAL = torch.distributions.Normal(0.0, 1.0)


def gelu(x):
    return NORMAL.cdf(x) * x


def gelu_derivative(x):
    return NORMAL.cdf(x) + x * NORMAL.log_prob(x).exp()


def gelu_tanh(x):
    return x / 2 * (1 + torch.tanh(x * (2 / torch.pi) ** 0.5 * (1 + 0.044715 * x * x)))


def swish(x, beta=1.0):
    return x * (0.5 + 0.5 * torch.tanh(beta * x / 2))


def swish_derivative(x, beta=1.0):
    value = swish(x, beta)
    return beta * value + torch.sigmoid(beta * x) * (1 - beta * value)

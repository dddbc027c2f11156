"""Node by node through the graph: the variance, the mean, then the input."""

import numpy as np


def batch_norm_backward(grad_y, x, gamma, eps=1e-5):
    n = x.shape[0]
    mu = x.mean(axis=0)
    var = ((x - mu) ** 2).mean(axis=0)
    inv = 1 / np.sqrt(var + eps)
    xhat = (x - mu) * inv
    dbeta = np.sum(grad_y, axis=0)
    dgamma = np.sum(grad_y * xhat, axis=0)
    dxhat = grad_y * gamma
    dvar = np.sum(dxhat * (x - mu) * -0.5 * inv**3, axis=0)
    dmu = np.sum(-dxhat * inv, axis=0) + dvar * np.mean(-2 * (x - mu), axis=0)
    dx = dxhat * inv + dvar * 2 * (x - mu) / n + dmu / n
    return dx, dgamma, dbeta

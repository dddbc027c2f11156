import numpy as np


def batch_norm_backward(grad_y, x, gamma, eps=1e-5):
    """Gradients for `x` (n, d), `gamma` (d,) and beta (d,), given that for y, `grad_y` (n, d)."""
    centred = x - x.mean(axis=0)
    std = np.sqrt(np.mean(centred**2, axis=0) + eps)
    x_hat = centred / std
    grad_beta = grad_y.sum(axis=0)
    grad_gamma = (grad_y * x_hat).sum(axis=0)
    g = grad_y * gamma
    along = (g * x_hat).mean(axis=0)
    grad_x = (g - g.mean(axis=0) - x_hat * along) / std
    return grad_x, grad_gamma, grad_beta

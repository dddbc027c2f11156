import numpy as np


def l1_proximal_step(w, grad, lr, lam):
    """The weights, an array like `w` and `grad`, after a gradient step and the proximal step of lam * |w|."""
    u = w - lr * grad
    return np.sign(u) * np.maximum(np.abs(u) - lr * lam, 0)

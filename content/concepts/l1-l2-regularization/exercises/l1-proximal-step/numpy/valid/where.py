"""Three cases with np.where."""

import numpy as np


def l1_proximal_step(w, grad, lr, lam):
    u = w - lr * grad
    width = lr * lam
    return np.where(u > width, u - width, np.where(u < -width, u + width, 0.0))

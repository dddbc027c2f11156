"""The point minus its projection on the interval, as convex duality suggests."""

import numpy as np


def l1_proximal_step(w, grad, lr, lam):
    u = w - lr * grad
    return u - np.clip(u, -lr * lam, lr * lam)

"""The difference of two positive parts, in a loop."""

import numpy as np


def l1_proximal_step(w, grad, lr, lam):
    out = np.empty(w.shape)
    for at in np.ndindex(*w.shape):
        u = float(w[at]) - lr * float(grad[at])
        out[at] = max(u - lr * lam, 0.0) - max(-u - lr * lam, 0.0)
    return out

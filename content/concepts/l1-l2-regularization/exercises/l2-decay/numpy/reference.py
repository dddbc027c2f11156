import numpy as np


def l2_penalty(params, lam):
    """Half of `lam` times the sum of squares of all arrays in the dictionary `params` with two or more dimensions."""
    return lam / 2 * sum(float(np.sum(p**2)) for p in params.values() if p.ndim >= 2)


def sgd_step_l2(params, grads, lr, lam):
    """A new dictionary: `params` after one step of size `lr` down the loss, with `grads`, plus the penalty."""
    updated = {}
    for name, p in params.items():
        decay = lam * p if p.ndim >= 2 else 0.0
        updated[name] = p - lr * (grads[name] + decay)
    return updated

"""State by state."""

import numpy as np


def dqn_loss(q_values, actions, targets, delta=1.0, weights=None):
    losses, grad = [], np.zeros(q_values.shape)
    n = len(targets)
    for i in range(n):
        w = weights[i] if weights is not None else 1
        e = float(q_values[i][actions[i]] - targets[i])
        if abs(e) < delta:
            losses.append(w * e * e / 2)
            grad[i, actions[i]] = w * e / n
        else:
            losses.append(w * delta * (abs(e) - delta / 2))
            grad[i, actions[i]] = w * delta / n if e > 0 else -w * delta / n
    return np.mean(losses), grad

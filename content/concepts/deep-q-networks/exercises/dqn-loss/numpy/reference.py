import numpy as np


def dqn_loss(q_values, actions, targets, delta=1.0, weights=None):
    """Weighted mean of Huber's loss over the taken actions, and its gradient (n, A)."""
    n = len(actions)
    rows = np.arange(n)
    w = np.ones_like(targets) if weights is None else weights
    error = q_values[rows, actions] - targets
    clipped = np.clip(error, -delta, delta)
    loss = np.mean(w * clipped * (error - 0.5 * clipped))  # both pieces of the definition in one
    gradient = np.zeros_like(q_values)
    gradient[rows, actions] = w * clipped / n
    return loss, gradient

"""Both pieces by where, one-hot actions."""

import numpy as np


def dqn_loss(q_values, actions, targets, delta=1.0, weights=None):
    one_hot = np.eye(q_values.shape[1], dtype=q_values.dtype)[actions]
    e = (q_values * one_hot).sum(axis=1) - targets
    if weights is None:
        weights = 1.0
    small = np.abs(e) <= delta
    h = np.where(small, 0.5 * e**2, delta * (np.abs(e) - 0.5 * delta))
    slope = np.where(small, e, delta * np.sign(e))
    return float((weights * h).sum() / e.size), one_hot * (weights * slope / e.size)[:, None]

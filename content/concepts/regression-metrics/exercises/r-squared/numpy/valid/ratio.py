"""The mean squared error over the variance; constancy by comparing values."""

import numpy as np


def r_squared(y_true, y_pred):
    a, b = np.array(y_true, dtype=float), np.array(y_pred, dtype=float)
    if a.shape != b.shape or len(a.shape) != 1 or a.size < 1:
        raise ValueError("bad shapes")
    if (a == a[0]).all():
        return float((a == b).all())
    return 1.0 - np.mean(np.square(a - b)) / np.var(a)

import numpy as np


def r_squared(y_true, y_pred):
    """The coefficient of determination of predictions (n,) for a target (n,)."""
    if y_true.ndim != 1 or y_true.shape != y_pred.shape or len(y_true) == 0:
        raise ValueError("y_true and y_pred must have one shape (n,), n > 0")
    y, y_hat = y_true.astype(np.float64), y_pred.astype(np.float64)
    residual = ((y - y_hat) ** 2).sum()
    total = ((y - y.mean()) ** 2).sum()
    if (y == y[0]).all():  # not total == 0: the mean of equal numbers may be rounded
        return 1.0 if (y == y_hat).all() else 0.0
    return 1 - residual / total

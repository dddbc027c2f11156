import numpy as np


def regression_errors(y_true, y_pred):
    """Mean absolute error, mean squared error and its root over all elements of two arrays of one shape."""
    if y_true.shape != y_pred.shape or y_true.size == 0:
        raise ValueError("y_true and y_pred must have one shape and not be empty")
    errors = y_true.astype(np.float64) - y_pred.astype(np.float64)
    mae = np.abs(errors).mean()
    mse = np.square(errors).mean()
    return mae, mse, np.sqrt(mse)

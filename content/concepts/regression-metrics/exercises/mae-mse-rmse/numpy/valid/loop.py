"""A loop over Python floats."""

import math


def regression_errors(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("different shapes")
    n = y_true.size
    if n == 0:
        raise ValueError("no data")
    absolute = squared = 0.0
    for a, b in zip(y_true.ravel().tolist(), y_pred.ravel().tolist(), strict=True):
        difference = float(a) - float(b)
        absolute += abs(difference)
        squared += difference**2
    return absolute / n, squared / n, math.sqrt(squared / n)

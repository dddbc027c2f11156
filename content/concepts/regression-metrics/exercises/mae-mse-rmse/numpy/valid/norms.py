"""With vector norms; a list is returned."""

import numpy as np


def regression_errors(y_true, y_pred):
    a, b = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if a.shape != b.shape or not a.size:
        raise ValueError("shapes")
    e = (a - b).reshape(-1)
    rmse = np.linalg.norm(e) / np.sqrt(e.size)
    return [float(np.linalg.norm(e, 1) / e.size), float(e @ e / e.size), float(rmse)]

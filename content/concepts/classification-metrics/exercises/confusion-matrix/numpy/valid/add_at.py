"""With np.add.at on a table of zeros."""

import numpy as np


def confusion_matrix(y_true, y_pred, n_classes):
    if y_true.shape != y_pred.shape:
        raise ValueError("shapes")
    both = np.concatenate([y_true, y_pred])
    if both.size and (both.min() < 0 or both.max() >= n_classes):
        raise ValueError("labels")
    table = np.zeros((n_classes, n_classes), dtype=int)
    np.add.at(table, (y_true, y_pred), 1)
    return table

"""The product of two one-hot matrices."""

import numpy as np


def confusion_matrix(y_true, y_pred, n_classes):
    if len(y_true) != len(y_pred):
        raise ValueError("lengths")
    classes = np.arange(n_classes)
    true = y_true[:, None] == classes
    pred = y_pred[:, None] == classes
    if not (true.any(axis=1).all() and pred.any(axis=1).all()):
        raise ValueError("labels")
    return true.astype(np.int32).T @ pred.astype(np.int32)

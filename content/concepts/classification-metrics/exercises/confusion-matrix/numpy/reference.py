import numpy as np


def confusion_matrix(y_true, y_pred, n_classes):
    """Counts, (n_classes, n_classes), by true class (row) and predicted class (column); labels are (n,) integers."""
    if len(y_true) != len(y_pred):
        raise ValueError("y_true and y_pred differ in length")
    rows, columns = y_true.astype(np.int64), y_pred.astype(np.int64)
    for labels in (rows, columns):
        if ((labels < 0) | (labels >= n_classes)).any():
            raise ValueError("a label lies outside the range of classes")
    pairs = rows * n_classes + columns
    return np.bincount(pairs, minlength=n_classes**2).reshape(n_classes, n_classes)

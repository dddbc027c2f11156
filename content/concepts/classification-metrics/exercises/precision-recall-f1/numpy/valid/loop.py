"""Class by class with Python numbers; micro as the accuracy."""

import numpy as np


def precision_recall_f1(y_true, y_pred, n_classes, average=None):
    if average not in (None, "macro", "micro", "weighted"):
        raise ValueError(average)
    n = len(y_true)
    if average == "micro":
        accuracy = float(np.mean(y_true == y_pred)) if n else 0.0
        return accuracy, accuracy, accuracy
    rows, support = [], []
    for k in range(n_classes):
        tp = int(((y_true == k) & (y_pred == k)).sum())
        fp = int(((y_true != k) & (y_pred == k)).sum())
        fn = int(((y_true == k) & (y_pred != k)).sum())
        p = tp / (tp + fp) if tp + fp > 0 else 0.0
        r = tp / (tp + fn) if tp + fn > 0 else 0.0
        rows.append([p, r, 2 * p * r / (p + r) if p + r > 0 else 0.0])
        support.append(tp + fn)
    table = np.array(rows)
    if average is None:
        return table[:, 0], table[:, 1], table[:, 2]
    if average == "macro":
        return list(table.mean(axis=0))
    return tuple(np.array(support) @ table / n) if n else (0.0, 0.0, 0.0)

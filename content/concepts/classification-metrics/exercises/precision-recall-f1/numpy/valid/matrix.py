"""From the confusion matrix; F1 as 2 TP / (2 TP + FP + FN)."""

import numpy as np


def _safe(a, b):
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.nan_to_num(np.true_divide(a, b))


def precision_recall_f1(y_true, y_pred, n_classes, average=None):
    cm = np.zeros((n_classes, n_classes))
    np.add.at(cm, (y_true, y_pred), 1)
    tp, fp, fn = np.diag(cm), cm.sum(0) - np.diag(cm), cm.sum(1) - np.diag(cm)
    support = cm.sum(1)
    if average == "micro":
        tp, fp, fn = tp.sum(), fp.sum(), fn.sum()
    result = [_safe(tp, tp + fp), _safe(tp, tp + fn), _safe(2 * tp, 2 * tp + fp + fn)]
    match average:
        case None | "micro":
            return result
        case "macro":
            return [float(np.mean(v)) for v in result]
        case "weighted":
            return [float(np.sum(v * support) / max(support.sum(), 1)) for v in result]
    raise ValueError("average")

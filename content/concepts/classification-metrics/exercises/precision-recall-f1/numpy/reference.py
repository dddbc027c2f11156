import numpy as np


def _ratio(a, b):
    return np.divide(a, b, out=np.zeros(np.shape(a)), where=np.asarray(b) != 0)


def _scores(tp, predicted, actual):
    precision, recall = _ratio(tp, predicted), _ratio(tp, actual)
    return precision, recall, _ratio(2 * precision * recall, precision + recall)


def precision_recall_f1(y_true, y_pred, n_classes, average=None):
    """Precision, recall and F1 of integer labels (n,): arrays (n_classes,), or numbers for an average."""
    tp = np.bincount(y_true[y_true == y_pred], minlength=n_classes)
    predicted = np.bincount(y_pred, minlength=n_classes)
    actual = np.bincount(y_true, minlength=n_classes)
    each = _scores(tp, predicted, actual)
    if average is None:
        return each
    if average == "macro":
        return tuple(v.mean() for v in each)
    if average == "micro":
        return _scores(tp.sum(), predicted.sum(), actual.sum())
    if average == "weighted":
        return tuple((v * actual).sum() / max(len(y_true), 1) for v in each)
    raise ValueError(f"unknown average {average!r}")

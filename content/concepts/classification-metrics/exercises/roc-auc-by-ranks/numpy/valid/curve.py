"""The trapezoidal area under the curve itself, a point for each distinct score."""

import numpy as np


def roc_auc(y_true, scores):
    if len(set(y_true.tolist())) != 2:
        raise ValueError("one class")
    order = np.argsort(scores, kind="mergesort")[::-1]
    s, y = scores[order], y_true[order].astype(np.float64)
    ends = np.append(np.nonzero(s[1:] != s[:-1])[0], len(s) - 1)
    tp = np.concatenate([[0], np.cumsum(y)[ends]])
    fp = np.concatenate([[0], np.cumsum(1 - y)[ends]])
    return np.sum(np.diff(fp) * (tp[1:] + tp[:-1]) / 2) / (tp[-1] * fp[-1])

"""Negatives below and negatives up to each positive, by bisection."""

import numpy as np


def roc_auc(y_true, scores):
    pos, neg = scores[y_true == 1], np.sort(scores[y_true == 0])
    if pos.size == 0 or neg.size == 0:
        raise ValueError("AUC needs positives and negatives")
    below = np.searchsorted(neg, pos, side="left")
    up_to = np.searchsorted(neg, pos, side="right")
    return float((below + up_to).mean() / (2 * neg.size))

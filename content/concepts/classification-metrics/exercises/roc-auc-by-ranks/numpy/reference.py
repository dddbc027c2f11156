import numpy as np


def roc_auc(y_true, scores):
    """The area under the ROC curve for labels 0 and 1 (n,) and `scores` (n,), by mid-ranks."""
    positive = y_true == 1
    n_pos = int(positive.sum())
    n_neg = len(y_true) - n_pos
    if n_pos == 0 or n_neg == 0:
        raise ValueError("both classes are needed")
    _, group, counts = np.unique(scores, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)  # the last rank of each group of equal scores, from 1
    rank = (last - (counts - 1) / 2)[group]
    return (rank[positive].sum() - n_pos * (n_pos + 1) / 2) / (n_pos * n_neg)

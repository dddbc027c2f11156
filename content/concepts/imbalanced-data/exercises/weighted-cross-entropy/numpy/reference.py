import numpy as np


def weighted_cross_entropy(logits, labels, weights):
    """Weighted mean cross-entropy of `labels` (n,) with class `weights` (c,), and its gradient by `logits` (n, c)."""
    rows = np.arange(len(labels))
    z = logits - logits.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))  # (n, c)
    share = weights[labels]  # (n,): each example's weight is that of its true class
    share = share / share.sum()
    loss = -(share * log_p[rows, labels]).sum()
    gradient = np.exp(log_p)
    gradient[rows, labels] -= 1
    return loss, share[:, None] * gradient

import numpy as np


def softmax_cross_entropy(logits, labels):
    """Mean cross-entropy of integer `labels` (n,) under softmax of `logits` (n, c), and its gradient (n, c)."""
    n = len(labels)
    z = logits - logits.max(axis=1, keepdims=True)  # the largest exponent is 0
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))  # (n, c)
    loss = -log_p[np.arange(n), labels].mean()
    gradient = np.exp(log_p)
    gradient[np.arange(n), labels] -= 1
    return loss, gradient / n

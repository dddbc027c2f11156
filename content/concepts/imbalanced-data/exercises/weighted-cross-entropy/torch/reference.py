import torch


def weighted_cross_entropy(logits, labels, weights):
    """Weighted mean cross-entropy of `labels` (n,) with class `weights` (c,), and its gradient by `logits` (n, c)."""
    rows = torch.arange(labels.shape[0])
    log_p = logits - torch.logsumexp(logits, dim=1, keepdim=True)  # (n, c)
    share = weights[labels]  # (n,): each example's weight is that of its true class
    share = share / share.sum()
    loss = -(share * log_p[rows, labels]).sum()
    gradient = log_p.exp()
    gradient[rows, labels] -= 1
    return loss, share[:, None] * gradient

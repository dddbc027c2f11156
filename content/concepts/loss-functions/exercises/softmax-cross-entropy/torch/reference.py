import torch


def softmax_cross_entropy(logits, labels):
    """Mean cross-entropy of integer `labels` (n,) under softmax of `logits` (n, c), and its gradient (n, c)."""
    n = labels.shape[0]
    log_p = logits - torch.logsumexp(logits, dim=1, keepdim=True)  # (n, c)
    loss = -log_p[torch.arange(n), labels].mean()
    gradient = log_p.exp()
    gradient[torch.arange(n), labels] -= 1
    return loss, gradient / n

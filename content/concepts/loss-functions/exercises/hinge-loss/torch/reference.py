import torch


def hinge_loss(scores, labels, margin=1.0):
    """Mean hinge loss of scores (n,) with labels (n,) of -1 or +1, and a subgradient (n,)."""
    slack = margin - labels * scores
    loss = slack.clamp(min=0).mean()
    return loss, -labels * (slack > 0).to(scores.dtype) / len(labels)


def multiclass_hinge_loss(scores, labels, margin=1.0):
    """Sum over wrong classes, mean over examples: scores (n, c), labels (n,); and a subgradient (n, c)."""
    n = len(labels)
    rows = torch.arange(n)
    slack = margin + scores - scores[rows, labels][:, None]  # (n, c)
    slack[rows, labels] = 0
    total = slack.clamp(min=0).sum() / n
    violated = (slack > 0).to(scores.dtype)
    violated[rows, labels] = -violated.sum(dim=1)
    return total, violated / n

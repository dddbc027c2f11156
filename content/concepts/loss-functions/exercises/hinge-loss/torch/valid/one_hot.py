"""With a one-hot mask, and the slope at the kink."""

import torch


def hinge_loss(scores, labels, margin=1.0):
    slack = margin - scores * labels
    on = slack >= 0
    return (slack * on).sum() / len(scores), torch.where(on, -labels.to(scores.dtype), 0.0) / len(scores)


def multiclass_hinge_loss(scores, labels, margin=1.0):
    n, c = scores.shape
    wrong = torch.nn.functional.one_hot(labels, c) == 0
    right = scores[~wrong].reshape(n, 1)
    slack = torch.where(wrong, margin + scores - right, -1.0)
    on = (slack >= 0).to(scores.dtype)
    return (slack * on).sum(dim=1).mean(), (on - (~wrong) * on.sum(dim=1, keepdim=True)) / n

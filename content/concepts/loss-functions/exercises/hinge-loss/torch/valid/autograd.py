"""The loss with relu, the gradient from autograd."""

import torch


def hinge_loss(scores, labels, margin=1.0):
    s = scores.detach().clone().requires_grad_()
    loss = torch.relu(margin - s * labels).mean()
    loss.backward()
    return loss.item(), s.grad


def multiclass_hinge_loss(scores, labels, margin=1.0):
    s = scores.detach().clone().requires_grad_()
    right = s.gather(1, labels.unsqueeze(1))
    terms = torch.relu(s - right + margin)
    loss = terms.scatter(1, labels.unsqueeze(1), 0.0).sum(1).mean()
    (gradient,) = torch.autograd.grad(loss, s)
    return loss.detach(), gradient

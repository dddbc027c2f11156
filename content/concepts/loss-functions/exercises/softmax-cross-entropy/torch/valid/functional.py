"""The loss from the library, the gradient from autograd."""

import torch.nn.functional as F


def softmax_cross_entropy(logits, labels):
    leaf = logits.detach().clone().requires_grad_(True)
    loss = F.cross_entropy(leaf, labels)
    loss.backward()
    return loss.detach(), leaf.grad

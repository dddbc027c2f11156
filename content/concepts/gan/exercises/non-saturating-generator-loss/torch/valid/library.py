"""Binary cross-entropy from the library with target 1, and backward."""

import torch


def non_saturating_generator_loss(fake_logits):
    leaf = fake_logits.detach().clone().requires_grad_(True)
    loss = torch.nn.functional.binary_cross_entropy_with_logits(leaf, torch.ones_like(leaf))
    (gradient,) = torch.autograd.grad(loss, leaf)
    return loss, gradient

"""With logaddexp and exponentials of logarithms."""

import torch


def non_saturating_generator_loss(fake_logits):
    zero = torch.zeros_like(fake_logits)
    log_d = -torch.logaddexp(zero, -fake_logits)
    log_rest = -torch.logaddexp(zero, fake_logits)
    return (-log_d.mean(), -log_rest.exp() / log_d.numel())

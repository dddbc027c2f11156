"""With the loss module and backward."""

import torch
from torch import nn


def discriminator_loss(real_logits, fake_logits, real_label=1.0):
    criterion = nn.BCEWithLogitsLoss()
    r = nn.Parameter(real_logits.clone())
    f = nn.Parameter(fake_logits.clone())
    loss = criterion(r, torch.ones_like(r) * real_label) + criterion(f, 0 * fake_logits)
    loss.backward()
    return loss, r.grad, f.grad

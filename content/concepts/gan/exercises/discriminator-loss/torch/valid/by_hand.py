"""Log-sigmoids and gradients by hand."""

import torch


def discriminator_loss(real_logits, fake_logits, real_label=1.0):
    log_d = torch.nn.functional.logsigmoid
    real = -(real_label * log_d(real_logits) + (1 - real_label) * log_d(-real_logits)).mean()
    fake = -log_d(-fake_logits).mean()
    g_real = (torch.sigmoid(real_logits) - real_label) / real_logits.numel()
    g_fake = torch.sigmoid(fake_logits) / fake_logits.numel()
    return (real + fake).item(), g_real, g_fake

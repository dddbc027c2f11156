import torch
import torch.nn.functional as F


def discriminator_loss(real_logits, fake_logits, real_label=1.0):
    """Loss of logits for real and generated examples, and its gradients with respect to both."""
    real = real_logits.detach().clone().requires_grad_()
    fake = fake_logits.detach().clone().requires_grad_()
    real_loss = F.binary_cross_entropy_with_logits(real, torch.full_like(real, real_label))
    fake_loss = F.binary_cross_entropy_with_logits(fake, torch.zeros_like(fake))
    loss = real_loss + fake_loss
    real_gradient, fake_gradient = torch.autograd.grad(loss, (real, fake))
    return loss.detach(), real_gradient, fake_gradient

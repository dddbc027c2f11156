"""The gradient from autograd through logsigmoid."""

from torch.nn import functional


def non_saturating_generator_loss(fake_logits):
    leaf = fake_logits.clone().requires_grad_(True)
    loss = functional.logsigmoid(leaf).mul(-1).mean()
    loss.backward()
    return loss.item(), leaf.grad

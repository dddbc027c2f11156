import torch
import torch.nn.functional as F


def non_saturating_generator_loss(fake_logits):
    """Mean of -log sigmoid(fake_logits), and its gradient with respect to the logits."""
    loss = -F.logsigmoid(fake_logits).mean()
    gradient = -torch.sigmoid(-fake_logits) / fake_logits.numel()
    return loss, gradient

"""The gradient by hand with scatter."""

import torch


def dqn_loss(q_values, actions, targets, delta=1.0, weights=None):
    n = actions.shape[0]
    w = torch.ones_like(targets) if weights is None else weights
    e = q_values[torch.arange(n), actions] - targets
    c = e.clamp(-delta, delta)
    loss = (w * (c.abs() * (e.abs() - c.abs()) + 0.5 * c**2)).sum() / n
    return loss.item(), torch.zeros_like(q_values).scatter(1, actions.unsqueeze(1), (w * c / n).unsqueeze(1))

import torch
import torch.nn.functional as F


def dqn_loss(q_values, actions, targets, delta=1.0, weights=None):
    """Weighted mean of Huber's loss over the taken actions, and its gradient (n, A)."""
    q = q_values.detach().clone().requires_grad_()
    chosen = q.gather(1, actions[:, None]).squeeze(1)
    losses = F.huber_loss(chosen, targets, reduction="none", delta=delta)
    if weights is not None:
        losses = weights * losses
    loss = losses.mean()
    (gradient,) = torch.autograd.grad(loss, q)
    return loss.detach(), gradient

import torch


class Momentum:
    def __init__(self, lr=0.01, momentum=0.9, weight_decay=0.0):
        """The velocity of each parameter begins at zero."""
        self.lr, self.momentum, self.weight_decay = lr, momentum, weight_decay
        self.velocities = None

    @torch.no_grad()
    def step(self, params, grads):
        """The new parameters, a list of tensors, after one step from `params` along `grads`, lists of tensors."""
        if self.velocities is None:
            self.velocities = [torch.zeros_like(p) for p in params]
        for p, g, v in zip(params, grads, self.velocities, strict=True):
            slope = g.add(p, alpha=self.weight_decay)
            v.mul_(self.momentum).add_(slope)
            p.sub_(v, alpha=self.lr)
        return params

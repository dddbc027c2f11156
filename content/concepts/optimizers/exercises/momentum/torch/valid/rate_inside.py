"""The learning rate inside the velocity, with the foreach operations on whole lists."""

import torch


class Momentum:
    def __init__(self, lr=0.01, momentum=0.9, weight_decay=0.0):
        self.lr, self.mu, self.decay = lr, momentum, weight_decay
        self.velocity = None

    def step(self, params, grads):
        slopes = torch._foreach_add(list(grads), list(params), alpha=self.decay)
        if self.velocity is None:
            self.velocity = [torch.zeros_like(s) for s in slopes]
        torch._foreach_mul_(self.velocity, self.mu)
        torch._foreach_add_(self.velocity, slopes, alpha=-self.lr)
        return [p + v for p, v in zip(params, self.velocity, strict=True)]

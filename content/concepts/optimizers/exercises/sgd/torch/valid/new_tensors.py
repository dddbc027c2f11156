"""Returns new tensors, with torch.add."""

import torch


class SGD:
    def __init__(self, lr=0.01, weight_decay=0.0, maximize=False):
        self.lr = lr
        self.weight_decay = weight_decay
        self.maximize = maximize

    def step(self, params, grads):
        new = []
        for p, g in zip(params, grads, strict=True):
            if g is None:
                new.append(p)
                continue
            sign = 1.0 if self.maximize else -1.0
            new.append(torch.add(p * (1 - self.lr * self.weight_decay), g, alpha=sign * self.lr))
        return new

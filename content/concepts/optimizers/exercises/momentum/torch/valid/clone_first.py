"""The velocity begins as a clone of the first gradient, as in PyTorch's own loop; new tensors are returned."""

import torch


class Momentum:
    def __init__(self, lr=0.01, momentum=0.9, weight_decay=0.0):
        self.lr, self.momentum, self.weight_decay = lr, momentum, weight_decay
        self.buffers = {}

    def step(self, params, grads):
        new = []
        for i, (p, g) in enumerate(zip(params, grads, strict=True)):
            d = g + self.weight_decay * p if self.weight_decay != 0 else g
            self.buffers[i] = torch.clone(d) if i not in self.buffers else self.momentum * self.buffers[i] + d
            new.append(p - self.lr * self.buffers[i])
        return new

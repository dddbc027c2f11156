"""Both corrections in the learning rate, eps beside the uncorrected root; new tensors are returned."""

import math

import torch


class AdamW:
    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01):
        self.lr, self.betas, self.eps = lr, betas, eps
        self.state, self.decay = [], weight_decay
        self.t = 0

    def step(self, params, grads):
        if not self.state:
            self.state = [(torch.zeros(p.shape, dtype=p.dtype), torch.zeros(p.shape, dtype=p.dtype)) for p in params]
        b1, b2 = self.betas
        self.t += 1
        rate = self.lr * math.sqrt(1 - b2**self.t) / (1 - b1**self.t)
        new, state = [], []
        for p, g, (m, v) in zip(params, grads, self.state, strict=True):
            m, v = torch.lerp(m, g, 1 - b1), b2 * v + (1 - b2) * g.square()
            state.append((m, v))
            new.append(p * (1 - self.lr * self.decay) - rate * m / (v.sqrt() + self.eps))
        self.state = state
        return new

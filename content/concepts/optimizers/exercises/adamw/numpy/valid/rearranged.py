"""Both corrections in the learning rate, eps beside the uncorrected root; parameters changed in place."""

import numpy as np


class AdamW:
    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01):
        self.lr = lr
        self.b1, self.b2 = betas
        self.eps = eps
        self.wd = weight_decay
        self.state = {}
        self.steps = 0

    def step(self, params, grads):
        self.steps += 1
        rate = self.lr * (1 - self.b2**self.steps) ** 0.5 / (1 - self.b1**self.steps)
        for i in range(len(params)):
            m, v = self.state.setdefault(i, (np.zeros(params[i].shape), np.zeros(params[i].shape)))
            m += (1 - self.b1) * (grads[i] - m)
            v += (1 - self.b2) * (grads[i] * grads[i] - v)
            params[i] *= 1 - self.lr * self.wd
            params[i] -= rate * m / (np.sqrt(v) + self.eps)
        return params

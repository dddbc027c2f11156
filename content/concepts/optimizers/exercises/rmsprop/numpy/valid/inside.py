"""Epsilon inside the root; parameters and averages changed in place."""

import numpy as np


class RMSprop:
    def __init__(self, lr=0.01, alpha=0.99, eps=1e-8):
        self.lr, self.alpha, self.eps = lr, alpha, eps
        self.v = {}

    def step(self, params, grads):
        for i, g in enumerate(grads):
            s = self.v.setdefault(i, np.zeros(g.shape))
            s += (1 - self.alpha) * (np.square(g) - s)
            params[i] -= self.lr * g / np.sqrt(s + self.eps)
        return params

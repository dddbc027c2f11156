"""Epsilon inside the root; parameters and sums changed in place."""

import numpy as np


class Adagrad:
    def __init__(self, lr=0.01, eps=1e-8, initial_accumulator=0.0):
        self.lr, self.eps, self.start = lr, eps, initial_accumulator
        self.sums = {}

    def step(self, params, grads):
        for i, g in enumerate(grads):
            s = self.sums.setdefault(i, np.full(g.shape, self.start))
            s += np.square(g)
            params[i] -= self.lr * g / np.sqrt(s + self.eps)
        return params

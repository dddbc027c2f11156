"""The rewritten form with old and new velocity, the learning rate inside; parameters changed in place."""

import numpy as np


class Nesterov:
    def __init__(self, lr=0.01, momentum=0.9):
        self.lr, self.mu, self.v = lr, momentum, {}

    def step(self, params, gradient):
        grads = gradient(params)
        for i in range(len(params)):
            before = self.v.get(i, np.zeros(params[i].shape))
            self.v[i] = self.mu * before - self.lr * grads[i]
            params[i] += -self.mu * before + (1 + self.mu) * self.v[i]
        return params

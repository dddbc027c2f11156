"""The learning rate inside the velocity, which is added; parameters changed in place."""

import numpy as np


class Momentum:
    def __init__(self, lr=0.01, momentum=0.9, weight_decay=0.0):
        self.lr, self.mu, self.decay = lr, momentum, weight_decay
        self.v = {}

    def step(self, params, grads):
        for i in range(len(params)):
            if i not in self.v:
                self.v[i] = np.zeros(params[i].shape)
            self.v[i] *= self.mu
            self.v[i] -= self.lr * (grads[i] + self.decay * params[i])
            params[i] += self.v[i]
        return params

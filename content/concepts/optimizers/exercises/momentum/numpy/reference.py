import numpy as np


class Momentum:
    def __init__(self, lr=0.01, momentum=0.9, weight_decay=0.0):
        """The velocity of each parameter begins at zero."""
        self.lr, self.momentum, self.weight_decay = lr, momentum, weight_decay
        self.velocities = None

    def step(self, params, grads):
        """The new parameters, a list of arrays, after one step from `params` along `grads`, lists of arrays."""
        if self.velocities is None:
            self.velocities = [np.zeros_like(p) for p in params]
        updated = []
        for i, (p, g) in enumerate(zip(params, grads, strict=True)):
            slope = g + self.weight_decay * p
            self.velocities[i] = self.momentum * self.velocities[i] + slope
            updated.append(p - self.lr * self.velocities[i])
        return updated

import numpy as np


class Nesterov:
    def __init__(self, lr=0.01, momentum=0.9):
        """The velocity of each parameter begins at zero."""
        self.lr, self.momentum = lr, momentum
        self.velocities = None

    def step(self, params, gradient):
        """The new parameters, a list of arrays, after one step from `params`; `gradient(point)` gives the gradients."""
        if self.velocities is None:
            self.velocities = [np.zeros_like(p) for p in params]
        mu, updated = self.momentum, []
        for i, (p, g) in enumerate(zip(params, gradient(params), strict=True)):
            self.velocities[i] = mu * self.velocities[i] + g
            updated.append(p - self.lr * (g + mu * self.velocities[i]))
        return updated

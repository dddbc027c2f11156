import numpy as np


class RMSprop:
    def __init__(self, lr=0.01, alpha=0.99, eps=1e-8):
        """The averages of squares begin at zero."""
        self.lr, self.alpha, self.eps = lr, alpha, eps
        self.averages = None

    def step(self, params, grads):
        """The new parameters, a list of arrays, after one step from `params` along `grads`, lists of arrays."""
        if self.averages is None:
            self.averages = [np.zeros_like(p) for p in params]
        updated = []
        for i, (p, g) in enumerate(zip(params, grads, strict=True)):
            self.averages[i] = self.alpha * self.averages[i] + (1 - self.alpha) * g**2
            updated.append(p - self.lr * g / (np.sqrt(self.averages[i]) + self.eps))
        return updated

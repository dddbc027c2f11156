import numpy as np


class Adagrad:
    def __init__(self, lr=0.01, eps=1e-8, initial_accumulator=0.0):
        """Every element of the sums of squares begins at `initial_accumulator`."""
        self.lr, self.eps, self.initial_accumulator = lr, eps, initial_accumulator
        self.sums = None

    def step(self, params, grads):
        """The new parameters, a list of arrays, after one step from `params` along `grads`, lists of arrays."""
        if self.sums is None:
            self.sums = [np.full_like(p, self.initial_accumulator) for p in params]
        updated = []
        for i, (p, g) in enumerate(zip(params, grads, strict=True)):
            self.sums[i] = self.sums[i] + g**2
            updated.append(p - self.lr * g / (np.sqrt(self.sums[i]) + self.eps))
        return updated

"""All parameters in one flat vector, the rate of each coordinate computed first."""

import numpy as np


class Adagrad:
    def __init__(self, lr=0.01, eps=1e-8, initial_accumulator=0.0):
        self.lr, self.eps = lr, eps
        self.total = initial_accumulator

    def step(self, params, grads):
        theta = np.concatenate([p.ravel() for p in params])
        g = np.concatenate([v.ravel() for v in grads])
        self.total = self.total + g * g
        theta = theta - self.lr / (self.total**0.5 + self.eps) * g
        ends = np.cumsum([p.size for p in params])[:-1]
        return [part.reshape(p.shape) for part, p in zip(np.split(theta, ends), params, strict=True)]

"""All parameters in one flat vector, the rate of each coordinate computed first."""

import numpy as np


class RMSprop:
    def __init__(self, lr=0.01, alpha=0.99, eps=1e-8):
        self.lr, self.alpha, self.eps = lr, alpha, eps
        self.average = 0.0

    def step(self, params, grads):
        theta = np.concatenate([p.ravel() for p in params])
        g = np.concatenate([v.ravel() for v in grads])
        self.average = self.alpha * self.average + (1 - self.alpha) * g * g
        theta = theta - self.lr / (self.average**0.5 + self.eps) * g
        ends = np.cumsum([p.size for p in params])[:-1]
        return [part.reshape(p.shape) for part, p in zip(np.split(theta, ends), params, strict=True)]

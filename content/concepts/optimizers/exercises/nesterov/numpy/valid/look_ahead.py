"""The look-ahead form, with the learning rate outside the velocity."""

import numpy as np


class Nesterov:
    def __init__(self, lr=0.01, momentum=0.9):
        self.lr, self.momentum = lr, momentum
        self.v = None

    def step(self, params, gradient):
        if self.v is None:
            self.v = [np.zeros_like(p) for p in params]
        ahead = [p - self.lr * self.momentum * v for p, v in zip(params, self.v, strict=True)]
        self.v = [self.momentum * v + g for v, g in zip(self.v, gradient(ahead), strict=True)]
        return [p - self.lr * v for p, v in zip(params, self.v, strict=True)]

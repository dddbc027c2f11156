"""Keeps the powers of the betas as running products and one small state object for each parameter; returns a tuple."""

import numpy as np


class _Moments:
    def __init__(self):
        self.first = self.second = 0.0

    def update(self, g, beta1, beta2):
        self.first = beta1 * self.first + (1 - beta1) * g
        self.second = beta2 * self.second + (1 - beta2) * np.square(g)
        return self.first, self.second


class AdamW:
    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01):
        self.lr, self.betas, self.eps = lr, betas, eps
        self.weight_decay = weight_decay
        self.powers = [1.0, 1.0]
        self.moments = None

    def step(self, params, grads):
        if self.moments is None:
            self.moments = [_Moments() for _ in params]
        self.powers = [power * beta for power, beta in zip(self.powers, self.betas, strict=True)]
        new = []
        for p, g, moments in zip(params, grads, self.moments, strict=True):
            m, v = moments.update(g, *self.betas)
            direction = m / (1 - self.powers[0]) / (np.sqrt(v / (1 - self.powers[1])) + self.eps)
            new.append(p - self.lr * (direction + self.weight_decay * p))
        return tuple(new)

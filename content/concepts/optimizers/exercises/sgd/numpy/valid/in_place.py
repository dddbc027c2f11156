"""Changes the parameters in place and decays them by a factor first."""

import numpy as np


class SGD:
    def __init__(self, lr=0.01, weight_decay=0.0, maximize=False):
        self.lr = lr
        self.shrink = 1.0 - lr * weight_decay
        self.sign = 1.0 if maximize else -1.0

    def step(self, params, grads):
        for i, g in enumerate(grads):
            if g is None:
                continue
            np.multiply(params[i], self.shrink, out=params[i])
            params[i] += self.sign * self.lr * g
        return params

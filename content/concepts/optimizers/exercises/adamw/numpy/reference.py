import numpy as np


class AdamW:
    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01):
        """The state of each parameter begins at the first step."""
        self.lr, self.betas, self.eps = lr, betas, eps
        self.weight_decay = weight_decay
        self.t = 0
        self.m, self.v = [], []

    def step(self, params, grads):
        """The new parameters, a list of arrays, after one step from `params` along `grads`, lists of arrays."""
        beta1, beta2 = self.betas
        if self.t == 0:
            self.m = [np.zeros_like(p) for p in params]
            self.v = [np.zeros_like(p) for p in params]
        self.t += 1
        updated = []
        for i, (p, g) in enumerate(zip(params, grads, strict=True)):
            decayed = p - self.lr * self.weight_decay * p
            self.m[i] = beta1 * self.m[i] + (1 - beta1) * g
            self.v[i] = beta2 * self.v[i] + (1 - beta2) * g**2
            m_hat = self.m[i] / (1 - beta1**self.t)
            v_hat = self.v[i] / (1 - beta2**self.t)
            updated.append(decayed - self.lr * m_hat / (np.sqrt(v_hat) + self.eps))
        return updated

import numpy as np


class BatchNorm:
    def __init__(self, gamma, beta, momentum=0.1, eps=1e-5):
        """A layer with scale `gamma` (d,) and shift `beta` (d,), in training mode."""
        self.gamma, self.beta = gamma, beta
        self.momentum, self.eps = momentum, eps
        self.running_mean = np.zeros_like(gamma)
        self.running_var = np.ones_like(gamma)
        self.training = True

    def train(self):
        """Normalise with the batch's statistics from now on."""
        self.training = True

    def eval(self):
        """Normalise with the running statistics from now on."""
        self.training = False

    def forward(self, x):
        """Normalise each feature of `x` (n, d), scale and shift it: (n, d)."""
        if self.training:
            n, m = x.shape[0], self.momentum
            mean = x.mean(axis=0)
            var = x.var(axis=0)  # biased, (d,)
            self.running_mean = (1 - m) * self.running_mean + m * mean
            self.running_var = (1 - m) * self.running_var + m * var * n / (n - 1)
        else:
            mean, var = self.running_mean, self.running_var
        x_hat = (x - mean) / np.sqrt(var + self.eps)
        return self.gamma * x_hat + self.beta

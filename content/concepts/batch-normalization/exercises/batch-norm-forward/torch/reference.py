import torch
from torch import nn


class BatchNorm(nn.Module):
    def __init__(self, gamma, beta, momentum=0.1, eps=1e-5):
        """A layer with scale `gamma` (d,) and shift `beta` (d,), in training mode."""
        super().__init__()
        self.gamma, self.beta = nn.Parameter(gamma.clone()), nn.Parameter(beta.clone())
        self.momentum, self.eps = momentum, eps
        self.register_buffer("running_mean", torch.zeros_like(gamma))
        self.register_buffer("running_var", torch.ones_like(gamma))

    def forward(self, x):
        """Normalise each feature of `x` (n, d), scale and shift it: (n, d)."""
        if self.training:
            mean, var = x.mean(dim=0), x.var(dim=0, unbiased=False)
            with torch.no_grad():
                self.running_mean.lerp_(mean, self.momentum)
                self.running_var.lerp_(x.var(dim=0), self.momentum)  # unbiased
        else:
            mean, var = self.running_mean, self.running_var
        return self.gamma * (x - mean) / torch.sqrt(var + self.eps) + self.beta

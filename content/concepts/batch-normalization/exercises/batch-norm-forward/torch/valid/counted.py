"""Counts its batches as PyTorch does, centres first, and computes the unbiased variance from the sum of squares."""

import torch


class BatchNorm(torch.nn.Module):
    def __init__(self, gamma, beta, momentum=0.1, eps=1e-5):
        super().__init__()
        self.gamma = torch.nn.Parameter(gamma)
        self.beta = torch.nn.Parameter(beta)
        self.momentum, self.eps = momentum, eps
        self.register_buffer("running_mean", torch.zeros_like(gamma))
        self.register_buffer("running_var", torch.ones_like(gamma))
        self.register_buffer("num_batches_tracked", torch.tensor(0))

    def forward(self, x):
        mean = x.mean(0, keepdim=True) if self.training else self.running_mean
        centred = x - mean
        if self.training:
            squares = (centred * centred).sum(0)
            var = squares / len(x)
            self._track(mean.squeeze(0), squares / (len(x) - 1))
        else:
            var = self.running_var
        return centred / (var + self.eps).sqrt() * self.gamma + self.beta

    @torch.no_grad()
    def _track(self, mean, var):
        self.num_batches_tracked += 1
        self.running_mean.mul_(1 - self.momentum).add_(mean, alpha=self.momentum)
        self.running_var.mul_(1 - self.momentum).add_(var, alpha=self.momentum)

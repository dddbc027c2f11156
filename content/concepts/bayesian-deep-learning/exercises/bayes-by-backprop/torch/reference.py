import math

import torch


def bayes_by_backprop(x, y, mu, rho, noise, prior_std=1.0, output_std=1.0, kl_weight=1.0):
    """Negative variational bound of a linear layer with Gaussian weights (d, m), and its gradients for mu and rho."""
    mu, rho = mu.detach().clone().requires_grad_(), rho.detach().clone().requires_grad_()
    sigma = torch.logaddexp(rho, torch.zeros_like(rho))
    error = (x @ (mu + sigma * noise) - y) / output_std  # (s, n, m)
    data = 0.5 * error.pow(2).sum(dim=(1, 2)).mean() + y.numel() * math.log(output_std * math.sqrt(2 * math.pi))
    kl = (math.log(prior_std) - sigma.log() + (sigma**2 + mu**2) / (2 * prior_std**2) - 0.5).sum()
    loss = kl_weight * kl + data
    mu_gradient, rho_gradient = torch.autograd.grad(loss, (mu, rho))
    return loss.detach(), mu_gradient, rho_gradient

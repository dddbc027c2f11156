import numpy as np


def bayes_by_backprop(x, y, mu, rho, noise, prior_std=1.0, output_std=1.0, kl_weight=1.0):
    """Negative variational bound of a linear layer with Gaussian weights (d, m), and its gradients for mu and rho."""
    sigma = np.logaddexp(0, rho)
    weights = mu + sigma * noise  # (s, d, m)
    error = (x @ weights - y) / output_std  # (s, n, m)
    constant = y.size * np.log(output_std * np.sqrt(2 * np.pi))
    negative_log_likelihood = 0.5 * (error**2).sum(axis=(1, 2)).mean() + constant
    kl = (np.log(prior_std / sigma) + (sigma**2 + mu**2) / (2 * prior_std**2) - 0.5).sum()
    g = x.T @ error / output_std  # with respect to each sample's weights: (s, d, m)
    mu_gradient = g.mean(axis=0) + kl_weight * mu / prior_std**2
    sigma_gradient = (g * noise).mean(axis=0) + kl_weight * (sigma / prior_std**2 - 1 / sigma)
    sigmoid = np.exp(-np.logaddexp(0, -rho))
    return kl_weight * kl + negative_log_likelihood, mu_gradient, sigma_gradient * sigmoid

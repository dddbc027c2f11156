"""Oracle: weight by weight and target by target in plain Python; gradients by central differences of it too."""

import math

import numpy as np


def softplus(x):
    return x + math.log1p(math.exp(-x)) if x > 0 else math.log1p(math.exp(x))


def sigmoid(x):
    return 1 / (1 + math.exp(-x)) if x > 0 else math.exp(x) / (1 + math.exp(x))


def loss_of(x, y, mu, rho, noise, prior_std=1.0, output_std=1.0, kl_weight=1.0):
    x, y, mu, noise = (np.asarray(v, dtype=np.float64) for v in (x, y, mu, noise))
    sigma = np.array([[softplus(float(r)) for r in row] for row in rho])
    kl = 0.0
    for m, s in zip(mu.flat, sigma.flat, strict=True):
        kl += math.log(prior_std) - math.log(s) + (s / prior_std) ** 2 / 2 + (m / prior_std) ** 2 / 2 - 0.5
    data = 0.0
    for eps in noise:
        residual = (y - np.einsum("nd,dm->nm", x, mu + sigma * eps)) / output_std
        data += float(np.sum(residual**2 / 2 + math.log(output_std) + 0.5 * math.log(2 * math.pi)))
    return kl_weight * kl + data / len(noise)


def expected(x, y, mu, rho, noise, prior_std=1.0, output_std=1.0, kl_weight=1.0):
    wide = [np.asarray(v, dtype=np.float64) for v in (x, y, mu, rho, noise)]
    d, m = mu.shape
    x, y, mu, rho, noise = wide
    sigma = np.array([[softplus(float(r)) for r in row] for row in rho])
    slope = np.array([[sigmoid(float(r)) for r in row] for row in rho])
    g_mu, g_sigma = kl_weight * mu / prior_std**2, kl_weight * (sigma / prior_std**2 - 1 / sigma)
    for eps in noise:
        error = np.einsum("nd,dm->nm", x, mu + sigma * eps) - y
        for i in range(d):
            for j in range(m):
                g = float(np.sum(x[:, i] * error[:, j])) / output_std**2 / len(noise)
                g_mu[i, j] += g
                g_sigma[i, j] += g * eps[i, j]
    return loss_of(*wide, prior_std, output_std, kl_weight), g_mu, g_sigma * slope


def ask(t, *args, rtol=1e-9, scale=None, **kw):
    t.close(
        t.call("bayes_by_backprop", *args, **kw),
        expected(*args, **kw),
        rtol=rtol,
        scale=scale,
        what="(loss, mu_gradient, rho_gradient)",
    )


def data(t, n, d, m, s):
    x, y, mu = t.rng.normal(size=(n, d)), t.rng.normal(size=(n, m)), t.rng.normal(size=(d, m))
    return x, y, mu, t.rng.normal(size=(d, m)) - 0.5, t.rng.normal(size=(s, d, m))


def example_small(t):
    """Two examples, two inputs, one output, one sample."""
    x, y = np.array([[1.0, 2.0], [0.5, -1.0]]), np.array([[1.0], [0.0]])
    ask(t, x, y, np.array([[0.2], [0.4]]), np.array([[-1.0], [0.5]]), np.array([[[0.3], [-1.2]]]))


def test_random_layers(t):
    """Layers, batches and numbers of samples of several sizes."""
    for n, d, m, s in [(6, 3, 2, 4), (4, 5, 1, 2), (7, 2, 3, 1), (1, 4, 2, 3)]:
        ask(t, *data(t, n, d, m, s))


def test_gradients_are_those_of_the_loss(t):
    """Both gradients agree with finite differences of the loss."""
    x, y, mu, rho, noise = data(t, 5, 3, 2, 3)
    _, g_mu, g_rho = t.call("bayes_by_backprop", x, y, mu, rho, noise, 0.7, 0.5, 0.3)
    want = t.numeric_gradient(lambda v: loss_of(x, y, v, rho, noise, 0.7, 0.5, 0.3), mu)
    t.close(g_mu, want, rtol=1e-6, what="mu_gradient")
    want = t.numeric_gradient(lambda v: loss_of(x, y, mu, v, noise, 0.7, 0.5, 0.3), rho)
    t.close(g_rho, want, rtol=1e-6, what="rho_gradient")


def test_prior(t):
    """Narrow and wide priors."""
    for prior_std in (0.2, 3.0):
        ask(t, *data(t, 5, 3, 2, 2), prior_std=prior_std)


def test_output_noise(t):
    """Small and large standard deviations of the outputs."""
    for output_std in (0.1, 2.5):
        ask(t, *data(t, 5, 3, 2, 2), output_std=output_std)


def test_weight_of_the_divergence(t):
    """Several weights of the divergence, 0 among them."""
    for kl_weight in (0.0, 0.05, 4.0):
        ask(t, *data(t, 5, 3, 2, 2), kl_weight=kl_weight)


def test_all_settings_by_position(t):
    """All settings at once, by position."""
    ask(t, *data(t, 6, 2, 3, 2), 0.6, 0.4, 0.1)


def test_posterior_equal_to_the_prior(t):
    """A posterior equal to the prior has no divergence."""
    x, y, mu, _, noise = data(t, 4, 3, 2, 2)
    rho = np.full((3, 2), math.log(math.expm1(0.8)))
    ask(t, x, y, 0 * mu, rho, noise, prior_std=0.8)
    ask(t, 0 * x, 0 * y, 0 * mu, rho, noise, prior_std=0.8, scale=1.0)


def test_samples_are_averaged(t):
    """Repeating the samples changes nothing, and more of them do not count more."""
    x, y, mu, rho, noise = data(t, 5, 3, 2, 2)
    ask(t, x, y, mu, rho, np.concatenate([noise] * 3))
    ask(t, x, y, mu, rho, np.zeros((5, 3, 2)))


def test_tiny_deviations(t):
    """Very negative rho: almost certain weights, whose logarithm still counts."""
    x, y, mu, _, noise = data(t, 5, 3, 2, 2)
    rho = -np.array([[38.0, 45.0], [60.0, 99.0], [3.0, 41.0]]) - t.rng.random((3, 2))
    ask(t, x, y, mu, rho, noise)
    ask(t, np.exp(50) * x, y, 0 * mu, -50 - t.rng.random((3, 2)), noise)


def test_large_deviations(t):
    """Very large rho neither overflows nor becomes NaN."""
    x, y, mu, _, noise = data(t, 5, 3, 2, 2)
    rho = np.array([[90.0, 700.0], [720.0, 999.0], [80.0, 300.0]]) + t.rng.random((3, 2))
    ask(t, x, y, mu, rho, noise)


def test_float32(t):
    """float32 data, right to float32 precision."""
    ask(t, *(v.astype(np.float32) for v in data(t, 5, 3, 2, 2)), rtol=1e-4)


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    arrays = data(t, 5, 3, 2, 2)
    for args in zip(*(t.layouts(v).values() for v in arrays), strict=True):
        ask(t, *args)

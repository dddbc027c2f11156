"""Oracles: finite differences of the forward pass, and the Jacobian of each column written out as a matrix."""

import numpy as np

NAME = "batch_norm_backward"


def forward(x, gamma, beta, eps):
    centred = x - x.mean(axis=0)
    return gamma * centred / np.sqrt((centred**2).mean(axis=0) + eps) + beta


def expected(grad_y, x, gamma, eps=1e-5):
    grad_y, x, gamma = [np.asarray(v, dtype=np.float64) for v in (grad_y, x, gamma)]
    n, d = x.shape
    grad_x, grad_gamma = np.empty((n, d)), np.empty(d)
    centring = np.eye(n) - np.ones((n, n)) / n
    for j in range(d):
        c = centring @ (x[:, j] - x[0, j])
        v = c @ c / n + eps
        jacobian = centring / v**0.5 - np.outer(c, c) / (n * v**1.5)  # of x_hat; symmetric
        grad_x[:, j] = gamma[j] * jacobian @ grad_y[:, j]
        grad_gamma[j] = c @ grad_y[:, j] / v**0.5
    return grad_x, grad_gamma, grad_y.sum(axis=0)


def ask(t, *args, rtol=None, **options):
    got = t.call(NAME, *args, **options)
    t.close(got, expected(*args, **options), what="(grad_x, grad_gamma, grad_beta)", rtol=rtol, scale=1.0)
    return got


def data(t, n, d, dtype=np.float64):
    x = t.rng.normal(size=(n, d)) * t.rng.uniform(0.5, 2, size=d) + t.rng.normal(size=d)
    gamma = t.rng.uniform(0.5, 2, size=d)
    gamma[0] *= -1
    return [v.astype(dtype) for v in (0.2 + t.rng.normal(size=(n, d)), x, gamma)]


def example_three_examples(t):
    """Three examples, two features."""
    grad_y = np.array([[1.0, 0.0], [0.0, 2.0], [0.0, 0.0]])
    ask(t, grad_y, np.array([[0.0, 1.0], [1.0, 2.0], [5.0, 3.0]]), np.array([1.0, 2.0]))


def test_random_shapes(t):
    """Random inputs of several shapes."""
    for n, d in [(2, 3), (7, 4), (5, 1), (4, 9)]:
        ask(t, *data(t, n, d))


def test_finite_differences(t):
    """All three gradients agree with finite differences of the forward pass."""
    grad_y, x, gamma = data(t, 5, 3)
    beta, eps = np.zeros(3), 0.05
    got = t.call(NAME, grad_y, x, gamma, eps=eps)
    want = (
        t.numeric_gradient(lambda v: (grad_y * forward(v, gamma, beta, eps)).sum(), x),
        t.numeric_gradient(lambda v: (grad_y * forward(x, v, beta, eps)).sum(), gamma),
        t.numeric_gradient(lambda v: (grad_y * forward(x, gamma, v, eps)).sum(), beta),
    )
    t.close(got, want, rtol=1e-7, scale=1.0, what="(grad_x, grad_gamma, grad_beta)")


def test_large_eps(t):
    """An eps as large as the variance."""
    for eps in (0.5, 3.0):
        ask(t, *data(t, 6, 4), eps=eps)


def test_one_example(t):
    """A batch of one."""
    ask(t, *data(t, 1, 3))


def test_constant_feature(t):
    """A feature that is the same in the whole batch."""
    grad_y, x, gamma = data(t, 4, 3)
    x[:, 1] = 2.0
    grad_x, *_ = ask(t, grad_y, x, gamma, eps=1e-3)
    t.check(np.isfinite(grad_x).all(), "the gradient is not finite", got=grad_x)


def test_sums_to_zero(t):
    """Each column of grad_x sums to zero, each feature on its own scale."""
    grad_y, x, gamma = data(t, 8, 5)
    grad_x, *_ = ask(t, grad_y, x * np.array([0.05, 1, 3, 10, 100]), gamma)
    t.close(np.asarray(grad_x).sum(axis=0), np.zeros(5), scale=100.0, what="the sum of each column of grad_x")


def test_large_mean(t):
    """Features with a mean of a million and a variance near one."""
    grad_y, x, gamma = data(t, 6, 3)
    ask(t, grad_y, x + 1e6, gamma, rtol=1e-6)


def test_float32(t):
    """float32 in, right to float32 precision."""
    ask(t, *data(t, 7, 4, np.float32), rtol=1e-4)


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    grad_y, x, gamma = data(t, 4, 5)
    for name, array in t.layouts(x).items():
        ask(t, t.layouts(grad_y)[name], array, gamma)
